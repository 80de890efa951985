"""What a document dates: each happening it gives a time for, and whether it had yet to come."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from consilience.dates import day_value, when_of
from consilience.lexicon import load_table
from consilience.records import (
    Case,
    Document,
    Factuality,
    PartKind,
    Passage,
    Proposition,
    Reading,
    Stance,
    Timex,
    TimexType,
    When,
)
from consilience.tell.parts import inside
from consilience.tell.sentences import Told, is_of_rights
from consilience.tell.sorts import LIGHT, OUTSETS, holds, is_saying, sorts_of
from consilience.tell.standing import Page, standing

_STATING = frozenset({Stance.SAYS, Stance.CONFIRMS, Stance.DENIES})
_UNTOLD = (PartKind.COMMENT, PartKind.BOILERPLATE, PartKind.CREDIT, PartKind.DATELINE)
# What lasts without anything happening: wishes, possession, opinion.
STATES = frozenset(
    "want have need know think believe hope like love hate prefer own mean seem belong "
    "contain include depend deserve expect fear wish".split()
)
# What pages say of themselves.
_PRINTING = frozenset({"publish", "post", "update", "print"})
# What a length is counted from: "three days AFTER THE FIRE, police …".
_FROM_WHICH = re.compile(r"\s+(?:after|before|following|since)\b[^,;:.]{0,200}", re.IGNORECASE)
_ENDS = frozenset(".!?…”\"'»")
_HABITUAL = re.compile(r"\b(?:every|each)\s+\w+(?:\s+since)?\s*\Z", re.IGNORECASE)
# How many sentences of the body tell what the page is about before all else.
_LEAD_SENTENCES = 2
_SHORT_WORDS = 5
_AT_ONCE = re.compile(r"(?:when|as|while)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dated:
    """A happening with a time that a sentence gives it.

    `kinds` are what sort of happening it is and by which words, empty where the words do not say;
    `around` are those of all that the sentence tells. `is_named`: what happened has a word of a
    kind of its own.
    `is_lead`: the page is about this. `is_main_clause`: the sentence is. `is_outset`: told is only
    that it began or took place. `is_caption`: beneath a picture.
    """

    when: When
    time: Passage
    told: Told
    predicate: Passage | None
    kinds: frozenset[str]
    around: frozenset[str]
    is_named: bool
    entity_ids: frozenset[str]
    event_id: str | None
    status: Factuality
    is_lead: bool
    is_main_clause: bool
    is_outset: bool
    is_saying: bool
    is_caption: bool

    @property
    def sentence(self) -> Passage:
        return self.told.sentence


def dated_happenings(case: Case, document: Document, reading: Reading) -> list[Dated]:
    """Every time that dates something in a document, in the order of the text."""
    is_untold = inside(document, *_UNTOLD)
    is_beneath_picture = inside(document, PartKind.CAPTION)
    is_body = inside(document, PartKind.BODY)
    told_in_body = [s for s in reading.sentences if is_body(s.start)]
    leads = frozenset(told_in_body[:_LEAD_SENTENCES])
    found: list[Dated] = []
    for k, (times, here) in enumerate(_by_sentence(reading)):
        sentence = reading.sentences[k]
        if not times or is_untold(sentence.start):
            continue
        told = Told(sentence, reading.vectors[k] if reading.vectors else ())
        is_caption = is_beneath_picture(sentence.start)
        page = Page(case, document, told, here, sentence in leads, is_caption)
        dating = [(timex, _dating(document, timex, here)) for timex in times]
        dated = _ranges(document, dating)
        own = [d for d in dated if not _is_day_of_saying(d[1])]
        kept = _finest(own or dated)
        found += [d for timex, by in kept if (d := _dated(page, timex, by)) is not None]
    return found


def _by_sentence(reading: Reading) -> Iterator[tuple[list[Timex], list[Proposition]]]:
    """Of each sentence the times that have a place in time, and what it tells."""
    placed = [p for t in reading.times if (p := _placed(t)) is not None]
    times = sorted(placed, key=lambda t: t.passage)
    told = sorted(reading.propositions, key=lambda p: p.predicate)
    at_times = [t.passage.start for t in times]
    at_told = [p.predicate.start for p in told]
    for s in reading.sentences:
        first, last = bisect_left(at_times, s.start), bisect_left(at_times, s.end)
        begin, end = bisect_left(at_told, s.start), bisect_left(at_told, s.end)
        yield times[first:last], told[begin:end]


def _placed(timex: Timex) -> Timex | None:
    """A time that has a place in time; a length that leads from a happening to a day as that day.

    “Two days after the fire” has both ends, and the value of a length.
    """
    start, end = timex.when.start, timex.when.end
    if start is None or end is None:
        return None
    if timex.type in (TimexType.DATE, TimexType.TIME):
        return timex
    day = when_of(day_value(start), timex.when.text)
    is_day = timex.type is TimexType.DURATION and (day.start, day.end) == (start, end)
    return replace(timex, when=day) if is_day else None


def _dating(document: Document, timex: Timex, here: Sequence[Proposition]) -> list[Proposition]:
    """What a time dates, the nearest in the text first."""
    last = timex.passage.end
    from_which = _FROM_WHICH.match(document.text, last)
    end = from_which.end() if from_which else last
    dated = [
        p
        for p in here
        if any(a.role == "ARGM-TMP" and a.passage == timex.passage for a in p.arguments)
        and not last <= p.predicate.start < end
    ]

    def distance(proposition: Proposition) -> tuple[int, int]:
        at, by = proposition.predicate, timex.passage
        return max(at.start - by.end, by.start - at.end), at.start

    return sorted(dated, key=distance)


def _ranges(
    document: Document, dated: Sequence[tuple[Timex, list[Proposition]]]
) -> list[tuple[Timex, list[Proposition]]]:
    """The times, two ends of one stretch as one: “from October 2007 to January 2009”."""
    found: list[tuple[Timex, list[Proposition]]] = []
    for timex, by in dated:
        before = found[-1][0] if found else None
        if before is not None and _is_range(document, before, timex):
            at = Passage(document.id, before.passage.start, timex.passage.end)
            first, last = before.when.value, timex.when.value
            words = " ".join(document.text[at.start : at.end].split())
            whole = replace(
                timex, passage=at, when=when_of(f"{first}/{last}", words), relative=None
            )
            found[-1] = (whole, [*found[-1][1], *(p for p in by if p not in found[-1][1])])
        else:
            found.append((timex, by))
    return found


# What opens a stretch of time, and what stands between its ends.
_RANGES = (("from", r"\s+(?:to|until|till|through)\s+"), ("between", r"\s+and\s+"))


def _is_range(document: Document, first: Timex, last: Timex) -> bool:
    between = document.text[first.passage.end : last.passage.start]
    opening = document.text[max(0, first.passage.start - 9) : first.passage.start]
    is_plain = "/" not in first.when.value + last.when.value
    return (
        is_plain
        and any(
            re.fullmatch(joining, between) and re.search(rf"\b{word}\s+\Z", opening, re.IGNORECASE)
            for word, joining in _RANGES
        )
        and first.when.start is not None
        and last.when.end is not None
        and first.when.start < last.when.end
    )


def _finest(
    dated: Sequence[tuple[Timex, list[Proposition]]],
) -> list[tuple[Timex, list[Proposition]]]:
    """Without the day where the hour is given too: “on 16 November at about 9 p.m.”."""
    kept: list[tuple[Timex, list[Proposition]]] = []
    for timex, by in dated:
        finer = (
            also
            for other, also in dated
            if other is not timex and _is_finer(other.when, timex.when)
        )
        is_again = any(o.when.value == timex.when.value and also == by for o, also in kept)
        if not is_again and not any(not by or not also or by[0] in also for also in finer):
            kept.append((timex, by))
    return kept


def _is_finer(inner: When, outer: When) -> bool:
    if inner.start is None or inner.end is None or outer.start is None or outer.end is None:
        return False
    # People's mornings begin at midnight.
    is_early = outer.value.endswith("TMO")
    start = outer.start.replace(hour=0, minute=0) if is_early else outer.start
    is_shorter = inner.end - inner.start < outer.end - start
    return is_shorter and inner.start < outer.end and start < inner.end


def _is_day_of_saying(predicates: Sequence[Proposition]) -> bool:
    """Whether a time dates only that something was said, not what was said."""
    verbs = load_table("reporting_verbs")
    stances = [verbs.get(p.lemma, "").partition(" ")[0] for p in predicates]
    return bool(stances) and all(stance in _STATING for stance in stances)


def _dated(page: Page, timex: Timex, by: Sequence[Proposition]) -> Dated | None:
    status = standing(page, timex, by)
    if status is None:
        return None
    chief = by[0] if by else None
    if page.here and all(p.lemma in _PRINTING for p in page.here):
        return None
    if is_of_rights(page.words(page.told.sentence)):
        return None
    if _is_no_happening(page, chief, timex):
        return None
    sentence = page.told.sentence
    event_id = page.case.event_by_proposition.get(chief.id) if chief else None
    top = _topmost([p for p in page.here if not is_saying(p)])
    return Dated(
        when=timex.when,
        time=timex.passage,
        told=page.told,
        predicate=chief.predicate if chief else None,
        kinds=_kinds(page, by) if by else _kinds(page, page.here[:1]),
        is_named=chief is not None and bool(_sorts(page, chief)),
        around=frozenset[str]().union(
            *(_sorts(page, p) for p in page.here if p.factuality is Factuality.HAPPENED)
        ),
        entity_ids=_entities(page),
        event_id=event_id or page.case.event_by_sentence.get(sentence),
        status=status,
        is_lead=page.is_lead,
        is_main_clause=chief is None or top is None or any(p is top for p in by),
        is_outset=chief is not None and chief.lemma in OUTSETS,
        is_saying=_is_day_of_saying(by),
        is_caption=page.is_caption,
    )


def _is_no_happening(page: Page, chief: Proposition | None, timex: Timex) -> bool:
    """Wishes, habits, titles: “wants a rise this year”, “as he has done every day since 1986”."""
    before = page.before(timex)
    is_state = chief is not None and chief.lemma in STATES
    is_title = chief is None and page.words(page.told.sentence)[-1] not in _ENDS
    return is_state or is_title or before.endswith("as of ") or _HABITUAL.search(before) is not None


def _kinds(page: Page, by: Sequence[Proposition]) -> frozenset[str]:
    """What sort of happening it is: its kind, and the frame of its word.

    Of a word that says only that something took place, or is of no kind, it is what that was.
    """
    if not by:
        return frozenset()
    own = _sorts(page, by[0])
    if by[0].lemma not in LIGHT and own:
        return own
    inside = [p for p in page.here if p is not by[0] and _carries(page, by[0], p)]
    real = [p for p in inside if p.factuality is Factuality.HAPPENED]
    return own.union(*(_sorts(page, p) for p in (*by[1:], *real))) if own or real or by[1:] else own


def _carries(page: Page, outer: Proposition, inner: Proposition) -> bool:
    """Whether a word of no kind of its own tells of another happening as what it is about.

    “An explosion tore through a mill, killing two” does, “they saw no motive for the attack” not.
    """
    for argument in outer.arguments:
        at = argument.passage
        if not (at.start <= inner.predicate.start and inner.predicate.end <= at.end):
            continue
        is_clause = argument.role in ("ARGM-ADV", "ARGM-PRD") or _AT_ONCE.match(page.words(at))
        is_short = len(page.words(at).split()) <= _SHORT_WORDS
        if outer.lemma in LIGHT or is_clause or is_short:
            return True
    return False


def _sorts(page: Page, proposition: Proposition) -> frozenset[str]:
    return sorts_of(page.document, proposition)


def _entities(page: Page) -> frozenset[str]:
    """Who and what takes part in what the sentence tells."""
    keys = (
        (page.document.id, a.chain_id)
        for p in page.here
        for a in p.arguments
        if a.chain_id is not None
    )
    return frozenset(page.case.entity_ids[k] for k in keys if k in page.case.entity_ids)


def _topmost(some: Sequence[Proposition]) -> Proposition | None:
    """The first that stands within none of the others' arguments."""
    for one in some:
        if not any(holds(other, one) for other in some if other is not one):
            return one
    return some[0] if some else None
