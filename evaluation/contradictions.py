"""One fact changed in one document: is the contradiction found, and is its twin left in peace?

    python -m evaluation.contradictions --data DIR [--cases 60] [--offset 0] [--invented] [--missed]

plants facts (see `evaluation.planted`) into cases of GVA's development set, every n-th of them
from the `--offset`-th on, and into our invented ones (`--invented`: only into these). Found: a
finding of that slot calls the changed answer and another document's contradictory. Beside it the
unchanged twin: what is called contradictory there is counted too, rightly or not, so the count is
the most that can be false. Beside ours: whoever calls any two different answers contradictory,
which finds nearly all that was read and cries often, and so shows how much was read. Sentences are
read once and kept for the run. The texts name victims: nothing of them is printed.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import sqrt
from pathlib import Path

from consilience.engine import LocalEngine
from consilience.ingest import Raw
from consilience.pipeline import run
from consilience.records import Dossier, EntityRef, Finding, Quantity, RelationKind, Text, When
from consilience.store import open_store
from evaluation.gva import cases, wilson
from evaluation.planted import SLOTS, Plant, Planted, invented, of_incident


@dataclass(slots=True)
class Tally:
    """Counts by slot; `cried` and `different` have a number a twin."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    found_by_any: Counter[str] = field(default_factory=Counter)
    cried: list[Counter[str]] = field(default_factory=list)
    different: list[Counter[str]] = field(default_factory=list)


def slot_of(finding: Finding) -> str:
    return "count" if finding.slot.startswith("count:") else finding.slot


def is_found(twin: Dossier, dossier: Dossier, plant: Plant, *, any_two: bool) -> bool:
    """Whether the changed answer is held against another one; `any_two`: beside one at all."""
    old = {document.text for document in twin.documents}
    changed = {d.id for d in dossier.documents if d.text not in old}
    documents = {claim.id: claim.passage.document_id for claim in dossier.claims}
    for finding in dossier.findings:
        if slot_of(finding) != plant.slot:
            continue
        held = [{documents[c] for c in k.claim_ids} for k in finding.candidates]
        pairs = [
            (r.a, r.b) for r in finding.relations if any_two or r.kind is RelationKind.CONTRADICTORY
        ]
        for a, b in pairs + [(b, a) for a, b in pairs]:
            if changed & held[a] and held[b] - changed and _says(dossier, finding, a, plant.now):
                return True
    return False


def _says(dossier: Dossier, finding: Finding, k: int, now: str) -> bool:
    match finding.candidates[k].value:
        case Quantity(low=low):
            return str(low) == now
        case When(start=start, value=value):
            return value.startswith(now) or (start is not None and f"{start:%A}" == now)
        case EntityRef(entity_id=entity_id):
            return any(now in n for e in dossier.entities if e.id == entity_id for n in e.names)
        case Text(text=text):
            return now.casefold() in text.casefold()
    return False


def contradicted(dossier: Dossier) -> Iterator[str]:
    """The slots of the findings in which two answers are called contradictory."""
    for finding in dossier.findings:
        if any(r.kind is RelationKind.CONTRADICTORY for r in finding.relations):
            yield slot_of(finding)


def different(dossier: Dossier) -> Iterator[str]:
    for finding in dossier.findings:
        if any(r.kind is not RelationKind.SAME for r in finding.relations):
            yield slot_of(finding)


def tell(pages: Iterable[Raw], memory: Path) -> Dossier:
    return run(pages, open_store(None), LocalEngine(1), datetime.now(UTC), memory=memory)


def tally(planted: Iterable[Planted], memory: Path, *, name_missed: bool) -> Tally:
    counts = Tally()
    for case in planted:
        if not case.plants:
            continue
        twin = tell(case.pages, memory)
        counts.cried.append(Counter(contradicted(twin)))
        counts.different.append(Counter(different(twin)))
        for plant in case.plants:
            dossier = tell(plant.pages, memory)
            is_seen = is_found(twin, dossier, plant, any_two=False)
            counts.planted[plant.slot] += 1
            counts.found[plant.slot] += is_seen
            counts.found_by_any[plant.slot] += is_found(twin, dossier, plant, any_two=True)
            if name_missed and not is_seen:
                sys.stdout.write(f"missed: {case.name} {plant.slot} {plant.now}\n")
    return counts


def say(counts: Tally) -> Iterator[str]:
    n_twins = len(counts.cried)
    for slot in SLOTS:
        if counts.planted[slot]:
            shares = _shares(counts.found[slot], counts.found_by_any[slot], counts.planted[slot])
            n_cried = sum(c[slot] for c in counts.cried)
            n_different = sum(c[slot] for c in counts.different)
            yield f"{slot:<8} {shares}  in {n_twins} twins: {n_cried} ({n_different})"
    shares = _shares(counts.found.total(), counts.found_by_any.total(), counts.planted.total())
    yield f"{'all':<8} {shares}"
    yield f"called contradictory in unchanged twins: {_mean(counts.cried, SLOTS)} a case"
    yield f"by whoever cries at any two answers: {_mean(counts.different, SLOTS)} a case"
    every = tuple(sorted({slot for c in counts.cried for slot in c} | set(SLOTS)))
    yield f"of all slots: {_mean(counts.cried, every)} a case"


def _shares(found: int, found_by_any: int, n: int) -> str:
    low, high = wilson(found, n)
    return (
        f"planted {n:3} found {100 * found / n:5.1f} % [{low:.0f}, {high:.0f}]"
        f" (any two: {100 * found_by_any / n:5.1f} %)"
    )


def _mean(counted: list[Counter[str]], slots: Iterable[str]) -> str:
    """The mean a case with its interval of 95 % (normal)."""
    each = [sum(c[slot] for slot in slots) for c in counted]
    mean = sum(each) / len(each)
    spread = sqrt(sum((n - mean) ** 2 for n in each) / max(1, len(each) - 1))
    half = 1.96 * spread / sqrt(len(each))
    return f"{mean:.2f} [{max(0.0, mean - half):.2f}, {mean + half:.2f}]"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="the folder that holds dev/gva")
    parser.add_argument("--cases", type=int, default=60)
    parser.add_argument("--offset", type=int, default=0, help="which of the n: the first is 0")
    parser.add_argument("--invented", action="store_true", help="only our own cases")
    parser.add_argument("--missed", action="store_true", help="name what is missed")
    given = parser.parse_args()
    planted = list(invented())
    if not given.invented:
        if given.data is None or not (given.data / "dev" / "gva").is_dir():
            sys.exit(f"--data {given.data}: no dev/gva there; or give --invented")
        chosen = cases(given.data / "dev" / "gva", given.cases, given.offset)
        planted += [of_incident(incident, documents) for incident, documents in chosen]
    with tempfile.TemporaryDirectory() as folder:
        counts = tally(planted, Path(folder) / "sentences.db", name_missed=given.missed)
    for line in say(counts):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
