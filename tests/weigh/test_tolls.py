"""Tolls of floods, fires, crashes, sieges and strikes, told in one page."""

import pytest

from tests.small_cases import OneReader, figures, findings, page, tell


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The toll in the Tolven landslide was revised down to 12 on Friday after two people"
            " were found alive.",
            {"killed": ["12"]},
        ),
        (
            "The fire at the Marwick hostel killed nine people and another two died in hospital"
            " on Sunday, bringing the toll to 11.",
            {"killed": ["11"]},
        ),
        (
            "Two cyclists died at the scene and a third in hospital after a lorry hit them in"
            " Marwick on Monday.",
            {"killed": ["3"]},
        ),
        (
            "A landslide hit a camp near Tolven on Tuesday. Rescuers have recovered 14 bodies and"
            " 30 miners are feared dead.",
            {"killed": ["14"]},
        ),
        (
            "Police detained 120 protesters in Marwick on Saturday and released 95 of them on"
            " Sunday.",
            {"detained": ["120"], "freed": ["95"]},
        ),
        (
            "The storm left 40,000 homes without power around Marwick on Monday and caused damage"
            " estimated at $12 million.",
            {"cost": ["$12,000,000"], "count:home": ["40,000"]},
        ),
        ("Nine pilgrims were trampled to death in Marwick on Monday.", {"killed": ["9"]}),
        ("A mob in Marwick beat two men to death on Monday.", {"killed": ["2"]}),
        ("Five climbers froze to death above Marwick on Monday.", {"killed": ["5"]}),
        (
            "Three boys jumped to their deaths from a burning house in Marwick on Monday.",
            {"killed": ["3"]},
        ),
        ("A judge sentenced three men to death in Marwick on Monday.", {"count:man": ["3"]}),
        (
            "A ferry sank off Marwick on Monday. Divers brought up the bodies of four women.",
            {"killed": ["4"]},
        ),
        (
            "Rescuers pulled 17 people alive from the mud after Monday's landslide in Marwick.",
            {"freed": ["17"]},
        ),
        (
            "Monday's riot in Marwick left four dead, dozens hurt and 63 in custody.",
            {"killed": ["4"], "injured": ["at least 24"], "detained": ["63"]},
        ),
        (
            "A storm hit Marwick on Monday. The ministry put the number of homeless at 3,000 and"
            " the death toll at 12.",
            {"displaced": ["3,000"], "killed": ["12"]},
        ),
        (
            "A riot broke out in Marwick on Monday. Officials corrected the number of injured from"
            " 17 to 15.",
            {"injured": ["15"]},
        ),
        (
            "The death toll in the Marwick blast, initially put at eight, was later revised to 13,"
            " police said on Monday.",
            {"killed": ["13"]},
        ),
        (
            "The toll from Monday's blast in Marwick was raised from 4 to 9 on Tuesday.",
            {"killed": ["9"]},
        ),
        (
            "Police had earlier reported 30 injured in Monday's riot in Marwick. The figure was"
            " lowered to 26.",
            {"injured": ["26"]},
        ),
        (
            "Divers recovered two more bodies on Saturday, raising the number of dead in the"
            " Marwick collapse to 11.",
            {"killed": ["11"]},
        ),
        ("Cholera has killed 300 people in Marwick since January.", {"killed": ["300"]}),
        ("Killed in the Marwick blast were Ida Brandt and Tomas Kehl.", {"killed": ["2"]}),
        (
            "The dead include Ida Brandt and Tomas Kehl, police in Marwick said after the blast.",
            {"killed": ["at least 2"]},
        ),
        ("A man stabbed four people, killing one, in Marwick on Monday.", {"killed": ["1"]}),
        (
            "Rebels abducted nine nuns near Marwick on Monday. One of them, Ida Brandt, was"
            " murdered. Her brother is a guard.",
            {"killed": ["at least 1"], "detained": ["9"]},
        ),
        (
            "A barge sank off Marwick on Monday. Harbour master Tomas Kehl: 6 dead, 11 missing,"
            " 35 rescued.",
            {"killed": ["6"], "missing": ["11"], "freed": ["35"]},
        ),
        (
            "The number of missing rose to 33 in Marwick on Tuesday after Sunday's flood.",
            {"missing": ["33"]},
        ),
        ("Kidnappers seized seven nuns in Marwick on Sunday.", {"detained": ["7"]}),
        (
            "Five people were rescued after their boat capsized off Marwick on Monday, but a sixth"
            " sailor drowned.",
            {"freed": ["5"], "killed": ["at least 1"]},
        ),
        (
            "One of the two pilots died in the crash near Marwick on Sunday.",
            {"killed": ["at least 1"]},
        ),
        ("A collapse of the dam would kill 4,000 people downstream of Marwick.", {}),
        ("Police in Marwick released the names of 3 shooting victims on Monday.", {}),
        ("A driver escaped without injury when his van hit a wall in Marwick on Monday.", {}),
        (
            "Three hundred people were forced to shelter in place in Marwick on Monday.",
            {"count:person": ["300"]},
        ),
        ("Militants threatened to execute 30 hostages in Marwick on Monday.", {}),
    ],
)
def test_a_toll_is_read_as_it_is_told(
    text: str, expected: dict[str, list[str]], engine: OneReader
) -> None:
    assert figures(tell(engine, page(text))) == expected


def test_who_tells_of_one_victim_stands_beside_who_counts_one(engine: OneReader) -> None:
    first = page("One woman, aged 77, died in a fire in Marwick on Tuesday.", "Bell")
    later = page("Tuesday's fire in Marwick killed a 77-year-old woman.", "Drum", "2024-05-16")
    (toll,) = findings(tell(engine, first, later), "killed")
    assert sorted(c.n_documents for c in toll.candidates) == [1, 1]


def test_two_more_are_no_toll_of_their_own(engine: OneReader) -> None:
    first = page("A bus crashed in Marwick on Tuesday, killing eight people.", "Bell")
    later = page(
        "Two more people died in hospital on Thursday after the Marwick bus crash.",
        "Argus",
        "2024-05-16",
    )
    assert figures(tell(engine, first, later))["killed"] == ["8"]


def test_a_third_victim_raises_a_toll_of_two(engine: OneReader) -> None:
    first = page("Two people were killed in a fire in Marwick on Tuesday.", "Bell")
    later = page(
        "A third victim of the Marwick fire died in hospital on Thursday.", "Argus", "2024-05-16"
    )
    assert figures(tell(engine, first, later))["killed"] == ["2", "at least 3"]


def test_another_twenty_hurt_are_all_that_were_hurt(engine: OneReader) -> None:
    first = page(
        "A blast in Marwick on Tuesday killed three people. Another 21 were injured.", "Bell"
    )
    later = page("Tuesday's blast in Marwick injured 30 people.", "Argus", "2024-05-16")
    assert figures(tell(engine, first, later))["injured"] == ["21", "30"]


def test_an_offer_that_is_raised_is_brought_up_to_date(engine: OneReader) -> None:
    first = page(
        "The Brisk Union went on strike at Arlow Mills on Monday. The company offered a pay rise of"
        " 3 per cent and a bonus of $500.",
        "Bell",
    )
    raised = page(
        "The strike at Arlow Mills went on. On Wednesday the company raised its offer to 4 per"
        " cent; the bonus stayed at $500.",
        "Argus",
        "2024-05-16",
    )
    agreed = page(
        "The strike at Arlow Mills ended on Friday with a deal that gives workers a pay rise of 4.5"
        " per cent and a bonus of $700.",
        "Echo",
        "2024-05-17",
    )
    dossier = tell(engine, first, raised, agreed)
    told = figures(dossier)
    assert (told["count:percent"], told["count:dollar"]) == (["3", "4", "4.5"], ["$500", "$700"])
    assert {f.status for f in dossier.findings if f.slot.startswith("count:")} == {"updated"}


def test_helpers_hurt_are_no_older_number_of_the_hurt(engine: OneReader) -> None:
    first = page(
        "A fire hit a hotel in Marwick on Tuesday. Three firefighters were injured.", "Bell"
    )
    later = page("Tuesday's hotel fire in Marwick injured 17 people.", "Argus", "2024-05-16")
    told = figures(tell(engine, first, later))
    assert (told["injured"], told["count:firefighter"]) == (["17"], ["3"])


def test_inmates_prisoners_and_people_are_one_candidate(engine: OneReader) -> None:
    first = page(
        "A riot broke out in a prison near Marwick on Tuesday. Three inmates were killed.", "Bell"
    )
    later = page(
        "Three prisoners died in Tuesday's prison riot near Marwick.", "Argus", "2024-05-16"
    )
    last = page("Tuesday's prison riot near Marwick killed three people.", "Echo", "2024-05-17")
    assert figures(tell(engine, first, later))["killed"] == ["3"]
    assert figures(tell(engine, first, later, last))["killed"] == ["3"]


def test_a_figure_that_its_giver_withdrew_is_replaced(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("Thirteen people died when a footbridge fell in Corrin.", "Wire", "2024-05-13"),
        page(
            "Eleven people died when a footbridge fell in Corrin, Inspector Karin Dahl said. She "
            "withdrew the figure of 13.",
            "Radio",
            "2024-05-15",
        ),
    )
    (toll,) = findings(dossier, "killed")
    assert toll.status == "updated"
    assert [r.why for r in toll.relations] == ["13 was taken back by a later report"]
