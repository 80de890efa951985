"""How whoever speaks stands to what is said: the verb's own stance, and what negation makes of it.

What somebody will not confirm, cannot say or does not answer is left open: he asks, he does not
deny it.
"""

from consilience.read.cues import (
    NEGATIONS,
    WITHHOLDING,
    Frame,
    reporting_lemma,
    verb_frames,
)
from consilience.read.syntax import Tree
from consilience.records import Stance

_NOBODY = frozenset({"nobody", "none", "no", "neither"})
_QUESTION = frozenset(
    {"whether", "if", "how", "what", "why", "when", "where", "who", "which", "whose", "whom"}
)
# Whoever does not know it neither believes nor disbelieves it.
_OF_KNOWLEDGE = frozenset(
    ("know", "learn", "realise", "realize", "discover", "determine", "understand", "perceive")
    + ("recognise", "recognize", "estimate", "assess", "calculate", "anticipate", "foresee")
)
_ESTABLISHED = frozenset({"know", "find"})
_TO_THE_HEARER = frozenset({"tell", "warn", "caution"})


def is_negated(tree: Tree, i: int, source: int | None) -> bool:
    """Whether a cue is denied: by "not", by nobody as its subject, by a refusal above it."""
    if any(tree.lower(c) in NEGATIONS for c in tree.with_relation(i, "advmod", "cc", "cc:preconj")):
        return True
    word = tree.words[i]
    if word.deprel == "xcomp" and word.head >= 0 and tree.lemma(word.head) in WITHHOLDING:
        return True
    if word.deprel == "conj" and not tree.with_relation(i, "nsubj", "aux"):
        # "would not confirm or deny", not "did not call but said".
        joint = [tree.lower(c) for c in tree.with_relation(i, "cc")]
        if "or" in joint or "nor" in joint:
            return is_negated(tree, word.head, source) if word.head < i else False
    if source is None:
        return False
    parts = {tree.lower(source), *(tree.lower(c) for c in tree.with_relation(source, "det"))}
    return bool(parts & _NOBODY)


def find_stance(
    tree: Tree, i: int, frame: Frame, source: int | None, content: frozenset[int]
) -> Stance:
    """The stance of a report: the verb's own, or what its negation makes of it.

    Whoever "did not say how many" or "would not confirm it" leaves the question open; "did not
    say that it broke" does not stand behind it, and "did not deny it" does not dispute it.
    """
    opening = tree.lower(min(content)) if content else ""
    plea = _plea(tree, i)
    if plea is not None:
        return plea
    if source is None and content and reporting_lemma(tree, i) in _ESTABLISHED:
        # "are now known to have died", "was found to be in working order"
        return Stance.CONFIRMS
    if is_negated(tree, i, source):
        return _negated(tree, i, frame, opening)
    if reporting_lemma(tree, i) == "call" and opening in ("for", "on", "upon"):
        return Stance.ASKS
    if reporting_lemma(tree, i) in _TO_THE_HEARER and is_bidding(tree, i):
        return Stance.ORDERS
    if reporting_lemma(tree, i) == "advise" and is_bidding(tree, i):
        return Stance.ASKS
    # "If the shift had not gone up, forty would have died, she said" asks nothing.
    is_question = opening in ("whether", "if") and min(content) > i
    return Stance.ASKS if is_question and frame.stance is Stance.SAYS else frame.stance


def _plea(tree: Tree, i: int) -> Stance | None:
    """Guilty: the charge is confirmed. Not guilty: it is denied."""
    if reporting_lemma(tree, i) != "plead":
        return None
    after = [tree.lower(w) for w in range(i + 1, min(i + 4, len(tree.words)))]
    if after[:1] == ["innocent"] or after[:2] == ["not", "guilty"]:
        return Stance.DENIES
    return Stance.CONFIRMS if after[:1] == ["guilty"] else None


def _negated(tree: Tree, i: int, frame: Frame, opening: str) -> Stance:
    if opening in _QUESTION or frame.stance is Stance.CONFIRMS or _is_open(tree, i):
        return Stance.ASKS
    if frame.stance is Stance.BELIEVES and reporting_lemma(tree, i) in _OF_KNOWLEDGE:
        return Stance.ASKS
    return Stance.SAYS if frame.stance is Stance.DENIES else Stance.DENIES


def _is_open(tree: Tree, i: int) -> bool:
    """Whether it is neither confirmed nor denied, or is what somebody declines to say."""
    word = tree.words[i]
    if word.deprel == "xcomp" and word.head >= 0 and tree.lemma(word.head) in WITHHOLDING:
        return True
    beside = [c for c in tree.with_relation(i, "conj") if c > i]
    if word.deprel == "conj":
        beside.append(word.head)
    mine = verb_frames().get(reporting_lemma(tree, i))
    for other in beside:
        frame = verb_frames().get(reporting_lemma(tree, other))
        if frame and mine and {frame.stance, mine.stance} == {Stance.CONFIRMS, Stance.DENIES}:
            return True
    return False


def is_bidding(tree: Tree, i: int) -> bool:
    """Whether a hearer is to do something: "told drivers to stay", "were told to leave"."""
    heard = tree.with_relation(i, "obj", "iobj", "nsubj:pass")
    if not heard and tree.words[i].deprel == "conj":
        heard = tree.with_relation(tree.words[i].head, "nsubj:pass")
    return bool(heard) and any(
        tree.lower(m) == "to" and not tree.with_relation(clause, "nsubj")
        for clause in tree.with_relation(i, "xcomp", "ccomp", "advcl")
        for m in tree.with_relation(clause, "mark")
        if clause > i
    )
