"""The verb that tells the same as a word: "shoot" of "shootings", "resign" of "resignation"."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from consilience.lexicon import load_table

# Endings that make a noun of a verb, and what the verb has instead; tried in this order.
_MADE = (
    ("ification", "ify"), ("ication", "ify"), ("ization", "ize"), ("isation", "ise"),
    ("ation", "ate"), ("ation", "e"), ("ation", ""), ("ition", "e"), ("ition", ""),
    ("ption", "be"), ("ption", "ve"), ("ction", "ct"), ("ution", "ute"), ("tion", "te"),
    ("tion", "t"), ("ssion", "ss"), ("ission", "it"), ("usion", "ude"), ("osion", "ode"),
    ("sion", "de"), ("sion", "d"), ("sion", "se"), ("ement", "e"), ("ment", ""),
    ("ance", ""), ("ance", "e"), ("ence", ""), ("ence", "e"), ("iture", ""), ("ture", "t"),
    ("ure", ""), ("ure", "e"), ("val", "ve"), ("al", ""), ("al", "e"), ("ery", ""),
    ("ery", "er"), ("age", ""), ("y", ""), ("iage", "y"),
)  # fmt: skip
_STEM_MIN = 3
_VOWELS = frozenset("aeiou")
# What is no ending in a short word: "sing", "red".
_ENDED_MIN = 5
_SHORT = {
    "died": "die", "dies": "die", "dying": "die", "lies": "lie", "lying": "lie", "tied": "tie",
    "ties": "tie", "tying": "tie",
}  # fmt: skip


@cache
def known_verbs() -> frozenset[str]:
    """Verbs and other lemmas that carry a roleset, tell of a happening, or report."""
    tables = ("senses", "event_kinds", "slots", "reporting_verbs")
    listed = frozenset(lemma for table in tables for lemma in load_table(table))
    return listed | frozenset(load_table("irregular_verbs").values())


@cache
def verb_of(word: str) -> str:
    """The verb that tells the same as a word in small letters; the word's lemma where none does.

    >>> [verb_of(word) for word in ("shootings", "resignation", "acquired", "deaths", "hit")]
    ['shoot', 'resign', 'acquire', 'die', 'hit']
    """
    for form in dict.fromkeys((word, singular(word))):
        found = _listed(form)
        if found is not None:
            return found
    plain = _without_ending(word)
    if plain in known_verbs():
        return plain
    form = singular(word)
    return _made_from(form) or (form if form != word else plain)


def singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("xes", "ches", "shes", "sses", "zzes")):
        return word[:-2]
    return word[:-1]


def _listed(word: str) -> str | None:
    if word in _SHORT:
        return _SHORT[word]
    for table in ("event_nouns", "rolesets", "irregular_verbs"):
        if word in load_table(table):
            return load_table(table)[word]
    return word if word in known_verbs() else None


def _without_ending(word: str) -> str:
    """The verb whose past, participle or third person a word is by its form."""
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) >= _ENDED_MIN:
            return _completed(word[: -len(ending)])
    return singular(word)


def _completed(stem: str) -> str:
    """The verb of a stem that may have lost its e or doubled its last letter."""
    if not set(stem) & _VOWELS and "y" not in stem:
        return stem
    doubled = len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS
    tries = [stem, f"{stem}e"]
    if doubled:
        tries = [stem[:-1], *tries] if stem[-1] not in "lsz" else [stem, stem[:-1]]
    if stem.endswith("i"):
        tries = [f"{stem[:-1]}y", *tries]
    known = known_verbs() | _frames().keys()
    found = next((t for t in tries if t in known), None)
    if found is not None:
        return found
    return f"{stem}e" if stem.endswith(_LOST_E) else tries[0]


# "Stabiliz", "escap" and the like: no verb ends so.
_LOST_E = ("iz", "at", "v", "c", "u", "dg", "ur", "is")


def _made_from(noun: str) -> str | None:
    """The known verb that a noun is made from by its ending."""
    for ending, instead in _MADE:
        if noun.endswith(ending) and len(noun) - len(ending) >= _STEM_MIN:
            verb = noun[: len(noun) - len(ending)] + instead
            if verb in known_verbs():
                return verb
    return None


@cache
def _frames() -> dict[str, str]:
    """Each word of the table of frames to the frame it is listed under first."""
    found: dict[str, str] = {}
    for frame, words in load_table("event_frames").items():
        for word in words.split():
            found.setdefault(word, frame)
    return found


def frame_of(words: Sequence[str], word: str, lemma: str, sense: str | None) -> str:
    """What reports of one story call by `word` and by its synonyms: a frame, or the lemma.

    `words` are all words of the mention, the head among them.
    """
    frames = _frames()
    phrases = (f"{verb_of(a)}_{b}" for a, b in pairwise(words))
    # A noun's sense is that of the verb its roleset is named by: no fire of a house is fired.
    of_verb = None if word in load_table("event_nouns") else sense
    tries = (*phrases, of_verb, word, singular(word), lemma)
    found = next((frames[t] for t in tries if t is not None and t in frames), None)
    if found is not None:
        return found
    others = (frames[t] for w in words for t in (w, verb_of(w)) if t in frames)
    return next(others, lemma)
