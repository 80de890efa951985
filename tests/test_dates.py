"""Imprecise times and the words that depend on a day."""

from datetime import date, timedelta

import pytest

from consilience.dates import contains, interval, overlaps, when_of
from consilience.records import Passage, Timex, TimexType, When
from consilience.relative import anchored, resolve, value_at

FRIDAY = date(2019, 10, 18)


@pytest.mark.parametrize(
    ("relative", "value", "unknown"),
    [
        ("weekday:4:past+TNI", "2019-10-17TNI", "XXXX-WXX-4TNI"),
        ("weekday:5:past", "2019-10-18", "XXXX-WXX-5"),
        ("weekday:5:last", "2019-10-11", "XXXX-WXX-5"),
        ("weekday:5:next", "2019-10-25", "XXXX-WXX-5"),
        ("weekday:1:near", "2019-10-21", "XXXX-WXX-1"),
        ("weeks:-1", "2019-W41", "XXXX-WXX"),
        ("weeks:-1;weekday:3", "2019-10-09", "XXXX-WXX-3"),
        ("weekend:past", "2019-W41-WE", "XXXX-WXX-WE"),
        ("months:-1", "2019-09", "XXXX-XX"),
        ("month:12:past", "2018-12", "XXXX-12"),
        ("month:12:recent", "2019-12", "XXXX-12"),
        ("month:2:recent", "2019-02", "XXXX-02"),
        ("years:0;month:2", "2019-02", "XXXX-02"),
        ("monthday:10-17:past", "2019-10-17", "XXXX-10-17"),
        ("monthday:02-29:past", "2016-02-29", "XXXX-02-29"),
        ("season:WI:past", "2018-WI", "XXXX-WI"),
        ("years:-1;quarter:3", "2018-Q3", "XXXX-Q3"),
        ("quarter:3:past;shift:-1", "2018-Q3", "XXXX"),
        ("days:0+T15:30", "2019-10-18T15:30", "XXXX-XX-XXT15:30"),
        ("=2019-10-17;days:1", "2019-10-18", "2019-10-18"),
        ("=2019-02-30;days:1", "XXXX-XX-XX", "XXXX-XX-XX"),
    ],
)
def test_words_mean_a_stretch_seen_from_a_day(relative: str, value: str, unknown: str) -> None:
    assert resolve(relative, FRIDAY) == value
    assert resolve(relative, None) == unknown


def between(first: date, n_days: int) -> When:
    start = when_of(first.isoformat()).start
    assert start is not None
    return When(start, start + timedelta(days=n_days), "")


def test_some_days_give_the_value_that_all_of_them_give() -> None:
    assert value_at("weekday:4:past", between(FRIDAY, 6)) == "2019-10-17"
    assert value_at("weekday:4:past", between(FRIDAY, 7)) == "XXXX-WXX-4"


def test_some_days_give_the_month_that_most_of_them_give() -> None:
    assert value_at("month:12:past", between(FRIDAY, 250)) == "2019-12"
    assert value_at("month:12:past", between(FRIDAY, 60)) == "2018-12"


def test_a_past_day_among_some_days_is_of_the_year_that_need_not_be_named() -> None:
    assert value_at("monthday:12-02:past", between(FRIDAY, 100)) == "2019-12-02"
    assert value_at("monthday:12-02:past", between(FRIDAY, 20)) == "2018-12-02"
    assert value_at("monthday:03-02:past", between(FRIDAY, 300)) == "XXXX-03-02"


def test_an_open_anchor_gives_nothing() -> None:
    assert value_at("days:0", When(None, when_of("2019-10-18").end, "")) == "XXXX-XX-XX"


def test_an_absolute_time_keeps_its_value_under_any_anchor() -> None:
    timex = Timex(Passage("d", 0, 4), TimexType.DATE, when_of("2012", "2012"))
    assert anchored(timex, when_of("2019-10-18")) == timex.when


def test_every_day_of_a_year_has_a_thursday_of_at_most_six_days_ago() -> None:
    for n in range(366):
        day = date(2020, 1, 1) + timedelta(days=n)
        found = date.fromisoformat(resolve("weekday:4:past", day))
        assert found.isoweekday() == 4
        assert 0 <= (day - found).days <= 6


@pytest.mark.parametrize("value", ["XXXX-WXX-3", "P1W", "PRESENT_REF", "2019-13", "2019-02-30"])
def test_a_value_off_the_line_of_time_has_no_interval(value: str) -> None:
    assert interval(value) == (None, None)


def test_a_day_lies_in_its_month_and_overlaps_its_week() -> None:
    assert contains(when_of("2019-10"), when_of("2019-10-17"))
    assert overlaps(when_of("2019-W42"), when_of("2019-10-17"))
    assert not overlaps(when_of("2019-W43"), when_of("2019-10-17"))
