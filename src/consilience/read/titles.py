"""Offices that stand beside a name: before it, or in apposition after it."""

from collections.abc import Sequence

from consilience.lexicon import load_words
from consilience.read.encoder import Word

_TITLE_WORD = frozenset({"NOUN", "PROPN", "ADJ"})
# The "Mining" of a minister is taken for a verb at times, yet describes.
_DESCRIBING = frozenset({"compound", "amod", "nmod:desc"})
_MAX_TITLE_WORDS = 7
_MAX_APPOSITION_WORDS = 14
_SMALL = frozenset({"of", "for", "and", "the", "-"})
_JOINING = _SMALL | {"'s", "’s"}
# What may stand right after an apposition.
_CLOSING = frozenset({",", ".", ";", ":", ")", "”", '"', "-", "—", "–"})
_GOING_ON = frozenset({"PRON", "VERB", "AUX", "SCONJ", "DET"})
_INTRODUCING = frozenset({"the", "'s", "’s", "a", "its", "their", "his", "her"})
_PREFIXES = frozenset({"vice", "ex", "co", "deputy", "former", "then"})
_OFFICE_ADJECTIVES = frozenset(
    {
        "prime", "foreign", "public", "federal", "national", "regional", "local", "general",
        "chief", "deputy", "former", "acting", "interim", "vice", "senior", "junior", "assistant",
        "financial", "medical", "military", "political", "provincial", "municipal", "interior",
        "executive", "managing", "special", "retired", "presidential", "judicial", "legal",
    }
)  # fmt: skip


def find_title(words: Sequence[Word], first: int, last: int) -> tuple[int, int] | None:
    """The word range of the office given to the name at words `first` to `last`."""
    return _title_before(words, first) or _title_after(words, last)


def _title_before(words: Sequence[Word], first: int) -> tuple[int, int] | None:
    """The word range of an office that stands right before a name, a comma allowed."""
    end = first - 1 if first > 0 and words[first - 1].text == "," else first
    offices = load_words("offices")
    begin = _phrase_begin(words, end)
    core = [i for i in range(begin, end) if _is_office(words[i], offices)]
    if not core or "Number=Plur" in words[core[-1]].feats or words[end - 1].text in _SMALL:
        return None
    begin = _office_begin(words, begin, core)
    core = [i for i in core if i >= begin]
    if not core:
        return None
    ends_in_office = core[-1] == end - 1 or words[core[-1] + 1].text.lower() in ("of", "for")
    if not ends_in_office:
        return None
    introduced = begin > 0 and words[begin - 1].text.lower() in _INTRODUCING
    if end < first and not introduced:
        return None
    return begin, end


def _phrase_begin(words: Sequence[Word], end: int) -> int:
    """The first word of the run of nouns, adjectives and small words that ends at `end`."""
    begin = end
    while begin > max(0, end - _MAX_TITLE_WORDS) and (
        words[begin - 1].upos in _TITLE_WORD
        or words[begin - 1].deprel in _DESCRIBING
        or words[begin - 1].text.lower() in _SMALL
    ):
        begin -= 1
    return begin


def _office_begin(words: Sequence[Word], begin: int, core: Sequence[int]) -> int:
    """Leave out what stands before the office: “son of boss X”, “A and Secretary X”."""
    for i in range(core[-1] - 1, begin - 1, -1):
        word = words[i].text.lower()
        if word in ("of", "for", "and", "the") and not any(c < i for c in core):
            begin = i + 1
            break
    hyphens = [i for i in range(begin, core[0]) if words[i].text == "-"]
    if hyphens and words[hyphens[0] - 1].text.lower() not in _PREFIXES:
        begin = hyphens[-1] + 2
    while begin < core[0] and words[begin].text.lower() in _SMALL:
        begin += 1
    while begin < core[0] and _is_comment(words[begin]):
        begin += 1
    return begin


def _is_comment(word: Word) -> bool:
    """Whether an adjective says what the writer thinks, not which office it is."""
    return word.upos == "ADJ" and word.text.islower() and word.text not in _OFFICE_ADJECTIVES


def _title_after(words: Sequence[Word], last: int) -> tuple[int, int] | None:
    """The word range of an office in apposition after a name: “, the mayor of Arlow,”."""
    if last + 1 >= len(words) or words[last].text != ",":
        return None
    begin = last + 1
    if words[begin].upos == "DET":
        begin += 1
    core, end = _apposition(words, begin)
    if core is None or any(w.text.lower() in ("of", "for") for w in words[begin:core]):
        # "The brother of the mayor" holds no office.
        return None
    closes = end == len(words) or words[end].text in _CLOSING or words[end].upos in _GOING_ON
    if not closes:
        end = core + 1
    while words[end - 1].text.lower() in _JOINING | {"in"}:
        end -= 1
    while begin < core and _is_comment(words[begin]):
        begin += 1
    return begin, end


def _apposition(words: Sequence[Word], begin: int) -> tuple[int | None, int]:
    """The word of an office in the noun phrase that begins at `begin`, and the phrase's end."""
    offices = load_words("offices")
    core: int | None = None
    end = begin
    while end < min(len(words), begin + _MAX_APPOSITION_WORDS):
        word = words[end]
        if core is None and _is_office(word, offices) and _heads_phrase(words, end):
            core = end
        joins = word.text.lower() in _JOINING or (core is not None and word.text.lower() == "in")
        if word.upos not in _TITLE_WORD and not joins:
            break
        end += 1
    return core, end


def _heads_phrase(words: Sequence[Word], i: int) -> bool:
    """Whether no noun follows that the word belongs to: “mayor candidate”, “the mayor's son”."""
    if i + 1 >= len(words):
        return True
    return words[i + 1].upos not in ("NOUN", "PROPN") and words[i + 1].text not in ("'s", "’s")


def _is_office(word: Word, offices: frozenset[str]) -> bool:
    return word.upos in ("NOUN", "PROPN") and (
        word.text.lower() in offices or word.lemma.lower() in offices
    )
