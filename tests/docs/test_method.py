"""docs/method.md says where the program goes wrong; here it does. Where a test fails because the
program no longer does, the page wants another case."""

import re
from pathlib import Path

from consilience.ingest import list_inputs
from consilience.pipeline import run
from consilience.records import (
    Comparator,
    Dossier,
    Kind,
    LinkKind,
    Quantity,
    RelationKind,
    When,
)
from consilience.store import open_store
from consilience.tell.verify import verify
from consilience.wording import say_quantity
from tests.small_cases import STARTED, OneReader, Page, page, tell

ROOT = Path(__file__).parents[2]
METHOD = " ".join((ROOT / "docs" / "method.md").read_text(encoding="utf-8").split())


def quoted(*sentences: str) -> str:
    """The sentences, which must stand in the page."""
    for sentence in sentences:
        assert sentence.rstrip(".") in METHOD, sentence
    return " ".join(sentences)


def names(dossier: Dossier, kind: Kind) -> set[str]:
    return {e.name for e in dossier.entities if e.kind is kind}


def relations(dossier: Dossier, slot: str) -> set[RelationKind]:
    return {r.kind for f in dossier.findings if f.slot == slot for r in f.relations}


def namesakes() -> tuple[Page, Page]:
    return (
        page(f"{quoted('Jan Kowalski shot his neighbour in Arlow on Monday')}, police said."),
        page(
            f"{quoted('Jan Kowalski, the mayor of Arlow, mourned the neighbour')} who was shot on"
            " Monday in Arlow.",
            "Post",
        ),
    )


def test_two_names_side_by_side_are_taken_for_one(engine: OneReader) -> None:
    words = quoted("On the day of the raid on El Faro Milan Dorn lay in hospital")
    dossier = tell(engine, page(f"{words} in Geneva, his office said."))
    assert names(dossier, Kind.PERSON) == {quoted("El Faro Milan Dorn")}


def test_a_german_name_without_a_known_given_name_is_lost(engine: OneReader) -> None:
    words = quoted("Wunibald Kreisler wurde am Montag verletzt")
    dossier = tell(engine, page(f"{words}. Die Polizei sprach in Corrin von drei Verletzten."))
    assert names(dossier, Kind.PERSON) == set()


def test_they_are_not_the_three_who_are_named_one_by_one(engine: OneReader) -> None:
    text = quoted(
        "Anna Lind, Bert Kolm and Cara Dahl met in Arlow on Monday.", "They signed the treaty."
    )
    dossier = tell(engine, page(text))
    (they,) = [
        e.name for e in dossier.entities for m in e.mentions if text[m.start : m.end] == "They"
    ]
    assert they == "Arlow"


def test_two_expressions_that_make_one_time_are_read_apart(engine: OneReader) -> None:
    text = quoted("wo people died in Arlow a fortnight ago on Monday")
    (finding,) = [f for f in tell(engine, page(f"T{text}.")).findings if f.slot == "when"]
    assert [c.value.value for c in finding.candidates if isinstance(c.value, When)] == [
        "2024-05-13"
    ]


def test_namesakes_are_one_and_the_dossier_verifies(engine: OneReader) -> None:
    dossier = tell(engine, *namesakes())
    assert [e.name for e in dossier.entities if "Kowalski" in e.name] == ["Jan Kowalski"]
    assert verify(dossier) == ()


def test_two_attacks_of_one_day_on_one_page_are_one(engine: OneReader) -> None:
    text = quoted(
        "A man was shot dead on Mill Street in Arlow on Monday.",
        "Two hours later a woman was shot dead on Dock Street in Arlow",
    )
    dossier = tell(engine, page(f"{text}."))
    assert len(dossier.events) == 1
    (killed,) = [f for f in dossier.findings if f.slot == "killed"]
    assert [c.value for c in killed.candidates] == [
        Quantity(1, None, Comparator.AT_LEAST, "person")
    ]


def test_two_steps_of_one_chain_pass_for_rivals(engine: OneReader) -> None:
    heater = quoted("he fire was caused by a faulty heater, the fire chief said")
    circuit = quoted("he fire was caused by a short circuit, the mayor said")
    deaths = "Two people died in the fire in the Arlow mill on Monday."
    dossier = tell(engine, page(f"{deaths} T{heater}."), page(f"{deaths} T{circuit}.", "Post"))
    assert relations(dossier, "cause") == {RelationKind.CONTRADICTORY}


def test_two_figures_of_one_day_contradict_each_other(engine: OneReader) -> None:
    text = "{} people died in the blast in Corrin on Monday, police said."
    dossier = tell(engine, page(text.format("Eight")), page(text.format("Nine"), "Wire"))
    assert relations(dossier, "killed") == {RelationKind.CONTRADICTORY}


def test_two_rewrites_of_one_statement_are_one_origin(engine: OneReader) -> None:
    wire = (
        "Police said a man of 34 was shot dead outside a bakery on Mill Street in Arlow shortly"
        " after 6 a.m. on Monday. Two suspects fled in a grey van towards the harbour. Detectives"
        " asked anyone who saw the van to call them. The bakery will stay closed until Thursday."
    )
    post = (
        "A 34-year-old man was killed by gunfire in front of a Mill Street bakery in Arlow early on"
        " Monday, just past 6 a.m., according to police. A grey van carried two suspects off in"
        " the direction of the harbour. Witnesses of the van are asked to call detectives. Until"
        " Thursday the bakery stays shut."
    )
    assert len(tell(engine, page(wire), page(post, "Post")).origins) == 1


def test_every_case_that_the_page_says_is_run_is_run() -> None:
    tests = re.findall(r"^def test_\w+\(engine", Path(__file__).read_text(encoding="utf-8"), re.M)
    # One sign stands in the page's own words on it; the test on namesakes is of two cases, that on
    # the bundled example of none.
    assert METHOD.count("⚙") == 1 + len(tests) + 1 - 1


def test_what_the_pages_say_of_the_bundled_example_holds(engine: OneReader) -> None:
    store = open_store(None)
    dossier = run(list_inputs([ROOT / "examples" / "valdoro"]), store, engine, STARTED)
    store.close()
    slots = {f.slot: f for f in dossier.findings}
    believed = {
        say_quantity(c.value): (f"{c.belief:.2f}", c.n_documents, c.n_origins)
        for c in slots["killed"].candidates
        if isinstance(c.value, Quantity)
    }
    quoted(
        "“At least 6” is believed 0.98, “at least 11” 0.91",
        "13 is believed 0.58 and 11 by 0.36",
        "`latest` names 14 injured and not “more than 15”",
        "verbatim, 0.99",
        "between 1 June",
    )
    assert believed["at least 6"][0] == "0.98"
    assert believed["at least 11"][0] == "0.91"
    assert believed["13"][0] == "0.58"
    # docs/ledger.md: “6” has 2 documents and 1 independent origin, “11” has 2 documents and 2.
    assert believed["6"][1:] == (2, 1)
    assert believed["11"] == ("0.36", 2, 2)
    latest = slots["injured"].policies.latest
    assert isinstance(latest, Quantity)
    assert say_quantity(latest) == "14"
    links = [k for origin in dossier.origins for k in origin.links]
    assert [(k.kind, k.probability) for k in links] == [(LinkKind.VERBATIM, 0.99)]
    (late,) = [d.published for d in dossier.documents if d.name == "06_followup.txt"]
    assert late is not None
    assert late.value == "2021-06-01/2021-09-02"
