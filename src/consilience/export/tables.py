"""CSV tables (RFC 4180), a data package that describes them, and a manifest that counts rows."""

import csv
import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from consilience.export.table_rows import TABLES, Cell
from consilience.export.words import Words, json_text
from consilience.records import Dossier

# How a cell begins that spreadsheets run as a formula, be it behind what they skip or leave out;
# the signs also in their full width. It is written behind one more apostrophe.
_FORMULA = re.compile(r"[\s'\"“”‘’«»„\u200b-\u200f\u2060\ufeff|;,%]*[=+\-@＝＋－＠−\t\r]")
_WHOLE = frozenset(
    """start end n a b first candidate n_mentions n_evidence n_documents n_origins paragraph link
    number copy_start copy_end of_start of_end""".split()
)
_NUMBERS = frozenset("low high probability belief score".split())
_YES_OR_NO = frozenset("direct is_best".split())
# Columns that are keys of another table.
_REFERENCES = {
    "document": "documents", "copy": "documents", "of": "documents", "copy_document": "documents",
    "of_document": "documents", "entity": "entities", "speaker": "entities", "claim": "claims",
    "event": "events", "part_of": "events",
}  # fmt: skip
_KEYS = frozenset("documents entities events claims".split())


def to_tables(dossier: Dossier, *, is_raw: bool = False) -> Mapping[str, str]:
    """A folder of CSV tables for spreadsheets and statistics, one for each kind of record.

    `datapackage.json` (Frictionless Data Package) says what each column holds and how tables join;
    `manifest.json` gives the rows and the SHA-256 of every file. Lists in a cell are parted by
    “ | ”. Text that a spreadsheet would run as a formula stands behind an apostrophe, which
    `is_raw` leaves out; numbers are numbers.
    """
    words = Words(dossier)
    files: dict[str, str] = {}
    n_rows: dict[str, int] = {}
    for name, (columns, rows) in TABLES.items():
        lines = [_row(row, is_raw=is_raw) for row in rows(dossier, words)]
        files[f"{name}.csv"] = "".join([_row(columns, is_raw=is_raw), *lines])
        n_rows[f"{name}.csv"] = len(lines)
    files["datapackage.json"] = json_text(_package(dossier, files, is_raw=is_raw))
    counted = {
        name: ({"rows": n_rows[name]} if name in n_rows else {}) | {"sha256": _sha256(content)}
        for name, content in files.items()
    }
    # Named first, it takes its place last: where it fits the others, they are all there.
    return {"manifest.json": json_text({"title": dossier.title, "files": counted}), **files}


def escaped(cell: str) -> str:
    """The text of a cell as no spreadsheet runs it.

    >>> escaped("=1+1"), escaped("8 dead"), unescaped(escaped("'=1+1"))
    ("'=1+1", '8 dead', "'=1+1")
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unescaped(cell: str) -> str:
    """The text that `escaped` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


def _row(cells: Sequence[Cell], *, is_raw: bool) -> str:
    out = io.StringIO()
    held = [escaped(c) if isinstance(c, str) and not is_raw else c for c in cells]
    csv.writer(out, lineterminator="\r\n").writerow(held)
    return out.getvalue()


def _sha256(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def _package(dossier: Dossier, files: Mapping[str, str], *, is_raw: bool) -> dict[str, Any]:
    """Data Package 1.0 with Table Schemas."""
    return {
        "profile": "tabular-data-package",
        "name": "consilience",
        "title": dossier.title,
        "version": dossier.run.version,
        "description": (
            "Text that begins like a formula is as it is."
            if is_raw
            else "Text that begins like a formula has an apostrophe before it."
        ),
        "resources": [_resource(name, files[f"{name}.csv"]) for name in TABLES],
    }


def _resource(name: str, content: str) -> dict[str, Any]:
    columns, _ = TABLES[name]
    schema: dict[str, Any] = {"fields": [{"name": c, "type": _type(c)} for c in columns]}
    if name in _KEYS:
        schema["primaryKey"] = "id"
    references = [
        {"fields": c, "reference": {"resource": _REFERENCES[c], "fields": "id"}}
        for c in columns
        if c in _REFERENCES
    ]
    if references:
        schema["foreignKeys"] = references
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content.encode()),
        "hash": f"sha256:{_sha256(content)}",
        "dialect": {"lineTerminator": "\r\n", "doubleQuote": True, "header": True},
        "schema": schema,
    }


def _type(column: str) -> str:
    if column in _WHOLE:
        return "integer"
    if column in _NUMBERS:
        return "number"
    return "boolean" if column in _YES_OR_NO else "string"
