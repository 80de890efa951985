"""What only a file can show: other processes, sudden ends, foreign and damaged files."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import apsw
import pytest

from consilience.errors import StoreError
from consilience.interchange import dumps, judgement_to_json
from consilience.store import open_store
from consilience.store.migrations import MIGRATIONS
from tests.factory import READER, document, judgement, reading

WRITER = """
import sys
from pathlib import Path
from consilience.store import open_store
from tests.factory import READER, document, reading
store = open_store(Path(sys.argv[1]))
for n in range(100_000):
    page = document(f"Report {n}.", f"{n:06}.txt")
    store.add_input(page.name, page.text.encode(), "1", [page])
    store.add_reading(page, READER, reading(page))
    print(n, flush=True)
"""

DECIDER = """
import sys
from pathlib import Path
from consilience.store import open_store
from tests.factory import decision
store = open_store(Path(sys.argv[1]))
while True:
    print(store.add_decision(decision()), flush=True)
"""


def kill_while_writing(case: Path, delay_s: float, program: str = WRITER) -> int:
    """How many records the writer had been told were safe when it was killed."""
    writer = subprocess.Popen(
        [sys.executable, "-c", program, str(case)], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    writer.stdout.readline()  # one is safe: the writer is at work
    time.sleep(delay_s)
    os.kill(writer.pid, signal.SIGKILL)
    lines = writer.stdout.read().splitlines(keepends=True)
    writer.stdout.close()
    writer.wait()
    return 1 + sum(line.endswith("\n") for line in lines)


@pytest.mark.parametrize("delay_s", [0.0, 0.03, 0.11])
def test_whatever_was_acknowledged_survives_a_kill(tmp_path: Path, delay_s: float) -> None:
    case = tmp_path / "case.db"
    n_safe = kill_while_writing(case, delay_s)
    store = open_store(case)
    documents, readings = store.documents(), store.readings("0+none")
    store.close()
    assert n_safe <= len(readings) <= len(documents) <= n_safe + 1
    assert [d.name for d in documents] == [f"{n:06}.txt" for n in range(len(documents))]
    db = apsw.Connection(str(case))
    assert db.pragma("integrity_check") == "ok"
    db.close()


def test_a_case_closed_and_opened_again_is_the_same(tmp_path: Path) -> None:
    page = document("One.")
    store = open_store(tmp_path / "case.db")
    store.add_input(page.name, b"One.", "1", [page])
    store.close()
    store = open_store(tmp_path / "case.db")
    assert store.documents() == (page,)
    store.close()
    assert [p.name for p in tmp_path.iterdir()] == ["case.db"]


def test_two_runs_may_write_one_case(tmp_path: Path) -> None:
    first, second = open_store(tmp_path / "case.db"), open_store(tmp_path / "case.db")
    first.add_input("a.txt", b"a", "1", [document("A.", "a.txt")])
    second.add_input("b.txt", b"b", "1", [document("B.", "b.txt")])
    assert len(first.documents()) == len(second.documents()) == 2
    first.close()
    second.close()


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are notes, not a case. " * 100)
    with pytest.raises(StoreError, match=r"notes\.txt: not a case"):
        open_store(path)
    assert path.read_text() == "These are notes, not a case. " * 100


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    db = apsw.Connection(str(path))
    db.execute("CREATE TABLE bookmark (url)")
    db.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        open_store(path)
    assert path.read_bytes() == before


def test_a_case_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "case.db"
    open_store(path).close()
    db = apsw.Connection(str(path))
    db.pragma("user_version", 99)
    db.close()
    with pytest.raises(StoreError, match="schema 99 is newer"):
        open_store(path)


def test_judgements_that_an_earlier_version_stored_again_and_again_stand_once(
    tmp_path: Path,
) -> None:
    path, one = tmp_path / "case.db", judgement("a", "b")
    line = dumps(judgement_to_json(one))
    seal = hashlib.sha256(line.encode()).hexdigest()
    db = apsw.Connection(str(path))
    for number, step in enumerate(MIGRATIONS[:3], 1):
        step(db)
        db.pragma("user_version", number)
    for day in (1, 2, 3):
        db.execute(
            "INSERT INTO judgement (left_id, right_id, made_by, json, seal, added)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            ("a", "b", one.made_by, line, seal, f"2031-01-0{day}T00:00:00+00:00"),
        )
    db.close()
    store = open_store(path)
    assert store.judgements() == (one,)
    assert store.judgements(datetime(2031, 1, 1, 12, tzinfo=UTC)) == (one,)
    store.hold_judgements([one])
    assert store.judgements() == (one,)
    store.close()


def test_a_document_of_an_earlier_version_is_read_once(tmp_path: Path) -> None:
    path, page = tmp_path / "case.db", document("One.")
    store = open_store(path)
    store.add_input(page.name, b"One.", "1", [page])
    db = apsw.Connection(str(path))
    shorter = db.execute("SELECT json FROM outcome").get.replace(',"unread":[]', "")
    seal = hashlib.sha256(shorter.encode()).hexdigest()
    db.execute("UPDATE outcome SET json = ?, seal = ?", (shorter, seal))
    db.close()
    store.add_reading(page, READER, reading(page))
    assert (store.unread_documents(READER), store.readings(READER)) == ((), (reading(page),))
    store.close()


def test_decisions_that_were_acknowledged_survive_a_kill(tmp_path: Path) -> None:
    case = tmp_path / "case.db"
    n_safe = kill_while_writing(case, 0.05, DECIDER)
    store = open_store(case)
    assert n_safe <= len(store.decisions()) <= n_safe + 1
    store.close()


def test_a_case_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(tmp_path / "nowhere" / "case.db")


def test_a_damaged_record_is_an_error_and_not_an_answer(tmp_path: Path) -> None:
    path = tmp_path / "case.db"
    store = open_store(path)
    store.add_input("a.txt", b"a", "1", [document("A.", "a.txt")])
    db = apsw.Connection(str(path))
    db.execute("UPDATE outcome SET json = replace(json, '\"text\"', '\"test\"')")
    db.close()
    with pytest.raises(StoreError, match="damaged"):
        store.documents()
    store.close()


def test_changed_bytes_lead_to_an_error_or_to_the_same_documents(tmp_path: Path) -> None:
    path = tmp_path / "case.db"
    store = open_store(path)
    for n in range(20):
        page = document(f"Report {n}. " * 30, f"{n}.txt")
        store.add_input(page.name, page.text.encode(), "1", [page])
        store.add_reading(page, READER, reading(page))
    documents, readings = store.documents(), set(store.readings(READER))
    store.close()
    whole = path.read_bytes()
    chance = random.Random(7)
    n_refused = 0
    for n in range(80):
        changed = bytearray(whole)
        for _ in range(chance.choice((1, 1, 3, 30))):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        damaged = tmp_path / f"{n}.db"
        damaged.write_bytes(changed)
        try:
            store = open_store(damaged)
            assert store.documents() == documents
            assert set(store.readings(READER)) <= readings  # what is lost is read again
            store.close()
        except StoreError:
            n_refused += 1
    assert n_refused > 20


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.9])
def test_a_case_cut_short_is_an_error_and_not_an_answer(tmp_path: Path, keep: float) -> None:
    path = tmp_path / "case.db"
    store = open_store(path)
    for n in range(60):
        page = document(f"Report {n}. " * 50, f"{n}.txt")
        store.add_input(page.name, page.text.encode(), "1", [page])
    store.close()
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * keep)])
    with pytest.raises(StoreError, match=r"case\.db: "):
        open_store(path).documents()
