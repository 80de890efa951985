"""Groups as analysts want them: merges and splits of any keys, one after the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from consilience.decisions import Located, Numbered, pointed_at, standing_at, texts
from consilience.records import DecisionKind, Document, Judgement, Passage, Verdict
from consilience.resolve.chains import fold

# An analyst knows.
_SCORE = 1.0


@dataclass(frozen=True, slots=True)
class Regrouped:
    """What makes the groups as decided, and the group of each key then.

    `cuts` are mentions to be given a key of their own first, since the rest of theirs stays. A
    group that was parted off is called by what it left, "/" and the number of the decision.
    """

    judgements: tuple[Judgement, ...]
    cuts: Mapping[Passage, str]
    group: Mapping[str, str]


def regrouped(
    documents: Sequence[Document], decisions: Sequence[Numbered], cut: "Partition"
) -> Regrouped:
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
    return Regrouped(cut.judgements(), cuts, cut.group)


@dataclass(slots=True)
class Partition:
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
        self.group = dict(self.group)
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
