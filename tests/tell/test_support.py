"""What a time allows the account to say, and which times `verify` takes for one."""

from datetime import UTC, datetime

from consilience.dates import when_of
from consilience.records import Mod, When
from consilience.tell.support import support_of_when, support_of_words, unsupported
from consilience.tell.verify_times import names_its_interval


def test_an_hour_of_another_zone_supports_the_day_there_and_in_utc() -> None:
    # Seven in the evening at UTC-7.
    start, end = datetime(2016, 9, 24, 2, tzinfo=UTC), datetime(2016, 9, 24, 3, tzinfo=UTC)
    support = support_of_when(When(start, end, "2016-09-23T19:00", "7 p.m. PT"))
    assert not list(unsupported("On 23 September 2016 it began.", support))
    assert not list(unsupported("On 24 September 2016 it began.", support))
    assert list(unsupported("On 25 September 2016 it began.", support))


def test_the_late_part_of_a_month_supports_the_month_and_no_other() -> None:
    month = when_of("2018-05")
    late = When(datetime(2018, 5, 21, tzinfo=UTC), month.end, "2018-05", "late May", Mod.END)
    assert not list(unsupported("In late May 2018", support_of_when(late)))
    assert list(unsupported("On 3 June 2018", support_of_when(late)))
    assert support_of_words("late May 2018")


def test_about_an_hour_of_a_zone_is_that_hour_there() -> None:
    # About one in the morning at UTC-6, and what it is not.
    seven, eight = datetime(2013, 5, 4, 7, tzinfo=UTC), datetime(2013, 5, 4, 7, 1, tzinfo=UTC)
    told = When(seven, eight, "2013-05-04T01:00", "around 1 a.m. CT", Mod.APPROX)
    assert names_its_interval(told)
    assert not names_its_interval(When(seven, eight.replace(hour=9), told.value, None, Mod.APPROX))
    assert not names_its_interval(When(seven, eight, "2013-05-02T01:00", None, Mod.APPROX))
