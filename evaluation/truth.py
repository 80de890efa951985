"""Truth discovery on four public tables, beside voting.

    python -m evaluation.truth --data DIR [--table NAME]

DIR/dev/truth holds birthplaces and heritages (Jung, Kim and Shim 2019, with a hierarchy of
places), population (Pasternack and Roth 2010) and book (Dong, Berti-Équille and Srivastava 2009).
Right is the value chosen for an item: for places *exact* (the place itself), *fullest* (the
narrowest of the values given that hold) and *holds* (the place or one that it lies in); for the
population the very number; for a book all of its authors and nobody else. "With the hierarchy" is
`consilience weigh --within`. Intervals are 95 %, by bootstrap over the items.
"""

import argparse
import csv
import gzip
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from consilience.tables import Row, weigh_rows
from consilience.weigh.values import read_column

Chosen = Mapping[str, str]
Right = Callable[[str, str], bool]
_RESAMPLES = 1000


def _lines(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8", errors="replace") as lines:
        return [line.rstrip("\n") for line in lines]


def voted(rows: Sequence[Row], *, first_given: bool) -> Chosen:
    """The value most sources give, however they spell it; of two as common the one given first,
    or the first in the alphabet."""
    column = read_column([(r.item, r.value) for r in rows])
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for item, _, key in dict.fromkeys((r.item, r.source, column.key[r.value]) for r in rows):
        if key is not None:
            votes[item][key] += 1
    return {
        item: column.shown[
            item, max(found if first_given else sorted(found), key=found.__getitem__)
        ]
        for item, found in votes.items()
    }


def rivals(rows: Sequence[Row]) -> tuple[tuple[str, Chosen], ...]:
    return (
        ("voting, then first given", voted(rows, first_given=True)),
        ("voting, then alphabet", voted(rows, first_given=False)),
    )


def weighed(rows: Sequence[Row], within: Sequence[tuple[str, str]] = ()) -> Chosen:
    return {b.item: b.value for b in weigh_rows(rows, within)[0] if b.chosen}


def share(chosen: Chosen, gold: Mapping[str, str], is_right: Right) -> str:
    """Per cent right of the items that have a value, with the interval."""
    marks = [
        is_right(chosen[item], truth) for item, truth in sorted(gold.items()) if item in chosen
    ]
    drawn = random.Random(0)  # noqa: S311
    means = sorted(sum(drawn.choices(marks, k=len(marks))) for _ in range(_RESAMPLES))
    low, high = means[_RESAMPLES // 40], means[-_RESAMPLES // 40 - 1]
    n = len(marks) / 100
    return f"{sum(marks) / n:5.1f} [{low / n:.1f}, {high / n:.1f}] of {len(marks)}"


def places(folder: Path, name: str) -> None:
    with gzip.open(folder / name / "claims.csv.gz", "rt", encoding="utf-8") as lines:
        rows = [Row(r["src"], r["obj"], r["value"]) for r in csv.DictReader(lines)]
    with gzip.open(folder / name / "groundtruths.csv.gz", "rt", encoding="utf-8") as lines:
        gold = {r["obj"]: r["value"] for r in csv.DictReader(lines)}
    with gzip.open(folder / name / "hierarchy.csv.gz", "rt", encoding="utf-8") as lines:
        tree = list(csv.DictReader(lines))
    names = {row["ID"]: row["name"] for row in tree}
    within = [(r["name"], names[r["parentID"]]) for r in tree if r["parentID"] not in ("0", "-1")]
    given = defaultdict(set)
    for row in rows:
        given[row.item].add(row.value)
    fullest = {
        item: next((p for p in path.split(",") if p in given[item]), "")
        for item, path in gold.items()
    }
    for how, chosen in (
        *rivals(rows),
        ("ours", weighed(rows)),
        ("ours, with the hierarchy", weighed(rows, within)),
    ):
        say(name, how, "exact", share(chosen, gold, lambda v, path: v == path.split(",")[0]))
        say(name, how, "fullest", share(chosen, fullest, lambda v, best: v == best))
        say(name, how, "holds", share(chosen, gold, lambda v, path: v in path.split(",")))


def population(folder: Path) -> None:
    rows, gold = [], {}
    for line in _lines(folder / "population" / "claims_all.tsv.gz"):
        item, source, value, _ = line.split("\t")
        rows.append(Row(source, item, value))
    for line in _lines(folder / "population" / "gold.csv.gz"):
        *place, year, number = (cell.strip() for cell in line.split(","))
        gold[f"{', '.join(place)}_{year}"] = number
    for how, chosen in (*rivals(rows), ("ours", weighed(rows))):
        right = share(chosen, gold, lambda v, truth: re.sub(r"\D", "", v) == truth)
        say("population", how, "right", right)


def book(folder: Path) -> None:
    rows, gold = [], {}
    for line in _lines(folder / "book" / "claims.tsv.gz"):
        cells = line.split("\t")
        if len(cells) == 4:
            rows.append(Row(cells[0], cells[1], cells[3]))
    for line in _lines(folder / "book" / "gold100.txt.gz"):
        cells = line.split("\t")
        if len(cells) == 2:
            gold[cells[0]] = cells[1]
    for how, chosen in (*rivals(rows), ("ours", weighed(rows))):
        say("book", how, "authors", share(chosen, gold, same_authors))


def same_authors(value: str, truth: str) -> bool:
    """Whether all last names of the truth are there, and no word but of their names.

    >>> same_authors("P. Berg and Anna Lind", "Lind, Anna; Berg, Per")
    True
    >>> same_authors("Anna Lind", "Lind, Anna; Berg, Per")
    False
    """
    found = words(value)
    names = [name for name in truth.split(";") if name.strip()]
    known = {word for name in names for word in words(name)}
    # A given name may be shortened or spelt out: Dan, Daniel.
    strange = [
        w for w in found if not any(k.startswith(w[:3]) or w.startswith(k[:3]) for k in known)
    ]
    return all(words(name.split(",")[0]) <= found for name in names) and not strange


def words(names: str) -> set[str]:
    key = read_column([("", f"{names};")]).key[f"{names};"]
    return set((key or "").split())


def say(table: str, how: str, measure: str, figure: str) -> None:
    sys.stdout.write(f"{table:<12} {how:<26} {measure:<8} {figure}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    tables = ("birthplaces", "heritages", "population", "book")
    parser.add_argument("--table", choices=tables)
    given = parser.parse_args()
    folder = given.data / "dev" / "truth"
    if not folder.is_dir():
        sys.exit(f"{folder}: not there; this needs the tables of claims")
    for table in (given.table,) if given.table else tables:
        if table in ("birthplaces", "heritages"):
            places(folder, table)
        elif table == "population":
            population(folder)
        else:
            book(folder)


if __name__ == "__main__":
    main()
