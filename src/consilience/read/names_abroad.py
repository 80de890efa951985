"""Names in languages the encoder was not trained on: by capitals and given names."""

import unicodedata
from collections.abc import Iterator, Sequence

from consilience.lexicon import load_table
from consilience.read.encoder import Word
from consilience.records import Kind

_KIND_OF_NAME = {"PER": Kind.PERSON, "ORG": Kind.ORGANIZATION, "LOC": Kind.PLACE}
_OPENING, _CLOSING = "\"'“‘«„", "\"'”’»“"
# Articles, small words and question words that open a sentence with a capital and name nobody.
_OPENERS = {
    "es": """
        el la los las un una unos unas en de del al a por para con sin según tras desde hasta entre
        sobre ante no nadie nada todo todos esta este estos estas ese esa eso lo se su sus que qué
        quién cuando donde como pero y o e ni si ya así hoy ayer mañana más muy también
    """,
    "fr": """
        le la les l un une des du de d au aux en dans par pour avec sans selon après avant sur sous
        entre chez ce cet cette ces il elle ils elles on nous je vous qui que qu quand où comme mais
        et ou ni si hier aujourd'hui son sa ses leur leurs tous tout plus très ne pas
    """,
    "pt": """
        o a os as um uma uns umas em de do da dos das ao à aos às por para com sem segundo após
        desde até entre sobre no na nos nas não ninguém nada todo todos este esta esse essa isso se
        seu sua que quem quando onde como mas e ou nem já assim hoje ontem mais muito também
    """,
    "it": """
        il lo la i gli le l un uno una di del della dei delle a al alla in nel nella da dal per con
        senza secondo dopo prima su sul tra fra questo questa quello quella si suo sua che chi
        quando dove come ma e o né se già così oggi ieri più molto anche non nessuno
    """,
    "de": """
        der die das den dem des ein eine einer einem einen in im an am auf aus bei mit nach seit von
        vom zu zum zur durch für gegen ohne um laut wie als wenn weil dass aber und oder nicht kein
        keine er sie es wir ihr ich sein seine ihre heute gestern auch noch schon nur
    """,
}
_OPENERS_OF = {code: frozenset(words.split()) for code, words in _OPENERS.items()}
_INSIDE = frozenset({"de", "del", "la", "las", "los", "do", "da", "dos", "das", "du", "di", "von"})
_WHERE = {
    "es": frozenset({"en"}),
    "fr": frozenset({"à", "en", "de"}),
    "pt": frozenset({"em", "no", "na", "de"}),
    "it": frozenset({"a", "di", "in"}),
    "de": frozenset({"in", "aus", "bei", "vor", "von", "nach"}),
}


def name_spans_abroad(words: Sequence[Word], language: str) -> Iterator[tuple[int, int, Kind]]:
    """Word ranges of the names: what starts with a given name names a person.

    German writes every noun with a capital: there a name begins with a given name, or is one word
    after a small word of place that the encoder takes for a place.
    """
    openers = _OPENERS_OF.get(language, frozenset())
    i = 0
    while i < len(words):
        end = _name_end(words, i, openers)
        if end == i:
            i += 1
            continue
        if language == "de":
            i, end, kind = _german(words, i, end)
        else:
            kind = _kind(words, i, end, language)
        if kind is not None:
            yield i, end, kind
        i = end


def _german(words: Sequence[Word], first: int, end: int) -> tuple[int, int, Kind | None]:
    """The name inside a run of capitals, since an office may stand before it."""
    names = load_table("given_names")
    for i in range(first, end - 1):
        if _folded(words[i].text) in names:
            return i, end, Kind.PERSON
    is_place = words[end - 1].name.endswith("LOC") and _is_where(words, first, "de")
    return first, end, Kind.PLACE if is_place and end == first + 1 else None


def _name_end(words: Sequence[Word], first: int, openers: frozenset[str]) -> int:
    """The end of the name that begins at a word, nicknames in marks taken in; itself if none."""
    opens = first == 0 or not words[first - 1].text[-1].isalnum()
    if not _is_capital(words[first]) or (opens and words[first].text.lower() in openers):
        return first
    end = first + 1
    while end < len(words):
        reach = _small_words_end(words, end)
        if reach < len(words) and _is_capital(words[reach]):
            end = reach + 1
        elif end + 1 < len(words) and _is_hyphened(words, end):
            end += 2
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


def _is_hyphened(words: Sequence[Word], at: int) -> bool:
    """Whether a hyphen joins the word before to a capital after: Port-Arlet."""
    hyphen, after = words[at], words[at + 1]
    is_glued = words[at - 1].end == hyphen.start and hyphen.end == after.start
    return hyphen.text in "-‐‑" and is_glued and _is_capital(after)


def _is_capital(word: Word) -> bool:
    return word.text[0].isupper() and word.text[-1].isalnum()


def _kind(words: Sequence[Word], first: int, end: int, language: str) -> Kind | None:
    """Person, or what the encoder takes the words for, or the place of something; None: no name."""
    if end > first + 1 and _folded(words[first].text) in load_table("given_names"):
        return Kind.PERSON
    if language not in _OPENERS_OF or language == "es":
        tags = {w.name[2:] for w in words[first:end] if w.name != "O"}
        if len(tags) == 1:
            return _KIND_OF_NAME[tags.pop()]
    if _is_where(words, first, language):
        return Kind.PLACE
    is_inside = first > 0 and (words[first - 1].text[0].islower() or words[first - 1].text == ",")
    return Kind.PERSON if language != "es" and is_inside and end > first + 1 else None


def _is_where(words: Sequence[Word], first: int, language: str) -> bool:
    """Whether a name stands after “en”, or after a happening and “de”: “la inundación de”."""
    before = [w.text.lower() for w in words[max(0, first - 2) : first]]
    is_scene = len(before) == 2 and before[0] in load_table("spanish_events")
    where = _WHERE.get(language, frozenset())
    return (before[-1:] != [] and before[-1] in where) or (is_scene and before[1] == "de")


def _folded(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))
