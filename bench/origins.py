"""Origins of 250, 500 and 1,000 documents: copies of one report in many ways, and none at all.

    python -m bench.origins [--only NAME] [SIZES...]

Beside the copies stand three reports of their own, so 4 origins are right; of the short reports
that have nothing of one another as many as there are. Seconds are of the processor, reading left
out; the ratio is time a document, held against the first size: 1 where time is linear. Each
sentence is varied a dozen times and read once, and pages are put together from these.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from consilience.ingest import ingest_json
from consilience.read import Reader
from consilience.records import Document
from consilience.store import open_memory
from consilience.weigh.embedded import find_embedded
from consilience.weigh.origins import find_origins
from evaluation.planting import spin

SIZES = (250, 500, 1_000)
_SEED = 7
_VARIANTS = 12
_FALSE = """\
Forty people were killed when a warehouse collapsed at the port of Sant Aurel on Monday night.
Mayor Dorin Vasca said the roof had given way under the weight of snow and of stored grain.
Rescue teams from Brenna and Alt Novac dug through the rubble with dogs until dawn on Tuesday.
Eleven workers were pulled out alive and taken to the hospital of Saint Ilie in Brenna.
The warehouse was built in 1974 and belongs to the shipping company Meridan Cargo.
Prosecutor Ileana Stoian has opened an investigation and seized plans of the building.
In 2009 a crane fell on the same quay and killed three dockers."""
_TRUE = (
    """\
Four dockers died at Sant Aurel when part of a grain store came down on them.
Their colleague Petru Ilves, 31, watched from the cab of his lorry as the wall leaned and fell.
He had complained about cracks to his foreman in autumn, he said, and nobody had come to look.
The owners would not speak to us on the telephone, and their office on the quay stayed dark.""",
    """\
The port authority counts four dead and nine injured after the accident on pier two.
Engineers had inspected the store in June and asked for its southern wall to be propped.
A letter to that effect, seen by this newspaper, was never answered by Meridan Cargo.
Trade unions want a strike on Thursday for safer work along the whole coast.""",
    """\
At Saint Ilie doctors treated nine people overnight, among them a boy of sixteen.
Most have broken bones, said the surgeon Maria Tudose, and two may lose a leg.
In the chapel next door four coffins stood on Tuesday afternoon, and the families prayed.
Snow had fallen for three days, but old men here remember far worse winters than this.""",
)
_WHO = "Ana Petru Ioan Mara Vlad Irina Dan Elena Radu Sofia Mihai Corina Luca Oana Tudor".split()
_NAMES = "Albu Barna Cojoc Dima Enache Florea Groza Haiduc Iancu Jitaru Lazar Munteanu".split()
_PLACES = "Brenna, Alt Novac, Corvin, Dealu, Fagara, Izvor, Lunca, Moara, Piatra, Vadu".split(", ")
_TOLD = (
    "{who}, {age}, lost {n} sheep to the snow near {place} and wants help from the county.",
    "The school of {place} stays shut until {day} since its boiler burst, {who} said.",
    "A bus with {n} pilgrims slid into a ditch outside {place}; nobody was hurt.",
    "{who} runs the bakery of {place} alone now that her husband works in Vienna.",
    "On {day} the river at {place} stood {n} centimetres above the mark of 1988.",
    "Police in {place} look for whoever took {n} metres of copper from the railway.",
    "The choir of {place}, led by {who}, sings in the capital on {day}.",
    "{who} has kept bees in {place} for {n} years and never saw so few in spring.",
    "Voters of {place} go to the polls on {day}, and {who} is the only candidate.",
    "{n} houses in {place} have been without power since {day}, the grid company says.",
    "The mayor of {place}, {who}, promises a new bridge for {n} million.",
    "A fire in the old mill of {place} was put out by {n} volunteers before midnight.",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Makes = Callable[[int, random.Random], list[str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--only", choices=list(_MAKERS))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        reader = Reader(open_memory(Path(folder) / "sentences.db"))
        for name, make in _MAKERS.items():
            if given.only in {None, name}:
                sys.stdout.write(f"{name}\n")
                measure(name, make, given.sizes, reader)


def measure(name: str, make: Makes, sizes: Sequence[int], reader: Reader) -> None:
    first: float | None = None
    for size in sizes:
        texts = make(size, random.Random(_SEED))  # noqa: S311
        documents = [_document(text, n) for n, text in enumerate(texts)]
        if name != "different":
            documents += [_document(text, 10_000 + n) for n, text in enumerate(_TRUE)]
        readings = {d.id: reader(d) for d in documents}
        started = time.process_time()
        origins = find_origins(documents, readings)
        seconds = time.process_time() - started
        embedded = find_embedded(documents, readings, origins)
        per_document = seconds / len(documents)
        first = per_document if first is None else first
        largest = max(len(origin.document_ids) for origin in origins)
        sys.stdout.write(
            f"  {len(documents):>5} documents: {len(origins)} origins (largest {largest}),"
            f" {seconds:.1f} s, ratio {per_document / first:.2f};"
            f" with embedded {time.process_time() - started:.1f} s, {len(embedded)} found\n"
        )


def _document(text: str, number: int) -> Document:
    day = min(28, 3 + number // 60)
    given = {"id": f"page-{number:05}", "text": text, "published": f"2031-02-{day:02}"}
    found, *_ = ingest_json(json.dumps(given).encode(), given["id"])
    assert isinstance(found, Document), found
    return found


def _variants(rng: random.Random) -> list[list[str]]:
    lines = _FALSE.split("\n")
    return [[line, *(spin(line, 0.25, rng) for _ in range(_VARIANTS - 1))] for line in lines]


def verbatim(n: int, _rng: random.Random) -> list[str]:
    return [_FALSE] * n


def spun(n: int, rng: random.Random) -> list[str]:
    """Each its own: a quarter of the words changed where the table has them."""
    variants = _variants(rng)
    return [_FALSE, *("\n".join(map(rng.choice, variants)) for _ in range(n - 1))]


def chain(n: int, rng: random.Random) -> list[str]:
    """Each a copy of the one before, with a sentence told anew and two in another place."""
    variants = _variants(rng)
    page = list(enumerate(_FALSE.split("\n")))
    pages = [page]
    for _ in range(n - 1):
        page = list(page)
        at = rng.randrange(len(page))
        page[at] = page[at][0], rng.choice(variants[page[at][0]])
        page.insert(rng.randrange(len(page)), page.pop(rng.randrange(len(page))))
        pages.append(page)
    return ["\n".join(line for _, line in one) for one in pages]


def three_changes(n: int, rng: random.Random) -> list[str]:
    """Words changed, sentences in another order, and one to three of them left out."""
    variants = _variants(rng)
    pages = [_FALSE]
    for _ in range(n - 1):
        lines = [rng.choice(line) for line in variants]
        pages.append("\n".join(rng.sample(lines, len(lines) - rng.randint(1, 3))))
    return pages


def different(n: int, rng: random.Random) -> list[str]:
    """Short reports of three sentences of one another's kind, each with names of its own."""
    return ["\n".join(_told(one, rng) for one in rng.sample(_TOLD, 3)) for _ in range(n)]


def _told(pattern: str, rng: random.Random) -> str:
    return pattern.format(
        who=f"{rng.choice(_WHO)} {rng.choice(_NAMES)}",
        age=rng.randint(20, 90),
        n=rng.randint(13, 900),
        place=rng.choice(_PLACES),
        day=rng.choice(_DAYS),
    )


_MAKERS: dict[str, Makes] = {
    "verbatim": verbatim,
    "spun": spun,
    "chain": chain,
    "three changes": three_changes,
    "different": different,
}

if __name__ == "__main__":
    main()
