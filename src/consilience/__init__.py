"""Many accounts of one event in, one accountable account out."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.5.0"

__all__ = [
    "ConsilienceError",
    "Document",
    "Dossier",
    "Failure",
    "InputError",
    "LocalEngine",
    "Reader",
    "Reading",
    "dossier_from_json",
    "dossier_to_json",
    "list_inputs",
    "open_store",
    "run",
    "to_html",
    "to_markdown",
    "verify",
]

if TYPE_CHECKING:
    from consilience.engine import LocalEngine
    from consilience.errors import ConsilienceError, InputError
    from consilience.ingest import list_inputs
    from consilience.interchange import dossier_from_json, dossier_to_json
    from consilience.pipeline import run
    from consilience.read import Reader
    from consilience.records import Document, Dossier, Failure, Reading
    from consilience.store import open_store
    from consilience.tell.to_html import to_html
    from consilience.tell.to_markdown import to_markdown
    from consilience.tell.verify import verify

_HOMES = {
    "engine": ("LocalEngine",),
    "errors": ("ConsilienceError", "InputError"),
    "ingest": ("list_inputs",),
    "interchange": ("dossier_from_json", "dossier_to_json"),
    "pipeline": ("run",),
    "read": ("Reader",),
    "records": ("Document", "Dossier", "Failure", "Reading"),
    "store": ("open_store",),
    "tell.to_html": ("to_html",),
    "tell.to_markdown": ("to_markdown",),
    "tell.verify": ("verify",),
}


def __getattr__(name: str) -> Any:
    # Fetched when asked for, so that `consilience --help` waits for none of the stages.
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
