"""Cut text into sentences and words, as UD_English-EWT does, with exact offsets.

Words are ruled (`words.py`). Blank lines, and line breaks that are not the wrapping of long lines,
end a sentence. Elsewhere a linear model judges each place where one might end; a few places are
closed to it ("Mr. Lind", "3 p.m. Friday"), because it saw little news in training.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from consilience.lexicon import load_bytes
from consilience.read.words import find_words

MAX_TOKENS = 250  # no sentence of the treebanks we read is longer; the encoder's window is near it


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence: where it stands in the text, without the white space around it, and its words.

    Offsets count code points and are half-open. The words are in order, do not overlap and hold
    every character of the sentence that is not white space.
    """

    start: int
    end: int
    tokens: tuple[tuple[int, int], ...]


# A line that ends so is not the end of a sentence.
GOES_ON = frozenset(", and or the a an of in to for with by at from that & -".split())
WRAPPED_WIDTH = (40, 132)  # characters; narrower lines are lists, wider ones whole paragraphs
FULL_LINES_MIN = 0.6
SMALL_LINES_MIN = 0.5  # small first letters for each capital
SMALL_LETTERS_MIN = 0.2  # of the letters; below, the text is in capitals
PARAGRAPH_MARKS = "\f\u2029"

_WORD_AHEAD = re.compile(r"\S+")
_BREAK = re.compile(r"\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Layout:
    """The words of a text as the judgement on sentence ends sees them; lists run over words."""

    low: list[str]  # small letters, digits as 0, cut at 12
    shape: list[str]
    gap: list[int]  # after the word: GLUED, SPACED, LINE within a sentence, or ENDS
    to_end: list[int]  # words up to the end of the paragraph
    to_stop: list[int]  # words up to the next one of .?!
    case: list[str]  # of the paragraph: all small letters, ALL CAPITALS, or Both


GLUED, SPACED, LINE, ENDS = 0, 1, 2, 3
SEEN_CHARS = 24  # of a word, in judging
NEAR = 4  # how far we look past quotation marks and brackets
_STOPS = frozenset(". ! ? ... …".split())
_CLOSING = frozenset(") ] } \" ' ” ’ » '' *".split())
_OPENING = frozenset("( [ { \" ' “ ‘ « `` ` ¿ ¡ * - • -- – —".split())
_BUCKETS = (0, 1, 2, 3, 4, 5, 6, 7, 8, 8, 10, 10, 12, 12, 12, 15, 15, 15, 15, 15, 20) + (20,) * 9
_DIGITS = str.maketrans("123456789", "000000000")


def _bucket(count: int) -> int:
    """Coarsen a count of words."""
    return _BUCKETS[count] if count < 30 else 30 if count < 50 else 50 if count < 100 else 100


@lru_cache(maxsize=1 << 16)
def _low_and_shape(word: str) -> tuple[str, str]:
    """Give the forms of a word that the features use."""
    low = word[:12].lower().translate(_DIGITS)
    first = word[0]
    if first.isalpha():
        dotted = "." if word[-1] == "." else ""
        if len(word.rstrip(".")) == 1:
            return low, ("X" if first.isupper() else "x1") + dotted
        if first.isupper():
            return low, ("XX" if word.isupper() else "Xx") + dotted
        return low, ("xX" if word[1:].lower() != word[1:] else "x") + dotted
    if first.isdigit():
        return low, "d" if word.isdigit() else "d."
    if first in ".…" and len(word) > 1 and not word.strip(".…"):
        return "...", "..."
    if first in "?!":
        return first, first
    if first in "“”" or word in ("''", "``"):
        return '"', '"'
    if first in "‘’":
        return "'", "'"
    if first in "-–—":
        return low, "-" if len(word) == 1 else "--"
    if first in "=_*~#+<>|" and len(word) > 2:
        return first * 3, "==="
    return low, low if len(low) == 1 else "#"


def _spacing(text: str, tokens: list[tuple[int, int]]) -> list[int]:
    """Say for each word what follows it. The end of the text ends a sentence."""
    gaps = []
    lines: list[tuple[int, int]] = []  # (word before a single line break, length of its line)
    line_start = tokens[0][0]
    for at, ((_, end), (start, _)) in enumerate(pairwise(tokens)):
        if start == end:
            gaps.append(GLUED)
        elif start - end == 1 and text[end] == " ":
            gaps.append(SPACED)
        else:
            breaks = _BREAK.findall(text, end, start)
            if not breaks:
                gaps.append(SPACED)
            else:
                if len(breaks) == 1 and breaks[0] not in PARAGRAPH_MARKS:
                    lines.append((at, end - line_start))
                gaps.append(ENDS)
                line_start = start
    gaps.append(ENDS)
    for at in _joined_lines(text, tokens, lines):
        gaps[at] = LINE
    return gaps


def _joined_lines(
    text: str, tokens: list[tuple[int, int]], lines: list[tuple[int, int]]
) -> Iterator[int]:
    """Find the single line breaks that do not end a sentence by themselves.

    Text is taken for wrapped when most lines are so long that the next word would not have
    fitted, and enough lines begin with a small letter, which headlines and lists do not.
    """
    if not lines:
        return
    width = sorted(length for _, length in lines)[len(lines) * 9 // 10]
    full, small, capital = [], 0, 0
    past = tokens[-1][1]  # what stands behind is not ours to see
    for at, length in lines:
        start = tokens[at + 1][0]
        word = _WORD_AHEAD.match(text, start, min(start + 80, past))
        full.append(length + 1 + (len(word.group()) if word else 0) > width)
        letter = next((c for c in text[start : min(start + 8, past)] if c.isalpha()), "")
        small += letter.islower()
        capital += letter.isupper()
    sample = text[tokens[0][0] : min(tokens[0][0] + 2000, past)]
    mixed = sum(map(str.islower, sample)) > SMALL_LETTERS_MIN * sum(map(str.isalpha, sample))
    wrapped = (
        WRAPPED_WIDTH[0] <= width <= WRAPPED_WIDTH[1]
        and sum(full) > len(lines) * FULL_LINES_MIN
        and (small > capital * SMALL_LINES_MIN or not mixed)
    )
    for (at, _), is_full in zip(lines, full, strict=True):
        before, start = text[slice(*tokens[at])], tokens[at + 1][0]
        letter = next((c for c in text[start : min(start + 3, past)] if c.isalnum()), "")
        # In capitals no small letter shows that a line goes on: all go on that end in no stop.
        is_open = is_full or (not mixed and before not in _STOPS)
        if (wrapped and is_open) or letter.islower() or before.lower() in GOES_ON:
            yield at


def lay_out(text: str, tokens: list[tuple[int, int]]) -> Layout:
    """Prepare the words for judging."""
    forms = [_low_and_shape(text[start : min(end, start + SEEN_CHARS)]) for start, end in tokens]
    shape = [form[1] for form in forms]
    gap = _spacing(text, tokens)
    to_end, to_stop, case = [0] * len(tokens), [0] * len(tokens), [""] * len(tokens)
    end = stop = 0
    for at in range(len(tokens) - 1, -1, -1):
        end = 0 if gap[at] == ENDS else end + 1
        stop = 0 if shape[at] in _STOPS else stop + 1
        to_end[at], to_stop[at] = end, min(stop, end)
    first = 0
    for at, following in enumerate(gap):
        if following == ENDS:
            shapes = {kind[0] for kind in shape[first : at + 1] if kind not in ("X", "X.")}
            here = ("B" if "X" in shapes else "s") if "x" in shapes else "C"
            case[first : at + 1] = [here] * (at + 1 - first)
            first = at + 1
    return Layout([form[0] for form in forms], shape, gap, to_end, to_stop, case)


def _is_open_question(view: Layout, at: int) -> bool:
    """Say whether a sentence might end after a word; elsewhere none does."""
    here, after = view.shape[at], view.shape[at + 1]
    if view.gap[at] == GLUED:
        if after in _CLOSING and (view.gap[at + 1] != GLUED or view.low[at + 1] in "”’»)]"):
            return False  # the mark closes the sentence that ends here
        if here in _CLOSING:
            near = reversed(view.shape[max(at - NEAR, 0) : at])
            here = next((shape for shape in near if shape not in _CLOSING), "")
        return here in _STOPS and after not in _STOPS
    if here[-1] == "." and here[0] in "Xx":
        if after in ("x", "xX", "x1") and view.case[at] == "B":
            return False
        word = view.low[at]
        if word in _TITLES or (word in _HALF_DAYS and view.low[at + 1] in _AFTER_TIME):
            return False
        if word in _MODIFIERS and after in ("Xx", "XX") and view.low[at + 1] not in _STARTERS:
            return False
    return not (after in ("x", "xX", ",", ".") and here in ("x", "Xx", ",", "d", "xX", "-", "("))


def _features(view: Layout, at: int, first: int, quoted: bool, depth: int) -> list[str]:
    """Describe the place after a word, in a sentence that began at `first`."""
    low, shape = view.low, view.shape
    p0, n0 = low[at], low[at + 1]
    s0, t0 = shape[at], shape[at + 1]
    p1, s1 = (low[at - 1], shape[at - 1]) if at > first else ("^", "^")
    ends = view.gap[at + 1] == ENDS
    n1, t1 = (low[at + 2], shape[at + 2]) if not ends else ("$", "$")
    g = min(view.gap[at], SPACED)
    back = at
    while back > max(first, at - NEAR) and shape[back] in _CLOSING:
        back -= 1
    ahead = at + 1
    while ahead < at + NEAR and shape[ahead] in _OPENING and view.gap[ahead] != ENDS:
        ahead += 1
    e0, f0, v0 = shape[back], shape[ahead], low[ahead]
    long = _bucket(at + 1 - first)
    left = _bucket(view.to_end[at + 1])
    stop = _bucket(view.to_stop[at + 1])
    same = (low[first] == n0) + (shape[first] == t0)
    q = f"{'q' if quoted else ''}{'b' if depth > 0 else ''}"
    st = f"{s0} {t0}"
    case = view.case[at]
    return [
        f"a{g}{st}",
        f"b{p0}",
        f"c{n0}",
        f"d{p0} {t0}",
        f"e{s0} {n0}",
        f"f{p1} {p0}",
        f"g{n0} {n1}",
        f"h{s1} {st}",
        f"i{st} {t1}",
        f"j{s1} {st} {t1}",
        f"m{g}{e0} {f0}",
        f"n{e0} {v0}",
        f"o{low[back - 1] if back > first else '^'} {e0} {f0}",
        f"p{long} {s0}",
        f"q{long} {st}",
        f"r{left} {st}",
        f"s{stop} {st}",
        f"u{same} {st}",
        f"v{q} {st}",
        f"w{q} {e0} {s0}",
        f"x{low[first]} {s0}",
        f"y{shape[first]} {long} {st}",
        f"z{stop} {long} {s0}",
        f"A{s1} {s0} {n0}",
        f"B{p0} {n0}",
        f"C{p1} {s0} {t0}",
        f"E{case} {st}",
        f"F{case} {p0} {t0}",
        f"G{case} {e0} {f0} {s1}",
    ]


_TITLES = frozenset(
    """
    adm. brig. capt. cmdr. col. cpl. dr. fr. ft. gen. gov. hon. lt. maj. mr. mrs. ms. msgr. mt.
    prof. rep. reps. rev. sen. sens. sgt. sr. sra. srta. ste. supt. v. vs. e.g. i.e. cf.
    """.split()
)
# "U.S. Senator" is far more frequent than a sentence that ends in "the U.S."
_MODIFIERS = frozenset("u.s. u.k. u.n. e.u. d.c. l.a. u.s.a.".split())
_STARTERS = frozenset(
    """
    a according after all also although an and another as at authorities because before both but by
    during each earlier even every few for from he her his how however i if in it its last later
    many meanwhile most mr. mr ms. mrs. my no nobody none not now of officials on once one only
    other our police she since so some still such that the their then there these they this those
    though to two under until we what when where which while who why with yes yet you your
    """.split()
)
_HALF_DAYS = frozenset("a.m. p.m.".split())
_AFTER_TIME = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december jan. feb. mar. apr. jun. jul. aug. sep. sept.
    oct. nov. dec. mon. tue. tues. wed. thu. thur. thurs. fri. sat. sun. et est edt ct cst cdt mt
    mst mdt pt pst pdt gmt utc bst eastern pacific central
    """.split()
)
_CONJUNCTIONS = frozenset("and but or while when because although which who".split())


def find_ends(view: Layout, judge: Callable[[int, list[str]], bool]) -> list[int]:
    """List the words after which a sentence ends, asking `judge` about each open question."""
    ends: list[int] = []
    first, quoted, depth = 0, False, 0
    for at, mark in enumerate(view.shape):
        if mark == '"':
            quoted = not quoted
        elif mark in "([":
            depth += 1
        elif mark in ")]":
            depth -= 1
        if view.gap[at] == ENDS or (
            _is_open_question(view, at) and judge(at, _features(view, at, first, quoted, depth))
        ):
            ends += _cuts(view, first, at)
            ends.append(at)
            first, quoted, depth = at + 1, False, 0
    return ends


def _cuts(view: Layout, first: int, last: int) -> Iterator[int]:
    """Cut a sentence that is too long, each time in the second half of what may stand."""

    def loss(at: int) -> int:
        if view.gap[at] != SPACED:
            return 0 if view.gap[at] == LINE else 9
        joins = view.low[at + 1] in _CONJUNCTIONS
        return {";": 1, ".": 1, ":": 2, "--": 3, ",": 4}.get(view.shape[at], 6) - joins

    while last + 1 - first > MAX_TOKENS:
        best = min(range(first + MAX_TOKENS - 1, first + MAX_TOKENS // 2, -1), key=loss)
        yield best
        first = best + 1


BIAS = "bias"


@lru_cache(maxsize=1)
def _weights() -> dict[str, int]:
    """Load what `training/segment.py` learned."""
    learned = json.loads(load_bytes("segment_weights.json"))
    weights: dict[str, int] = learned["weights"]
    weights[BIAS] = -learned["threshold"]
    return weights


def segment(text: str, start: int = 0, end: int | None = None) -> list[Segment]:
    """Cut a stretch of text into sentences and words.

    A blank line always ends a sentence. One longer than `MAX_TOKENS` is cut at the best place,
    such as a line break, semicolon or comma. An abbreviation that closes a sentence gives up its
    full stop ("at 5 p.m|."), as in the treebank. Time is linear in the length of the text.

    >>> text = "Mr. Lind resigned. He didn't say why."
    >>> [text[found.start:found.end] for found in segment(text)]
    ['Mr. Lind resigned.', "He didn't say why."]
    """
    tokens = find_words(text, start, len(text) if end is None else end)
    if not tokens:
        return []
    weight = _weights().get
    bias = weight(BIAS, 0)
    view = lay_out(text, tokens)

    def ends_here(_at: int, features: list[str]) -> bool:
        return bias + sum([weight(feature, 0) for feature in features]) > 0

    segments: list[Segment] = []
    first = 0
    for at in find_ends(view, ends_here):
        piece = tokens[first : at + 1]
        last = piece[-1]
        word = text[slice(*last)]
        if word[-1] == "." and len(word) > 1 and word[0].isalpha() and len(piece) > 1:
            piece[-1:] = [(last[0], last[1] - 1), (last[1] - 1, last[1])]
        segments.append(Segment(piece[0][0], piece[-1][1], tuple(piece)))
        first = at + 1
    return segments
