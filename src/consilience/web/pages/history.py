"""The pages of the states a case went through, and of what changed between two."""

from collections.abc import Sequence

from consilience.records import Change
from consilience.store import StateLine
from consilience.tell.phrases import count
from consilience.web.pages.render import Visit, page

# The formats of /api/exports, as those call them who use them.
EXPORTS = (
    ("html", "HTML in one file"),
    ("markdown", "Markdown"),
    ("json", "JSON"),
    ("csv", "Tables (CSV)"),
    ("ftm", "FollowTheMoney"),
    ("annotations", "Web annotations"),
    ("prov", "PROV"),
    ("schema-org", "schema.org"),
    ("timelinejs", "TimelineJS"),
    ("geojson", "GeoJSON"),
    ("graphml", "GraphML"),
    ("bibtex", "BibTeX"),
)


def history_page(visit: Visit, states: Sequence[StateLine]) -> str:
    """The states of a case, the newest first, each with what it changed."""
    shown = [
        {
            "number": state.number,
            "kept": state.kept,
            "held": f"{count(state.n_documents, 'document')}, "
            f"{count(state.n_origins, 'independent origin')}",
            "changes": [change.text for change in state.changes or ()],
        }
        for state in reversed(states)
    ]
    return page("history", visit, states=shown, exports=EXPORTS)


def changes_page(
    visit: Visit, since: int, until: int, n_states: int, changes: Sequence[Change]
) -> str:
    return page(
        "changes",
        visit,
        since=since,
        until=until,
        numbers=range(1, n_states + 1),
        changes=changes,
    )
