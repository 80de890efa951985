"""Whether a dossier obeys the decisions it shows."""

from collections.abc import Iterator

from consilience.records import DecisionKind, Dossier
from consilience.tell.lookup import Lookup


def check_decisions(dossier: Dossier) -> Iterator[str]:
    """What is rejected is counted nowhere, and a lock has an analyst behind it."""
    counted = {k for f in dossier.findings for c in f.candidates for k in c.claim_ids}
    locks = set()
    for ruling in dossier.decisions:
        if ruling.kind is DecisionKind.REJECT:
            for record_id in ruling.record_ids:
                if record_id in counted:
                    yield f"decision {ruling.number}: claim {record_id} is rejected and counted"
                if any(entry.event_id == record_id for entry in dossier.timeline):
                    yield f"decision {ruling.number}: event {record_id} is rejected and told"
        if ruling.kind is DecisionKind.LOCK:
            locks |= {(ruling.made_by, record_id) for record_id in ruling.record_ids}
    for finding in dossier.findings:
        if finding.locked_by is not None and (finding.locked_by, finding.id) not in locks:
            yield f"finding {finding.id}: no decision of {finding.locked_by} locks it"


def undecided(dossier: Dossier, book: Lookup) -> Iterator[str]:
    """Records that decisions name and that are not there."""
    about = (book.entities, book.events, book.claims, book.findings, book.documents)
    known = {id_ for records in about for id_ in records}
    for ruling in dossier.decisions:
        for record_id in ruling.record_ids:
            if record_id not in known:
                yield f"decision {ruling.number}: no record {record_id}"
