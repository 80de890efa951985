"""How the answers of several invented pages stand to each other, and what each policy picks."""

import random
from dataclasses import replace

import pytest

from consilience.dates import when_of
from consilience.interchange import dossier_to_json, dumps
from consilience.records import (
    Case,
    Claim,
    Comparator,
    Factuality,
    Finding,
    Origin,
    Passage,
    Polarity,
    Quantity,
    When,
)
from consilience.roots import roots
from consilience.weigh.findings import find_findings
from consilience.wording import say_quantity
from tests.factory import document
from tests.small_cases import OneReader, Page, findings, held, page, tell

EARLY = page("Eight people died in the blast at Corrin on Monday.", "Arlow Press", "2024-03-05")
LATE = page(
    "The toll from Monday's explosion at Corrin rose to 13, the mayor said.",
    "Daily Wharf",
    "2024-03-07",
)
OTHER = page(
    "On Monday an explosion tore through a shaft near Corrin. Rescuers counted at least 12 dead.",
    "Norland Times",
    "2024-03-07",
)


def one(engine: OneReader, slot: str, *pages: Page) -> Finding:
    (finding,) = findings(tell(engine, *pages), slot)
    return finding


def said(value: object) -> str:
    assert isinstance(value, Quantity)
    return say_quantity(value)


def test_a_toll_that_grew_is_updated(engine: OneReader) -> None:
    finding = one(engine, "killed", EARLY, LATE)
    assert finding.status == "updated"
    assert held(finding) == ["8", "13"]
    assert [c.first_said.value for c in finding.candidates if c.first_said] == [
        "2024-03-05",
        "2024-03-07",
    ]


def test_a_page_of_no_known_day_does_not_hide_which_toll_is_later() -> None:
    days = {"a": "2024-03-05", "b": "2024-03-07", "c": "2024-03-04/2024-03-09"}
    tolls = [("a", 6), ("c", 6), ("b", 7), ("c", 7)]
    claims = [toll(document, number, days[document]) for document, number in tolls]
    origins = [Origin(document, (document,), ()) for document in days]
    pages = tuple(replace(document("Ten men died."), id=day) for day in days)
    case = Case(pages, {}, (), {}, (), {}, {})
    (finding,) = find_findings(claims, {}, {}, roots(origins, ()), case)
    assert finding.status == "updated"


def toll(document_id: str, number: int, day: str) -> Claim:
    first, _, last = day.partition("/")
    as_of = When(when_of(first).start, when_of(last or first).end, day)
    return Claim(
        id=f"{document_id}{number}",
        subject_id="event",
        slot="killed",
        value=Quantity(number, number, Comparator.EXACTLY, "person"),
        passage=Passage(document_id, number, number + 1),
        voices=(),
        polarity=Polarity.POSITIVE,
        factuality=Factuality.HAPPENED,
        as_of=as_of,
    )


def test_a_number_and_a_bound_below_it_are_compatible(engine: OneReader) -> None:
    finding = one(engine, "killed", LATE, OTHER)
    assert finding.status == "compatible"
    assert sorted(held(finding)) == ["13", "at least 12"]


def test_eight_miners_and_eight_people_are_one_number(engine: OneReader) -> None:
    other = page("Grief filled Corrin. On Monday eight miners died.", "Echo", "2024-03-06")
    assert one(engine, "killed", EARLY, other).status == "agreed"


def test_two_tolls_of_one_day_contradict(engine: OneReader) -> None:
    other = page("On Monday nine people died at a mine near Corrin.", "Echo", "2024-03-05")
    finding = one(engine, "killed", EARLY, other)
    assert finding.status == "contradicted"
    assert [r.kind for r in finding.relations] == ["contradictory"]


def test_one_figure_of_two_reporters_is_agreed(engine: OneReader) -> None:
    other = page(
        "Grief filled the streets of Corrin. The explosion on Monday killed eight people.",
        "Echo",
        "2024-03-06",
    )
    finding = one(engine, "killed", EARLY, other)
    assert finding.status == "agreed"
    assert [(c.n_documents, c.n_origins) for c in finding.candidates] == [(2, 2)]


LONG = (
    "Eight miners died on Monday when methane exploded in the lower gallery of the Corrin mine, "
    "the mayor said. Rescue teams from three valleys worked through the night with their hands. "
    "The owner of the mine, a company from the capital, did not answer questions."
)


def test_copies_of_a_page_raise_neither_origins_nor_belief(engine: OneReader) -> None:
    first = page(LONG, "Arlow Press", "2024-03-05")
    copies = [page(LONG, f"Echo {n}", "2024-03-06") for n in range(3)]
    alone = one(engine, "killed", first, LATE)
    copied = one(engine, "killed", first, LATE, *copies)
    assert [c.n_origins for c in copied.candidates] == [1, 1]
    assert [c.n_documents for c in copied.candidates] == [4, 1]
    assert [c.belief for c in copied.candidates] == [c.belief for c in alone.candidates]


def test_copies_alone_are_a_single_origin(engine: OneReader) -> None:
    pages = [page(LONG, f"Echo {n}", "2024-03-06") for n in range(3)]
    assert one(engine, "killed", *pages).status == "single_origin"


def test_each_policy_picks_by_its_name(engine: OneReader) -> None:
    middle = page("Ten people died on Monday at Corrin.", "Echo", "2024-03-06")
    again = page("In Corrin ten families weep. On Monday ten people died.", "Post", "2024-03-06")
    policies = one(engine, "killed", EARLY, middle, again, LATE).policies
    assert said(policies.low) == "8"
    assert said(policies.high) == "13"
    assert said(policies.latest) == "13"
    assert said(policies.most_origins) == "10"
    assert said(policies.best) == "13"


def test_counts_of_one_noun_in_two_happenings_are_two_findings(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page(
            "Police fired 60 bullets at the house in Corrin on Monday.\n\n"
            "Schools received 900 bullets as a gift from the museum of the army.",
        ),
    )
    assert [held(f) for f in findings(dossier, "count:bullet")] == [["60"], ["900"]]


def test_counts_of_one_noun_in_one_happening_are_one_finding(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("Police fired 60 bullets at the house in Corrin on Monday.", "Echo"),
        page("On Monday police in Corrin fired at least 55 bullets at a house.", "Post"),
    )
    (finding,) = findings(dossier, "count:bullet")
    assert held(finding) == ["at least 55", "60"]
    assert finding.status == "compatible"


def test_what_is_feared_planned_or_denied_is_never_on_offer(engine: OneReader) -> None:
    feared = page("Officials fear that 40 miners died at Corrin on Monday.", "Echo", "2024-03-05")
    denied = page("The owner denied that 30 miners had died at Corrin.", "Post", "2024-03-06")
    assert held(one(engine, "killed", EARLY, feared, denied)) == ["8"]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_documents_changes_no_byte(seed: int, engine: OneReader) -> None:
    pages = [EARLY, LATE, OTHER, page(LONG, "Echo", ""), page(LONG, "Post", "2024-03-06")]
    shuffled = pages.copy()
    random.Random(seed).shuffle(shuffled)
    first, second = (dumps(dossier_to_json(tell(engine, *order))) for order in (pages, shuffled))
    assert first == second


def test_two_offices_of_one_minister_contradict(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("Transport Minister Paul Marek closed the bridge in Corrin.", "Echo"),
        page("The bridge in Corrin was closed by Health Minister Paul Marek.", "Post"),
    )
    (finding,) = findings(dossier, "title")
    assert finding.status == "contradicted"
    assert finding.question == "Which office does Paul Marek hold?"


def test_a_table_answers_no_question_and_costs_little(engine: OneReader) -> None:
    list_of_tolls = ", ".join(f"{n} people" for n in range(100, 160))
    rows = " ".join(f"The fire destroyed {n} houses." for n in range(10, 60))
    text = f"Eight miners died in Corrin on Monday.\n\nThe list: {list_of_tolls}.\n\n{rows}"
    dossier = tell(engine, page(text))
    assert {f.slot for f in dossier.findings if held(f)} == {"killed"}
    assert [held(f) for f in findings(dossier, "killed")] == [["8"]]
