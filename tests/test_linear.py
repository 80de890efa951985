"""No stage does more than twice the work on a page twice as long, whatever the page is made of.

Work is counted in calls of functions, Python's and its libraries', so that no busy machine decides;
`python -m bench.doubling` has the seconds.
"""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, TypeVar

import pytest

from bench.doubling import RATIO_BOUND, SHAPES, through
from consilience.read import Reader

SIZE = 4_000
FEW = ("list of names",)
CALLS_TO_BEGIN = 3_000  # what a stage does whatever the page
HANG_S = 300
_T = TypeVar("_T")


def counted(costs: dict[str, float], stage: str, work: Callable[[], _T]) -> _T:
    calls = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    work()  # word lists are loaded and patterns compiled
    sys.setprofile(count)
    try:
        made = work()
    finally:
        sys.setprofile(None)
    costs[stage] = calls
    return made


def worst_growth(shape: str, reader: Reader, size: int = SIZE) -> tuple[float, str]:
    """The ratio of the stage whose work grew most when the page doubled.

    What is over the bound is looked at once more from there on: a page may have passed the length
    from which something is done at all.
    """
    once, twice = (through(SHAPES[shape](n), reader, counted) for n in (size, 2 * size))
    worst = max(
        (twice[stage] / (calls + CALLS_TO_BEGIN), stage)
        for stage, calls in once.items()
        if stage in twice
    )
    if worst[0] > RATIO_BOUND and size == SIZE:
        return worst_growth(shape, reader, 2 * SIZE)
    return worst


@pytest.mark.threat("I3")
@pytest.mark.parametrize(
    "shape",
    [s if s in FEW else pytest.param(s, marks=pytest.mark.slow) for s in SHAPES],
)
def test_work_grows_with_the_page(
    shape: str, reader: Reader, reached: Callable[[str], None]
) -> None:
    ratio, stage = worst_growth(shape, reader)
    reached(f"calls x{ratio:.2f} ({shape}, {stage})")
    assert ratio <= RATIO_BOUND, stage


@pytest.mark.slow
@pytest.mark.threat("I3")
def test_ten_thousand_words_without_a_stop_are_told(tmp_path: Path) -> None:
    page = tmp_path / "endless.txt"
    page.write_text(SHAPES["no full stop"](55_000), encoding="utf-8")
    command = (sys.executable, "-m", "consilience", "account", page, "--out", tmp_path / "told")
    subprocess.run(command, check=True, timeout=HANG_S, stdout=subprocess.DEVNULL)
    assert (tmp_path / "told" / "index.html").stat().st_size > 0
