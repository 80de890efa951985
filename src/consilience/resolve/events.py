"""Happenings: the main event of a case, and the other ones it is told beside.

Each document is cut into scenes (what it tells of one happening), and the scenes of all documents
are joined. An undated happening belongs to the day its document spoke of last.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from consilience.dates import when_of
from consilience.lexicon import load_table
from consilience.records import Document, Entity, Event, Judgement, Passage, Reading, content_id
from consilience.resolve.happenings_joined import Group, join
from consilience.resolve.happenings_scenes import scenes
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
) -> Happenings:
    """The events of a case, main event first, the others by date.

    The readings must be anchored: times relative to a date that is now known are resolved.
    """
    told = {
        d.id: scenes(d, readings[d.id], tellings(d, readings[d.id]))
        for d in documents
        if d.id in readings
    }
    groups, made = join(told, lambda _: frozenset())
    main, *others = groups
    happened = [g for g in others if any(t.is_fact for t in g.tellings)]
    happened.sort(key=lambda g: (g.day is None, g.day or ""))
    texts = {d.id: d.text for d in documents}
    places = Places(entities, documents)
    events = []
    by_proposition: dict[str, str] = {}
    by_sentence: dict[Passage, str] = {}
    for group in (main, *happened):
        event = _event(group, places, texts)
        events.append(event)
        for telling in group.tellings:
            by_proposition[telling.proposition.id] = event.id
            by_sentence[telling.sentence] = event.id
    return Happenings(tuple(events), by_proposition, by_sentence, made)


def _event(group: Group, places: Places, texts: Mapping[str, str]) -> Event:
    day, told = group.day, group.tellings
    facts = [t for t in told if t.is_fact and not t.is_background]
    happened = [t for t in facts if t.kind] or facts
    where = places.ranked(happened) or places.ranked(told)
    kind = _gravest(_documents_by(happened, lambda t: t.kind or "event")) or "event"
    mentions = tuple(sorted({t.proposition.predicate for t in happened}))
    noun = _noun(happened, texts) or kind.capitalize()
    return Event(
        id=content_id("event", day or "undated", *(m.document_id + str(m.start) for m in mentions)),
        name=noun + (f" in {where[0].name}" if where else ""),
        kind=kind,
        when=when_of(day) if day else None,
        where=tuple(e.id for e in where),
        participants=(),
        part_of_id=None,
        mentions=mentions,
    )


def _documents_by(told: Sequence[Telling], key: Callable[[Telling], str]) -> dict[str, list[str]]:
    """The documents that tell of each key, a document as often as it does."""
    found: dict[str, list[str]] = defaultdict(list)
    for telling in told:
        found[key(telling)].append(telling.sentence.document_id)
    return found


def _commonest(told: Mapping[str, Sequence[str]]) -> str | None:
    """The key that most documents tell of, then the one told of most often."""
    return max(sorted(told), key=lambda k: (len(set(told[k])), len(told[k])), default=None)


def _gravest(told: Mapping[str, Sequence[str]]) -> str | None:
    """The gravest kind told of by two thirds of the documents that tell of the commonest."""
    most = max((len(set(ids)) for ids in told.values()), default=0)
    near = [kind for kind in told if 3 * len(set(told[kind])) >= 2 * most]
    return min(near, key=lambda kind: (_GRAVITY.index(kind), kind), default=None)


def _noun(told: Sequence[Telling], texts: Mapping[str, str]) -> str | None:
    """The noun by which at least two documents, or the only one, call the happening."""
    nouns = load_table("event_nouns")

    def word(telling: Telling) -> str:
        at = telling.proposition.predicate
        return texts[at.document_id][at.start : at.end].lower()

    named = _documents_by([t for t in told if word(t) in nouns], word)
    noun = _commonest(named)
    n_documents = len({t.sentence.document_id for t in told})
    if noun is None or len(set(named[noun])) < min(2, n_documents):
        return None
    return noun.capitalize()


# Which kind a happening is called by when it was several things.
_GRAVITY = (
    "attack", "disaster", "accident", "fire", "storm", "abduction", "robbery", "deaths", "injuries",
    "protest", "rescue", "arrest", "release", "court case", "vote", "change of office", "strike",
    "event",
)  # fmt: skip
