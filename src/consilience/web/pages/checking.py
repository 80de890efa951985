"""The page that holds a sentence of one's own against the case."""

from collections.abc import Mapping, Sequence
from typing import Any

from consilience.records import Passage
from consilience.tell.lookup import Lookup
from consilience.web.pages.quoting import Quoted, quoted
from consilience.web.pages.render import Visit, page

# What each standing is called, and what a reader is to make of it.
_STANDINGS = {
    "supported": ("agreed", "Documents of this case say so."),
    "disputed": ("contradicted", "Documents of this case say otherwise."),
    "unsupported": ("single_origin", "No document of this case says so, nor that it is not so."),
}


def check_page(
    visit: Visit,
    statement: str = "",
    found: Mapping[str, Any] | None = None,
    book: Lookup | None = None,
    refused: str | None = None,
) -> str:
    """What was `found` of the statement, as `answers.checked` says it."""
    points = [] if found is None or book is None else [_point(p, book) for p in found["points"]]
    return page(
        "check",
        visit,
        statement=statement,
        standing=None if found is None else found["standing"],
        standings=_STANDINGS,
        points=points,
        refused=refused,
    )


def _point(point: Mapping[str, Any], book: Lookup) -> dict[str, Any]:
    return {
        "said": point["said"],
        "standing": point["standing"],
        "why": point["why"],
        "voices": point["voices"],
        "for": _quoted_each(point["passages"], book),
        "against": _quoted_each(point["against"], book),
    }


def _quoted_each(passages: Sequence[Mapping[str, Any]], book: Lookup) -> list[Quoted]:
    found = (Passage(p["document"], p["start"], p["end"]) for p in passages)
    return [quoted(one, book) for one in found if one.document_id in book.documents]
