"""Words and sentences: written cases, and what must hold of any text."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consilience.read.segment import MAX_TOKENS, Segment, segment

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "segment.jsonl")
    .read_text("utf-8")
    .splitlines()
]
PIECES = st.sampled_from(
    """
    a A Lind U.S. Mr. 3.30pm $3million don't its not No. 5 . ... ? ! , ; : - -- — ( ) [ ] " ' “ ” ’
    http://a.b/c a@b.com x.com word Word WORD \u0301 \u200b \u200d 👍 🏽 🇲 n't 's / # & 1 1/2
    """.split()
)
GAPS = st.sampled_from(["", "", " ", " ", "  ", "\n", "\n\n", "\r\n", "\t", "\u00a0", "\u2028"])
NEWSLIKE = st.lists(st.tuples(PIECES, GAPS), max_size=60).map(
    lambda pairs: "".join(piece + gap for piece, gap in pairs)
)


def marked(text: str) -> str:
    """Show words parted by "|" where no space stands, and sentences by "¶"."""
    shown = []
    for found in segment(text):
        line, last = "", found.start
        for start, end in found.tokens:
            line += ("|" if start == last and line else " " if line else "") + text[start:end]
            last = end
        if found.end < len(text) and not text[found.end].isspace():
            line += "|"  # no space before the next sentence
        shown.append(line)
    return " ¶ ".join(shown)


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:40] for case in CASES])
def test_a_written_case_is_cut_as_marked(case: dict[str, str]) -> None:
    assert marked(case["text"]) == case["marked"]


def assert_sound(text: str, segments: list[Segment], start: int, end: int) -> None:
    last = start
    covered = ""
    for found in segments:
        assert last <= found.start < found.end <= end
        assert (found.start, found.end) == (found.tokens[0][0], found.tokens[-1][1])
        for first, past in found.tokens:
            assert last <= first < past
            assert not any(character.isspace() for character in text[first:past])
            covered += text[first:past]
            last = past
    assert covered == "".join(text[start:end].split())


@given(st.text(max_size=200) | NEWSLIKE)
def test_words_are_in_order_and_hold_all_but_white_space(text: str) -> None:
    assert_sound(text, segment(text), 0, len(text))


@given(NEWSLIKE, st.data())
def test_a_stretch_is_cut_as_if_it_stood_alone(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    alone = [
        (found.start + start, found.end + start, [(a + start, b + start) for a, b in found.tokens])
        for found in segment(text[start:end])
    ]
    segments = segment(text, start, end)
    assert_sound(text, segments, start, end)
    assert [(found.start, found.end, list(found.tokens)) for found in segments] == alone


@given(NEWSLIKE)
def test_no_word_begins_with_a_mark_that_belongs_to_the_letter_before(text: str) -> None:
    for found in segment(text):
        for start, _ in found.tokens:
            combining = unicodedata.category(text[start]).startswith("M")
            assert not combining or start == 0 or text[start - 1].isspace()


@given(NEWSLIKE, NEWSLIKE)
def test_a_blank_line_ends_a_sentence(before: str, after: str) -> None:
    text = before + "\n\n" + after
    assert not any(
        found.start < len(before) and found.end > len(before) + 2 for found in segment(text)
    )


def test_text_without_any_full_stop_is_cut_within_bounds() -> None:
    text = "word " * 5_000 + "one, and another " * 2_000
    segments = segment(text)
    assert_sound(text, segments, 0, len(text))
    assert max(len(found.tokens) for found in segments) <= MAX_TOKENS


@pytest.mark.parametrize(
    "pump", ["(", '"', "'", "http://a.", "a", "\u0301", " ", "\n", "a.", "-=", "1,", "a@", "U.S."]
)
def test_monotonous_text_is_cut_soundly(pump: str) -> None:
    text = pump * 5_000
    assert_sound(text, segment(text), 0, len(text))


def test_in_capitals_a_wrapped_line_goes_on_however_short_it_is() -> None:
    text = (
        "THE FERRY SANK OFF PORT\n"
        "HALE WHEN THE ENGINE ROOM FILLED WITH WATER, THE COAST GUARD REPORTED TODAY\n"
        "IN A STATEMENT THAT WAS READ TO THE FAMILIES OF THE NINE MISSING PASSENGERS\n"
        "AND THE CREW.  DIVERS WILL SEARCH THE WRECK AGAIN TOMORROW.  THE WEATHER ON\n"
        "SUNDAY WILL BE CALM."
    )
    assert [text[s.start : s.end].split()[-1] for s in segment(text)] == [
        "CREW.",
        "TOMORROW.",
        "CALM.",
    ]
