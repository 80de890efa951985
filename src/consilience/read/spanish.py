"""Who says what in Spanish, by the order of marks, cue words and names alone."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from consilience.lexicon import load_table
from consilience.read.quotations import Paragraph, QuoteKind, QuoteSpan
from consilience.records import (
    Attribution,
    Document,
    Mention,
    Passage,
    Stance,
    content_id,
)

_SENTENCE_END = re.compile(r"[.!?…][\"”’'»)]*(?=\s|$)")
_SENTENCE_CHARS = 1000
# So far a name may stand from its cue word: an office and its place between them.
_REACH_CHARS = 120


@cache
def _cue() -> re.Pattern[str]:
    forms = sorted(load_table("reporting_spanish"), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})\b", re.IGNORECASE)


_ACCORDING = re.compile(r"\b(?:según|de acuerdo con|de acuerdo a)\b", re.IGNORECASE)


_THAT = re.compile(r"[^.,;:\n]{0,80}?\sque\s{1,3}")


def find_spanish(
    document: Document,
    paragraphs: Sequence[Paragraph],
    spans: Sequence[QuoteSpan],
    mentions: Sequence[Mention],
) -> Iterator[Attribution]:
    """Quotations with the cue beside them, "dijo que …" and "según …"; a source is a name."""
    names = sorted((m for m in mentions if m.named), key=lambda m: m.passage)
    quotes: dict[int, list[QuoteSpan]] = {}
    for span in spans:
        if span.depth == 0 and span.kind is QuoteKind.SPEECH:
            quotes.setdefault(span.paragraph, []).append(span)
    previous: Attribution | None = None
    for number, paragraph in enumerate(paragraphs):
        taken: list[Passage] = []
        for quote in quotes.get(number, ()):
            previous = _direct(document, paragraph, quote, names, previous)
            taken += [quote.passage, *previous.cue]
            yield previous
        yield from _indirect(document, paragraph, names, taken)


def _direct(
    document: Document,
    paragraph: Paragraph,
    quote: QuoteSpan,
    names: Sequence[Mention],
    previous: Attribution | None,
) -> Attribution:
    text, passage = document.text, quote.passage
    if quote.continues and previous is not None:
        return _made(
            document, previous.source, previous.cue, passage, previous.speaker_id, direct=True
        )
    after = _cue().search(text, passage.end, min(paragraph.end, passage.end + 40))
    if after and not re.search(r"[.;:\n]", text[passage.end + 2 : after.start()]):
        end = _end_of_sentence(text, after.end(), paragraph.end)
        mention = _nearest(names, after.end(), min(end, after.end() + _REACH_CHARS), last=False)
        if mention is None:
            mention = _nearest(names, passage.end, after.start(), last=True)
        return _with_name(document, after, mention, passage, direct=True)
    start = max(paragraph.start, passage.start - _REACH_CHARS)
    before = list(_cue().finditer(text, start, passage.start))
    if before and not _SENTENCE_END.search(text, before[-1].end(), passage.start - 1):
        begin = _start_of_sentence(text, before[-1].start(), paragraph.start)
        mention = _nearest(names, begin, before[-1].start(), last=True)
        if mention is None:
            mention = _nearest(names, before[-1].end(), passage.start, last=False)
        return _with_name(document, before[-1], mention, passage, direct=True)
    return _made(document, (), (), passage, None, direct=True)


def _indirect(
    document: Document, paragraph: Paragraph, names: Sequence[Mention], taken: Sequence[Passage]
) -> Iterator[Attribution]:
    text = document.text
    for cue in _cue().finditer(text, paragraph.start, paragraph.end):
        if any(p.start <= cue.start() < p.end for p in taken):
            continue
        end = _end_of_sentence(text, cue.end(), paragraph.end)
        that = _THAT.match(text, cue.end(), end)
        if not that or that.end() >= end:
            continue
        begin = _start_of_sentence(text, cue.start(), paragraph.start)
        mention = _nearest(names, cue.end(), that.end(), last=False) or _nearest(
            names, begin, cue.start(), last=True
        )
        content = Passage(document.id, that.end(), end)
        yield _with_name(document, cue, mention, content, direct=False)
    for cue in _ACCORDING.finditer(text, paragraph.start, paragraph.end):
        begin = _start_of_sentence(text, cue.start(), paragraph.start)
        end = _end_of_sentence(text, cue.end(), paragraph.end)
        mention = _nearest(names, cue.end(), min(end, cue.end() + _REACH_CHARS), last=False)
        before = text[begin : cue.start()].rstrip(" ,")
        if len(before) > 1:
            content = Passage(document.id, begin, begin + len(before))
        else:
            comma = text.find(",", mention.passage.end if mention else cue.end(), end)
            if comma < 0 or not text[comma + 1 : end].strip():
                continue
            content = Passage(document.id, comma + 2, end)
        yield _with_name(document, cue, mention, content, direct=False)


def _with_name(
    document: Document,
    cue: re.Match[str],
    mention: Mention | None,
    content: Passage,
    *,
    direct: bool,
) -> Attribution:
    source = (mention.passage,) if mention else ()
    words = (Passage(document.id, cue.start(), cue.end()),)
    speaker = mention.chain_id if mention else None
    return _made(document, source, words, content, speaker, direct=direct)


def _made(
    document: Document,
    source: tuple[Passage, ...],
    cue: tuple[Passage, ...],
    content: Passage,
    speaker_id: str | None,
    *,
    direct: bool,
) -> Attribution:
    word = document.text[cue[0].start : cue[0].end].lower() if cue else ""
    stance = Stance(load_table("reporting_spanish").get(word, "says"))
    key = [f"{p.start}:{p.end}" for p in (*cue, content)]
    id_ = content_id("attribution", document.id, str(direct), *key)
    return Attribution(id_, source, cue, (content,), speaker_id, None, stance, direct)


def _nearest(names: Sequence[Mention], start: int, end: int, *, last: bool) -> Mention | None:
    first = bisect_left(names, start, key=lambda m: m.passage.start)
    beyond = bisect_left(names, end, key=lambda m: m.passage.start)
    inside = [m for m in names[first:beyond] if m.passage.end <= end]
    if not inside:
        return None
    return inside[-1] if last else inside[0]


def _end_of_sentence(text: str, start: int, end: int) -> int:
    match = _SENTENCE_END.search(text, start, end)
    return match.start() if match else end


def _start_of_sentence(text: str, at: int, start: int) -> int:
    last = start = max(start, at - _SENTENCE_CHARS)
    for match in _SENTENCE_END.finditer(text, start, at):
        last = match.end()
    while last < at and text[last].isspace():
        last += 1
    return last
