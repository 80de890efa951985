"""An account that moves: what one voice said first, what later, and the words that say so."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from consilience.records import (
    Case,
    Claim,
    Comparator,
    Finding,
    Passage,
    Quantity,
    RelationKind,
    Status,
    Version,
    When,
)
from consilience.weigh.bodies import Account, accounts
from consilience.weigh.placing_words import placing_words
from consilience.weigh.related_figures import ONLY_GROWING, OPEN_SLOTS
from consilience.wording import say_when

# Two answers that lie so near each other on a page are told in one breath.
_BESIDE_CHARS = 400
_UPPER = frozenset({Comparator.AT_MOST, Comparator.LESS_THAN})
_BOUNDS = _UPPER | {Comparator.AT_LEAST, Comparator.MORE_THAN}
# "A man was hurt" is at least one, and no count that moves.
_SOMEBODY = 1.0
_STATUS = {
    RelationKind.SAME: Status.AGREED,
    RelationKind.COMPATIBLE: Status.COMPATIBLE,
    RelationKind.UPDATED: Status.UPDATED,
    RelationKind.CONTRADICTORY: Status.CONTRADICTED,
}
_STRENGTH = list(_STATUS)
# Their later answers are mostly only finer: the park in the town, the hour of the day.
_FINER = ("when", "where")
_TOLD_LATER = (RelationKind.UPDATED, RelationKind.CONTRADICTORY)


def with_versions(
    case: Case, findings: Sequence[Finding], claims: Sequence[Claim]
) -> tuple[Finding, ...]:
    """The findings, each with what any one voice answered first and what later."""
    whose = accounts(case, claims)
    by_id = {claim.id: claim for claim in claims}
    texts = {document.id: document.text for document in case.documents}
    found = []
    for finding in findings:
        if len(finding.candidates) > 1:
            said = _said(finding, case, by_id, texts)
            moved = tuple(_moved(finding, said, whose))
            versions = tuple(version for sequence in moved for version in _told(finding, sequence))
            updates = {**_first_reports(finding, said, texts), **_replaced(finding, moved, texts)}
            finding = _revised(replace(finding, versions=versions), updates)
        found.append(finding)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Said:
    """One claim of a finding: which candidate's, and the words that place it in a sequence."""

    claim: Claim
    candidate: int
    first: Passage | None
    later: Passage | None


def _said(
    finding: Finding, case: Case, claims: Mapping[str, Claim], texts: Mapping[str, str]
) -> list[_Said]:
    told = []
    for n, candidate in enumerate(finding.candidates):
        for claim in (claims[claim_id] for claim_id in candidate.claim_ids):
            text = texts[claim.passage.document_id]
            sentences = case.readings[claim.passage.document_id].sentences
            told.append(_Said(claim, n, *placing_words(claim.passage, text, sentences)))
    return told


def _moved(
    finding: Finding, told: Sequence[_Said], whose: Mapping[str, Account]
) -> Iterator["_Sequence"]:
    """What each voice said at different times, for those that changed their answer."""
    groups: dict[str, list[_Said]] = defaultdict(list)
    pages: dict[str, list[_Said]] = defaultdict(list)
    for said in told:
        pages[said.claim.passage.document_id].append(said)
    for said in told:
        for key in _groups(said, pages[said.claim.passage.document_id], whose):
            groups[key].append(said)
    for key in sorted(groups):
        names = [whose[s.claim.id] for s in groups[key] if s.claim.id in whose]
        own = [a for a in names if key == a.key]
        steps = _steps(finding, groups[key])
        if len(steps) > 1:
            yield _Sequence(min(own, key=lambda a: (len(a.name), a.name, str(a))), steps)


def _groups(said: _Said, page: Sequence[_Said], whose: Mapping[str, Account]) -> list[str]:
    """The accounts that a claim is a version of.

    Where a page has what was said first in somebody's voice, what it then says itself goes on
    from there; and the other way round.
    """
    own = whose.get(said.claim.id)
    keys = [own.key] if own is not None else []
    for other in page:
        its = whose.get(other.claim.id)
        is_one_told_first = (other.first is None) != (said.first is None)
        if its is not None and is_one_told_first and other.claim.voices:
            keys += [] if said.claim.voices else [its.key]
    return list(dict.fromkeys(keys))


@dataclass(frozen=True, slots=True)
class _Step:
    """One value of a voice: when it was first said, None: only before or after the others."""

    candidate: int
    told: tuple[_Said, ...]
    when: When | None
    is_first: bool

    def number(self) -> float:
        return _number(self.told[0].claim)

    def cue(self) -> Passage | None:
        cues = [s.first if self.is_first else s.later for s in self.told]
        return min((cue for cue in cues if cue is not None), default=None)


@dataclass(frozen=True, slots=True)
class _Sequence:
    account: Account
    steps: tuple[_Step, ...]


def _steps(finding: Finding, group: Sequence[_Said]) -> tuple[_Step, ...]:
    """The answers of one voice that surely follow one another, of those that count one thing."""
    whole = [s for s in group if not _is_part(s, group)]
    units = [_unit(s.claim) for s in whole]
    unit = max(sorted(set(units)), key=units.count, default="")
    told = [s for s in whole if _unit(s.claim) == unit]
    candidates = sorted({s.candidate for s in told})
    steps = [_step(n, [s for s in told if s.candidate == n]) for n in candidates]
    moved: list[_Step] = []
    for step in sorted(steps, key=_place):
        if not moved or _follows(finding, moved[-1], step):
            moved.append(step)
    return tuple(moved)


def _told(finding: Finding, sequence: _Sequence) -> Iterator[Version]:
    for step in sequence.steps:
        yield Version(
            voice=sequence.account.name,
            speaker_id=sequence.account.speaker_id,
            when=step.when,
            value=finding.candidates[step.candidate].value,
            claim_ids=tuple(s.claim.id for s in step.told),
            cue=step.cue(),
        )


_Updates = dict[tuple[int, int], str]


def _replaced(finding: Finding, moved: Sequence[_Sequence], texts: Mapping[str, str]) -> _Updates:
    """Which candidate replaces which, first the one replaced, and why."""
    pairs = ((a, b) for sequence in moved for a, b in pairwise(sequence.steps))
    found = ((a.candidate, b.candidate, _why(finding, a, b, texts)) for a, b in pairs)
    return {(a, b): why for a, b, why in found if why is not None}


def _first_reports(finding: Finding, told: Sequence[_Said], texts: Mapping[str, str]) -> _Updates:
    """Open counts that exclude each other, but one is only ever told as what was said first."""
    first: dict[int, Passage] = {}
    for n in range(len(finding.candidates)):
        cues = [s.first for s in told if s.candidate == n]
        if all(cue is not None for cue in cues):
            first[n] = min(cue for cue in cues if cue is not None)
    found = {}
    for relation in finding.relations:
        if relation.kind is RelationKind.CONTRADICTORY and finding.slot in OPEN_SLOTS:
            for a, b in ((relation.a, relation.b), (relation.b, relation.a)):
                if a in first and b not in first:
                    words = texts[first[a].document_id][first[a].start : first[a].end]
                    found[a, b] = f"“{words}” tells which of the two came first"
    return found


def _revised(finding: Finding, updates: _Updates) -> Finding:
    """The finding, what is said to have been replaced standing as updated, not as best."""
    if not updates:
        return finding
    why = {frozenset(pair): reason for pair, reason in updates.items()}
    relations = tuple(
        replace(r, kind=RelationKind.UPDATED, why=why[frozenset((r.a, r.b))])
        if frozenset((r.a, r.b)) in why
        else r
        for r in finding.relations
    )
    best = finding.policies.best
    for a, b in sorted(updates):
        if best == finding.candidates[a].value:
            best = finding.candidates[b].value
    return replace(
        finding,
        status=_STATUS[max((r.kind for r in relations), key=_STRENGTH.index)],
        relations=relations,
        policies=replace(finding.policies, best=best),
    )


def _why(finding: Finding, a: _Step, b: _Step, texts: Mapping[str, str]) -> str | None:
    """Why the second replaces the first; None where the relation of the two says enough."""
    cue = b.cue() or a.cue()
    if cue is not None and _is_revised(a, b):
        words = texts[cue.document_id][cue.start : cue.end]
        return f"“{words}” tells which of the two came later"
    if a.when is None or b.when is None or not _is_one_page(a, b):
        return None
    if finding.slot in ONLY_GROWING and b.number() > a.number():
        return f"one was told on {say_when(a.when)}, the other on {say_when(b.when)}"
    return None


def _is_one_page(a: _Step, b: _Step) -> bool:
    return len({s.claim.passage.document_id for s in (*a.told, *b.told)}) == 1


def _step(candidate: int, told: Sequence[_Said]) -> _Step:
    is_first = all(s.first is not None for s in told)
    dated = [
        s.claim.as_of
        for s in told
        if s.first is None and s.claim.as_of is not None and s.claim.as_of.start is not None
    ]
    when = min(dated, key=lambda w: (w.start or w.end, w.value), default=None)
    return _Step(candidate, tuple(told), when, is_first)


def _place(step: _Step) -> tuple[bool, bool, str, int, float]:
    start = step.when.start if step.when is not None else None
    documents = {s.claim.passage.document_id for s in step.told}
    said = start.isoformat() if start is not None else ""
    return not step.is_first, start is None, said, -len(documents), step.number()


def _follows(finding: Finding, a: _Step, b: _Step) -> bool:
    """Whether the second is another answer than the first, and surely said after it."""
    is_told = a.is_first and not b.is_first
    is_dated = (
        a.when is not None
        and b.when is not None
        and a.when.end is not None
        and b.when.start is not None
        and a.when.end <= b.when.start
    )
    if not is_told and not is_dated:
        return False
    pair = {a.candidate, b.candidate}
    kind = next(r.kind for r in finding.relations if {r.a, r.b} == pair)
    if kind is RelationKind.SAME:
        return False
    left, right = a.told[0].claim.value, b.told[0].claim.value
    is_figure = isinstance(left, Quantity) and isinstance(right, Quantity)
    if _is_revised(a, b) and (is_figure or finding.slot not in _FINER):
        return True
    if not isinstance(left, Quantity) or not isinstance(right, Quantity):
        # An outlet that dates a thing anew has written on, not changed its account.
        return kind in _TOLD_LATER and any(s.claim.voices for s in (*a.told, *b.told))
    if finding.slot in ONLY_GROWING and b.number() < a.number():
        return left.comparator in _UPPER and kind is RelationKind.COMPATIBLE
    is_bound = left.comparator in _BOUNDS and a.number() not in (b.number(), _SOMEBODY)
    # A page that dates both sayings tells of two counts, not of a part and its whole.
    is_grown = finding.slot in ONLY_GROWING and b.number() > a.number() > _SOMEBODY
    return kind in _TOLD_LATER or is_bound or is_grown


def _is_revised(a: _Step, b: _Step) -> bool:
    """Whether one page puts the two beside each other and says which came first."""
    return any(
        (x.first is not None or y.later is not None)
        and x.claim.passage.document_id == y.claim.passage.document_id
        and abs(x.claim.passage.start - y.claim.passage.start) <= _BESIDE_CHARS
        for x in a.told
        for y in b.told
    )


def _is_part(said: _Said, group: Sequence[_Said]) -> bool:
    """Whether the same voice gives a larger figure of the kind beside it, at the same time."""
    value = said.claim.value
    return isinstance(value, Quantity) and any(
        isinstance(other.claim.value, Quantity)
        and other.claim.passage.document_id == said.claim.passage.document_id
        and other.claim.as_of == said.claim.as_of
        and other.first is None
        and said.first is None
        and _number(other.claim) > _number(said.claim)
        for other in group
    )


def _number(claim: Claim) -> float:
    value = claim.value
    if not isinstance(value, Quantity):
        return 0.0
    return float(value.low if value.low is not None else value.high or 0)


def _unit(claim: Claim) -> str:
    return (claim.value.unit or "") if isinstance(claim.value, Quantity) else ""
