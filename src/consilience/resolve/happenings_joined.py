"""Scenes of all documents joined into happenings, the main one first."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import lru_cache

from consilience.dates import contains, when_of
from consilience.records import Judgement, Verdict
from consilience.resolve.by_origin import Saying, by_origin
from consilience.resolve.happenings_scenes import Scene, clash
from consilience.resolve.happenings_told import FAMILIES, HAPPENING, HURT, Telling

MADE_BY = "consilience events"
# A day that one document alone gives, this near to the day all others give, is the same event
# dated differently. Chosen by hand: wire copy is rarely more than a day off.
_MISDATED_DAYS = 2
_REDATED_DAYS = 5
# What a document tells in its headline or first two sentences weighs twice; a day of nothing but
# what follows from happenings (deaths, arrests, trials) half. Days right of 249 incidents of GVA
# dev: 90.4; all alike 85.1.
_LEAD_RANKS = 3
_LEAD = 2.0
_FOLLOWING_ONLY = 0.5
_HURT_ONLY = 0.5
_ASIDE = 0.75
# Kinds that go on for days: told of on several, they are one happening.
LASTING = frozenset({"strike", "protest", "disaster", "storm", "fire"})
# So long before the day most told of such a one may have begun.
_BEGUN = timedelta(days=10)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WEEK = re.compile(r"\d{4}-W\d{2}")
# From this sum of scores on a scene tells of a happening.
SAME_MIN = 0.5


@dataclass(slots=True)
class Group:
    """A happening while scenes are joined to it; `beside` are scenes that misdate it.

    `day` is that by which it is known, None: no document gives one. One that lasts is told of
    `until` a later day.
    """

    day: str | None
    is_main: bool = False
    until: str | None = None
    beside: frozenset[tuple[str, str]] = frozenset()
    scenes: list[Scene] = field(default_factory=list)
    families: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    document_ids: set[str] = field(default_factory=set)

    def take(self, scene: Scene) -> None:
        self.scenes.append(scene)
        self.document_ids.add(scene.document_id)
        self.families |= scene.families
        self.kinds |= scene.kinds
        self.people |= scene.people

    @property
    def tellings(self) -> tuple[Telling, ...]:
        return tuple(t for s in self.scenes for t in s.tellings)


Comparison = Callable[[Scene, Group], tuple[float, str]]


def _time(scene: Scene, group: Group) -> tuple[float, str]:
    """One day, or a vaguer time that holds the other's day."""
    if scene.day is None or group.day is None:
        return 0.0, ""
    if scene.day == group.day:
        return 0.6, f"both on {scene.day}"
    if _holds(scene.day, group.day):
        return 0.3, f"{group.day} lies in {scene.day}"
    return 0.0, ""


def _untold_time(scene: Scene, group: Group) -> tuple[float, str]:
    """A document that gives no day tells of what all others tell of."""
    return (0.5, "told without a day") if scene.day is None and group.is_main else (0.0, "")


def _misdated(scene: Scene, group: Group) -> tuple[float, str]:
    """The one day a document gives lies right beside the day that the others give."""
    if scene.day is not None and (scene.document_id, scene.day) in group.beside:
        return 0.7, f"{scene.day} is beside {group.day}, and no other day is told of"
    return 0.0, ""


def _other_sort(scene: Scene, group: Group) -> tuple[float, str]:
    """A vote and a shooting are two happenings, though of one day."""
    return (-0.6, "of different sorts") if clash(scene.families, group.families) else (0.0, "")


def _told_apart(scene: Scene, group: Group) -> tuple[float, str]:
    """The document itself tells the one as another than the other."""
    if scene.is_other and (group.is_main or scene.document_id in group.document_ids):
        return -0.6, "told as another one"
    return 0.0, ""


def _same_sort(scene: Scene, group: Group) -> tuple[float, str]:
    """Both are of one sort: harm done, an arrest, a vote, a strike."""
    alike = scene.families & group.families or scene.kinds & group.kinds
    return (0.2, "of one sort") if alike else (0.0, "")


def _same_people(scene: Scene, group: Group) -> tuple[float, str]:
    """The same people take part."""
    shared = group.people & scene.people
    return (0.2, "the same take part") if shared else (0.0, "")


COMPARISONS: tuple[Comparison, ...] = (
    _time, _untold_time, _misdated, _other_sort, _told_apart, _same_sort, _same_people,
)  # fmt: skip


def join(told: Mapping[str, Sequence[Scene]]) -> tuple[list[Group], tuple[Judgement, ...]]:
    """Scenes, by document, joined into happenings, the main one first; and why, for the record.

    A scene is held against whole happenings, never against one scene of them, so none rests on a
    single weak likeness.
    """
    main = _main(told)
    groups = [main]
    by_day: dict[str | None, list[Group]] = defaultdict(list, {main.day: [main]})
    made: list[Judgement] = []
    every = (part for scenes in told.values() for s in scenes for part in _loosened(s, main))
    for scene in sorted(every, key=_order):
        group = _best(scene, _candidates(scene, by_day, main), made)
        if group is None:
            group = Group(scene.day)
            groups.append(group)
            by_day[scene.day].append(group)
        group.take(scene)
    return groups, tuple(made)


def _loosened(scene: Scene, main: Group) -> list[Scene]:
    """A scene without the harm that was put on its day only for want of another.

    What a page tells of no day of its own is what all others tell of, not of the Tuesday on which
    a witness was questioned.
    """
    harm = [t for t in scene.tellings if FAMILIES.get(t.kind or "") == "harm"]
    is_own = any(t.is_dated_itself for t in harm)
    is_lead = any(t.rank < _LEAD_RANKS for t in harm)
    if not is_lead or is_own or scene.is_aside or scene.is_other or "harm" not in main.families:
        return [scene]
    if (
        scene.day is None
        or scene.day == main.day
        or any(t.proposition.lemma in HAPPENING for t in scene.tellings)
    ):
        return [scene]
    rest = tuple(t for t in scene.tellings if t not in harm)
    loose = replace(scene, day=None, tellings=tuple(harm))
    return [loose, replace(scene, tellings=rest)] if rest else [loose]


def key_of(telling: Telling) -> str:
    """The id by which judgements call a mention of a happening."""
    return f"{telling.sentence.document_id}:{telling.proposition.id}"


def _best(
    scene: Scene,
    groups: Sequence[Group],
    made: list[Judgement],
) -> Group | None:
    """The happening that a scene most surely tells of; every close call is put on record."""
    best, most = None, 0.0
    for group in groups:
        judged = [compare(scene, group) for compare in COMPARISONS]
        score = sum(s for s, _ in judged)
        if group.scenes and any(s < 0 for s, _ in judged):
            made.append(_judgement(scene, group, Verdict.DIFFERENT, judged))
        if score >= SAME_MIN and score > most:
            best, most = group, score
    if best is not None and best.scenes:
        judged = [compare(scene, best) for compare in COMPARISONS]
        made.append(_judgement(scene, best, Verdict.SAME, judged))
    return best


def _judgement(
    scene: Scene, group: Group, verdict: Verdict, judged: Sequence[tuple[float, str]]
) -> Judgement:
    sign = 1 if verdict is Verdict.SAME else -1
    score = min(1.0, max(0.0, sum(sign * s for s, _ in judged)))
    reason = "; ".join(why for s, why in judged if s * sign > 0)
    left, right = key_of(_telling(group.scenes[0])), key_of(_telling(scene))
    return Judgement(left, right, verdict, round(score, 2), MADE_BY, reason)


def _telling(scene: Scene) -> Telling:
    """What stands for a scene: the first happening it tells as a fact."""
    return next((t for t in scene.tellings if t.kind and t.is_fact), scene.tellings[0])


_when = lru_cache(maxsize=4096)(when_of)


@lru_cache(maxsize=65536)
def _holds(period: str, day: str) -> bool:
    """Whether a day lies in a vaguer time; to many a week begins on the Sunday before."""
    outer, inner = _when(period), _when(day)
    if contains(outer, inner):
        return True
    if not _WEEK.fullmatch(period) or outer.start is None or inner.start is None:
        return False
    return inner.start == outer.start - timedelta(days=1)


def _candidates(
    scene: Scene, by_day: Mapping[str | None, Sequence[Group]], main: Group
) -> list[Group]:
    """The happenings of a scene's day, the main one, and for a vaguer time those that lie in it."""
    found = [main, *by_day.get(scene.day, ())]
    if scene.day is not None and not _DAY.fullmatch(scene.day):
        found += [g for day in by_day if day and _holds(scene.day, day) for g in by_day[day]]
    return list({id(g): g for g in found}.values())


def _order(scene: Scene) -> tuple[bool, timedelta, bool, str, int]:
    """Exact days before vaguer times before none, what is told as another one after the rest."""
    when = _when(scene.day) if scene.day else None
    span = when.end - when.start if when and when.start and when.end else timedelta(0)
    first = scene.tellings[0].proposition.predicate
    return scene.day is None, span, scene.is_other, scene.document_id, first.start


def _main(told: Mapping[str, Sequence[Scene]]) -> Group:
    """The day and sort of happening that most origins tell of, above all where they begin.

    However many pages print one report, they have its one voice. Of days that as many tell of it
    is the first: what follows from a happening is told with it.
    """
    told_on: dict[str, dict[Saying, float]] = defaultdict(lambda: defaultdict(float))
    sorts: dict[str, dict[str, Counter[Saying]]] = defaultdict(lambda: defaultdict(Counter))
    vaguer: dict[str, dict[Saying, float]] = defaultdict(lambda: defaultdict(float))
    for scenes in told.values():
        for scene in scenes:
            weight = _weight(scene)
            if scene.day is None or not weight:
                continue
            if _DAY.fullmatch(scene.day):
                told_on[scene.day][scene.said] += weight
                for family in scene.families:
                    sorts[scene.day][family][scene.said] += 1
            else:
                vaguer[scene.day][scene.said] += weight
    told_at = _with_vaguer(told_on, vaguer)
    pages = Counter(
        origin_id for origin_id, _ in {key for said in told_at.values() for key in said}
    )
    # Of days to which an origin gives as much, that which more of its pages tell of.
    scores = {
        day: (by_origin(said), round(sum(1 / pages[o] for o, _ in sorted(said)), 6))
        for day, said in told_at.items()
    }
    most = max(sorted(scores), key=lambda day: scores[day], default=None)
    if not told_on or most is None:
        return Group(most, is_main=True)
    day = _first_day(told, most)
    by_sort = {sort: by_origin(said) for sort, said in sorts[day].items()}
    sort = max(sorted(by_sort), key=lambda sort: by_sort[sort], default=None)
    return Group(
        day, is_main=True, beside=_misdating(told, day), families={sort} if sort else set()
    )


_Told = Mapping[str, Mapping[Saying, float]]


def _with_vaguer(told_on: _Told, vaguer: _Told) -> _Told:
    """What is told of each day, with what is told of a week or a month that holds it.

    A page means the day on which it tells that it happened, another page any day. Where no page
    names a day, the vaguer times are all there is.
    """
    if not told_on:
        return vaguer
    every = {day: dict(said) for day, said in told_on.items()}
    for period, said in vaguer.items():
        days = [day for day in told_on if contains(_when(period), _when(day))]
        for saying, weight in said.items():
            own = [day for day in days if told_on[day].get(saying, 0.0) > _FOLLOWING_ONLY]
            for day in own or days:
                every[day][saying] = every[day].get(saying, 0.0) + weight
    return every


def _first_day(told: Mapping[str, Sequence[Scene]], day: str) -> str:
    """The day on which a lasting happening told of on another day began."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for scenes in told.values():
        for scene in scenes:
            if scene.day is not None and _DAY.fullmatch(scene.day) and not scene.is_other:
                kinds[scene.day] |= {
                    t.kind
                    for t in scene.tellings
                    if t.kind in LASTING and t.is_fact and (t.is_dated_itself or scene.day == day)
                }
    start = _when(day).start
    first = [
        other
        for other in kinds
        if kinds[other] & kinds.get(day, set())
        and (began := _when(other).start)
        and start
        and start - _BEGUN <= began <= start
    ]
    return min(first, default=day)


def _weight(scene: Scene) -> float:
    """How much a document makes of what it tells as facts in a scene; 0 where it tells none."""
    if scene.is_other:
        return 0.0
    happened = [t for t in scene.tellings if t.kind and t.is_fact and not t.is_background]
    cored = [t for t in happened if t.kind in FAMILIES]
    if not cored:
        return _FOLLOWING_ONLY if happened else 0.0
    weight = 1.0 if any(t.kind not in HURT for t in cored) else _HURT_ONLY
    weight *= _ASIDE if scene.is_aside else 1.0
    return weight * (_LEAD if any(t.rank < _LEAD_RANKS for t in cored) else 1.0)


def _misdating(told: Mapping[str, Sequence[Scene]], main: str) -> frozenset[tuple[str, str]]:
    """Documents that tell of no day but one beside the main day, with that day."""
    other = _when(main).start
    kinds = {
        t.kind for scenes in told.values() for s in scenes if s.day == main for t in s.tellings
    }
    found = set()
    for document_id, scenes in told.items():
        dated = sorted(
            (t.proposition.predicate, t.day, t.kind)
            for s in scenes
            for t in s.tellings
            if t.is_dated_itself and t.day and t.kind in FAMILIES
        )
        denied = {t.not_on for s in scenes for t in s.tellings}
        if not dated or any(day == main for _, day, _ in dated) or dated[0][1] in denied:
            continue
        day = _when(dated[0][1]).start
        is_alike = dated[0][2] in kinds and dated[0][2] not in HURT
        most = _REDATED_DAYS if is_alike else _MISDATED_DAYS
        if day and other and abs(day - other) <= timedelta(days=most):
            found.add((document_id, dated[0][1]))
    return frozenset(found)
