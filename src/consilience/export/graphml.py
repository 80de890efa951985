"""GraphML: who is named where, who copied whom, who took part, who says what."""

from collections import Counter
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from consilience.export.words import Words, plain_id, speakable
from consilience.records import Dossier
from consilience.wording import label

_KEYS = (
    ("label", "all", "string"),
    ("kind", "all", "string"),
    ("detail", "all", "string"),
    ("date", "node", "string"),
    ("weight", "edge", "double"),
)
Node = tuple[str, str, str, str, str | None]
Edge = tuple[str, str, str, float, str]


def to_graphml(dossier: Dossier) -> str:
    """A graph for Gephi, yEd, Cytoscape or networkx.

    Documents, origins, entities, events, findings and claims are nodes; edges with a kind and a
    weight say who names, tells, copies, takes part, says, answers and contradicts.
    """
    words = Words(dossier)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append('<graphml xmlns="http://graphml.graphdrawing.org/xmlns">')
    lines += [
        f'<key id="{name}" for="{scope}" attr.name="{name}" attr.type="{kind}"/>'
        for name, scope, kind in _KEYS
    ]
    lines.append('<graph id="consilience" edgedefault="directed">')
    lines += [_node(*node) for node in _nodes(dossier, words)]
    lines += [_edge(n, *edge) for n, edge in enumerate(_edges(dossier, words))]
    return "\n".join([*lines, "</graph>", "</graphml>"]) + "\n"


def _nodes(dossier: Dossier, words: Words) -> Iterator[Node]:
    """Id, label, kind, what more there is to say, and when."""
    for d in dossier.documents:
        day = None if d.published is None else d.published.value
        yield plain_id("document", d.id), label(d), "document", d.title or d.name, day
    for o in dossier.origins:
        yield plain_id("origin", o.id), f"origin of {len(o.document_ids)}", "origin", o.id, None
    for e in dossier.entities:
        yield plain_id("entity", e.id), e.name, str(e.kind), " | ".join(e.names), None
    for v in dossier.events:
        day = None if v.when is None else v.when.value
        yield plain_id("event", v.id), v.name, "event", v.kind, day
    for f in dossier.findings:
        yield plain_id("finding", f.id), f.question, "finding", str(f.status), None
    for c in dossier.claims:
        day = None if c.as_of is None else c.as_of.value
        name = f"{c.slot}: {words.value(c.value)}"
        yield plain_id("claim", c.id), name, "claim", words.line(c.passage), day


def _edges(dossier: Dossier, words: Words) -> list[Edge]:
    """From, to, kind, weight (a count, for copies a probability, else 1), what more there is."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for entity in dossier.entities:
        for m in entity.mentions:
            counts[plain_id("document", m.document_id), plain_id("entity", entity.id), "names"] += 1
    for event in dossier.events:
        id_ = plain_id("event", event.id)
        for m in event.mentions:
            counts[plain_id("document", m.document_id), id_, "tells of"] += 1
        for p in event.participants:
            counts[plain_id("entity", p.entity_id), id_, p.role] += 1
        for place in event.where:
            counts[id_, plain_id("entity", place), "in"] += 1
        if event.part_of_id is not None:
            counts[id_, plain_id("event", event.part_of_id), "part of"] += 1
    for quotation in dossier.quotations:
        if quotation.speaker_id is not None:
            document = plain_id("document", quotation.passage.document_id)
            counts[document, plain_id("entity", quotation.speaker_id), "quotes"] += 1
    for origin in dossier.origins:
        for document_id in origin.document_ids:
            counts[plain_id("document", document_id), plain_id("origin", origin.id), "of"] += 1
    for claim in dossier.claims:
        id_ = plain_id("claim", claim.id)
        counts[plain_id("document", claim.passage.document_id), id_, "has"] += 1
        counts[id_, _subject(claim.subject_id, words), "about"] += 1
        for voice in claim.voices:
            if voice.speaker_id is not None:
                counts[plain_id("entity", voice.speaker_id), id_, str(voice.stance)] += 1
    found = [(a, b, kind, float(n), "") for (a, b, kind), n in sorted(counts.items())]
    return [*found, *_answers(dossier), *_copies(dossier)]


def _answers(dossier: Dossier) -> Iterator[Edge]:
    """Each claim to what it answers, and the claims of answers that stand against each other."""
    for finding in dossier.findings:
        id_ = plain_id("finding", finding.id)
        for candidate in finding.candidates:
            for claim_id in candidate.claim_ids:
                yield plain_id("claim", claim_id), id_, "answers", candidate.belief, ""
        for relation in finding.relations:
            pair = [finding.candidates[n].claim_ids[:1] for n in (relation.a, relation.b)]
            if all(pair):
                a, b = (plain_id("claim", ids[0]) for ids in pair)
                yield a, b, str(relation.kind), 1.0, relation.why


def _copies(dossier: Dossier) -> Iterator[Edge]:
    for origin in dossier.origins:
        for link in origin.links:
            copy, of = (plain_id("document", d) for d in (link.copy_id, link.of_id))
            yield copy, of, str(link.kind), link.probability, f"{len(link.evidence)} passages"


def _subject(subject_id: str, words: Words) -> str:
    return plain_id("entity" if subject_id in words.kinds else "event", subject_id)


def _node(id_: str, name: str, kind: str, detail: str, day: str | None) -> str:
    data = _data("label", name) + _data("kind", kind) + _data("detail", detail)
    dated = "" if day is None else _data("date", day)
    return f"<node id={quoteattr(id_)}>{data}{dated}</node>"


def _edge(n: int, source: str, target: str, kind: str, weight: float, detail: str) -> str:
    ends = f"source={quoteattr(source)} target={quoteattr(target)}"
    more = _data("detail", detail) if detail else ""
    data = f'{_data("kind", kind)}{more}<data key="weight">{weight!r}</data>'
    return f'<edge id="e{n}" {ends}>{data}</edge>'


def _data(key: str, text: str) -> str:
    return f'<data key="{key}">{escape(speakable(" ".join(text.split())))}</data>'
