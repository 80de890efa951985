"""Deeds told or denied in set words: “there was no bomb”, “was not at the dinner”, in Spanish."""

import re
from collections.abc import Iterator, Set
from dataclasses import replace
from functools import cache

from consilience.lexicon import load_table
from consilience.records import Passage, Proposition, Truth
from consilience.weigh.asked import AskedPage
from consilience.weigh.statements import (
    Statement,
    deed_group,
    entities_in,
    keys,
    spoken_words,
    statement,
    stem,
    words_of_chain,
)
from consilience.wording import fold

_NAME = r"(?:[A-Z][\w.'’-]{1,40}(?: [A-Z][\w.'’-]{1,40}){0,3}|[Tt]he (?:\w+ )?\w+)"
_PRONOUN = r"\b(?:I|[Hh]e|[Ss]he)"
_ABSENT = re.compile(
    rf"(?P<actor>{_PRONOUN}|{_NAME}) (?:was|were) (?:not|never) (?:present |there )?"
    r"(?:at|aboard|among|inside) (?P<object>[^.,;:\n\"”]{3,60})"
)
# "Received no warning": nobody warned them.
_NO_NOTICE = re.compile(
    rf"(?P<object>\b(?:[Tt]hey|[Hh]e|[Ss]he|[Ww]e)|{_NAME}) (?:had |have |has )?(?:received|got"
    r"|gotten|heard|were given|was given|had been given|had) (?:no|never (?:a|any)) (?:\w+ )?"
    r"(?P<noun>warning|notice|orders?|permission|payment|invitation|instructions?)\b"
)
_VERB_OF = {
    "warning": "warn", "notice": "notify", "order": "order", "orders": "order",
    "permission": "permit", "payment": "pay", "invitation": "invite", "instruction": "instruct",
    "instructions": "instruct",
}  # fmt: skip
# "Remained under its control", said of a place: nobody took it.
_STILL_HELD = re.compile(
    r"(?P<object>\b[Tt]he (?:\w+ ){0,3}?\w+|\b[A-Z][\w.'’-]{1,40}(?: [A-Za-z][\w.'’-]{1,40}){0,2})"
    r" (?:remain(?:s|ed)|(?:is|was|are|were) still) (?:\w+ly )?(?:under|in) (?:the )?"
    r"(?:its|their|our|government|state|federal|official)(?: \w+)? (?:control|hands)\b"
)
_NONE_THERE = re.compile(
    r"\b(?:there (?:was|were|had been)|(?:found|discovered)) (?:no|never (?:a|any))"
    r" (?:\w+ ){0,2}?(?P<object>\w+)\b",
    re.IGNORECASE,
)
_NO_TRACE = re.compile(
    r"\bno (?:trace|sign|evidence|indication|hint|proof) (?:what(?:so)?ever )?of"
    r" (?:an? |any |the )?(?:\w+ )??(?P<object>[a-z]+)(?=[.,;:!?\"”]|$"
    r"| (?:in|at|on|and|or|by|from|near)\b)",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    rf"(?P<actor>{_PRONOUN}|{_NAME}) (?:was|were|had been) (?:present |there )?"
    r"(?:at|aboard|among|inside) (?P<object>(?:the|a|an|his|her|their) [^.,;:\n\"”]{3,60})"
)
_THERE = (
    re.compile(
        r"\bthere (?:was|were|had been) (?:an? |two |three |several |some )(?:\w+ )??"
        r"(?P<object>[a-z]+)\b(?! (?:of|that|who))",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:with|by) an? (?:\w+ )??(?P<object>missile|rocket|bomb|drone|mine|torpedo|grenade"
        r"|shell)\b",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?:in (?:an )?exchange|swapped) for\b", re.IGNORECASE),
    re.compile(r"\b(?:prisoner|hostage) (?P<object>swap|exchange)\b", re.IGNORECASE),
)
_SAME_THING = {"swap": "exchange"}
_UNSURE = re.compile(
    r"\b(?:no|not|never|if|whether|may|might|could|would|should|will|demand\w*|offer\w*|want\w*"
    r"|ask\w*|propos\w+|rumou?rs?|den(?:y|ies|ied)|hoax|fear\w*|threat\w*)\b|n['’]t\b",
    re.IGNORECASE,
)
_NEVER_WAS = re.compile(
    r"\b(?:the|no|this|that|any) (?:\w+ ){0,3}?(?P<object>\w+)"
    r"(?: (?:of|at|in|on|with) [^.;,\n]{1,50})? (?:never happened|did not happen"
    r"|didn['’]t happen|never took place|did not take place|didn['’]t take place|was staged"
    # "Did not happen in her district": it did elsewhere.
    r"|was a false alarm|never existed|did not exist)\b"
    r"(?! (?:in|at|on|inside|near|there|here|until|before|during|because|the way|like|as)\b)",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:reports?|claims?|rumou?rs?|threats?|word|news) of (?:an? |the |his |her |their )?"
    r"(?:\w+ ){0,2}?(?P<object>\w+)(?: [^.;,\n]{1,60}?)? (?:was|were|is|are|proved"
    r"|turned out to be) (?:\w+ly )?(?:false|untrue|wrong|incorrect|unfounded|baseless|a hoax"
    r"|fake|a false alarm)\b",
    re.IGNORECASE,
)
# One of these words stands in all of the above and in a Spanish denial.
_DENYING = re.compile(
    r"\b(?:not|never|no|false|untrue|wrong|incorrect|unfounded|baseless|hoax|fake|staged)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
_SPANISH = re.compile(
    r"\bno (?:se )?(?:(?:ha|han|había|habían|fue|fueron) )?(?P<verb>\w+)", re.IGNORECASE
)
_HE = frozenset({"he", "she", "they"})
_CLAUSE_MARK = re.compile(r"[.,;:«»“”\"]")
_MAX_CLAUSE_CHARS = 200
_CAPITALISED = re.compile(r"\b[^\W\d_a-záéíóúñü][\w'’-]+")
_COUNTED = re.compile(r"(?:an?|the|two|three|several|\d+) ", re.IGNORECASE)
_AFTER_NOUN = re.compile(r" (?:of|in|at|on|from|near|that|who|which|with|under) |,")
# What is there or is not: things and happenings of which reports tell.
_THINGS = frozenset(
    {
        "bomb", "explosive", "device", "gun", "weapon", "gunman", "shooter", "attacker", "sniper",
        "hostage", "contract", "payment", "bribe", "letter", "recording", "survivor", "passenger",
        "missile", "rocket", "drone", "mine", "exchange", "ransom", "struggle", "leak", "warning",
        "alcohol", "fault", "crack", "sabotage", "suicide", "virus", "outbreak", "shot", "gunfire",
    }
)  # fmt: skip
_TELLING = frozenset(
    {
        "find", "discover", "plant", "place", "explode", "detonate", "go_off", "see", "spot",
        "hear", "open", "fire", "shoot", "sign", "make", "pay", "send", "write", "hold", "take",
        "tear", "rip", "hit", "rock", "strike", "kill", "injure", "wound", "happen", "occur",
        "begin", "erupt", "break_out", "report", "recover", "rescue", "board", "attack",
        "barricade", "walk", "enter", "spread", "cause", "destroy", "damage",
    }
)  # fmt: skip


def worded_denials(page: AskedPage) -> Iterator[Statement]:
    for i, sentence in enumerate(page.reading.sentences):
        words = page.document.text[sentence.start : sentence.end]
        for held in _STILL_HELD.finditer(words):
            yield _made(page, i, held, deed_group("seize"), ("object",))
        if _DENYING.search(words) is None:
            continue
        for told in _NO_NOTICE.finditer(words):
            yield _made(page, i, told, deed_group(_VERB_OF[told["noun"]]), ("object",))
        if found := _ABSENT.search(words):
            yield _made(page, i, found, "attend", ("actor", "object"))
        for pattern in (_NONE_THERE, _NO_TRACE, _NEVER_WAS, _REPORTED):
            if (found := pattern.search(words)) and (noun := _thing(found["object"])):
                made = _made(page, i, found, f"there:{noun}", ("object",), noun)
                is_express = pattern not in (_NONE_THERE, _NO_TRACE)
                yield replace(made, is_express=is_express)
        for found in _SPANISH.finditer(words):
            if deed := load_table("spanish_deeds").get(found["verb"].lower()):
                yield _in_spanish(page, i, found, deed)


def worded_deeds(page: AskedPage, wanted: Set[str]) -> Iterator[Statement]:
    """Deeds of the `wanted`, told in set words or in Spanish, whose syntax is not read."""
    yield from _told_in_set_words(page, wanted)
    if page.document.language == "en":
        return
    deeds = load_table("spanish_deeds")
    for i, sentence in enumerate(page.reading.sentences):
        words = page.document.text[sentence.start : sentence.end]
        denied = {found.start("verb") for found in _SPANISH.finditer(words)}
        for found in re.finditer(r"\b(?P<verb>\w+)\b", words):
            deed = deeds.get(found["verb"].lower())
            if deed is not None and found.start() not in denied:
                yield _in_spanish(page, i, found, deed)


def _told_in_set_words(page: AskedPage, wanted: Set[str]) -> Iterator[Statement]:
    is_there = any(deed.startswith("there:") for deed in wanted)
    if not is_there and "attend" not in wanted:
        return
    for i, sentence in enumerate(page.reading.sentences):
        words = page.document.text[sentence.start : sentence.end]
        if "attend" in wanted and (found := _PRESENT.search(words)):
            yield _made(page, i, found, "attend", ("actor", "object"))
        for pattern in _THERE if is_there else ():
            for found in pattern.finditer(words):
                noun = _thing_of(found)
                if f"there:{noun}" in wanted and not _UNSURE.search(words[: found.start()]):
                    made = _made(page, i, found, f"there:{noun}", ("object",), noun)
                    yield replace(made, passage=_clause(sentence, words, found))


def _clause(sentence: Passage, words: str, found: re.Match[str]) -> Passage:
    """What is found with the words about it up to the next marks."""
    before = [mark.end() for mark in _CLAUSE_MARK.finditer(words, 0, found.start())]
    after = _CLAUSE_MARK.search(words, found.end())
    start = before[-1] if before else 0
    start += len(words[start:]) - len(words[start:].lstrip())
    end = after.start() if after else len(words)
    if end - start > _MAX_CLAUSE_CHARS:
        start, end = found.span()
    return Passage(sentence.document_id, sentence.start + start, sentence.start + end)


def _thing_of(found: re.Match[str]) -> str:
    noun = stem(fold(found["object"])) if "object" in found.re.groupindex else "exchange"
    return _SAME_THING.get(noun, noun)


def may_tell_thing(proposition: Proposition) -> bool:
    return proposition.lemma in _TELLING or proposition.lemma in _happenings()


@cache
def _happenings() -> frozenset[str]:
    return frozenset(load_table("event_nouns").values())


def things_told(page: AskedPage, sentence: int, proposition: Proposition) -> Iterator[Statement]:
    """That there was a thing, as who tells of it implies: “a bomb was found”, “he shot them”."""
    yield from _happened(page, sentence, proposition)
    if proposition.lemma not in _TELLING:
        return
    for argument in proposition.arguments:
        words = page.document.text[argument.passage.start : argument.passage.end]
        if argument.role not in ("ARG0", "ARG1") or not _COUNTED.match(words):
            continue
        before = _AFTER_NOUN.split(words)[0]
        if before.split() and (noun := _thing(before.split()[-1])):
            made = statement(page, sentence, proposition)
            yield replace(made, deed=f"there:{noun}", roles={"object": frozenset({noun})})


def _thing(word: str) -> str | None:
    noun = stem(fold(word))
    noun = _SAME_THING.get(noun, noun)
    if noun in _THINGS or noun in load_table("event_nouns"):
        return noun
    return None


def _happened(page: AskedPage, sentence: int, told: Proposition) -> Iterator[Statement]:
    nouns = [n for n, lemma in load_table("event_nouns").items() if lemma == told.lemma]
    if nouns:
        made = statement(page, sentence, told)
        for noun in nouns:
            yield replace(made, deed=f"there:{noun}", roles={"object": frozenset({noun})})


def _made(
    page: AskedPage,
    sentence: int,
    found: re.Match[str],
    deed: str,
    roles: tuple[str, ...],
    thing: str | None = None,
) -> Statement:
    start = page.reading.sentences[sentence].start
    named = {}
    for role in () if thing else roles:
        at = Passage(page.document.id, start + found.start(role), start + found.end(role))
        words = [stem(w) for w in spoken_words(found[role])]
        entities = entities_in(page, at)
        if words[:1] == ["i"]:
            voices = page.claim("", deed, Truth(holds=True), at).voices
            entities += [voices[-1].speaker_id] if voices and voices[-1].speaker_id else []
        elif words and words[0] in _HE:
            meant = [m for m in page.reading.mentions if m.passage == at]
            entities += [entity for m in meant if (entity := page.entity_of(m))]
            words += [w for m in meant for w in words_of_chain(page, m.chain_id)]
        named[role] = keys(words, entities, role)
    if thing:
        named["object"] = frozenset({thing})
    passage = Passage(page.document.id, start + found.start(), start + found.end())
    return Statement(page, sentence, None, deed, named, passage)


def _in_spanish(page: AskedPage, sentence: int, found: re.Match[str], deed: str) -> Statement:
    """The deed with the names that stand before and after the verb in its clause."""
    at = page.reading.sentences[sentence]
    words = page.document.text[at.start : at.end]
    begin = (
        max(words.rfind(mark, 0, found.start()) for mark in (". ", ", ", ";", ":", "«", '"')) + 1
    )
    ends = [e for mark in (",", ".", ";", "»", '"') if (e := words.find(mark, found.end())) >= 0]
    end = min(ends, default=len(words))
    roles = {}
    for role, first, last in (("actor", begin, found.start()), ("object", found.end(), end)):
        names = [fold(w) for w in _CAPITALISED.findall(words[first:last])]
        if names and last > first:
            span = Passage(page.document.id, at.start + first, at.start + last)
            roles[role] = keys(names, entities_in(page, span), role)
    passage = Passage(page.document.id, at.start + begin, at.start + end)
    return Statement(page, sentence, None, deed_group(deed), roles, passage)
