"""How two sides met: an operation long planned, a patrol that came under fire, who fired first."""

import re
from collections.abc import Iterator

from consilience.records import Passage
from consilience.weigh.asked import AskedPage
from consilience.weigh.cause_words import Named, around, is_unsure

# Events in which two sides meet.
_KINDS = frozenset({"attack", "arrest", "deaths", "injuries", "protest", "abduction"})
_FORCES = (
    r"(?:police(?:m[ae]n)?|officers?|soldiers?|troops?|troopers?|guards?(?: members| units)?"
    r"|agents?|deput(?:y|ies)|lawmen|army|marines?|peacekeepers?|convoy|security forces|forces"
    r"|units?)"
)
# The words between, in one clause: no one else says it, nor does a full stop end it.
_WORDS = r"(?:(?!\s(?:said|says|say|told|that|who|which)\s)(?:[^.;\n]|\.(?=\d)))"
_ATTACKED = (
    r"(?:(?:came|come|coming) under (?:heavy |sustained )?(?:fire|attack)"
    r"|(?:was|were|been|being) (?:ambushed|attacked|fired (?:up)?on|shot at))"
)
_ON_PATROL = (
    r"(?:on (?:a |their |his |its )?(?:routine |regular |night )?patrols?"
    r"|(?:conducting|carrying out|making|during) (?:a |their )?(?:routine |regular )?patrols?"
    r"|patrolling|(?:during |in |making )?(?:a )?(?:routine )?traffic stop"
    r"|(?:at|manning|approach\w+) (?:a |the |their )?(?:\w+ )?checkpoint)"
)
# A patrol that was fired at, in either order of telling.
_BY_CHANCE = (
    re.compile(
        rf"\b{_FORCES}\b{_WORDS}{{0,40}}?\b{_ATTACKED}\b{_WORDS}{{0,80}}?\b{_ON_PATROL}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b{_FORCES}\b{_WORDS}{{0,30}}?\b{_ON_PATROL}\b{_WORDS}{{0,60}}?\b{_ATTACKED}\b",
        re.IGNORECASE,
    ),
)
_FIRED_FIRST = re.compile(
    r"\b(?!(?:who|whom|was|were|be|been|being|and|or|not)\b)(?:\w+ ){1,3}?(?:had )?"
    r"(?<!who )(?<!been )(?<!were )(?<!was )"
    r"(?:(?:opened fire|fired|shot) first|fired the first shots?)\b",
    re.IGNORECASE,
)
_OPERATION = (
    r"(?:arrests?|raid|operation|assault|mission|capture|ambush|sting|swoop|attack|strike|seizure"
    r"|crackdown|rescue)"
)
_PLANNED = re.compile(
    rf"\b(?:(?:the|an?|this|that|its|their) )?(?:\w+ )?{_OPERATION}\b[^.;,\n]{{0,40}}?"
    r"\b(?:had been|was|were|has been) (?:\w+ )?(?:in the works|in preparation|in planning|planned"
    r"|prepared|rehearsed)(?: (?:for|since|over) [^.;,\n]{1,40})",
    re.IGNORECASE,
)
_SERVING = re.compile(
    rf"\b{_FORCES}\b{_WORDS}{{0,30}}?\b(?:serving|executing|(?:trying|attempting) to"
    rf" (?:serve|execute)) {_WORDS}{{0,30}}?warrants?\b{_WORDS}{{0,60}}?\b{_ATTACKED}\b",
    re.IGNORECASE,
)
_SPANISH = re.compile(
    r"\b(?:soldados|militares|policías|agentes|elementos|efectivos)\b[^.;\n]{0,40}?"
    r"\b(?:fueron (?:atacados|emboscados|agredidos))\b[^.;\n]{0,60}?"
    r"\b(?:patrullaban|patrullaje|recorrido|patrulla)\b",
    re.IGNORECASE,
)
# Who shot back was shot at first.
_SHOT_BACK = re.compile(
    rf"\b{_FORCES}\b{_WORDS}{{0,40}}?\b{_ATTACKED}\b{_WORDS}{{0,80}}?"
    r"\b(?:(?:shot|fired|struck|hit) back|returned fire|retaliated|responded)\b",
    re.IGNORECASE,
)
_STRUCK = (
    r"(?:attack(?:ed|ing)?|shot|shoot(?:ing)?|opened fire|open fire|fir(?:ed|ing)|hurl(?:ed|ing)"
    r"|threw|throw(?:ing|n)?|pelted|rushed|charged|stormed|lunged|rammed|stoned|stabbed|punched"
    r"|beat|struck|hit|kicked|pushed|shoved|pulled|drew|drawn|pointed|swung|raised|came at|spat"
    r"|tried to (?:seize|grab|take|disarm|break|storm|enter))"
)
# What was answered with force, or came first.
_ANSWERED = re.compile(
    rf"\b(?:(?:{_FORCES}|they) (?:then |had |only )?(?:opened fire|fired(?: (?:back|tear gas"
    rf"|rubber bullets"
    r"|shots|warning shots|in(?:to)? \w+(?: \w+)?))?|charged|moved in|responded|intervened|shot)"
    r"|\w+ (?:then |had |only )?(?:returned fire|shot back|fired back|struck back|hit back))"
    rf"(?: only)? (?:after|when|because) (?P<cause>{_WORDS}{{2,50}}? (?:had )?{_STRUCK}\b"
    r"[^.,;:“”\"\n]{0,70})",
    re.IGNORECASE,
)
_BLOW = r"(?:punch|blow|shots?|stones?|bottle|kick|rock)"
_CAME_FIRST = (
    re.compile(
        r"\b(?P<cause>(?:(?:the|an?|his|her|their) )?(?!(?:who|said|that)\b)"
        r"\w+(?: (?!(?:that|said|says|told|who)\b)\w+){0,3}? (?:was|were|had been|been)"
        r" (?:attacked|shot at|hit"
        r"|punched|struck|fired (?:up)?on|beaten|assaulted|stabbed|pushed|shoved|kicked) first\b"
        r"(?: by [^.,;“”\"\n]{2,60})?)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?P<cause>(?:(?:the|an?|his|her|their) )?(?!(?:who|was|were|been|be|said|that|not"
        r"|never)\b)\w+(?: (?!(?:that|was|were|not|never|been|who|said)\b)\w+){0,3}? (?:had )?"
        r"(?:(?:attacked|hit|struck|swung|punched|charged|lashed out)(?: at)?"
        r"(?: (?:him|her|them|us|the \w+))? first"
        rf"|(?:threw|landed|fired|struck|thrown|swung) the first {_BLOW}))\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<cause>the first {_BLOW} (?:(?:was|were|is|are|had been|had|have|has) )?(?:fired"
        r"|thrown|landed|struck|came|comes?|heard) (?:from|by) [^.,;“”\"\n]{2,60})",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<cause>(?:the |an? )?{_FORCES} (?:had )?(?:charged|attacked|opened fire|fired"
        r"|moved in|struck|beat|beaten|shot)(?: [^.,;“”\"\n]{1,40}?)? (?:without (?:any )?"
        r"(?:warning|provocation|reason|cause)|unprovoked))\b",
        re.IGNORECASE,
    ),
)
_PATTERNS = (
    _ANSWERED,
    *_CAME_FIRST,
    *_BY_CHANCE,
    _SHOT_BACK,
    _FIRED_FIRST,
    _PLANNED,
    _SERVING,
    _SPANISH,
)


def meetings(page: AskedPage) -> Iterator[Named]:
    main = page.case.events[0]
    if main.kind not in _KINDS:
        return
    for sentence in page.reading.sentences:
        if page.case.event_by_sentence.get(sentence) != main.id:
            continue
        words = page.document.text[sentence.start : sentence.end]
        for pattern in _PATTERNS:
            found = pattern.search(words)
            if found and not ("cause" in pattern.groupindex and is_unsure(words[: found.start()])):
                group = "cause" if "cause" in pattern.groupindex else 0
                start, end = (sentence.start + at for at in found.span(group))
                passage = Passage(sentence.document_id, start, end)
                whole = Passage(passage.document_id, sentence.start + found.start(), end)
                if group:
                    yield Named(passage, whole, None, is_clause=True)
                else:
                    told = around(page, Passage(passage.document_id, end - 1, end))
                    yield Named(passage, whole, told, is_clause=True)
                break
