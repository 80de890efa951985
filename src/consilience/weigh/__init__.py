"""Claims -> Findings: what the documents answer, how the answers stand, who depends on whom."""

from collections.abc import Sequence

from consilience.decisions import Numbered
from consilience.records import Case, Weighed
from consilience.roots import roots
from consilience.weigh.claims import find_claims
from consilience.weigh.decided import locked, rejected_claims
from consilience.weigh.embedded import find_embedded
from consilience.weigh.findings import find_findings
from consilience.weigh.versions import with_versions

__all__ = ["weigh"]


def weigh(case: Case, decisions: Sequence[Numbered] = ()) -> Weighed:
    """Hold all answers of a case side by side, agreement counted in independent origins.

    What analysts reject is kept among the claims, but no finding counts it.
    """
    origins = case.origins
    ledger = find_claims(case)
    rejected = rejected_claims(case, ledger.claims, decisions)
    counted = [claim for claim in ledger.claims if claim.id not in rejected]
    embedded = find_embedded(case.documents, case.readings, origins)
    findings = find_findings(counted, ledger.topics, ledger.acts, roots(origins, embedded), case)
    told = with_versions(case, findings, counted)
    answered = locked(case, told, counted, decisions)
    return Weighed(origins, ledger.claims, answered, rejected, embedded)
