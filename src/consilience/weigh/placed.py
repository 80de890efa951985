"""When and where the main event was."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace

from consilience.dates import when_of
from consilience.gazetteer import PlaceKind, bearers
from consilience.lexicon import load_table, load_words
from consilience.records import (
    Claim,
    Document,
    EntityRef,
    Factuality,
    Kind,
    Mention,
    PartKind,
    Passage,
    Proposition,
    TimexType,
    When,
)
from consilience.weigh.asked import AskedPage, cover
from consilience.weigh.passages import stretches, within

# What a fire or a blast does that is told of by its noun: "a fire gutted the mill in Arlow".
_STRIKING = frozenset(
    "gut rip rip_through tear tear_through rock hit sweep sweep_through destroy damage engulf"
    " batter flatten ravage level wreck raze shake".split()
)
# Verbs that say of a happening when or where it was: "the clash occurred on 3 May".
_HAPPENING = frozenset({"occur", "happen", "begin", "start", "unfold", "take_place", "erupt"})
# What comes after other happenings, and dates none of them: when the trapped were freed it had
# happened.
_FOLLOWING = frozenset({"rescue", "release", "arrest", "court case", "protest", "change of office"})
# Whoever was hurt on one day may die on another.
_OUTCOMES = frozenset({"die", "dead", "succumb", "pass_away"})
# "Seven hours after the shooting" is the time of something else.
_FROM_ANOTHER = re.compile(r"\b(?:after|before|later|since|following|until|ago|earlier)\b", re.I)
# A party that began elsewhere is not the shooting that ended it.
_GENERIC = frozenset(
    "it this that they what which incident event events violence tragedy trouble ordeal disaster"
    " accident crime chaos scene".split()
)
# Who is called to it comes on its day.
_RESPONDING = frozenset({"respond", "call", "receive", "arrive", "dispatch", "summon", "rush"})
_ACCUSING = re.compile(r"accus|suspect|charg|alleg|want|indict|believ", re.IGNORECASE)
_SAME_KINDS = frozenset({"attack", "deaths", "injuries", "accident", "disaster", "fire"})
# "An Arlow man" was shot, and "Arlow police" came.
_OF_SOMEBODY = re.compile(
    r"(?:['’]s)?[\s-]{1,4}(?:[a-z-]{1,40}\s{1,4}){0,2}?(?:m[ae]n|wom[ae]n|boys?|girls?|teens?|teenagers?|residents?"
    r"|natives?|people|police|officers?|cops?|deput(?:y|ies)|troopers?|mayor|sheriff|couple|mother"
    r"|father|family|firefighters?|soldiers?|students?)\b",
    re.IGNORECASE,
)
_APART = re.compile(r"\s[-–—|]\s|\n")
_HOSPITAL = re.compile(r"\b(?:hospitals?|clinic|medical|infirmary)\b", re.IGNORECASE)
_IN_PLACE = re.compile(
    r"\b(?:in|near|outside|inside|at)\s+(?:the\s+)?(?:[\w-]+\s+(?:of\s+)?){0,4}$"
)
# "About 60 miles east of Arlow" is another place.
_AWAY_FROM = re.compile(
    r"\b(?:miles?|kilomet(?:er|re)s?|km|minutes|hours?)(?: \w+){0,2} (?:of|from) (?:downtown )?$",
    re.IGNORECASE,
)
_NOUN_CHARS = 60
_LEAD_CHARS = 250
_ON_DAY = re.compile(r" (?:(?:at|near|in|on|of) (?:(?!that |who |which |when )[\w-]+ ){1,8})?on ")
_HEADED = re.compile(r"(?:, [A-Z][\w. -]{1,20},?)?[\s\w-]{1,25}")


# What opens a stretch of time, and what stands between its ends.
_RANGES = (
    (re.compile(r"\bbetween\s+\Z", re.I), re.compile(r"\s{1,9}and\s+")),
    (re.compile(r"\bfrom\s+\Z", re.I), re.compile(r"\s{1,9}(?:to|until|till|through)\s+")),
)
_OPENING_CHARS = 9


def placed(page: AskedPage) -> Iterator[Claim]:
    """When and where of the main event, from the propositions that tell of it."""
    places = _places(page)
    telling = [p for p in page.reading.propositions if _is_of_main(page, p)]
    for proposition in (*telling, *_beside(page, telling)):
        yield from _dated(page, proposition)
    located = list(_located(page, telling, places))
    yield from located
    if not any(_is_town(page, claim) for claim in located):
        yield from _filed(page, telling, places)


def _is_of_main(page: AskedPage, proposition: Proposition) -> bool:
    """Whether it tells of the main event itself, and not of what came of it."""
    main = page.case.events[0]
    kinds = load_table("event_kinds")
    told_of = page.case.event_by_proposition.get(proposition.id)
    is_by_noun = proposition.lemma in _HAPPENING or proposition.lemma in _STRIKING
    told = main.kind if is_by_noun else kinds.get(proposition.lemma)
    if told_of is None or (told_of != main.id and told_of not in page.retold):
        return False
    if is_by_noun and not _is_said_of_it(page, proposition):
        return False
    if proposition.lemma in _STRIKING and not _has_subject(proposition):
        return False
    return told is not None and (told not in _FOLLOWING or told == main.kind)


def _has_subject(proposition: Proposition) -> bool:
    return any(
        a.role in ("ARG0", "ARG1") and a.passage.end <= proposition.predicate.start
        for a in proposition.arguments
    )


def _beside(page: AskedPage, telling: list[Proposition]) -> Iterator[Proposition]:
    """What dates the event in its stead: who "opened fire", and who was called to a shooting."""
    told = [(p.predicate, p) for p in telling if p.when is None]
    told += [
        (p.predicate, p)
        for p in page.reading.propositions
        if p.factuality is Factuality.PLANNED and _is_of_main(page, p) and p.when is None
    ]
    standing = stretches(told)
    found = {p.id for p in telling}
    for proposition in page.reading.propositions:
        if proposition.when is None or proposition.id in found:
            continue
        is_response = proposition.lemma in _RESPONDING
        for argument in proposition.arguments:
            around = standing.over(argument.passage.start, argument.passage.end)
            inside = [p for p in around if within(p.predicate, argument.passage)]
            is_object = argument.role == "ARG1" and any(
                p.predicate == argument.passage for p in inside
            )
            if inside and (is_object or is_response):
                yield proposition
                break


def _is_said_of_it(page: AskedPage, proposition: Proposition) -> bool:
    """Whether what began or happened is the main event, as far as its own noun tells."""
    subject = next((a.passage for a in proposition.arguments if a.role in ("ARG1", "ARG0")), None)
    if subject is None:
        return True
    main, verbs, kinds = (
        page.case.events[0].kind,
        load_table("event_nouns"),
        load_table("event_kinds"),
    )
    for word in re.findall(r"\w+", page.document.text[subject.start : subject.end].lower()):
        kind = kinds.get(verbs.get(word, word))
        if word in _GENERIC or (kind is not None and (kind == main or {kind, main} <= _SAME_KINDS)):
            return True
    return False


def _dated(page: AskedPage, proposition: Proposition) -> Iterator[Claim]:
    main, when = page.case.events[0], proposition.when
    if when is None:
        yield from _dated_after(page, proposition)
        return
    if when.start is None:
        return
    # The words of the proposition's own time come before others that say when.
    said = next(
        (
            a.passage
            for a in proposition.arguments
            if a.role == "ARGM-TMP" and _says(page.document, a.passage, when)
        ),
        None,
    )
    if said is None:
        return
    upto = max(said.end, proposition.predicate.start)
    if _FROM_ANOTHER.search(page.document.text, said.start, upto):
        return
    if proposition.lemma in _OUTCOMES and (
        _is_after(when, main.when) or _is_in_hospital(page, proposition)
    ):
        return
    whole, end = _stretch(page, said) or (when, said)
    passage = cover(proposition.predicate, cover(said, end))
    yield _as_told(page, page.claim(main.id, "when", whole, passage, proposition), proposition)


def _stretch(page: AskedPage, said: Passage) -> tuple[When, Passage] | None:
    """The whole of “between 6 and 9 May”, each end of which is a time of its own, and its end."""
    at = bisect_left(page.reading.times, said.start, key=lambda t: t.passage.start)
    ends = page.reading.times[at : at + 2]
    if len(ends) != 2 or any("/" in t.when.value or "X" in t.when.value for t in ends):
        return None
    text, (first, last) = page.document.text, (t.passage for t in ends)
    before = text[max(0, first.start - _OPENING_CHARS) : first.start]
    between = text[first.end : last.start]
    if not any(
        opening.search(before) and joining.fullmatch(between) for opening, joining in _RANGES
    ):
        return None
    start, end = ends[0].when.start, ends[1].when.end
    if start is None or end is None or start >= end:
        return None
    words = " ".join(text[first.start : last.end].split())
    return when_of(f"{ends[0].when.value}/{ends[1].when.value}", words), last


def _is_in_hospital(page: AskedPage, proposition: Proposition) -> bool:
    """Whether somebody died of it in a hospital, be it on the day or later."""
    return any(
        _HOSPITAL.search(page.document.text, a.passage.start, a.passage.end) is not None
        for a in proposition.arguments
        if a.role == "ARGM-LOC"
    )


def _dated_after(page: AskedPage, proposition: Proposition) -> Iterator[Claim]:
    """The day that follows a noun of it: "the accident at the crossing near Arlow on 8 May"."""
    text, predicate = page.document.text, proposition.predicate
    if text[predicate.start : predicate.end].lower() not in load_words("event_nouns"):
        return
    if page.case.event_by_proposition.get(proposition.id) != page.case.events[0].id:
        return
    at = bisect_right(page.reading.times, predicate.end, key=lambda t: t.passage.start)
    following = page.reading.times[at] if at < len(page.reading.times) else None
    if following is None or following.when.start is None or following.type is not TimexType.DATE:
        return
    if _ON_DAY.fullmatch(text, predicate.end, following.passage.start):
        passage = cover(predicate, following.passage)
        yield page.claim(page.case.events[0].id, "when", following.when, passage, proposition)


def _as_told(page: AskedPage, claim: Claim, proposition: Proposition) -> Claim:
    """Who did it may be doubted, and when and where it was done not."""
    cue = proposition.factuality_cue
    is_accused = (
        proposition.factuality is Factuality.POSSIBLE
        and cue is not None
        and _ACCUSING.match(page.document.text, cue.start, cue.end) is not None
    )
    return replace(claim, factuality=Factuality.HAPPENED) if is_accused else claim


def _is_after(when: When, main: When | None) -> bool:
    return (
        main is not None
        and main.end is not None
        and when.start is not None
        and when.start >= main.end
    )


Places = list[tuple[Mention, str]]


def _places(page: AskedPage) -> Places:
    """The places named in the document, in the order of the text."""
    found = [
        (m, entity)
        for m in page.reading.mentions
        if m.kind is Kind.PLACE and m.named and (entity := page.entity_of(m)) is not None
    ]
    return sorted(found, key=lambda p: p[0].passage)


def _located(page: AskedPage, telling: list[Proposition], places: Places) -> Iterator[Claim]:
    main = page.case.events[0].id
    starts = [m.passage.start for m, _ in places]
    sentences = page.reading.sentences
    predicates = sorted(p.predicate for p in page.reading.propositions)
    own = frozenset(p.predicate for p in telling)
    for proposition in telling:
        held = [a.passage for a in proposition.arguments if a.role == "ARGM-LOC"]
        at = bisect_right(sentences, proposition.predicate.start, key=lambda s: s.start) - 1
        sentence = sentences[max(at, 0)]
        first = bisect_right(starts, sentence.start - 1)
        for mention, entity in places[first : bisect_right(starts, sentence.end)]:
            if _is_of_another(page.document, proposition, mention.passage):
                continue
            is_said = any(within(mention.passage, passage) for passage in held)
            if is_said or _is_beside(page.document, proposition, mention, predicates, own):
                passage = cover(proposition.predicate, mention.passage)
                claim = page.claim(main, "where", EntityRef(entity), passage, proposition)
                yield _as_told(page, claim, proposition)


def _is_of_another(document: Document, proposition: Proposition, place: Passage) -> bool:
    """Whether the words are of somebody from there, or of where somebody died of it."""
    whole = cover(proposition.predicate, place)
    before = document.text[max(0, place.start - _NOUN_CHARS) : place.start]
    if (
        _OF_SOMEBODY.match(document.text, place.end)
        or _APART.search(document.text, whole.start, whole.end)
        or _AWAY_FROM.search(before)
    ):
        return True
    return proposition.lemma in _OUTCOMES and bool(
        _HOSPITAL.search(document.text, whole.start, whole.end)
    )


def _is_beside(
    document: Document,
    proposition: Proposition,
    place: Mention,
    predicates: list[Passage],
    own: frozenset[Passage],
) -> bool:
    """Whether words say so that the syntax does not join: "deaths of two boys in Arlow"."""
    predicate, at = proposition.predicate, place.passage
    if at.end <= predicate.start:
        # "The Arlow shooting", "the Arlow, Norland, shooting".
        word = document.text[predicate.start : predicate.end].lower()
        is_noun = word in load_words("event_nouns") or word.endswith("ing")
        return is_noun and bool(_HEADED.fullmatch(document.text, at.end, predicate.start))
    if at.start < predicate.end:
        return False
    between = predicates[
        bisect_right(predicates, predicate) : bisect_right(
            predicates, at.start, key=lambda p: p.start
        )
    ]
    return all(p in own for p in between) and (
        _IN_PLACE.search(document.text, predicate.end, at.start) is not None
    )


def _is_town(page: AskedPage, claim: Claim) -> bool:
    assert isinstance(claim.value, EntityRef)
    entity = next(e for e in page.case.entities if e.id == claim.value.entity_id)
    return any(p.kind is PlaceKind.SETTLEMENT for n in entity.names for p in bearers(n)[:1])


def _filed(page: AskedPage, telling: list[Proposition], places: Places) -> Iterator[Claim]:
    """Where the report was filed from, if it names no other town and begins with the event."""
    dateline = next((p.passage for p in page.document.parts if p.kind is PartKind.DATELINE), None)
    if dateline is None:
        return
    lead = next((p for p in telling if 0 <= p.predicate.start - dateline.end < _LEAD_CHARS), None)
    place = next((p for p in places if within(p[0].passage, dateline)), None)
    if lead is not None and place is not None:
        passage = cover(lead.predicate, place[0].passage)
        yield page.claim(page.case.events[0].id, "where", EntityRef(place[1]), passage, lead)


def _says(document: Document, passage: Passage, when: When) -> bool:
    """Whether a time's own words stand in a passage."""
    if when.text is None:
        return True
    said = document.text[passage.start : passage.end]
    return " ".join(when.text.split()) in " ".join(said.split())
