"""What is known of a happening: its kind, name, time, place and who took part."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from consilience.dates import contains, when_of
from consilience.lexicon import load_table
from consilience.records import Entity, Event, Kind, Participant, Reading, When
from consilience.resolve.by_origin import Saying, by_origin
from consilience.resolve.happenings_joined import Group
from consilience.resolve.happenings_titles import title_of
from consilience.resolve.happenings_told import FAMILIES, HAPPENING, Telling
from consilience.resolve.where import Places

# Which kind a happening is called by when it was several things.
_GRAVITY = (
    "attack", "disaster", "accident", "fire", "storm", "abduction", "robbery", "deaths",
    "injuries", "protest", "strike", "rescue", "arrest", "release", "court case", "vote",
    "change of office", "event",
)  # fmt: skip
_ROLES = {"ARG0": "agent", "ARG1": "patient"}
# So many take part at most; the rest are named once, in long lists.
_PARTICIPANTS_MAX = 12

Roles = Callable[[Telling], tuple[tuple[str, str], ...]]


def roles_in(readings: Mapping[str, Reading], entities: Sequence[Entity]) -> Roles:
    """Who takes part in what a telling tells, by role: people and organisations with a name."""
    by_mention = {
        (passage.document_id, mention_id): entity.id
        for entity in entities
        if entity.kind in (Kind.PERSON, Kind.ORGANIZATION) and entity.names
        for passage, mention_id in zip(entity.mentions, entity.mention_ids, strict=True)
    }
    by_chain = {
        (document_id, mention.chain_id): by_mention[document_id, mention.id]
        for document_id, reading in readings.items()
        for mention in reading.mentions
        if (document_id, mention.id) in by_mention
    }

    def roles(telling: Telling) -> tuple[tuple[str, str], ...]:
        at = telling.proposition.predicate.document_id
        found = (
            (_ROLES[a.role], by_chain.get((at, a.chain_id)))
            for a in telling.proposition.arguments
            if a.role in _ROLES and a.chain_id is not None
        )
        return tuple((role, entity_id) for role, entity_id in found if entity_id is not None)

    return roles


def event_of(
    id_: str, group: Group, places: Places, texts: Mapping[str, str], roles: Roles
) -> Event:
    """The record of a happening, part of none yet."""
    happened = _happened(group)
    where = places.ranked(happened) or places.ranked(group.tellings)
    kind = kind_of(group)
    named = where if group.is_main else [e for e in where if _is_named(e, happened)]
    return Event(
        id=id_,
        name=title_of(kind, happened, named, texts),
        kind=kind,
        when=_when(group, kind),
        where=tuple(e.id for e in where),
        participants=_participants(happened, kind, roles),
        part_of_id=None,
        mentions=tuple(sorted({t.proposition.predicate for t in (*happened, *_dated(group))})),
    )


def _is_named(place: Entity, told: Sequence[Telling]) -> bool:
    """Whether a sentence that tells of the happening names the place."""
    at = partial(bisect_left, place.mentions, key=lambda m: (m.document_id, m.start))
    return any(
        at((s.document_id, s.start)) < at((s.document_id, s.end))
        for s in {t.sentence for t in told}
    )


def kind_of(group: Group) -> str:
    """The gravest kind told of by two thirds of the origins that tell of the commonest."""
    happened = _happened(group)
    if any(_says_when(t, group) for t in happened + _dated(group)):
        # "Two men were charged in a shooting. It happened on Monday": not the charging.
        happened += [t for t in group.tellings if t.is_background and t.is_fact and t.kind]
    told: dict[str, set[str]] = defaultdict(set)
    for telling in happened:
        told[telling.kind or "event"].add(telling.origin_id)
    most = max((len(origins) for origins in told.values()), default=0)
    near = [kind for kind in told if 3 * len(told[kind]) >= 2 * most]
    return min(near, key=lambda kind: (_GRAVITY.index(kind), kind), default="event")


def _says_when(telling: Telling, group: Group) -> bool:
    return telling.proposition.lemma in HAPPENING and telling.day == group.day is not None


def _happened(group: Group) -> list[Telling]:
    """What is told as fact: of happenings, or where no such is told, of anything."""
    facts = [t for t in group.tellings if t.is_fact and not t.is_background]
    return [t for t in facts if t.kind] or facts


def _dated(group: Group) -> list[Telling]:
    """What has a time of its own, though of no kind we know: “he turned himself in on Thursday”."""
    saying = load_table("reporting_verbs")
    facts = (t for t in group.tellings if t.is_fact and not t.is_background)
    return [
        t for t in facts if t.proposition.when is not None and t.proposition.lemma not in saying
    ]


def _when(group: Group, kind: str) -> When | None:
    """The day, to the hour or a part of the day where all who give one agree.

    A happening that lasts is told of on later days too, and lasts until the last of them.
    """
    if group.day is None:
        return None
    if group.until is not None:
        return when_of(f"{group.day}/{group.until}")
    day = when_of(group.day)
    hours = {
        t.proposition.when.value
        for t in group.tellings
        if t.is_fact
        and (t.kind == kind or t.proposition.lemma in HAPPENING)
        and t.proposition.when is not None
        and t.proposition.when.value.startswith(f"{group.day}T")
    }
    told = sorted(hours, key=lambda value: (-len(value), value))
    if not told:
        return day
    hour = when_of(told[0])
    agree = all(contains(when_of(value), hour) for value in told)
    return hour if agree and hour.start is not None else day


def _participants(told: Sequence[Telling], kind: str, roles: Roles) -> tuple[Participant, ...]:
    """Who did it and to whom, those that most origins name first."""
    family = FAMILIES.get(kind)
    told_as: dict[str, dict[str, Counter[Saying]]] = defaultdict(lambda: defaultdict(Counter))
    named: dict[str, set[str]] = defaultdict(set)
    for telling in told:
        if telling.kind == kind or (family and FAMILIES.get(telling.kind or "") == family):
            for role, entity_id in roles(telling):
                told_as[entity_id][role][telling.said] += 1
                named[entity_id].add(telling.origin_id)
    found = {
        e: {role: by_origin(said) for role, said in by_role.items()}
        for e, by_role in told_as.items()
    }
    order = sorted(found, key=lambda e: (-len(named[e]), -sum(found[e].values()), e))
    return tuple(
        Participant(max(sorted(found[e]), key=lambda role: found[e][role]), e)
        for e in order[:_PARTICIPANTS_MAX]
    )
