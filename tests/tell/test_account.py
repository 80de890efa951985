"""The account of small invented cases."""

import re

import pytest

from consilience.records import Dossier
from consilience.tell.verify import verify
from tests.small_cases import OneReader, Page, account, page, tell
from tests.small_pages import CASES, ELECTION, FLOOD, FORTY, SINGLE, SPANISH, TRIAL, UNDATED


@pytest.mark.parametrize("pages", CASES.values(), ids=CASES)
def test_every_account_says_something_and_is_proven(
    pages: tuple[Page, ...], engine: OneReader
) -> None:
    dossier = tell(engine, *pages)
    assert dossier.account
    assert all(sentence.passages for sentence in dossier.account)
    assert len(set(account(dossier))) == len(dossier.account)
    assert verify(dossier) == ()


def starting(dossier: Dossier, beginning: str) -> list[str]:
    return [text for text in account(dossier) if text.startswith(beginning)]


def test_the_account_begins_with_day_and_place(engine: OneReader) -> None:
    assert account(tell(engine, *FLOOD))[0] == (
        "Three accounts place the events in Corrin on 14 May 2024."
    )
    assert account(tell(engine, *ELECTION))[0] == (
        "Two accounts place the events in Norland on 2 June 2024."
    )


def test_the_lead_tells_what_the_event_was(engine: OneReader) -> None:
    one = page(
        "Joan Halle won the presidential election in Norland on Sunday by six points. "
        "Three people were hurt in a brawl at a polling station in Norland on Sunday.",
        "Arlow Press",
        "2024-06-03",
    )
    lead = account(tell(engine, one, *ELECTION))[1]
    assert "Halle" in lead
    assert "brawl" not in lead


def test_a_toll_that_grew_is_told_with_its_steps_and_who_gave_them(engine: OneReader) -> None:
    (toll,) = starting(tell(engine, *FLOOD), "The number of people killed")
    assert toll == (
        "The number of people killed changed as reports came in: at least 9 (officials in Arlow "
        "Press, 14 May 2024), 12 (police in Daily Wharf, 17 May 2024) and 14 (Norland Times, "
        "20 May 2024)."
    )


def test_a_figure_nobody_disputes_is_said_plainly(engine: OneReader) -> None:
    told = account(tell(engine, *SINGLE))
    assert "30 people were injured, according to officials in Arlow Press." in told


def test_a_contradiction_is_told_with_its_reason(engine: OneReader) -> None:
    one = page("Eight people died in Corrin on Monday when a bomb exploded.", "Echo", "2024-03-05")
    other = page("On Monday a bomb exploded in Corrin. Ten people died.", "Post", "2024-03-05")
    (said,) = starting(tell(engine, one, other), "The accounts disagree")
    assert "8 (Echo, 5 March 2024)" in said
    assert "10 (Post, 5 March 2024)" in said
    assert said.endswith("8 and 10 exclude each other, and nothing says which is the later.")


def test_compatible_figures_are_said_to_be_so(engine: OneReader) -> None:
    one = page("Eight people died in Corrin on Monday when a bomb exploded.", "Echo", "2024-03-05")
    other = page("On Monday a bomb killed more than six people in Corrin.", "Post", "2024-03-05")
    (said,) = starting(tell(engine, one, other), "The number of people killed is")
    assert said.endswith("which can both be true.")


def test_two_offices_of_one_person_are_told_as_a_dispute(engine: OneReader) -> None:
    one = page("Transport Minister Paul Marek closed the bridge in Corrin on Monday.", "Echo")
    other = page("The bridge in Corrin was closed on Monday by Health Minister Paul Marek.", "Post")
    assert starting(tell(engine, one, other), "The accounts do not agree on the office") == [
        "The accounts do not agree on the office of Paul Marek: “Health Minister” (Post) and "
        "“Transport Minister” (Echo)."
    ]


def test_a_statement_names_its_speaker_and_page(engine: OneReader) -> None:
    assert (
        "“He betrayed everybody who trusted him with their lives,” Irena Voss said, according to "
        "Arlow Press." in account(tell(engine, *TRIAL))
    )


def test_another_wording_of_a_statement_stands_beside_it(engine: OneReader) -> None:
    one = page(
        "“The company knew for years that the old bridge was unsafe,” Mayor Anna Lind said.", "Echo"
    )
    other = page(
        "Anna Lind, the mayor, said: “For years the company knew the old bridge was not safe.”",
        "Post",
    )
    (said,) = [text for text in account(tell(engine, one, other)) if " has it as " in text]
    assert said in {
        "“The company knew for years that the old bridge was unsafe,” Anna Lind said, according to "
        "Echo. Post has it as “For years the company knew the old bridge was not safe.”",
        "“For years the company knew the old bridge was not safe,” Anna Lind said, according to "
        "Post. Echo has it as “The company knew for years that the old bridge was unsafe.”",
    }


def test_copies_are_told_as_copies(engine: OneReader) -> None:
    dossier = tell(engine, *FORTY)
    assert [len(o.document_ids) for o in dossier.origins] == [40]
    assert {c.n_origins for f in dossier.findings for c in f.candidates} == {1}
    assert account(dossier)[0].startswith("40 accounts of one origin place the events in Corrin")
    assert len(dossier.account) <= 10


def test_beside_english_pages_no_sentence_is_in_another_language(engine: OneReader) -> None:
    for text in account(tell(engine, *FLOOD, *SPANISH)):
        assert not re.search(r"\b(?:murieron|inundación|llegó)\b", text)


def test_what_is_planned_or_feared_is_not_told(engine: OneReader) -> None:
    told = " ".join(account(tell(engine, *FLOOD)))
    assert "200 people" not in told
    assert "2025" not in told


def test_without_a_date_none_is_told(engine: OneReader) -> None:
    dossier = tell(engine, *UNDATED)
    assert dossier.events[0].when is None
    assert not any(re.search(r"\b\d{4}\b", text) for text in account(dossier))
    assert "Four people were injured, according to Arlow Press." in account(dossier)
