"""With what it was done."""

import re
from collections.abc import Iterator

from consilience.lexicon import load_table
from consilience.records import Claim, Mention, Passage, Proposition, Text
from consilience.weigh.acts import Act
from consilience.weigh.asked import AskedPage, cover
from consilience.weigh.cast import Cast, cast, sentence_of
from consilience.wording import fold

_VIOLENT = frozenset({"attack", "robbery", "abduction"})
# Weapons go off by themselves too.
_GOING_OFF = frozenset(
    {"explode", "detonate", "go_off", "set_off", "throw", "hurl", "lob", "plant"}
)
_WITH = re.compile(r"(?:with|using|from|by)\s+(?:an?|the|his|her|their|two|some)?\b", re.IGNORECASE)
_ARMED = re.compile(
    r"\b(?:armed with|wielding|brandishing|using|firing|fired|detonated?|threw|hurled)\s+$",
    re.IGNORECASE,
)
# Vehicles and bottles are weapons only where somebody is said to be struck with them.
_ALSO_OTHERWISE = frozenset({"vehicle", "bottle", "blunt", "stone", "gas", "drone", "fire", "bow"})
_ARMED_CHARS = 40
_MAX_WORDS = 5


def weapons(page: AskedPage) -> Iterator[tuple[Act, Claim]]:
    """What was used, not what somebody owned or what the police found."""
    told = cast(page)
    propositions = sorted(page.reading.propositions, key=lambda p: (p.predicate, p.id))
    kinds = load_table("event_kinds")
    for proposition in propositions:
        sentence = sentence_of(page.reading, proposition)
        event = None if sentence is None else page.event_of(proposition, sentence)
        if sentence is None or event is None:
            continue
        is_violent = load_table("acts").get(proposition.lemma) in _VIOLENT or (
            proposition.lemma in _GOING_OFF | {"open", "fire", "injure", "wound", "arm"}
        )
        if not is_violent and kinds.get(proposition.lemma) != "attack":
            continue
        for mention in _used(told, proposition):
            core = _whole(told, told.core(mention))
            if core is not None and len(told.words(core).split()) <= _MAX_WORDS:
                passage = cover(core, proposition.predicate)
                value = Text(told.words(core))
                yield Act(("attack",)), page.claim(event, "weapon", value, passage, proposition)


def _whole(told: Cast, core: Passage | None) -> Passage | None:
    """The words without the beginning of one cut off: “9mm pistol”, not “mm pistol”."""
    if core is None:
        return None
    text, start = told.page.document.text, core.start
    while start and text[start - 1].isalnum():
        start -= 1
    return Passage(core.document_id, start, core.end)


def _used(told: Cast, proposition: Proposition) -> Iterator[Mention]:
    for argument in proposition.arguments:
        words = told.words(argument.passage)
        is_with = _WITH.match(words) is not None
        is_object = argument.role == "ARG1" and proposition.lemma in _GOING_OFF | {"fire"}
        for mention in told.within(argument.passage):
            kind = weapon_kind(told.words(mention.passage))
            if kind is None or (kind.split("/")[0] in _ALSO_OTHERWISE and not is_with):
                continue
            is_struck_with = is_with and _is_first(told, argument.passage, mention)
            if is_object or is_struck_with or _is_armed(told, mention):
                yield mention


def _is_first(told: Cast, passage: Passage, mention: Mention) -> bool:
    """Whether the weapon is what one is struck with, not a thing beside it."""
    between = told.page.document.text[passage.start : mention.head.start]
    return len(between.split()) <= _MAX_WORDS + 1


def _is_armed(told: Cast, mention: Mention) -> bool:
    start = max(0, mention.passage.start - _ARMED_CHARS)
    before = told.page.document.text[start : mention.passage.start]
    return _ARMED.search(before) is not None


def weapon_kind(text: str) -> str | None:
    """Where in the tree of weapons the thing stands that the words end on.

    >>> weapon_kind("a semi-automatic rifle")
    'gun/rifle'
    """
    words = [fold(w) for w in re.findall(r"[\w-]+", text.split(",")[0])]
    table = load_table("weapon_kinds")
    return table.get(" ".join(words[-2:])) or table.get(words[-1] if words else "")
