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


def said_of(predicate: str, text: str, reader: Reader) -> str:
    page = document(text)
    return next(p.factuality for p in reader(page).propositions if words(page, p) == predicate)


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
            "ARG0 who, ARG1 two children, ARG0-of The driver",
        ),
        (
            "Two children who were hit by the tram died.",
            "hit",
            "ARG1 who, ARG0 by the tram, ARG1-of Two children",
        ),
        ("Two children who were hit by the tram died.", "died", "ARG1 Two children"),
        ("Rioters burned the depot and looted the shop.", "burned", "ARG0 Rioters, ARG1 the depot"),
        ("Rioters burned the depot and looted the shop.", "looted", "ARG1 the shop, ARG0 Rioters"),
        (
            "The killing of the judge by gunmen shocked Arlow.",
            "killing",
            "ARG1 of the judge, ARG0 by gunmen",
        ),
        (
            "Police ordered residents to evacuate the town.",
            "evacuate",
            "ARG1 the town, ARG0 residents",
        ),
        (
            "The court convicted Paul Marek of killing two nurses.",
            "killing",
            "ARG1 two nurses, ARG0 Paul Marek",
        ),
        ("The men tried to kill the mayor.", "kill", "ARG1 the mayor, ARG0 The men"),
        (
            "Rescuers are searching for 14 missing fishermen.",
            "missing",
            "ARG1 for 14 missing fishermen",
        ),
    ],
)
def test_participants_have_the_roles_that_the_syntax_shows(
    text: str, predicate: str, participants: str, reader: Reader
) -> None:
    assert told(text, reader)[predicate] == participants


@pytest.mark.parametrize(
    ("text", "predicate", "factuality"),
    [
        ("The army shelled the village.", "shelled", "happened"),
        ("The minister said that 14 people died.", "died", "happened"),
        ("The army began shelling the village.", "shelling", "happened"),
        ("Rescuers managed to free the captain.", "free", "happened"),
        ("The mayor was forced to resign.", "resign", "happened"),
        ("The death of two miners stopped the strike.", "strike", "happened"),
        ("Police did not arrest the driver.", "arrest", "not_happened"),
        ("No passengers were injured.", "injured", "not_happened"),
        ("Nobody was hurt in the fire.", "hurt", "not_happened"),
        ("The mayor has never visited the town.", "visited", "not_happened"),
        ("The collapse killed no one.", "killed", "not_happened"),
        ("There were no deaths.", "deaths", "not_happened"),
        ("The crew failed to rescue the captain.", "rescue", "not_happened"),
        ("The pilot avoided hitting the tower.", "hitting", "not_happened"),
        ("The police were unable to arrest the men.", "arrest", "not_happened"),
        ("The dam may collapse.", "collapse", "possible"),
        ("The bridge is likely to collapse.", "collapse", "possible"),
        ("Officials fear that 20 miners died.", "died", "possible"),
        ("Twenty miners are feared dead.", "dead", "possible"),
        ("Police suspect that Paul Marek killed two nurses.", "killed", "possible"),
        ("Prosecutors accused Paul Marek of killing two nurses.", "killing", "possible"),
        ("The suspect allegedly killed the guard.", "killed", "possible"),
        ("The company denied that the ferry sank.", "sank", "possible"),
        ("The government will evacuate 300 families.", "evacuate", "planned"),
        ("The union plans to strike on Monday.", "strike", "planned"),
        ("The men threatened to kill 20 hostages.", "kill", "planned"),
        ("The mayor was expected to resign.", "resign", "planned"),
        ("The judge ordered the release of four men.", "release", "planned"),
        ("If the dam collapses, 300 people will die.", "die", "hypothetical"),
        ("If the train had derailed, 300 people would have died.", "died", "hypothetical"),
        ("If the train had derailed, 300 people would have died.", "derailed", "hypothetical"),
        ("Unless the rain stops, the river will flood the town.", "flood", "hypothetical"),
    ],
)
def test_what_is_denied_doubted_planned_or_supposed_is_no_fact(
    text: str, predicate: str, factuality: str, reader: Reader
) -> None:
    assert said_of(predicate, text, reader) == factuality


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("The ferry sank.", "sink"),
        ("Gunmen shot the judge.", "shoot"),
        ("Nine passengers drowned.", "drown"),
        ("The driver fled.", "flee"),
        ("The blast woke the town.", "explode"),
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
