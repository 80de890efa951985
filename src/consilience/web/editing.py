"""Decisions of several people at once: each says which version it saw, and none is lost.

What somebody else decided meanwhile on the same thing, or what new documents say to the same
question, refuses a decision; whatever else happened does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from consilience.decide import verbs
from consilience.decide.targets import record_named, target_of
from consilience.decisions import Numbered, finding_meant, texts
from consilience.errors import ConflictError, InputError, NotFoundError
from consilience.records import (
    Change,
    Decision,
    DecisionKind,
    Finding,
    Target,
    TargetKind,
)
from consilience.resolve.chains import fold
from consilience.store import Version
from consilience.web.access import Who, name_of
from consilience.web.given import Given, Lock, Merge, Note, Reject, Split, Undo
from consilience.web.served import ServedCase, say_version

# Each time somebody else's decision came first, so one was made.
TRIES_MAX = 20

_Thing = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that was kept, and those of others since the version that was seen."""

    number: int
    decision: Decision
    version: str
    meanwhile: tuple[Numbered, ...]


class MeanwhileError(ConflictError):
    """What was done to the same thing since the version that was seen."""

    def __init__(
        self,
        message: str,
        version: str,
        meanwhile: tuple[Numbered, ...],
        changes: tuple[Change, ...] = (),
    ) -> None:
        super().__init__(message)
        self.version = version
        self.meanwhile = meanwhile
        self.changes = changes


def decide(case: ServedCase, who: Who, given: Given, version: str) -> Decided:
    """Keep a decision as `consilience decide` would, made on the version that was looked at.

    Raises:
        MeanwhileError: the same thing was decided on, or its evidence changed, since then.
        InputError: what is named cannot be decided so, or there is no such version.
    """
    seen = parse_version(version)
    for _ in range(TRIES_MAX):
        now = case.version()
        if seen.n_states > now.n_states or seen.n_decisions > now.n_decisions:
            raise InputError(f"{version}: no such version; the case is at {say_version(now)}")
        every = case.decisions()[: now.n_decisions]
        decision = _made(case, who, given, seen, every[: seen.n_decisions])
        _check_others(decision, every, seen, now)
        if now.n_states > seen.n_states:
            _check_evidence(case, given, seen, now)
        try:
            number = case.add_decision(decision, now)
        except ConflictError:
            continue
        made = say_version(Version(now.n_states, number))
        return Decided(number, decision, made, _since(every, seen))
    raise ConflictError(f"{case.name}: too many write to it at once; try again")


def parse_version(version: str) -> Version:
    state, _, decisions = version.partition(".")
    try:
        return Version(int(state), int(decisions))
    except ValueError as error:
        raise InputError(f"{version}: no version of a case; give the one you saw") from error


def _made(
    case: ServedCase, who: Who, given: Given, seen: Version, decisions: Sequence[Decision]
) -> Decision:
    reason = given.text if isinstance(given, Note) else given.reason
    person = verbs.analyst(name_of(who, given.by), reason, datetime.now(UTC))
    if isinstance(given, Undo):
        return verbs.undo(person, decisions, given.number)
    if seen.n_states == 0:
        raise InputError(f"{case.name}: nothing is told of it yet; add documents")
    dossier = case.state(seen.n_states)
    try:
        match given:
            case Merge():
                # An id of a list has a colon; most merges name none.
                listed = case.listed_ids() if any(":" in r for r in given.records) else ()
                return verbs.merge(person, dossier, given.records, listed)
            case Split():
                return verbs.split(person, dossier, given.record, given.apart)
            case Reject():
                return verbs.reject(person, dossier, given.records, given.value)
            case Lock():
                return verbs.lock(person, dossier, given.finding, given.value)
            case Note():
                return verbs.note(person, dossier, given.record)
    except NotFoundError as error:
        raise InputError(str(error)) from error


def _since(every: Sequence[Decision], seen: Version) -> tuple[Numbered, ...]:
    return tuple(enumerate(every[seen.n_decisions :], start=seen.n_decisions + 1))


def _check_others(
    decision: Decision, every: Sequence[Decision], seen: Version, now: Version
) -> None:
    ours = _things(decision, every)
    against = tuple(
        (number, other)
        for number, other in _since(every, seen)
        if ours & (_things(other, every) | {("decision", number)})
    )
    if against:
        number, other = against[-1]
        raise MeanwhileError(
            f"{other.made_by} decided on the same thing meanwhile (decision {number}); look at it "
            "and decide again",
            say_version(now),
            against,
        )


def _check_evidence(case: ServedCase, given: Given, seen: Version, now: Version) -> None:
    """An answer is chosen among answers: others, or other words for them, change the choice."""
    named = [given.finding] if isinstance(given, Lock) else []
    if isinstance(given, Reject) and given.value is not None:
        named = given.records
    before, after = case.state(seen.n_states), case.state(now.n_states)
    known = texts(after.documents)
    for words in named:
        finding = record_named(words, before)
        if not isinstance(finding, Finding):
            continue
        was = target_of(finding, before)
        standing = finding_meant(was, after.findings, after.claims, known)
        if standing is None or set(target_of(standing, after).quotes) != set(was.quotes):
            raise MeanwhileError(
                f"what documents say to “{was.name}” changed meanwhile; look at it again",
                say_version(now),
                (),
                case.changes(seen.n_states, now.n_states),
            )


def _things(decision: Decision, every: Sequence[Decision]) -> frozenset[_Thing]:
    """What a decision is about; a remark is in nobody's way."""
    if decision.undoes is not None:
        undone = _things(every[decision.undoes - 1], every)
        return undone | {("decision", decision.undoes)}
    if decision.kind is DecisionKind.NOTE:
        return frozenset()
    names = {("name", fold(name)) for name in decision.names}
    return frozenset(names).union(*map(_of_target, decision.targets))


def _of_target(target: Target) -> frozenset[_Thing]:
    places = {(q.passage.document_id, q.passage.start, q.passage.end) for q in target.quotes}
    if target.kind in (TargetKind.CLAIM, TargetKind.FINDING):
        return frozenset(("answer", target.slot or "", *place) for place in places)
    called = (str(target.kind), fold(target.name))
    return frozenset({called, *((str(target.kind), *place) for place in places)})
