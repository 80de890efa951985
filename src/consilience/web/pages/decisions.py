"""The page of what was decided, by whom and when."""

from collections.abc import Sequence
from typing import Any

from consilience.decisions import say_decision, taken_back
from consilience.records import Decision, DecisionKind, Dossier
from consilience.web.pages.render import Visit, page


def decisions_page(
    visit: Visit,
    decisions: Sequence[Decision],
    dossier: Dossier,
    refused: str | None = None,
    conflict: dict[str, Any] | None = None,
) -> str:
    """All decisions, the newest first, each with how to take it back."""
    undone = taken_back(decisions)
    about = {ruling.number: ruling.record_ids for ruling in dossier.decisions}
    shown = [
        {
            **said(number, decision),
            "kind": decision.kind,
            "undone_by": undone.get(number),
            "records": about.get(number, ()),
            "is_undo": decision.kind is DecisionKind.UNDO,
            "is_told": number in about or number in undone or decision.undoes is not None,
        }
        for number, decision in enumerate(decisions, start=1)
    ]
    return page("decisions", visit, decisions=shown[::-1], refused=refused, conflict=conflict)


def said(number: int, decision: Decision) -> dict[str, Any]:
    """A decision as pages tell it."""
    return {
        "number": number,
        "by": decision.made_by,
        "made": decision.made,
        "text": say_decision(decision),
        "reason": decision.reason,
    }
