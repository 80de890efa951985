"""Who decided, ordered or allowed it, and who only stood behind what others decided."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

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
from consilience.weigh.deeds import (
    deed_before,
    deed_kind,
    done_kind,
    is_known,
    named_deeds,
    objects_of,
)
from consilience.weigh.someone import someone_at
from consilience.weigh.worded_deciders import is_cleft, speaker_at

_ON_ORDERS = re.compile(r"\bon (?:the )?(?:direct )?$", re.IGNORECASE)
_ORDERING = frozenset(
    "order command authorize authorise approve instruct decree mandate greenlight sign_off".split()
)
_DECIDING = frozenset({"decide", "rule", "vote", "opt", "choose", "resolve"})
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
        if sentence is None:
            continue
        event = page.event_of(proposition, sentence) or page.case.events[0].id
        beside = list(propositions_within(propositions, sentence))
        deeds = _deeds(told, proposition, beside)
        if deeds is None:
            continue
        before = "" if deeds else deed_before(told, proposition.predicate.start, propositions)
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
            yield Act(deeds, before=before, objects=_objects(told, proposition, beside)), claim


def done_in_office(page: AskedPage) -> Iterator[tuple[Act, Claim]]:
    """Who dismissed, suspended, banned, closed or called off: they have also decided it."""
    told = cast(page)
    for proposition in page.reading.propositions:
        kind = done_kind(told, proposition)
        sentence = sentence_of(page.reading, proposition)
        argument = argument_of(proposition, "ARG0") or _by_whom(told, proposition)
        is_fact = proposition.factuality is Factuality.HAPPENED
        if kind is None or sentence is None or argument is None or not is_fact:
            continue
        event = page.event_of(proposition, sentence) or page.case.events[0].id
        words = Passage(sentence.document_id, argument.passage.start, sentence.end)
        for part in told.agents(argument) or someone_at(told, words):
            passage = cover(part.passage, proposition.predicate)
            claim = page.claim(event, "decided_by", part.value, passage, proposition)
            yield Act((kind,), is_implied=True, objects=objects_of(told, proposition)), claim


def _by_whom(told: Cast, proposition: Proposition) -> Argument | None:
    """“Dismissed on Monday by the board”, where that was not read as who did it."""
    for argument in proposition.arguments:
        if argument.role != "ARG1" and told.words(argument.passage).startswith("by "):
            return argument
    return None


def _deeds(
    told: Cast, proposition: Proposition, beside: Sequence[Proposition]
) -> tuple[str, ...] | None:
    """What a proposition says was decided: its kinds, none where it does not say; None: nothing
    was."""
    lemma = proposition.lemma
    if lemma == "call":
        return tuple(k for k in named_deeds(told, proposition) if k == "strike") or None
    if lemma in _ORDERING or lemma in _DECIDING or _is_given(told, proposition):
        kinds = [k for p in _decided_on(proposition, beside) if (k := deed_kind(told, p))]
        if not kinds and _is_given(told, proposition):
            # What is ordered may have been read as another clause.
            behind = [p for p in beside if p.predicate.start > proposition.predicate.end]
            planned = [p for p in behind if p.factuality is Factuality.PLANNED]
            kinds = [k for p in planned[:1] if (k := deed_kind(told, p))]
        if _is_told_off(told, proposition):
            kinds = [k for k in kinds if k != "withdrawal"]
        kinds += named_deeds(told, proposition) or _done_on_orders(told, proposition, beside)
        kinds = [k for k in kinds if is_known(k)] or kinds[:1]
        is_open = lemma == "decide" and _is_unsaid(told, proposition)
        is_open |= lemma != "decide" and _is_bare_leave(told, proposition)
        return tuple(dict.fromkeys(kinds)) if kinds or is_open else None
    if lemma in _BACKING:
        object_ = argument_of(proposition, "ARG1")
        words = told.words(object_.passage) if object_ is not None else ""
        is_decision = bool(_DECISION.search(words)) or words.lower() in ("it", "that", "with that")
        return () if is_decision else None
    return None


def _objects(told: Cast, proposition: Proposition, beside: Sequence[Proposition]) -> frozenset[str]:
    decided_on = [p for p in _decided_on(proposition, beside) if deed_kind(told, p)]
    return objects_of(told, decided_on[0]) if decided_on else frozenset()


def _decided_on(proposition: Proposition, beside: Sequence[Proposition]) -> Iterator[Proposition]:
    """The deeds themselves, not what their own arguments speak of."""
    for argument in proposition.arguments:
        if argument.role in ("ARG1", "ARG2", "C-ARG1", "ARGM-PRP", "ARGM-PNC"):
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
    kinds = [k for p in done if (k := deed_kind(told, p))]
    return kinds[-1:]


def _is_given(told: Cast, proposition: Proposition) -> bool:
    """“Gave the order to storm the school”."""
    object_ = argument_of(proposition, "ARG1")
    if proposition.lemma not in ("give", "issue", "sign") or object_ is None:
        return False
    return _LEAVE.search(told.words(object_.passage)) is not None


def _is_bare_leave(told: Cast, proposition: Proposition) -> bool:
    """“Gave the go-ahead”, and no more is said of it."""
    object_ = argument_of(proposition, "ARG1")
    if object_ is None or not _is_given(told, proposition):
        return False
    words = told.words(object_.passage)
    found = _LEAVE.match(words)
    return words.startswith(("the ", "that ")) and found is not None and found[0] == words


def _is_unsaid(told: Cast, proposition: Proposition) -> bool:
    """Whether it is left open what was decided: “they took the decision”."""
    object_ = argument_of(proposition, "ARG1")
    words = "" if object_ is None else told.words(object_.passage).lower()
    return object_ is None or words.startswith("of ") or words.endswith(("self", "selves"))


def _deciders(told: Cast, proposition: Proposition, sentence: Passage) -> list[Part]:
    if is_cleft(told, proposition, sentence):
        return []
    if proposition.lemma == "decide":
        told_of = _aside(told, proposition) or _of_decision(told, proposition, sentence)
        if told_of or not _is_doer(told, proposition):
            return told_of
    argument = argument_of(proposition, "ARG0")
    if argument is None or told.words(argument.passage).lower().startswith("other "):
        return []
    words = Passage(sentence.document_id, argument.passage.start, sentence.end)
    parts = _speaking(told, proposition, argument) or told.agents(argument)
    return parts or someone_at(told, words)


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
    if words == "i" and (speaker := speaker_at(told, argument.passage)) is not None:
        return [speaker]
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
