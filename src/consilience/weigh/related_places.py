"""How two places given for one happening stand to each other."""

import re

from consilience.gazetteer import (
    GazetteerPlace,
    PlaceKind,
    bearers,
    contains,
    distance_km,
    linked_place,
    place_name_key,
)
from consilience.records import Entity, RelationKind
from consilience.weigh.sides import Judged, Side

# A town is named for its suburb, and a happening beside a road lies between two towns. By eye on
# every other incident of GVA's development set.
_NEAR_KM = 35.0
_NEAR_AREA_KM = 150.0
_NEAR_CITY_KM = 60.0
_METROPOLIS_MIN = 500_000
_CITY_MIN = 100_000
_NARROW = frozenset({PlaceKind.SETTLEMENT, PlaceKind.DISTRICT})
# A name that is not linked is a town's only where so many people live in one of that name; smaller
# ones share theirs with streets and quarters.
_TOWN_MIN = 2_000

_DIRECTION = re.compile(
    r"^(?:(?:north|south)(?:east|west)?|east|west|central|downtown|[NS][EW])(?:ern)? ",
    re.IGNORECASE,
)

Bearers = tuple[GazetteerPlace, ...]


def relate_places(a: Side, b: Side) -> Judged:
    """Whether both can be where it happened; towns far from each other cannot."""
    if a.entity is None or b.entity is None:
        return RelationKind.COMPATIBLE, "nothing says that the two are different places"
    name_a, name_b = a.entity.name, b.entity.name
    if place_name_key(name_a) == place_name_key(name_b):
        return RelationKind.COMPATIBLE, f"both are called {name_a}"
    linked_a, linked_b = _linked(a.entity), _linked(b.entity)
    is_sure = bool(linked_a and linked_b)
    # What is named beside a town is as likely a street or quarter of it, unless it is a town too.
    near_a, near_b = (a.document_ids, b.document_ids) if is_sure else (a.named_in, b.named_in)
    if not near_a.isdisjoint(near_b):
        return RelationKind.COMPATIBLE, f"one document names both {name_a} and {name_b}"
    places_a, places_b = linked_a or _towns(a), linked_b or _towns(b)
    if not places_a or not places_b:
        unknown = name_a if not places_a else name_b
        return RelationKind.COMPATIBLE, f"where {unknown} lies is not known, so both may be meant"
    # Of places of one name the one in the other's region is meant.
    places_a, places_b = _of_region(places_a, places_b), _of_region(places_b, places_a)
    pairs = [(x, y) for x in places_a for y in places_b]
    for x, y in pairs:
        if x.geonames_id == y.geonames_id:
            return RelationKind.SAME, f"{name_a} and {name_b} are one place"
        if contains(x, y) or contains(y, x):
            inner, outer = (name_b, name_a) if contains(x, y) else (name_a, name_b)
            return RelationKind.COMPATIBLE, f"{inner} lies in {outer}"
        if _may_touch(x, y):
            return RelationKind.COMPATIBLE, f"{name_a} and {name_b} lie near each other"
    if not all(p.kind in _NARROW for p in (*places_a, *places_b)):
        return RelationKind.COMPATIBLE, f"{name_a} and {name_b} are not of one kind of place"
    for name, side, places in ((name_a, a, places_a), (name_b, b, places_b)):
        if _is_only_filed(side, places):
            return RelationKind.COMPATIBLE, f"a report was filed from {name}, which tells no more"
    if not is_sure and not any(_is_one_region(x, y) for x, y in pairs):
        unknown = name_b if linked_a else name_a
        return RelationKind.COMPATIBLE, f"which {unknown} is meant is not known"
    return RelationKind.CONTRADICTORY, (
        f"{name_a} and {name_b} are far from each other, and it happened in one place"
    )


def _linked(entity: Entity) -> Bearers:
    geonames_id = dict(entity.links).get("geonames")
    place = None if geonames_id is None else linked_place(entity.names, geonames_id)
    return () if place is None else (place,)


def _towns(side: Side) -> Bearers:
    """The towns that a name may mean, if the words place the happening in one."""
    assert side.entity is not None
    name = _DIRECTION.sub("", side.entity.name)
    inside = re.compile(
        rf"\b(?:[Ii]n|[Oo]utside|[Nn]ear) (?:[\w-]+ ){{0,2}}{re.escape(name)}\b(?! [A-Z]|['’]s)"
    )
    if not any(inside.search(words) for words in side.words):
        return ()
    return tuple(
        p for p in bearers(name) if p.kind is PlaceKind.SETTLEMENT and p.population >= _TOWN_MIN
    )


def _of_region(places: Bearers, others: Bearers) -> Bearers:
    near = tuple(p for p in places if any(_is_one_region(p, o) for o in others))
    return near or places


def _is_only_filed(side: Side, places: Bearers) -> bool:
    """Whether all that is known is that reports were filed from a city, where many are."""
    assert side.entity is not None
    name = side.entity.name.upper()
    is_city = any(p.population >= _CITY_MIN for p in places)
    return is_city and all(words.startswith(name) for words in side.words)


def _may_touch(a: GazetteerPlace, b: GazetteerPlace) -> bool:
    if a.kind is PlaceKind.SETTLEMENT and b.kind is PlaceKind.SETTLEMENT:
        is_city = max(a.population, b.population) >= _METROPOLIS_MIN
        return distance_km(a, b) <= (_NEAR_CITY_KM if is_city else _NEAR_KM)
    # Of areas only the middle is known.
    return _is_one_region(a, b) and distance_km(a, b) <= _NEAR_AREA_KM


def _is_one_region(a: GazetteerPlace, b: GazetteerPlace) -> bool:
    return a.country == b.country and (a.region == b.region or None in (a.region, b.region))
