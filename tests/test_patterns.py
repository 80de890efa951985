"""No pattern of ours takes longer than the square of what it is given, whatever that is."""

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from re import _parser  # type: ignore[attr-defined, unused-ignore]
from typing import Any

import pytest

import consilience

ROOT = Path(consilience.__file__).parent
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT")
# Fast enough for anything; on a busy machine a pattern may seem slower than it is, but does not
# grow faster than it does.
ASKED_MS = 50
SURELY_TOO_SLOW_MS = 4 * ASKED_MS
GROWTH_MAX = 2.6
GIVEN_UP_MS = 3_000


def nested(pattern: str) -> bool:
    """Whether something that is repeated without end is itself only a repetition without end."""

    def walk(parsed: Any) -> bool:
        return any(
            (str(op) in _REPEATS and value[1] == _parser.MAXREPEAT and only_repeats(value[2]))
            or any(walk(inner) for inner in inners(op, value))
            for op, value in parsed
        )

    def inners(op: Any, value: Any) -> Iterator[Any]:
        match str(op):
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                yield value[2]
            case "SUBPATTERN":
                yield value[3]
            case "BRANCH":
                yield from value[1]
            case "ASSERT" | "ASSERT_NOT":
                yield value[1]

    def only_repeats(parsed: Any) -> bool:
        if len(parsed) != 1:
            return False
        op, value = parsed[0]
        if str(op) in _REPEATS:
            return bool(value[1] == _parser.MAXREPEAT) or only_repeats(value[2])
        return any(only_repeats(inner) for inner in inners(op, value))

    return walk(_parser.parse(pattern))


def written() -> Iterator[tuple[str, str]]:
    """(where, pattern) of every pattern that stands in the code as it is."""
    for file in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="re")), args=[ast.Constant(str(text)), *_]
                ):
                    yield f"{file.relative_to(ROOT)}:{node.lineno}", text


def test_a_nested_repetition_is_known() -> None:
    assert all(map(nested, (r"(?:a+)+", r"(\w*)*$", r"(?:(?:x|\s+))*y", r"b(?=(?:a+)*c)")))
    assert not any(map(nested, (r"(?:a+b)+", r"(?:\w+\s)*", r"(?:a{1,3})+", r"a+b+", r"(?:ab)*")))


@pytest.mark.threat("I4")
def test_no_pattern_repeats_a_repetition(reached: Callable[[str], None]) -> None:
    found = [*written()]
    assert [where for where, pattern in found if nested(pattern)] == []
    reached(f"{len(found)} patterns without a nested repetition")


@pytest.mark.slow
@pytest.mark.threat("I4")
def test_every_pattern_is_fast_on_what_is_made_to_slow_it_down(
    reached: Callable[[str], None],
) -> None:
    command = [sys.executable, "-m", "bench.patterns", "--worst", "0"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=3_000, check=True)
    told = [line.split("\t") for line in ended.stdout.splitlines()]
    measured = [
        (float(took.removesuffix(" ms")), float(growth.removeprefix("x")), " ".join(rest))
        for took, growth, *rest in told
    ]
    assert len(measured) > 800
    slow = [
        (took, growth, where)
        for took, growth, where in measured
        if took > SURELY_TOO_SLOW_MS and (growth > GROWTH_MAX or took >= GIVEN_UP_MS)
    ]
    assert slow == []
    n_within = sum(took <= ASKED_MS for took, _, _ in measured)
    took, growth, where = max(measured)
    reached(
        f"{n_within} of {len(measured)} patterns within {ASKED_MS} ms on 20,000 characters; the"
        f" slowest {took:.0f} ms, x{growth:.1f} a doubling ({where.split(' ')[0]})"
    )
