"""What each named policy picks among the answers of invented pages."""

from dataclasses import replace

from consilience.records import Comparator, EntityRef, Finding, Quantity, Text
from consilience.tell.verify import verify
from consilience.wording import say_quantity
from tests.small_cases import OneReader, Page, findings, page, tell

POLICE = page(
    "Nine people were killed when the grain store at Harwick burned on Monday, police said.",
    "Harwick Echo",
    "2030-05-14",
)
WIRE = page(
    "The fire that burned the grain store at Harwick on Monday killed 12 people.",
    "Norland Wire",
    "2030-05-15",
)
EARLY = page(
    "At least four people were killed in a fire at a grain store in Harwick on Monday.",
    "Arlow Press",
    "2030-05-13",
)


def killed(engine: OneReader, *pages: Page) -> Finding:
    dossier = tell(engine, *pages)
    assert not verify(dossier)
    (finding,) = findings(dossier, "killed")
    return finding


def said(value: object) -> str:
    assert isinstance(value, Quantity)
    return say_quantity(value)


def test_the_archives_own_policies_stand_beside_the_others(engine: OneReader) -> None:
    policies = killed(engine, POLICE, WIRE, EARLY).policies
    assert said(policies.low) == "at least 4"
    assert said(policies.lowest_supported) == "at least 4"
    assert said(policies.range) == "between 4 and 12"
    assert said(policies.latest) == "12"
    assert said(policies.latest_official) == "9"
    assert said(policies.best) == "12"


def test_no_official_no_official_figure(engine: OneReader) -> None:
    assert killed(engine, WIRE).policies.latest_official is None


def test_one_figure_is_its_own_range(engine: OneReader) -> None:
    assert said(killed(engine, WIRE).policies.range) == "12"


def test_a_range_that_nobody_gives_is_refused(engine: OneReader) -> None:
    dossier = tell(engine, WIRE)
    (finding,) = findings(dossier, "killed")
    made_up = Quantity(3, 12, Comparator.BETWEEN, "person")
    wrong = replace(finding, policies=replace(finding.policies, range=made_up))
    others = tuple(f for f in dossier.findings if f is not finding)
    problems = verify(replace(dossier, findings=(wrong, *others)))
    assert any("range does not run" in problem for problem in problems)


def test_policies_do_not_depend_on_the_order_of_pages(engine: OneReader) -> None:
    assert (
        killed(engine, POLICE, WIRE, EARLY).policies == killed(engine, EARLY, WIRE, POLICE).policies
    )


def test_of_a_town_and_its_country_the_town_is_best(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("An explosion killed six people in Bolivia on Monday.", "Arlow Press", "2030-05-14"),
        page("On Monday a blast killed six people in Bolivia.", "Daily Wharf", "2030-05-14"),
        page("An explosion killed six in Oruro, Bolivia, on Monday.", "Norland Wire", "2030-05-14"),
    )
    (finding,) = findings(dossier, "where")
    best = finding.policies.best
    assert isinstance(best, EntityRef)
    assert {e.id: e.name for e in dossier.entities}[best.entity_id] == "Oruro"


def test_of_an_office_the_fuller_form_is_best(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("Minister Anna Lind resigned.", "Arlow Press"),
        page("Transport Minister Anna Lind resigned.", "Daily Wharf"),
    )
    (finding,) = findings(dossier, "title")
    assert finding.policies.best == Text("Transport Minister")
