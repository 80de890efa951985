"""Time and memory of the main job on a folder of some five documents, start-up included.

    python -m bench.five [FOLDER]

Seconds depend on the machine and on what else it does, so wall time is also given as a multiple
of a reference measured in the same run (a Python that imports numpy and onnxruntime and ends),
and beside it the processor time of all its processes, which others stretch less. What runs is a
copy of the package with its modules compiled, as pip leaves them.
"""

import compileall
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import consilience

RUNS = 5
EXAMPLES = Path(__file__).parent.parent / "examples"
REFERENCE = ("-c", "import numpy, onnxruntime")
BARS_S = {"--help": 0.1, "account": 2.0}  # issue 7


@dataclass(frozen=True, slots=True)
class Cost:
    wall_s: float
    cpu_s: float
    peak_mib: float


def installed(folder: Path) -> Path:
    """Our package, laid into the folder and compiled."""
    shutil.copytree(Path(consilience.__file__).parent, folder / "consilience")
    compileall.compile_dir(folder, quiet=1)
    return folder


def measure(packages: Path, *arguments: str) -> Cost:
    """Run Python with these arguments to its end, which must be a good one."""
    surroundings = {k: v for k, v in os.environ.items() if k != "PYTHONPYCACHEPREFIX"}
    surroundings["PYTHONPATH"] = str(packages)
    started = time.perf_counter()
    process = subprocess.Popen(
        (sys.executable, *arguments),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=surroundings,
    )
    assert process.stderr is not None
    talk = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall_s = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    if process.returncode:
        sys.exit(f"{' '.join(arguments)}: exit {process.returncode}\n{talk.decode()}")
    return Cost(wall_s, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def median(costs: list[Cost]) -> Cost:
    return Cost(
        statistics.median(cost.wall_s for cost in costs),
        statistics.median(cost.cpu_s for cost in costs),
        max(cost.peak_mib for cost in costs),
    )


def main() -> None:
    folder = (
        sys.argv[1] if len(sys.argv) > 1 else str(min(p for p in EXAMPLES.iterdir() if p.is_dir()))
    )
    with tempfile.TemporaryDirectory() as scratch:
        run = ("-m", "consilience", "account", folder, "--out", f"{scratch}/dossier")
        jobs = {
            "reference": REFERENCE,
            "--help": ("-m", "consilience", "--help"),
            "account": run,
            "account, nothing new": (*run, "--case", f"{scratch}/case.db"),
        }
        packages = installed(Path(scratch) / "packages")
        measure(packages, *jobs["account, nothing new"])  # fills the case, warms the disk's cache
        # In turns, so that a busy minute of the machine falls on all of them.
        rounds = [
            {name: measure(packages, *job) for name, job in jobs.items()} for _ in range(RUNS)
        ]
    costs = {name: median([costs[name] for costs in rounds]) for name in jobs}
    print(f"{folder}: median of {RUNS} runs, {os.cpu_count()} cores")
    print(f"{'':22}{'wall s':>8}{'× ref':>8}{'cpu s':>8}{'peak MiB':>10}{'bar s':>8}")
    for name, cost in costs.items():
        ratio = cost.wall_s / costs["reference"].wall_s
        bar = BARS_S.get(name, "")
        print(
            f"{name:22}{cost.wall_s:8.2f}{ratio:8.1f}{cost.cpu_s:8.2f}{cost.peak_mib:10.0f}{bar:>8}"
        )


if __name__ == "__main__":
    main()
