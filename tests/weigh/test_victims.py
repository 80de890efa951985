"""Victims told by name or as one of a kind, and numbers that are added up."""

import pytest

from consilience.records import Dossier, Quantity
from consilience.tell.verify import verify
from tests.small_cases import OneReader, figures, findings, held, page, tell, words


def shown(dossier: Dossier, slot: str) -> list[str]:
    """What each number of a slot adds up, in words."""
    return [
        words(dossier, addend.passage)
        for claim in dossier.claims
        if claim.slot == slot
        for addend in claim.sum_of
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "An avalanche hit a hut above Corrin on Monday. The dead were named as Ida Brandt,"
            " Tomas Kehl and Rosa Lindqvist.",
            ["Ida Brandt", "Tomas Kehl", "Rosa Lindqvist"],
        ),
        (
            "An avalanche hit a hut above Corrin on Monday. Police identified the dead as"
            " Ida Brandt, 31, Tomas Kehl, 44, and Rosa Lindqvist, 52.",
            ["Ida Brandt", "Tomas Kehl", "Rosa Lindqvist"],
        ),
        (
            "Three climbers died when an avalanche hit Corrin on Monday and another two died in"
            " hospital on Tuesday.",
            ["Three climbers", "another two"],
        ),
        (
            "Two officers and nine soldiers were killed in the ambush at Corrin on Monday.",
            ["Two officers", "nine soldiers"],
        ),
        (
            "Ida Brandt and Tomas Kehl were killed in the fire in Corrin.",
            ["Ida Brandt", "Tomas Kehl"],
        ),
    ],
)
def test_a_number_that_we_add_up_shows_its_parts(
    text: str, parts: list[str], engine: OneReader
) -> None:
    dossier = tell(engine, page(text))
    (finding,) = findings(dossier, "killed")
    value = finding.policies.best
    assert isinstance(value, Quantity)
    assert shown(dossier, "killed") == parts
    claim = next(c for c in dossier.claims if c.sum_of)
    assert value.low == sum(a.quantity.low or 0 for a in claim.sum_of)
    assert not verify(dossier)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A third climber died on Monday in Corrin.", {"killed": ["at least 3"]}),
        ("A gunman shot a young couple dead in Corrin on Monday.", {"killed": ["at least 2"]}),
        ("Police are investigating a double murder in Corrin.", {"killed": ["2"]}),
        ("Police are investigating a murder-suicide in Corrin.", {"killed": ["at least 2"]}),
        ("A gunman fatally shot a guard in Corrin on Monday.", {"killed": ["at least 1"]}),
        ("Orla Dunne, a father of three, was killed in Corrin.", {"killed": ["at least 1"]}),
        ("Ida Brandt and Tomas Kehl, both 16, were killed in Corrin.", {"killed": ["2"]}),
        ("Two of the four passengers had died.", {"killed": ["2"]}),
        (
            "The crash in Corrin left two women dead and two others in hospital.",
            {"killed": ["2"], "injured": ["2"]},
        ),
        (
            "Three others, two women and a man, were hurt in the crash in Corrin.",
            {"injured": ["3"]},
        ),
        (
            "Two officers and a woman suffered minor injuries in the crash in Corrin.",
            {"injured": ["3"]},
        ),
        ("A woman and her son were found dead in Corrin on Monday.", {"killed": ["2"]}),
        ("A sniper shot at twelve people in Corrin on Monday.", {"injured": []}),
        (
            "Three passengers were hurt in the crash in Corrin and two others were hurt too.",
            {"injured": ["5"]},
        ),
        (
            "A fall killed a hiker in Corrin. It has killed nine hikers this year.",
            {"killed": ["at least 1"]},
        ),
        ("Two of the three men arrested in Corrin were freed on Friday.", {"freed": ["2"]}),
        ("Ida Brandt was the only person arrested in Corrin on Monday.", {"detained": ["1"]}),
        (
            "The dam burst in Corrin on Monday. The mayor put the number of evacuees at 1,850.",
            {"displaced": ["1,850"]},
        ),
        (
            "Two pickets were arrested in Corrin on Monday and freed the same evening.",
            {"detained": ["2"], "freed": ["2"]},
        ),
    ],
)
def test_one_victim_and_another_make_two(
    text: str, expected: dict[str, list[str]], engine: OneReader
) -> None:
    dossier = tell(engine, page(text))
    told = {slot: [n for f in findings(dossier, slot) for n in held(f)] for slot in expected}
    assert told == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ida Brandt, 31, was arrested in Corrin on Monday.",
        "Three people were hurt or killed in Corrin.",
    ],
)
def test_an_age_and_either_of_two_fates_are_no_toll(text: str, engine: OneReader) -> None:
    told = figures(tell(engine, page(text)))
    assert not {"killed", "injured", "detained"} & told.keys()


def test_one_victim_is_no_second_figure_where_they_are_counted(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("A blast in Corrin killed a night watchman on Monday.", "Arlow Gazette"),
        page("A blast in Corrin killed two men on Monday.", "Corrin Post", "2024-05-16"),
        page("Two people died in Monday's blast in Corrin.", "Lower Reach News", "2024-05-16"),
    )
    (finding,) = findings(dossier, "killed")
    assert held(finding) == ["2"]


def test_who_is_hurt_in_one_page_and_dead_in_the_next_is_dead(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("Tomas Kehl was wounded when a gunman opened fire in Corrin on Monday."),
        page(
            "Tomas Kehl died on Thursday after a gunman opened fire in Corrin on Monday.",
            "Corrin Post",
            "2024-05-17",
        ),
    )
    assert figures(dossier) == {"killed": ["at least 1"]}


def test_the_toll_of_several_happenings_is_not_that_of_one(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("One man was killed in a shooting at a market in Corrin on Monday."),
        page(
            "Four people were killed in five shootings on Monday. One man was killed in a"
            " shooting at a market in Corrin.",
            "Corrin Post",
            title="4 killed in five shootings",
        ),
    )
    assert figures(dossier)["killed"] == ["1"]


def test_a_figure_called_wrong_is_none(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("A train hit a bus in Corrin on Monday, killing 14 people."),
        page(
            "A train hit a bus in Corrin on Monday. The crash claimed the lives of 11 people. The"
            " figure of 14 dead that was given on Monday was incorrect.",
            "Corrin Post",
            "2024-05-16",
        ),
    )
    (finding,) = findings(dossier, "killed")
    assert finding.status == "updated"


def test_what_stands_and_what_waits_is_counted_on_its_day(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("Dockers in Corrin have been on strike since Monday. Eleven ships were waiting."),
        page(
            "Dockers in Corrin have been on strike since Monday. Fourteen ships lay at anchor.",
            "Corrin Post",
            "2024-05-18",
        ),
    )
    (finding,) = findings(dossier, "count:ship")
    assert held(finding) == ["11", "14"]
    assert finding.status == "updated"


def test_two_numbers_nearly_alike_answer_one_question(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("The council of Corrin voted on Friday. There were 412 votes in favour."),
        page(
            "The plan was carried by 421 votes when the council of Corrin voted on Friday.",
            "Corrin Post",
        ),
    )
    (finding,) = findings(dossier, "count:vote")
    assert held(finding) == ["412", "421"]
    assert finding.status == "contradicted"


def test_a_jury_is_no_voice_of_the_dead(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page(
            "A grand jury in Corrin on Wednesday indicted Tomas Kehl on two counts of reckless"
            " homicide in the explosion that killed two men last August."
        ),
    )
    (finding,) = findings(dossier, "killed")
    voices = [v for c in dossier.claims if c.slot == "killed" for v in c.voices]
    assert held(finding) == ["2"]
    assert voices == []
    assert not verify(dossier)


def test_the_fourth_who_was_hit_makes_no_four_dead(engine: OneReader) -> None:
    text = (
        "Four people were shot in Corrin on Monday. Two victims were flown to Dunmore and one was"
        " taken to Corrin hospital. The fourth victim was found dead in a van."
    )
    (finding,) = findings(tell(engine, page(text)), "killed")
    assert held(finding) == ["at least 1"]
