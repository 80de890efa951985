"""Live tickers: whose entries were written when."""

from dataclasses import replace

import pytest

from consilience.dates import when_of
from consilience.ticker import ticker, written_at
from tests.factory import document
from tests.small_cases import OneReader, findings, page, tell

_LIVE = (
    "07:15 A barge has sunk off Marwick. Police say four people are dead.\n\n"
    "10:05 Police: eleven people are dead.\n\n"
    "15:55 Police: 19 people are dead."
)


def test_each_entry_is_of_its_hour() -> None:
    live = replace(document(_LIVE), published=when_of("2024-05-14"))
    assert [when.value for _, when in ticker(live)] == [
        "2024-05-14T07:15", "2024-05-14T10:05", "2024-05-14T15:55"
    ]  # fmt: skip
    assert written_at(ticker(live), 0) == when_of("2024-05-14T07:15", "07:15")


@pytest.mark.parametrize(
    "text",
    [
        "3:50 The trial\n\n3:20 A look back\n\n4:16 Dispatches",
        "07:15 A barge has sunk.\n\nIts crew of 10:05 fame is safe.",
    ],
)
def test_lengths_of_videos_and_single_hours_are_no_ticker(text: str) -> None:
    assert ticker(replace(document(text), published=when_of("2024-05-14"))) == ()


def test_a_toll_that_grew_within_a_ticker_is_told_as_grown(engine: OneReader) -> None:
    morning = page(
        "A barge sank off Marwick on Tuesday. Four people were killed, police said.", "Bell",
        "2024-05-14T06:00:00Z",
    )  # fmt: skip
    dossier = tell(engine, morning, page(_LIVE, "Marwick Live", "2024-05-14"))
    (toll,) = findings(dossier, "killed")
    assert toll.status == "updated"
    assert toll.policies.latest == toll.candidates[-1].value
