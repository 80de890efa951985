"""Which inputs there are: files, folders in name order, and standard input."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from consilience.ingest.addresses import is_address
from consilience.ingest.document import Given
from consilience.records import Failure

SUPPORTED = (
    ".txt", ".md", ".html", ".htm", ".jsonl", ".warc", ".warc.gz", ".pdf", ".xml", ".eml",
)  # fmt: skip
ARCHIVES = (".warc", ".warc.gz")
STAGE = "ingest"
MAX_BYTES = 20 * 1024 * 1024  # one page of news has some 0.1 MB; parsers slow down beyond


class Raw(NamedTuple):
    """One input as given. `suffix` is its format; `sha256` names the bytes.

    `given` is what is known of it from outside.
    """

    name: str
    suffix: str
    sha256: str
    data: bytes
    given: Given = Given()


Fetch = Callable[[str], Raw | Failure]


def list_inputs(
    inputs: Iterable[str | Path], *, stdin: BinaryIO | None = None, fetch: Fetch | None = None
) -> Iterator[Raw | Failure]:
    """Every input with its bytes, one at a time; what cannot be used is a Failure.

    Folders are read recursively in name order, without hidden files; a file in a folder is
    named relative to it, a file given by itself by its last component, so that no name tells
    where a folder lies. One file given twice is read once. `-` is JSON Lines on `stdin`. An
    address of the web is a Failure unless there is something to `fetch` it with.
    """
    seen: set[tuple[str, str]] = set()
    for given in inputs:
        for found in _found(given, stdin, fetch):
            if isinstance(found, Raw):
                key = (found.name, found.sha256)
                if key in seen:
                    continue
                seen.add(key)
            yield found


def _found(
    given: str | Path, stdin: BinaryIO | None, fetch: Fetch | None
) -> Iterator[Raw | Failure]:
    name = str(given)
    if name == "-":
        yield (
            _failure("-", "no standard input here; name a file")
            if stdin is None
            else _raw("-", ".jsonl", stdin.read(MAX_BYTES + 1))
        )
    elif is_address(name):
        why = "an address is fetched with --fetch alone; give that, or save the page and name it"
        yield _failure(name, why) if fetch is None else fetch(name)
    elif Path(name).is_dir():
        files, closed = _files(Path(name))
        for error in closed:
            place = Path(error.filename).relative_to(name).as_posix()
            called = name if place == "." else place
            yield _failure(called, f"cannot be read ({error.strerror}); check its permissions")
        if not files and not closed:
            yield _failure(name, f"no files in this folder; put in some of {' '.join(SUPPORTED)}")
        for path in files:
            yield from _read(path, path.relative_to(name).as_posix())
    else:
        yield from _read(Path(name), Path(name).name)


def _files(folder: Path) -> tuple[list[Path], list[OSError]]:
    """The files below a folder, and what keeps us from looking into some of it."""
    closed: list[OSError] = []
    found = [
        Path(place, name)
        for place, _, names in os.walk(folder, onerror=closed.append)
        for name in names
    ]
    shown = [
        path
        for path in found
        if not any(piece.startswith(".") for piece in path.relative_to(folder).parts)
        and path.is_file()
    ]
    return sorted(shown, key=lambda path: path.relative_to(folder).as_posix()), closed


def _read(path: Path, found_as: str) -> Iterator[Raw | Failure]:
    # Where bytes of a name are no UTF-8 they are shown as such: "\\xff.txt".
    name = found_as.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    suffix = suffix_of(path.name)
    if suffix not in SUPPORTED:
        if not path.exists():
            yield _failure(name, "no such file or folder; check the path")
            return
        kind = f"format {suffix}" if suffix else "a name without a suffix"
        yield _failure(name, f"{kind} is not supported; give one of {' '.join(SUPPORTED)}")
        return
    if suffix in ARCHIVES and path.is_file():
        from consilience.ingest.warc import records_of

        yield from records_of(path, name)
        return
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        yield _failure(name, "no such file or folder; check the path")
    except OSError as error:
        yield _failure(name, f"cannot be read ({error.strerror}); check its permissions")
    else:
        yield _raw(name, suffix, data)


def suffix_of(name: str) -> str:
    """
    >>> suffix_of("crawl/Pages.WARC.gz"), suffix_of("notes")
    ('.warc.gz', '')
    """
    lowered = name.lower()
    return ".warc.gz" if lowered.endswith(".warc.gz") else Path(lowered).suffix


def _raw(name: str, suffix: str, data: bytes) -> Raw | Failure:
    if len(data) > MAX_BYTES:
        return _failure(name, f"larger than {MAX_BYTES // 1024**2} MB; split it")
    return Raw(name, suffix, hashlib.sha256(data).hexdigest(), data)


def _failure(name: str, why: str) -> Failure:
    return Failure(name, STAGE, f"{name}: {why}")
