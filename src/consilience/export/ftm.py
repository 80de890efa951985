"""FollowTheMoney entities, one JSON object a line, for Aleph and the tools around it.

The schemata and their properties are those of the `followthemoney` package, by which the tests
check them. There is none for claims: they are notes on their events.
"""

import json
from collections.abc import Iterator
from typing import Any

from consilience.export.words import Words, iso, plain_id
from consilience.records import Document, Dossier, Entity, Event, Kind

_SCHEMATA = {
    Kind.PERSON: "Person",
    Kind.ORGANIZATION: "Organization",
    Kind.PLACE: "Address",
}
# FollowTheMoney has languages of three letters (ISO 639-3).
_LANGUAGES = {
    "en": "eng", "es": "spa", "fr": "fra", "de": "deu", "pt": "por", "it": "ita", "nl": "nld",
    "ru": "rus", "ar": "ara",
}  # fmt: skip


def to_ftm(dossier: Dossier) -> str:
    """Entities of FollowTheMoney, one a line, as Aleph and `ftm` read them.

    Documents, people, bodies, places, events and claims, with the links between them.
    """
    words = Words(dossier)
    lines = [
        *(_article(d) for d in dossier.documents),
        *(_entity(e) for e in dossier.entities if e.kind in _SCHEMATA),
        *_mentions(dossier, words),
        *(_event(v, dossier, words) for v in dossier.events),
        *_claims(dossier, words),
    ]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def _object(schema: str, id_: str, **properties: str | list[str] | None) -> dict[str, Any]:
    held = {}
    for name, given in properties.items():
        values = [given] if isinstance(given, str) else given or []
        if kept := [value for value in dict.fromkeys(values) if value]:
            held[name] = kept
    return {"id": id_, "schema": schema, "properties": held}


def _article(document: Document) -> dict[str, Any]:
    is_address = document.url is not None and document.url.startswith(("http://", "https://"))
    return _object(
        "Article",
        plain_id("document", document.id),
        title=document.title or document.name,
        fileName=document.name,
        author=document.author,
        publisher=document.source,
        publishedAt=iso(document.published),
        modifiedAt=iso(document.updated),
        sourceUrl=document.url if is_address else None,
        language=_LANGUAGES.get(document.language),
        bodyText=document.text,
    )


def _entity(entity: Entity) -> dict[str, Any]:
    schema = _SCHEMATA[entity.kind]
    if schema == "Address":
        return _object(schema, entity.id, full=entity.name, name=entity.name)
    return _object(schema, entity.id, name=entity.name, alias=[*entity.names])


def _mentions(dossier: Dossier, words: Words) -> Iterator[dict[str, Any]]:
    """One for each entity and document that names it."""
    for entity in dossier.entities:
        if _SCHEMATA.get(entity.kind) not in ("Person", "Organization"):
            continue
        said: dict[str, list[str]] = {}
        for passage in entity.mentions:
            said.setdefault(passage.document_id, []).append(" ".join(words.of(passage).split()))
        for document_id, names in said.items():
            yield _object(
                "Mention",
                plain_id("mention", f"{entity.id} {document_id}"),
                document=plain_id("document", document_id),
                resolved=entity.id,
                name=names,
                detectedSchema=_SCHEMATA[entity.kind],
            )


def _event(event: Event, dossier: Dossier, words: Words) -> dict[str, Any]:
    kinds = {e.id: e.kind for e in dossier.entities}
    involved = [p.entity_id for p in event.participants]
    return _object(
        "Event",
        event.id,
        name=event.name,
        keywords=event.kind,
        startDate=iso(event.when),
        endDate=iso(event.when, end=True),
        location=[words.names[w] for w in event.where],
        addressEntity=[w for w in event.where if kinds[w] is Kind.PLACE],
        involved=[e for e in involved if kinds[e] in (Kind.PERSON, Kind.ORGANIZATION)],
        proof=[plain_id("document", d) for d in {m.document_id: m for m in event.mentions}],
    )


def _claims(dossier: Dossier, words: Words) -> Iterator[dict[str, Any]]:
    by_id = {c.id: c for c in dossier.claims}
    listed = {e.id for e in dossier.entities if e.kind in _SCHEMATA}
    subjects = listed | {v.id for v in dossier.events}
    for finding in dossier.findings:
        for candidate in finding.candidates:
            claims = [by_id[c] for c in candidate.claim_ids]
            yield _object(
                "Note",
                plain_id("note", f"{finding.id} {candidate.claim_ids[0]}"),
                name=f"{finding.question} {words.value(candidate.value)}",
                description=[" ".join(words.of(c.passage).split()) for c in claims],
                entity=finding.subject_id if finding.subject_id in subjects else None,
                proof=[plain_id("document", c.passage.document_id) for c in claims],
                keywords=[finding.slot, finding.status],
            )
