"""How long weighing a table takes, and how much memory, as the table grows.

    python -m bench.tables [ROWS...]

Made-up tables of 200 sources, ten of which give a number for each item, right four times in five;
twenty sources copy another one. Each size runs in a process of its own.
"""

import random
import subprocess
import sys
import time
from resource import RUSAGE_SELF, getrusage

from consilience.tables import Row, weigh_rows

_SIZES = (10_000, 100_000, 1_000_000)


def rows(n: int) -> list[Row]:
    drawn = random.Random(1)  # noqa: S311
    made = []
    for i in range(n // 10):
        said: dict[int, int] = {}
        for source in sorted(drawn.sample(range(200), 10)):
            of = source - 20 if source >= 180 and source - 20 in said else None
            right = drawn.random() < 0.8
            said[source] = (
                said[of] if of is not None else 100 + i if right else drawn.getrandbits(20)
            )
            made.append(Row(f"source {source}", f"item {i}", f"{said[source]} m"))
    return made


def measure(n: int) -> None:
    table = rows(n)
    started, used = time.perf_counter(), time.process_time()
    beliefs, dependences = weigh_rows(table)
    seconds, spent = time.perf_counter() - started, time.process_time() - used
    right = sum(b.chosen and b.value == f"{100 + int(b.item[5:])} m" for b in beliefs)
    sys.stdout.write(
        f"{n:>9,} rows  {seconds:7.1f} s  {spent:7.1f} s of processor time"
        f"  {1e6 * spent / n:5.0f} µs a row  {getrusage(RUSAGE_SELF).ru_maxrss // 1024:6,} MiB"
        f"  right {1000 * right / n:.1f} %  pairs that copy {len(dependences)} of 20\n"
    )


def main() -> None:
    if len(sys.argv) == 3 and sys.argv[1] == "--one":
        measure(int(sys.argv[2]))
        return
    for n in map(int, sys.argv[1:] or map(str, _SIZES)):
        command = [sys.executable, "-m", "bench.tables", "--one", str(n)]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
