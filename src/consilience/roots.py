"""Whose report a claim rests on in the end: what agreement is counted by."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from consilience.records import Claim, Embedded, Origin


@dataclass(frozen=True, slots=True)
class Roots:
    """The origin of each document, and by document what it lays at another outlet's door."""

    by_document: Mapping[str, str]
    embedded: Mapping[str, Sequence[Embedded]]

    def of_claim(self, claim: Claim) -> str:
        """The origin that the claim is laid at, by the narrowest passage that holds it."""
        here = claim.passage
        holding = [
            e for e in self.embedded.get(here.document_id, ())
            if e.passage.start <= here.start and here.end <= e.passage.end
        ]  # fmt: skip
        if not holding:
            return self.by_document[here.document_id]
        narrowest = min(holding, key=lambda e: (e.passage.end - e.passage.start, e.passage))
        return narrowest.origin_id

    def of_claims(self, claims: Iterable[Claim]) -> frozenset[str]:
        """The origins behind claims of one value.

        Who says it in a voice of its own is a root; who only says that another reported it leads
        to that other. Where they all lead to one another, nobody knows the root: it is one.
        """
        doors: dict[str, set[str]] = defaultdict(set)
        for claim in claims:
            doors[self.by_document[claim.passage.document_id]].add(self.of_claim(claim))
        return frozenset().union(*(_ends(origin_id, doors) for origin_id in doors))


def roots(origins: Sequence[Origin], embedded: Sequence[Embedded]) -> Roots:
    by_document: dict[str, list[Embedded]] = defaultdict(list)
    for one in embedded:
        by_document[one.passage.document_id].append(one)
    return Roots({d: o.id for o in origins for d in o.document_ids}, by_document)


def _ends(start: str, doors: Mapping[str, set[str]]) -> set[str]:
    """Where all ways from one origin end; of a circle the first by id."""
    reached: set[str] = set()
    ends: set[str] = set()
    todo = [start]
    while todo:
        origin_id = todo.pop()
        if origin_id in reached:
            continue
        reached.add(origin_id)
        onward = doors.get(origin_id, {origin_id})
        if origin_id in onward:
            ends.add(origin_id)
        else:
            todo += onward
    return ends or {min(reached)}
