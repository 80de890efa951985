"""Entities as analysts want them, above all that we judge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from consilience.decisions import Numbered, located, on
from consilience.records import Document, Judgement, Passage, Reading, TargetKind
from consilience.resolve import resolve
from consilience.resolve.chains import chain_key, fold, name_proper, surface
from consilience.resolve.entities import chain_entities
from consilience.resolve.kinds import settled_chains
from consilience.resolve.regrouping import Partition, Regrouped, regrouped


@dataclass(frozen=True, slots=True)
class Resolved:
    """The readings, chains cut where analysts say so, and all judgements: theirs, then ours."""

    readings: Mapping[str, Reading]
    judgements: tuple[Judgement, ...]


def resolve_as_decided(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    decisions: Sequence[Numbered],
) -> Resolved:
    """What `resolve` makes of a case where analysts' merges and splits of entities hold."""
    ours = resolve(documents, readings, ())
    said = on(TargetKind.ENTITY, decisions)
    if not said:
        return Resolved(readings, ours)
    wanted = _regrouped_entities(documents, readings, ours, said)
    if wanted.cuts:
        readings = {id_: _recut(reading, wanted.cuts) for id_, reading in readings.items()}
        ours = resolve(documents, readings, ())
        wanted = _regrouped_entities(documents, readings, ours, said)
    if wanted.judgements:
        ours = resolve(documents, readings, wanted.judgements)
    return Resolved(readings, wanted.judgements + ours)


def _regrouped_entities(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    judgements: Sequence[Judgement],
    said: Sequence[Numbered],
) -> Regrouped:
    chains = settled_chains(documents, readings)
    groups = {
        chain_key(*chain): entity_id
        for chain, entity_id in chain_entities(documents, readings, judgements).items()
    }
    by_id = {document.id: document for document in documents}
    called = {
        chain.key: [
            (m.passage, fold(name_proper(surface(by_id[chain.document_id], m))))
            for m in chain.mentions
            if m.named
        ]
        for chain in chains
    }
    places = located(
        (m.passage, (m.passage, chain.key)) for chain in chains for m in chain.mentions
    )
    return regrouped(documents, said, Partition(groups, called, places))


def _recut(reading: Reading, cuts: Mapping[Passage, str]) -> Reading:
    """The reading with the mentions at these passages in chains of their own."""
    prefix = chain_key(reading.document_id, "")
    moved = {
        m.passage: (m.chain_id, cuts[m.passage].removeprefix(prefix))
        for m in reading.mentions
        if m.passage in cuts
    }
    if not moved:
        return reading

    def chain_of(chain_id: str | None, passages: Sequence[Passage]) -> str | None:
        for at, (old, new) in moved.items():
            inside = any(p.start <= at.start and at.end <= p.end for p in passages)
            if chain_id == old and inside:
                return new
        return chain_id

    return replace(
        reading,
        mentions=tuple(
            replace(m, chain_id=moved[m.passage][1]) if m.passage in moved else m
            for m in reading.mentions
        ),
        attributions=tuple(
            replace(a, speaker_id=chain_of(a.speaker_id, a.source)) for a in reading.attributions
        ),
        propositions=tuple(
            replace(
                p,
                arguments=tuple(
                    replace(a, chain_id=chain_of(a.chain_id, (a.passage,))) for a in p.arguments
                ),
            )
            for p in reading.propositions
        ),
    )
