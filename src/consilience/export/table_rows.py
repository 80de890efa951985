"""The rows of each table: one table for each kind of record, joined by ids."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields

from consilience.export.words import Words
from consilience.records import Dossier, Passage, Quantity, Value, When

Cell = str | int | float | bool | None
Rows = Iterator[Sequence[Cell]]


def _times(when: When | None) -> tuple[Cell, Cell, Cell]:
    if when is None:
        return None, None, None
    start = None if when.start is None else when.start.isoformat()
    end = None if when.end is None else when.end.isoformat()
    return when.value, start, end


def _place(passage: Passage, words: Words) -> tuple[Cell, Cell, Cell, Cell]:
    return passage.document_id, passage.start, passage.end, words.of(passage)


def _value(value: Value, words: Words) -> tuple[Cell, ...]:
    """In words, and what a quantity is made of."""
    if isinstance(value, Quantity):
        return words.value(value), value.low, value.high, value.comparator, value.unit
    return words.value(value), None, None, None, None


def _listed(items: Sequence[str]) -> str:
    return " | ".join(items)


def _documents(dossier: Dossier, _: Words) -> Rows:
    origin = {d: o.id for o in dossier.origins for d in o.document_ids}
    for d in dossier.documents:
        yield (
            d.id, d.name, d.source, d.title, d.url, d.author, *_times(d.published),
            d.published_basis, d.date_reason, *_times(d.updated), *_times(d.retrieved)[:1],
            d.language, d.sha256, origin.get(d.id),
        )  # fmt: skip


def _texts(dossier: Dossier, _: Words) -> Rows:
    for d in dossier.documents:
        yield d.id, d.text


def _parts(dossier: Dossier, _: Words) -> Rows:
    for d in dossier.documents:
        for p in d.parts:
            place = p.passage
            yield d.id, place.start, place.end, p.kind, p.author, *_times(p.published)


def _readability(dossier: Dossier, _: Words) -> Rows:
    for d in dossier.documents:
        for repair in d.repairs:
            yield d.id, "repaired", repair.start, repair.end, repair.was, None
        for u in d.unread:
            layers = _listed([str(layer) for layer in u.layers])
            yield d.id, "not read", u.passage.start, u.passage.end, layers, u.language
        for conflict in d.date_conflicts:
            yield d.id, "date in doubt", None, None, conflict, None


def _links(dossier: Dossier, _: Words) -> Rows:
    for origin in dossier.origins:
        for n, link in enumerate(origin.links):
            evidence = len(link.evidence)
            yield origin.id, n, link.copy_id, link.of_id, link.kind, link.probability, evidence


def _evidence(dossier: Dossier, words: Words) -> Rows:
    for origin in dossier.origins:
        for n, link in enumerate(origin.links):
            for match in link.evidence:
                yield origin.id, n, *_place(match.copy, words), *_place(match.of, words)


def _embedded(dossier: Dossier, words: Words) -> Rows:
    for e in dossier.embedded:
        named = words.of(e.named)
        yield e.source, e.kind, e.origin_id, named, *_place(e.passage, words)


def _entities(dossier: Dossier, _: Words) -> Rows:
    for e in dossier.entities:
        outside = _listed([f"{list_name}:{id_}" for list_name, id_ in e.links])
        yield e.id, e.kind, e.name, _listed(e.names), len(e.mentions), outside


def _known(dossier: Dossier, _: Words) -> Rows:
    for e in dossier.entities:
        for k in e.known:
            yield e.id, k.list_name, k.id, k.name, k.score, k.reason


def _mentions(dossier: Dossier, words: Words) -> Rows:
    for e in dossier.entities:
        for passage in e.mentions:
            yield e.id, *_place(passage, words)


def _events(dossier: Dossier, words: Words) -> Rows:
    for v in dossier.events:
        where = _listed([words.names[w] for w in v.where])
        who = _listed([f"{p.role}: {words.names[p.entity_id]}" for p in v.participants])
        yield v.id, v.name, v.kind, *_times(v.when), where, who, v.part_of_id, len(v.mentions)


def _participants(dossier: Dossier, words: Words) -> Rows:
    for v in dossier.events:
        for p in v.participants:
            yield v.id, p.role, p.entity_id, words.names[p.entity_id]
        for place in v.where:
            yield v.id, "where", place, words.names[place]


def _claims(dossier: Dossier, words: Words) -> Rows:
    for c in dossier.claims:
        voices = _listed([v.name or words.names.get(v.speaker_id or "", "") for v in c.voices])
        yield (
            c.id, c.subject_id, words.names.get(c.subject_id), c.slot, *_value(c.value, words),
            voices, c.polarity, c.factuality, *_times(c.as_of), *_place(c.passage, words),
        )  # fmt: skip


def _voices(dossier: Dossier, words: Words) -> Rows:
    for c in dossier.claims:
        for n, v in enumerate(c.voices):
            yield (
                c.id,
                n,
                v.speaker_id,
                words.names.get(v.speaker_id or ""),
                v.name,
                v.stance,
                (v.direct),
            )


def _sums(dossier: Dossier, words: Words) -> Rows:
    for c in dossier.claims:
        for addend in c.sum_of:
            yield c.id, *_value(addend.quantity, words), *_place(addend.passage, words)


def _findings(dossier: Dossier, words: Words) -> Rows:
    for f in dossier.findings:
        for n, c in enumerate(f.candidates):
            yield (
                f.id, words.names.get(f.subject_id), f.slot, f.question, f.status, n,
                *_value(c.value, words), c.n_documents, c.n_origins, c.belief,
                *_times(c.first_said)[:1], *_times(c.last_said)[:1], c.value == f.policies.best,
                f.locked_by, _listed(c.claim_ids), f.subject_id,
            )  # fmt: skip


def _policies(dossier: Dossier, words: Words) -> Rows:
    for f in dossier.findings:
        for policy in fields(f.policies):
            value = getattr(f.policies, policy.name)
            if value is not None:
                yield f.id, f.question, policy.name, *_value(value, words)


def _relations(dossier: Dossier, words: Words) -> Rows:
    for f in dossier.findings:
        for r in f.relations:
            a, b = (words.value(f.candidates[n].value) for n in (r.a, r.b))
            yield f.id, f.question, r.a, a, r.b, b, r.kind, r.why


def _versions(dossier: Dossier, words: Words) -> Rows:
    for f in dossier.findings:
        for n, v in enumerate(f.versions):
            cue = None if v.cue is None else words.of(v.cue)
            yield (
                f.id, n, v.voice, v.speaker_id, *_times(v.when), *_value(v.value, words),
                _listed(v.claim_ids), cue,
            )  # fmt: skip


def _quotations(dossier: Dossier, words: Words) -> Rows:
    for n, q in enumerate(dossier.quotations):
        speaker = words.names.get(q.speaker_id or "")
        same = _listed([str(m) for m in q.same_as])
        cue = None if q.cue is None else words.of(q.cue)
        yield n, q.speaker_id, speaker, q.direct, q.stance, cue, same, *_place(q.passage, words)


def _drift(dossier: Dossier, words: Words) -> Rows:
    for u in dossier.utterances:
        for d in u.drift:
            changed = None if d.words is None else words.of(d.words)
            first = None if u.first is None else u.first
            yield u.id, first, d.a, d.b, d.kind, changed


def _timeline(dossier: Dossier, words: Words) -> Rows:
    for n, t in enumerate(dossier.timeline):
        placed = None
        if t.placed is not None:
            placed = f"{t.placed.relation} {words.names[t.placed.of_id]}"
        conflicts = _listed([f"{c.when.value} ({c.n_documents})" for c in t.conflicts])
        yield (
            n, *_times(t.when), t.status, t.text, t.event_id, words.names.get(t.event_id or ""),
            placed, conflicts, _listed(t.claim_ids),
        )  # fmt: skip


def _account(dossier: Dossier, _: Words) -> Rows:
    for n, s in enumerate(dossier.account):
        yield n, s.paragraph, s.text, _listed(s.finding_ids)


def _citations(dossier: Dossier, words: Words) -> Rows:
    """What each sentence, entry, gap, change and event rests on."""
    for n, s in enumerate(dossier.account):
        cited = {p for c in s.cited for p in c.passages}
        for c in s.cited:
            for p in c.passages:
                yield "account", str(n), s.text[c.start : c.end], *_place(p, words)
        for p in s.passages:
            if p not in cited:
                yield "account", str(n), s.text, *_place(p, words)
    for n, t in enumerate(dossier.timeline):
        for p in t.passages:
            yield "timeline", str(n), t.text, *_place(p, words)
        for dating in t.conflicts:
            for p in dating.passages:
                yield "timeline", str(n), dating.when.value, *_place(p, words)
    for n, m in enumerate(dossier.missing):
        for p in m.passages:
            yield "missing", str(n), m.text, *_place(p, words)
    for n, change in enumerate(dossier.changes):
        for p in change.passages:
            yield "changes", str(n), change.text, *_place(p, words)
    for v in dossier.events:
        for p in v.mentions:
            yield "events", v.id, v.name, *_place(p, words)


def _missing(dossier: Dossier, words: Words) -> Rows:
    for n, m in enumerate(dossier.missing):
        yield n, m.subject_id, words.names.get(m.subject_id), m.slot, m.text


def _changes(dossier: Dossier, _: Words) -> Rows:
    for n, change in enumerate(dossier.changes):
        yield n, change.about, change.text, _listed(change.finding_ids)


def _decisions(dossier: Dossier, _: Words) -> Rows:
    for d in dossier.decisions:
        yield d.number, d.kind, d.text, d.made_by, d.made, d.reason, _listed(d.record_ids)


def _failures(dossier: Dossier, _: Words) -> Rows:
    for failure in dossier.failures:
        yield failure.name, failure.stage, failure.error


def _run(dossier: Dossier, _: Words) -> Rows:
    run = dossier.run
    for key in ("version", "reader", "started"):
        yield key, getattr(run, key)
    yield from run.settings


_PLACE = ("document", "start", "end", "words")
_VALUE = ("said", "low", "high", "comparator", "unit")


def _time(name: str) -> tuple[str, str, str]:
    return name, f"{name}_from", f"{name}_to"


TABLES: Mapping[str, tuple[Sequence[str], Callable[[Dossier, Words], Rows]]] = {
    "documents": (
        (
            "id", "name", "source", "title", "url", "author", *_time("published"),
            "published_basis", "date_reason", *_time("updated"), "retrieved", "language", "sha256",
            "origin",
        ),
        _documents,
    ),
    "texts": (("document", "text"), _texts),
    "parts": (("document", "start", "end", "kind", "author", *_time("published")), _parts),
    "readability": (("document", "what", "start", "end", "detail", "language"), _readability),
    "links": (("origin", "n", "copy", "of", "kind", "probability", "n_evidence"), _links),
    "evidence": (
        ("origin", "link", *(f"copy_{c}" for c in _PLACE), *(f"of_{c}" for c in _PLACE)),
        _evidence,
    ),
    "embedded": (("source", "kind", "origin", "named", *_PLACE), _embedded),
    "entities": (("id", "kind", "name", "names", "n_mentions", "outside"), _entities),
    "known": (("entity", "list", "known_id", "name", "score", "reason"), _known),
    "mentions": (("entity", *_PLACE), _mentions),
    "events": (
        (
            "id", "name", "kind", "value", "from", "to", "where", "participants", "part_of",
            "n_mentions",
        ),
        _events,
    ),
    "participants": (("event", "role", "entity", "name"), _participants),
    "claims": (
        (
            "id", "subject", "subject_name", "slot", *_VALUE, "voices", "polarity", "factuality",
            *_time("as_of"), *_PLACE,
        ),
        _claims,
    ),
    "voices": (("claim", "n", "speaker", "speaker_name", "name", "stance", "direct"), _voices),
    "sums": (("claim", *_VALUE, *_PLACE), _sums),
    "findings": (
        (
            "id", "subject", "slot", "question", "status", "candidate", *_VALUE, "n_documents",
            "n_origins", "belief", "first_said", "last_said", "is_best", "locked_by", "claims",
            "subject_id",
        ),
        _findings,
    ),
    "policies": (("finding", "question", "policy", *_VALUE), _policies),
    "relations": (
        ("finding", "question", "a", "said_a", "b", "said_b", "relation", "why"),
        _relations,
    ),
    "versions": (
        ("finding", "n", "voice", "speaker", *_time("when"), *_VALUE, "claims", "cue"),
        _versions,
    ),
    "quotations": (
        ("n", "speaker", "speaker_name", "direct", "stance", "cue", "same_as", *_PLACE),
        _quotations,
    ),
    "drift": (("utterance", "first", "a", "b", "kind", "changed"), _drift),
    "timeline": (
        (
            "n", "value", "from", "to", "status", "text", "event", "event_name", "placed",
            "conflicts", "claims",
        ),
        _timeline,
    ),
    "account": (("n", "paragraph", "text", "findings"), _account),
    "citations": (("table", "record", "told", *_PLACE), _citations),
    "missing": (("n", "subject", "subject_name", "slot", "text"), _missing),
    "changes": (("n", "about", "text", "findings"), _changes),
    "decisions": (("number", "kind", "text", "made_by", "made", "reason", "records"), _decisions),
    "failures": (("input", "stage", "error"), _failures),
    "run": (("key", "value"), _run),
}  # fmt: skip
