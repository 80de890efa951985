"""How it began, by express words for causing, on invented pages; who struck first."""

import pytest

from consilience.records import Dossier, Finding, Text
from consilience.weigh.aggressors import find_blow, struck_otherwise
from tests.small_cases import OneReader, findings, page, tell

_STADIUM = "Six people were trampled to death at a concert in Brenby on Sunday."
_TRAIN = "A train derailed near Brenby on Sunday, killing four people."
_JAIL = "Prisoners rioted in Brenby jail on Sunday and two guards were hurt."
_BAR = "Two men were hurt in a brawl at a bar in Brenby on Sunday."
_SHOT = "Police shot a man dead in Brenby on Sunday."
_FERRY = "A ferry sank off Brenby on Sunday and nine people drowned."
_MERGER = "The takeover of Lorn by Pask fell through on Sunday."
_TRUCK = "A truck crashed into a market in Brenby on Sunday and killed five people."
_HALL = "Two people died when a hall burned down in Brenby on Sunday."


def _cause(dossier: Dossier) -> Finding:
    (finding,) = findings(dossier, "cause")
    return finding


def _said(finding: Finding) -> list[str]:
    return sorted(c.value.text for c in finding.candidates if isinstance(c.value, Text))


@pytest.mark.parametrize(
    ("lead", "one", "other", "causes"),
    [
        (
            _STADIUM,
            "The stampede started when a loudspeaker caught fire, police said.",
            "Survivors said the crush was caused by guards who locked two exits.",
            ["a loudspeaker caught fire", "guards who locked two exits"],
        ),
        (
            _TRAIN,
            "A cow on the track made the train derail, the railway said.",
            "Inspectors said that a broken switch led to the accident.",
            ["A cow on the track", "a broken switch"],
        ),
        (
            _JAIL,
            "The unrest broke out after wardens took away radios, a lawyer said.",
            "The mutiny was triggered by the death of an inmate, the ministry said.",
            ["the death of an inmate", "wardens took away radios"],
        ),
        (
            _BAR,
            "The barman said the fight began when a sailor spat at a student.",
            "The sailor said he was hit first by the student.",
            ["a sailor spat at a student", "he was hit first by the student"],
        ),
        (
            _SHOT,
            "Officers fired after the man lunged at them with a knife, the chief said.",
            "Neighbours said the police opened fire without warning.",
            ["the man lunged at them with a knife", "the police opened fire without warning"],
        ),
        (
            _FERRY,
            "The ferry went down because its doors had been left open, the navy said.",
            "The sinking was the result of a collision with a submarine, survivors said.",
            ["a collision with a submarine", "its doors had been left open"],
        ),
        (
            _MERGER,
            "It failed because shareholders refused the price, Pask said.",
            "Lorn said that a tax demand had been to blame.",
            ["a tax demand", "shareholders refused the price"],
        ),
        (
            _TRUCK,
            "The driver had been texting, a witness said.",
            "The truck's brakes had failed, its owner said.",
            ["brakes had failed", "had been texting"],
        ),
        (
            _HALL,
            "It was lightning that started the fire, the chief said.",
            "A heater, which had been left on all night, caused the blaze, police said.",
            ["A heater", "lightning"],
        ),
    ],
)
def test_different_beginnings_given_by_different_pages_contradict(
    engine: OneReader, lead: str, one: str, other: str, causes: list[str]
) -> None:
    pages = page(f"{lead} {one}"), page(f"{lead} {other}", "Tide Times")
    finding = _cause(tell(engine, *pages))
    assert _said(finding) == causes
    assert finding.status == "contradicted"


@pytest.mark.parametrize(
    "text",
    [
        f"{_HALL} The fire led to the closure of a road.",
        f"{_HALL} It is not known what caused the fire.",
        f"{_HALL} Police denied that a drunk guest caused the fire.",
        f"{_JAIL} The riot began after midnight.",
        f"{_TRAIN} A fault may have led to the accident.",
    ],
)
def test_what_came_of_it_and_what_is_denied_or_asked_is_no_beginning(
    engine: OneReader, text: str
) -> None:
    assert findings(tell(engine, page(text)), "cause") == []


def test_rivals_on_one_page_contradict_on_who_struck_first(engine: OneReader) -> None:
    text = (
        "Ten people were hurt when police clashed with farmers in Brenby on Sunday. Police fired"
        " tear gas after farmers hurled stones at officers, a colonel said. Farmers said that"
        " officers had charged without warning."
    )
    finding = _cause(tell(engine, page(text)))
    assert finding.status == "contradicted"
    assert {r.why for r in finding.relations} == {"the two differ on who struck first"}


def test_a_cause_that_both_name_in_other_words_is_no_contradiction(engine: OneReader) -> None:
    finding = _cause(
        tell(
            engine,
            page(f"{_TRAIN} The accident was caused by a broken switch, the railway said."),
            page(f"{_TRAIN} A switch that had rusted led to the derailment.", "Tide Times"),
        )
    )
    assert finding.status == "compatible"


def test_a_blow_has_who_struck_and_who_was_struck() -> None:
    blow = find_blow("the guard was punched first by two visitors")
    assert blow is not None
    assert blow.struck == {"guard"}
    assert not blow.is_of_forces
    assert struck_otherwise("a guard pushed a visitor", "the guard was punched first")
    assert not struck_otherwise("a visitor hit the guard", "the guard was punched first")
    assert find_blow("a candle fell over") is None


@pytest.mark.parametrize(
    "text",
    [
        f"{_FERRY} The captain was on the bridge at the time, the inquiry found.",
        f"{_HALL} Whether a heater caused the fire is under investigation.",
    ],
)
def test_where_somebody_was_and_what_is_asked_are_no_causes(text: str, engine: OneReader) -> None:
    assert not findings(tell(engine, page(text)), "cause")
