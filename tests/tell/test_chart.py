"""A figure over the time it was reported."""

import itertools
from dataclasses import replace
from datetime import timedelta

from consilience.records import Finding
from consilience.tell.chart import LEFT, RIGHT, chart
from consilience.tell.lookup import lookup
from tests.tell.sample import DAYS, sample_dossier

BOOK = lookup(sample_dossier())


def finding(finding_id: str) -> Finding:
    return BOOK.findings[finding_id]


def test_later_figures_stand_to_the_right_and_higher_ones_above() -> None:
    drawn = chart(finding("f1"), BOOK)
    assert drawn is not None
    nine, fourteen = drawn.bars
    assert (nine.label, fourteen.label) == ("at least 9", "14")
    assert nine.x1 == nine.x2 == LEFT
    assert nine.x2 < fourteen.x1 < fourteen.x2 == RIGHT
    assert fourteen.y < nine.y
    assert (drawn.first, drawn.last) == ("4 March 2031", "7 March 2031")


def test_only_an_open_figure_points_upwards() -> None:
    drawn = chart(finding("f1"), BOOK)
    assert drawn is not None
    assert [bool(bar.points) for bar in drawn.bars] == [True, False]


def test_what_is_not_known_to_the_day_is_drawn_as_such_and_stretches_nothing() -> None:
    toll = finding("f1")
    last = DAYS["d4"]
    assert last.end is not None
    later = replace(last, end=last.end + timedelta(days=200), value="2031-03-07/2031-09-23")
    vague = replace(toll.candidates[1], first_said=later, last_said=later)
    exact = replace(toll.candidates[1], first_said=last, last_said=last)
    drawn = chart(replace(toll, candidates=(toll.candidates[0], exact, vague)), BOOK)
    assert drawn is not None
    assert [bar.is_exact for bar in drawn.bars] == [True, True, False]
    assert drawn.last == "7 March 2031"
    assert drawn.bars[2].x2 > RIGHT


def test_labels_do_not_touch() -> None:
    toll = finding("f1")
    drawn = chart(replace(toll, candidates=toll.candidates * 3), BOOK)
    assert drawn is not None
    heights = sorted(bar.y for bar in drawn.bars)
    assert all(b - a >= 17 for a, b in itertools.pairwise(heights))
    assert drawn.height > heights[-1]


def test_one_figure_or_one_day_makes_no_picture() -> None:
    assert chart(finding("f6"), BOOK) is None
    assert chart(finding("f3"), BOOK) is None
