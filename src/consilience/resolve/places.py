"""Which place of the gazetteer a name means, by what the documents say of where it lies."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations
from math import cos, hypot, log10, radians

from rapidfuzz.distance import OSA

from consilience.gazetteer import (
    GazetteerPlace,
    PlaceKind,
    bearers,
    contains,
    find_places,
    place_name_key,
)
from consilience.lexicon import load_table
from consilience.lookalikes import alphabets
from consilience.records import Document, Judgement, Kind, Verdict
from consilience.resolve.between import MADE_BY
from consilience.resolve.block import slips
from consilience.resolve.chains import Chain
from consilience.resolve.containment import Around, said_around

# All by eye, on invented texts (tests/cases/gazetteer_places.jsonl): a place is weighed by the
# digits of its population, so that one unit is ten times the people.
_SAID_INSIDE = 6.0
_SAID_TO_HOLD = 3.0
_REGION_NAMED = 2.0
_NEAR_NAMED = 2.0
_COUNTRY_NAMED = 1.2
_ELSEWHERE_IN_CASE = 0.5
_OTHER_NAME = -1.5
_LIKE_NAME = -0.3
_COUNTRY = 2.0
_REGION = 1.0
_AROUND_MAX = 3.0
# "New York" and "Washington" are oftener the city than the state.
_REGION_OF_A_CITYS_NAME = -2.2
_MARGIN = 1.0
_UNSUPPORTED_MIN_POPULATION = 50_000
# Where a document speaks of other regions only, a name that is new to it is rarely far away.
_ELSEWHERE_MIN_POPULATION = 250_000
# Where a document speaks of other countries only, a name that is new to it is rarely abroad.
_ABROAD_MIN_POPULATION = 500_000
# Names unlike a place's own are its names abroad where it is large, or the text is not English.
_ODD_MIN_POPULATION = 500_000
_ODD_ALONE_MIN_POPULATION = 2_000_000
_NEAR_DEGREES = 1.5  # some 150 km
_NEAR_MAX = 40
_ONE_SPOT_DEGREES = 0.2
# A province's seat is meant by the name of both where it holds this share of the people.
_SEAT_SHARE = 0.25
# A name is surely the largest bearer's where that is so many times the next.
_SURELY = 20

_NONE: frozenset[str] = frozenset()
_CAPITALISED = re.compile(r"\b[^\W\d_a-z]\w+")
_CAPITALISED_RUN = re.compile(r"[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){0,5}")


@dataclass(frozen=True, slots=True)
class PlaceMeant:
    """The place a name stands for in one document, and why; `score` in [0, 1]."""

    place: GazetteerPlace
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class _Context:
    """What a document, or a case, speaks of for sure: names and the places they mean."""

    regions: Mapping[tuple[str, str], frozenset[str]]
    countries: Mapping[str, frozenset[str]]
    places: tuple[tuple[str, GazetteerPlace], ...]


def places_meant(documents: Sequence[Document], chains: Sequence[Chain]) -> dict[str, PlaceMeant]:
    """What the names of places mean, by key of chain; a name that nothing decides is left out."""
    ours = [c for c in chains if c.kind is Kind.PLACE]
    around = said_around(ours, {d.id: d.text for d in documents})
    sure: dict[str, dict[tuple[str, str], GazetteerPlace]] = {d.id: {} for d in documents}
    for chain in ours:
        for name, place in _sure_of(chain, around[chain.key]):
            sure[chain.document_id][name, place.geonames_id] = place
    for document in documents:
        for name, place in _sure_beside(document):
            sure[document.id][name, place.geonames_id] = place
    abroad = {d.id for d in documents if d.language not in ("en", "und")}
    meant = _decided(ours, around, sure, abroad)
    for chain in ours:
        if chain.key in meant:
            place = meant[chain.key].place
            sure[chain.document_id][place_name_key(chain.forms[0]), place.geonames_id] = place
    return _decided(ours, around, sure, abroad)


def _decided(
    chains: Sequence[Chain],
    around: Mapping[str, Around],
    sure: Mapping[str, Mapping[tuple[str, str], GazetteerPlace]],
    abroad: Set[str],
) -> dict[str, PlaceMeant]:
    contexts = {i: _context(found) for i, found in sure.items()}
    whole = _context({key: place for i in sorted(sure) for key, place in sure[i].items()})
    decided = {
        c.key: _decide(
            c, around[c.key], contexts[c.document_id], whole, is_abroad=c.document_id in abroad
        )
        for c in chains
    }
    return {key: meant for key, meant in decided.items() if meant is not None}


def judge_gazetteer_places(
    chains: Sequence[Chain], meant: Mapping[str, PlaceMeant]
) -> Iterator[Judgement]:
    """Names of one place are linked, places of one name are kept apart."""
    by_id: dict[str, dict[str, list[Chain]]] = defaultdict(lambda: defaultdict(list))
    by_name: dict[str, set[str]] = defaultdict(set)
    for chain in sorted((c for c in chains if c.key in meant), key=lambda c: c.key):
        name, id_ = place_name_key(chain.forms[0]), meant[chain.key].place.geonames_id
        by_id[id_][name].append(chain)
        by_name[name].add(id_)
    first = {i: min((c for g in n.values() for c in g), key=lambda c: c.key)
             for i, n in by_id.items()}  # fmt: skip
    for id_ in sorted(by_id):
        for name in sorted(by_id[id_]):
            yield from _links(first[id_], by_id[id_][name], meant)
    # Spellings that a slip apart would be taken for one are barred too.
    counts = {name: sum(len(by_id[i][name]) for i in by_name[name]) for name in by_name}
    near = [(name,) for name in sorted(by_name)] + sorted(slips(counts, 1))
    barred = set()
    for names in near:
        ids = sorted(set().union(*(by_name[n] for n in names)))
        barred |= set(combinations(ids, 2))
    for a, b in sorted(barred):
        yield _different(first[a], first[b], meant)


def place_links(
    group: Sequence[Chain], meant: Mapping[str, PlaceMeant]
) -> tuple[tuple[str, str], ...]:
    """The place that most of an entity's chains mean, and what holds it; none where they differ."""
    said = Counter(meant[c.key].place for c in group if c.key in meant)
    if not said:
        return ()
    # "D.C." speaks for Washington too.
    votes = {p: n + sum(m for q, m in said.items() if contains(q, p)) for p, n in said.items()}
    place, n = min(votes.items(), key=lambda item: (-item[1], item[0].geonames_id))
    if 2 * n <= said.total():
        return ()
    around = within(place)
    return (("geonames", place.geonames_id), *((("within", around),) if around else ()))


def _links(
    first: Chain, others: Iterable[Chain], meant: Mapping[str, PlaceMeant]
) -> Iterator[Judgement]:
    for chain in others:
        if chain.key == first.key:
            continue
        same_name = place_name_key(chain.forms[0]) == place_name_key(first.forms[0])
        # Above what names alone give, so that what means one place is one before all else.
        score = 0.97 if same_name else min(0.93, meant[chain.key].score, meant[first.key].score)
        reason = f"both are {_described(meant[chain.key])}"
        yield Judgement(first.key, chain.key, Verdict.SAME, score, MADE_BY, _quoted(first, chain)
                        + reason)  # fmt: skip


def _different(a: Chain, b: Chain, meant: Mapping[str, PlaceMeant]) -> Judgement:
    reason = f"one is {_described(meant[a.key])}, the other {_described(meant[b.key])}"
    return Judgement(a.key, b.key, Verdict.DIFFERENT, 1.0, MADE_BY, _quoted(a, b) + reason)


def _quoted(a: Chain, b: Chain) -> str:
    return f"“{a.forms[0]}” and “{b.forms[0]}”: "


def _described(meant: PlaceMeant) -> str:
    around = within(meant.place)
    name = f"{meant.place.name} in {around}" if around else meant.place.name
    return f"{name} ({meant.reason})"


def within(place: GazetteerPlace) -> str:
    """The names of what holds a place, the narrowest first: “Ohio, United States”."""
    outer = [place.district, place.region, place.country]
    own = {PlaceKind.COUNTRY: 3, PlaceKind.REGION: 2, PlaceKind.DISTRICT: 1}.get(place.kind, 0)
    return ", ".join(dict.fromkeys(o for o in outer[own:] if o and o != place.name))


def _sure_of(chain: Chain, around: Around) -> Iterator[tuple[str, GazetteerPlace]]:
    own = place_name_key(chain.forms[0])
    for places in around.outers:
        outer = _sure(places)
        if outer is not None:
            yield place_name_key(outer.name), outer
            for form in chain.forms:
                inside = [p for p in bearers(form) if contains(outer, p)]
                if inside:
                    yield own, inside[0]
    for form in chain.forms:
        place = _sure(bearers(form))
        if place is not None and not around.outers and not around.is_elsewhere:
            yield own, place


def _sure_beside(document: Document) -> Iterator[tuple[str, GazetteerPlace]]:
    """What headline and outlet name, and the countries of the peoples told of."""
    for said in filter(None, (document.title, document.source)):
        for run in _CAPITALISED_RUN.findall(said):
            words = run.split()
            pairs = {" ".join(words[i:j]) for i in range(len(words)) for j in (i + 1, i + 2)}
            for name in sorted(n for n in pairs if len(n) > 2):
                place = _sure(bearers(name))
                if place is not None:
                    yield place_name_key(name), place
    demonyms = load_table("demonyms")
    for word in sorted(set(_CAPITALISED.findall(document.text))):
        for place in find_places(demonyms.get(word.casefold(), ""))[:1]:
            if place.kind is PlaceKind.COUNTRY:
                yield word.casefold(), place


def _context(found: Mapping[tuple[str, str], GazetteerPlace]) -> _Context:
    regions: dict[tuple[str, str], set[str]] = defaultdict(set)
    countries: dict[str, set[str]] = defaultdict(set)
    for (name, _), place in found.items():
        countries[place.country].add(name)
        if place.region:
            regions[place.country, place.region].add(name)
    narrow = [
        (name, found[name, id_])
        for name, id_ in sorted(found)
        if found[name, id_].kind in (PlaceKind.SETTLEMENT, PlaceKind.DISTRICT)
    ]
    return _Context(
        {key: frozenset(names) for key, names in regions.items()},
        {key: frozenset(names) for key, names in countries.items()},
        tuple(narrow[:_NEAR_MAX]),
    )


def _sure(places: Sequence[GazetteerPlace]) -> GazetteerPlace | None:
    """The one place that a name can hardly fail to mean."""
    if not places:
        return None
    best, *others = places
    rivals = [p for p in others if _are_rivals(p, best)]
    if rivals and best.population < _SURELY * rivals[0].population:
        return None
    is_wide = best.kind is not PlaceKind.SETTLEMENT
    return best if is_wide or best.population >= _UNSUPPORTED_MIN_POPULATION else None


def _decide(
    chain: Chain, around: Around, here: _Context, whole: _Context, *, is_abroad: bool
) -> PlaceMeant | None:
    form = next((f for f in chain.forms if bearers(f)), None)
    if form is None or around.is_elsewhere:
        return None
    candidates = bearers(form)
    said = [*around.outers, *around.perhaps]
    inside = [p for p in candidates if any(contains(o, p) for places in said for o in places)]
    if around.outers and not inside and candidates[0].kind is PlaceKind.SETTLEMENT:
        # The gazetteer does not know the one that is meant.
        return None
    holding = [p for p in candidates if any(contains(p, i) for b in around.inner for i in b)]
    own = place_name_key(form)
    has_city = any(p.kind is PlaceKind.SETTLEMENT and p.population > 500_000 for p in candidates)

    def weight(place: GazetteerPlace) -> float:
        score = log10(place.population + 100) + _named_around(place, own, here)
        score += _ELSEWHERE_IN_CASE * _named_around(place, own, whole)
        score += _SAID_INSIDE if place in inside else 0
        score += _SAID_TO_HOLD if place in holding else 0
        score += _of_name(place, own)
        score += {PlaceKind.COUNTRY: _COUNTRY, PlaceKind.REGION: _REGION}.get(place.kind, 0)
        is_rival = place.kind is PlaceKind.REGION and has_city and place not in holding
        return score + (_REGION_OF_A_CITYS_NAME if is_rival else 0)

    ranked = sorted(candidates, key=lambda p: (-weight(p), p.geonames_id))
    best = ranked[0]
    rivals = [p for p in ranked[1:] if _are_rivals(p, best)]
    margin = weight(best) - weight(rivals[0]) if rivals else _SAID_INSIDE
    is_said = best in inside or best in holding
    support = _named_around(best, own, here) or _named_around(best, own, whole)
    if margin < _MARGIN or not (is_said or _is_likely(best, support, own, here)):
        return None
    # GeoNames has old and fancy names too: “Acropolis” for Little Rock.
    is_odd = best.kind is PlaceKind.SETTLEMENT and _of_name(best, own) == _OTHER_NAME
    if is_odd and not is_said and not is_abroad:
        least = _ODD_MIN_POPULATION if support else _ODD_ALONE_MIN_POPULATION
        if best.population < least:
            return None
    best = best if best in holding else _seat(best, ranked)
    score = 0.95 if is_said else 0.9 if support else 0.8
    holders = [o.name for places in said for o in places if contains(o, best)]
    return PlaceMeant(best, score, _reason(best, holders, support))


def _of_name(place: GazetteerPlace, own: str) -> float:
    """Another name of a place speaks against it, less so where it is nearly the same."""
    name = place_name_key(place.name)
    if own in (name, f"{name} city"):
        return 0.0
    return _LIKE_NAME if _is_like(name, own) else _OTHER_NAME


def _is_like(a: str, b: str) -> bool:
    same_letters = a[:1] == b[:1] and alphabets(a) == alphabets(b)
    return same_letters and OSA.distance(a, b, score_cutoff=2) <= 2


def _are_rivals(a: GazetteerPlace, b: GazetteerPlace) -> bool:
    """Whether two places are not one inside the other, nor a town and its municipality."""
    is_one = a.kind is not b.kind and _distance(a, b) < _ONE_SPOT_DEGREES
    return not (is_one or contains(a, b) or contains(b, a))


def _is_likely(place: GazetteerPlace, support: float, own: str, here: _Context) -> bool:
    """Whether a place that nothing is said to hold is meant: told beside its like, or large."""
    if place.kind is PlaceKind.COUNTRY or support > _COUNTRY_NAMED:
        return True
    others = any(names - {own} for names in here.regions.values())
    if support:
        least = _ELSEWHERE_MIN_POPULATION if others else _UNSUPPORTED_MIN_POPULATION
        return place.population >= least
    others |= any(names - {own} for names in here.countries.values())
    return place.population >= (_ABROAD_MIN_POPULATION if others else _UNSUPPORTED_MIN_POPULATION)


def _seat(place: GazetteerPlace, candidates: Sequence[GazetteerPlace]) -> GazetteerPlace:
    """The town of the same name that holds a good part of a division's people."""
    if place.kind not in (PlaceKind.REGION, PlaceKind.DISTRICT):
        return place
    own = place_name_key(place.name)
    seats = [
        p
        for p in candidates
        if p.kind is PlaceKind.SETTLEMENT
        and contains(place, p)
        and _is_like(place_name_key(p.name), own)
        and p.population >= _SEAT_SHARE * place.population
    ]
    return seats[0] if seats else place


def _named_around(place: GazetteerPlace, own: str, context: _Context) -> float:
    """How far other names speak for a place; a name is no evidence for itself."""
    score = 0.0
    if place.kind is not PlaceKind.COUNTRY and context.countries.get(place.country, _NONE) - {own}:
        score += _COUNTRY_NAMED
    if place.kind in (PlaceKind.SETTLEMENT, PlaceKind.DISTRICT):
        region = (place.country, place.region or "")
        score += _REGION_NAMED if context.regions.get(region, _NONE) - {own} else 0
        is_near = any(name != own and _are_near(place, p) for name, p in context.places)
        score += _NEAR_NAMED if is_near else 0
    return min(score, _AROUND_MAX)


def _are_near(a: GazetteerPlace, b: GazetteerPlace) -> bool:
    return _distance(a, b) < _NEAR_DEGREES


def _distance(a: GazetteerPlace, b: GazetteerPlace) -> float:
    """In degrees of latitude, of some 111 km each."""
    east = (a.longitude - b.longitude) * cos(radians(a.latitude))
    return hypot(a.latitude - b.latitude, east)


def _reason(place: GazetteerPlace, holders: Sequence[str], support: float) -> str:
    if holders:
        return f"said to lie in {holders[0]}"
    if place.kind is PlaceKind.COUNTRY:
        return "a country"
    return f"told beside other places of {within(place)}" if support else "the largest so called"
