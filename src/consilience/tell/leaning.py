"""Whether a sentence speaks of somebody or something that only the one before it names."""

import re

from consilience.records import Passage
from consilience.tell.material import Material, beginning_in, said, within

_PERSONAL = frozenset("he she him her his hers himself herself".split())
_PLURAL = frozenset("they them their theirs it its".split())
_QUOTED = re.compile(r"“[^”]{0,1500}”|\"[^\"]*\"")
_BACK = re.compile(
    r"\bthe same (?:man|woman|person|place|market|town|city|suspect|group|hospital|house|street)\b"
    r"|\bthe (?:next|following|previous|same) (?:day|morning|afternoon|evening|night|week|month)\b"
    r"|\bthat (?:day|night|morning|afternoon|evening|time|point|year|month|week|case|man|woman"
    r"|aspect|incident|part)\b"
    r"|\b(?:one|some|most|many|all|both|none|two|three|four|five) of (?:them|these|those)\b"
    r"|\bthe (?:two|three|four|five|six)? ?others?\b(?! (?:of|who|said)\b)"
    r"|\b(?:killed|died|happened|shot|found|held|taken|lived|works?|worked|born|people) there\b"
    r"|\bthe (?:latter|former)\b|\bthis (?:is|was)\b|\bas well\b|\banother (?:man|woman|person)\b",
    re.IGNORECASE,
)
# "All four have left", "The fourteen were seized": of whom only what stands before can tell.
_NUMBERS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\w+teen|\\w+ty|\\d+"
_COUNTED_BEFORE = re.compile(
    rf"\A\W*(?:(?:all|both|none|neither|the other|the remaining|the|another|these|those)"
    rf"(?: (?:{_NUMBERS}))?|(?:the|all|these|those) (?:{_NUMBERS}))"
    r" (?:\w+ly |also |now |still )*"
    r"(?:was|were|is|are|has|have|had|will|would|can|could|may|might|must|remain\w*|died|fled)\b",
    re.IGNORECASE,
)


def leans(known: Material, passage: Passage) -> bool:
    """Whether a “he” or “they”, a “there” or “one of them” points out of `passage`."""
    words = _QUOTED.sub("", said(known, passage))
    if _BACK.search(words) is not None or _COUNTED_BEFORE.match(words) is not None:
        return True
    reading = known.case.readings[passage.document_id]
    here = sorted(
        (
            m
            for m in beginning_in(reading.mentions, lambda m: m.passage, passage)
            if within(m.passage, passage)
        ),
        key=lambda m: m.passage,
    )
    named: set[str] = set()
    is_any = False
    for mention in here:
        word = said(known, mention.passage).lower()
        if word in _PERSONAL:
            # Nobody else has been spoken of, and somebody has been named here.
            begun = known.chains[passage.document_id, mention.chain_id]
            is_own = is_any and begun >= passage.start
            if mention.chain_id not in named and not is_own:
                return True
        elif word in _PLURAL:
            if not is_any and mention.chain_id not in named:
                return True
        else:
            named.add(mention.chain_id)
            is_any = True
    return False
