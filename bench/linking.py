"""Time and memory of linking events across 100, 1,000 and 4,000 documents.

    python -m bench.linking [--kind event|entity] [SIZES...]

The documents are those of `examples` and `evaluation/cases`, read once and copied: in every copy
of a case other letters stand in its names and other digits in its figures, the same in all its
documents, so that each copy is a story of its own and no reading has to be made anew. Every
predicate is a mention (of entities: every mention). Seconds are of the processor, reading left out;
each size runs in a process of its own, so that its peak of memory is its own. The ratio is time a
document, held against the first size: 1 where time is linear.
"""

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any

from consilience.engine import LocalEngine
from consilience.ingest import ingest
from consilience.reading import read_each
from consilience.records import Document, Failure, Passage, Reading
from consilience.resolve.event_mentions import own_mentions
from evaluation.link import LINKERS

SIZES = (100, 1_000, 4_000)
_HERE = Path(__file__).parent.parent
_WORD = re.compile(r"[^\W\d_]+")
_SWAPPED = ("bcdfghklmnprst", "aeiou")
_DAYS = re.compile(r"\d+")


def cases() -> list[list[tuple[Document, Reading]]]:
    """The invented cases, each document with its reading."""
    folders = (*_HERE.glob("examples/*"), *_HERE.glob("evaluation/cases/*"))
    found = []
    for folder in sorted(p for p in folders if p.is_dir()):
        read = read_each(ingest([folder]), LocalEngine())
        found.append([pair for pair in read if not isinstance(pair, Failure)])
    return found


def copied(case: list[tuple[Document, Reading]], number: int) -> Iterator[tuple[Document, Reading]]:
    """The case under other names and figures of the same length."""
    rng = random.Random(number)  # noqa: S311
    letters: dict[str, str] = {}
    for group in _SWAPPED:
        for one, other in zip(group, rng.sample(group, len(group)), strict=True):
            letters |= {one: other, one.upper(): other.upper()}
    digits = dict(zip("123456789", rng.sample("123456789", 9), strict=True))
    names = str.maketrans(letters)
    figures = str.maketrans(digits)
    for document, reading in case:
        text = list(_DAYS.sub(lambda m: m[0].translate(figures), document.text))
        for mention in reading.mentions:
            if mention.named:
                at = mention.passage
                text[at.start : at.end] = document.text[at.start : at.end].translate(names)
        id_ = f"{document.id}-{number}"
        made = replace(moved(document, id_), id=id_, text="".join(text))
        # The vectors are the greater part of a reading and can be shared.
        yield made, replace(moved(replace(reading, vectors=()), id_), vectors=reading.vectors)


def moved(record: Any, document_id: str) -> Any:
    """The record with every passage in the document of this id."""
    if isinstance(record, tuple):
        return tuple(moved(one, document_id) for one in record)
    if not is_dataclass(record) or isinstance(record, (type, Enum)):
        return record
    changed = {f.name: moved(getattr(record, f.name), document_id) for f in fields(record)} | (
        {"document_id": document_id} if isinstance(record, (Passage, Reading)) else {}
    )
    return type(record)(**changed)


def measure(kind: str, size: int) -> dict[str, float]:
    """Seconds and MiB of linking so many documents."""
    base = cases()
    documents: list[Document] = []
    readings: dict[str, Reading] = {}
    number = 0
    while len(documents) < size:
        for document, reading in copied(base[number % len(base)], number):
            documents.append(document)
            readings[document.id] = reading
        number += 1
    documents = documents[:size]
    mentions = {
        f"{id_} {number}": at
        for number, (id_, at) in enumerate(_mentions(kind, documents, readings))
    }
    before = peak_mib()
    began = time.process_time()
    clusters = LINKERS[kind](documents, readings, mentions)
    return {
        "documents": len(documents),
        "mentions": len(mentions),
        "clusters": len(set(clusters.values())),
        "seconds": time.process_time() - began,
        "mib_before": before,
        "mib": peak_mib(),
    }


def _mentions(
    kind: str, documents: list[Document], readings: Mapping[str, Reading]
) -> Iterator[tuple[str, Passage]]:
    for document in documents:
        reading = readings[document.id]
        if kind == "event":
            yield from own_mentions({document.id: reading}).items()
        else:
            yield from ((m.id, m.passage) for m in reading.mentions)


def peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description="Time and memory of linking.")
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--kind", choices=sorted(LINKERS), default="event")
    parser.add_argument("--alone", action="store_true", help="one size, here, as JSON")
    given = parser.parse_args()
    if given.alone:
        print(json.dumps(measure(given.kind, given.sizes[0])))
        return
    print(f"{given.kind:10}{'mentions':>10}{'clusters':>10}{'seconds':>9}{'ms each':>9}{'ratio':>7}"
          f"{'MiB':>7}{'of it linking':>15}")  # fmt: skip
    first = 0.0
    for size in given.sizes:
        command = (
            sys.executable,
            "-m",
            "bench.linking",
            "--alone",
            "--kind",
            given.kind,
            str(size),
        )
        got = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        each = got["seconds"] / got["documents"]
        first = first or each
        print(
            f"{got['documents']:<10,}{got['mentions']:10,}{got['clusters']:10,}{got['seconds']:9.2f}"
            f"{1000 * each:9.2f}{each / first:7.2f}{got['mib']:7.0f}"
            f"{got['mib'] - got['mib_before']:15.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
