"""What an assistant may change, signed by a name: decisions, and documents added."""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime

from consilience import __version__
from consilience.answers import open_case
from consilience.assistant.asking import changes_to_json
from consilience.decide.verbs import Analyst, analyst
from consilience.decisions import say_decision
from consilience.engine import LocalEngine
from consilience.errors import InputError
from consilience.ingest import Raw
from consilience.ingest.limits import FILE_BYTES_MAX, MIB
from consilience.interchange import dumps
from consilience.pipeline import run
from consilience.places import Place
from consilience.records import Decision, Dossier, content_id
from consilience.shapes import JsonObject
from consilience.store import Store, open_register, open_store
from consilience.tell.changes import says_the_same
from consilience.tell.lookup import lookup


def decide(
    path: Place, name: str, reason: str, make: Callable[[Analyst, Dossier, Store], Decision]
) -> JsonObject:
    """Keep a decision, tell the case again, and say what that changed.

    Raises:
        ConsilienceError: it is about nothing that there is, or cannot be.
    """
    dossier = open_case(path).dossier
    with closing(open_store(path)) as store:
        decision = make(analyst(name, reason, datetime.now(UTC)), dossier, store)
        number = store.add_decision(decision)
        said = f"{decision.made_by} {say_decision(decision)}"
        return {"decision": number, "said": said, "changes": _told_again(store, path, dossier)}


def add_document(path: Place, name: str, fields: dict[str, str | None]) -> JsonObject:
    """Keep a document with who added it, read it, and say what it changed.

    Raises:
        ConsilienceError: it cannot be used, or another text of that name counts.
    """
    given = {key: value for key, value in fields.items() if value is not None}
    line = dumps(given).encode()
    if len(line) > FILE_BYTES_MAX:
        raise InputError(f"{len(line)} bytes: larger than {FILE_BYTES_MAX // MIB} MB; split it")
    named = given.get("id") or given.get("url")
    file_name = f"{content_id('page', named or line.decode())}.jsonl"
    who = analyst(name, "", datetime.now(UTC))
    dossier = open_case(path).dossier
    with closing(open_register(path)) as register, closing(open_store(path)) as store:
        (made,) = register.hand_in([(file_name, line)], who.name, who.now)
        raw = Raw(file_name, ".jsonl", made.sha256, line)
        try:
            changes = _told_again(store, path, dossier, raw)
        finally:
            if store.has_input(made.name, made.sha256, __version__):
                register.take_up([made.number])
        taken = next(a for a in register.additions() if a.number == made.number)
    return {"status": taken.status, "error": taken.error, "changes": changes}


def _told_again(store: Store, path: Place, before: Dossier, *added: Raw) -> list[JsonObject]:
    after = run(added, store, LocalEngine(), datetime.now(UTC), memory=path)
    return [] if says_the_same(before, after) else changes_to_json(after.changes, lookup(after))
