"""Entries of a timeline that their sources do not allow are reported."""

from dataclasses import replace

import pytest

from consilience.dates import when_of
from consilience.records import Dossier, Factuality, TimelineEntry
from consilience.tell.verify import verify
from tests.small_cases import OneReader, page, tell

BLAST = "A bomb exploded in the old market of Corrin on {}, killing four people."
LATER = "Police arrested a baker after the explosion. The mayor will speak on June 3, 2024."


@pytest.fixture(scope="module")
def dossier(engine: OneReader) -> Dossier:
    """A happening with two days, one placed by it, and a plan."""
    return tell(
        engine,
        page(f"{BLAST.format('May 14')} {LATER}", published="2024-05-18"),
        page(BLAST.format("May 13"), "Norland Times", published="2024-05-18"),
    )


def problems(dossier: Dossier, n: int, **changes: object) -> str:
    """What is reported when entry `n` is changed."""
    entries: list[TimelineEntry] = list(dossier.timeline)
    entries[n] = replace(entries[n], **changes)  # type: ignore[arg-type]
    return " ".join(verify(replace(dossier, timeline=tuple(entries))))


def test_a_timeline_as_told_is_proven(dossier: Dossier) -> None:
    assert [str(e.status) for e in dossier.timeline] == ["happened", "happened", "planned"]
    assert verify(dossier) == ()


def test_what_is_to_come_has_not_happened(dossier: Dossier) -> None:
    assert "had not come" in problems(dossier, 2, status=Factuality.HAPPENED)


def test_a_time_that_stands_for_all_is_one_that_is_given(dossier: Dossier) -> None:
    blast = dossier.timeline[0]
    assert "not the first" in problems(dossier, 0, conflicts=blast.conflicts[::-1])


def test_documents_that_give_a_time_are_counted(dossier: Dossier) -> None:
    first, *others = dossier.timeline[0].conflicts
    more = (replace(first, n_documents=5), *others)
    assert "not 5" in problems(dossier, 0, conflicts=more)


def test_what_is_placed_lies_where_its_event_allows(dossier: Dossier) -> None:
    assert "is not after" in problems(dossier, 1, when=when_of("2024-05-15/2024-05-18"))
