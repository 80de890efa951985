"""Analysts' decisions as this account shows them, with what each tells on in it."""

from collections.abc import Callable, Iterator, Sequence

from consilience.decisions import (
    Numbered,
    claims_meant,
    documents_meant,
    finding_meant,
    located,
    pointed_at,
    say_decision,
    standing_at,
    texts,
)
from consilience.records import Case, DecisionKind, Ruling, Target, TargetKind, Weighed


def rulings(case: Case, weighed: Weighed, decisions: Sequence[Numbered]) -> tuple[Ruling, ...]:
    """The decisions in force, oldest first; one whose words are gone tells on nothing."""
    if not decisions:
        return ()  # without a look at every mention of the case
    find = _finder(case, weighed)
    unlocked = {finding.id for finding in weighed.findings if finding.locked_by is None}
    made = []
    for number, decision in decisions:
        meant = [id_ for target in decision.targets for id_ in find(target)]
        if decision.kind is DecisionKind.REJECT:
            # The last event of a case stays, whoever rejects it.
            meant = [id_ for id_ in meant if id_ in case.rejected or id_ in weighed.rejected]
        if decision.kind is DecisionKind.LOCK and unlocked.intersection(meant):
            meant = []  # the answer that was chosen is gone
        made.append(
            Ruling(
                number,
                decision.kind,
                say_decision(decision),
                decision.made_by,
                decision.made,
                decision.reason,
                tuple(dict.fromkeys(meant)),
            )
        )
    return tuple(made)


def _finder(case: Case, weighed: Weighed) -> Callable[[Target], Iterator[str]]:
    known = texts(case.documents)
    entities = located((at, entity.id) for entity in case.entities for at in entity.mentions)
    events = located((at, event.id) for event in case.events for at in event.mentions)

    def find(target: Target) -> Iterator[str]:
        match target.kind:
            case TargetKind.ENTITY | TargetKind.EVENT:
                places = entities if target.kind is TargetKind.ENTITY else events
                found = pointed_at(target, known, lambda at: standing_at(places, at))
                yield from () if found is None else (found,)
            case TargetKind.DOCUMENT:
                yield from documents_meant([target], known)
            case TargetKind.CLAIM:
                yield from (claim.id for claim in claims_meant(target, weighed.claims, known))
            case TargetKind.FINDING:
                finding = finding_meant(target, weighed.findings, weighed.claims, known)
                yield from () if finding is None else (finding.id,)

    return find
