"""JSON Lines: one document a line, with what is known of it."""

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from consilience.errors import InputError
from consilience.ingest.document import Given
from consilience.ingest.normal import printed
from consilience.ingest.stamps import parse_stamp
from consilience.records import When


class _Fields(msgspec.Struct):
    text: str | None = None
    html: str | None = None
    id: str | int | None = None
    title: str | None = None
    url: str | None = None
    source: str | None = None
    author: str | None = None
    published: str | None = None
    updated: str | None = None
    retrieved: str | None = None
    language: str | None = None


FIELDS = _Fields.__struct_fields__


class Line(NamedTuple):
    """One document of a JSON Lines file: its text or its markup, and what is given of it."""

    name: str
    sha256: str
    text: str | None
    markup: str | None
    given: Given


def lines_of(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The lines that hold something, with their numbers from 1."""
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if line.strip():
            yield number, line.strip()


def parse_line(line: bytes, place: str, *, needs_text: bool = True) -> Line:
    """Read one JSON object; a document without an address and an id is named by its place.

    Raises:
        InputError: it is no JSON, has a field of the wrong type, no text, or an unreadable date.
    """
    try:
        fields = msgspec.json.decode(line, type=_Fields)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        why = " ".join(str(error).split()) or "nested too deep"
        raise InputError(f"{place}: not a document as JSON ({why}); mend the line") from error
    if needs_text and not (fields.text or fields.html):
        raise InputError(f"{place}: neither text nor html; give one of them")
    own_id = None if fields.id is None else _field(str(fields.id))
    url = _field(fields.url)
    return Line(
        name=url or own_id or place,
        sha256=hashlib.sha256(line).hexdigest(),
        text=fields.text,
        markup=None if fields.text else fields.html,
        given=Given(
            id=own_id,
            title=_field(fields.title),
            url=url,
            source=_field(fields.source),
            author=_field(fields.author),
            published=_moment(fields.published, "published", place),
            updated=_moment(fields.updated, "updated", place),
            retrieved=_moment(fields.retrieved, "retrieved", place),
            language=_field(fields.language),
        ),
    )


def _field(words: str | None) -> str | None:
    return None if words is None else printed(words.strip()) or None


def _moment(value: str | None, field: str, place: str) -> When | None:
    words = _field(value)
    if words is None:
        return None
    when = parse_stamp(words)
    if when is None or when.start is None:
        raise InputError(f"{place}: {field} is {words!r}, no date; write it as 2021-05-03")
    return When(when.start, when.end, when.value, words)
