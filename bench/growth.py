"""How the time of a part grows with its input: the ratio when the input doubles, 2 where linear.

    python -m bench.growth [--check]

Texts are one short unit repeated, chosen to make a careless pattern or search go back over what
it has read. Times are of the processor, the best of a few, and each size runs in turn with its
double, so that a busy minute of the machine falls on both. `--check` ends with 1 where a ratio is
over the bound.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from consilience.dates import when_of
from consilience.ingest.prose import unprosed
from consilience.numerals import numerals
from consilience.read.encoder import PACKAGED
from consilience.read.numbers import find_numbers
from consilience.read.quotations import find_quotes
from consilience.read.times import find_times
from consilience.read.wordpieces import parse_vocabulary, word_pieces
from consilience.records import Document, Passage, Reading
from consilience.resolve import entities, resolve
from consilience.resolve.people import person_name
from consilience.resolve.spelling import given_names
from consilience.weigh.origins import find_origins
from tests import factory
from tests.resolve import marked

RATIO_BOUND = 2.6  # linear is 2, n log n at these sizes 2.2, quadratic 4
REPEATS = 3

STORY = """\
The ferry Santa Brígida capsized off Port Hallam on Tuesday evening, killing nine passengers.
Coast guard crews pulled 41 people from the water before darkness ended the search.
The vessel was built in 1988 and had failed an inspection of its ramp in April, records show.
Captain Ole Brandvik was treated for exposure and has not spoken to investigators.
The owner, Hallam Lines, suspended its two other crossings until the weekend.
Divers will return to the wreck at first light on Wednesday."""


@dataclass(frozen=True, slots=True)
class Growth:
    what: str
    make: Callable[[int], Any]
    run: Callable[[Any], object]
    size: int
    """Characters or documents; long enough to take milliseconds."""


def repeated(
    what: str, units: tuple[str, ...], run: Callable[[str], object], size: int
) -> Iterator[Growth]:
    for unit in units:

        def make(n: int, unit: str = unit) -> str:
            return unit * (n // len(unit))

        yield Growth(f"{what} {unit!r}", make, run, size)


def one_surname(n: int) -> marked.Case:
    """Pages that each name another man of one surname."""
    first = [name.title() for name, gender in sorted(given_names().items()) if gender == "m"]
    return marked.case([f"[PERSON:a{i} {first[i]} Hall] left." for i in range(n)])


def one_person(n: int) -> marked.Case:
    """Pages that all name one woman."""
    return marked.case(["[PERSON:a Anna Lind] spoke. [PERSON:a Lind] left."] * n)


def resolved(case: marked.Case) -> None:
    entities(case.documents, case.readings, resolve(case.documents, case.readings, ()))


def copies(n: int) -> tuple[list[Document], dict[str, Reading]]:
    """A report and pages of some of its lines."""
    rng = random.Random(7)  # noqa: S311
    lines = STORY.splitlines()
    vectors = {line: tuple(rng.uniform(-1, 1) for _ in range(64)) for line in lines}
    chosen = [lines, *(rng.sample(lines, rng.randint(3, 6)) for _ in range(n - 1))]
    documents = [factory.document("\n".join(some), f"{i:05}") for i, some in enumerate(chosen)]
    readings = {}
    for document, some in zip(documents, chosen, strict=True):
        starts = [document.text.index(line) for line in some]
        readings[document.id] = replace(
            factory.reading(document),
            sentences=tuple(
                Passage(document.id, start, start + len(line))
                for start, line in zip(starts, some, strict=True)
            ),
            vectors=tuple(vectors[line] for line in some),
        )
    return documents, readings


def name_taken_apart(form: str) -> None:
    person_name.cache_clear()
    person_name(form)


def times_of(text: str) -> None:
    find_times(replace(factory.document(text), published=when_of("2021-05-12")), [])


def growths() -> Iterator[Growth]:
    vocabulary = parse_vocabulary((PACKAGED / "vocab.txt").read_text("utf-8"))
    yield from repeated(
        "prose", ("a\n", "a,b|c\t", "a1", "x ", "@a.", "- \n\n", "def ", "9 ", "(;"),
        unprosed, 50_000,
    )  # fmt: skip
    yield from repeated(
        "pieces", ("a", "a-", "\u0301"), lambda word: word_pieces(word, vocabulary), 1_000_000
    )
    yield from repeated(
        "numbers", ("1", "1,111", "one and ", "half a ", "a dozen ", "1-", "$ "),
        find_numbers, 100_000,
    )  # fmt: skip
    yield from repeated(
        "numerals", ("two ", "1,", "hundred and ", "9", "half a ", "million "),
        lambda text: numerals(text, "en"), 50_000,
    )  # fmt: skip
    yield from repeated(
        "times",
        ("the ", "a ", "1 ", "1:", "12.", "early ", "Monday, ", "May 1 ", "one and ", "last ",
         " \n", "a few "),
        times_of, 10_000,
    )  # fmt: skip
    yield from repeated(
        "quotations", ("‘", '"', "“", "' ", "a' ", "''", '"\n', "“a ‘b ", "a, he said "),
        lambda text: find_quotes(factory.document(text)), 20_000,
    )  # fmt: skip
    yield from repeated(
        "names", ("'", "“a", "a-", "(", "bin ", "d'", ' "x'), name_taken_apart, 50_000
    )
    yield Growth("men of one surname", one_surname, resolved, 600)
    yield Growth("one woman on all pages", one_person, resolved, 600)
    yield Growth("copies of one report", copies, lambda made: find_origins(*made), 100)


def seconds(run: Callable[[Any], object], made: object) -> float:
    began = time.process_time()
    run(made)
    return time.process_time() - began


def best(growth: Growth) -> tuple[float, float]:
    """Seconds at n and at 2n; what seems over the bound is measured once more to be sure."""
    once, twice = growth.make(growth.size), growth.make(2 * growth.size)
    rounds: list[tuple[float, float]] = []
    short, long = 1.0, float("inf")
    while long / short > RATIO_BOUND and len(rounds) < 2 * REPEATS:
        # In turns; the first run also loads word lists and fills caches.
        rounds += [(seconds(growth.run, once), seconds(growth.run, twice)) for _ in range(REPEATS)]
        short, long = (min(times) for times in zip(*rounds, strict=True))
    return short, long


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.growth")
    parser.add_argument("--check", action="store_true", help="end with 1 where one is over")
    is_checked = parser.parse_args().check
    print(f"{'':24}{'n':>10}{'ms at n':>10}{'at 2n':>10}{'ratio':>7}   bound {RATIO_BOUND}")
    over = 0
    for growth in growths():
        short, long = best(growth)
        ratio = long / short
        over += ratio > RATIO_BOUND
        print(
            f"{growth.what:24}{growth.size:10,}{1000 * short:10.2f}{1000 * long:10.2f}{ratio:7.2f}"
            f"{'   over' if ratio > RATIO_BOUND else ''}"
        )
    if is_checked and over:
        sys.exit(1)


if __name__ == "__main__":
    main()
