"""Who says what: direct, mixed and indirect speech with its source, cue and content.

The kinds of relation are those of PolNeAR (Newell, Margolin and Ruths 2018); content of direct
speech leaves its quotation marks out. Cues come from the syntax (`reports`) and from the order of
quotation marks and names (`speech`), speakers from the mentions (`speakers`).
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from consilience.read.abroad import abroad
from consilience.read.cues import Report
from consilience.read.encoder import Parse, Word
from consilience.read.interviews import Turn, turns_of
from consilience.read.quotations import (
    find_paragraphs,
    find_quotes,
)
from consilience.read.speakers import Speakers
from consilience.read.speech import Page, Sentence, lay_out
from consilience.read.speech_abroad import find_speech_abroad
from consilience.records import (
    Attribution,
    Document,
    Mention,
    Part,
    PartKind,
    Passage,
    Stance,
    content_id,
)


def find_attributions(
    document: Document, parses: Sequence[Parse], mentions: Sequence[Mention]
) -> tuple[Attribution, ...]:
    """The attributions of a document in the order of their first words.

    Quoted words without a cue near have an empty source and no speaker. Where a report holds
    quoted words beside others, there is one attribution for the whole and a direct one for them.
    """
    paragraphs = find_paragraphs(document)
    spans = find_quotes(document)
    language_at = abroad(document)
    found: list[Attribution] = []
    if document.language in ("en", "und"):
        page = lay_out(document, parses, paragraphs, spans)
        speakers = Speakers(page, mentions)
        turns = turns_of(document, paragraphs, mentions)
        in_text = [a for a in _in_text(page, speakers) if not _is_of_label(a, turns)]
        said = [*in_text, *_blocks(page, speakers), *_interview(turns)]
        found = [a for a in said if language_at((a.cue or a.content)[0].start) is None]
    found += find_speech_abroad(document, paragraphs, spans, mentions, language_at)
    found += _comments(document)
    return _nested(sorted(found, key=_order))


def _order(attribution: Attribution) -> tuple[int, int, int]:
    passages = attribution.content + attribution.cue + attribution.source
    widest = max(p.end for p in attribution.content) - min(p.start for p in attribution.content)
    return min(p.start for p in passages), -widest, int(attribution.direct)


def make_attribution(
    source: tuple[Passage, ...],
    cue: tuple[Passage, ...],
    content: tuple[Passage, ...],
    speaker_id: str | None,
    stance: Stance,
    *,
    direct: bool,
) -> Attribution:
    passages = cue + content
    key = [f"{p.start}:{p.end}" for p in passages]
    id_ = content_id("attribution", passages[0].document_id, str(direct), *key)
    return Attribution(id_, source, cue, content, speaker_id, None, stance, direct)


def _in_text(page: Page, speakers: Speakers) -> Iterator[Attribution]:
    quotes_of: dict[tuple[int, int], list[int]] = {}
    for q, cue in enumerate(page.cues):
        if cue is not None:
            quotes_of.setdefault((cue.sentence, cue.report.head), []).append(q)
        elif _stands_alone(page, q):
            passage = (page.quotes[q].passage,)
            yield make_attribution((), (), passage, None, Stance.SAYS, direct=True)
    reports: dict[tuple[int, int], Report] = {}
    for sentence in page.sentences:
        for report in sentence.reports:
            reports[sentence.number, report.head] = report
    for cue in page.cues:
        if cue is not None:
            reports[cue.sentence, cue.report.head] = cue.report
    made: dict[tuple[int, int], list[Attribution]] = {}
    for key in sorted(reports):
        sentence = page.sentences[key[0]]
        held = quotes_of.get(key, [])
        made[key] = list(_of_report(page, sentence, reports[key], held, speakers))
    for key in sorted(made):
        via = reports[key].via
        outer = made.get((key[0], via)) if via is not None else None
        within = outer[-1].id if outer else None
        yield from (replace(a, within_id=within) for a in made[key])


def _of_report(
    page: Page, sentence: Sentence, report: Report, held: list[int], speakers: Speakers
) -> Iterator[Attribution]:
    if sentence.quoted[report.head] >= 0:
        # Of what is reported within quoted words PolNeAR marks 4 in 219 (200 train articles).
        return
    id_ = page.document.id
    words = sentence.parse.words
    source = to_passages(id_, sentence, report.source)
    cue = to_passages(id_, sentence, report.cue)
    speaker = speakers.of(sentence, report)
    quoted = tuple(page.quotes[q].passage for q in held)
    loose = [
        i for i in report.content if sentence.quoted[i] not in held and words[i].upos != "PUNCT"
    ]
    if quoted:
        yield make_attribution(source, cue, quoted, speaker, report.stance, direct=True)
    if loose and not (quoted and _is_direct(page, sentence, report, held, loose)):
        content = to_passages(id_, sentence, report.content)
        yield make_attribution(source, cue, content, speaker, report.stance, direct=False)


# Shorter words in quotation marks within a sentence of nobody's are a manner of speaking: of 172
# in PolNeAR's train part (200 articles) 106 are in no attribution.
_ALONE_MIN_WORDS = 6


def _stands_alone(page: Page, q: int) -> bool:
    """Whether quoted words without a cue are somebody's speech and not the writer's irony."""
    quote = page.quotes[q]
    start, end = quote.passage.start, quote.passage.end
    first = start - page.paragraphs[quote.paragraph].start <= 2
    return first or len(page.document.text[start:end].split()) >= _ALONE_MIN_WORDS


def _is_direct(
    page: Page, sentence: Sentence, report: Report, held: list[int], loose: list[int]
) -> bool:
    """Whether the quoted words are all that is said: “…,” she said on Monday, or: she said, “…”."""
    words = sentence.parse.words
    telling = [i for i in loose if words[i].upos not in _FUNCTION_WORDS]
    here = sorted({q for q in sentence.quoted if q in held})
    if not telling or not here:
        return True
    text = page.document.text
    head = words[report.head].start
    start, end = page.quotes[here[0]].passage.start, page.quotes[here[-1]].passage.end
    if end <= head:
        opens = text[end - 1] in ",?!" or text[end : end + 2].endswith(",")
        return opens and all(words[i].start > start for i in telling)
    if start > head:
        introduced = text[head:start].rstrip(" \"“'‘«")[-1:] in (",", ":")
        return introduced and not any(head < words[i].start < start for i in telling)
    return all(start <= words[i].start < end for i in telling)


_FUNCTION_WORDS = frozenset({"PUNCT", "CCONJ", "SCONJ", "DET", "ADP", "PART", "ADV", "INTJ"})


def to_passages(
    document_id: str, sentence: Sentence, numbers: frozenset[int]
) -> tuple[Passage, ...]:
    """The words as passages, one for each run, punctuation at its ends left out.

    A closing mark stays whose opening mark is in the run.
    """
    words = sentence.parse.words
    passages = []
    run: list[int] = []
    for i in [*sorted(numbers), len(words) + 1]:
        if run and i != run[-1] + 1:
            kept = _without_edges(words, run) or run[:1] * (len(numbers) == 1)
            if kept:
                passages.append(Passage(document_id, words[kept[0]].start, words[kept[-1]].end))
            run = []
        run.append(i)
    return tuple(passages)


def _closes_inside(mark: str, inside: list[str]) -> bool:
    """Whether an opening mark has its closing one among the words behind it."""
    closing = {opens: closes for closes, opens in _OPENING_OF.items()}.get(mark)
    if closing is None:
        return False
    if closing == mark:
        return inside.count(mark) % 2 == 1
    return inside.count(closing) > inside.count(mark)


_STOPS = frozenset({".", ",", "?", "!"})
_OPENING_OF = {"”": "“", "’": "‘", "»": "«", ")": "(", "]": "[", '"': '"', "'": "'"}


def _without_edges(words: Sequence[Word], run: list[int]) -> list[int]:
    first, last = 0, len(run)
    while first < last and words[run[first]].upos == "PUNCT":
        first += 1
    if first + 1 < last and words[run[first]].text.lower() in ("and", "but"):
        first += 1
    while last > first and words[run[last - 1]].upos == "PUNCT":
        last -= 1
    inside = [words[w].text for w in run[first:last]]
    if first and _closes_inside(words[run[first - 1]].text, inside):
        first -= 1
        inside.insert(0, words[run[first]].text)
    follows = words[run[last]].text if last < len(run) else ""
    if follows in _STOPS and last + 1 < len(run) and words[run[last + 1]].text in _OPENING_OF:
        # “… built on sand.” keeps its stop with its mark.
        last += 1
        inside.append(follows)
        follows = words[run[last]].text
    opening = _OPENING_OF.get(follows)
    if opening == follows:
        is_open = inside.count(follows) % 2 == 1
    else:
        # The last of both decides: a closing mark may also have been an apostrophe.
        marks = [text for text in inside if text in (opening, follows)]
        is_open = bool(marks) and marks[-1] == opening
    if is_open:
        return run[first : last + 1]
    return run[first : last - 1] if inside and inside[-1] in _STOPS else run[first:last]


def _blocks(page: Page, speakers: Speakers) -> Iterator[Attribution]:
    """A block quoted from elsewhere, its source named by the words that announce it."""
    for part in page.document.parts:
        if part.kind is not PartKind.QUOTED:
            continue
        at = bisect_right(page.sentences, part.passage.start, key=lambda s: s.parse.end) - 1
        before = page.sentences[at] if at >= 0 else None
        reports = [r for r in before.reports if r.source_head is not None] if before else []
        announced = before is not None and page.document.text[before.parse.end - 1] == ":"
        if before is None or not reports or not announced:
            if part.author:
                author = _author(page.document, part)
                speaker = speakers.at(author[0].start) if author else None
                words = (part.passage,)
                yield make_attribution(author, (), words, speaker, Stance.SAYS, direct=True)
            continue
        source = to_passages(page.document.id, before, reports[0].source)
        cue = to_passages(page.document.id, before, reports[0].cue)
        speaker = speakers.of(before, reports[0])
        yield make_attribution(source, cue, (part.passage,), speaker, Stance.SAYS, direct=True)


def _interview(turns: Sequence[Turn]) -> Iterator[Attribution]:
    """What is said in the turns of an interview; who asks is nobody the text names."""
    for turn in turns:
        stance = Stance.ASKS if turn.is_question else Stance.SAYS
        source = () if turn.source is None else (turn.source,)
        if source or turn.is_question:
            yield make_attribution(
                source, (), (turn.words,), turn.chain_id, stance, direct=not turn.is_question
            )


def _is_of_label(attribution: Attribution, turns: Sequence[Turn]) -> bool:
    """Whether it is no more than the colon behind the label of a turn makes it."""
    if not attribution.cue:
        return False
    n = bisect_right(turns, attribution.cue[0].start, key=lambda t: t.label.start) - 1
    return n >= 0 and attribution.cue[0].end <= turns[n].words.start


def _author(document: Document, part: Part) -> tuple[Passage, ...]:
    """The author of a block where he is named last before it, or else first after it."""
    if not part.author:
        return ()
    at = document.text.rfind(part.author, 0, part.passage.end)
    at = document.text.find(part.author) if at < 0 else at
    return (Passage(document.id, at, at + len(part.author)),) if at >= 0 else ()


def _comments(document: Document) -> Iterator[Attribution]:
    """A reader's comment is its author's; the author is nobody the text speaks of."""
    for part in document.parts:
        if part.kind is PartKind.COMMENT:
            author, words = _comment_words(document, part)
            yield make_attribution(author, (), (words,), None, Stance.SAYS, direct=True)


_HEADER_CHARS = 200


def _comment_words(document: Document, part: Part) -> tuple[tuple[Passage, ...], Passage]:
    """The author's name where it stands in the comment's header, and the words after the header."""
    text, start, end = document.text, part.passage.start, part.passage.end
    if not part.author:
        return (), part.passage
    at = text.find(part.author, start, min(end, start + _HEADER_CHARS))
    if 0 <= at < start + 2:
        line_end = text.find("\n", at, end)
        if 0 < line_end < start + _HEADER_CHARS:
            start = line_end
    else:
        at = text.rfind(part.author, max(0, start - _HEADER_CHARS), start)
    while start < end - 1 and text[start].isspace():
        start += 1
    author = (Passage(document.id, at, at + len(part.author)),) if at >= 0 else ()
    return author, Passage(document.id, start, end)


def _nested(found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Name in each attribution the innermost other one whose content holds its cue."""
    starts = [(a.cue or a.content)[0].start for a in found]
    spans = sorted((p, n) for n, a in enumerate(found) for p in a.content)
    within: list[str | None] = [None] * len(found)
    active: list[tuple[Passage, int]] = []
    coming = 0
    for number in sorted(range(len(found)), key=lambda n: starts[n]):
        at, mine = starts[number], found[number]
        while coming < len(spans) and spans[coming][0].start <= at:
            active.append(spans[coming])
            coming += 1
        active = [(p, n) for p, n in active if p.end > at]
        holders = [
            found[n]
            for _, n in active
            if n != number
            and (found[n].cue != mine.cue or not mine.cue)
            and _size(found[n]) >= _size(mine)
        ]
        if holders:
            within[number] = min(holders, key=lambda o: (_size(o), o.id)).id
    return tuple(
        replace(a, within_id=a.within_id or outer) for a, outer in zip(found, within, strict=True)
    )


def _size(attribution: Attribution) -> int:
    return sum(p.end - p.start for p in attribution.content)
