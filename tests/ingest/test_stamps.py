"""Absolute dates as pages stamp them."""

import pytest

from consilience.ingest.stamps import parse_stamp, stamps

STAMPS = (
    ("2019-03-07", "2019-03-07"),
    ("2019/03/07", "2019-03-07"),
    ("20190307", "2019-03-07"),
    ("2019-03-07T15:30:00Z", "2019-03-07T15:30"),
    ("2019-03-07T15:30:00-05:00", "2019-03-07T20:30"),
    ("2019-03", "2019-03"),
    ("June 30, 2020", "2020-06-30"),
    ("30 June 2020", "2020-06-30"),
    ("Sept. 3rd, 2020", "2020-09-03"),
    ("8 Nov 2019 at 02:00 UTC", "2019-11-08T02:00"),
    ("November 8th, 2019 at 12:05 am", "2019-11-08T00:05"),
    ("14:05 BST, 3 May 2021", "2021-05-03T13:05"),
    ("Mon, 03 May 2021 14:05:00 +0200", "2021-05-03T12:05"),
    ("Thursday, April 30, 2015 6:50 PM EDT", "2015-04-30T22:50"),
    ("3 de mayo de 2021 a las 14:05", "2021-05-03T14:05"),
    ("3 février 2021 à 14h05", "2021-02-03T14:05"),
    ("3. März 2021, 14:05 Uhr", "2021-03-03T14:05"),
    ("17/10/2019", "2019-10-17"),
    ("10/17/2019", "2019-10-17"),
    ("Actualizado: 03/05/2021", "2021-05-03"),
    ("03/05/2021 14h05", "2021-05-03T14:05"),
)


@pytest.mark.parametrize(("words", "value"), STAMPS)
def test_a_stamp_is_read_to_its_value_in_utc(words: str, value: str) -> None:
    when = parse_stamp(words)
    assert when is not None
    assert when.value == value
    assert when.start is not None


@pytest.mark.parametrize(
    "words", ["4/5/2021", "2019-13-45", "31 June 2020", "May 2021", "soon", ""]
)
def test_what_names_no_single_day_is_no_stamp(words: str) -> None:
    assert parse_stamp(words) is None


def test_a_stamp_keeps_the_words_it_was_read_from() -> None:
    line = "Published 14:05 GMT, 3 May 2021 | Updated 4 May 2021"
    found = [(line[stamp.start : stamp.end], stamp.when.value) for stamp in stamps(line)]
    assert found == [("14:05 GMT, 3 May 2021", "2021-05-03T14:05"), ("4 May 2021", "2021-05-04")]
