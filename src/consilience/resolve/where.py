"""Where an event took place."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from consilience.lexicon import load_words
from consilience.records import Document, Entity, Kind, PartKind, Passage

if TYPE_CHECKING:
    from consilience.resolve.events import Telling

# "Arlow, Norland", "Arlow in Norland": the first lies in the second.
_INSIDE = re.compile(r"\s*,\s+|\s+in\s+|,\s+(?:the\s+)?capital of\s+(?:the\s+)?")


class Places:
    """The places named in a case, and which of them the documents say lies in another."""

    def __init__(self, entities: Sequence[Entity], documents: Sequence[Document]) -> None:
        texts = {d.id: d.text for d in documents}
        self._named: dict[str, list[tuple[Passage, Entity]]] = defaultdict(list)
        for entity in entities:
            if entity.kind is Kind.PLACE:
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
                entity
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

    def _named_in(self, area: Passage) -> Iterator[Entity]:
        named = self._named[area.document_id]
        for passage, entity in named[bisect_left(named, area.start, key=lambda n: n[0].start) :]:
            if passage.start >= area.end:
                break
            if passage.end <= area.end:
                yield entity

    def ranked(self, tellings: Sequence["Telling"]) -> list[Entity]:
        """The places named with a happening: settlements first, a narrower before what holds it,
        then those most documents name with it, then those named most."""
        dated = [t for t in tellings if t.is_dated_itself]
        told: dict[str, list[str]] = defaultdict(list)
        by_id: dict[str, Entity] = {}
        for telling in dated or tellings:
            stated = [a.passage for a in telling.proposition.arguments if a.role == "ARGM-LOC"]
            for area in (*stated, telling.sentence):
                for entity in self._named_in(area):
                    by_id[entity.id] = entity
                    told[entity.id].append(area.document_id)
        named = set(by_id)
        for document_id in sorted({t.sentence.document_id for t in tellings}):
            for entity in self._filed.get(document_id, ()):
                by_id[entity.id] = entity
                told[entity.id].append(document_id)
        support = {i: len(set(ids)) for i, ids in told.items()}
        order = sorted(
            by_id,
            key=lambda i: (
                any(2 * support.get(j, 0) >= support[i] for j in self._inside[i]),
                _is_facility(by_id[i]),
                -support[i],
                i not in named,
                -len(by_id[i].mentions),
                by_id[i].name,
            ),
        )
        return [by_id[i] for i in order[:3]]


def _is_facility(place: Entity) -> bool:
    """Whether a name is that of a building or a road, which its settlement is told before."""
    words = place.name.casefold().split()
    return words[-1] in load_words("facility_nouns") or words[0][0].isdigit()
