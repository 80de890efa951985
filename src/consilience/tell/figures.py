"""A finding about numbers as a sentence: every value that is held, who holds it, how they stand."""

import re
from collections.abc import Mapping, Sequence

from consilience.records import (
    Candidate,
    Claim,
    Document,
    Entity,
    Finding,
    Quantity,
    RelationKind,
    Status,
    When,
)
from consilience.wording import label, plural, say_quantity, say_when

FIGURE_SLOTS = ("killed", "injured", "missing", "detained", "freed", "displaced", "cost")
_NAMES = {
    "killed": "number of people killed",
    "injured": "number of people injured",
    "missing": "number of people missing",
    "detained": "number of people detained or held",
    "freed": "number of people freed",
    "displaced": "number of people driven from their homes",
}
_PREDICATES = {
    "killed": "killed", "injured": "injured", "missing": "missing",
    "detained": "detained or held", "freed": "freed", "displaced": "driven from their homes",
}  # fmt: skip


def say_figure(
    finding: Finding,
    claims: Mapping[str, Claim],
    documents: Mapping[str, Document],
    entities: Mapping[str, Entity],
) -> str:
    """One sentence for a finding whose candidates are quantities."""
    name = _NAMES.get(finding.slot, f"number of {plural(finding.slot.removeprefix('count:'))}")
    if len(finding.candidates) == 1:
        return _say_single(finding, claims, documents, entities)
    said = listed(
        [
            f"{say_quantity(c.value)} ({holders(c, claims, documents, entities, dated=True)})"
            for c in finding.candidates
            if isinstance(c.value, Quantity)
        ]
    )
    match finding.status:
        case Status.UPDATED:
            return f"The {name} changed as reports came in: {said}."
        case Status.CONTRADICTED:
            return f"The accounts disagree on the {name}: {said}; {_conflict(finding)}."
        case _:
            both = "both" if len(finding.candidates) == 2 else "all"
            return f"The {name} is given as {said}, which can {both} be true."


def _say_single(
    finding: Finding,
    claims: Mapping[str, Claim],
    documents: Mapping[str, Document],
    entities: Mapping[str, Entity],
) -> str:
    candidate = finding.candidates[0]
    assert isinstance(candidate.value, Quantity)
    figure = say_quantity(candidate.value)
    who = holders(candidate, claims, documents, entities)
    predicate = _PREDICATES.get(finding.slot, "counted")
    people = "person was" if figure == "1" else "people were"
    return f"{figure[:1].upper()}{figure[1:]} {people} {predicate}, according to {who}."


def _conflict(finding: Finding) -> str:
    why = next(r.why for r in finding.relations if r.kind is RelationKind.CONTRADICTORY)
    return why.replace("“", "").replace("”", "")


def holders(
    candidate: Candidate,
    claims: Mapping[str, Claim],
    documents: Mapping[str, Document],
    entities: Mapping[str, Entity],
    *,
    dated: bool = False,
) -> str:
    """Who holds a value: the speakers where somebody says it, else the outlets, each once."""
    held: dict[str, None] = {}
    for claim_id in candidate.claim_ids:
        claim = claims[claim_id]
        name = label(documents[claim.passage.document_id])
        voice = next((v for v in claim.voices if v.name), None)
        if voice is not None and voice.name is not None:
            entity = entities.get(voice.speaker_id or "")
            speaker = re.sub(r"\s+", " ", entity.name if entity else voice.name)
            name = f"{speaker} in {name}"
        if dated and claim.as_of is not None and claim.as_of.start is not None:
            name += f", {say_when(When(None, None, claim.as_of.value.split('T')[0]))}"
        held[name] = None
    return "; ".join(held) if dated else listed(list(held))


def listed(items: Sequence[str]) -> str:
    """Items as prose: “a, b and c”."""
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + " and " + items[-1]
