"""Whether the clause a word stands in speaks of the past, the present or the future."""

from enum import Enum

from consilience.read.encoder import Parse


class Tense(Enum):
    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"
    NONE = "none"


_FUTURE_AUXILIARIES = frozenset("will 'll ’ll shall wo would may might should could can must".split())
# What follows these in the infinitive is still to come.
_AHEAD = frozenset(
    """
    expect plan schedule set slate due hope intend aim prepare agree vow promise want need likely
    ready propose pledge seek ask order urge threaten decide wait continue about going go
    """.split()
)


def tense_of(parse: Parse, i: int) -> Tense:
    """The tense of the verb that governs word `i`; none where no verb shows one."""
    words = parse.words
    seen: set[int] = set()
    infinitive = False
    while i >= 0 and i not in seen:
        seen.add(i)
        word = words[i]
        helpers = [w for w in words if w.head == i and w.deprel.startswith(("aux", "cop"))]
        if word.upos in ("VERB", "AUX") or helpers:
            if any(w.text.lower() in _FUTURE_AUXILIARIES for w in helpers):
                return Tense.FUTURE
            if infinitive and word.lemma in _AHEAD:
                return Tense.FUTURE
            finite = [w for w in (*helpers, word) if "VerbForm=Fin" in w.feats]
            if finite:
                first = finite[0]
                if "Tense=Past" in first.feats or first.lemma == "have":
                    return Tense.PAST
                if word.lemma in _AHEAD:
                    return Tense.FUTURE
                return Tense.PRESENT
            if "VerbForm=Inf" in word.feats and any(
                w.head == i and w.text.lower() == "to" for w in words
            ):
                infinitive = True
            elif "VerbForm=Part" in word.feats and "Tense=Past" in word.feats:
                return Tense.PAST
        elif infinitive and word.lemma in _AHEAD:
            return Tense.FUTURE
        i = word.head
    return Tense.FUTURE if infinitive else Tense.NONE
