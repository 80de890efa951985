"""Who did, decided and caused it, did it happen, how many: what is found in cases nobody tuned to.

    python -m evaluation.findings [--missing] [--part blind]

tells each invented case of evaluation/cases/findings and scores its findings as
`evaluation.expected` does: right where every candidate, the status and the relations are, and
nothing that must not stand there. All were written before the program read them; rules were then
set on those of part `tuned`, while of part `blind` only totals were looked at. Beside ours: how
many would have the right status if every finding were called contradicted. In brackets: Wilson's
interval of 95 %.
"""

import argparse
import hashlib
import json
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from consilience.engine import LocalEngine
from consilience.ingest import Raw
from consilience.interchange import dossier_to_json
from consilience.pipeline import run
from consilience.store import open_store
from evaluation.expected import Entry, Scorer
from evaluation.gva import wilson

CASES = Path(__file__).parent / "cases" / "findings"


def scored(case: dict[str, Any], engine: LocalEngine) -> list[Entry]:
    data = b"\n".join(json.dumps(document).encode() for document in case["pages"])
    raw = Raw("case", ".jsonl", hashlib.sha256(data).hexdigest(), data)
    store = open_store(None)
    dossier = run((raw,), store, engine, datetime.now(UTC))
    store.close()
    sections = ("figures", "other findings")
    return [e for e in Scorer(dossier_to_json(dossier)).score(case) if e.section in sections]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--missing", action="store_true", help="print what is not right")
    parser.add_argument("--part", choices=("tuned", "blind"))
    given = parser.parse_args()
    right, total, trivial = Counter[tuple[str, str]](), Counter[tuple[str, str]](), Counter[str]()
    engine = LocalEngine()
    for path in sorted(CASES.glob("*.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        part = case["part"]
        if given.part not in (None, part):
            continue
        for entry in scored(case, engine):
            for row in (entry.what.split(":")[0], "all"):
                total[part, row] += 1
                right[part, row] += entry.met
            trivial[part] += entry.what.endswith("(contradicted)")
            if given.missing and part == "tuned" and not entry.met:
                sys.stdout.write(f"{path.stem}: {entry.what}: {entry.found}\n")
    for (part, row), n in sorted(total.items()):
        k = right[part, row]
        low, high = wilson(k, n)
        sys.stdout.write(
            f"{part:<7}{row:<12}{k:>4} of {n:<4}{100 * k / n:6.1f} % [{low:.1f}, {high:.1f}]\n"
        )
    for part, k in sorted(trivial.items()):
        share = 100 * k / total[part, "all"]
        sys.stdout.write(f"{part:<7}status right if all were contradicted {share:.1f} %\n")


if __name__ == "__main__":
    main()
