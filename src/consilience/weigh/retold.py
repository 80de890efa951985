"""Events that are the main one told with another day.

Happenings are told apart by their days, so a report that is wrong about the day seems to tell of
another happening. Where a document dates nothing else as the main event, and tells of the same
people or spots as the reports of it, it tells of that.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta

from consilience.dates import overlaps
from consilience.records import Case, Entity, Event, Kind

# A report is wrong by days, not by weeks.
_WRONG_BY = timedelta(days=7)
_SAME_KINDS = frozenset({"attack", "deaths", "injuries"})


def retold(case: Case) -> Mapping[str, frozenset[str]]:
    """By document the events told in it that can only be the main one."""
    main = case.events[0]
    others = [event for event in case.events[1:] if _is_alike(main, event)]
    if not others:
        return {}
    marks = _marks(case.entities)
    tellers = _documents(main)
    known = {mark for document_id in sorted(tellers) for mark in marks[document_id]}
    told: dict[str, set[str]] = defaultdict(set)
    for event in others:
        for document_id in _documents(event):
            if not known.isdisjoint(marks[document_id]):
                told[document_id].add(event.id)
    # A death belongs to the attack that it came of.
    whole = {event.id: event.part_of_id or event.id for event in others}
    return {
        document_id: frozenset(ids)
        for document_id, ids in told.items()
        if len({whole[i] for i in ids}) == 1 and not _dates_main(case, document_id, main)
    }


def _is_alike(main: Event, other: Event) -> bool:
    is_kind = main.kind == other.kind or {main.kind, other.kind} <= _SAME_KINDS
    if not is_kind or main.when is None or other.when is None:
        return False
    if main.when.start is None or other.when.start is None:
        return False
    return abs(main.when.start - other.when.start) <= _WRONG_BY


def _dates_main(case: Case, document_id: str, main: Event) -> bool:
    """Whether the document tells of the main event on its own day."""
    assert main.when is not None
    return any(
        proposition.when is not None
        and case.event_by_proposition.get(proposition.id) == main.id
        and overlaps(proposition.when, main.when)
        for proposition in case.readings[document_id].propositions
    )


def _documents(event: Event) -> frozenset[str]:
    return frozenset(passage.document_id for passage in event.mentions)


def _marks(entities: Iterable[Entity]) -> Mapping[str, set[str]]:
    """By document the people, towns and spots by which a happening is known again."""
    found: dict[str, set[str]] = defaultdict(set)
    for entity in entities:
        if entity.kind is Kind.PERSON or (entity.kind is Kind.PLACE and not _is_wide(entity)):
            for passage in entity.mentions:
                found[passage.document_id].add(entity.id)
    return found


def _is_wide(place: Entity) -> bool:
    """Whether it is a country or a region, which hold many happenings."""
    links = dict(place.links)
    return "geonames" in links and links.get("within", "").count(",") < 1
