"""Entities as analysts want them, above all that we judge."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from consilience.decisions import Numbered, located, on
from consilience.records import Document, Judgement, Kind, Passage, Reading, TargetKind
from consilience.resolve import identify, resolve_chains
from consilience.resolve.chains import (
    RESOLVED,
    Chain,
    chain_key,
    fold,
    name_proper,
    surface,
)
from consilience.resolve.kinds import settled_chains
from consilience.resolve.regrouping import Partition, Regrouped, regrouped


@dataclass(frozen=True, slots=True)
class Resolved:
    """The readings, chains cut where analysts say so, and all judgements: theirs, then ours.

    `chains` are the settled chains of these readings.
    """

    readings: Mapping[str, Reading]
    chains: tuple[Chain, ...]
    judgements: tuple[Judgement, ...]


def resolve_as_decided(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    decisions: Sequence[Numbered],
) -> Resolved:
    """What `resolve` makes of a case where analysts' merges and splits of entities hold."""
    chains = settled_chains(documents, readings)
    ours = resolve_chains(chains, documents, readings, ())
    said = on(TargetKind.ENTITY, decisions)
    if not said:
        return Resolved(readings, chains, ours)
    wanted = _wanted(chains, documents, readings, ours, said)
    if wanted.regrouped.cuts or wanted.kinds:
        readings = {id_: _mended(reading, wanted) for id_, reading in readings.items()}
        chains = settled_chains(documents, readings)
        ours = resolve_chains(chains, documents, readings, ())
        wanted = _wanted(chains, documents, readings, ours, said)
    judgements = wanted.regrouped.judgements
    if judgements:
        ours = resolve_chains(chains, documents, readings, judgements)
    return Resolved(readings, chains, judgements + ours)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Entities as analysts want them; `kinds` of chains that were read as of another kind."""

    regrouped: Regrouped
    kinds: Mapping[str, Kind]


def _wanted(
    chains: Sequence[Chain],
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    judgements: Sequence[Judgement],
    said: Sequence[Numbered],
) -> _Wanted:
    identified = identify(chains, documents, readings, judgements)
    groups = {chain_key(*chain): entity_id for chain, entity_id in identified.by_chain.items()}
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
    made = regrouped(documents, said, Partition(groups, called, places))
    return _Wanted(made, _kinds(chains, groups, made.group))


def _kinds(
    chains: Sequence[Chain], before: Mapping[str, str], after: Mapping[str, str]
) -> dict[str, Kind]:
    """The kind of each chain that joined a group of another: what is merged is of one kind."""
    counts: dict[str, Counter[Kind]] = {}
    for chain in chains:
        if after[chain.key].split("/")[0] == before[chain.key]:
            counts.setdefault(after[chain.key], Counter())[chain.kind] += len(chain.mentions)
    kinds = {group: kind.most_common(1)[0][0] for group, kind in counts.items()}
    return {
        chain.key: kinds[after[chain.key]]
        for chain in chains
        if kinds.get(after[chain.key], chain.kind) is not chain.kind
        and before[chain.key] != after[chain.key]
    }


def _mended(reading: Reading, wanted: _Wanted) -> Reading:
    """The reading with the mentions cut out in chains of their own, and of the kind they are."""
    prefix = chain_key(reading.document_id, "")
    cuts = wanted.regrouped.cuts
    mentions = tuple(
        replace(m, kind=kind)
        if (kind := wanted.kinds.get(prefix + m.chain_id)) and m.kind in RESOLVED
        else m
        for m in reading.mentions
    )
    reading = replace(reading, mentions=mentions)
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
