"""A damaged case made anew: the same account where what was given is whole, and else it says so."""

import hashlib
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from consilience.errors import ConsilienceError, InputError
from consilience.ingest import Raw
from consilience.pipeline import run
from consilience.read import reader_version
from consilience.repair import repair
from consilience.store import open_store
from consilience.store.migrations import MIGRATIONS
from tests.conftest import Command
from tests.small_cases import STARTED, OneReader, page, raw
from tests.store.damage import DAMAGES, FIRST, Answers, answers, damaged, make_case
from tests.store.earlier import set_back


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, engine: OneReader) -> Path:
    path = tmp_path_factory.mktemp("whole") / "case.db"
    make_case(path, engine)
    return path


@pytest.fixture(scope="module")
def expected(whole: Path, engine: OneReader, tmp_path_factory: pytest.TempPathFactory) -> Answers:
    copy = shutil.copy(whole, tmp_path_factory.mktemp("expected") / "case.db")
    return answers(Path(copy), engine)


@pytest.mark.threat("S6")
def test_a_whole_case_made_anew_is_the_same_at_every_door(
    whole: Path, expected: Answers, engine: OneReader, tmp_path: Path
) -> None:
    before = whole.read_bytes()
    assert repair(whole, tmp_path / "new.db", engine, STARTED) == ()
    assert answers(tmp_path / "new.db", engine) == expected
    assert whole.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["new.db"]


@pytest.mark.threat("S6")
@pytest.mark.parametrize(
    ("first", "n"),
    [
        (0, len(DAMAGES)),
        *(pytest.param(n, 54, marks=pytest.mark.slow) for n in range(18, 558, 54)),
    ],
)
def test_a_repaired_case_gives_the_same_account_or_says_what_is_lost(
    whole: Path,
    expected: Answers,
    engine: OneReader,
    tmp_path: Path,
    reached: Callable[[str], None],
    first: int,
    n: int,
) -> None:
    content, case, new = whole.read_bytes(), tmp_path / "case.db", tmp_path / "new.db"
    n_same = n_told = n_refused = 0
    for number in range(first, first + n):
        case.write_bytes(damaged(content, number))
        try:
            lost = repair(case, new, engine, STARTED)
        except ConsilienceError:
            n_refused += 1
            continue
        n_told += bool(lost)
        if not lost:
            made = answers(new, engine)
            # Where judgements were damaged, the same ones stand, made in another order.
            assert made | {"beliefs": ""} == expected | {"beliefs": ""}, number
            n_same += 1
        new.unlink()
    assert n_same > n // 3
    reached(f"{n} damaged: {n_same} the same, {n_told} told what is lost, {n_refused} held nothing")


@pytest.mark.threat("S6")
def test_documents_and_readings_that_are_damaged_are_made_again_from_the_bytes(
    whole: Path, expected: Answers, engine: OneReader, tmp_path: Path
) -> None:
    case = tmp_path / "case.db"
    content = whole.read_bytes()
    for words in (b'"sentences":[', b'"parts":[', b'"verdict":"'):
        assert words in content
        content = content.replace(words, words[:-1] + b"!")
    case.write_bytes(content)
    lost = repair(case, tmp_path / "new.db", engine, STARTED)
    assert [line for line in lost if not line.startswith("dossier ")] == []
    with closing(open_store(tmp_path / "new.db")) as store:
        told = run((), store, engine, STARTED)
    assert told.findings
    assert answers(tmp_path / "new.db", engine)["server"] == expected["server"]


@pytest.mark.parametrize("schema", range(2, len(MIGRATIONS)))
def test_a_case_of_an_earlier_schema_is_made_anew(
    whole: Path, expected: Answers, engine: OneReader, tmp_path: Path, schema: int
) -> None:
    case = Path(shutil.copy(whole, tmp_path / "case.db"))
    set_back(case, schema)
    assert repair(case, tmp_path / "new.db", engine, STARTED) == ()
    made = answers(tmp_path / "new.db", engine)
    same = {"account", "export"} if schema > 3 else set()
    assert {door for door in same if made[door] == expected[door]} == same


def test_what_a_killed_repair_left_is_cleared_away(
    whole: Path, engine: OneReader, tmp_path: Path
) -> None:
    left = tmp_path / ".new.db.scratch" / "held"
    left.mkdir(parents=True)
    (left / "new.db").write_text("half of a case")
    (left / "new-of-damaged.db-wal").write_text("of another")
    assert repair(whole, tmp_path / "new.db", engine, STARTED) == ()
    assert [path.name for path in tmp_path.iterdir()] == ["new.db"]


def test_a_new_file_that_is_there_already_is_left_alone(
    whole: Path, engine: OneReader, tmp_path: Path
) -> None:
    (tmp_path / "new.db").write_text("mine")
    with pytest.raises(InputError, match="is there already"):
        repair(whole, tmp_path / "new.db", engine, STARTED)
    assert (tmp_path / "new.db").read_text() == "mine"


def test_the_command_names_what_is_lost(consilience: Command, whole: Path, tmp_path: Path) -> None:
    case = Path(shutil.copy(whole, tmp_path / "case.db"))
    ended = consilience("repair", case)
    assert (ended.code, ended.out) == (0, "")
    assert ended.err == f"{tmp_path}/case-repaired.db: all that was given is in it\n"
    case.write_bytes(case.read_bytes().replace(b"Ask the guard.", b"Ask the board."))
    ended = consilience("repair", case, "--out", tmp_path / "new.db")
    assert (ended.code, ended.out, ended.err) == (1, "decision 1: damaged, and lost\n", "")
    assert consilience("decide", tmp_path / "new.db", "list").code == 0
    case.write_bytes(b"SQLite format 3\0")
    ended = consilience("repair", case, "--out", tmp_path / "none.db")
    assert (ended.code, ended.err.count("\n")) == (1, 1)
    assert not (tmp_path / "none.db").exists()
    assert consilience("repair", tmp_path / "nowhere.db").code == 1


def test_what_could_not_be_used_is_taken_over_too(engine: OneReader, tmp_path: Path) -> None:
    case = tmp_path / "case.db"
    bad = Raw("bad.jsonl", ".jsonl", hashlib.sha256(b"{").hexdigest(), b"{")
    with closing(open_store(case)) as store:
        run([bad, raw(page(FIRST))], store, engine, STARTED)
        failures = store.failures(reader_version())
    assert repair(case, tmp_path / "new.db", engine, STARTED) == ()
    with closing(open_store(tmp_path / "new.db")) as store:
        assert store.failures(reader_version()) == failures != ()
