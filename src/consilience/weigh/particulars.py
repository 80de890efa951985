"""What an act was in particular, where that has a doer of its own, and who is denied to have done
it: “Soldiers, not policemen, fired the shots”."""

import re

from consilience.records import Kind, Passage, Proposition
from consilience.weigh.cast import Cast, Part, argument_of
from consilience.weigh.forces import kinds

_FLOWN = re.compile(
    r"\b(?:planes?|airplanes?|aeroplanes?|aircraft|airliners?|jetliners?|jets?|helicopters?|choppers?"
    r"|drones?|gunships?|bombers?|fighters?|balloons?|flights?|airbus|boeing)\b",
    re.IGNORECASE,
)
_DOWNING = frozenset({"shoot", "shoot_down", "bring", "bring_down", "down"})
_DOWN = re.compile(r"\s*(?:\w+\s+){0,6}?down\b", re.IGNORECASE)
_SHOTS = re.compile(
    r"(?:(?:the|a|any|all|those|these|first|fatal|deadly|live|warning|several|\w+)\s+){0,3}"
    r"(?:shots?|rounds?|bullets?|volleys?|bursts?|gunfire)\b|(?:on|at|into|upon)\b",
    re.IGNORECASE,
)
_ON = re.compile(r"(?:on|at|into|upon)\b", re.IGNORECASE)
_BACK = re.compile(r"\s*(?:back\b|(?:full |partial )?control of\b)", re.IGNORECASE)
_AGAIN = frozenset({"retake", "recapture", "recaptur", "regain", "reclaim"})
_TAKING_BACK = _AGAIN | {"take", "win"}
_WON = re.compile(r"\b(?:lead|title|crown|trophy|seats?|cup|place|throne|record|losses)\b", re.I)
_PEOPLE_HELD = frozenset({"hold", "take", "seize", "keep"})
# Who is taken somewhere was taken along; who is held to something was no captive.
_ALONG = re.compile(r"(?:to|home|away|along|aback|off|responsible|accountable|talks)\b", re.I)
_MASTERING = frozenset({"overpower", "subdue", "tackle", "disarm", "wrestle"})
_THROWN = re.compile(r"(?:himself|herself|themselves)\b", re.IGNORECASE)
_AT_ATTACKER = re.compile(
    r"[^.,;:\n]{0,30}?\b(?:on|onto|at|upon)\s+(?:the|an?|his|her|their)\s+(?:\w+\s+)?(?:gunm[ae]n"
    r"|shooters?|attackers?|assailants?|hijackers?|knifem[ae]n|bombers?|robbers?|intruders?|m[ae]n)\b",
    re.IGNORECASE,
)
_NOT_BESIDE = re.compile(
    r"\s*(?:[,(–—-]\s*)?(?:and\s+|but\s+)?(?:not|rather than|instead of)\s+(?:by\s+)?(?=\w)",
    re.IGNORECASE,
)
_NOT_BY = re.compile(r",?\s{1,9}(?:(?:and|but)\s+)?(?:not|rather than)\s+by\s+", re.IGNORECASE)
_NOT_BUT = re.compile(
    r"\bnot\s+(?:by\s+)?((?:the|an?|his|her|their|its)\s+)?([\w’' -]{2,40}?),?\s+but\s+(?:by\s+)?"
    r"(?:the\s+|an?\s+)?$",
    re.IGNORECASE,
)
_NOT_BUT_CHARS = 60
_DENIED_BEFORE = re.compile(
    r",?\s{0,9}(?:(?:and|but)\s+)?\b(?:not|rather than)\s+(?:by\s+)?(?:the\s+|an?\s+)?$",
    re.IGNORECASE,
)
_BUT = re.compile(r",?\s+but\s+(?:by\s+)?", re.IGNORECASE)
_IT_WAS = re.compile(
    r"\bit (?:was|had been|is)\s+(?:in fact |really |actually )?(?:[^.;:]{0,60})$", re.I
)
_WHO = re.compile(r"[^.;:\n]{0,60}?\s(?:who|that|which)\s", re.IGNORECASE)
_CLEFT_CHARS = 80


def particular_act(told: Cast, proposition: Proposition, event_kind: str) -> str | None:
    """What sort of act a verb tells of with its object, where the verb alone does not say."""
    lemma, object_ = proposition.lemma, argument_of(proposition, "ARG1")
    text = told.page.document.text
    after = proposition.predicate.end
    if object_ is None:
        return None
    words = told.words(object_.passage)
    mention = told.mention_of(object_)
    is_person = mention is not None and (
        mention.kind is Kind.PERSON or words.lower() in ("them", "him", "her", "us", "me")
    )
    if lemma in _DOWNING and _FLOWN.search(words) is not None:
        is_down = "down" in lemma or _DOWN.match(text, after) is not None
        return "downing" if is_down else None
    if lemma in _MASTERING:
        return "overpowering" if is_person else None
    if lemma == "throw" and _THROWN.match(words) and _AT_ATTACKER.match(text, object_.passage.end):
        return "overpowering"
    if lemma in _TAKING_BACK and not is_person and (lemma in _AGAIN or _BACK.match(text, after)):
        place = mention is None or mention.kind in (Kind.PLACE, Kind.OBJECT, Kind.ORGANIZATION)
        place = place and lemma in _AGAIN | {"take"} and _WON.search(words) is None
        return "raid" if place or " control of " in f" {words} " else None
    if lemma == "fire" and _SHOTS.match(words) and (not is_person or _ON.match(words)):
        return "attack"
    if lemma == "seize" and is_person:
        return "arrest"
    if lemma in _PEOPLE_HELD and is_person and event_kind in ("abduction", "release"):
        return None if _goes_along(told, proposition) else "abduction"
    return None


def _goes_along(told: Cast, proposition: Proposition) -> bool:
    return any(
        _ALONG.match(told.words(a.passage)) is not None
        for a in proposition.arguments
        if a.role not in ("ARG0", "ARG1")
    )


def deed_of(told: Cast, proposition: Proposition, act: str) -> str:
    """What it was of its kind; empty where that has no doer of its own."""
    if act == "raid" or act == "downing" or act == "overpowering":
        return act
    object_ = argument_of(proposition, "ARG1")
    words = "" if object_ is None else told.words(object_.passage).lower()
    is_fire = proposition.lemma == "open_fire" or (
        proposition.lemma == "open" and words.endswith("fire")
    )
    is_shot = proposition.lemma == "fire" and _SHOTS.match(words) is not None
    return "shots" if act == "attack" and (is_fire or is_shot) else ""


def denied(told: Cast, agent: Part, sentence: Passage) -> tuple[str, ...]:
    """Who is expressly said not to have done what somebody did."""
    text, found = told.page.document.text, []
    beside = _NOT_BESIDE.match(text, agent.passage.end, sentence.end)
    by = _NOT_BY.search(text, agent.passage.end, sentence.end)
    for match in (beside, by):
        if match is not None and match[0].strip(" ,(–—-"):
            found += _body_at(told, match.end(), sentence.end)
    opening = text[max(sentence.start, agent.passage.start - _NOT_BUT_CHARS) : agent.passage.start]
    before = _NOT_BUT.search(opening)
    if before is not None:
        found.append(before[2].strip())
    return tuple(dict.fromkeys(found))


def _body_at(told: Cast, at: int, end: int) -> list[str]:
    """The words for somebody that begin at a place, articles apart."""
    inside = told.within(Passage(told.page.document.id, max(0, at - len("not ")), end))
    near = [m for m in inside if m.passage.start <= at + len("the ") and m.passage.end > at]
    for mention in near:
        core = told.core(mention)
        words = "" if core is None else told.words(core).removeprefix("not ").removeprefix("by ")
        if words and (mention.named or kinds(words)):
            return [words]
    return []


def meant_by_cleft(told: Cast, proposition: Proposition, sentence: Passage) -> list[Part] | None:
    """Who did it where the doer that is read is denied: “guards, and not the police, fired”."""
    argument = argument_of(proposition, "ARG0")
    if argument is None:
        return None
    text, at = told.page.document.text, argument.passage.start
    opening = max(sentence.start, at - _NOT_BUT_CHARS)
    found = _DENIED_BEFORE.search(text[opening:at])
    if found is None:
        return None
    start = opening + found.start()
    near = told.within(Passage(sentence.document_id, sentence.start, start))
    ending = [m for m in near if m.passage.end == start]
    if ending:
        return told.people(ending[0], start)
    but = _BUT.match(text, argument.passage.end, sentence.end)
    if but is None:
        return []
    after = told.within(Passage(sentence.document_id, but.end(), sentence.end))
    first = [m for m in after if m.passage.start <= but.end() + 1]
    return told.people(first[0], first[0].passage.end) if first else []


def is_cleft(told: Cast, agent: Part, sentence: Passage) -> bool:
    """“It was the bank that …”: nobody else."""
    text = told.page.document.text
    begin = max(sentence.start, agent.passage.start - _CLEFT_CHARS)
    opens = _IT_WAS.search(text[begin : agent.passage.start]) is not None
    return opens and _WHO.match(text, agent.passage.end, sentence.end) is not None
