"""How two sides met: an operation long planned, a patrol that came under fire, who fired first."""

import re
from collections.abc import Iterator

from consilience.records import Passage
from consilience.weigh.asked import AskedPage
from consilience.weigh.cause_words import Named, around

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
_PATTERNS = (*_BY_CHANCE, _SHOT_BACK, _FIRED_FIRST, _PLANNED, _SERVING, _SPANISH)


def meetings(page: AskedPage) -> Iterator[Named]:
    main = page.case.events[0]
    if main.kind not in _KINDS:
        return
    for sentence in page.reading.sentences:
        if page.case.event_by_sentence.get(sentence) != main.id:
            continue
        words = page.document.text[sentence.start : sentence.end]
        for pattern in _PATTERNS:
            if found := pattern.search(words):
                start = sentence.start + found.start()
                passage = Passage(sentence.document_id, start, sentence.start + found.end())
                told = around(page, Passage(passage.document_id, passage.end - 1, passage.end))
                yield Named(passage, None, told, is_clause=True)
                break
