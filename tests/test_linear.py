"""No stage does more than twice the work on a page twice as long, whatever the page is made of.

Work is counted in lines of Python, so that no busy processor decides;
`python -m bench.doubling` has the seconds.
"""

import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from bench.doubling import RATIO_BOUND, SHAPES, made_up, through
from consilience.read import Reader
from consilience.resolve.block import name_pairs
from consilience.resolve.people import person_name
from tests.steps import steps

SIZE = 4_000
FEW = ("list of names",)
STEPS_TO_BEGIN = 5_000  # what a stage, or a function of it, does whatever the page
HANG_S = 300
_T = TypeVar("_T")


def work_of(text: str, reader: Reader) -> Counter[str]:
    """The steps of each stage, and of each function in it."""
    found: Counter[str] = Counter()

    def counted(costs: dict[str, float], stage: str, work: Callable[[], _T]) -> _T:
        made = work()  # word lists are loaded and patterns compiled
        by_function = steps(work)
        costs[stage] = found[stage] = by_function.total()
        found.update({f"{stage}: {function}": n for function, n in by_function.items()})
        return made

    through(text, reader, counted)
    return found


def worst_growth(shape: str, reader: Reader, size: int = SIZE) -> tuple[float, str]:
    """The ratio of the stage or function whose work grew most when the page doubled.

    A function counts by itself, since one whose work grows with the square is a small part of a
    small page. What is over the bound is looked at once more from there on: a page may have passed
    the length from which something is done at all.
    """
    once, twice = (work_of(SHAPES[shape](n), reader) for n in (size, 2 * size))
    worst = max((n / (once[what] + STEPS_TO_BEGIN), what) for what, n in twice.items())
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
    reached(f"steps x{ratio:.2f} ({shape}, {stage})")
    assert ratio <= RATIO_BOUND, stage


@pytest.mark.threat("I3")
@pytest.mark.parametrize("n", [60, 400, 1_000, 2_000])
def test_each_of_many_with_one_surname_is_held_against_few(
    n: int, reached: Callable[[str], None]
) -> None:
    rng = random.Random(n)
    names = {person_name(f"{made_up(rng)} Hall") for _ in range(n)}
    n_pairs = sum(1 for _ in name_pairs(names))
    reached(f"{n} people of one surname: {n_pairs / n:.0f} pairs each")
    assert n_pairs <= 30 * n


@pytest.mark.slow
@pytest.mark.threat("I3")
def test_ten_thousand_words_without_a_stop_are_told(tmp_path: Path) -> None:
    page = tmp_path / "endless.txt"
    page.write_text(SHAPES["no full stop"](55_000), encoding="utf-8")
    command = (sys.executable, "-m", "consilience", "account", page, "--out", tmp_path / "told")
    subprocess.run(command, check=True, timeout=HANG_S, stdout=subprocess.DEVNULL)
    assert (tmp_path / "told" / "index.html").stat().st_size > 0
