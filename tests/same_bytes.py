"""What the program writes of the same pages, as one SHA-256 for each file of it.

    python -m tests.same_bytes WORKERS SHUFFLE

prints them as JSON. The pages lie in files and in lines of JSON; `SHUFFLE` 0 gives them in order,
any other number in another. Any Python with the locked packages may run it.
"""

import hashlib
import json
import random
import sys
from contextlib import closing
from pathlib import Path

from consilience.engine import LocalEngine
from consilience.export import FOLDERS, FORMATS
from consilience.flow.cases import CaseLine, tell_cases
from consilience.ingest import Raw, list_inputs
from consilience.interchange import dossier_to_json, dumps
from consilience.pipeline import run
from consilience.records import Dossier, Failure
from consilience.store import open_store
from consilience.tell.to_html import to_html
from consilience.tell.to_markdown import to_markdown
from tests.small_cases import STARTED

EXAMPLE = Path(__file__).parent.parent / "examples" / "valdoro"
LINES = (
    {"id": "a", "text": "Two miners were carried out alive on 10 March 2021, said Teresa Quiroga."},
    {"id": "b", "text": "Nine people died at Valdoro on 9 March 2021, according to the union."},
    {"id": "c", "text": "The mine at Valdoro had been fined in 2019, an inspector wrote."},
)


def digests(workers: int, shuffle: int) -> dict[str, str]:
    """By file name; those of `batch` are of three cases with the same pages."""
    chance = random.Random(shuffle)
    lines = [json.dumps(line) for line in LINES]
    given = [one for one in list_inputs([EXAMPLE]) if not isinstance(one, Failure)]
    if shuffle:
        chance.shuffle(lines)
        chance.shuffle(given)
    engine = LocalEngine(workers, beside_from=0)
    raws = [_raw("\n".join(lines)), *given]
    with closing(open_store(None)) as store:
        dossier = run(raws, store, engine, STARTED)
    cases = [CaseLine(f"{n}", f'{{"case":{n},"documents":[{",".join(lines)}]}}'.encode())
             for n in range(3)]  # fmt: skip
    told = "".join(line for line, _ in tell_cases(cases, engine, STARTED))
    files = {**_files(dossier), "batch.jsonl": told}
    return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()}


def _raw(lines: str) -> Raw:
    data = lines.encode()
    return Raw("lines.jsonl", ".jsonl", hashlib.sha256(data).hexdigest(), data)


def _files(dossier: Dossier) -> dict[str, str]:
    tables = {f"{n}/{file}": t for n, f in FOLDERS.items() for file, t in f(dossier).items()}
    return {
        "dossier.json": dumps(dossier_to_json(dossier)),
        "account.md": to_markdown(dossier),
        "index.html": to_html(dossier),
        **{name: to_format(dossier) for name, to_format in FORMATS.items()},
        **tables,
    }


if __name__ == "__main__":
    print(json.dumps(digests(int(sys.argv[1]), int(sys.argv[2])), sort_keys=True))
