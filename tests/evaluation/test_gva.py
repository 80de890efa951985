"""When the place of an incident counts as right, and the interval beside a share."""

import pytest

from consilience.records import Entity, Kind
from evaluation.gva import is_city, wilson


def place(*names: str, geonames: str | None = None) -> Entity:
    links = (("geonames", geonames),) if geonames else ()
    return Entity("e", Kind.PLACE, names[0], names, (), links=links)


@pytest.mark.parametrize(
    ("named", "city", "state", "right"),
    [
        (("Dayton",), "Dayton", "Ohio", True),
        (("DAYTON", "Dayton, Ohio"), "Dayton", "Ohio", True),
        (("North Dayton",), "Dayton", "Ohio", False),
        (("Dayton",), "North Dayton", "Ohio", False),
        (("St. Louis",), "Saint Louis", "Missouri", True),
        (("Ferguson",), "Saint Louis (Ferguson)", "Missouri", True),
        (("Montgomery County",), "Dayton", "Ohio", False),
        (("Montgomery County",), "Montgomery (county)", "Ohio", True),
        (("Dayton",), "Montgomery (county)", "Ohio", True),
        (("Toledo",), "Montgomery (county)", "Ohio", False),
    ],
)
def test_a_city_is_right_by_its_name_or_in_the_county_that_is_named(named, city, state, right):
    assert is_city(place(*named), city, state) is right


def test_a_place_of_another_state_is_wrong_whatever_its_name():
    assert is_city(place("Columbus", geonames="4509177"), "Columbus", "Ohio")
    assert not is_city(place("Columbus", geonames="4188985"), "Columbus", "Ohio")
    assert not is_city(None, "Columbus", "Ohio")


def test_wilsons_interval_is_the_published_one():
    # Newcombe 1998, table I: 81 of 263 is 0.2553 to 0.3662, 0 of 20 is 0 to 0.1611.
    assert [round(bound, 2) for bound in wilson(81, 263)] == [25.53, 36.62]
    assert [round(bound, 2) for bound in wilson(0, 20)] == [0.0, 16.11]
