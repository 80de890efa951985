"""Events as analysts want them: merged, split, and set aside."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from consilience.decisions import (
    Numbered,
    located,
    on,
    pointed_at,
    standing_at,
    texts,
)
from consilience.lexicon import load_table
from consilience.records import (
    Case,
    DecisionKind,
    Document,
    Event,
    Judgement,
    Passage,
    Proposition,
    Reading,
    TargetKind,
    content_id,
)
from consilience.resolve.chains import chain_key, fold
from consilience.resolve.events import Happenings
from consilience.resolve.regrouping import Partition, regrouped


@dataclass(frozen=True, slots=True)
class Redrawn:
    """Happenings as analysts want them, and their words as judgements on pairs of mentions.

    The ids of mentions are "<document id>:<proposition id>".
    """

    happenings: Happenings
    judgements: tuple[Judgement, ...] = ()


def redraw(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    happenings: Happenings,
    decisions: Sequence[Numbered],
) -> Redrawn:
    """The happenings after analysts' merges and splits of events.

    A merged event is called, and dated, as the first that is named; one that is parted off is
    dated by its own words alone.
    """
    said = on(TargetKind.EVENT, decisions)
    if not said:
        return Redrawn(happenings)
    told = {
        chain_key(document.id, proposition.id): proposition
        for document in documents
        if document.id in readings
        for proposition in readings[document.id].propositions
        if proposition.id in happenings.event_by_proposition
    }
    by_id = {document.id: document for document in documents}
    groups = {key: happenings.event_by_proposition[p.id] for key, p in told.items()}
    words = {
        at: fold(by_id[at.document_id].text[at.start : at.end])
        for at in (
            *(p.predicate for p in told.values()),
            *(at for event in happenings.events for at in event.mentions),
        )
    }
    called = {key: [(p.predicate, words[p.predicate])] for key, p in told.items()}
    places = located((p.predicate, (p.predicate, key)) for key, p in told.items())
    made = regrouped(documents, said, Partition(groups, called, places))
    labels = set(made.group.values())
    label_of = {old: made.group[key] for key, old in groups.items() if old not in labels}
    spots = {(p.predicate, groups[key]): made.group[key] for key, p in told.items()}
    mentioned: dict[str, list[Passage]] = {
        old.id: [] for old in happenings.events if old.id not in label_of
    }
    for old in happenings.events:
        for at in old.mentions:
            label = spots.get((at, old.id), label_of.get(old.id, old.id))
            mentioned.setdefault(label, []).append(at)
    for (at, _), label in spots.items():
        # What was told of as no fact, and so is no mention, may be parted off too.
        if label not in mentioned:
            mentioned[label] = [at]
    events = {
        label: _event(label, sorted(mentions), happenings.events, label_of, told, words)
        for label, mentions in mentioned.items()
    }
    ids = {old.id: events[label_of.get(old.id, old.id)].id for old in happenings.events}
    main = ids[happenings.events[0].id]
    ordered = sorted(events.values(), key=lambda event: event.id != main)
    by_proposition = {told[key].id: events[label].id for key, label in made.group.items()}
    redrawn = replace(
        happenings,
        events=tuple(replace(event, part_of_id=_whole(event, ids)) for event in ordered),
        event_by_proposition={**happenings.event_by_proposition, **by_proposition},
        event_by_sentence=_by_sentence(readings, happenings, by_proposition, ids),
    )
    return Redrawn(redrawn, made.judgements)


def _whole(event: Event, ids: Mapping[str, str]) -> str | None:
    """What the event is part of, unless it is that by now."""
    whole = ids.get(event.part_of_id or "")
    return None if whole == event.id else whole


def _event(
    label: str,
    mentions: Sequence[Passage],
    events: Sequence[Event],
    label_of: Mapping[str, str],
    told: Mapping[str, Proposition],
    words: Mapping[Passage, str],
) -> Event:
    old = next(event for event in events if event.id == label.split("/")[0])
    if label != old.id:
        return _parted(mentions, told, words)
    every = [old, *(event for event in events if label_of.get(event.id) == label)]
    if tuple(mentions) == old.mentions and len(every) == 1:
        return old
    return replace(
        old,
        id=_event_id(mentions),
        name=_name(old, [words[at] for at in mentions]),
        when=next((event.when for event in every if event.when is not None), None),
        where=tuple(dict.fromkeys(place for event in every for place in event.where)),
        participants=tuple(dict.fromkeys(p for event in every for p in event.participants)),
        mentions=tuple(mentions),
    )


def _name(old: Event, said: Sequence[str]) -> str:
    """The name it had, unless the word for it left with what was parted off."""
    noun, joint, place = old.name.partition(" in ")
    spoken = {word for words in said for word in words.split()}
    if set(fold(noun).split()) <= spoken | set(old.kind.split()):
        return old.name
    return f"{old.kind.capitalize()}{joint}{place}"


def _parted(
    mentions: Sequence[Passage], told: Mapping[str, Proposition], words: Mapping[Passage, str]
) -> Event:
    kinds = load_table("event_kinds")
    ours = [p for p in told.values() if p.predicate in mentions]
    ours.sort(key=lambda p: p.predicate)
    kind = next((kinds[p.lemma] for p in ours if p.lemma in kinds), "event")
    dated = (p.when for p in ours if p.when is not None and p.when.start is not None)
    return Event(
        id=_event_id(mentions),
        name=(kind if kind != "event" else words[mentions[0]]).capitalize(),
        kind=kind,
        when=next(dated, None),
        where=(),
        participants=(),
        part_of_id=None,
        mentions=tuple(mentions),
    )


def _event_id(mentions: Sequence[Passage]) -> str:
    return content_id("event", "decided", *(f"{m.document_id}:{m.start}" for m in mentions))


def _by_sentence(
    readings: Mapping[str, Reading],
    happenings: Happenings,
    by_proposition: Mapping[str, str],
    ids: Mapping[str, str],
) -> dict[Passage, str]:
    """What each sentence tells of: what it told of if that still is among it, else what is."""
    inside: dict[Passage, list[str]] = {}
    for reading in readings.values():
        for proposition in reading.propositions:
            k = bisect_right(reading.sentences, proposition.predicate.start, key=_start) - 1
            if k >= 0 and proposition.id in by_proposition:
                found = inside.setdefault(reading.sentences[k], [])
                found.append(by_proposition[proposition.id])
    told = {}
    for sentence, old in happenings.event_by_sentence.items():
        now = inside.get(sentence, [])
        told[sentence] = ids[old] if ids[old] in now or not now else now[0]
    return told


def _start(passage: Passage) -> int:
    return passage.start


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
    origin_of = {d: origin.id for origin in case.origins for d in origin.document_ids}
    told = {
        e.id: {origin_of.get(at.document_id, at.document_id) for at in e.mentions} for e in kept
    }
    main = kept[0] if case.events[0] in kept else max(kept, key=lambda e: len(told[e.id]))
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
