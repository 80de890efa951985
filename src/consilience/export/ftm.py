"""FollowTheMoney entities, one JSON object a line.

The schemata and their properties are those of the `followthemoney` package, by which the tests
check them. There is none for claims, quotations or gaps: they are notes on what they speak of.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from consilience.export.words import Words, address, iso, json_line, plain_id
from consilience.records import Claim, Document, Dossier, Entity, Event, Finding, Kind, Passage

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
# The longest values that its types allow, in characters; texts are parted, others end in “…” and
# stand whole in the notes.
_TEXT_CHARS, _STRING_CHARS = 65_000, 1024
_LONGEST_CHARS = {"name": 384, "alias": 384, "full": 250, "location": 250}
_TEXTS = frozenset("bodyText description summary notes".split())
_WITHOUT_NOTES = frozenset("Mention UnknownLink".split())
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

Line = dict[str, Any]
# The ids under which entities and events stand here.
Things = Mapping[str, str]


def to_ftm(dossier: Dossier) -> str:
    """Documents, people, bodies, places and events as FollowTheMoney entities (JSON Lines).

    Aleph, OpenAleph and the tools around them take it. Findings, claims with their voices,
    quotations, sentences of the account, gaps, changes, decisions and failures are notes, copies
    are links between articles.
    """
    words = Words(dossier)
    things = {
        **{e.id: plain_id("entity", e.id) for e in dossier.entities if e.kind in _SCHEMATA},
        **{v.id: plain_id("event", v.id) for v in dossier.events},
    }
    lines = [
        *(_article(d) for d in dossier.documents),
        *(_entity(e) for e in dossier.entities if e.kind in _SCHEMATA),
        *_mentions(dossier, words),
        *(_event(v, words, things) for v in dossier.events),
        *_copies(dossier, words),
        *(_finding(f, words, things) for f in dossier.findings),
        *_claims(dossier, words, things),
        *_quotations(dossier, words, things),
        *_told(dossier, words),
        *_gaps(dossier, things),
        *_kept(dossier),
    ]
    return "".join(map(json_line, lines))


def _object(schema: str, id_: str, **properties: str | list[str] | None) -> Line:
    held: dict[str, list[str]] = {}
    for name, given in properties.items():
        values = [given] if isinstance(given, str) else given or []
        kept = [value for value in dict.fromkeys(values) if value.strip()]
        if name in _TEXTS:
            held.setdefault(name, []).extend(part for value in kept for part in _parts(value))
            continue
        kept = [" ".join(value.split()) for value in kept]
        longest = _LONGEST_CHARS.get(name, _STRING_CHARS)
        if schema not in _WITHOUT_NOTES:
            held.setdefault("notes", []).extend(v for v in kept if len(v) > longest)
        held.setdefault(name, []).extend(_shortened(value, longest) for value in kept)
    return {
        "id": id_,
        "schema": schema,
        "properties": {name: values for name, values in held.items() if values},
    }


def _parts(text: str) -> Iterator[str]:
    for start in range(0, len(text), _TEXT_CHARS):
        yield text[start : start + _TEXT_CHARS]


def _shortened(value: str, longest: int) -> str:
    return value if len(value) <= longest else f"{value[: longest - 1]}…"


def _article(document: Document) -> Line:
    place = address(document)
    known = [document.date_reason or "", *document.date_conflicts]
    return _object(
        "Article",
        plain_id("document", document.id),
        title=document.title or document.name,
        fileName=document.name,
        author=document.author,
        publisher=document.source,
        publishedAt=iso(document.published),
        modifiedAt=iso(document.updated),
        retrievedAt=iso(document.retrieved),
        sourceUrl=place if place.startswith("http") else None,
        language=_LANGUAGES.get(document.language),
        bodyText=document.text,
        notes=[
            f"SHA-256 of the bytes: {document.sha256}",
            f"date: {document.published_basis or 'unknown'}",
            *(why for why in known if why),
            *([document.url] if document.url and place != document.url else []),
        ],
    )


def _entity(entity: Entity) -> Line:
    schema = _SCHEMATA[entity.kind]
    id_ = plain_id("entity", entity.id)
    others = [name for name in entity.names if name != entity.name]
    known = [f"{k.list_name} {k.id}: {k.name} ({k.score:.2f}, {k.reason})" for k in entity.known]
    known += [f"{list_name}: {linked}" for list_name, linked in entity.links]
    if schema == "Address":
        return _object(schema, id_, full=entity.name, name=entity.name, alias=others, notes=known)
    return _object(schema, id_, name=entity.name, alias=others, notes=known)


def _mentions(dossier: Dossier, words: Words) -> Iterator[Line]:
    """One for each entity and document that names it."""
    for entity in dossier.entities:
        if _SCHEMATA.get(entity.kind) not in ("Person", "Organization"):
            continue
        said: dict[str, list[str]] = {}
        for passage in entity.mentions:
            said.setdefault(passage.document_id, []).append(words.line(passage))
        for document_id, names in said.items():
            yield _object(
                "Mention",
                plain_id("mention", f"{entity.id} {document_id}"),
                document=plain_id("document", document_id),
                resolved=plain_id("entity", entity.id),
                name=names if any(names) else [entity.name],
                detectedSchema=_SCHEMATA[entity.kind],
            )


def _event(event: Event, words: Words, things: Things) -> Line:
    return _object(
        "Event",
        plain_id("event", event.id),
        name=event.name,
        keywords=event.kind,
        startDate=iso(event.when),
        endDate=iso(event.when, end=True),
        location=[words.names[w] for w in event.where],
        addressEntity=_of(event.where, things, words, (Kind.PLACE,)),
        involved=_of(
            [p.entity_id for p in event.participants],
            things,
            words,
            (Kind.PERSON, Kind.ORGANIZATION),
        ),
        summary=[f"{p.role}: {words.names[p.entity_id]}" for p in event.participants],
        description=[words.line(passage) for passage in event.mentions],
        proof=_proof(event.mentions),
    )  # fmt: skip


def _copies(dossier: Dossier, words: Words) -> Iterator[Line]:
    """Which article draws on which."""
    for origin in dossier.origins:
        for n, link in enumerate(origin.links):
            yield _object(
                "UnknownLink",
                plain_id("link", f"{origin.id} {n}"),
                subject=plain_id("document", link.copy_id),
                object=plain_id("document", link.of_id),
                role=str(link.kind),
                summary=f"probability {link.probability:.2f}; origin {origin.id}",
                description=[words.line(match.copy) for match in link.evidence],
                proof=_proof([p for match in link.evidence for p in (match.copy, match.of)]),
            )


def _finding(finding: Finding, words: Words, things: Things) -> Line:
    said = [words.value(c.value) for c in finding.candidates]
    return _object(
        "Note",
        plain_id("finding", finding.id),
        name=finding.question,
        summary=[
            f"{words_}: {c.n_documents} documents, {c.n_origins} origins, belief {c.belief:.2f}"
            for words_, c in zip(said, finding.candidates, strict=True)
        ],
        description=[
            f"{said[r.a]} / {said[r.b]}: {r.kind}: {r.why}" for r in finding.relations
        ],
        keywords=[finding.slot, finding.status],
        entity=_of([finding.subject_id], things),
        notes=None if finding.locked_by is None else f"decided by {finding.locked_by}",
    )  # fmt: skip


def _claims(dossier: Dossier, words: Words, things: Things) -> Iterator[Line]:
    asked: dict[str, list[str]] = {}
    for finding in dossier.findings:
        for candidate in finding.candidates:
            for claim_id in candidate.claim_ids:
                asked.setdefault(claim_id, []).append(plain_id("finding", finding.id))
    for claim in dossier.claims:
        speakers = [v.speaker_id for v in claim.voices if v.speaker_id is not None]
        value = words.value(claim.value)
        yield _object(
            "Note",
            plain_id("claim", claim.id),
            name=f"{words.names.get(claim.subject_id, claim.slot)}, {claim.slot}: {value}",
            summary=[_said(claim, n, words) for n in range(len(claim.voices))],
            description=words.of(claim.passage),
            entity=[
                *_of([claim.subject_id, *speakers], things),
                *asked.get(claim.id, []),
            ],
            proof=_proof([claim.passage]),
            keywords=["claim", claim.slot, str(claim.factuality), str(claim.polarity)],
        )


def _said(claim: Claim, n: int, words: Words) -> str:
    voice = claim.voices[n]
    named = words.names.get(voice.speaker_id or "") or voice.name or "nobody named"
    return f"{named} {voice.stance}{' in these words' if voice.direct else ''}"


def _quotations(dossier: Dossier, words: Words, things: Things) -> Iterator[Line]:
    for n, quotation in enumerate(dossier.quotations):
        speaker = words.names.get(quotation.speaker_id or "", "nobody named")
        speakers = [] if quotation.speaker_id is None else [quotation.speaker_id]
        yield _object(
            "Note",
            plain_id("quotation", f"{n}"),
            name=f"{speaker}: {words.line(quotation.passage)}",
            description=words.of(quotation.passage),
            entity=_of(speakers, things),
            proof=_proof([quotation.passage]),
            keywords=["quotation", str(quotation.stance), "direct" if quotation.direct else "told"],
        )


def _told(dossier: Dossier, words: Words) -> Iterator[Line]:
    """What the dossier itself says: the account and the timeline."""
    for n, sentence in enumerate(dossier.account):
        yield _object(
            "Note",
            plain_id("sentence", f"{n}"),
            name=sentence.text,
            description=[words.line(passage) for passage in sentence.passages],
            proof=_proof(sentence.passages),
            entity=[plain_id("finding", f) for f in sentence.finding_ids],
            keywords=["account"],
        )
    for n, entry in enumerate(dossier.timeline):
        yield _object(
            "Event",
            plain_id("entry", f"{n}"),
            name=entry.text,
            startDate=iso(entry.when),
            endDate=iso(entry.when, end=True),
            description=[words.line(passage) for passage in entry.passages],
            proof=_proof(entry.passages),
            keywords=["timeline", str(entry.status)],
        )


def _gaps(dossier: Dossier, things: Things) -> Iterator[Line]:
    """What nobody says, and what changed."""
    for n, missing in enumerate(dossier.missing):
        yield _object(
            "Note",
            plain_id("missing", f"{n}"),
            name=missing.text,
            entity=_of([missing.subject_id], things),
            proof=_proof(missing.passages),
            keywords=["missing", missing.slot],
        )
    for n, change in enumerate(dossier.changes):
        yield _object(
            "Note",
            plain_id("change", f"{n}"),
            name=change.text,
            entity=[plain_id("finding", f) for f in change.finding_ids],
            proof=_proof(change.passages),
            keywords=["change", str(change.about)],
        )


def _kept(dossier: Dossier) -> Iterator[Line]:
    """What analysts decided and what could not be used."""
    for ruling in dossier.decisions:
        yield _object(
            "Note",
            plain_id("decision", f"{ruling.number} {ruling.made} {ruling.text}"),
            name=f"{ruling.made_by} {ruling.text}",
            description=ruling.reason,
            createdAt=ruling.made[:10] if _DAY.fullmatch(ruling.made[:10]) else None,
            notes=ruling.made,
            keywords=["decision", str(ruling.kind)],
        )
    for n, failure in enumerate(dossier.failures):
        yield _object(
            "Note",
            plain_id("failure", f"{n}"),
            name=failure.name,
            description=failure.error,
            keywords=["failure", failure.stage],
        )


def _of(
    ids: Sequence[str], things: Things, words: Words | None = None, kinds: Sequence[Kind] = ()
) -> list[str]:
    """The ids under which things stand here, of some kinds where any are given."""
    return [
        things[i] for i in ids if i in things and (words is None or words.kinds.get(i) in kinds)
    ]


def _proof(passages: Sequence[Passage]) -> list[str]:
    return [plain_id("document", passage.document_id) for passage in passages]
