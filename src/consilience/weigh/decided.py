"""What analysts reject does not count, what they lock is the answer, and who draws on whom."""

from collections.abc import Sequence
from dataclasses import replace

from consilience.decisions import (
    Numbered,
    Texts,
    claims_meant,
    documents_meant,
    finding_meant,
    on,
    texts,
)
from consilience.records import (
    Candidate,
    Case,
    Claim,
    DecisionKind,
    Document,
    Finding,
    Origin,
    Target,
    TargetKind,
)
from consilience.weigh.origins import first_published, origin_of


def origins_as_decided(
    documents: Sequence[Document], origins: Sequence[Origin], decisions: Sequence[Numbered]
) -> tuple[Origin, ...]:
    """The origins after analysts' merges and splits of documents; links across them are gone."""
    said = on(TargetKind.DOCUMENT, decisions)
    if not said:
        return tuple(origins)
    known = texts(documents)
    group = {d: origin.id for origin in origins for d in origin.document_ids}
    for number, decision in said:
        first, *others = (documents_meant([target], known) for target in decision.targets)
        together = {group[d] for ids in (first, *others) for d in ids}
        if decision.kind is DecisionKind.MERGE:
            group |= {d: group[first[0]] for d in group if first and group[d] in together}
        elif decision.kind is DecisionKind.SPLIT:
            stays = {group[d] for d in first}
            group |= {d: f"{number}" for ids in others for d in ids if group[d] in stays}
    order = {d.id: n for n, d in enumerate(sorted(documents, key=first_published))}
    members: dict[str, list[str]] = {}
    for document_id in order:
        members.setdefault(group[document_id], []).append(document_id)
    links = [link for origin in origins for link in origin.links]
    return tuple(
        origin_of(ids, [k for k in links if {k.copy_id, k.of_id} <= set(ids)], order)
        for ids in members.values()
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
            if finding is None:
                continue
            candidate = _chosen(finding, chosen, claims, known)
            if candidate is not None:
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
