"""How the time and memory of grouping grow with the stream: the ratio when it doubles.

    python -m bench.grouping [SIZE...]

The streams are grown from the documents of the example: each event gets names, numbers and days
of its own and is told by one to seven pages, each of some of the sentences. All events are of one
kind, which is the hardest for finding candidates. In a second stream one event holds half of all
documents. Each size runs in a process of its own; memory is beyond that of a run with no document.
"""

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from consilience.dates import when_of
from consilience.group import group_sketches, sketch_of
from consilience.group.words import words_of
from consilience.ingest import ingest
from consilience.records import DateBasis, Document

SIZES = (100, 1_000, 4_000, 16_000)
EXAMPLE = Path(__file__).parent.parent / "examples" / "valdoro"
_DOCUMENTS_A_DAY = 40
_FIRST_DAY = date(2031, 1, 1)
_SYLLABLES = "ba de fi go lu ma ne pi ro su ta ve xo ya zu kel dor mir san tol var wen".split()
_WORD = re.compile(r"[^\W\d_]+|\d+")
_SENTENCE = re.compile(r"(?<=[.!?”\"])\s+")


def stories() -> list[list[str]]:
    """The sentences of each document of the example."""
    found = (one for one in ingest([EXAMPLE]) if isinstance(one, Document))
    return [_SENTENCE.split(document.text) for document in found]


def names(told: list[list[str]]) -> list[str]:
    words = (word for story in told for line in story for word in _WORD.findall(line))
    capitals = {word for word in words if word[0].isupper()}
    said = {w.folded for story in told for line in story for w in words_of(line) if w.is_name}
    return sorted(word for word in capitals if word.lower() in said)


def stream(n: int, *, is_half_one: bool) -> Iterator[tuple[Document, int]]:
    """`n` documents with the number of their event."""
    rng = random.Random(7)  # noqa: S311
    told = stories()
    known = names(told)
    event, left, own = 0, 0, dict[str, str]()
    one = _own_words(rng, known)
    for i in range(n):
        if is_half_one and i % 2:
            yield _document(rng, told, one, _day(n // 2, n) + timedelta(i % 5), i), -1
            continue
        if left == 0:
            event, left, own = event + 1, rng.randint(1, len(told)), _own_words(rng, known)
        left -= 1
        yield _document(rng, told, own, _day(i, n) + timedelta(rng.randint(0, 2)), i), event


def _day(i: int, n: int) -> date:
    return _FIRST_DAY + timedelta(i // min(_DOCUMENTS_A_DAY, n))


def _own_words(rng: random.Random, known: list[str]) -> dict[str, str]:
    return {word: "".join(rng.choices(_SYLLABLES, k=3)).title() for word in known}


def _document(
    rng: random.Random, told: list[list[str]], own: dict[str, str], day: date, number: int
) -> Document:
    story = rng.choice(told)
    kept = sorted(rng.sample(range(len(story)), max(1, len(story) * 2 // 3)))
    text = "\n".join(story[k] for k in kept)
    text = _WORD.sub(lambda found: own.get(found[0], found[0]), text)
    published = when_of(day.isoformat())
    return Document(
        f"d{number:07}", f"d{number:07}", None, None, None, None, published, DateBasis.GIVEN,
        None, None, "en", text, "",
    )  # fmt: skip


def measure(n: int, *, is_half_one: bool) -> dict[str, float]:
    seconds = -time.process_time()
    sketches, events = [], []
    waited = 0.0
    made = stream(n, is_half_one=is_half_one)
    while True:
        began = time.process_time()
        document, event = next(made, (None, 0))
        waited += time.process_time() - began
        if document is None:
            break
        sketches.append(sketch_of(document))
        events.append(event)
    groups = [group_id for _, group_id in group_sketches(sketches)]
    seconds += time.process_time() - waited
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "seconds": seconds,
        "megabytes": kilobytes / 1024,
        "groups": len(set(groups)),
        "events": len(set(events)),
        "together": _share_together(groups, events),
    }


def _share_together(groups: list[str], events: list[int]) -> float:
    """Of neighbours in the stream that are of one event, the share in one group."""
    last: dict[int, str] = {}
    same = there = 0
    for group, event in zip(groups, events, strict=True):
        if event in last:
            there += 1
            same += group == last[event]
        last[event] = group
    return same / max(there, 1)


def _in_own_process(n: int, *, is_half_one: bool) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.grouping", "--one", str(n)]
    command += ["--half"] if is_half_one else []
    ended = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, float] = json.loads(ended.stdout)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.grouping")
    parser.add_argument("sizes", metavar="SIZE", nargs="*", type=int, default=SIZES)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--half", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one is not None:
        print(json.dumps(measure(arguments.one, is_half_one=arguments.half)))
        return
    empty = _in_own_process(0, is_half_one=False)["megabytes"]
    for is_half_one in (False, True):
        print("one event holds half" if is_half_one else "events of one to seven documents")
        before: tuple[int, float, float] | None = None
        for n in arguments.sizes:
            found = _in_own_process(n, is_half_one=is_half_one)
            seconds, megabytes = found["seconds"], found["megabytes"] - empty
            line = (
                f"{n:8,} documents {seconds:8.2f} s {megabytes:8.1f} MB"
                f"   {found['groups']:6.0f} groups of {found['events']:6.0f} events,"
                f" {100 * found['together']:5.1f} % of neighbours together"
            )
            if before is not None:
                times = n / before[0]
                line += (
                    f"   x{times:.0f}: time x{seconds / before[1]:.1f},"
                    f" memory x{megabytes / before[2]:.1f}"
                )
            print(line, flush=True)
            before = n, seconds, megabytes


if __name__ == "__main__":
    main()
