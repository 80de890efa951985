"""What goes to the process that parses, and what comes back from it."""

from dataclasses import replace
from typing import Literal

import msgspec

from consilience.dates import when_of
from consilience.ingest.document import Given
from consilience.ingest.limits import ATTACHMENTS_MAX, ENTRIES_MAX
from consilience.records import PartKind, When

# What trafilatura says in front of items; beside such marks no page has more text than markup.
_MARK_CHARS = 4


class Task(msgspec.Struct, frozen=True):
    """Bytes to be parsed; a page comes as UTF-8."""

    kind: Literal["page", "feed", "mail", "pdf"]
    name: str
    data: bytes


class Page(msgspec.Struct, frozen=True, tag=True):
    """An article: paragraphs divided by `\\n\\n`, kinds by paragraph number, and its metadata.

    `danger` is why all its text was taken instead, without its tags, None where it was not. So
    many characters that its readers do not see were left out, or are in it though they are hidden.
    """

    text: str
    kinds: dict[int, PartKind]
    given: Given
    danger: str | None = None
    n_hidden: int = 0
    n_veiled: int = 0


class Entry(msgspec.Struct, frozen=True):
    """One entry of a feed: its text as markup, and what the feed says of it."""

    name: str
    sha256: str
    markup: str
    given: Given


class Feed(msgspec.Struct, frozen=True, tag=True):
    """`cut` is why it ends before its end, None where it does not; so also below."""

    entries: tuple[Entry, ...]
    cut: str | None = None


class Mail(msgspec.Struct, frozen=True, tag=True):
    """`text` and `markup` as the mail has them, either may be empty.

    Attachments are their names and bytes, None where those cannot be had.
    """

    text: str
    markup: str
    given: Given
    attachments: tuple[tuple[str, bytes | None], ...]
    cut: str | None = None


class Pages(msgspec.Struct, frozen=True, tag=True):
    """The text of a PDF."""

    text: str
    cut: str | None = None


class Archived(msgspec.Struct, frozen=True, tag=True):
    """A page of a web archive; `retrieved` as the archive says it."""

    address: str
    suffix: str
    retrieved: str
    data: bytes


class TooLarge(msgspec.Struct, frozen=True, tag=True):
    """A page of a web archive that is not taken."""

    address: str


class Rows(msgspec.Struct, frozen=True, tag=True):
    """Some rows of a table, each as the line of JSON that says the same; None is too large."""

    lines: tuple[bytes | None, ...]


class Ended(msgspec.Struct, frozen=True, tag=True):
    """The end of a web archive or a table; `why` None where that is its own."""

    why: str | None


class Refused(msgspec.Struct, frozen=True, tag=True):
    """It is not what it says it is; why, for who gave it."""

    error: str


class Lost(msgspec.Struct, frozen=True, tag=True):
    """The parser did not come through; `is_slow` where it was given its time."""

    why: str
    is_slow: bool = False


Parsed = Page | Feed | Mail | Pages
Answer = Parsed | Refused | Lost


def find_nonsense(answer: Parsed, task: Task) -> str | None:
    """What in an answer cannot be of this task: the process that gave it may be taken over."""
    given: tuple[Given, ...] = ()
    match answer:
        case Page() if task.kind == "page":
            given = (answer.given,)
            n_paragraphs = answer.text.count("\n\n") + 1
            if not all(0 <= number < n_paragraphs for number in answer.kinds):
                return "kinds of paragraphs that it does not have"
            if len(answer.text) > _MARK_CHARS * len(task.data):
                return "more text than it holds"
            if not 0 <= answer.n_hidden + answer.n_veiled <= _MARK_CHARS * len(task.data):
                return "more hidden text than it holds"
        case Feed() if task.kind == "feed":
            given = tuple(entry.given for entry in answer.entries)
            if len(answer.entries) > ENTRIES_MAX:
                return "more entries than are taken"
        case Mail() if task.kind == "mail":
            given = (answer.given,)
            if len(answer.attachments) > ATTACHMENTS_MAX:
                return "more attachments than are taken"
        case Pages() if task.kind == "pdf":
            pass
        case _:
            return "an answer to another question"
    return next(filter(None, map(_find_forged, given)), None)


def _find_forged(given: Given) -> str | None:
    if (given.id, given.retrieved, given.language) != (None, None, None):
        return "what only who gives a document can say of it"
    if not all(map(_is_sound, (given.published, given.updated))):
        return "a time that is none"
    return None


def _is_sound(when: When | None) -> bool:
    if when is None:
        return True
    try:
        return replace(when_of(when.value, when.text), mod=when.mod) == when
    except (ValueError, OverflowError):
        return False
