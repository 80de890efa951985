"""Tellings of one happening put together, whatever words and however exact a time each gives."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from consilience.dates import overlaps
from consilience.records import Event, Factuality, Passage, When
from consilience.tell.dated import Dated
from consilience.tell.sorts import family

# What two tellings of times that can be one need to be of one happening. Chosen with the weights
# below on the invented cases; see evaluation/LOG.md.
_SAME_MIN = 0.5
_LIKENESS = 1.0
_SAME_SORT = 0.3
_SAME_WORD = 0.15
_OTHER_SORT = -0.25
_BOTH_MAIN = 0.5
_SAME_ENTITY = 0.1
_SAYING = -0.3
_OTHER_STATUS = -0.3
# What is told of one minute is one happening, as a rule.
_SAME_MINUTE = 0.35
# A year or a month may be of anything: more must speak for it.
_VAGUE = -0.15
_DAY = timedelta(hours=36)
# Days this far apart may be two datings of one happening; wire copy is rarely more than a day off.
_MISDATED_DAYS = 2
_MINUTE = timedelta(minutes=1)
_CLOCK = timedelta(hours=1)
_SMALL_HOURS = timedelta(hours=6)
# A telling is held against so many of a happening's, the most exactly timed: time stays linear.
_COMPARED = 12
_CONSEQUENCES = frozenset({"word death", "word injury", "word find", "word arrest"})
# Sentences this like tell the same, whatever time they give.
_ALIKE_MIN = 0.6


Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Known:
    """What a telling is held against others by; `vector` (D,) is None where it has none."""

    telling: Dated
    vector: Vector | None
    words: frozenset[str]
    sorts: frozenset[str]
    length: timedelta
    is_of_its_day: bool


@dataclass(slots=True)
class Happening:
    """Tellings of one happening; `when` is the narrowest of their times."""

    when: When
    tellings: list[Dated] = field(default_factory=list)
    differing: list[Dated] = field(default_factory=list)
    sentences: set[Passage] = field(default_factory=set)

    def add(self, telling: Dated) -> None:
        self.tellings.append(telling)
        self.sentences.add(telling.sentence)
        if _length(telling.when) < _length(self.when):
            self.when = telling.when

    def take(self, other: "Happening") -> None:
        """Make another's tellings its own; the other is left empty."""
        for telling in other.tellings:
            self.add(telling)
        self.differing += other.differing
        other.tellings.clear()
        other.differing.clear()

    @property
    def status(self) -> Factuality:
        """What any page tells as done is done, though others tell it as a plan."""
        statuses = {t.status for t in (*self.tellings, *self.differing)}
        happened = Factuality.HAPPENED
        return happened if happened in statuses else Factuality.PLANNED


def happenings(tellings: Sequence[Dated], main: Event) -> list[Happening]:
    """The happenings that are told, the most exactly timed telling of each found first.

    A telling joins the happening of a time that can be its own which it is most like, if it is
    like it enough.
    """
    known = _known(tellings, main)
    found: list[Happening] = []
    by_day: dict[int, list[Happening]] = defaultdict(list)
    is_exact = True
    for telling in sorted(tellings, key=lambda t: (_length(t.when), t.sentence, t.when.value)):
        if is_exact and _length(telling.when) > _CLOCK:
            # Before what tells the day alone could join the one hour or the other.
            is_exact = False
            _side_by_side(found, main)
        then = {id(h): h for day in _days(telling.when) for h in by_day.get(day, ())}
        fits = [h for h in then.values() if h.tellings and _can_be(telling, h)]
        scores = _scores(telling, fits, known)
        alike = [h for h in fits if scores[id(h)] >= _SAME_MIN]
        if alike:
            best = max(alike, key=lambda h: scores[id(h)])
            best.add(telling)
            for other in alike:
                # Two that were apart for want of this telling; "the weekend" is of many days.
                vaguest = max(_length(best.when), _length(other.when))
                is_fit = other is not best and _length(telling.when) <= vaguest
                if is_fit and _can_be_one(best, other):
                    best.take(other)
            continue
        opened = Happening(telling.when)
        opened.add(telling)
        found.append(opened)
        for day in _days(telling.when):
            by_day[day].append(opened)
    _side_by_side(found, main)
    return [h for h in found if h.tellings]


def _length(when: When) -> timedelta:
    assert when.start is not None
    assert when.end is not None
    return when.end - when.start


def _known(tellings: Sequence[Dated], main: Event) -> dict[int, _Known]:
    """What is known of each telling, by its `id`."""
    by_sentence = {t.sentence: t.told.vector for t in tellings}
    vectors = {s: np.array(vector) if vector else None for s, vector in by_sentence.items()}
    known = {}
    for t in tellings:
        words = frozenset(kind for kind in t.kinds if kind.startswith("word "))
        known[id(t)] = _Known(
            t, vectors[t.sentence], words, t.kinds - words, _length(t.when), _is_of_its_day(t, main)
        )
    return known


def _days(when: When) -> Iterator[int]:
    """Keys under which two times that overlap meet, of what is longer than a year its first."""
    assert when.start is not None
    assert when.end is not None
    first, last = when.start.toordinal(), (when.end - timedelta(microseconds=1)).toordinal()
    yield from range(first, min(last, first + 366) + 1)


def _can_be(telling: Dated, happening: Happening) -> bool:
    """Whether the times agree, and no sentence tells of one happening at two times."""
    if not _can_meet(telling.when, happening.when):
        return False
    return telling.sentence not in happening.sentences


def _can_meet(a: When, b: When) -> bool:
    """Whether two times could be one. What people call a morning or a night may begin at midnight
    of its day."""
    return any(_holds(one, other) for one in _hours(a) for other in _hours(b))


def _holds(a: When, b: When) -> bool:
    """Whether the shorter of two times begins in the longer: a night is of the day it began on."""
    inner, outer = sorted((a, b), key=_length)
    if inner.start is None or outer.start is None or outer.end is None:
        return False
    return outer.start <= inner.start < outer.end


def _hours(when: When) -> Iterator[When]:
    yield when
    if when.start is not None and when.value.endswith(("TMO", "TNI")):
        midnight = when.start.replace(hour=0, minute=0)
        yield When(midnight, midnight + _SMALL_HOURS, when.value)


def _can_be_one(a: Happening, b: Happening) -> bool:
    return _can_meet(a.when, b.when) and all(_can_be(telling, a) for telling in b.tellings)


def _scores(
    telling: Dated, fits: Sequence[Happening], known: Mapping[int, _Known]
) -> dict[int, float]:
    """How well the telling goes with each happening, by that one's `id`."""
    own = known[id(telling)]
    compared = [[known[id(t)] for t in h.tellings[:_COMPARED]] for h in fits]
    near = iter(_nearness(own, [one for theirs in compared for one in theirs]))
    scores = {}
    for happening, theirs in zip(fits, compared, strict=True):
        best = max(_likeness(own, one, next(near)) for one in theirs)
        # Of two that are as like, the one that more is told of.
        scores[id(happening)] = best + min(len(theirs), 5) / 100
    return scores


def _nearness(own: _Known, others: Sequence[_Known]) -> list[float]:
    """The likeness of the sentence to each of the others; 0 where one has no vector."""
    if own.vector is None or not others:
        return [0.0] * len(others)
    nothing = np.zeros_like(own.vector)
    vectors = np.array([nothing if one.vector is None else one.vector for one in others])  # (T, D)
    # Rounded, so that the order in which a machine adds decides nothing.
    near: list[float] = (vectors @ own.vector).round(6).clip(0.0).tolist()
    return near


def _likeness(a: _Known, b: _Known, near: float) -> float:
    """How likely two tellings are of one happening, in parts that add up."""
    one, other = a.telling, b.telling
    score = _LIKENESS * near
    is_one_word, is_one_sort = not a.words.isdisjoint(b.words), not a.sorts.isdisjoint(b.sorts)
    is_shared = is_one_word or is_one_sort
    if is_one_sort:
        score += _SAME_SORT
    if is_one_word:
        score += _SAME_WORD
    is_minute = a.length <= _MINUTE and one.when.value == other.when.value
    if is_minute:
        score += _SAME_MINUTE
    if a.is_of_its_day and b.is_of_its_day:
        score += _BOTH_MAIN
    elif one.kinds and other.kinds and not is_shared and not is_minute:
        score += _OTHER_SORT
    if not one.entity_ids.isdisjoint(other.entity_ids):
        score += _SAME_ENTITY
    if one.status is not other.status and not is_shared:
        score += _OTHER_STATUS
    if one.is_saying != other.is_saying:
        score += _SAYING
    if max(a.length, b.length) > _DAY and one.when.value != other.when.value:
        score += _VAGUE
    return score


def _is_of_its_day(telling: Dated, main: Event) -> bool:
    """Whether it tells of the main event, and of no other day than its own."""
    is_then = main.when is None or overlaps(telling.when, main.when)
    return is_then and is_of_main(telling, main)


def is_of_main(telling: Dated, main: Event) -> bool:
    """Whether it tells of the main event by what that was, or is what its page is about."""
    if telling.event_id != main.id or telling.is_saying:
        return False
    own = family(main.kind)
    is_its_time = main.when is not None and telling.when.value == main.when.value
    if own in telling.kinds or (telling.is_outset and is_its_time):
        return True
    if telling.kinds and telling.is_outset:
        return False
    # The first words of a page tell what it is about, whichever of them the time is put to.
    is_about = own in telling.around or (telling.is_main_clause and not telling.is_named)
    return telling.is_outset or (telling.is_lead and is_about)


def _side_by_side(found: Sequence[Happening], main: Event) -> None:
    """Make the main event one where pages give it two times; what it takes up is left empty."""
    of_main = [h for h in found if any(is_of_main(t, main) for t in h.tellings)]
    of_main.sort(key=lambda h: (-_n_documents(h.tellings), _length(h.when), _start(h)))
    for i, chief in enumerate(of_main):
        for other in of_main[i + 1 :]:
            if chief.tellings and other.tellings and _is_misdated(chief, other, main):
                chief.differing += other.tellings + other.differing
                other.tellings.clear()


def _is_misdated(chief: Happening, other: Happening, main: Event) -> bool:
    """Whether two times are given by different pages for what is plainly one happening."""
    if overlaps(chief.when, other.when) or chief.status is not other.status:
        return False
    if _documents([*chief.tellings, *chief.differing]) & _documents(other.tellings):
        return False
    if not all(is_of_main(t, main) and _is_plain(t, main) for t in other.tellings):
        return False
    if not any(_is_one(a, b) for a in chief.tellings for b in other.tellings):
        return False
    # An hour without its day is of the day its page spoke of last, and that may be wrong.
    is_named = _length(other.when) > _CLOCK
    exact = max(_length(chief.when), _length(other.when))
    apart = abs(_start(chief).date() - _start(other).date()).days
    if apart:
        return is_named and exact <= _DAY and apart <= _MISDATED_DAYS
    return exact <= _CLOCK


def _is_plain(telling: Dated, main: Event) -> bool:
    """Whether the time is put to the main event itself, not to what else a first sentence tells."""
    is_first = telling.is_lead and telling.is_main_clause and not telling.is_named
    return family(main.kind) in telling.kinds or telling.is_outset or is_first


def _is_one(a: Dated, b: Dated) -> bool:
    """Whether two tellings use one word for what happened, which is more than who came to harm."""
    ours, theirs = _own_words(a), _own_words(b)
    if ours & theirs or a.told.likeness(b.told) >= _ALIKE_MIN:
        return True
    return (a.is_outset and (bool(theirs) or not b.kinds)) or (
        b.is_outset and (bool(ours) or not a.kinds)
    )


def _own_words(telling: Dated) -> set[str]:
    """The words for what happened, without what it may lead to on a later day."""
    return {k for k in telling.kinds if k.startswith("word ")} - _CONSEQUENCES


def _documents(tellings: Sequence[Dated]) -> set[str]:
    return {t.sentence.document_id for t in tellings}


def _n_documents(tellings: Sequence[Dated]) -> int:
    return len(_documents(tellings))


def _start(happening: Happening) -> datetime:
    assert happening.when.start is not None
    return happening.when.start
