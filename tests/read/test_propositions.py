"""Who did what to whom in invented sentences, and whether it is said to have happened."""

from dataclasses import replace

import pytest

from consilience.read import Reader
from consilience.records import Document, Proposition
from tests.factory import document


def told(text: str, reader: Reader) -> dict[str, str]:
    """Each predicate with its participants: "ARG0 The army, ARG1 the village"."""
    page = document(text)
    return {
        words(page, p): ", ".join(
            f"{a.role} {page.text[a.passage.start : a.passage.end]}" for a in p.arguments
        )
        for p in reader(page).propositions
    }


def words(page: Document, proposition: Proposition) -> str:
    return page.text[proposition.predicate.start : proposition.predicate.end]


@pytest.mark.parametrize(
    ("text", "predicate", "participants"),
    [
        ("The army shelled the village.", "shelled", "ARG0 The army, ARG1 the village"),
        (
            "The village was shelled by the army.",
            "shelled",
            "ARG1 The village, ARG0 by the army",
        ),
        ("The bomb exploded in the market.", "exploded", "ARG1 The bomb, ARGM-LOC in the market"),
        ("Two miners died on Monday.", "died", "ARG1 Two miners, ARGM-TMP Monday"),
        (
            "The driver, who hit two children, fled.",
            "hit",
            "ARG0 The driver, ARG1 two children",
        ),
        (
            "Two children who were hit by the tram died.",
            "hit",
            "ARG1 Two children, ARG0 by the tram",
        ),
        (
            "Two children who were hit by the tram died.",
            "died",
            "ARG1 Two children who were hit by the tram",
        ),
        ("Rioters burned the depot and looted the shop.", "burned", "ARG0 Rioters, ARG1 the depot"),
        ("Rioters burned the depot and looted the shop.", "looted", "ARG0 Rioters, ARG1 the shop"),
        (
            "The killing of the judge by gunmen shocked Arlow.",
            "killing",
            "ARG1 of the judge, ARG0 by gunmen",
        ),
        (
            "Police ordered residents to evacuate the town.",
            "evacuate",
            "ARG0 residents, ARG1 the town",
        ),
        (
            "The court convicted Paul Marek of killing two nurses.",
            "killing",
            "ARG0 Paul Marek, ARG1 two nurses",
        ),
        ("The men tried to kill the mayor.", "kill", "ARG0 The men, ARG1 the mayor"),
        (
            "Rescuers are searching for 14 missing fishermen.",
            "missing",
            "ARG1 for 14 missing fishermen",
        ),
    ],
)
def test_participants_have_the_roles_of_propbank(
    text: str, predicate: str, participants: str, reader: Reader
) -> None:
    assert told(text, reader)[predicate] == participants


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("The yard was fined 3 million marks on Monday.", "fine"),
        ("The ferry sank.", "sink"),
        ("Gunmen shot the judge.", "shoot"),
        ("Nine passengers drowned.", "drown"),
        ("The driver fled.", "flee"),
        ("The blast woke the town.", "explode"),
        ("Two clerks were gunned down at the bank.", "gun_down"),
    ],
)
def test_a_predicate_is_known_by_its_verb(text: str, lemma: str, reader: Reader) -> None:
    assert lemma in [p.lemma for p in reader(document(text)).propositions]


def test_a_proposition_stands_in_the_innermost_attribution(reader: Reader) -> None:
    page = document("The minister said on Monday that 14 people died.")
    read = reader(page)
    (died,) = [p for p in read.propositions if p.lemma == "die"]
    (saying,) = [a for a in read.attributions if a.id == died.attribution_id]
    assert [page.text[c.start : c.end] for c in saying.cue] == ["said"]


def test_a_spanish_page_names_its_happenings_without_participants(reader: Reader) -> None:
    page = replace(
        document("El terremoto del 3 de junio de 2022 mató a doce personas en Arlow."),
        language="es",
    )
    found = reader(page).propositions
    assert "quake" in [p.lemma for p in found]
    assert {a.role for p in found for a in p.arguments} == {"ARGM-TMP"}
    assert {p.when.value for p in found if p.when} == {"2022-06-03"}
