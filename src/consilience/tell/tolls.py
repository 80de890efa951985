"""Where the figures of people stand, and which of them did not last."""

from consilience.records import Candidate, Finding, Passage, Quantity, Status
from consilience.tell.material import Material

TOLLS = frozenset({"killed", "injured", "missing", "detained"})


def stale(known: Material) -> list[Passage]:
    """Where figures stand that did not last, or that others dispute."""
    open_statuses = {Status.UPDATED, Status.CONTRADICTED}
    return [
        known.claims[k].passage
        for finding in known.findings
        if finding.subject_id == known.main.id
        and finding.slot in TOLLS
        and finding.status in open_statuses
        for candidate in finding.candidates
        if isinstance(candidate.value, Quantity) and not _prevails(finding, candidate)
        for k in candidate.claim_ids
    ]


def tolls(known: Material) -> set[Passage]:
    """Where figures of people are given."""
    return {c.passage for c in known.claims.values() if c.slot in TOLLS}


def _prevails(finding: Finding, candidate: Candidate) -> bool:
    """Whether most origins that give a figure give this one, and it is the one believed."""
    n_origins = sum(c.n_origins for c in finding.candidates)
    return candidate.value == finding.policies.best and 2 * candidate.n_origins > n_origins
