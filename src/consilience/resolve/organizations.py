"""Names of organisations and places, reduced to what is compared."""

import re
from functools import cache

from consilience.lexicon import load_table, load_words
from consilience.resolve.chains import fold
from consilience.resolve.spelling import skeleton

_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*\.?")
# Left out of initials and of what is compared.
_FUNCTION_WORDS = frozenset({"a", "an", "and", "at", "e", "for", "in", "of", "on", "the", "to"})
# Left out of initials and of what is compared.
_SMALL = _FUNCTION_WORDS | load_words("name_particles")
_DETERMINER = re.compile(r"^(?:the|el|la|los|las|le|les|der|die|das) (?=\S)")
_POSSESSIVE = re.compile(r"['’]s?$")
# A small letter says that the word is not part of the name: the Islamic State group.
_SORT_ADDED = re.compile(
    r"(?<=\w) (?:group|organi[sz]ation|network|agency|service|party|company|airline|newspaper)$"
)
_ARABIC_ARTICLE = re.compile(r"^(?:al|el|ad|as|ash|an|ar|at)[- ](?=\w)")
_ARABIC_LETTERS = re.compile(r"q|[dgk]h")
_ELIDED = re.compile(r"^(?:dell|nell|all|[ld])['’](?=\w)")
_MINISTERIUM = "ministerium"
_PLACE_HEAD = re.compile(
    r"^(?:[^\s,]+ )?(?P<type>state|province|city|town|village|republic|kingdom|county|district"
    r"|region|department|municipality|governorate|commonwealth|island) of (?P<name>.+)$"
)
_PLACE_TAIL = re.compile(
    r"^(?P<name>.+) (?P<type>state|province|county|district|region|governorate|oblast|prefecture)$"
)
_TYPE_IN_NAME = frozenset({"district", "region", "island", "republic", "kingdom", "commonwealth"})


@cache
def _countries() -> dict[str, str]:
    """Every folded word for a country or its people, to the country's name."""
    demonyms = load_table("demonyms")
    own = {country: country for country in demonyms.values()}
    return own | demonyms | load_table("place_aliases")


def organization_key(form: str) -> tuple[str, str | None]:
    """The name without article, legal form and country, and the country.

    "X of Y" and "Y X" have one key, and so have known short names and the English and the
    Spanish, French, Portuguese or German name word by word.

    >>> organization_key("the Norwegian Ministry of Justice")
    ('justice ministry', 'norway')
    >>> organization_key("UN") == organization_key("the United Nations")
    True
    """
    text = _DETERMINER.sub("", fold(_SORT_ADDED.sub("", form).replace("’", "'")))
    # "who" and "us" are words until they are written large.
    aliases = {} if form.islower() else load_table("organization_aliases")
    text = aliases.get(text.replace(".", ""), text)
    words = [_spelt(w) for w in _WORD.findall(text)]
    country, words = _take_country(words)
    forms = load_words("organization_forms")
    while len(words) > 1 and words[-1].replace(".", "") in forms:
        words = words[:-1]
    core = " ".join(words)
    core = aliases.get(core.replace(".", ""), core)
    plain = [in_english(_POSSESSIVE.sub("", w)) for w in core.split() if w not in _SMALL]
    bag = " ".join(sorted(" ".join(plain).split()))
    return _synonyms().get(bag, bag) or core, country


def in_english(word: str) -> str:
    """The folded word of an organisation's name as English has it, itself where we know none.

    >>> in_english("salud"), in_english("verteidigungsministerium"), in_english("harlow")
    ('health', 'defense ministry', 'harlow')
    """
    word = _ELIDED.sub("", word)
    table = load_table("organization_words_abroad")
    if word.endswith(_MINISTERIUM) and word not in table:
        of = word.removesuffix(_MINISTERIUM)
        of = table.get(of) or table.get(of.removesuffix("s"), of)
        return f"{of} ministry"
    return table.get(word, word)


@cache
def _synonyms() -> dict[str, str]:
    table = load_table("organization_synonyms")
    return {" ".join(sorted(k.split())): " ".join(sorted(v.split())) for k, v in table.items()}


def _spelt(word: str) -> str:
    plain = word.rstrip(".") if word.count(".") == 1 else word
    return load_table("spellings").get(plain, plain)


def _take_country(words: list[str]) -> tuple[str | None, list[str]]:
    countries = _countries()
    for n in (3, 2, 1):
        if len(words) > n:
            first = _POSSESSIVE.sub("", " ".join(words[:n])).strip()
            if first in countries:
                return countries[first], words[n:]
            last = " ".join(words[-n:])
            if last in countries and len(words) > n + 1 and words[-n - 1] in ("of", "de", "in"):
                return countries[last], words[: -n - 1]
    return None, words


def is_country(name: str) -> bool:
    return name in _countries()


def acronym(form: str) -> str | None:
    """The initials of the larger words of a name of several words, in small letters."""
    words = [w for w in _WORD.findall(_DETERMINER.sub("", fold(form))) if w not in _SMALL]
    return "".join(w[0] for w in words) if len(words) >= 2 else None


def is_acronym(form: str) -> bool:
    letters = form.replace(".", "")
    return " " not in form and 2 <= len(letters) <= 7 and letters.isupper() and letters.isalpha()


def place_skeleton(name: str) -> tuple[str, bool]:
    """What is left of a name however it is put in Latin letters, and whether it looks Arabic.

    >>> place_skeleton("al-hudayrah") == place_skeleton("el-hudaira"), place_skeleton("arlow")
    (True, ('arluv', False))
    """
    bare = _ARABIC_ARTICLE.sub("", name)
    is_arabic = bare != name or _ARABIC_LETTERS.search(name) is not None
    return skeleton(bare.removesuffix("h")), is_arabic


def place_key(form: str) -> tuple[str, str | None]:
    """The name of a place to compare by, and what sort of place the words call it.

    >>> place_key("the city of St. Ives"), place_key("Sonora state")
    (('saint ives', 'city'), ('sonora', 'state'))
    """
    text = _DETERMINER.sub("", fold(form.replace("’", "'")))
    aliases = {} if form.islower() else load_table("place_aliases")
    text = aliases.get(text, text)
    sort: str | None = None
    head = _PLACE_HEAD.match(text) or _PLACE_TAIL.match(text)
    if head and head["type"] not in _TYPE_IN_NAME:
        text, sort = head["name"], head["type"]
    elif "," in text and "" not in text.split(","):
        text = text.split(",", 1)[0].strip()
    text = _POSSESSIVE.sub("", text)
    words = [_spelt(w) for w in text.replace("-", " ").split()]
    if len(words) > 1 and words[-1] == "saint":
        words[-1] = "street"
    text = " ".join(words)
    return aliases.get(text, text), sort
