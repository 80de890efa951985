"""Score time expressions on TempEval-3's training texts (TimeBank and AQUAINT).

    python -m evaluation.times --data DIR [--errors N] [--model FOLDER]

Spans count as found strictly (both ends) or relaxed (any overlap); a value counts where a span
found relaxed also has the right TIMEX3 value, as TempEval-3 scores its task A. Intervals: 95 %,
bootstrap over documents.
"""

import argparse
import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from consilience.dates import when_of
from consilience.errors import ModelError
from consilience.read.encoder import Encoder, Parse
from consilience.read.segment import segment
from consilience.read.times import find_times
from consilience.records import DateBasis, Document
from consilience.relative import resolve

SETS = ("timebank", "aquaint")
# From memory, not checked here: TempEval-3, task A, English, on its "platinum" test set.
PUBLISHED = "HeidelTime on TempEval-3's platinum set: strict F1 81.3, value F1 77.6 (from memory)"

Span = tuple[int, int, str]


@dataclass
class Tally:
    n_gold: int = 0
    n_found: int = 0
    strict: int = 0
    relaxed: int = 0
    value: int = 0
    kind: int = 0

    def add(
        self, gold: Sequence[Span], found: Sequence[Span]
    ) -> list[tuple[Span | None, Span | None]]:
        """Count one document; returns what was missed, made up or given another value."""
        self.n_gold += len(gold)
        self.n_found += len(found)
        wrong: list[tuple[Span | None, Span | None]] = []
        taken: set[int] = set()
        for g in gold:
            hits = [
                i for i, f in enumerate(found) if i not in taken and f[0] < g[1] and g[0] < f[1]
            ]
            if not hits:
                wrong.append((g, None))
                continue
            best = max(hits, key=lambda i: (found[i][:2] == g[:2], -abs(found[i][0] - g[0])))
            taken.add(best)
            f = found[best]
            self.relaxed += 1
            self.strict += f[:2] == g[:2]
            self.value += f[2] == g[2]
            if f[:2] != g[:2] or f[2] != g[2]:
                wrong.append((g, f))
        wrong.extend((None, f) for i, f in enumerate(found) if i not in taken)
        return wrong

    def f1(self, n_right: int) -> float:
        return 200 * n_right / max(1, self.n_gold + self.n_found)

    def __str__(self) -> str:
        return (
            f"strict {self.f1(self.strict):5.1f}  relaxed {self.f1(self.relaxed):5.1f}  "
            f"value {self.f1(self.value):5.1f}  ({self.n_gold} gold, {self.n_found} found)"
        )


N_DRAWS = 1000


def bounds(tallies: Sequence[Tally], right: Callable[[Tally], int]) -> str:
    """The interval of an F1, drawn by whole documents."""
    rng = random.Random(0)  # noqa: S311 - draws for an interval, no secret
    drawn = []
    for _ in range(N_DRAWS):
        sample = rng.choices(tallies, k=len(tallies))
        total = sum(t.n_gold + t.n_found for t in sample)
        drawn.append(200 * sum(map(right, sample)) / max(1, total))
    drawn.sort()
    return f"{drawn[int(0.025 * N_DRAWS)]:.1f}-{drawn[int(0.975 * N_DRAWS)]:.1f}"


def load(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from (json.loads(line) for line in file)


def document_of(row: dict[str, Any]) -> Document:
    published = when_of(row["dct"][:10])
    return Document(
        row["doc"], row["doc"], None, None, None, None, published, DateBasis.GIVEN, None, None,
        "en", row["text"], "",
    )  # fmt: skip


_WORDS = re.compile(
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:yesterday|today|tomorrow)\b|\b(?:19|20)\d\d\b"
)


def baseline(text: str, anchor: date) -> list[Span]:
    """Names of weekdays as the last such day, yesterday, today, tomorrow, and years."""
    names = "mon tue wed thu fri sat sun".split()
    near = {"yesterday": -1, "today": 0, "tomorrow": 1}
    found = []
    for match in _WORDS.finditer(text):
        word = match[0].lower()
        if word in near:
            value = resolve(f"days:{near[word]}", anchor)
        elif word[:3] in names:
            value = resolve(f"weekday:{names.index(word[:3]) + 1}:past", anchor)
        else:
            value = word
        found.append((match.start(), match.end(), value))
    return found


def parser(model: Path | None) -> Callable[[str], list[Parse]]:
    """The encoder's sentences, or none at all where no model is installed."""
    try:
        encoder = Encoder(model)
    except ModelError as e:
        print(f"without syntax: {e}")
        return lambda _: []
    return lambda text: [encoder.parse(text, s.tokens) for s in segment(text) if s.tokens]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--errors", type=int, default=0)
    arguments.add_argument("--model", type=Path, help="instead of the shipped one")
    given = arguments.parse_args()
    parse = parser(given.model)
    total, plain = Tally(), Tally()
    each: list[Tally] = []
    kinds: Counter[str] = Counter()
    for name in SETS:
        tally, trivial = Tally(), Tally()
        for row in load(given.data / "dev/tempeval3" / f"{name}.jsonl.gz"):
            gold = [(t["start"], t["end"], t["value"]) for t in row["timexes"]]
            document = document_of(row)
            times = find_times(document, parse(document.text))
            found = [(t.passage.start, t.passage.end, t.when.value) for t in times]
            for wrong_g, wrong_f in tally.add(gold, found):
                kinds[_described(document.text, wrong_g, wrong_f)] += 1
            total.add(gold, found)
            each.append(Tally())
            each[-1].add(gold, found)
            guesses = baseline(document.text, date.fromisoformat(row["dct"][:10]))
            trivial.add(gold, guesses)
            plain.add(gold, guesses)
        print(f"{name:9} {tally}\n{'':9} {trivial}  weekdays and years only")
    print(f"{'both':9} {total}\n{'':9} {plain}  weekdays and years only")
    print(
        f"{'':9} intervals: strict {bounds(each, lambda t: t.strict)}"
        f"  value {bounds(each, lambda t: t.value)}\n{PUBLISHED}"
    )
    for what, n in kinds.most_common(given.errors):
        print(f"{n:4} {what}")


def _described(text: str, gold: Span | None, found: Span | None) -> str:
    def said(span: Span | None) -> str:
        return "-" if span is None else f"{text[span[0] : span[1]].split()} {span[2]}".lower()

    same = bool(gold and found and gold[:2] == found[:2])
    kind = "value" if same else "span" if gold and found else "missed" if gold else "extra"
    return f"{kind:7} {said(gold)}  |  {said(found)}"


if __name__ == "__main__":
    main()
