"""GraphML: who is named where, who copied whom, who took part, who was quoted."""

import re
from collections import Counter
from xml.sax.saxutils import escape, quoteattr

from consilience.export.words import plain_id
from consilience.records import Dossier
from consilience.wording import label

# Characters that XML 1.0 cannot hold.
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_KEYS = (
    ("label", "all", "string"),
    ("kind", "all", "string"),
    ("weight", "edge", "double"),
)


def to_graphml(dossier: Dossier) -> str:
    """A graph for Gephi, yEd or networkx.

    Documents, entities and events are nodes; edges have a kind and a weight.
    """
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append('<graphml xmlns="http://graphml.graphdrawing.org/xmlns">')
    lines += [
        f'<key id="{name}" for="{scope}" attr.name="{name}" attr.type="{kind}"/>'
        for name, scope, kind in _KEYS
    ]
    lines.append('<graph id="consilience" edgedefault="directed">')
    lines += [_node(plain_id("document", d.id), label(d), "document") for d in dossier.documents]
    lines += [_node(e.id, e.name, str(e.kind)) for e in dossier.entities]
    lines += [_node(v.id, v.name, f"event: {v.kind}") for v in dossier.events]
    lines += [_edge(n, *edge) for n, edge in enumerate(_edges(dossier))]
    return "\n".join([*lines, "</graph>", "</graphml>"]) + "\n"


def _edges(dossier: Dossier) -> list[tuple[str, str, str, float]]:
    """From, to, kind, weight: a count, or for copies a probability."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for entity in dossier.entities:
        for m in entity.mentions:
            counts[plain_id("document", m.document_id), entity.id, "names"] += 1
    for event in dossier.events:
        for m in event.mentions:
            counts[plain_id("document", m.document_id), event.id, "tells of"] += 1
        for p in event.participants:
            counts[p.entity_id, event.id, p.role] += 1
        for place in event.where:
            counts[event.id, place, "in"] += 1
    for quotation in dossier.quotations:
        if quotation.speaker_id is not None:
            document = plain_id("document", quotation.passage.document_id)
            counts[document, quotation.speaker_id, "quotes"] += 1
    found = [(a, b, kind, float(n)) for (a, b, kind), n in sorted(counts.items())]
    found += [
        (
            plain_id("document", link.copy_id),
            plain_id("document", link.of_id),
            str(link.kind),
            link.probability,
        )
        for origin in dossier.origins
        for link in origin.links
    ]
    return found


def _node(id_: str, name: str, kind: str) -> str:
    return f"<node id={quoteattr(id_)}>{_data('label', name)}{_data('kind', kind)}</node>"


def _edge(n: int, source: str, target: str, kind: str, weight: float) -> str:
    ends = f"source={quoteattr(source)} target={quoteattr(target)}"
    data = f'{_data("kind", kind)}<data key="weight">{weight!r}</data>'
    return f'<edge id="e{n}" {ends}>{data}</edge>'


def _data(key: str, text: str) -> str:
    return f'<data key="{key}">{escape(_UNSPEAKABLE.sub("", " ".join(text.split())))}</data>'
