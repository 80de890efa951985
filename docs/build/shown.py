"""Commands shown in a page with what they print, run and written anew.

A block fenced as `console` holds commands, each after "$ " and carried on by lines after "> ",
and below each what it prints, on both streams. All commands of a page run one after another in a
folder of its own that holds a copy of examples/. Whatever exits with another code than 0 must be
followed by `echo $?`, so that no page passes a command that fails off as one that works; and what
picks lines out of an output must find some.
"""

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

from consilience.cli import main

_BLOCK = re.compile(r"^```console\n(?P<lines>.*?)^```$", re.M | re.S)
_COMMAND = re.compile(r"^\$ (?P<words>.*(?:\n>(?: .*)?$)*)\n?", re.M)
_CARRIED_ON = re.compile(r"\n> ?")
# What differs from run to run: the clock, and the day in brackets of a decision.
_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|\+00:00| UTC)?|\(\d{4}-\d\d-\d\d\)"
)
# Our own command up to what the shell does with its output.
_OURS = re.compile(r"""(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^'"\\|<>&;])*""", re.S)
# What picks lines of an output, which may have changed, is meant to find some.
_SHOWS = re.compile(r" \| |^(?:grep|sed -n|head|tail|cut|ls) ")
_TIMEOUT_S = 300


class FailedError(Exception):
    """A command of a page failed or showed nothing, and the page does not say so."""


def pages_with_commands(root: Path) -> list[Path]:
    pages = [root / "README.md", *sorted((root / "docs").rglob("*.md"))]
    return [page for page in pages if _BLOCK.search(page.read_text(encoding="utf-8"))]


def run_page(text: str, root: Path) -> str:
    """The page with what its commands print now; a line that differs in the clock alone stays.

    Raises:
        FailedError: a command fails and is not followed by `echo $?`, or finds nothing to show.
    """
    blocks = [_commands(found["lines"]) for found in _BLOCK.finditer(text)]
    printed = iter(_run([command for block in blocks for command, _ in block], root))
    written = iter(
        "".join(
            f"$ {_continued(command)}\n{_kept(shown, next(printed))}" for command, shown in block
        )
        for block in blocks
    )
    return _BLOCK.sub(lambda _: f"```console\n{next(written)}```", text)


def _commands(lines: str) -> list[tuple[str, str]]:
    """Each command of a block with what is shown below it."""
    found = [*_COMMAND.finditer(lines)]
    if not found or found[0].start() != 0:
        raise FailedError(f"a console block begins with “$ ”, not with {lines[:40]!r}")
    ends = [*(one.start() for one in found[1:]), len(lines)]
    return [
        (_CARRIED_ON.sub("\n", one["words"]), lines[one.end() : end])
        for one, end in zip(found, ends, strict=True)
    ]


def _continued(command: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in f"{command}\n".splitlines())[2:]


def _kept(shown: str, printed: str) -> str:
    old, new = shown.splitlines(keepends=True), printed.splitlines(keepends=True)
    masked = {_MOMENT.sub("", line): line for line in old}
    return "".join(masked.get(_MOMENT.sub("", line), line) for line in new)


def _run(commands: Sequence[str], root: Path) -> Iterator[str]:
    """What each command prints, ended by a newline where it prints anything."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(root / "examples", Path(folder, "examples"))
        code = 0
        for n, command in enumerate(commands):
            printed, code = _run_one(command, Path(folder), code)
            printed = printed.replace("\r\n", "\n")  # as CSV ends its lines
            if code != 0 and commands[n + 1 : n + 2] != ["echo $?"]:
                raise FailedError(f"{command}: exits with {code}\n{printed}")
            if not printed and _SHOWS.search(command):
                raise FailedError(f"{command}: prints nothing")
            yield printed if printed.endswith("\n") or not printed else f"{printed}\n"


def _run_one(command: str, folder: Path, before: int) -> tuple[str, int]:
    """What a command prints and its code, after one that ended with the code before.

    Ours is run in this process, which has imported already what each new one would import for a
    second; what stands behind it in a pipe or is redirected is left to the shell.
    """
    if not command.startswith("consilience "):
        return _shell(f"(exit {before}); {command}", folder)
    ours = _OURS.match(command)
    assert ours is not None
    words = _shell(f"printf '%s\\0' {ours[0]}", folder)[0].split("\0")[1:-1]
    out, talk, code = _called(words, folder)
    rest = command[ours.end() :]
    if not rest:
        return out + talk, code
    Path(folder, ".out").write_text(out, encoding="utf-8")
    printed, code = _shell(f"cat .out {rest}", folder)
    return talk + printed, code


def _shell(command: str, folder: Path) -> tuple[str, int]:
    beside = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    ended = subprocess.run(
        [shutil.which("bash") or "bash", "-c", command],
        stdin=subprocess.DEVNULL,
        cwd=folder,
        env={**os.environ, "PATH": beside, "LC_ALL": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=_TIMEOUT_S,
        check=False,
    )
    return ended.stdout.decode(), ended.returncode


def _called(words: Sequence[str], folder: Path) -> tuple[str, str, int]:
    """What our command prints, what it says on stderr, and its code."""
    out, talk = io.StringIO(), io.StringIO()
    arguments, sys.argv = sys.argv, ["consilience", *words]
    try:
        with chdir(folder), redirect_stdout(out), redirect_stderr(talk):
            main()
    except SystemExit as ended:
        return out.getvalue(), talk.getvalue(), int(ended.code or 0)
    finally:
        sys.argv = arguments
    raise AssertionError("a command ends by exiting")
