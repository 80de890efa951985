"""What invented sentences say of before and after."""

import pytest

from consilience.read import Reader
from consilience.resolve.ordering import find_orders
from tests.factory import document


def ordered(text: str, reader: Reader) -> set[str]:
    """Each pair that the text orders: "freed after arrested"."""
    page = document(text)
    return {
        f"{page.text[o.mention.start : o.mention.end]} {o.relation} "
        f"{page.text[o.of.start : o.of.end]}"
        for o in find_orders([page], {page.id: reader(page)})
    }


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Police arrested two men after the explosion.", "arrested after explosion"),
        ("The miller left the country hours before the vote.", "left before vote"),
        ("The nurse was held for a week before being released.", "held before released"),
        ("After the mayor resigned, crowds cheered in the square.", "cheered after resigned"),
        ("The guard was arrested and later released.", "released after arrested"),
        ("A bomb went off. Hours later, the army sealed the town.", "sealed after went"),
        ("Two boys drowned. Police then closed the lake.", "closed after drowned"),
        ("Thieves robbed the bank while the guards slept.", "robbed while slept"),
    ],
)
def test_a_cue_orders_what_stands_on_its_two_sides(text: str, wanted: str, reader: Reader) -> None:
    assert wanted in ordered(text, reader)


@pytest.mark.parametrize(
    "text",
    [
        "The bridge fell. The mayor wept.",
        "The widow spoke before a large crowd.",
        "The child looked after the goat.",
    ],
)
def test_where_no_word_says_so_nothing_is_ordered(text: str, reader: Reader) -> None:
    assert ordered(text, reader) == set()
