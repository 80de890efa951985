"""What a predicate's own auxiliaries, adverbs, adjectives and form say of its truth."""

from consilience.lexicon import load_table
from consilience.read.syntax import NOMINAL, Tree
from consilience.records import Factuality

_MAY = frozenset("may might could can".split())
_FUTURE = frozenset("will 'll ’ll shall wo gon".split())
# "Shots could be heard" tells that they were.
_PERCEIVED = frozenset("hear see feel smell".split())
_SHOULD = frozenset("should ought".split())
MODALS = _MAY | _FUTURE | _SHOULD | {"would", "must", "ca"}
_SUPPOSED = frozenset(
    """
    perhaps maybe possibly probably allegedly presumably supposedly potentially conceivably
    purportedly likely
    """.split()
)
_NEARLY = frozenset("nearly almost narrowly virtually".split())
# "The failed raid" took place.
_UNDERTAKEN = frozenset(
    "operation mission raid attempt bid effort search campaign talk plan".split()
)
_SAYING_LATER = frozenset(
    "say tell add announce state report declare promise vow insist write warn pledge".split()
)
CONDITIONS = frozenset("if unless lest provided".split())
ANYONE = frozenset("anyone anybody whoever anything whatever any".split())


def said_beside(tree: Tree, i: int) -> tuple[Factuality, int] | None:
    """What a word's own auxiliaries, adverbs, adjectives and conditions say, and which of them."""
    condition = _inverted(tree, i)
    if condition is None:
        condition = _condition(tree, i)
    if condition is not None:
        return Factuality.HYPOTHETICAL, condition
    for c in tree.children[i]:
        relation, lemma = tree.words[c].deprel.partition(":")[0], tree.lemma(c)
        if relation == "aux":
            found = _by_auxiliary(tree, i, c, lemma)
            if found is not None:
                return found, c
        elif relation == "advmod" and lemma in _SUPPOSED:
            return Factuality.POSSIBLE, c
        elif relation == "advmod" and lemma in _NEARLY and tree.words[i].upos == "VERB":
            return Factuality.NOT_HAPPENED, c
        elif relation == "amod" and tree.words[i].upos in NOMINAL:
            named = load_table("moods_of_adjectives").get(tree.lower(c))
            took_place = named == Factuality.NOT_HAPPENED and tree.lemma(i) in _UNDERTAKEN
            if named is not None and not took_place:
                return Factuality(named), c
        elif lemma == "due" and tree.words[i].upos == "VERB" and tree.with_relation(c, "fixed"):
            return Factuality.PLANNED, c
    return _by_form(tree, i)


def _by_auxiliary(tree: Tree, i: int, c: int, lemma: str) -> Factuality | None:
    if lemma in _FUTURE or tree.lower(c) in _FUTURE:
        anybody = any(
            tree.lemma(w) in ANYONE
            for s in tree.with_relation(i, "nsubj", "nsubj:pass")
            for w in (s, *tree.with_relation(s, "det"))
        )
        return Factuality.HYPOTHETICAL if anybody else Factuality.PLANNED
    if lemma == "could" and tree.lemma(i) in _PERCEIVED and not has_auxiliary(tree, i, "have"):
        return None
    if lemma in _MAY or tree.lower(c) == "ca":
        return Factuality.POSSIBLE
    if lemma == "must":
        return Factuality.POSSIBLE if has_auxiliary(tree, i, "have") else Factuality.PLANNED
    if lemma in _SHOULD:
        return Factuality.HYPOTHETICAL
    if lemma == "would" or tree.lower(c) in ("would", "'d", "’d"):
        if lemma != "would":
            return None
        reported = tree.words[i].deprel in ("ccomp", "parataxis", "conj") and any(
            tree.lemma(a) in _SAYING_LATER for a in _governors(tree, i)
        )
        ahead = reported and not has_auxiliary(tree, i, "have")
        return Factuality.PLANNED if ahead else Factuality.HYPOTHETICAL
    return None


def _governors(tree: Tree, i: int) -> list[int]:
    """The governor of `i`, and of the word it is conjoined to."""
    head = tree.words[i].head
    if tree.words[i].deprel == "conj" and head >= 0:
        return [tree.words[head].head] if tree.words[head].head >= 0 else []
    return [head] if head >= 0 else []


def has_auxiliary(tree: Tree, i: int, lemma: str) -> bool:
    return any(tree.lemma(c) == lemma for c in tree.with_relation(i, "aux"))


def _inverted(tree: Tree, i: int) -> int | None:
    """The "had" of "had the signal worked", of a clause that is no question."""
    helpers = tree.with_relation(i, "aux", "aux:pass", "cop")
    subjects = tree.with_relation(i, "nsubj", "nsubj:pass")
    if tree.words[i].deprel == "root" or not helpers or not subjects:
        return None
    turned = helpers[0] < subjects[0] and tree.lower(helpers[0]) in ("had", "should", "were")
    asks = tree.with_relation(i, "mark") or any(w.text == "?" for w in tree.words[-3:])
    return helpers[0] if turned and not asks else None


def _condition(tree: Tree, i: int) -> int | None:
    """The "if" of a condition on this word's clause."""
    for clause in tree.with_relation(i, "advcl"):
        marks = tree.with_relation(clause, "mark", "advmod")
        here = next((m for m in marks if tree.lemma(m) in CONDITIONS), None)
        compared = any(tree.lemma(m) in ("as", "even") for m in marks)
        if here is not None and not compared and "Tense=Past" not in tense_shown(tree, i):
            return here
    return None


def tense_shown(tree: Tree, i: int) -> str:
    """The features that show the tense of a clause: the verb's, or its first auxiliary's."""
    helpers = tree.with_relation(i, "aux", "aux:pass", "cop")
    return tree.words[helpers[0] if helpers else i].feats


def _by_form(tree: Tree, i: int) -> tuple[Factuality, int] | None:
    """What a bare infinitive at the top, an order, or a question says."""
    word = tree.words[i]
    if word.deprel not in ("root", "parataxis", "conj", "ccomp") or word.upos in NOMINAL:
        return None
    subjects = tree.with_relation(i, "nsubj", "nsubj:pass", "csubj", "expl")
    to = next((c for c in tree.with_relation(i, "mark") if tree.lemma(c) == "to"), None)
    helpers = tree.with_relation(i, "aux", "aux:pass", "cop")
    if to is not None and word.deprel != "conj" and "VerbForm=Inf" in word.feats:
        return Factuality.PLANNED, to
    if "Mood=Imp" in word.feats and not subjects:
        return Factuality.PLANNED, i
    if word.deprel == "root" and helpers and subjects and helpers[0] < subjects[0]:
        asked = tree.lower(len(tree.words) - 1) == "?" or any(
            w.text == "?" for w in tree.words[-3:]
        )
        first = min(tree.subtree(i)) if asked else -1
        if asked and helpers[0] <= first + 1 and not _asks_which(tree, i):
            return Factuality.POSSIBLE, helpers[0]
    return None


def _asks_which(tree: Tree, i: int) -> bool:
    return any(
        "PronType=Int" in tree.words[c].feats or tree.lower(c) in ("why", "how", "when", "where")
        for c in tree.children[i]
    )
