"""`consilience decide`: an analyst's word on a case, from the shell."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from consilience.errors import InputError
from consilience.places import Place, parse_place

if TYPE_CHECKING:
    from consilience.decide.verbs import Analyst
    from consilience.records import Decision, Dossier
    from consilience.store import Store

BY = click.option("--by", "name", required=True, metavar="NAME", help="Who decides.")
REASON = click.option("--reason", default="", metavar="TEXT", help="Why; shown with it.")


@click.group(
    epilog="""\b
    Example:
      consilience account examples/valdoro --case valdoro.db --out dossier
      consilience decide valdoro.db show killed
    """
)
@click.argument("case", metavar="CASE.db", type=parse_place)
@click.pass_context
def decide(context: click.Context, case: Place) -> None:
    """Say what an analyst knows of a case.

    Things are named by their id in the last account, by the beginning of it, or by a name that
    only one of them has; "show" lists them. What is decided holds from the next "consilience
    account --case CASE.db --out DIR" on, which needs no INPUT and reads no document again. It is
    kept by the words it hangs on, so it outlives every run; nothing is ever deleted.
    """
    context.obj = case


@decide.command(
    epilog="""\b
    Example:
      consilience decide valdoro.db show killed
    """
)
@click.argument("words", nargs=-1)
@click.pass_obj
def show(case: Place, words: tuple[str, ...]) -> None:
    """List what may be decided on, with its id.

    Entities, events, findings, claims and documents of the last account in which WORDS stand; all
    of them where none are given.
    """
    from consilience.decide.shown import records_shown

    with _opened(case) as store:
        _say(records_shown(_last(store, case), " ".join(words)))


@decide.command(
    epilog="""\b
    Example:
      consilience decide valdoro.db why "Teresa Quiroga"
    """
)
@click.argument("record", metavar="ID")
@click.option("--at", type=click.DateTime(), help="As it was believed then, in UTC.")
@click.pass_obj
def why(case: Place, record: str, at: datetime | None) -> None:
    """Say why the names of an entity, or the mentions of an event, are one."""
    from consilience.decide.shown import why_one
    from consilience.decide.targets import record_named
    from consilience.decisions import in_force
    from consilience.resolve.decided import resolve_as_decided

    then = None if at is None else at.replace(tzinfo=UTC)
    with _opened(case) as store:
        dossier = _last(store, case)
        readings = {r.document_id: r for r in store.readings(dossier.run.reader)}
        if decisions := in_force(store.decisions()):
            # A split may have cut the chains that judgements are on.
            readings = dict(resolve_as_decided(store.documents(), readings, decisions).readings)
        _say(why_one(record_named(record, dossier), store.judgements(then), readings))


@decide.command(
    "list",
    epilog="""\b
    Example:
      consilience decide valdoro.db list --all
    """,
)
@click.option("--all", "every", is_flag=True, help="Those taken back, too.")
@click.pass_obj
def list_(case: Place, *, every: bool) -> None:
    """List the decisions, numbered in the order they were made."""
    from consilience.decide.shown import decisions_shown

    with _opened(case) as store:
        _say(decisions_shown(store.decisions(), every=every))


@decide.command(
    epilog="""\b
    Example:
      consilience decide valdoro.db merge "Hugo Brandt" "Samuel Okafor" --by Iris --reason "one man"
    """
)
@click.argument("records", metavar="ID ID...", nargs=-1, required=True)
@BY
@REASON
@click.pass_obj
def merge(case: Place, records: tuple[str, ...], name: str, reason: str) -> None:
    """These entities, or these events, are one; these documents go back to one report.

    An entity is also merged with who it is on a list of known people, named LIST:ID.
    """
    from consilience.decide import verbs

    with _opened(case) as store:
        listed = verbs.listed_ids(store.known() if any(":" in r for r in records) else ())
        dossier = _last(store, case)
        _keep(store, case, verbs.merge(_analyst(name, reason), dossier, records, listed))


@decide.command(
    epilog="""\b
    Example:
      consilience decide valdoro.db split "Teresa Quiroga" Quiroga --by Iris --reason "her sister"
    """
)
@click.argument("record", metavar="ID")
@click.argument("others", metavar="PASSAGE|NAME...", nargs=-1, required=True)
@BY
@REASON
@click.pass_obj
def split(case: Place, record: str, others: tuple[str, ...], name: str, reason: str) -> None:
    """Some of what is called so is somebody or something else; a document has another origin.

    NAME is a name that the entity goes by; PASSAGE, as DOCUMENT:START-END, is one place where it
    is mentioned. All of it is parted off together. Of a document, name those that do not go back to
    the same report. LIST:ID is who it is not on a list of known
    people.
    """
    from consilience.decide import verbs

    _decide(case, name, reason, lambda who, dossier: verbs.split(who, dossier, record, others))


@decide.command(
    epilog="""\b
    Example:
      consilience decide valdoro.db reject "How many people were killed?" --value 13 --by Iris
    """
)
@click.argument("records", metavar="ID...", nargs=-1, required=True)
@click.option("--value", metavar="VALUE", help="Of a finding, the answer that does not count.")
@BY
@REASON
@click.pass_obj
def reject(
    case: Place, records: tuple[str, ...], value: str | None, name: str, reason: str
) -> None:
    """Claims, an answer of a finding, or events no longer count.

    They are kept, and shown with who rejected them.
    """
    from consilience.decide import verbs

    _decide(case, name, reason, lambda who, dossier: verbs.reject(who, dossier, records, value))


@decide.command(
    epilog="""\b
    Example:
      consilience decide valdoro.db lock "How many people were killed?" --value 11 --by Iris
    """
)
@click.argument("finding", metavar="FINDING")
@click.option("--value", required=True, metavar="VALUE", help="The answer, one of those given.")
@BY
@REASON
@click.pass_obj
def lock(case: Place, finding: str, value: str, name: str, reason: str) -> None:
    """This is the answer, whatever is told later; new evidence is still shown."""
    from consilience.decide import verbs

    _decide(case, name, reason, lambda who, dossier: verbs.lock(who, dossier, finding, value))


@decide.command(
    epilog="""\b
    Example:
      consilience decide valdoro.db note "Teresa Quiroga" "Called her office." --by Iris
    """
)
@click.argument("record", metavar="ID")
@click.argument("text", metavar="TEXT")
@BY
@click.pass_obj
def note(case: Place, record: str, text: str, name: str) -> None:
    """Put a remark to anything; it changes nothing and is shown."""
    from consilience.decide import verbs

    _decide(case, name, text, lambda who, dossier: verbs.note(who, dossier, record))


@decide.command(
    epilog="""\b
    Example:
      consilience decide valdoro.db undo 1 --by Iris
    """
)
@click.argument("number", metavar="N", type=int)
@BY
@REASON
@click.pass_obj
def undo(case: Place, number: int, name: str, reason: str) -> None:
    """Take decision N back; to take an undo back makes its decision hold again."""
    from consilience.decide import verbs

    with _opened(case) as store:
        decisions = store.decisions()
        _keep(store, case, verbs.undo(_analyst(name, reason), decisions, number))


def _decide(
    case: Place, name: str, reason: str, make: "Callable[[Analyst, Dossier], Decision]"
) -> None:
    with _opened(case) as store:
        _keep(store, case, make(_analyst(name, reason), _last(store, case)))


def _keep(store: "Store", case: Place, decision: "Decision") -> None:
    from consilience.decisions import say_decision

    number = store.add_decision(decision)
    again = f"consilience account --case {case} --out DIR"
    _say([f"decision {number}: {decision.made_by} {say_decision(decision)}; to see it: {again}"])


def _analyst(name: str, reason: str) -> "Analyst":
    from consilience.decide.verbs import analyst

    return analyst(name, reason, datetime.now(UTC))


@contextmanager
def _opened(case: Place) -> "Iterator[Store]":
    from consilience.store import is_kept, open_store

    if not is_kept(case):
        raise InputError(
            f"{case}: no such case; make it with: consilience account INPUT --case {case} --out DIR"
        )
    with closing(open_store(case)) as store:
        yield store


def _last(store: "Store", case: Place) -> "Dossier":
    dossier = store.last_dossier()
    if dossier is None:
        raise InputError(
            f"{case}: nothing told of it yet; run: consilience account --case {case} --out DIR"
        )
    return dossier


def _say(lines: "Iterator[str] | list[str]") -> None:
    from consilience.wording import printable

    for line in lines:
        click.echo(printable(" ".join(line.split())))
