"""The commands. Records go to stdout, talk to stderr; what they do is done elsewhere.

The stages are imported inside the commands: `--help` must not wait for them.
"""

import shutil
import signal
import sys
import warnings
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from consilience import __version__
from consilience.decide.commands import decide
from consilience.errors import ConsilienceError, InputError
from consilience.files import make_folder, write, write_all
from consilience.flow.commands import batch, group
from consilience.garbage import collect_rarely
from consilience.keeping import copy, forget
from consilience.options import FETCH, INPUTS, MEMORY, WORKERS
from consilience.places import Place, parse_place
from consilience.progress import watching
from consilience.web.commands import serve, token

if TYPE_CHECKING:
    from consilience.ingest.inputs import Fetch
    from consilience.records import Document, Dossier, Reading

# What a shell says of a command that Ctrl-C ended: 128 and the number of the signal.
_INTERRUPTED = 130


def main() -> None:
    signal.signal(signal.SIGINT, _interrupted)
    collect_rarely()
    warnings.showwarning = _warned  # type: ignore[assignment]
    try:
        commands(prog_name="consilience")
    except ConsilienceError as error:
        click.echo(_line(str(error)), err=True)
        sys.exit(1)
    except OSError as error:
        where = error.filename or "disk"
        why = f"{where}: {error.strerror or error}; make room or check it, and run again"
        click.echo(_line(why), err=True)
        sys.exit(1)
    except SystemExit as end:
        if end.code == _INTERRUPTED:
            click.echo("stopped; run it again: what a case had finished is kept", err=True)
        raise


def _warned(message: Warning | str, *_: object) -> None:
    click.echo(_line(str(message)), err=True)


def _interrupted(*_: object) -> NoReturn:
    sys.exit(_INTERRUPTED)


@click.group()
@click.version_option(__version__, prog_name="consilience")
def commands() -> None:
    """Many accounts of one event in, one accountable account out.

    INPUT is a file (.txt .md .html .htm .jsonl .pdf .eml, .xml for RSS and Atom, .warc .warc.gz),
    a folder of such files, - for JSON Lines on stdin, or with --fetch an http(s) address. What
    cannot be used is named on stderr, and the rest goes on.

    A CASE is a file, or postgresql://USER@HOST/DATABASE?case=NAME with the postgres extra.
    """


commands.add_command(decide)
commands.add_command(batch)
commands.add_command(copy)
commands.add_command(forget)
commands.add_command(group)
commands.add_command(serve)
commands.add_command(token)


@commands.command(
    epilog="""\b
    Example:
      consilience account examples/valdoro --out dossier
    """
)
@click.argument("inputs", metavar="INPUT...", nargs=-1)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder to write to.")
@click.option(
    "--case",
    metavar="PATH",
    type=parse_place,
    help="Where to keep the case: documents add up, none is read twice, changes are shown.",
)
@click.option(
    "--known",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="List of known people to link: FollowTheMoney (.jsonl) or CSV with id and name.",
)
@FETCH
@MEMORY
@WORKERS
def account(
    inputs: tuple[str, ...],
    out: Path,
    case: Place | None,
    known: tuple[Path, ...],
    fetch: "Fetch | None",
    memory: Path | None,
    workers: int,
) -> None:
    """Tell one account of all documents.

    Writes index.html, account.md and dossier.json to the folder, and prints a short account.
    A case remembers sentences too, unless --memory names another file. With --case and without
    INPUT what the case holds is told again, as after "consilience decide".

    Whoever bears the names of just one on a --known list, with nothing said against it, is linked
    by its id. A case keeps its lists; a file of the same name takes a list's place, an empty one
    lets it go. A CSV may also have the columns aliases, kind, country, birth_date and gender,
    several values in one parted by ";".
    """
    from consilience.store import is_kept

    if not inputs and case is None:
        raise click.UsageError("Missing argument 'INPUT...'; only a case is told again without.")
    if not inputs and case is not None and not is_kept(case):
        raise InputError(f"{case}: no such case; name the documents to make it of")
    _account(inputs, out, case, known, memory, workers, fetch)


@commands.command(
    epilog="""\b
    Example:
      consilience add CASE.db examples/valdoro
    """
)
@click.argument("case", metavar="CASE.db", type=parse_place)
@INPUTS
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write the dossier to.")
@FETCH
@WORKERS
def add(
    case: Place, inputs: tuple[str, ...], out: Path | None, fetch: "Fetch | None", workers: int
) -> None:
    """Add documents to a case, and say what they change.

    The case is made where there is none. Earlier states stay in it: see "consilience history".
    """
    _account(inputs, out, case, (), None, workers, fetch)


@commands.command(
    epilog="""\b
    Examples:
      consilience history CASE.db
      consilience history CASE.db --state 1 --out first
      consilience history CASE.db --since 1
      consilience history CASE.db --atom feed.xml
    """
)
@click.argument("case", metavar="CASE.db", type=parse_place)
@click.option("--state", type=click.IntRange(1), metavar="N", help="Tell the state of this number.")
@click.option(
    "--since", type=click.IntRange(1), metavar="N",
    help="What changed from state N to the last, or to that of --state.",
)  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write --state to.")
@click.option("--atom", type=click.Path(path_type=Path), help="File to write a feed of it all to.")
def history(
    case: Place, state: int | None, since: int | None, out: Path | None, atom: Path | None
) -> None:
    """Tell the states of a case, and what each changed.

    A state is kept whenever the account says something else than before. Each can be called up,
    and any two compared. The feed is Atom, with an entry for each state.
    """
    from consilience import history as kept
    from consilience.store import is_kept, open_store
    from consilience.tell.brief import brief, changed
    from consilience.tell.phrases import count

    if not is_kept(case):
        raise InputError(f"{case}: no such case; name a kept one")
    if out is not None and (state is None or since is not None):
        raise click.UsageError("--out goes with --state, which names the state to write")
    with closing(open_store(case)) as store:
        if since is not None:
            click.echo(changed(kept.since(store, since, state), _width()))
            return
        if state is not None:
            called = kept.state_of(store, state).dossier
            if out is not None:
                _write_dossier(called, out)
            click.echo(brief(called, _width()))
            return
        told = list(kept.steps(store))
    if atom is not None:
        write(atom, kept.to_atom(told, case.name))
    for step in told:
        dossier = step.state.dossier
        n_documents, n_origins = len(dossier.documents), len(dossier.origins)
        held = f"{count(n_documents, 'document')}, {count(n_origins, 'independent origin')}"
        click.echo(f"{step.state.number}  {step.state.kept[:16].replace('T', ' ')}  {held}")
        if step.changes:
            click.echo(changed(step.changes, _width()))


@commands.command(
    epilog="""\b
    Example:
      consilience repair CASE.db --out REPAIRED.db
    """
)
@click.argument("case", metavar="CASE.db", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="NEW.db",
    help="New file to write; CASE-repaired.db beside the case unless it is named.",
)  # fmt: skip
@WORKERS
def repair(case: Path, out: Path | None, workers: int) -> None:
    """Make a damaged case anew from what is left of it.

    The damaged file is left alone. The bytes given, lists, decisions and earlier states are taken
    over where they are proven to be what they were; what follows from them is made again. Exits
    with 1, and a line for each, where something given is lost or nothing proves it.
    """
    from consilience.engine import LocalEngine
    from consilience.repair import repair as made_anew

    if not case.is_file():
        raise InputError(f"{case}: no such case; name the file of a damaged one")
    new = case.with_name(f"{case.stem}-repaired{case.suffix}") if out is None else out
    with watching() as watch:
        lost = made_anew(case, new, LocalEngine(workers), datetime.now(UTC), watch)
    for line in lost:
        click.echo(_line(line))
    if lost:
        sys.exit(1)
    click.echo(f"{new}: all that was given is in it", err=True)


def _account(
    inputs: tuple[str, ...],
    out: Path | None,
    case: Place | None,
    known: tuple[Path, ...],
    memory: Path | None,
    workers: int,
    fetch: "Fetch | None",
) -> None:
    """Read what is given, tell the case, write it where asked, and print it in short."""
    from consilience.ingest import expect, list_inputs

    expect(inputs)  # before the imports that take the longest

    from consilience.engine import LocalEngine
    from consilience.ingest.known import load_known
    from consilience.pipeline import Phase, run
    from consilience.store import open_store
    from consilience.tell.brief import brief, changed

    lists = load_known(known)
    files = [] if out is None else [out / name for name in _DOSSIER_FILES]
    if out is not None:
        make_folder(out)
    with closing(open_store(case)) as store, watching() as watch:
        n_states = store.version().n_states
        for name, raw in lists.items():
            store.add_known(name, raw)
        kept = (*_database_files(case), *_database_files(memory))
        ours = _names_in(inputs, [*files, *kept, *known])
        given = list_inputs(inputs, stdin=sys.stdin.buffer, fetch=fetch)
        others = (one for one in given if one.name not in ours)
        dossier = run(others, store, LocalEngine(workers), datetime.now(UTC), watch, memory or case)
        is_new = store.version().n_states > n_states
        if out is not None:
            watch(Phase("writing"))
            _write_dossier(dossier, out)
    click.echo(brief(dossier, _width(), out))
    if n_states:
        new = dossier.changes if is_new else ()
        click.echo(f"\nSince the last time:\n{changed(new, _width())}")


_DOSSIER_FILES = ("dossier.json", "account.md", "index.html")


def _write_dossier(dossier: "Dossier", folder: Path) -> None:
    from consilience.interchange import dossier_to_json, dumps
    from consilience.tell.to_html import to_html
    from consilience.tell.to_markdown import to_markdown

    written = (dumps(dossier_to_json(dossier)), to_markdown(dossier), to_html(dossier))
    write_all(folder, dict(zip(_DOSSIER_FILES, written, strict=True)))


@commands.command(
    epilog="""\b
    Example:
      consilience read examples/valdoro --pretty
    """
)
@INPUTS
@click.option("--pretty", is_flag=True, help="Print it for people, sentence by sentence.")
@FETCH
@MEMORY
@WORKERS
def read(
    inputs: tuple[str, ...], *, pretty: bool, fetch: "Fetch | None", memory: Path | None,
    workers: int,
) -> None:  # fmt: skip
    """Print what each document yields.

    One reading (consilience.reading/1) a line, in input order. With --pretty every sentence with
    what was read in it: mentions and their chains (#1), times, counts, who says what (a1), who did
    what to whom.
    """
    from consilience.engine import LocalEngine
    from consilience.ingest import ingest
    from consilience.interchange import dumps, reading_to_json
    from consilience.reading import read_each
    from consilience.records import Failure

    n_read = 0
    with watching(prints=True) as watch:
        found = ingest(inputs, stdin=sys.stdin.buffer, fetch=fetch)
        for outcome in read_each(found, LocalEngine(workers), memory):
            if isinstance(outcome, Failure):
                watch(outcome)
                continue
            watch(outcome[0])
            if pretty:
                _show(*outcome)
            else:
                click.echo(dumps(reading_to_json(*outcome)).rstrip("\n"))
            n_read += 1
    if n_read == 0:
        raise InputError("no document could be read; give at least one that holds words")


@commands.command(
    epilog="""\b
    Example:
      consilience weigh examples/bridges.csv --out beliefs.csv --origins copies.csv
    """
)
@click.argument("claims", metavar="CLAIMS.csv", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="CSV to write to.")
@click.option(
    "--origins", type=click.Path(path_type=Path), help="CSV for pairs of sources that depend."
)
@click.option(
    "--within",
    type=click.Path(path_type=Path),
    help="CSV with the columns value and within: which values lie in which.",
)
def weigh(claims: Path, out: Path, origins: Path | None, within: Path | None) -> None:
    """Tell which values of a table to believe.

    CLAIMS.csv has the columns source, item and value, and time if you like. Sources are weighed by
    how often they are right, those that copy count once; numbers, places that lie in one another
    and lists are compared as such.
    """
    from consilience.tables import (
        beliefs_to_csv,
        dependences_to_csv,
        read_hierarchy,
        read_rows,
        weigh_rows,
    )

    hierarchy = [] if within is None else read_hierarchy(within)
    beliefs, dependences = weigh_rows(read_rows(claims), hierarchy)
    write(out, beliefs_to_csv(beliefs))
    if origins is not None:
        write(origins, dependences_to_csv(dependences))


@commands.command(
    epilog="""\b
    Example:
      consilience verify dossier/dossier.json --documents examples/valdoro
    """
)
@click.argument("dossier", metavar="DOSSIER.json", type=click.Path(path_type=Path))
@click.option("--documents", "first", metavar="INPUT...", help="The documents it was made from.")
@click.argument("others", metavar="", nargs=-1)
@FETCH
def verify(
    dossier: Path, first: str | None, others: tuple[str, ...], fetch: "Fetch | None"
) -> None:
    """Prove a dossier from its texts.

    Recomputes every passage, figure, date, speaker and citation. Exits with 1, and a line for
    each mismatch, unless all of it holds. With --documents its texts must also be those of the
    documents given.
    """
    from consilience.ingest import ingest
    from consilience.interchange import loads
    from consilience.records import Document
    from consilience.tell.verify import verify_json

    if others and first is None:
        raise click.UsageError(f"Got unexpected extra argument ({others[0]})")
    documents = None
    if first is not None:
        found = ingest((first, *others), stdin=sys.stdin.buffer, fetch=fetch)
        documents = [one for one in found if isinstance(one, Document)]
    dossier = _in_folder(dossier)
    try:
        content = dossier.read_bytes()
    except OSError as error:
        raise InputError(f"{dossier}: {error.strerror}; name a dossier.json") from error
    with _taken_for_a_dossier(dossier):
        mismatches = verify_json(loads(content, str(dossier)), documents)
    for mismatch in mismatches:
        click.echo(_line(mismatch))
    if mismatches:
        sys.exit(1)
    click.echo(f"{dossier}: every passage, figure, date and citation holds", err=True)


@commands.command(
    epilog="""\b
    Example:
      consilience export dossier/dossier.json --format csv --out tables
    """
)
@click.argument("source", metavar="CASE.db|DOSSIER.json", type=parse_place)
@click.option("--format", "name", metavar="NAME", required=True, help="One of those above.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="File to write to.")
@click.option("--raw-csv", is_flag=True, help="Put no apostrophe before text like a formula.")
def export(source: Place, name: str, out: Path, *, raw_csv: bool) -> None:
    """Write a dossier in another tool's format.

    \b
    csv          a folder of tables, one for each kind of record, with a manifest
    ftm          FollowTheMoney entities, JSON Lines
    annotations  W3C Web Annotations, JSON-LD
    prov         W3C PROV-JSON
    schema-org   schema.org, JSON-LD
    timelinejs   TimelineJS, JSON
    geojson      places for a map, GeoJSON
    graphml      GraphML
    bibtex       BibTeX

    Of a case the account told last is written. What is written is whole, or nothing is. In tables
    an apostrophe stands before text that a spreadsheet would run as a formula.
    """
    from consilience.export import FORMATS, to_tables

    if name not in ("csv", *FORMATS):
        known = ", ".join(("csv", *FORMATS))
        raise click.BadParameter(f"{name} is none of {known}", param_hint="'--format'")
    if raw_csv and name != "csv":
        raise click.UsageError("--raw-csv goes with --format csv")
    dossier = _dossier_of(source)
    if name == "csv":
        write_all(out, to_tables(dossier, is_raw=raw_csv))
    else:
        write(out, FORMATS[name](dossier))


@commands.command(
    epilog="""\b
    Example:
      consilience check CASE.db "At least nine people died."
    """
)
@click.argument("case", metavar="CASE.db", type=parse_place)
@click.argument("statement")
@click.option("--json", "is_json", is_flag=True, help="Print it as JSON, with every passage.")
def check(case: Place, statement: str, *, is_json: bool) -> None:
    """Hold a sentence against a kept case.

    Says whether it is supported, disputed or unsupported, point by point, with the words for and
    against. Exits with 1 unless it is supported.
    """
    from consilience.answers import checked, open_case
    from consilience.interchange import dumps
    from consilience.read import Reader

    found = checked(open_case(case), statement, Reader())
    if is_json:
        click.echo(dumps(found).rstrip("\n"))
    else:
        click.echo(f"{found['standing'].upper()}: {_line(found['statement'])}")
        for point in found["points"]:
            click.echo(f"  {point['standing']}: “{_line(point['said'])}” - {_line(point['why'])}")
            for mark, field in (("+", "passages"), ("-", "against")):
                for passage in point[field]:
                    source, words = _line(passage["source"]), _line(passage["words"])
                    click.echo(f"    {mark} {source}: “{words}”")
    if found["standing"] != "supported":
        sys.exit(1)


@commands.command(
    epilog="""\b
    Examples:
      consilience mcp CASE.db
      consilience mcp CASE.db --allow-write Iris
    """
)
@click.argument("case", metavar="CASE.db", type=parse_place)
@click.option(
    "--allow-write", metavar="NAME",
    help="Let the assistant decide and add documents too, signed by this name.",
)  # fmt: skip
def mcp(case: Place, allow_write: str | None) -> None:
    """Answer an assistant's questions about a kept case.

    Speaks the Model Context Protocol on stdin and stdout; it reads, and changes nothing unless
    --allow-write says who answers for it. Needs the mcp extra.
    """
    from consilience.assistant import assistant_server

    assistant_server(case, allow_write).run()


def _dossier_of(source: Place) -> "Dossier":
    """The dossier in a file, or the last one that a case was told as."""
    from consilience.interchange import dossier_from_json, loads
    from consilience.store import is_kept, open_store
    from consilience.tell.verify import unsound

    content = _unless_a_case(source)
    if content is not None:
        with _taken_for_a_dossier(source):
            dossier = dossier_from_json(loads(content, str(source)))
        for found in unsound(dossier)[:1]:
            raise InputError(f"{source}: {found}; name a dossier that is whole")
        return dossier
    if not is_kept(source):
        raise InputError(f"{source}: no such case; name a kept one")
    with closing(open_store(source)) as store:
        last = store.last_dossier()
    if last is None:
        raise InputError(f'{source}: no account was told of it yet; run "consilience account"')
    return last


def _in_folder(path: Path) -> Path:
    """The dossier in a folder that `account` wrote, or the path itself."""
    inside = path / _DOSSIER_FILES[0]
    return inside if inside.is_file() else path


def _unless_a_case(source: Place) -> bytes | None:
    if not isinstance(source, Path):
        return None
    try:
        with _in_folder(source).open("rb") as file:
            start = file.read(len(_SQLITE))
            return None if start == _SQLITE else start + file.read()
    except OSError as error:
        raise InputError(f"{source}: {error.strerror}; name a case or a dossier.json") from error


_SQLITE = b"SQLite format 3\x00"


@contextmanager
def _taken_for_a_dossier(source: Place) -> Iterator[None]:
    try:
        yield
    except InputError as error:
        why = str(error).removeprefix(f"{source}: ")
        raise InputError(f"{source}: no dossier of ours ({why}); name a dossier.json") from error


def _names_in(inputs: Iterable[str], files: Iterable[Path]) -> frozenset[str]:
    """The names that files would have as inputs where they lie in a folder that is one.

    What a run wrote into the folder it reads must not be a witness in the next.
    """
    folders = [Path(one).resolve() for one in inputs if Path(one).is_dir()]
    return frozenset(
        file.resolve().relative_to(folder).as_posix()
        for folder in folders
        for file in files
        if file.resolve().is_relative_to(folder)
    )


def _database_files(case: Place | None) -> list[Path]:
    if not isinstance(case, Path):
        return []
    return [case.with_name(case.name + end) for end in ("", "-wal", "-shm")]


# How a terminal shows each layer of a reading.
_COLOURS = {
    "document": "bold", "unread": "dim", "mentions": "cyan", "times": "magenta",
    "quantities": "yellow", "attributions": "green", "propositions": "blue",
}  # fmt: skip
_PIPED_CELLS = 100
_NARROWEST, _WIDEST = 40, 100


def _show(document: "Document", reading: "Reading") -> None:
    """Print a reading for people; in colour, and as wide, as a terminal has it."""
    from consilience.pretty import pretty

    if not sys.stdout.isatty():
        for line in pretty(document, reading, _PIPED_CELLS):
            click.echo(line)
        click.echo()
        return

    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for line in pretty(document, reading, console.width):
        colour = _COLOURS.get(line.layer, "")
        words = colour if line.layer in ("document", "unread") else ""
        shown = Text.assemble((line.label, colour), (line.words, words))
        console.print(shown, soft_wrap=True)
    console.print()


def _width() -> int:
    """Of the terminal, within what reads well; of a pipe always the same."""
    if not sys.stdout.isatty():
        return _PIPED_CELLS
    return min(max(shutil.get_terminal_size().columns, _NARROWEST), _WIDEST)


def _line(words: str) -> str:
    """The words on one line, without what a terminal would obey instead of show."""
    from consilience.wording import printable

    return printable(" ".join(words.split()))
