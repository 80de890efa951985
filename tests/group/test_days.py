"""Days named in plain text."""

from datetime import date

import pytest

from consilience.group.days import find_days
from consilience.group.words import words_of

WRITTEN = date(2031, 3, 6)  # a Thursday


def days(text: str, written: date | None = WRITTEN) -> list[str]:
    folded = [word.folded for word in words_of(text)]
    return [day.isoformat() for day in find_days(text, folded, written)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The ferry burned on Tuesday.", "2031-03-04"),
        ("The ferry burned on Thursday.", "2031-03-06"),
        ("It burned yesterday.", "2031-03-05"),
        ("It burned last night.", "2031-03-05"),
        ("It burned on Feb. 28.", "2031-02-28"),
        ("It burned on December 30th.", "2030-12-30"),
        ("It burned on 3 May 2029 at noon.", "2029-05-03"),
        ("Ardió el 3 de mayo de 2029.", "2029-05-03"),
        ("El incendio fue el miércoles.", "2031-03-05"),
        ("The council meets on March 20.", "2031-03-20"),
        ("2029-05-03 14:00", "2029-05-03"),
    ],
)
def test_a_day_is_found_as_it_is_written(text: str, day: str) -> None:
    assert days(text) == [day]


def test_without_the_day_of_writing_only_a_day_with_its_year_is_known() -> None:
    assert days("On Tuesday, May 3, and again on May 4, 2029, yesterday", None) == ["2029-05-04"]


@pytest.mark.parametrize("text", ["It may be 32.", "On May 45", "They march on", "May 99 2031"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert days(text, date(2031, 4, 1)) == []
