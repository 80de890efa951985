"""Worker processes that die or hang, each of its own item."""

import gc
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from consilience.engine import LocalEngine
from consilience.records import Failure
from tests.deadly import Page, make, make_counting

ENGINE = LocalEngine(2, beside_from=0, limit_s=8)


def make_dying() -> Callable[[Page], str]:
    os._exit(1)


def make_counting_young() -> Callable[[Page], int]:
    return lambda _: gc.get_threshold()[0]


@pytest.mark.slow
@pytest.mark.threat("S8")
def test_what_kills_its_worker_costs_itself_alone(reached: Callable[[str], None]) -> None:
    names = ["a", "dies", "b", "c", "hangs", "d", "crashes", *(f"p{i}" for i in range(30))]
    began = time.monotonic()
    found = list(ENGINE.map("read", make, map(Page, names)))
    failed = [one for one in found if isinstance(one, Failure)]
    assert [one.name for one in failed] == ["dies", "hangs", "crashes"]
    assert failed[0].error.startswith("dies: ended each worker that tried it")
    assert [one for one in found if isinstance(one, str)] == [
        name.upper() for name in names if name not in ("dies", "hangs", "crashes")
    ]
    reached(f"3 of 37 items left out, {time.monotonic() - began:.0f} s")


def test_what_killed_its_worker_once_may_have_been_innocent(tmp_path: Path) -> None:
    page = Page(f"once {tmp_path / 'marker'}")
    assert list(ENGINE.map("read", make, [Page("a"), page])) == ["A", page.name.upper()]


@pytest.fixture
def often() -> Iterator[tuple[int, int, int]]:
    """What Python begins with, whatever a command that ran in this process before has set."""
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield gc.get_threshold()
    gc.set_threshold(*before)


def test_only_workers_look_rarely_for_what_points_at_itself(often: tuple[int, int, int]) -> None:
    (theirs,) = ENGINE.map("read", make_counting_young, [Page("a")])
    assert isinstance(theirs, int)
    assert theirs > often[0]
    assert gc.get_threshold() == often


def test_a_key_that_kills_its_worker_costs_itself_alone() -> None:
    pairs = [("b", b"1"), ("dies", b"2"), ("a", b"3"), ("b", b"4")]
    (a, b, dead) = ENGINE.reduce("count", make_counting, pairs)
    assert (a, b) == (("a", 1), ("b", 2))
    assert isinstance(dead[1], Failure)


@pytest.mark.slow
def test_workers_that_cannot_live_at_all_end_the_run() -> None:
    with pytest.raises(BrokenProcessPool):
        list(ENGINE.map("read", make_dying, [Page(f"p{i}") for i in range(40)]))
