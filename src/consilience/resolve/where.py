"""Where an event took place."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import log2
from typing import TYPE_CHECKING

from consilience.gazetteer import GazetteerPlace, PlaceKind, bearers, linked_place
from consilience.lexicon import load_words
from consilience.records import Document, Entity, Kind, PartKind, Passage
from consilience.resolve.by_origin import Saying, by_origin
from consilience.resolve.scene_signs import Signs, find_signs

if TYPE_CHECKING:
    from consilience.resolve.events import Telling

# "Arlow, Norland", "Arlow in Norland": the first lies in the second.
_INSIDE = re.compile(r"\s*,\s+|\s+in\s+|,\s+(?:the\s+)?capital of\s+(?:the\s+)?")
# How many places an event is given.
_MAX_PLACES = 3
# How many bearers of a name that is not decided are asked in which county they lie.
_BEARERS_MAX = 20

# What each sign that a document tells of a place as the scene is worth, and how much a place of
# each sort is worth as the answer. Set by hand on every other incident of GVA's development set.
_STATED = 2.0
_IN_SENTENCE = 1.0
_FILED_FROM = 1.8
_IN_TITLE = 2.0
_ITS_POLICE = 1.2
_EARLY = 0.4
_IN_ADDRESS = 0.7
_OFTEN = 0.6
# First or last words of the names of waters and heights, which lie in no settlement.
_NATURE = frozenset(
    "lake sea ocean bay gulf strait channel cape mount mountain volcano glacier island desert "
    "lago laguna mar bahía golfo monte cerro volcán isla".split()
)
_SORT_WEIGHTS = {
    "settlement": 1.0,
    "perhaps settlement": 0.7,
    "nature": 0.6,
    "unknown": 0.35,
    "section": 0.3,
    "district": 0.3,
    "facility": 0.2,
    "region": 0.1,
    "country": 0.03,
}
# A town takes part of what its county is worth, so that it wins over that and over towns outside.
_OF_COUNTY = 0.5
_OF_REGION = 0.1
_OF_PART = 0.5
_BESIDE = 0.5
# What is said to hold another place told of gives way to it.
_HOLDS_IT = 0.3
# A town this near to one so many times as large is a part of it if only the larger has police.
_NEAR_DEGREES = 0.3
_MUCH_LARGER = 4
_LARGER_MAX = 20  # it is looked for among the places of most worth
# What is told in the first sentences is what a document is about.
_LEAD_SENTENCES_CHARS = 600
# "Southeast", of a town.
_BEARING = re.compile(
    r"(?:north|south)?(?:east|west)?(?:ern)?(?: ?sides?)?|(?:down|mid|up)town", re.I
)
_PART_OF_TOWN = re.compile(
    r"(?:(?:north|south)(?:east|west)?|east|west|central|downtown|midtown|uptown|inner|greater"
    r"|northern|southern|eastern|western)\s+(?P<town>.+)",
    re.I,
)


class Places:
    """The places named in a case, and which of them the documents say lies in another."""

    def __init__(
        self,
        entities: Sequence[Entity],
        documents: Sequence[Document],
        origin_of: Mapping[str, str],
    ) -> None:
        self._origin_of = origin_of
        places = [e for e in entities if e.kind is Kind.PLACE]
        texts = {d.id: d.text for d in documents}
        self._by_id = {e.id: e for e in places}
        self._named: dict[str, list[tuple[Passage, Entity]]] = defaultdict(list)
        for entity in places:
            for passage in entity.mentions:
                said = texts[passage.document_id][passage.start : passage.end]
                # "The city" says nothing of where a city lies.
                if " ".join(said.split()) in entity.names:
                    self._named[passage.document_id].append((passage, entity))
        for named in self._named.values():
            named.sort(key=lambda n: n[0])
        # Where a report was filed from stands for where what it tells of took place.
        self._filed = {
            part.passage.document_id: [
                entity.id
                for passage, entity in self._named[part.passage.document_id]
                if part.passage.start <= passage.start < part.passage.end
            ][:1]
            for document in documents
            for part in document.parts
            if part.kind is PartKind.DATELINE
        }
        self._inside: dict[str, set[str]] = defaultdict(set)
        for document_id, named in self._named.items():
            for (a, inner), (b, outer) in pairwise(named):
                between = texts[document_id][a.end : b.start]
                if inner.id != outer.id and _INSIDE.fullmatch(between):
                    self._inside[outer.id].add(inner.id)
        self._said = find_signs(documents, places)
        by_place: dict[str, list[Signs]] = defaultdict(list)
        self._forces: dict[str, set[str]] = defaultdict(set)
        for document_id, found in self._said.items():
            for id_, signs in found.items():
                by_place[id_].append(signs)
                if signs.is_forces:
                    self._forces[id_].add(document_id)
        self._meant = {e.id: _may_mean(e) for e in places}
        self._by_name = {n.casefold(): e.id for e in reversed(places) for n in e.names}
        self._regions = {
            (p.country, p.region)
            for e in places
            if "geonames" in dict(e.links)
            for p in self._meant[e.id]
            if p.region
        }
        # What lies in a region, and where reports were filed from that name it again, is a town.
        self._towns = {
            id_
            for outer, inner in self._inside.items()
            if any(p.kind is not PlaceKind.SETTLEMENT for p in self._meant[outer])
            for id_ in inner
        } | {
            id_
            for document_id, filed in self._filed.items()
            for id_ in filed
            if id_ in self._said[document_id] and len(self._said[document_id][id_].at) > 1
        }
        # So is what a quarter is named after.
        self._towns |= {town for e in places if (town := self._town_of_part(e)) is not None}
        self._sorts = {e.id: self._sort(e, by_place[e.id]) for e in places}
        self._areas: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for entity in places:
            if self._sorts[entity.id] in ("district", "region"):
                for place in self._meant[entity.id]:
                    self._areas[_area(place, place.kind)].append(entity.id)

    def _sort(self, place: Entity, said: Sequence[Signs]) -> str:
        meant = self._meant[place.id]
        is_linked = "geonames" in dict(place.links)
        named_a_town = any(s.is_town or s.is_forces for s in said)
        if not is_linked and _is_of_nature(place):
            return "nature"
        if not is_linked and _is_facility(place) and not (meant and named_a_town):
            return "facility"
        if not is_linked and self._town_of_part(place) is not None:
            return "section"
        if _BEARING.fullmatch(place.name):
            return "section"
        if 2 * sum(s.is_section for s in said) >= max(1, sum(bool(s.at) for s in said)):
            return "section"
        if not meant:
            is_town = named_a_town or place.id in self._towns
            return "perhaps settlement" if is_town else "unknown"
        if is_linked:
            return meant[0].kind
        if all(p.kind is not PlaceKind.SETTLEMENT for p in meant):
            return meant[0].kind
        # A name borne only by towns of other regions than those told of is rarely a town's.
        is_near = not self._regions or any((p.country, p.region) in self._regions for p in meant)
        is_town = is_near or named_a_town or place.id in self._towns
        return "perhaps settlement" if is_town else "unknown"

    def _town_of_part(self, place: Entity) -> str | None:
        """The entity of the town that “South Arlow” or “downtown Arlow” is a part of."""
        part = _PART_OF_TOWN.fullmatch(place.name)
        return self._by_name.get(part["town"].casefold()) if part is not None else None

    def _named_in(self, area: Passage) -> Iterator[Entity]:
        named = self._named[area.document_id]
        for k in range(bisect_left(named, area.start, key=lambda n: n[0].start), len(named)):
            passage, entity = named[k]
            if passage.start >= area.end:
                break
            if passage.end <= area.end:
                yield entity

    def ranked(self, tellings: Sequence["Telling"]) -> list[Entity]:
        """The places of what is told, the likeliest first: settlements before what holds them."""
        dated = [t for t in tellings if t.is_dated_itself] or tellings
        said: dict[str, dict[Saying, float]] = defaultdict(lambda: defaultdict(float))
        by_document: dict[str, list[Telling]] = defaultdict(list)
        for telling in dated:
            by_document[telling.sentence.document_id].append(telling)
        leads = {t.sentence.document_id for t in tellings if _leads(t)}
        for document_id in sorted({t.sentence.document_id for t in tellings}):
            told = self._told(by_document[document_id])
            if document_id in leads:
                for id_, more in self._about(document_id).items():
                    told[id_] += more
            for id_ in self._filed.get(document_id, ()):
                told[id_] += _FILED_FROM
            for id_, much in told.items():
                said[id_][self._origin_of[document_id], document_id] += much
        tell = {t.origin_id for t in tellings}
        if 2 * len(tell) >= len({self._origin_of[d] for d in self._said}):
            # What half of a case tells of, the other half is about too.
            for document_id in sorted(d for d in self._said if self._origin_of[d] not in tell):
                for id_, much in self._about(document_id).items():
                    said[id_][self._origin_of[document_id], document_id] += _BESIDE * much
        worth = {id_: by_origin(much) for id_, much in said.items()}
        for id_ in [i for i in worth if self._sorts[i] == "section"]:
            town = self._town_of_part(self._by_id[id_])
            if town is not None:
                worth[town] = worth.get(town, 0.0) + _OF_PART * worth[id_]
        most = sorted(worth, key=lambda i: (-worth[i], i))[:_LARGER_MAX]
        with_police = [(i, not self._forces[i].isdisjoint(leads)) for i in most]
        scores = {id_: self._score(id_, worth, with_police) for id_ in worth if worth[id_]}
        order = sorted(
            scores,
            key=lambda id_: (-scores[id_], -len(self._by_id[id_].mentions), self._by_id[id_].name),
        )
        return [self._by_id[id_] for id_ in order[:_MAX_PLACES]]

    def _score(
        self, id_: str, worth: Mapping[str, float], others: Sequence[tuple[str, bool]]
    ) -> float:
        sort, much = self._sorts[id_], worth[id_]
        if sort in ("settlement", "perhaps settlement"):
            much += self._of_what_holds(id_, worth)
            if self._is_part(id_, worth, others):
                sort = "section"
        share = _HOLDS_IT if self._holds_a_scene(id_, worth) else 1.0
        return much * _SORT_WEIGHTS[sort] * share

    def _holds_a_scene(self, id_: str, worth: Mapping[str, float]) -> bool:
        """Whether a place is said to hold another one that may be a town, told of as much."""
        may_be_town = ("settlement", "perhaps settlement", "unknown")
        sorts = may_be_town[:1] if self._sorts[id_] == "settlement" else may_be_town
        inner = [i for i in self._inside[id_] if self._sorts[i] in sorts]
        return any(2 * worth.get(i, 0.0) >= worth[id_] for i in inner)

    def _of_what_holds(self, id_: str, worth: Mapping[str, float]) -> float:
        areas = {
            (kind, area)
            for place in self._meant[id_]
            if place.kind is PlaceKind.SETTLEMENT
            for kind in (PlaceKind.DISTRICT, PlaceKind.REGION)
            for area in self._areas.get(_area(place, kind), ())
        }
        held = {kind: max((worth.get(a, 0.0) for k, a in areas if k is kind), default=0.0)
                for kind in (PlaceKind.DISTRICT, PlaceKind.REGION)}  # fmt: skip
        return _OF_COUNTY * held[PlaceKind.DISTRICT] + _OF_REGION * held[PlaceKind.REGION]

    def _is_part(
        self, id_: str, worth: Mapping[str, float], others: Sequence[tuple[str, bool]]
    ) -> bool:
        """Whether a town is taken for a part of a much larger one beside it."""
        if self._sorts[id_] != "settlement" or (id_, True) in others:
            return False
        place = self._meant[id_][0]
        for other, has_police in others:
            if self._sorts[other] != "settlement":
                continue
            larger = self._meant[other][0]
            times = larger.population / max(1, place.population)
            away = max(
                abs(larger.latitude - place.latitude), abs(larger.longitude - place.longitude)
            )
            if away < _NEAR_DEGREES and times >= _MUCH_LARGER and has_police:
                return True
            is_told_of = 3 * worth[other] >= worth[id_]
            if away < _NEAR_DEGREES / 2 and times >= _MUCH_LARGER**2 and is_told_of:
                return True
        return False

    def _told(self, tellings: Sequence["Telling"]) -> dict[str, float]:
        """What the sentences that tell of it are worth for each place, each sentence once."""
        told: dict[str, float] = defaultdict(float)
        stated = {
            entity.id
            for telling in tellings
            for argument in telling.proposition.arguments
            if argument.role == "ARGM-LOC"
            for entity in self._named_in(argument.passage)
        }
        sentences: dict[str, int] = defaultdict(int)
        for sentence in sorted({t.sentence for t in tellings}):
            for id_ in {e.id for e in self._named_in(sentence)}:
                sentences[id_] += 1
        for id_, n in sentences.items():
            told[id_] += _IN_SENTENCE * log2(1 + n) + (_STATED if id_ in stated else 0)
        return told

    def _about(self, document_id: str) -> dict[str, float]:
        """What a document that is about it says outside the sentences that tell of it."""
        about = {}
        for id_, said in self._said[document_id].items():
            much = _OFTEN * log2(1 + len(said.at))
            much += _IN_TITLE * said.in_title + _ITS_POLICE * said.is_forces
            much += _EARLY if said.at and min(said.at) < _LEAD_SENTENCES_CHARS else 0
            much += _IN_ADDRESS if said.in_address else 0
            about[id_] = much
        return about


def _leads(telling: "Telling") -> bool:
    return telling.sentence.start < _LEAD_SENTENCES_CHARS


def _may_mean(place: Entity) -> tuple[GazetteerPlace, ...]:
    """The gazetteer's place, or those it may be where that is not decided."""
    links = dict(place.links)
    known = linked_place(place.names, links["geonames"]) if "geonames" in links else None
    return (known,) if known is not None else bearers(place.name)[:_BEARERS_MAX]


def _area(place: GazetteerPlace, kind: PlaceKind) -> tuple[str, ...]:
    parts = (place.country, place.region or "", place.district or "")
    return parts[:2] if kind is PlaceKind.REGION else parts


def _is_of_nature(place: Entity) -> bool:
    words = place.name.casefold().split()
    return len(words) > 1 and bool({words[0], words[-1]} & _NATURE) and not bearers(place.name)


def _is_facility(place: Entity) -> bool:
    """Whether a name is that of a building or a road, which its settlement is told before."""
    words = place.name.casefold().split()
    nouns = load_words("facility_nouns")
    # "Park Hills" may be a town, "Port Arlow" is one: the last word says what a thing is.
    is_town = words[0] == "port" or bearers(place.name)
    said = words[-1:] if is_town else words
    return any(word in nouns for word in said) or words[0][0].isdigit()
