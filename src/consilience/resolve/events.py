"""Happenings: the main event of a case, and the other dated ones it is told beside.

A first version: what is told of one day is one event. The main event is the day that most
documents tell of. An undated happening belongs to the day its document spoke of last.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from consilience.dates import contains, when_of
from consilience.lexicon import load_table
from consilience.records import (
    Document,
    Entity,
    Event,
    Factuality,
    Kind,
    PartKind,
    Passage,
    Polarity,
    Proposition,
    Reading,
    When,
    content_id,
)

# A day that one document alone gives, this near to the day all others give, is the same event
# dated differently. Chosen by hand: wire copy is rarely more than a day off.
_MISDATED_DAYS = 2
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Telling:
    """A proposition, the sentence it stands in, and the day it is told of (None: unknown)."""

    proposition: Proposition
    sentence: Passage
    day: str | None
    is_dated_itself: bool


@dataclass(frozen=True, slots=True)
class Happenings:
    """`events[0]` is the main one; `event_by_proposition` names the event each one tells of."""

    events: tuple[Event, ...]
    event_by_proposition: Mapping[str, str]
    event_by_sentence: Mapping[Passage, str]


def find_happenings(
    documents: Sequence[Document], readings: Mapping[str, Reading], entities: Sequence[Entity]
) -> Happenings:
    """The events of a case, main event first, the others by date.

    The readings must be anchored: times relative to a date that is now known are resolved.
    """
    told = {d.id: _tellings(d, readings[d.id]) for d in documents if d.id in readings}
    main = _main_day(told)
    same_day = _misdated(told, main)
    days: dict[str | None, list[Telling]] = defaultdict(list)
    for document_id in sorted(told):
        for telling in told[document_id]:
            days[_event_day(telling.day, document_id, main, same_day)].append(telling)
    days.setdefault(main, [])
    order = [main] + sorted(day for day in days if day is not None and day != main)
    places = {p: e for e in entities if e.kind is Kind.PLACE for p in e.mentions}
    events = [_event(day, days[day], places) for day in order]
    ids = dict(zip(order, (e.id for e in events), strict=True))
    by_proposition, by_sentence = {}, {}
    for day, tellings in days.items():
        for telling in tellings:
            id_ = ids.get(day, events[0].id)
            by_proposition[telling.proposition.id] = id_
            by_sentence[telling.sentence] = id_
    return Happenings(tuple(events), by_proposition, by_sentence)


def _event_day(
    day: str | None, document_id: str, main: str | None, same: frozenset[tuple[str, str]]
) -> str | None:
    if day is None or main is None or (document_id, day) in same:
        return main
    whole, inner = when_of(day), when_of(main)
    return main if contains(whole, inner) else day


def _tellings(document: Document, reading: Reading) -> list[Telling]:
    kinds = load_table("event_kinds")
    sentences = list(reading.sentences)
    told: list[Telling] = []
    carried: str | None = None
    k = 0
    waiting: list[int] = []
    comments = [p.passage for p in document.parts if p.kind is PartKind.COMMENT]
    for proposition in sorted(reading.propositions, key=lambda p: p.predicate):
        at = proposition.predicate.start
        while k < len(sentences) and sentences[k].end <= at:
            k += 1
        if k == len(sentences) or any(c.start <= at < c.end for c in comments):
            continue
        sentence = sentences[k]
        is_event = proposition.lemma in kinds
        own = _day(proposition.when) or (_sentence_day(reading, sentence) if is_event else None)
        if own is not None and is_event and _is_told_as_fact(proposition):
            carried = own
        told.append(Telling(proposition, sentence, own or carried, own is not None))
        if told[-1].day is None:
            waiting.append(len(told) - 1)
    first = next((t.day for t in told if t.day is not None), None)
    for i in waiting:
        told[i] = Telling(told[i].proposition, told[i].sentence, first, False)
    return told


def _is_told_as_fact(proposition: Proposition) -> bool:
    return (
        proposition.factuality is Factuality.HAPPENED and proposition.polarity is Polarity.POSITIVE
    )


def _day(when: When | None) -> str | None:
    """The day, month or year of a time, without its hour; None where it has no place in time."""
    if when is None or when.start is None or when.end is None:
        return None
    if when.end - when.start > timedelta(days=370):
        return None
    return when.value.split("T")[0]


def _sentence_day(reading: Reading, sentence: Passage) -> str | None:
    days = [
        day
        for t in reading.times
        if sentence.start <= t.passage.start < sentence.end and (day := _day(t.when))
    ]
    return days[0] if len(set(days)) == 1 else None


def _main_day(told: Mapping[str, Sequence[Telling]]) -> str | None:
    kinds = load_table("event_kinds")
    documents: dict[str, set[str]] = defaultdict(set)
    mentions: Counter[str] = Counter()
    for document_id, tellings in told.items():
        for telling in tellings:
            if (
                telling.day is not None
                and _DAY.fullmatch(telling.day)
                and telling.proposition.lemma in kinds
                and _is_told_as_fact(telling.proposition)
            ):
                documents[telling.day].add(document_id)
                mentions[telling.day] += 1
    if not documents:
        return None
    return max(sorted(documents), key=lambda day: (len(documents[day]), mentions[day]))


def _misdated(
    told: Mapping[str, Sequence[Telling]], main: str | None
) -> frozenset[tuple[str, str]]:
    """Documents that tell of no day but one beside the main day, with that day."""
    if main is None:
        return frozenset()
    kinds = load_table("event_kinds")
    found = set()
    for document_id, tellings in told.items():
        days = [
            t.day for t in tellings if t.day and t.is_dated_itself and t.proposition.lemma in kinds
        ]
        if not days or main in days:
            continue
        day, other = _start(days[0]), _start(main)
        if day and other and abs(day - other) <= timedelta(days=_MISDATED_DAYS):
            found.add((document_id, days[0]))
    return frozenset(found)


def _start(value: str) -> datetime | None:
    return when_of(value).start


def _event(
    day: str | None,
    tellings: Sequence[Telling],
    places: Mapping[Passage, Entity],
) -> Event:
    kinds = load_table("event_kinds")
    happened = [
        t for t in tellings if t.proposition.lemma in kinds and _is_told_as_fact(t.proposition)
    ]
    lemma_documents: dict[str, set[str]] = defaultdict(set)
    for telling in happened:
        lemma_documents[telling.proposition.lemma].add(telling.sentence.document_id)
    where = _where(happened, places)
    by_kind: Counter[str] = Counter()
    for lemma, ids in lemma_documents.items():
        by_kind[kinds[lemma]] += len(ids)
    kind = max(sorted(by_kind), key=lambda k: by_kind[k]) if by_kind else "event"
    noun = _KIND_NAMES.get(kind, "Event")
    name = noun + (f" in {where[0].name}" if where else "")
    mentions = tuple(sorted({t.proposition.predicate for t in happened}))
    return Event(
        id=content_id("event", day or "undated", *(m.document_id + str(m.start) for m in mentions)),
        name=name,
        kind=kind,
        when=when_of(day) if day else None,
        where=tuple(e.id for e in where),
        participants=(),
        part_of_id=None,
        mentions=mentions,
    )


def _where(tellings: Sequence[Telling], places: Mapping[Passage, Entity]) -> list[Entity]:
    """The places named with the happening, the one that most documents name first."""
    documents: dict[str, set[str]] = defaultdict(set)
    mentions: Counter[str] = Counter()
    by_id: dict[str, Entity] = {}
    by_document: dict[str, list[tuple[Passage, Entity]]] = defaultdict(list)
    for passage, entity in places.items():
        by_document[passage.document_id].append((passage, entity))
    for telling in tellings:
        stated = [a.passage for a in telling.proposition.arguments if a.role == "ARGM-LOC"] or [
            telling.sentence
        ]
        for area in stated:
            for passage, entity in by_document[area.document_id]:
                if area.start <= passage.start and passage.end <= area.end:
                    by_id[entity.id] = entity
                    documents[entity.id].add(area.document_id)
                    mentions[entity.id] += 1 if area is telling.sentence else 2
    ranked = sorted(by_id, key=lambda i: (-len(documents[i]), -mentions[i], by_id[i].name))
    return [by_id[i] for i in ranked[:3]]


_KIND_NAMES = {
    "attack": "Attack", "arrest": "Arrest", "release": "Release", "abduction": "Abduction",
    "accident": "Accident", "fire": "Fire", "disaster": "Disaster", "storm": "Storm",
    "court": "Court case", "protest": "Protest", "labour": "Strike", "politics": "Vote",
    "rescue": "Rescue", "die": "Deaths",
}  # fmt: skip
