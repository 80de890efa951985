"""Marked text: [ ] around speech, { } around a name in quotes, < > around a term."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consilience.read.quotations import find_paragraphs, find_quotes
from consilience.read.quote_kinds import QuoteKind
from consilience.records import Document, Part, PartKind, Passage

_BRACKETS = {QuoteKind.SPEECH: ("[", "]"), QuoteKind.NAME: ("{", "}"), QuoteKind.TERM: ("<", ">")}


def document(text: str, *parts: Part) -> Document:
    return Document(
        id="d", name="d.txt", source=None, title=None, url=None, author=None, text=text,
        language="en", published=None, published_basis=None, updated=None, retrieved=None,
        sha256="", parts=parts,
    )  # fmt: skip


def marked(text: str) -> str:
    inserts: list[tuple[int, int, str]] = []
    for span in find_quotes(document(text)):
        opening, closing = _BRACKETS[span.kind]
        inserts.append((span.passage.start, -span.depth, opening))
        inserts.append((span.passage.end, span.depth, closing))
    for at, _, bracket in sorted(inserts, reverse=True):
        text = text[:at] + bracket + text[at:]
    return text


@pytest.mark.parametrize(
    "expected",
    [
        'She said: "[We are leaving.]"',
        "“[We are leaving],” said Pia Lund.",
        "‘[We are leaving],’ said Pia Lund. ‘[It’s late.]’",
        "'[We don't know],' she said. '[It's late.]'",
        "«[Nos vamos de aquí]», dijo Lund. „[Wir gehen alle jetzt]“, said Dahl.",
        "''[So terrible],'' he wrote.",
        "``[So terrible],'' he wrote.",
        'He said,"[We go.]"Then he left.',
        '" [We go home now] ," he said.',
    ],
)
def test_finds_words_between_marks_of_every_kind(expected: str) -> None:
    text = expected.replace("[", "").replace("]", "")
    # A comma before the closing mark belongs to the words.
    assert marked(text) == expected.replace("],", ",]").replace("] ,", " ,]")


@pytest.mark.parametrize(
    "text",
    [
        "The officers' cars weren't there in the '90s, don't you see.",
        "Rock 'n' roll, goin' home, 'tis the season of the drivers' union.",
        "’Twas the riders’ league’s fault.",
        "He is 6'2\" tall.",
        "marlow on May 3rd, 2021 at 10:00 UTC »",
    ],
)
def test_apostrophes_inches_and_arrows_are_not_marks(text: str) -> None:
    assert [s for s in find_quotes(document(text)) if s.kind is not QuoteKind.TERM] == []


def test_a_possessive_does_not_close_single_marks() -> None:
    assert (
        marked("'The officers' cars were burnt,' she said.")
        == "'[The officers' cars were burnt,]' she said."
    )
    assert (
        marked("‘I know what the drivers’ union wants,’ said Lund.")
        == "‘[I know what the drivers’ union wants,]’ said Lund."
    )


def test_nicknames_and_terms_are_not_speech() -> None:
    assert (
        marked('Maria \'La Reina\' Diaz met "Big Joe" Marsh and so-called "experts".')
        == 'Maria \'{La Reina}\' Diaz met "{Big Joe}" Marsh and so-called "<experts>".'
    )
    assert (
        marked("There are only two “solutions” to it.") == "There are only two “<solutions>” to it."
    )
    assert (
        marked('The twins, known as "los Gemelos", or "the little twins", ran.')
        == 'The twins, known as "{los Gemelos}", or "{the little twins}", ran.'
    )


def test_a_masked_surname_in_quotes_is_a_name() -> None:
    assert marked("The officer, Tom 'N,' 32.") == "The officer, Tom '{N,}' 32."


def test_a_few_words_after_a_reporting_verb_are_speech() -> None:
    assert marked('Lund said it was a "rash move".') == 'Lund said it was a "[rash move]".'


def test_nested_marks_are_both_found() -> None:
    assert (
        marked("\"One man told me 'please go home' and I went,\" said Lund.")
        == "\"[One man told me '[please go home]' and I went,]\" said Lund."
    )


def test_a_quotation_goes_on_where_the_mark_is_opened_again() -> None:
    text = "“One is long.\n\n“Two goes on.\n\n“Three ends,” said Lund.\n\n“Another,” said Dahl."
    spans = find_quotes(document(text))
    assert [s.continues for s in spans] == [False, True, True, False]
    assert marked(text).startswith("“[One is long.]\n\n“[Two goes on.]\n\n“[Three ends,]”")


def test_a_quotation_left_open_within_its_paragraph_goes_on_in_the_next() -> None:
    text = "“Unclear,” he said, but “the man is safe.\n\n“As soon as we know, we will tell.”"
    spans = find_quotes(document(text))
    assert [text[s.passage.start : s.passage.end] for s in spans] == [
        "Unclear,",
        "the man is safe.",
        "As soon as we know, we will tell.",
    ]
    assert [s.continues for s in spans] == [False, False, True]


def test_a_lost_closing_mark_swallows_no_other_paragraph() -> None:
    assert marked('"We will not stop.\n\nIt rained.') == '"[We will not stop.]\n\nIt rained.'
    assert (
        marked('"We will not stop, he said. It rained.')
        == '"[We will not stop,] he said. It rained.'
    )


def test_a_mark_of_another_family_may_close() -> None:
    assert (
        marked("\"It broke today,' said Lund. It's fine.")
        == "\"[It broke today,]' said Lund. It's fine."
    )
    assert marked('“It broke today," said Lund.') == '“[It broke today,]" said Lund.'


def test_speech_that_goes_on_and_is_closed_was_opened_by_a_lost_mark() -> None:
    assert (
        marked("“Nobody wants the war”. You can't win it.' As he left, it rained.")
        == "“[Nobody wants the war]”. [You can't win it.]' As he left, it rained."
    )


def test_a_stray_mark_is_left_alone() -> None:
    assert (
        marked("“Nobody wants the war”, he said. It rained, said Lund.' He left.")
        == "“[Nobody wants the war]”, he said. It rained, said Lund.' He left."
    )
    assert marked("Nobody wants the war. You can't win it.'") == (
        "Nobody wants the war. You can't win it.'"
    )


def test_no_quotation_crosses_a_part() -> None:
    text = 'A "caption without end Then a body" here.'
    cut = text.index("Then")
    parts = (
        Part(Passage("d", 0, cut), PartKind.CAPTION),
        Part(Passage("d", cut, len(text)), PartKind.BODY),
    )
    assert all(
        s.passage.end <= cut or s.passage.start >= cut for s in find_quotes(document(text, *parts))
    )


@given(st.text(alphabet="ab S.,\n\"'“”‘’«»„`9", max_size=60))
def test_every_span_lies_inside_its_paragraph_and_starts_and_ends_with_a_word(text: str) -> None:
    paragraphs = find_paragraphs(document(text))
    for span in find_quotes(document(text)):
        words = text[span.passage.start : span.passage.end]
        assert words == words.strip() != ""
        around = paragraphs[span.paragraph]
        assert around.start < span.passage.start < span.passage.end <= around.end


@pytest.mark.parametrize("unit", ['"', "“", "' ", "a' ", "''", '"\n', "a, he said "])
def test_a_long_run_of_marks_around_nothing_quotes_nothing(unit: str) -> None:
    assert find_quotes(document(unit * 2_000)) == ()
