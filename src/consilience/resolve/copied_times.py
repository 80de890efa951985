"""What a copy says is said on the day of its original: “on Monday” in words that were copied."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from consilience.numerals import numerals
from consilience.records import DateBasis, Document, Origin, Passage, Reading
from consilience.relative import value_at
from consilience.resolve.event_mentions import name_words
from consilience.resolve.tellings import Telling, own_words, said_day, tellings_of
from consilience.wording import label

# So much of their words two sentences share of which one is a copy, in pages known to be copies;
# or half of that, where they are so alike by vector. By hand, on invented reports with up to two
# fifths of their words changed.
SAME_MIN = 0.6
REWORDED_MIN, COSINE_MIN = 0.3, 0.85
# Sentences kept for one word, the earliest first, so that copies without number are not held
# against one another.
_POSTINGS_MAX = 40


@dataclass(frozen=True, slots=True)
class Copied:
    """Readings whose copied times stand on the day they were first written, and where they do."""

    readings: Mapping[str, Reading]
    notes: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Saying:
    """A sentence with a relative time, in a page of a known day."""

    document: Document
    day: date
    telling: Telling
    names: frozenset[str]
    numbers: frozenset[float | int]

    @property
    def relative(self) -> str:
        return self.telling.timex.relative or ""

    @property
    def named_day(self) -> str:
        """The day named, without the hour."""
        return self.relative.partition("+")[0]


def with_copied_times(
    documents: Sequence[Document], readings: Mapping[str, Reading], origins: Sequence[Origin]
) -> Copied:
    """Relative times in sentences that a page copied, anchored where they were first written.

    Of the pages of one origin the earliest that holds the sentence, in these or other words but
    with the same names, figures and word for the day, is taken to have written it. What a page
    says anew, and a day that it names anew, is said on its own day.
    """
    by_id = {document.id: document for document in documents}
    changed: dict[str, Reading] = {}
    notes: dict[str, tuple[str, ...]] = {}
    for origin in origins:
        dated = sorted(
            (day, id_)
            for id_ in origin.document_ids
            if id_ in readings and (day := _day(by_id[id_])) is not None
        )
        written = _Written()
        for day, id_ in dated if len(dated) > 1 else ():
            first = {
                saying.telling.index: original
                for saying in _sayings(by_id[id_], day, readings[id_])
                if _means_another_day(saying, original := written.first(saying))
            }
            if first:
                changed[id_] = _anchored_at(readings[id_], first)
                notes[id_] = _notes(readings[id_], first)
    return Copied({**readings, **changed}, notes)


def _day(document: Document) -> date | None:
    """The one day of a page that was not inferred, maybe from its copies."""
    when = document.published
    if when is None or when.start is None or when.end is None:
        return None
    day = when.start.date()
    is_one = (when.end - timedelta(microseconds=1)).date() == day
    return day if is_one and document.published_basis is not DateBasis.INFERRED else None


def _sayings(document: Document, day: date, reading: Reading) -> Iterator[_Saying]:
    named = sorted(m.passage for m in reading.mentions if m.named)
    for telling in own_words(document, list(tellings_of(document, reading))):
        if telling.timex.relative is not None:
            start, end = telling.sentence.start, telling.sentence.end
            yield _Saying(
                document,
                day,
                telling,
                _names(document, named, telling.sentence),
                frozenset(
                    value
                    for numeral in numerals(document.text[start:end], document.language)
                    for value in numeral.values
                ),
            )


def _names(document: Document, named: Sequence[Passage], sentence: Passage) -> frozenset[str]:
    first = bisect_left(named, sentence.start, key=lambda p: p.start)
    last = bisect_left(named, sentence.end, key=lambda p: p.start)
    return frozenset().union(
        *(name_words(document.text[p.start : p.end]) for p in named[first:last])
    )


class _Written:
    """The sentences that were first written by one page or another, in the order of days."""

    def __init__(self) -> None:
        self._same: dict[tuple[object, ...], _Saying] = {}
        self._by_stem: dict[tuple[str, str], list[_Saying]] = defaultdict(list)

    def first(self, saying: _Saying) -> _Saying:
        """The earliest that says the same; itself where it is that."""
        key = saying.named_day, saying.telling.stems, saying.names, saying.numbers
        found = self._same.get(key) or self._alike(saying)
        if found is None:
            found = saying
            for stem in saying.telling.stems:
                held = self._by_stem[saying.named_day, stem]
                if len(held) < _POSTINGS_MAX:
                    held.append(saying)
        return self._same.setdefault(key, found)

    def _alike(self, saying: _Saying) -> _Saying | None:
        held = {
            id(other): other
            for stem in sorted(saying.telling.stems)
            for other in self._by_stem.get((saying.named_day, stem), ())
        }
        alike = (other for other in held.values() if _is_same(saying, other))
        return min(alike, key=lambda other: (other.day, other.telling.timex.passage), default=None)


def _is_same(copy: _Saying, of: _Saying) -> bool:
    if copy.numbers != of.numbers or not (copy.names <= of.names or of.names <= copy.names):
        return False
    ours, theirs = copy.telling.stems, of.telling.stems
    share = len(ours & theirs) / max(len(ours), len(theirs))
    if share >= SAME_MIN or share < REWORDED_MIN:
        return share >= SAME_MIN
    pairs = zip(copy.telling.vector, of.telling.vector, strict=False)
    return sum(a * b for a, b in pairs) >= COSINE_MIN


def _means_another_day(copy: _Saying, of: _Saying) -> bool:
    there = value_at(_seen_from(of.day, copy.relative), None)
    return of.day != copy.day and there != value_at(copy.relative, copy.document.published)


def _seen_from(day: date, relative: str) -> str:
    return "/".join(f"={day};{each}" for each in relative.split("/"))


def _anchored_at(reading: Reading, first: Mapping[int, _Saying]) -> Reading:
    return replace(
        reading,
        times=tuple(
            replace(timex, relative=_seen_from(first[n].day, timex.relative))
            if n in first and timex.relative is not None
            else timex
            for n, timex in enumerate(reading.times)
        ),
    )


def _notes(reading: Reading, first: Mapping[int, _Saying]) -> tuple[str, ...]:
    """What the dossier says of it, since a copy may have meant a day of its own."""
    said: dict[str, None] = {}
    for n, original in sorted(first.items()):
        words = " ".join((reading.times[n].when.text or "").split())
        said[
            f"its “{words}” stands in words of {label(original.document)}, and is read as of"
            f" {said_day(original.day)}, when they were written"
        ] = None
    return tuple(said)
