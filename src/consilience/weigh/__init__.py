"""Claims -> Findings: what the documents answer, how the answers stand, who depends on whom."""

from consilience.records import Case, Weighed
from consilience.weigh.claims import find_claims
from consilience.weigh.findings import find_findings
from consilience.weigh.origins import find_origins

__all__ = ["weigh"]


def weigh(case: Case) -> Weighed:
    """Hold all answers of a case side by side, agreement counted in independent origins."""
    origins = find_origins(case.documents, case.readings)
    ledger = find_claims(case)
    names = {e.id: e.name for e in case.entities} | {e.id: e.name for e in case.events}
    findings = find_findings(ledger.claims, ledger.topics, origins, names)
    return Weighed(origins, ledger.claims, findings)
