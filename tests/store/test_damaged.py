"""A case gone bad: every door gives the answer of the whole one or refuses in one line."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from consilience.store.migrations import MIGRATIONS
from tests.conftest import Command
from tests.small_cases import OneReader
from tests.store.damage import (
    Answers,
    answers,
    damaged,
    is_refused,
    letters,
    make_case,
    places,
    with_another_letter,
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, engine: OneReader) -> bytes:
    path = tmp_path_factory.mktemp("whole") / "case.db"
    make_case(path, engine)
    return path.read_bytes()


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory, engine: OneReader, whole: bytes) -> Answers:
    return answers_of(whole, tmp_path_factory.mktemp("expected") / "case.db", engine)


def answers_of(content: bytes, path: Path, engine: OneReader) -> Answers:
    for beside in path.parent.glob(f"{path.name}*"):
        beside.unlink()
    path.write_bytes(content)
    return answers(path, engine)


def assert_same_or_refused(found: Answers, expected: Answers) -> bool:
    """Whether any door refused."""
    for door, answer in found.items():
        if is_refused(answer):
            assert "\n" not in answer
        else:
            assert answer == expected[door], door
    return any(map(is_refused, found.values()))


@pytest.mark.threat("S6")
@pytest.mark.parametrize(
    ("first", "n"),
    [(0, 60), *(pytest.param(n, 94, marks=pytest.mark.slow) for n in range(60, 1000, 94))],
)
def test_a_damaged_case_answers_as_the_whole_one_or_not_at_all(
    whole: bytes,
    expected: Answers,
    engine: OneReader,
    tmp_path: Path,
    reached: Callable[[str], None],
    first: int,
    n: int,
) -> None:
    n_refused = 0
    for number in range(first, first + n):
        found = answers_of(damaged(whole, number), tmp_path / "case.db", engine)
        n_refused += assert_same_or_refused(found, expected)
    assert n_refused > n // 3
    reached(f"{n} damaged, {n_refused} refused, no other answer")


@pytest.mark.threat("S6")
def test_a_changed_letter_of_any_column_is_found_out(
    whole: bytes,
    expected: Answers,
    engine: OneReader,
    tmp_path: Path,
    reached: Callable[[str], None],
) -> None:
    (tmp_path / "case.db").write_bytes(whole)
    n_changed: Counter[str] = Counter()
    for column, words in letters(tmp_path / "case.db"):
        if column.startswith("sentence."):
            continue  # what is remembered is sealed with the sentence itself: tests/read
        for at in places(whole, words)[:1]:
            content = with_another_letter(whole, at + len(words) // 2)
            found = answers_of(content, tmp_path / "case.db", engine)
            assert_same_or_refused(found, expected)
            n_changed[column] += 1
    assert len(n_changed) > 20
    reached(f"{n_changed.total()} letters in {len(n_changed)} columns, no other answer")


@pytest.mark.threat("S6")
def test_each_command_refuses_a_damaged_case_in_one_line(
    consilience: Command, whole: bytes, tmp_path: Path
) -> None:
    case = tmp_path / "case.db"
    case.write_bytes(whole[: len(whole) // 2])
    for arguments in commands_on(case, tmp_path):
        ended = consilience(*arguments)
        assert (ended.code, ended.out) == (1, ""), arguments
        assert ended.err.startswith(f"{case}: damaged; "), arguments
        assert ended.err.count("\n") == 1, arguments


def commands_on(case: Path, folder: Path) -> list[tuple[object, ...]]:
    return [
        ("account", "--case", case, "--out", folder / "out"),
        ("history", case),
        ("export", case, "--format", "ftm", "--out", folder / "export"),
        ("check", case, "Nine people died."),
        ("decide", case, "list"),
        ("serve", case),
        ("token", case, "list"),
    ]


def other_files(folder: Path) -> list[tuple[Path, str]]:
    """What is no case, and the words it is refused with."""
    text, other, newer, cut = (folder / n for n in ("notes.txt", "other.db", "newer.db", "cut.db"))
    text.write_text("These are notes, no case. " * 100)
    cut.write_bytes(b"SQLite format 3\0")
    db = apsw.Connection(str(other))
    db.execute("CREATE TABLE bookmark (url)")
    db.close()
    db = apsw.Connection(str(newer))
    for step in MIGRATIONS:
        step(db)
    db.pragma("user_version", len(MIGRATIONS) + 1)
    db.close()
    return [
        (text, "not a case"),
        (other, "another program"),
        (newer, "newer than this program"),
        (cut, "not a case"),
    ]


@pytest.mark.threat("S6")
def test_what_is_no_case_is_refused_in_one_line_and_left_alone(
    consilience: Command, tmp_path: Path
) -> None:
    for path, why in other_files(tmp_path):
        before = path.read_bytes()
        for arguments in commands_on(path, tmp_path):
            if arguments[0] == "export" and path.name == "notes.txt":
                continue  # taken for a dossier.json
            ended = consilience(*arguments)
            assert (ended.code, ended.out) == (1, ""), arguments
            assert why in ended.err, arguments
            assert ended.err.count("\n") == 1, arguments
        assert path.read_bytes() == before


@pytest.mark.threat("S6")
def test_a_folder_is_no_case(consilience: Command, tmp_path: Path) -> None:
    for arguments in commands_on(tmp_path, tmp_path):
        ended = consilience(*arguments)
        assert (ended.code, ended.out, ended.err.count("\n")) == (1, "", 1), arguments
        assert str(tmp_path) in ended.err
