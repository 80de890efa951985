"""How values are said."""

from dataclasses import replace

import pytest

from consilience.dates import when_of
from consilience.records import Comparator, Layer, Passage, Quantity, Unread
from consilience.wording import (
    label,
    plural,
    printable,
    say_count,
    say_quantity,
    say_unread,
    say_when,
    shortened,
)
from tests.factory import document


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (Quantity(8, 8, Comparator.EXACTLY, "person"), "8"),
        (Quantity(12_000, 12_000, Comparator.EXACTLY, "voter"), "12,000"),
        (Quantity(150, None, Comparator.AT_LEAST, "bullet"), "at least 150"),
        (Quantity(20, None, Comparator.MORE_THAN, "person"), "more than 20"),
        (Quantity(None, 10, Comparator.AT_MOST, "person"), "at most 10"),
        (Quantity(None, 10, Comparator.LESS_THAN, "person"), "less than 10"),
        (Quantity(300, 300, Comparator.ABOUT, "house"), "about 300"),
        (Quantity(8, 13, Comparator.BETWEEN, "person"), "between 8 and 13"),
        (Quantity(4_500_000, 4_500_000, Comparator.EXACTLY, "dollar"), "$4,500,000"),
        (Quantity(2.5, 2.5, Comparator.EXACTLY, "ton"), "2.5"),
    ],
)
def test_a_quantity_in_words(quantity: Quantity, words: str) -> None:
    assert say_quantity(quantity) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2024-05-14", "14 May 2024"),
        ("2024-05-14T15:30", "14 May 2024, 15:30"),
        ("2024-05-14TNI", "14 May 2024, night"),
        ("2024-05", "May 2024"),
        ("2024", "2024"),
        ("2024-W20", "the week of 13 May 2024"),
    ],
)
def test_a_time_in_words(value: str, words: str) -> None:
    assert say_when(when_of(value)) == words


@pytest.mark.parametrize(
    ("noun", "many"),
    [
        ("person", "people"),
        ("child", "children"),
        ("fisherman", "fishermen"),
        ("city", "cities"),
        ("boy", "boys"),
        ("church", "churches"),
        ("bus", "buses"),
        ("box", "boxes"),
        ("house", "houses"),
    ],
)
def test_the_plural_of_a_noun(noun: str, many: str) -> None:
    assert plural(noun) == many


def test_small_counts_are_words_and_larger_ones_figures() -> None:
    assert [say_count(n, "account") for n in (0, 1, 2, 10, 11)] == [
        "No accounts",
        "One account",
        "Two accounts",
        "Ten accounts",
        "11 accounts",
    ]


def test_a_document_is_called_by_its_name_where_source_and_title_are_unknown() -> None:
    assert label(document("Anna Lind resigned.", "mayor.txt")) == "mayor.txt"


def test_a_long_text_is_cut_between_words() -> None:
    assert shortened("a mayor resigns", width_chars=15) == "a mayor resigns"
    assert shortened("a mayor, resigns", width_chars=10) == "a mayor…"


def test_what_could_redraw_a_terminal_is_replaced() -> None:
    assert printable("a\x1b[2Jb\u202ec\nd") == "a\ufffd[2Jb\ufffdc\nd"


def test_what_is_not_read_is_said_by_language_and_by_passages_of_more_than_a_line() -> None:
    page = document("One.\n\nDos.\n\n1|2\n3|4\n\n9")
    assert say_unread(page) is None

    def unread(words: str, language: str | None) -> Unread:
        start = page.text.index(words)
        passage = Passage(page.id, start, start + len(words))
        return Unread(passage, (Layer.PROPOSITIONS,), language)

    mixed = replace(
        page, unread=(unread("Dos.", "es"), unread("1|2\n3|4", None), unread("9", None))
    )
    assert say_unread(mixed) == "1 passage in Spanish; 1 passage of no prose"
    whole = replace(page, language="es", unread=(unread(page.text, "es"),))
    assert say_unread(whole) == "propositions not read"
