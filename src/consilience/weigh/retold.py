"""Events that are the main one told with another day or place.

Happenings are told apart by their days, so a report that is wrong about the day seems to tell of
another happening. Where a document tells of nothing else, and of the same people or spots as the
reports of the main event, it tells of that.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta

from consilience.records import Case, Entity, Event, Kind

# A report is wrong by days, not by weeks.
_WRONG_BY = timedelta(days=7)
_SAME_KINDS = frozenset({"attack", "deaths", "injuries"})


def retold(case: Case) -> Mapping[str, frozenset[str]]:
    """By document the events told in it that can only be the main one."""
    main = case.events[0]
    told = defaultdict(set)
    others = [event for event in case.events[1:] if _is_alike(main, event)]
    if not others:
        return {}
    tellers = _documents(main)
    marks = _marks(case.entities)
    known = {mark for document_id in sorted(tellers) for mark in marks[document_id]}
    for event in others:
        for document_id in sorted(_documents(event) - tellers):
            if not known.isdisjoint(marks[document_id]):
                told[document_id].add(event.id)
    return {document_id: frozenset(ids) for document_id, ids in told.items()}


def _is_alike(main: Event, other: Event) -> bool:
    is_kind = main.kind == other.kind or {main.kind, other.kind} <= _SAME_KINDS
    if not is_kind or main.when is None or other.when is None:
        return False
    if main.when.start is None or other.when.start is None:
        return False
    return abs(main.when.start - other.when.start) <= _WRONG_BY


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
    """Whether it is a country or a region, of which GeoNames numbers are codes, or holds many."""
    within = dict(place.links).get("within", "")
    return "geonames" in dict(place.links) and within.count(",") < 1
