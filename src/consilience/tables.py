"""Tables of claims: CSV in, beliefs in CSV out. `consilience.weigh.truth` does the weighing."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from consilience.errors import InputError
from consilience.weigh.dependence import Dependence, find_dependences, origins_of, own_shares
from consilience.weigh.elements import believe_lists
from consilience.weigh.truth import Said, believe
from consilience.weigh.values import Column, read_column

_COLUMNS = ("source", "item", "value")
# Copies are found by the beliefs, beliefs weigh copies less: no table of evaluation/truth.py
# changes after the second time.
_ROUNDS = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One source's claim; `time` orders the claims of one source about one item."""

    source: str
    item: str
    value: str
    time: str = ""


@dataclass(frozen=True, slots=True)
class Belief:
    item: str
    value: str
    belief: float
    n_sources: int
    n_origins: int
    chosen: bool


def read_rows(path: Path) -> list[Row]:
    """The claims of a CSV file with the columns source, item, value, and time if it has one.

    Raises:
        InputError: the file cannot be read, or a column or a cell of a row is missing.
    """
    rows = []
    for line, cells in _lines(path, _COLUMNS):
        if any(cells.get(name) is None for name in _COLUMNS):
            raise InputError(f"{path}: line {line} has too few cells; give source, item and value")
        time = cells.get("time") or ""
        rows.append(
            Row(cells["source"].strip(), cells["item"].strip(), cells["value"], time.strip())
        )
    if not rows:
        raise InputError(f"{path}: holds no claim; give rows of source, item and value")
    return rows


def read_hierarchy(path: Path) -> list[tuple[str, str]]:
    """Pairs of a value and a wider one it lies in, from the columns value and within."""
    found = []
    for line, cells in _lines(path, ("value", "within")):
        if not cells.get("value") or not cells.get("within"):
            raise InputError(f"{path}: line {line} has too few cells; give value and within")
        found.append((cells["value"], cells["within"]))
    return found


def _lines(path: Path, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; name a CSV file") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: byte {error.start} is no UTF-8; save it as UTF-8") from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        names = [name.strip().lower() for name in reader.fieldnames or ()]
    except csv.Error as error:
        raise InputError(f"{path}: line {reader.line_num}: {error}; mend the CSV") from error
    reader.fieldnames = names
    missing = [name for name in needed if name not in names]
    if missing:
        raise InputError(f"{path}: no column {missing[0]}; name the columns {', '.join(needed)}")
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise InputError(f"{path}: line {reader.line_num}: {error}; mend the CSV") from error


def weigh_rows(
    rows: Sequence[Row], within: Iterable[tuple[str, str]] = ()
) -> tuple[list[Belief], tuple[Dependence, ...]]:
    """What to believe of each item, and which sources draw on one another.

    Of one source's claims about one item the latest counts, without times the last given.
    """
    latest: dict[tuple[str, str], Row] = {}
    for row in rows:
        before = latest.get((row.source, row.item))
        if before is None or row.time >= before.time:
            latest[row.source, row.item] = row
    column = read_column([(row.item, row.value) for row in latest.values()], within)
    said = [
        Said(row.source, row.item, key)
        for row in latest.values()
        if (key := column.key[row.value]) is not None
    ]
    beliefs, dependences = _believed(said, column)
    givers: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in said:
        givers[one.item, one.value].append(one.source)
    made = []
    for item in dict.fromkeys(row.item for row in rows):
        truth = beliefs.get(item)
        if truth is None:
            continue
        best = max(sorted(truth), key=lambda v: (truth[v][0], len(givers[item, v])))
        for value in sorted(truth, key=lambda v: (-truth[v][1], v)):
            sources = givers[item, value]
            n_origins = origins_of(sources, dependences)
            shown, belief = column.shown[item, value], round(truth[value][1], 4)
            made.append(Belief(item, shown, belief, len(sources), n_origins, value == best))
    return made, dependences


Judged = dict[str, dict[str, tuple[float, float]]]


def _believed(said: Sequence[Said], column: Column) -> tuple[Judged, tuple[Dependence, ...]]:
    """(that it is the truth, that it holds) of each value of each item, and the dependences."""
    beliefs = believe(said, column.is_vaguer)
    for _ in range(_ROUNDS):
        dependences = find_dependences(said, beliefs.holds, beliefs.accuracy)
        shares = own_shares(said, dependences, beliefs.accuracy)
        beliefs = believe(said, column.is_vaguer, shares)
    if column.is_lists:
        lists = believe_lists([(s.source, s.item, frozenset(s.value.split())) for s in said])
        return {
            item: {" ".join(sorted(value)): (p, p) for value, p in fit.items()}
            for item, fit in lists.fit.items()
        }, dependences
    return {
        item: {value: (p, beliefs.holds[item][value]) for value, p in truth.items()}
        for item, truth in beliefs.truth.items()
    }, dependences


def beliefs_to_csv(beliefs: Iterable[Belief]) -> str:
    return _csv(
        ("item", "value", "belief", "n_sources", "n_origins", "chosen"),
        (
            (b.item, b.value, b.belief, b.n_sources, b.n_origins, "true" if b.chosen else "false")
            for b in beliefs
        ),
    )


def dependences_to_csv(dependences: Iterable[Dependence]) -> str:
    """`items`: where the two share what is likely false, the evidence, parted by semicolons."""
    return _csv(
        ("source_a", "source_b", "probability", "n_items", "n_same", "items"),
        (
            (d.a, d.b, round(d.probability, 4), d.n_items, d.n_same, "; ".join(d.items))
            for d in dependences
        ),
    )


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()
