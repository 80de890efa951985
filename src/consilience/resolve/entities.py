"""The entities that the judgements make: a pure function of documents, readings, judgements."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from consilience.records import Document, Entity, Judgement, Kind, Reading, content_id
from consilience.resolve.chains import Chain, fold, name_proper, surface
from consilience.resolve.cluster import cluster
from consilience.resolve.display import display_name
from consilience.resolve.fullnames import people_conflict, person_names
from consilience.resolve.kinds import settled_chains
from consilience.resolve.people import PersonName
from consilience.resolve.places import place_links, places_meant
from consilience.resolve.roles import with_roles


def clusters(
    found: Sequence[Chain], names: Mapping[str, PersonName], judgements: Sequence[Judgement]
) -> tuple[tuple[Chain, ...], ...]:
    return cluster(found, judgements, partial(people_conflict, names))


@dataclass(frozen=True, slots=True)
class Identified:
    """The people, organisations and places of a case, most often mentioned first.

    `by_chain` leads from document id and chain id to the id of the entity.
    """

    entities: tuple[Entity, ...]
    by_chain: Mapping[tuple[str, str], str]


def identify(
    found: Sequence[Chain],
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    judgements: Sequence[Judgement],
) -> Identified:
    """The entities that judgements make of the settled chains of a case."""
    by_id = {d.id: d for d in documents}
    meant = places_meant(documents, found)
    groups = clusters(found, person_names(found), judgements)
    ids = _ids(groups)
    told = with_roles(groups, documents, readings, judgements)
    made = [
        replace(_entity(id_, group, by_id), links=place_links(group, meant))
        for id_, group in zip(ids, told, strict=True)
    ]
    by_chain = {
        (chain.document_id, chain.mentions[0].chain_id): id_
        for id_, group in zip(ids, told, strict=True)
        for chain in group
    }
    return Identified(tuple(sorted(made, key=lambda e: (-len(e.mentions), e.id))), by_chain)


def entities(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    judgements: Sequence[Judgement],
) -> tuple[Entity, ...]:
    """The people, organisations and places of the case, most often mentioned first."""
    found = settled_chains(documents, readings)
    return identify(found, documents, readings, judgements).entities


def chain_entities(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    judgements: Sequence[Judgement],
) -> Mapping[tuple[str, str], str]:
    """(document id, chain id) to the id of its entity."""
    found = settled_chains(documents, readings)
    return identify(found, documents, readings, judgements).by_chain


def _ids(groups: Sequence[Sequence[Chain]]) -> list[str]:
    """An id for each entity, by the name that most documents give it.

    So that a document more seldom changes an id, as it would if the first chain's key stood for
    all. Of several entities of one name the one in most documents has the plain id.
    """
    ranked = sorted(
        range(len(groups)),
        key=lambda i: (-len({c.document_id for c in groups[i]}), min(c.key for c in groups[i])),
    )
    ids: dict[int, str] = {}
    taken: set[tuple[str, str]] = set()
    for i in ranked:
        name = _kind(groups[i]), _commonest_name(groups[i])
        # Names alone could be the same again: the first chain tells those apart.
        more = (min(c.key for c in groups[i]),) if name in taken else ()
        ids[i] = content_id("entity", *name, *more)
        taken.add(name)
    return [ids[i] for i in range(len(groups))]


def _commonest_name(group: Sequence[Chain]) -> str:
    """What most documents call it, of several words if possible."""
    said: dict[str, set[str]] = {}
    for chain in group:
        for form in chain.forms:
            said.setdefault(fold(form), set()).add(chain.document_id)
    return max(said, key=lambda name: (" " in name, len(said[name]), len(name), name))


def _kind(group: Sequence[Chain]) -> Kind:
    # Only an analyst joins what is read as of several kinds.
    kinds = Counter(chain.kind for chain in group for _ in chain.mentions)
    return kinds.most_common(1)[0][0]


def _entity(id_: str, group: Sequence[Chain], documents: Mapping[str, Document]) -> Entity:
    mentions = sorted((m for c in group for m in c.mentions), key=lambda m: (m.passage, m.id))
    forms = Counter(surface(documents[m.passage.document_id], m) for m in mentions if m.named)
    proper: Counter[str] = Counter()
    for form, n in forms.items():
        proper[name_proper(form)] += n
    kind = _kind(group)
    return Entity(
        id=id_,
        kind=kind,
        name=display_name(proper, kind),
        names=tuple(sorted(forms, key=lambda f: (fold(f), f))),
        mentions=tuple(m.passage for m in mentions),
        mention_ids=tuple(m.id for m in mentions),
    )
