"""What is part of what: a strike and its days, an accident and a death in hospital after it."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from consilience.dates import when_of
from consilience.records import Passage
from consilience.resolve.happenings_joined import LASTING, Group
from consilience.resolve.happenings_scenes import Scene
from consilience.resolve.happenings_told import FAMILIES, HURT, Telling

# What follows from a happening, by sort: a death and an arrest of one day are two.
_SORTS = {
    "deaths": "death", "injuries": "death", "arrest": "arrest", "release": "arrest",
    "court case": "court", "rescue": "rescue", "change of office": "office",
}  # fmt: skip
_CAUSES = frozenset(kind for kind in FAMILIES if kind not in _SORTS)
# How long such a one may last, and how long after a happening people die, are held, freed and
# tried for it. By hand, for what news goes on about.
_COURSE = timedelta(days=30)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_AFTERMATH = timedelta(days=730)


def kind_of_course(groups: Sequence[Group], kind: str) -> str:
    """What the main happening is, seen from the weeks after it: a strike, rather than the vote of
    its first day, where most origins tell of the strike on one day or another."""
    main = groups[0]
    told: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        if group is main or _is_within(group, main, _COURSE):
            for telling in group.tellings:
                if telling.is_fact and telling.kind in LASTING and telling.kind in main.kinds:
                    told[telling.kind].add(telling.origin_id)
    lasting = max(sorted(told), key=lambda k: len(told[k]), default=kind)
    n_origins = len({t.origin_id for t in main.tellings if t.kind == kind})
    is_harm = FAMILIES.get(kind) == "harm"
    return lasting if not is_harm and len(told[lasting]) >= n_origins else kind


def gather(groups: Sequence[Group], kind: str) -> list[Group]:
    """The same happenings, with what is told of a lasting main one on later days joined to it.

    "The strike entered its second week on Monday" tells of the strike, and of a Monday of it.
    """
    main = groups[0]
    kept = [main]
    for group in groups[1:]:
        if not _is_within(group, main, _COURSE) or any(s.is_other for s in group.scenes):
            kept.append(group)
            continue
        rest = Group(group.day)
        for scene in group.scenes:
            back = _spoken_of(scene, kind)
            own = tuple(t for t in scene.tellings if t not in back)
            own = own if any(t.is_fact for t in own) else ()
            moved = tuple(t for t in scene.tellings if t in back or not own) if back else ()
            if moved:
                main.take(replace(scene, tellings=moved))
                main.until = _later(main.until, group.day) if kind in LASTING else None
            if own:
                rest.take(replace(scene, tellings=own))
        if rest.scenes:
            kept.append(rest)
    return kept


def _spoken_of(scene: Scene, kind: str) -> tuple[Telling, ...]:
    """What a scene of another day tells of the main happening itself.

    Of one that lasts, all of its kind; of another, what is named as known: “the derailment”.
    """
    if kind in LASTING:
        return tuple(t for t in scene.tellings if t.kind == kind)
    harm = [t for t in scene.tellings if FAMILIES.get(t.kind or "") == "harm"]
    if FAMILIES.get(kind) != "harm" or not all(t.is_known for t in harm):
        return ()
    return tuple(t for t in harm if t.is_known)


def _later(until: str | None, day: str | None) -> str | None:
    """The later of two days; a week or a month is no day on which something ends."""
    if day is None or not _DAY.fullmatch(day):
        return until
    return day if until is None else max(until, day)


def sorted_out(group: Group) -> list[Group]:
    """What follows from another happening on one day, each sort by itself: a death, an arrest."""
    sorts = {_SORTS[t.kind] for t in group.tellings if t.is_fact and t.kind in _SORTS}
    if group.is_main or len(sorts) < 2 or any(t.kind in _CAUSES for t in group.tellings):
        return [group]
    parts: dict[str, Group] = {}
    for scene in group.scenes:
        told: dict[str, list[Telling]] = defaultdict(list)
        # What names no happening goes with the one told of before it, or the first.
        sort = next((_SORTS[t.kind] for t in scene.tellings if t.kind in _SORTS), min(sorts))
        for telling in scene.tellings:
            sort = _SORTS.get(telling.kind or "", sort)
            told[sort].append(telling)
        for sort, tellings in told.items():
            parts.setdefault(sort, Group(group.day)).take(replace(scene, tellings=tuple(tellings)))
    return [parts[sort] for sort in sorted(parts)]


def wholes(groups: Sequence[Group], kind: str) -> dict[int, int]:
    """Of the happenings that are part of another, by place in `groups`, that which holds them."""
    main = groups[0]
    told: dict[Passage, list[int]] = defaultdict(list)
    for i, group in enumerate(groups):
        for telling in group.tellings:
            if telling.kind in FAMILIES:
                told[telling.sentence].append(i)
    found = {}
    for i, group in enumerate(groups[1:], start=1):
        if any(s.is_other for s in group.scenes) or _is_cause(group):
            continue
        beside = Counter(
            j
            for sentence in sorted({t.sentence for t in group.tellings})
            for j in told.get(sentence, ())
            if j != i and _is_within(group, groups[j], _AFTERMATH)
        )
        if beside:
            found[i] = max(sorted(beside), key=lambda j: beside[j])
        elif _is_in_course(group, main, kind) or _is_aftermath(group, main):
            found[i] = 0
    roots = {i: _root(i, found) for i in found}
    return {i: root for i, root in roots.items() if root is not None}


def _root(part: int, found: Mapping[int, int]) -> int | None:
    """The whole that is part of nothing; None where two are told as parts of each other."""
    seen, whole = {part}, found[part]
    while whole in found and whole not in seen:
        seen.add(whole)
        whole = found[whole]
    return None if whole in seen else whole


def _is_cause(group: Group) -> bool:
    """Whether it has a cause of its own, as a later murder has, and a death in hospital has not."""
    return any(
        FAMILIES.get(t.kind or "") == "harm"
        and t.kind not in HURT
        and t.is_dated_itself
        and t.is_fact
        for t in group.tellings
    )


def _is_in_course(group: Group, main: Group, kind: str) -> bool:
    """Whether it lies in the weeks of a main happening that lasts."""
    return kind in LASTING and _is_within(group, main, _COURSE)


def _is_aftermath(group: Group, main: Group) -> bool:
    """Whether the same people are held, tried or buried for it later."""
    follows = any(t.kind for t in group.tellings if t.is_fact)
    return follows and bool(group.people & main.people) and _is_within(group, main, _AFTERMATH)


def _is_within(group: Group, whole: Group, span: timedelta) -> bool:
    if group.day is None or whole.day is None:
        return False
    day, start = when_of(group.day).end, when_of(whole.day).start
    return day is not None and start is not None and start < day <= start + span
