"""The word that negates another, and what verbs that are joined share."""

from consilience.read.syntax import Tree

NEGATIONS = frozenset(
    "not n't n’t never no neither nor nobody none nothing hardly scarcely".split()
)
_NOBODY = frozenset("no none nobody neither nothing zero".split())
_NEGATIVE_TIMES = frozenset("time point stage way circumstance account".split())
# "Not only did it break": what "not" belongs to is the next word.
_NOT_ALONE = frozenset("only just merely simply necessarily least".split())


def find_negation(tree: Tree, i: int) -> int | None:
    """The word that negates word `i`, one of its participants, or its time."""
    for c in tree.children[i]:
        relation = tree.words[c].deprel.partition(":")[0]
        if relation in ("discourse", "punct", "conj", "parataxis", "cc:preconj"):
            continue
        if tree.lemma(c) in NEGATIONS:
            follows = tree.lower(c + 1) if c + 1 < len(tree.words) else ""
            if follows not in _NOT_ALONE:
                return c
            continue
        if relation in ("nsubj", "obj") or (relation == "obl" and tree.lemma(c) in _NEGATIVE_TIMES):
            for d in tree.with_relation(c, "det", "nummod", "cc:preconj"):
                if tree.lemma(d) in _NOBODY:
                    return d
        if relation == "advmod" and tree.lemma(c) == "long":
            no = [d for d in tree.children[c] if tree.lemma(d) == "no"]
            if no:
                return no[0]
    pairs = tree.with_relation(i, "cc:preconj")
    return next((c for c in pairs if tree.lemma(c) == "neither"), None)


def end_of_waiting(tree: Tree, i: int) -> int | None:
    """The "until" of what is negated and happened in the end: "did not leave until Friday"."""
    for c in tree.with_relation(i, "obl", "obl:unmarked", "advcl", "nmod"):
        for m in tree.with_relation(c, "case", "mark"):
            if tree.lemma(m) in ("until", "till"):
                return m
    return None


def shares_with(tree: Tree, i: int) -> int | None:
    """The first of the verbs that word `i` is conjoined to, where it shares its auxiliaries."""
    word = tree.words[i]
    if word.deprel != "conj" or word.head < 0:
        return None
    if tree.with_relation(i, "aux", "aux:pass", "cop", "nsubj", "nsubj:pass"):
        return None
    first = word.head
    alike = _form(tree, i) == _form(tree, first) and "VerbForm=Fin" not in word.feats
    return first if alike else None


def _form(tree: Tree, i: int) -> str:
    feats = tree.words[i].feats.split("|")
    return next((f for f in feats if f.startswith("VerbForm=")), tree.words[i].upos)


def negation_shared(tree: Tree, i: int, shared: int | None) -> int | None:
    """The negation that stands with the verb this one is conjoined to, or its negative subject."""
    if shared is not None:
        return find_negation(tree, shared)
    word = tree.words[i]
    if word.deprel != "conj" or tree.with_relation(i, "nsubj", "nsubj:pass"):
        return None
    for c in tree.with_relation(word.head, "nsubj", "nsubj:pass"):
        if tree.lemma(c) in _NOBODY:
            return c
        for d in tree.with_relation(c, "det"):
            if tree.lemma(d) in _NOBODY:
                return d
    return None
