"""Who decided, ordered or allowed it, and who only stood behind what others decided."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from consilience.lexicon import load_table
from consilience.records import (
    Argument,
    Claim,
    EntityRef,
    Factuality,
    Kind,
    Passage,
    Polarity,
    Proposition,
    Stance,
    Text,
)
from consilience.weigh.acts import Act
from consilience.weigh.asked import AskedPage, cover
from consilience.weigh.cast import (
    Cast,
    Part,
    argument_of,
    cast,
    propositions_within,
    sentence_of,
)

# What is decided, by the lemma of the deed; what is in no act of `acts` besides.
_DEEDS = {
    "stop": "withdrawal", "suspend": "withdrawal", "halt": "withdrawal", "abort": "withdrawal",
    "call_off": "withdrawal", "withdraw": "withdrawal", "pull_out": "withdrawal",
    "pull_back": "withdrawal", "retreat": "withdrawal", "stand_down": "withdrawal",
    "abandon": "withdrawal", "cease": "withdrawal", "cancel": "cancellation",
    "postpone": "cancellation", "evacuate": "evacuation", "go": "", "let": "",
    "close": "closure", "shut": "closure", "shut_down": "closure", "reopen": "opening",
    "open": "opening", "fire": "", "deploy": "deployment", "send": "deployment",
    "hand_over": "release", "extradite": "extradition", "deport": "deportation",
    "ban": "ban", "dissolve": "dissolution", "sell": "sale", "cut": "cut", "raise": "rise",
    "demolish": "demolition", "destroy": "demolition", "merge": "purchase",
}  # fmt: skip
_DEED_NOUNS = {
    "eviction": "eviction", "evictions": "eviction", "evacuation": "evacuation",
    "release": "release", "closure": "closure", "shutdown": "closure", "strike": "strike",
    "withdrawal": "withdrawal", "retreat": "withdrawal", "demolition": "demolition",
    "pardon": "pardon", "sale": "sale", "takeover": "purchase", "merger": "purchase",
    "dismissal": "dismissal", "arrest": "arrest", "assault": "attack", "raid": "attack",
    "attack": "attack", "airstrike": "attack", "bombing": "attack", "strikes": "attack",
}  # fmt: skip
_DETERMINERS = frozenset("the a an his her their its this that an immediate mandatory all".split())
# How far before a decision the deed that was decided on is told.
_DEEDS_BACK = 8
_BACK_CHARS = 200
_ON_ORDERS = re.compile(r"\bon (?:the )?(?:direct )?$", re.IGNORECASE)
_SHIPS = re.compile(r"\b(?:ship|ferry|vessel|boat|liner|tanker|rig)\b", re.IGNORECASE)
_HOMES = re.compile(r"\b(?:homes?|houses?|town|city|village|area|district)\b", re.IGNORECASE)
# How far behind the deed its object is looked for.
_DEED_CHARS = 24
_ORDERING = frozenset(
    "order command authorize authorise approve instruct decree mandate greenlight"
    " sign_off".split()
)
_DECIDING = frozenset({"decide", "rule", "vote", "opt"})
_BACKING = frozenset({"back", "support", "endorse", "agree", "stand_by"})
_DECISION = re.compile(r"\b(?:decisions?|orders?|call)\b", re.IGNORECASE)
_LEAVE = re.compile(
    r"^(?:the |an |his |her |their |its )?(?:final )?(?:orders?|go-ahead|green light|approval"
    r"|permission|authori[sz]ation|instructions?)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\b[Tt]hey\s*[(\[](?:the\s+)?([a-z][\w’' -]{2,40})[)\]]")
# From the pronoun to the decision: "They (the owners of the site) took that decision".
_ASIDE_CHARS = 80
_OF = re.compile(r"\s+(?:of|by|from)\s+(?:the\s+)?")
_FIRST_PERSON = frozenset({"i"})
_PERSONAL = frozenset({"i", "he", "she"})


def decided(page: AskedPage) -> Iterator[tuple[Act, Claim]]:
    told = cast(page)
    propositions = sorted(page.reading.propositions, key=lambda p: (p.predicate, p.id))
    for proposition in propositions:
        sentence = sentence_of(page.reading, proposition)
        event = None if sentence is None else page.event_of(proposition, sentence)
        if sentence is None or event is None:
            continue
        beside = list(propositions_within(propositions, sentence))
        deeds = _deeds(told, proposition, beside)
        if deeds is None:
            continue
        before = "" if deeds else _deed_before(told, proposition, propositions)
        is_backing = proposition.lemma in _BACKING
        for part in _deciders(told, proposition, sentence):
            passage = cover(part.passage, proposition.predicate)
            passage = cover(passage, _told_deed(proposition, sentence))
            claim = page.claim(event, "decided_by", part.value, passage, proposition)
            # An order is not told in the voice that gives it.
            claim = replace(
                claim, voices=tuple(v for v in claim.voices if v.stance is not Stance.ORDERS)
            )
            if is_backing:
                if isinstance(part.value, Text) or claim.polarity is Polarity.NEGATIVE:
                    continue
                claim = replace(
                    claim, polarity=Polarity.NEGATIVE, factuality=Factuality.NOT_HAPPENED
                )
            yield Act(deeds, before=before), claim


def _deeds(
    told: Cast, proposition: Proposition, beside: Sequence[Proposition]
) -> tuple[str, ...] | None:
    """What a proposition says was decided: its kinds, none where it does not say; None: nothing
    was."""
    lemma = proposition.lemma
    if lemma == "call":
        return tuple(k for k in _named_deeds(told, proposition) if k == "strike") or None
    if lemma in _ORDERING or lemma in _DECIDING or _is_given(told, proposition):
        kinds = [k for p in _decided_on(proposition, beside) if (k := _deed(told, p))]
        if _is_told_off(told, proposition):
            kinds = [k for k in kinds if k != "withdrawal"]
        kinds += _named_deeds(told, proposition) or _done_on_orders(told, proposition, beside)
        is_open = lemma == "decide" and _is_unsaid(told, proposition)
        return tuple(dict.fromkeys(kinds)) if kinds or is_open else None
    if lemma in _BACKING:
        object_ = argument_of(proposition, "ARG1")
        words = told.words(object_.passage) if object_ is not None else ""
        is_decision = bool(_DECISION.search(words)) or words.lower() in ("it", "that", "with that")
        return () if is_decision else None
    return None


def _deed_before(told: Cast, proposition: Proposition, propositions: Sequence[Proposition]) -> str:
    """What “the decision” may have been: the last deed told before it, not far off."""
    at = bisect_left(propositions, proposition.predicate.start, key=lambda p: p.predicate.start)
    for earlier in reversed(propositions[max(0, at - _DEEDS_BACK) : at]):
        kind = _deed(told, earlier)
        if kind is not None and proposition.predicate.start - earlier.predicate.end < _BACK_CHARS:
            return kind
    return ""


def _decided_on(proposition: Proposition, beside: Sequence[Proposition]) -> Iterator[Proposition]:
    """The deeds themselves, not what their own arguments speak of."""
    for argument in proposition.arguments:
        if argument.role in ("ARG1", "ARG2", "C-ARG1"):
            inside = [p for p in beside if p is not proposition and _is_in(p, argument)]
            yield from (
                p
                for p in inside
                if not any(
                    _is_in(p, a) for other in inside if other is not p for a in other.arguments
                )
            )


def _is_in(proposition: Proposition, argument: Argument) -> bool:
    return argument.passage.start <= proposition.predicate.start < argument.passage.end


def _deed(told: Cast, proposition: Proposition) -> str | None:
    end = proposition.predicate.end + _DEED_CHARS
    words = told.page.document.text[proposition.predicate.start : end]
    if proposition.lemma == "let" or re.match(r"go(?:es)?\s+free", words):
        return "release"
    if proposition.lemma == "open":
        return "attack" if re.match(r"open(?:ed|ing)?\s+fire\b", words) else "opening"
    if proposition.lemma == "leave":
        return "evacuation" if _HOMES.search(words) else None
    if proposition.lemma == "fire":
        return "dismissal" if re.match(r"fired\s+by\b", words) else None
    if proposition.lemma == "abandon" and _SHIPS.search(words):
        return "evacuation"
    kind = _DEEDS.get(proposition.lemma)
    if kind is None:
        kind = load_table("acts").get(proposition.lemma)
    # A raid is ordered as an attack is.
    return "attack" if kind == "raid" else kind or None


def _named_deeds(told: Cast, proposition: Proposition) -> list[str]:
    """What was decided, where the object names it: “ordered the eviction of the families”."""
    object_ = argument_of(proposition, "ARG1")
    words = told.words(object_.passage).lower().split() if object_ is not None else []
    if not words or words[0] not in _DETERMINERS:
        return []
    return [_DEED_NOUNS[w.strip(",.")] for w in words[1:4] if w.strip(",.") in _DEED_NOUNS][:1]


def _is_told_off(told: Cast, proposition: Proposition) -> bool:
    """Whether one person is told to stop, who is no force that obeys: “ordered him to stop”."""
    addressee = argument_of(proposition, "ARG1")
    if addressee is None or argument_of(proposition, "ARG2") is None:
        return False
    words = told.words(addressee.passage)
    mention = told.mention_of(addressee)
    is_named = mention is not None and mention.named and mention.kind is Kind.PERSON
    return is_named or words.lower() in ("him", "her", "them")


def _done_on_orders(
    told: Cast, proposition: Proposition, beside: Sequence[Proposition]
) -> list[str]:
    """What was done “on the orders of” somebody: the deed told before."""
    at = proposition.predicate.start
    before = told.page.document.text[max(0, at - len("on the direct ")) : at]
    if not _ON_ORDERS.search(before):
        return []
    done = [p for p in beside if p.predicate.start < at and p.factuality is Factuality.HAPPENED]
    kinds = [k for p in done if (k := _deed(told, p))]
    return kinds[-1:]


def _is_given(told: Cast, proposition: Proposition) -> bool:
    """“Gave the order to storm the school”."""
    object_ = argument_of(proposition, "ARG1")
    if proposition.lemma not in ("give", "issue") or object_ is None:
        return False
    return _LEAVE.search(told.words(object_.passage)) is not None


def _is_unsaid(told: Cast, proposition: Proposition) -> bool:
    """Whether it is left open what was decided: “they took the decision”."""
    object_ = argument_of(proposition, "ARG1")
    return object_ is None or told.words(object_.passage).lower().startswith("of ")


def _deciders(told: Cast, proposition: Proposition, sentence: Passage) -> list[Part]:
    if proposition.lemma == "decide":
        told_of = _aside(told, proposition) or _of_decision(told, proposition, sentence)
        if told_of or not _is_doer(told, proposition):
            return told_of
    argument = argument_of(proposition, "ARG0")
    if argument is None or told.words(argument.passage).lower().startswith("other "):
        return []
    return _speaking(told, proposition, argument) or told.agents(argument)


def _is_doer(told: Cast, proposition: Proposition) -> bool:
    """Whether the one who is read as deciding does: of a decision, only whose it is or who takes
    it."""
    argument = argument_of(proposition, "ARG0")
    if not told.words(proposition.predicate).lower().startswith("decision") or argument is None:
        return True
    words = told.words(argument.passage)
    is_taken = argument_of(proposition, "ARGM-LVB") is not None
    return is_taken or words.endswith(("'s", "’s", "s'", "s’"))


def _speaking(told: Cast, proposition: Proposition, argument: Argument) -> list[Part]:
    """Who says “I”; of one who only stood behind it, also who is “he” or “she”."""
    words = told.words(argument.passage).lower()
    if words not in (_PERSONAL if proposition.lemma in _BACKING else _FIRST_PERSON):
        return []
    mention = told.mention_of(argument)
    entity = None if mention is None else told.page.entity_of(mention)
    if mention is None or entity is None:
        return []
    return [Part(EntityRef(entity), "I", mention.passage, entity, Kind.PERSON)]


def _aside(told: Cast, proposition: Proposition) -> list[Part]:
    """“They (the owners) took the decision”: what an editor put in for a pronoun."""
    text, document_id = told.page.document.text, told.page.document.id
    at = proposition.predicate.start
    found = next(_ASIDE.finditer(text, max(0, at - _ASIDE_CHARS), at), None)
    if found is None:
        return []
    words = Passage(document_id, found.start(1), found.end(1))
    return [Part(Text(found[1]), found[1], words, None, Kind.ORGANIZATION)]


def _of_decision(told: Cast, proposition: Proposition, sentence: Passage) -> list[Part]:
    found = _OF.match(told.page.document.text, proposition.predicate.end, sentence.end)
    if found is None:
        return []
    inside = told.within(Passage(sentence.document_id, found.start(), sentence.end))
    mention = next((m for m in inside if m.passage.start <= found.end() < m.passage.end), None)
    return [] if mention is None else told.people(mention, mention.passage.end)


def _told_deed(proposition: Proposition, sentence: Passage) -> Passage | None:
    """The words for what was decided, so that the passage shows them."""
    for argument in proposition.arguments:
        if argument.role in ("ARG1", "ARG2") and argument.passage.end <= sentence.end:
            return argument.passage
    return None
