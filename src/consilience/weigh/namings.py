"""Where a page names an outlet as the one that has it: told to it, reported by it, signed by it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from consilience.lexicon import load_table
from consilience.outlets import CALL_SIGN, PRESS_WORDS, is_outlet, known_outlet, outlet_name
from consilience.records import Document, EmbeddedKind, Kind, PartKind, Passage, Reading
from consilience.wording import fold

_WORD = r"[^\W_a-z][\w&-]*(?:\.[\w-]+)*(?:['’](?!s\b)\w+)*"
_RUN = re.compile(
    rf"https?://[^\s\"'<>)\]]{{4,300}}"
    rf"|\b[a-z0-9-]{{2,40}}(?:\.[a-z0-9-]{{2,40}}){{0,2}}\.(?:com|org|net|info|news|tv|co\.[a-z]{{2}}|[a-z]{{2}})\b"
    rf"|\b(?:the |The )?{_WORD}(?: (?:(?:of|de|del|la|di) )?{_WORD}){{0,6}}"
)
_TOKEN = re.compile(r"\S+")
# A station by its network and the number it sends on.
_STATION = re.compile(
    r"(?:\d{1,2} )?(?:(?:Action|Eyewitness|Region \d{1,2}) )?News(?: Now)?"
    r"|(?:ABC|CBS|NBC|FOX|Fox|CW|PIX|KOIN|News|NewsChannel|Channel|Local|Eyewitness)[ -]?\d{1,2}"
    r"(?: (?:News|Eyewitness News|Action News))?"
)
_BEFORE_CHARS, _AFTER_CHARS = 90, 60
# Where a page's own dateline or byline may stand; further down it is another report's.
_HEAD_CHARS, _FOOT_CHARS = 600, 400

# What may stand between the words and the name: "told the Slovak newspaper".
_SORT = (
    r"(?:(?:[\w'’-]{1,20}\s+){0,4}(?:affiliate|broadcaster|channel|daily|magazine|network|newspaper"
    r"|agency|outlet|paper|partner|station|tabloid|website|weekly|wire)\s+)?"
)
# What stands before the name where a sentence is laid at the outlet's door, in the languages that
# quotations are read in.
_TOLD = re.compile(
    r"\b(?:(?:told|tells|telling|informed|speaking\s+(?:to|with)|spoke\s+(?:to|with)"
    r"|statements?\s+to|interviews?\s+(?:with|to|on)|emails?\s+to|confirmed\s+to)\s+"
    + _SORT
    + r"|(?:dijo|declar[oó]|explic[oó]|confirm[oó])\s+a(?:l)?\s+"
    r"|a\s+(?:déclaré|dit|confié)\s+(?:à|au)\s+|sagte\s+(?:der|dem)\s+)$",
    re.IGNORECASE,
)
_REPORTED_BEFORE = re.compile(
    r"\b(?:(?:according\s+to|as\s+per|(?:reported|quoted|cited|published|carried|broadcast"
    r"|obtained|seen|reviewed|aired|shown)\s+(?:by|in|on)"
    r"|(?:reports?|articles?|stor(?:y|ies)|accounts?|investigation)\s+(?:in|by|from|of)"
    r"|citing|quoting)\s+(?:an?\s+(?:reports?|article|story|account)\s+(?:in|by|from|of)\s+)?"
    + _SORT
    + r"|(?:según|informó|reportó|publicó|de\s+acuerdo\s+con|selon|d['’]après|rapporte|laut"
    r"|berichtet[e]?|meldet[e]?|segundo|secondo)\s+)$",
    re.IGNORECASE,
)
_REPORTED_AFTER = re.compile(
    r"(?:['’]s?\s[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){0,2})?"
    r"(?:\s(?:news|newspaper|agency|website|magazine|television|radio|TV)){0,2}"
    r"(?:\s(?:has|had|also|later|first|earlier|previously|then)){0,2}"
    r"\s(?:(?:reports?|reported|reporting|wrote|writes|revealed|quot(?:es|ed)|cit(?:es|ed)"
    r"|informó|reportó|publicó|rapporte|berichtet)\b)",
    re.IGNORECASE,
)
_SAID_AFTER = re.compile(
    r"\s(?:says?|said)\b(?!\s+(?:in\s+a\s+statement|it|its|he|she|they|the\s+company)\b)"
)
_TALLY_AFTER = re.compile(r"\s(?:reports?|tally|count|analysis|investigation)\b(?!\s*(?:er|ing))")
_AN = re.compile(r"\b(?:an?|per)\s+$", re.IGNORECASE)
# What lays the whole page at its door.
_SOURCES_BEFORE = re.compile(
    r"(?:^|\n)[ \t]*(?:(?:sources?|agency|agencies|fuentes?|quelle)\s*:|via\b|h/t\b:?"
    r"|hat\s+tip\b:?(?:\s+to\b)?)\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_CREDIT_BEFORE = re.compile(
    r"\b(?:originally|first)\s+(?:posted|published|appeared|reported|ran)"
    r"\s+(?:at|on|in|by|with)\s+(?:the\s+)?$"
    r"|\b(?:reprinted|republished|reproduced|syndicated)\s+(?:from|courtesy\s+of|with\s+permission"
    r"\s+(?:of|from))\s+(?:the\s+)?$"
    r"|\bauthored\s+by\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_BYLINE_BEFORE = re.compile(r"(?:^|\n)[ \t]*(?:by|from)\s+(?:the\s+)?$", re.IGNORECASE)
_DATELINE_BEFORE = re.compile(r"(?:^|\n)[^\n()]{0,80}\((?:the\s+)?$", re.IGNORECASE)
_DATELINE_AFTER = re.compile(r"(?:/[^()\n]{1,30})?\)\s*[-–—:]")
_SIGNED_BEFORE = re.compile(
    r"(?:^|[\n.!?\"”’)])[ \t]*(?:[-–—]{1,2}[ \t]*|\()(?:the\s+)?$"
    r"|(?:©|\bcopyright)\s*(?:\d{4})?\s*(?:by\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_LINE_ENDS = re.compile(r"\)?\.?[ \t]*(?:\n|$)|\.?\s+all\s+rights\s+reserved", re.IGNORECASE)
_MATERIAL_BEFORE = re.compile(
    r"\b(?:with|including|contains|additional|some)\s+(?:\w+\s+){0,2}"
    r"(?:material|files?|reporting|reports?|information|inputs?|copy)\s+(?:from|by|of)\s+"
    r"(?:[^\n.]{0,60}(?:,|\band)\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_MATERIAL_AFTER = re.compile(r"\s(?:also\s)?contributed\s+to\s+this\b", re.IGNORECASE)
# A shorter name of one outlet within a longer one proves nothing ("ap" in "japantimes").
_ALIKE_MIN_CHARS = 4
# The name is but part of another's: "Vale Dispatch officials", "the county Examiner's office".
_ANOTHERS = re.compile(
    r"(?:['’]s)?\s(?:affiliate|archives?|building|department|dispatchers?|employees?|executives?|headquarters"
    r"|office|officers?|officials?|police|spokes\w+|staff|station|workers?)\b",
    re.IGNORECASE,
)
_SITE = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|info|news|tv|co\.[a-z]{2})", re.IGNORECASE)
_COPYRIGHT = re.compile(r"\d{4}|copyright", re.IGNORECASE)
# They make pictures, not reports; the last is mostly the police of a town.
_NO_REPORTERS = frozenset(("Getty Images", "Shutterstock", "EPA", "Metro"))
_FIRST_WORDS = frozenset(
    ["Agence", "Agencia", "Canal", "Diario", "Gazeta", "Jornal", "Periódico", "Radio", "TV"]
)


@dataclass(frozen=True, slots=True)
class Naming:
    """An outlet named as whence a sentence, or with agency and credit the whole page, comes."""

    passage: Passage
    source: str
    kind: EmbeddedKind


def outlet_key(name: str) -> str:
    """An outlet's name without article, blanks, accents and domain.

    >>> outlet_key("The Daily Lantern") == outlet_key("thedailylantern.com")
    True
    """
    bare = re.sub(r"\.(?:com|org|net|info|news|tv|co\.[a-z]{2}|[a-z]{2})$", "", name.strip())
    squeezed = re.sub(r"\W", "", fold(bare.removeprefix("www.")))
    return squeezed.removeprefix("the")


def own_keys(document: Document) -> frozenset[str]:
    """Keys of the names that the page's outlet goes by."""
    names = {document.source or ""}
    if document.url:
        host = re.sub(r"^https?://(?:www\.)?", "", document.url).split("/")[0]
        names |= {host, known_outlet(document.url) or ""}
    shorts = load_table("self_references")
    names |= {shorts[name] for name in names if name in shorts}
    return frozenset(outlet_key(name) for name in names) - {""}


def find_namings(
    document: Document, reading: Reading | None, outlets: frozenset[str]
) -> tuple[Naming, ...]:
    """What of other outlets a page says it has, in the order of the text.

    `outlets` are the keys of those with pages in the case. Its own outlet's name yields nothing,
    nor does one so short that only its own page would use it.
    """
    people = [] if reading is None else [
        m.passage for m in reading.mentions if m.named and m.kind is Kind.PERSON
    ]  # fmt: skip
    own = own_keys(document)
    found = []
    for start, end, kind in _spoken(document):
        for run in _RUN.finditer(document.text, start, end):
            naming = _naming(document, run.span(), kind, outlets)
            if naming is None or _is_own(document, naming, own, outlets):
                continue
            words = document.text[naming.passage.start : naming.passage.end]
            is_sure = (
                is_outlet(words) or outlet_key(words) in outlets or words[:4].lower() == "the "
            )
            if is_sure or not any(_holds(p, naming.passage) for p in people):
                found.append(naming)
    return tuple(sorted(found, key=lambda n: n.passage))


def _spoken(document: Document) -> list[tuple[int, int, PartKind]]:
    """Stretches whose words are the page's or its desk's, not those of whoever comments."""
    if not document.parts:
        return [(0, len(document.text), PartKind.BODY)]
    kept = (p for p in document.parts if p.kind is not PartKind.COMMENT)
    return sorted((p.passage.start, p.passage.end, p.kind) for p in kept)


def _naming(
    document: Document, run: tuple[int, int], part: PartKind, outlets: frozenset[str]
) -> Naming | None:
    """The first outlet among the capitalised words of a run that is named as a source."""
    text = document.text
    spans = [m.span() for m in _TOKEN.finditer(text, *run)]
    for i, (start, first_end) in enumerate(spans):
        if _is_day(text[start:first_end]) or _COPYRIGHT.fullmatch(text[start:first_end]):
            continue
        for _, end in reversed(spans[i:]):
            if not _is_outlet(text[start:end], outlets) or _goes_on(text[end : run[1]]):
                continue
            kind = _kind(text, start, end, part)
            if kind is None or _ANOTHERS.match(text, end):
                break
            name = text[start:end].removeprefix("the ")
            return Naming(Passage(document.id, start, end), outlet_name(name), kind)
    return None


def _is_outlet(words: str, outlets: frozenset[str]) -> bool:
    if "://" in words:
        return known_outlet(words) is not None
    if "." in words and " " not in words:
        return known_outlet(words) is not None or _SITE.fullmatch(words) is not None
    if outlet_name(words) in _NO_REPORTERS:
        return False
    bare = words.removeprefix("the ").removeprefix("The ")
    return (
        is_outlet(words)
        or outlet_key(words) in outlets
        or CALL_SIGN.fullmatch(bare) is not None
        or _STATION.fullmatch(bare) is not None
        or _is_called_like_one(bare.split(" "))
    )


def _is_called_like_one(words: Sequence[str]) -> bool:
    if len(words) < 2:
        return False
    if words[-1] == "Agency":
        return words[-2] in {"News", "Press"}
    if words[-2:] == ["Medical", "Examiner"]:
        return False
    return words[0] in _FIRST_WORDS or words[-1].rsplit("-", 1)[-1] in PRESS_WORDS


def _goes_on(rest: str) -> bool:
    """Whether the name does: "Guardian Angels", not "Reuters Friday"."""
    return rest != "" and not _is_day(rest.split()[0])


def _is_day(word: str) -> bool:
    return fold(word) in load_table("calendar_words")


def _holds(outer: Passage, inner: Passage) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _kind(text: str, start: int, end: int, part: PartKind) -> EmbeddedKind | None:
    before, after = text[max(0, start - _BEFORE_CHARS) : start], text[end : end + _AFTER_CHARS]
    whole = None if part is PartKind.CAPTION else _kind_of_page(text, start, end, part)
    if whole is not None:
        return whole
    if _MATERIAL_BEFORE.search(before) or _MATERIAL_AFTER.match(after):
        return EmbeddedKind.MATERIAL
    if _TOLD.search(before):
        return EmbeddedKind.TOLD
    if _REPORTED_BEFORE.search(before) or _REPORTED_AFTER.match(after):
        return EmbeddedKind.REPORTED
    if _SAID_AFTER.match(after) and _is_no_plain_word(text[start:end]):
        return EmbeddedKind.REPORTED
    if _AN.search(before) and _TALLY_AFTER.match(after):
        return EmbeddedKind.REPORTED
    return None


def _is_no_plain_word(name: str) -> bool:
    """Not "Metro", which may be the police: the verb alone tells little of what says it."""
    return " " in name or "." in name or name.isupper()


def _kind_of_page(text: str, start: int, end: int, part: PartKind) -> EmbeddedKind | None:
    before, after = text[max(0, start - _BEFORE_CHARS) : start], text[end : end + _AFTER_CHARS]
    is_line_end = _LINE_ENDS.match(after) is not None
    if start < _HEAD_CHARS and (
        (_DATELINE_BEFORE.search(before) and _DATELINE_AFTER.match(after))
        or (_BYLINE_BEFORE.search(before) and is_line_end)
    ):
        return EmbeddedKind.AGENCY
    is_foot = end > len(text) - _FOOT_CHARS and part is not PartKind.CREDIT
    if is_foot and is_line_end and _SIGNED_BEFORE.search(before):
        return EmbeddedKind.AGENCY
    if _SOURCES_BEFORE.search(before):
        return EmbeddedKind.CREDIT if is_line_end else EmbeddedKind.MATERIAL
    return EmbeddedKind.CREDIT if _CREDIT_BEFORE.search(before) else None


def _is_own(
    document: Document, naming: Naming, own: frozenset[str], outlets: frozenset[str]
) -> bool:
    words = document.text[naming.passage.start : naming.passage.end]
    for key in {outlet_key(words), outlet_key(naming.source)}:
        if key in own:
            return True
        if any(min(len(key), len(o)) >= _ALIKE_MIN_CHARS and (key in o or o in key) for o in own):
            return True
    bare = words.removeprefix("the ").removeprefix("The ")
    if _STATION.fullmatch(bare):
        return True
    if CALL_SIGN.fullmatch(bare) and outlet_key(bare) not in outlets:
        # A station's site goes by its brand, and signs with its call sign.
        is_brand = "." in (document.source or "") and not any(
            CALL_SIGN.fullmatch(o.upper()) for o in own
        )
        return is_brand or any(o.startswith(outlet_key(bare)) for o in own)
    # Others call an outlet by its full name: "the Herald" is whoever says so.
    if bare == words or " " in bare or "." in bare:
        return False
    return not is_outlet(words) or (not own and bare in _last_words())


@cache
def _last_words() -> frozenset[str]:
    names = load_table("outlets").values()
    return frozenset(name.rsplit(" ", 1)[1] for name in names if " " in name)
