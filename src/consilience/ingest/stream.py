"""Inputs too long to be held: of JSON Lines one line at a time."""

from collections.abc import Iterable, Iterator
from math import inf
from pathlib import Path
from typing import BinaryIO, NamedTuple

from consilience.ingest.inputs import STAGE, Fetch, Raw, list_inputs
from consilience.ingest.limits import FILE_BYTES_MAX, MIB
from consilience.records import Failure

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class StreamLine(NamedTuple):
    """One document as a line of JSON; `name` is its place, under which it fails."""

    name: str
    content: bytes


def list_lines(
    inputs: Iterable[str | Path], *, stdin: BinaryIO | None = None, fetch: Fetch | None = None
) -> Iterator[Raw | Failure | StreamLine]:
    """As `list_inputs`, but of JSON Lines each line that holds something, and of Parquet each row.

    A file of JSON Lines in a folder is still read whole; one given twice is read once.
    """
    seen: set[Path] = set()
    for given in inputs:
        if str(given) == "-" and stdin is not None:
            yield from lines(stdin, "-")
        elif Path(given).suffix.lower() in _STREAMED and Path(given).is_file():
            if Path(given).resolve() not in seen:
                seen.add(Path(given).resolve())
                yield from _STREAMED[Path(given).suffix.lower()](Path(given))
        else:
            yield from list_inputs((given,), stdin=stdin, fetch=fetch)


def _file_lines(path: Path) -> Iterator[Failure | StreamLine]:
    try:
        with path.open("rb") as file:
            yield from lines(file, path.name)
    except OSError as error:
        why = f"{path.name}: cannot be read ({error.strerror}); check its permissions"
        yield Failure(path.name, STAGE, why)


def lines(
    file: BinaryIO, name: str, number: int = 1, n_bytes: float = inf
) -> Iterator[Failure | StreamLine]:
    """The lines that begin within the next `n_bytes`, the first of them of this number."""
    is_whole = True
    while (n_bytes > 0 or not is_whole) and (line := file.readline(FILE_BYTES_MAX + 1)):
        n_bytes -= len(line)
        place = f"{name}:{number}"
        was_whole, is_whole = is_whole, line.endswith(b"\n") or len(line) <= FILE_BYTES_MAX
        if not is_whole and was_whole:
            why = f"{place}: larger than {FILE_BYTES_MAX // MIB} MB; give one document a line"
            yield Failure(place, STAGE, why)
        elif was_whole:
            content = (line.removeprefix(_BYTE_ORDER_MARK) if number == 1 else line).strip()
            if content:
                yield StreamLine(place, content)
        if is_whole:
            number += 1


def _file_rows(path: Path) -> Iterator[Failure | StreamLine]:
    from consilience.ingest.parquet import rows_of

    for number, row in enumerate(rows_of(path), 1):
        yield row if isinstance(row, Failure) else StreamLine(f"{path.name}:{number}", row)


_STREAMED = {".jsonl": _file_lines, ".parquet": _file_rows}
