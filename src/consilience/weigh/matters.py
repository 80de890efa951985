"""Decisions of all documents as they tell of one matter, before they are held side by side."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from consilience.records import Case, Claim, Factuality, Polarity, content_id
from consilience.weigh.acts import Act, is_asked

Told = tuple[Act, Claim]
_VIOLENT = frozenset({"attack", "deaths", "injuries", "explosion"})


def of_one_matter(case: Case, decisions: Sequence[Told]) -> list[Told]:
    """Decisions on deeds of one kind, told of one event, and those that do not say on what.

    Who did something in office counts only where somebody tells expressly who decided it, or where
    another is named for it; what no
    question knows counts only where two answers meet.
    """
    if case.events and case.events[0].kind in _VIOLENT:
        decisions = [(_struck(act), claim) for act, claim in decisions]
    express = [told for told in decisions if not told[0].is_implied]
    placed = [_placed(told, express) for told in express]
    kinds = {kind for act, _ in placed for kind in act.kinds}
    implied = [told for told in decisions if told[0].is_implied]
    placed += [t for t in implied if kinds & set(t[0].kinds) or _has_rival(t, implied)]
    subjects = _subjects(case, placed)
    moved = [
        (
            act,
            _of_event(
                claim,
                subjects.get(act.kinds[0], claim.subject_id) if act.kinds else claim.subject_id,
            ),
        )
        for act, claim in placed
    ]
    return [told for told in moved if _is_worth_asking(told, moved)]


def _struck(act: Act) -> Act:
    """Where people were attacked a strike is no stoppage of work."""
    kinds = tuple("attack" if kind == "strike" else kind for kind in act.kinds)
    return replace(act, kinds=kinds, before="attack" if act.before == "strike" else act.before)


def _placed(told: Told, express: Sequence[Told]) -> Told:
    """A decision that does not say on what, as one on the deed that it can only mean: the one
    that its document or all speak of deciding on, else what was told right before."""
    act, claim = told
    if act.kinds:
        return told
    said = [(a, c) for a, c in express if a.kinds]
    asked = [(a, c) for a, c in said if is_asked("decided_by", a.kinds[0])]
    here = [(a, c) for a, c in asked if c.passage.document_id == claim.passage.document_id]
    for group in (here, asked, said):
        if len({a.kinds[0] for a, _ in group}) == 1:
            kinds = sorted({kind for a, _ in group for kind in a.kinds})
            return replace(act, kinds=tuple(kinds)), claim
    if not asked and act.before:
        return replace(act, kinds=(act.before,)), claim
    return told


def _subjects(case: Case, decisions: Sequence[Told]) -> dict[str, str]:
    """The event of each kind of deed: the main one, or the one of most documents."""
    rank = {event.id: n for n, event in enumerate(case.events)}
    told: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for act, claim in decisions:
        for kind in act.kinds[:1]:
            told[kind][claim.subject_id].add(claim.passage.document_id)
    return {
        kind: min(events, key=lambda e: (rank.get(e, 0) > 0, -len(events[e]), rank.get(e, 0)))
        for kind, events in told.items()
    }


def _of_event(claim: Claim, subject: str) -> Claim:
    if claim.subject_id == subject:
        return claim
    name = content_id("claim", subject, claim.slot, repr(claim.value), repr(claim.passage))
    return replace(claim, id=name, subject_id=subject)


def _has_rival(told: Told, implied: Sequence[Told]) -> bool:
    """Whether another document names another for the same thing, which is not only of that sort."""
    act, claim = told
    return any(
        set(a.kinds) & set(act.kinds)
        and a.objects & act.objects
        and c.value != claim.value
        and c.passage.document_id != claim.passage.document_id
        for a, c in implied
    )


def _is_worth_asking(told: Told, decisions: Sequence[Told]) -> bool:
    act = told[0]
    if not act.kinds or is_asked("decided_by", act.kinds[0]):
        return True
    rivals = {
        repr(c.value)
        for a, c in decisions
        if set(a.kinds) & set(act.kinds)
        and c.factuality is Factuality.HAPPENED
        and c.polarity is Polarity.POSITIVE
    }
    return len(rivals) > 1
