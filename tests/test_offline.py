"""Nothing asks for a connection that nobody asked for."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.offline import unshared

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "valdoro"
# Found by every Python that starts, workers too.
WATCH = """
import os, sys
def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto",
                 "socket.bind", "urllib.Request"):
        with open(os.environ["SEEN"], "a") as file:
            print(event, arguments[1:], file=file)
sys.addaudithook(watch)
"""
COMMANDS = """
account {example} --case a.db --out out --memory sentences.db
add a.db {example}/07_widow.txt
read {example}/01_agency.txt
batch {cases} --out batch.jsonl
group {example} --out groups.jsonl
export a.db --format csv --out tables
export a.db --format prov --out prov.json
history a.db --atom feed.xml
check a.db "At least nine people died."
verify out/dossier.json --documents {example}
repair a.db
"""
# Only names of vocabularies, never fetched.
ADDRESS = re.compile(r"""https?://[^\s"'`)]+|["'(]//[\w-]+\.[a-z]{2,}/""")
NAMES = re.compile(r"https?://(?:www\.w3\.org|schema\.org|purl\.org|ns\.adobe\.com)/")


@pytest.fixture
def seen(tmp_path: Path) -> Callable[[str], str]:
    """Runs a command where there is no network; what it asked of one."""
    (tmp_path / "sitecustomize.py").write_text(WATCH)
    events = tmp_path / "events"
    events.touch()
    paths = os.pathsep.join((str(tmp_path), str(ROOT / "src"), str(ROOT)))
    environment = {**os.environ, "PYTHONPATH": paths, "SEEN": str(events)}

    def run(program: str) -> str:
        subprocess.run(
            [*(unshared() or ()), sys.executable, "-c", program],
            cwd=tmp_path, check=True, env=environment, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        return events.read_text()

    return run


@pytest.mark.threat("P1")
def test_the_watch_sees_a_connection(seen: Callable[[str], str]) -> None:
    program = (
        "import socket\n"
        "try: socket.create_connection(('192.0.2.1', 80), timeout=0.1)\n"
        "except OSError: pass"
    )
    assert "socket.connect (('192.0.2.1', 80),)" in seen(program)


@pytest.mark.threat("P1")
def test_no_command_asks_for_a_connection(
    seen: Callable[[str], str], reached: Callable[[str], None]
) -> None:
    told = COMMANDS.format(example=EXAMPLE, cases=ROOT / "examples" / "cases.jsonl")
    commands = [shlex.split(line) for line in told.strip().splitlines()]
    program = (
        "from consilience.cli import commands\n"
        f"for words in {commands!r}:\n"
        "    try: commands(words)\n"
        "    except SystemExit as end: assert not end.code, words\n"
    )
    assert seen(program) == ""
    reached(f"{len(commands)} commands, no connection, no name looked up")


@pytest.mark.slow
@pytest.mark.threat("P1")
def test_no_worker_asks_for_a_connection(seen: Callable[[str], str], tmp_path: Path) -> None:
    text = (EXAMPLE / "01_agency.txt").read_text(encoding="utf-8")
    for n in range(24):
        (tmp_path / f"{n}.txt").write_text(text.replace("miner", f"miner {n}"))
    program = (
        "from consilience.cli import commands\n"
        "if __name__ == '__main__':\n"
        f"    commands(['account', {str(tmp_path)!r}, '--out', 'out', '--workers', '2'])\n"
    )
    assert seen(program) == ""


@pytest.mark.threat("P1")
def test_no_asset_that_is_shipped_names_an_address_to_fetch() -> None:
    kinds = {".js", ".css", ".j2", ".html", ".svg"}
    assets = [p for p in (ROOT / "src").rglob("*") if p.suffix in kinds and p.is_file()]
    found = [
        f"{path.name}: {hit}"
        for path in assets
        for hit in ADDRESS.findall(path.read_text(encoding="utf-8"))
        if not NAMES.match(hit)
    ]
    assert len(assets) > 10
    assert found == []
