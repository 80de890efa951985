"""Inputs too long to be held: of JSON Lines one line at a time."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from consilience.ingest.inputs import MAX_BYTES, STAGE, Fetch, Raw, list_inputs
from consilience.records import Failure

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def list_lines(
    inputs: Iterable[str | Path], *, stdin: BinaryIO | None = None, fetch: Fetch | None = None
) -> Iterator[Raw | Failure | tuple[str, bytes]]:
    """As `list_inputs`, but of JSON Lines each line that holds something, with its place.

    A file in a folder is still read whole; one given twice is read once.
    """
    seen: set[Path] = set()
    for given in inputs:
        if str(given) == "-" and stdin is not None:
            yield from _lines(stdin, "-")
        elif Path(given).suffix.lower() == ".jsonl" and Path(given).is_file():
            if Path(given).resolve() not in seen:
                seen.add(Path(given).resolve())
                yield from _file_lines(Path(given))
        else:
            yield from list_inputs((given,), stdin=stdin, fetch=fetch)


def _file_lines(path: Path) -> Iterator[Failure | tuple[str, bytes]]:
    try:
        with path.open("rb") as file:
            yield from _lines(file, path.name)
    except OSError as error:
        why = f"{path.name}: cannot be read ({error.strerror}); check its permissions"
        yield Failure(path.name, STAGE, why)


def _lines(file: BinaryIO, name: str) -> Iterator[Failure | tuple[str, bytes]]:
    number, is_whole = 1, True
    while line := file.readline(MAX_BYTES + 1):
        place = f"{name}:{number}"
        was_whole, is_whole = is_whole, line.endswith(b"\n") or len(line) <= MAX_BYTES
        if not is_whole and was_whole:
            why = f"{place}: larger than {MAX_BYTES // 1024**2} MB; give one document a line"
            yield Failure(place, STAGE, why)
        elif was_whole:
            content = (line.removeprefix(_BYTE_ORDER_MARK) if number == 1 else line).strip()
            if content:
                yield place, content
        if is_whole:
            number += 1
