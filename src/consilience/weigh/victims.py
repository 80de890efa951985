"""Who was killed or hurt, told by name or as one of a kind, as a figure.

“A man was killed” says no more than that there was one victim: who names one does not say that
there was no other. A list by name ("the dead were named as A, B and C") counts its members.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from consilience.lexicon import load_words
from consilience.records import (
    Addend,
    Comparator,
    Count,
    Document,
    Kind,
    Mention,
    Passage,
    Proposition,
    Quantity,
    Reading,
)
from consilience.weigh.added import ONE
from consilience.weigh.figure import Figure
from consilience.weigh.figures import by_sentence
from consilience.weigh.harms import harm, is_kin, patient_slot
from consilience.weigh.passages import beginning_in, within

# A victim farther from the verb than this stands in another sentence, behind a pronoun.
_NEAR_CHARS = 300
_PLURAL = re.compile(
    r"(?:\b(?:people|children|police|troops|\w*men|two|three|four|five|six|seven|eight|nine|ten"
    r"|\d+|several|many|some|both|all|other|others|no|any)\b|[^s]s)$|^(?:no|any|two|three|\d+)\b",
    re.IGNORECASE,
)
_ONE_OF = re.compile(r"one\s+of\s+(?:them|the|those|these|its|their|his|her|our)\b", re.IGNORECASE)
_GROUPS = {"couple": 2, "pair": 2, "duo": 2, "twins": 2, "trio": 3, "triplets": 3}
# "A third person died", "Fifth victim dies": so many at the least.
_NTH = re.compile(
    r"(?:(?:a|an|the|one)\s+)?(third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh"
    r"|twelfth|\d{1,3}(?:rd|th))\s+",
    re.IGNORECASE,
)
_NTHS = {
    "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12,
}  # fmt: skip
_ONLY = re.compile(r"(?:the|our|their)\s+(?:only|sole)\b", re.IGNORECASE)
# "The third officer to die this year" is the third of a year, not of the event.
_OF_A_TIME = re.compile(
    r"\b(?:this|so far|since|history|line of duty|years?|months?|weeks|days)\b", re.IGNORECASE
)
# In "five were saved, a sixth climber died" the sixth is the first to die.
_SPARED = re.compile(
    r"\b(?:rescu|surviv|escap|sav(?:ed|ing)|freed|arrest|injur|wound|hurt|unhurt|unharmed)", re.I
)
# What stands between two members of a list: ages, where they are from, and how they are joined.
_JOINT = re.compile(
    r"(?P<told>(?:,\s*(?:aged?\s+)?\d{1,3}\b|\s*\(\d{1,3}\))?"
    r"(?:,?\s+(?:of|from)\s+[^,;()]{2,40})?)\s*"
    r"(?:[,;]\s*(?:and\s+)?|(?<=\s)and\s+|&\s*)(?:then\s+|also\s+)?"
    r"(?:(?:a|an|the|his|her|their)\s+)?(?:\d{1,3}-year-old\s+)?",
)
_AND = re.compile(r"\s+(?:and|&)\s+")
_LAST = re.compile(r"\band\b|&")
# Whom it is said of; those called victims alone may also be the wounded.
_LISTED = re.compile(
    r"\b(?:the dead|the deceased|the slain|the fallen|those (?:killed|slain|who died)"
    r"|(?:people|persons|men|women|children|\w+s) (?:killed|slain|who (?:were killed|died)))\s+"
    r"(?:(?:have|had)\s+been\s+|were\s+|are\s+)(?:\w+\s+){0,2}?"
    r"(?:(?:named|identified)\b(?:\s[^.;:,]{1,60}?)?\s+as)\s*:?\s*"
    r"|\b(?:named|identified)\s+the (?:\w+ )?(?:dead|deceased|slain|fallen)\s+(?:on \w+ )?as"
    r"\s*:?\s*|\bthe dead\s+(?:are|were)\s*:?\s*",
    re.IGNORECASE,
)
_AMONG = re.compile(
    r"\bthe dead\s+includ(?:e|ed)\s+|\bamong the dead\s+(?:are|were)\s+", re.IGNORECASE
)
_BEGUN = re.compile(
    r"(?:also\s+)?(?:killed|dead)\b(?:\s[^.;:,]{1,60}?)?\s+(?:are|were)\s*:?\s+", re.IGNORECASE
)
# Those called victims are the dead where a page tells of the dead, and of nobody hurt.
_VICTIMS = re.compile(
    r"\b(?:the|all|both)\s+(?:\w+\s+)?victims\b(?:\s(?!(?:was|is)\b)[^.;:,]{1,40}?)?"
    r"\s+(?:were|are|have been|had been)\s+(?:\w+\s+)?(?:named|identified)"
    r"(?:\s[^.;:,]{1,40}?)?\s+as\s*:?\s*",
    re.IGNORECASE,
)
_HURT = re.compile(r"\b(?:injur|wound|hurt|hospital)", re.IGNORECASE)
_DEATH = re.compile(r"\b(?:kill|died|dead|deaths?|fatal|slain|murder|drown|bod(?:y|ies)\b)", re.I)
# "A double murder", "a triple homicide", "an apparent murder-suicide".
_MULTIPLE = re.compile(
    r"\b(?P<attempted>attempted\s+)?(?P<n>double|triple|quadruple)\s+(?:fatal\s+)?"
    r"(?P<what>murder|homicide|killing|slaying|drowning|fatality|fatal)\b(?![\w-]*(?:s\b|-suicide))",
    re.IGNORECASE,
)
_SUICIDE = re.compile(
    r"\b(?P<murder>(?:(?P<n>double|triple|quadruple)\s+)?(?:murder|homicide))[-–/ ]"
    r"(?P<suicide>suicide)\b",
    re.IGNORECASE,
)
_TIMES = {"double": 2, "triple": 3, "quadruple": 4}


def victims(document: Document, reading: Reading) -> list[Figure]:
    """Victims told without a number, those that say most first; one killed is not also hurt."""
    people: dict[str, list[Mention]] = {}
    for mention in reading.mentions:
        if _is_person(document.text, mention):
            people.setdefault(mention.chain_id, []).append(mention)
    mentions = sorted(
        (m for said in people.values() for m in said), key=lambda m: (m.passage, m.id)
    )
    in_sentence = by_sentence(reading.sentences, [(p.predicate, p) for p in reading.propositions])
    persons = by_sentence(reading.sentences, [(m.passage, m) for m in mentions])
    only_dead = _DEATH.search(document.text) is not None and not _HURT.search(document.text)
    found: list[Figure] = []
    for i, sentence in enumerate(reading.sentences):
        found += _named_dead(document.text, sentence, i, persons[i], only_dead=only_dead)
        found += _multiples(document, sentence, i)
        for proposition in in_sentence[i]:
            slot = harm(document.text, proposition, sentence)
            found += _only(document.text, proposition, people, sentence, i)
            if slot is not None:
                found += _pronoun(document.text, proposition, sentence, slot, i)
                told = _list(document.text, proposition, persons[i], sentence, slot, i)
                one = _one(document.text, proposition, people, sentence, slot, i)
                found += [f for f in (told or one,) if f is not None]
    killed = {f.victim for f in found if f.slot == "killed" and f.victim is not None}
    found = [f for f in found if f.slot == "killed" or f.victim not in killed]
    return sorted(
        found,
        key=lambda f: (
            f.slot != "killed",
            -(f.count.quantity.low or 0),
            f.count.quantity.comparator is not Comparator.EXACTLY,
        ),
    )


def _is_person(text: str, mention: Mention) -> bool:
    head = text[mention.head.start : mention.head.end].lower()
    return mention.kind is Kind.PERSON or (not mention.named and head in load_words("people"))


def _pronoun(
    text: str, proposition: Proposition, sentence: Passage, slot: str, i: int
) -> Iterator[Figure]:
    """ "Killing one": one and no more."""
    for argument in proposition.arguments:
        words = text[argument.passage.start : argument.passage.end].lower()
        if argument.role == "ARG1" and re.fullmatch(r"one(?:\s+of\s+(?:them|whom))?", words):
            count = Count(argument.passage, ONE, None)
            yield Figure(count, slot, proposition.lemma, proposition, sentence, i)


def _only(
    text: str,
    proposition: Proposition,
    people: Mapping[str, Sequence[Mention]],
    sentence: Passage,
    i: int,
) -> Iterator[Figure]:
    """ "The only person arrested" is one and no more."""
    victim = _victim(proposition, people)
    slot = patient_slot(text, "person", proposition, sentence)
    if victim is not None and slot is not None:
        words = text[victim.passage.start : victim.head.end]
        if _ONLY.match(words) and not _PLURAL.search(words) and within(victim.passage, sentence):
            count = Count(victim.passage, ONE, None)
            yield Figure(count, slot, proposition.lemma, proposition, sentence, i)


def _one(
    text: str,
    proposition: Proposition,
    people: Mapping[str, Sequence[Mention]],
    sentence: Passage,
    slot: str,
    i: int,
) -> Figure | None:
    victim = _victim(proposition, people)
    if victim is None:
        return _one_of_them(text, proposition, people, sentence, slot, i)
    low = _how_many(text, victim, sentence)
    if low is None:
        return None
    one = Quantity(low, None, Comparator.AT_LEAST, "person")
    count = Count(victim.passage, one, None)
    return Figure(count, slot, proposition.lemma, proposition, sentence, i, victim=victim.chain_id)


def _one_of_them(
    text: str,
    proposition: Proposition,
    people: Mapping[str, Sequence[Mention]],
    sentence: Passage,
    slot: str,
    i: int,
) -> Figure | None:
    """ "One of the hostages, the nurse Ana Lund, died": one at the least."""
    for argument in proposition.arguments:
        if argument.role not in ("ARG1", "ARG1-of"):
            continue
        if _ONE_OF.match(text, argument.passage.start, argument.passage.end) is None:
            continue
        named = [
            m.chain_id
            for said in people.values()
            for m in said
            if m.named and within(m.passage, argument.passage)
        ]
        one = Quantity(1, None, Comparator.AT_LEAST, "person")
        start = argument.passage.start
        count = Count(Passage(argument.passage.document_id, start, start + len("one")), one, None)
        victim = min(named, default=proposition.id)
        return Figure(count, slot, proposition.lemma, proposition, sentence, i, victim=victim)
    return None


def _how_many(text: str, mention: Mention, sentence: Passage) -> int | None:
    """How many a mention is at the least, None where it is some uncounted number."""
    words = text[mention.passage.start : mention.passage.end]
    last = text[mention.head.start : mention.head.end].lower()
    if not mention.named and last in _GROUPS:
        return _GROUPS[last]
    if last in ("deceased", "dead", "slain"):
        return None
    if words.lower() in ("they", "them", "we", "us", "themselves"):
        return None
    if not mention.named and _PLURAL.search(words):
        return None
    nth = _NTH.match(text, mention.passage.start, mention.head.start)
    is_one_of_them = last in load_words("people") and not is_kin(last)
    said = text[sentence.start : sentence.end]
    # "The fourth victim was found dead" counts those who were hit.
    is_hit = last == "victim" and nth is not None and nth[0].lower().startswith("the ")
    if (
        nth
        and is_one_of_them
        and not is_hit
        and not _OF_A_TIME.search(text, nth.end(), sentence.end)
        and not _SPARED.search(said)
    ):
        return _NTHS.get(nth[1].lower()) or int(re.sub(r"\D", "", nth[1]))
    return 1


def _victim(proposition: Proposition, people: Mapping[str, Sequence[Mention]]) -> Mention | None:
    """The person in the patient's place, where that person stands near the verb."""
    at = proposition.predicate.start
    for argument in proposition.arguments:
        said = people.get(argument.chain_id or "")
        if argument.role in ("ARG1", "ARG1-of") and said is not None:
            begun = beginning_in(said, lambda m: m.passage, argument.passage)
            inside = [m for m in begun if within(m.passage, argument.passage)]
            near = inside or _beside(said, at)
            nearest = min(near, key=lambda m: (abs(m.passage.start - at), m.passage))
            return nearest if abs(nearest.passage.start - at) < _NEAR_CHARS else None
    return None


def _beside(said: Sequence[Mention], at: int) -> Sequence[Mention]:
    """Of mentions in the order of the text those that begin right before and right after."""
    after = bisect_left(said, at, key=_start)
    before = bisect_left(said, _start(said[after - 1]), key=_start) if after else 0
    return said[before : after + 1]


def _start(mention: Mention) -> int:
    return mention.passage.start


def _list(
    text: str,
    proposition: Proposition,
    persons: Sequence[Mention],
    sentence: Passage,
    slot: str,
    i: int,
) -> Figure | None:
    """The patients of a predicate where they are a list of single people: "Ann and Bo died"."""
    for argument in proposition.arguments:
        if argument.role in ("ARG1", "ARG1-of"):
            inside = [m for m in persons if within(m.passage, argument.passage)]
            start = _begun(text, argument.passage.start, persons, sentence)
            inside += [m for m in persons if start <= m.passage.start < argument.passage.start]
            members = _members(text, start, inside, sentence)
            if len(members) > 1:
                return _listed(members, slot, proposition.lemma, proposition, sentence, i)
    return None


def _begun(text: str, at: int, persons: Sequence[Mention], sentence: Passage) -> int:
    """Where a list begins whose last member the syntax took alone: "a woman and [her son] died"."""
    first = next((m.passage for m in persons if m.passage.start == sentence.start), None)
    if first is not None and first.end < at and _AND.fullmatch(text, first.end, at):
        return first.start
    return at


def _listed(
    members: Sequence[Mention],
    slot: str,
    topic: str,
    proposition: Proposition | None,
    sentence: Passage,
    i: int,
) -> Figure:
    n = len(members)
    first, last = members[0].passage, members[-1].passage
    count = Count(
        Passage(first.document_id, first.start, last.end),
        Quantity(n, n, Comparator.EXACTLY, "person"),
        None,
    )
    added = tuple(Addend(m.passage, ONE) for m in members)
    return Figure(count, slot, topic, proposition, sentence, i, sum_of=added)


def _members(text: str, start: int, persons: Sequence[Mention], sentence: Passage) -> list[Mention]:
    """Single people joined to a list from `start` on; none where "and" joins no last one."""
    outer = [
        m
        for m in persons
        if not any(o.passage != m.passage and within(m.passage, o.passage) for o in persons)
    ]
    outer.sort(key=lambda m: m.passage)
    if not outer or outer[0].passage.start - start > len("the 100-year-old "):
        return []
    members, upto = [outer[0]], outer[0]
    is_ended = False
    for mention in outer[1:]:
        joint = text[upto.passage.end : mention.passage.start]
        if not _JOINT.fullmatch(joint):
            break
        upto = mention
        is_last = _LAST.search(joint) is not None
        known = {m.chain_id for m in members}
        if mention.chain_id in known or (mention.named != members[-1].named and not is_last):
            continue  # "Ann Lind, a nurse": told again
        members.append(mention)
        is_ended = is_last
        if is_last and ";" not in joint:
            break
    if not is_ended or any(_how_many(text, m, sentence) != 1 for m in members):
        return []
    return members


def _named_dead(
    text: str, sentence: Passage, i: int, persons: Sequence[Mention], *, only_dead: bool
) -> Iterator[Figure]:
    """ "The dead were named as A, B and C"."""
    is_open = False
    cues = list(_LISTED.finditer(text, sentence.start, sentence.end))
    if not cues and (among := _AMONG.search(text, sentence.start, sentence.end)):
        cues, is_open = [among], True
    if not cues and (begun := _BEGUN.match(text, sentence.start, sentence.end)):
        cues = [begun]
    if not cues and only_dead:
        cues = list(_VICTIMS.finditer(text, sentence.start, sentence.end))
    for match in cues:
        named = [m for m in persons if m.passage.start >= match.end() and m.named]
        members = _members(text, match.end(), named, sentence)
        if len(members) > 1:
            listed = _listed(members, "killed", "name", None, sentence, i)
            if is_open:
                n = Quantity(len(members), None, Comparator.AT_LEAST, "person")
                listed = replace(listed, count=replace(listed.count, quantity=n))
            yield listed


def _multiples(document: Document, sentence: Passage, i: int) -> Iterator[Figure]:
    text = document.text
    for match in _MULTIPLE.finditer(text, sentence.start, sentence.end):
        if not match["attempted"]:
            n = _TIMES[match["n"].lower()]
            passage = Passage(document.id, *match.span())
            count = Count(passage, Quantity(n, n, Comparator.EXACTLY, "person"), None)
            yield Figure(count, "killed", "murder", None, sentence, i)
    for match in _SUICIDE.finditer(text, sentence.start, sentence.end):
        n = _TIMES.get((match["n"] or "").lower(), 1)
        killed = Quantity(n, n, Comparator.EXACTLY, "person")
        added = (
            Addend(Passage(document.id, *match.span("murder")), killed),
            Addend(Passage(document.id, *match.span("suicide")), ONE),
        )
        value = Quantity(n + 1, None, Comparator.AT_LEAST, "person")
        count = Count(Passage(document.id, *match.span()), value, None)
        yield Figure(count, "killed", "murder", None, sentence, i, sum_of=added)
