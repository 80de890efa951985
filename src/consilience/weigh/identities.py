"""Who the gunman is said to be, and who says “it was us”."""

import re
from collections.abc import Iterator
from dataclasses import replace

from consilience.records import Claim, EntityRef, Kind, Mention, Passage, Proposition, Stance, Voice
from consilience.weigh.acts import Act
from consilience.weigh.asked import AskedPage, cover
from consilience.weigh.cast import Cast, argument_of, cast, sentence_of
from consilience.weigh.worded_doers import worded_doers

_DOER = r"(?:gunman|shooter|attacker|bomber|assailant|killer|hijacker|kidnapper|assassin|arsonist)"
_UNSURE = re.compile(
    r"\b(?:suspected|alleged|accused|possible|presumed|wanted|reputed|would-be|not)\W+(?:\w+\W+)?$",
    re.IGNORECASE,
)
# "gunman Jan Novak", "the gunman, Jan Novak", "the attacker was Jan Novak".
_CALLED = re.compile(
    rf"\b((?:the\s+)?{_DOER})(?:\s+|,\s+|\s+(?:was|is)\s+(?:later\s+)?(?:(?:identified|named)\s+(?:\w+\s+){{0,4}}?"
    rf"as\s+)?(?:\d+-year-old\s+)?)$",
    re.IGNORECASE,
)
# "The attacker was", not "one of the attackers".
_THE_ONE = re.compile(rf"the\s+{_DOER}\s+(?:was|is)\b", re.IGNORECASE)
_CALLED_CHARS = 90
_VIOLENT = frozenset({"attack", "deaths", "abduction", "robbery", "injuries", "fire", "event"})


def named_doers(page: AskedPage) -> Iterator[tuple[Act, Claim]]:
    yield from worded_doers(page)
    told = cast(page)
    violent = {e.id for e in page.case.events if e.kind in _VIOLENT}
    for proposition in page.reading.propositions:
        yield from _claimed(told, proposition)
    for sentence in page.reading.sentences:
        event = page.event_of(None, sentence)
        if event not in violent:
            continue
        for mention in told.within(sentence):
            passage = _called(told, mention, sentence)
            entity = page.entity_of(mention)
            if passage is not None and entity is not None and event is not None:
                claim = page.claim(event, "agent", EntityRef(entity), passage)
                is_sole = _THE_ONE.match(told.words(passage)) is not None
                yield Act(("attack",), is_sole=is_sole), claim


def _claimed(told: Cast, proposition: Proposition) -> Iterator[tuple[Act, Claim]]:
    """“The group claimed responsibility for the bombing”: in its own voice."""
    page = told.page
    object_ = argument_of(proposition, "ARG1")
    subject = argument_of(proposition, "ARG0")
    sentence = sentence_of(page.reading, proposition)
    if proposition.lemma != "claim" or object_ is None or subject is None or sentence is None:
        return
    if not re.search(r"\bresponsibility\b", told.words(object_.passage)):
        return
    event = page.event_of(proposition, sentence)
    for part in told.agents(subject) if event is not None else []:
        passage = cover(cover(part.passage, proposition.predicate), object_.passage)
        claim = page.claim(event or "", "agent", part.value, passage, proposition)
        voice = Voice(part.entity_id, part.text, Stance.SAYS, direct=False)
        voices = tuple(dict.fromkeys((*claim.voices, voice)))
        yield Act(("attack",), is_claimed=True), replace(claim, voices=voices)


def _called(told: Cast, mention: Mention, sentence: Passage) -> Passage | None:
    """The words by which a page says that somebody named was the one who did it."""
    if mention.kind is not Kind.PERSON or not mention.named:
        return None
    start = max(sentence.start, mention.passage.start - _CALLED_CHARS)
    found = _CALLED.search(told.page.document.text[start : mention.passage.start])
    if found is None:
        return None
    begin = start + found.start(1)
    before = told.page.document.text[max(0, begin - _CALLED_CHARS) : begin]
    if _UNSURE.search(before):
        return None
    return Passage(mention.passage.document_id, begin, mention.passage.end)
