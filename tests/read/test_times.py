"""Time expressions, their TIMEX3 values and the day they are anchored to."""

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from consilience.dates import when_of
from consilience.read.encoder import Encoder
from consilience.read.segment import segment
from consilience.read.times import find_times
from consilience.records import Document, Part, PartKind, Passage, Timex
from tests.factory import document

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "cases/times.jsonl").read_text().splitlines()
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


NEWS = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "cases/times_news.jsonl").read_text().splitlines()
]


def page(text: str, published: str | None, language: str = "en") -> Document:
    return replace(
        document(text), published=when_of(published) if published else None, language=language
    )


def times(encoder: Encoder, of: Document) -> tuple[Timex, ...]:
    return find_times(of, [encoder.parse(of.text, s.tokens) for s in segment(of.text)])


def values(found: tuple[Timex, ...]) -> list[str]:
    return [timex.when.value for timex in found]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_a_sentence_yields_its_times(case: dict[str, Any], encoder: Encoder) -> None:
    of = page(case["text"], case["published"], case.get("language", "en"))
    found = [
        [of.text[t.passage.start : t.passage.end], t.type.value, t.when.value]
        for t in times(encoder, of)
    ]
    assert found == case["times"]


def minute(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M") if moment else ""


@pytest.mark.parametrize("case", NEWS, ids=lambda case: case["text"][:40])
def test_a_sentence_of_news_yields_its_times_and_their_bounds(
    case: dict[str, Any], encoder: Encoder
) -> None:
    of = page(case["text"], case["published"], case.get("language", "en"))
    found = times(encoder, of)
    said = [(t.when.text, t.type.value, t.when.value) for t in found]
    assert said == [(t["words"], t["type"], t["value"]) for t in case["times"]]
    for timex, gold in zip(found, case["times"], strict=True):
        assert timex.when.mod == gold.get("mod", timex.when.mod)
        if "from" in gold:
            assert (minute(timex.when.start), minute(timex.when.end)) == (gold["from"], gold["to"])


def test_a_clock_time_takes_the_day_of_its_paragraph(encoder: Encoder) -> None:
    text = "The dam broke on Sunday. Sirens sounded at 4 a.m., residents said."
    assert values(times(encoder, page(text, "2021-05-12"))) == ["2021-05-09", "2021-05-09T04:00"]


def test_a_clock_time_takes_the_only_day_the_page_speaks_of(encoder: Encoder) -> None:
    text = "Sirens sounded at 4 a.m., residents said.\n\nThe dam broke on Sunday."
    assert values(times(encoder, page(text, "2021-05-12"))) == ["2021-05-09T04:00", "2021-05-09"]


def test_a_comment_is_read_from_its_own_day(encoder: Encoder) -> None:
    text = "The dam broke on Sunday.\n\nI heard it on Sunday too."
    of = page(text, "2021-05-12")
    comment = Part(
        Passage(of.id, 26, len(text)), PartKind.COMMENT, "lo", when_of("2021-06-02T10:00")
    )
    found = times(encoder, replace(of, parts=(comment,)))
    assert values(found) == ["2021-05-09", "2021-05-30"]


def test_a_quoted_text_has_no_day_of_its_own(encoder: Encoder) -> None:
    text = "The paper wrote:\n\nThe dam broke on Sunday."
    of = page(text, "2021-05-12")
    quoted = Part(Passage(of.id, 18, len(text)), PartKind.QUOTED)
    (timex,) = times(encoder, replace(of, parts=(quoted,)))
    assert (timex.when.value, timex.when.start) == ("XXXX-WXX-7", None)
    assert timex.relative == "weekday:7:past"


def test_words_that_fix_the_time_alone_are_not_relative(encoder: Encoder) -> None:
    (timex,) = times(encoder, page("It burned down on 3 June 2014.", None))
    assert timex.relative is None
    assert timex.when.start is not None


@pytest.mark.parametrize(
    "unit", ["the ", "a ", "1 ", "1:", "early ", "one and ", "last ", " \n", "a few "]
)
def test_a_long_run_of_what_may_begin_a_time_is_none(unit: str) -> None:
    assert find_times(page(unit * 500, "2021-05-12"), []) == ()


def test_the_year_of_a_car_is_no_time(encoder: Encoder) -> None:
    text = "She drove a silver 2007 Mazda, not a 2011 Gray Fiat. In 2009 Mazda closed its plant."
    assert [t.when.value for t in times(encoder, page(text, "2024-05-11"))] == ["2009"]


def test_that_night_of_a_month_is_not_the_night_of_publication(encoder: Encoder) -> None:
    text = "A woman was shot in May 2023. People heard a fight that night."
    may, night = times(encoder, page(text, "2024-05-11"))
    assert (may.when.value, night.when.start) == ("2023-05", None)
