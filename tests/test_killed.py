"""A command killed at any moment: what it had said was kept is kept, what it was writing is whole
or not there, and run again it ends as if nothing had been."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import apsw
import pytest

from consilience.ingest import list_inputs
from consilience.interchange import dossier_to_json, dumps, loads
from consilience.pipeline import run
from consilience.records import Dossier
from consilience.store import open_store
from consilience.tell.verify import verify_json
from tests.conftest import Command
from tests.small_cases import STARTED, OneReader

FIRST = (
    "Arlow Press, 5 March 2031\n\nEight people died in the blast at Corrin on 4 March 2031, police"
    " said.\n\n“It shook the whole valley,” said Anna Lind, the mayor.\n"
)
SECOND = (
    "Daily Wharf, 6 March 2031\n\nPolice spoke of eight dead at Corrin on Tuesday. The mine"
    " belongs to Norland Coal. Anna Lind asked for help.\n"
)
LATER = (
    "Norland Times, 7 March 2031\n\nThe toll of the blast at Corrin on 4 March 2031 rose to 13,"
    " the ministry said on Friday.\n"
)
DECIDER = """
import sys
from consilience.cli import commands
for n in range(1000):
    commands(["decide", sys.argv[1], "note", "Anna Lind", f"Remark {n}.", "--by", "Iris"],
             standalone_mode=False)
    sys.stdout.flush()
"""
FILES = ("dossier.json", "account.md", "index.html")
# When to kill, as a share of the time the command takes undisturbed: early in it the packages are
# loaded, late in it the files are written. With those of decisions 200 moments.
_CHANCE = random.Random(6)
MANY = [round(_CHANCE.uniform(0.05, 1.1), 3) for _ in range(52)]
# So many that processes beside read them.
N_CROWD = 24


# A process with all packages loaded begins each command in a copy of itself, so that a kill costs
# no second of loading and falls where something is done.
BEGINNER = """
import json, os, sys
import apsw, onnxruntime, trafilatura
import consilience.engine, consilience.flow.cases, consilience.ingest, consilience.pipeline
import consilience.tell.to_html, consilience.tell.to_markdown
from consilience.cli import main
for line in sys.stdin:
    child = os.fork()
    if child == 0:
        os.setsid()
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        sys.argv = ["consilience", *json.loads(line)]
        try:
            main()
        except SystemExit as end:
            os._exit(end.code or 0)
        os._exit(0)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Beginner:
    """Begins commands, one at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", BEGINNER],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
        )  # fmt: skip

    def took_s(self, *arguments: object) -> float:
        begun = time.monotonic()
        self._begin(arguments)
        assert self._line() == 0
        return time.monotonic() - begun

    def kill(self, after_s: float, *arguments: object) -> None:
        child = self._begin(arguments)
        time.sleep(after_s)
        with suppress(ProcessLookupError):  # it had ended
            os.killpg(child, signal.SIGKILL)
        assert self._line() in (0, -signal.SIGKILL)

    def close(self) -> None:
        self._process.communicate()
        assert self._process.returncode == 0

    def _begin(self, arguments: tuple[object, ...]) -> int:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([*map(str, arguments)]) + "\n")
        self._process.stdin.flush()
        return self._line()

    def _line(self) -> int:
        assert self._process.stdout is not None
        return int(self._process.stdout.readline())


@pytest.fixture(scope="module")
def beginner() -> Iterator[Beginner]:
    one = Beginner()
    yield one
    one.close()


@dataclass(frozen=True, slots=True)
class Killed:
    """Kill a command, its workers too, once that share of the time has gone by which it takes
    undisturbed."""

    beginner: Beginner
    whole_s: float

    def __call__(self, share: float, *arguments: object) -> None:
        self.beginner.kill(share * self.whole_s, *arguments)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    (folder / "1.txt").write_text(FIRST)
    (folder / "2.txt").write_text(SECOND)
    later = folder.parent / "later"
    later.mkdir(exist_ok=True)
    (later / "3.txt").write_text(LATER)
    return folder


@dataclass(frozen=True, slots=True)
class Whole:
    """What comes undisturbed: `out` of an account, `added` with a page added to its case.

    `made` is the case as it was before the page was added.
    """

    folder: Path
    made: bytes
    killed: Killed


@pytest.fixture(scope="module")
def whole(beginner: Beginner, pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Whole:
    folder = tmp_path_factory.mktemp("whole")
    seconds = beginner.took_s("account", pages, "--case", folder / "a.db", "--out", folder / "out")
    made = (folder / "a.db").read_bytes()
    beginner.took_s("add", folder / "a.db", pages.parent / "later", "--out", folder / "added")
    return Whole(folder, made, Killed(beginner, seconds))


@pytest.fixture(scope="module")
def cases(beginner: Beginner, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lines for a batch, beside what it makes of them undisturbed."""
    path = tmp_path_factory.mktemp("cases") / "cases.jsonl"
    lines = [{"case": n, "documents": [{"text": text} for text in (FIRST, SECOND, LATER)[: n + 1]]}
             for n in range(3)]  # fmt: skip
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    beginner.took_s("batch", path, "--out", path.with_name("whole.jsonl"))
    return path


def said(folder: Path) -> list[str]:
    """The files of a dossier, but for the time of the run."""
    return [untimed((folder / name).read_text(encoding="utf-8")) for name in FILES]


def untimed(text: str) -> str:
    return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "", text)


def assert_whole_or_absent(folder: Path) -> None:
    for name in FILES:
        path = folder / name
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        match name if text else None:
            case "dossier.json":
                assert verify_json(loads(text, name)) == ()
            case "index.html":
                assert text.endswith("</html>\n")
            case "account.md":
                assert text.startswith("# ")
                assert text.endswith("\n")


def assert_sound(case: Path) -> None:
    if case.exists():
        db = apsw.Connection(str(case))
        assert db.pragma("integrity_check") == "ok"
        db.close()


def moments(*shares: float, n_slow: int = len(MANY)) -> "pytest.MarkDecorator":
    """These always, many more where time is no matter."""
    slow = [pytest.param(share, marks=pytest.mark.slow) for share in MANY[:n_slow]]
    return pytest.mark.parametrize("share", [*shares, *slow])


@pytest.mark.threat("S1")
@moments(0.7, 0.95, n_slow=46)
def test_an_account_killed_is_finished_by_the_next_run(
    consilience: Command, whole: Whole, pages: Path, tmp_path: Path, share: float
) -> None:
    command = ("account", pages, "--case", tmp_path / "a.db", "--out", tmp_path / "out")
    whole.killed(share, *command)
    assert_whole_or_absent(tmp_path / "out")
    assert_sound(tmp_path / "a.db")
    assert consilience(*command).code == 0
    assert said(tmp_path / "out") == said(whole.folder / "out")


@dataclass(frozen=True, slots=True)
class Crowd:
    """Many pages, what comes of them undisturbed, and what kills the command for it."""

    pages: Path
    told: list[str]
    killed: Killed


@pytest.fixture(scope="module")
def crowd(beginner: Beginner, tmp_path_factory: pytest.TempPathFactory) -> Crowd:
    folder = tmp_path_factory.mktemp("crowd")
    pages = folder / "pages"
    pages.mkdir()
    for n in range(N_CROWD):
        text = (FIRST, SECOND, LATER)[n % 3].replace("Anna Lind", f"Anna Lind{'ae' * (n // 8)}")
        (pages / f"{n:02}.txt").write_text(text.replace("the valley", f"valley {n}"))
    seconds = beginner.took_s("account", pages, "--case", folder / "a.db", "--out", folder / "out")
    return Crowd(pages, said(folder / "out"), Killed(beginner, seconds))


@pytest.mark.slow
@pytest.mark.threat("S1")
@pytest.mark.parametrize("share", MANY[:24])
def test_an_account_killed_with_its_workers_loses_no_reading_it_had_kept(
    consilience: Command, crowd: Crowd, tmp_path: Path, share: float
) -> None:
    command = ("account", crowd.pages, "--case", tmp_path / "a.db", "--out", tmp_path / "out")
    crowd.killed(share, *command)
    assert_sound(tmp_path / "a.db")
    n_kept = n_read(tmp_path / "a.db") if (tmp_path / "a.db").exists() else 0
    ended = consilience(*command)
    assert ended.code == 0
    assert n_kept <= n_read(tmp_path / "a.db") == N_CROWD
    assert said(tmp_path / "out") == crowd.told


@pytest.mark.threat("S1")
@moments(0.75, 0.95)
def test_a_page_whose_adding_was_killed_is_added_by_the_next_run_with_what_it_changes(
    consilience: Command, whole: Whole, pages: Path, tmp_path: Path, share: float
) -> None:
    (tmp_path / "a.db").write_bytes(whole.made)
    command = ("add", tmp_path / "a.db", pages.parent / "later", "--out", tmp_path / "added")
    whole.killed(share, *command)
    assert_whole_or_absent(tmp_path / "added")
    assert_sound(tmp_path / "a.db")
    assert consilience(*command).code == 0
    assert said(tmp_path / "added") == said(whole.folder / "added")
    states = consilience("history", tmp_path / "a.db").out.splitlines()
    assert [line[0] for line in states if line[0].isdigit()] == ["1", "2"]


@pytest.mark.threat("S1")
@moments(0.6, 0.95)
def test_a_batch_killed_leaves_all_its_lines_or_no_file(
    consilience: Command, whole: Whole, cases: Path, tmp_path: Path, share: float
) -> None:
    out = tmp_path / "batch.jsonl"
    command = ("batch", cases, "--out", out)
    expected = untold(cases.with_name("whole.jsonl").read_text(encoding="utf-8"))
    whole.killed(share, *command)
    assert not out.exists() or untold(out.read_text(encoding="utf-8")) == expected
    assert consilience(*command).code == 0
    assert untold(out.read_text(encoding="utf-8")) == expected


def untold(lines: str) -> list[str]:
    """Lines of a batch but for the time, each whole JSON."""
    return [json.dumps(json.loads(untimed(line))) for line in lines.splitlines()]


@pytest.mark.threat("S1")
def test_a_page_whose_adding_was_killed_once_it_was_read_is_added_by_the_next_run(
    consilience: Command, engine: OneReader, pages: Path, tmp_path: Path
) -> None:
    later = pages.parent / "later"
    first, both = told(engine, tmp_path / "a.db", pages), tmp_path / "b.db"
    both.write_bytes((tmp_path / "a.db").read_bytes())
    expected = told(engine, both, later)
    assert first.changes == ()
    command = [sys.executable, "-m", "consilience", "add", str(tmp_path / "a.db"), str(later)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True) as process:
        while process.poll() is None and n_read(tmp_path / "a.db") < 3:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGKILL)
    assert consilience("add", tmp_path / "a.db", later, "--out", tmp_path / "out").code == 0
    dossier = untimed((tmp_path / "out" / "dossier.json").read_text(encoding="utf-8"))
    again = untimed(dumps(dossier_to_json(expected)))
    assert dossier == again
    assert expected.changes


def told(engine: OneReader, case: Path, folder: Path) -> Dossier:
    with closing(open_store(case)) as store:
        return run(list_inputs([folder]), store, engine, STARTED)


def n_read(case: Path) -> int:
    db = apsw.Connection(str(case), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        db.set_busy_timeout(2000)
        return int(db.execute("SELECT count(*) FROM reading").get)
    finally:
        db.close()


@pytest.mark.threat("S1")
@pytest.mark.parametrize(
    "delay_s", [0.1, *(pytest.param(n / 20, marks=pytest.mark.slow) for n in range(30))]
)
def test_every_decision_that_was_acknowledged_is_kept(
    consilience: Command,
    engine: OneReader,
    pages: Path,
    tmp_path: Path,
    delay_s: float,
    reached: Callable[[str], None],
) -> None:
    case = tmp_path / "a.db"
    told(engine, case, pages)
    decider = subprocess.Popen(
        [sys.executable, "-c", DECIDER, str(case)], stdout=subprocess.PIPE, text=True
    )
    with decider:
        assert decider.stdout is not None
        lines = [decider.stdout.readline()]
        time.sleep(delay_s)
        decider.kill()
        lines += decider.stdout.readlines()
    acknowledged = [line for line in lines if line.endswith("\n")]
    kept = consilience("decide", case, "list").out.splitlines()
    assert len(acknowledged) <= len(kept) <= len(acknowledged) + 1
    assert consilience("account", "--case", case, "--out", tmp_path / "out").code == 0
    dossier = json.loads((tmp_path / "out" / "dossier.json").read_text(encoding="utf-8"))
    assert len(dossier["decisions"]) == len(kept)
    reached(f"{len(acknowledged)} acknowledged, {len(kept)} kept")
