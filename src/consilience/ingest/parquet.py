"""Tables in Parquet to lines of JSON, a few rows held at a time."""

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import msgspec

from consilience.errors import MissingExtraError
from consilience.ingest.answers import Ended, Refused, Rows
from consilience.ingest.held import unpacked
from consilience.ingest.inputs import STAGE
from consilience.ingest.limits import FILE_BYTES_MAX, MIB, ROWS_WITHIN_S, WALL_FACTOR
from consilience.records import Failure

_FOUND: msgspec.msgpack.Decoder[Rows | Refused | Ended] = msgspec.msgpack.Decoder(
    Rows | Refused | Ended
)


def rows_of(path: Path) -> Iterator[bytes | Failure]:
    """Each row as the line of JSON that says the same; columns are the fields of such a line.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    name = path.name
    if find_spec("pyarrow") is None:
        why = f"{name}: Parquet needs pyarrow; pip install 'consilience[parquet]'"
        raise MissingExtraError(why)
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            for found in unpacked("table", file, size, _FOUND, WALL_FACTOR * ROWS_WITHIN_S):
                match found:
                    case Rows(lines=lines):
                        yield from (_too_large(name) if line is None else line for line in lines)
                    case Refused(error=error):
                        yield Failure(name, STAGE, f"{name}: {error}")
                    case Ended(why=str(why)):
                        error = f"{name}: cannot be read on ({why}); mend the file"
                        yield Failure(name, STAGE, error)
    except OSError as error:
        why = f"{name}: cannot be read ({error.strerror}); check its permissions"
        yield Failure(name, STAGE, why)


def _too_large(name: str) -> Failure:
    why = f"{name}: a row is larger than {FILE_BYTES_MAX // MIB} MB; split it"
    return Failure(name, STAGE, why)
