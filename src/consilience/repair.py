"""A damaged case made anew from what can be read of it."""

import hashlib
from contextlib import closing
from datetime import datetime
from pathlib import Path

from consilience import __version__
from consilience.engine import Engine
from consilience.errors import InputError
from consilience.files import scratch_beside
from consilience.ingest import Raw
from consilience.ingest.inputs import SUPPORTED, suffix_of
from consilience.pipeline import Watch, outcomes_of, run
from consilience.records import Document, Failure
from consilience.store import open_store, salvage


def repair(
    damaged: Path, out: Path, engine: Engine, started: datetime, watch: Watch = lambda _: None
) -> tuple[str, ...]:
    """Write a new case with the bytes, lists and decisions that are left of a damaged one.

    What documents yield is ingested and read anew where that is damaged, and the account told; of
    what was given, a line comes back for each that is lost or that nothing proves.

    Raises:
        InputError: no document is left, or the new file is there already.
        StoreError: nothing can be read of the case, or the new file cannot be written.
    """
    if out.exists():
        raise InputError(f"{out}: is there already; name a new file with --out")
    with scratch_beside(out) as folder:
        made = folder / "new.db"
        lost = salvage(damaged, made, __version__, _ingest)
        with closing(open_store(made)) as store:
            if not store.documents():
                raise InputError(f"{damaged}: no document is left in it; restore it from a backup")
            run((), store, engine, started, watch, made)
        made.chmod(0o644)
        made.replace(out)
    return lost


def _ingest(name: str, raw: bytes) -> list[Document | Failure]:
    return outcomes_of(Raw(name, _suffix(name, raw), hashlib.sha256(raw).hexdigest(), raw))


def _suffix(name: str, raw: bytes) -> str:
    """The format of an input; a page from an address is known by its bytes alone."""
    suffix = suffix_of(name)
    if suffix in SUPPORTED:
        return suffix
    if name == "-":
        return ".jsonl"
    if raw.startswith(b"%PDF-"):
        return ".pdf"
    return ".html" if raw.lstrip().startswith(b"<") else ".txt"
