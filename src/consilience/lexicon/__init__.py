"""Word lists and tables: one entry a line, `#` lines on top give origin and licence.

`hashes.json` holds the SHA-256 of each file: `python -m docs.build.hashes` writes it.
"""

import hashlib
import json
from functools import cache
from importlib.resources import files

from consilience.errors import ModelError


def load_bytes(name: str) -> bytes:
    """The file of that name, which is the one that the program was made with.

    Raises:
        ModelError: it is missing, or another one.
    """
    path = files(__package__) / name
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: {error.strerror}; reinstall consilience") from error
    if hashlib.sha256(content).hexdigest() != _hashes().get(name):
        raise ModelError(f"{path}: not as in hashes.json; reinstall consilience")
    return content


@cache
def _hashes() -> dict[str, str]:
    path = files(__package__) / "hashes.json"
    try:
        hashes: dict[str, str] = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: cannot be read; reinstall consilience") from error
    return hashes


def _lines(name: str) -> list[str]:
    text = load_bytes(f"{name}.txt").decode()
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def load_words(name: str) -> frozenset[str]:
    """The entries of the list `name`, as written."""
    return frozenset(line.strip() for line in _lines(name))


@cache
def load_table(name: str) -> dict[str, str]:
    """The table `name`: key, tab, value on each line."""
    return dict(line.split("\t", 1) for line in _lines(name))
