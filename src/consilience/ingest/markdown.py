"""Markdown to its text: what stands on the page once it is rendered."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from consilience.ingest.document import Given
from consilience.ingest.stamps import parse_stamp
from consilience.records import DateBasis, PartKind, When

_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*")
_RULE = re.compile(r"[-*_=](?:\s?[-*_=]){2,200}")
_PICTURE = re.compile(r"!\[([^\[\]\n]{0,500})\]\([^()\n]{0,1000}\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\]\([^()\n]{0,1000}\)")
_ADDRESS = re.compile(r"<(https?://[^<>\s]{1,1000})>")
# Not `_` inside words: file names and handles have it.
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,2000}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_\n]{1,2000}?)(?<=\S)\1(?![\w*])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!<>-])")
_FIELD = re.compile(r"([A-Za-z_]{2,20}):\s*(.{1,500})")
_FRONT_LINES_MAX = 40


class Rendered(NamedTuple):
    """Paragraphs divided by `\\n\\n`, kinds by paragraph number, and what the front matter says."""

    text: str
    kinds: dict[int, PartKind]
    given: Given


def rendered(source: str) -> Rendered:
    """The text of a Markdown file without its marks; quotation marks (`>`) and bullets stay."""
    given, lines = _front_matter(source.split("\n"))
    paragraphs = list(_paragraphs(lines))
    text = "\n\n".join(words for words, _ in paragraphs)
    return Rendered(text, {i: kind for i, (_, kind) in enumerate(paragraphs) if kind}, given)


def _front_matter(lines: list[str]) -> tuple[Given, list[str]]:
    if not lines or lines[0].strip() != "---":
        return Given(), lines
    ends = [i for i, line in enumerate(lines[:_FRONT_LINES_MAX]) if i and line.strip() == "---"]
    if not ends:
        return Given(), lines
    fields: dict[str, str] = {}
    for line in lines[1 : ends[0]]:
        found = _FIELD.fullmatch(line.strip())
        if found is not None:
            fields[found[1].lower()] = found[2].strip("\"' ")
    given = Given(
        title=fields.get("title"),
        url=fields.get("url"),
        source=fields.get("source"),
        author=fields.get("author"),
        published=_moment(fields.get("published") or fields.get("date")),
        basis=DateBasis.METADATA,
        updated=_moment(fields.get("updated")),
        language=fields.get("language") or fields.get("lang"),
    )
    return given, lines[ends[0] + 1 :]


def _moment(words: str | None) -> When | None:
    return None if words is None else parse_stamp(words)


def _paragraphs(lines: list[str]) -> Iterator[tuple[str, PartKind | None]]:
    waiting: list[str] = []
    for line in [*lines, ""]:
        heading = _HEADING.fullmatch(line.strip())
        picture = _PICTURE.fullmatch(line.strip())
        is_rule = _RULE.fullmatch(line.strip()) is not None
        if line.strip() and heading is None and picture is None and not is_rule:
            waiting.append(_plain(line.rstrip()))
            continue
        if waiting:
            # Underlined by = or -, a single line is a heading.
            is_heading = is_rule and len(waiting) == 1 and line.strip()[0] in "=-"
            yield "\n".join(waiting), PartKind.HEADLINE if is_heading else None
            waiting = []
        if heading is not None and heading[1]:
            yield _plain(heading[1]), PartKind.HEADLINE
        if picture is not None and len(picture[1].split()) > 1:
            yield _plain(picture[1]), PartKind.CAPTION


def _plain(line: str) -> str:
    line = _LINK.sub(r"\1", _PICTURE.sub(r"\1", line))
    line = _ADDRESS.sub(r"\1", line)
    line = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", line))
    return _ESCAPED.sub(r"\1", line)
