"""Who publishes: the names of outlets, from addresses and from what a page says of itself."""

import re
from functools import cache, lru_cache
from urllib.parse import urlsplit

from consilience.lexicon import load_table

DOMAIN = r"(?:https?://)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,4}[a-z]{2,12}"
_DOMAIN = re.compile(DOMAIN, re.IGNORECASE)
# What newspapers and stations are called by.
PRESS_WORDS = frozenset(
    ["Agency", "Broadcasting", "Bugle", "Chronicle", "Citizen", "Courier", "Courant", "Daily"]
    + ["Dispatch", "Echo", "Enquirer", "Evening", "Examiner", "Express", "Gazette", "Globe"]
    + ["Guardian", "Herald", "Inquirer", "Journal", "Ledger", "Magazine", "Mail", "Mercury"]
    + ["Mirror", "News", "Newspaper", "Observer", "Post", "Press", "Radio", "Record", "Register"]
    + ["Reporter", "Review", "Sentinel", "Standard", "Star", "Sun", "Telegraph", "Television"]
    + ["Times", "Today", "Tribune", "TV", "Weekly", "Wire", "Diario", "Gaceta", "Heraldo"]
    + ["Periódico", "Prensa", "Semanario", "Jornal", "Folha", "Zeitung", "Tageblatt", "Anzeiger"]
)
# American stations sign with their call sign, sometimes with a channel ("WKRX 10").
CALL_SIGN = re.compile(r"[KW][A-Z]{2,3}(?:-?TV)?(?: \d{1,2})?")
_AGENCIES = {
    "AP": "Associated Press",
    "The Associated Press": "Associated Press",
    "EPA": "EPA",
    "EPA-EFE": "EFE",
    "Efe": "EFE",
    "Agence France-Presse": "AFP",
    "DPA": "dpa",
    "PA": "PA Media",
}
# Before an archived page's own address: web.archive.org/web/20160921082901/http://...
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/\d{1,14}[a-z_]{0,3}/", re.IGNORECASE)
_TOLD = re.compile(
    r"\b(?:told|tells|obtained by|interview with|reviewed by|seen by|according to)\s"
    r"((?:The )?[A-Z][\w.]{1,20}(?:\s[A-Z]\w{1,20}){0,2})"
    r"|\b((?:The )?[A-Z][\w.]{1,20}(?:\s[A-Z]\w{1,20}){0,2})"
    r"\s(?:has|have) (?:learned|learnt|obtained)\b"
)


def source_of_address(address: str) -> str | None:
    """The outlet behind a URL or bare domain: its name, else the domain; None if it is neither.

    >>> source_of_address("https://www.theguardian.com/world/2021/may/03/x")
    'The Guardian'
    >>> source_of_address("example.org")
    'example.org'
    """
    return known_outlet(address) or _host(address)


def known_outlet(address: str) -> str | None:
    """The name of the outlet behind a URL or bare domain, None if it is in no list of ours."""
    host = _host(address)
    if host is None:
        return None
    names = load_table("outlets")
    labels = host.split(".")
    domains = (".".join(labels[start:]) for start in range(len(labels) - 1))
    return next((names[domain] for domain in domains if domain in names), None)


def _host(address: str) -> str | None:
    address = _ARCHIVED.sub("", address.strip(), count=1)
    if "://" not in address:
        address = f"http://{address}"
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return None
    if host is None or not _DOMAIN.fullmatch(host):
        return None
    return host.lower().removeprefix("www.").removeprefix("m.").removeprefix("amp.")


def agency_name(words: str) -> str | None:
    """The outlet or agency that a dateline names ("AP", "WKRX"), None if it names neither."""
    first = re.split(r"[/,]", words)[0].strip()
    if first in _AGENCIES:
        return _AGENCIES[first]
    return first if sounds_like_outlet(first) or CALL_SIGN.fullmatch(first) else None


@lru_cache(10_000)
def outlet_name(words: str) -> str:
    """The outlet's name as we write it ("MAILONLINE" is the Daily Mail), else the words."""
    return _outlet_keys().get(_key(words)) or source_of_address(words) or words


def sounds_like_outlet(name: str) -> bool:
    """Whether it is an outlet we know, or has a word that newspapers and stations are named by."""
    words = name.split()
    return is_outlet(name) or (
        len(words) > 1 and words[-1][:1].isupper() and not PRESS_WORDS.isdisjoint(words)
    )


def is_outlet(name: str) -> bool:
    """Whether a news outlet or agency goes by this name."""
    return _key(name) in _outlet_keys() or _DOMAIN.fullmatch(name.strip()) is not None


def self_reference(text: str) -> str | None:
    """The outlet that speaks of itself by a short name ("told The Globe"), if just one does so.

    Only short names prove it: an outlet gives the full name of another. So a full name ending
    in the short one ("The Boston Globe" beside "The Globe") decides, whoever's it is.
    """
    shorts = load_table("self_references")
    found: set[str] = set()
    for match in _TOLD.finditer(text):
        short = next((s for s in shorts if s == (match[1] or match[2])), None)
        if short is None:
            continue
        tail = short.removeprefix("The ")
        full = [n for n in _outlets_by_tail().get(tail, ()) if _without_article(n) in text]
        found.update(full or [shorts[short]])
    return found.pop() if len(found) == 1 else None


def _without_article(name: str) -> str:
    return name.removeprefix("The ")


@cache
def _outlets_by_tail() -> dict[str, tuple[str, ...]]:
    tails: dict[str, list[str]] = {}
    for name in sorted(set(load_table("outlets").values())):
        words = name.split()
        if len(words) > 1:
            tails.setdefault(words[-1], []).append(name)
    return {tail: tuple(names) for tail, names in tails.items()}


def _key(name: str) -> str:
    return _without_article(name.strip()).casefold().removeprefix("the ")


@cache
def _outlet_keys() -> dict[str, str]:
    """What outlets and agencies are called, in small letters, to the names we write."""
    shorts = dict(load_table("self_references"))
    del shorts["The Post"]  # of an outlet that speaks of itself only
    names = {name: name for name in load_table("outlets").values()}
    agencies = {name: name for name in ("Getty Images", "Shutterstock", "PA Media", "EPA")}
    return {_key(words): name for words, name in (shorts | names | agencies | _AGENCIES).items()}
