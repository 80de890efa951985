"""Who says what in Spanish, by the order of marks, cue words and names alone."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from consilience.lexicon import load_table
from consilience.read.quotations import Paragraph, QuoteSpan
from consilience.read.quote_kinds import QuoteKind
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


# A name by its capitals; the encoder's names are English ones and hold verbs at times.
_NAME = re.compile(
    r"[A-ZÁÉÍÓÚÑ][\w.’'-]{1,40}(?: (?:(?:de|del|la|los|las|y) ){0,2}[A-ZÁÉÍÓÚÑ][\w.’'-]{1,40}){0,5}"
)
_SOMEBODY = re.compile(r"\s*(?:el|la|los|las|un|una) \w{3,30}", re.IGNORECASE)
_DAY = re.compile(
    r"\s*(?:el|este|esta) (?:lunes|martes|miércoles|jueves|viernes|sábado|domingo|día|pasado|mes"
    r"|año|semana|tarde|mañana|noche)\b",
    re.IGNORECASE,
)
_OF = re.compile(r"\b(?:de|del|de la)\s$")
_NO_NAME = frozenset(
    ("el", "la", "los", "las", "un", "una", "según", "en", "de", "por", "y", "pero", "al", "tras")
    + ("además", "también", "hay", "no", "sin", "con", "para", "como", "cuando", "este", "esta")
)


def find_spanish(
    document: Document,
    paragraphs: Sequence[Paragraph],
    spans: Sequence[QuoteSpan],
    mentions: Sequence[Mention],
) -> Iterator[Attribution]:
    """Quotations with the cue beside them, "dijo que …" and "según …"; a source is a name."""
    reader = _SpanishReader(document, mentions)
    quotes: dict[int, list[QuoteSpan]] = {}
    for span in spans:
        if span.depth == 0 and span.kind is QuoteKind.SPEECH:
            quotes.setdefault(span.paragraph, []).append(span)
    previous: Attribution | None = None
    for number, paragraph in enumerate(paragraphs):
        taken: list[Passage] = []
        for quote in quotes.get(number, ()):
            previous = reader.direct(paragraph, quote, previous)
            taken += [quote.passage, *previous.cue]
            yield previous
        yield from reader.indirect(paragraph, taken)


class _SpanishReader:
    """Reads one document; it keeps the names whose chains it may give."""

    def __init__(self, document: Document, mentions: Sequence[Mention]) -> None:
        self._id = document.id
        self._text = document.text
        self._named = sorted((m for m in mentions if m.named), key=lambda m: m.passage)

    def direct(
        self, paragraph: Paragraph, quote: QuoteSpan, previous: Attribution | None
    ) -> Attribution:
        text, passage = self._text, quote.passage
        if quote.continues and previous is not None:
            return self._made(previous.source, previous.cue, passage, direct=True)
        after = _cue().search(text, passage.end, min(paragraph.end, passage.end + 40))
        if after and not re.search(r"[.;:\n]", text[passage.end + 2 : after.start()]):
            end = _end_of_sentence(text, after.end(), paragraph.end)
            source = self._after(after.end(), end) or self._before(passage.end, after.start())
            return self._made(source, self._words(after), passage, direct=True)
        start = max(paragraph.start, passage.start - _REACH_CHARS)
        before = list(_cue().finditer(text, start, passage.start))
        if before and not _SENTENCE_END.search(text, before[-1].end(), passage.start - 1):
            begin = _start_of_sentence(text, before[-1].start(), paragraph.start)
            source = self._before(begin, before[-1].start())
            source = source or self._after(before[-1].end(), passage.start)
            return self._made(source, self._words(before[-1]), passage, direct=True)
        return self._made((), (), passage, direct=True)

    def indirect(self, paragraph: Paragraph, taken: Sequence[Passage]) -> Iterator[Attribution]:
        text = self._text
        for cue in _cue().finditer(text, paragraph.start, paragraph.end):
            if any(p.start <= cue.start() < p.end for p in taken):
                continue
            end = _end_of_sentence(text, cue.end(), paragraph.end)
            that = _THAT.match(text, cue.end(), end)
            if not that or that.end() >= end:
                continue
            begin = _start_of_sentence(text, cue.start(), paragraph.start)
            source = self._after(cue.end(), that.end()) or self._before(begin, cue.start())
            content = Passage(self._id, that.end(), end)
            yield self._made(source, self._words(cue), content, direct=False)
        for cue in _ACCORDING.finditer(text, paragraph.start, paragraph.end):
            yield from self._according(paragraph, cue)

    def _according(self, paragraph: Paragraph, cue: re.Match[str]) -> Iterator[Attribution]:
        text = self._text
        begin = _start_of_sentence(text, cue.start(), paragraph.start)
        end = _end_of_sentence(text, cue.end(), paragraph.end)
        before = text[begin : cue.start()].rstrip(" ,")
        if len(before) > 1:
            source = self._after(cue.end(), end)
            content = Passage(self._id, begin, begin + len(before))
        else:
            comma = text.find(",", cue.end(), end)
            if comma < 0 or not text[comma + 1 : end].strip():
                return
            source = self._after(cue.end(), comma)
            content = Passage(self._id, comma + 2, end)
        yield self._made(source, self._words(cue), content, direct=False)

    def _after(self, start: int, end: int) -> tuple[Passage, ...]:
        """The first name in a stretch, or else somebody right at its beginning."""
        end = min(end, start + _REACH_CHARS)
        names = self._names(start, end)
        # The secretary of Safety, Luis Mora: what follows "de" belongs to the office.
        own = [n for n in names if not _OF.search(self._text, max(0, n.start - 8), n.start)]
        if names:
            return tuple(own[:1]) or names[:1]
        somebody = _SOMEBODY.match(self._text, start, end)
        if somebody is None or _DAY.match(self._text, start, end):
            return ()
        begin = start + len(somebody.group()) - len(somebody.group().lstrip())
        return (Passage(self._id, begin, somebody.end()),)

    def _before(self, start: int, end: int) -> tuple[Passage, ...]:
        start = max(start, end - _REACH_CHARS)
        names = self._names(start, end)[-1:]
        somebody = _SOMEBODY.match(self._text, start, end)
        if names or somebody is None or self._text[somebody.end() : end].strip():
            return names
        begin = start + len(somebody.group()) - len(somebody.group().lstrip())
        return (Passage(self._id, begin, somebody.end()),)

    def _names(self, start: int, end: int) -> tuple[Passage, ...]:
        found = []
        for match in _NAME.finditer(self._text, start, end):
            begin = match.start()
            first, _, rest = match.group().partition(" ")
            if first.lower() in _NO_NAME:
                if not rest[:1].isupper():
                    continue
                begin += len(first) + 1
            found.append(Passage(self._id, begin, match.end()))
        return tuple(found)

    def _words(self, cue: re.Match[str]) -> tuple[Passage, ...]:
        return (Passage(self._id, cue.start(), cue.end()),)

    def _speaker(self, source: tuple[Passage, ...]) -> str | None:
        """The chain of the named mention that holds the beginning of the source."""
        for passage in source:
            at = bisect_right(self._named, passage.start, key=lambda m: m.passage.start)
            for mention in self._named[max(0, at - 1) : at]:
                if mention.passage.end > passage.start:
                    return mention.chain_id
        return None

    def _made(
        self,
        source: tuple[Passage, ...],
        cue: tuple[Passage, ...],
        content: Passage,
        *,
        direct: bool,
    ) -> Attribution:
        word = self._text[cue[0].start : cue[0].end].lower() if cue else ""
        stance = Stance(load_table("reporting_spanish").get(word, "says"))
        key = [f"{p.start}:{p.end}" for p in (*cue, content)]
        id_ = content_id("attribution", self._id, str(direct), *key)
        speaker = self._speaker(source)
        return Attribution(id_, source, cue, (content,), speaker, None, stance, direct)


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
