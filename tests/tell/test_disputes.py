"""What the account says where pages do not agree, and how things came about."""

import re

from consilience.records import Dossier
from tests.small_cases import OneReader, page, tell
from tests.tell.ledger_case import ledger_case


def told(dossier: Dossier, opening: str) -> str:
    return next(s.text for s in dossier.account if s.text.startswith(opening))


def test_each_side_of_a_dispute_stands_with_who_holds_it(engine: OneReader) -> None:
    dossier = ledger_case(engine)
    assert told(dossier, "Reports differ on who decided") == (
        "Reports differ on who decided the release: Ana Moro (Arlow Gazette) and"
        " “local police” (Ana Moro in Corrin Post)."
    )


def test_what_is_told_and_denied_stands_in_the_words_of_both(engine: OneReader) -> None:
    assert told(ledger_case(engine), "According to an editor") == (
        "According to an editor in Arlow Gazette, “Harbour Secretary Milan Dorn took part in the"
        " raid on El Faro”; this is denied by user1 in a comment in Corrin Post: “Milan Dorn did"
        " not take part in the raid on El Faro”."
    )


def test_long_answers_stand_behind_who_gives_them(engine: OneReader) -> None:
    assert told(ledger_case(engine), "Reports differ on how it began") == (
        "Reports differ on how it began. A minister in Arlow Gazette: “guards came under fire as"
        " they were conducting patrols”; Corrin Post: “the raid had been planned for weeks”."
    )


def test_what_happened_is_told_before_what_somebody_is_called(engine: OneReader) -> None:
    disputes = [s.text for s in ledger_case(engine).account if "differ on" in s.text]
    assert [re.split("[:.]", text.split(" on ")[1])[0] for text in disputes][:3] == [
        "who made the arrest",
        "who decided the release",
        "how it began",
    ]
    assert len(disputes) <= 5


def test_a_dispute_does_not_depend_on_the_order_of_pages(engine: OneReader) -> None:
    pages = [
        page("A bomb killed two people in Arlow on Monday. Soldiers arrested Pavel Rusk.", "Echo"),
        page("A bomb killed two people in Arlow on Monday. Customs officers arrested Pavel Rusk."),
    ]
    accounts = [[s.text for s in tell(engine, *order).account] for order in (pages, pages[::-1])]
    assert accounts[0] == accounts[1]


def test_how_it_came_about_is_told_where_nobody_disputes_it(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page(
            "A fire gutted the Oakes mill in Brenby on Sunday. The fire was caused by an"
            " electrical fault, the fire chief said."
        ),
    )
    assert told(dossier, "The cause") == (
        "The cause is given as “an electrical fault” (the fire chief in Arlow Gazette)."
    )


def test_a_figure_that_moves_is_told_in_the_order_of_time(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("Rescuers said 40 people are missing after the flood in Arlow.", "Echo", "2024-05-13"),
        page("Rescuers said 12 people are missing after the flood in Arlow.", "Post", "2024-05-15"),
    )
    assert told(dossier, "The number of missing") == (
        "The number of missing was revised down from 40 (rescuers in Echo, 13 May 2024) to 12"
        " (rescuers in Post, 15 May 2024)."
    )


def test_nobody_is_told_of_a_count_of_none(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("Two trams collided in Arlow on Monday. No one was injured, the operator said."),
    )
    texts = [s.text for s in dossier.account]
    assert "Nobody was injured, according to the operator in Arlow Gazette." in texts
