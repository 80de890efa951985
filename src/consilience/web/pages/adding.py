"""The pages of adding documents, and of what came of them once the case was told again."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from consilience.ingest.limits import FILE_BYTES_MAX, MIB
from consilience.records import Change, Document, content_id
from consilience.store import Addition
from consilience.web.adding import FORMATS
from consilience.web.pages.render import Visit, in_address, page
from consilience.web.work import Progress
from consilience.wording import label

_PASTED = re.compile(r"page-[0-9a-f]{24}\.jsonl")
_HEADINGS = {
    "telling": "The case is being told again",
    "failed": "The case could not be told again",
    "idle": "What changed",
}
_STAGES = {
    "ingesting": "Taking in what was given",
    "reading": "Reading the documents",
    "resolving": "Telling who is who",
    "weighing": "Weighing what they say",
    "telling": "Telling the account",
}
_MINUTE_S = 60


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why documents were not taken: in words; whether one stands in the place of another, and
    whether there were files, which a browser forgets."""

    reasons: tuple[str, ...]
    is_taken_name: bool
    had_files: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What was kept, in words, and what that changed, where it is known since when.

    `is_all` says whether the last account, if there is one, is of all that the case holds.
    """

    kept: str | None
    changes: tuple[Change, ...] | None
    has_account: bool
    is_all: bool


def add_page(
    visit: Visit,
    typed: Mapping[str, str],
    added: Sequence[dict[str, Any]] = (),
    refusal: Refusal | None = None,
) -> str:
    return page(
        "add",
        visit,
        typed=typed,
        formats=FORMATS,
        most_mb=FILE_BYTES_MAX // MIB,
        additions=added,
        refusal=refusal,
    )


def work_page(
    visit: Visit, work: Progress, told: Told, added: Sequence[dict[str, Any]], again: str
) -> str:
    """How far the telling is and, once it has ended, what it changed; `again` asks once more."""
    # What waits to be told is being told, for whoever looks.
    status = "telling" if work.status == "idle" and not told.is_all else work.status
    return page(
        "work",
        visit,
        heading=_HEADINGS[status],
        status=status,
        work=work,
        stage=say_stage(work),
        told=told,
        again=again,
        additions=added,
    )


def say_stage(work: Progress) -> str:
    """How far it is, in words, with the time left where that is known.

    >>> say_stage(Progress("telling", "reading", 3, 7, 4.2))
    'Reading the documents: 3 of 7, some 5 seconds left.'
    """
    said = _STAGES.get(work.stage or "", "Beginning")
    if work.of:
        said += f": {work.done} of {work.of}"
    if work.left_s is not None:
        said += f", {_say_left(work.left_s)} left"
    return f"{said}."


def _say_left(left_s: float) -> str:
    """
    >>> _say_left(4.2), _say_left(130)
    ('some 5 seconds', 'some 3 minutes')
    """
    if left_s < _MINUTE_S:
        n = int(left_s) + 1
        return f"some {n} second{'' if n == 1 else 's'}"
    return f"some {int(left_s / _MINUTE_S) + 1} minutes"


def added_rows(
    additions: Sequence[Addition], documents: Sequence[Document]
) -> list[dict[str, Any]]:
    """What was handed in, the last first, called by its document where the account has it."""
    given = _by_input(documents)
    return [
        {
            "name": _called(addition, given.get(addition.name)),
            "address": None
            if addition.name not in given
            else f"/documents/{in_address(given[addition.name].id)}",
            "status": addition.status,
            "error": addition.error,
            "by": addition.added_by,
            "added": addition.added,
        }
        for addition in reversed(additions)
    ]


def _by_input(documents: Sequence[Document]) -> dict[str, Document]:
    """The documents by the names that what they came in has: a pasted text is a file of one line,
    called by its address where it has one."""
    found: dict[str, Document] = {}
    for document in documents:
        found[f"{content_id('page', document.name)}.jsonl"] = document
        found[document.name.removesuffix(":1")] = document
    return found


def _called(addition: Addition, document: Document | None) -> str:
    if not _PASTED.fullmatch(addition.name):
        return addition.name
    return "Pasted text" if document is None else label(document)
