"""Accounts that move: what one voice of invented pages said first, and what later."""

from itertools import permutations

import pytest

from consilience.records import Dossier, Quantity
from consilience.tell.verify import verify
from consilience.wording import say_quantity
from tests.small_cases import OneReader, Page, findings, page, tell, words

BLAST = "in the blast at Corrin"
MONDAY = page(f"Eight people died {BLAST}, police said.", "Echo", "2024-05-13")
WEDNESDAY = page(f"Thirteen people died {BLAST}, Police Captain Jon Reed said.", "Post")


def told(dossier: Dossier, slot: str) -> list[str]:
    """Who said how many as of when, and the words that place it."""
    assert verify(dossier) == ()
    said = []
    for finding in findings(dossier, slot):
        for version in finding.versions:
            assert isinstance(version.value, Quantity)
            day = version.when.value if version.when else "?"
            cue = f" ({words(dossier, version.cue)})" if version.cue else ""
            said.append(f"{version.voice} {day}: {say_quantity(version.value)}{cue}")
    return said


def test_what_a_body_says_on_two_days_is_one_account_that_moves(engine: OneReader) -> None:
    assert told(tell(engine, MONDAY, WEDNESDAY), "killed") == [
        "police 2024-05-13: 8",
        "police 2024-05-15: 13",
    ]


def test_the_order_of_files_decides_nothing(engine: OneReader) -> None:
    third = page(f"Police said 14 people had died {BLAST}.", "Daily Post", "2024-05-17")
    orders = [
        told(tell(engine, *pages), "killed") for pages in permutations([MONDAY, WEDNESDAY, third])
    ]
    assert orders[0] == ["Police 2024-05-13: 8", "Police 2024-05-15: 13", "Police 2024-05-17: 14"]
    assert all(order == orders[0] for order in orders)


def test_an_outlet_that_counts_anew_has_moved(engine: OneReader) -> None:
    pages = [
        page(f"Eight people died {BLAST}.", "Echo", "2024-05-13", id="first"),
        page(f"Eleven people died {BLAST}.", "Echo", "2024-05-15", id="second"),
    ]
    assert told(tell(engine, *pages), "killed") == ["Echo 2024-05-13: 8", "Echo 2024-05-15: 11"]


ONE_PAGE = [
    (
        f"On Monday the fire service said eight people had died {BLAST}."
        " On Wednesday the fire service said 13 people had died.",
        ["the fire service 2024-05-13: 8", "the fire service 2024-05-15: 13"],
    ),
    (
        f"Police initially said eight people had died {BLAST} but later revised the toll to 13.",
        ["Police ?: 8 (initially)", "Police 2024-05-15: 13 (later revised)"],
    ),
    (
        "A gas blast at Corrin killed 13 people, the fire service said on Tuesday."
        " The fire service had first put the toll at eight.",
        ["the fire service ?: 8 (had first put)", "the fire service 2024-05-14: 13"],
    ),
    (
        f"At first it was thought that eight people had died {BLAST}."
        " Thirteen people are now known to have died.",
        ["Arlow Gazette ?: 8 (At first)", "Arlow Gazette 2024-05-15: 13 (now known)"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), ONE_PAGE)
def test_a_page_that_tells_what_was_said_before_has_the_sequence(
    engine: OneReader, text: str, expected: list[str]
) -> None:
    dossier = tell(engine, page(text))
    assert told(dossier, "killed") == expected
    (finding,) = findings(dossier, "killed")
    assert finding.status == "updated"
    assert isinstance(finding.policies.best, Quantity)
    assert finding.policies.best.low == 13


def test_a_count_revised_down_is_the_one_that_holds(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page(
            f"Officials initially said 13 people had died {BLAST} but later revised the toll to 11."
        ),
    )
    said = told(dossier, "killed")
    assert [line.split(": ")[1] for line in said] == ["13 (initially)", "11 (later revised)"]
    (finding,) = findings(dossier, "killed")
    assert isinstance(finding.policies.best, Quantity)
    assert finding.policies.best.low == 11


def test_a_correction_of_the_page_itself_is_its_own_account(engine: OneReader) -> None:
    text = (
        "CORRECTION: An earlier version of this article said nine people had died in the crash at"
        " Corrin. Seven people died."
    )
    assert told(tell(engine, page(text)), "killed") == [
        "Arlow Gazette ?: 9 (earlier version)",
        "Arlow Gazette 2024-05-15: 7",
    ]


def test_what_was_said_first_is_no_later_and_smaller_count(engine: OneReader) -> None:
    early = page(f"Thirteen people died {BLAST}, the mine operator said.", "Echo", "2024-05-14")
    late = page(
        f"The mine operator had earlier said eight people died {BLAST}. It now says 15 died.",
        "Post",
        "2024-05-16",
    )
    dossier = tell(engine, late, early)
    assert [line.split(": ")[1] for line in told(dossier, "killed")] == [
        "8 (had earlier)", "13", "15 (now says)",
    ]  # fmt: skip
    (finding,) = findings(dossier, "killed")
    assert finding.status == "updated"


def test_a_cause_that_an_authority_takes_back_is_a_version_too(engine: OneReader) -> None:
    text = "Police initially said the blast was caused by a gas leak, but now say it was a bomb."
    dossier = tell(engine, page(f"A blast killed two people in Corrin. {text}"))
    said = [v for finding in findings(dossier, "cause") for v in finding.versions]
    assert verify(dossier) == ()
    assert all(v.voice == "Police" for v in said)


STANDING = [
    (MONDAY, page(f"Thirteen people died {BLAST}, Mayor Anna Lind said.", "Post")),
    (MONDAY, page(f"Thirteen people died {BLAST}, police said.", "Post", "2024-05-13")),
    (MONDAY, page(f"Eight people died {BLAST}, police said.", "Post")),
    (page(f"Ten people were hurt {BLAST}, police said. Two were badly hurt, police said."),),
    (
        page(f"Police said ten people were hurt {BLAST}.", "Echo", "2024-05-13"),
        page(f"A man was hurt {BLAST}, police said.", "Post"),
    ),
]


@pytest.mark.parametrize("pages", STANDING)
def test_another_voice_the_same_day_one_figure_or_a_part_is_no_move(
    engine: OneReader, pages: tuple[Page, ...]
) -> None:
    dossier = tell(engine, *pages)
    assert told(dossier, "killed") == told(dossier, "injured") == []
