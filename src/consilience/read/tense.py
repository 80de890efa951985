"""Whether the clause a word stands in speaks of the past, the present or the future."""

import re
from enum import Enum
from itertools import pairwise

from consilience.read.encoder import Parse


class Tense(Enum):
    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"
    NONE = "none"


_FUTURE_AUXILIARIES = frozenset("will 'll ’ll shall wo would may might should must".split())
# Verbs that put what they speak of, or what follows in the infinitive, ahead of themselves.
_SCHEDULING = frozenset(
    "schedule plan slate expect due prepare intend aim postpone adjourn extend".split()
)
_AHEAD = _SCHEDULING | frozenset(
    """
    hope agree vow promise want need likely ready propose pledge seek ask order urge threaten
    decide wait continue about going go set
    """.split()
)

# What events do in the present tense on a day to come; most of them are nouns as well.
_RESUMING = frozenset(
    """
    resume resumes reopen reopens open opens start starts begin begins end ends close closes meet
    meets return returns vote votes restart restarts expire expires
    """.split()
)
_AFTER_REACH = 8  # words, of "after" and the noun that a day belongs to
_TOLD_IN_PRESENT = frozenset("say tell report claim see show picture".split())


def tense_of(parse: Parse, i: int) -> Tense:
    """The tense of the verb that governs word `i`; none where no verb shows one."""
    words = parse.words
    before = [words[j].text.lower() for j in range(max(0, i - 4), i)]
    if before[-3:] in (["as", "soon", "as"], ["as", "early", "as"]):
        return Tense.FUTURE
    if before[-1:] in (["until"], ["till"]) and words[i].upos == "PROPN":
        # Up to a day that had not come when it was said; one that is past is given its date or
        # its hour.
        return Tense.FUTURE
    if before[-1:] == ["for"] and words[words[i].head].lemma == "set":
        return Tense.FUTURE
    if i and words[i - 1].upos == "VERB" and "Tense=Past" in words[i - 1].feats:
        # "They will fight the ban announced Monday": the verb beside it is nearer than the syntax.
        return Tense.FUTURE if _own_tense(parse, i - 1) is Tense.FUTURE else Tense.PAST
    seen: set[int] = set()
    # "One man is dead after a shooting on Sunday": what is so now came after what was.
    infinitive, in_noun = False, _is_told_after(parse, i)
    while i >= 0 and i not in seen:
        seen.add(i)
        word = words[i]
        if infinitive and word.lemma in _AHEAD:
            return Tense.FUTURE
        if _is_verb_after_all(parse, i):
            return Tense.PRESENT
        tense = _own_tense(parse, i)
        if tense is not None:
            # "Officials regret Monday's vote" and "the fire on Monday shows": the noun is older.
            return Tense.PAST if tense is Tense.PRESENT and in_noun else tense
        if "VerbForm=Inf" in word.feats and _has(parse, i, "to"):
            infinitive = True
        # In "ends at midnight on Friday" the day hangs from a time and tells of the ending.
        hangs = word.deprel.startswith(("nmod", "compound", "acl"))
        in_noun = in_noun or (hangs and word.head >= 0 and words[word.head].kind != "time")
        i = word.head
    return Tense.FUTURE if infinitive else Tense.NONE


_SPANISH_FUTURE = re.compile(r"\b(?:\w{2,}(?:rá|rán|remos)|vay?an? a|va a|van a)\b")
_SPANISH_PAST = re.compile(
    r"\b(?:\w{2,}(?:ó|aron|ieron|yeron|aban|ían)|fue|fueron|hubo|dijo|había|habían|era|eran)\b"
)


def tense_spanish(sentence: str, at: int) -> Tense:
    """The tense of the verb nearest to a place in a Spanish sentence, told by its ending."""
    found = [
        (min(abs(match.start() - at), abs(match.end() - at)), tense)
        for pattern, tense in ((_SPANISH_FUTURE, Tense.FUTURE), (_SPANISH_PAST, Tense.PAST))
        for match in pattern.finditer(sentence)
    ]
    return min(found, key=lambda each: each[0])[1] if found else Tense.NONE


def _is_told_after(parse: Parse, i: int) -> bool:
    """Whether word `i` stands with a noun that "after" or "following" introduces."""
    for word in reversed(parse.words[max(0, i - _AFTER_REACH) : i]):
        if word.text.lower() in ("after", "following"):
            return True
        if word.upos in ("VERB", "AUX", "PUNCT"):
            return False
    return False


def happened_then(parse: Parse, i: int) -> bool:
    """Whether word `i`, of a date, says when a verb in the past tense was done: "left in May"."""
    words = parse.words
    word = words[i]
    if 0 <= word.head <= i + 2 and words[word.head].kind == "time" and abs(word.head - i) <= 2:
        word = words[word.head]
    if word.head < 0 or not word.deprel.startswith("obl"):
        return False
    verb = words[word.head]
    is_past = "VerbForm=Fin" in verb.feats and "Tense=Past" in verb.feats
    return is_past and verb.lemma not in _AHEAD and verb.lemma != "ask"


def _is_verb_after_all(parse: Parse, i: int) -> bool:
    """ "Talks resume on Wednesday", where the verb was taken for the noun that it also is."""
    return any(
        one.upos == "NOUN"
        and "Number=Plur" in one.feats
        and other.upos == "NOUN"
        and other.text.lower() in _RESUMING
        for one, other in pairwise(parse.words[max(0, i - 1) : i + 2])
    )


def _has(parse: Parse, i: int, text: str) -> bool:
    return any(word.head == i and word.text.lower() == text for word in parse.words)


def _own_tense(parse: Parse, i: int) -> Tense | None:
    """The tense that word `i` and its auxiliaries show, if they show one."""
    words = parse.words
    word = words[i]
    helpers = [w for w in words if w.head == i and w.deprel.startswith(("aux", "cop"))]
    if word.upos not in ("VERB", "AUX") and not helpers:
        return None
    modal = any(w.text.lower() in _FUTURE_AUXILIARIES for w in helpers)
    if modal and any(w.lemma == "have" for w in helpers):
        return Tense.PAST
    if modal or word.lemma in _SCHEDULING:
        return Tense.FUTURE
    finite = [w for w in (*helpers, word) if "VerbForm=Fin" in w.feats]
    if finite:
        if "Tense=Past" in finite[0].feats or finite[0].lemma == "have":
            return Tense.PAST
        # "Officials say" and "is seen here" are told in the present of what is past.
        return Tense.PAST if word.lemma in _TOLD_IN_PRESENT else Tense.PRESENT
    if "VerbForm=Part" in word.feats and "Tense=Past" in word.feats:
        return Tense.PAST
    return None
