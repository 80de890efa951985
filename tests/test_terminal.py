"""The commands as somebody at a terminal sees them: progress, Ctrl-C, and one line for an error."""

import os
import pty
import resource
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import apsw
import pytest

from consilience.progress import time_left
from consilience.store.migrations import APPLICATION_ID
from tests.conftest import Command

FIRE = (
    "PORT CALLIS, March 4, 2031 - At least nine people were killed when the ferry Aurelia caught"
    " fire on Monday, the coast guard said.\n\n"
)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.txt").write_text(FIRE)
    (folder / "b.txt").write_text(FIRE.replace("At least nine", "Fourteen"))
    return folder


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "consilience", *map(str, arguments)]


def at_terminal(*arguments: object) -> tuple[bytes, str]:
    """What a command whose stderr is a terminal writes to a piped stdout and to the terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command(*arguments), stdout=subprocess.PIPE, stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
    ) as process:  # fmt: skip
        os.close(theirs)
        seen = read_all(ours)
        assert process.stdout is not None
        out = process.stdout.read()
    assert process.returncode == 0
    return out, seen


def read_all(terminal: int) -> str:
    seen = b""
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # the other end is closed
            piece = b""
        if not piece:
            os.close(terminal)
            return seen.decode(errors="replace")
        seen += piece


def test_a_terminal_sees_every_phase_and_a_pipe_nothing_of_it(pages: Path, tmp_path: Path) -> None:
    (pages / "c.txt").write_bytes(b"")
    out, seen = at_terminal("account", pages, "--out", tmp_path / "out")
    for phase in ("reading", "telling"):
        assert phase in seen
    assert "c.txt: " in seen
    assert b"\x1b" not in out
    assert b"reading" not in out


@pytest.mark.slow
def test_records_go_to_the_pipe_though_progress_goes_to_the_terminal(pages: Path) -> None:
    records, _ = at_terminal("read", pages / "a.txt")
    assert records.count(b"\n") == 1
    assert records.startswith(b'{"schema":"consilience.reading/1"')


def test_the_time_left_goes_by_the_pace_so_far_and_is_not_guessed_too_early() -> None:
    assert time_left(60, 10, 1000) is None
    assert time_left(2, 900, 1000) is None
    assert time_left(30, 300, 1000) == "about 1 min left"
    assert time_left(30, 990, 1000) == "about 5 s left"
    assert time_left(3600, 100, 400) == "about 3.0 h left"


def test_ctrl_c_ends_with_130_and_one_line_and_keeps_what_was_done(
    consilience: Command, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(24):
        (folder / f"{n:02}.txt").write_text(FIRE * 3 + f"Ship {n} came to help.\n")
    case = tmp_path / "case.db"
    with subprocess.Popen(
        command("account", folder, "--case", case, "--out", tmp_path / "out"),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    ) as process:  # fmt: skip
        while process.poll() is None and n_read(case) < 2:
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of them
        out, err = process.communicate()
    assert (process.returncode, out) == (130, "")
    assert err == "stopped; run it again: what a case had finished is kept\n"
    assert n_read(case) >= 2
    assert not (tmp_path / "out" / "dossier.json").exists()


def n_read(case: Path) -> int:
    """How many readings are kept; of a case that is still being made none."""
    try:
        db = apsw.Connection(str(case), flags=apsw.SQLITE_OPEN_READONLY)
        db.set_busy_timeout(2000)
        number = int(db.execute("SELECT count(*) FROM reading").get)
    except apsw.Error:
        return 0
    db.close()
    return number


@pytest.mark.slow
def test_workers_whose_parent_was_killed_end_too(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(24):
        (folder / f"{n:02}.txt").write_text(FIRE * 3 + f"Ship {n} came to help.\n")
    ours, theirs = os.pipe()
    with subprocess.Popen(
        command("account", folder, "--out", tmp_path / "out"), stdout=theirs, pass_fds=[theirs],
        stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        os.close(theirs)
        while process.poll() is None and not children(process.pid):
            time.sleep(0.02)
        process.kill()
    # Each of them holds the pipe open: it ends when the last of them does.
    ready, _, _ = select.select([ours], [], [], 60)
    assert ready
    assert os.read(ours, 1) == b""
    os.close(ours)


def children(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []


def line_of(*arguments: object, limit_bytes: int | None = None) -> str:
    """What a command says, on one line, before it ends with 1."""

    def limited() -> None:
        if limit_bytes is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes))

    process = subprocess.run(
        command(*arguments), capture_output=True, text=True, check=False, preexec_fn=limited
    )
    assert (process.returncode, process.stdout) == (1, ""), process.stderr
    (line,) = process.stderr.splitlines()
    return line


@pytest.mark.threat("S4", "W11")
def test_a_disk_that_is_full_is_said_and_nothing_half_written_is_left(
    consilience: Command, pages: Path, tmp_path: Path
) -> None:
    out, case = tmp_path / "out", tmp_path / "case.db"
    line = line_of("account", pages / "a.txt", "--case", case, "--out", out, limit_bytes=40_000)
    assert line.startswith(f"{case}: ")
    assert "damaged" not in line
    assert "make room" in line
    assert list(out.iterdir()) == []
    resumed = consilience("account", pages / "a.txt", "--case", case, "--out", out)
    assert (resumed.code, resumed.err) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("verify {text}", "{text}: no dossier of ours (not JSON ("),
        ("verify {json}", "{json}: no dossier of ours (schema: missing); name a dossier.json"),
        ("export {text} --format csv --out x", "{text}: no dossier of ours (not JSON ("),
        ("export {folder} --format csv --out x", "{folder}: Is a directory; name "),
        ("account {page} --out {text}", "{text}: File exists; name a folder "),
        ("account {page} --case {text} --out {out}", "{text}: not a case or a memory; name "),
        ("account {page} --case {folder} --out {out}", "{folder}: cannot be opened; name "),
        ("account --case {nothing} --out {out}", "{nothing}: no such case; name "),
        ("add {newer} {page}", "{newer}: schema 99 is newer than this program's "),
        ("history {newer}", "{newer}: schema 99 is newer than this program's "),
        ("history {nothing}", "{nothing}: no such case; name "),
        ("decide {nothing} list", "{nothing}: no such case; make it with: "),
        ("check {nothing} Nobody.", "{nothing}: no such case; name "),
        ("mcp {nothing}", "{nothing}: no such case; name "),
        ("weigh {nothing} --out x.csv", "{nothing}: No such file or directory; name "),
        ("account {page} --known {folder} --out {out}", "{folder}: Is a directory; name "),
    ],
)
def test_an_error_is_one_line_with_the_thing_and_the_remedy(
    consilience: Command, pages: Path, tmp_path: Path, arguments: str, said: str
) -> None:
    names = {name: tmp_path / name for name in ("text", "json", "newer", "nothing", "folder")}
    names["text"].write_text("no database and no JSON\n")
    names["json"].write_text("{}")
    names["folder"].mkdir()
    db = apsw.Connection(str(names["newer"]))
    db.pragma("application_id", APPLICATION_ID)
    db.pragma("user_version", 99)
    db.close()
    places = {**names, "out": tmp_path / "out", "page": pages / "a.txt"}
    ended = consilience(*arguments.format(**places).split())
    assert (ended.code, ended.out) == (1, "")
    (line,) = ended.err.splitlines()
    assert line.startswith(said.format(**places))
    assert "; " in line
