"""What somebody decides: the kinds of deeds, in which the versions of several documents meet.

What is in no table is a deed of its own kind: its verb.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from consilience.lexicon import load_table
from consilience.records import Factuality, Kind, Proposition
from consilience.weigh.cast import Cast, argument_of
from consilience.wording import fold

# Verbs of which one does not say that somebody decided them.
_NO_DEEDS = frozenset(
    "accord add agree approve ask authorize back be become believe call come decide die do"
    " fall feel find follow get give happen have hear inform insist involve know late like live"
    " look lose make mean need occur order put report right rule say see seem session show"
    " suffer support take tell think try vote want".split()
)
_DETERMINERS = frozenset("the a an his her their its this that an immediate mandatory all".split())
_SHIPS = re.compile(r"\b(?:ship|ferry|vessel|boat|liner|tanker|rig)\b", re.IGNORECASE)
_HOMES = re.compile(r"\b(?:homes?|houses?|town|city|village|area|district)\b", re.IGNORECASE)
# How far behind the deed its object is looked for, and a particle.
_DEED_CHARS = 24
_GOING_IN = re.compile(r"(?:go|going|went|gone|move|moving|moved|send\w* \w+) in\b")
_WALKING_AWAY = re.compile(r"(?:walk|back|pull|step)\w* (?:away|out)\b")
_GOING_ON = re.compile(
    r"(?:go|going|went|carry|carried|press|push)\w* (?:on|ahead)\b(?! [A-Z])|proceed|continu"
)
_KEEPING_SHUT = re.compile(r"(?:keep|kept|leave|left)\b.{0,16}\b(?:shut|closed|locked)\b")
_LIVE_FIRE = re.compile(r"\blive (?:rounds|ammunition|fire)\b|\b(?:lethal|deadly) force\b", re.I)
# "The order to leave": where nothing is said of what is left, homes are.
_ALONE = re.compile(r"leave(?:\s*[.,;]|\s+(?:came|was|had|at|by|on|after|before|too)\b|$)")
# Deeds of an office by which whoever does them has also decided them.
_DOING = {
    "dismiss": "dismissal", "sack": "dismissal", "oust": "dismissal", "fire": "dismissal",
    "remove": "dismissal", "expel": "dismissal", "suspend": "suspension", "ban": "ban",
    "disqualify": "ban", "close": "closure", "shut": "closure", "shut_down": "closure",
    "lock": "closure", "cancel": "withdrawal", "call_off": "withdrawal", "postpone": "withdrawal",
    "scrap": "withdrawal", "dissolve": "dissolution", "disband": "dissolution",
    "ground": "ground", "revoke": "revoke", "veto": "veto", "recall": "recall",
}  # fmt: skip
# Words for a thing that do not tell it from another.
_SAYING_LITTLE = frozenset(
    "the a an of in at on to all it him her them this that these those its his their our my town"
    " city village area district place building site people residents families homes houses"
    " inhabitants everyone about around nearly some more than for by from was were be and off"
    " not".split()
)
_MAX_OBJECT_WORDS = 4
_MIN_STEM = 4
# How far before a decision the deed that was decided on is told.
_DEEDS_BACK = 8
_BACK_CHARS = 200
_WORD = re.compile(r"[^\W\d_]+")
_SHOOTING = re.compile(
    r"fir\w+\s+(?:on|at|into|upon|(?:\w+\s+){0,2}(?:shots?|rounds?|bullets?))\b", re.I
)
_OF_PERSONS = frozenset({"fire", "remove", "suspend", "ban", "expel"})


def deed_kind(told: Cast, proposition: Proposition) -> str | None:
    """The kind of what a proposition tells, as something that can be decided; None: it cannot."""
    kind = known_kind(told, proposition)
    lemma = proposition.lemma
    is_said = lemma in _NO_DEEDS or lemma in ("go", "leave", "fire") or lemma in load_table("deeds")
    return kind if kind is not None or is_said else lemma


def is_known(kind: str) -> bool:
    tables = (load_table("deeds"), load_table("acts"), load_table("deed_nouns"))
    return any(kind in table.values() for table in tables) or kind in (
        *_DOING.values(),
        "continuation",
    )


def known_kind(told: Cast, proposition: Proposition) -> str | None:
    """The kind of a deed that is in the tables."""
    lemma, at = proposition.lemma, proposition.predicate
    words = told.page.document.text[at.start : at.end + _DEED_CHARS]
    if lemma == "let" or re.match(r"go(?:es)?\s+free", words):
        return "release"
    if _GOING_IN.match(words):
        return "attack"
    if _WALKING_AWAY.match(words):
        return "withdrawal"
    if _GOING_ON.match(words):
        return "continuation"
    if _KEEPING_SHUT.match(words):
        return "closure"
    if lemma == "open":
        return "attack" if re.match(r"open(?:ed|ing)?\s+fire\b", words) else "opening"
    if lemma == "leave":
        return "evacuation" if _HOMES.search(words) or _ALONE.match(words) else None
    if lemma == "fire":
        if _is_shooting(told, proposition):
            return "attack"
        is_by = re.match(r"fired\s+by\b", words) is not None
        return "dismissal" if is_by or _is_of_person(told, proposition) else "attack"
    if lemma == "suspend" and _is_of_person(told, proposition):
        return "suspension"
    if lemma == "abandon" and _SHIPS.search(words):
        return "evacuation"
    kind = load_table("deeds").get(lemma) or load_table("acts").get(lemma)
    # A raid is ordered as an attack is.
    return "attack" if kind == "raid" else kind


def deed_before(told: Cast, at: int, propositions: Sequence[Proposition]) -> str:
    """What “the decision” may have been: the last deed told before it, not far off."""
    first = bisect_left(propositions, at, key=lambda p: p.predicate.start)
    for earlier in reversed(propositions[max(0, first - _DEEDS_BACK) : first]):
        is_told = earlier.factuality in (Factuality.HAPPENED, Factuality.PLANNED)
        kind = deed_kind(told, earlier) if is_told else None
        if kind is not None and at - earlier.predicate.end < _BACK_CHARS:
            return kind
    return ""


def done_kind(told: Cast, proposition: Proposition) -> str | None:
    """The kind of what is done in office, by which whoever does it has decided it."""
    kind = _DOING.get(proposition.lemma)
    if proposition.lemma == "fire" and _is_shooting(told, proposition):
        return None
    if proposition.lemma in _OF_PERSONS and not _is_of_person(told, proposition):
        return None
    return kind


def named_deeds(told: Cast, proposition: Proposition) -> list[str]:
    """What was decided, where the object names it: “ordered the eviction of the families”."""
    object_ = argument_of(proposition, "ARG1")
    words = told.words(object_.passage).lower().split() if object_ is not None else []
    if len(words) < 2 or words[0] not in _DETERMINERS:
        return []
    if _LIVE_FIRE.search(" ".join(words)):
        return ["attack"]
    return nouns_of_deeds(words[1:4])[:1] or _open_noun(words[1])


def _open_noun(word: str) -> list[str]:
    """“The grounding”: a deed of its own kind, as the verb names it."""
    stem = word.strip(",.").removesuffix("ing")
    return [stem] if word.endswith("ing") and len(stem) >= _MIN_STEM else []


def nouns_of_deeds(words: list[str]) -> list[str]:
    found = []
    for word in (w.strip(",.") for w in words):
        lemma = load_table("event_nouns").get(word, "")
        kind = load_table("deeds").get(lemma) or load_table("acts").get(lemma)
        kind = load_table("deed_nouns").get(word) or ("attack" if kind == "raid" else kind)
        if kind and word != "storm":
            found.append(kind)
    return found


def objects_of(told: Cast, proposition: Proposition) -> frozenset[str]:
    """To what a deed is done: the entity, or the words for it."""
    object_ = argument_of(proposition, "ARG1")
    if object_ is None or proposition.lemma == "let":
        return frozenset()
    mention = told.mention_of(object_)
    entity = None if mention is None else told.page.entity_of(mention)
    if entity is not None:
        return frozenset({entity})
    words = [fold(w) for w in _WORD.findall(told.words(object_.passage))[:_MAX_OBJECT_WORDS]]
    return frozenset(w.removesuffix("s") for w in words if w not in _SAYING_LITTLE)


def _is_shooting(told: Cast, proposition: Proposition) -> bool:
    text, at = told.page.document.text, proposition.predicate
    return text.endswith("opened ", 0, at.start) or _SHOOTING.match(text, at.start) is not None


def _is_of_person(told: Cast, proposition: Proposition) -> bool:
    object_ = argument_of(proposition, "ARG1")
    mention = None if object_ is None else told.mention_of(object_)
    return mention is not None and mention.kind is Kind.PERSON
