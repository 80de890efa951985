"""Who says it before or after a colon: Lind: “…”; Police: three hurt; Bridge was unsafe: report."""

from collections.abc import Sequence

from consilience.lexicon import load_words
from consilience.read.cues import Report
from consilience.read.encoder import Word
from consilience.read.sources import noun_phrase, top_of
from consilience.read.syntax import NOMINAL, Tree
from consilience.records import Stance

_COLON_MAX_WORDS = 8
_DASHES = frozenset({"-", "–", "—", "―", "--"})
# A headline says it in at least so many words, as in "3 hurt: police".
_SAID_MIN_WORDS = 2


def find_colon(tree: Tree, i: int, quoted: Sequence[int]) -> Report | None:
    """The report that a colon, or a dash before the speaker, makes of a line."""
    if quoted[i] >= 0:
        return None
    if tree.words[i].text == ":":
        return _before(tree, i, quoted) or _after(tree, i, quoted)
    if tree.words[i].text not in _DASHES or i == 0 or tree.words[i - 1].end == tree.words[i].start:
        return None
    return _after(tree, i, quoted)


def _before(tree: Tree, i: int, quoted: Sequence[int]) -> Report | None:
    """Lind: the road is shut. What stands before the colon must be a speaker and little else."""
    first = i
    while first > 0 and i - first < _COLON_MAX_WORDS + 1 and not _cuts(tree.words[first - 1]):
        first -= 1
    before = range(first, i)
    words = [tree.words[w] for w in before]
    follows = next(
        (w for w in range(i + 1, len(tree.words)) if tree.words[w].upos != "PUNCT"), None
    )
    if not words or len(words) > _COLON_MAX_WORDS or follows is None:
        return None
    if any(
        w.upos in ("VERB", "AUX", "SCONJ", "NUM") or quoted[n] >= 0
        for n, w in zip(before, words, strict=True)
    ):
        return None
    source = list(before)
    if quoted[follows] >= 0:
        # Mayor on flood: “…”
        aside = next((w for w in before if tree.lower(w) in ("on", "to", "after")), i)
        source = list(range(first, aside)) or source
    elif first > 0:
        return None
    head = top_of(tree, [w for w in source if tree.words[w].upos in NOMINAL] or source)
    named = any(tree.words[w].name in ("B-PER", "B-ORG") for w in source)
    if not named and not _is_speaker(tree, head):
        return None
    content = frozenset(range(i + 1, len(tree.words)))
    tells = any(
        "VerbForm=Fin" in tree.words[w].feats or tree.words[w].upos == "VERB" for w in content
    )
    if quoted[follows] < 0 and not tells and (named or not _is_headline(tree, content)):
        return None
    return Report(i, frozenset({i}), frozenset(source), head, content, Stance.SAYS)


def _after(tree: Tree, i: int, quoted: Sequence[int]) -> Report | None:
    """Three hurt in crash: police; “We were lied to” – mayor: headlines, which end in no stop."""
    last = len(tree.words) - 1
    if last - i > 2 * _COLON_MAX_WORDS:
        return None
    after = [w for w in range(i + 1, last + 1) if tree.words[w].upos != "PUNCT"]
    if not after or len(after) > _COLON_MAX_WORDS or tree.words[last].text in ".!?" or i < 2:
        return None
    if any(tree.words[w].upos in ("VERB", "AUX", "SCONJ", "NUM") or quoted[w] >= 0 for w in after):
        return None
    aside = next((n for n, w in enumerate(after) if tree.lower(w) in ("on", "to", "after")), None)
    source = after[:aside]
    if not source:
        return None
    head = top_of(tree, [w for w in source if tree.words[w].upos in NOMINAL] or source)
    before = range(i)
    said = frozenset(w for w in before if tree.words[w].upos != "PUNCT")
    is_quoted = sum(quoted[w] >= 0 for w in said) * 2 > len(said)
    organization = tree.words[i].text == ":" and tree.words[source[0]].name == "B-ORG"
    person = is_quoted and tree.words[source[0]].name == "B-PER"
    if not (organization or person or _is_speaker(tree, head)):
        return None
    if not is_quoted and not _is_headline(tree, frozenset(before)):
        return None
    return Report(i, frozenset({i}), frozenset(source), head, frozenset(before), Stance.SAYS)


def _is_speaker(tree: Tree, i: int) -> bool:
    nouns = load_words("source_nouns")
    return tree.lower(i) in nouns or tree.lemma(i) in nouns


def _is_headline(tree: Tree, numbers: frozenset[int]) -> bool:
    """Whether the words tell something: no name, no list of names, no number to call."""
    words = [tree.words[w] for w in sorted(numbers) if tree.words[w].upos != "PUNCT"]
    if len(words) < _SAID_MIN_WORDS or any(w.text in ".;" for w in tree.words):
        return False
    telling = [w for w in words if w.upos in ("VERB", "ADJ", "AUX")]
    named = sum(w.upos == "PROPN" for w in words)
    return bool(telling) and named < len(words) - 1


def _cuts(word: Word) -> bool:
    return word.text in ("-", "–", "—", "~", "|", "*", ";", ".", "?", "!", ":", "”", '"') or (
        word.text.startswith("-") and len(word.text) > 1 and not word.text[1].isalnum()
    )


def after_dash(tree: Tree, i: int, quoted: Sequence[int]) -> Report | None:
    """Who signs a quotation: a name or an office behind the dash that is word `i`."""
    end = next(
        (w for w in range(i + 1, len(tree.words)) if quoted[w] >= 0 or _cuts(tree.words[w])),
        len(tree.words),
    )
    after = [w for w in range(i + 1, end) if tree.words[w].upos != "PUNCT"]
    if tree.words[i].text not in _DASHES or not 0 < len(after) <= _COLON_MAX_WORDS:
        return None
    if any(tree.words[w].upos in ("VERB", "AUX", "SCONJ", "PRON") for w in after):
        return None
    name = tree.words[after[0]]
    if name.upos != "PROPN" and not _is_speaker(tree, top_of(tree, after)):
        return None
    head = top_of(tree, after)
    return Report(
        i, frozenset({i}), frozenset(range(after[0], end)), head, frozenset(), Stance.SAYS
    )


def before_colon(tree: Tree, colon: int, quoted: Sequence[int]) -> Report | None:
    """Who speaks after a colon without a verb of speech: the name before it, or the subject."""
    near = colon - 1
    while near >= 0 and tree.words[near].upos not in NOMINAL and colon - near < 3:
        near -= 1
    if near >= 0 and tree.words[near].name.endswith("PER") and quoted[near] < 0:
        first = near
        while first > 0 and tree.words[first].name == "I-PER":
            first -= 1
        head = top_of(tree, list(range(first, near + 1)))
        return Report(
            colon, frozenset({colon}), noun_phrase(tree, head), head, frozenset(), Stance.SAYS
        )
    for i in range(colon - 1, -1, -1):
        if tree.words[i].upos != "VERB" or quoted[i] >= 0:
            continue
        for subject in tree.with_relation(i, "nsubj", "nsubj:pass"):
            word = tree.words[subject]
            if word.name.endswith("PER") or word.text.lower() in ("he", "she"):
                source = noun_phrase(tree, subject)
                return Report(colon, frozenset({colon}), source, subject, frozenset(), Stance.SAYS)
    return None
