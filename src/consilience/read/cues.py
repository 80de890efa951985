"""Reporting words: what the lexicon knows of them, and the words of a cue."""

from dataclasses import dataclass
from functools import cache

from consilience.lexicon import load_table
from consilience.read.syntax import NOMINAL, Tree
from consilience.records import Stance


@dataclass(frozen=True, slots=True)
class Report:
    """Somebody's saying, in numbers of words of one sentence.

    `head` is the chief word of the cue, `source_head` of the source; `source` is empty where
    nobody is named, `content` where only quoted words can fill it. `via` is the head of the
    report whose speaker passes this one on, where that does not hold its cue.
    """

    head: int
    cue: frozenset[int]
    source: frozenset[int]
    source_head: int | None
    content: frozenset[int]
    stance: Stance
    via: int | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    stance: Stance
    takes: str


NEGATIONS = frozenset({"not", "n't", "n’t", "never", "neither", "nor"})


# Their infinitive is not done: "declined to say", "was unable to confirm".
REFUSALS = frozenset({"decline", "refuse"})
WITHHOLDING = REFUSALS | {"fail", "unable", "unwilling", "reluctant", "hesitate", "impossible"}


# Light governors of a reporting infinitive: "went on to say" is one cue.
_LIGHT = frozenset({"go", "continue", "begin", "start", "proceed", "come", "use", "take", "have"})


@cache
def verb_frames() -> dict[str, Frame]:
    frames = {}
    for lemma, entry in load_table("reporting_verbs").items():
        stance, _, takes = entry.partition(" ")
        frames[lemma] = Frame(Stance(stance), takes)
    return frames


@cache
def noun_frames() -> dict[str, Frame]:
    frames = {}
    for noun, entry in load_table("reporting_nouns").items():
        stance, _, takes = entry.partition(" ")
        frames[noun] = Frame(Stance(stance), takes)
    return frames


@cache
def adjective_stances() -> dict[str, Stance]:
    return {a: Stance(stance) for a, stance in load_table("reporting_adjectives").items()}


def reporting_lemma(tree: Tree, i: int) -> str:
    """The lemma; where that is no reporting verb, the one that the form belongs to."""
    lemma = load_table("reporting_forms").get(tree.lower(i), tree.lemma(i))
    return lemma if lemma in verb_frames() else reporting_forms().get(tree.lower(i), lemma)


def is_passive(tree: Tree, i: int) -> bool:
    if tree.with_relation(i, "nsubj:pass", "aux:pass", "csubj:pass"):
        return True
    word = tree.words[i]
    if i == 0 and word.text == "Asked":
        return True
    if word.deprel == "acl" and word.text.endswith("ed") and tree.with_relation(i, "xcomp"):
        # "four people believed to be …", whatever its features say
        return not tree.with_relation(i, "nsubj", "aux", "obj")
    if "VerbForm=Part" not in word.feats or "Tense=Past" not in word.feats:
        return False
    if word.deprel == "conj" and not tree.with_relation(i, "nsubj", "aux"):
        return is_passive(tree, word.head) if _is_before(tree, word.head, i) else False
    return word.deprel in ("acl", "advcl") and not tree.with_relation(i, "nsubj", "aux", "obj")


def _is_before(tree: Tree, a: int, b: int) -> bool:
    return a < b and tree.words[a].upos == "VERB"


def find_agent(tree: Tree, i: int) -> int | None:
    for child in tree.with_relation(i, "obl:agent", "obl"):
        if any(tree.lower(c) == "by" for c in tree.with_relation(child, "case")):
            word = tree.words[child]
            # "confirmed dead by noon"
            return child if word.upos in NOMINAL and word.kind != "time" else None
    return None


def cue_words(tree: Tree, i: int) -> frozenset[int]:
    """The verb with its auxiliaries, negation and particle; "went on to say" whole."""
    cue = {i}
    cue.update(
        tree.with_relation(i, "aux", "aux:pass", "compound:prt")
        + [c for c in tree.with_relation(i, "advmod") if tree.lower(c) in NEGATIONS]
    )
    word = tree.words[i]
    if word.deprel == "xcomp" and tree.lemma(word.head) in _LIGHT | WITHHOLDING:
        cue |= {word.head, *tree.with_relation(i, "mark")}
        cue.update(tree.with_relation(word.head, "aux", "cop", "compound:prt", "advmod"))
    if word.deprel == "conj" and word.head == i - 2 and not tree.with_relation(i, "nsubj"):
        joint = tree.with_relation(i, "cc")
        if any(tree.lower(c) in ("or", "nor") for c in joint):
            # "would not confirm or deny"
            above = cue_words(tree, word.head)
            return frozenset(cue | above | set(joint))
    first = min(cue)
    return frozenset(c for c in cue if c >= i - 4 or c == first)


@cache
def reporting_forms() -> dict[str, str]:
    """Every form of the reporting verbs, English and Spanish, with its lemma."""
    forms: dict[str, str] = {}
    for lemma in load_table("reporting_verbs"):
        for form in _inflected(lemma):
            forms.setdefault(form, lemma)
    forms.update(load_table("reporting_forms"))
    forms.update({form: form for form in load_table("reporting_spanish")})
    return forms


def _inflected(lemma: str) -> tuple[str, ...]:
    if lemma.endswith("e"):
        return lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"
    if lemma.endswith(("s", "sh", "ch", "x", "z")):
        return lemma, lemma + "es", lemma + "ed", lemma + "ing"
    return lemma, lemma + "s", lemma + "ed", lemma + "ing"
