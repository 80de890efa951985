"""A day named in words that were copied is that of the first page that wrote them."""

import pytest

from tests.small_cases import OneReader, Page, page, tell

REPORT = (
    "Two barges collided below the weir of Lorn on Monday night.",
    "The skipper Ada Brandt swam ashore and walked to the lock house in the dark.",
    "Divers from Kessin found the second barge on the river bed near Sand Point.",
    "The port authority closed the river for all ships until further notice.",
    "Farmers downstream were told to keep cattle away from the banks.",
)
WRITTEN, LATER = "2031-02-05", "2031-02-26"


def barges(*lines: str, source: str, published: str) -> Page:
    return page("\n".join(lines), source, published)


def told(engine: OneReader, *pages: Page) -> tuple[set[str], dict[str, tuple[str, ...]]]:
    """The days of the case's events, and what the dossier says of each page's dates."""
    dossier = tell(engine, *pages)
    days = {e.when.value.partition("T")[0] for e in dossier.events if e.when is not None}
    return days, {d.source or "": d.date_conflicts for d in dossier.documents}


ORIGINAL = barges(*REPORT, source="Weir Post", published=WRITTEN)


@pytest.mark.parametrize(
    "lines",
    [
        REPORT,
        REPORT[:4],
        (REPORT[0].replace("collided", "crashed").replace("below", "beneath"), *REPORT[1:]),
    ],
)
def test_a_copy_speaks_from_the_day_of_its_original_and_the_dossier_says_so(
    engine: OneReader, lines: tuple[str, ...]
) -> None:
    copy = barges(*lines, source="River Mirror", published=LATER)
    days, said = told(engine, ORIGINAL, copy)
    assert days == {"2031-02-03"}
    assert said["Weir Post"] == ()
    assert said["River Mirror"] == (
        "its “Monday night” stands in words of Weir Post, and is read as of Wednesday, 5 February"
        " 2031, when they were written",
    )


def test_what_a_later_page_adds_is_said_on_its_own_day(engine: OneReader) -> None:
    news = "The skipper Ada Brandt was arrested on Monday in her flat in Kessin."
    days, said = told(
        engine, ORIGINAL, barges(news, *REPORT, source="Weir Post II", published=LATER)
    )
    assert days == {"2031-02-03", "2031-02-24"}
    assert len(said["Weir Post II"]) == 1


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("on Monday night", "on Tuesday night"),
        ("weir of Lorn", "weir of Hasel"),
        ("Two barges", "Three barges"),
    ],
)
def test_another_day_place_or_figure_is_said_anew(engine: OneReader, was: str, now: str) -> None:
    first = REPORT[0].replace(was, now)
    days, said = told(
        engine, ORIGINAL, barges(first, *REPORT[1:], source="River Mirror", published=LATER)
    )
    assert {"2031-02-03"} < days
    assert not any("stands in words of" in note for note in said["River Mirror"])


def test_alike_words_in_pages_that_are_no_copies_are_of_their_own_days(engine: OneReader) -> None:
    own = (
        REPORT[0],
        "Nobody on board was hurt this time, and the crews shook hands.",
        "An insurance agent took photographs of a dented bow for most of the morning.",
        "In the tavern they spoke of little else, and of the low water of this spring.",
    )
    days, _ = told(engine, ORIGINAL, barges(*own, source="Upland Echo", published=LATER))
    assert days == {"2031-02-03", "2031-02-24"}
