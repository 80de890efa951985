"""Tolls of floods, fires, crashes, sieges and strikes, told in one page."""

import pytest

from tests.small_cases import OneReader, figures, page, tell


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
        ("Cholera has killed 300 people in Marwick since January.", {"killed": ["300"]}),
        ("Killed in the Marwick blast were Ida Brandt and Tomas Kehl.", {"killed": ["2"]}),
        (
            "The dead include Ida Brandt and Tomas Kehl, police in Marwick said after the blast.",
            {"killed": ["at least 2"]},
        ),
        ("A man stabbed four people, killing one, in Marwick on Monday.", {"killed": ["1"]}),
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
        ("One of the two pilots died in the crash near Marwick on Sunday.", {}),
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
