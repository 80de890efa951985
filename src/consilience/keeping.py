"""What is done to a kept case as a whole, from the shell."""

from contextlib import closing
from datetime import UTC, datetime

import click

from consilience.errors import InputError
from consilience.places import Place, parse_place


@click.command(
    epilog="""\b
    Examples:
      consilience account examples/valdoro --case valdoro.db --out dossier
      consilience forget valdoro.db 07_widow.txt --by Iris
    """
)
@click.argument("case", metavar="CASE.db", type=parse_place)
@click.argument("document")
@click.option("--by", "name", required=True, metavar="NAME", help="Who has it forgotten.")
@click.option("--reason", default="", metavar="TEXT", help="Why; kept, so say nothing of it.")
def forget(case: Place, document: str, name: str, reason: str) -> None:
    """Take a document out of a case for good.

    DOCUMENT is its id or name. Its bytes, all that was read of them, every earlier state that told
    of it and every copy of it in the case are gone, in each version; the file is written anew
    without them. A decision that rests on its words is emptied. What stays is who had it forgotten
    and when, and a hash, by which it is refused if it is given again. Then the case is told anew.

    Dossiers and exports written elsewhere, and backups, are yours to delete.
    """
    from consilience.decide.verbs import analyst
    from consilience.engine import LocalEngine
    from consilience.pipeline import run
    from consilience.store import is_kept, open_store
    from consilience.store.forgetting import forgetting
    from consilience.tell.brief import brief

    if not is_kept(case):
        raise InputError(f"{case}: no such case; name a kept one")
    who = analyst(name, reason, datetime.now(UTC))
    with closing(open_store(case)) as store:
        store.forget(document, forgetting(who.name, who.now, who.reason))
        click.echo(f"forgotten; noted as decision {store.version().n_decisions}")
        if store.documents():
            told = run([], store, LocalEngine(1), datetime.now(UTC), memory=case)
            click.echo(brief(told, _WIDTH))


_WIDTH = 100


@click.command(
    epilog="""\b
    Example:
      consilience copy CASE.db copy.db
    """
)
@click.argument("source", metavar="CASE.db", type=parse_place)
@click.argument("target", metavar="NEW.db", type=parse_place)
def copy(source: Place, target: Place) -> None:
    """Lay a case into a new one: from a file to PostgreSQL, or back.

    All of it as it is at this moment, states, decisions and tokens too, while others go on with it.
    Only remembered sentences stay behind. The new one is there as a whole, or not at all.
    """
    from consilience.store import copy_case

    copy_case(source, target)
