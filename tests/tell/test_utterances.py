"""Utterances told by several invented pages, and how their versions stray."""

import pytest

from consilience.records import Dossier
from consilience.tell.drift_told import say_drift
from consilience.tell.lookup import lookup
from consilience.tell.to_html import to_html
from consilience.tell.to_markdown import to_markdown
from consilience.tell.verify import verify
from tests.small_cases import OneReader, page, tell

LIND = "Mayor Anna Lind said."
AGAIN = "Anna Lind said."
ROT = "The ministry let the old bridge rot for twelve years and looked the other way"


def strays(dossier: Dossier) -> list[str]:
    assert verify(dossier) == ()
    book = lookup(dossier)
    return [line for u in dossier.utterances for line, _ in say_drift(u, dossier, book)]


STRAYING = [
    (f"“{ROT},” {LIND}", f"“{ROT},” Judge Paul Marek said.",
     ["Echo has it of Anna Lind, Post of Paul Marek"]),
    (f"“{ROT},” {LIND}", f"A leaflet lay in Corrin.\n\n“{ROT}.”",
     ["Echo has it of Anna Lind, Post names nobody"]),
    (f"“{ROT},” {LIND}", "Anna Lind said the ministry had let the old bridge rot for years.",
     ["Echo quotes it, Post tells it in its own words"]),
    (f"“We will resign if the report about the bridge is true,” {LIND}",
     f"“We will resign,” {AGAIN}",
     ["Post leaves out “if the report about the bridge is true”, which Echo has"]),
    (f"“We shall open the bridge at Corrin unless the army objects,” {LIND}",
     f"“We shall open the bridge at Corrin,” {AGAIN}",
     ["Post leaves out “unless the army objects”, which Echo has"]),
    (f"“I do not believe that the driver of the bus was drunk,” {LIND}",
     f"“The driver of the bus was drunk,” {AGAIN}",
     ["Post leaves out “I do not believe that”, which Echo has"]),
    (f"“More than forty families lost their homes in the flood,” {LIND}",
     f"“More than sixty families lost their homes in the flood,” {AGAIN}",
     ["Post has “sixty”, Echo another figure"]),
    (f"“The bridge is an old lady, and old ladies need care, patience and money,” {LIND}",
     f"“The bridge is an old lady,” {AGAIN}",
     ["Post has only “The bridge is an old lady”"]),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "expected"), STRAYING)
def test_a_version_that_strays_is_told_with_what_it_changes(
    engine: OneReader, one: str, other: str, expected: list[str]
) -> None:
    assert strays(tell(engine, page(one, "Echo"), page(other, "Post"))) == expected


FAITHFUL = [
    (f"“{ROT},” {LIND}", f"“{ROT},” {AGAIN}"),
    (f"“The old bridge was not safe and everybody knew it,” {LIND}",
     f"“The old bridge was unsafe and everybody knew it,” {AGAIN}"),
    (f"“We will resign if the report about the bridge is true,” {LIND}",
     f"“We will resign,” {AGAIN[:-1]}, “if the report about the bridge is true.”"),
    (f"“I am sure the driver was drunk. I will not resign,” {LIND}",
     "“I am sure the driver was drunk,” Anna Lind said. “I will not resign.”"),
    (f"“For forty years the bridge carried us,” {LIND}",
     f"“The bridge carried us for four decades,” {AGAIN}"),
    (f"“The driver was drunk,” {LIND}", "Anna Lind did not say that “the driver was drunk”."),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), FAITHFUL)
def test_other_words_for_the_same_do_not_stray(engine: OneReader, one: str, other: str) -> None:
    assert strays(tell(engine, page(one, "Echo"), page(other, "Post"))) == []


def test_the_first_version_is_the_one_published_before_all_others(engine: OneReader) -> None:
    early = page(f"“{ROT},” {LIND}", "Echo", "2024-05-13")
    late = page(f"“{ROT},” {AGAIN}", "Post", "2024-05-15")
    (utterance,) = tell(engine, late, early).utterances
    assert utterance.first is not None
    (again,) = tell(engine, early, late).utterances
    assert utterance.id == again.id
    (same_day,) = tell(engine, late, page(f"“{ROT},” {LIND}", "Echo", "2024-05-15")).utterances
    assert same_day.first is None


def test_the_pages_tell_what_changed_in_the_telling(engine: OneReader) -> None:
    one, other, (line,) = STRAYING[0]
    dossier = tell(engine, page(one, "Echo"), page(other, "Post"))
    assert line in to_markdown(dossier)
    assert line in to_html(dossier)
    faithful = tell(engine, page(one, "Echo"), page(one, "Post"))
    assert "changed in the telling" not in to_markdown(faithful) + to_html(faithful)
