"""The SHA-256 of each file of the lexicon, which the program holds them to.

Run from the root of a checkout after a change to one: `python -m docs.build.hashes`. It imports
nothing of the program, which would refuse the changed file.
"""

import hashlib
import json
from pathlib import Path

LEXICON = Path("src/consilience/lexicon")
HASHES = LEXICON / "hashes.json"


def hashes() -> str:
    kinds = (".txt", ".zip", ".json")
    files = sorted(p for p in LEXICON.iterdir() if p.suffix in kinds and p != HASHES)
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    return json.dumps(found, indent=1) + "\n"


if __name__ == "__main__":
    HASHES.write_text(hashes(), encoding="utf-8")
