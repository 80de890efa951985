"""A dossier proven again from the texts it carries: one line for everything that is not so.

First what the records point at must exist; only then are figures, names, dates and sentences
recomputed, since without their passages there is nothing to recompute them from.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any

from consilience.interchange import (
    digest,
    dossier_from_json,
    dossier_to_json,
    text_sha256,
)
from consilience.records import (
    DateBasis,
    Document,
    Dossier,
    EntityRef,
    Factuality,
    Passage,
)
from consilience.shapes import JsonObject
from consilience.tell.lookup import Lookup, lookup
from consilience.tell.quotations import is_marked
from consilience.tell.utterances import utterances
from consilience.tell.verify_changes import check_changes
from consilience.tell.verify_decisions import check_decisions, undecided
from consilience.tell.verify_figures import check_findings
from consilience.tell.verify_gaps import check_gaps
from consilience.tell.verify_origins import check_origins
from consilience.tell.verify_timeline import check_timeline
from consilience.tell.verify_times import check_times
from consilience.tell.verify_versions import check_versions, unheld_versions
from consilience.tell.verify_words import check_sentences, squeezed

# What earlier versions did not write yet was so.
_UNWRITTEN: tuple[object, ...] = (None, [], Factuality.HAPPENED)
_CONTRACTED = re.compile(r"(?:n['’]?t|not|na)(?!\w)", re.IGNORECASE)


def verify_json(
    json_object: JsonObject, documents: Sequence[Document] | None = None
) -> tuple[str, ...]:
    """`verify` on a dossier as it was written, with its hashes.

    Raises InputError where it is no dossier at all.
    """
    dossier = dossier_from_json(json_object)
    return (*_unsealed(json_object, dossier), *verify(dossier, documents))


def verify(dossier: Dossier, documents: Sequence[Document] | None = None) -> tuple[str, ...]:
    """Every mismatch on a line of its own; none: proven.

    With `documents`, ingested once more, the dossier's texts must equal theirs.
    """
    against = [] if documents is None else list(_altered(dossier, documents))
    dangling = unsound(dossier)
    if dangling:
        return (*against, *dangling)
    book = lookup(dossier)
    return (
        *against,
        *_run(dossier),
        *check_origins(dossier, book),
        *_entities(dossier, book),
        *_quotations(dossier, book),
        *_utterances(dossier),
        *check_times(dossier, book),
        *check_timeline(dossier, book),
        *check_findings(dossier, book),
        *check_versions(dossier, book),
        *check_sentences(dossier, book),
        *check_gaps(dossier, book),
        *check_decisions(dossier),
        *check_changes(dossier, book),
    )


def unsound(dossier: Dossier) -> tuple[str, ...]:
    """What keeps a dossier from being told: ids that name nothing or two, passages outside."""
    return (*_repeated_ids(dossier), *_dangling(dossier), *_misplaced(dossier))


def _unsealed(json_object: JsonObject, dossier: Dossier) -> Iterator[str]:
    for document in json_object["documents"]:
        if document.get("text_sha256") != text_sha256(document["text"]):
            yield f"document {document['id']}: its text is not the one of text_sha256"
    if json_object.get("digest") != digest(json_object):
        yield "digest: the dossier is not as it was written"
    given = {**dossier_to_json(dossier), "digest": None}
    if not _is_all({**json_object, "digest": None}, given):
        yield "dossier: it holds keys or origins of documents that its records do not give"


def _is_all(written: Any, given: Any) -> bool:
    """Whether what was written is what the records give."""
    if isinstance(written, dict) and isinstance(given, dict):
        others = [value for key, value in given.items() if key not in written]
        return all(value in _UNWRITTEN for value in others) and all(
            key in given and _is_all(value, given[key]) for key, value in written.items()
        )
    if isinstance(written, list) and isinstance(given, list):
        return len(written) == len(given) and all(map(_is_all, written, given))
    return bool(written == given)


def _altered(dossier: Dossier, documents: Sequence[Document]) -> Iterator[str]:
    originals = {document.id: document for document in documents}
    for document in dossier.documents:
        original = originals.pop(document.id, None)
        if original is None:
            yield f"document {document.id} ({document.name}): not among the documents given"
            continue
        for field in fields(Document):
            if field.name in {"name", "retrieved", "date_reason", "date_conflicts"}:
                continue
            inferred = document.published_basis is DateBasis.INFERRED
            if inferred and field.name.startswith("published"):
                continue
            if getattr(document, field.name) != getattr(original, field.name):
                yield f"document {document.id}: {field.name} differs from the document given"
    for document in originals.values():
        yield f"document {document.id} ({document.name}): given, but not in the dossier"


def _repeated_ids(dossier: Dossier) -> Iterator[str]:
    for kind, ids in (
        ("documents", [d.id for d in dossier.documents]),
        ("origins", [o.id for o in dossier.origins]),
        ("entities and events", [e.id for e in dossier.entities] + [v.id for v in dossier.events]),
        ("claims", [c.id for c in dossier.claims]),
        ("findings", [f.id for f in dossier.findings]),
    ):
        repeated = [(i, n) for i, n in Counter(ids).items() if n > 1]
        yield from (f"{kind}: {n} records have the id {i}" for i, n in repeated)


def _dangling(dossier: Dossier) -> Iterator[str]:
    """Ids that name nothing."""
    book = lookup(dossier)
    subjects = book.entities.keys() | book.events.keys()
    for where, kind, record_id in _references(dossier):
        known = {
            "document": book.documents.keys(),
            "entity": book.entities.keys(),
            "event": book.events.keys(),
            "claim": book.claims.keys(),
            "finding": book.findings.keys(),
            "subject": subjects,
        }[kind]
        if record_id not in known:
            yield f"{where}: no {kind} {record_id}"
    yield from undecided(dossier, book)
    yield from unheld_versions(dossier)
    counts = Counter(d for origin in dossier.origins for d in origin.document_ids)
    for document in dossier.documents:
        if counts[document.id] != 1:
            yield f"document {document.id}: in {counts[document.id]} origins, not in one"
    for i, quotation in enumerate(dossier.quotations):
        for other in quotation.same_as:
            if not 0 <= other < len(dossier.quotations) or other == i:
                yield f"quotations[{i}]: no other quotation {other}"
    for finding in dossier.findings:
        for relation in finding.relations:
            if not 0 <= relation.a < relation.b < len(finding.candidates):
                yield f"finding {finding.id}: no candidates {relation.a} and {relation.b}"


def _references(dossier: Dossier) -> Iterator[tuple[str, str, str]]:
    """Where an id is used, what it should name, and the id."""
    for origin in dossier.origins:
        where = f"origin {origin.id}"
        yield from ((where, "document", d) for d in origin.document_ids)
        yield from ((where, "document", d) for k in origin.links for d in (k.copy_id, k.of_id))
    for event in dossier.events:
        where = f"event {event.id}"
        yield from ((where, "entity", e) for e in event.where)
        yield from ((where, "entity", p.entity_id) for p in event.participants)
        if event.part_of_id is not None:
            yield where, "event", event.part_of_id
    for claim in dossier.claims:
        where = f"claim {claim.id}"
        yield where, "subject", claim.subject_id
        if isinstance(claim.value, EntityRef):
            yield where, "entity", claim.value.entity_id
        voices = (v.speaker_id for v in claim.voices if v.speaker_id is not None)
        yield from ((where, "entity", speaker) for speaker in voices)
    for finding in dossier.findings:
        where = f"finding {finding.id}"
        yield where, "subject", finding.subject_id
        for candidate in finding.candidates:
            yield from ((where, "claim", c) for c in candidate.claim_ids)
            if isinstance(candidate.value, EntityRef):
                yield where, "entity", candidate.value.entity_id
        for version in finding.versions:
            yield from ((where, "claim", c) for c in version.claim_ids)
            if version.speaker_id is not None:
                yield where, "entity", version.speaker_id
            if isinstance(version.value, EntityRef):
                yield where, "entity", version.value.entity_id
    for i, quotation in enumerate(dossier.quotations):
        if quotation.speaker_id is not None:
            yield f"quotations[{i}]", "entity", quotation.speaker_id
    for i, entry in enumerate(dossier.timeline):
        if entry.event_id is not None:
            yield f"timeline[{i}]", "event", entry.event_id
        yield from ((f"timeline[{i}]", "claim", c) for c in entry.claim_ids)
        if entry.placed is not None:
            yield f"timeline[{i}] placed", "event", entry.placed.of_id
    for i, sentence in enumerate(dossier.account):
        yield from ((f"account[{i}]", "finding", f) for f in sentence.finding_ids)
    for i, change in enumerate(dossier.changes):
        yield from ((f"changes[{i}]", "finding", f) for f in change.finding_ids)
    for missing in dossier.missing:
        yield f"missing {missing.slot}", "subject", missing.subject_id


def _misplaced(dossier: Dossier) -> Iterator[str]:
    """Passages outside their document, or cutting a word."""
    texts = {document.id: document.text for document in dossier.documents}
    for document in dossier.documents:
        yield from _misplaced_parts(document)
    for where, passage in _passages(dossier):
        text = texts.get(passage.document_id)
        if text is None:
            yield f"{where}: no document {passage.document_id}"
        elif passage.end > len(text):
            yield f"{where}: {passage.start}-{passage.end} runs out of {passage.document_id}"
        elif text[passage.start].isspace() or text[passage.end - 1].isspace():
            yield f"{where}: {passage.start}-{passage.end} begins or ends with a blank"
        elif _is_inside_word(text, passage.start) or _is_inside_word(text, passage.end):
            yield f"{where}: {passage.start}-{passage.end} cuts a word of {passage.document_id}"
    for document in dossier.documents:
        for i, repair in enumerate(document.repairs):
            if not 0 <= repair.start <= repair.end <= len(document.text):
                yield f"document {document.id}: repair {i} lies outside the text"


def _misplaced_parts(document: Document) -> Iterator[str]:
    end = 0
    for part in sorted(document.parts, key=lambda part: part.passage):
        where = f"document {document.id}: its {part.kind} {part.passage.start}-{part.passage.end}"
        if part.passage.end > len(document.text):
            yield f"{where} runs out of the text"
        elif part.passage.start < end:
            yield f"{where} overlaps the part before"
        elif any(_is_inside_word(document.text, n) for n in (part.passage.start, part.passage.end)):
            yield f"{where} cuts a word"
        end = part.passage.end


def _passages(dossier: Dossier) -> Iterator[tuple[str, Passage]]:
    for origin in dossier.origins:
        for link in origin.links:
            for match in link.evidence:
                yield f"origin {origin.id}", match.copy
                yield f"origin {origin.id}", match.of
    for i, embedded in enumerate(dossier.embedded):
        yield from ((f"embedded[{i}]", p) for p in (embedded.passage, embedded.named))
    for entity in dossier.entities:
        yield from ((f"entity {entity.id}", p) for p in entity.mentions)
    for event in dossier.events:
        yield from ((f"event {event.id}", p) for p in event.mentions)
    for claim in dossier.claims:
        yield f"claim {claim.id}", claim.passage
    for finding in dossier.findings:
        cues = (version.cue for version in finding.versions if version.cue is not None)
        yield from ((f"finding {finding.id} version", cue) for cue in cues)
    for i, quotation in enumerate(dossier.quotations):
        yield f"quotations[{i}]", quotation.passage
        if quotation.cue is not None:
            yield f"quotations[{i}] cue", quotation.cue
    for i, entry in enumerate(dossier.timeline):
        yield from ((f"timeline[{i}]", p) for p in entry.passages)
        yield from ((f"timeline[{i}] conflict", p) for d in entry.conflicts for p in d.passages)
        if entry.placed is not None:
            yield f"timeline[{i}] cue", entry.placed.cue
    for i, sentence in enumerate(dossier.account):
        yield from ((f"account[{i}]", p) for p in sentence.passages)
    for missing in dossier.missing:
        yield from ((f"missing {missing.slot}", p) for p in missing.passages)
    for i, change in enumerate(dossier.changes):
        yield from ((f"changes[{i}]", p) for p in change.passages)


def _is_inside_word(text: str, offset: int) -> bool:
    if not 0 < offset < len(text):
        return False
    before, after = text[offset - 1], text[offset]
    # Contractions are two words ("did|n't", "can|not"); East Asian words have no blanks.
    if _CONTRACTED.match(text, offset) or ord(after) >= 0x2E80:
        return False
    return (before.isalpha() and after.isalpha()) or (before.isdigit() and after.isdigit())


def _run(dossier: Dossier) -> Iterator[str]:
    if not dossier.run.version or not dossier.run.reader:
        yield "run: no version or no reader"
    for document in dossier.documents:
        if len(document.sha256) != 64 or set(document.sha256) - set("0123456789abcdef"):
            yield f"document {document.id}: sha256 is no SHA-256"


def _entities(dossier: Dossier, book: Lookup) -> Iterator[str]:
    for entity in dossier.entities:
        spoken = [squeezed(book.words(passage)) for passage in entity.mentions]
        for name in entity.names:
            if not any(squeezed(name) in words for words in spoken):
                yield f"entity {entity.id}: no mention says “{name}”"
        # The name shown may be put together from several: a given name here, a nickname there.
        said = {word.casefold() for words in spoken for word in words.split()}
        if not {word.casefold() for word in squeezed(entity.name).split()} <= said:
            yield f"entity {entity.id}: its mentions do not say “{entity.name}”"


def _utterances(dossier: Dossier) -> Iterator[str]:
    """Dossiers of earlier versions hold none."""
    if dossier.utterances:
        found = utterances(dossier.quotations, dossier.documents, dossier.entities)
        for i, (told, again) in enumerate(zip(dossier.utterances, found, strict=False)):
            if told != again:
                yield f"utterances[{i}]: its quotations do not show it so"
        if len(dossier.utterances) != len(found):
            yield f"utterances: {len(found)}, not {len(dossier.utterances)}"


def _quotations(dossier: Dossier, book: Lookup) -> Iterator[str]:
    for i, quotation in enumerate(dossier.quotations):
        where = f"quotations[{i}]"
        document = book.documents[quotation.passage.document_id]
        if quotation.cue is not None and quotation.cue.document_id != document.id:
            yield f"{where}: its cue stands in another document"
        if quotation.speaker_id is not None:
            mentions = book.entities[quotation.speaker_id].mentions
            if not any(p.document_id == document.id for p in mentions):
                yield f"{where}: {document.id} does not mention {quotation.speaker_id}"
        if quotation.direct and not is_marked(quotation.passage, document):
            yield f"{where}: no quotation marks around “{book.words(quotation.passage)}”"
        for other in quotation.same_as:
            if i not in dossier.quotations[other].same_as:
                yield f"{where}: the same as {other}, which is not the same as {i}"
