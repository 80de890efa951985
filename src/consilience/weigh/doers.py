"""Who did what one proposition tells, and to whom, from its roles and the words about it."""

import re
from collections.abc import Sequence

from consilience.lexicon import load_table
from consilience.records import Argument, Passage, Proposition
from consilience.weigh.cast import Cast, Part, argument_of

_WANT_OBJECT = frozenset(
    "kill shoot murder slay stab gun_down shoot_down assassinate behead lynch arrest detain capture"
    " apprehend kidnap abduct hijack rescue evict sentence".split()
)
# Acts that are done to people.
TO_PEOPLE = frozenset(
    {"arrest", "release", "abduction", "sentence", "charge", "appointment", "dismissal", "pardon"}
)
# But here they deal it: "the rebels' attack".
_DEALT = frozenset({"attack", "assault", "ambush", "bomb", "raid", "strafe", "shell"})
# Whoever stands in the genitive before the noun suffers it: "his capture", "the mayor's murder".
SUFFERED = TO_PEOPLE | {"attack", "rescue", "eviction"}
_GENITIVE = re.compile(r"(?:['’]s?|\b(?:his|her|their|its|my|our|your|whose))\s*$", re.IGNORECASE)
_NOUN_BEFORE = re.compile(
    r"(?:\b(?:the|an?|this|that|these|those|deadly|fatal|mass|double|triple|botched|failed|mug|head"
    r"|alleged|armed|recent|first|last)|['’]s)\s+$",
    re.IGNORECASE,
)
# What stands before a verb in -ing: "was shooting", "opened fire, killing four"; anything else
# stands before a noun: "the market shooting".
_VERB_BEFORE = re.compile(
    r"(?:[,;—–-]|\b(?:is|was|were|are|am|be|been|being|start(?:s|ed)?|beg[ai]n|began|kept|keeps?|and"
    r"|or|then|by|while|without|to|\w+ly))\s+$",
    re.IGNORECASE,
)
_PREPOSITION_BEFORE = re.compile(r"\b(?:after|before|of|for|from)\s+$", re.IGNORECASE)
# Between an owner and the deed: "his brief capture", no other noun.
_BETWEEN = re.compile(
    r"\s*(?:(?:\w+(?:al|ed|ly|ful|ous|ic)|brief|recent|own|violent)\s+)?$", re.IGNORECASE
)
TO_WHOM = re.compile(r"(?:of|on|at|against|outside|inside|in)\b", re.IGNORECASE)
_BY = re.compile(r"[^.,;:()\n]{0,60}?\bby\s+(?:the\s+|an?\s+)?", re.IGNORECASE)


def agents_of(
    told: Cast,
    proposition: Proposition,
    act: str,
    sentence: Passage,
    beside: Sequence[Proposition],
) -> list[Part]:
    before = told.antecedent(proposition.predicate)
    if before is not None:
        return told.people(before, before.passage.end)
    argument = argument_of(proposition, "ARG0")
    if act == "strike" and argument is None:
        argument = argument_of(proposition, "ARG1")
    if (
        argument is not None
        and not _is_sufferer(told, proposition, argument.passage, act)
        and _is_doer(told, proposition, argument.passage, beside)
    ):
        parts = told.agents(argument)
        if parts:
            return parts
    if told.words(proposition.predicate).lower().endswith("ings"):
        # “Shootings by children” are no one deed.
        return []
    found = _BY.match(told.page.document.text, proposition.predicate.end, sentence.end)
    if found is None or any(
        proposition.predicate.end <= p.predicate.start < found.end() for p in beside
    ):
        return []
    mention = next(
        (
            m
            for m in told.within(Passage(sentence.document_id, found.start(), sentence.end))
            if m.passage.start <= found.end() < m.passage.end and m.passage.start > found.start()
        ),
        None,
    )
    return [] if mention is None else told.people(mention, mention.passage.end)


def _is_doer(
    told: Cast, proposition: Proposition, who: Passage, beside: Sequence[Proposition]
) -> bool:
    """Whether what is read as who did it can be: a noun's doer stands in the genitive or after
    “by”, and who was shot and killed did not kill."""
    words = told.words(who).lower()
    if words.startswith(("between ", "among ", "other ")):
        return False
    if words.startswith("by "):
        return True
    if told.speaks_before(who, proposition.predicate):
        return False
    if _is_headline_passive(told, proposition):
        return False
    if _is_noun(told, proposition) and not _is_owner(told, proposition, who):
        return False
    acts = load_table("acts")
    act = acts.get(proposition.lemma)
    return act is None or not any(
        other is not proposition and a.role in ("ARG1", "ARG1-of") and a.passage.start == who.start
        for other in beside
        if acts.get(other.lemma) == act
        for a in other.arguments
    )


def _is_noun(told: Cast, proposition: Proposition) -> bool:
    """Whether the act is named rather than told: “the shooting”, “dead after shooting”."""
    predicate = proposition.predicate
    start = max(0, predicate.start - 40)
    before = told.page.document.text[start : predicate.start]
    if _NOUN_BEFORE.search(before):
        return True
    words = told.words(predicate).lower()
    if words == "shots" or words.endswith("ings"):
        return True
    has_object = argument_of(proposition, "ARG1", "ARG2") is not None
    is_told = _VERB_BEFORE.search(before) is not None or (
        has_object and _PREPOSITION_BEFORE.search(before) is not None
    )
    return words.endswith("ing") and words != "opening" and not is_told


def _is_headline_passive(told: Cast, proposition: Proposition) -> bool:
    """“Officer shot near casino”: a deed that wants an object and has none was suffered."""
    words = told.words(proposition.predicate).lower()
    is_past = words.endswith("ed") or words in ("shot", "slain", "gunned", "held", "caught")
    return (
        is_past
        and proposition.lemma in _WANT_OBJECT
        and (argument_of(proposition, "ARG1", "ARG1-of", "ARG2") is None)
    )


def _is_owner(told: Cast, proposition: Proposition, who: Passage) -> bool:
    text = told.page.document.text
    if who.end > proposition.predicate.start:
        return False
    is_beside = _BETWEEN.fullmatch(text, who.end, proposition.predicate.start) is not None
    return is_beside and _GENITIVE.search(told.words(who)) is not None


def _is_sufferer(told: Cast, proposition: Proposition, who: Passage, act: str) -> bool:
    """Whether the one before a noun in the genitive is who it was done to."""
    if act not in SUFFERED or proposition.lemma in _DEALT:
        return False
    return _is_owner(told, proposition, who) and object_of(told, proposition) is None


def object_of(told: Cast, proposition: Proposition) -> Argument | None:
    """What it was done to; “by the marines” is none, whatever it was read as."""
    argument = argument_of(proposition, "ARG1")
    is_doer = argument is not None and told.words(argument.passage).lower().startswith("by ")
    return None if is_doer else argument


def patients_of(told: Cast, proposition: Proposition, act: str) -> list[Part]:
    argument = object_of(told, proposition) or argument_of(proposition, "ARG1-of")
    if argument is None:
        owner = argument_of(proposition, "ARG0")
        if owner is None or not _is_sufferer(told, proposition, owner.passage, act):
            return []
        argument = owner
    mention = told.mention_of(argument)
    is_of = TO_WHOM.match(told.words(argument.passage)) or _is_owner(
        told, proposition, argument.passage
    )
    if mention is None or (_is_noun(told, proposition) and not is_of):
        return []
    found = [told.part(m) for m in (mention, *told.joined(mention, argument.passage.end))]
    return [part for part in found if part is not None]
