"""What the server shows beside the answers of a case, as plain JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from consilience.answers import claims_to_json, passages_to_json
from consilience.decisions import Numbered, say_decision, taken_back
from consilience.interchange import change_to_json, document_to_json
from consilience.records import Claim, Decision, Document, Dossier
from consilience.shapes import JsonObject
from consilience.store import Addition, StateLine, Token
from consilience.store.register import AdditionStatus
from consilience.tell.lookup import Lookup, lookup
from consilience.web.editing import Decided, MeanwhileError
from consilience.web.served import ServedCase, Snapshot
from consilience.web.work import Work
from consilience.wording import label, say_when


def documents_to_json(dossier: Dossier) -> list[JsonObject]:
    book = lookup(dossier)
    n_claims: dict[str, int] = {}
    for claim in dossier.claims:
        document_id = claim.passage.document_id
        n_claims[document_id] = n_claims.get(document_id, 0) + 1
    return [
        {
            "id": d.id,
            "name": d.name,
            "source": label(d),
            "title": d.title,
            "url": d.url,
            "author": d.author,
            "published": say_when(d.published) if d.published else None,
            "language": d.language,
            "origin": book.origin_ids.get(d.id),
            "n_claims": n_claims.get(d.id, 0),
            "n_characters": len(d.text),
        }
        for d in dossier.documents
    ]


def resting_on(document: Document, dossier: Dossier) -> JsonObject:
    """A document with its text, and all that rests on it."""
    book = lookup(dossier)
    claims = [c for c in dossier.claims if c.passage.document_id == document.id]
    held = {c.id for c in claims}
    return {
        "document": document_to_json(document),
        "claims": claims_with_passages(claims, book),
        "sentences": [
            {
                "index": n,
                "text": sentence.text,
                "passages": passages_to_json(
                    [p for p in sentence.passages if p.document_id == document.id], book
                ),
            }
            for n, sentence in enumerate(dossier.account)
            if any(p.document_id == document.id for p in sentence.passages)
        ],
        "findings": [
            {"id": f.id, "question": f.question, "status": f.status}
            for f in dossier.findings
            if any(k in held for c in f.candidates for k in c.claim_ids)
        ],
        "quotations": [
            {
                "speaker": book.name(q.speaker_id),
                "direct": q.direct,
                **passages_to_json([q.passage], book)[0],
            }
            for q in dossier.quotations
            if q.passage.document_id == document.id
        ],
    }


def claims_with_passages(claims: Sequence[Claim], book: Lookup) -> list[JsonObject]:
    return [
        {**said, "passage": passages_to_json([claim.passage], book)[0]}
        for said, claim in zip(claims_to_json(claims, book), claims, strict=True)
    ]


def states_to_json(states: Sequence[StateLine]) -> list[JsonObject]:
    return [{**asdict(s), "changes": [change_to_json(c) for c in s.changes or ()]} for s in states]


def decisions_to_json(snapshot: Snapshot, *, every: bool) -> list[JsonObject]:
    """Oldest first; those taken back, and what took them back, only where `every` is asked."""
    shown = _decisions(snapshot.decisions, snapshot.dossier)
    return [one for one in shown if every or one["in_force"]]


def decision_to_json(snapshot: Snapshot, number: int) -> JsonObject | None:
    shown = _decisions(snapshot.decisions, snapshot.dossier)
    return next((one for one in shown if one["number"] == number), None)


def decided_to_json(decided: Decided, snapshot: Snapshot) -> JsonObject:
    meanwhile = {number for number, _ in decided.meanwhile}
    shown = [*_decisions(snapshot.decisions, snapshot.dossier)]
    return {
        "decision": shown[decided.number - 1],
        "meanwhile": [one for one in shown if one["number"] in meanwhile],
    }


def meanwhile_to_json(error: MeanwhileError) -> JsonObject:
    return {
        "meanwhile": [_decision(numbered) for numbered in error.meanwhile],
        "changes": [change_to_json(change) for change in error.changes],
        "version": error.version,
    }


def _decisions(decisions: Sequence[Decision], dossier: Dossier) -> Iterator[JsonObject]:
    """Each with what became of it, and whether the account follows that already."""
    undone = taken_back(decisions)
    rulings = {ruling.number: ruling.record_ids for ruling in dossier.decisions}
    for number, decision in enumerate(decisions, start=1):
        about = number
        while (undoes := decisions[about - 1].undoes) is not None:
            about = undoes
        yield {
            **_decision((number, decision)),
            "taken_back_by": undone.get(number),
            "in_force": number not in undone and decision.undoes is None,
            "told": (about not in undone) == (about in rulings),
            "records": [*rulings.get(number, ())],
        }


def _decision(numbered: Numbered) -> JsonObject:
    number, decision = numbered
    return {
        "number": number,
        "kind": decision.kind,
        "text": say_decision(decision),
        "made_by": decision.made_by,
        "made": decision.made,
        "reason": decision.reason,
        "undoes": decision.undoes,
    }


def additions_to_json(additions: Sequence[Addition]) -> list[JsonObject]:
    return [asdict(addition) for addition in additions]


def tokens_to_json(tokens: Sequence[Token], now: str) -> list[JsonObject]:
    """Everything of them but what knows their secret."""
    return [
        {
            "name": t.name,
            "role": t.role,
            "made": t.made,
            "expires": t.expires,
            "expired": t.expires <= now,
        }
        for t in tokens
    ]


def progress_to_json(case: ServedCase, work: Work) -> JsonObject:
    n_waiting = sum(a.status is AdditionStatus.WAITING for a in case.additions())
    return {**asdict(work.progress()), "n_waiting": n_waiting, "told": case.is_told()}
