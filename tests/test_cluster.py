"""On a real cluster a machine dies, and nobody can tell from what comes out."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from consilience.engine import LocalEngine
from consilience.flow.telling import work_folder
from tests.clusters import Cluster, cluster, missing_for_spark
from tests.conftest import Command
from tests.spark_keys import make, pairs

ROOT = Path(__file__).parents[1]
N_EVENTS = 16
# Java starts six times for these; with CI set they run all the same.
pytestmark = [] if os.environ.get("CI") else [pytest.mark.slow]


@pytest.fixture(scope="module")
def two_machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    if not os.environ.get("CI") and missing_for_spark():
        pytest.skip(missing_for_spark())
    with cluster(tmp_path_factory.mktemp("cluster")) as made:
        made.worker("lasting")
        yield made


def started(*arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def page(n: int) -> str:
    """Two pages on each of the events, whose places and figures differ."""
    place = f"{'ABCDEFGHKLMNPRST'[n // 2]}or{'abdegilmnoprstuv'[n // 2]}in"
    text = (
        f"Eight miners died in the blast at {place}.",
        f"The blast at {place} killed {n + 9} miners, the mayor of {place} said.",
    )[n % 2]
    return json.dumps({"id": f"d{n:02}", "text": text, "published": f"2031-03-{n // 2 + 5:02}"})


@pytest.mark.threat("S10", "S11")
def test_dossiers_are_the_same_bytes_after_a_machine_died(
    two_machines: Cluster,
    consilience: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    reached: Callable[[str], None],
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    stream = tmp_path / "stream.jsonl"
    stream.write_text("\n".join(map(page, range(2 * N_EVENTS))))
    dying = two_machines.worker("dying")
    there, here = tmp_path / "there.jsonl", tmp_path / "here.jsonl"
    with started(
        "consilience", "batch", "--group", stream, "--out", there,
        "--engine", "spark", "--master", two_machines.url,
    ) as run:  # fmt: skip
        journal = work_folder(there) / "told"
        while run.poll() is None and not (journal.exists() and journal.stat().st_size > 1000):
            time.sleep(0.05)  # until the first dossiers are there
        n_killed = dying.kill()
        _, said = run.communicate(timeout=300)
    assert (run.returncode, said) == (0, "")
    assert n_killed >= 3  # the worker, its executor, and Python in it
    assert consilience("batch", "--group", stream, "--out", here).code == 0
    assert there.read_bytes() == here.read_bytes()
    n_told = len(here.read_text().splitlines())
    assert n_told > N_EVENTS // 2
    reached(f"{n_told} dossiers, {n_killed} processes of one of two workers killed")


@pytest.mark.threat("S11")
def test_keys_are_the_same_after_a_machine_died_on_which_half_of_them_lay(
    two_machines: Cluster, reached: Callable[[str], None]
) -> None:
    dying = two_machines.worker("dying too")
    with started("tests.spark_keys", two_machines.url) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        first = run.stdout.readline()
        n_killed = dying.kill()
        told, said = first + run.stdout.read(), run.stderr.read()
    assert (run.returncode, said) == (0, "")
    assert n_killed >= 3
    here = [f"{key} {told}" for key, told in LocalEngine().reduce("tell", make, pairs())]
    assert told.splitlines() == here
    reached(f"{len(here)} keys, one with half of all values, {n_killed} processes killed")
