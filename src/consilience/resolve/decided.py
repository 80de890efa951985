"""Analysts' merges and splits above all that we judge; events set aside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from consilience.decisions import (
    Located,
    Numbered,
    located,
    on,
    pointed_at,
    standing_at,
    texts,
)
from consilience.records import (
    Case,
    DecisionKind,
    Document,
    Event,
    Judgement,
    Passage,
    Reading,
    TargetKind,
    Verdict,
)
from consilience.resolve import resolve
from consilience.resolve.chains import chain_key, fold, name_proper, surface
from consilience.resolve.entities import chain_entities
from consilience.resolve.kinds import settled_chains

# An analyst knows.
_SCORE = 1.0


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


def decided_events(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    event_by_proposition: Mapping[str, str],
    decisions: Sequence[Numbered],
) -> tuple[Judgement, ...]:
    """What turns events as they are into what analysts want.

    The ids of propositions are "<document id>:<proposition id>".
    """
    said = on(TargetKind.EVENT, decisions)
    if not said:
        return ()
    groups: dict[str, str] = {}
    called: dict[str, list[tuple[Passage, str]]] = {}
    for document in documents:
        reading = readings.get(document.id)
        for proposition in reading.propositions if reading else ():
            if proposition.id in event_by_proposition:
                key, at = chain_key(document.id, proposition.id), proposition.predicate
                groups[key] = event_by_proposition[proposition.id]
                called[key] = [(at, fold(document.text[at.start : at.end]))]
    places = located((at, (at, key)) for key, ats in called.items() for at, _ in ats)
    return _regrouped(documents, said, _Cut(groups, called, places)).judgements


def set_aside(case: Case, decisions: Sequence[Numbered]) -> Case:
    """The case with the events that analysts reject behind all others, and nothing told of them.

    One event always stays, since every case has a main one.
    """
    known = texts(case.documents)
    places = located((at, event.id) for event in case.events for at in event.mentions)
    rejected = {
        pointed_at(target, known, lambda at: standing_at(places, at))
        for _, decision in on(TargetKind.EVENT, decisions)
        if decision.kind is DecisionKind.REJECT
        for target in decision.targets
    }
    kept = [event for event in case.events if event.id not in rejected]
    gone = [event for event in case.events if event.id in rejected]
    if not kept or not gone:
        return case
    main = kept[0] if case.events[0] in kept else max(kept, key=_told)
    return replace(
        case,
        events=(main, *(event for event in kept if event is not main), *gone),
        event_by_proposition={
            proposition_id: event_id
            for proposition_id, event_id in case.event_by_proposition.items()
            if event_id not in rejected
        },
        rejected=tuple(event.id for event in gone),
    )


def _told(event: Event) -> tuple[int, int]:
    return len({at.document_id for at in event.mentions}), len(event.mentions)


def _regrouped_entities(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    judgements: Sequence[Judgement],
    said: Sequence[Numbered],
) -> "_Regrouped":
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
    return _regrouped(documents, said, _Cut(groups, called, places))


@dataclass(frozen=True, slots=True)
class _Regrouped:
    """What makes the groups so; `cuts` are mentions that must first get a chain of their own."""

    judgements: tuple[Judgement, ...]
    cuts: Mapping[Passage, str]


def _regrouped(
    documents: Sequence[Document], decisions: Sequence[Numbered], cut: "_Cut"
) -> _Regrouped:
    """What the decisions make of the groups, one after the other."""
    known = texts(documents)
    cuts: dict[Passage, str] = {}
    for said in decisions:
        _, decision = said
        meant = [pointed_at(target, known, cut.group_at) for target in decision.targets]
        if decision.kind is DecisionKind.MERGE:
            cut.merge(said, [group for group in meant if group is not None])
        elif decision.kind is DecisionKind.SPLIT and meant[0] is not None:
            quotes = [q for target in decision.targets[1:] for q in target.quotes]
            cuts |= cut.part(said, meant[0], tuple(known.find_all(quotes)))
    return _Regrouped(cut.judgements(), cuts)


@dataclass(slots=True)
class _Cut:
    """A partition of keys while decisions change it.

    `called` says where each key is named and how, `places` what key is mentioned where; `apart`
    are groups that must not be one, `touched` those that changed, each with the last word on it.
    """

    group: dict[str, str]
    called: Mapping[str, Sequence[tuple[Passage, str]]]
    places: Located[tuple[Passage, str]]
    members: dict[str, set[str]] = field(default_factory=dict)
    apart: dict[frozenset[str], Numbered] = field(default_factory=dict)
    touched: dict[str, Numbered] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key, group in self.group.items():
            self.members.setdefault(group, set()).add(key)

    def group_at(self, passage: Passage) -> str | None:
        spot = standing_at(self.places, passage)
        return None if spot is None else self.group.get(spot[1])

    def merge(self, said: Numbered, meant: Sequence[str]) -> None:
        if len(set(meant)) < 2:
            return
        first, *others = dict.fromkeys(meant)
        for other in others:
            for key in self.members[other]:
                self.group[key] = first
            self.members[first] |= self.members.pop(other)
            self.touched.pop(other, None)
            renamed = {
                frozenset(first if group == other else group for group in pair): by
                for pair, by in self.apart.items()
            }
            self.apart = {pair: by for pair, by in renamed.items() if len(pair) == 2}
        self.touched[first] = said

    def part(self, said: Numbered, group: str, passages: Sequence[Passage]) -> dict[Passage, str]:
        """Part off what stands at the passages or is called so; back come mentions to be cut out
        first, each with a name for its new chain, since the rest of its chain stays.

        What stands in another group already must stay there.
        """
        number, decision = said
        names = frozenset(map(fold, decision.names))
        spots = [spot for at in passages if (spot := standing_at(self.places, at)) is not None]
        for other in sorted({self.group[key] for _, key in spots} - {group}):
            self._bar(said, group, other)
        leaving: set[str] = set()
        cuts: dict[Passage, str] = {}
        for key in sorted(self.members[group]):
            pointed = {at for at, of in spots if of == key}
            gone = {at for at, name in self.called[key] if name in names} | pointed
            if gone.issuperset(at for at, _ in self.called[key]):
                leaving.add(key)
            else:
                cuts |= dict.fromkeys(gone, f"{key}/{number}")
        if leaving and leaving != self.members[group]:
            self._move(said, group, leaving)
        return cuts

    def _move(self, said: Numbered, group: str, leaving: set[str]) -> None:
        name = f"{group}/{said[0]}"
        self.members[name] = leaving
        self.members[group] -= leaving
        for key in leaving:
            self.group[key] = name
        for pair, by in list(self.apart.items()):
            if group in pair:
                self.apart[pair - {group} | {name}] = by
        self._bar(said, group, name)

    def _bar(self, said: Numbered, a: str, b: str) -> None:
        self.apart[frozenset({a, b})] = said
        self.touched[a] = self.touched[b] = said

    def judgements(self) -> tuple[Judgement, ...]:
        """Each changed group held together, and one word between groups that must stay apart."""
        made = []
        for group, said in self.touched.items():
            first, *others = sorted(self.members[group])
            made += [_judgement(first, other, Verdict.SAME, said) for other in others]
        for pair, said in self.apart.items():
            left, right = sorted(min(self.members[group]) for group in pair)
            made.append(_judgement(left, right, Verdict.DIFFERENT, said))
        return tuple(sorted(made, key=lambda j: (j.left_id, j.right_id, j.verdict)))


def _judgement(left: str, right: str, verdict: Verdict, said: Numbered) -> Judgement:
    number, decision = said
    reason = f"decision {number}" + (f": {decision.reason}" if decision.reason else "")
    return Judgement(left, right, verdict, _SCORE, decision.made_by, reason)


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
