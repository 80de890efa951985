"""How each stage's time grows when one page doubles, up to 400,000 characters of any trouble.

    python -m bench.doubling [SHAPE...] [--sizes N,N,...] [--limit SECONDS]

Every page goes the whole way: ingest, group, read, resolve, weigh, tell, page. Seconds are of the
processor, without the rounds of the garbage collector over what was there before; beside them
stands the worst ratio from one size to its double, 2 where time is linear.
Ratios are told of stages that take longer than a twentieth of a second. Sentences met before are
remembered, as in any run, so that the encoder's share, which is linear, does not hide the rest.
Each shape runs in a process of its own, which is ended after `--limit` seconds.
"""

import argparse
import gc
import hashlib
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import cycle, pairwise
from typing import Protocol, TypeVar

from bench.stories import case
from consilience.group import sketch_of
from consilience.ingest import Raw, ingest_raw
from consilience.pipeline import resolve_case
from consilience.read import Reader
from consilience.records import Document, Run
from consilience.tell import tell
from consilience.tell.to_html import to_html
from consilience.weigh import weigh

SIZES = (50_000, 100_000, 200_000, 400_000)
RATIO_BOUND = 2.6  # issue 7
TOLD_FROM_S = 0.05
LIMIT_S = 300
REPEATS = 3  # of what is over quickly
_RUN = Run("0", "doubling", "2026-01-01T00:00:00Z")
_SYLLABLES = "ba den kor lim mar nel os pra qui ros sten tal und vik wen".split()
_MONTHS = "January March May July September November".split()
_T = TypeVar("_T")


def repeated(unit: str) -> Callable[[int], str]:
    return lambda n: (unit * (n // len(unit) + 1))[:n]


def prose(n: int) -> str:
    """What a story's pages say, one after another."""
    paragraphs = (
        paragraph
        for name, content in case(n // 500)
        if not name.endswith(".html")
        for paragraph in content.split("\n\n")[1:]
    )
    return _joined(paragraphs, n, "\n\n")


def names(n: int) -> str:
    rng = random.Random(n)  # noqa: S311
    return _joined((f"{made_up(rng)} {made_up(rng)} spoke." for _ in cycle("-")), n, " ")


def list_of_names(n: int) -> str:
    rng = random.Random(n)  # noqa: S311
    return _joined((f"{made_up(rng)} {made_up(rng)}" for _ in cycle("-")), n, ", ")


def dates(n: int) -> str:
    rng = random.Random(n)  # noqa: S311
    days = (
        f"It fell on {rng.randint(1, 28)} {rng.choice(_MONTHS)} {rng.randint(1900, 2030)}."
        for _ in cycle("-")
    )
    return _joined(days, n, " ")


def figures(n: int) -> str:
    rng = random.Random(n)  # noqa: S311
    tolls = (f"At least {rng.randint(2, 90_000):,} people were killed." for _ in cycle("-"))
    return _joined(tolls, n, " ")


def quotations(n: int) -> str:
    rng = random.Random(n)  # noqa: S311
    said = (f"“We saw {made_up(rng)} leave,” {made_up(rng)} Hall said." for _ in cycle("-"))
    return _joined(said, n, "\n\n")


def made_up(rng: random.Random) -> str:
    return "".join(rng.choices(_SYLLABLES, k=3)).title()


def _joined(lines: Iterator[str], n: int, between: str) -> str:
    kept, size = [], 0
    while size < n:
        kept.append(next(lines))
        size += len(kept[-1]) + len(between)
    return between.join(kept)[:n]


_UNSTOPPED = "the crews who came by boat from Port Hallam searched the water until it was dark and "
SHAPES: Mapping[str, Callable[[int], str]] = {
    "prose": prose,
    "no spaces": repeated("word"),
    "no full stop": repeated(_UNSTOPPED),
    "brackets": repeated("("),
    "quotation marks": repeated('"'),
    "addresses": repeated("http://a."),
    "commas": repeated(", "),
    "digits": repeated("9"),
    "numbers": repeated("1,111 "),
    "capitals": repeated("Anna Lind Hall "),
    "newlines": repeated("\n"),
    "short lines": repeated("a\n"),
    "never closed": repeated("“He said that the boat "),
    "nested quotes": repeated("“a ‘b "),
    "combining marks": repeated("e\u0301\u0301"),
    "comments": repeated("reader on March 10th, 2021 at 09:15 UTC »\n\nNine people died.\n\n"),
    "dashes": repeated("- "),
    "entities": repeated("&amp;&#65;"),
    "names": names,
    "list of names": list_of_names,
    "dates": dates,
    "figures": figures,
    "quotations": quotations,
}


def timed(costs: dict[str, float], stage: str, work: Callable[[], _T]) -> _T:
    """What the work gives; its best time of a few goes to `costs` where it is soon over."""
    spent: list[float] = []
    while True:
        gc.collect()
        gc.freeze()  # a stage pays for the rounds of the collector over what it makes itself
        began = time.process_time()
        made = work()
        spent.append(time.process_time() - began)
        gc.unfreeze()
        if len(spent) == REPEATS or spent[0] > 10 * TOLD_FROM_S:
            costs[stage] = min(spent)
            return made


class Meter(Protocol):
    """Does a stage's work and notes what it cost."""

    def __call__(self, costs: dict[str, float], stage: str, work: Callable[[], _T]) -> _T: ...


def through(text: str, reader: Reader, metered: Meter = timed) -> dict[str, float]:
    """What each stage costs; none follow where a page is refused."""
    costs: dict[str, float] = {}
    data = text.encode()
    raw = Raw("page.txt", ".txt", hashlib.sha256(data).hexdigest(), data)
    (document,) = metered(costs, "ingest", lambda: ingest_raw(raw))
    if not isinstance(document, Document):
        return costs
    documents = (document,)
    metered(costs, "group", lambda: sketch_of(document))
    reader(document)  # the encoder's part is linear and long: it is done before
    read = {document.id: metered(costs, "read", lambda: reader(document))}
    resolved, _ = metered(costs, "resolve", lambda: resolve_case(documents, read))
    weighed = metered(costs, "weigh", lambda: weigh(resolved))
    dossier = metered(costs, "tell", lambda: tell(resolved, weighed, _RUN, ()))
    metered(costs, "page", lambda: to_html(dossier))
    return costs


def measure(shape: str, sizes: Sequence[int]) -> None:
    """One line of JSON for each size, as soon as it is done."""
    reader = Reader()
    for size in sizes:
        print(json.dumps(through(SHAPES[shape](size), reader)), flush=True)


def run_beside(shape: str, sizes: Sequence[int], limit_s: float) -> list[dict[str, float]]:
    """What one process tells of the shape until it ends or is ended."""
    given = ",".join(map(str, sizes))
    command = (sys.executable, "-m", "bench.doubling", "--beside", shape, "--sizes", given)
    try:
        ended = subprocess.run(command, stdout=subprocess.PIPE, timeout=limit_s, check=True)
        out = ended.stdout
    except subprocess.TimeoutExpired as stopped:
        out = stopped.stdout or b""
    return [json.loads(line) for line in out.splitlines()]


def worst_ratio(spent: Sequence[float]) -> float | None:
    """Of the doublings that end in a time worth telling."""
    ratios = [b / max(a, TOLD_FROM_S / RATIO_BOUND) for a, b in pairwise(spent) if b > TOLD_FROM_S]
    return max(ratios, default=None)


def show(shape: str, sizes: Sequence[int], found: Sequence[dict[str, float]]) -> int:
    """The number of stages over the bound, or unfinished."""
    over = 0
    for stage in dict.fromkeys(stage for seconds in found for stage in seconds):
        spent = [seconds[stage] for seconds in found if stage in seconds]
        ratio = worst_ratio(spent)
        is_over = ratio is not None and ratio > RATIO_BOUND
        over += is_over
        told = "".join(f"{each:9.2f}" for each in spent) + " " * 9 * (len(sizes) - len(spent))
        shown = "" if ratio is None else f"{ratio:.2f}"
        print(f"{shape:16}{stage:9}{told}{shown:>7}{'   over' if is_over else ''}")
    if len(found) < len(sizes):
        print(f"{shape:16}ended before {sizes[len(found)]:,} characters were done   over")
        over += 1
    sys.stdout.flush()
    return over


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.doubling")
    parser.add_argument("shapes", metavar="SHAPE", nargs="*", help=", ".join(SHAPES))
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--limit", type=float, default=LIMIT_S)
    parser.add_argument("--beside", help=argparse.SUPPRESS)
    given = parser.parse_args()
    sizes = [int(size) for size in given.sizes.split(",")]
    if given.beside:
        measure(given.beside, sizes)
        return
    print(f"{'':25}{''.join(f'{size:9,}' for size in sizes)}  worst   bound {RATIO_BOUND}")
    over = sum(
        show(shape, sizes, run_beside(shape, sizes, given.limit))
        for shape in given.shapes or SHAPES
    )
    print(f"{over} over the bound")


if __name__ == "__main__":
    main()
