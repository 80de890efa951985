"""Which words of a sentence tell that something happens or holds, and under which name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from consilience.lexicon import load_table, load_words
from consilience.read.encoder import Predicate
from consilience.read.syntax import Tree

# Adjectives that tell what befell somebody, with the verb that tells the same.
STATES = {
    "dead": "dead", "missing": "missing", "homeless": "homeless", "injured": "injure",
    "hurt": "hurt", "wounded": "wound",
}  # fmt: skip
LIGHT = "LV"
# A noun and the verb that tells the same begin alike where the one is made from the other.
_SAME_STEM = 3
# "Opened fire", "came under fire": shots, no blaze.
_FIRING = frozenset("open return exchange cease draw come".split())
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Told:
    """A predicate of a sentence. What only the word lists know has no `read` by the encoder.

    `lemma` is that of the verb that tells the same, with its particle: "shoot_down".
    """

    word: int
    lemma: str
    sense: str | None
    read: Predicate | None


def find_predicates(tree: Tree, read: Sequence[Predicate]) -> Iterator[Told]:
    """The predicates of a sentence in the order of its words.

    Verbs that only help others, copulas, light verbs and words that stand as a name's or another
    noun's attribute are none.
    """
    by_word = {predicate.word: predicate for predicate in read}
    for i in range(len(tree.words)):
        predicate = by_word.get(i)
        if predicate is not None and _tells(tree, i, predicate):
            yield Told(i, _lemma(tree, i), sense(tree, i, predicate.sense), predicate)
        elif _is_state(tree, i) or (predicate is None and _is_listed(tree, i, every_verb=not read)):
            yield Told(i, _lemma(tree, i), None, None)


def _is_state(tree: Tree, i: int) -> bool:
    return tree.words[i].upos == "ADJ" and tree.lemma(i) in STATES


def light_verbs(read: Sequence[Predicate]) -> frozenset[int]:
    """The words that only carry a noun: "made" of "made the decision"."""
    return frozenset(p.word for p in read if p.sense == LIGHT)


def _tells(tree: Tree, i: int, predicate: Predicate) -> bool:
    word = tree.words[i]
    relation = word.deprel.partition(":")[0]
    if predicate.sense == LIGHT or relation in ("aux", "cop"):
        return False
    if not any(c.isalpha() for c in word.text):
        return False
    if word.upos == "ADJ":
        return relation != "amod"
    if word.upos in ("VERB", "AUX"):
        return relation != "compound"
    listed = tree.lemma(i) in load_table("event_nouns")
    return relation != "compound" and (listed or bool(predicate.arguments))


def _is_listed(tree: Tree, i: int, *, every_verb: bool) -> bool:
    """Whether the word lists know a happening in a word that the encoder does not."""
    word = tree.words[i]
    if word.upos == "VERB":
        named = word.deprel not in ("compound", "amod") and word.text.isalpha()
        return named and (every_verb or tree.lemma(i) in listed_verbs())
    # In "fire service" and "strike leader" nothing happens.
    is_noun = word.upos == "NOUN" or (word.upos == "PROPN" and word.text.islower())
    is_event = is_noun and tree.lemma(i) in load_table("event_nouns")
    return is_event and word.deprel != "compound"


@cache
def listed_verbs() -> frozenset[str]:
    """The verbs of happening that the word lists hold."""
    return frozenset(load_table("event_kinds")) | frozenset(load_table("slots"))


def _lemma(tree: Tree, i: int) -> str:
    """The verb that tells the same as a word, with its particle."""
    lemma, upos = tree.lemma(i), tree.words[i].upos
    if upos == "NOUN" and lemma == "fire" and _governor(tree, i) in _FIRING:
        return lemma
    if upos == "NOUN":
        return load_table("event_nouns").get(lemma) or roleset(tree, i)
    if upos == "ADJ":
        return STATES.get(lemma, lemma)
    return _with_particle(tree, i)


def _governor(tree: Tree, i: int) -> str:
    head = tree.words[i].head
    return tree.lemma(head) if head >= 0 else ""


def _with_particle(tree: Tree, i: int) -> str:
    """A verb with its particle; an adverb is one only where PropBank has the two together."""
    known = load_words("particle_verbs")
    for c in tree.with_relation(i, "compound:prt", "advmod"):
        joined = f"{tree.lemma(i)}_{tree.lemma(c)}"
        if c > i and (tree.words[c].deprel == "compound:prt" or joined in known):
            return joined
    return tree.lemma(i)


def sense(tree: Tree, i: int, number: str) -> str:
    """The roleset of word `i`; a number that its lemma never has gives way to its commonest."""
    lemma = roleset(tree, i)
    known = load_table("senses").get(lemma, number).split()
    return f"{lemma}.{number if number in (*known, LIGHT) else known[0]}"


def roleset(tree: Tree, i: int) -> str:
    """The name before the number of a roleset: "kill" of "killing"."""
    lemma, upos = tree.lemma(i), tree.words[i].upos
    if upos in ("VERB", "AUX"):
        return _with_particle(tree, i)
    named = load_table("rolesets").get(lemma)
    if named is not None:
        return named
    verb = load_table("event_nouns").get(lemma, "")
    if verb[:_SAME_STEM] == lemma[:_SAME_STEM]:
        return verb
    return _gerund(lemma) if upos == "NOUN" else lemma


def _gerund(lemma: str) -> str:
    """The verb in a noun in -ing that no list holds, where its form shows it: "looting"."""
    stem = lemma.removesuffix("ing")
    if stem == lemma or len(stem) < _SAME_STEM or not set(stem) & set(_VOWELS):
        return lemma
    if f"{stem}e" in listed_verbs():
        return f"{stem}e"
    doubled = stem[-1] == stem[-2] and stem[-1] not in "lsz"
    return stem[:-1] if doubled else stem
