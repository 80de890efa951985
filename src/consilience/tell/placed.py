"""Happenings without a time of their own, placed by others that have one."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from consilience.dates import day_value, when_of
from consilience.lexicon import load_table
from consilience.records import (
    Case,
    Document,
    Factuality,
    PartKind,
    Passage,
    Placement,
    Polarity,
    Precedence,
    Proposition,
    When,
)
from consilience.tell.dated import STATES
from consilience.tell.distances import days_from, days_told
from consilience.tell.joined import Happening, is_of_main
from consilience.tell.parts import inside
from consilience.tell.sentences import Told
from consilience.tell.sorts import family, is_saying, sorts_of

# What else of the words for happenings a timeline has, beside those of a kind.
_WORDS = frozenset(
    f"word {name}"
    for name in "arrest surrender charge convict acquit sentence plead trial escape rescue resign "
    "dismiss elect explode raid".split()
)
# An undated telling this like a dated one of the same sort tells of the same happening.
_SAME_MIN = 0.4
# A vaguer time than this places nothing.
_ANCHOR_MAX = timedelta(days=31)
_TURNED = {
    Precedence.AFTER: Precedence.BEFORE,
    Precedence.BEFORE: Precedence.AFTER,
    Precedence.WHILE: Precedence.WHILE,
}


@dataclass(frozen=True, slots=True)
class Placed:
    """An undated happening, the time it must lie in, and that of what it is placed by."""

    when: When
    anchor: When
    told: Told
    predicate: Passage
    event_id: str | None
    placement: Placement
    sorts: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Telling:
    document: Document
    proposition: Proposition
    told: Told
    sorts: frozenset[str]

    def words(self, passage: Passage) -> str:
        return self.document.text[passage.start : passage.end]


def placed_happenings(case: Case, found: Sequence[Happening]) -> list[Placed]:
    """What is said to lie before, after or in the time of something dated, each once."""
    tellings = _tellings(case)
    dated = {t.predicate: h for h in found for t in h.tellings if t.predicate is not None}
    told = [h for h in found if any(is_of_main(t, case.events[0]) for t in h.tellings)]
    of_main = max(told, key=lambda h: len(h.tellings), default=None)
    placed: list[Placed] = []
    by_sort = _by_sort(found)
    for order in sorted(case.orders, key=lambda o: (o.mention, o.of, o.cue)):
        # "When" gives two things one time, and as a rule tells of one happening.
        if order.reason.lower().endswith("when”"):
            continue
        pairs = (
            (order.mention, order.of, order.relation),
            (order.of, order.mention, _TURNED[order.relation]),
        )
        for mention, of, relation in pairs:
            telling, other = tellings.get(mention), tellings.get(of)
            if telling is None or other is None or mention in dated:
                continue
            days = days_told(" ".join(other.words(order.cue).split()))
            if not _is_news(telling, days):
                continue
            happening = dated.get(of) or (of_main if _is_main(other, case) else None)
            anchor = _anchor(happening)
            if anchor is None or _are_one(telling, other, order.cue):
                continue
            when = (
                _bounded(anchor[1], relation, telling.document)
                if days is None
                else days_from(anchor[1], relation, days)
            )
            if when is None or _is_told(telling, by_sort):
                continue
            placement = Placement(relation, anchor[0], order.cue)
            own = case.event_by_proposition.get(telling.proposition.id)
            placed.append(
                Placed(when, anchor[1], telling.told, mention, own, placement, telling.sorts)
            )
            for sort in telling.sorts:
                by_sort[sort][telling.told.sentence] = telling.told
    return placed


def _tellings(case: Case) -> dict[Passage, _Telling]:
    """What is told of in an order, but beneath pictures, by its predicate, with its sentence."""
    ordered = {at for order in case.orders for at in (order.mention, order.of)}
    found = {}
    for document in case.documents:
        reading = case.readings.get(document.id)
        if reading is None:
            continue
        is_caption = inside(document, PartKind.CAPTION)
        for proposition in reading.propositions:
            at = proposition.predicate
            if at not in ordered or is_caption(at.start):
                continue
            k = bisect_right(reading.sentences, at.start, key=lambda s: s.start) - 1
            if k >= 0 and at.end <= reading.sentences[k].end:
                vector = reading.vectors[k] if reading.vectors else ()
                told = Told(reading.sentences[k], vector)
                sorts = sorts_of(document, proposition)
                found[at] = _Telling(document, proposition, told, sorts)
    return found


def _is_news(telling: _Telling, days: int | None) -> bool:
    """Whether it is a happening of a known kind that is told as done, at no time of its own.

    One that is some days from another may be of any kind.
    """
    p = telling.proposition
    is_known = p.lemma in load_table("event_kinds") or bool(telling.sorts & _WORDS)
    return (
        (days is not None or (is_known and not is_saying(p)))
        and p.lemma not in STATES
        and p.factuality is Factuality.HAPPENED
        and p.polarity is Polarity.POSITIVE
        and (p.when is None or p.when.start is None)
    )


def _are_one(telling: _Telling, other: _Telling, cue: Passage) -> bool:
    """Whether the two are sides of one happening: who was hurt after an attack, with no interval
    between them."""
    is_apart = " " in telling.document.text[cue.start : cue.end].strip()
    return bool(telling.sorts & (other.sorts if not is_apart else _words_of(other)))


def _is_main(telling: _Telling, case: Case) -> bool:
    """Whether an undated telling is of the main event, by what that was."""
    main = case.events[0]
    own = case.event_by_proposition.get(telling.proposition.id)
    return own == main.id and family(main.kind) in telling.sorts


def _anchor(happening: Happening | None) -> tuple[str, When] | None:
    """The event by which to place, and its time, if that is exact enough."""
    if happening is None or happening.when.start is None or happening.when.end is None:
        return None
    if happening.status is not Factuality.HAPPENED:
        return None
    event_id = _event_of(happening)
    is_exact = happening.when.end - happening.when.start <= _ANCHOR_MAX
    return (event_id, happening.when) if event_id is not None and is_exact else None


def _event_of(happening: Happening) -> str | None:
    ids = [t.event_id for t in happening.tellings if t.event_id is not None]
    return max(sorted(set(ids)), key=ids.count, default=None)


def _bounded(anchor: When, relation: Precedence, document: Document) -> When | None:
    """The days in which it must lie: none after the page that tells of it."""
    if relation is Precedence.WHILE:
        return When(anchor.start, anchor.end, anchor.value)
    if anchor.start is None or anchor.end is None:
        return None
    if relation is Precedence.BEFORE:
        return when_of(f"/{_last_day(anchor)}")
    published = document.published
    first = day_value(anchor.start)
    if published is None or published.end is None:
        return when_of(f"{first}/")
    last = _last_day(published)
    return when_of(f"{first}/{last}") if first <= last else None


def _last_day(when: When) -> str:
    assert when.end is not None
    return day_value(when.end - timedelta(microseconds=1))


def _by_sort(found: Sequence[Happening]) -> dict[str, dict[Passage, Told]]:
    """The sentences that tell of each sort of happening."""
    tellings: dict[str, dict[Passage, Told]] = defaultdict(dict)
    for telling in (telling for happening in found for telling in happening.tellings):
        for sort in telling.kinds:
            tellings[sort][telling.sentence] = telling.told
    return tellings


def _is_told(telling: _Telling, by_sort: Mapping[str, Mapping[Passage, Told]]) -> bool:
    """Whether the timeline has it already."""
    alike = {s: told for sort in _words_of(telling) for s, told in by_sort.get(sort, {}).items()}
    return telling.told.sentence in alike or any(
        telling.told.likeness(told) >= _SAME_MIN for told in alike.values()
    )


def _words_of(telling: _Telling) -> frozenset[str]:
    """The words for what happened; its kind where it has no such word."""
    words = frozenset(sort for sort in telling.sorts if sort.startswith("word "))
    return words or telling.sorts
