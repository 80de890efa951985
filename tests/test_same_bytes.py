"""The same pages give the same bytes: in any order, with any hash seed, workers and Python."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.same_bytes import digests

ROOT = Path(__file__).parent.parent
PYTHONS = ("3.11", "3.12", "3.13")


@pytest.fixture(scope="module")
def here() -> dict[str, str]:
    """What this process writes of the pages in order."""
    return digests(workers=1, shuffle=0)


def beside(python: Path, seed: int, workers: int, shuffle: int) -> dict[str, str]:
    """What another process writes of them."""
    paths = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    ended = subprocess.run(
        [python, "-m", "tests.same_bytes", f"{workers}", f"{shuffle}"],
        cwd=ROOT, check=True, capture_output=True, text=True,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": paths, "PYTHONHASHSEED": f"{seed}"},
    )  # fmt: skip
    found: dict[str, str] = json.loads(ended.stdout)
    return found


@pytest.mark.threat("S10")
@pytest.mark.parametrize(
    ("seed", "workers"),
    [
        (3, 1),
        *(
            pytest.param(seed, workers, marks=pytest.mark.slow)
            for seed in range(5)
            for workers in (1, 2, 4)
        ),
    ],
)
def test_order_hash_seed_and_workers_change_no_byte(
    here: dict[str, str], reached: Callable[[str], None], seed: int, workers: int
) -> None:
    assert beside(Path(sys.executable), seed, workers, shuffle=10 * workers + seed) == here
    reached(f"{len(here)} files, each of one SHA-256")


@pytest.mark.slow
@pytest.mark.threat("S10")
@pytest.mark.parametrize("version", PYTHONS)
def test_every_python_writes_the_same_bytes(
    here: dict[str, str], tmp_path: Path, reached: Callable[[str], None], version: str
) -> None:
    found = shutil.which(f"python{version}")
    if found is None or subprocess.run([found, "--version"], capture_output=True).returncode:
        pytest.skip(f"no Python {version} here")
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([found, "-m", "venv", tmp_path / "venv"], check=True)
    lock = ("--require-hashes", "-r", ROOT / "requirements.lock")
    installed = subprocess.run(
        [python, "-m", "pip", "install", "--quiet", *lock], capture_output=True, text=True
    )
    if installed.returncode:
        pytest.skip(f"the locked packages cannot be had here: {installed.stderr[-200:]}")
    assert beside(python, seed=1, workers=2, shuffle=5) == here
    reached(f"Python {version}")
