"""What documents say, and what tokens are, stands in what was asked for and in no log."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Command
from tests.web.serving import serving

CANARY = "Quillfeather"
STORY = (
    f"PORT CALLIS, March 4, 2031 - Nine people were hurt when the ferry burned on Monday, said"
    f" Ines {CANARY}, who lives at 7 {CANARY} Lane.\n"
)
BROKEN = f'{{"text": "{CANARY}", "published": \n{{"id": 7, "text": ["{CANARY}"]}}\n'


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.txt").write_text(STORY)
    (folder / "b.jsonl").write_text(BROKEN)
    (folder / "c.html").write_text(f"<!-- {CANARY} --><html></html>")
    (folder / "d.pdf").write_bytes(b"%PDF-1.4 " + CANARY.encode())
    (folder / "e.eml").write_text(f"Subject: {CANARY}\nContent-Type: image/png\n\n{CANARY}")
    (folder / "f.xml").write_text(f"<rss><{CANARY}")
    return folder


@pytest.mark.threat("P2")
def test_no_words_of_a_document_stand_in_what_a_command_says_beside_its_output(
    consilience: Command, pages: Path, tmp_path: Path, reached: Callable[[str], None]
) -> None:
    case, out = tmp_path / "a.db", tmp_path / "out"
    lines = tmp_path / "cases.jsonl"
    lines.write_text(f'{{"case": 1, "documents": [{{"text": "{CANARY}", "published": 7}}]}}\n')
    commands = [
        ("account", pages, "--case", case, "--out", out),
        ("add", case, pages),
        ("read", pages),
        ("group", pages, "--out", tmp_path / "groups.jsonl"),
        ("batch", lines, "--out", tmp_path / "dossiers.jsonl"),
        ("export", case, "--format", "csv", "--out", tmp_path / "tables"),
        ("history", case),
        ("repair", case),
    ]
    said = [consilience(*command).err for command in commands]
    assert any(said)  # what cannot be used is named
    assert [text for text in said if CANARY in text] == []
    assert CANARY in (out / "dossier.json").read_text(encoding="utf-8")
    reached(f"{len(commands)} commands, {sum(map(len, said))} characters said beside, none of it")


@pytest.mark.threat("P2")
def test_a_server_logs_neither_what_it_is_told_nor_who_may_ask(
    consilience: Command, pages: Path, tmp_path: Path
) -> None:
    case = tmp_path / "a.db"
    assert consilience("account", pages / "a.txt", "--case", case, "--out", tmp_path).code == 0
    made = consilience("token", case, "new", "Anna", "--role", "admin").out
    (secret,) = re.findall(r"[\w-]{20,}", made)
    with serving(case, token=secret) as server:
        assert server.get(f"/api/passages?q={CANARY}").status == 200
        assert server.get(f"/api/nowhere/{CANARY}?token={secret}").status == 404
        assert server.post("/api/documents", {"text": STORY, "title": CANARY}).status == 202
        assert server.post("/api/decisions", {"kind": CANARY}).status in (400, 422)
        server.told()
        log = server.log.read_text()
    assert CANARY not in log
    assert secret not in log
    # Nor does the case hold more than its hash.
    assert secret.encode() not in case.read_bytes()


@pytest.mark.threat("P2")
def test_a_damaged_case_is_refused_without_its_words(tmp_path: Path) -> None:
    case = tmp_path / "a.db"
    case.write_bytes(b"SQLite format 3\0" + CANARY.encode() * 100)
    ended = subprocess.run(
        [sys.executable, "-m", "consilience", "history", case], capture_output=True, text=True
    )
    assert (ended.returncode, CANARY in ended.stderr) == (1, False)
