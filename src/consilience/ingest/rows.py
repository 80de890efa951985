"""Parquet to lines of JSON, a few rows held at a time; run apart from us."""

import json
import os
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, BinaryIO

from consilience.errors import InputError
from consilience.ingest.answers import Ended, Refused, Rows
from consilience.ingest.jsonl import FIELDS
from consilience.ingest.limits import FILE_BYTES_MAX, MIB, RATIO_FROM_BYTES, RATIO_MAX

# Of which so much is held: a row group may be as large as the file.
_BATCH_BYTES = 4 * MIB
_ROWS_MAX = 256
_BUFFER_BYTES = MIB


def rows_of(file: BinaryIO, size: int) -> Iterator[Rows | Refused | Ended]:
    """The rows of a table of `size` bytes, then how it ended; columns are fields of a line."""
    # Arrow's own pools take up room in advance that a parser of little memory does not have.
    os.environ["ARROW_DEFAULT_MEMORY_POOL"] = "system"
    n_told = 0
    try:
        for rows in _batches(file):
            lines = tuple(map(_line, rows))
            n_told += sum(FILE_BYTES_MAX if line is None else len(line) for line in lines)
            if n_told > max(RATIO_FROM_BYTES, RATIO_MAX * size):
                yield Ended(f"it swells to more than {n_told // MIB} MB")
                return
            yield from _in_pieces(lines)
    except InputError as error:
        yield Refused(str(error))
        yield Ended(None)
    except MemoryError:
        yield Ended("it needs too much memory")
    except Exception as error:  # noqa: BLE001 - the library raises anything on broken tables
        yield Ended(" ".join(str(error).split())[:300] or type(error).__name__)
    else:
        yield Ended(None)


def _batches(file: BinaryIO) -> Iterator[list[dict[str, Any]]]:
    """
    Raises:
        InputError: it has no column of texts.
        Exception: it is broken.
    """
    import pyarrow
    from pyarrow.parquet import ParquetFile

    pyarrow.set_cpu_count(1)
    pyarrow.set_io_thread_count(1)
    # With a buffer a column is read piece by piece; without, a row group of it at once.
    with ParquetFile(
        file, pre_buffer=False, buffer_size=_BUFFER_BYTES, page_checksum_verification=True
    ) as table:
        wanted = [name for name in FIELDS if name in table.schema_arrow.names]
        if not {"text", "html"} & set(wanted):
            raise InputError("neither a column text nor html; name one so")
        for number in range(table.num_row_groups):
            group = table.metadata.row_group(number)
            row_bytes = max(1, group.total_byte_size // max(1, group.num_rows))
            n_rows = min(_ROWS_MAX, max(1, _BATCH_BYTES // row_bytes))
            for batch in table.iter_batches(
                n_rows, row_groups=[number], columns=wanted, use_threads=False
            ):
                yield batch.to_pylist()


def _in_pieces(lines: tuple[bytes | None, ...]) -> Iterator[Rows]:
    """Rows in frames that are not much larger than a row may be."""
    piece: list[bytes | None] = []
    n_bytes = 0
    for line in lines:
        piece.append(line)
        n_bytes += len(line or b"")
        if n_bytes > _BATCH_BYTES:
            yield Rows(tuple(piece))
            piece, n_bytes = [], 0
    if piece:
        yield Rows(tuple(piece))


def _line(row: dict[str, Any]) -> bytes | None:
    given = {field: value for field, value in row.items() if value is not None}
    line = json.dumps(given, ensure_ascii=False, default=_said).encode("utf-8", "replace")
    return line if len(line) <= FILE_BYTES_MAX else None


def _said(value: object) -> str:
    match value:
        case datetime() | date() | time():
            return value.isoformat()
        case bytes():
            return value.decode("utf-8", "replace")
        case _:
            return str(value)
