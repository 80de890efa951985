"""Causes that a page names in set words: “the cause was”, “in a row over”."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from consilience.lexicon import load_table
from consilience.records import Event, Kind, Passage, Proposition
from consilience.weigh.asked import AskedPage
from consilience.weigh.cause_kinds import MEETINGS, cause_kinds

_CAUSE_IS = (
    re.compile(
        r"\b(?:likely |probable |main |exact )?cause (?:of [^.;,\n]{1,60}? )?(?:was|is|were)"
        r" (?P<cause>[^.;,\n]{3,90})",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?P<cause>\b(?:an?|the) [^.;,\n]{3,60}?) (?:was|were|is) (?:to blame|the cause)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:was|is|were) the (?:result|work) of (?P<cause>[^.;,\n]{3,90})", re.IGNORECASE
    ),
    re.compile(
        r"\b(?P<cause>(?:ruled out|no (?:sign|evidence|indication|suspicion)s? of)"
        r" (?:an? |any )?(?:act of )?\w+(?: \w+)?)",
        re.IGNORECASE,
    ),
)
_WAS = re.compile(
    r"\b(?:fire|blaze|explosion|blast|crash|shooting|derailment|collapse|sinking|collision|outage"
    r"|deaths?|leak|spill)s? (?:was|were|is) (?:being |now )?"
    r"(?:treated as |ruled |declared |considered |classified as )?(?P<cause>(?:not )?(?:an? )?"
    r"(?:accident(?:al)?|arson|deliberate|intentional|sabotage|act of \w+)\b)(?! \w+ing\b)",
    re.IGNORECASE,
)
# Words for a breaking, then what brought it; a driver's fault; a machine that failed.
_BROKE = re.compile(
    r"\b(?:gave way|caved in|blew up|went off|caught fire|burst into flames|broke apart|went down"
    r"|ran aground)\b[^.;,\n]{0,40}? (?:after|when|because(?: of)?|due to|following)"
    r" (?P<cause>[^.;,\n]{3,90})",
    re.IGNORECASE,
)
_PUT_DOWN_TO = re.compile(
    r"\b(?:which|that) (?:\w+ ){1,4}?(?:blamed on|attributed to|put down to)"
    r" (?P<cause>[^.;,\n]{3,90})",
    re.IGNORECASE,
)
_AT_FAULT = re.compile(
    r"\b(?P<cause>(?:(?:the|a|an|its|their|his) )?(?:(?:(?:\w+ )?(?:driver|pilot|captain|skipper"
    r"|operator|crew) (?:had |was |were |has )(?:been |fallen )?(?:asleep|drunk|drinking|speeding"
    r"|distracted|intoxicated|under the influence|using (?:his|her|a) phone)\b(?: at the wheel)?"
    r"|(?:brakes?|engines?|steering|rudder|landing gear|tyres?|tires?|signals?)"
    r" (?:of (?:\w+ ){1,3})?(?:had |has )?(?:failed|burst|seized|stalled|jammed|malfunctioned"
    r"|did not work|were not working|was not working))"
    r"|(?:\w+ ){1,2}(?:was|were|had been) (?:travelling|traveling|driving|going|moving)"
    r" (?:much |far )?(?:too fast|at (?:a )?high speed|above the limit)"
    r"|(?:\w+ ){1,2}had (?:hit|struck|collided with) (?:an? |some |another )\w+(?: \w+)?"
    r"|(?:\w+ ){1,2}(?:was|were|had been) (?:shot down|torpedoed|sabotaged|hijacked)"
    r"|shot down (?:the|an?) (?:\w+ )?(?:plane|jet|helicopter|aircraft|airliner|drone)))",
    re.IGNORECASE,
)
_TREATED = re.compile(
    r"\btreat(?:ing|ed|s) (?:it|the \w+)(?: [^.;,\n]{1,60}?)? as (?P<cause>arson|an accident"
    r"|accidental|deliberate|sabotage|an act of \w+)\b",
    re.IGNORECASE,
)
_DISPUTE = re.compile(
    r"\b(?:(?:in|amid) an? (?:\w+ )?(?:dispute|row|disagreement)|(?:on|their|its) strike"
    r"|walk(?:ed|ing)? out|walked off the job|walkout|stoppage|the strike|a strike)"
    r"(?: on \w+day)? (?:over|in protest at|about) (?P<cause>[^.;,\n]{3,70})",
    re.IGNORECASE,
)
_SPANISH = re.compile(
    r"\b(?:(?:causad|provocad|originad|ocasionad)[oa]s? por|debido a|a causa de)"
    r" (?P<cause>[^.;,\n]{3,70})",
    re.IGNORECASE,
)
_MISHAPS = frozenset({"accident", "injuries", "deaths"})
_BLASTS = frozenset({"explosion", "blast", "sinking", "crash", "fire", "blaze", "derailment"})
_LABOUR = frozenset({"strike", "protest", "event"})
_LED_IN = re.compile(
    r"(?:(?:shortly|just|moments|minutes|hours|apparently) )?"
    r"(?:by|on|to|from|for|with|when|after|because of|because|due to|owing to|as a result of"
    r"|as a consequence of|on account of|in protest (?:at|against|over)"
    r"|in an? (?:dispute|row) over|(?:police|officials|authorities|witnesses) (?:say|said)"
    r"|following|during|over|amid|while|in|that)\s+",
    re.IGNORECASE,
)
# What ends the naming of a cause: the next clause, who says so. “Mr. Lind” goes on.
_MARK = r"[,;:—–\n\"“”«»()]|(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bMrs)\."
_END = re.compile(
    rf"{_MARK}|\s-\s"
    r"|\s(?:which|who|whom|whose|where|while|but|although|according|and that)\b",
    re.IGNORECASE,
)
_STOP = re.compile(_MARK)
# “Police who fired tear gas”: what they did is the cause.
_WHO = re.compile(r"(?:\w+ ){1,3}who\b")
_DID = re.compile(r"\s(?:who|that|which|\w+ing)\s", re.IGNORECASE)
_UNKNOWN = re.compile(
    r"\b(?:alleged(?:ly)?|possibl[ey]|suspected|unknown|unclear|undetermined"
    r"|investigat\w+|not (?:been |yet )*\w*(?:known|determined|established"
    r"|released|confirmed|clear)|yet to be|still|unspecified|cause"
    r"|reasons? (?:that|why)|desconocid\w+|disputed)\b",
    re.IGNORECASE,
)
# What is only asked, feared or denied.
_UNSURE = re.compile(
    r"\b(?:not|never|no|nor|if|whether|may|might|could|would|should|possib\w+|potential\w*|denie[sd]"
    r"|deny\w*|reject\w*|dismiss(?:ed|es)?|ruled? out|rules out|doubt\w*|investigat(?:ing|e|es)"
    r"|believed to|thought to|feared|fears?|unclear|theory|rumou?rs?|alleged(?:ly)?"
    r"|suspected|accus\w+|charged with|convicted|refut\w+|threaten\w*|will|prevent\w*|avoid\w*"
    r"|hoax)\b|n['’]t\b",
    re.IGNORECASE,
)
_VOID = re.compile(
    r"(?:as an? .*|from|of|to|by|in|it|this|that|these|those|they|he|she|him|her|them|what|which"
    r"|something|someone|somebody"
    r"|(?:the|a|an|that) (?:incident|event|man|woman|person|people|case|accident)"
    # "It began when they were at the fair" says where they were.
    r"|(?:\w+ ){1,3}(?:was|were) (?:at|in|on|near|inside|outside) .*)$",
    re.IGNORECASE,
)
_INJURY = re.compile(
    r"(?:(?:his|her|their|the|an?) )?(?:\w+ ){0,2}(?:injur(?:y|ies)|wounds?)\b", re.IGNORECASE
)
_TRAILING = re.compile(
    r"(?:\s{1,9}(?:and|or|of|in|to|at|on|the|a|an|when|that|for|with|from|by)){1,8}$"
)
# A cause in more words than this is a story.
_MAX_WORDS = 16
_MAX_CLAUSE_WORDS = 30
_MAX_CHARS = 300


@dataclass(frozen=True, slots=True)
class Named:
    """What caused it; `beside` are the words for what it caused."""

    passage: Passage
    beside: Passage | None
    proposition: Proposition | None
    # It needs a word that names a cause.
    is_doubtful: bool = False
    # It is a whole clause, which may be longer.
    is_clause: bool = False
    # A word for causing stands beside it, so that anything may be named.
    is_express: bool = False


def worded_causes(page: AskedPage) -> Iterator[Named]:
    main = page.case.events[0]
    for sentence in page.reading.sentences:
        if page.case.event_by_sentence.get(sentence) == main.id:
            yield from _worded(page, sentence)


def is_mishap(event: Event) -> bool:
    """Whether it may have come about by itself: what kills by a blast need be no attack."""
    return event.kind in _MISHAPS or event.name.partition(" ")[0].lower() in _BLASTS


def _worded(page: AskedPage, sentence: Passage) -> Iterator[Named]:
    words = page.document.text[sentence.start : sentence.end]
    kind = page.case.events[0].kind
    for pattern in (*_CAUSE_IS, _WAS, _BROKE, _PUT_DOWN_TO, _TREATED):
        if found := pattern.search(words):
            yield _found(page, sentence, found, is_doubtful=True)
    if is_mishap(page.case.events[0]) and (found := _AT_FAULT.search(words)):
        # The words themselves say that it was so, or not: “the brakes did not work”.
        yield replace(_found(page, sentence, found, is_doubtful=True), proposition=None)
    if kind in _LABOUR and (found := _DISPUTE.search(words)):
        yield _found(page, sentence, found, is_doubtful=False)
    if found := _SPANISH.search(words):
        told = re.findall(r"\w+", words[: found.start()].lower())
        if not load_table("spanish_events").keys().isdisjoint(told):
            yield _found(page, sentence, found, is_doubtful=True)


def _found(page: AskedPage, sentence: Passage, found: re.Match[str], *, is_doubtful: bool) -> Named:
    passage = Passage(
        sentence.document_id,
        sentence.start + found.start("cause"),
        sentence.start + found.end("cause"),
    )
    told = Passage(passage.document_id, sentence.start + found.start(), passage.end)
    return Named(passage, told, around(page, passage), is_doubtful)


def around(page: AskedPage, passage: Passage) -> Proposition | None:
    """The narrowest clause that holds the words."""
    holding = []
    for p in page.reading.propositions:
        start = min([p.predicate.start, *(a.passage.start for a in p.arguments)])
        end = max([p.predicate.end, *(a.passage.end for a in p.arguments)])
        if start <= passage.start and passage.end <= end:
            holding.append((end - start, p.id, p))
    return min(holding)[2] if holding else None


def is_unsure(words: str) -> bool:
    """Whether words ask, fear or deny what follows them."""
    return _UNSURE.search(words) is not None


def trimmed(page: AskedPage, cause: Named) -> Passage | None:
    """The words that name the cause and no more; None where they name none."""
    document, start = page.document, cause.passage.start
    words = document.text[start : cause.passage.end]
    while led := _LED_IN.match(words):
        start += led.end()
        words = words[led.end() :]
    end = _STOP if cause.is_express and _WHO.match(words) else _END
    if not cause.is_clause and (found := end.search(words)):
        words = words[: found.start()]
    words = _TRAILING.sub("", words.rstrip()) if len(words) <= _MAX_CHARS else ""
    if not words or _VOID.match(words) or words.startswith("which ") or _UNKNOWN.search(words):
        return None
    if not cause.is_express and _INJURY.match(words):
        return None
    kinds = cause_kinds(words)
    if not kinds or (cause.is_doubtful and kinds <= MEETINGS):
        if cause.is_doubtful:
            return None
        if not cause.is_clause and _is_somebody(page, start):
            whole = _STOP.split(document.text[start : cause.passage.end], maxsplit=1)[0]
            is_story = len(whole) > _MAX_CHARS or not _DID.search(whole)
            if is_story or (page.case.events[0].kind == "attack" and not cause.is_express):
                return None
            words = _TRAILING.sub("", whole.rstrip())
    if len(words.split()) > (_MAX_CLAUSE_WORDS if cause.is_clause else _MAX_WORDS):
        return None
    return Passage(document.id, start, start + len(words))


def _is_somebody(page: AskedPage, start: int) -> bool:
    """Whether it is people who are named there, and nothing that they did."""
    return any(
        m.kind is Kind.PERSON and m.passage.start <= start < m.passage.end
        for m in page.reading.mentions
    )
