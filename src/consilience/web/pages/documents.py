"""The page of a document as it was given, with what was read from it marked."""

from typing import Any

from consilience.errors import NotFoundError
from consilience.records import Document, Dossier, Passage
from consilience.tell.evidence import segments
from consilience.tell.lookup import Lookup, lookup
from consilience.tell.phrases import count, say_dated, say_value
from consilience.web.pages.quoting import address
from consilience.web.pages.render import Visit, page
from consilience.wording import label, language_name, say_unread, say_when


def document_page(
    visit: Visit, dossier: Dossier, document_id: str, here: tuple[int, int] | None = None
) -> str:
    """The text with its parts and repairs; `here` is the place that somebody wants to see.

    Raises:
        NotFoundError: the account has no such document.
    """
    book = lookup(dossier)
    document = book.documents.get(document_id)
    if document is None:
        raise NotFoundError(f"{document_id}: no such document in this account")
    chosen = None
    if here is not None and 0 <= here[0] < min(here[1], len(document.text)):
        chosen = Passage(document.id, here[0], min(here[1], len(document.text)))
    return page(
        "document",
        visit,
        document=document,
        label=label(document),
        facts=_facts(document, dossier, book),
        segments=segments(document, [] if chosen is None else [(chosen, "here")]),
        claims=_claims(document, dossier, book),
    )


def _facts(document: Document, dossier: Dossier, book: Lookup) -> list[tuple[str, str]]:
    """What is known of the document, each with what it is called; what is unknown is left out."""
    others = [
        label(book.documents[d])
        for origin in dossier.origins
        if document.id in origin.document_ids
        for d in origin.document_ids
        if d != document.id
    ]
    facts = [
        ("Published", say_dated(document)),
        ("Why this date", document.date_reason),
        *(("But", conflict) for conflict in document.date_conflicts),
        ("Updated", say_when(document.updated) if document.updated else None),
        ("Retrieved", say_when(document.retrieved) if document.retrieved else None),
        ("Author", document.author),
        ("Address", document.url),
        ("File", document.name),
        ("Language", language_name(document.language)),
        ("Not read", say_unread(document)),
        ("Repairs", count(len(document.repairs), "repair") if document.repairs else None),
        ("Same report as", ", ".join(others) or None),
        ("SHA-256", document.sha256),
    ]
    return [(called, said) for called, said in facts if said is not None]


def _claims(document: Document, dossier: Dossier, book: Lookup) -> list[dict[str, Any]]:
    questions = {k: f.question for f in dossier.findings for c in f.candidates for k in c.claim_ids}
    return [
        {
            "id": claim.id,
            "question": questions[claim.id],
            "value": say_value(claim.value, book),
            "address": address(claim.passage),
        }
        for claim in sorted(dossier.claims, key=lambda c: c.passage)
        if claim.passage.document_id == document.id and claim.id in questions
    ]
