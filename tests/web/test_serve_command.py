"""`consilience serve` as a process: what is acknowledged outlives it, whoever else writes."""

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Command
from tests.web.serving import PATIENCE_S, Server, serving

INQUIRY = (
    "PORT CALLIS, March 9, 2031 - Tomas Reyl told the inquiry on Saturday that the doors of the"
    " ferry were locked.\n"
)


def upload(server: Server, name: str, data: bytes, *fields: str) -> Any:
    parts = [f'name="file"; filename="{name}"\r\n\r\n'.encode() + data]
    parts += [f'name="{f.partition("=")[0]}"\r\n\r\n{f.partition("=")[2]}'.encode() for f in fields]
    body = b"".join(b"--x\r\nContent-Disposition: form-data; " + part + b"\r\n" for part in parts)
    kind = "multipart/form-data; boundary=x"
    return server.post("/api/documents/files", body + b"--x--\r\n", content_type=kind)


def note(server: Server, text: str, version: str) -> Any:
    said = {"kind": "note", "record": "Olga Brandt", "text": text, "version": version, "by": "Iris"}
    return server.post("/api/decisions", said)


def test_documents_are_added_and_told_beside_what_the_shell_does(
    case_file: Path, consilience: Command
) -> None:
    with serving(case_file) as server:
        before = server.get("/api/case").json
        assert (before["state"], before["n_documents"]) == (1, 2)
        added = upload(server, "inquiry.txt", INQUIRY.encode(), "by=Iris")
        assert (added.status, added.json["additions"][0]["status"]) == (202, "waiting")
        again = upload(server, "inquiry.txt", INQUIRY.encode(), "by=Anna")
        assert again.json["additions"] == added.json["additions"]
        other = upload(server, "inquiry.txt", b"Other words.", "by=Anna")
        assert other.status == 409
        assert "what Iris added on" in other.json["detail"]
        assert upload(server, "photo.png", b"PNG", "by=Anna").status == 422
        upload(server, "empty.html", b"<html></html>", "by=Anna")
        page = {"text": "The ferry was thirty years old.", "title": "The ship", "by": "Ben"}
        assert server.post("/api/documents", page).status == 202
        consilience("decide", case_file, "note", "Olga Brandt", "Called.", "--by", "Ben")

        told = server.told()
        assert told["n_documents"] == 4
        additions = server.get("/api/additions").json["additions"]
        assert [(a["added_by"], a["status"]) for a in additions] == [
            ("Iris", "taken"),
            ("Anna", "failed"),
            ("Ben", "taken"),
        ]
        assert "no text" in additions[1]["error"]
        (decision,) = server.get("/api/decisions").json["decisions"]
        assert (decision["made_by"], decision["told"]) == ("Ben", True)
        changes = server.get("/api/changes?since=1").json["changes"]
        assert any("inquiry.txt" in change["text"] for change in changes)
        assert (
            server.get("/api/passages?q=doors+locked")
            .json["passages"][0]["words"]
            .endswith("the ferry were locked.")
        )

        replaced = upload(server, "inquiry.txt", b"Nobody was heard.", "by=Anna", "replaces=true")
        assert replaced.status == 202
        assert server.told()["n_documents"] == 4
        assert server.get("/api/passages?q=doors+locked").json["passages"] == []
        assert server.end() == 0
        assert "Traceback" not in server.log.read_text()


@pytest.mark.threat("S1")
def test_what_was_acknowledged_outlives_a_kill_and_is_there_once(case_file: Path) -> None:
    notes: list[int] = []
    names: list[str] = []

    def write(server: Server, version: str) -> None:
        for n in range(10_000):
            try:
                if note(server, f"note {n}", version).status == 201:
                    notes.append(n)
                if upload(server, f"{n:04}.txt", f"Report {n} of the fire.".encode(), "by=Iris"
                          ).status == 202:  # fmt: skip
                    names.append(f"{n:04}.txt")
            except (OSError, http.client.HTTPException):
                return

    with serving(case_file) as server:
        writer = threading.Thread(target=write, args=(server, server.version()))
        writer.start()
        until = time.monotonic() + PATIENCE_S
        while len(names) < 3 and time.monotonic() < until:
            time.sleep(0.01)
        server.kill()
        writer.join()
    assert len(names) >= 3

    with serving(case_file) as server:
        told = server.told()
        additions = [a["name"] for a in server.get("/api/additions").json["additions"]]
        assert additions[: len(names)] == names
        assert len(additions) <= len(names) + 1
        documents = [d["name"] for d in server.get("/api/documents").json["documents"]]
        assert sorted(set(documents)) == sorted(documents)
        assert set(additions) <= set(documents)
        assert told["n_documents"] == 2 + len(additions)
        reasons = [d["reason"] for d in server.get("/api/decisions").json["decisions"]]
        assert reasons[: len(notes)] == [f"note {n}" for n in notes]
        assert len(reasons) <= len(notes) + 1
        assert len(set(reasons)) == len(reasons)


@pytest.mark.threat("S8")
def test_a_worker_that_is_killed_takes_nothing_with_it(case_file: Path) -> None:
    with serving(case_file) as server:
        upload(server, "inquiry.txt", INQUIRY.encode(), "by=Iris")
        os.kill(worker_of(server), 9)
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until and not server.get("/api/work").json["told"]:
            if server.get("/api/work").json["status"] == "failed":
                assert server.post("/api/work", b"").status == 202
            time.sleep(0.1)
        assert server.told()["n_documents"] == 3


def worker_of(server: Server) -> int:
    assert server.process is not None
    tasks = Path(f"/proc/{server.process.pid}/task")
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        for children in tasks.glob("*/children"):
            for child in children.read_text().split():
                command = Path(f"/proc/{child}/cmdline").read_bytes()
                if b"consilience.web.worker" in command:
                    return int(child)
        time.sleep(0.01)
    raise AssertionError("no worker")


@pytest.mark.threat("W9")
def test_it_is_not_served_beyond_this_machine_without_tokens(
    case_file: Path, consilience: Command
) -> None:
    for options in (("--host", "0.0.0.0"), ("--public", "https://desk.example.org")):
        ended = consilience("serve", case_file, *options)
        assert (ended.code, ended.out, ended.err.count("\n")) == (1, "", 1)
        assert "no token keeps them out" in ended.err


def test_where_nothing_can_be_served_one_line_says_why(
    case_file: Path, tmp_path: Path, consilience: Command
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = consilience("serve", case_file, "--port", port)
    assert (ended.code, ended.err.count("\n")) == (1, 1)
    assert f"127.0.0.1:{port}: Address already in use" in ended.err
    assert "no such case" in consilience("serve", tmp_path / "none.db").err
    assert not (tmp_path / "none.db").exists()


def test_tokens_are_made_listed_and_revoked_at_the_shell(
    case_file: Path, consilience: Command
) -> None:
    made = consilience("token", case_file, "new", "Anna", "--role", "annotate", "--days", "3")
    assert made.code == 0
    assert made.out.startswith("consilience_")
    assert "for Anna, role annotate, until " in made.err
    assert "has a token already" in consilience(
        "token", case_file, "new", "Anna", "--role", "read"
    ).err  # fmt: skip
    listed = consilience("token", case_file, "list").out
    assert listed.startswith("Anna  annotate  until ")
    assert made.out.strip() not in listed
    assert consilience("token", case_file, "revoke", "Anna").code == 0
    assert "no token of that name" in consilience("token", case_file, "revoke", "Anna").err
    assert "not an analyst's name" in consilience(
        "token", case_file, "new", "consilience", "--role", "read"
    ).err  # fmt: skip


def test_without_its_packages_one_line_names_the_extra(case_file: Path) -> None:
    program = (
        "import sys; sys.modules['litestar'] = None; sys.modules['uvicorn'] = None;"
        f"sys.argv = ['consilience', 'serve', {str(case_file)!r}];"
        "from consilience.cli import main; main()"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (
        1,
        "serve is not installed; install consilience[serve]\n",
    )


@pytest.mark.threat("S1")
@pytest.mark.slow
@pytest.mark.parametrize("delay_s", [n / 10 for n in range(20)])
def test_a_kill_at_any_moment_of_telling_loses_nothing(case_file: Path, delay_s: float) -> None:
    with serving(case_file) as server:
        upload(server, "inquiry.txt", INQUIRY.encode(), "by=Iris")
        time.sleep(delay_s)
        server.kill()
    with serving(case_file) as server:
        assert server.told()["n_documents"] == 3
        assert [a["status"] for a in server.get("/api/additions").json["additions"]] == ["taken"]
