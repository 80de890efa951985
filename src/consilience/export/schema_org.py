"""schema.org as JSON-LD: the articles, the event, and what each of them claims.

Claims carry where they appear and no rating: how many say so is no verdict.
"""

from typing import Any

from consilience.export.annotations import address
from consilience.export.words import Words, iso, json_text
from consilience.records import Document, Dossier, Event, Kind

_HEADLINE_MAX = 110


def to_schema_org(dossier: Dossier) -> str:
    """JSON-LD for a page that search engines read.

    Documents are articles with what they are based on; beside them the main event, the people, and
    each answer as a claim with the articles it appears in.
    """
    words = Words(dossier)
    graph = [
        *(_article(d, dossier) for d in dossier.documents),
        *(_event(v, words) for v in dossier.events[:1]),
        *(
            {"@type": "Person", "@id": f"urn:consilience:{e.id}", "name": e.name}
            | ({"alternateName": others} if (others := [n for n in e.names if n != e.name]) else {})
            for e in dossier.entities
            if e.kind is Kind.PERSON
        ),
        *_claims(dossier, words),
    ]
    return json_text({"@context": "https://schema.org", "@graph": graph})


def _filled(given: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in given.items() if value not in (None, "", [])}


def _article(document: Document, dossier: Dossier) -> dict[str, Any]:
    documents = {d.id: d for d in dossier.documents}
    links = [k for o in dossier.origins for k in o.links if k.copy_id == document.id]
    return _filled(
        {
            "@type": "NewsArticle",
            "@id": address(document),
            "headline": (document.title or document.name)[:_HEADLINE_MAX],
            "datePublished": iso(document.published),
            "dateModified": iso(document.updated),
            "inLanguage": None if document.language == "und" else document.language,
            "author": document.author and {"@type": "Person", "name": document.author},
            "publisher": document.source and {"@type": "Organization", "name": document.source},
            "isBasedOn": [address(documents[k.of_id]) for k in links],
        }
    )


def _event(event: Event, words: Words) -> dict[str, Any]:
    return _filled(
        {
            "@type": "Event",
            "@id": f"urn:consilience:{event.id}",
            "name": event.name,
            "startDate": iso(event.when),
            "endDate": iso(event.when, end=True),
            "location": [{"@type": "Place", "name": words.names[w]} for w in event.where],
        }
    )


def _claims(dossier: Dossier, words: Words) -> list[dict[str, Any]]:
    by_id = {c.id: c for c in dossier.claims}
    found = []
    for finding in dossier.findings:
        for n, candidate in enumerate(finding.candidates):
            ids = {by_id[c].passage.document_id: None for c in candidate.claim_ids}
            found.append(
                _filled(
                    {
                        "@type": "Claim",
                        "@id": f"urn:consilience:{finding.id}-{n}",
                        "name": f"{finding.question} {words.value(candidate.value)}",
                        "about": {"@id": f"urn:consilience:{finding.subject_id}"},
                        "appearance": [{"@id": address(words.documents[d])} for d in ids],
                    }
                )
            )
    return found
