"""Files written whole: whoever looks sees all of one, or what stood there before."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from consilience.errors import InputError


def make_folder(path: Path) -> None:
    """
    Raises:
        InputError: it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; name a folder that can be made") from error


def write(path: Path, text: str) -> None:
    with writing(path) as file:
        file.write(text)


def write_all(folder: Path, texts: Mapping[str, str]) -> None:
    """The files of a folder, by name: all of them lie on the disk before one takes its place.

    The last named takes its place first.
    """
    make_folder(folder)
    with ExitStack() as open_files:
        for name, text in texts.items():
            file = open_files.enter_context(writing(folder / name))
            file.write(text)
            file.flush()
            os.fsync(file.fileno())


@contextmanager
def writing(path: Path) -> Iterator[IO[str]]:
    """A file that takes its place once all of it is written, and safe from a power cut.

    Raises:
        InputError: there is no room, or the folder may not be written.
    """
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                yield file
                file.flush()
                os.fsync(handle)
            Path(temporary).chmod(0o644)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        _settle(path.parent)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; make room or name another folder") from error


def _settle(folder: Path) -> None:
    """A name in a folder outlives a power cut only once the folder itself is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def scratch_beside(path: Path) -> Iterator[Path]:
    """An empty folder for what is only needed meanwhile, on the disk on which `path` will lie.

    What a run that was killed left there is cleared away; one run at a time may have it.

    Raises:
        InputError: there is no room, the folder may not be written, or another run is at work.
    """
    folder = path.with_name(f".{path.name}.scratch")
    try:
        with _held(folder):
            inner = folder / "held"
            if inner.exists():
                shutil.rmtree(inner)
            inner.mkdir()
            try:
                yield inner
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        if error.filename is not None and not str(error.filename).startswith(str(path.parent)):
            raise
        why = f"{path}: {error.strerror or error}; make room or name a folder that can be written"
        raise InputError(why) from error


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """A folder that no other process has; it is made where it is not there."""
    while True:
        folder.mkdir(exist_ok=True)
        try:
            lock = (folder / "lock").open("wb")
        except FileNotFoundError:
            continue  # who had it took it away just now
        with lock:
            try:
                # Unlike flock not handed on to workers, which outlive a killed run by a moment.
                fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except (BlockingIOError, PermissionError) as error:
                why = f"{folder}: another run is at work there; wait for it, or end it"
                raise InputError(why) from error
            if _is_there(folder / "lock", lock.fileno()):
                yield
                return


def _is_there(path: Path, handle: int) -> bool:
    """Whether what is open still lies there."""
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False
