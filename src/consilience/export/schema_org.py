"""schema.org as JSON-LD: the articles, the events, and what each of them claims.

The vocabulary stands in the file itself (`@vocab`), so that no reader fetches a context. Claims
carry where they appear and no rating: how many say so is no verdict. Only what a person decided is
reviewed (ClaimReview).
"""

from collections import defaultdict
from typing import Any

from consilience.export.words import Words, address, iso, json_text, urn
from consilience.records import Claim, Document, Dossier, Entity, Event, Finding, Kind

_HEADLINE_MAX = 110
_KINDS = {Kind.PERSON: "Person", Kind.ORGANIZATION: "Organization", Kind.PLACE: "Place"}

Node = dict[str, Any]


def to_schema_org(dossier: Dossier) -> str:
    """schema.org in JSON-LD: what search engines and fact-checking tools read.

    Articles with what they draw on, events, people, bodies and places, claims with who makes them
    and where they appear, quotations, and a review of a claim where an analyst decided on one.
    """
    words = Words(dossier)
    sources: dict[str, list[str]] = defaultdict(list)
    for embedded in dossier.embedded:
        sources[embedded.passage.document_id].append(embedded.source)
    originals: dict[str, list[str]] = defaultdict(list)
    for link in (link for origin in dossier.origins for link in origin.links):
        originals[link.copy_id].append(link.of_id)
    graph = [
        *(_article(d, originals[d.id], sources[d.id]) for d in dossier.documents),
        *(_event(v, words) for v in dossier.events),
        *map(_thing, dossier.entities),
        *(node for f in dossier.findings for node in _claims(f, words)),
        *_quotations(dossier, words),
        *_account(dossier),
    ]
    return json_text({"@context": {"@vocab": "https://schema.org/"}, "@graph": graph})


def _filled(given: Node) -> Node:
    return {key: value for key, value in given.items() if value not in (None, "", [])}


def _article(document: Document, originals: list[str], sources: list[str]) -> Node:
    title = document.title or document.name
    cut = title if len(title) <= _HEADLINE_MAX else f"{title[: _HEADLINE_MAX - 1]}…"
    place = address(document)
    return _filled(
        {
            "@type": "NewsArticle",
            "@id": urn("document", document.id),
            "url": place if place.startswith("http") else None,
            "identifier": place,
            "headline": cut,
            "name": title,
            "datePublished": iso(document.published),
            "dateModified": iso(document.updated),
            "inLanguage": None if document.language == "und" else document.language,
            "author": document.author and {"@type": "Person", "name": document.author},
            "publisher": document.source and {"@type": "Organization", "name": document.source},
            "isBasedOn": [{"@id": urn("document", d)} for d in dict.fromkeys(originals)],
            "citation": list(dict.fromkeys(sources)),
            "articleBody": document.text,
        }
    )


def _event(event: Event, words: Words) -> Node:
    return _filled(
        {
            "@type": "Event",
            "@id": urn("event", event.id),
            "name": event.name,
            "description": event.kind,
            "startDate": iso(event.when),
            "endDate": iso(event.when, end=True),
            "location": [
                {"@type": "Place", "@id": urn("entity", w), "name": words.names[w]}
                for w in event.where
            ],
            "contributor": [
                {"@id": urn("entity", p.entity_id)}
                for p in event.participants
                if words.kinds.get(p.entity_id) in (Kind.PERSON, Kind.ORGANIZATION)
            ],
            "superEvent": event.part_of_id and {"@id": urn("event", event.part_of_id)},
        }
    )


def _thing(entity: Entity) -> Node:
    return _filled(
        {
            "@type": _KINDS.get(entity.kind, "Thing"),
            "@id": urn("entity", entity.id),
            "name": entity.name,
            "alternateName": [name for name in entity.names if name != entity.name],
            "identifier": [f"{list_name}:{linked}" for list_name, linked in entity.links],
        }
    )


def _claims(finding: Finding, words: Words) -> list[Node]:
    found: list[Node] = []
    for n, candidate in enumerate(finding.candidates):
        claims = [words.claims[c] for c in candidate.claim_ids]
        ids = dict.fromkeys(c.passage.document_id for c in claims)
        said = words.value(candidate.value)
        id_ = urn("answer", f"{finding.id} {n}")
        found.append(
            _filled(
                {
                    "@type": "Claim",
                    "@id": id_,
                    "name": f"{finding.question} {said}",
                    "text": [words.line(c.passage) for c in claims],
                    "about": {"@id": _subject(finding.subject_id, words)},
                    "author": _authors(claims, words),
                    "appearance": [{"@id": urn("document", d)} for d in ids],
                    "firstAppearance": _first(list(ids), words),
                    "keywords": [finding.slot, str(finding.status)],
                }
            )
        )
        if finding.locked_by is not None and candidate.value == finding.policies.best:
            found.append(
                {
                    "@type": "ClaimReview",
                    "@id": urn("review", f"{finding.id} {n}"),
                    "claimReviewed": f"{finding.question} {said}",
                    "itemReviewed": {"@id": id_},
                    "author": {"@type": "Person", "name": finding.locked_by},
                    "reviewRating": {
                        "@type": "Rating",
                        "alternateName": "decided by an analyst",
                    },
                }
            )
    return found


def _authors(claims: list[Claim], words: Words) -> list[Node]:
    """Whose words the claims are, each once."""
    found: dict[str, Node] = {}
    for voice in (voice for claim in claims for voice in claim.voices):
        id_ = voice.speaker_id or ""
        if id_ in words.kinds:
            kind = _KINDS.get(words.kinds[id_], "Thing")
            found[id_] = {"@type": kind, "@id": urn("entity", id_)}
        elif voice.name:
            found[f"name {voice.name}"] = {"@type": "Person", "name": voice.name}
    return list(found.values())


def _subject(subject_id: str, words: Words) -> str:
    return urn("entity" if subject_id in words.kinds else "event", subject_id)


def _first(document_ids: list[str], words: Words) -> Node | None:
    """The page published before the others, None where that is not known of all."""
    days = [iso(words.documents[d].published) for d in document_ids]
    known = [day for day in days if day is not None]
    if len(known) < len(days) or known.count(min(known)) > 1:
        return None
    return {"@id": urn("document", document_ids[days.index(min(known))])}


def _quotations(dossier: Dossier, words: Words) -> list[Node]:
    return [
        _filled(
            {
                "@type": "Quotation",
                "@id": urn("quotation", f"{n}"),
                "text": words.of(q.passage),
                "spokenByCharacter": q.speaker_id and {"@id": urn("entity", q.speaker_id)},
                "isPartOf": {"@id": urn("document", q.passage.document_id)},
            }
        )
        for n, q in enumerate(dossier.quotations)
        if q.direct
    ]


def _account(dossier: Dossier) -> list[Node]:
    """The account itself, made of the articles."""
    return [
        _filled(
            {
                "@type": "Report",
                "@id": "urn:consilience:account",
                "headline": dossier.title,
                "articleBody": " ".join(s.text for s in dossier.account),
                "isBasedOn": [{"@id": urn("document", d.id)} for d in dossier.documents],
                "about": [{"@id": urn("event", v.id)} for v in dossier.events[:1]],
            }
        )
    ]
