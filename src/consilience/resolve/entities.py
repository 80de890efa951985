"""The entities that the judgements make: a pure function of documents, readings, judgements."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from consilience.records import Document, Entity, Judgement, Reading, content_id
from consilience.resolve.chains import Chain, fold, name_proper, surface
from consilience.resolve.cluster import cluster
from consilience.resolve.display import display_name
from consilience.resolve.fullnames import people_conflict, person_names
from consilience.resolve.kinds import settled_chains
from consilience.resolve.people import PersonName
from consilience.resolve.places import place_links, places_meant


def clusters(
    found: Sequence[Chain], names: Mapping[str, PersonName], judgements: Sequence[Judgement]
) -> tuple[tuple[Chain, ...], ...]:
    return cluster(found, judgements, partial(people_conflict, names))


def entities(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    judgements: Sequence[Judgement],
) -> tuple[Entity, ...]:
    """The people, organisations and places of the case, most often mentioned first."""
    found = settled_chains(documents, readings)
    by_id = {d.id: d for d in documents}
    meant = places_meant(documents, found)
    groups = clusters(found, person_names(found), judgements)
    made = [replace(_entity(g, by_id), links=place_links(g, meant)) for g in groups]
    return tuple(sorted(made, key=lambda e: (-len(e.mentions), e.id)))


def chain_entities(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    judgements: Sequence[Judgement],
) -> dict[tuple[str, str], str]:
    """(document id, chain id) to the id of its entity."""
    found = settled_chains(documents, readings)
    return {
        (chain.document_id, chain.mentions[0].chain_id): _entity_id(group)
        for group in clusters(found, person_names(found), judgements)
        for chain in group
    }


def _entity_id(group: Sequence[Chain]) -> str:
    return content_id("entity", min(c.key for c in group))


def _entity(group: Sequence[Chain], documents: Mapping[str, Document]) -> Entity:
    mentions = sorted((m for c in group for m in c.mentions), key=lambda m: (m.passage, m.id))
    forms = Counter(surface(documents[m.passage.document_id], m) for m in mentions if m.named)
    proper: Counter[str] = Counter()
    for form, n in forms.items():
        proper[name_proper(form)] += n
    # Only an analyst joins what is read as of several kinds.
    kinds = Counter(chain.kind for chain in group for _ in chain.mentions)
    kind = kinds.most_common(1)[0][0]
    return Entity(
        id=_entity_id(group),
        kind=kind,
        name=display_name(proper, kind),
        names=tuple(sorted(forms, key=lambda f: (fold(f), f))),
        mentions=tuple(m.passage for m in mentions),
        mention_ids=tuple(m.id for m in mentions),
    )
