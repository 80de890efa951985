"""Whether a page writes the day or the month first, where figures alone do not tell."""

import re
from urllib.parse import urlsplit

from consilience.records import Document

_DAY_FIRST = re.compile(r"\b(?:1[3-9]|2\d|3[01])[/-](?:0?[1-9]|1[0-2])[/-](?:19|20)?\d\d\b")
_MONTH_FIRST = re.compile(r"\b(?:0?[1-9]|1[0-2])[/-](?:1[3-9]|2\d|3[01])[/-](?:19|20)?\d\d\b")
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_DAY_MONTH = re.compile(rf"\b[0-3]?\d (?:of )?{_MONTH}\b")
_MONTH_DAY = re.compile(rf"\b{_MONTH} [0-3]?\d\b(?![ ]{_MONTH})")
# Languages and countries where the day comes first; of the rest that write English, America alone
# puts the month there, and its outlets stand under no ending of their own.
_LANGUAGES = frozenset({"es", "fr", "pt", "de", "it"})
_ENDINGS = frozenset("uk ie au nz in pk ng ke za mx es ar co cl pe ve fr de it br pt".split())


def is_day_first(document: Document) -> bool | None:
    """Whether 05/06/2015 is of June on this page; None where nothing on it tells.

    What the page's other days in figures show comes first, then its language and outlet, then
    the way it writes the names of months.
    """
    text = document.text
    for first, second in ((_DAY_FIRST, _MONTH_FIRST), (_DAY_MONTH, _MONTH_DAY)):
        is_first, is_second = bool(first.search(text)), bool(second.search(text))
        if is_first != is_second:
            return is_first
        if first is _DAY_FIRST:
            if document.language in _LANGUAGES or _ending(document) in _ENDINGS:
                return True
            if _ending(document) in ("us", "gov"):
                return False
    return None


def _ending(document: Document) -> str:
    host = urlsplit(document.url or "").hostname or ""
    return host.rpartition(".")[2]


def ordered(expression: str, *, day_first: bool | None) -> str:
    """`#2015-05-06` (as written: 05/06) as the day it is, unknown as a day of the year."""
    year, first, second = expression[1:].split("-")
    if day_first is None:
        return f"={year}-XX-XX"
    return f"={year}-{second}-{first}" if day_first else f"={year}-{first}-{second}"
