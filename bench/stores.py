"""What PostgreSQL costs beside a file, and what the word index saves beside looking through all.

    python -m bench.stores [DOCUMENTS]

Made-up documents of twenty sentences are added and read back, in a file and in a server started for
this on the same machine, both writing through to the disk; the better of two rounds counts. Then
the words of two sentences are searched for with the index and by going through every sentence.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from consilience.places import Place, PostgresCase
from consilience.records import Document, Passage, Reading
from consilience.store import open_store
from consilience.store.words import Term, Wanted, WordIndex
from consilience.wording import fold
from tests.factory import READER, document, reading
from tests.postgres_server import find_programs, running

DOCUMENTS = 1_000
ROUNDS = 2
QUERIES = 50
_SENTENCES, _WORDS = 20, 15
_VOCABULARY = 20_000


@dataclass(frozen=True)
class Timed:
    """Seconds each."""

    opening: float
    adding: float
    reading: float
    asking: float


MEASURES: tuple[tuple[str, Callable[[Timed, int], float]], ...] = (
    ("making a case, ms", lambda one, _: 1e3 * one.opening),
    ("adding, ms each", lambda one, n: 1e3 * one.adding / n),
    ("reading back, ms each", lambda one, n: 1e3 * one.reading / n),
    ("a question, µs", lambda one, n: 1e6 * one.asking / n),
)


def made_up(n: int) -> list[tuple[Document, Reading]]:
    drawn = random.Random(1)  # noqa: S311
    # As in texts, few words make up most of it.
    words = [f"w{int(_VOCABULARY ** drawn.random()):05}" for _ in range(100_000)]
    pages = []
    for number in range(n):
        lines = [" ".join(drawn.choices(words, k=_WORDS)) + "." for _ in range(_SENTENCES)]
        page = document(" ".join(lines), f"{number:06}.txt")
        spans, start = [], 0
        for line in lines:
            spans.append(Passage(page.id, start, start + len(line)))
            start += len(line) + 1
        pages.append((page, replace(reading(page), sentences=tuple(spans))))
    return pages


def timed(place: Place, pages: list[tuple[Document, Reading]]) -> Timed:
    def add() -> None:
        for page, made in pages:
            store.add_input(page.name, page.text.encode(), "1", [page])
            store.add_reading(page, READER, made)

    def read() -> None:
        assert len(store.documents()) == len(store.readings(READER)) == len(pages)

    def ask() -> None:
        for page, _ in pages:
            store.has_input(page.name, page.sha256, "1")

    opening = seconds(lambda: open_store(place).close())
    with closing(open_store(place)) as store:
        return Timed(opening, seconds(add), seconds(read), seconds(ask))


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def stores(pages: list[tuple[Document, Reading]]) -> None:
    programs = find_programs()
    if programs is None:
        sys.exit("PostgreSQL is not installed; install postgresql")
    with tempfile.TemporaryDirectory() as folder, running(programs, is_durable=True) as address:
        rounds = [
            (
                timed(Path(folder, f"{n}.db"), pages),
                timed(PostgresCase(address, f"bench{n}"), pages),
            )
            for n in range(ROUNDS)
        ]
    print(f"{len(pages):,} documents         SQLite   PostgreSQL   ratio")
    for label, measure in MEASURES:
        file, server = (min(measure(both[side], len(pages)) for both in rounds) for side in (0, 1))
        print(f"{label:24} {file:9.2f}   {server:10.2f}   {server / file:5.1f}")


def search(pages: list[tuple[Document, Reading]]) -> None:
    sentences = [page.text[s.start : s.end] for page, made in pages for s in made.sentences]
    asked = [tuple(s.rstrip(".").split()[:2]) for s in sentences[:: len(sentences) // QUERIES]]

    def scanned(words: tuple[str, ...]) -> list[int]:
        return [n for n, s in enumerate(sentences) if set(words) <= set(fold(s)[:-1].split())]

    def indexed(words: tuple[str, ...]) -> list[int]:
        return sorted(index.find(Wanted(tuple(Term((word,)) for word in words))))

    made: list[WordIndex] = []
    building = seconds(lambda: made.append(WordIndex(sentences)))
    index = made[0]
    assert all(scanned(words) == indexed(words) for words in asked[:5])
    found = seconds(lambda: [indexed(words) for words in asked]) / len(asked)
    looked = seconds(lambda: [scanned(words) for words in asked]) / len(asked)
    print(f"\n{len(sentences):,} sentences, {len(asked)} searches for two words")
    print(f"with the index {1e3 * found:.2f} ms, without {1e3 * looked:.1f} ms: 1 to", end=" ")
    print(f"{looked / found:,.0f}; the index takes {building:.2f} s to make")


def main() -> None:
    pages = made_up(int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS)
    stores(pages)
    search(pages)


if __name__ == "__main__":
    main()
