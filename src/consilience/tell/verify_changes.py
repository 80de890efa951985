"""Whether what a dossier says has changed is what it says now; what was before it cannot prove."""

from collections.abc import Iterator

from consilience.records import Change, Dossier
from consilience.tell.changed_answers import ARROW, shown_value
from consilience.tell.lookup import Lookup
from consilience.tell.paired import passages_of


def check_changes(dossier: Dossier, book: Lookup) -> Iterator[str]:
    for i, change in enumerate(dossier.changes):
        if change.finding_ids:
            yield from (f"changes[{i}]: {problem}" for problem in _of_findings(change, book))


def _of_findings(change: Change, book: Lookup) -> Iterator[str]:
    """An answer that one went over to is one that is given, and the words are those of answers."""
    candidates = [c for id_ in change.finding_ids for c in book.findings[id_].candidates]
    if not set(change.passages) <= passages_of(candidates, book):
        yield "its passages are not those of its findings"
    _, arrow, now = change.text.partition(ARROW)
    if arrow and not any(now.startswith(shown_value(c.value, book)) for c in candidates):
        yield f"“{now}” is no answer of its findings"
