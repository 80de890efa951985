"""How it began, and why, on invented pages: what is named, and what cannot both have been."""

import pytest

from consilience.records import Dossier, Finding, RelationKind, Text
from consilience.weigh.cause_kinds import cause_kinds
from consilience.weigh.related_causes import relate_causes
from consilience.weigh.sides import Side
from tests.small_cases import OneReader, findings, page, tell


def causes(dossier: Dossier) -> list[str]:
    return [said for finding in findings(dossier, "cause") for said in _said(finding)]


def _said(finding: Finding) -> list[str]:
    return sorted(c.value.text for c in finding.candidates if isinstance(c.value, Text))


def relation(one: str, other: str, *, one_document: bool = False) -> RelationKind:
    a = Side(Text(one), frozenset({"a"}), None)
    b = Side(Text(other), frozenset({"a" if one_document else "b"}), None)
    forth, back = relate_causes(a, b), relate_causes(b, a)
    assert forth[0] == back[0]
    return forth[0]


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        (
            "A fire gutted the Oakes mill in Brenby on Sunday. The fire was caused by an"
            " electrical fault, the fire chief said.",
            "an electrical fault",
        ),
        (
            "Three men were shot on Sunday during what appeared to be a dispute between two gangs"
            " at Mr. Orlo's Dance Hall in Brenby, police said.",
            "what appeared to be a dispute between two gangs at Mr. Orlo's Dance Hall in Brenby",
        ),
        (
            "The barge Lorna sank off Brenby on Sunday, killing two. Owners said it sank because"
            " it was overloaded.",
            "it was overloaded",
        ),
        (
            "Two pilots died when a plane crashed near Brenby on Sunday. Investigators blamed the"
            " crash on pilot error.",
            "pilot error",
        ),
        (
            "A blast wrecked a flat in Brenby on Sunday. A gas leak caused the explosion, the"
            " mayor said.",
            "A gas leak",
        ),
        (
            "About 90 bakers in Brenby walked out on Monday over pay, their union said.",
            "pay",
        ),
        (
            "A man was shot dead in Brenby on Sunday after an argument over a dog, police said.",
            "an argument over a dog",
        ),
        (
            "Three soldiers died in a clash near Brenby on Sunday. The soldiers came under fire as"
            " they were conducting patrols near the river, a colonel said.",
            "soldiers came under fire as they were conducting patrols",
        ),
        (
            "Six people died in a coach crash near Brenby on Sunday. “The brakes failed,” said a"
            " passenger.",
            "The brakes failed",
        ),
        (
            "Six people died when a dam at Brenby collapsed on Sunday. The dam gave way after an"
            " earthquake, the company said.",
            "an earthquake",
        ),
        (
            "Four people were hurt when a tram came off the rails in Brenby on Sunday. The brakes"
            " of tram 17 did not work, a union said.",
            "The brakes of tram 17 did not work",
        ),
        (
            "A chapel in Brenby burned down on Sunday. Police are treating the fire as arson.",
            "arson",
        ),
        (
            "A mine at Brenby exploded on Sunday. A union blamed the disaster on neglected rules.",
            "neglected rules",
        ),
        (
            "Two guards were hurt in a clash near Brenby on Sunday. A minister said the guards came"
            " under fire from the hill and shot back.",
            "guards came under fire from the hill and shot back",
        ),
        (
            "A flood killed two people in Brenby on Sunday. The cause of the flood was a burst"
            " dam, engineers said.",
            "a burst dam",
        ),
    ],
)
def test_the_cause_is_named_in_the_words_of_the_page(
    engine: OneReader, text: str, cause: str
) -> None:
    assert causes(tell(engine, page(text))) == [cause]


@pytest.mark.parametrize(
    "text",
    [
        "A fire gutted a mill in Brenby on Sunday. The cause of the fire is not yet known.",
        "A fire gutted a mill in Brenby on Sunday. Roads were closed because of the fire.",
        "A fire gutted a mill in Brenby on Sunday. It may have been caused by a cigarette.",
        "A man was shot dead in Brenby on Sunday during a parade. He died of his injuries.",
        "A man was shot dead in Brenby on Sunday. Police later searched a flat with a warrant.",
    ],
)
def test_what_came_of_it_or_is_not_known_is_no_cause(engine: OneReader, text: str) -> None:
    assert causes(tell(engine, page(text))) == []


def test_causes_that_exclude_each_other_contradict(engine: OneReader) -> None:
    (finding,) = findings(
        tell(
            engine,
            page("A footbridge collapsed in Ardley on Monday, killing five people. The collapse"
                 " was blamed on corroded cables."),
            page("Five people died when a footbridge in Ardley collapsed on Monday after a barge"
                 " struck one of its piers, officials said.", "Tide Times"),
        ),
        "cause",
    )  # fmt: skip
    assert finding.status == "contradicted"
    assert finding.question == "How did it begin, or why?"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("an electrical fault", "arson"),
        ("pilot error", "engine failure"),
        ("lightning", "campers left a fire unattended"),
        ("the raid had been planned for weeks", "soldiers came under fire while on patrol"),
        ("soldiers opened fire first", "the soldiers were ambushed"),
        ("pay", "the dismissal of a colleague"),
        ("a cyberattack", "a storm brought down a pylon"),
        ("excessive speed", "a broken rail"),
        ("no sign of arson", "the fire was started deliberately"),
    ],
)
def test_two_different_beginnings_contradict(one: str, other: str) -> None:
    assert relation(one, other) is RelationKind.CONTRADICTORY


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a short circuit", "faulty wiring in the roof"),
        ("a technical fault", "brake failure"),
        ("an accident", "a gas leak"),
        ("human error", "excessive speed"),
        ("a burst dam", "days of heavy rain"),
        ("years of neglected safety rules", "a build-up of methane"),
        ("a profit warning", "the sudden resignation of its chief"),
        ("an argument", "a robbery"),
    ],
)
def test_one_cause_said_otherwise_or_two_of_a_chain_are_compatible(one: str, other: str) -> None:
    assert relation(one, other) is RelationKind.COMPATIBLE


def test_causes_that_one_document_gives_together_are_a_chain() -> None:
    assert relation("a gas leak", "brake failure", one_document=True) is RelationKind.COMPATIBLE


def test_a_cause_said_more_fully_is_the_same() -> None:
    assert relation("electrical fault", "an electrical fault in a lift") is RelationKind.SAME


def test_what_is_ruled_out_is_no_deed() -> None:
    assert cause_kinds("ruled out sabotage") == {"not deliberate"}
    assert cause_kinds("not the weather") == frozenset()


def test_where_they_were_when_it_began_is_no_cause(engine: OneReader) -> None:
    text = (
        "Ida Brandt was shot dead in Corrin on Sunday. The fight between her and Tomas Kehl had"
        " started on Saturday night when the couple was at a fair, a cousin said."
    )
    assert causes(tell(engine, page(text, "Bell"))) == []
