"""A document taken out of a case for good, with all that was made of it."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from consilience.errors import InputError, NotFoundError
from consilience.interchange import decision_from_json, decision_to_json, dumps, loads
from consilience.records import Decision, DecisionKind, Document, Failure, Target, TargetKind
from consilience.store.database import Database
from consilience.store.seals import seal_of

_FORGOTTEN = Target(TargetKind.DOCUMENT, "a document that was forgotten", ())


@dataclass(frozen=True, slots=True)
class _Kept:
    """A document where it is kept: the input it came in, and what it says it is."""

    input_name: str
    input_sha256: str
    position: int
    seal: str
    id: str
    name: str
    sha256: str

    @property
    def is_named_by_line(self) -> bool:
        """What stands at a line of a feed today is not what stood there yesterday."""
        return self.name.startswith(f"{self.input_name}:")


def forget(db: Database, document: str, note: Decision) -> None:
    """Take out a document, by its id or name, in every version and under every name of its bytes.

    With it go the bytes it came in (of what else came in these, what was read of it stays), what
    was read and judged, all remembered sentences, and every state that told of it. A decision that
    rests on its words is emptied, but keeps its number, its date and who made it. What stays is the
    hash of its bytes, so that they are not taken in again, and the note.

    Raises:
        NotFoundError: there is no such document.
        InputError: the name is that of several, one after another at a line of a feed.
    """
    with db.erasing():
        gone = _found(db, document)
        if not gone:
            raise NotFoundError(f"{document}: no document of that id or name in {db.name}")
        _take_out(db, gone)
        _blank_inputs(db, gone, note)
        ids = {one.id for one in gone}
        names = {one.name for one in gone if not one.is_named_by_line}
        _blank_states(db, [*ids, *names])
        _empty_decisions(db, ids, names)
        for table in ("sentence", "withdrawal", "judgement", "told"):
            db.rows(f"DELETE FROM {table}")  # noqa: S608
        line = dumps(decision_to_json(note))
        db.rows(
            "INSERT INTO decision (seq, json, seal)"
            " SELECT coalesce(max(seq), 0) + 1, $1, $2 FROM decision",
            line,
            seal_of(line),
        )


def forgetting(made_by: str, made: str, reason: str) -> Decision:
    """The note that something was forgotten, which does not say what."""
    return Decision(DecisionKind.NOTE, (_FORGOTTEN,), (), None, made_by, made, reason)


def unless_forgotten(
    outcomes: Sequence[Document | Failure], forgotten: dict[str, str]
) -> Iterator[Document | Failure]:
    """What a given input yields without what was forgotten, by the hash of its bytes."""
    for outcome in outcomes:
        at = None if isinstance(outcome, Failure) else forgotten.get(outcome.sha256)
        if at is None:
            yield outcome
        else:
            yield Failure(outcome.name, "ingest", refused(outcome.name, at))


def refused(name: str, at: str) -> str:
    return f"{name}: was forgotten ({at[:10]}) and is not taken in again; leave it out"


def _found(db: Database, document: str) -> list[_Kept]:
    rows = db.rows(
        "SELECT name, sha256, position, seal, document_id, json FROM outcome"
        " WHERE document_id IS NOT NULL ORDER BY name, sha256, position"
    )
    kept = [_kept(row, db.name) for row in rows]
    meant = [one for one in kept if document in (one.id, one.name)]
    ids, hashes = {one.id for one in meant}, {one.sha256 for one in meant}
    if len(ids) > 1 and any(one.is_named_by_line for one in meant):
        raise InputError(
            f"{document}: names several documents; give one of {', '.join(sorted(ids))}"
        )
    names = {one.name for one in meant if not one.is_named_by_line}
    return [one for one in kept if one.id in ids or one.sha256 in hashes or one.name in names]


def _kept(row: Sequence[str | int], case: str) -> _Kept:
    name, sha256, position, seal, document_id, line = row
    made = loads(str(line), case)
    return _Kept(
        str(name), str(sha256), int(position), str(seal), str(document_id),
        made["name"], made["sha256"],
    )  # fmt: skip


def _take_out(db: Database, gone: Sequence[_Kept]) -> None:
    db.each(
        "DELETE FROM outcome WHERE (name, sha256, position) = ($1, $2, $3)",
        [(one.input_name, one.input_sha256, one.position) for one in gone],
    )
    db.each("DELETE FROM reading WHERE document_seal = $1", [(one.seal,) for one in gone])


def _blank_inputs(db: Database, gone: Sequence[_Kept], note: Decision) -> None:
    """What was given, as given, holds the words: it goes whole."""
    inputs = sorted({one.input_sha256 for one in gone})
    hashes = sorted({one.sha256 for one in gone}.union(inputs))
    db.each(
        "INSERT INTO forgotten VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        [(sha256, note.made_by, note.made) for sha256 in hashes],
    )
    for sha256 in inputs:
        db.rows("DELETE FROM addition WHERE sha256 = $1", sha256)
        # With the last document of an input go the failures in it, which are told with its name.
        db.rows(
            "DELETE FROM outcome WHERE sha256 = $1 AND NOT EXISTS (SELECT 1 FROM outcome AS other"
            " WHERE other.name = outcome.name AND other.sha256 = outcome.sha256"
            " AND other.document_id IS NOT NULL)",
            sha256,
        )
        db.rows(
            "DELETE FROM input WHERE sha256 = $1 AND NOT EXISTS (SELECT 1 FROM outcome"
            " WHERE outcome.name = input.name AND outcome.sha256 = input.sha256)",
            sha256,
        )
        db.rows("UPDATE blob SET bytes = $1 WHERE sha256 = $2", b"", sha256)
        db.rows(
            "DELETE FROM blob WHERE sha256 = $1"
            " AND NOT EXISTS (SELECT 1 FROM input WHERE input.sha256 = blob.sha256)"
            " AND NOT EXISTS (SELECT 1 FROM known WHERE known.sha256 = blob.sha256)",
            sha256,
        )


def _blank_states(db: Database, told_as: Sequence[str]) -> None:
    marks = (re.escape(json.dumps(one, ensure_ascii=False)[1:-1]) for one in told_as)
    told = re.compile(rf"(?<!\w)(?:{'|'.join(marks)})(?!\w)")
    is_after = False
    for (seq,) in db.rows("SELECT seq FROM dossier ORDER BY seq"):
        ((line,),) = db.rows("SELECT json FROM dossier WHERE seq = $1", int(seq))
        is_blank = bool(told.search(line))
        # The state after may tell, in words of its own, that the document went.
        if is_blank or is_after:
            db.rows("UPDATE dossier SET digest = '', json = '', seal = '' WHERE seq = $1", int(seq))
        is_after = is_blank


def _empty_decisions(db: Database, ids: set[str], names: set[str]) -> None:
    for seq, line in db.rows("SELECT seq, json FROM decision ORDER BY seq"):
        decision = decision_from_json(loads(line, db.name))
        left = dumps(decision_to_json(_without(decision, ids, names)))
        db.rows("UPDATE decision SET json = $1, seal = $2 WHERE seq = $3", left, seal_of(left), seq)


def _without(decision: Decision, ids: set[str], names: set[str]) -> Decision:
    """The decision without quotes of the documents; emptied where it rests on these alone."""
    targets = tuple(
        replace(
            target,
            quotes=tuple(
                quote
                for quote in target.quotes
                if quote.passage.document_id not in ids and quote.document_name not in names
            ),
        )
        for target in decision.targets
    )
    if targets == decision.targets:
        return decision
    stands = all(
        any(target.name in quote.text for quote in target.quotes) for target in targets
    ) and all(any(n in q.text for t in targets for q in t.quotes) for n in decision.names)
    if stands:
        return replace(decision, targets=targets)
    return forgetting(decision.made_by, decision.made, "")
