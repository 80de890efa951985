"""What is still read of pages in other languages; the pages are in cases/languages.jsonl."""

import json
from pathlib import Path
from typing import Any

import pytest

from consilience.ingest import ingest_json
from consilience.read import Reader
from consilience.records import Document, Passage

CASES: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "languages.jsonl")
    .read_text("utf-8")
    .splitlines()
]
NAMES = [f"{case['language']} {case['text'][:20]}" for case in CASES]
# Names that no list of given names, capitals or place words give away; an apposition.
UNKNOWN_NAMES = 3
UNKNOWN_SPEAKERS = 1


def _page(text: str) -> Document:
    found, *_ = ingest_json(json.dumps({"text": text}).encode(), "a.jsonl:1")
    assert isinstance(found, Document)
    return found


def _words(page: Document, passage: Passage) -> str:
    return page.text[passage.start : passage.end]


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_numbers_days_and_quotations_are_found(case: dict[str, Any], reader: Reader) -> None:
    page = _page(case["text"])
    read = reader(page)
    direct = [p for a in read.attributions if a.direct for p in a.content]
    assert page.language == case["language"]
    assert [count.quantity.low for count in read.quantities] == case["numbers"]
    assert [timex.when.value for timex in read.times] == case["dates"]
    assert [_words(page, passage).strip(" ,") for passage in direct] == case["quotes"]


def test_nearly_all_names_and_speakers_are_found(reader: Reader) -> None:
    names, speakers = [], []
    for case in CASES:
        page = _page(case["text"])
        read = reader(page)
        found = {_words(page, m.passage) for m in read.mentions if m.named}
        said = " / ".join(_words(page, p) for a in read.attributions for p in a.source)
        names += [name for name in case["names"] if name not in found]
        speakers += [name for name in case["speakers"] if name not in said]
    assert len(names) <= UNKNOWN_NAMES, names
    assert len(speakers) <= UNKNOWN_SPEAKERS, speakers


@pytest.mark.parametrize(
    ("text", "content", "source"),
    [
        (
            "Nueve personas murieron en la costa, informó la ministra de Defensa, Ana Ruiz.",
            "Nueve personas murieron en la costa",
            "Ana Ruiz",
        ),
        (
            "Neuf personnes sont mortes sur la côte, a indiqué la ministre, Claire Morel.",
            "Neuf personnes sont mortes sur la côte",
            "Claire Morel",
        ),
        (
            "Neun Menschen starben an der Küste und es gab Verletzte, sagte Anna Lindner.",
            "Neun Menschen starben an der Küste und es gab Verletzte",
            "Anna Lindner",
        ),
    ],
)
def test_who_stands_last_has_said_it(text: str, content: str, source: str, reader: Reader) -> None:
    page = _page(text)
    found = reader(page).attributions
    assert [[_words(page, p) for p in a.content] for a in found] == [[content]]
    assert [[_words(page, p) for p in a.source] for a in found] == [[source]]


def test_a_foreign_paragraph_in_an_english_page_is_read_in_its_own_language(reader: Reader) -> None:
    page = _page(
        "Nine passengers drowned when the ferry sank near Port Hale on Tuesday, police said. "
        "Divers from the navy were searching the wreck, and the harbour was closed.\n\n"
        "La alcaldesa Ana Ruiz confirmó el 3 de mayo de 2022 que la búsqueda sigue. "
        "«Fue una noche muy larga», dijo Ruiz.\n\n"
        "The captain told reporters that the engine had failed."
    )
    read = reader(page)
    assert page.language == "en"
    assert [" ".join(_words(page, p) for p in a.source) for a in read.attributions] == [
        "police",
        "Ana Ruiz",
        "Ruiz",
        "The captain",
    ]
    start, end = page.text.index("La alcaldesa"), page.text.index("The captain")
    assert not [p for p in read.propositions if start <= p.predicate.start < end]
