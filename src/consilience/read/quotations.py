"""Quotation marks: which words stand between them, and whether they are speech.

Works on the characters alone, one paragraph at a time, in linear time. A quotation never leaves
its paragraph, unless the mark is opened again at the head of the next one.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from consilience.read.quote_kinds import QuoteKind, kind_of
from consilience.records import Document, PartKind, Passage


@dataclass(frozen=True, slots=True)
class QuoteSpan:
    """Words between quotation marks, the marks left out.

    `depth` is 0 for the outermost. `continues` is true where the span goes on with the quotation
    that ended its paragraph unclosed before it. `paragraph` numbers the paragraphs of the text.
    """

    passage: Passage
    kind: QuoteKind
    depth: int
    continues: bool
    paragraph: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    start: int
    end: int
    part: PartKind


_DOUBLE, _SINGLE, _GUILLEMET, _ANGLE = "double", "single", "guillemet", "angle"
_FAMILY = {
    **dict.fromkeys('"“”„‟', _DOUBLE),
    **dict.fromkeys("'‘’‚‛", _SINGLE),
    **dict.fromkeys("«»", _GUILLEMET),
    **dict.fromkeys("‹›", _ANGLE),
}
_MARK = re.compile("``|''|[\"“”„‟'‘’‚‛«»‹›]")
_ALWAYS_OPEN = frozenset("“„‟‘‚‛«‹")
_ALWAYS_CLOSE = frozenset("”’»›")
# Words cut at the front, written with an apostrophe that looks like an opening mark.
_CLIPPED = re.compile(
    r"(?:\d0s|\d\d\b|(?:em|til|tis|twas|twere|cause|bout|round|cuz|neath)\b|n['’])", re.IGNORECASE
)
_FEET = re.compile(r"\d['’]\s?\d{1,2}$")
_SENTENCE_END = ".?!…"
# A closing mark and the end of its sentence, either first, and another sentence behind.
_GOES_ON = re.compile(r"[.!?]?\s+(?=[A-Z“\"])")
_SAID = re.compile(r"\b(?:said|says|told|added|asked|replied|insisted|warned|according)\b")
# No longer stretch is taken for speech whose opening mark is lost.
_LOST_CHARS_MAX = 300
# Known as "one", or "the other".
_SECOND_NAME = re.compile(r"[,]?[\"”’'»],? (?:or|and|o|y) [\"“‘'«]")


def find_paragraphs(document: Document) -> tuple[Paragraph, ...]:
    """The paragraphs of the readable text: no paragraph crosses a part of the document."""
    text = document.text
    breaks = _paragraph_break(text)
    stretches = [(p.passage.start, p.passage.end, p.kind) for p in document.parts]
    if not stretches:
        stretches = [(0, len(text), PartKind.BODY)]
    found: list[Paragraph] = []
    for start, end, kind in sorted(stretches):
        if kind in (PartKind.CREDIT, PartKind.BOILERPLATE):
            continue
        at = start
        for match in breaks.finditer(text, start, end):
            _add_paragraph(found, text, at, match.start(), kind)
            at = match.end()
        _add_paragraph(found, text, at, end, kind)
    return tuple(found)


# One line in five going on in lower case: lines wrapped at a width. Where every line is a
# paragraph, nearly none does.
_WRAPPED_MIN = 0.2


def _paragraph_break(text: str) -> re.Pattern[str]:
    lines = [line.strip() for line in text.split("\n")]
    follows = [b for a, b in pairwise(lines) if a and b]
    lower = sum(line[0].islower() for line in follows)
    wrapped = len(follows) > 4 and lower >= _WRAPPED_MIN * len(follows)
    return re.compile(r"\n[ \t\r]*\n|\x0c" if wrapped else r"\n|\x0c")


def _add_paragraph(found: list[Paragraph], text: str, start: int, end: int, kind: PartKind) -> None:
    stretch = text[start:end]
    start += len(stretch) - len(stretch.lstrip())
    end = start + len(stretch.strip())
    if start < end:
        found.append(Paragraph(start, end, kind))


def find_quotes(document: Document) -> tuple[QuoteSpan, ...]:
    """Every stretch between quotation marks, in the order of the text, the outer before the inner.

    Apostrophes, inches and clipped words are not marks. Straight and curly, and by mistake single
    and double marks, may close one another. A quotation never closed ends with its paragraph, or
    before the words that name its speaker.
    """
    text = document.text
    paragraphs = find_paragraphs(document)
    found: list[QuoteSpan] = []
    unclosed: str | None = None
    last_kind: PartKind | None = None
    for number, paragraph in enumerate(paragraphs):
        limits = paragraph.start, paragraph.end
        spans, open_family = _pair(text, paragraph)
        continues = (
            unclosed is not None
            and last_kind == paragraph.part
            and _FAMILY.get(text[paragraph.start]) == unclosed
        )
        goes_on = open_family is not None and _opens_next(text, paragraphs, number, open_family)
        for span in sorted(spans, key=lambda s: (s.start, -s.end)):
            if span.closed or goes_on:
                end = span.end
            else:
                end = _end_of_unclosed(text, span.start, paragraph.end)
            start, end = _stripped(text, span.start, end)
            if start >= end:
                continue
            first = continues and span.mark == paragraph.start
            kind = kind_of(text, limits, start, end, is_open=first or not span.closed)
            if found and _SECOND_NAME.fullmatch(text, found[-1].passage.end, start):
                kind = found[-1].kind if found[-1].kind is not QuoteKind.SPEECH else kind
            passage = Passage(document.id, start, end)
            found.append(QuoteSpan(passage, kind, 0, continues=first, paragraph=number))
        unclosed = open_family if goes_on else None
        last_kind = paragraph.part
    return tuple(_with_depth(found))


def _opens_next(text: str, paragraphs: Sequence[Paragraph], number: int, family: str) -> bool:
    """Whether the next paragraph of the same kind begins with an opening mark of the family."""
    if number + 1 == len(paragraphs) or paragraphs[number + 1].part != paragraphs[number].part:
        return False
    start = paragraphs[number + 1].start
    mark = text[start]
    return _FAMILY.get(mark) == family and not (
        family == _SINGLE and _CLIPPED.match(text, start + 1)
    )


@dataclass(frozen=True, slots=True)
class _Open:
    """An opening mark at `mark`, its words beginning at `start`."""

    mark: int
    start: int
    family: str
    n_inside: int = 0


@dataclass(frozen=True, slots=True)
class _Pair:
    mark: int
    start: int
    end: int
    closed: bool


def _pair(text: str, paragraph: Paragraph) -> tuple[list[_Pair], str | None]:
    """The marked stretches of one paragraph, and the family of the mark left open, if any."""
    marks = list(_MARK.finditer(text, paragraph.start, paragraph.end))
    roles = [_role(text, m, paragraph) for m in marks]
    closes_later = _closes_before_next_opening(roles)
    pairs: list[_Pair] = []
    stack: list[_Open] = []
    n_open = {_DOUBLE: 0, _SINGLE: 0, _GUILLEMET: 0, _ANGLE: 0}
    stray_closings: list[re.Match[str]] = []
    for i, (match, role) in enumerate(zip(marks, roles, strict=True)):
        family = _family(match.group())
        if role.apostrophe:
            continue
        closes = role.closes and n_open[family] > 0
        if closes and role.possessive and closes_later[i]:
            continue
        if closes and role.opens and match.group() in _ALWAYS_OPEN and match.group() != "“":
            closes = False
        if closes:
            while stack[-1].family != family:
                n_open[stack.pop().family] -= 1
            opening = stack.pop()
            n_open[family] -= 1
            pairs.append(_Pair(opening.mark, opening.start, match.start(), closed=True))
            if stack:
                stack[-1] = replace(stack[-1], n_inside=stack[-1].n_inside + 1)
        elif role.opens:
            stack.append(_Open(match.start(), match.end(), family))
            n_open[family] += 1
        elif role.closes and not role.possessive:
            stray_closings.append(match)
    left = [o for o in stack if o.family != _SINGLE or o.mark == paragraph.start]
    return _settle_open(text, paragraph, pairs, left, stray_closings)


def _settle_open(
    text: str,
    paragraph: Paragraph,
    pairs: list[_Pair],
    left: list[_Open],
    stray_closings: list[re.Match[str]],
) -> tuple[list[_Pair], str | None]:
    """Give the marks left open their end: a stray closing mark, or the end of the paragraph."""
    if not left:
        return pairs + _without_opening(text, pairs, stray_closings), None
    last = left[-1]
    for match in stray_closings:
        if match.start() > last.start and text[match.start() - 1] in _SENTENCE_END + ",":
            return pairs + [_Pair(last.mark, last.start, match.start(), closed=True)], None
    outer = left[0]
    if len(left) == 1 and outer.n_inside and text[outer.mark] == '"':
        # "One, he said. "Two," she said: the first mark has lost its partner.
        end = _end_of_unclosed(text, outer.start, paragraph.end)
        first = min((p.mark for p in pairs if p.mark > outer.mark), default=paragraph.end)
        if end < first:
            return pairs + [_Pair(outer.mark, outer.start, end, closed=True)], None
    pairs.append(_Pair(last.mark, last.start, paragraph.end, closed=False))
    return pairs, last.family


def _without_opening(
    text: str, pairs: Sequence[_Pair], stray_closings: Sequence[re.Match[str]]
) -> list[_Pair]:
    """What goes on behind a quotation and is closed, though its opening mark is lost.

    “One thing". Another thing.' But only whole sentences in which nobody is said to speak.
    """
    closings = sorted(pair.end for pair in pairs)
    for match in stray_closings:
        n = bisect_left(closings, match.start())
        if n == 0 or text[match.start() - 1] not in _SENTENCE_END:
            continue
        mark = closings[n - 1]
        opening = _GOES_ON.match(text, mark + 1, match.start())
        if opening is None or match.start() - mark > _LOST_CHARS_MAX:
            continue
        if _SAID.search(text, opening.end(), match.start()) is None:
            return [_Pair(mark, opening.end(), match.start(), closed=True)]
    return []


@dataclass(frozen=True, slots=True)
class _Role:
    """What a mark may be where it stands; `possessive`: it may close or be the officers' own."""

    opens: bool
    closes: bool
    apostrophe: bool = False
    possessive: bool = False


def _family(mark: str) -> str:
    return _DOUBLE if len(mark) == 2 else _FAMILY[mark]


_BEFORE_OPENING = frozenset("([{<—–-/…\"“‘'«‹„>:*|`")


def _role(text: str, match: re.Match[str], paragraph: Paragraph) -> _Role:
    mark = match.group()
    before = text[match.start() - 1] if match.start() > paragraph.start else " "
    after = text[match.end()] if match.end() < paragraph.end else " "
    opens = (before.isspace() or before in _BEFORE_OPENING) and not after.isspace()
    closes = not before.isspace() and not after.isalnum()
    if mark == "``":
        return _Role(opens=True, closes=False)
    if mark == "''":
        return _Role(opens=opens and not closes, closes=not before.isspace() or not opens)
    if _FAMILY[mark] == _SINGLE:
        return _single_role(text, match, before, after, opens=opens, closes=closes)
    if mark in '"“”':
        return _double_role(text, match, before, after, opens=opens, closes=closes)
    return _Role(opens=mark in _ALWAYS_OPEN, closes=mark in _ALWAYS_CLOSE)


def _double_role(
    text: str, match: re.Match[str], before: str, after: str, *, opens: bool, closes: bool
) -> _Role:
    mark = match.group()
    if mark == "“":
        # Also the closing mark of „ “, and of those who type only one of the two.
        return _Role(opens=not closes or opens, closes=closes)
    if mark == "”":
        return _Role(opens=opens and not closes and before.isspace(), closes=True)
    if before.isdigit() and _FEET.search(text, max(0, match.start() - 6), match.start()):
        return _Role(opens=False, closes=False, apostrophe=True)
    if opens != closes:
        return _Role(opens=opens, closes=closes)
    if before.isspace() and after.isspace():
        return _Role(opens=True, closes=True)
    if before.isalnum() and after.isalnum():
        return _Role(opens=False, closes=True)
    # A space is missing: said,"We.
    return _Role(opens=not before.isalnum() and after.isalnum(), closes=True)


def _single_role(
    text: str, match: re.Match[str], before: str, after: str, *, opens: bool, closes: bool
) -> _Role:
    mark = match.group()
    if before.isalnum() and after.isalnum():
        return _Role(opens=False, closes=False, apostrophe=True)
    if before.isspace() and after.isspace():
        return _Role(opens=False, closes=False, apostrophe=True)
    if opens and after.isalnum() and _CLIPPED.match(text, match.end()):
        return _Role(opens=False, closes=False, apostrophe=True)
    if mark in _ALWAYS_OPEN:
        return _Role(opens=opens, closes=False)
    if mark == "’":
        opens = False
    possessive = closes and before in "sSzx" and after.isspace()
    return _Role(opens=opens and not closes, closes=closes, possessive=possessive)


def _closes_before_next_opening(roles: Sequence[_Role]) -> list[bool]:
    """For each mark, whether a sure closing mark follows before the next opening one."""
    answer = False
    answers: list[bool] = []
    for role in reversed(roles):
        answers.append(answer)
        if role.apostrophe:
            continue
        if role.opens and not role.closes:
            answer = False
        elif role.closes and not role.possessive:
            answer = True
    return answers[::-1]


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _end_of_unclosed(text: str, start: int, end: int) -> int:
    """Where words with a lost closing mark stop: before “, she said”, or with the paragraph."""
    match = _cue_after_comma().search(text, start, end)
    return match.start() + 1 if match else end


@cache
def _cue_after_comma() -> re.Pattern[str]:
    name = r"[A-Z][\w.’'-]{0,30}(?: [A-Z][\w.’'-]{0,30}){0,3}"
    said = "said|says|told|added|wrote|asked|replied|claimed|insisted|explained|warned|continued"
    return re.compile(rf"[,?!] (?:(?:he|she|they|{name}) (?:{said})|(?:{said}) {name})\b")


def _with_depth(spans: Sequence[QuoteSpan]) -> Iterator[QuoteSpan]:
    ends: list[int] = []
    for span in spans:
        while ends and ends[-1] <= span.passage.start:
            ends.pop()
        yield replace(span, depth=len(ends))
        ends.append(span.passage.end)
