"""Spark tells what one machine tells, byte for byte, and says in one line why it cannot."""

import json
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import Any

import pytest

from consilience.engine import LocalEngine
from consilience.engine.beside import left_out
from consilience.engine.spark import SparkEngine, open_spark
from consilience.engine.spark_work import Ended, Work, map_share
from consilience.errors import EngineError, MissingExtraError
from consilience.flow.cases import CaseLine, tell_cases
from consilience.flow.telling import Told, manifest_of, tell_stream
from consilience.ingest.stream import StreamLine
from consilience.records import Failure
from tests.deadly import Page, make, make_counting

STARTED = datetime(2031, 3, 9, tzinfo=UTC)
CASES: list[dict[str, Any]] = [
    {
        "case": "blast",
        "documents": [
            {
                "id": "a",
                "text": "Eight miners died in the blast at Corrin.",
                "published": "2031-03-05",
            },
            {"id": "b", "text": "The blast at Corrin killed 13 miners.", "published": "2031-03-07"},
        ],
    },
    {"case": 7, "documents": [{"id": "c", "text": "The ferry Aurelia burned off Callis."}]},
    {"case": "none", "documents": []},
]


def lines() -> list[CaseLine]:
    told = [CaseLine(f"-:{n}", json.dumps(case).encode()) for n, case in enumerate(CASES, 1)]
    return [*told, CaseLine("-:4", b"not json")]


@pytest.mark.threat("S10")
def test_cases_told_on_spark_are_the_same_bytes(spark: SparkEngine) -> None:
    there = list(tell_cases(lines(), spark, STARTED))
    assert there == list(tell_cases(lines(), LocalEngine(), STARTED))
    assert [failure is None for _, failure in there] == [True, True, False, False]


@pytest.mark.threat("S10")
def test_a_stream_told_on_spark_is_the_same_bytes(spark: SparkEngine, tmp_path: Path) -> None:
    documents = [document for case in CASES for document in case["documents"]]
    items = [StreamLine(f"-:{n}", json.dumps(one).encode()) for n, one in enumerate(documents)]
    written = []
    for name, engine in (("spark", spark), ("local", LocalEngine())):
        (tmp_path / name).mkdir()
        out = tmp_path / name / "out.jsonl"
        told = tell_stream(items, out, engine, STARTED, None, watch=lambda _: None)
        assert told == Told(n_dossiers=2, n_failures=0)
        written.append((out.read_bytes(), manifest_of(out).read_bytes()))
    assert written[0] == written[1]


def test_a_worker_with_another_program_refuses_to_work() -> None:
    work = Work("read", make, limit_s=9, mark="another")
    (told,) = map(pickle.loads, map_share(work, [pickle.dumps(Page("a"))]))
    assert isinstance(told, Ended)
    assert isinstance(told.error, EngineError)
    assert "install the same on every machine" in str(told.error)


def test_a_cluster_that_takes_work_from_anybody_is_refused(spark: SparkEngine) -> None:
    refused = pytest.raises(EngineError, match=r"^spark://192\.0\.2\.7:7077: .*authenticate")
    with refused, open_spark("spark://192.0.2.7:7077"):
        pass


def test_without_pyspark_one_line_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    refused = pytest.raises(MissingExtraError, match=r"pip install consilience\[spark\]")
    with refused, open_spark("local[1]"):
        pass


def test_without_java_one_line_says_what_to_install(tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text(json.dumps(CASES[1]))
    ended = subprocess.run(
        [sys.executable, "-m", "consilience", "batch", str(cases), "--engine", "spark"]
        + ["--out", str(tmp_path / "out.jsonl")],
        env={**os.environ, "JAVA_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    (line,) = ended.stderr.splitlines()
    assert "install a Java runtime, 17 or newer" in line
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.slow
@pytest.mark.threat("S8")
def test_a_key_that_kills_its_worker_costs_itself_alone(spark: SparkEngine) -> None:
    pairs = [("b", b"1"), ("dies", b"2"), ("a", b"3"), ("b", b"4")]
    (a, b, dead) = spark.reduce("count", make_counting, pairs)
    assert (a, b) == (("a", 1), ("b", 2))
    assert dead == ("dies", left_out("dies", "count", spark.limit_s))


@pytest.mark.slow
@pytest.mark.threat("S8")
def test_what_kills_its_worker_costs_itself_alone(
    spark: SparkEngine, reached: Callable[[str], None]
) -> None:
    names = ["a", "dies", "b", "hangs", *(f"p{i}" for i in range(30))]
    began = time.monotonic()
    found = list(replace(spark, limit_s=5).map("read", make, map(Page, names)))
    failures = {name: left_out(name, "read", 5) for name in ("dies", "hangs")}
    assert found == [failures.get(name, name.upper()) for name in names]
    reached(f"2 of 34 items left out, {time.monotonic() - began:.0f} s")


def skewed() -> Iterator[tuple[str, bytes]]:
    """150 MB, half of it of one key."""
    for n in range(150_000):
        key = "half" if n % 2 else f"k{n // 2 % 997:03}"
        yield key, f"{n * 7919 % 150_000:08} ".encode() * 110


def digest(key: str, values: Iterator[bytes]) -> tuple[int, str, int]:
    """How many values, a hash of them, and the most memory that this process ever had, in KiB."""
    told, n = sha256(), 0
    for value in values:
        told.update(value)
        n += 1
    return n, told.hexdigest(), getrusage(RUSAGE_SELF).ru_maxrss


def make_digesting() -> Callable[[str, Iterator[bytes]], tuple[int, str, int]]:
    return digest


@pytest.mark.slow
@pytest.mark.threat("S11")
def test_a_key_with_half_of_all_data_fits_into_a_worker(
    spark: SparkEngine, reached: Callable[[str], None]
) -> None:
    found = dict(spark.reduce("digest", make_digesting, skewed()))
    local = LocalEngine().reduce("digest", make_digesting, skewed())
    here = {key: one[:2] for key, one in local if not isinstance(one, Failure)}
    told = {key: one for key, one in found.items() if not isinstance(one, Failure)}
    assert {key: one[:2] for key, one in told.items()} == here
    peak_mib = max(one[2] for one in told.values()) / 1024
    assert peak_mib < 512
    reached(f"150,000 values, half of one key, {peak_mib:.0f} MiB in the largest worker")
