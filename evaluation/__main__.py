"""Score every layer that has a gold set and fail below `floors.json`.

    python -m evaluation [--data DIR]

runs each scorer, prints what it prints, and holds the figures named in `floors.json` to their
floors: `line` is a regular expression whose first group is the figure. A floor is lowered only
with a reason in the diff. Scorers whose data is not there are passed over with a line.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

_HERE = Path(__file__).parent
_FLOORS = _HERE / "floors.json"
_DATA = _HERE.parent.parent / "shared" / "data"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=_DATA)
    data = parser.parse_args().data
    below = []
    for scorer in json.loads(_FLOORS.read_text(encoding="utf-8")):
        command = [word.replace("{data}", str(data)) for word in scorer["command"]]
        if any("{data}" in word for word in scorer["command"]) and not data.is_dir():
            sys.stdout.write(f"{' '.join(command)}: passed over, {data} is not there\n")
            continue
        printed = _printed(command)
        sys.stdout.write(f"$ python -m {' '.join(scorer['command'])}\n{printed}\n")
        below += [b for floor in scorer["floors"] if (b := _below(floor, printed))]
    for line in below:
        sys.stdout.write(f"below its floor: {line}\n")
    sys.exit(1 if below else 0)


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


def _below(floor: dict[str, str | float], printed: str) -> str | None:
    found = re.search(str(floor["line"]), printed, re.MULTILINE)
    if found is None:
        return f"{floor['what']}: not printed"
    if float(found[1]) < float(floor["floor"]):
        return f"{floor['what']}: {found[1]}, floor {floor['floor']}"
    return None


if __name__ == "__main__":
    main()
