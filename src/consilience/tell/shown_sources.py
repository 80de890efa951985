"""Sources as a page shows them: dates and their basis, how far each was read, who copied whom."""

from collections.abc import Mapping
from typing import Any

from consilience.records import DateBasis, Dossier, Passage
from consilience.tell.evidence import link_passages
from consilience.tell.lookup import Lookup
from consilience.tell.marks import cites
from consilience.tell.phrases import LINK_WORDS, count, say_dated
from consilience.wording import label, language_name, say_unread, say_when

# What speaks against a date is told so often; how much more there is, is said.
CONFLICTS_MAX = 2


def shown_sources(dossier: Dossier, book: Lookup) -> list[dict[str, Any]]:
    places = {origin.id: n for n, origin in enumerate(dossier.origins, start=1)}
    return [
        {
            "id": f"d-{document.id}",
            "label": label(document),
            "title": document.title if document.source else None,
            "author": document.author,
            "url": document.url,
            "name": document.name,
            "dated": say_dated(document),
            "is_unsure": document.published_basis in {None, DateBasis.INFERRED},
            "why": document.date_reason,
            "conflicts": document.date_conflicts[:CONFLICTS_MAX],
            "n_conflicts_more": max(0, len(document.date_conflicts) - CONFLICTS_MAX),
            "language": language_name(document.language),
            "unread": say_unread(document),
            "origin": places.get(book.origin_ids.get(document.id, "")),
            "updated": say_when(document.updated) if document.updated is not None else None,
            "repaired": count(len(document.repairs), "repair") if document.repairs else None,
        }
        for document in dossier.documents
    ]


def shown_links(dossier: Dossier, book: Lookup, ids: Mapping[Passage, str]) -> list[dict[str, Any]]:
    """The origins, each with its documents and who draws on whom among them."""
    return [
        {
            "n": n,
            "documents": [label(book.documents[d]) for d in origin.document_ids],
            "links": [
                {
                    "copier": label(book.documents[link.copy_id]),
                    "original": label(book.documents[link.of_id]),
                    "words": LINK_WORDS[link.kind],
                    "probability": f"{link.probability:.2f}",
                    "cites": cites(link_passages(link), ids),
                }
                for link in origin.links
            ],
        }
        for n, origin in enumerate(dossier.origins, start=1)
    ]
