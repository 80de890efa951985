"""What speaks against a page's date; the happenings are invented."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from consilience.dates import when_of
from consilience.read import Reader
from consilience.records import (
    DateBasis,
    Document,
    Passage,
    Reading,
    Timex,
    TimexType,
    When,
)
from consilience.resolve.anchoring import anchored_reading
from consilience.resolve.date_conflicts import with_date_conflicts
from tests.factory import document
from tests.steps import steps

SANK = "A grain barge sank in the Orle estuary on Thursday, drowning nine deckhands."


def page(name: str, text: str, published: str | None, updated: str | None = None) -> Document:
    return replace(
        document(text, name),
        published=when_of(published) if published else None,
        published_basis=DateBasis.GIVEN if published else None,
        updated=when_of(updated) if updated else None,
    )


def conflicts(reader: Reader, *pages: Document) -> dict[str, tuple[str, ...]]:
    read = {of.id: anchored_reading(of, reader(of)) for of in pages}
    found = with_date_conflicts(pages, read, {})
    return {of.name: of.date_conflicts for of in found}


def test_a_stamp_long_after_all_that_is_told_is_reported(reader: Reader) -> None:
    text = "The barge sank on 3 March 2016.\n\nAn inquest opened on 9 March 2016."
    (said,) = conflicts(reader, page("a", text, None, "2016-11-20"))["a"]
    assert said == (
        "its page was updated on Sunday, 20 November 2016, 256 days after anything that it tells "
        "of (Wednesday, 9 March 2016 at the latest)"
    )


def test_a_stamp_soon_after_what_is_told_is_none(reader: Reader) -> None:
    of = page("a", "The barge sank on 3 March 2016.", None, "2016-03-05")
    assert conflicts(reader, of) == {"a": ()}


def test_what_is_told_as_past_cannot_lie_after_the_date_given(reader: Reader) -> None:
    of = page("a", "The barge sank on 3 March 2016.", "2016-02-01")
    assert conflicts(reader, of)["a"] == (
        "it tells of Thursday, 3 March 2016 as past, which is later than its date",
    )


def test_what_is_announced_may_lie_after_the_date_given(reader: Reader) -> None:
    of = page("a", "The barge will be raised on 3 March 2016.", "2016-02-01")
    assert conflicts(reader, of) == {"a": ()}


def test_one_happening_on_two_thursdays_puts_both_dates_in_doubt(reader: Reader) -> None:
    found = conflicts(reader, page("a", SANK, "2016-03-04"), page("b", SANK, "2016-04-01"))
    (said,) = found["a"]
    assert said.startswith("its “Thursday” is Thursday, 3 March 2016, in b, which tells of the")
    assert "31 March 2016" in found["b"][0] + said


def test_two_pages_that_agree_are_in_no_doubt(reader: Reader) -> None:
    found = conflicts(reader, page("a", SANK, "2016-03-04"), page("b", SANK, "2016-03-05"))
    assert found == {"a": (), "b": ()}


def unlike(k: int) -> str:
    own = (f"{word}{k}" for word in ("barge", "estuary", "deckhand", "harbour"))
    return f"A {' '.join(own)} sank on Thursday."


@pytest.mark.parametrize("text", [lambda _: SANK, unlike], ids=["one report", "own words"])
def test_twice_the_pages_cost_twice_the_work(text: Callable[[int], str]) -> None:
    def work(n: int) -> int:
        pages = [page(f"{k}", text(k), f"2031-0{1 + k % 9}-1{k % 10}") for k in range(n)]
        read = {of.id: on_thursday(of) for of in pages}
        return steps(lambda: with_date_conflicts(pages, read, {})).total()

    assert work(160) <= 2.2 * work(80)


def on_thursday(of: Document) -> Reading:
    """A reading of one sentence with its "Thursday"."""
    start = of.text.index("Thursday")
    day = Passage(of.id, start, start + len("Thursday"))
    when = When(None, None, "XXXX-WXX-4", "Thursday")
    return Reading(
        of.id, (Passage(of.id, 0, len(of.text)),), (),
        (Timex(day, TimexType.DATE, when, "weekday:4:past"),), (), (), (), "test",
    )  # fmt: skip
