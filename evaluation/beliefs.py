"""Whether the most believed figure is right, whether beliefs are right as often as they say, and
how often a false figure that is copied flips the answer.

    python -m evaluation.beliefs --data DIR [--cases 200] [--offset 0] [--copied 40] [--memory FILE]

reads incidents of GVA's development set as `evaluation.gva` does and takes the answers of the main
event to how many were killed and injured. Which is chosen: `best` (the most believed total), the
figure of most origins (`most_origins`), that of most pages. A belief is right where the archive's
count is the candidate's figure; beside it the share of origins that hold the candidate, as if that
were a belief. Brier: the mean of (belief - right)²; ECE: how far beliefs in ten bins lie from how
often they are right.

Then `--copied` cases with one figure of one document changed (`evaluation.planted`): that
document stands in the case once, then with 2, 9 and 30 verbatim copies under other names. Flipped:
the false figure is chosen where without the change another one was. In brackets: intervals of 95 %.
The texts name victims: nothing of them is printed.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from consilience.ingest import Raw
from consilience.records import Candidate, Dossier, Finding, Quantity, Value
from evaluation.contradictions import tell
from evaluation.gva import cases, wilson
from evaluation.planted import Plant, Planted, of_incident

Given = dict[str, Any]
SLOTS = ("killed", "injured")
COPIES = (0, 2, 9, 30)
HOWS = ("best", "most origins", "most pages")


@dataclass(frozen=True, slots=True)
class Held:
    """A figure on offer: what is believed of it, its share of the origins, whether it is right."""

    belief: float
    share: float
    n_origins: int
    is_right: bool


def asked(dossier: Dossier, slot: str) -> Finding | None:
    main = dossier.events[0].id
    return next((f for f in dossier.findings if (f.subject_id, f.slot) == (main, slot)), None)


def number(value: Value | None) -> int:
    """The figure, 0 where there is none."""
    if not isinstance(value, Quantity):
        return 0
    return int(value.low if value.low is not None else value.high or 0)


def chosen(finding: Finding | None, how: str) -> int:
    if finding is None:
        return 0
    if how == "best":
        return number(finding.policies.best)
    if how == "most origins":
        return number(finding.policies.most_origins)
    return number(max(finding.candidates, key=lambda c: (c.n_documents, number(c.value))).value)


def held(finding: Finding, gold: int) -> Iterable[Held]:
    n = sum(c.n_origins for c in finding.candidates)
    for c in finding.candidates:
        if _is_exact(c):
            yield Held(c.belief, c.n_origins / n, c.n_origins, number(c.value) == gold)


def _is_exact(candidate: Candidate) -> bool:
    value = candidate.value
    return isinstance(value, Quantity) and value.low == value.high and value.unit == "person"


def table(figures: Sequence[Held], of: str) -> str:
    """Brier, ECE and, for each tenth, what is believed and how much of it is right."""
    bins: Mapping[int, list[tuple[float, bool]]] = defaultdict(list)
    for one in figures:
        p = float(getattr(one, of))
        bins[min(9, int(10 * p))].append((p, one.is_right))
    n = len(figures)
    brier = sum((p - is_right) ** 2 for got in bins.values() for p, is_right in got) / n
    off = sum(abs(sum(p for p, _ in got) - sum(r for _, r in got)) for got in bins.values()) / n
    rows = "  ".join(
        f"{sum(p for p, _ in got) / len(got):.2f}:{sum(r for _, r in got) / len(got):.2f}"
        f" ({len(got)})"
        for _, got in sorted(bins.items())
    )
    return f"Brier {brier:.3f}  ECE {off:.3f}  believed:right (n)  {rows}"


def interval(right: int, n: int) -> str:
    low, high = wilson(right, n)
    return f"{100 * right / n:5.1f} % [{low:.1f}, {high:.1f}]"


def choices(given: Sequence[tuple[Given, list[Given]]], memory: Path) -> None:
    right: Counter[tuple[str, str]] = Counter()
    figures: list[Held] = []
    for incident, documents in given:
        dossier = tell(of_incident(incident, documents).pages, memory)
        findings = {slot: asked(dossier, slot) for slot in SLOTS}
        gold = {slot: int(incident[f"num_{slot}"]) for slot in SLOTS}
        for how in HOWS:
            marks = {slot: chosen(findings[slot], how) == gold[slot] for slot in SLOTS}
            right.update((how, slot) for slot in SLOTS if marks[slot])
            right[how, "both"] += all(marks.values())
        for slot, finding in findings.items():
            figures += held(finding, gold[slot]) if finding else ()
    n = len(given)
    for how in HOWS:
        said = "  ".join(f"{w} {interval(right[how, w], n)}" for w in (*SLOTS, "both"))
        sys.stdout.write(f"{how:<13} {said}\n")
    sys.stdout.write(f"{len(figures)} figures on offer\n")
    sys.stdout.write(f"belief            {table(figures, 'belief')}\n")
    sys.stdout.write(f"share of origins  {table(figures, 'share')}\n")
    for k in range(1, 5):
        few = [f.is_right for f in figures if min(f.n_origins, 4) == k]
        if few:
            more = " or more" if k == 4 else ""
            sys.stdout.write(f"right with {k}{more} origins {interval(sum(few), len(few))}\n")


def flips(given: Sequence[tuple[Given, list[Given]]], memory: Path) -> None:
    flipped: Counter[tuple[int, str]] = Counter()
    n = 0
    for incident, documents in given:
        case = of_incident(incident, documents)
        for plant in (p for p in case.plants if p.slot in SLOTS):
            n += 1
            before = asked(tell(case.pages, memory), plant.slot)
            for k in COPIES:
                after = asked(tell(copied(case, plant, k), memory), plant.slot)
                for how in HOWS:
                    flipped[k, how] += chosen(before, how) != int(plant.now) == chosen(after, how)
    for k in COPIES:
        said = "  ".join(f"{how} {interval(flipped[k, how], n)}" for how in HOWS)
        sys.stdout.write(f"false figure, {k:>2} copies of it, {n} plants, flipped: {said}\n")


def copied(case: Planted, plant: Plant, k: int) -> list[Raw]:
    """The case with its false report and k copies of it, of the same day, under other names."""
    pairs = zip(case.pages, plant.pages, strict=True)
    false = next(now for was, now in pairs if was.sha256 != now.sha256)
    made = []
    for n in range(k):
        page = json.loads(false.data)
        page |= {"id": f"{page['id']}-copy{n}", "url": f"https://mirror{n}.example/page"}
        data = json.dumps(page).encode()
        made.append(Raw(f"{page['id']}.jsonl", ".jsonl", sha256(data).hexdigest(), data))
    return [*plant.pages, *made]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--offset", type=int, default=0, help="which of the n: the first is 0")
    parser.add_argument("--copied", type=int, default=40, help="cases to plant copies in")
    parser.add_argument("--memory", type=Path, help="keep sentences once read here")
    given = parser.parse_args()
    folder = given.data / "dev" / "gva"
    if not folder.is_dir():
        sys.exit(f"{folder}: not there; this needs the GVA development set")
    with tempfile.TemporaryDirectory() as scratch:
        memory = given.memory or Path(scratch) / "sentences.db"
        choices(cases(folder, given.cases, given.offset), memory)
        if given.copied:
            flips(cases(folder, given.copied, given.offset), memory)


if __name__ == "__main__":
    main()
