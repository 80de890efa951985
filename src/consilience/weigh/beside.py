"""What the words beside a figure say of it: "13 dead", "another 21 injured", "a toll of 9"."""

import re

from consilience.records import Count, Factuality, Passage

# Beginnings of the forms that say what happened to those counted, English and Spanish.
_SLOTS = {
    "kill": "killed", "dead": "killed", "died": "killed", "slain": "killed", "fatally": "killed",
    "muert": "killed", "murieron": "killed", "fallec": "killed", "mat": "killed",
    "asesinad": "killed", "injur": "injured", "wound": "injured", "hurt": "injured",
    "herid": "injured", "missing": "missing", "unaccounted": "missing",
    "desaparecid": "missing", "arrest": "detained", "detain": "detained",
    "detenid": "detained", "displac": "displaced", "homeless": "displaced",
    "desplazad": "displaced", "rescued": "freed", "evacuated": "displaced",
}  # fmt: skip
FORM = (
    r"(kill(?:ed|ing|s)|dead|died|slain|injur(?:ed|ing|es)|wound(?:ed|ing|s)|hurt(?:ing|s)?"
    r"|missing|mat(?:ó|aron) a|unaccounted|fatally"
    r"|arrest(?:ed|ing|s)|detain(?:ed|ing|s)|displac(?:ed|ing|es)|homeless|rescued|evacuated"
    r"|murieron"
    r"|(?:muert|fallecid|herid|desaparecid|detenid|desplazad|asesinad)[oa]s?|fallecieron)"
)
# "Injured or killed" says how many suffered either, and not how many suffered which.
_OR = rf"(?:\s+or\s+(?:\w+ly\s+)?{FORM}\b)"
_OR_AFTER = re.compile(_OR, re.IGNORECASE)
_OR_BEFORE = re.compile(rf"\b{FORM}\s+or\s+(?:\w+ly\s+)?$", re.IGNORECASE)
# "killed eight", "injuring another 21": the form right before the figure.
_RIGHT_BEFORE = re.compile(
    rf"(?P<either>\w{{1,40}}\s+or\s+)?{FORM}\s+(?:as many as\s+|up to\s+|a\s+)?$", re.IGNORECASE
)
# "more than 20 wounded", "eight are still missing": right after it.
_RIGHT_AFTER = re.compile(
    r"(?P<between>\s+(?:(?:others?|more|people|persons|were|was|are|is|have|has|had|been|left|feared"
    r"|believed|presumed|reported|confirmed|pronounced|declared|found|shot|later|who|that"
    r"|still|now|also|already|remain|remained|listed|as|known|to|las|los|personas|resultaron"
    r"|quedaron|fueron)\s+){0,6})" + FORM + rf"\b(?P<either>{_OR})?",
    re.IGNORECASE,
)
_FATE_AFTER = re.compile(rf"\s+{FORM}\b(?!\s+(?:in|by|at|when|as)\b)", re.IGNORECASE)
_UNSURE = re.compile(r"\b(?:feared|believed|presumed)\b", re.IGNORECASE)
_TOLL_BEFORE = re.compile(
    r"\b(?:toll|number of (?:the )?dead)\b"
    r"(?:(?!\b(?:after|when|while|since|as|but|and|because)\b)[^.;:,]){0,80}$"
    r"|\b(?:claim|took|cost|lost)\w* the lives of\s+$",
    re.IGNORECASE,
)
_EVACUEES_BEFORE = re.compile(
    r"\bnumber of (?:the )?(?:evacuees|displaced|homeless)\b[^.;:,]{0,40}$", re.IGNORECASE
)
# "bringing to 12 the number of people killed", "raised the number of injured to 40".
_RAISED = re.compile(
    r"\b(?:br(?:ing|ought)|rais|tak|took|push|lift|ris|rose|climb|gr[eo]w|jump|reach)\w*\b"
    r"[^.;:]{0,60}\bto\s+$",
    re.IGNORECASE,
)
_NUMBER_OF = re.compile(rf"\b(?:number|toll) of (?:the )?(?:people )?{FORM}\b", re.IGNORECASE)
_DEATHS_AFTER = re.compile(
    r"\s+(?:(?:(?!to\s)\w+\s+)?(?:deaths?|fatalit(?:y|ies))|(?:la cifra|el número) de muertos)\b",
    re.IGNORECASE,
)
# What is done with the wounded, what they suffer, and where those driven from home are.
_TREATED = re.compile(
    r"\s+(?:\w+\s+){0,6}?(?:hospitals?|hospitali[sz]ed|treated for)\b", re.IGNORECASE
)
_SUFFERED = re.compile(
    r"\s+(?:\w+\s+){0,3}?(?:suffer|sustain|receiv)\w*\s+(?:[\w-]+\s+){0,5}?"
    r"(?:injur(?:y|ies)|wounds?|burns|fractures|concussions?)\b",
    re.IGNORECASE,
)
_SHELTERED = re.compile(
    r"\s+(?:\w+\s+){0,8}?"
    r"(?:evacuat(?:ed|ion)|shelters?(?! in place)|(?:forced|driven) (?:out of|from))\b"
    r"|\s+(?:spent|spend|passed) (?:the|last|a|another|\w+) nights? (?:in|at|on|under)\b",
    re.IGNORECASE,
)
# "Lost their lives", "jumped to their deaths", "were burned alive".
_LIVES_AFTER = re.compile(
    r"\s+(?:\w+\s+){0,2}?(?:(?:lost|losing) their (?:lives|life)|(?:\w+\s+){1,2}to their deaths?"
    r"|burn(?:ed|t) (?:alive|to death)"
    r"|(?:chok|starv|fr[eo]z|suffocat|bled?|fell|plung)\w* to death)\b",
    re.IGNORECASE,
)
_BODIES_BEFORE = re.compile(r"\b(?:bodies|corpses|remains) of (?:the |all )?\Z", re.IGNORECASE)
_CUSTODY_AFTER = re.compile(
    r"\s+(?:(?:people|others?|more|men|women|suspects?|were|was|are|is|remain|remained|taken|placed"
    r"|held|being|now|still)\s+){0,4}(?:in(?:to)?\s+(?:police\s+)?custody|under arrest"
    r"|behind bars)\b",
    re.IGNORECASE,
)
_HOMES_AFTER = re.compile(
    r"\s+(?:\w+\s+){0,3}(?:fled|flee|left|leave|lost|out of|from) their (?:homes|houses)\b",
    re.IGNORECASE,
)
# "Half of the 40 passengers were hurt" says how many there were, not how many were hurt.
_SHARE_BEFORE = re.compile(
    r"\b(?:half|most|some|many|several|few|none|part|third|quarter|percent|cent|%|\d+|one|two"
    r"|three|four|five|six|seven|eight|nine|ten|eleven|twelve) of"
    r"(?: the| its| their| those| these| about| some| all)*\s+$",
    re.IGNORECASE,
)
# ... but in "half of the 40 passengers killed" it does say how many were.
_WHOLE_AFTER = re.compile(
    rf"\s+(?!died\b)(?:(?:who|that)\s+(?:were\s+|had\s+been\s+|had\s+|have\s+)?)?{FORM}\b",
    re.IGNORECASE,
)
# What the sentence itself takes back.
_RETRACTED = re.compile(
    r"\b(?:(?:not|isn['’]t|wasn['’]t) true|untrue|incorrect|false(?:ly)?|no truth|mistaken(?:ly)?"
    r"|hoax)\b",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"\s+of\s+(?:them|whom)\b", re.IGNORECASE)
_CURRENCIES = frozenset(
    "dollar pound euro yen yuan rupee peso ruble real franc rand naira shilling".split()
)
# What an event costs; a jury awards damages, and a trader makes a loss.
_COST_BEFORE = re.compile(
    r"\b(?:damage|losses|repairs?|rebuilding|clean-?up|insured loss)\b[^.;$€£¥\d]{0,60}\Z",
    re.IGNORECASE,
)
_COST_AFTER = re.compile(
    r"\s*(?:\w+\s+){0,3}?(?:in|of|worth of)\s+(?:\w+\s+){0,3}?(?:damage|losses|repairs)\b",
    re.IGNORECASE,
)
# How far beside a figure a form is looked for, in characters.
_BESIDE_CHARS = 90


def slot_beside(text: str, count: Count, sentence: Passage) -> tuple[str, Factuality | None] | None:
    """The slot that the words beside a figure give it, and what they say of its being a fact."""
    start, end = count.passage.start, _past_them(text, _end(count))
    before = text[max(sentence.start, start - _BESIDE_CHARS) : start]
    after = text[end : min(sentence.end, end + _BESIDE_CHARS)]
    if found := _RIGHT_BEFORE.search(before) or _RIGHT_AFTER.match(after):
        if found["either"]:
            return None
        between = found.groupdict().get("between") or ""
        unsure = Factuality.POSSIBLE if _UNSURE.search(between) else None
        return slot_of(found[0]), unsure
    if _TOLL_BEFORE.search(before) or _DEATHS_AFTER.match(after) or _LIVES_AFTER.match(after):
        return "killed", None
    if _BODIES_BEFORE.search(before):
        return "killed", None
    if _CUSTODY_AFTER.match(after):
        return "detained", None
    if raised := _RAISED.search(before):
        named = re.search(FORM, raised[0] + after, re.IGNORECASE) or _NUMBER_OF.search(before)
        return (slot_of(named[0]), None) if named else None
    if _TREATED.match(after) or _SUFFERED.match(after):
        return "injured", None
    is_driven = _SHELTERED.match(after) or _HOMES_AFTER.match(after)
    return ("displaced", None) if is_driven or _EVACUEES_BEFORE.search(before) else None


def slot_of(said: str) -> str:
    """The slot of the first form in what is said of people: "number of missing"."""
    form = re.search(FORM, said, re.IGNORECASE)
    assert form is not None
    return next(slot for start, slot in _SLOTS.items() if form[1].lower().startswith(start))


def is_taken_back(text: str, sentence: Passage) -> bool:
    """Whether a sentence says that what it tells is wrong."""
    return _RETRACTED.search(text, sentence.start, sentence.end) is not None


def tells_a_fate(text: str) -> bool:
    """Whether words say what befell somebody: "two women dead and two others"."""
    return re.search(rf"\b{FORM}\b", text, re.IGNORECASE) is not None


def fate_after(text: str, end: int) -> str | None:
    """The slot of the form that stands right after a number: "3 hurt"."""
    found = _FATE_AFTER.match(text, end)
    return slot_of(found[0]) if found else None


def is_cost(text: str, count: Count, sentence: Passage) -> bool:
    """Whether a sum of money is what was damaged or lost."""
    if count.quantity.unit not in _CURRENCIES:
        return False
    start = max(sentence.start, count.passage.start - _BESIDE_CHARS)
    before = _COST_BEFORE.search(text, start, count.passage.start)
    return before is not None or _COST_AFTER.match(text, _end(count)) is not None


def is_either(text: str, predicate: Passage) -> bool:
    """Whether a predicate is one of two fates of which nobody says which: "hurt or killed"."""
    start = max(0, predicate.start - _BESIDE_CHARS)
    # Most have no "or" before them, and are spared the search for all that may stand around it.
    may_be = "or" in text[start : predicate.start].lower().split()[-2:]
    before = _OR_BEFORE.search(text, start, predicate.start) if may_be else None
    return before is not None or _OR_AFTER.match(text, predicate.end) is not None


def is_share(text: str, count: Count, sentence: Passage) -> bool:
    """Whether a part of those counted is told of, and not all of them."""
    start = max(sentence.start, count.passage.start - _BESIDE_CHARS)
    if _SHARE_BEFORE.search(text, start, count.passage.start) is None:
        return False
    return _WHOLE_AFTER.match(text, _end(count), sentence.end) is None


def _end(count: Count) -> int:
    return max(count.passage.end, count.of.end if count.of else 0)


def _past_them(text: str, end: int) -> int:
    """Behind "of them", which says no more of whom one counts."""
    them = _OF_THEM.match(text, end)
    return them.end() if them else end
