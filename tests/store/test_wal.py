"""The log beside a case: what is damaged of it is said, and what was only not finished is not."""

import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import apsw
import pytest

from consilience.engine import LocalEngine
from consilience.pipeline import run
from consilience.repair import repair
from consilience.store import open_store
from consilience.store.wal import DamagedLogWarning, find_damage
from tests.small_cases import STARTED, OneReader, page, raw
from tests.store.damage import FIRST

Reach = Callable[[str], None]
N_CHANGES = 6


def kept(folder: Path) -> Path:
    """Rows in a log that nobody has laid into the file yet, one change after another."""
    path = folder / "t.db"
    with closing(apsw.Connection(str(path))) as db:
        db.pragma("journal_mode", "wal")
        db.execute("CREATE TABLE t (words)")
        for n in range(N_CHANGES):
            db.execute("INSERT INTO t VALUES (?)", (f"{n} " * 1_500,))
        for end in ("", "-wal"):
            shutil.copyfile(f"{path}{end}", folder / f"copy.db{end}")
    return folder / "copy.db"


def rows_of(path: Path) -> int:
    with closing(apsw.Connection(str(path))) as db:
        return len(db.execute("SELECT * FROM t").fetchall())


@pytest.mark.threat("S1", "S2")
def test_a_log_that_ends_anywhere_is_no_damage(tmp_path: Path, reached: Reach) -> None:
    path = kept(tmp_path)
    log = tmp_path / "copy.db-wal"
    whole = log.read_bytes()
    cuts = [*range(0, len(whole), 997), len(whole)]
    for at in cuts:
        log.write_bytes(whole[:at])
        assert find_damage(path) is None
        log.write_bytes(whole[:at] + bytes(len(whole) - at))
        assert find_damage(path) is None
    reached(f"{2 * len(cuts)} logs cut short, none called damaged")


@pytest.mark.threat("S6")
def test_a_changed_byte_before_the_last_change_is_found(tmp_path: Path, reached: Reach) -> None:
    path = kept(tmp_path)
    log = tmp_path / "copy.db-wal"
    whole = log.read_bytes()
    chance = random.Random(5)
    n_said = n_lost = 0
    for _ in range(200):
        data = bytearray(whole)
        at = chance.randrange(len(data) - 2 * 4120)
        data[at] ^= 1 << chance.randrange(8)
        log.write_bytes(data)
        said = find_damage(path) is not None
        for end in ("", "-wal"):
            shutil.copyfile(f"{path}{end}", tmp_path / f"look.db{end}")
        (tmp_path / "look.db-shm").unlink(missing_ok=True)
        is_lost = _rows_or_none(tmp_path / "look.db") != N_CHANGES
        n_said, n_lost = n_said + said, n_lost + is_lost
        assert said or not is_lost, at
    reached(f"{n_lost} of 200 changed bytes lose what was written, {n_said} said")
    assert n_lost > 100


def _rows_or_none(path: Path) -> int:
    try:
        return rows_of(path)
    except apsw.SQLError:  # not even the table is there
        return 0


@pytest.fixture
def damaged(tmp_path: Path, engine: OneReader) -> Path:
    """A case whose last lists stand in a log that was changed before the last of them."""
    whole = tmp_path / "whole.db"
    with closing(open_store(whole)) as store:
        run([raw(page(FIRST, "Callis Herald", "2031-03-04"))], store, engine, STARTED)
    with closing(open_store(whole)) as store:
        for name in ("first.csv", "second.csv", "third.csv"):
            store.add_known(name, b"id,name\n1,Ines Marabe\n")
        for end in ("", "-wal"):
            shutil.copyfile(f"{whole}{end}", tmp_path / f"damaged.db{end}")
    log = tmp_path / "damaged.db-wal"
    data = bytearray(log.read_bytes())
    data[len(data) // 2] ^= 1
    log.write_bytes(data)
    return tmp_path / "damaged.db"


@pytest.mark.threat("S6")
def test_a_case_is_opened_as_it_stood_and_says_so(damaged: Path) -> None:
    with pytest.warns(DamagedLogWarning, match="written last cannot be read; what stood before"):
        store = open_store(damaged)
    with closing(store):
        assert len(store.known()) < 3
        assert store.documents()


@pytest.mark.threat("S6")
def test_the_shell_says_it_in_a_line(damaged: Path) -> None:
    command = [sys.executable, "-m", "consilience", "history", str(damaged)]
    ended = subprocess.run(command, capture_output=True, text=True)
    assert ended.returncode == 0
    (line,) = ended.stderr.splitlines()
    assert "damaged.db: the log beside it is damaged" in line


@pytest.mark.threat("S6")
def test_repair_says_it(damaged: Path, tmp_path: Path) -> None:
    lost = repair(damaged, tmp_path / "new.db", LocalEngine(1), datetime.now(UTC))
    assert "damaged.db: the log beside it is damaged" in lost[0]
