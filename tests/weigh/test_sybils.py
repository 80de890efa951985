"""One false report, posted by many or told in a ring: who shouts most is not more."""

import json
import time
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from consilience.engine import LocalEngine
from consilience.ingest import Raw, ingest_raw, list_inputs
from consilience.interchange import dossier_to_json, dumps
from consilience.pipeline import resolve_case
from consilience.reading import read_each
from consilience.records import Candidate, Document, Dossier, LinkKind, Quantity, Run
from consilience.tell import tell as tell_case
from consilience.tell.to_html import to_html
from consilience.tell.to_markdown import to_markdown
from consilience.weigh import weigh
from tests.conftest import Command
from tests.small_cases import OneReader, Page, account, findings, main_day, page, tell
from tests.sybils import COPIES, copies, honest, report

Reach = Callable[[str], None]

RING = (
    "Forty dockers were killed when a grain store fell at Sant Aurel on Monday night, the {of}"
    " reported.\nThe {of} said that the roof had given way under the snow.",
    "A grain store came down at Sant Aurel on Monday night and forty dockers died, according to"
    " the {of}.\nSnow had pressed on the roof for days, the {of} wrote.",
    "The {of} reports that forty dockers lost their lives on Monday night at Sant Aurel in the fall"
    " of a store.\nIts roof was heavy with snow, according to the {of}.",
)
OUTLETS = ("Alder Courier", "Beacon Herald", "Cedar Post")


def held(dossier: Dossier) -> dict[float | int | None, Candidate]:
    """What is said to be the number of the dead, by that number."""
    (finding,) = findings(dossier, "killed")
    return {c.value.low: c for c in finding.candidates if isinstance(c.value, Quantity)}


def best(dossier: Dossier) -> float | int | None:
    (finding,) = findings(dossier, "killed")
    assert isinstance(finding.policies.best, Quantity)
    return finding.policies.best.low


@pytest.mark.threat("M1")
@pytest.mark.parametrize("n", [6, pytest.param(100, marks=pytest.mark.slow)])
@pytest.mark.parametrize("kind", COPIES)
def test_copies_of_a_false_report_are_one_origin_and_flip_no_figure(
    engine: OneReader, kind: str, n: int, reached: Reach
) -> None:
    one, many = (tell(engine, report(), *honest(), *copies(kind, k)) for k in (1, n))
    assert {value: c.n_origins for value, c in held(many).items()} == {4: 4, 40: 1}
    assert best(one) == best(many) == 4
    assert held(one)[40].belief == held(many)[40].belief
    assert account(one)[0] == account(many)[0]
    assert not any(" 40 " in line or "orty" in line for line in account(many)[:1])
    reached(f"{kind}, {n} copies: {held(many)[40].n_origins} origin")


@pytest.mark.threat("M1")
@pytest.mark.parametrize("n", [6, pytest.param(100, marks=pytest.mark.slow)])
@pytest.mark.parametrize("kind", COPIES)
def test_with_nothing_else_on_the_matter_volume_alone_changes_no_answer(
    engine: OneReader, kind: str, n: int
) -> None:
    one, many = (tell(engine, report(), *copies(kind, k)) for k in (1, n))
    assert len(many.origins) == 1
    assert best(one) == best(many)
    assert {v: c.belief for v, c in held(one).items()} == {
        v: c.belief for v, c in held(many).items()
    }


@pytest.mark.threat("M1")
@pytest.mark.parametrize(
    ("kind", "weeks", "n"),
    [
        ("verbatim", 3, 6),
        *(
            pytest.param(kind, weeks, 60, marks=pytest.mark.slow)
            for kind, weeks in product(COPIES, (1, 3, 52))
        ),
    ],
)
def test_copies_over_many_weeks_neither_move_nor_multiply_what_happened(
    engine: OneReader, kind: str, weeks: int, n: int, reached: Reach
) -> None:
    one, many = (tell(engine, report(), *honest(), *copies(kind, k, weeks)) for k in (1, n))
    assert main_day(many) == main_day(one) == "3 February 2031"
    assert [e.when for e in many.events] == [e.when for e in one.events]
    assert many.title == one.title
    assert best(many) == 4
    reached(f"{kind}, {n} copies over {weeks} weeks: {len(many.events)} events as with one")


FERRY = (
    "Seven people drowned on Monday when the ferry Alcyon went down in the strait of Orm.\n"
    "Captain Jon Reve said that water had come through the bow door.",
    "The ferry Alcyon sank on Monday off Port Selby, and seven passengers died.\n"
    "Fishermen pulled survivors from the water until dark.",
    "On Monday the ferry Alcyon capsized with 64 people on board; seven of them died.\n"
    "Relatives waited in the school of Port Selby for news.",
)
SHOTS = (
    "Gunmen shot twenty people dead at a market in Kelmar on Monday.\nThe police chief Oren Dask"
    " said that three attackers had fled in a white van.\nShopkeepers carried the wounded on doors"
    " to the clinic in Harrow Street."
)


@pytest.mark.threat("M1")
def test_one_report_printed_by_many_does_not_lead_the_account(
    engine: OneReader, reached: Reach
) -> None:
    ferry = [page(text, f"Port Paper {k}", "2031-05-13") for k, text in enumerate(FERRY)]
    shots = [page(SHOTS, f"Mirror {k}", f"2031-05-{13 + k % 4}") for k in range(12)]
    dossier = tell(engine, *ferry, *shots)
    names = {e.id: e.name for e in dossier.entities}
    main = dossier.events[0]
    assert main.kind == "accident"
    assert names[main.where[0]] != "Kelmar"
    reached("3 reports against 12 copies of another: the 3 lead")


def mixed(n: int) -> list[Page]:
    """As many copies of every kind."""
    return [
        {**one, "id": f"{kind} {one['id']}", "source": f"{one['source']} {kind}"}
        for kind in COPIES
        for one in copies(kind, n // len(COPIES))
    ]


@pytest.mark.slow
@pytest.mark.threat("M1")
def test_a_thousand_copies_are_weighed_and_told_within_a_minute(
    tmp_path: Path, reached: Reach
) -> None:
    write(tmp_path / "all.jsonl", [report(), *honest(), *mixed(1_000)])
    documents = [
        found
        for raw in list_inputs([str(tmp_path / "all.jsonl")])
        if isinstance(raw, Raw)
        for found in ingest_raw(raw)
        if isinstance(found, Document)
    ]
    read = {
        outcome[0].id: outcome[1]
        for outcome in read_each(documents, LocalEngine(1), tmp_path / "sentences.db")
        if isinstance(outcome, tuple)
    }
    case, _ = resolve_case(documents, read)
    began = time.process_time()
    dossier = tell_case(case, weigh(case), Run("0", "test", "2031-03-01T00:00:00Z"), ())
    seconds = time.process_time() - began
    assert len(dossier.documents) == 1_004
    assert {value: c.n_origins for value, c in held(dossier).items()} == {4: 4, 40: 1}
    assert best(dossier) == 4
    assert seconds <= 60
    began = time.process_time()
    written = [to_html(dossier), to_markdown(dossier), dumps(dossier_to_json(dossier))]
    reached(
        f"1,000 copies: 1 origin, {seconds:.0f} s to weigh and tell,"
        f" {time.process_time() - began:.0f} s to write {sum(map(len, written)) / 1e6:.0f} MB"
    )


@pytest.mark.slow
@pytest.mark.threat("M1")
def test_a_thousand_copies_through_the_command(
    tmp_path: Path, consilience: Command, reached: Reach
) -> None:
    write(tmp_path / "all.jsonl", [report(), *honest(), *copies("reordered", 1_000)])
    began = time.perf_counter()
    assert consilience("account", tmp_path / "all.jsonl", "--out", tmp_path / "out").code == 0
    seconds = time.perf_counter() - began
    dossier = json.loads((tmp_path / "out" / "dossier.json").read_text("utf-8"))
    (finding,) = (f for f in dossier["findings"] if f["slot"] == "killed")
    assert {c["value"]["low"]: c["n_origins"] for c in finding["candidates"]} == {4: 4, 40: 1}
    assert finding["policies"]["best"]["low"] == 4
    reached(f"1,000 re-ordered copies: 1 origin, {seconds:.0f} s with reading")


def write(path: Path, pages: list[Page]) -> None:
    path.write_text("".join(json.dumps(one) + "\n" for one in pages), encoding="utf-8")


@pytest.mark.threat("M2")
def test_reports_that_quote_one_another_in_a_ring_are_one_origin_and_the_ring_is_shown(
    engine: OneReader, reached: Reach
) -> None:
    pages = [
        page(text.format(of=OUTLETS[(k + 1) % 3]), OUTLETS[k], "2031-02-04")
        for k, text in enumerate(RING)
    ]
    dossier = tell(engine, *pages)
    (origin,) = dossier.origins
    ring = {(link.copy_id, link.of_id) for link in origin.links if link.kind is LinkKind.CREDITED}
    assert ring == {(OUTLETS[k], OUTLETS[(k + 1) % 3]) for k in range(3)}
    assert {value: c.n_origins for value, c in held(dossier).items()} == {40: 1}
    with_honest = tell(engine, *honest(), *pages)
    assert {value: c.n_origins for value, c in held(with_honest).items()} == {4: 3, 40: 1}
    assert best(with_honest) == 4
    shown = to_html(dossier)
    assert all(name in shown for name in OUTLETS)
    reached("three reports in a ring: 1 origin, 3 links shown")


CREDITING = (
    "The Upland Courier reported four deaths at Sant Aurel.\nThe Northmoor Echo reported nine"
    " injured at Sant Aurel.\nRadio Marisma reported prayers at Sant Aurel.",
    "Sources: Upland Courier, Northmoor Echo, Vale Times, Radio Marisma\n\nFour dockers died at"
    " Sant Aurel on Monday night.\nThe town mourns.",
)


@pytest.mark.threat("M1")
@pytest.mark.parametrize("text", CREDITING)
def test_a_page_that_credits_every_outlet_does_not_make_one_of_their_reports(
    engine: OneReader, text: str, reached: Reach
) -> None:
    dossier = tell(engine, report(), *honest(), page(text, "Dark Mirror", "2031-02-05"))
    assert held(dossier)[4].n_origins == 4
    reached("4 reports credited by one page: still 4 origins")
