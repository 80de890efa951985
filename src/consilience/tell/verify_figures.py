"""Whether claims say what their words say, and findings are what their claims make of them."""

import math
from collections.abc import Callable, Iterator, Sequence, Set

from consilience.records import (
    Candidate,
    Claim,
    Comparator,
    Dossier,
    Factuality,
    Finding,
    Polarity,
    Quantity,
    RelationKind,
    Status,
    Text,
    Truth,
    Value,
    When,
)
from consilience.tell.lookup import Lookup
from consilience.tell.support import support_of_words
from consilience.tell.verify_claims import check_claim

_STATUS = {
    RelationKind.SAME: Status.AGREED,
    RelationKind.COMPATIBLE: Status.COMPATIBLE,
    RelationKind.UPDATED: Status.UPDATED,
    RelationKind.CONTRADICTORY: Status.CONTRADICTED,
}
_STRENGTH = list(_STATUS)
# "About 40" allows a tenth either way.
_ABOUT = 0.1


def check_findings(dossier: Dossier, book: Lookup) -> Iterator[str]:
    for claim in dossier.claims:
        yield from (f"claim {claim.id}: {problem}" for problem in check_claim(claim, book))
    for finding in dossier.findings:
        problems = (*_candidates(finding, book), *_relations(finding, book), *_policies(finding))
        yield from (f"finding {finding.id}: {problem}" for problem in problems)


def _candidates(finding: Finding, book: Lookup) -> Iterator[str]:
    if not finding.candidates:
        yield "no candidate"
    held = [claim_id for c in finding.candidates for claim_id in c.claim_ids]
    if len(held) != len(set(held)):
        yield "one claim stands behind two candidates"
    for i, candidate in enumerate(finding.candidates):
        claims = [book.claims[claim_id] for claim_id in candidate.claim_ids]
        if claims:
            problems = (*_held(finding, candidate, claims), *_counted(candidate, claims, book))
            yield from (f"candidate {i}: {problem}" for problem in problems)
        else:
            yield f"candidate {i}: no claim"


def _held(finding: Finding, candidate: Candidate, claims: Sequence[Claim]) -> Iterator[str]:
    if candidate.value not in [claim.value for claim in claims]:
        yield "its value is the value of none of its claims"
    for claim in claims:
        if (claim.subject_id, claim.slot) != (finding.subject_id, finding.slot):
            yield f"claim {claim.id} answers another question"
        if not _is_one_value(candidate.value, claim.value):
            yield f"claim {claim.id} says something else"
        if claim.factuality is not Factuality.HAPPENED or claim.polarity is Polarity.NEGATIVE:
            yield f"claim {claim.id} does not state it as a fact"


def _is_one_value(a: Value, b: Value) -> bool:
    if isinstance(a, Text) and isinstance(b, Text):
        # Offices are held to be one across word order and spelling: at least a word is shared.
        return not support_of_words(a.text).words.isdisjoint(support_of_words(b.text).words)
    if isinstance(a, When) and isinstance(b, When):
        return (a.start, a.end, a.value) == (b.start, b.end, b.value)
    return a == b


def _counted(candidate: Candidate, claims: Sequence[Claim], book: Lookup) -> Iterator[str]:
    ids = {claim.passage.document_id for claim in claims}
    origins = book.behind.of_claims(claims)
    if candidate.n_documents != len(ids):
        yield f"{len(ids)} documents, not {candidate.n_documents}"
    if candidate.n_origins != len(origins):
        yield f"{len(origins)} origins, not {candidate.n_origins}"
    dated = [c.as_of for c in claims if c.as_of is not None and c.as_of.start is not None]
    for name, said, choose in (
        ("first said", candidate.first_said, min),
        ("last said", candidate.last_said, max),
    ):
        if said is None and not dated:
            continue
        if said not in dated or said.start != choose(w.start for w in dated if w.start):
            yield f"{name} {said.value if said else None} is not so by its claims"
    if not 0 <= candidate.belief <= 1:
        yield f"belief {candidate.belief} is not between 0 and 1"


def _relations(finding: Finding, book: Lookup) -> Iterator[str]:
    n = len(finding.candidates)
    pairs = [(relation.a, relation.b) for relation in finding.relations]
    if sorted(pairs) != [(a, b) for a in range(n) for b in range(a + 1, n)]:
        yield "not one relation for each two candidates"
        return
    for relation in finding.relations:
        a, b = (finding.candidates[i].value for i in (relation.a, relation.b))
        if relation.kind not in _possible(a, b):
            yield f"{relation.kind} cannot be so of candidates {relation.a} and {relation.b}"
        if not relation.why.strip():
            yield f"no reason for candidates {relation.a} and {relation.b}"
    kinds = [relation.kind for relation in finding.relations]
    strongest = max(kinds, key=_STRENGTH.index, default=RelationKind.SAME)
    expected = {_STATUS[strongest]}
    held = [[book.claims[c] for c in candidate.claim_ids] for candidate in finding.candidates]
    if len(frozenset().union(*map(book.behind.of_claims, held))) == 1:
        same = strongest is RelationKind.SAME
        expected = {Status.SINGLE_ORIGIN} if same else expected | {Status.SINGLE_ORIGIN}
    if finding.status not in expected:
        yield f"{finding.status} where its relations and origins give {min(expected)}"


def _possible(a: Value, b: Value) -> Set[RelationKind]:
    """The relations that two values allow, whatever the rules that chose among them."""
    clash = {RelationKind.CONTRADICTORY, RelationKind.UPDATED}
    if isinstance(a, Truth) and isinstance(b, Truth):
        return set(RelationKind) - (clash if a == b else {RelationKind.SAME})
    ours, theirs = _bounds(a), _bounds(b)
    if ours is None or theirs is None:
        return set(RelationKind) - (clash if a == b else set())
    are_apart = ours[0] > theirs[1] or theirs[0] > ours[1]
    return (
        set(RelationKind)
        - ({RelationKind.SAME} if are_apart else set())
        - (clash if ours == theirs else set())
    )


def _policies(finding: Finding) -> Iterator[str]:
    for name, rank in _RANKS.items():
        chosen = getattr(finding.policies, name)
        ranked = {i: r for i, c in enumerate(finding.candidates) if (r := rank(c)) is not None}
        if chosen is None:
            if ranked and name in {"low", "high", "latest", "most_origins"}:
                yield f"no {name}, though there is one"
            continue
        places = [i for i, c in enumerate(finding.candidates) if c.value == chosen]
        if not places:
            yield f"{name} is the value of no candidate"
        elif ranked and all(ranked.get(i) != max(ranked.values()) for i in places):
            yield f"{name} is another candidate's value"
    yield from _range(finding)


def _range(finding: Finding) -> Iterator[str]:
    """A range runs from a figure on offer to another one."""
    chosen = finding.policies.range
    if chosen is None:
        return
    offered = {
        number
        for c in finding.candidates
        if isinstance(c.value, Quantity)
        for number in (c.value.low, c.value.high)
    }
    ends = {chosen.low, chosen.high} if isinstance(chosen, Quantity) else {None}
    if not ends <= offered:
        yield "range does not run from a candidate's figure to another's"


def _bounds(value: Value) -> tuple[float, float] | None:
    """The lowest and highest number that a quantity allows."""
    if not isinstance(value, Quantity):
        return None
    numbers = [float(n) for n in (value.low, value.high) if n is not None] or [math.nan]
    match value.comparator:
        case Comparator.AT_LEAST | Comparator.MORE_THAN:
            return numbers[0], math.inf
        case Comparator.AT_MOST | Comparator.LESS_THAN:
            return 0.0, numbers[-1]
        case Comparator.ABOUT:
            return numbers[0] * (1 - _ABOUT), numbers[-1] * (1 + _ABOUT)
        case _:
            return numbers[0], numbers[-1]


def _lowness(candidate: Candidate) -> float | None:
    bounds = _bounds(candidate.value)
    return None if bounds is None else -bounds[0]


def _highness(candidate: Candidate) -> float | None:
    bounds = _bounds(candidate.value)
    if bounds is None:
        return None
    return bounds[0] if bounds[1] == math.inf else bounds[1]


def _lateness(candidate: Candidate) -> float | None:
    last = candidate.last_said
    return last.start.timestamp() if last is not None and last.start is not None else None


# What each policy takes the most of; where it also asks who speaks or what is a part, its choice
# only has to be on offer.
_RANKS: dict[str, Callable[[Candidate], float | None]] = {
    "low": _lowness,
    "high": _highness,
    "latest": _lateness,
    "most_origins": lambda candidate: candidate.n_origins,
    "best": lambda _: None,
    "lowest_supported": lambda _: None,
    "latest_official": lambda _: None,
}
