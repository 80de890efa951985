"""What one document tells: each predicate with its own day, and what is no single happening."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from consilience.dates import when_of
from consilience.lexicon import load_table, load_words
from consilience.records import (
    Document,
    Factuality,
    Kind,
    PartKind,
    Passage,
    Polarity,
    Proposition,
    Reading,
    TimexType,
    When,
)
from consilience.resolve.by_origin import Saying

# A day longer before the page's own is told as background, and what follows is not of it.
_ASIDE_DAYS = 60
# What lasts longer than this is no time at which something happened.
_LONGEST_DAYS = 370
_AND = re.compile(r"[^.,;:—–\n]{0,60}? and [^.,;:—–\n]{0,60}")
_CLAUSE_EDGE = re.compile("[,;:—–]")
# Kinds of happening that are what a case is about, by the family they belong to; what follows
# from others (arrests, trials, rescues) belongs to none.
FAMILIES = {
    "attack": "harm", "deaths": "harm", "injuries": "harm", "accident": "harm",
    "disaster": "harm", "fire": "harm", "storm": "harm", "abduction": "harm", "robbery": "harm",
    "vote": "vote", "protest": "protest", "strike": "strike", "change of office": "office",
}  # fmt: skip
# Verbs and nouns that say of a happening when it was: "the shooting occurred on 3 May".
HAPPENING = frozenset({"occur", "happen", "begin", "start", "unfold", "operate"})
# Verbs that tell of a happening only where they are done to people.
_OF_PEOPLE = frozenset({"release", "capture", "seize"})
_FOLLOWING = frozenset({"arrest", "release", "court case", "rescue", "change of office"})
HURT = frozenset({"deaths", "injuries"})
# Words of a habit are looked for so far before a predicate, in characters.
_BEFORE_CHARS = 40
# Kinds of which a bare plural tells in general: "shootings have risen". "Deaths", "charges" and
# "arrests" are the common words for those of one happening.
_COUNTED_ALONE = frozenset({"attack", "accident", "fire", "storm", "disaster", "abduction"})
_POINTING = re.compile(
    r"\b(?:the|these|those|both|this|that|its|their|his|her)\s+(?:\w+[\s-]+){0,2}$", re.IGNORECASE
)
_DEFINITE = re.compile(r"\b(?:the|that|this)(?: [\w-]+)? $", re.IGNORECASE)
_DEFINITE_CHARS = 25
# "Every weekend", "nearly every night": a time at which something happens again and again.
_EVERY = re.compile(r"(?:(?:nearly|almost|just about) )?(?:every|each) \w+")
# "Many shootings", "three previous attacks"; "28 raids this year", "fires in all of 2017".
_MANY = re.compile(
    r"\b(?:previous|prior|past|similar|recent|other|frequent|more|fewer|many|most|such"
    r"|(?:number|rate|spate|wave|series|string|rash|surge|rise|increase|history) (?:of|in))"
    r"\s+(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
_IN_ALL = re.compile(
    r"\s+(?:(?:in|across|around) (?:the )?\w+\s+)?(?:so far\b|(?:this|each|every|last|a|per) year\b"
    r"|since \d{4}\b|in (?:all of )?\d{4}\b|(?:over|in|during) the (?:past|last)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Telling:
    """A proposition, the sentence it stands in, and the day it is told of (None: unknown).

    `kind` is that of the happening the predicate names, None where it names none. In the
    background stands what a court case is about: “convicted of murder”. `rank` counts sentences
    from the beginning of the page's own words. `not_on` is a day that stands beside it and dates
    something else: “died on Friday of the crash”. One `is_known` is named by “the crash”.
    `origin_id` is the report that its page goes back to.
    """

    proposition: Proposition
    sentence: Passage
    day: str | None
    is_dated_itself: bool
    is_background: bool = False
    is_repeated: bool = False
    kind: str | None = None
    rank: int = 0
    not_on: str | None = None
    is_known: bool = False
    origin_id: str = ""

    @property
    def said(self) -> Saying:
        return self.origin_id, self.sentence.document_id

    @property
    def is_fact(self) -> bool:
        return (
            self.proposition.factuality is Factuality.HAPPENED
            and self.proposition.polarity is Polarity.POSITIVE
        )


def tellings(document: Document, reading: Reading, origin_id: str) -> list[Telling]:
    """All that the page itself tells, in the order of the text, each with its own day or none."""
    saying = load_table("reporting_verbs")
    people = sorted(m.head.start for m in reading.mentions if m.kind is Kind.PERSON)
    days = _sentence_days(reading)
    dated = _dated_by(reading)
    habits = _repeated(document, reading)
    told = []
    court: Passage | None = None
    ranks: dict[Passage, int] = {}
    for proposition, sentence in _placed(document, reading):
        kind = _kind(document.text, proposition, people)
        if kind == "court case":
            court = sentence
        own = day_of(proposition.when)
        is_background = kind != "court case" and court == sentence and proposition.when is None
        here = days.get(sentence) if own is None and proposition.lemma not in saying else None
        not_on = None
        if here is not None:
            beside = dated.get(here[1], ())
            apart = any(
                _dates_apart(q, kind) and not _is_joined(document.text, proposition, q)
                for q in beside
            )
            not_on = here[0] if apart else None
            if not_on is None and not (kind in FAMILIES and any(q.lemma in saying for q in beside)):
                own = _day_here(here, proposition, document)
        told.append(
            Telling(
                proposition,
                sentence,
                own,
                own is not None,
                is_background,
                proposition.id in habits,
                kind,
                ranks.setdefault(sentence, len(ranks)),
                not_on,
                kind is not None and _is_known(document.text, proposition.predicate),
                origin_id,
            )
        )
    return told


def _kind(text: str, proposition: Proposition, people: Sequence[int]) -> str | None:
    """The kind of happening a predicate names; of some verbs the object or the noun decides.

    "Tried to", "released a video", "cameras captured", "was struck" are no trial, release, arrest
    or strike.
    """
    lemma, at = proposition.lemma, proposition.predicate
    kind = load_table("event_kinds").get(lemma)
    word = text[at.start : at.end].lower()
    is_noun = word.removesuffix("s") in load_table("event_nouns")
    if lemma == "try" and not is_noun and proposition.sense != "try.02":
        return None
    if kind == "strike" and not is_noun and any(a.role == "ARG1" for a in proposition.arguments):
        return None
    if lemma in _OF_PEOPLE:
        held = [a.passage for a in proposition.arguments if a.role == "ARG1"]
        if held and not any(_holds(passage, people) for passage in held):
            return None
    return kind


def _holds(passage: Passage, starts: Sequence[int]) -> bool:
    """Whether one of some places in the text, in order, lies in a passage."""
    first = bisect_left(starts, passage.start)
    return first < len(starts) and starts[first] < passage.end


def _is_known(text: str, at: Passage) -> bool:
    """Whether a noun speaks of a happening as one that was told of: "the crash"."""
    word = text[at.start : at.end].lower()
    if word not in load_table("event_nouns"):
        return False
    return _DEFINITE.search(text, max(0, at.start - _DEFINITE_CHARS), at.start) is not None


def is_news(day: str, document: Document) -> bool:
    """Whether a day is one a report may go on about; years and days long past are asides."""
    start, published = when_of(day).start, document.published
    if start is None or len(day) == len("1998"):
        return False
    if published is None or published.start is None:
        return True
    return published.start - start <= timedelta(days=_ASIDE_DAYS)


def day_of(when: When | None) -> str | None:
    """The day, month or year of a time, without its hour; None where it has no place in time."""
    if when is None or when.start is None or when.end is None:
        return None
    if when.end - when.start > timedelta(days=_LONGEST_DAYS):
        return None
    return when.value.split("T")[0]


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


def _dated_by(reading: Reading) -> dict[int, list[Proposition]]:
    """What each time dates, by where its words begin."""
    found: dict[int, list[Proposition]] = defaultdict(list)
    for proposition in reading.propositions:
        for argument in proposition.arguments:
            if argument.role == "ARGM-TMP":
                found[argument.passage.start].append(proposition)
    return found


def _dates_apart(dated: Proposition, kind: str | None) -> bool:
    """Whether the day of one predicate is not that of a happening told beside it.

    "Police arrested two men on Friday in the shooting", "died on Friday of the crash".
    """
    if kind not in FAMILIES:
        return False
    other = load_table("event_kinds").get(dated.lemma)
    return other in _FOLLOWING or (other == "deaths" and kind not in HURT)


def _is_joined(text: str, first: Proposition, second: Proposition) -> bool:
    """Whether one day is that of both: "a bus crashed and three people died on Friday"."""
    at = first.predicate
    if text[at.start : at.end].lower() in load_table("event_nouns"):
        return False
    return _AND.fullmatch(text, at.end, max(at.end, second.predicate.start)) is not None


def _day_here(named: tuple[str, int], proposition: Proposition, document: Document) -> str | None:
    """The one day a sentence names, if it dates this: an aside dates its own clause and the next.

    "More than 300 are in shelters, after a storm that killed 12 in 2011" is not of 2011.
    """
    day, start = named
    between = document.text[proposition.predicate.end : start]
    is_joined = start < proposition.predicate.start or _CLAUSE_EDGE.search(between) is None
    return day if is_joined or is_news(day, document) else None


def _sentence_days(reading: Reading) -> dict[Passage, tuple[str, int]]:
    """The day that a sentence names, where it names no other and dates no mere plan with it,
    and where its words begin."""
    unreal = {
        argument.passage
        for proposition in reading.propositions
        if proposition.factuality is not Factuality.HAPPENED
        or proposition.polarity is not Polarity.POSITIVE
        for argument in proposition.arguments
        if argument.role == "ARGM-TMP"
    }
    times = [t for t in reading.times if t.passage not in unreal]
    named: dict[Passage, dict[str, int]] = defaultdict(dict)
    k = 0
    for timex in sorted(times, key=lambda t: t.passage):
        while k < len(reading.sentences) and reading.sentences[k].end <= timex.passage.start:
            k += 1
        day = day_of(timex.when)
        if k < len(reading.sentences) and day is not None:
            named[reading.sentences[k]].setdefault(day, timex.passage.start)
    return {sentence: min(days.items()) for sentence, days in named.items() if len(days) == 1}


def _repeated(document: Document, reading: Reading) -> frozenset[str]:
    """Ids of what is told to happen again and again, or in general: no single happening."""
    text = document.text
    sets = sorted(t.passage for t in reading.times if t.type is TimexType.SET)
    ids = _plurals(text, reading.propositions)
    plurals = list(ids)
    found = {id_ for passage, id_ in ids.items() if _in_general(text, passage)}
    for proposition in reading.propositions:
        at = proposition.predicate
        taken = [a.passage for a in proposition.arguments]
        is_set = any(_overlaps(s, a) for s in _beside(sets, at) for a in taken)
        if is_set or _is_habit(text, proposition):
            found.add(proposition.id)
        elif proposition.lemma in load_words("event_changes"):
            # "Shootings have doubled": neither they nor their doubling is one happening.
            of = {p for p in _beside(plurals, at) for a in taken if a.start <= p.start < a.end}
            found |= {ids[p] for p in of}
            found |= {proposition.id} if of else set()
    return frozenset(found)


def _in_general(text: str, plural: Passage) -> bool:
    """Whether the words around a plural say that it is many of them: "similar attacks"."""
    before = text[max(0, plural.start - _BEFORE_CHARS) : plural.start]
    return _MANY.search(before) is not None or _IN_ALL.match(text, plural.end) is not None


def _is_habit(text: str, proposition: Proposition) -> bool:
    """Whether "often", "used to" or their like stands before a predicate, or is its argument."""
    habits = load_words("event_habits")
    adverbs = [
        text[a.passage.start : a.passage.end].lower()
        for a in proposition.arguments
        if a.role in ("ARGM-TMP", "ARGM-ADV", "ARGM-MNR")
    ]
    at = proposition.predicate.start
    before = text[max(0, at - _BEFORE_CHARS) : at].lower().split()[-2:]
    return any(a in habits or _EVERY.match(a) for a in adverbs) or any(
        " ".join(before[-n:]) in habits for n in (1, 2)
    )


def _plurals(text: str, propositions: Sequence[Proposition]) -> dict[Passage, str]:
    """Happenings named by a plural that points at none in particular, and their ids."""
    kinds, nouns = load_table("event_kinds"), load_table("event_nouns")
    found = {}
    for proposition in sorted(propositions, key=lambda p: p.predicate):
        at = proposition.predicate
        word = text[at.start : at.end].lower()
        is_plural = word not in nouns and word.endswith("s") and word[:-1] in nouns
        if not is_plural or proposition.when is not None:
            continue
        if kinds.get(proposition.lemma) not in _COUNTED_ALONE:
            continue
        if _POINTING.search(text, max(0, at.start - _BEFORE_CHARS), at.start) is None:
            found[at] = proposition.id
    return found


def _beside(passages: Sequence[Passage], at: Passage) -> Iterator[Passage]:
    """Of some passages in the order of the text those that begin within reach of another."""
    first = bisect_right(passages, at.start - _REACH_CHARS, key=lambda p: p.start)
    for i in range(first, len(passages)):
        passage = passages[i]
        if passage.start > at.end + _REACH_CHARS:
            break
        yield passage


# No argument lies farther from its predicate than this, in characters.
_REACH_CHARS = 600


def _overlaps(a: Passage, b: Passage) -> bool:
    return a.start < b.end and b.start < a.end
