"""CSV tables (RFC 4180), one for each kind of record, and a manifest that counts their rows."""

import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Mapping, Sequence

from consilience.export.words import Words, json_text
from consilience.records import Dossier, Passage, Quantity, When

Cell = str | int | float | bool | None
Rows = Iterator[Sequence[Cell]]
# A cell that begins so is run as a formula by spreadsheets; it is written behind an apostrophe.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def to_tables(dossier: Dossier) -> Mapping[str, str]:
    """A CSV table for each kind of record, and a manifest, by the name of their file.

    Lists in a cell are parted by “ | ”.
    """
    words = Words(dossier)
    files, counted = {}, {}
    for name, (columns, rows) in _TABLES.items():
        lines = [_row(row) for row in rows(dossier, words)]
        content = _row(columns) + "".join(lines)
        files[f"{name}.csv"] = content
        counted[f"{name}.csv"] = {
            "rows": len(lines),
            "sha256": hashlib.sha256(content.encode()).hexdigest(),
        }
    files["manifest.json"] = json_text({"title": dossier.title, "files": counted})
    return files


def _row(cells: Sequence[Cell]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([_escaped(cell) for cell in cells])
    return out.getvalue()


def _escaped(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS):
        return f"'{cell}"
    return cell


def _times(when: When | None) -> tuple[Cell, Cell, Cell]:
    if when is None:
        return "", "", ""
    start = "" if when.start is None else when.start.isoformat()
    end = "" if when.end is None else when.end.isoformat()
    return when.value, start, end


def _place(passage: Passage, words: Words) -> tuple[Cell, Cell, Cell, Cell]:
    return passage.document_id, passage.start, passage.end, words.of(passage)


def _listed(items: Sequence[str]) -> str:
    return " | ".join(items)


def _documents(dossier: Dossier, _: Words) -> Rows:
    origin = {d: o.id for o in dossier.origins for d in o.document_ids}
    for d in dossier.documents:
        yield (
            d.id, d.name, d.source, d.title, d.url, d.author, *_times(d.published),
            d.published_basis, *_times(d.updated)[:1], d.language, d.sha256, origin[d.id],
        )  # fmt: skip


def _links(dossier: Dossier, _: Words) -> Rows:
    for origin in dossier.origins:
        for link in origin.links:
            yield (
                origin.id,
                link.copy_id,
                link.of_id,
                link.kind,
                link.probability,
                len(link.evidence),
            )


def _entities(dossier: Dossier, _: Words) -> Rows:
    for e in dossier.entities:
        outside = _listed([f"{list_name}:{id_}" for list_name, id_ in e.links])
        yield e.id, e.kind, e.name, _listed(e.names), len(e.mentions), outside


def _mentions(dossier: Dossier, words: Words) -> Rows:
    for e in dossier.entities:
        for passage in e.mentions:
            yield e.id, *_place(passage, words)


def _events(dossier: Dossier, words: Words) -> Rows:
    for v in dossier.events:
        where = _listed([words.names[w] for w in v.where])
        who = _listed([f"{p.role}: {words.names[p.entity_id]}" for p in v.participants])
        yield v.id, v.name, v.kind, *_times(v.when), where, who, v.part_of_id, len(v.mentions)


def _claims(dossier: Dossier, words: Words) -> Rows:
    for c in dossier.claims:
        voices = _listed([v.name or words.names.get(v.speaker_id or "", "") for v in c.voices])
        numbers: tuple[Cell, ...] = ("", "", "", "")
        if isinstance(c.value, Quantity):
            q = c.value
            numbers = (q.low, q.high, q.comparator, q.unit)
        yield (
            c.id, c.subject_id, words.names.get(c.subject_id), c.slot, words.value(c.value),
            *numbers, voices, c.polarity, c.factuality, *_times(c.as_of),
            *_place(c.passage, words),
        )  # fmt: skip


def _findings(dossier: Dossier, words: Words) -> Rows:
    for f in dossier.findings:
        for n, c in enumerate(f.candidates):
            yield (
                f.id, words.names.get(f.subject_id), f.slot, f.question, f.status, n,
                words.value(c.value), c.n_documents, c.n_origins, c.belief,
                *_times(c.first_said)[:1], *_times(c.last_said)[:1], c.value == f.policies.best,
                f.locked_by, _listed(c.claim_ids),
            )  # fmt: skip


def _relations(dossier: Dossier, words: Words) -> Rows:
    for f in dossier.findings:
        for r in f.relations:
            a, b = (words.value(f.candidates[n].value) for n in (r.a, r.b))
            yield f.id, f.question, r.a, a, r.b, b, r.kind, r.why


def _quotations(dossier: Dossier, words: Words) -> Rows:
    for n, q in enumerate(dossier.quotations):
        speaker = words.names.get(q.speaker_id or "")
        same = _listed([str(m) for m in q.same_as])
        yield n, q.speaker_id, speaker, q.direct, q.stance, same, *_place(q.passage, words)


def _timeline(dossier: Dossier, words: Words) -> Rows:
    for n, t in enumerate(dossier.timeline):
        for passage in t.passages:
            event = words.names.get(t.event_id or "")
            yield n, *_times(t.when), t.status, t.text, event, *_place(passage, words)


def _account(dossier: Dossier, words: Words) -> Rows:
    for n, s in enumerate(dossier.account):
        for passage in s.passages:
            yield n, s.text, _listed(s.finding_ids), *_place(passage, words)


def _missing(dossier: Dossier, words: Words) -> Rows:
    for m in dossier.missing:
        yield m.subject_id, words.names.get(m.subject_id), m.slot, m.text


def _failures(dossier: Dossier, _: Words) -> Rows:
    for failure in dossier.failures:
        yield failure.name, failure.stage, failure.error


_TIME = ("value", "from", "to")
_PLACE = ("document", "start", "end", "words")
_TABLES: Mapping[str, tuple[Sequence[str], Callable[[Dossier, Words], Rows]]] = {
    "documents": (
        (
            "id", "name", "source", "title", "url", "author", "published", "published_from",
            "published_to", "published_basis", "updated", "language", "sha256", "origin",
        ),
        _documents,
    ),
    "links": (("origin", "copy", "of", "kind", "probability", "n_evidence"), _links),
    "entities": (("id", "kind", "name", "names", "n_mentions", "outside"), _entities),
    "mentions": (("entity", *_PLACE), _mentions),
    "events": (
        ("id", "name", "kind", *_TIME, "where", "participants", "part_of", "n_mentions"),
        _events,
    ),
    "claims": (
        (
            "id", "subject", "subject_name", "slot", "said", "low", "high", "comparator", "unit",
            "voices", "polarity", "factuality", "as_of", "as_of_from", "as_of_to", *_PLACE,
        ),
        _claims,
    ),
    "findings": (
        (
            "id", "subject", "slot", "question", "status", "candidate", "said", "n_documents",
            "n_origins", "belief", "first_said", "last_said", "is_best", "locked_by", "claims",
        ),
        _findings,
    ),
    "relations": (("finding", "question", "a", "said_a", "b", "said_b", "relation", "why"),
        _relations,
    ),
    "quotations": (
        ("n", "speaker", "speaker_name", "direct", "stance", "same_as", *_PLACE),
        _quotations,
    ),
    "timeline": (("n", *_TIME, "status", "text", "event", *_PLACE), _timeline),
    "account": (("n", "text", "findings", *_PLACE), _account),
    "missing": (("subject", "subject_name", "slot", "text"), _missing),
    "failures": (("input", "stage", "error"), _failures),
}  # fmt: skip
