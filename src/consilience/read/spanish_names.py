"""Names in Spanish sentences, which the encoder was not trained on: by capitals and given names."""

import unicodedata
from collections.abc import Iterator, Sequence

from consilience.lexicon import load_table
from consilience.read.encoder import Word
from consilience.records import Kind

_KIND_OF_NAME = {"PER": Kind.PERSON, "ORG": Kind.ORGANIZATION, "LOC": Kind.PLACE}
_OPENING, _CLOSING = "\"'“‘«", "\"'”’»"
# Articles and question words that open a sentence with a capital and name nobody.
_OPENERS = frozenset(
    """
    el la los las un una unos unas en de del al a por para con sin según tras desde hasta entre
    sobre ante no nadie nada todo todos esta este estos estas ese esa eso lo se su sus que qué
    quién cuando donde como pero y o e ni si ya así hoy ayer mañana más muy también
    """.split()
)
_INSIDE = frozenset({"de", "del", "la", "las", "los"})


def spanish_name_spans(words: Sequence[Word]) -> Iterator[tuple[int, int, Kind]]:
    """Word ranges of the names: what starts with a given name names a person."""
    i = 0
    while i < len(words):
        end = _name_end(words, i)
        if end == i:
            i += 1
            continue
        kind = _kind(words, i, end)
        if kind is not None:
            yield i, end, kind
        i = end


def _name_end(words: Sequence[Word], first: int) -> int:
    """The end of the name that begins at a word, nicknames in marks taken in; itself if none."""
    if not _is_capital(words[first]) or words[first].text.lower() in _OPENERS:
        return first
    end = first + 1
    while end < len(words):
        reach = _small_words_end(words, end)
        if reach < len(words) and _is_capital(words[reach]):
            end = reach + 1
        elif (closed := _nickname_end(words, end)) > end:
            end = closed
        else:
            break
    return end


def _small_words_end(words: Sequence[Word], at: int) -> int:
    end = at
    while end < min(len(words), at + 2) and words[end].text in _INSIDE:
        end += 1
    return end


def _nickname_end(words: Sequence[Word], at: int) -> int:
    if words[at].text not in _OPENING:
        return at
    end = at + 1
    while end < min(len(words), at + 5) and _is_capital(words[end]):
        end += 1
    is_closed = at + 1 < end < len(words) and words[end].text in _CLOSING
    return end + 1 if is_closed else at


def _is_capital(word: Word) -> bool:
    return word.text[0].isupper() and word.text[-1].isalnum()


def _kind(words: Sequence[Word], first: int, end: int) -> Kind | None:
    """Person, or what the encoder takes the words for, or the place of something; None: no name."""
    if end > first + 1 and _folded(words[first].text) in load_table("given_names"):
        return Kind.PERSON
    tags = {w.name[2:] for w in words[first:end] if w.name != "O"}
    if len(tags) == 1:
        return _KIND_OF_NAME[tags.pop()]
    return Kind.PLACE if _is_where(words, first) else None


def _is_where(words: Sequence[Word], first: int) -> bool:
    """Whether a name stands after “en”, or after a happening and “de”: “la inundación de”."""
    before = [w.text.lower() for w in words[max(0, first - 2) : first]]
    is_scene = len(before) == 2 and before[0] in load_table("spanish_events")
    return before[-1:] == ["en"] or (is_scene and before[1] == "de")


def _folded(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))
