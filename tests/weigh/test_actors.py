"""Who did it, who decided it, who was let go: answers of invented pages, and how they stand."""

import pytest

from consilience.records import Dossier
from tests.small_cases import OneReader, findings, named, page, tell

A, B = "Arlow Gazette", "Corrin Post"
HELD = "on Tuesday, 14 May 2024, in Corrin"


def answers(dossier: Dossier, slot: str) -> set[str]:
    return {name for finding in findings(dossier, slot) for name in named(dossier, finding)}


def two(engine: OneReader, left: str, right: str) -> Dossier:
    return tell(engine, page(left, A), page(right, B))


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        (f"Soldiers arrested the smuggler Pavel Rusk {HELD}.", "Soldiers"),
        (f"The smuggler Pavel Rusk was arrested by soldiers {HELD}.", "soldiers"),
        (f"The smuggler Pavel Rusk, who was arrested by soldiers {HELD}, is ill.", "soldiers"),
        (f"Customs officers were able to capture Pavel Rusk {HELD}.", "Customs officers"),
        (f"About 300 dockers went on strike {HELD}.", "dockers"),
        (f"Heavily armed gunmen opened fire on a bus {HELD}.", "gunmen"),
    ],
)
def test_who_did_it_is_read_from_the_sentence(engine: OneReader, text: str, agent: str) -> None:
    assert any(agent in name for name in answers(tell(engine, page(text)), "agent"))


def test_who_was_captured_is_not_the_captor(engine: OneReader) -> None:
    text = f"Pavel Rusk was arrested {HELD}. His capture surprised the village."
    assert answers(tell(engine, page(text)), "agent") == set()


def test_a_camera_captures_nobody(engine: OneReader) -> None:
    text = f"Three people were shot dead {HELD}. Security officers captured the scene on video."
    assert "Security officers" not in answers(tell(engine, page(text)), "agent")


def test_army_and_coast_guard_cannot_both_have_made_the_arrest(engine: OneReader) -> None:
    dossier = two(
        engine,
        f"The smuggler Pavel Rusk was captured by the coast guard {HELD}.",
        f"Army troops captured the smuggler Pavel Rusk {HELD}.",
    )
    (finding,) = findings(dossier, "agent")
    assert finding.status == "contradicted"


def test_two_bodies_that_one_page_names_acted_together(engine: OneReader) -> None:
    dossier = two(
        engine,
        f"Soldiers and police captured the smuggler Pavel Rusk {HELD}.",
        f"Police captured the smuggler Pavel Rusk {HELD}.",
    )
    (finding,) = findings(dossier, "agent")
    assert finding.status == "compatible"


def test_a_body_is_a_kind_of_what_it_belongs_to(engine: OneReader) -> None:
    dossier = two(
        engine,
        f"Security forces captured the smuggler Pavel Rusk {HELD}.",
        f"Border guards captured the smuggler Pavel Rusk {HELD}.",
    )
    (finding,) = findings(dossier, "agent")
    assert finding.status == "compatible"


def test_arrests_of_two_people_are_two_questions(engine: OneReader) -> None:
    dossier = two(
        engine,
        f"Soldiers arrested Pavel Rusk {HELD}.",
        f"Police arrested Milan Dorn {HELD}.",
    )
    assert all(f.status != "contradicted" for f in findings(dossier, "agent"))


def test_who_shot_is_not_asked_with_who_made_the_arrest(engine: OneReader) -> None:
    text = f"A gunman shot Anna Lind {HELD}. Police arrested Pavel Rusk hours later."
    for finding in findings(tell(engine, page(text)), "agent"):
        assert len(finding.candidates) == 1


def test_who_only_backed_a_decision_did_not_take_it(engine: OneReader) -> None:
    dossier = two(
        engine,
        f"Rebels held twelve nuns {HELD}. President Ana Moro ordered the release of their leader.",
        f"Rebels held twelve nuns {HELD}. Their leader was released. “They (the local police) took"
        " that decision and I supported it,” President Ana Moro said.",
    )
    (finding,) = findings(dossier, "decided_by")
    assert named(dossier, finding) == {"Ana Moro", "local police"}
    assert finding.status == "contradicted"


def test_what_was_planned_was_decided_by_nobody(engine: OneReader) -> None:
    text = f"Rebels held twelve nuns {HELD}. President Ana Moro may order the release of a rebel."
    assert answers(tell(engine, page(text)), "decided_by") == set()


def test_who_was_given_for_a_captive_is_asked_by_itself(engine: OneReader) -> None:
    dossier = two(
        engine,
        f"The pirates released Captain Jon Hale {HELD} in exchange for two jailed policemen.",
        f"Captain Jon Hale, held by pirates, was swapped for several captured soldiers {HELD}.",
    )
    (finding,) = findings(dossier, "freed")
    assert named(dossier, finding) == {"jailed policemen", "captured soldiers"}
    assert finding.status == "contradicted"


def test_who_claims_an_attack_speaks_for_himself(engine: OneReader) -> None:
    text = (
        f"A bomb killed four people {HELD}. The Corrin Liberation Front claimed responsibility for"
        " the bombing."
    )
    dossier = tell(engine, page(text))
    (claim,) = [c for c in dossier.claims if c.slot == "agent"]
    assert claim.voices[-1].name == "Corrin Liberation Front"


def test_a_suspect_did_nothing_yet(engine: OneReader) -> None:
    text = f"Four people were shot dead {HELD}. Police arrested the suspected gunman Pavel Rusk."
    assert "Pavel Rusk" not in answers(tell(engine, page(text)), "agent")


def test_of_two_who_claim_an_attack_one_lies(engine: OneReader) -> None:
    dossier = two(
        engine,
        f"A bomb killed four people {HELD}. The Corrin Liberation Front claimed responsibility for"
        " the bombing.",
        f"A bomb killed four people {HELD}. The Sons of Orrin claimed responsibility for it.",
    )
    (finding,) = findings(dossier, "agent")
    assert finding.status == "contradicted"


def test_in_a_gunfight_both_sides_shoot(engine: OneReader) -> None:
    dossier = two(
        engine,
        f"Gunmen shot a guard {HELD}.",
        f"Police shot two people {HELD}.",
    )
    assert all(f.status != "contradicted" for f in findings(dossier, "agent"))


def test_who_protests_does_not_protest_alone(engine: OneReader) -> None:
    dossier = two(engine, f"Farmers protested {HELD}.", f"Students protested {HELD}.")
    (finding,) = findings(dossier, "agent")
    assert named(dossier, finding) == {"Farmers", "Students"}
    assert finding.status == "compatible"


def test_one_firm_is_bought_by_one(engine: OneReader) -> None:
    dossier = two(
        engine,
        f"The biscuit maker Deller & Sons was acquired by Marrow Foods {HELD}.",
        f"Pellam Group bought the biscuit maker Deller & Sons {HELD}.",
    )
    (finding,) = findings(dossier, "agent")
    assert finding.status == "contradicted"


def test_officer_shot_in_a_headline_shot_nobody(engine: OneReader) -> None:
    text = f"Officer shot near casino\n\nA police officer was shot dead near a casino {HELD}."
    assert answers(tell(engine, page(text)), "agent") == set()


def test_what_they_attacked_with_is_a_weapon_not_what_was_found(engine: OneReader) -> None:
    text = (
        f"A man stabbed two guards with a kitchen knife {HELD}. Police found a rifle at his home."
    )
    assert answers(tell(engine, page(text)), "weapon") == {"kitchen knife"}


def test_a_knife_is_no_machete_and_a_pistol_is_a_gun(engine: OneReader) -> None:
    dossier = two(
        engine,
        f"A man stabbed two guards with a knife {HELD}.",
        f"A man stabbed two guards with a machete {HELD}.",
    )
    (finding,) = findings(dossier, "weapon")
    assert finding.status == "contradicted"
    dossier = two(
        engine,
        f"A man shot two guards with a gun {HELD}.",
        f"A man shot two guards with a pistol {HELD}.",
    )
    (finding,) = findings(dossier, "weapon")
    assert finding.status == "compatible"


@pytest.mark.parametrize(
    ("text", "agents"),
    [
        (f"Police said they had arrested the smuggler Pavel Rusk {HELD}.", {"Police"}),
        (f"The coast guard said it captured the smuggler Pavel Rusk {HELD}.", {"coast guard"}),
        (f"Pavel Rusk is in a cell after his capture by marines {HELD}.", {"marines"}),
        (
            f"Pavel Rusk was captured {HELD} in an operation by the navy and customs officers.",
            {"navy", "customs officers"},
        ),
    ],
)
def test_who_made_an_arrest_is_found_behind_pronouns_and_nouns(
    engine: OneReader, text: str, agents: set[str]
) -> None:
    assert answers(tell(engine, page(text)), "agent") == agents


@pytest.mark.parametrize(
    ("text", "decider"),
    [
        (f"Jan Hode's release {HELD} was ordered by a judge.", "judge"),
        (f"Jan Hode was let go {HELD} on the orders of General Ivo Brandt.", "Ivo Brandt"),
        (
            f"Jan Hode was freed {HELD}. General Ivo Brandt gave the order to free him.",
            "Ivo Brandt",
        ),
        (f"It was the governor who decided to free Jan Hode {HELD}.", "governor"),
        (f"Nurses walked out {HELD}. The strike was called by the union.", "union"),
    ],
)
def test_who_decided_it_is_said_in_many_ways(engine: OneReader, text: str, decider: str) -> None:
    assert answers(tell(engine, page(text)), "decided_by") == {decider}


def test_an_unrelated_decision_is_no_answer(engine: OneReader) -> None:
    text = f"A guard was shot {HELD}. The governor ordered flags flown at half-staff for a week."
    assert answers(tell(engine, page(text)), "decided_by") == set()


def test_one_gunman_is_not_two_people(engine: OneReader) -> None:
    dossier = two(
        engine,
        f"Six people were killed {HELD}. The gunman was identified as Omar Vell.",
        f"Six people were killed {HELD}. The attacker was Karl Bosch, the mayor said.",
    )
    (finding,) = findings(dossier, "agent")
    assert finding.status == "contradicted"


def test_the_son_of_a_boss_is_not_the_boss(engine: OneReader) -> None:
    text = f"Soldiers arrested the son of Milan Dorn {HELD}. Police also held Milan Dorn's brother."
    assert answers(tell(engine, page(text)), "patient") == set()


def test_of_an_air_strike_one_force_is_the_author(engine: OneReader) -> None:
    dossier = two(
        engine,
        f"A drone strike killed five {HELD}. The Norland army said it carried out the strike.",
        f"Five people died in an air strike {HELD}. The attack was carried out by a militia.",
    )
    (finding,) = findings(dossier, "agent")
    assert finding.status == "contradicted"


def test_the_decision_is_what_was_told_right_before(engine: OneReader) -> None:
    text = f"Varn FC sacked coach Milo Petrak {HELD}. The owner, Dina Holt, made the decision."
    dossier = tell(engine, page(text))
    assert answers(dossier, "agent") == {"Varn FC"}
    assert [f.question for f in findings(dossier, "decided_by")] == ["Who decided the dismissal?"]


def test_a_politician_who_attacks_in_words_attacked_nobody(engine: OneReader) -> None:
    text = f"Senator Ann Teal attacked Governor Max Orlo over the budget {HELD}."
    assert answers(tell(engine, page(text)), "agent") == set()


def test_members_are_members_of_something(engine: OneReader) -> None:
    text = f"Members of the Northern Liberation Front kidnapped the mayor {HELD}."
    said = answers(tell(engine, page(text)), "agent")
    assert said == {"Members of the Northern Liberation Front"}
