"""Who is who across documents: judgements on pairs of names, and the entities they make."""

from collections.abc import Mapping, Sequence

from consilience.records import Document, Judgement, Kind, Reading, Verdict
from consilience.resolve.between import judge_wording
from consilience.resolve.chains import Chain, fold
from consilience.resolve.entities import chain_entities, clusters, entities, identify
from consilience.resolve.fullnames import judge_people, person_names
from consilience.resolve.groups import judge_organizations, judge_places
from consilience.resolve.kinds import settled_chains
from consilience.resolve.places import judge_gazetteer_places, places_meant
from consilience.resolve.roles import judge_roles
from consilience.resolve.shortnames import judge_short_names

__all__ = ["chain_entities", "entities", "identify", "resolve", "resolve_chains"]


def resolve(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    judgements: Sequence[Judgement],
) -> tuple[Judgement, ...]:
    """New judgements on a case; the ids of chains are "<document id>:<chain id>".

    Full names are compared across documents first, then each short name is looked for in its own
    document and only then in the case. `judgements` are those already made; an analyst's outrank
    ours. Undated documents are the business of `resolve.dating`.
    """
    return resolve_chains(settled_chains(documents, readings), documents, readings, judgements)


def resolve_chains(
    found: Sequence[Chain],
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    judgements: Sequence[Judgement],
) -> tuple[Judgement, ...]:
    """`resolve`, given the settled chains of the case."""
    names = person_names(found)
    made = [
        *judge_wording(documents, readings),
        *judge_people(found, names),
        *judge_organizations(found),
        *judge_places(found),
        *judge_gazetteer_places(found, places_meant(documents, found)),
    ]
    so_far = [*judgements, *made]
    # An analyst may have merged a person with what was read as a place.
    groups = [
        tuple(c for c in group if c.kind is Kind.PERSON) for group in clusters(found, names, so_far)
    ]
    people = [group for group in groups if group]
    bars = frozenset(
        (min(j.left_id, j.right_id), max(j.left_id, j.right_id))
        for j in so_far
        if j.verdict is Verdict.DIFFERENT
    )
    taken = frozenset(fold(f) for c in found if c.kind is not Kind.PERSON for f in c.forms)
    made += judge_short_names(people, names, bars, taken)
    everybody = clusters(found, names, [*judgements, *made])
    in_full = [group for group in everybody if any(c.titles for c in group)]
    made += judge_roles(documents, readings, in_full)
    return tuple(sorted(set(made), key=lambda j: (j.left_id, j.right_id, j.verdict, j.reason)))
