"""Where answers stand that a desk tells with care: disputed ones, and tolls that did not last."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from consilience.records import (
    Candidate,
    Claim,
    Factuality,
    Finding,
    Passage,
    Quantity,
    RelationKind,
    Status,
    Weighed,
)

TOLLS = frozenset({"killed", "injured", "missing", "detained"})


@dataclass(frozen=True, slots=True)
class Open:
    """By document: `stale`, tolls that did not last or that others dispute; `disputed`, answers
    that another excludes; `questions`, those of them that are no tolls; `withdrawn`, figures that
    somebody takes back."""

    stale: Mapping[str, Sequence[Passage]]
    disputed: Mapping[str, Sequence[Passage]]
    questions: Mapping[str, Sequence[Passage]]
    withdrawn: Mapping[str, Sequence[Passage]]


def holds_any(passages: Mapping[str, Sequence[Passage]], outer: Passage) -> bool:
    """Whether one of the passages lies within `outer`."""
    return any(
        outer.start <= p.start and p.end <= outer.end for p in passages.get(outer.document_id, ())
    )


def open_answers(weighed: Weighed, main_id: str) -> Open:
    claims = {c.id: c for c in weighed.claims}
    disputed = {claims[k].passage for k in _excluded(weighed.findings)}
    withdrawn = set(_taken_back(weighed.claims))
    disputed |= withdrawn
    tolls = {c.passage for c in weighed.claims if c.slot in TOLLS}
    return Open(
        stale=_by_document(_stale(weighed.findings, claims, main_id)),
        disputed=_by_document(disputed),
        questions=_by_document(disputed - tolls),
        withdrawn=_by_document(withdrawn),
    )


def _by_document(passages: Iterable[Passage]) -> Mapping[str, Sequence[Passage]]:
    grouped: dict[str, list[Passage]] = defaultdict(list)
    for passage in sorted(passages):
        grouped[passage.document_id].append(passage)
    return dict(grouped)


def _taken_back(claims: Sequence[Claim]) -> Iterable[Passage]:
    """Where figures stand that somebody takes back: a correction gives both."""
    wrong = {
        (c.subject_id, c.slot, repr(c.value))
        for c in claims
        if c.factuality is Factuality.NOT_HAPPENED and isinstance(c.value, Quantity)
    }
    return (c.passage for c in claims if (c.subject_id, c.slot, repr(c.value)) in wrong)


def _excluded(findings: Sequence[Finding]) -> Iterable[str]:
    """The claims whose answer another answer excludes."""
    for finding in findings:
        sides = {
            side
            for relation in finding.relations
            if relation.kind is RelationKind.CONTRADICTORY
            for side in (relation.a, relation.b)
        }
        for side in sides:
            yield from finding.candidates[side].claim_ids


def _stale(
    findings: Sequence[Finding], claims: Mapping[str, Claim], main_id: str
) -> Iterable[Passage]:
    open_statuses = {Status.UPDATED, Status.CONTRADICTED}
    return {
        claims[k].passage
        for finding in findings
        if finding.subject_id == main_id
        and finding.slot in TOLLS
        and finding.status in open_statuses
        for candidate in finding.candidates
        if isinstance(candidate.value, Quantity) and not _prevails(finding, candidate)
        for k in candidate.claim_ids
    }


def _prevails(finding: Finding, candidate: Candidate) -> bool:
    """Whether most origins that give a figure give this one, and it is the one believed."""
    n_origins = sum(c.n_origins for c in finding.candidates)
    return candidate.value == finding.policies.best and 2 * candidate.n_origins > n_origins
