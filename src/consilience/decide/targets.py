"""What an analyst points at in the last dossier, as words that outlive its ids."""

import re
from collections.abc import Iterable, Sequence

from consilience.errors import InputError, NotFoundError
from consilience.records import (
    Candidate,
    Claim,
    Document,
    Dossier,
    Entity,
    Event,
    Finding,
    Passage,
    Quantity,
    Quote,
    Target,
    TargetKind,
)
from consilience.resolve.chains import fold
from consilience.tell.lookup import Lookup, lookup
from consilience.tell.phrases import say_value
from consilience.wording import label

Record = Entity | Event | Finding | Claim | Document
# So many words are enough to find a thing again, though some be gone or read otherwise.
_QUOTES_MAX = 12
# Shorter beginnings of an id are rather names.
_PREFIX_MIN = 8
_LISTED_MAX = 5
# So much around words tells one place from another where a text was changed.
_AROUND_CHARS = 40
_PASSAGE = re.compile(r"(?P<document>.+):(?P<start>\d+)-(?P<end>\d+)")


def record_named(words: str, dossier: Dossier) -> Record:
    """The one record with that id, beginning of an id, name or question.

    Raises:
        NotFoundError: there is none.
        InputError: there are several.
    """
    every: tuple[Record, ...] = (
        *dossier.entities,
        *dossier.events,
        *dossier.findings,
        *dossier.claims,
        *dossier.documents,
    )
    found = [record for record in every if record.id == words]
    if not found and len(words) >= _PREFIX_MIN:
        found = [record for record in every if record.id.startswith(words)]
    if not found:
        found = [record for record in every if fold(_called(record)) == fold(words)]
    if not found:
        named = [e for e in dossier.entities if fold(words) in map(fold, e.names)]
        found = list(named)
    if not found:
        raise NotFoundError(
            f"{words}: nothing of that id or name in the last account; "
            "list what there is with: consilience decide CASE.db show"
        )
    if len(found) > 1:
        several = ", ".join(record.id for record in found[:_LISTED_MAX])
        raise InputError(f"{words}: {len(found)} are called so; give the id of one ({several})")
    return found[0]


def _called(record: Record) -> str:
    match record:
        case Entity() | Event() | Document():
            return record.name
        case Finding():
            return record.question
        case Claim():
            return record.id


def target_of(record: Record, dossier: Dossier, without: Sequence[Passage] = ()) -> Target:
    """The record by its words, but those `without`."""
    book = lookup(dossier)
    match record:
        case Entity():
            said = [at for at in record.mentions if _squeezed(book.words(at)) in record.names]
            # Fuller names are surer to be read as the same again.
            said.sort(key=lambda at: (-len(book.words(at).split()), at))
            quotes = _quotes(_spread(said, without), book)
            return Target(TargetKind.ENTITY, record.name, quotes)
        case Event():
            quotes = _quotes(_spread(record.mentions, without), book)
            return Target(TargetKind.EVENT, record.name, quotes)
        case Finding():
            claims = [book.claims[k] for c in record.candidates for k in c.claim_ids]
            quotes = _quotes((claim.passage for claim in claims), book)
            return Target(TargetKind.FINDING, record.question, quotes, record.slot)
        case Claim():
            return claim_target(record, book)
        case Document():
            first = Passage(record.id, 0, min(_AROUND_CHARS, len(record.text)))
            return Target(TargetKind.DOCUMENT, label(record), _quotes([first], book))


def claim_target(claim: Claim, book: Lookup) -> Target:
    outlet = label(book.documents[claim.passage.document_id])
    name = f"{claim.slot.removeprefix('count:')} {say_value(claim.value, book)} ({outlet})"
    quotes = _quotes([claim.passage], book)
    return Target(TargetKind.CLAIM, name, quotes, claim.slot, claim.value)


def candidate_target(finding: Finding, candidate: Candidate, dossier: Dossier) -> Target:
    """The value of a candidate, by the words of all its claims."""
    book = lookup(dossier)
    quotes = _quotes((book.claims[claim_id].passage for claim_id in candidate.claim_ids), book)
    name = say_value(candidate.value, book)
    return Target(TargetKind.CLAIM, name, quotes, finding.slot, candidate.value)


def candidate_valued(finding: Finding, value: str, dossier: Dossier) -> Candidate:
    """The candidate whose value reads so, or is that number; InputError where none or several."""
    book = lookup(dossier)
    wanted = fold(value)
    found = [c for c in finding.candidates if fold(say_value(c.value, book)) == wanted]
    found = found or [c for c in finding.candidates if wanted in _numbers(c)]
    if len(found) != 1:
        offered = ", ".join(say_value(c.value, book) for c in finding.candidates)
        how = "no document answers so" if not found else "several answers are so"
        raise InputError(f"{value}: {how} to “{finding.question}”; choose one of: {offered}")
    return found[0]


def _numbers(candidate: Candidate) -> tuple[str, ...]:
    value = candidate.value
    if not isinstance(value, Quantity):
        return ()
    return tuple(f"{number:g}" for number in (value.low, value.high) if number is not None)


def passage_named(words: str, dossier: Dossier) -> Passage | None:
    """The passage that “DOCUMENT:START-END” gives, DOCUMENT its id or name; None: no such form.

    Raises:
        InputError: no such document, or no such place in it.
    """
    form = _PASSAGE.fullmatch(words)
    if form is None:
        return None
    start, end = int(form["start"]), int(form["end"])
    for document in dossier.documents:
        if form["document"] in (document.id, document.name):
            if not start < end <= len(document.text):
                raise InputError(
                    f"{words}: not in the text, which has {len(document.text)} characters"
                )
            return Passage(document.id, start, end)
    raise InputError(f"{words}: no document {form['document']}; give its id or its name")


def mentioned(passage: Passage, mentions: Iterable[Passage]) -> Passage | None:
    """The mention that lies there."""
    return next(
        (
            at
            for at in mentions
            if at.document_id == passage.document_id
            and at.start < passage.end
            and passage.start < at.end
        ),
        None,
    )


def quotes_at(passages: Iterable[Passage], dossier: Dossier) -> tuple[Quote, ...]:
    return _quotes(passages, lookup(dossier))


def _quotes(passages: Iterable[Passage], book: Lookup) -> tuple[Quote, ...]:
    return tuple(_quote(at, book.documents[at.document_id]) for at in dict.fromkeys(passages))


def _quote(at: Passage, document: Document) -> Quote:
    text = document.text
    before, after = text[max(0, at.start - _AROUND_CHARS) : at.start], text[at.end :]
    return Quote(at, document.name, text[at.start : at.end], before, after[:_AROUND_CHARS])


def _spread(passages: Sequence[Passage], without: Sequence[Passage]) -> list[Passage]:
    """A dozen of them from as many documents as can be."""
    turn: dict[str, int] = {}
    ranked = []
    for n, at in enumerate(passages):
        if at not in without:
            turn[at.document_id] = turn.get(at.document_id, 0) + 1
            ranked.append((turn[at.document_id], n, at))
    return [at for _, _, at in sorted(ranked)[:_QUOTES_MAX]]


def _squeezed(words: str) -> str:
    return " ".join(words.split())
