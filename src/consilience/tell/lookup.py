"""The records of a dossier by their ids."""

from dataclasses import dataclass

from consilience.records import Claim, Document, Dossier, Entity, Event, Finding, Passage
from consilience.roots import Roots, roots


@dataclass(frozen=True, slots=True)
class Lookup:
    """`mentions` are those of entities, by document, in order, each with its entity's id."""

    documents: dict[str, Document]
    origin_ids: dict[str, str]
    behind: Roots
    entities: dict[str, Entity]
    events: dict[str, Event]
    claims: dict[str, Claim]
    findings: dict[str, Finding]
    mentions: dict[str, list[tuple[Passage, str]]]

    def words(self, passage: Passage) -> str:
        return self.documents[passage.document_id].text[passage.start : passage.end]

    def name(self, subject_id: str | None) -> str | None:
        """What the entity or event is called, None where there is none of that id."""
        if subject_id in self.entities:
            return self.entities[subject_id].name
        return self.events[subject_id].name if subject_id in self.events else None


def lookup(dossier: Dossier) -> Lookup:
    mentions: dict[str, list[tuple[Passage, str]]] = {d.id: [] for d in dossier.documents}
    for passage, entity_id in sorted((p, e.id) for e in dossier.entities for p in e.mentions):
        mentions.setdefault(passage.document_id, []).append((passage, entity_id))
    return Lookup(
        documents={d.id: d for d in dossier.documents},
        origin_ids={d: o.id for o in dossier.origins for d in o.document_ids},
        behind=roots(dossier.origins, dossier.embedded),
        entities={e.id: e for e in dossier.entities},
        events={e.id: e for e in dossier.events},
        claims={c.id: c for c in dossier.claims},
        findings={f.id: f for f in dossier.findings},
        mentions=mentions,
    )
