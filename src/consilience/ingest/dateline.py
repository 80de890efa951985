"""The place, day and agency that a report begins with."""

import re
from typing import NamedTuple

from consilience.ingest.stamps import parse_stamp
from consilience.outlets import agency_name
from consilience.records import When

_CITY = r"[A-ZÀ-Þ][A-ZÀ-Þ'’.-]{1,20}(?:[ /-][A-ZÀ-Þ][A-ZÀ-Þ'’.-]{0,20}){0,3}"
_TOWN = r"[A-ZÀ-Þ][\w'’.-]{1,20}(?: (?:de |del |la |el |of |sur )?[A-ZÀ-Þ][\w'’.-]{1,20}){0,3}"
_REGION = r"(?:, ?[A-ZÀ-Þ][\w.'’-]{0,20}(?: [A-ZÀ-Þ][\w.'’-]{0,20}){0,2})"
_DAY = (
    r"(?:,? (?:[A-ZÀ-Þ][A-Za-zÀ-ÿ]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?"
    r"|\d{1,2}\.? (?:de )?[A-Za-zÀ-ÿ]{3,10}\.?)"
    r"(?:,? (?:de )?(?:\d{4}|\d{2}))?)"
)
_SHORT_YEAR = re.compile(r"(?<=\D )\d{2}\Z")  # "4 MAY 88"; a day stands before its month there
_AGENCY = r"(?: ?\((?P<agency>[^()]{2,40})\))"
_DASH = r" ?(?:\.?[—–]|\.-| -{1,2}|--)[—–-]?(?= )"
_DATELINES = (
    re.compile(rf"(?P<place>{_CITY}{_REGION}{{0,2}}){_AGENCY}{_DASH}(?P<day>{_DAY}){_DASH} "),
    re.compile(rf"(?P<place>{_CITY}{_REGION}{{0,2}})(?P<day>{_DAY})?(?:{_AGENCY})?{_DASH} "),
    re.compile(rf"(?P<place>{_CITY}{_REGION}{{0,2}})(?P<day>{_DAY})?{_AGENCY} ?(?:{_DASH}|:)? ?"),
    re.compile(rf"(?P<place>{_TOWN}{_REGION}{{0,2}})(?P<day>{_DAY})(?:{_AGENCY})?{_DASH} "),
    re.compile(rf"(?P<place>{_TOWN}{_REGION}{{0,2}})(?P<day>{_DAY})?{_AGENCY}{_DASH} "),
    re.compile(rf"(?P<place>)(?P<day>{_DAY})? ?{_AGENCY}(?:{_DASH} )?"),
)
# Capitals before a dash that name no town.
_NO_TOWN = frozenset(
    [
        "UPDATE",
        "UPDATED",
        "BREAKING",
        "WATCH",
        "EXCLUSIVE",
        "VIDEO",
        "LIVE",
        "NEW",
        "FILE",
        "PHOTO",
        "PHOTOS",
        "NOTE",
        "EDITOR",
        "OPINION",
        "ANALYSIS",
        "EXPLAINER",
        "CORRECTION",
        "CLARIFICATION",
        "WARNING",
        "LISTEN",
        "READ",
        "MORE",
        "JUST",
        "NEWS",
    ]
)


class Dateline(NamedTuple):
    """Where it ends in the paragraph, and the agency and day it names, if it does."""

    end: int
    agency: str | None
    published: When | None


def find_dateline(text: str) -> Dateline | None:
    """The dateline at the start of a paragraph ("HARWICK, May 3 (AP) -"), None if it has none.

    Its day is a date only where its year stands there.
    """
    for pattern in _DATELINES:
        found = pattern.match(text)
        if found is None or found.end() >= len(text):
            continue
        words = re.findall(r"\w+", found["place"])
        if words and words[0].upper() in _NO_TOWN:
            continue
        agency = None if found["agency"] is None else agency_name(found["agency"])
        has_dash = re.search(r"[—–-]\s*\Z", found[0]) is not None
        if agency is None and not (found["place"] and has_dash):
            continue
        day = found["day"]
        when = None if day is None else parse_stamp(_SHORT_YEAR.sub(_full_year, day))
        return Dateline(len(found[0].rstrip()), agency, when)
    return None


def _full_year(short: re.Match[str]) -> str:
    return f"{'19' if short[0] > '50' else '20'}{short[0]}"
