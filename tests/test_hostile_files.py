"""Files built to hang, swell or crash: each costs itself at most, in bounded time and memory."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.hostile_files import FILES

ROOT = Path(__file__).parent.parent
Reached = Callable[[str], None]
# A few of each kind, which take a moment.
QUICK = (
    "I1/attributes.html", "I1/nested-table.html", "I1/misnested-links.html", "I1/comment-open.html",
    "I1/menus-unclosed.html", "I1/linked-data.html", "I1/nul.html", "I1/brackets.txt",
    "I1/quotes.txt", "I1/bytes.txt", "I1/brackets.md", "I1/deep.jsonl", "I1/surrogates.jsonl",
    "I1/nul.jsonl", "I6/gzip-of-gzip.warc.gz", "I6/length.warc", "I6/cut.warc.gz",
    "I7/forwards-some.eml", "I7/attachment-names.eml", "I7/charset.eml", "I7/page.eml",
    "I8/laughs.xml", "I8/blow-up.xml", "I8/ring.xml", "I8/asks.xml", "I11/ring-of-pages.pdf",
    "I11/arrays.pdf", "I11/cmap.pdf", "I11/length-ring.pdf", "I11/table-lies.pdf",
)  # fmt: skip
SECONDS_MAX = 10.0
MIB_MAX = 1024


def opened(folder: Path, *places: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "tests.hostile_run", str(folder), *places]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def check(found: list[dict[str, Any]], reached: Reached) -> None:
    for one in found:
        assert one["processor_s"] <= SECONDS_MAX, one
        assert one["mib"] <= MIB_MAX, one
        assert one["beside"], one
        # Nothing is lost in silence: the story is there, or a line says what is not.
        assert one["has_story"] or one["errors"] or one["names"], one
        assert all("\n" not in error for error in one["errors"])
    slowest = max(found, key=lambda one: one["processor_s"])
    reached(
        f"{len(found)} files, the slowest {slowest['processor_s']:.1f} s of the processor"
        f" ({slowest['name']}), at most {max(one['mib'] for one in found)} MiB"
    )


@pytest.mark.threat("I1", "I6", "I7", "I8", "I11")
def test_a_hostile_file_costs_itself_alone(tmp_path: Path, reached: Reached) -> None:
    check(opened(tmp_path, *QUICK), reached)


def _all(threat: str) -> Any:
    return pytest.param(threat, marks=pytest.mark.threat(threat))


@pytest.mark.slow
@pytest.mark.parametrize("threat", [_all(threat) for threat in sorted(FILES)])
def test_every_hostile_file_costs_itself_alone(
    threat: str, tmp_path: Path, reached: Reached
) -> None:
    check(opened(tmp_path, *(f"{threat}/{name}" for name in FILES[threat])), reached)
