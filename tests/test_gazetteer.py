"""Names of places to the places that bear them."""

import pytest

from consilience.gazetteer import GazetteerPlace, PlaceKind, contains, find_places


def first(name: str) -> GazetteerPlace:
    return find_places(name)[0]


@pytest.mark.parametrize(
    ("said", "name", "country"),
    [
        ("Šabac", "Šabac", "Serbia"),
        ("Sabac", "Šabac", "Serbia"),
        ("Skoplje", "Skopje", "North Macedonia"),
        ("Nueva York", "New York City", "United States"),
        ("Saint Louis", "St. Louis", "United States"),
        ("the Bronx", "The Bronx", "United States"),
        ("Kisangani", "Kisangani", "Democratic Republic of the Congo"),
        ("Zamboanga City", "Zamboanga", "Philippines"),
        ("Alemania", "Germany", "Germany"),
        ("Calif.", "California", "United States"),
        ("BC", "British Columbia", "Canada"),
        ("Andalucía", "Andalusia", "Spain"),
    ],
)
def test_a_place_is_found_by_each_of_its_names(said, name, country):
    assert (first(said).name, first(said).country) == (name, country)


def test_bearers_of_one_name_come_largest_first():
    found = [p for p in find_places("Córdoba") if p.kind is PlaceKind.SETTLEMENT]
    assert [p.country for p in found[:2]] == ["Argentina", "Spain"]


def test_a_county_a_state_and_a_country_are_told_from_towns():
    kinds = [first(n).kind for n in ("Cook County", "Oaxaca", "Kenya", "Nakuru", "Cavite")]
    assert kinds == ["district", "region", "country", "settlement", "district"]


def test_two_small_letters_are_a_word_and_no_state():
    assert find_places("or") == ()
    assert find_places("OR")[0].name == "Oregon"


@pytest.mark.parametrize("name", ["", "  ", "?!", "Qwxzrv", "a" * 10_000, "\t", "zzzzzz", "1"])
def test_what_names_no_place_finds_none(name):
    assert find_places(name) == ()


def test_a_place_lies_in_its_county_its_state_and_its_country():
    town = first("Dayton")
    for outer in ("Montgomery County", "Ohio", "United States"):
        assert any(contains(o, town) for o in find_places(outer)), outer
    assert not contains(first("Indiana"), town)
    country, state = find_places("Georgia")[:2]
    assert (country.kind, state.kind) == ("country", "region")
    assert contains(country, first("Tbilisi"))
    assert not contains(state, first("Tbilisi"))
    assert not any(contains(town, p) for p in find_places("Ohio"))


def test_a_county_lies_in_its_state_and_not_in_another_county():
    cook = first("Cook County")
    assert contains(first("Illinois"), cook)
    assert not contains(cook, cook)
    assert not contains(first("Los Angeles County"), cook)
