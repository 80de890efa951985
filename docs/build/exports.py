"""The page on the formats, from the docstrings of what writes them."""

from consilience.export import FOLDERS, FORMATS
from docs.build.markdown import docstring, page


def exports_page() -> str:
    every = {**FOLDERS, **FORMATS}
    return page(
        "Export formats",
        "`consilience export CASE.db|DOSSIER.json --format NAME --out PATH` writes these. Each is"
        " whole, or fails with a line that says why: nothing is left out in silence.",
        *(words for name in sorted(every) for words in (f"## {name}", docstring(every[name]))),
    )
