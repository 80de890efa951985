"""How it began, and why: what the words of a document name as the cause of the main event."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from consilience.lexicon import load_table
from consilience.records import (
    Argument,
    Claim,
    Factuality,
    Kind,
    Passage,
    Polarity,
    Proposition,
    Text,
)
from consilience.weigh.asked import AskedPage, cover
from consilience.weigh.beginnings import beginnings
from consilience.weigh.cause_kinds import MEETINGS, cause_kinds
from consilience.weigh.cause_words import Named, is_mishap, trimmed, worded_causes
from consilience.weigh.meetings import meetings
from consilience.weigh.passages import within

_ON_PURPOSE = "(?:deliberately|intentionally|accidentally)"
_PHYSICAL = frozenset({"attack", "accident", "fire", "disaster", "storm"})
_TOLL = frozenset({"deaths", "injuries"})
_LABOUR = frozenset({"strike", "protest"})
# Verbs that tell of such an event where they tell of the main one.
_SIGNS: Mapping[str, frozenset[str]] = {
    "disaster": frozenset({"rise", "burst", "swell", "break"}),
    "strike": frozenset({"walk", "walk_out", "stop"}),
    "accident": frozenset(
        {"turn_over", "go_down", "keel_over", "roll_over", "veer", "skid", "swerve", "hit"}
    ),
}
# Verbs of causing, with what leads in the cause; what acts is the cause of some by itself.
_CAUSING: Mapping[str, str] = {
    "cause": "when|after", "spark": "when|after", "trigger": "when|after", "ignite": "when|after",
    "set_off": "when|after", "touch_off": "when|after", "provoke": "", "prompt": "",
    "start": f"with|{_ON_PURPOSE}", "blame": "on", "attribute": "to", "stem": "from",
    "result": "from", "arise": "from", "begin": "with", "happen": "because|due",
    "occur": "because|due", "set": _ON_PURPOSE,
}  # fmt: skip
# Of a fire or a flood it is the cause by itself, of a fight only where its words say so.
_BEGINNING = frozenset({"start", "begin", "erupt", "break_out", "happen", "occur"})
_BEGUN = re.compile(r"(?:when|after|as|over|during)\b", re.IGNORECASE)
_ACTING = frozenset(
    {"cause", "spark", "trigger", "ignite", "set_off", "touch_off", "provoke", "prompt", "start"}
)
_CORE = frozenset({"ARG0", "ARG1", "ARG2"})
_STRONG = re.compile(
    r"(?:because of|because|due to|owing to|as a result of|as a consequence of|on account of"
    r"|in protest (?:at|against|over)|in a (?:dispute|row) over)\s",
    re.IGNORECASE,
)
_WEAK = re.compile(
    r"(?:(?:shortly|just|moments|minutes|hours|apparently) )?"
    r"(?:after|following|when|during|over|amid|while|for|(?P<in>in)|(?P<with>with))\s",
    re.IGNORECASE,
)
_OF_NOUN = re.compile(
    r"(?:\b(?:the|an?|this|that|these|his|her|its|their)|['’]s?)\s", re.IGNORECASE
)
# People quarrel and strike, but do not fall, over a thing.
_INDEFINITE = re.compile(r"(?:an?|what|apparent|accidental)\s", re.IGNORECASE)
_FOR = re.compile(r"for\s", re.IGNORECASE)
_QUARRELS = frozenset({"strike", "protest", "change of office", "event"})
_WINNING = frozenset({"win", "beat", "lead", "prevail", "triumph", "rule", "preside", "take"})
_OVER = re.compile(r"(?:over|to demand|demanding)\s", re.IGNORECASE)
_REASONS = frozenset({"ARGM-CAU", "ARGM-ADV", "ARGM-PRP", "ARGM-GOL", "ARGM-MNR"})
_GENERAL = re.compile(
    r"(?:(?:the|this|that|last) |(?:the )?\w+['’]s )(?:\w+ )?(?:disaster|tragedy|accident"
    r"|catastrophe|unrest|violence|trouble|clashes|illness|sickness|outbreak)\b",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(r"\b(?:of|in|at|on|after|before|during|from|that|which|who|for|by)\b")
# The beginning of a page, in which it says what it is about.
_LEAD_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class _Effects:
    """What of the main event a page says to have been caused."""

    propositions: tuple[Proposition, ...]
    chains: frozenset[str]


def causes(page: AskedPage) -> Iterator[Claim]:
    found: dict[Passage, Named] = {}
    argued = _argued(page, _effects(page))
    for cause in [*beginnings(page), *argued, *worded_causes(page), *meetings(page)]:
        passage = trimmed(page, cause)
        if passage is not None and not page.is_comment(passage):
            found.setdefault(passage, cause)
    main = page.case.events[0].id
    for passage, cause in found.items():
        if not any(within(passage, other) and passage != other for other in found):
            words = Text(" ".join(page.document.text[passage.start : passage.end].split()))
            told = cover(passage, cause.beside)
            yield page.claim(main, "cause", words, told, cause.proposition)


def _effects(page: AskedPage) -> _Effects:
    told = tuple(p for p in page.reading.propositions if _is_effect(page, p))
    kinds, is_toll = load_table("event_kinds"), page.case.events[0].kind in _TOLL
    heads = {p.predicate for p in told if is_toll or kinds.get(p.lemma) not in _TOLL}
    chains = frozenset(
        m.chain_id for m in page.reading.mentions if m.head in heads and m.kind is Kind.EVENT
    )
    return _Effects(told, chains)


def _is_effect(page: AskedPage, proposition: Proposition) -> bool:
    """Whether it tells of the main event itself, and not of what came of it."""
    if proposition.polarity is Polarity.NEGATIVE:
        return False
    if proposition.factuality in (Factuality.NOT_HAPPENED, Factuality.PLANNED):
        return False
    main = page.case.events[0]
    told_of = page.case.event_by_proposition.get(proposition.id)
    kind = load_table("event_kinds").get(proposition.lemma)
    if main.kind in _PHYSICAL:
        is_death = kind == "deaths" and main.kind == "attack"
        is_sign = proposition.lemma in _SIGNS.get(main.kind, ())
        return told_of == main.id and (kind in _PHYSICAL or is_death or is_sign)
    if main.kind in _TOLL:
        is_riot = proposition.lemma == "riot"
        return told_of == main.id and (kind in _PHYSICAL or kind in _TOLL or is_riot)
    if main.kind in _LABOUR and (kind in _LABOUR or proposition.lemma in _SIGNS["strike"]):
        return told_of == main.id
    is_main = told_of == main.id or (told_of is not None and not main.mentions)
    is_open = main.kind in ("event", "change of office") and _is_in_lead(page, proposition)
    return is_main and (kind == main.kind != "event" or is_open)


def _is_in_lead(page: AskedPage, proposition: Proposition) -> bool:
    lead = page.reading.sentences[:_LEAD_SENTENCES]
    return any(within(proposition.predicate, s) for s in lead)


def _argued(page: AskedPage, effects: _Effects) -> Iterator[Named]:
    ids = {p.id for p in effects.propositions}
    for proposition in page.reading.propositions:
        if proposition.id in ids:
            yield from _reasons(page, proposition)
        if proposition.lemma in _CAUSING or proposition.lemma in _BEGINNING:
            yield from _caused(page, proposition, effects)
        if proposition.lemma == "blame":
            yield from _blamed(page, proposition)
        if proposition.lemma == "follow":
            yield from _followed(page, proposition, effects)


def _reasons(page: AskedPage, effect: Proposition) -> Iterator[Named]:
    """“It sank because it was overloaded”, “he was shot after an argument”."""
    for argument in effect.arguments:
        is_by = page.document.text.startswith("by ", argument.passage.start)
        if argument.role == "ARG0" and is_by and page.case.events[0].kind != "attack":
            # “Poisoned by carbon monoxide”.
            yield Named(argument.passage, effect.predicate, effect, is_doubtful=True)
        if not argument.role.startswith("ARGM"):
            continue
        words = page.document.text[argument.passage.start : argument.passage.end]
        strong, weak = _STRONG.match(words), _WEAK.match(words)
        if argument.role in _REASONS and page.case.events[0].kind in _QUARRELS:
            strong = strong or (effect.lemma not in _WINNING and _OVER.match(words)) or None
            strong = strong or (argument.role == "ARGM-CAU" and _FOR.match(words)) or None
        kinds = cause_kinds(_head_clause(words))
        if weak and weak["in"]:
            kinds = kinds if _is_headed(words) else frozenset()
        is_with = weak is not None and weak["with"] and not is_mishap(page.case.events[0])
        if strong or (weak and not is_with and kinds - MEETINGS):
            yield Named(argument.passage, effect.predicate, effect, is_doubtful=not strong)
        elif weak and kinds & MEETINGS:
            yield from _met_in(page, effect, argument)


def _is_headed(words: str) -> bool:
    """Whether a cause is the noun itself: “in a robbery”, not “in a robbery victim's flat”."""
    noun = _PREPOSITION.split(words[3:])[0].rstrip(" ,")
    last = (noun.split() or [""])[-1]
    is_happening = last.lower() in load_table("event_nouns")
    return bool(cause_kinds(last)) or (is_happening and _INDEFINITE.match(noun) is not None)


def _met_in(page: AskedPage, effect: Proposition, argument: Argument) -> Iterator[Named]:
    """The clause that says how two sides met: “agents stormed the house with a warrant”."""
    words = page.document.text[argument.passage.start : argument.passage.end]
    end = argument.passage.start + len(_head_clause(words))
    actor = next((a.passage for a in effect.arguments if a.role == "ARG0"), effect.predicate)
    if actor.start < effect.predicate.start < end:
        clause = Passage(actor.document_id, actor.start, end)
        yield Named(clause, None, effect, is_clause=True)
    else:
        yield Named(argument.passage, effect.predicate, effect)


def _head_clause(words: str) -> str:
    return re.split(r"[,;\n]| that | which ", words, maxsplit=1)[0]


def _caused(page: AskedPage, verb: Proposition, effects: _Effects) -> Iterator[Named]:
    caused_first = sorted(verb.arguments, key=lambda a: a.role == "ARG0")
    effect = next((a for a in caused_first if _effect_named(page, a, effects)), None)
    if effect is None or (effect.role == "ARG0" and verb.lemma in _ACTING - {"start"}):
        return
    is_attack = page.case.events[0].kind == "attack" and not is_mishap(page.case.events[0])
    for argument in verb.arguments:
        words = page.document.text[argument.passage.start : argument.passage.end]
        if argument is effect:
            continue
        kinds = cause_kinds(_head_clause(words))
        if not kinds and _effect_named(page, argument, effects) == page.case.events[0].kind:
            continue
        led = _CAUSING.get(verb.lemma)
        is_led = bool(led) and re.match(rf"(?:{led})\b", words, re.IGNORECASE) is not None
        is_begun = verb.lemma in _BEGINNING and _BEGUN.match(words) is not None
        acts = argument.role == "ARG0" and effect.role != "ARG0" and verb.lemma in _ACTING
        if is_led or acts or (is_begun and (kinds or not is_attack)):
            cause = argument.passage
            if re.match(_ON_PURPOSE, words, re.IGNORECASE):
                cause = cover(cause, verb.predicate)
            yield Named(cause, effect.passage, verb)


def _blamed(page: AskedPage, verb: Proposition) -> Iterator[Named]:
    """“Doctors blamed salmonella”: what for is the story."""
    main = page.case.events[0].id
    if page.case.event_by_proposition.get(verb.id) == main or not page.case.events[0].mentions:
        for argument in verb.arguments:
            if argument.role == "ARG1":
                yield Named(argument.passage, verb.predicate, verb, is_doubtful=True)


def _followed(page: AskedPage, verb: Proposition, effects: _Effects) -> Iterator[Named]:
    """ "The shooting followed an argument"."""
    first, second = (
        next((a for a in verb.arguments if a.role == role), None) for role in ("ARG0", "ARG1")
    )
    if first is None or second is None or second.passage.start < first.passage.start:
        return
    words = page.document.text[second.passage.start : second.passage.end]
    if _effect_named(page, first, effects) and cause_kinds(_head_clause(words)):
        yield Named(second.passage, first.passage, verb)


def _effect_named(page: AskedPage, argument: Argument, effects: _Effects) -> str | None:
    """The kind of happening of the main event that a noun first names: fire, of “the blaze”."""
    kinds, main = load_table("event_kinds"), page.case.events[0]
    if argument.role not in _CORE:
        return None
    for effect in effects.propositions:
        kind = kinds.get(effect.lemma, "")
        if kind in _TOLL and main.kind not in _TOLL:
            continue
        if within(effect.predicate, argument.passage):
            before = page.document.text[argument.passage.start : effect.predicate.start]
            if _OF_NOUN.search(before) and not _PREPOSITION.search(before):
                return kind or main.kind
    words = page.document.text[argument.passage.start : argument.passage.end]
    is_general = _GENERAL.match(words) is not None and main.kind in (*_PHYSICAL, *_TOLL)
    return main.kind if is_general or argument.chain_id in effects.chains else None
