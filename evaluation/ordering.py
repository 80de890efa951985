"""Score what is said of before and after on TempEval-3's training texts (TimeBank and AQUAINT).

    python -m evaluation.ordering --data DIR [--errors N] [--cues]

The annotators linked few of all pairs, so what follows from their links counts as theirs (the
closure over beginnings and ends). Right is a pair of ours that is so ordered; pairs on which they
say nothing are only counted. Recall is over the links of two events in one or two neighbouring
sentences that they made themselves. Intervals: 95 %, bootstrap over documents.
"""

import argparse
import gzip
import json
import random
import sys
import tempfile
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from consilience.engine import LocalEngine
from consilience.ingest import ingest
from consilience.reading import read_each
from consilience.records import Document, Failure, Order, Reading
from consilience.resolve.ordering import find_orders

SETS = ("timebank", "aquaint")
BEFORE, AFTER, WHILE = "before", "after", "while"
# TimeML's relations as what they say of (start a, end a, start b, end b): pairs `x < y`, `x = y`.
_POINTS: dict[str, tuple[str, ...]] = {
    "BEFORE": ("ae<bs",),
    "AFTER": ("be<as",),
    "IBEFORE": ("ae=bs",),
    "IAFTER": ("be=as",),
    "SIMULTANEOUS": ("as=bs", "ae=be"),
    "IDENTITY": ("as=bs", "ae=be"),
    "DURING": ("as=bs", "ae=be"),
    "INCLUDES": ("as<bs", "be<ae"),
    "IS_INCLUDED": ("bs<as", "ae<be"),
    "BEGINS": ("as=bs", "ae<be"),
    "BEGUN_BY": ("as=bs", "be<ae"),
    "ENDS": ("ae=be", "bs<as"),
    "ENDED_BY": ("ae=be", "as<bs"),
}
_CLASS = {"BEFORE": BEFORE, "IBEFORE": BEFORE, "AFTER": AFTER, "IAFTER": AFTER}
_N_SAMPLES = 1000

Pair = tuple[str, str]


@dataclass
class Gold:
    """The events of a text, where they stand, what the annotators linked and what follows."""

    at: dict[int, str]
    links: dict[Pair, str]
    known: "Closure"


class Closure:
    """What of two events is known, from links between beginnings and ends of all things."""

    def __init__(self, links: Sequence[tuple[str, str, str]]) -> None:
        names = sorted({n for a, b, _ in links for n in (a, b)})
        self._index = {n: i for i, n in enumerate(names)}
        n = 2 * len(names)
        less = np.zeros((n, n), dtype=bool)  # (P, P): strictly before
        same = np.eye(n, dtype=bool)  # (P, P)
        for i in range(len(names)):
            less[2 * i, 2 * i + 1] = True
        for a, b, relation in links:
            for rule in _POINTS[relation]:
                left, right = self._point(a, b, rule[:2]), self._point(a, b, rule[3:])
                if rule[2] == "<":
                    less[left, right] = True
                else:
                    same[left, right] = same[right, left] = True
        while True:
            reach = less | same
            longer = less | (reach @ less) | (less @ reach)
            wider = same | (same @ same)
            if (longer == less).all() and (wider == same).all():
                break
            less, same = longer, wider
        self._less, self._same = less, same

    def _point(self, a: str, b: str, name: str) -> int:
        return 2 * self._index[a if name[0] == "a" else b] + (name[1] == "e")

    def relation(self, a: str, b: str) -> str | None:
        if a not in self._index or b not in self._index:
            return None
        i, j = 2 * self._index[a], 2 * self._index[b]
        at_most = self._less | self._same
        if at_most[i + 1, j]:
            return BEFORE
        if at_most[j + 1, i]:
            return AFTER
        overlaps = self._less[i, j + 1] and self._less[j, i + 1]
        return WHILE if overlaps else None


@dataclass
class Tally:
    """Counts of one document."""

    right: int = 0
    judged: int = 0
    unknown: int = 0
    recalled: int = 0
    gold: int = 0
    cues: Counter[tuple[str, str, str]] = field(default_factory=Counter)


def load(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def gold(row: Mapping[str, Any], text: str) -> Gold:
    """The annotation of one text, its events by where they begin in `text`.

    `text` may have other blanks than the annotated one.
    """
    places = _places(row["text"], text)
    events = {e["eid"]: e for e in row["events"]}
    eid = {i["eiid"]: i["eventID"] for i in row["instances"]}
    # One or two events begin with a blank.
    at = {places[e["end"] - len(e["text"].lstrip())]: e["eid"] for e in events.values()}
    links, everything = {}, []
    for link in row["tlinks"]:
        a = eid.get(link.get("eventInstanceID", ""), link.get("timeID"))
        b = eid.get(link.get("relatedToEventInstance", ""), link.get("relatedToTime"))
        if a is None or b is None or a == b:
            continue
        everything.append((a, b, link["relType"]))
        if a in events and b in events:
            links[a, b] = _CLASS.get(link["relType"], WHILE)
    return Gold(at, links, Closure(everything))


def _places(given: str, read: str) -> dict[int, int]:
    """Where each character that is no blank stands in another text of the same characters."""
    theirs = [i for i, c in enumerate(given) if not c.isspace()]
    ours = [i for i, c in enumerate(read) if not c.isspace()]
    if len(theirs) != len(ours):
        raise ValueError("the texts differ in more than their blanks")
    return dict(zip(theirs, ours, strict=True))


def ours(orders: Sequence[Order], truth: Gold) -> list[tuple[Pair, Order]]:
    """Our orders between two annotated events."""
    found = []
    for order in orders:
        a, b = truth.at.get(order.mention.start), truth.at.get(order.of.start)
        if a is not None and b is not None and a != b:
            found.append(((a, b), order))
    return found


def by_text_order(truth: Gold) -> dict[Pair, str]:
    """The trivial reader: of any two events linked, what is told first came first."""
    start = {e: s for s, e in truth.at.items()}
    return {(a, b): BEFORE if start[a] < start[b] else AFTER for a, b in truth.links}


def tally(truth: Gold, said: Mapping[Pair, str], reading: Reading) -> Tally:
    counts = Tally()
    for (a, b), relation in said.items():
        known = truth.known.relation(a, b)
        counts.unknown += known is None
        counts.judged += known is not None
        counts.right += known == relation
    near = _near(truth, reading)
    for (a, b), relation in truth.links.items():
        if (a, b) in near:
            counts.gold += 1
            told = said.get((a, b)) or _turned(said.get((b, a)))
            counts.recalled += told == relation
    return counts


def _turned(relation: str | None) -> str | None:
    return {BEFORE: AFTER, AFTER: BEFORE}.get(relation or "", relation)


def _near(truth: Gold, reading: Reading) -> set[Pair]:
    """The linked pairs that stand in one sentence or in two that follow one another."""
    starts = [s.start for s in reading.sentences]
    place = {event: bisect_right(starts, at) for at, event in truth.at.items()}
    return {(a, b) for a, b in truth.links if abs(place[a] - place[b]) <= 1}


def interval(counts: Sequence[Tally], of: str) -> str:
    """A share in per cent with its 95 % interval."""

    def share(some: Sequence[Tally]) -> float:
        if of == "precision":
            return 100 * sum(t.right for t in some) / max(1, sum(t.judged for t in some))
        return 100 * sum(t.recalled for t in some) / max(1, sum(t.gold for t in some))

    chance = random.Random(4)  # noqa: S311
    drawn = sorted(share(chance.choices(counts, k=len(counts))) for _ in range(_N_SAMPLES))
    return f"{share(counts):5.1f} [{drawn[25]:4.1f}, {drawn[975]:4.1f}]"


def report(name: str, counts: Sequence[Tally]) -> str:
    judged, unknown = sum(t.judged for t in counts), sum(t.unknown for t in counts)
    return (
        f"{name:<22} precision {interval(counts, 'precision')} of {judged} judged "
        f"({unknown} unknown)  recall {interval(counts, 'recall')} "
        f"of {sum(t.gold for t in counts)}"
    )


def score(
    rows: Sequence[Mapping[str, Any]], read: Mapping[str, tuple[Document, Reading]]
) -> dict[str, list[Tally]]:
    """Tallies a document for ours, for each of its relations, and for the baseline."""
    found: dict[str, list[Tally]] = defaultdict(list)
    for row in rows:
        document, reading = read[row["doc"]]
        truth = gold(row, document.text)
        mine = ours(find_orders([document], {document.id: reading}), truth)
        said = {pair: str(order.relation) for pair, order in mine}
        whole = tally(truth, said, reading)
        for pair, order in mine:
            known = truth.known.relation(*pair)
            whole.cues[
                order.reason.strip("“”").lower().split()[-1], str(order.relation), str(known)
            ] += 1
        found["ours"].append(whole)
        for relation in (BEFORE, AFTER, WHILE):
            some = {pair: r for pair, r in said.items() if r == relation}
            found[f"ours, {relation}"].append(tally(truth, some, reading))
        found["always text order"].append(tally(truth, by_text_order(truth), reading))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cues", action="store_true", help="what each cue was right and wrong on")
    given = parser.parse_args()
    folder = given.data / "dev" / "tempeval3"
    if not folder.is_dir():
        sys.exit(f"{folder}: not there; this needs TempEval-3's training texts")
    rows = [row for name in SETS for row in load(folder / f"{name}.jsonl.gz")]
    counts = score(rows, read(rows))
    for name, tallies in counts.items():
        sys.stdout.write(f"{report(name, tallies)}\n")
    if given.cues:
        cues = sum((t.cues for t in counts["ours"]), Counter[tuple[str, str, str]]())
        for (cue, relation, known), n in sorted(cues.items()):
            sys.stdout.write(f"  {cue:<14} ours {relation:<7} theirs {known:<7} {n}\n")


def read(rows: Sequence[Mapping[str, Any]]) -> dict[str, tuple[Document, Reading]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.jsonl"
        with path.open("w", encoding="utf-8") as out:
            for row in rows:
                given = {"id": row["doc"], "text": row["text"], "published": row["dct"]}
                out.write(json.dumps(given) + "\n")
        outcomes = read_each(ingest((str(path),)), LocalEngine())
        pairs = [outcome for outcome in outcomes if not isinstance(outcome, Failure)]
    return {document.id: (document, reading) for document, reading in pairs}


if __name__ == "__main__":
    main()
