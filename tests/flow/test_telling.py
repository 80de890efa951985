"""The whole flow, in this process with the real reader."""

import json
import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import pytest

from consilience.engine import LocalEngine
from consilience.engine.contract import Named
from consilience.errors import InputError
from consilience.flow.journal import Journal
from consilience.flow.telling import manifest_of, tell_stream, work_folder
from consilience.ingest.stream import StreamLine
from consilience.interchange import dossier_from_json
from consilience.records import Failure
from consilience.tell.verify import verify
from tests.small_cases import STARTED, B, C

N = TypeVar("N", bound=Named)
FERRY = "The ferry Aurelia burned off Port Callis on Monday and nine passengers died, police said."
FERRY_AGAIN = "Port Callis mourned. Divers found a tenth body on the ferry Aurelia, police said."
BUDGET = "The council of Elmsford approved a budget for its schools on Monday, the mayor said."
PAGES = [
    {"id": "a", "text": FERRY, "published": "2031-03-04"},
    {"id": "b", "text": FERRY_AGAIN, "published": "2031-03-05"},
    {"id": "c", "text": BUDGET, "published": "2031-03-04"},
    {"id": "d", "text": f"{FERRY} It had been built in 1998.", "published": "2031-03-04"},
]


def lines(pages: Iterable[Any]) -> list[StreamLine]:
    return [
        StreamLine(f"-:{n}", one.encode() if isinstance(one, str) else json.dumps(one).encode())
        for n, one in enumerate(pages, 1)
    ]


@dataclass
class Flow:
    """Runs the flow; `failed` are the failures it told of."""

    folder: Path
    engine: Any = field(default_factory=LocalEngine)
    most: int = 200
    failed: list[str] = field(default_factory=list)

    @property
    def out(self) -> Path:
        return self.folder / "out.jsonl"

    def __call__(self, pages: Iterable[Any]) -> list[dict[str, Any]]:
        def watch(told: object) -> None:
            if isinstance(told, Failure):
                self.failed.append(told.name)

        tell_stream(lines(pages), self.out, self.engine, STARTED, None, watch, self.most)
        return [json.loads(line) for line in self.out.read_text("utf-8").splitlines()]


@dataclass
class Stopped:
    """An engine that is stopped after so many events; `told` are those it told."""

    n_events: int
    told: list[str] = field(default_factory=list)

    def map(
        self, stage: str, make: Callable[[], Callable[[N], C]], items: Iterable[N]
    ) -> Iterator[C | Failure]:
        return LocalEngine().map(stage, make, items)

    def reduce(
        self,
        stage: str,
        make: Callable[[], Callable[[str, Iterator[bytes]], B]],
        pairs: Iterable[tuple[str, bytes]],
    ) -> Iterator[tuple[str, B | Failure]]:
        for key, outcome in LocalEngine().reduce(stage, make, pairs):
            if len(self.told) == self.n_events:
                raise KeyboardInterrupt
            self.told.append(key)
            yield key, outcome


def deadly(values: Iterable[bytes]) -> bool:
    return any(b"Deadly" in value for value in values)


class Deadly(Stopped):
    """An engine whose workers die of a word."""

    def __init__(self) -> None:
        super().__init__(1000)

    def map(
        self, stage: str, make: Callable[[], Callable[[N], C]], items: Iterable[N]
    ) -> Iterator[C | Failure]:
        for item in items:
            if stage == "batch" and deadly([getattr(item, "document", b"")]):
                yield Failure(item.name, stage, f"{item.name}: ended its worker")
            else:
                yield from super().map(stage, make, [item])

    def reduce(
        self,
        stage: str,
        make: Callable[[], Callable[[str, Iterator[bytes]], B]],
        pairs: Iterable[tuple[str, bytes]],
    ) -> Iterator[tuple[str, B | Failure]]:
        given = list(pairs)
        killed = {key for key, value in given if deadly([value]) and value[:1] == b"d"}
        for key in sorted(killed):
            yield key, Failure(key, stage, f"{key}: ended its worker")
        yield from super().reduce(stage, make, [one for one in given if one[0] not in killed])


def test_documents_come_out_as_the_dossiers_of_their_events(tmp_path: Path) -> None:
    flow = Flow(tmp_path)
    found = flow([*PAGES, "not json", PAGES[0], {**PAGES[0], "text": "Else."}])
    assert [one["case"] for one in found] == sorted(one["case"] for one in found)
    dossiers = [dossier_from_json(one["dossier"]) for one in found]
    assert sorted([d.id for d in one.documents] for one in dossiers) == [["a", "b", "d"], ["c"]]
    assert all(verify(one) == () for one in dossiers)
    assert flow.failed == ["-:5", "a"]
    manifest = json.loads(manifest_of(flow.out).read_text())
    assert manifest["documents"] == {
        "usable": 4, "given_again": 1, "failed": 2, "told": 4,
        "untold_copies": 0, "untold_beyond_limit": 0,
    }  # fmt: skip
    assert [one["input"] for one in manifest["failures"]] == ["-:5", "a"]
    assert manifest["output"]["sha256"] == sha256(flow.out.read_bytes()).hexdigest()
    assert not work_folder(flow.out).exists()


def test_the_order_of_the_documents_changes_no_byte(tmp_path: Path) -> None:
    flow = Flow(tmp_path)
    flow(PAGES)
    first = flow.out.read_bytes(), manifest_of(flow.out).read_bytes()
    flow(random.Random(4).sample(PAGES, len(PAGES)))
    assert (flow.out.read_bytes(), manifest_of(flow.out).read_bytes()) == first


@pytest.mark.threat("S1")
def test_what_was_told_before_a_run_was_stopped_is_not_told_again(tmp_path: Path) -> None:
    whole = Flow(tmp_path / "whole")
    whole.folder.mkdir()
    whole(PAGES)
    with pytest.raises(KeyboardInterrupt):
        Flow(tmp_path, Stopped(1))(PAGES)
    assert not Flow(tmp_path).out.exists()
    again = Stopped(1000)
    Flow(tmp_path, again)(PAGES)
    assert len(again.told) == 1
    assert Flow(tmp_path).out.read_bytes() == whole.out.read_bytes()


def test_an_event_that_changed_since_is_told_again_and_a_torn_line_too(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        Flow(tmp_path, Stopped(2))([*PAGES, {"id": "e", "text": "Otters came to Lake Virn."}])
    told = work_folder(Flow(tmp_path).out) / "told"
    told.write_bytes(told.read_bytes()[:-5])
    again = Stopped(1000)
    found = Flow(tmp_path, again)([*PAGES, {"id": "e", "text": "Herons came to Lake Virn."}])
    assert len(again.told) == 2
    assert len(found) == 3


def test_two_runs_do_not_write_to_one_place(tmp_path: Path) -> None:
    flow = Flow(tmp_path)
    work_folder(flow.out).mkdir()
    with (
        closing(Journal(work_folder(flow.out) / "told", "another", "")),
        pytest.raises(InputError, match="another run is at work"),
    ):
        flow(PAGES)


def test_of_a_large_event_copies_and_what_is_beyond_the_limit_are_named_not_told(
    tmp_path: Path,
) -> None:
    copies = [{**PAGES[0], "id": f"copy{n}"} for n in range(4)]
    later = [
        {"id": f"later{n}", "published": f"2031-03-0{n}", "text": f"{FERRY_AGAIN} {more}"}
        for n, more in enumerate(("Rain fell on all of it.", "A judge came from the capital."), 5)
    ]
    flow = Flow(tmp_path, most=2)
    (event,) = flow([*PAGES[:2], *copies, *later])
    told = [d["id"] for d in event["dossier"]["documents"]]
    assert len(told) == 2
    assert told[0] == "a"
    untold = {one["document"]: one["why"] for one in event["untold"]}
    assert {untold[f"copy{n}"] for n in range(4)} == {"copy of a"}
    assert {*told, *untold} == {"a", "b", "later5", "later6", *(f"copy{n}" for n in range(4))}
    counts = json.loads(manifest_of(flow.out).read_text())["documents"]
    assert counts["told"] == 2
    assert counts["untold_copies"] + counts["untold_beyond_limit"] == len(untold) == 6


@pytest.mark.threat("S8")
def test_a_document_that_kills_whoever_reads_it_costs_itself_alone(tmp_path: Path) -> None:
    killer = {**PAGES[0], "id": "k", "text": f"{FERRY} Deadly words."}
    flow = Flow(tmp_path, Deadly())
    found = flow([*PAGES, killer])
    assert sum("dossier" in one for one in found) == len(found) == 2
    (ferry,) = (one["dossier"] for one in found if len(one["dossier"]["documents"]) > 1)
    assert [d["id"] for d in ferry["documents"]] == ["a", "b", "d"]
    assert [one["input"] for one in ferry["failures"]] == ["k"]


def test_no_document_makes_no_lines(tmp_path: Path) -> None:
    assert Flow(tmp_path)(["not json"]) == []
