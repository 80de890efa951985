"""Parquet to lines of JSON, a few rows held at a time."""

import json
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from consilience.errors import MissingExtraError
from consilience.ingest.inputs import STAGE
from consilience.ingest.jsonl import FIELDS
from consilience.ingest.limits import FILE_BYTES_MAX, MIB
from consilience.records import Failure

_ROWS_AT_ONCE = 64


def rows_of(path: Path) -> Iterator[bytes | Failure]:
    """Each row as the line of JSON that says the same; columns are the fields of such a line.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        why = f"{path.name}: Parquet needs pyarrow; pip install 'consilience[parquet]'"
        raise MissingExtraError(why) from error
    try:
        with ParquetFile(path, memory_map=False, pre_buffer=False) as file:
            wanted = [name for name in FIELDS if name in file.schema_arrow.names]
            if not {"text", "html"} & set(wanted):
                why = f"{path.name}: neither a column text nor html; name one so"
                yield Failure(path.name, STAGE, why)
                return
            for batch in file.iter_batches(_ROWS_AT_ONCE, columns=wanted):
                yield from (_line(row, path.name) for row in batch.to_pylist())
    except (ArrowException, OSError, ValueError) as error:
        why = " ".join(str(error).split())
        yield Failure(path.name, STAGE, f"{path.name}: cannot be read on ({why}); mend the file")


def _line(row: dict[str, Any], name: str) -> bytes | Failure:
    given = {field: value for field, value in row.items() if value is not None}
    line = json.dumps(given, ensure_ascii=False, default=_said).encode("utf-8", "replace")
    if len(line) > FILE_BYTES_MAX:
        why = f"{name}: a row is larger than {FILE_BYTES_MAX // MIB} MB; split it"
        return Failure(name, STAGE, why)
    return line


def _said(value: object) -> str:
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case bytes():
            return value.decode("utf-8", "replace")
        case _:
            return str(value)
