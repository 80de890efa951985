"""`consilience group` and `consilience batch`: streams to events and dossiers, from the shell."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from consilience.errors import InputError
from consilience.files import writing
from consilience.options import FETCH, INPUTS, MEMORY, WORKERS
from consilience.progress import watching

if TYPE_CHECKING:
    from consilience.engine import Engine
    from consilience.ingest.inputs import Fetch

ENGINE = click.option(
    "--engine",
    default="local",
    show_default=True,
    type=click.Choice(["local", "spark"]),
    help="What runs the work; what comes out is the same.",
)
MASTER = click.option(
    "--master",
    metavar="URL",
    help="The cluster for --engine spark, as spark://HOST:7077; without, cores as of --workers.",
)


@click.command(
    epilog="""\b
    Example:
      consilience group examples/valdoro --out groups.jsonl
    """
)
@INPUTS
@click.option("--out", required=True, type=click.Path(path_type=Path), help="File to write to.")
@click.option(
    "--state",
    type=click.Path(path_type=Path),
    help="File to keep what later documents may join: given again, they are added to its groups.",
)
@WORKERS
@FETCH
def group(
    inputs: tuple[str, ...], out: Path, state: Path | None, workers: int, fetch: "Fetch | None"
) -> None:
    """Sort a stream of documents into events.

    Writes {"document": id, "group": id} a line, in input order. Groups and their ids do not depend
    on the order. A document without text is a group of its own. What is given twice is written
    twice; another document under an id that was given before is named on stderr and left out.

    With --state a later run sorts its documents into the groups that an earlier one made, and
    makes new ones: no document that was sorted before changes its group. A group that nothing
    joined for 120 days of the stream is closed. Parquet (.parquet, the parquet extra) is read too.
    """
    from consilience.engine import LocalEngine
    from consilience.flow.gathering import group_stream
    from consilience.ingest.stream import list_lines
    from consilience.interchange import dumps

    with watching() as watch:
        items = list_lines(inputs, stdin=sys.stdin.buffer, fetch=fetch)
        groups = group_stream(items, out, LocalEngine(workers), state, watch)
    if not groups:
        raise InputError("no document could be used; give at least one")
    with writing(out) as file:
        file.writelines(dumps({"document": d, "group": g}) for d, g in groups)


@click.command(
    epilog="""\b
    Example:
      consilience batch examples/cases.jsonl --out dossiers.jsonl
    """
)
@click.argument("cases", metavar="CASES.jsonl|INPUT...", nargs=-1, required=True)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="File to write to.")
@click.option("--group", "is_group", is_flag=True, help="Take documents, and find the cases too.")
@MEMORY
@WORKERS
@ENGINE
@MASTER
@click.option(
    "--shared",
    is_flag=True,
    help="With --group: each worker can open the .jsonl files of INPUT, and is to read its share.",
)
def batch(
    cases: tuple[str, ...],
    out: Path,
    *,
    is_group: bool,
    memory: Path | None,
    workers: int,
    engine: str,
    master: str | None,
    shared: bool,
) -> None:
    """Tell many cases, each line its own.

    A line is {"case": id, "documents": [...]}, its documents as in JSON Lines. Writes
    {"case": id, "dossier": {...}} a line, or {"case": id, "failure": {...}}, in input order. The
    order of the documents of a case changes nothing. Exits with 1 where no case could be told.

    With --group the input is a stream of documents, as for "consilience group". Each of its events
    becomes a line {"case": group, "dossier": {...}, "untold": [...]}, by the groups' ids. Of an
    event of more than 200 documents near copies and then the least unlike are not told, but named
    under untold. OUT.manifest.json counts it all. Killed and run again, it goes on where it was.

    SOURCE_DATE_EPOCH, where it is set, is taken for the time of the run.
    """
    from consilience.flow.cases import case_lines, tell_cases
    from consilience.flow.telling import work_folder
    from consilience.pipeline import Phase

    if master is not None and memory is not None:
        raise click.UsageError("--memory is a file of one machine; a cluster of --master has many")
    if shared and not is_group:
        raise click.UsageError("--shared goes with --group")
    started = _started()
    if is_group:
        with _engine(engine, master, workers, work_folder(out)) as chosen:
            if memory is None and engine == "local":
                memory = work_folder(out) / "sentences.db"
            _batch_stream(cases, out, started, memory, chosen, shared=shared)
        return
    n_told = 0
    lines = case_lines(cases, sys.stdin.buffer)
    with _engine(engine, master, workers) as chosen, writing(out) as file, watching() as watch:
        for line, failure in tell_cases(lines, chosen, started, memory):
            file.write(line)
            if failure is None:
                n_told += 1
                watch(Phase(f"telling, {n_told} told"))
            else:
                watch(failure)
    if n_told == 0:
        raise InputError("no case could be told; give at least one with a document that holds text")


def _batch_stream(
    inputs: tuple[str, ...],
    out: Path,
    started: datetime,
    memory: Path | None,
    engine: "Engine",
    *,
    shared: bool,
) -> None:
    from consilience.flow.sharing import list_shared
    from consilience.flow.telling import tell_stream
    from consilience.ingest.stream import list_lines

    with watching() as watch:
        items = (
            list_shared(inputs, engine, sys.stdin.buffer)
            if shared
            else list_lines(inputs, stdin=sys.stdin.buffer)
        )
        told = tell_stream(items, out, engine, started, memory, watch)
    if told.n_dossiers == 0:
        raise InputError("no event could be told; give at least one document that holds text")


def _started() -> datetime:
    """Now, or what SOURCE_DATE_EPOCH says, so that a run can be made again byte for byte."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        why = f"SOURCE_DATE_EPOCH: {epoch!r} is no number of seconds since 1970; unset or mend it"
        raise InputError(why) from error


@contextmanager
def _engine(
    name: str, master: str | None, workers: int, work: Path | None = None
) -> Iterator["Engine"]:
    """Raises: MissingExtraError, EngineError: see `open_spark`."""
    from consilience.engine import LocalEngine
    from consilience.engine.spark import open_spark

    if name == "spark":
        with open_spark(master or f"local[{workers}]") as spark:
            yield spark
    elif master is not None:
        raise click.UsageError("--master goes with --engine spark")
    else:
        # A stream lies in its folder, where a run that was killed leaves nothing for good, and is
        # told beside this process, which nothing in it can end.
        yield LocalEngine(workers, 2 * workers if work is None else 0, scratch=work)
