"""When what a page tells was, once its date is known; the happenings are invented."""

from dataclasses import replace

from consilience.dates import when_of
from consilience.read import Reader
from consilience.resolve.anchoring import anchored_reading
from tests.factory import document


def times_of(reader: Reader, text: str, published: str) -> dict[str, str | None]:
    of = replace(document(text), published=when_of(published))
    read = anchored_reading(of, reader(of))
    return {
        text[p.predicate.start : p.predicate.end]: p.when.value if p.when else None
        for p in read.propositions
    }


def test_a_length_counted_from_a_happening_dates_what_came_after_it(reader: Reader) -> None:
    text = (
        "The bridge collapsed at 6 a.m. on Thursday.\n\n"
        "Two days after the collapse, rescuers found a boy."
    )
    found = times_of(reader, text, "2022-06-07")
    assert found["found"] == "2022-06-04"


def test_a_length_counted_from_a_happening_is_not_its_own_time(reader: Reader) -> None:
    text = (
        "A blast killed six dockers on Monday.\n\n"
        "Two days after the blast, the harbour master resigned."
    )
    found = times_of(reader, text, "2022-06-10")
    assert found["resigned"] == "2022-06-08"
    assert found.get("blast") in ("2022-06-06", None)


def test_an_hour_is_of_the_day_of_the_happening_not_of_that_on_which_it_was_told(
    reader: Reader,
) -> None:
    text = (
        "A barge sank on Monday, the port authority said on Tuesday.\n\n"
        "It struck the pier at about 9.20 p.m., a spokesman said."
    )
    assert times_of(reader, text, "2022-06-07")["struck"] == "2022-06-06T21:20"


def test_an_hour_is_of_the_only_day_named_even_if_something_was_said_on_it(
    reader: Reader,
) -> None:
    text = "Police said on Tuesday that a barge struck the pier. It sank at 9.20 p.m. that night."
    assert times_of(reader, text, "2022-06-07")["sank"] == "2022-06-07T21:20"


def test_a_date_of_birth_dates_nobody_s_arrest(reader: Reader) -> None:
    text = "Deputies arrested Karl Oduya (DOB 04/19/1961) on Monday after a chase in Upper Harwick."
    of = replace(document(text), published=when_of("2022-06-07"))
    read = anchored_reading(of, reader(of))
    assert [t.when.value for t in read.times] == ["2022-06-06"]
    assert all(p.when is None or p.when.value != "1961-04-19" for p in read.propositions)
