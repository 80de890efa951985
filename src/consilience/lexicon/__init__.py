"""Word lists and tables: one entry a line, `#` lines on top give origin and licence."""

from functools import cache
from importlib.resources import files


def _lines(name: str) -> list[str]:
    text = (files(__package__) / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def load_words(name: str) -> frozenset[str]:
    """The entries of the list `name`, as written."""
    return frozenset(line.strip() for line in _lines(name))


@cache
def load_table(name: str) -> dict[str, str]:
    """The table `name`: key, tab, value on each line."""
    return dict(line.split("\t", 1) for line in _lines(name))
