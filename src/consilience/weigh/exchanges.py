"""Whom somebody was freed for, and who was let go in return."""

import re
from collections.abc import Iterator, Sequence

from consilience.records import Argument, Claim, Kind, Passage, Proposition, Text
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
from consilience.weigh.forces import kinds

_SWAPPING = frozenset({"trade", "swap", "exchange"})
_FREEING = frozenset(
    {"release", "free", "liberate", "hand_over", "return", "hand", "let", "let_go"}
)
_FOR = re.compile(r"[^.;\n]{0,60}?\b(?:in (?:exchange|return) for|(?:swap|trade) for)\s+", re.I)
_FOR_THEM = re.compile(r"for\s+", re.IGNORECASE)
_RELEASE_OF = re.compile(r"(?:the\s+)?(?:release|freedom|return)\s+of\s+", re.IGNORECASE)
_ONCE = re.compile(r"^(?:once|after|as soon as|when|in return|in exchange)\b", re.IGNORECASE)


def exchanges(page: AskedPage) -> Iterator[tuple[Act, Claim]]:
    told = cast(page)
    propositions = sorted(page.reading.propositions, key=lambda p: (p.predicate, p.id))
    for proposition in propositions:
        if proposition.lemma not in _SWAPPING | _FREEING:
            continue
        sentence = sentence_of(page.reading, proposition)
        event = None if sentence is None else page.event_of(proposition, sentence)
        if sentence is None or event is None:
            continue
        beside = list(propositions_within(propositions, sentence))
        given = _given(told, proposition, sentence)
        parts = [given, _object(told, proposition)] if given is not None else []
        for part in parts or [_in_turn(told, proposition, beside)]:
            if part is None or part.kind is not Kind.PERSON:
                continue
            passage = cover(part.passage, proposition.predicate)
            yield Act(_side(part)), page.claim(event, "freed", part.value, passage, proposition)


def _given(told: Cast, proposition: Proposition, sentence: Passage) -> Part | None:
    """Who was given for somebody: “released him in exchange for the crew”."""
    text = told.page.document.text
    at = None
    if proposition.lemma in _SWAPPING:
        for argument in proposition.arguments:
            found = _FOR_THEM.match(text, argument.passage.start, sentence.end)
            if found and argument.role.startswith("ARG"):
                at = found.end()
    else:
        found = _FOR.match(text, proposition.predicate.end, sentence.end)
        at = found.end() if found else None
    if at is None:
        return None
    nested = _RELEASE_OF.match(text, at, sentence.end)
    return _beginning_at(told, nested.end() if nested else at, sentence.end)


def _object(told: Cast, proposition: Proposition) -> Part | None:
    """Who was handed over, where that is no one person named, whom everybody asks for."""
    argument = argument_of(proposition, "ARG1")
    mention = None if argument is None else told.mention_of(argument)
    if argument is None or mention is None or mention.named or proposition.lemma in _SWAPPING:
        return None
    part = told.company(mention, argument.passage.end)
    return part if part is not None and isinstance(part.value, Text) else None


def _beginning_at(told: Cast, at: int, end: int) -> Part | None:
    inside = told.within(Passage(told.page.document.id, at, end))
    mention = min(
        (m for m in inside if m.passage.start <= at + 1),
        key=lambda m: (m.passage.start, -m.passage.end),
        default=None,
    )
    return None if mention is None else told.company(mention, end)


def _in_turn(told: Cast, proposition: Proposition, beside: Sequence[Proposition]) -> Part | None:
    """Who was let go once somebody else was: “once the pilot was freed, the crew were let go”."""
    object_ = argument_of(proposition, "ARG1")
    if object_ is None or proposition.lemma not in _FREEING:
        return None
    if not any(_tells_release(told, a, beside) for a in proposition.arguments):
        return None
    mention = told.mention_of(object_)
    return None if mention is None else told.company(mention, object_.passage.end)


def _tells_release(told: Cast, argument: Argument, beside: Sequence[Proposition]) -> bool:
    if argument.role != "ARGM-TMP" or not _ONCE.search(told.words(argument.passage)):
        return False
    return any(
        p.lemma in _FREEING and argument.passage.start <= p.predicate.start < argument.passage.end
        for p in beside
    )


def _side(part: Part) -> tuple[str, ...]:
    """On which side of the exchange they stood: servants of the state, or others."""
    found = {kind.split("/")[0] for kind in kinds(part.text)}
    if not found:
        return ()
    return ("exchange",) if "state" in found else ("exchange of others",)
