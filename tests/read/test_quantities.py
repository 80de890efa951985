"""Figures, what they count and what they do not."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from consilience.read.ages import find_ages
from consilience.read.encoder import Encoder, Parse
from consilience.read.numbers import find_numbers, parse_number
from consilience.read.quantities import find_quantities
from consilience.read.segment import segment
from consilience.read.sums import singular_count
from consilience.records import Count
from tests.factory import document

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "cases/quantities.jsonl").read_text().splitlines()
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def parses(encoder: Encoder, text: str) -> list[Parse]:
    return [encoder.parse(text, sentence.tokens) for sentence in segment(text)]


def said(text: str, count: Count) -> list[str]:
    """The count's words, what it says and, where they are told apart, the counted words."""
    quantity = count.quantity
    bounds = dict.fromkeys((quantity.low, quantity.high))
    figures = "-".join("" if bound is None else str(bound) for bound in bounds)
    words = text[count.passage.start : count.passage.end]
    of = [text[count.of.start : count.of.end]] if count.of else []
    return [words, f"{quantity.comparator.value} {figures} {quantity.unit}", *of]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_a_sentence_yields_its_counts(case: dict[str, object], encoder: Encoder) -> None:
    text = str(case["text"])
    page = replace(document(text), language=str(case.get("language", "en")))
    found = [count for parse in parses(encoder, text) for count in find_quantities(page, parse)]
    counts = [said(text, count) for count in found]
    # The oldest cases leave the counted words open.
    is_open = "batch" not in case
    assert [each[:2] if is_open else each for each in counts] == case["counts"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_a_sentence_yields_its_ages(case: dict[str, object], encoder: Encoder) -> None:
    text = str(case["text"])
    found = [
        [count.quantity.low, text[count.of.start : count.of.end]]
        for parse in parses(encoder, text)
        for count in find_ages(document(text), parse)
        if count.of is not None
    ]
    assert found == case.get("ages", [])


def test_the_counted_words_stand_beside_the_figure(encoder: Encoder) -> None:
    text = "Divers raised at least 30 rusty iron cannons."
    (parse,) = parses(encoder, text)
    (count,) = find_quantities(document(text), parse)
    assert count.of is not None
    assert text[count.of.start : count.of.end] == "rusty iron cannons"


@pytest.mark.parametrize(
    ("text", "noun", "expected"),
    [
        ("A corporal was taken hostage.", "corporal", 1),
        ("One farmer drowned.", "farmer", 1),
        ("Two farmers drowned.", "farmers", None),
        ("Smoke filled the hall.", "Smoke", None),
    ],
)
def test_a_lone_noun_counts_one(
    text: str, noun: str, expected: int | None, encoder: Encoder
) -> None:
    (parse,) = parses(encoder, text)
    index = next(i for i, word in enumerate(parse.words) if word.text == noun)
    assert singular_count(parse, index) == expected


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("one hundred and five", 105),
        ("two and a half million", 2_500_000),
        ("1,204.5", 1204.5),
        ("treinta y cinco", 35),
        ("dos mil quinientos", 2500),
        ("several", None),
    ],
)
def test_numbers_are_read_in_words_and_digits(words: str, value: float | None) -> None:
    assert parse_number(words) == value


@pytest.mark.parametrize(
    ("unit", "values"), [("1", set()), ("one and ", {1}), ("a dozen ", {12}), ("$ ", set())]
)
def test_a_long_run_of_one_word_is_no_larger_number(unit: str, values: set[float]) -> None:
    assert {number.value for number in find_numbers(unit * 2_000)} == values
