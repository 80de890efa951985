"""How versions of one utterance stray: another mouth, no mouth, a word less that turned the sense.

What a version changes is only said of two that are nearly word for word the same; translations
differ in every word and mean no less.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from consilience.numerals import readable
from consilience.records import Document, Drift, DriftKind, Entity, Kind, Passage, Quotation, Stance

# Words end where a sentence may turn: what is cut at a comma is a clause of its own.
_WORDS = re.compile(r"\w+(?:['’]\w+)*")
_STEM_LETTERS = 5
# So much of the shorter version stands in the longer one, in order, and at least so many words.
_SHARED_MIN = 0.75
_SHARED_WORDS_MIN = 3
_NEGATIONS = frozenset(
    word[:_STEM_LETTERS]
    for word in (
        "not", "no", "never", "nobody", "none", "nothing", "neither", "nor", "without", "cannot",
        "hardly", "nowhere",
    )
)  # fmt: skip
_CONDITIONS = frozenset(
    word[:_STEM_LETTERS]
    for word in ("if", "unless", "provided", "until", "except", "whether", "assuming")
)
# A short page has no language that could be told.
_READ = frozenset({"en", "und"})
# What stands at the joint of two clauses.
_JOINT = re.compile(r"[,;:.!?—–]")
_JOINED = frozenset({"and", "but", "or", "so", "nor", "yet"})
_SENTENCE_END = re.compile(r"[.!?]")
_NEGATIVE_PREFIXES = ("un", "in", "im", "dis", "non", "ir", "il")
# "Forty" for "fifty", "more than 200" for "300".
_FIGURE_WORDS_MAX = 3
# How far before a quotation its sentence may deny it.
_BEFORE_CHARS = 60
# How far around a shorter version the rest may be told in other words or marks.
_AROUND_CHARS = 300
# A version cut to less than this part of the other's words.
_CUT_MAX = 0.67
_CUT_WORDS_MIN = 5
_CUT_SHARED_MIN = 0.9
# A "not" that turns what is kept stands so few words beside it.
_REACH_WORDS = 4


@dataclass(frozen=True, slots=True)
class Version:
    """A quotation by its index, with its document and its words where they stand."""

    n: int
    quotation: Quotation
    document: Document
    words: tuple[Passage, ...]
    stems: tuple[str, ...]

    def text(self, passage: Passage) -> str:
        return self.document.text[passage.start : passage.end]

    def around(self) -> frozenset[str]:
        """The stems of what its page tells beside it."""
        text, at = self.document.text, self.quotation.passage
        beside = text[max(0, at.start - _AROUND_CHARS) : at.start]
        beside += text[at.end : at.end + _AROUND_CHARS]
        return frozenset(m[0].casefold()[:_STEM_LETTERS] for m in _WORDS.finditer(beside))

    def place(self, words: range) -> Passage:
        first, last = self.words[words.start], self.words[words.stop - 1]
        return Passage(self.document.id, first.start, last.end)

    def after(self, n: int) -> str:
        """What stands between the n-th word and the next."""
        end = self.words[n + 1].start if n + 1 < len(self.words) else self.quotation.passage.end
        return self.document.text[self.words[n].end : end]


def drift_between(x: Version, y: Version, entities: Mapping[str, Entity]) -> Iterator[Drift]:
    """How two versions of one utterance differ, each way of differing once."""
    yield from _of_voices(x, y, entities)
    yield from _of_voices(y, x, entities)
    if {x.document.language, y.document.language} <= _READ:
        yield from _of_words(x, y)
        yield from _of_words(y, x)


def version(n: int, quotation: Quotation, document: Document) -> Version:
    passage = quotation.passage
    found = _WORDS.finditer(document.text, passage.start, passage.end)
    words = tuple(Passage(passage.document_id, *match.span()) for match in found)
    said = (document.text[w.start : w.end].casefold().replace("’", "'") for w in words)
    return Version(n, quotation, document, words, tuple(w[:_STEM_LETTERS] for w in said))


def _of_voices(a: Version, b: Version, entities: Mapping[str, Entity]) -> Iterator[Drift]:
    n, m, one, other = a.n, b.n, a.quotation, b.quotation
    if n < m and _are_two(one.speaker_id, other.speaker_id, entities):
        yield Drift(DriftKind.SPEAKER, n, m, None)
    # A cue without a known speaker is somebody's: "she said".
    if one.speaker_id is not None and other.speaker_id is None and other.cue is None:
        yield Drift(DriftKind.NOBODY, n, m, None)
    # Without marks and without a cue it is a quotation that lost a mark.
    if one.direct and not other.direct and other.cue is not None:
        yield Drift(DriftKind.INDIRECT, n, m, None)


def _are_two(a: str | None, b: str | None, entities: Mapping[str, Entity]) -> bool:
    """Whether two persons are named; a spokesman and his body may be one voice."""
    if a is None or b is None or a == b:
        return False
    both = entities[a], entities[b]
    names = [
        {word.casefold() for name in e.names for word in name.split() if len(word) > 2}
        for e in both
    ]
    return all(e.kind is Kind.PERSON for e in both) and names[0].isdisjoint(names[1])


def _of_words(full: Version, short: Version) -> Iterator[Drift]:
    """What the second of two versions drops or changes of the first, nearly the same in words."""
    n_shared, changes = _held_beside(full.stems, short.stems)
    least = min(len(full.stems), len(short.stems))
    if n_shared < max(_SHARED_WORDS_MIN, _SHARED_MIN * least):
        return
    for tag, i, j, k, m in changes:
        if tag == "replace" and full.n < short.n:
            yield from _numbers(full, short, range(i, j), range(k, m))
        if tag in ("replace", "delete") and n_shared >= _SHARED_MIN * len(short.stems):
            for dropped in _pieces(full, range(i, j)):
                kind = _loss(full, short, dropped, short.stems[k:m])
                if kind is DriftKind.CUT and n_shared < _CUT_SHARED_MIN * len(short.stems):
                    continue
                if kind is not None:
                    yield Drift(kind, full.n, short.n, full.place(dropped))


# Copies have few wordings between them.
@lru_cache(maxsize=10_000)
def _held_beside(
    full: tuple[str, ...], short: tuple[str, ...]
) -> tuple[int, tuple[tuple[str, int, int, int, int], ...]]:
    """How many stems the two share in order, and where they differ, as difflib's opcodes."""
    matcher = SequenceMatcher(None, full, short, autojunk=False)
    n_shared = sum(block.size for block in matcher.get_matching_blocks())
    return n_shared, tuple(code for code in matcher.get_opcodes() if code[0] != "equal")


def _numbers(full: Version, short: Version, was: range, put: range) -> Iterator[Drift]:
    """Two figures in one place, the words beside them the same."""
    if max(len(was), len(put)) > _FIGURE_WORDS_MAX:
        return
    one, other = (
        readable(v.text(v.place(place)), v.document.language)
        for v, place in ((full, was), (short, put))
    )
    if one and other and one.isdisjoint(other):
        yield Drift(DriftKind.NUMBER, full.n, short.n, short.place(put))


def _pieces(full: Version, dropped: range) -> Iterator[range]:
    """What is dropped of the sentences that are kept: another whole sentence is another matter."""
    ends = [n for n in dropped if _SENTENCE_END.search(full.after(n)) and n + 1 < len(full.words)]
    if not ends:
        yield dropped
        return
    if dropped.start > 0 and ends[0] >= dropped.start:
        yield range(dropped.start, ends[0] + 1)
    if dropped.stop < len(full.words) and ends[-1] + 1 < dropped.stop:
        yield range(ends[-1] + 1, dropped.stop)


def _loss(full: Version, short: Version, dropped: range, put: Sequence[str]) -> DriftKind | None:
    stems = full.stems[dropped.start : dropped.stop]
    if _is_negated(_beside(full, dropped)) and not _is_negated(put):
        is_kept = _is_prefixed(full, dropped, put) or _is_denied_before(short)
        return None if is_kept else DriftKind.NEGATION
    if _is_told_around(short, stems):
        return None
    if not _CONDITIONS.isdisjoint(stems) and _CONDITIONS.isdisjoint(put):
        return DriftKind.CONDITION
    is_cut = len(short.stems) < _CUT_MAX * len(full.stems) and len(stems) >= _CUT_WORDS_MIN
    return DriftKind.CUT if is_cut and full.quotation.direct and short.quotation.direct else None


def _is_negated(stems: Sequence[str]) -> bool:
    return any(stem in _NEGATIONS or stem.endswith("n't") for stem in stems)


def _beside(full: Version, dropped: range) -> list[str]:
    """The dropped words that stand in one clause with what is kept, a few of them."""
    found: set[int] = set()
    if dropped.start > 0:
        for n in dropped[:_REACH_WORDS]:
            if _is_joint(full, n - 1):
                break
            found.add(n)
    if dropped.stop < len(full.words):
        for n in reversed(dropped[-_REACH_WORDS:]):
            if _is_joint(full, n):
                break
            found.add(n)
    return [full.stems[n] for n in sorted(found)]


def _is_joint(full: Version, n: int) -> bool:
    """Whether a clause ends between the n-th word and the next."""
    return _JOINT.search(full.after(n)) is not None or full.stems[n + 1] in _JOINED


def _is_prefixed(full: Version, dropped: range, put: Sequence[str]) -> bool:
    """Whether the "not" is kept within a word: "unsafe" for "not safe"."""
    beside = full.stems[dropped.start : dropped.stop + 1]
    return any(
        word.startswith(prefix) and any(b.startswith(word[len(prefix) :]) for b in beside if b)
        for word in put
        for prefix in _NEGATIVE_PREFIXES
        if len(word) > len(prefix) + 1
    )


def _is_denied_before(short: Version) -> bool:
    """Whether the page denies in its own words what it then quotes."""
    start = short.quotation.passage.start
    before = short.document.text[max(0, start - _BEFORE_CHARS) : start]
    said = [m[0].casefold().replace("’", "'") for m in _WORDS.finditer(before)]
    return short.quotation.stance is Stance.DENIES or any(
        w in _NEGATIONS or w.endswith("n't") for w in said
    )


def _is_told_around(short: Version, stems: Sequence[str]) -> bool:
    """Whether the page tells beside the quotation what the quotation leaves out."""
    telling = {stem for stem in stems if len(stem) > 3}
    return 2 * len(telling & short.around()) >= max(1, len(telling))
