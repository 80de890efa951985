"""How templates are scored against a key of MUC-4's form, on invented incidents."""

from datetime import date

import pytest

from evaluation.muc4_templates import (
    Day,
    Perpetrator,
    Template,
    Victim,
    key_template,
    score,
)
from evaluation.truecase import truecased

NONE = dict.fromkeys(
    (
        "INCIDENT: DATE",
        "INCIDENT: LOCATION",
        "PERP: INDIVIDUAL ID",
        "PERP: ORGANIZATION ID",
        "HUM TGT: NAME",
        "HUM TGT: NUMBER",
        "HUM TGT: EFFECT OF INCIDENT",
    ),
    "-",
)
KEY = key_template(
    {
        **NONE,
        "MESSAGE: TEMPLATE": "1",
        "INCIDENT: DATE": "16 NOV 89",
        "INCIDENT: LOCATION": "NORLAND: ARLOW (CITY)",
        "PERP: ORGANIZATION ID": '"RIVER FRONT" / "RF"',
        "HUM TGT: NAME": '"ANNA LIND"',
        "HUM TGT: NUMBER": '1: "ANNA LIND"\n3: "MINERS"\n? 2: "CLERKS"',
        "HUM TGT: EFFECT OF INCIDENT": 'DEATH: "ANNA LIND"\nINJURY: "MINERS"',
    }
)
NOVEMBER_16 = Day(date(1989, 11, 16), date(1989, 11, 16), by=False)
LIND = Victim(("lind",), named=True, n=1, effects=frozenset({"DEATH"}))


def shares(*ours: Template, all_templates: bool = True) -> dict[str, tuple[float, float, float]]:
    marks = score(ours, [KEY], all_templates=all_templates)
    return {slot: (t.right, t.actual, t.possible) for slot, t in marks.items()}


def test_a_template_that_says_it_all_is_right_in_all() -> None:
    miners = Victim(("three miners hurt",), named=False, n=3, effects=frozenset({"INJURY"}))
    front = (Perpetrator(("rf",)),)
    found = shares(Template(NOVEMBER_16, (("norland", "arlow"),), (LIND, miners), front))
    assert found == {
        "date": (1, 1, 1), "location": (1, 1, 1), "name": (1, 1, 1), "number": (2, 2, 2),
        "effect": (2, 2, 2), "perpetrator": (1, 1, 1),
    }  # fmt: skip


def test_another_grain_of_place_and_time_is_half_right() -> None:
    november = Day(date(1989, 11, 1), date(1989, 11, 30), by=False)
    found = shares(Template(november, (("norland",),), (LIND,)))
    assert (found["date"], found["location"]) == ((0.5, 1, 1), (0.5, 1, 1))


def test_a_spurious_template_counts_only_among_all() -> None:
    other = Template(None, (("sudland",),), ())
    right = Template(NOVEMBER_16, (), (LIND,))
    assert shares(right, other)["location"] == (0, 1, 1)
    assert shares(right, other, all_templates=False)["location"] == (0, 0, 1)


def test_an_optional_victim_is_not_missed() -> None:
    assert shares(Template(NOVEMBER_16, (), (LIND,)))["number"] == (1, 1, 2)


@pytest.mark.parametrize(
    ("upper", "mixed"),
    [
        ("MINERS STRUCK IN ARLOW. THEY SPOKE.", "Miners struck in Arlow. They spoke."),
        ("MAYOR LIND OF THE RFF SPOKE", "Mayor Lind of the RFF spoke"),
    ],
)  # fmt: skip
def test_capitals_are_put_into_ordinary_case(upper: str, mixed: str) -> None:
    forms = {w: w for w in "the struck in they were paid of spoke miner mayor".split()}
    assert truecased(upper, forms) == mixed
