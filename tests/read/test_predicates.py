"""Which words of invented sentences are predicates, and under which name."""

import pytest

from consilience.read import Reader
from tests.factory import document


def named(text: str, reader: Reader) -> dict[str, tuple[str, str | None]]:
    """Each predicate with its lemma and its sense."""
    page = document(text)
    return {
        text[p.predicate.start : p.predicate.end]: (p.lemma, p.sense)
        for p in reader(page).propositions
    }


def test_a_verb_is_named_with_its_sense(reader: Reader) -> None:
    assert named("Gunmen killed the judge.", reader) == {"killed": ("kill", "kill.01")}


def test_a_particle_belongs_to_the_verb(reader: Reader) -> None:
    lemma, sense = named("Divers picked up nine survivors.", reader)["picked"]
    assert lemma == "pick_up"
    assert sense is not None
    assert sense.startswith("pick_up.")


@pytest.mark.parametrize(
    ("text", "noun", "sense"),
    [
        ("The killing of the judge shocked the town.", "killing", "kill.01"),
        ("The decision of the council was welcomed.", "decision", "decide.01"),
    ],
)
def test_a_noun_carries_its_verbs_sense(text: str, noun: str, sense: str, reader: Reader) -> None:
    assert named(text, reader)[noun][1] == sense


def test_a_light_verb_leaves_its_noun_to_tell(reader: Reader) -> None:
    found = named("The council made a decision on Monday.", reader)
    assert "decision" in found
    assert "made" not in found


def test_auxiliaries_and_copulas_tell_nothing_themselves(reader: Reader) -> None:
    found = named("The bridge was closed and had been a danger.", reader)
    assert "was" not in found
    assert "been" not in found
    assert "closed" in found


def test_a_happening_that_the_lists_name_is_told_of_even_without_arguments(
    reader: Reader,
) -> None:
    assert "fire" in named("A fire.", reader)


def test_opening_fire_is_no_blaze(reader: Reader) -> None:
    assert named("The guards opened fire.", reader)["fire"][0] == "fire"
