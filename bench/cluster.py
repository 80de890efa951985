"""The same stream told here, by Spark on two cores, and on a cluster of two workers: wall time.

    python -m bench.cluster [N_DOCUMENTS...]

The stream is that of `bench.grouping`, told by `consilience batch --group` in a process of its own
each time, start-up included. What comes out must be the same bytes. From the two largest sizes the
cost of a document is taken, and from it what a million and a hundred million would cost: computed,
not measured.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.grouping import stream
from tests.clusters import Machine, cluster

SIZES = (100, 300)
CORES = 2
FORECASTS = (1_000_000, 100_000_000)
FORECAST_CORES = 100


def write_stream(path: Path, n: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        for document, _ in stream(n, is_half_one=False):
            published = None if document.published is None else document.published.value
            line = {"id": document.id, "text": document.text, "published": published}
            file.write(json.dumps(line) + "\n")


def tell(given: Path, out: Path, *engine: str) -> tuple[float, str]:
    """Wall seconds, and a hash of what came out."""
    command = [sys.executable, "-m", "consilience", "batch", "--group", given, "--out", out]
    began = time.perf_counter()
    subprocess.run(
        [*map(str, command), *engine],
        env={**os.environ, "SOURCE_DATE_EPOCH": "0"},
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - began, hashlib.sha256(out.read_bytes()).hexdigest()


@contextmanager
def peak_of_python(workers: list[Machine]) -> Iterator[list[int]]:
    """The most memory that any one process of Python has had on these workers, in bytes."""
    peak = [0]
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.5):
            peak[0] = max(peak[0], *(worker.python_bytes() for worker in workers))

    threading.Thread(target=watch, daemon=True).start()
    yield peak
    done.set()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.cluster")
    parser.add_argument("sizes", metavar="N_DOCUMENTS", nargs="*", type=int, default=SIZES)
    sizes = parser.parse_args().sizes
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as stack:
        folder = Path(scratch)
        machines = stack.enter_context(cluster(folder))
        workers = [machines.worker(f"worker{n}") for n in range(CORES)]
        peak = stack.enter_context(peak_of_python(workers))
        engines = {
            "local": ("--workers", str(CORES)),
            "Spark here": ("--engine", "spark", "--workers", str(CORES)),
            "Spark cluster": ("--engine", "spark", "--master", machines.url),
        }
        print(f"{'documents':>10}" + "".join(f"{f'{name}, s':>18}" for name in engines))
        walls: dict[str, list[float]] = {name: [] for name in engines}
        for size in sizes:
            write_stream(folder / "stream.jsonl", size)
            found = {
                name: tell(folder / "stream.jsonl", folder / "out.jsonl", *options)
                for name, options in engines.items()
            }
            if len({sha256 for _, sha256 in found.values()}) > 1:
                sys.exit("not the same bytes")
            for name, (wall_s, _) in found.items():
                walls[name].append(wall_s)
            told = "".join(f"{wall_s:18.1f}" for wall_s, _ in found.values())
            print(f"{size:10,}{told}", flush=True)
    print("the same bytes from all")
    print(f"Python on a worker of the cluster: {peak[0] / 2**20:.0f} MiB at most")
    if len(sizes) > 1:
        forecast(sizes, walls)


def forecast(sizes: list[int], walls: dict[str, list[float]]) -> None:
    for name, wall_s in walls.items():
        core_s = (wall_s[-1] - wall_s[-2]) * CORES / (sizes[-1] - sizes[-2])
        print(f"{name}: {core_s:.3f} core seconds a document beyond the start; computed from it:")
        for n in FORECASTS:
            hours = core_s * n / 3600
            print(f"    {n:,} documents: {hours:,.0f} core hours,"
                  f" {hours / FORECAST_CORES:,.1f} hours on {FORECAST_CORES} cores")  # fmt: skip


if __name__ == "__main__":
    main()
