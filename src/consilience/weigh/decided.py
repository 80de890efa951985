"""What analysts reject does not count, and what they lock is the answer."""

from collections.abc import Sequence
from dataclasses import replace

from consilience.decisions import (
    Numbered,
    Texts,
    claims_meant,
    finding_meant,
    on,
    texts,
)
from consilience.records import (
    Candidate,
    Case,
    Claim,
    DecisionKind,
    Finding,
    Target,
    TargetKind,
)


def rejected_claims(
    case: Case, claims: Sequence[Claim], decisions: Sequence[Numbered]
) -> tuple[str, ...]:
    """The ids of claims that do not count: rejected themselves, or made on a rejected event."""
    known = texts(case.documents)
    ids = {claim.id for claim in claims if claim.subject_id in case.rejected}
    for _, decision in on(TargetKind.CLAIM, decisions):
        if decision.kind is DecisionKind.REJECT:
            for target in decision.targets:
                ids |= {claim.id for claim in claims_meant(target, claims, known)}
    return tuple(sorted(ids))


def locked(
    case: Case, findings: Sequence[Finding], claims: Sequence[Claim], decisions: Sequence[Numbered]
) -> tuple[Finding, ...]:
    """The findings, those that an analyst answered with that answer; the last word stands."""
    known = texts(case.documents)
    found = {finding.id: finding for finding in findings}
    for _, decision in on(TargetKind.FINDING, decisions):
        if decision.kind is DecisionKind.LOCK:
            asked, chosen = decision.targets
            finding = finding_meant(asked, findings, claims, known)
            candidate = finding and _chosen(finding, chosen, claims, known)
            if finding is not None and candidate is not None:
                found[finding.id] = replace(
                    finding,
                    policies=replace(finding.policies, best=candidate.value),
                    locked_by=decision.made_by,
                )
    return tuple(found.values())


def _chosen(
    finding: Finding, chosen: Target, claims: Sequence[Claim], known: Texts
) -> Candidate | None:
    """The candidate of the value chosen, by its words or, where those are gone, as it is."""
    meant = {claim.id for claim in claims_meant(chosen, claims, known)}
    held = [c for c in finding.candidates if meant.intersection(c.claim_ids)]
    alike = [c for c in finding.candidates if c.value == chosen.value]
    return next(iter((*held, *alike)), None)
