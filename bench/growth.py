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
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from bench import stories as bench_stories
from consilience.dates import when_of
from consilience.ingest import ingest
from consilience.ingest.prose import unprosed
from consilience.numerals import numerals
from consilience.pipeline import resolve_case
from consilience.read import Reader
from consilience.read.model import PACKAGED
from consilience.read.numbers import find_numbers
from consilience.read.quotations import find_quotes
from consilience.read.times import find_times
from consilience.read.wordpieces import parse_vocabulary, word_pieces
from consilience.records import Case, Document, Dossier, Passage, Reading, Run, Weighed
from consilience.resolve import entities, resolve
from consilience.resolve.people import person_name
from consilience.resolve.spelling import given_names
from consilience.tell import tell
from consilience.tell.to_html import to_html
from consilience.weigh import weigh
from consilience.weigh.origins import find_origins
from tests import factory
from tests.resolve import marked

RATIO_BOUND = 2.6  # linear is 2, n log n at these sizes 2.2, quadratic 4
REPEATS = 3

_RUN = Run("0", "growth", "2026-01-01T00:00:00Z")
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


@dataclass(frozen=True, slots=True)
class Stage:
    """What one stage makes of a case, from what the one before it made."""

    case: Case
    weighed: Weighed
    dossier: Dossier


def told(texts: Mapping[str, str]) -> Stage:
    """Documents by name through all stages."""
    reader = _reader()
    documents = _ingested(texts)
    case, _ = resolve_case(documents, {d.id: reader(d) for d in documents})
    weighed = weigh(case)
    return Stage(case, weighed, tell(case, weighed, _RUN, ()))


def stories(n: int) -> Stage:
    return told(dict(bench_stories.case(n)))


def thread(n: int) -> Stage:
    """One page with a comment for each line of the stories."""
    lines = [line for pool in bench_stories.lines().values() for line in pool]
    comments = (
        f"reader_{i} on March 10th, 2021 at 09:{i % 60:02} UTC »\n\n{lines[i % len(lines)]}"
        for i in range(n)
    )
    return told({"thread.txt": "\n\n".join((STORY, *comments))})


def unstopped(n: int) -> Stage:
    """Words and no full stop."""
    words = STORY.replace(".", "").split()
    return told({"endless.txt": " ".join(words[i % len(words)] for i in range(n))})


def through_weighing(stage: Stage) -> None:
    weigh(stage.case)


def through_telling(stage: Stage) -> None:
    tell(stage.case, stage.weighed, _RUN, ())


def through_resolving(stage: Stage) -> None:
    resolve_case(stage.case.documents, stage.case.readings)


_STAGES: tuple[tuple[str, Callable[[Stage], object]], ...] = (
    ("resolve", through_resolving),
    ("weigh", through_weighing),
    ("tell", through_telling),
    ("page", lambda stage: to_html(stage.dossier)),
)


def staged(what: str, make: Callable[[int], Stage], size: int) -> Iterator[Growth]:
    made = cache(make)
    for stage, run in _STAGES:
        yield Growth(f"{stage} {what}", made, run, size)


@cache
def _reader() -> Reader:
    return Reader()


def _ingested(texts: Mapping[str, str]) -> list[Document]:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        return [found for found in ingest([folder]) if isinstance(found, Document)]


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
    yield from staged("many documents", stories, 30)
    yield from staged("many comments", thread, 300)
    yield from staged("no full stop", unstopped, 3_000)
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
