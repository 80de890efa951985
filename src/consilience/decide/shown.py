"""What a terminal shows of decisions, of what may be decided on, and of what is believed."""

from collections.abc import Iterator, Mapping, Sequence

from consilience.decide.targets import Record
from consilience.decisions import say_decision, taken_back
from consilience.records import (
    Claim,
    Decision,
    Document,
    Dossier,
    Entity,
    Event,
    Finding,
    Judgement,
    Reading,
    Verdict,
)
from consilience.resolve.chains import chain_key, fold
from consilience.tell.lookup import lookup
from consilience.tell.phrases import say_value
from consilience.wording import label


def decisions_shown(decisions: Sequence[Decision], *, every: bool) -> Iterator[str]:
    """One line each; those taken back, and what took them back, only where `every` is asked."""
    undone = taken_back(decisions)
    for number, decision in enumerate(decisions, start=1):
        if every or (decision.undoes is None and number not in undone):
            reason = f": {decision.reason}" if decision.reason else ""
            end = f" (taken back by {undone[number]})" if number in undone else ""
            when = f"{decision.made[:10]} {decision.made[11:16]}"
            yield f"{number}  {when}  {decision.made_by} {say_decision(decision)}{reason}{end}"


def records_shown(dossier: Dossier, words: str) -> Iterator[str]:
    """Entities, events, findings, claims and documents in which the words stand, with their ids."""
    wanted = fold(words)
    book = lookup(dossier)
    for entity in dossier.entities:
        if wanted in fold(" ".join((entity.id, entity.name, *entity.names))):
            others = [name for name in entity.names if name != entity.name]
            also = f", also {', '.join(others)}" if others else ""
            also += "".join(f", {id_} on {list_name}" for list_name, id_ in entity.links)
            yield f"{entity.id}  {entity.kind} {entity.name} ({len(entity.mentions)}){also}"
    for event in dossier.events:
        if wanted in fold(f"{event.id} {event.name}"):
            when = f", {event.when.value}" if event.when else ""
            yield f"{event.id}  event {event.name}{when} ({len(event.mentions)})"
    for finding in dossier.findings:
        answers = " / ".join(say_value(c.value, book) for c in finding.candidates)
        about = book.name(finding.subject_id) or ""
        if wanted in fold(f"{finding.id} {finding.question} {answers} {about}"):
            yield f"{finding.id}  {finding.question} {answers}"
    for claim in dossier.claims:
        said = " ".join(book.words(claim.passage).split())
        value = f"{claim.slot} {say_value(claim.value, book)}"
        if wanted in fold(f"{claim.id} {value} {said}"):
            outlet = label(book.documents[claim.passage.document_id])
            yield f"{claim.id}  claim {value}: {outlet}, “{said}”"
    for document in dossier.documents:
        if wanted in fold(f"{document.id} {document.name} {label(document)}"):
            origin = book.origin_ids.get(document.id)
            yield f"{document.id}  document {document.name}: {label(document)}, of {origin}"


def why_one(
    record: Record, judgements: Sequence[Judgement], readings: Mapping[str, Reading]
) -> Iterator[str]:
    """The judgements that hold an entity or event together, or apart from others; surest first."""
    keys = frozenset(_keys(record, readings))
    lines: dict[str, tuple[bool, float]] = {}
    for judgement in judgements:
        ends = (judgement.left_id in keys) + (judgement.right_id in keys)
        if ends and (ends == 2 or judgement.verdict is not Verdict.SAME):
            line = (
                f"{judgement.verdict}  {judgement.score:.2f}  {judgement.made_by}: "
                f"{judgement.reason}"
            )
            lines[line] = (judgement.verdict is Verdict.SAME, judgement.score)
    yield from sorted(lines, key=lambda line: (not lines[line][0], -lines[line][1], line))


def _keys(record: Record, readings: Mapping[str, Reading]) -> Iterator[str]:
    match record:
        case Entity():
            meant = frozenset(record.mentions)
            for reading in readings.values():
                for mention in reading.mentions:
                    if mention.passage in meant:
                        yield chain_key(reading.document_id, mention.chain_id)
        case Event():
            meant = frozenset(record.mentions)
            for reading in readings.values():
                for proposition in reading.propositions:
                    if proposition.predicate in meant:
                        yield chain_key(reading.document_id, proposition.id)
        case Finding() | Claim() | Document():
            return
