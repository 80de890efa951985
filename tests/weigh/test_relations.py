"""How two answers to one question stand to each other."""

import pytest

from consilience.dates import when_of
from consilience.records import Comparator, Quantity, RelationKind, Text, When
from consilience.weigh.related_offices import relate_titles
from consilience.weigh.relations import relate
from consilience.weigh.sides import Side

MONDAY, TUESDAY = when_of("2022-05-02"), when_of("2022-05-03")


def side(value: Quantity | When | Text, said: When | None = MONDAY, document: str = "a") -> Side:
    return Side(value, frozenset({document}), said)


def people(
    low: int | None, comparator: Comparator = Comparator.EXACTLY, high: int | None = None
) -> Quantity:
    if comparator is Comparator.EXACTLY:
        high = low
    return Quantity(low, high, comparator, "person")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (people(8), people(8, Comparator.AT_LEAST)),
        (people(21), people(20, Comparator.MORE_THAN)),
        (people(150, Comparator.AT_LEAST), people(155)),
        (people(40, Comparator.ABOUT), people(43)),
        (people(None, Comparator.AT_MOST, 10), people(9)),
        (people(5, Comparator.BETWEEN, 9), people(9)),
    ],
)
def test_a_bound_and_a_number_inside_it_are_compatible(left: Quantity, right: Quantity) -> None:
    kind, _ = relate("killed", side(left), side(right, document="b"))
    assert kind is RelationKind.COMPATIBLE


def test_more_than_twenty_does_not_allow_twenty() -> None:
    kind, _ = relate(
        "count:boat", side(people(20)), side(people(20, Comparator.MORE_THAN), document="b")
    )
    assert kind is RelationKind.CONTRADICTORY


def test_a_toll_that_grew_is_an_update_whichever_is_given_first() -> None:
    early, late = side(people(8), MONDAY), side(people(13), TUESDAY, "b")
    assert relate("killed", early, late)[0] is RelationKind.UPDATED
    assert relate("killed", late, early)[0] is RelationKind.UPDATED


def test_a_toll_that_shrank_contradicts() -> None:
    kind, why = relate("killed", side(people(13), MONDAY), side(people(8), TUESDAY, "b"))
    assert kind is RelationKind.CONTRADICTORY
    assert why == "the later report gives fewer: 8 after 13"


def test_a_part_larger_than_an_earlier_whole_is_an_update_and_else_contradicts() -> None:
    whole = side(people(1), MONDAY)
    men = Quantity(2, 2, Comparator.EXACTLY, "man")
    assert relate("killed", whole, side(men, TUESDAY, "b"))[0] is RelationKind.UPDATED
    assert relate("killed", side(men, TUESDAY, "b"), whole)[0] is RelationKind.UPDATED
    assert relate("killed", whole, side(men, MONDAY, "b"))[0] is RelationKind.CONTRADICTORY


def test_fewer_missing_later_is_an_update() -> None:
    kind, _ = relate("missing", side(people(30), MONDAY), side(people(4), TUESDAY, "b"))
    assert kind is RelationKind.UPDATED


def test_two_tolls_of_one_day_contradict() -> None:
    kind, _ = relate("killed", side(people(8)), side(people(9), document="b"))
    assert kind is RelationKind.CONTRADICTORY


def test_a_closed_count_is_never_updated() -> None:
    kind, _ = relate("count:shell", side(people(5)), side(people(7), TUESDAY, "b"))
    assert kind is RelationKind.CONTRADICTORY


def test_two_figures_of_one_document_may_be_part_and_whole() -> None:
    kind, _ = relate("killed", side(people(3)), side(people(8)))
    assert kind is RelationKind.COMPATIBLE


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("Secretary of Defence", "Defense Secretary", RelationKind.SAME),
        ("president", "Norlandic president", RelationKind.COMPATIBLE),
        ("Transport Minister", "Minister of Health", RelationKind.CONTRADICTORY),
        ("former Transport Minister", "Health Minister", RelationKind.COMPATIBLE),
        ("lawyer", "mayor of Arlow", RelationKind.COMPATIBLE),
        ("police chief", "Chief of Police", RelationKind.SAME),
    ],
)
def test_two_offices_of_one_person(a: str, b: str, kind: RelationKind) -> None:
    assert relate_titles(a, b)[0] is kind
    assert relate_titles(b, a)[0] is kind


def test_a_vaguer_date_is_compatible_and_another_day_is_not() -> None:
    month, day, other = when_of("2022-05"), when_of("2022-05-03"), when_of("2022-05-04")
    assert relate("when", side(month), side(day))[0] is RelationKind.COMPATIBLE
    assert relate("when", side(day), side(other, document="b"))[0] is RelationKind.CONTRADICTORY
