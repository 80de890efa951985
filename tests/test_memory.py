"""Sentence memory across documents and runs, as a user meets it."""

import json
from pathlib import Path

import apsw
import pytest

from tests.conftest import Command

STORY = "Nine dockers drowned near Port Hale on Friday. Mayor Anna Lind closed the harbour."
OTHER = "Mayor Anna Lind closed the harbour. Divers found a tenth docker."


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.txt").write_text(STORY)
    (folder / "b.txt").write_text(OTHER)
    return folder


def n_kept(path: Path) -> int:
    db = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    n: int = db.execute("SELECT count(*) FROM sentence").get
    db.close()
    return n


def everything_under(folder: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_readings_are_the_same_bytes_with_a_memory_empty_full_or_of_half(
    consilience: Command, pages: Path, tmp_path: Path
) -> None:
    memory = tmp_path / "sentences.db"
    without = consilience("read", pages)
    consilience("read", pages / "a.txt", "--memory", memory)
    assert n_kept(memory) == 2
    assert consilience("read", pages, "--memory", memory) == without
    assert n_kept(memory) == 3
    assert consilience("read", pages, "--memory", memory) == without
    assert n_kept(memory) == 3


def test_no_word_of_what_was_read_stands_in_a_memory(
    consilience: Command, pages: Path, tmp_path: Path
) -> None:
    consilience("read", pages, "--memory", tmp_path / "sentences.db")
    held = (tmp_path / "sentences.db").read_bytes().lower()
    words = {word for word in (STORY + OTHER).lower().strip(".").split() if len(word) > 4}
    assert [word for word in sorted(words) if word.encode() in held] == []


def test_nothing_is_written_that_nobody_asked_for(
    consilience: Command, pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    for variable in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "TMPDIR"):
        monkeypatch.setenv(variable, str(home))
    monkeypatch.chdir(home)
    before = everything_under(tmp_path)
    consilience("read", pages)
    consilience("account", pages, "--out", tmp_path / "out")
    after = everything_under(tmp_path)
    new = sorted(Path(path).name for path in after.keys() - before.keys())
    assert new == ["account.md", "dossier.json", "index.html"]


def test_a_case_remembers_the_sentences_of_a_page_that_changed(
    consilience: Command, pages: Path, tmp_path: Path
) -> None:
    case = ("--out", tmp_path / "out", "--case", tmp_path / "case.db")
    consilience("account", pages, *case)
    assert n_kept(tmp_path / "case.db") == 3
    (pages / "a.txt").write_text(f"{STORY} The search goes on.")
    consilience("account", pages, *case)
    assert n_kept(tmp_path / "case.db") == 4


def test_an_account_without_a_case_may_have_a_memory(
    consilience: Command, pages: Path, tmp_path: Path
) -> None:
    dossiers = []
    for given in ((), ("--memory", pages / "m.db"), ("--memory", pages / "m.db")):
        assert consilience("account", pages, "--out", tmp_path / "out", *given).code == 0
        dossier = json.loads((tmp_path / "out" / "dossier.json").read_text())
        del dossier["run"]
        dossiers.append(dossier)
    assert dossiers[0] == dossiers[1] == dossiers[2]
    assert n_kept(pages / "m.db") == 3


@pytest.mark.parametrize("command", ["read", "account"])
def test_what_is_no_memory_is_named(
    consilience: Command, pages: Path, tmp_path: Path, command: str
) -> None:
    out = ("--out", tmp_path / "out") if command == "account" else ()
    ended = consilience(command, pages, *out, "--memory", pages / "a.txt")
    assert ended.code == 1
    assert ended.err.rstrip("\n").endswith("a.txt: not a case or a memory; name another file")
    assert (pages / "a.txt").read_text() == STORY


@pytest.mark.slow
def test_readings_are_the_same_bytes_whatever_the_workers_the_order_and_the_company(
    consilience: Command, tmp_path: Path
) -> None:
    lines = [
        json.dumps({"id": f"d{n}", "text": f"{STORY if n % 2 else OTHER} Day {n} of the search."})
        for n in range(24)
    ]

    def readings(given: list[str], *more: object) -> list[str]:
        feed = tmp_path / "feed.jsonl"
        feed.write_text("\n".join(given))
        ended = consilience("read", feed, *more)
        return [_without_line_number(line) for line in ended.out.splitlines()]

    alone = [reading for line in lines for reading in readings([line])]
    memory = ("--memory", tmp_path / "sentences.db")
    assert readings(lines, "--workers", 1) == alone
    assert readings(lines, "--workers", 2) == alone
    assert readings(lines, "--workers", 3, *memory) == alone
    assert readings(lines[::-1], "--workers", 2, *memory) == alone[::-1]


def _without_line_number(line: str) -> str:
    reading = json.loads(line)
    del reading["document"]["name"]
    return json.dumps(reading)
