"""Upper-case text in ordinary case, as far as counting the forms of words in other texts tells."""

import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

from consilience.lexicon import load_words

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "er", "ers", "al", "ist", "ists", "ment", "tion")
# No name ends so, but for a few.
_PLAIN_ENDING = re.compile(r"..(?:ing|ed|ly|tions?|ments?|ness|able|ible|ous|ism)$")
_SENTENCE_END = re.compile(r"(?:^|[.!?:][\"')\]]*\s+|\]\s+|\n\s*\n\s*)[\"'(]*$")


def counted_forms(folder: Path) -> dict[str, str]:
    """The commonest form of each word of UD English-EWT and GUM, but at the head of a sentence."""
    forms: Mapping[str, Counter[str]] = defaultdict(Counter)
    for path in sorted([*folder.glob("ud_ewt/train.conllu.gz"), *folder.glob("gum/dep.conllu.gz")]):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                cells = line.split("\t")
                if len(cells) == 10 and cells[0].isdigit() and cells[0] != "1":
                    forms[cells[1].lower()][cells[1]] += 1
    return {word: min(found, key=lambda f: (-found[f], f)) for word, found in forms.items()}


def truecased(text: str, forms: Mapping[str, str]) -> str:
    """The text with names capitalised and all else small.

    Unknown words are taken for names, without vowels for abbreviations; an office before a name is
    capitalised with it.
    """
    found = list(_WORD.finditer(text))
    cased = [_cased(m[0], forms) for m in found]
    offices = load_words("offices")
    for i in range(len(found) - 2, -1, -1):
        gap = text[found[i].end() : found[i + 1].start()]
        if gap in (" ", "\n", ". ") and cased[i + 1][:1].isupper() and cased[i] in offices:
            cased[i] = cased[i].capitalize()
    out, end = [], 0
    for m, word in zip(found, cased, strict=True):
        out.append(text[end : m.start()])
        at_head = _SENTENCE_END.search(text[max(0, m.start() - 12) : m.start()])
        out.append(word[:1].upper() + word[1:] if at_head or m.start() == 0 else word)
        end = m.end()
    return "".join((*out, text[end:]))


def _cased(word: str, forms: Mapping[str, str]) -> str:
    low = word.lower()
    if low in forms:
        return forms[low]
    stem, _, clitic = low.partition("'")
    if clitic and stem in forms:
        return f"{forms[stem]}'{clitic}"
    if any(
        forms.get(f"{low.removesuffix(e)}{more}", "X").islower()
        for e in _ENDINGS
        if low.endswith(e) and len(low) > len(e) + 2
        for more in ("", "e", "s")
    ):
        return low
    if _PLAIN_ENDING.search(low):
        return low
    if not re.search("[aeiouy]", low):
        return word
    return word.capitalize() if "'" not in word else f"{stem.capitalize()}'{clitic}"
