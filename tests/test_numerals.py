"""Numbers as they are written."""

import pytest

from consilience.numerals import numerals, readable


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("nine people", [9]),
        ("Twenty-one sailors", [21]),
        ("one hundred and five passengers", [105]),
        ("two thousand three hundred and twelve", [2312]),
        ("2 million and 3.5 million", [2_000_000, 3_500_000]),
        ("1,500 people in 12 boats", [1500, 12]),
        ("half a dozen boats, two dozen men", [6, 24]),
        ("a hundred", [100]),
        ("two and three", [2, 3]),
        ("twenty and five", [20, 5]),
        ("nobody of the 2031 crew", [0, 2031]),
        ("at 15:30", [15, 30]),
        ("his million dollars, a dozen boats", [1_000_000, 12]),
        ("$25K or 3.5m", [25_000, 3_500_000]),
        ("no number words here", [0]),
        ("the words", []),
    ],
)
def test_english_numbers_are_read(text: str, values: list[float]) -> None:
    assert [numeral.values[0] for numeral in numerals(text, "en")] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("catorce muertos", [14]),
        ("treinta y un heridos", [31]),
        ("doscientos cinco", [205]),
        ("mil quinientas personas", [1500]),
        ("1.500 personas", [1500]),
        ("dos millones", [2_000_000]),
    ],
)
def test_spanish_numbers_are_read(text: str, values: list[float]) -> None:
    assert [numeral.values[0] for numeral in numerals(text, "es")] == values


def test_the_parts_of_a_list_add_up() -> None:
    assert 11 in readable("two officers and nine soldiers were shot", "en")
    assert 4 in readable("a nurse, two cooks and a stoker", "en")
    assert 3 in readable("two boys and a third", "en")
    assert 12 not in readable("two officers and nine soldiers were shot", "en")


def test_dozens_are_two_dozen_or_one() -> None:
    assert readable("dozens of boats", "en") == {24, 12}


@pytest.mark.parametrize(("unit", "values"), [("two ", {2}), ("hundred and ", {100}), ("9", set())])
def test_a_long_run_of_one_number_word_is_no_larger_number(unit: str, values: set[float]) -> None:
    found = numerals(unit * 2_000, "en")
    assert {value for numeral in found for value in numeral.values} == values


@pytest.mark.parametrize("text", ["²", "10 km²", "½", "①", "2²", "1.2.3", "٣"])
def test_figures_of_other_kinds_stop_nothing(text: str) -> None:
    for language in ("en", "es"):
        assert all(numeral.values for numeral in numerals(text, language))
