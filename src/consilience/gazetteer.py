"""The places of the world by name: GeoNames, cut down by training/gazetteer.py.

The rows stand in `lexicon/gazetteer.zip` sorted by key, so many to a member, each member named by
its first key: to look a name up is to unpack one member.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from io import BytesIO
from math import asin, cos, radians, sin, sqrt
from zipfile import ZipFile

from consilience.lexicon import load_bytes

# A name that is only one of a place's others is meant by it less often than its size says.
# By eye: "Mexico" is the country and not the city of that other name, as "New York" is either.
OTHER_NAME_SHARE = 0.25
# What a province and its seat are both called is as often the seat, of fewer people.
DIVISION_SHARE = 0.5
_EARTH_RADIUS_KM = 6371.0
_BLOCKS_KEPT = 64  # some 10 MB unpacked; the names of one case lie in about as many

_SPECIAL = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ß": "ss"}
    | dict.fromkeys("’‘ʻʼ", "'")
)
_PUNCTUATION = re.compile(r"[^\w&]+|_")
_SHORT = re.compile(r"[A-Z]\.? ?[A-Z]\.?|[A-Z][a-z]\.")
_SAME_WORDS = {"saint": "st", "sainte": "st", "ste": "st", "mount": "mt", "fort": "ft"}


class PlaceKind(StrEnum):
    """A region is a country's first division (state, province), a district its second (county)."""

    COUNTRY = "country"
    REGION = "region"
    DISTRICT = "district"
    SETTLEMENT = "settlement"


_SORT_BEFORE = re.compile(
    r"^(?:the )?(?P<sort>city|town|village|municipality|state|province|region|county|district"
    r"|republic) of (?:the )?(?P<name>.+)$",
    re.IGNORECASE,
)
_SORT_AFTER = re.compile(
    r"^(?P<name>.+) (?P<sort>state|province|region|district|municipality|city)$", re.IGNORECASE
)
_POSSESSIVE = re.compile(r"['’]s?$")
_KINDS_SAID = {
    "city": (PlaceKind.SETTLEMENT,),
    "town": (PlaceKind.SETTLEMENT,),
    "village": (PlaceKind.SETTLEMENT,),
    "municipality": (PlaceKind.SETTLEMENT, PlaceKind.DISTRICT),
    "state": (PlaceKind.REGION,),
    "province": (PlaceKind.REGION, PlaceKind.DISTRICT),
    "region": (PlaceKind.REGION, PlaceKind.DISTRICT),
    "county": (PlaceKind.DISTRICT, PlaceKind.REGION),
    "district": (PlaceKind.DISTRICT, PlaceKind.REGION),
    "republic": (PlaceKind.COUNTRY, PlaceKind.REGION),
}


@dataclass(frozen=True, slots=True)
class GazetteerPlace:
    """A place with the names of what holds it; a country's own name is its `country`, and so on.

    `geonames_id` is GeoNames's number; of a region its code ("MX.25"), of a district a code too
    ("US.OH.049"), which ends in the name where GeoNames's own is not known ("ES.51.Cadiz").
    The population of regions and districts is that of the settlements listed in them.
    """

    geonames_id: str
    name: str
    country: str
    region: str | None
    district: str | None
    population: int
    latitude: float
    longitude: float
    kind: PlaceKind


def place_name_key(name: str) -> str:
    """The name in small letters without accents, article and signs, "Saint" as "St".

    >>> place_name_key("The Saint-Étienne"), place_name_key("Coeur d’Alene")
    ('st etienne', 'coeur d alene')
    """
    text = name.casefold().translate(_SPECIAL)
    if not text.isascii():
        spread = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in spread if not unicodedata.combining(c))
    words = [_SAME_WORDS.get(w, w) for w in _PUNCTUATION.sub(" ", text).split()]
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


@lru_cache(maxsize=4096)
def find_places(name: str) -> tuple[GazetteerPlace, ...]:
    """The places that go by a name, the largest first; "OR" and "Ky." are states, "or" is not.

    >>> [place.country for place in find_places("Bogota")][:1]
    ['Colombia']
    """
    key = place_name_key(name)
    if not key or (len(key) == 2 and not _SHORT.fullmatch(name)):
        return ()
    found: dict[str, tuple[float, GazetteerPlace]] = {}
    for row in _rows(key):
        if row[0] == "=":
            place, weight = _referred(row), OTHER_NAME_SHARE
        else:
            place, weight = _place(row), 1.0
        if place.kind in (PlaceKind.REGION, PlaceKind.DISTRICT):
            weight *= DIVISION_SHARE
        rank = place.population * weight
        if place.geonames_id not in found or rank > found[place.geonames_id][0]:
            found[place.geonames_id] = rank, place
    ranked = sorted(found.values(), key=lambda f: (-f[0], f[1].geonames_id))
    return tuple(place for _, place in ranked)


def bearers(form: str) -> tuple[GazetteerPlace, ...]:
    """The places a form as written may name, the sort of place it says taken at its word.

    >>> [place.kind.value for place in bearers("the city of Nakuru")]
    ['settlement']
    """
    plain = _POSSESSIVE.sub("", form.split(",")[0].split("(")[0].strip())
    found = find_places(plain)
    said = _SORT_BEFORE.match(plain) or _SORT_AFTER.match(plain)
    if said is not None:
        kinds = _KINDS_SAID[said["sort"].lower()]
        of_sort = tuple(p for p in find_places(said["name"]) if p.kind in kinds)
        found = tuple(dict.fromkeys((*found, *of_sort)))
    return found


def linked_place(names: Iterable[str], geonames_id: str) -> GazetteerPlace | None:
    """The place of that id, if one of the names finds it."""
    for name in names:
        for place in bearers(name):
            if place.geonames_id == geonames_id:
                return place
    return None


def contains(outer: GazetteerPlace, inner: GazetteerPlace) -> bool:
    """Whether one place lies in another, wider one, as a city in its state.

    >>> ohio, dayton = find_places("Ohio")[0], find_places("Dayton")[0]
    >>> contains(ohio, dayton), contains(dayton, ohio), contains(ohio, ohio)
    (True, False, False)
    """
    if outer.country != inner.country or _DEPTH[outer.kind] >= _DEPTH[inner.kind]:
        return False
    if outer.kind is PlaceKind.COUNTRY:
        return True
    if outer.region != inner.region:
        return False
    return outer.kind is PlaceKind.REGION or outer.district == inner.district


def distance_km(a: GazetteerPlace, b: GazetteerPlace) -> float:
    """How far apart two places lie, on a sphere; of an area it is its middle that counts.

    >>> round(distance_km(find_places("Dayton")[0], find_places("Cincinnati")[0]), -1)
    80.0
    """
    north_a, east_a, north_b, east_b = map(
        radians, (a.latitude, a.longitude, b.latitude, b.longitude)
    )
    half_chord = (
        sin((north_b - north_a) / 2) ** 2
        + cos(north_a) * cos(north_b) * sin((east_b - east_a) / 2) ** 2
    )
    return 2 * _EARTH_RADIUS_KM * asin(min(1.0, sqrt(half_chord)))


_DEPTH = {kind: depth for depth, kind in enumerate(PlaceKind)}


def _referred(row: list[str]) -> GazetteerPlace:
    """The place that a row of another name refers to by key and id."""
    _, key, id_ = row
    return next(_place(r) for r in _rows(key) if r[0] == id_)


def _place(row: list[str]) -> GazetteerPlace:
    id_, kind, name, country, region, district, population, latitude, longitude = row
    return GazetteerPlace(
        id_,
        name,
        country,
        region or None,
        district or None,
        int(population),
        float(latitude),
        float(longitude),
        PlaceKind(kind),
    )


def _rows(key: str) -> Iterator[list[str]]:
    at = bisect_right(_first_keys(), key) - 1
    if at < 0:
        return
    lines = _block(at)
    for line in lines[bisect_left(lines, key + "\t") :]:
        found, *row = line.split("\t")
        if found != key:
            break
        yield row


@cache
def _archive() -> ZipFile:
    return ZipFile(BytesIO(load_bytes("gazetteer.zip")))


@cache
def _first_keys() -> list[str]:
    return _archive().namelist()


@lru_cache(maxsize=_BLOCKS_KEPT)
def _block(at: int) -> list[str]:
    return _archive().read(_first_keys()[at]).decode().split("\n")
