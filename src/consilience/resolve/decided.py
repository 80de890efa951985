"""Analysts' merges and splits as judgements that hold against all of ours; events set aside."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from consilience.decisions import (
    Located,
    Numbered,
    Texts,
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
from consilience.resolve.chains import chain_key, fold
from consilience.resolve.entities import chain_entities
from consilience.resolve.kinds import settled_chains

# An analyst knows.
_SCORE = 1.0


def decided_entities(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    judgements: Sequence[Judgement],
    decisions: Sequence[Numbered],
) -> tuple[Judgement, ...]:
    """What makes the entities that `judgements` make into those that analysts want."""
    said = on(TargetKind.ENTITY, decisions)
    if not said:
        return ()
    chains = settled_chains(documents, readings)
    groups = {
        chain_key(*chain): entity_id
        for chain, entity_id in chain_entities(documents, readings, judgements).items()
    }
    places = located((m.passage, chain.key) for chain in chains for m in chain.mentions)
    names = {chain.key: frozenset(map(fold, chain.forms)) for chain in chains}
    return regrouped(said, groups, places, names, texts(documents))


def decided_events(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    event_by_proposition: Mapping[str, str],
    decisions: Sequence[Numbered],
) -> tuple[Judgement, ...]:
    """The same of events; the ids of propositions are "<document id>:<proposition id>"."""
    said = on(TargetKind.EVENT, decisions)
    if not said:
        return ()
    groups: dict[str, str] = {}
    spots: list[tuple[Passage, str]] = []
    names: dict[str, frozenset[str]] = {}
    for document in documents:
        reading = readings.get(document.id)
        for proposition in reading.propositions if reading else ():
            if proposition.id in event_by_proposition:
                key, at = chain_key(document.id, proposition.id), proposition.predicate
                groups[key] = event_by_proposition[proposition.id]
                spots.append((at, key))
                names[key] = frozenset({fold(document.text[at.start : at.end])})
    return regrouped(said, groups, located(spots), names, texts(documents))


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


def regrouped(
    decisions: Sequence[Numbered],
    groups: Mapping[str, str],
    places: Located[str],
    names: Mapping[str, frozenset[str]],
    known: Texts,
) -> tuple[Judgement, ...]:
    """Judgements that turn groups into what the decisions, one after the other, make of them.

    `groups` maps each key to its group, `names` to what it is called, `places` says where it is.
    """
    cut = _Cut(groups)

    def key_at(passage: Passage) -> str | None:
        key = standing_at(places, passage)
        return key if key in cut.group else None

    def group_at(passage: Passage) -> str | None:
        key = key_at(passage)
        return None if key is None else cut.group[key]

    for number, decision in decisions:
        meant = [pointed_at(target, known, group_at) for target in decision.targets]
        if decision.kind is DecisionKind.MERGE:
            cut.merge((number, decision), [group for group in meant if group is not None])
        elif decision.kind is DecisionKind.SPLIT and meant[0] is not None:
            called = frozenset(map(fold, decision.names))
            quotes = [q for target in decision.targets[1:] for q in target.quotes]
            at = {key for passage in known.find_all(quotes) if (key := key_at(passage))}
            named = {key for key in cut.members[meant[0]] if names[key] <= called}
            cut.part((number, decision), meant[0], at | named)
    return cut.judgements()


class _Cut:
    """A partition of keys while decisions change it; `apart` are groups that must not be one."""

    def __init__(self, groups: Mapping[str, str]) -> None:
        self.group = dict(groups)
        self.members: dict[str, set[str]] = {}
        for key, group in groups.items():
            self.members.setdefault(group, set()).add(key)
        self.apart: dict[frozenset[str], Numbered] = {}
        self.touched: dict[str, Numbered] = {}

    def merge(self, said: Numbered, meant: Sequence[str]) -> None:
        first, *others = dict.fromkeys(meant) or [""]
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

    def part(self, said: Numbered, group: str, leaving: set[str]) -> None:
        """What stands in another group already must stay there."""
        for other in sorted({self.group[key] for key in leaving} - {group}):
            self._bar(said, group, other)
        new = leaving & self.members[group]
        if not new or new == self.members[group]:
            return
        name = f"{group}/{said[0]}"
        self.members[name] = new
        self.members[group] -= new
        for key in new:
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
