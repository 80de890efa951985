"""How far long work is, for whoever sits at the terminal; a pipe is told of failures alone."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.progress import Progress

    from consilience.pipeline import Phase, Watch
    from consilience.records import Document, Failure

# Before so much is done an estimate would be a guess: the first document loads the encoder too.
SURE_FROM_S = 3.0
SURE_FROM_SHARE = 0.03
_NAME_CHARS = 40


@contextmanager
def watching(*, prints: bool = False) -> Iterator["Watch"]:
    """Tell stderr of each failure and, where it is a terminal, how far the work is.

    What `prints` as it works, to a terminal, shows by that how far it is.
    """
    if not sys.stderr.isatty() or (prints and sys.stdout.isatty()):
        yield _say_failure
        return

    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[left]}", markup=False),
    )
    # Not redirected: what is printed belongs on stdout, wherever that leads.
    with Progress(
        *columns,
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    ) as bar:
        yield _Shown(bar)


def time_left(elapsed_s: float, done: int, total: int) -> str | None:
    """How long the rest takes at the pace so far, as roughly as that is known; None: too early.

    >>> time_left(10.0, 250, 1000), time_left(600.0, 50, 100), time_left(1.0, 5, 100)
    ('about 30 s left', 'about 10 min left', None)
    """
    if elapsed_s < SURE_FROM_S or done < SURE_FROM_SHARE * total:
        return None
    left_s = elapsed_s / done * (total - done)
    if left_s < 60:
        return f"about {max(5, round(left_s / 5) * 5)} s left"
    if left_s < 5400:
        return f"about {round(left_s / 60)} min left"
    return f"about {left_s / 3600:.1f} h left"


class _Shown:
    """A line at the bottom of a terminal: the phase and, while documents are read, how many are."""

    def __init__(self, bar: "Progress") -> None:
        self._bar = bar
        self._task = bar.add_task("reading", total=None, left="")
        self._begun = time.monotonic()
        self._n_done = self._n_documents = self._n_chars = 0

    def __call__(self, told: "Document | Failure | Phase") -> None:
        from consilience.records import Document, Failure

        match told:
            case Failure():
                self._bar.console.print(
                    _on_one_line(told.error), markup=False, highlight=False, soft_wrap=True
                )
            case Document():
                self._read(told)
            case _:
                self._begun, self._n_done = time.monotonic(), 0
                self._n_documents, self._n_chars = told.n_documents, told.n_chars
                total = told.n_chars or None
                self._bar.reset(self._task, total=total, left="", description=told.name)

    def _read(self, document: "Document") -> None:
        self._n_done += 1
        self._bar.advance(self._task, len(document.text))
        of = f"{self._n_done} of {self._n_documents}" if self._n_documents else f"{self._n_done}"
        done = int(self._bar.tasks[0].completed)
        left = time_left(time.monotonic() - self._begun, done, self._n_chars) if done else None
        name = _on_one_line(document.name)[-_NAME_CHARS:]
        self._bar.update(
            self._task, description=f"reading {of}", left=f"{left}  {name}" if left else name
        )


def _say_failure(told: "Document | Failure | Phase") -> None:
    from consilience.records import Failure

    if isinstance(told, Failure):
        click.echo(_on_one_line(told.error), err=True)


def _on_one_line(words: str) -> str:
    from consilience.wording import printable

    return printable(" ".join(words.split()))
