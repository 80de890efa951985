"""The power fails: what the disk may hold then opens whole, with all that was acknowledged."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import apsw
import pytest

from consilience.store import open_store
from consilience.store.sqlite import journal_mode
from tests.factory import READER

PAGE = 4096
# It says what is safe: how many pages were added, and how long the log was by then.
WRITER = """
import os, sys
from pathlib import Path
from consilience.store import open_store
from tests.factory import READER, document, reading
path = sys.argv[1]
store = open_store(Path(path))
for n in range(100_000):
    one = document(f"Report {n}. " * 400, f"{n:06}.txt")
    store.add_input(one.name, one.text.encode(), "1", [one])
    store.add_reading(one, READER, reading(one))
    print(n + 1, os.stat(path + "-wal").st_size, flush=True)
"""


@dataclass(frozen=True, slots=True)
class Disk:
    """What the files hold at one moment; of the log nothing is certain from `safe_bytes` on."""

    n_safe: int
    database: bytes
    log: bytes
    safe_bytes: int


def disks(case: Path, n: int, chance: random.Random) -> Iterator[Disk]:
    """The disk at moments of a writer's work, who is stopped for a look at each."""
    log, said = case.with_name(f"{case.name}-wal"), case.with_name("said")
    with said.open("w") as out:
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(case)], stdout=out)
    try:
        while n:
            time.sleep(chance.uniform(0.0, 0.02))
            os.kill(writer.pid, signal.SIGSTOP)
            os.waitpid(writer.pid, os.WUNTRACED)
            lines = said.read_text().splitlines(keepends=True)
            if lines and (safe := [line for line in lines if line.endswith("\n")]):
                n_safe, safe_bytes = map(int, safe[-1].split())
                yield Disk(n_safe, case.read_bytes(), log.read_bytes(), safe_bytes)
                n -= 1
            os.kill(writer.pid, signal.SIGCONT)
    finally:
        writer.kill()
        writer.wait()


def after_power_cut(now: Disk, before: Disk, chance: random.Random) -> tuple[bytes, bytes]:
    """One of the ways that both files may look like: what nobody waited for is there or not."""
    unsure = len(now.log) - now.safe_bytes
    kept = now.safe_bytes + (chance.randrange(unsure + 1) if unsure > 0 else 0)
    log = now.log[:kept]
    if unsure > 0 and chance.random() < 0.5:
        log += bytes(chance.randrange(unsure))  # the length was written, the words were not
    pages = [now.database[at : at + PAGE] for at in range(0, len(now.database), PAGE)]
    if now.log[:32] == before.log[:32]:  # of one log: all its pages may come once more
        for at in range(0, len(before.database), PAGE):
            if chance.random() < 0.5:
                pages[at // PAGE] = before.database[at : at + PAGE]
    return b"".join(pages), log


@pytest.mark.threat("S2")
@pytest.mark.parametrize("n", [12, pytest.param(300, marks=pytest.mark.slow)])
def test_a_power_cut_takes_nothing_that_was_acknowledged(
    tmp_path: Path, reached: Callable[[str], None], n: int
) -> None:
    chance = random.Random(n)
    cut = tmp_path / "cut" / "case.db"
    cut.parent.mkdir()
    before: Disk | None = None
    n_last = 0
    for now in disks(tmp_path / "case.db", n, chance):
        database, log = after_power_cut(now, before or now, chance)
        cut.write_bytes(database)
        cut.with_name("case.db-wal").write_bytes(log)
        with closing(open_store(cut)) as store:
            documents = store.documents()
            assert now.n_safe <= len(documents) <= now.n_safe + 1
            assert len(store.readings(READER)) >= now.n_safe
        before, n_last = now, now.n_safe
    reached(f"{n} power cuts, up to {n_last} documents, none lost")


@pytest.mark.threat("S3")
def test_the_log_is_used_with_an_sqlite_alone_that_loses_nothing_in_it(tmp_path: Path) -> None:
    assert [journal_mode(v) for v in ("3.40.1", "3.51.2", "3.51.3", "3.54.1")] == [
        "delete", "delete", "wal", "wal",
    ]  # fmt: skip
    with closing(open_store(tmp_path / "case.db")):
        db = apsw.Connection(str(tmp_path / "case.db"))
        assert db.pragma("journal_mode") == journal_mode(apsw.sqlite_lib_version()) == "wal"
        db.close()
