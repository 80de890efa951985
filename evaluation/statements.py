"""Statements about the invented cases: are they rightly called supported, disputed, unsupported?

    python -m evaluation.statements [--wrong]

reads the six cases in evaluation/cases and checks every line of evaluation/cases/statements.jsonl
against its case. Rules were set by hand on the cases named in `TUNED`; then what was wrong in the
others was read once too (evaluation/LOG.md has the figures from before). Beside ours: supported
where every long word of the statement stands in one sentence of the case, else unsupported; and
always the commonest answer. In brackets: Wilson's interval of 95 %.
"""

import argparse
import json
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from consilience.check import check
from consilience.engine import LocalEngine
from consilience.ingest import list_inputs
from consilience.pipeline import run
from consilience.read import Reader, reader_version
from consilience.records import Document, Reading
from consilience.store import open_store
from evaluation.gva import wilson

CASES = Path(__file__).parent / "cases"
TUNED = frozenset({"tesmar-ferry", "lipova-crossing", "halloran-strike"})
_LONG = re.compile(r"\w{4,}|\d+")


def by_words(statement: str, documents: Sequence[Document], readings: Sequence[Reading]) -> str:
    wanted = set(_LONG.findall(statement.casefold()))
    texts = {d.id: d.text for d in documents}
    held = (
        set(_LONG.findall(texts[r.document_id][s.start : s.end].casefold()))
        for r in readings
        for s in r.sentences
    )
    return "supported" if any(wanted <= words for words in held) else "unsupported"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", action="store_true", help="print what is wrong")
    given = parser.parse_args()
    lines = (CASES / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    wanted: dict[str, list[dict[str, str]]] = defaultdict(list)
    for line in lines:
        one = json.loads(line)
        wanted[one["case"]].append(one)
    reader, engine = Reader(), LocalEngine()
    right: Counter[tuple[str, str]] = Counter()
    total: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    overclaimed = 0
    for case, statements in wanted.items():
        part = "tuned on" if case in TUNED else "others"
        with tempfile.TemporaryDirectory() as folder:
            store = open_store(Path(folder) / "case.db")
            run(list_inputs([str(CASES / case)]), store, engine, datetime.now(UTC))
            documents, readings = store.documents(), store.readings(reader_version())
            store.close()
        for one in statements:
            found = check(one["statement"], reader, documents, readings).standing
            total[part] += 1
            gold[one["standing"]] += 1
            right["ours", part] += found == one["standing"]
            simple = by_words(one["statement"], documents, readings)
            right["words", part] += simple == one["standing"]
            overclaimed += found == "supported" and one["standing"] != "supported"
            if given.wrong and found != one["standing"]:
                sys.stdout.write(f"{case}: {found}, not {one['standing']}: {one['statement']}\n")
    commonest = max(gold.values())
    n = sum(total.values())
    for part in total:
        for who in ("ours", "words"):
            low, high = wilson(right[who, part], total[part])
            sys.stdout.write(
                f"{who:<8}{part:<10}{100 * right[who, part] / total[part]:6.1f} %"
                f"  [{low:.1f}, {high:.1f}] of {total[part]}\n"
            )
    sys.stdout.write(f"always the commonest answer {100 * commonest / n:.1f} %\n")
    sys.stdout.write(f"called supported and not so: {overclaimed} of {n - gold['supported']}\n")


if __name__ == "__main__":
    main()
