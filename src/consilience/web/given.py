"""What may be sent to the server, checked as it is read."""

from typing import Annotated

import msgspec
from msgspec import Meta

# A merge names some records, a split some mentions; a case has not more voices than that.
RECORDS_MAX = 200
WORDS_MAX = 2_000
NAME_MAX = 200

_Name = Annotated[str, Meta(min_length=1, max_length=NAME_MAX)]
_Words = Annotated[str, Meta(min_length=1, max_length=WORDS_MAX)]
_Reason = Annotated[str, Meta(max_length=WORDS_MAX, description="Why; shown with it.")]
_Version = Annotated[
    str,
    Meta(
        pattern=r"^[0-9]{1,9}\.[0-9]{1,9}$",
        description="The version of the case that was looked at; or send it as If-Match.",
    ),
]
_By = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=NAME_MAX,
        description="Who decides, where no token says it.",
    ),
]


class _Given(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    version: _Version | None = None
    by: _By | None = None


class Merge(_Given, frozen=True, kw_only=True, tag_field="kind", tag="merge"):
    """These entities, events or documents are one."""

    records: Annotated[list[_Name], Meta(min_length=1, max_length=RECORDS_MAX)]
    reason: _Reason = ""


class Split(_Given, frozen=True, kw_only=True, tag_field="kind", tag="split"):
    """Some of what is called so is something else: names, DOCUMENT:START-END, or documents."""

    record: _Name
    apart: Annotated[list[_Name], Meta(min_length=1, max_length=RECORDS_MAX)]
    reason: _Reason = ""


class Reject(_Given, frozen=True, kw_only=True, tag_field="kind", tag="reject"):
    """Claims, an answer of a finding, or events no longer count."""

    records: Annotated[list[_Name], Meta(min_length=1, max_length=RECORDS_MAX)]
    value: _Words | None = None
    reason: _Reason = ""


class Lock(_Given, frozen=True, kw_only=True, tag_field="kind", tag="lock"):
    """This is the answer, whatever is told later."""

    finding: _Name
    value: _Words
    reason: _Reason = ""


class Note(_Given, frozen=True, kw_only=True, tag_field="kind", tag="note"):
    """A remark, which changes nothing and is shown."""

    record: _Name
    text: _Words


class Undo(_Given, frozen=True, kw_only=True, tag_field="kind", tag="undo"):
    """A decision is taken back, or an undo of one."""

    number: Annotated[int, Meta(ge=1, le=1_000_000_000)]
    reason: _Reason = ""


Given = Merge | Split | Reject | Lock | Note | Undo


class Statement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence of one's own, to be held against the case."""

    statement: _Words


class Page(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A document as text or HTML, with what is known of it; dates are ISO 8601."""

    text: str | None = None
    html: str | None = None
    name: _Name | None = None
    title: _Words | None = None
    url: _Words | None = None
    source: _Name | None = None
    author: _Name | None = None
    published: _Name | None = None
    language: _Name | None = None
    replaces: bool = False
    by: _By | None = None
