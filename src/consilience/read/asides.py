"""Who says it in a phrase beside the clause: according to, per, in the words of, reportedly."""

from consilience.lexicon import load_words
from consilience.read.cues import Report
from consilience.read.sources import run_around, trimmed
from consilience.read.syntax import NOMINAL, Tree
from consilience.records import Stance

_REPORTED = {
    "reportedly": Stance.SAYS,
    "allegedly": Stance.ALLEGES,
    "purportedly": Stance.ALLEGES,
    "supposedly": Stance.BELIEVES,
}

# In the words of N, in N's view, by N's account.
_WORDS = {
    "words": Stance.SAYS,
    "account": Stance.SAYS,
    "telling": Stance.SAYS,
    "version": Stance.SAYS,
    "view": Stance.BELIEVES,
    "opinion": Stance.BELIEVES,
    "estimation": Stance.BELIEVES,
}


def find_aside(tree: Tree, i: int) -> Report | None:
    """The report that word `i` makes of the clause around it, if it is such a word."""
    lower = tree.lower(i)
    if lower == "according":
        return _according(tree, i)
    if lower == "per":
        return _per(tree, i)
    if lower in _WORDS and tree.words[i].upos in NOMINAL:
        return _in_words_of(tree, i)
    if tree.words[i].upos == "ADV" and lower in _REPORTED:
        return _of_adverb(tree, i)
    if lower in ("told", "hears", "heard"):
        return _before_court(tree, i)
    return None


def _according(tree: Tree, i: int) -> Report | None:
    """According to N: N is the source, the clause around is the content."""
    if i + 1 >= len(tree.words) or tree.lower(i + 1) != "to":
        return None
    head = tree.words[i].head
    if head < 0 or head <= i or tree.words[head].upos not in NOMINAL:
        below = [
            c
            for c in tree.subtree(i)
            if c > i + 1 and tree.words[c].upos in NOMINAL and tree.words[c].head in (i, i + 1)
        ]
        if not below:
            return None
        head, phrase = min(below), tree.subtree(i)
        top = i
    else:
        phrase, top = tree.subtree(head), head
    phrase.update((i, i + 1))
    clause = _clause_around(tree, top)
    if clause is None:
        return None
    source = {w for w in tree.subtree(head) if w > i + 1}
    source = trimmed(tree.words, run_around(source, head))
    last = max(phrase)
    beyond = {
        w
        for other in tree.with_relation(clause, "conj")
        if other > last and tree.with_relation(other, "nsubj", "nsubj:pass")
        for w in tree.subtree(other)
    }
    content = frozenset(tree.subtree(clause)) - phrase - beyond
    return Report(i, frozenset((i, i + 1)), frozenset(source), head, content, Stance.SAYS)


def _before_court(tree: Tree, i: int) -> Report | None:
    """Captain was asleep, court told: a headline's way to say that somebody said it there."""
    if len(tree.words) - i > _COURT_MAX_WORDS:
        return None
    comma = i - 1
    while comma >= 0 and tree.words[comma].upos in ("NOUN", "PROPN", "DET", "ADJ"):
        comma -= 1
    if comma < 1 or i - comma > _COURT_MAX_WORDS or tree.words[comma].text not in _BREAKS:
        return None
    hears = tree.lower(i - 1) in load_words("hearers") or tree.lemma(i - 1) in load_words("hearers")
    if not hears or any(w.text != "." and w.upos != "PUNCT" for w in tree.words[i + 1 :]):
        return None
    content = frozenset(w for w in range(comma) if tree.words[w].upos != "PUNCT")
    quoted = {w for w in range(comma) if tree.words[w].upos == "PUNCT"}
    return Report(i, frozenset({i}), frozenset(), None, content | quoted, Stance.SAYS)


_COURT_MAX_WORDS = 4
_BREAKS = frozenset({",", "-", "–", "—"})


def _per(tree: Tree, i: int) -> Report | None:
    """…, per the harbour office: no rate, since "the", a name or somebody follows."""
    head = tree.words[i].head
    if head <= i or tree.words[head].upos not in NOMINAL or i + 1 >= len(tree.words):
        return None
    opens = i == 0 or tree.words[i - 1].upos == "PUNCT" or tree.lower(i - 1) == "as"
    word = tree.words[head]
    known = word.kind in ("person", "organization") or tree.lemma(head) in load_words(
        "source_nouns"
    )
    if not opens or not known or tree.words[i + 1].upos not in ("DET", "PROPN", "NOUN", "ADJ"):
        return None
    first = i - 1 if i and tree.lower(i - 1) == "as" else i
    phrase = tree.subtree(head) | set(range(first, i + 1))
    clause = _clause_around(tree, head)
    if clause is None:
        return None
    source = trimmed(tree.words, run_around({w for w in tree.subtree(head) if w > i}, head))
    content = frozenset(tree.subtree(clause)) - phrase
    cue = frozenset(range(first, i + 1))
    return Report(i, cue, frozenset(source), head, content, Stance.SAYS)


def _in_words_of(tree: Tree, i: int) -> Report | None:
    cases = [c for c in tree.with_relation(i, "case") if tree.lower(c) in ("in", "by")]
    if not cases:
        return None
    first = min(cases)
    if first > 0 and tree.words[first - 1].upos not in ("PUNCT", "CCONJ"):
        # "a sentence in an earlier version of this story": no aside.
        return None
    owners = tree.with_relation(i, "nmod:poss")
    owners += [
        p
        for p in tree.with_relation(i, "nmod")
        if p > i and any(tree.lower(c) == "of" for c in tree.with_relation(p, "case"))
    ]
    if len(owners) != 1:
        return None
    owner = owners[0]
    named = tree.subtree(owner, without=frozenset({"parataxis", "acl:relcl", "appos"}))
    source = trimmed(tree.words, run_around(named - set(tree.with_relation(owner, "case")), owner))
    phrase = set(range(min(cases), max(i, max(named)) + 1))
    clause = _clause_around(tree, i)
    around = tree.subtree(clause) if clause is not None else set(range(len(tree.words)))
    content = frozenset(around - phrase)
    if not content:
        return None
    cue = frozenset(phrase) - named if owner > i else frozenset({min(cases), i})
    return Report(i, cue, frozenset(source), owner, content, _WORDS[tree.lower(i)])


def _clause_around(tree: Tree, i: int) -> int | None:
    """The nearest finite clause that holds `i`, or the sentence."""
    last: int | None = None
    for above in tree.ancestors(i):
        last = above
        if tree.words[above].deprel in ("root", "parataxis") or (
            tree.words[above].deprel == "conj" and tree.with_relation(above, "nsubj", "nsubj:pass")
        ):
            return above
    return last


def _of_adverb(tree: Tree, i: int) -> Report | None:
    governor = tree.words[i].head
    if governor < 0:
        return None
    content = frozenset(tree.subtree(governor, without=frozenset({"parataxis"}))) - {i}
    return Report(i, frozenset({i}), frozenset(), None, content, _REPORTED[tree.lower(i)])
