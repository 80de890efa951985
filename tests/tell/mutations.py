"""Every digit, name and offset of a written dossier, changed one at a time."""

import copy
import re
from collections.abc import Iterable, Iterator
from typing import Any

from consilience.errors import InputError
from consilience.interchange import digest
from consilience.tell.verify import verify_json

Steps = tuple[str | int, ...]
Change = tuple[Steps, Any]
Written = dict[str, Any]


def other_digits(dossier: Written) -> Iterator[Change]:
    """Every digit in turn, one higher."""
    for steps, value in _leaves(dossier):
        if isinstance(value, str):
            for m in re.finditer(r"\d", value):
                yield steps, value[: m.start()] + _next(m[0]) + value[m.end() :]
        elif isinstance(value, int | float) and not isinstance(value, bool):
            digits = repr(value)
            for m in re.finditer(r"\d", digits):
                yield steps, type(value)(digits[: m.start()] + _next(m[0]) + digits[m.end() :])


def other_names(dossier: Written) -> Iterator[Change]:
    """Every capitalised word in turn, with one letter changed."""
    for steps, value in _leaves(dossier):
        if isinstance(value, str):
            for m in re.finditer(r"\b[A-ZÁÉÍÓÚ][^\W\d_]+", value):
                yield steps, f"{value[: m.start() + 1]}q{value[m.start() + 2 :]}"


def other_offsets(dossier: Written) -> Iterator[Change]:
    """Every offset in turn, one and two higher and lower."""
    for steps, value in _leaves(dossier):
        if steps[-1] in {"start", "end"}:
            yield from ((steps, value + n) for n in (-2, -1, 1, 2) if value + n >= 0)


CHANGES = (other_digits, other_names, other_offsets)


def missed(
    dossier: Written, changes: Iterable[Change], *, sealed: bool = False
) -> list[tuple[str, Any]]:
    """The changes that nothing reports; `sealed`: with the digest made again to fit.

    Of all that a dossier holds only the time it was made may change unseen.
    """
    out = []
    for steps, value in changes:
        if steps == ("run", "started"):
            continue
        other = changed(dossier, steps, value)
        if sealed:
            other["digest"] = digest(other)
        if not _is_reported(other):
            out.append(("/".join(map(str, steps)), value))
    return out


def changed(dossier: Written, steps: Steps, value: Any) -> Written:
    out = copy.deepcopy(dossier)
    inner: Any = out
    for step in steps[:-1]:
        inner = inner[step]
    inner[steps[-1]] = value
    return out


def _leaves(value: Any, steps: Steps = ()) -> Iterator[tuple[Steps, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*steps, key))
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _leaves(inner, (*steps, i))
    else:
        yield steps, value


def _next(digit: str) -> str:
    return str((int(digit) + 1) % 10)


def _is_reported(dossier: Written) -> bool:
    try:
        return bool(verify_json(dossier))
    except InputError:
        return True
