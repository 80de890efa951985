"""Which inputs there are: files, folders in name order, and standard input."""

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from consilience.errors import InputError
from consilience.ingest.addresses import is_address
from consilience.ingest.document import Given
from consilience.ingest.limits import FILE_BYTES_MAX, MIB
from consilience.ingest.normal import printed
from consilience.records import Failure

SUPPORTED = (
    ".txt", ".md", ".html", ".htm", ".jsonl", ".warc", ".warc.gz", ".pdf", ".xml", ".eml",
)  # fmt: skip
_PAGES = (".html", ".htm")
ARCHIVES = (".warc", ".warc.gz")
STAGE = "ingest"


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


def may_hold_pages(given: str | Path) -> bool:
    """Whether a file is one of HTML, or a folder holds any."""
    return suffix_of(str(given)) in _PAGES or any(
        suffix_of(name) in _PAGES for _, _, names in os.walk(given) for name in names
    )


def _found(
    given: str | Path, stdin: BinaryIO | None, fetch: Fetch | None
) -> Iterator[Raw | Failure]:
    name = str(given)
    if name == "-":
        yield (
            _failure("-", "no standard input here; name a file")
            if stdin is None
            else _raw("-", ".jsonl", stdin.read(FILE_BYTES_MAX + 1))
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
            yield from _read(path, path.relative_to(name).as_posix(), Path(name))
    else:
        yield from _read(Path(name), Path(name).name)


def _files(folder: Path) -> tuple[list[Path], list[OSError]]:
    """What lies below a folder, and what keeps us from looking into some of it.

    Folders that are links are named, not entered: they may lead round in a ring.
    """
    closed: list[OSError] = []
    found = [
        Path(place, name)
        for place, folders, names in os.walk(folder, onerror=closed.append)
        for name in [*names, *(one for one in folders if Path(place, one).is_symlink())]
    ]
    shown = [
        path
        for path in found
        if not any(piece.startswith(".") for piece in path.relative_to(folder).parts)
    ]
    return sorted(shown, key=lambda path: path.relative_to(folder).as_posix()), closed


def _read(path: Path, found_as: str, folder: Path | None = None) -> Iterator[Raw | Failure]:
    """The file, or what is in it where it is an archive; in a `folder` no link leads out."""
    # Where bytes of a name are no UTF-8 they are shown as such: "\\xff.txt".
    name = printed(found_as.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"))
    suffix = suffix_of(path.name)
    try:
        if folder is not None and path.is_symlink():
            _check_link(path, folder)
        if suffix in SUPPORTED:
            with _open(path) as file:
                yield from _read_open(file, name, suffix)
        elif path.exists():
            kind = f"format {suffix}" if suffix else "a name without a suffix"
            yield _failure(name, f"{kind} is not supported; give one of {' '.join(SUPPORTED)}")
        else:
            yield _failure(name, "no such file or folder; check the path")
    except FileNotFoundError:
        yield _failure(name, "no such file or folder; check the path")
    except OSError as error:
        yield _failure(name, f"cannot be read ({error.strerror}); check its permissions")
    except InputError as error:
        yield _failure(name, str(error))


def _check_link(path: Path, folder: Path) -> None:
    """
    Raises:
        InputError: it leads where nobody said we may look.
        OSError: it leads nowhere.
    """
    path.stat()  # an OSError where it leads in a ring
    if path.is_dir():
        raise InputError("a link to a folder; name that folder itself")
    if not path.resolve().is_relative_to(folder.resolve()):
        raise InputError("a link that leads out of the folder; name that file itself")


def _open(path: Path) -> BinaryIO:
    """
    Raises:
        InputError: it is no file, but a pipe or a device, from which bytes may come for ever.
    """
    # Without waiting: a pipe that nobody writes into would hold us.
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise InputError("no file but a pipe or a device; save what it gives as a file")
    return os.fdopen(handle, "rb")


def _read_open(file: BinaryIO, name: str, suffix: str) -> Iterator[Raw | Failure]:
    size = os.fstat(file.fileno()).st_size
    if suffix in ARCHIVES:
        from consilience.ingest.archives import records_of

        yield from records_of(file, size, name)
    elif size > FILE_BYTES_MAX:
        yield _too_large(name)
    else:
        yield _raw(name, suffix, file.read(FILE_BYTES_MAX + 1))


def suffix_of(name: str) -> str:
    """
    >>> suffix_of("crawl/Pages.WARC.gz"), suffix_of("notes")
    ('.warc.gz', '')
    """
    lowered = name.lower()
    return ".warc.gz" if lowered.endswith(".warc.gz") else Path(lowered).suffix


def _raw(name: str, suffix: str, data: bytes) -> Raw | Failure:
    if len(data) > FILE_BYTES_MAX:
        return _too_large(name)
    return Raw(name, suffix, hashlib.sha256(data).hexdigest(), data)


def _too_large(name: str) -> Failure:
    return _failure(name, f"larger than {FILE_BYTES_MAX // MIB} MB; split it")


def _failure(name: str, why: str) -> Failure:
    return Failure(name, STAGE, f"{name}: {why}")
