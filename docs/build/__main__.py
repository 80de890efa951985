"""Write the pages that are made from the code, or with --check name those that are stale.

Run from the root of a checkout: `python -m docs.build`. With --shown the commands in the other
pages are run as well and what they print is written anew; that takes a minute.
"""

import sys
from pathlib import Path

from consilience.interchange import schemas
from docs.build.api import api_page
from docs.build.assistant import assistant_page
from docs.build.commands import commands_page
from docs.build.exports import exports_page
from docs.build.hashes import HASHES, hashes
from docs.build.limits import limits_page
from docs.build.python import python_page
from docs.build.shapes import dossier_page, reading_page
from docs.build.shown import pages_with_commands, run_page

REFERENCE = Path("docs/reference")
PAGES = {
    "api.md": api_page,
    "assistant.md": assistant_page,
    "commands.md": commands_page,
    "dossier.md": dossier_page,
    "exports.md": exports_page,
    "limits.md": limits_page,
    "python.md": python_page,
    "reading.md": reading_page,
}
SCHEMAS = Path("docs/schema")


def made() -> dict[Path, str]:
    """Everything that is made from the code, as it is now."""
    pages = {REFERENCE / name: page() for name, page in PAGES.items()}
    return pages | {SCHEMAS / name: text for name, text in schemas().items()} | {HASHES: hashes()}


def stale() -> dict[Path, str]:
    """What is made from the code and does not say what the code says now."""
    return {
        path: text
        for path, text in made().items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    }


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"], ["--shown"]):
        print(__doc__, file=sys.stderr)
        return 2
    wrong = stale()
    if arguments == ["--check"]:
        for path in wrong:
            print(f"{path}: not what the code says now; run make reference")
        return int(bool(wrong))
    for path, text in wrong.items():
        path.write_text(text, encoding="utf-8")
        print(path)
    for path in pages_with_commands(Path()) if arguments else ():
        before = path.read_text(encoding="utf-8")
        after = run_page(before, Path())
        if after != before:
            path.write_text(after, encoding="utf-8")
            print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
