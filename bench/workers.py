"""Documents read a second by one process and by two, and again once their sentences are remembered.

    python -m bench.workers [N]

The documents are those of bench.stories, some of which copy others. Ratios hold the wall time of
one process against that of two, and the processor time of both, which is what more processes add;
the memory is the most that any one process held. Start-up is counted.
"""

import argparse
import tempfile
from pathlib import Path

from bench.five import Cost, installed, measure
from bench.stories import write

DOCUMENTS = 60


def show(what: str, n: int, cost: Cost, first: Cost) -> None:
    print(
        f"{what:24}{n / cost.wall_s:10.2f}{n / cost.cpu_s:10.2f}{first.wall_s / cost.wall_s:8.2f}"
        f"{cost.cpu_s / first.cpu_s:8.2f}{cost.peak_mib:10.0f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.workers")
    parser.add_argument("n", metavar="N", nargs="?", type=int, default=DOCUMENTS)
    n = parser.parse_args().n
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "stories"
        write(folder, n)
        read = ("-m", "consilience", "read", str(folder), "--workers")
        packages = installed(Path(scratch) / "packages")
        measure(packages, *read, "1", "--help")
        print(f"{n} documents")
        print(f"{'':24}{'a second':>10}{'a cpu s':>10}{'faster':>8}{'cpu':>8}{'peak MiB':>10}")
        first = measure(packages, *read, "1")
        show("1 process", n, first, first)
        show("2 processes", n, measure(packages, *read, "2"), first)
        remembering = (*read, "1", "--memory", f"{scratch}/memory.db")
        show("1, with a memory file", n, measure(packages, *remembering), first)
        show("1, all remembered", n, measure(packages, *remembering), first)


if __name__ == "__main__":
    main()
