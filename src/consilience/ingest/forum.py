"""Comments below an article: who wrote each, and when."""

import re
from typing import NamedTuple

from consilience.ingest.stamps import stamps
from consilience.records import When

_NAME = r"(?P<name>[^\s»•|:][^»•|:\n]{0,48}?)"
_AGO = (
    r"(?:an?|\d{1,3})\s?(?:s|sec|seconds?|m|min|minutes?|h|hr|hours?|d|days?|w|weeks?|mo|months?|"
    r"y|years?)(?:\sago)?"
)
_HEADERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_NAME} on (?P<date>[^»\n]{{6,60}}?)\s?»",
        rf"{_NAME} on (?P<date>[^»\n]{{6,60}}? at [^»\n]{{4,20}}?):?",
        rf"{_NAME},? (?:wrote|said|commented|posted|replied|says),? ?(?:on|at)? ?"
        r"(?P<date>[^»\n]{6,60}?):",
        rf"(?:posted|written|submitted|comment|commented) by:? {_NAME}"
        r"(?:,? (?:at|on) |, | [-–—|•] )"
        r"(?P<date>[^»\n]{6,60}?):?",
        rf"(?:posted |on )?(?P<date>[^»\n]{{6,60}}?),? {_NAME} (?:wrote|said|commented|posted):",
        rf"{_NAME}\s?[•·|—–-]\s?(?P<date>[^»\n]{{6,60}}?)",
        rf"{_NAME}\s?\((?P<date>[^»()\n]{{6,60}})\):?",
    )
)
_UNDATED = re.compile(
    rf"(?:\[[–+-]\]\s?)?@?{_NAME}(?:\s-?\d{{1,6}} points?)?\s?(?:[•·|,-]\s?|\b)(?:{_AGO})"
    r"(?:\s?[•·|\[(-]?\s?(?:edited|[–+-]\]|\|.{0,40}))?",
    re.IGNORECASE,
)
_SAYS = re.compile(rf"{_NAME} says:", re.IGNORECASE)
_SECTION = re.compile(
    r"(?:\(?\d{1,5}\)? )?(?:reader |user |top |all |newest |oldest )?comments?(?: \(?\d{1,5}\)?)?:?"
    r"|(?:comentarios|commentaires|kommentare)(?: \(?\d{1,5}\)?)?:?",
    re.IGNORECASE,
)
_LINE_MAX_CHARS = 120
_NAME_MAX_WORDS = 4


class Header(NamedTuple):
    """The line above a comment; `when` is None where it gives no absolute time."""

    author: str
    when: When | None


def comment_header(line: str, following: str) -> Header | None:
    """Who wrote what stands below this line, if it is the head of a comment.

    A date without a clock is not enough: "Storms on 3 May 2021" is a heading. `following` is
    the next line, where some blogs put the time.
    """
    if len(line) > _LINE_MAX_CHARS:
        return None
    for pattern in _HEADERS:
        found = pattern.fullmatch(line)
        if found is None or not _is_name(found["name"]):
            continue
        when = _moment(found["date"])
        if when is not None:
            return Header(found["name"].strip(), when)
    undated = _UNDATED.fullmatch(line)
    if undated is not None and _is_name(undated["name"]) and "ago" in line.lower().split():
        return Header(undated["name"].strip(), None)
    says = _SAYS.fullmatch(line)
    if says is not None and _is_name(says["name"]) and len(following) <= _LINE_MAX_CHARS:
        when = _moment(following)
        return None if when is None else Header(says["name"].strip(), when)
    return None


def is_comment_section(line: str) -> bool:
    """Whether the line is the heading of a comment section ("12 Comments")."""
    return len(line) <= _LINE_MAX_CHARS and _SECTION.fullmatch(line) is not None


def is_stamp_line(line: str) -> bool:
    """Whether a line holds a moment and nothing else to speak of."""
    if len(line) > _LINE_MAX_CHARS or _moment(line) is None:
        return False
    return sum(char.isalpha() for char in line) <= 30


def _is_name(name: str) -> bool:
    words = name.split()
    return 0 < len(words) <= _NAME_MAX_WORDS and not name.endswith((".", ",", "!", "?"))


def _moment(text: str) -> When | None:
    found = next(stamps(text), None)
    if found is None or "T" not in found.when.value:
        return None
    outside = text[: found.start] + text[found.end :]
    return found.when if sum(char.isalpha() for char in outside) <= 12 else None
