"""The flow killed with all its processes, again and again, and run to its end."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from consilience.flow.telling import manifest_of, work_folder
from tests.flow.test_telling import BUDGET, FERRY, FERRY_AGAIN

N_KILLS = 12


def begun(documents: Path, out: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "consilience", "batch", "--group"]
    command += [str(documents), "--out", str(out)]
    return subprocess.Popen(
        command, start_new_session=True, stderr=subprocess.DEVNULL,
        env={**os.environ, "SOURCE_DATE_EPOCH": "2000000000", "OMP_NUM_THREADS": "1"},
    )  # fmt: skip


def written(folder: Path) -> Path:
    """Eighteen documents of six events, in three towns each month."""
    path = folder / "documents.jsonl"
    months = {3: ("Aurelia", "Callis"), 6: ("Boreas", "Arlow"), 9: ("Nerine", "Virn")}
    told = (FERRY, FERRY_AGAIN, BUDGET, f"{FERRY} It was old.", FERRY_AGAIN[15:], BUDGET[4:])
    texts = [
        (text.replace("Aurelia", ship).replace("Callis", town).replace("Elmsford", town), month)
        for month, (ship, town) in months.items()
        for text in told
    ]
    lines = (
        json.dumps({"id": f"d{n}", "text": text, "published": f"2031-{month:02}-0{4 + n % 3}"})
        for n, (text, month) in enumerate(texts)
    )
    path.write_text("\n".join(lines))
    return path


@pytest.mark.slow
@pytest.mark.threat("S1", "S10")
def test_a_flow_killed_again_and_again_ends_with_the_same_bytes(
    tmp_path: Path, reached: Callable[[str], None]
) -> None:
    documents = written(tmp_path)
    whole, out = tmp_path / "whole" / "out.jsonl", tmp_path / "killed" / "out.jsonl"
    for one in (whole, out):
        one.parent.mkdir()
    start = time.monotonic()
    assert begun(documents, whole).wait() == 0
    whole_s = time.monotonic() - start
    rng = random.Random(9)
    n_killed = 0
    for _ in range(N_KILLS):
        process = begun(documents, out)
        time.sleep(rng.uniform(0.2, 1.0) * whole_s)
        n_killed += process.poll() is None
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            assert process.wait() == 0
        process.wait()
        if out.exists():
            assert out.read_bytes() == whole.read_bytes()
            out.unlink()
    assert begun(documents, out).wait() == 0
    for one in (whole, out):
        assert not work_folder(one).exists()
    assert out.read_bytes() == whole.read_bytes()
    assert manifest_of(out).read_bytes() == manifest_of(whole).read_bytes()
    reached(f"{n_killed} kills, the same bytes")
    assert n_killed > 0
