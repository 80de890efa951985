"""Score every layer that has a gold set, tell it in one table, and fail below `floors.json`.

    python -m evaluation [--data DIR] [--beside FOLDER] [--write]

`floors.json` names the scorers and, for each figure, the regular expression that finds it in what
the scorer prints (group `ours`, and `trivial` where a trivial rival runs beside it), what was
published, the aim and the floor. A floor is lowered only with a reason in the diff. Scorers whose
data is not there are passed over with a line. --beside FOLDER runs those that take a model once
more with the one in FOLDER. --write puts the table into `docs/evaluation.md`.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_FLOORS = _HERE / "floors.json"
_DATA = _HERE.parent.parent / "shared" / "data"
PAGE = _HERE.parent / "docs" / "evaluation.md"
_MARKS = ("<!-- table: python -m evaluation --write -->", "<!-- end of table -->")
# Each scorer keeps to one thread, so this many run at once without changing any figure.
WORKERS = 2


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table; what is not known or not given is None."""

    layer: str
    of: str
    measure: str
    line: str
    aim: float | None
    floor: float | None
    published: str | None
    ours: float | None = None
    trivial: float | None = None
    beside: float | None = None
    interval: str | None = None


@dataclass(frozen=True, slots=True)
class Scorer:
    """A module of this package with its arguments; `{data}` stands for the folder of the data."""

    command: tuple[str, ...]
    takes_model: bool
    figures: tuple[Figure, ...]


def load_scorers(path: Path = _FLOORS) -> list[Scorer]:
    return [
        Scorer(
            tuple(held["command"]),
            held.get("takes_model", False),
            tuple(_figure(row) for row in held["figures"]),
        )
        for held in json.loads(path.read_text(encoding="utf-8"))
    ]


def _figure(row: dict[str, Any]) -> Figure:
    return Figure(
        row["layer"],
        row["of"],
        row["measure"],
        row["line"],
        row.get("aim"),
        row.get("floor"),
        row.get("published"),
    )


def filled(figure: Figure, printed: str, beside: str | None = None) -> Figure:
    """The figure with what the scorer printed of it, and what it printed for the other model."""
    found = re.search(figure.line, printed, re.MULTILINE)
    other = re.search(figure.line, beside, re.MULTILINE) if beside is not None else None
    groups = found.groupdict() if found is not None else {}
    return Figure(
        figure.layer,
        figure.of,
        figure.measure,
        figure.line,
        figure.aim,
        figure.floor,
        figure.published,
        float(groups["ours"]) if groups else None,
        float(groups["trivial"]) if groups.get("trivial") else None,
        float(other["ours"]) if other is not None else None,
        groups.get("interval"),
    )


def below(figures: list[Figure]) -> list[str]:
    """One line for each figure that is below its floor or that no scorer printed."""
    lines = []
    for figure in figures:
        name = f"{figure.layer}, {figure.of}, {figure.measure}"
        if figure.ours is None:
            lines.append(f"{name}: not printed")
        elif figure.floor is not None and figure.ours < figure.floor:
            lines.append(f"{name}: {figure.ours:g}, floor {figure.floor:g}")
    return lines


def table(figures: list[Figure]) -> str:
    """Markdown; an aim that was missed is marked, a column for the other model only if it ran."""
    besides = any(figure.beside is not None for figure in figures)
    heads = [
        "layer",
        "set",
        "measure",
        "trivial",
        "ours",
        "other model",
        "aim",
        "floor",
        "published",
    ]
    rows = [heads, ["---"] * 3 + ["---:"] * 5 + ["---"]]
    for f in figures:
        missed = f.aim is not None and f.ours is not None and f.ours < f.aim
        rows.append(
            [
                f.layer,
                f.of,
                f.measure,
                _number(f.trivial),
                " ".join(filter(None, (_number(f.ours), f.interval))),
                _number(f.beside),
                _number(f.aim) + (" (missed)" if missed else ""),
                _number(f.floor),
                f.published or "",
            ]
        )
    if not besides:
        rows = [row[:5] + row[6:] for row in rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def write_page(told: str, page: Path = PAGE) -> None:
    before, _, rest = page.read_text(encoding="utf-8").partition(_MARKS[0])
    after = rest.partition(_MARKS[1])[2]
    page.write_text(f"{before}{_MARKS[0]}\n{told}\n{_MARKS[1]}{after}", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=_DATA)
    parser.add_argument("--beside", type=Path, help="the folder of a model to run too")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    figures: list[Figure] = []
    with ThreadPoolExecutor(WORKERS) as pool:
        for said, found in pool.map(partial(_scored, given.data, given.beside), load_scorers()):
            sys.stdout.write(f"{said}\n")
            sys.stdout.flush()
            figures += found
    told = table(figures)
    sys.stdout.write(f"{told}\n")
    if given.write:
        write_page(told)
    wrong = below(figures)
    for line in wrong:
        sys.stdout.write(f"below its floor: {line}\n")
    sys.exit(1 if wrong else 0)


def _scored(data: Path, beside: Path | None, scorer: Scorer) -> tuple[str, list[Figure]]:
    """What a scorer prints, and its figures; none where its data is missing."""
    command = [word.replace("{data}", str(data)) for word in scorer.command]
    said = f"$ python -m {' '.join(scorer.command)}"
    if any("{data}" in word for word in scorer.command) and not data.is_dir():
        return f"{said}\npassed over, {data} is not there", []
    printed = _printed(command)
    other = None
    if beside is not None and scorer.takes_model:
        other = _printed([*command, "--model", str(beside)])
    return f"{said}\n{printed}", [filled(figure, printed, other) for figure in scorer.figures]


def _printed(command: list[str]) -> str:
    """What the scorer prints; an account to score is told first where one is asked for."""
    with tempfile.TemporaryDirectory() as folder:
        case = next((w.removeprefix("case:") for w in command if w.startswith("case:")), None)
        if case is not None:
            told = ["consilience", "account", case, "--out", folder]
            subprocess.run([sys.executable, "-m", *told], check=True, stdout=subprocess.DEVNULL)
            command = [f"{folder}/dossier.json" if w.startswith("case:") else w for w in command]
        done = subprocess.run(
            [sys.executable, "-m", *command], check=True, stdout=subprocess.PIPE, text=True
        )
    return done.stdout


if __name__ == "__main__":
    main()
