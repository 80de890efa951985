"""Cutting a text into parts, case by case and as properties."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consilience.ingest.parts import layout_of

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "ingest_parts.jsonl")
    .read_text()
    .splitlines()
]
# Lines of every kind in any order: what a page scraped badly looks like.
LINES = sorted({line for case in CASES for line in case["text"].split("\n")})


def cut(text: str) -> list[list[Any]]:
    """Kind, words, and where they are known author and time of each part."""
    found = []
    for part in layout_of(text).cuts:
        known = (part.author, part.published and part.published.value)
        said = known[:2] if known[1] else known[:1] if known[0] else ()
        found.append([part.kind.value, text[part.start : part.end], *said])
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_a_text_is_cut_as_a_reader_would(case: dict[str, Any]) -> None:
    assert cut(case["text"]) == case["parts"]


@settings(deadline=None)
@given(st.lists(st.sampled_from(LINES) | st.text(max_size=30)).map("\n".join))
def test_parts_stand_in_order_and_cover_all_words(text: str) -> None:
    cuts = layout_of(text).cuts
    at = 0
    for part in cuts:
        assert text[at : part.start].strip() == ""
        assert part.start < part.end <= len(text)
        assert text[part.start : part.end].strip() == text[part.start : part.end]
        at = part.end
    assert text[at:].strip() == ""


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Ferry sinks off Harwick - Channel 4", "caption"),
        ("Officer Lund of Harwick dies of his injuries", "body"),
        (None, "body"),
    ],
)
def test_a_paragraph_given_twice_is_a_teaser_where_the_title_tells_of_another_thing(
    title: str | None, kind: str
) -> None:
    teaser = "Police announced on Monday that Officer Lund died of his injuries."
    text = (
        f"{teaser}\n\n{teaser}\n\nForty people were saved from the boat, the port said on Monday."
    )
    assert layout_of(text, title=title).cuts[0].kind.value == kind
