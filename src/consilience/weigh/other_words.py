"""Deeds that one tells and another denies in other words: a thing used, a device that worked."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from consilience.records import Passage, Proposition
from consilience.weigh.asked import AskedPage
from consilience.weigh.statements import Statement, entities_in, keys, stem
from consilience.wording import fold

# To deny that tear gas was used is to deny that it was fired.
_USING = frozenset({"use", "deploy", "employ", "fire", "throw", "hurl", "lob", "launch", "spray",
                    "discharge", "drop", "wield", "swing"})  # fmt: skip
# So one uses a telephone only.
_ON_THE_PHONE = frozenset({"look", "talk", "speak", "text", "type", "hold", "scroll", "play",
                           "check", "handle", "stare"})  # fmt: skip
_PHONE = "phone"
_WORKING = frozenset({"sound", "ring", "work", "function", "operate", "go_off", "activate"})
_ASKING = frozenset({"ask", "demand", "request", "call_for", "insist"})
_INTRODUCING = frozenset({"announce", "identify", "introduce"})
_SWAPPING = frozenset({"exchange", "swap"})
_SELF = frozenset({"themselves", "himself", "herself", "themself", "ourselves", "myself"})
_GIVING = frozenset({"give", "hand", "pass", "administer", "slip", "pay"})
TAKING = ("take", "accept", "receive")
# "Going too fast" is speeding.
_MOVING = frozenset({"go", "drive", "travel", "move", "ride", "speed"})
_TOO_FAST = re.compile(
    r"[^.;,]{0,40}?\b(?:too fast|(?:over|above|beyond|exceeding) the (?:speed )?limit"
    r"|at (?:an? )?(?:high|excessive) speed)\b",
    re.IGNORECASE,
)
_AT_ONCE = re.compile(r"^(?:(?:with|at|on|into|in|by) )?", re.IGNORECASE)
_AFTER_NOUN = re.compile(
    r" (?:of|in|at|on|from|near|that|who|which|with|under|to|into|against|for|and|or"
    r"|above|behind|beside|inside|outside|along|over|aboard) |[,;(]"
)
_POSSESSIVE = re.compile(r"['’]s?$")
_DETERMINER = frozenset({"a", "an", "the", "any", "some", "no", "his", "her", "its", "their",
                         "my", "our", "your", "this", "that", "these", "those", "more",
                         "such"})  # fmt: skip
# "Tear gas canisters" are tear gas.
_HOLDING = frozenset({"canister", "grenade", "round", "shell", "cartridge"})
_TOO_VAGUE = frozenset({"it", "one", "thing", "them", "something", "anything", "nothing", "all",
                        "word", "term", "name", "time", "way", "shot", "bullet"})  # fmt: skip
_DEVICES = frozenset({"alarm", "siren", "bell", "camera", "brake", "line", "light", "signal",
                      "engine", "sprinkler", "radar", "transponder", "power", "sensor", "heating",
                      "valve", "pump", "lamp", "detector", "generator", "beacon", "radio",
                      "recorder", "microphone", "current", "electricity", "ventilation",
                      "lock", "boiler", "barrier", "machine", "server", "exit", "door", "gate",
                      "hatch"})  # fmt: skip
_WHICHEVER = _DETERMINER | {"all", "both", "every", "each", "system", "systems"}
_PHRASE = re.compile(r"(?:[\w’'-]{1,40} ){0,6}[\w’'-]{1,40} $")
_PHRASE_CHARS = 80
_BEFORE_PHRASE = re.compile(
    r".*\b(?:said|says|say|that|when|while|as|and|because|but|found|claimed|insisted) ",
    re.IGNORECASE,
)
_WAS = r"\b(?:had been|has been|have been|was|were|is|are) (?:not |never |\w+ly )?"
_OFF = re.compile(
    rf"{_WAS}(?:switched off|turned off|shut off|cut off|disabled|disconnected|deactivated"
    r"|unplugged|out of order|out of action|inoperative|not working|broken|dead"
    r"|locked|bolted|padlocked|chained|barred|blocked|obstructed)\b"
    r"(?! (?:after|later|by firefighters))|\b(?:had )?(?:failed|malfunctioned)\b",
    re.IGNORECASE,
)
_ON = re.compile(
    rf"{_WAS}(?:live|on|switched on|turned on|working|operational|functioning|activated|armed"
    r"|in working order|energi[sz]ed|open|unlocked|unobstructed)\b"
    r"(?! (?:the|a|an|his|her|its|their|again|back)\b)",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|never|no|none|neither)\b|n['’]t\b", re.IGNORECASE)
_AFTERWARDS = re.compile(r"\b(?:after|once|since) [^,.;]*$")
_UNSURE = re.compile(
    r"\b(?:if|whether|may|might|could|would|should|will|unless|until|must|demand\w*|offer\w*)\b",
    re.IGNORECASE,
)


_SAID_OTHERWISE = _USING | _ON_THE_PHONE | _WORKING | _ASKING | _INTRODUCING | _GIVING | _MOVING


def may_be_said_otherwise(told: Proposition) -> bool:
    return told.lemma in _SAID_OTHERWISE


def in_other_words(made: Statement, *, denied: bool) -> Iterator[Statement]:
    """The deed of a statement, under the names by which others may tell or deny it."""
    told = made.proposition
    if told is None:
        return
    lemma = told.lemma
    if lemma in _USING or (not denied and lemma in _ON_THE_PHONE):
        yield from _used(made, told)
    if lemma in _WORKING:
        yield from _worked(made, told)
    if lemma in _MOVING and "actor" in made.roles and _is_speeding(made, told):
        yield replace(made, deed="speed:", roles=_named(actor=made.roles["actor"]))
    if lemma in _INTRODUCING and _object_words(made, told) & _SELF and "actor" in made.roles:
        actor = made.roles["actor"] - _SELF
        yield replace(made, deed="announce:self", roles=_named(actor=actor, object={"self"}))
    if denied and made.deed == "fire" and made.roles.get("object", frozenset()) & _shots():
        yield replace(made, deed="shoot", roles=_named(actor=made.roles.get("actor", frozenset())))
    if denied and lemma in _SWAPPING:
        roles = _named(object={"exchange"})
        yield replace(made, deed="there:exchange", roles=roles)
    if lemma in _ASKING and made.roles.keys() >= {"actor", "object"}:
        actor = made.roles["actor"] | {stem(word) for word in made.roles["actor"]}
        yield replace(made, deed="ask:", roles=_named(actor=actor, object=made.roles["object"]))
    if lemma in _GIVING and not denied and made.roles.keys() >= {"other", "object"}:
        for deed in TAKING:
            roles = _named(actor=made.roles["other"], object=made.roles["object"])
            yield replace(made, deed=deed, roles=roles)


def _is_speeding(made: Statement, told: Proposition) -> bool:
    text, end = made.page.document.text, told.predicate.end
    return told.lemma == "speed" or _TOO_FAST.match(text, end) is not None


def is_in_use(page: AskedPage, told: Proposition) -> bool:
    """Whether it is told of a thing that it was in use."""
    start = told.predicate.start
    return told.lemma == "use" and page.document.text.endswith(" in ", 0, start)


def states(page: AskedPage, *, denied: bool) -> Iterator[Statement]:
    """Devices that are told to have been on, or with `denied` off: “its lines were cut off”."""
    text = page.document.text
    starts = [s.start for s in page.reading.sentences]
    for is_off, pattern in ((True, _OFF), (False, _ON)):
        for found in pattern.finditer(text):
            i = bisect_right(starts, found.start()) - 1
            is_negated = _NOT.search(found[0]) is not None and "not working" not in found[0]
            if i < 0 or (is_off != is_negated) is not denied:
                continue
            made = _state(page, i, found)
            if is_off and _AFTERWARDS.search(text, starts[i], found.start()):
                continue
            if made is not None and _UNSURE.search(text, starts[i], found.end()) is None:
                yield made


def _state(page: AskedPage, sentence: int, found: re.Match[str]) -> Statement | None:
    text = page.document.text
    begin = max(page.reading.sentences[sentence].start, found.start() - _PHRASE_CHARS)
    phrase = _PHRASE.search(text, begin, found.start())
    if phrase is None:
        return None
    before = _BEFORE_PHRASE.match(phrase[0])
    start = phrase.start() + (before.end() if before else 0)
    words = text[start : found.start()].strip()
    if (named := _device(words)) is None:
        return None
    at = Passage(page.document.id, start, found.start())
    whole = Passage(page.document.id, start, found.end())
    return _of_device(Statement(page, sentence, None, "", {}, whole), named, words, at)


def _used(made: Statement, told: Proposition) -> Iterator[Statement]:
    text = made.page.document.text
    is_state = is_in_use(made.page, told)
    wanted = (
        ("ARG0", "ARG1")
        if is_state
        else ("ARG1", "ARG2" if told.lemma in _ON_THE_PHONE else "ARGM-MNR")
    )
    for argument in told.arguments:
        if argument.role not in wanted:
            continue
        at = argument.passage
        thing = _thing(text[at.start : at.end])
        if thing is None or (told.lemma in _ON_THE_PHONE and thing != _PHONE):
            continue
        roles = _named(
            actor=frozenset() if is_state else made.roles.get("actor", frozenset()),
            object=set(thing.split()) | {f"e:{e}" for e in entities_in(made.page, at)},
        )
        yield replace(made, deed=f"use:{thing}", roles=roles)


def _thing(phrase: str) -> str | None:
    """What is used, without whose or which: “Baird's phone” is a phone."""
    noun = _AFTER_NOUN.split(_AT_ONCE.sub("", phrase), maxsplit=1)[0]
    words = [w.lower() for w in noun.split() if not _POSSESSIVE.search(w) and not w[0].isdigit()]
    words = [w for w in words if w not in _DETERMINER]
    if len(words) > 1 and stem(fold(words[-1])) in _HOLDING:
        words.pop()
    if not words or len(words) > 3 or not words[-1].isalpha():
        return None
    last = stem(fold(words[-1]))
    return None if len(words) == 1 and last in _TOO_VAGUE else " ".join([*words[:-1], last])


def _worked(made: Statement, told: Proposition) -> Iterator[Statement]:
    for argument in told.arguments:
        at = argument.passage
        words = made.page.document.text[at.start : at.end]
        if argument.role in ("ARG0", "ARG1") and (named := _device(words)):
            yield _of_device(made, named, words, at)


def _of_device(made: Statement, named: str, phrase: str, at: Passage) -> Statement:
    words = _AFTER_NOUN.split(phrase, maxsplit=1)[0].split()
    own = [w for w in words if w[0].islower() and not _POSSESSIVE.search(w)]
    which = keys([w for w in own if w not in _WHICHEVER], entities_in(made.page, at), "object")
    return replace(made, deed=f"on:{named}", roles={"object": which | {named}})


def _device(phrase: str) -> str | None:
    stems = [stem(fold(word)) for word in re.findall(r"\w+", _AFTER_NOUN.split(phrase)[0])]
    return next((word for word in reversed(stems[-3:]) if word in _devices()), None)


@cache
def _shots() -> frozenset[str]:
    return frozenset(stem(noun) for noun in ("shot", "bullet", "round"))


@cache
def _devices() -> frozenset[str]:
    return frozenset(stem(noun) for noun in _DEVICES)


def _object_words(made: Statement, told: Proposition) -> set[str]:
    text = made.page.document.text
    found = (a.passage for a in told.arguments if a.role == "ARG1")
    return {text[p.start : p.end].lower() for p in found}


def _named(**roles: frozenset[str] | set[str]) -> dict[str, frozenset[str]]:
    return {role: frozenset(named) for role, named in roles.items() if named}
