"""The commands as a shell sees them: exit codes, what goes where, and inputs of every sort."""

import json
import os
import re
import shlex
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import apsw
import click
import pytest

from consilience.cli import commands
from consilience.interchange import said_digest
from tests.conftest import Command

ROOT = Path(__file__).parent.parent
FIRE = (
    "Nine dead in ferry fire\n\nPORT CALLIS, March 4, 2031 - At least nine people were killed"
    " when the ferry Aurelia caught fire on Monday, the coast guard said.\n\n"
    '"Nobody sounded the alarm," said Ines Marabe, a passenger.\n'
)
LATER = (
    "Ferry toll rises\n\nPORT CALLIS, March 6, 2031 - Fourteen people were killed when the ferry"
    " Aurelia burned on Monday, said Tomas Reyl, the transport minister.\n"
)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.txt").write_text(FIRE)
    (folder / "b.txt").write_text(LATER)
    return folder


def examples_of_help() -> list[str]:
    def lines(command: click.Command) -> list[str]:
        return re.findall(r"^ *(consilience .+)$", command.epilog or "", re.M)

    every = {name: lines(command) for name, command in commands.commands.items()}
    for name, command in commands.commands.items():
        for part in command.commands.values() if isinstance(command, click.Group) else ():
            assert lines(part), f"{name} {part.name} has no example"
            every[name] += lines(part)
    assert all(every.values()), "a command's help has no example"
    return [line for name in ("account", "read", "verify") for line in every.pop(name)] + sorted(
        line for found in every.values() for line in found
    )


def test_the_examples_in_the_help_run(
    consilience: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    for line in examples_of_help():
        if line.startswith("consilience serve "):
            assert_serves(re.sub(r"--port \d+", f"--port {free_port()}", line))
            continue
        ended = consilience(*shlex.split(line)[1:])
        assert ended.code == 0, f"{line}\n{ended.err}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def assert_serves(line: str) -> None:
    """It answers until Ctrl-C."""
    port = int(line.split()[-1])
    with subprocess.Popen(
        [sys.executable, "-m", *shlex.split(line)], stderr=subprocess.PIPE, text=True
    ) as server:
        while server.poll() is None:
            with socket.socket() as caller:
                if caller.connect_ex(("127.0.0.1", port)) == 0:
                    server.send_signal(signal.SIGINT)
                    break
            time.sleep(0.1)
        _, err = server.communicate()
    assert server.returncode in (0, 130), err
    assert "Traceback" not in err


def test_help_needs_none_of_the_stages() -> None:
    program = (
        "import sys, consilience.cli as cli\n"
        "try: cli.commands(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'numpy', 'onnxruntime', 'apsw', 'trafilatura', 'rich'} & set(sys.modules)))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ended.stdout.splitlines()[-1] == "[]"


def test_wrong_usage_ends_with_2(consilience: Command) -> None:
    assert consilience("tell").code == 2
    assert consilience("account", "a.txt").code == 2
    assert consilience("read").code == 2
    assert consilience("verify", "dossier.json", "a.txt").code == 2


def test_account_writes_three_files_and_prints_a_short_account(
    consilience: Command, pages: Path, tmp_path: Path
) -> None:
    ended = consilience("account", pages, "--out", tmp_path / "out" / "deep")
    assert (ended.code, ended.err) == (0, "")
    assert "2 documents" in ended.out
    written = {path.name for path in (tmp_path / "out" / "deep").iterdir()}
    assert written == {"index.html", "account.md", "dossier.json"}
    dossier = json.loads((tmp_path / "out" / "deep" / "dossier.json").read_text())
    assert dossier["schema"] == "consilience.dossier/1"
    assert [d["name"] for d in dossier["documents"]] == ["a.txt", "b.txt"]


def dossier_of(consilience: Command, out: Path, *inputs: object) -> dict[str, object]:
    ended = consilience("account", *inputs, "--out", out)
    assert ended.code == 0, ended.err
    dossier: dict[str, object] = json.loads((out / "dossier.json").read_text())
    return dossier


def test_the_order_in_which_files_are_named_changes_nothing(
    consilience: Command, pages: Path, tmp_path: Path
) -> None:
    a, b = pages / "a.txt", pages / "b.txt"
    one = dossier_of(consilience, tmp_path / "1", a, b)
    other = dossier_of(consilience, tmp_path / "2", b, a)
    assert one["digest"] == other["digest"]
    for name in ("index.html", "account.md"):
        assert without_time(tmp_path / "1" / name) == without_time(tmp_path / "2" / name)


def without_time(path: Path) -> str:
    return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "", path.read_text())


@pytest.mark.slow
def test_the_hash_seed_and_the_number_of_workers_change_nothing(tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    texts = [FIRE, LATER] * 12
    many.write_text(
        "".join(json.dumps({"id": f"d{n}", "text": t}) + "\n" for n, t in enumerate(texts))
    )
    digests = set()
    for seed, workers in (("0", "1"), ("1", "2"), ("77", "3")):
        out = tmp_path / seed
        subprocess.run(
            [sys.executable, "-m", "consilience", "account", many, ROOT / "examples" / "valdoro",
             "--out", out, "--workers", workers],
            env={**os.environ, "PYTHONHASHSEED": seed}, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        digests.add(json.loads((out / "dossier.json").read_text())["digest"])
    assert len(digests) == 1


UNUSABLE = {
    "a missing path": ("nowhere.txt", None),
    "a format that is not supported": ("sheet.xlsx", b"PK\x03\x04"),
    "a binary file": ("photo.txt", bytes(range(256)) * 40),
    "an empty file": ("empty.txt", b""),
    "a page with no text": ("blank.html", b"<html><body><script>var a = 1</script></body></html>"),
    "broken JSON Lines": ("broken.jsonl", b'{"text": "One.\n'),
    "JSON Lines that hold no text": ("hollow.jsonl", b'{"title": "One"}\n'),
}


@pytest.mark.parametrize(("name", "content"), UNUSABLE.values(), ids=list(UNUSABLE))
def test_what_cannot_be_used_is_one_clear_line_and_the_rest_goes_on(
    consilience: Command, pages: Path, tmp_path: Path, name: str, content: bytes | None
) -> None:
    bad = tmp_path / name
    if content is not None:
        bad.write_bytes(content)
    ended = consilience("account", bad, pages, "--out", tmp_path / "out")
    assert ended.code == 0
    assert len(ended.err.splitlines()) == 1
    assert ended.err.startswith(name)
    dossier = json.loads((tmp_path / "out" / "dossier.json").read_text())
    assert len(dossier["documents"]) == 2
    assert [failure["error"] for failure in dossier["failures"]] == [ended.err.strip()]


@pytest.mark.parametrize(("name", "content"), UNUSABLE.values(), ids=list(UNUSABLE))
@pytest.mark.parametrize("command", ["account", "read"])
def test_where_nothing_can_be_used_the_end_is_1(
    consilience: Command, tmp_path: Path, command: str, name: str, content: bytes | None
) -> None:
    bad = tmp_path / name
    if content is not None:
        bad.write_bytes(content)
    out = ("--out", tmp_path / "out") if command == "account" else ()
    ended = consilience(command, bad, *out)
    assert (ended.code, ended.out) == (1, "")
    first, last = ended.err.splitlines()
    assert first.startswith(name)
    assert last.startswith("no document could be")


def test_an_empty_folder_is_named(consilience: Command, tmp_path: Path) -> None:
    (tmp_path / "void").mkdir()
    ended = consilience("account", tmp_path / "void", "--out", tmp_path / "out")
    assert ended.code == 1
    assert "void: no files in this folder" in ended.err


def test_an_address_is_not_fetched(consilience: Command, pages: Path, tmp_path: Path) -> None:
    ended = consilience("account", "https://news.example/a", pages, "--out", tmp_path / "out")
    assert ended.code == 0
    assert ended.err.startswith("https://news.example/a: an address is fetched with --fetch")


def test_bytes_that_are_not_utf_8_are_read_by_their_own_encoding(
    consilience: Command, tmp_path: Path
) -> None:
    (tmp_path / "old.txt").write_bytes("Médica Inés Cañizares habló el lunes.".encode("cp1252"))
    ended = consilience("read", tmp_path / "old.txt")
    assert "Médica Inés Cañizares habló" in json.loads(ended.out)["document"]["text"]


def test_read_prints_one_reading_a_line_in_input_order(consilience: Command, pages: Path) -> None:
    lines = b'{"id": "x", "text": "Rosa Timm left."}\nnot JSON\n{"id": "w", "text": "He came."}\n'
    ended = consilience("read", pages / "b.txt", "-", pages / "a.txt", stdin=lines)
    assert ended.code == 0
    readings = [json.loads(line) for line in ended.out.splitlines()]
    assert {reading["schema"] for reading in readings} == {"consilience.reading/1"}
    names = [reading["document"]["name"] for reading in readings]
    assert (names[0], names[-1], len(names)) == ("b.txt", "a.txt", 4)
    assert len(ended.err.splitlines()) == 1


def test_pretty_shows_every_sentence_of_every_document(consilience: Command, pages: Path) -> None:
    sentences = [
        whole["document"]["text"][sentence["start"] : sentence["end"]]
        for whole in map(json.loads, consilience("read", pages).out.splitlines())
        for sentence in whole["sentences"]
    ]
    ended = consilience("read", pages, "--pretty")
    shown = " ".join(ended.out.split())
    assert ended.code == 0
    assert "\x1b" not in shown
    assert all(" ".join(sentence.split()) in shown for sentence in sentences)


def test_verify_passes_a_dossier_and_fails_a_changed_one(
    consilience: Command, pages: Path, tmp_path: Path
) -> None:
    consilience("account", pages, "--out", tmp_path)
    path = tmp_path / "dossier.json"
    assert consilience("verify", path).code == 0
    ended = consilience("verify", path, "--documents", pages / "a.txt", pages / "b.txt")
    assert (ended.code, ended.out) == (0, "")
    path.write_text(path.read_text().replace("Ines Marabe", "Ines Morabe"))
    ended = consilience("verify", path)
    assert ended.code == 1
    assert ended.out.splitlines()


def test_the_folder_of_an_account_stands_for_its_dossier(
    consilience: Command, pages: Path, tmp_path: Path
) -> None:
    consilience("account", pages, "--out", tmp_path / "out")
    assert consilience("verify", tmp_path / "out").code == 0
    table = tmp_path / "out.ftm"
    assert consilience("export", tmp_path / "out", "--format", "ftm", "--out", table).code == 0
    assert table.read_text()
    assert "name a dossier.json" in consilience("verify", pages).err


def test_verify_notices_other_documents(consilience: Command, pages: Path, tmp_path: Path) -> None:
    consilience("account", pages, "--out", tmp_path)
    (pages / "a.txt").write_text(FIRE.replace("nine", "eight"))
    assert consilience("verify", tmp_path / "dossier.json").code == 0
    ended = consilience("verify", tmp_path / "dossier.json", "--documents", pages)
    assert ended.code == 1
    assert "a.txt" in ended.out


@pytest.mark.parametrize("content", [None, b"", b"{}", b"not JSON", b'{"schema": "other/1"}'])
def test_verify_says_what_is_no_dossier(
    consilience: Command, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "d.json"
    if content is not None:
        path.write_bytes(content)
    ended = consilience("verify", path)
    assert (ended.code, ended.out) == (1, "")
    assert len(ended.err.splitlines()) == 1


def test_a_folder_that_cannot_be_made_is_named_before_the_work(
    consilience: Command, pages: Path, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("a file")
    ended = consilience("account", pages, "--out", tmp_path / "taken" / "deep")
    assert ended.code == 1
    assert ended.err.startswith(str(tmp_path / "taken"))
    assert len(ended.err.splitlines()) == 1


def test_a_case_reads_nothing_twice_and_shows_what_changed(
    consilience: Command, pages: Path, tmp_path: Path
) -> None:
    case = ("--out", tmp_path / "out", "--case", tmp_path / "case.db")
    consilience("account", pages / "a.txt", *case)
    first = readings_kept(tmp_path / "case.db")
    ended = consilience("account", pages, *case)
    assert "New document: b.txt" in ended.out
    assert len(first) == 1
    assert len(readings_kept(tmp_path / "case.db")) == 2
    assert first <= readings_kept(tmp_path / "case.db")
    again = consilience("account", pages, *case)
    assert "no change" in again.out
    assert len(readings_kept(tmp_path / "case.db")) == 2


def test_what_a_run_wrote_into_the_folder_it_reads_is_no_witness_in_the_next(
    consilience: Command, pages: Path
) -> None:
    case = ("--out", pages / "out", "--case", pages / "case.db")
    consilience("account", pages, *case)
    again = consilience("account", pages, *case)
    assert (again.code, again.err) == (0, "")
    assert "no change" in again.out


def readings_kept(case: Path) -> set[int]:
    """The row ids of all readings: a document read again would get a new one."""
    db = apsw.Connection(str(case), flags=apsw.SQLITE_OPEN_READONLY)
    rows = {row_id for (row_id,) in db.execute("SELECT rowid FROM reading")}
    db.close()
    return rows


def test_a_case_gives_the_same_dossier_as_no_case(
    consilience: Command, pages: Path, tmp_path: Path
) -> None:
    plain = dossier_of(consilience, tmp_path / "1", pages)
    case = tmp_path / "case.db"
    consilience("account", pages / "b.txt", "--out", tmp_path / "2", "--case", case)
    kept = dossier_of(consilience, tmp_path / "2", pages, "--case", case)
    assert said_digest(plain) == said_digest(kept)
    assert kept["changes"]
    assert plain["changes"] == []


def test_what_is_no_case_is_named(consilience: Command, pages: Path, tmp_path: Path) -> None:
    ended = consilience("account", pages, "--out", tmp_path / "out", "--case", pages / "a.txt")
    assert ended.code == 1
    assert len(ended.err.splitlines()) == 1
    assert (pages / "a.txt").read_text() == FIRE


def test_the_files_written_may_be_read_by_others(
    consilience: Command, pages: Path, tmp_path: Path
) -> None:
    consilience("account", pages, "--out", tmp_path / "out")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "out").iterdir()}
    assert modes == {0o644}
