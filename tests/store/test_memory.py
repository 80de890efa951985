"""Sentences in a file: across processes, beside other programs, damaged, full."""

import random
import subprocess
import sys
from pathlib import Path
from threading import Timer

import apsw
import pytest

from consilience.errors import StoreError
from consilience.store import open_memory, open_store
from consilience.store.memory import SqlMemory
from consilience.store.migrations import MIGRATIONS
from consilience.store.sqlite import SqliteDatabase
from tests.factory import READER, document, reading
from tests.store.earlier import set_back

WRITER = """
import sys
from pathlib import Path
from consilience.store import open_memory
memory = open_memory(Path(sys.argv[1]))
for n in range(300):
    memory.keep(f"{sys.argv[2]} {n}".encode(), bytes(500))
"""


def test_what_was_kept_is_found_by_the_next_run(tmp_path: Path) -> None:
    path = tmp_path / "sentences.db"
    first = open_memory(path)
    assert first.find(b"name") is None
    first.keep(b"name", b"sealed")
    first.close()
    assert [p.name for p in tmp_path.iterdir()] == ["sentences.db"]
    assert open_memory(path).find(b"name") == b"sealed"


def test_what_is_kept_again_takes_the_place_of_the_old(tmp_path: Path) -> None:
    memory = open_memory(tmp_path / "sentences.db")
    memory.keep(b"name", b"damaged")
    memory.keep(b"name", b"whole")
    assert memory.find(b"name") == b"whole"


def test_beyond_the_most_the_oldest_go(tmp_path: Path) -> None:
    memory = open_memory(tmp_path / "sentences.db", most=10)
    for n in range(25):
        memory.keep(b"%d" % n, b"sealed")
    assert [n for n in range(25) if memory.find(b"%d" % n)] == list(range(15, 25))


def test_who_opens_a_file_waits_for_whoever_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "sentences.db"
    open_memory(path).close()
    reading_on = apsw.Connection(str(path))
    reading_on.pragma("journal_mode", "delete")
    reading_on.execute("BEGIN; SELECT * FROM sqlite_schema").fetchall()
    with pytest.raises(StoreError, match="in use by another process"):
        SqliteDatabase(path, busy_timeout_ms=50)
    soon = Timer(0.2, lambda: reading_on.execute("COMMIT"))
    soon.start()
    SqliteDatabase(path, busy_timeout_ms=10_000).close()
    soon.join()


def test_two_processes_fill_one_memory_from_nothing(tmp_path: Path) -> None:
    path = tmp_path / "sentences.db"
    run = [sys.executable, "-c", WRITER, str(path)]
    for writer in [subprocess.Popen([*run, who]) for who in ("left", "right")]:
        assert writer.wait() == 0
    memory = open_memory(path)
    names = [f"{who} {n}".encode() for who in ("left", "right") for n in range(300)]
    assert all(memory.find(name) == bytes(500) for name in names)


def test_a_case_is_a_memory(tmp_path: Path) -> None:
    store = open_store(tmp_path / "case.db")
    open_memory(tmp_path / "case.db").keep(b"name", b"sealed")
    page = document("One.")
    store.add_input(page.name, b"One.", "1", [page])
    assert store.documents() == (page,)
    assert open_memory(tmp_path / "case.db").find(b"name") == b"sealed"
    store.close()


def test_a_case_made_before_there_was_a_memory_becomes_one_and_loses_nothing(
    tmp_path: Path,
) -> None:
    path, page = tmp_path / "case.db", document("One.")
    store = open_store(path)
    store.add_input(page.name, b"One.", "1", [page])
    store.add_reading(page, READER, reading(page))
    store.close()
    set_back(path, 1)
    store = open_store(path)
    assert (store.documents(), store.readings(READER)) == ((page,), (reading(page),))
    store.close()
    memory = open_memory(path)
    memory.keep(b"name", b"sealed")
    assert memory.find(b"name") == b"sealed"


def test_a_file_that_is_no_memory_is_refused_and_left_alone(tmp_path: Path) -> None:
    notes, other = tmp_path / "notes.txt", tmp_path / "other.db"
    notes.write_text("These are notes, no memory. " * 100)
    db = apsw.Connection(str(other))
    db.execute("CREATE TABLE bookmark (url)")
    db.pragma("user_version", len(MIGRATIONS))
    db.close()
    before = other.read_bytes()
    with pytest.raises(StoreError, match=r"notes\.txt: not a case or a memory; name another file"):
        open_memory(notes)
    with pytest.raises(StoreError, match=r"other\.db: an SQLite file of another program"):
        open_memory(other)
    assert notes.read_text() == "These are notes, no memory. " * 100
    assert other.read_bytes() == before


def test_a_memory_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sentences.db"
    open_memory(path).close()
    db = apsw.Connection(str(path))
    db.pragma("user_version", 99)
    db.close()
    with pytest.raises(StoreError, match="schema 99 is newer"):
        open_memory(path)


def test_a_memory_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be opened"):
        open_memory(tmp_path / "nowhere" / "sentences.db")


def test_a_memory_that_may_only_be_read_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sentences.db"
    writer = open_memory(path)
    writer.keep(b"name", b"sealed")
    db = SqliteDatabase(path)
    db.rows("PRAGMA query_only = TRUE")
    memory = SqlMemory(db, most=10)
    memory.keep(b"other", b"sealed")
    assert (memory.find(b"name"), memory.find(b"other")) == (b"sealed", None)
    memory.close()
    writer.close()


def test_a_memory_locked_by_another_is_read_and_not_written(tmp_path: Path) -> None:
    path = tmp_path / "sentences.db"
    memory, other = open_memory(path), apsw.Connection(str(path))
    memory.keep(b"name", b"sealed")
    other.execute("BEGIN IMMEDIATE")
    memory.keep(b"other", b"sealed")
    assert (memory.find(b"name"), memory.find(b"other")) == (b"sealed", None)
    other.close()
    memory.close()


def test_changed_bytes_end_no_run_once_the_memory_is_open(tmp_path: Path) -> None:
    path = tmp_path / "sentences.db"
    memory = open_memory(path)
    names = [b"name %d" % n for n in range(60)]
    for name in names:
        memory.keep(name, name * 100)
    memory.close()
    whole = path.read_bytes()
    chance = random.Random(7)
    n_opened = 0
    for n in range(80):
        changed = bytearray(whole)
        for _ in range(chance.choice((1, 3, 30, 300))):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        damaged = tmp_path / f"{n}.db"
        damaged.write_bytes(changed)
        try:
            memory = open_memory(damaged)
        except StoreError:
            continue
        n_opened += 1
        for name in names:
            memory.find(name)
        memory.keep(b"new", b"sealed")
        memory.close()
    assert n_opened > 20
