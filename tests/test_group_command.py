"""`consilience group` as a shell sees it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import Command

LINES = """\
{"id": "a", "text": "The ferry Aurelia burned off Port Callis.", "published": "2031-03-04"}
{"id": "b", "text": "", "title": "Ferry Aurelia burned off Port Callis", "published": "2031-03-04"}
not json
{"id": "c", "text": ""}
{"id": "a", "text": "Another page under a name that is taken."}
{"id": "d", "html": "<p>The council of Elmsford approved a budget for its schools on Monday.</p>"}
"""


def groups(path: Path) -> list[tuple[str, str]]:
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert all(list(line) == ["document", "group"] for line in lines)
    return [(line["document"], line["group"]) for line in lines]


def test_each_document_has_its_group_in_input_order_and_what_is_bad_is_named(
    consilience: Command, tmp_path: Path
) -> None:
    stream, out = tmp_path / "docs.jsonl", tmp_path / "groups.jsonl"
    stream.write_text(LINES)
    ended = consilience("group", str(stream), "--out", str(out))
    assert ended.code == 0
    assert ended.out == ""
    assert [line.split(": ")[0] for line in ended.err.splitlines()] == ["docs.jsonl:3", "a"]
    found = groups(out)
    assert [document for document, _ in found] == ["a", "b", "c", "d"]
    by_document = dict(found)
    assert by_document["a"] == by_document["b"]
    assert len(set(by_document.values())) == 3


def test_a_line_given_twice_is_written_twice(consilience: Command, tmp_path: Path) -> None:
    out = tmp_path / "groups.jsonl"
    line = LINES.splitlines()[0]
    assert consilience("group", "-", "--out", out, stdin=f"{line}\n{line}".encode()).code == 0
    first, second = groups(out)
    assert first == second


def test_a_stream_may_come_from_stdin_and_from_several_files(
    consilience: Command, tmp_path: Path
) -> None:
    first, second = LINES.splitlines()[:2]
    (tmp_path / "second.jsonl").write_text(second)
    out = tmp_path / "groups.jsonl"
    ended = consilience(
        "group", "-", str(tmp_path / "second.jsonl"), "--out", str(out), stdin=first.encode()
    )
    assert ended.code == 0, ended.err
    assert [document for document, _ in groups(out)] == ["a", "b"]


def test_nothing_that_can_be_used_is_an_error_and_writes_nothing(
    consilience: Command, tmp_path: Path
) -> None:
    out = tmp_path / "groups.jsonl"
    ended = consilience("group", str(tmp_path / "missing.jsonl"), "--out", str(out))
    assert ended.code == 1
    assert "missing.jsonl" in ended.err
    assert not out.exists()


@pytest.mark.threat("S1")
def test_killed_and_run_again_it_leaves_nothing_but_its_groups(tmp_path: Path) -> None:
    out = tmp_path / "groups.jsonl"
    (tmp_path / "docs.jsonl").write_text(LINES)
    command = [sys.executable, "-m", "consilience", "group", "-", "--out", str(out)]
    waiting = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)
    assert waiting.stdin is not None
    until = time.monotonic() + 60
    while not list(tmp_path.rglob("documents")) and time.monotonic() < until:
        time.sleep(0.05)
    left = {path.name for path in tmp_path.iterdir()}
    os.killpg(waiting.pid, signal.SIGKILL)
    waiting.wait()
    waiting.stdin.close()
    assert left == {".groups.jsonl.scratch", "docs.jsonl"}
    again = [str(tmp_path / "docs.jsonl") if part == "-" else part for part in command]
    assert subprocess.run(again, stderr=subprocess.DEVNULL).returncode == 0
    assert {path.name for path in tmp_path.iterdir()} == {"groups.jsonl", "docs.jsonl"}
    assert len(groups(out)) == 4
