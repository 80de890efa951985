"""Lemmas as small edits of the word, so that a classifier can choose among them."""

from collections.abc import Callable

# Tried in this order when a rule is made: the first that works is the rule's.
CASES: dict[str, Callable[[str], str]] = {
    "lower": str.lower,
    "keep": str,
    "title": lambda word: word[:1].upper() + word[1:].lower(),
    "upper": str.upper,
}


def lemma_rule(word: str, lemma: str) -> str:
    """The edit that turns `word` into `lemma`: "case|ending taken off|ending put on".

    >>> lemma_rule("Studies", "study"), lemma_rule("Anna", "Anna")
    ('lower|ies|y', 'keep||')
    """
    for case, change in CASES.items():
        cased = change(word)
        shared = _shared_prefix(cased, lemma)
        # Half a word in common: otherwise the case rule is wrong, not the ending.
        if 2 * shared >= len(lemma):
            return f"{case}|{cased[shared:]}|{lemma[shared:]}"
    return f"lower|{word.lower()}|{lemma}"


def find_lemma(word: str, rule: str) -> str | None:
    """What `rule` makes of `word`; None where the word has not the ending it takes off.

    >>> find_lemma("Parties", "lower|ies|y"), find_lemma("Party", "lower|ies|y")
    ('party', None)
    """
    case, off, on = rule.split("|", 2)
    cased = CASES[case](word)
    if not cased.endswith(off):
        return None
    return (cased[: len(cased) - len(off)] + on) or None


def _shared_prefix(a: str, b: str) -> int:
    n = 0
    while n < min(len(a), len(b)) and a[n] == b[n]:
        n += 1
    return n
