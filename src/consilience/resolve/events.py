"""Happenings: the main event of a case, and the other dated ones it is told beside.

A first version: what is told of one day is one event. The main event is the day that most
documents tell of. An undated happening belongs to the day its document spoke of last.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from consilience.dates import contains, when_of
from consilience.lexicon import load_table
from consilience.records import (
    Document,
    Entity,
    Event,
    Factuality,
    PartKind,
    Passage,
    Polarity,
    Proposition,
    Reading,
    When,
    content_id,
)
from consilience.resolve.where import Places

# A day that one document alone gives, this near to the day all others give, is the same event
# dated differently. Chosen by hand: wire copy is rarely more than a day off.
_MISDATED_DAYS = 2
# A day longer before the page's own is told as background, and what follows is not of it.
_ASIDE_DAYS = 60
_CLAUSE_EDGE = re.compile("[,;:—–]")
_ANAPHORIC = re.compile(r"(?:That|It|Then|Those|In that|At that)\b")
# What comes after a happening is rightly told of another day.
_FOLLOWING = frozenset({"rescue", "release", "arrest", "court case", "protest", "change of office"})
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Telling:
    """A proposition, the sentence it stands in, and the day it is told of (None: unknown).

    In the background stands what a court case is about: “convicted of murder”.
    """

    proposition: Proposition
    sentence: Passage
    day: str | None
    is_dated_itself: bool
    is_background: bool = False


@dataclass(frozen=True, slots=True)
class Happenings:
    """`events[0]` is the main one; `event_by_proposition` names the event each one tells of."""

    events: tuple[Event, ...]
    event_by_proposition: Mapping[str, str]
    event_by_sentence: Mapping[Passage, str]


def find_happenings(
    documents: Sequence[Document], readings: Mapping[str, Reading], entities: Sequence[Entity]
) -> Happenings:
    """The events of a case, main event first, the others by date.

    The readings must be anchored: times relative to a date that is now known are resolved.
    """
    told = {d.id: _tellings(d, readings[d.id]) for d in documents if d.id in readings}
    main = _main_day(told)
    same_day = _misdated(told, main)
    days: dict[str | None, list[Telling]] = defaultdict(list)
    for document_id in sorted(told):
        for telling in told[document_id]:
            days[_event_day(telling.day, document_id, main, same_day)].append(telling)
    days.setdefault(main, [])
    happened = {d for d in days if any(_is_told_as_fact(t.proposition) for t in days[d])}
    order = [main] + sorted(day for day in happened if day is not None and day != main)
    texts = {d.id: d.text for d in documents}
    places = Places(entities, documents)
    events = [_event(day, days[day], places, texts) for day in order]
    ids = dict(zip(order, (e.id for e in events), strict=True))
    by_proposition, by_sentence = {}, {}
    for day in order:
        for telling in days[day]:
            id_ = ids[day]
            by_proposition[telling.proposition.id] = id_
            by_sentence[telling.sentence] = id_
    return Happenings(tuple(events), by_proposition, by_sentence)


def _event_day(
    day: str | None, document_id: str, main: str | None, same: frozenset[tuple[str, str]]
) -> str | None:
    if day is None or main is None or (document_id, day) in same:
        return main
    whole, inner = when_of(day), when_of(main)
    return main if contains(whole, inner) else day


def _tellings(document: Document, reading: Reading) -> list[Telling]:
    kinds = load_table("event_kinds")
    saying = load_table("reporting_verbs")
    days = _sentence_days(reading)
    told: list[Telling] = []
    carried: str | None = None
    aside: tuple[Passage, str] | None = None
    court: Passage | None = None
    for proposition, sentence in _placed(document, reading):
        kind = kinds.get(proposition.lemma)
        if kind == "court case":
            court = sentence
        is_background = kind != "court case" and court == sentence and proposition.when is None
        own = _day(proposition.when)
        if own is None and proposition.lemma not in saying:
            own = _day_here(days.get(sentence), proposition, document)
        if own is not None and not _is_news(own, document):
            aside = (sentence, own)
        elif own is not None and kind and not is_background and _is_told_as_fact(proposition):
            carried = own
        if own is None and aside is not None and _goes_on(document, reading, aside[0], sentence):
            aside = (sentence, aside[1])
            told.append(Telling(proposition, sentence, aside[1], False, is_background))
            continue
        told.append(Telling(proposition, sentence, own or carried, own is not None, is_background))
    days_told = (t.day for t in told if t.day is not None and _is_news(t.day, document))
    first = next(days_told, None)
    return [t if t.day is not None else replace(t, day=first) for t in told]


def _is_news(day: str, document: Document) -> bool:
    """Whether a day is one a report may go on about; years and days long past are asides."""
    start, published = when_of(day).start, document.published
    if start is None or len(day) == len("1998"):
        return False
    if published is None or published.start is None:
        return True
    return published.start - start <= timedelta(days=_ASIDE_DAYS)


def _goes_on(document: Document, reading: Reading, before: Passage, sentence: Passage) -> bool:
    """Whether a sentence goes on about the aside made right before: “That flood took 40 lives”."""
    if sentence == before:
        return True
    # The sentences are in order, so the place of one is found by bisection.
    following = bisect_left(reading.sentences, before) + 1
    is_next = following < len(reading.sentences) and reading.sentences[following] == sentence
    return is_next and _ANAPHORIC.match(document.text, sentence.start) is not None


def _placed(document: Document, reading: Reading) -> Iterator[tuple[Proposition, Passage]]:
    """What the page itself tells, comments left out, in the order of the text, by sentence."""
    comments = sorted(p.passage for p in document.parts if p.kind is PartKind.COMMENT)
    k = 0
    for proposition in sorted(reading.propositions, key=lambda p: p.predicate):
        at = proposition.predicate.start
        while k < len(reading.sentences) and reading.sentences[k].end <= at:
            k += 1
        before = bisect_right(comments, at, key=lambda c: c.start) - 1
        in_comment = before >= 0 and at < comments[before].end
        if k < len(reading.sentences) and not in_comment:
            yield proposition, reading.sentences[k]


def _is_told_as_fact(proposition: Proposition) -> bool:
    return (
        proposition.factuality is Factuality.HAPPENED and proposition.polarity is Polarity.POSITIVE
    )


def _day(when: When | None) -> str | None:
    """The day, month or year of a time, without its hour; None where it has no place in time."""
    if when is None or when.start is None or when.end is None:
        return None
    if when.end - when.start > timedelta(days=370):
        return None
    return when.value.split("T")[0]


def _day_here(
    named: tuple[str, int] | None, proposition: Proposition, document: Document
) -> str | None:
    """The one day a sentence names, if it dates this: an aside dates its own clause and the next.

    "More than 300 are in shelters, after a storm that killed 12 in 2011" is not of 2011.
    """
    if named is None:
        return None
    day, start = named
    between = document.text[proposition.predicate.end : start]
    is_joined = start < proposition.predicate.start or _CLAUSE_EDGE.search(between) is None
    return day if is_joined or _is_news(day, document) else None


def _sentence_days(reading: Reading) -> dict[Passage, tuple[str, int]]:
    """The day that a sentence names, where it names no other and dates no mere plan with it,
    and where its words begin."""
    unreal = {
        argument.passage
        for proposition in reading.propositions
        if not _is_told_as_fact(proposition)
        for argument in proposition.arguments
        if argument.role == "ARGM-TMP"
    }
    times = [t for t in reading.times if t.passage not in unreal]
    named: dict[Passage, dict[str, int]] = defaultdict(dict)
    k = 0
    for timex in sorted(times, key=lambda t: t.passage):
        while k < len(reading.sentences) and reading.sentences[k].end <= timex.passage.start:
            k += 1
        day = _day(timex.when)
        if k < len(reading.sentences) and day is not None:
            named[reading.sentences[k]].setdefault(day, timex.passage.start)
    return {sentence: min(days.items()) for sentence, days in named.items() if len(days) == 1}


def _main_day(told: Mapping[str, Sequence[Telling]]) -> str | None:
    kinds = load_table("event_kinds")
    documents: dict[str, set[str]] = defaultdict(set)
    mentions: Counter[str] = Counter()
    for document_id, tellings in told.items():
        for telling in tellings:
            if (
                telling.day is not None
                and _DAY.fullmatch(telling.day)
                and telling.proposition.lemma in kinds
                and not telling.is_background
                and _is_told_as_fact(telling.proposition)
            ):
                documents[telling.day].add(document_id)
                mentions[telling.day] += 1
    if not documents:
        return None
    return max(sorted(documents), key=lambda day: (len(documents[day]), mentions[day]))


def _misdated(
    told: Mapping[str, Sequence[Telling]], main: str | None
) -> frozenset[tuple[str, str]]:
    """Documents that tell of no day but one beside the main day, with that day."""
    if main is None:
        return frozenset()
    kinds = load_table("event_kinds")
    found = set()
    for document_id, tellings in told.items():
        days = [
            t.day
            for t in tellings
            if t.day
            and t.is_dated_itself
            and t.proposition.lemma in kinds
            and kinds[t.proposition.lemma] not in _FOLLOWING
        ]
        if not days or main in days:
            continue
        day, other = _start(days[0]), _start(main)
        if day and other and abs(day - other) <= timedelta(days=_MISDATED_DAYS):
            found.add((document_id, days[0]))
    return frozenset(found)


def _start(value: str) -> datetime | None:
    return when_of(value).start


def _event(
    day: str | None, tellings: Sequence[Telling], places: Places, texts: Mapping[str, str]
) -> Event:
    kinds = load_table("event_kinds")
    facts = [t for t in tellings if _is_told_as_fact(t.proposition) and not t.is_background]
    happened = [t for t in facts if t.proposition.lemma in kinds] or facts
    where = places.ranked(happened) or places.ranked(tellings)
    by_kind = _documents_by(happened, lambda t: kinds.get(t.proposition.lemma, "event"))
    kind = _gravest(by_kind) or "event"
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


def _documents_by(
    tellings: Sequence[Telling], key: Callable[[Telling], str]
) -> dict[str, list[str]]:
    """The documents that tell of each key, a document as often as it does."""
    told: dict[str, list[str]] = defaultdict(list)
    for telling in tellings:
        told[key(telling)].append(telling.sentence.document_id)
    return told


def _commonest(told: Mapping[str, Sequence[str]]) -> str | None:
    """The key that most documents tell of, then the one told of most often."""
    return max(sorted(told), key=lambda k: (len(set(told[k])), len(told[k])), default=None)


def _gravest(told: Mapping[str, Sequence[str]]) -> str | None:
    """The gravest kind told of by two thirds of the documents that tell of the commonest."""
    most = max((len(set(ids)) for ids in told.values()), default=0)
    near = [kind for kind in told if 3 * len(set(told[kind])) >= 2 * most]
    return min(near, key=lambda kind: (_GRAVITY.index(kind), kind), default=None)


def _noun(tellings: Sequence[Telling], texts: Mapping[str, str]) -> str | None:
    """The noun by which at least two documents, or the only one, call the happening."""
    nouns = load_table("event_nouns")

    def word(telling: Telling) -> str:
        at = telling.proposition.predicate
        return texts[at.document_id][at.start : at.end].lower()

    told = _documents_by([t for t in tellings if word(t) in nouns], word)
    noun = _commonest(told)
    n_documents = len({t.sentence.document_id for t in tellings})
    if noun is None or len(set(told[noun])) < min(2, n_documents):
        return None
    return noun.capitalize()


# Which kind a happening is called by when it was several things.
_GRAVITY = (
    "attack", "disaster", "accident", "fire", "storm", "abduction", "deaths", "injuries",
    "protest", "rescue", "arrest", "release", "court case", "vote", "change of office", "strike",
    "event",
)  # fmt: skip
