"""An analyst's words as decisions, checked against the last dossier."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from consilience.decide.targets import (
    candidate_target,
    candidate_valued,
    claim_target,
    mentioned,
    passage_named,
    quotes_at,
    record_named,
    target_of,
)
from consilience.decisions import taken_back
from consilience.errors import InputError
from consilience.ingest.known import parse_known
from consilience.records import (
    Claim,
    Decision,
    DecisionKind,
    Document,
    Dossier,
    Entity,
    Event,
    Finding,
    Known,
    Target,
)
from consilience.resolve.chains import fold
from consilience.tell.lookup import lookup

# The program's own judgements are known by this beginning of their maker's name.
_OURS = "consilience"


@dataclass(frozen=True, slots=True)
class Analyst:
    """Who decides, when and why."""

    name: str
    now: str
    reason: str

    def says(self, kind: DecisionKind, *targets: Target, names: tuple[str, ...] = ()) -> Decision:
        return Decision(kind, targets, names, None, self.name, self.now, self.reason)


def analyst(name: str, reason: str, now: datetime) -> Analyst:
    """
    Raises:
        InputError: the name is empty, or the program's.
    """
    if not name.strip() or name.strip().lower().startswith(_OURS):
        raise InputError(f"{name!r}: not an analyst's name; give yours")
    made = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Analyst(" ".join(name.split()), made, " ".join(reason.split()))


def listed_ids(lists: Iterable[tuple[str, bytes]]) -> frozenset[str]:
    """Who may be merged with: “<list>:<id>” of all on lists of known people."""
    return frozenset(
        f"{known.list_name}:{known.id}"
        for list_name, raw in lists
        for known in parse_known(list_name, raw)
        if isinstance(known, Known)
    )


def merge(
    analyst: Analyst, dossier: Dossier, given: Sequence[str], listed: Container[str] = ()
) -> Decision:
    """Two or more entities or events are one, documents go back to one report, or an entity is
    one on a list: “<list>:<id>”."""
    known = tuple(words for words in given if words in listed)
    if known:
        entity = record_named(next((words for words in given if words not in listed), ""), dossier)
        if not isinstance(entity, Entity) or len(given) != len(known) + 1:
            raise InputError(f"{', '.join(given)}: name one entity with who it is on a list")
        return analyst.says(DecisionKind.MERGE, target_of(entity, dossier), names=known)
    found = list({r.id: r for r in (record_named(words, dossier) for words in given)}.values())
    if len(found) < 2:
        raise InputError(f"{given[0]}: merge it with what? name at least two that are not one yet")
    for kind in (Entity, Event, Document):
        if all(isinstance(record, kind) for record in found):
            targets = [target_of(record, dossier) for record in found]
            return analyst.says(DecisionKind.MERGE, *targets)
    raise InputError(
        f"{', '.join(given)}: not all entities, all events or all documents; merge like with like"
    )


def split(analyst: Analyst, dossier: Dossier, given: str, others: Sequence[str]) -> Decision:
    """Some names or mentions of an entity or event are something else, together; documents go
    back to another report than the first."""
    record = record_named(given, dossier)
    if isinstance(record, Document):
        apart = [record_named(other, dossier) for other in others]
        if not all(isinstance(other, Document) and other != record for other in apart):
            raise InputError(f"{', '.join(others)}: name documents that {given} does not draw on")
        targets = [target_of(other, dossier) for other in (record, *apart)]
        return analyst.says(DecisionKind.SPLIT, *targets)
    if not isinstance(record, Entity | Event):
        raise InputError(f"{given}: only entities, events and documents are split")
    words = lookup(dossier).words
    links = {f"{list_name}:{id_}" for list_name, id_ in getattr(record, "links", ())}
    known = {fold(" ".join(words(at).split())) for at in record.mentions}
    names, leaving = [], []
    for other in others:
        if fold(other) in known or other in links:
            names.append(other)
            continue
        passage = passage_named(other, dossier)
        at = None if passage is None else mentioned(passage, record.mentions)
        if at is None:
            called = ", ".join(record.names) if isinstance(record, Entity) else "its mentions"
            raise InputError(f"{other}: not a mention of “{record.name}”; it has {called}")
        leaving.append(at)
    folded = frozenset(map(fold, names))
    gone = [at for at in record.mentions if at in leaving or fold(words(at)) in folded]
    stays = target_of(record, dossier, gone)
    if not stays.quotes:
        raise InputError(f"{given}: nothing of it would stay; name some of its mentions, not all")
    quotes = quotes_at(leaving, dossier)
    shown = ", ".join(f"{q.text} ({q.document_name}:{q.passage.start})" for q in quotes)
    parted = [Target(stays.kind, shown, quotes)] if quotes else []
    return analyst.says(DecisionKind.SPLIT, stays, *parted, names=tuple(names))


def reject(analyst: Analyst, dossier: Dossier, given: Sequence[str], value: str | None) -> Decision:
    """Claims, an answer to a question with all its claims, or events no longer count."""
    targets: list[Target] = []
    book = lookup(dossier)
    for words in given:
        record = record_named(words, dossier)
        match record:
            case Claim():
                targets.append(claim_target(record, book))
            case Event():
                if len(dossier.events) == 1:
                    raise InputError(f"{words}: the only event of the case; it cannot be rejected")
                targets.append(target_of(record, dossier))
            case Finding():
                if value is None:
                    raise InputError(f"{words}: which answer? name it with --value")
                targets += _claimed(record, value, dossier)
            case Entity() | Document():
                raise InputError(
                    f"{words}: entities and documents are merged or split, not rejected; "
                    "reject what is claimed"
                )
    if len({target.kind for target in targets}) > 1:
        raise InputError(f"{', '.join(given)}: claims and events; reject them one after the other")
    return analyst.says(DecisionKind.REJECT, *targets)


def _claimed(finding: Finding, value: str, dossier: Dossier) -> list[Target]:
    """The claims behind an answer: together where they say it alike, else one by one."""
    candidate = candidate_valued(finding, value, dossier)
    book = lookup(dossier)
    claims = [book.claims[claim_id] for claim_id in candidate.claim_ids]
    if all(claim.value == candidate.value for claim in claims):
        together = candidate_target(finding, candidate, dossier)
        question = finding.slot.removeprefix("count:")
        return [replace(together, name=f"{question} {together.name}")]
    return [claim_target(claim, book) for claim in claims]


def lock(analyst: Analyst, dossier: Dossier, given: str, value: str) -> Decision:
    """A question is answered by this one of its answers."""
    finding = record_named(given, dossier)
    if not isinstance(finding, Finding):
        raise InputError(f"{given}: not a finding; only the answer to a question is locked")
    chosen = candidate_target(finding, candidate_valued(finding, value, dossier), dossier)
    return analyst.says(DecisionKind.LOCK, target_of(finding, dossier), chosen)


def note(analyst: Analyst, dossier: Dossier, given: str) -> Decision:
    """A remark that changes nothing."""
    return analyst.says(DecisionKind.NOTE, target_of(record_named(given, dossier), dossier))


def undo(analyst: Analyst, decisions: Sequence[Decision], number: int) -> Decision:
    """A decision is taken back, or an undo of one."""
    if not 1 <= number <= len(decisions):
        raise InputError(f"{number}: no such decision; consilience decide CASE.db list names them")
    undone = taken_back(decisions)
    if number in undone:
        raise InputError(f"{number}: taken back already, by {undone[number]}; undo that instead")
    return Decision(DecisionKind.UNDO, (), (), number, analyst.name, analyst.now, analyst.reason)
