"""Options that several commands have, each said once."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from consilience.ingest.inputs import Fetch

INPUTS = click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
WORKERS = click.option(
    "--workers",
    default=2,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Processes to read many documents with; what comes out is the same.",
)

MEMORY = click.option(
    "--memory",
    type=click.Path(path_type=Path),
    help="File to remember sentences in, so that none is read again; it holds no text.",
)


def _fetching(_context: click.Context, _option: click.Parameter, is_on: bool) -> "Fetch | None":
    if not is_on:
        return None
    from consilience.ingest.fetch import fetch

    return fetch


FETCH = click.option(
    "--fetch",
    is_flag=True,
    callback=_fetching,
    help="Fetch what is given as an address, of the open internet alone.",
)
