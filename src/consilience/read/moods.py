"""Whether what a predicate tells is said to have happened."""

from consilience.read.syntax import Tree
from consilience.records import Factuality, Polarity

NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "nobody", "none"})
_POSSIBLE = frozenset("may might could can".split())
_SUPPOSED = frozenset("perhaps maybe possibly probably allegedly presumably supposedly".split())
_FUTURE = frozenset({"will", "'ll", "’ll", "shall"})
MODALS = _POSSIBLE | _FUTURE | {"would", "should", "must"}
_CONDITIONS = frozenset({"if", "unless", "whether", "lest", "should"})
# Governors whose infinitive is intended, not told as done.
_PLANNING = frozenset(
    """
    plan intend want aim hope threaten try attempt seek prepare expect vow promise agree decide
    urge ask order tell call propose offer warn mean go schedule set need plot conspire demand
    request advise consider ready about due able attempted planned
    """.split()
)
# Governors whose object is wanted, not told as done: "demanded the release of the crew".
_DEMANDING = frozenset(
    """
    order demand propose threaten urge promise vow offer seek request want consider expect await
    schedule postpone cancel call plan
    """.split()
)
_PREVENTING = frozenset("avoid prevent avert fail refuse decline without unable".split())
_FEARING = frozenset(
    "fear believe presume suspect allege accuse charge likely unlikely possible".split()
)
# "Stopped firing" tells of firing; "stopped them from firing" does not.
_STOPPING = frozenset("stop keep ban bar block".split())
_DOUBTED_NOUNS = frozenset(
    "fear allegation accusation charge suspicion claim risk possibility hope rumor rumour".split()
)
_NOMINAL = frozenset({"NOUN", "ADJ"})
# How far up the tree the words are looked for that make a predicate less than a fact.
_MAX_STEPS = 6


def judge(tree: Tree, i: int) -> tuple[Polarity, Factuality]:
    """Polarity and factuality of the predicate at word `i`."""
    negative = _is_negated(tree, i)
    factuality = _mood(tree, i)
    if negative and factuality is Factuality.HAPPENED:
        factuality = Factuality.NOT_HAPPENED
    return Polarity.NEGATIVE if negative else Polarity.POSITIVE, factuality


def _is_negated(tree: Tree, i: int) -> bool:
    if any(tree.lemma(c) in NEGATIONS for c in tree.children[i]):
        return True
    participants = tree.with_relation(i, "nsubj", "nsubj:pass", "obj")
    return any(
        tree.lemma(d) in ("no", "none", "nobody")
        for c in participants
        for d in (c, *tree.with_relation(c, "det"))
    )


def _mood(tree: Tree, i: int) -> Factuality:
    """What the words around a predicate say of its truth, climbing to its governors."""
    node = i
    for step in range(_MAX_STEPS):
        mood = _said_beside(tree, node, is_own=step == 0)
        if mood is not None:
            return mood
        relation, governor = tree.words[node].deprel, tree.words[node].head
        if governor < 0:
            break
        mood = _said_above(tree, i, node)
        if mood is not None:
            return mood
        # "It would have been there, with 25 killed": what "with" brings goes with its governor.
        is_joined = relation == "parataxis" and tree.with_relation(node, "mark")
        if relation in ("acl:relcl", "parataxis", "ccomp") and not is_joined:
            break
        node = governor
    return Factuality.HAPPENED


def _said_beside(tree: Tree, node: int, *, is_own: bool) -> Factuality | None:
    """What a word's own auxiliaries, conjunctions and adverbs say, and a condition below it."""
    lemmas = {tree.lemma(c) for c in tree.with_relation(node, "aux", "mark", "advmod")}
    conditional = is_own and any(
        tree.lemma(m) in _CONDITIONS
        for c in tree.with_relation(node, "advcl")
        for m in tree.with_relation(c, "mark")
    )
    if lemmas & _CONDITIONS or conditional or "would" in lemmas:
        return Factuality.HYPOTHETICAL
    if lemmas & _FUTURE:
        return Factuality.PLANNED
    if lemmas & (_POSSIBLE | _SUPPOSED):
        return Factuality.POSSIBLE
    return None


def _said_above(tree: Tree, i: int, node: int) -> Factuality | None:
    """What the governor of `node` says of the predicate at `i` below it."""
    word = tree.words[node]
    lemma = tree.lemma(word.head)
    is_clause = word.deprel in ("xcomp", "ccomp", "advcl", "acl", "csubj")
    is_object = word.deprel in ("obj", "obl", "nmod") and tree.words[i].upos in _NOMINAL
    if is_object and word.deprel == "obj" and lemma in _PREVENTING:
        return Factuality.NOT_HAPPENED
    if is_object and word.deprel == "obj" and lemma in _DEMANDING and node == i:
        return Factuality.PLANNED
    if not is_clause:
        return None
    marks = {tree.lemma(c) for c in tree.with_relation(node, "mark")}
    prevented = lemma in _PREVENTING or (lemma in _STOPPING and "from" in marks)
    if prevented and word.deprel in ("xcomp", "advcl"):
        return Factuality.NOT_HAPPENED
    if lemma in (_DOUBTED_NOUNS if word.deprel == "acl" else _FEARING):
        return Factuality.POSSIBLE
    if "to" in marks and (lemma in _PLANNING or word.deprel in ("advcl", "acl")):
        return Factuality.PLANNED
    return None
