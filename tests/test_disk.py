"""A disk that is full or may not be written: one line that names the file; later it goes on."""

import json
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

TEXT = (
    "Daily Wharf, {day} March 2031\n\nPolice spoke of {n} dead at Corrin on 4 March 2031. The mine"
    " belongs to Norland Coal. Anna Lind, the mayor, asked for help.\n"
)
CASES = '{"case": 1, "documents": [{"language": "en", "text": "Eight died at Corrin on 4 May."}]}\n'
CLAIMS = "source,item,value\nPost,dead,8\nWharf,dead,9\n"
NAMESPACE = ("unshare", "--user", "--map-root-user", "--mount")
KIB = 1024


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for n in range(3):
        # Of a language that is not said a library keeps its tables in a temporary file.
        page = {"id": f"{n}", "language": "en", "text": TEXT.format(day=5 + n, n=8 + n)}
        (folder / f"{n}.jsonl").write_text(json.dumps(page))
    (folder.parent / "cases.jsonl").write_text(CASES)
    (folder.parent / "claims.csv").write_text(CLAIMS)
    return folder


@pytest.fixture(scope="module")
def whole(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a case and what is written of it where there is room."""
    folder = tmp_path_factory.mktemp("whole")
    ended = consilience("account", pages, "--case", folder / "a.db", "--out", folder / "out")
    assert ended.returncode == 0, ended.stderr
    return folder


def consilience(
    *arguments: object, most_bytes: int = resource.RLIM_INFINITY
) -> "subprocess.CompletedProcess[str]":
    """A command that may write no file beyond that size."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, resource.RLIM_INFINITY))

    return subprocess.run(
        [sys.executable, "-m", "consilience", *map(str, arguments)],
        capture_output=True, text=True, preexec_fn=limit,
    )  # fmt: skip


def assert_refused(ended: "subprocess.CompletedProcess[str]", path: Path) -> None:
    assert ended.returncode == 1, ended.stderr
    assert ended.stderr.count("\n") == 1, ended.stderr
    assert ended.stderr.startswith(f"{path}"), ended.stderr


def untimed(folder: Path) -> str:
    text = (folder / "dossier.json").read_text(encoding="utf-8")
    return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "", text)


@pytest.mark.threat("S4")
@pytest.mark.parametrize(
    "kib", [200, *(pytest.param(n, marks=pytest.mark.slow) for n in (1, 40, 100, 160, 230, 260))]
)
def test_a_case_for_which_there_is_no_room_goes_on_once_there_is(
    pages: Path, whole: Path, tmp_path: Path, reached: Callable[[str], None], kib: int
) -> None:
    case, out = tmp_path / "a.db", tmp_path / "out"
    command = ("account", pages, "--case", case, "--out", out)
    ended = consilience(*command, most_bytes=kib * KIB)
    assert_refused(ended, case)
    assert list(out.iterdir()) == []
    again = consilience(*command)
    assert again.returncode == 0, again.stderr
    assert untimed(out) == untimed(whole / "out")
    line = ended.stderr.removeprefix(f"{case}: ").strip()
    reached(f"{kib} KiB: {line}")


@pytest.mark.threat("S4", "W11")
@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "dossier.json", "--format", "csv", "--out"),
        *(
            pytest.param(arguments, marks=pytest.mark.slow)
            for arguments in (
                ("export", "dossier.json", "--format", "ftm", "--out"),
                ("account", "pages", "--out"),
                ("batch", "cases.jsonl", "--out"),
                ("group", "pages", "--out"),
                ("weigh", "claims.csv", "--out"),
            )
        ),
    ],
    ids=lambda arguments: f"{arguments[0]} {arguments[-2]}",
)
def test_what_is_written_is_whole_or_not_there(
    pages: Path, whole: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    places = {"dossier.json": whole / "out" / "dossier.json", "pages": pages}
    places |= {name: pages.parent / name for name in ("cases.jsonl", "claims.csv")}
    out = tmp_path / "out"
    command = [places.get(one, one) for one in arguments]
    assert_refused(consilience(*command, out, most_bytes=20), out)
    assert not out.exists() or (out.is_dir() and list(out.iterdir()) == [])
    assert consilience(*command, out).returncode == 0


def in_namespace(script: str, *arguments: object) -> "subprocess.CompletedProcess[str]":
    """Run with mounts of its own; the script's $1, $2 … are the arguments, $0 is Python."""
    if shutil.which("unshare") is None or subprocess.run([*NAMESPACE, "true"]).returncode:
        pytest.skip("no namespaces here")
    command = [*NAMESPACE, "sh", "-c", script, sys.executable, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True)


@pytest.mark.threat("S4")
def test_a_full_disk_is_named_and_the_case_goes_on_once_there_is_room(
    pages: Path, whole: Path, tmp_path: Path
) -> None:
    disk, out = tmp_path / "disk", tmp_path / "out"
    disk.mkdir()
    ended = in_namespace(
        'mount -t tmpfs -o size=256k none "$1"\n'
        'if "$0" -m consilience account "$2" --case "$1/a.db" --out "$3"; then exit 7; fi\n'
        'mount -o remount,size=32m "$1"\n'
        'exec "$0" -m consilience account "$2" --case "$1/a.db" --out "$3"',
        disk, pages, out,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == (
        f"{disk}/a.db: the disk is full; make room and run again, finished work is kept\n"
    )
    assert untimed(out) == untimed(whole / "out")


@pytest.mark.threat("S4", "S6")
@pytest.mark.parametrize("command", ["account --case {case} --out {out}", "history {case}"])
def test_a_case_in_a_folder_that_may_only_be_read_is_named(
    whole: Path, tmp_path: Path, command: str
) -> None:
    shutil.copy(whole / "a.db", tmp_path / "a.db")
    case, out = tmp_path / "a.db", whole / "again"
    words = command.format(case=case, out=out).split()
    script = 'mount --bind "$1" "$1"; mount -o remount,ro,bind "$1"; shift; exec "$0" "$@"'
    ended = in_namespace(script, tmp_path, "-m", "consilience", *words)
    assert_refused(ended, case)
