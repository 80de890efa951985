"""The same stream told here, by Spark on two cores, and on a cluster of two workers: wall time.

    python -m bench.cluster [N_DOCUMENTS...]

The stream is that of `bench.grouping`, told by `consilience batch --group` in a process of its own
each time, start-up included. What comes out must be the same bytes. From the two largest sizes the
processor time of a document is taken, told here, and from it what a million and a hundred million
would cost: computed, not measured, and without what Spark takes for itself. The stream's sentences
repeat, and a sentence that was read is not read again: other streams cost more.
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


def tell(given: Path, out: Path, *engine: str) -> tuple[float, float, str]:
    """Wall seconds, processor seconds of its processes here, and a hash of what came out."""
    command = [sys.executable, "-m", "consilience", "batch", "--group", given, "--out", out]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "0"}
    began = time.perf_counter()
    process = subprocess.Popen([*map(str, command), *engine], env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    wall_s = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(engine)}: exit {process.returncode}")
    cpu_s = usage.ru_utime + usage.ru_stime
    return wall_s, cpu_s, hashlib.sha256(out.read_bytes()).hexdigest()


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
        cpu_s: list[float] = []
        for size in sizes:
            write_stream(folder / "stream.jsonl", size)
            found = {
                name: tell(folder / "stream.jsonl", folder / "out.jsonl", *options)
                for name, options in engines.items()
            }
            if len({sha256 for _, _, sha256 in found.values()}) > 1:
                sys.exit("not the same bytes")
            cpu_s.append(found["local"][1])
            told = "".join(f"{wall_s:18.1f}" for wall_s, _, _ in found.values())
            print(f"{size:10,}{told}", flush=True)
    print("the same bytes from all")
    print(f"Python on a worker of the cluster: {peak[0] / 2**20:.0f} MiB at most")
    if len(sizes) > 1:
        forecast((cpu_s[-1] - cpu_s[-2]) / (sizes[-1] - sizes[-2]))


def forecast(core_s: float) -> None:
    print(f"{core_s:.3f} core seconds a document, told here beyond the start; computed from it:")
    for n in FORECASTS:
        hours = core_s * n / 3600
        print(f"    {n:,} documents: {hours:,.0f} core hours, {hours / FORECAST_CORES:,.1f} hours"
              f" on {FORECAST_CORES} cores")  # fmt: skip


if __name__ == "__main__":
    main()
