"""How long each regular expression of the package takes on text made to slow it down.

    python -m bench.patterns [--chars N] [--worst N]

All patterns that are compiled when the package is imported, and those written within functions,
used as the code uses them on runs of one sign, one word, one beginning of what they look for, each
ended by what they do not. A line for each of the worst: milliseconds of the processor, how the time
grows when the text is twice as long, where it stands, how it is used and on what.
"""

import argparse
import ast
import importlib
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from re import _compiler, _parser  # type: ignore[attr-defined]
from types import FrameType
from typing import Any

import consilience

CHARS = 20_000
GIVEN_UP_S = 3.0
_BAD_ENOUGH_S = 0.5
# What is this fast on a tenth of the text takes a hundredth of a second on all of it where time
# grows with the square, and some more where that no longer fits the processor's cache; where it
# grows with the cube no tenth is this fast.
_SURELY_FAST_S = 0.08e-3
_PROBE_CHARS = 2_000
_USES: dict[str, Callable[[re.Pattern[str], str], object]] = {
    "finditer": lambda pattern, text: [None for _ in pattern.finditer(text)],
    "match": lambda pattern, text: pattern.match(text),
    "fullmatch": lambda pattern, text: pattern.fullmatch(text),
}
_FROM_ANYWHERE = frozenset({"search", "finditer", "findall", "sub", "subn", "split"})
_PUMPS = (
    "a", "A", "1", "0", " ", "\n", "\t", ".", ",", "-", "—", '"', "'", "“", "”", "(", ")", "[", "<",
    ">", "&", "/", ":", "_", "é", "中", "\u0301", "a ", "A ", "Aa ", "aA", "1 ", "1,", "1.", "1/",
    "1-", "1:", "a.", "A. ", "a-", "a'", "a, ", "Aa, ", '" ', "“a” ", " \n", "a\n", "\n\n", "<a ",
    "a=", "http://a.", "a@", "Mr. ", "January ", "of the ", "1 a ", "Aa-",
)  # fmt: skip
_OWN_MAX = 12
_HANDED_ON = "handed on"


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern, where it is made, and how it is used; "finditer" stands for looking anywhere."""

    where: str
    pattern: re.Pattern[str]
    uses: frozenset[str]


@dataclass(frozen=True, slots=True)
class Slow:
    """The slowest of all uses and texts of one pattern. `growth`: of the time, by doubling."""

    found: Found
    use: str
    pump: str
    seconds: float
    growth: float


def patterns() -> list[Found]:
    """Every pattern of the package; imports all of it, and so has to come before anything does."""
    root = Path(consilience.__file__).parent
    made: dict[tuple[str, int], dict[str, re.Pattern[str]]] = {}
    compile_ = _compiler.compile

    def noting(source: Any, flags: int = 0) -> Any:
        pattern = compile_(source, flags)
        frame: FrameType | None = sys._getframe(1)
        while frame is not None and frame.f_code.co_filename == re.__file__:
            frame = frame.f_back
        if frame is not None and Path(frame.f_code.co_filename).is_relative_to(root):
            place = Path(frame.f_code.co_filename).relative_to(root).as_posix(), frame.f_lineno
            if isinstance(pattern.pattern, str):
                made.setdefault(place, {})[pattern.pattern] = pattern
        return pattern

    _compiler.compile = noting
    try:
        re.purge()
        for module in pkgutil.walk_packages(consilience.__path__, "consilience."):
            if not module.name.endswith(("__main__", ".worker")):
                importlib.import_module(module.name)
    finally:
        _compiler.compile = compile_
    uses = _uses(root)
    found = [
        Found(f"{file}:{line}", pattern, uses.get((file, line), frozenset(_USES)))
        for (file, line), here in sorted(made.items())
        for pattern in here.values()
    ]
    return [*found, *_inline(root, {(one.pattern.pattern, one.pattern.flags) for one in found})]


def _uses(root: Path) -> dict[tuple[str, int], frozenset[str]]:
    """How the pattern is used that a name is given to on a line, by file and line."""
    trees = {file: ast.parse(file.read_text("utf-8")) for file in sorted(root.rglob("*.py"))}
    here = {file: _called(tree) for file, tree in trees.items()}
    found = {}
    for file, tree in trees.items():
        for node in tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                name = node.targets[0].id
                users = [here[file]] if name.startswith("_") else [*here.values()]
                called = set().union(*(user.get(name, set()) for user in users))
                ways = frozenset("finditer" if w in _FROM_ANYWHERE else w for w in called)
                if ways and _HANDED_ON not in ways:
                    for line in range(node.lineno, (node.end_lineno or node.lineno) + 1):
                        place = (file.relative_to(root).as_posix(), line)
                        found[place] = ways & _USES.keys()
    return found


def _called(tree: ast.AST) -> dict[str, set[str]]:
    """What is called on each name in a file; a pattern that is handed on may be used in any way."""
    ours: dict[str, set[str]] = {}
    heads = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            ours.setdefault(node.value.id, set()).add(node.attr)
            heads.add(id(node.value))
    for node in ast.walk(tree):
        # Of several in a tuple each is used as the name is that goes through them.
        if isinstance(node, ast.For | ast.comprehension) and isinstance(node.iter, ast.Name):
            through = [n.id for n in ast.walk(node.target) if isinstance(n, ast.Name)]
            ways: set[str] = set().union(*(ours.get(name, set()) for name in through))
            ours.setdefault(node.iter.id, set()).update(ways)
            heads.add(id(node.iter))
    for node in ast.walk(tree):
        is_read = isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
        if isinstance(node, ast.Name) and is_read and id(node) not in heads:
            ours.setdefault(node.id, set()).add(_HANDED_ON)
    return ours


def _inline(root: Path, known: set[tuple[str, int]]) -> Iterator[Found]:
    """Patterns that stand in a call, as `re.sub(r"...", ...)`."""
    for file in sorted(root.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="re"), attr=way),
                    args=[ast.Constant(value=str(source)), *_],
                ) if way in _FROM_ANYWHERE | _USES.keys():
                    flags = 0
                    for word in node.keywords:
                        if word.arg == "flags":
                            flags = eval(ast.unparse(word.value), {"re": re})  # noqa: S307 - ours
                    pattern = re.compile(source, flags)
                    if (source, pattern.flags) not in known:
                        use = "finditer" if way in _FROM_ANYWHERE else way
                        place = f"{file.relative_to(root).as_posix()}:{node.lineno}"
                        yield Found(place, pattern, frozenset({use}))


def slowest(found: Found, chars: int = CHARS) -> Slow:
    """The worst of it; how it grows is measured only where it takes a millisecond or more."""
    worst = Slow(found, "", "", 0.0, 1.0)
    for pump in dict.fromkeys((*_PUMPS, *_own(found.pattern))):
        for use in sorted(found.uses):
            probe = _seconds(found.pattern, use, _text(pump, min(chars, _PROBE_CHARS)))
            if probe < _SURELY_FAST_S:
                continue
            seconds = _seconds(found.pattern, use, _text(pump, chars))
            if seconds > worst.seconds:
                worst = Slow(found, use, pump, seconds, 1.0)
        if worst.seconds > _BAD_ENOUGH_S:
            break
    if worst.seconds < 1e-3:
        return worst
    half = _seconds(found.pattern, worst.use, _text(worst.pump, chars // 2))
    growth = worst.seconds / max(half, 1e-6)
    return Slow(found, worst.use, worst.pump, worst.seconds, growth)


def _own(pattern: re.Pattern[str]) -> Iterable[str]:
    """What the pattern itself asks for, piece by piece, to be repeated."""
    words: list[str] = []

    def walk(parsed: Any) -> None:
        run = ""
        for op, value in parsed:
            name = str(op)
            if name == "LITERAL":
                run += chr(value)
                continue
            if run:
                words.append(run)
            run = ""
            if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
                walk(value[2])
            elif name == "SUBPATTERN":
                walk(value[3])
            elif name == "BRANCH":
                for branch in value[1]:
                    walk(branch)
            elif name in ("ASSERT", "ASSERT_NOT"):
                walk(value[1])
            elif name == "ATOMIC_GROUP":
                walk(value)
        if run:
            words.append(run)

    walk(_parser.parse(pattern.pattern, pattern.flags))
    several = sorted(set(words), key=lambda word: (-len(word), word))[:_OWN_MAX]
    return [form for word in several for form in (word, f"{word} ")]


def _text(pump: str, chars: int) -> str:
    return (pump * (chars // len(pump) + 1))[: chars - 1] + "\0"


class _GivenUpError(Exception):
    pass


def _seconds(pattern: re.Pattern[str], use: str, text: str) -> float:
    """Of the processor; twice where it is slow, since something else may have been."""

    def once() -> float:
        begun = time.process_time()
        signal.setitimer(signal.ITIMER_REAL, 4 * GIVEN_UP_S)
        signal.setitimer(signal.ITIMER_VIRTUAL, GIVEN_UP_S)
        try:
            _USES[use](pattern, text)
        except _GivenUpError:
            return GIVEN_UP_S
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.setitimer(signal.ITIMER_REAL, 0)
        return time.process_time() - begun

    first = once()
    return first if first < 0.02 or first > 0.5 else min(first, once())


def _give_up(*_: object) -> None:
    raise _GivenUpError


def measured(chars: int = CHARS) -> Iterator[Slow]:
    """Each pattern in turn; to be called in a process of its own."""
    for number in (signal.SIGALRM, signal.SIGVTALRM):
        signal.signal(number, _give_up)
    for found in patterns():
        yield slowest(found, chars)


def to_line(slow: Slow) -> str:
    return (
        f"{1000 * slow.seconds:.1f} ms\tx{slow.growth:.1f}\t{slow.found.where}\t{slow.use}\t"
        f"{slow.pump[:40]!a}\t{slow.found.pattern.pattern[:80]!a}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--chars", type=int, default=CHARS, help="length of each text")
    parser.add_argument("--worst", type=int, default=20, help="how many to show; 0: all, at once")
    options = parser.parse_args()
    slows = []
    for slow in measured(options.chars):
        slows.append(slow)
        if options.worst == 0:
            print(to_line(slow), flush=True)
    if options.worst:
        for slow in sorted(slows, key=lambda one: -one.seconds)[: options.worst]:
            print(to_line(slow))
        print(f"{len(slows)} patterns on {options.chars} characters")


if __name__ == "__main__":
    main()
