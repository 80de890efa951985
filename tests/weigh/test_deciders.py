"""Who decided it: the ways of saying so, and how two who are named for one decision stand."""

import pytest

from consilience.records import Dossier, EntityRef, Status, Text
from tests.small_cases import OneReader, findings, page, tell

A, B = "Arlow Gazette", "Corrin Post"
HELD = "on Tuesday, 14 May 2024, in Corrin"
FIRE = f"A fire at the Corrin mill killed two people {HELD}."
FERRY = f"A ferry sank {HELD}, killing three passengers."
SIEGE = f"Police stormed a bank {HELD}, killing two gunmen."


def deciders(dossier: Dossier) -> set[str]:
    names = {e.id: e.name for e in dossier.entities}
    found = set()
    for finding in findings(dossier, "decided_by"):
        for candidate in finding.candidates:
            if isinstance(candidate.value, EntityRef):
                found.add(names[candidate.value.entity_id])
            elif isinstance(candidate.value, Text):
                found.add(candidate.value.text)
    return found


def statuses(engine: OneReader, left: str, right: str) -> list[Status]:
    dossier = tell(engine, page(left, A), page(right, B))
    return [finding.status for finding in findings(dossier, "decided_by")]


@pytest.mark.parametrize(
    ("text", "decider"),
    [
        (f"{FIRE} The rear gate was locked on the orders of the manager.", "manager"),
        (f"{FIRE} The gate was locked on the manager's orders, workers said.", "manager"),
        (f"{FIRE} The order to close the gate was given by owner Gail Pratt.", "Gail Pratt"),
        (f"{FIRE} The decision to evacuate the mill was the fire brigade's alone.", "fire brigade"),
        (f"{FIRE} It was the owners who decided to close the gates, he said.", "owners"),
        (f"{FIRE} The mill was closed. The decision was taken by the board.", "board"),
        (f"{FERRY} The decision to abandon ship was made by Captain Milo Petrak.", "Milo Petrak"),
        (f"{FERRY} The order to abandon ship came from the captain, a sailor said.", "captain"),
        (f"{FERRY} It was Captain Milo Petrak who gave the order to abandon ship.", "Milo Petrak"),
        (f"{FERRY} The evacuation was ordered by the mate, Milo Petrak.", "Milo Petrak"),
        (f"{SIEGE} The raid was approved by Interior Minister Dina Holt.", "Dina Holt"),
        (f"{SIEGE} The decision to go in lay with the police chief, Dina Holt.", "Dina Holt"),
        (f"{SIEGE} Minister Dina Holt gave the green light for the assault.", "Dina Holt"),
        (f"{SIEGE} Minister Dina Holt signed off on the raid.", "Dina Holt"),
        (f"{SIEGE} Officers went in on the instructions of Mayor Dina Holt.", "Dina Holt"),
        (f'{SIEGE} "I gave the order to storm the bank," said Mayor Dina Holt.', "Dina Holt"),
        (f'{SIEGE} "The decision to storm it was mine," said Mayor Dina Holt.', "Dina Holt"),
        (f"{SIEGE} The council voted 5-2 to close the branch.", "council"),
    ],
)
def test_who_decided_is_said_in_many_ways(engine: OneReader, text: str, decider: str) -> None:
    assert decider in {name.removeprefix("the ") for name in deciders(tell(engine, page(text)))}


@pytest.mark.parametrize(
    "text",
    [
        f"{SIEGE} It was not clear whether the order to storm it was given by the mayor.",
        f"{SIEGE} No order to storm the bank was given by the mayor.",
        f"{SIEGE} It was not the mayor who ordered the raid.",
        f"{FIRE} The mill was built to order for the council.",
        f"{FIRE} Roads were closed on Tuesday.",
    ],
)
def test_nobody_decided_where_that_is_denied_or_open(engine: OneReader, text: str) -> None:
    assert deciders(tell(engine, page(text))) == set()


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (
            f"{SIEGE} Mayor Dina Holt ordered the raid.",
            f"{SIEGE} The decision to go in was taken by the police chief, Milo Petrak.",
        ),
        (
            f"{FIRE} The order to leave came too late. It was given by Mayor Dina Holt.",
            f"{FIRE} Sheriff Milo Petrak ordered the town evacuated.",
        ),
        (
            f"{FIRE} The rear gate was locked on the orders of the manager.",
            f"{FIRE} It was the owners who decided to lock the gate.",
        ),
        (
            f"{SIEGE} Mayor Dina Holt fired police chief Milo Petrak.",
            f"{SIEGE} The decision to dismiss Petrak was the council's alone.",
        ),
        (
            f"The Arlow run was cancelled {HELD}. Mayor Dina Holt called it off, a clerk said.",
            f"The Arlow run was cancelled {HELD}. The organisers took the decision themselves.",
        ),
        (
            f"Arlow Air grounded its fleet {HELD}. The decision was made by owner Dina Holt.",
            f"Arlow Air grounded its fleet {HELD}. The grounding was ordered by the regulator.",
        ),
        (
            f"{SIEGE} The command to fire came from Colonel Ivo Lund, a sergeant said.",
            f"{SIEGE} Minister Dina Holt authorised the use of live rounds, documents show.",
        ),
        (
            f"The doors were kept shut on the orders of promoter Gail Pratt {HELD}.",
            f"The fire service had ordered that the doors be kept shut {HELD}.",
        ),
        (
            f"The game was postponed by referee Ivo Lund {HELD}.",
            f"Club managers postponed the game {HELD}, a player said.",
        ),
        (
            f"{SIEGE} Mayor Dina Holt ordered the raid, a clerk said.",
            f"{SIEGE} Mayor Dina Holt said the decision had been the governor's.",
        ),
    ],
)
def test_two_who_are_named_for_one_decision_contradict(
    engine: OneReader, left: str, right: str
) -> None:
    assert statuses(engine, left, right) == [Status.CONTRADICTED]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (
            f"{FIRE} Mayor Dina Holt ordered the schools closed.",
            f"{FIRE} The sheriff ordered the bridge closed.",
        ),
        (
            f"{SIEGE} Mayor Dina Holt ordered the raid.",
            f"{SIEGE} Officials ordered the raid.",
        ),
        (
            f"{SIEGE} The mayor ordered the raid.",
            f"{SIEGE} Mayor Dina Holt ordered the raid.",
        ),
        (
            f"{SIEGE} Mayor Dina Holt and Governor Max Orlo ordered the raid.",
            f"{SIEGE} Governor Max Orlo ordered the raid.",
        ),
    ],
)
def test_deciders_that_can_both_have_decided_are_compatible(
    engine: OneReader, left: str, right: str
) -> None:
    assert set(statuses(engine, left, right)) <= {Status.COMPATIBLE, Status.AGREED}


def test_who_closed_it_decided_nothing_where_nobody_speaks_of_a_decision(
    engine: OneReader,
) -> None:
    text = f"{FIRE} Police closed the road. The council dismissed its engineer."
    assert deciders(tell(engine, page(text))) == set()
