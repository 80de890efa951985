"""What a reader expects of an event and no page says."""

import pytest

from consilience.tell.verify import verify
from tests.small_cases import OneReader, page, tell, words
from tests.small_pages import ELECTION, FLOOD, STRIKE


def test_nothing_is_missing_where_everything_is_told(engine: OneReader) -> None:
    assert tell(engine, *FLOOD).missing == ()


def test_a_day_nobody_gives_is_missing(engine: OneReader) -> None:
    assert "No document says on which day it happened." in [
        m.text for m in tell(engine, *STRIKE).missing
    ]


def test_nobody_expects_victims_of_an_election(engine: OneReader) -> None:
    assert tell(engine, *ELECTION).missing == ()


def test_victims_place_culprit_and_cause_of_an_attack_are_expected(engine: OneReader) -> None:
    dossier = tell(engine, page("A bomb exploded on Monday."))
    assert [m.text for m in dossier.missing] == [
        "No document names the place.",
        "No document says whether anyone was killed.",
        "No document says whether anyone was injured.",
        "No document says who was behind it.",
        "No document says why it happened.",
    ]
    assert all(m.subject_id == dossier.events[0].id for m in dossier.missing)


def test_a_denial_is_an_answer(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("A bus crashed into a wall in Arlow on Monday because of ice. Nobody was hurt."),
    )
    assert "injured" not in [m.slot for m in dossier.missing]


def test_what_is_told_though_not_understood_is_not_missing(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page(
            "A bomb exploded in Arlow on Monday. Two men were killed and three hurt. "
            "A quarrel over land lies behind it, and a militant group is held responsible."
        ),
    )
    assert dossier.missing == ()


# What is said, the slot that it leaves open, and the words before the quotation.
OPEN = [
    ("Police do not yet know why the man opened fire.", "cause", "Why it happened"),
    ("The motive is under investigation, officers said.", "cause", "Why it happened"),
    ("It was not clear who fired the first shot.", "agent", "Who did it"),
    ("No group has claimed responsibility for the shooting.", "agent", "Who did it"),
    ("Police have not released the names of the victims.", "patient", "Who the victims were"),
    ("Officials declined to say what kind of weapon was used.", "weapon", "What weapon was used"),
]


@pytest.mark.parametrize(("said", "slot", "opening"), OPEN)
def test_what_documents_say_is_not_known_is_told_in_their_words(
    engine: OneReader, said: str, slot: str, opening: str
) -> None:
    told = f"Two people were shot dead at a market in Arlow on Monday. {said}"
    dossier = tell(engine, page(told, published="2024-05-14"))
    gap = next(m for m in dossier.missing if m.slot == slot)
    assert gap.text == f"{opening} is left open: “{said}” (Arlow Gazette, 14 May 2024)"
    assert [words(dossier, p) for p in gap.passages] == [said]
    assert verify(dossier) == ()


@pytest.mark.parametrize(
    "said",
    [
        "“I do not know why people live here,” a neighbour said.",
        "It is not clear why the shop was open that day.",
        "The dead man did not say whether the suspect was known to him.",
    ],
)
def test_what_is_not_known_of_something_else_leaves_nothing_open(
    engine: OneReader, said: str
) -> None:
    told = f"Two people were shot dead at a market in Arlow on Monday. {said}"
    dossier = tell(engine, page(told))
    assert not [m for m in dossier.missing if m.passages]


def test_what_a_later_page_tells_is_not_left_open(engine: OneReader) -> None:
    first = page(
        "Two people were shot dead at a market in Arlow on Monday. "
        "It was not clear who fired the shots.",
        published="2024-05-14",
    )
    later = page(
        "Two people were shot dead at a market in Arlow last Monday. "
        "Denis Farrow, 31, was charged with murder on Thursday.",
        source="Post",
        published="2024-05-17",
    )
    assert "agent" in [m.slot for m in tell(engine, first).missing]
    assert "agent" not in [m.slot for m in tell(engine, first, later).missing]
    assert tell(engine, later, first).missing == tell(engine, first, later).missing
