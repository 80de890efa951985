"""Which outlet a page says it has its news from, and how much of the page rests on it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from consilience.lexicon import load_table
from consilience.records import Document, PartKind, Passage
from consilience.weigh.pages import Page
from consilience.wording import fold

_TOKEN = re.compile(r"\w+")
_NAME_MAX_WORDS = 5
_NAME_MIN_CHARS = 3
# Share of a page's sentences that name the outlet as their source before the page rests on it.
_RESTS_MIN = 1 / 3
_SUFFIXES = frozenset("com org net info co uk es mx news tv".split())

# What stands before and after the name of an outlet where the whole page is laid at its door.
_WHOLE_BEFORE = re.compile(
    r"(?:^|\n)[^\n()]{0,80}\($"
    r"|(?:^|\n)\s{0,40}(?:(?:sources?|agency|agencies)\s*:|via)\s[^\n]{0,80}$"
    r"|\b(?:originally|first)\s+(?:posted|published|appeared|reported)"
    r"\s+(?:at|on|in|by|with)\s+(?:the\s+)?$"
    r"|\bauthored\s+by\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"\(([A-Z][^()\n]{1,40})\)\s*[-–—]")
# Where a page's own dateline may stand; further down it is another report's.
_HEAD_CHARS = 600
_DATELINE_AFTER = re.compile(r"\)\s*[-–—]")
# The same where one sentence is.
_PART_BEFORE = re.compile(
    r"\b(?:told|according\s+to|(?:reported|quoted|cited|published|obtained|seen|reviewed)\s+by"
    r"|(?:report|interview|article|story|account)s?\s+(?:in|by|from|with|of)|statement\s+to"
    r"|published\s+in)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_PART_AFTER = re.compile(
    r"(?:['’]s)?(?:\s(?:news|newspaper|agency|website|magazine|television|radio|TV)){0,2}"
    r"(?:\s(?:has|had|also|later|first|earlier)){0,2}"
    r"\s(?:reports?|reported|reporting|wrote|writes|said|says|revealed|quoted|cited|published)\b",
    re.IGNORECASE,
)
# "Kansas City Fire Department" does not name kansascity.com.
_NAME_GOES_ON = re.compile(r"\s[A-Z][a-z]")
_BEFORE_CHARS, _AFTER_CHARS = 100, 60


@dataclass(frozen=True, slots=True)
class Credit:
    """`copy` has what it tells from an outlet whose pages are `of`: wholly or here and there."""

    copy_id: str
    of_ids: tuple[str, ...]
    whole: bool
    passages: tuple[Passage, ...]


def find_credits(pages: Sequence[Page]) -> tuple[Credit, ...]:
    """One credit for each page and outlet that it names as its source, where both are here.

    An outlet of which no page is at hand yields no credit.
    """
    keys = {page.id: _own_keys(page.document) for page in pages}
    holders: dict[str, list[str]] = {}
    for page in pages:
        for key in sorted(keys[page.id]):
            holders.setdefault(key, []).append(page.id)
    return tuple(c for page in pages for c in _credits(page, keys[page.id], holders))


def _credits(
    page: Page, own: frozenset[str], holders: Mapping[str, Sequence[str]]
) -> Iterator[Credit]:
    whole: dict[tuple[str, ...], list[Passage]] = {}
    part: dict[tuple[str, ...], list[Passage]] = {}
    for key, start, end in _names(page.document, holders):
        if key in own:
            continue
        of_ids = tuple(holders[key])
        found = Passage(page.id, start, end)
        if _is_whole(page.document.text, start, end):
            whole.setdefault(of_ids, []).append(found)
        elif _is_part(page.document.text, start, end):
            part.setdefault(of_ids, []).append(found)
    for of_ids in dict.fromkeys((*whole, *part)):
        passages = tuple(sorted((*whole.get(of_ids, ()), *part.get(of_ids, ()))))
        rests = of_ids in whole or _rests_on(page, part[of_ids])
        yield Credit(page.id, of_ids, rests, passages)


def _own_keys(document: Document) -> frozenset[str]:
    """Names this page's outlet goes by; of no known outlet, the agency in its dateline."""
    source = document.source
    if source is None:
        agency = _DATELINE.search(document.text[:_HEAD_CHARS])
        source = agency[1] if agency else ""
    names = (source, load_table("self_references").get(source, source))
    keys = frozenset(_key(name) for name in names if _key(name))
    return keys | {short for key in keys for short in _short_names().get(key, ())}


@cache
def _short_names() -> dict[str, tuple[str, ...]]:
    """What an organisation's name is shortened to: "ap" of "associatedpress"."""
    shorts: dict[str, tuple[str, ...]] = {}
    for short, full in load_table("organization_aliases").items():
        key = _key(full)
        shorts[key] = (*shorts.get(key, ()), "".join(_TOKEN.findall(short)))
    return shorts


def _key(name: str) -> str:
    """An outlet's name without article, blanks and domain: equal for all ways to write it.

    >>> _key("The Daily Lantern") == _key("thedailylantern.com")
    True
    """
    tokens = [fold(t) for t in _TOKEN.findall(name)]
    tokens = tokens[1:] if tokens and tokens[0] == "www" else tokens
    while len(tokens) > 1 and tokens[-1] in _SUFFIXES and "." in name:
        tokens.pop()
    squeezed = "".join(tokens).removeprefix("the")
    return squeezed if len(squeezed) >= _NAME_MIN_CHARS else ""


def _names(
    document: Document, holders: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, int, int]]:
    """The outlets of the case where this page names them, the longest name at each place."""
    spoken = [p.passage for p in document.parts if p.kind is not PartKind.COMMENT]
    if not document.parts:
        spoken = [Passage(document.id, 0, max(1, len(document.text)))]
    tokens = [m for p in spoken for m in _TOKEN.finditer(document.text, p.start, p.end)]
    longest = max(map(len, holders), default=0)
    reached = 0
    for i, first in enumerate(tokens):
        if first.start() < reached or not (
            first[0][0].isupper() or document.text[first.end() : first.end() + 1] == "."
        ):
            continue
        squeezed = ""
        found: tuple[str, int, int] | None = None
        for token in tokens[i : i + _NAME_MAX_WORDS]:
            squeezed += fold(token[0])
            if len(squeezed) > longest + 3:
                break
            key = squeezed.removeprefix("the")
            if key in holders and not _NAME_GOES_ON.match(document.text, token.end()):
                found = key, first.start(), token.end()
        if found is not None:
            reached = found[2]
            yield found


def _is_whole(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _BEFORE_CHARS) : start]
    match = _WHOLE_BEFORE.search(before)
    if match is None:
        return False
    if not match[0].endswith("("):
        return True
    return start < _HEAD_CHARS and _DATELINE_AFTER.match(text, end) is not None


def _is_part(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _BEFORE_CHARS) : start]
    after = re.sub(r"^\.(?:com|org|net|info|co|uk|es|mx)\b", "", text[end : end + _AFTER_CHARS])
    return _PART_BEFORE.search(before) is not None or _PART_AFTER.match(after) is not None


def _rests_on(page: Page, passages: Sequence[Passage]) -> bool:
    lines = [line for line in page.lines if line.last - line.first > 3]
    naming = {
        i for i, line in enumerate(lines) for p in passages
        if line.passage.start <= p.start < line.passage.end
    }  # fmt: skip
    return len(naming) >= _RESTS_MIN * max(1, len(lines))
