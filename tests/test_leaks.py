"""Nothing is left open, and memory does not grow with what was read."""

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from consilience.read import Reader
from consilience.records import Document
from consilience.store import open_memory, open_register, open_store
from tests.factory import document

MIB = 1024**2


def n_open() -> int:
    return len([*Path("/proc/self/fd").iterdir()])


def resident_bytes() -> int:
    fields = Path("/proc/self/statm").read_text().split()
    return int(fields[1]) * os.sysconf("SC_PAGE_SIZE")


def page(n: int) -> Document:
    text = (
        f"Police in Corrin held {n % 90 + 2} people over fire number {n}, mayor Lind{n % 97}"
        f" said on {n % 28 + 1} March 2031. “We lost house {n},” said Tomas Reyl."
    )
    return document(text, f"{n}.txt")


@pytest.mark.threat("S9")
def test_a_case_opened_and_closed_again_and_again_leaves_nothing_open(
    tmp_path: Path, reached: Callable[[str], None]
) -> None:
    case = tmp_path / "case.db"
    open_store(case).close()
    before = n_open()
    for _ in range(200):
        with closing(open_store(case)), closing(open_register(case)), closing(open_memory(case)):
            pass
    assert n_open() == before
    reached(f"200 times, {before} files open before and after")


@pytest.mark.threat("S9")
@pytest.mark.parametrize(
    ("warm", "n"), [(40, 60), pytest.param(400, 2_000, marks=pytest.mark.slow)]
)
def test_memory_stays_flat_however_many_documents_one_worker_reads(
    reader: Reader, reached: Callable[[str], None], warm: int, n: int
) -> None:
    for number in range(warm):
        reader(page(number))
    before = resident_bytes()
    for number in range(warm, warm + n):
        reader(page(number))
    grown = (resident_bytes() - before) / MIB
    reached(f"{n:,} documents: {grown:.0f} MiB more")
    assert grown <= 50
