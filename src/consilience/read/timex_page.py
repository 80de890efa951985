"""Which sentence, paragraph, part and day of writing a place in a page belongs to."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consilience.read.encoder import Parse
from consilience.read.tense import Tense, happened_then, tense_of, tense_spanish
from consilience.read.timex_events import happening_at, lemmas_of
from consilience.records import Document, Mod, PartKind, TimexType, When
from consilience.relative import value_at

DAY = re.compile(r"\d{4}-\d\d-\d\d|XXXX-WXX-[1-7]|XXXX-\d\d-\d\d|XXXX-XX-XX")
_PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Found:
    """A time where it stands; `chain` is its expression without the part of the day."""

    start: int
    end: int
    type: TimexType
    expression: str
    anchor: When | None
    paragraph: int
    sentence: int
    mod: Mod | None = None

    @property
    def chain(self) -> str:
        return self.expression.partition("+")[0]


def is_day(found: Found) -> bool:
    return (
        found.type in (TimexType.DATE, TimexType.TIME)
        and not found.expression.startswith("+")
        and bool(DAY.fullmatch(value_at(found.chain, found.anchor)))
    )


class Place:
    """A sentence, as far as it was parsed."""

    def __init__(self, index: int, parse: Parse | None) -> None:
        self.index = index
        self._parse = parse
        self._starts = [word.start for word in parse.words] if parse else []

    def words(self, start: int, end: int) -> tuple[Parse | None, range]:
        first = max(bisect_right(self._starts, start) - 1, 0)
        last = max(bisect_right(self._starts, end - 1), first)
        return self._parse, range(first, last)

    def tense(self, start: int) -> Tense:
        if self._parse is None or not self._starts:
            return Tense.NONE
        return tense_of(self._parse, max(bisect_right(self._starts, start) - 1, 0))

    def tense_spanish(self, text: str, start: int) -> Tense:
        if self._parse is None:
            return Tense.NONE
        sentence = text[self._parse.start : self._parse.end]
        return tense_spanish(sentence, start - self._parse.start)

    def happened_then(self, start: int) -> bool:
        """Whether the time at `start` is when a verb in the past tense was done."""
        if self._parse is None or not self._starts:
            return False
        return happened_then(self._parse, max(bisect_right(self._starts, start) - 1, 0))

    def verb(self, start: int) -> str:
        """The lemma of the verb that the word at `start` hangs from; empty where there is none."""
        words = self._parse.words if self._parse else ()
        i = bisect_right(self._starts, start) - 1
        for _ in words:
            if i < 0 or words[i].upos == "VERB":
                break
            i = words[i].head
        return words[i].lemma if 0 <= i < len(words) else ""


# What is no happening of which a page tells the time elsewhere.
_NO_HAPPENING = frozenset("that this it which being have be do year day week month hour".split())


def _hangs(parse: Parse, start: int, word: int) -> bool:
    """Whether the time at `start` is part of the phrase of `word`: "Monday's blast"."""
    i = bisect_right([w.start for w in parse.words], start) - 1
    for _ in range(_PHRASE_STEPS):
        if i == word:
            return True
        if i < 0:
            return False
        i = parse.words[i].head
    return False


_PHRASE_STEPS = 4
_NEAREST = 8  # sentences, before and after, in which a happening is looked for


class Page:
    """Which sentence, paragraph and anchor belong to an offset of a document."""

    def __init__(self, document: Document, parses: Sequence[Parse]) -> None:
        self._document = document
        self.is_english = document.language == "en" and not any(
            u.language == "es" for u in document.unread
        )
        self._parses = sorted(parses, key=lambda parse: parse.start)
        self._starts = [parse.start for parse in self._parses]
        self._breaks = [match.start() for match in _PARAGRAPH.finditer(document.text)]
        self._parts = sorted(
            (part for part in document.parts if part.kind in (PartKind.COMMENT, PartKind.QUOTED)),
            key=lambda part: part.passage.start,
        )
        self._labels = sorted(
            (part for part in document.parts if part.kind in (PartKind.HEADLINE, PartKind.CAPTION)),
            key=lambda part: part.passage.start,
        )
        self._label_starts = [part.passage.start for part in self._labels]
        self._part_starts = [part.passage.start for part in self._parts]
        self._lemmas: Mapping[str, list[int]] | None = None

    def place(self, offset: int) -> Place:
        i = bisect_right(self._starts, offset) - 1
        inside = i >= 0 and offset < self._parses[i].end
        return Place(i, self._parses[i] if inside else None)

    def paragraph(self, offset: int) -> int:
        return bisect_right(self._breaks, offset)

    def is_label(self, offset: int) -> bool:
        """Whether the offset lies in a headline or a caption."""
        i = bisect_right(self._label_starts, offset) - 1
        return i >= 0 and offset < self._labels[i].passage.end

    def tense(self, place: Place, start: int) -> Tense:
        if self._document.language == "es":
            return place.tense_spanish(self._document.text, start)
        tense = place.tense(start)
        # Headlines and captions tell in the present what is past.
        return Tense.PAST if tense is Tense.PRESENT and self.is_label(start) else tense

    def time_of_happening(
        self, offset: int, told: Found, days: Mapping[int, Sequence[Found]]
    ) -> Found | None:
        """The time that the page gives for the happening named from `offset` on.

        One in the same phrase goes first, then that of the nearest sentence before that tells of
        the same word with one time, then of the nearest after.
        """
        parse, _ = self.place(offset).words(offset, offset + 1)
        named = happening_at(parse, offset)
        if parse is None or named is None:
            return None
        word, lemma = named
        for each in days.get(told.sentence, ()):
            if each is not told and each.start >= offset and _hangs(parse, each.start, word):
                return each
        if lemma in _NO_HAPPENING:
            return None
        if self._lemmas is None:
            self._lemmas = lemmas_of(self._parses)
        held = self._lemmas.get(lemma, [])
        here = bisect_left(held, told.sentence)
        before = reversed(held[max(0, here - _NEAREST) : here])
        for n in (*before, *held[here : here + _NEAREST]):
            own = [d for d in days.get(n, ()) if d.anchor == told.anchor]
            if n != told.sentence and len({d.chain for d in own}) == 1:
                return max(own, key=lambda d: len(d.expression))
        return None

    def anchor(self, offset: int) -> When | None:
        i = bisect_right(self._part_starts, offset) - 1
        if i >= 0 and offset < self._parts[i].passage.end:
            part = self._parts[i]
            if part.published is not None or part.kind is PartKind.QUOTED:
                return part.published
        return self._document.published
