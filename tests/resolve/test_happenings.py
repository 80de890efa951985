"""Which happenings a case tells of, what is part of what, and who took part."""

import json
from pathlib import Path

import pytest

from consilience.records import Dossier, Event
from consilience.resolve.happenings_scenes import clash
from tests.small_cases import OneReader, claimed, page, tell

_CASES = Path(__file__).parent.parent / "cases" / "events"


def told(dossier: Dossier) -> list[str]:
    """The events as "kind day", those that are part of one indented behind it."""
    names = {e.id: said(e) for e in dossier.events}
    return [
        said(e) + (f" in {names[e.part_of_id]}" if e.part_of_id else "") for e in dossier.events
    ]


def said(event: Event) -> str:
    return f"{event.kind} {event.when.value if event.when else None}"


def taking_part(dossier: Dossier, event: Event) -> set[str]:
    names = {e.id: e.name for e in dossier.entities}
    return {f"{p.role} {names[p.entity_id]}" for p in event.participants}


def test_a_vote_and_a_shooting_of_one_day_are_two_happenings(engine: OneReader) -> None:
    pages = [
        page("Joan Halle was elected mayor of Corrin on June 2, 2024.", "Echo", "2024-06-03"),
        page("Halle won the election in Corrin on June 2, 2024.", "Post", "2024-06-03"),
        page(
            "Corrin elected Joan Halle on June 2, 2024.\n\nIn an unrelated case, two men were shot "
            "in a bar in Sandrey on June 2, 2024.",
            "Wharf",
            "2024-06-03",
        ),
    ]
    dossier = tell(engine, *pages)
    assert told(dossier) == ["vote 2024-06-02", "attack 2024-06-02"]


def test_what_happens_again_and_again_is_no_event_and_lends_no_figure(engine: OneReader) -> None:
    text = (
        "A man was shot dead in Corrin on May 3, 2024. Shootings in Corrin have doubled since "
        "2019. Gunmen often kill five people in one night there."
    )
    dossier = tell(engine, page(text, published="2024-05-04"))
    assert told(dossier) == ["attack 2024-05-03"]
    assert claimed(dossier, "killed") == ["at least 1 happened"]


def test_a_death_in_hospital_the_day_after_is_part_of_the_accident(engine: OneReader) -> None:
    pages = [
        page("A bus crashed near Corrin on May 3, 2024. Four people were hurt.", "Echo"),
        page("A bus crashed near Corrin on May 3, 2024, the police said.", "Post"),
        page(
            "A driver died on May 4, 2024, a day after a bus crashed near Corrin.\n\n"
            "His death is the first.",
            "Wharf",
        ),
    ]
    dossier = tell(engine, *pages)
    assert told(dossier) == ["accident 2024-05-03", "deaths 2024-05-04 in accident 2024-05-03"]


def test_a_later_murder_of_one_who_took_part_is_no_part_of_the_raid(engine: OneReader) -> None:
    pages = [
        page("Soldiers raided a farm near Corrin on May 3, 2024. Six people were killed.", "Echo"),
        page("A raid on a farm near Corrin on May 3, 2024, left six people dead.", "Post"),
        page(
            "Captain Luis Ferro was gunned down in Sandrey on June 19, 2024. Two men fired 40 "
            "bullets.\n\nFerro took part in the May 3 raid near Corrin.",
            "Wharf",
            "2024-06-20",
        ),
    ]
    dossier = tell(engine, *pages)
    raid, murder = dossier.events
    assert [said(raid), said(murder)] == ["attack 2024-05-03", "attack 2024-06-19"]
    assert murder.part_of_id is None
    assert [c.subject_id for c in dossier.claims if c.slot == "count:bullet"] == [murder.id]


def test_the_weeks_of_a_strike_are_one_event_with_its_days_as_parts(engine: OneReader) -> None:
    pages = [
        page("Tram drivers in Corrin are on strike. The strike began on May 6, 2024.", "Echo"),
        page(
            "The strike of the tram drivers entered its second week on May 13, 2024.\n\n"
            "Two drivers were arrested in Corrin on May 14, 2024.",
            "Post",
        ),
    ]
    dossier = tell(engine, *pages)
    assert told(dossier)[0] == "strike 2024-05-06/2024-05-13"
    assert "arrest 2024-05-14 in strike 2024-05-06/2024-05-13" in told(dossier)


def test_an_hour_that_all_agree_on_is_the_hour_of_the_event(engine: OneReader) -> None:
    pages = [
        page(
            "A bomb exploded in a market at 8:10 a.m. on May 3, 2024, the police in Corrin said.",
            "Echo",
        ),
        page("A bomb exploded in Corrin on May 3, 2024.", "Post"),
    ]
    assert told(tell(engine, *pages)) == ["attack 2024-05-03T08:10"]


def test_two_hours_that_do_not_agree_leave_the_day(engine: OneReader) -> None:
    pages = [
        page(
            "A bomb exploded in a market at 8:10 a.m. on May 3, 2024, the police in Corrin said.",
            "Echo",
        ),
        page(
            "A bomb exploded in a market at 9:30 a.m. on May 3, 2024, the police in Corrin said.",
            "Post",
        ),
    ]
    assert told(tell(engine, *pages)) == ["attack 2024-05-03"]


def test_who_did_it_and_to_whom_take_part(engine: OneReader) -> None:
    text = "Paul Marek shot Irena Voss in Corrin on May 3, 2024."
    dossier = tell(engine, page(text))
    assert taking_part(dossier, dossier.events[0]) == {"agent Paul Marek", "patient Irena Voss"}


def test_an_event_keeps_its_id_when_a_document_is_added(engine: OneReader) -> None:
    first = page("A ferry sank off Corrin on May 3, 2024. Nine people drowned.", "Echo")
    second = page("Divers searched the ferry that sank off Corrin on May 3, 2024.", "Post")
    alone, both = tell(engine, first), tell(engine, first, second)
    assert alone.events[0].id == both.events[0].id


def test_the_order_of_documents_changes_no_event(engine: OneReader) -> None:
    pages = json.loads((_CASES / "farm-siege.json").read_text(encoding="utf-8"))["pages"]
    given = [page(p["text"], p["source"], p["published"]) for p in pages]
    assert tell(engine, *given).events == tell(engine, *reversed(given)).events


@pytest.mark.parametrize(
    ("a", "b", "is_clash"),
    [
        ({"vote"}, {"harm"}, True),
        ({"harm"}, {"vote"}, True),
        ({"vote"}, {"strike"}, False),
        ({"vote", "harm"}, {"harm"}, False),
        (set(), {"harm"}, False),
    ],
)
def test_only_a_vote_and_harm_done_cannot_be_one(a, b, *, is_clash) -> None:
    assert clash(a, b) is is_clash


_CRASH = "Two people died when a bus crashed in Corrin on Tuesday. "


def test_what_is_of_no_kind_is_named_by_its_own_words(engine: OneReader) -> None:
    text = _CRASH + "\n\nOn Thursday the bishop blessed the new chapel."
    dossier = tell(engine, page(text, published="2024-05-11"))
    assert "The bishop blessed the new chapel" in {e.name for e in dossier.events}


def test_that_somebody_spoke_is_no_event(engine: OneReader) -> None:
    text = _CRASH + "\n\nThe mayor told reporters on Thursday."
    assert told(tell(engine, page(text, published="2024-05-11"))) == ["accident 2024-05-07"]


def test_two_verbs_joined_by_and_are_of_one_day(engine: OneReader) -> None:
    text = "A bus crashed and three people died in Corrin on Tuesday."
    dossier = tell(engine, page(text, published="2024-05-11"))
    assert told(dossier) == ["accident 2024-05-07"]


def test_a_murder_suicide_is_not_called_a_suicide(engine: OneReader) -> None:
    first = page(
        "Four people were shot dead in Corrin on Monday in a murder-suicide. The suspect shot"
        " himself.",
        "Bell",
    )
    later = page("The murder-suicide in Corrin on Monday left four people shot dead.", "Drum")
    assert "Suicide" not in tell(engine, first, later).events[0].name


def test_a_verb_with_its_object_gives_no_name(engine: OneReader) -> None:
    text = "A barge sank off Corrin on Monday, killing six sailors, the port said."
    assert tell(engine, page(text, "Bell")).events[0].name == "Accident in Corrin"
    text = "The killing of six sailors in Corrin on Monday shocked the port."
    assert tell(engine, page(text, "Bell")).events[0].name == "Killing in Corrin"
