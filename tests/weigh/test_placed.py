"""When and where the main event was, as documents tell it."""

from consilience.records import Claim, Dossier, EntityRef, When
from tests.small_cases import OneReader, findings, page, tell, words

SCENE = page(
    "Four people were shot dead outside a bar in Dayton on Tuesday, police said. Carl Lind, 44, was"
    " among them.",
    "Arlow Post",
    "2024-05-15",
)


def claims(dossier: Dossier, slot: str) -> list[Claim]:
    return [c for c in dossier.claims if c.slot == slot]


def places(dossier: Dossier) -> set[str]:
    names = {e.id: e.name for e in dossier.entities}
    values = [c.value for c in claims(dossier, "where")]
    return {names[v.entity_id] for v in values if isinstance(v, EntityRef)}


def test_a_report_wrong_about_the_day_is_held_against_the_others(engine: OneReader) -> None:
    wrong = page(
        "Four people were shot dead outside a bar in Dayton on Sunday. Carl Lind, 44, died there.",
        "Norland Echo",
        "2024-05-15",
    )
    (finding,) = findings(tell(engine, SCENE, wrong), "when")
    assert finding.status == "contradicted"


def test_who_is_from_a_town_was_not_shot_there(engine: OneReader) -> None:
    other = page(
        "A Cincinnati man was shot dead outside a bar in Dayton on Tuesday. Carl Lind was 44.",
        "Norland Echo",
        "2024-05-15",
    )
    assert "Cincinnati" not in places(tell(engine, SCENE, other))


def test_who_opened_fire_did_so_on_the_day_of_the_shooting(engine: OneReader) -> None:
    other = page("A man opened fire outside a bar in Dayton on Tuesday.", "Echo", "2024-05-15")
    dossier = tell(engine, other)
    days = {words(dossier, c.passage) for c in claims(dossier, "when")}
    assert any("Tuesday" in day for day in days)
    assert all(isinstance(c.value, When) for c in claims(dossier, "when"))


def test_a_town_so_many_miles_away_is_not_where_it_was(engine: OneReader) -> None:
    far = page(
        "Four people were shot dead on Tuesday in Dayton, about 50 miles north of Cincinnati.",
        "Norland Echo",
        "2024-05-15",
    )
    assert places(tell(engine, far)) == {"Dayton"}


def test_a_death_in_hospital_does_not_say_when_it_happened(engine: OneReader) -> None:
    later = page(
        "Four people were shot outside a bar in Dayton on Tuesday. Carl Lind, 44, died in a"
        " hospital in Dayton on Thursday.",
        "Norland Echo",
        "2024-05-17",
    )
    values = [c.value for c in claims(tell(engine, later), "when")]
    assert all(isinstance(v, When) and v.value.startswith("2024-05-14") for v in values)


def test_a_stretch_of_days_is_no_day(engine: OneReader) -> None:
    dossier = tell(engine, page("Eight people were killed in Arlow between 6 and 9 May."))
    (finding,) = findings(dossier, "when")
    assert [c.value.value for c in finding.candidates if isinstance(c.value, When)] == [
        "2024-05-06/2024-05-09"
    ]
    assert [t.when.value for t in dossier.timeline] == ["2024-05-06/2024-05-09"]


def test_the_town_before_its_state_is_where_it_was(engine: OneReader) -> None:
    headed = page("Police named the victims of the Dayton, Ohio, bar shooting.", "Norland Echo")
    assert "Dayton" in places(tell(engine, headed))


def test_what_a_fire_or_blast_does_is_placed_and_dated(engine: OneReader) -> None:
    for text in (
        "A fire gutted the Oakes mill in Dayton on Sunday. The fire was out by noon.",
        "An explosion ripped through a warehouse in Dayton on Sunday. The explosion was heard far.",
    ):
        dossier = tell(engine, page(text, "Norland Echo", "2024-05-15"))
        assert "Dayton" in places(dossier)
        values = [c.value for c in claims(dossier, "when")]
        assert [v.value for v in values if isinstance(v, When)] == ["2024-05-12"]
