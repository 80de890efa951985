"""Happenings: the main event of a case, and the other ones it is told beside.

Each document is cut into scenes (what it tells of one happening), and the scenes of all documents
are joined. An undated happening belongs to the day its document spoke of last.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from consilience.records import (
    Document,
    Entity,
    Event,
    Judgement,
    Kind,
    Origin,
    Passage,
    Reading,
    content_id,
)
from consilience.resolve.happenings_joined import Group, join
from consilience.resolve.happenings_named import event_of, kind_of, roles_in
from consilience.resolve.happenings_parts import gather, kind_of_course, sorted_out, wholes
from consilience.resolve.happenings_scenes import scenes
from consilience.resolve.happenings_titles import is_no_happening
from consilience.resolve.happenings_told import Telling, tellings
from consilience.resolve.where import Places

__all__ = ["Happenings", "Telling", "find_happenings"]


@dataclass(frozen=True, slots=True)
class Happenings:
    """`events[0]` is the main one; `event_by_proposition` names the event each one tells of.

    What is told to happen again and again is in no event. `judgements` are ours, on pairs of
    mentions "<document id>:<proposition id>".
    """

    events: tuple[Event, ...]
    event_by_proposition: Mapping[str, str]
    event_by_sentence: Mapping[Passage, str]
    judgements: tuple[Judgement, ...] = ()


def find_happenings(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    entities: Sequence[Entity],
    origins: Sequence[Origin],
) -> Happenings:
    """The events of a case, main event first, the others by date.

    The readings must be anchored: times relative to a date that is now known are resolved. What
    many pages tell is counted by the `origins` they go back to; whoever is in none is one.
    """
    origin_of = {d.id: d.id for d in documents} | {d: o.id for o in origins for d in o.document_ids}
    roles = roles_in(readings, entities)
    people = {e.id for e in entities if e.kind is Kind.PERSON}
    told = {
        d.id: [
            replace(s, people=frozenset(people & {e for t in s.tellings for _, e in roles(t)}))
            for s in scenes(d, readings[d.id], tellings(d, readings[d.id], origin_of[d.id]))
        ]
        for d in documents
        if d.id in readings
    }
    groups, judgements = join(told)
    main, *others = gather(groups, kind_of_course(groups, kind_of(groups[0])))
    others = [part for group in others for part in sorted_out(group)]
    others = [g for g in others if any(t.is_fact and not is_no_happening(t) for t in g.tellings)]
    kept = [main, *sorted(others, key=lambda g: (g.day is None, g.day or ""))]
    places, texts = Places(entities, documents, origin_of), {d.id: d.text for d in documents}
    ids = _ids(kept)
    events = [event_of(id_, g, places, texts, roles) for id_, g in zip(ids, kept, strict=True)]
    whole = wholes(kept, events[0].kind)
    by_proposition: dict[str, str] = {}
    by_sentence: dict[Passage, str] = {}
    for id_, group in zip(ids, kept, strict=True):
        for telling in group.tellings:
            by_proposition[telling.proposition.id] = id_
            by_sentence[telling.sentence] = id_
    parted = (
        replace(e, part_of_id=ids[whole[i]]) if i in whole else e for i, e in enumerate(events)
    )
    return Happenings(tuple(parted), by_proposition, by_sentence, judgements)


def _ids(groups: Sequence[Group]) -> list[str]:
    """An id each, of the day and the sort of happening, which a new document seldom changes."""
    found: list[str] = []
    counts: Counter[tuple[str, str]] = Counter()
    for group in groups:
        key = group.day or "undated", min(group.families, default="event")
        found.append(content_id("event", *key, str(counts[key])))
        counts[key] += 1
    return found
