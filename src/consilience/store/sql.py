"""The store over a database, whichever it is: records are rows of JSON, each with its seal."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any, TypeVar

from consilience.errors import ConflictError, InputError, NotFoundError, StoreError
from consilience.interchange import (
    change_from_json,
    decision_from_json,
    decision_to_json,
    document_from_json,
    document_to_json,
    dossier_from_json,
    dossier_to_json,
    dumps,
    failure_from_json,
    failure_to_json,
    judgement_from_json,
    judgement_to_json,
    loads,
    reading_from_json,
    reading_to_json,
    said_digest,
)
from consilience.records import (
    Decision,
    Document,
    Dossier,
    Failure,
    Judgement,
    Passage,
    Reading,
    content_id,
)
from consilience.shapes import JsonObject
from consilience.store.contract import State, StateLine, Version
from consilience.store.database import Cell, Database
from consilience.store.forgetting import forget, unless_forgotten
from consilience.store.seals import as_given, check_seal, seal_of

T = TypeVar("T")

KEEP_BYTES = "INSERT INTO blob VALUES ($1, $2) ON CONFLICT DO NOTHING"


class SqlStore:
    """`consilience.store.Store` over one connection.

    What is numbered is numbered here, since only one writes at a time: a database's own numbers
    have gaps where a step failed.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._name = db.name

    def has_input(self, name: str, sha256: str, ingester: str) -> bool:
        sql = "SELECT 1 FROM input WHERE (name, sha256, ingester) = ($1, $2, $3)"
        return bool(self._db.rows(sql, name, sha256, ingester))

    def add_input(
        self, name: str, raw: bytes, ingester: str, outcomes: Iterable[Document | Failure]
    ) -> None:
        sha256, given = hashlib.sha256(raw).hexdigest(), tuple(outcomes)
        with self._db.writing():
            forgotten = dict(self._db.rows("SELECT sha256, added FROM forgotten"))
            left = tuple(unless_forgotten(given, forgotten))
            self._db.rows(KEEP_BYTES, sha256, raw)
            if left != given or sha256 in forgotten:
                self._db.rows("UPDATE blob SET bytes = $1 WHERE sha256 = $2", b"", sha256)
            rows = [(name, sha256, n, *outcome_row(outcome)) for n, outcome in enumerate(left)]
            self._db.rows(
                "INSERT INTO input VALUES ($1, $2, $3, TRUE)"
                " ON CONFLICT (name, sha256) DO UPDATE SET ingester = $3, counts = TRUE",
                name,
                sha256,
                ingester,
            )
            self._db.rows("DELETE FROM outcome WHERE (name, sha256) = ($1, $2)", name, sha256)
            self._db.each("INSERT INTO outcome VALUES ($1, $2, $3, $4, $5, $6)", rows)

    def supersede(self, given: Iterable[tuple[str, str]]) -> None:
        pairs = sorted(set(given))
        with self._db.writing():
            names = [(name,) for name in sorted({name for name, _ in pairs})]
            self._db.each("UPDATE input SET counts = FALSE WHERE name = $1", names)
            self._db.each("UPDATE input SET counts = TRUE WHERE (name, sha256) = ($1, $2)", pairs)

    def raw(self, sha256: str) -> bytes:
        rows = self._db.rows("SELECT bytes FROM blob WHERE sha256 = $1", sha256)
        if not rows:
            raise NotFoundError(f"{sha256}: no bytes with that hash in {self._name}")
        return self._as_given(rows[0][0], sha256)

    def original(self, document_id: str) -> bytes:
        sql = (
            "SELECT bytes, sha256 FROM document JOIN blob USING (sha256)"
            " WHERE document_id = $1 AND nth = 1"
        )
        rows = self._db.rows(sql, document_id)
        if not rows:
            raise NotFoundError(f"{document_id}: no document of that id in {self._name}")
        return self._as_given(*rows[0])

    def documents(self) -> tuple[Document, ...]:
        sql = "SELECT json, seal FROM document WHERE nth = 1 ORDER BY name, sha256, position"
        return self._records(document_from_json, sql)

    def failures(self, reader: str) -> tuple[Failure, ...]:
        with self.snapshot():
            return self._unusable() + self._repeated() + self._unread(reader)

    def _unusable(self) -> tuple[Failure, ...]:
        return self._records(
            failure_from_json,
            "SELECT json, seal FROM outcome JOIN input USING (name, sha256)"
            " WHERE counts AND document_id IS NULL ORDER BY name, sha256, position",
        )

    def _repeated(self) -> tuple[Failure, ...]:
        return self._records(
            _taken,
            "SELECT json, seal FROM document WHERE nth > 1 ORDER BY name, sha256, position",
        )

    def _unread(self, reader: str) -> tuple[Failure, ...]:
        return self._records(
            failure_from_json,
            "SELECT reading.json, reading.seal"
            " FROM document JOIN reading ON document_seal = document.seal"
            " WHERE nth = 1 AND reader = $1 AND failed ORDER BY name, sha256, position",
            reader,
        )

    def unread_documents(self, reader: str) -> tuple[Document, ...]:
        return self._records(
            document_from_json,
            "SELECT json, seal FROM document WHERE nth = 1 AND NOT EXISTS"
            " (SELECT 1 FROM reading WHERE document_seal = document.seal AND reader = $1)"
            " ORDER BY name, sha256, position",
            reader,
        )

    def add_reading(self, document: Document, reader: str, outcome: Reading | Failure) -> None:
        if isinstance(outcome, Failure):
            made = failure_to_json(outcome)
        else:
            made = reading_to_json(document, outcome)
            del made["document"]  # stands in `outcome` already
        line = dumps(made)
        row = (self._seal_of(document), reader, isinstance(outcome, Failure), line, seal_of(line))
        with self._db.writing():
            self._db.rows(
                "INSERT INTO reading VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING", *row
            )

    def _seal_of(self, document: Document) -> str:
        """That of its row; an earlier version may have written fewer keys than we would now."""
        sql = "SELECT json, seal FROM document WHERE document_id = $1"
        for line, seal in self._db.rows(sql, document.id):
            if document_from_json(loads(line, self._name)) == document:
                return str(seal)
        return seal_of(dumps(document_to_json(document)))

    def readings(self, reader: str) -> tuple[Reading, ...]:
        return self._records(
            _reading_of_document,
            "SELECT reading.json, reading.seal, document.json, document.seal"
            " FROM document JOIN reading ON document_seal = document.seal"
            " WHERE nth = 1 AND reader = $1 AND NOT failed ORDER BY name, sha256, position",
            reader,
        )

    def sentences(self, reader: str) -> tuple[Passage, ...]:
        rows = self._db.rows(
            "SELECT document_id, sentences, reading.json, reading.seal"
            " FROM document JOIN spoken ON document_seal = document.seal"
            " JOIN reading USING (document_seal, reader)"
            " WHERE nth = 1 AND reader = $1 ORDER BY name, sha256, position",
            reader,
        )
        for *_, made, seal in rows:
            self._check_seal(made, seal)
        return tuple(
            Passage(str(document_id), place["start"], place["end"])
            for document_id, line, *_ in rows
            for place in loads(f'{{"sentences":{line}}}', self._name)["sentences"]
        )

    def hold_judgements(self, judgements: Iterable[Judgement]) -> None:
        lines = dict.fromkeys(dumps(judgement_to_json(judgement)) for judgement in judgements)
        by_seal = {seal_of(line): line for line in lines}
        with self._db.writing():
            now = _now()
            rows = self._db.rows("SELECT seal, seq FROM belief")
            standing = {str(seal): int(seq) for seal, seq in rows}
            gone = [(seq, now) for seal, seq in standing.items() if seal not in by_seal]
            new = [
                _judgement_row(loads(line, self._name), line, seal, now)
                for seal, line in by_seal.items()
                if seal not in standing
            ]
            self._db.each("INSERT INTO withdrawal VALUES ($1, $2)", gone)
            self._db.each(
                "INSERT INTO judgement (seq, left_id, right_id, made_by, json, seal, added)"
                " SELECT coalesce(max(seq), 0) + 1, $1, $2, $3, $4, $5, $6 FROM judgement",
                new,
            )

    def judgements(self, at: datetime | None = None) -> tuple[Judgement, ...]:
        if at is None:
            return self._records(judgement_from_json, "SELECT json, seal FROM belief ORDER BY seq")
        return self._records(
            judgement_from_json,
            "SELECT json, seal FROM judgement LEFT JOIN withdrawal ON judgement = seq"
            " WHERE judgement.added <= $1 AND coalesce(withdrawal.added > $1, TRUE) ORDER BY seq",
            _moment(at),
        )

    def add_decision(self, decision: Decision, seen: Version | None = None) -> int:
        line = dumps(decision_to_json(decision))
        with self._db.writing():
            if seen is not None and self.version() != seen:
                raise ConflictError(f"{self._name}: somebody wrote to it meanwhile; look again")
            ((number,),) = self._db.rows(
                "INSERT INTO decision (seq, json, seal)"
                " SELECT coalesce(max(seq), 0) + 1, $1, $2 FROM decision RETURNING seq",
                line,
                seal_of(line),
            )
            return int(number)

    def decisions(self) -> tuple[Decision, ...]:
        return self._records(decision_from_json, "SELECT json, seal FROM decision ORDER BY seq")

    def add_known(self, name: str, raw: bytes) -> None:
        sha256 = hashlib.sha256(raw).hexdigest()
        with self._db.writing():
            self._db.rows(KEEP_BYTES, sha256, raw)
            self._db.rows(
                "INSERT INTO known VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET sha256 = $2",
                name,
                sha256,
            )

    def known(self) -> tuple[tuple[str, bytes], ...]:
        sql = "SELECT name, bytes, sha256 FROM known JOIN blob USING (sha256) ORDER BY name"
        rows = self._db.rows(sql)
        return tuple((str(name), self._as_given(raw, sha256)) for name, raw, sha256 in rows)

    def add_dossier(self, dossier: Dossier, basis: str | None = None) -> None:
        whole = dossier_to_json(dossier)
        said = said_digest(whole)
        with self._db.writing():
            last = self._db.rows("SELECT digest FROM dossier ORDER BY seq DESC LIMIT 1")
            if last != [(said,)]:
                line = dumps(whole)
                self._db.rows(
                    "INSERT INTO dossier (seq, digest, json, seal, added)"
                    " SELECT coalesce(max(seq), 0) + 1, $1, $2, $3, $4 FROM dossier",
                    said,
                    line,
                    seal_of(line),
                    _now(),
                )
            self._db.rows("DELETE FROM told")
            if basis is not None:
                self._db.rows("INSERT INTO told VALUES (1, $1)", basis)

    def basis(self, maker: str) -> str:
        with self._db.snapshot():
            made_of = [
                self._db.rows("SELECT name, sha256 FROM input WHERE counts ORDER BY name, sha256"),
                self._db.rows("SELECT name, sha256 FROM known ORDER BY name"),
                self._db.rows("SELECT seal FROM decision ORDER BY seq"),
            ]
        return content_id("basis", maker, *(f"{rows}" for rows in made_of))

    def told_basis(self) -> str | None:
        rows = self._db.rows("SELECT basis FROM told")
        return str(rows[0][0]) if rows else None

    def version(self) -> Version:
        sql = "SELECT (SELECT count(*) FROM dossier), (SELECT count(*) FROM decision)"
        return Version(*self._db.rows(sql)[0])

    def state(self, number: int) -> State:
        kept, seq = self._state_row(number)
        sql = "SELECT json, seal FROM dossier WHERE seq = $1"
        (dossier,) = self._records(dossier_from_json, sql, seq)
        return State(number, kept, dossier)

    def state_json(self, number: int) -> str:
        _, seq = self._state_row(number)
        ((line, seal),) = self._db.rows("SELECT json, seal FROM dossier WHERE seq = $1", seq)
        self._check_seal(line, seal)
        return str(line)

    def state_line(self, number: int) -> StateLine:
        kept, seq, is_held = self._any_state_row(number)
        if not is_held:
            return StateLine(number, kept, 0, 0, ())
        ((n_documents, n_origins, new, line, seal),) = self._db.rows(
            "SELECT n_documents, n_origins, changes, json, seal"
            " FROM dossier_line JOIN dossier USING (seq) WHERE seq = $1",
            seq,
        )
        self._check_seal(line, seal)
        told = None if new is None else loads(f'{{"changes":{new}}}', self._name)["changes"]
        changes = None if told is None else tuple(map(change_from_json, told))
        return StateLine(number, kept, n_documents, n_origins, changes)

    def _state_row(self, number: int) -> tuple[str, int]:
        kept, seq, is_held = self._any_state_row(number)
        if not is_held:
            raise NotFoundError(f"{number}: that state told what was forgotten since; name another")
        return kept, seq

    def _any_state_row(self, number: int) -> tuple[str, int, bool]:
        sql = "SELECT added, seq, digest FROM dossier ORDER BY seq LIMIT 1 OFFSET $1"
        rows = self._db.rows(sql, number - 1) if number >= 1 else []
        if not rows:
            raise NotFoundError(
                f"{number}: no state of that number; the case has {self.version().n_states}"
            )
        kept, seq, digest = rows[0]
        return str(kept), int(seq), bool(digest)

    def holds_state(self, number: int) -> bool:
        return self._any_state_row(number)[2]

    def last_dossier(self) -> Dossier | None:
        number = self.version().n_states
        return self.state(number).dossier if number and self.holds_state(number) else None

    def dossiers(self) -> Iterator[State]:
        for number in range(1, self.version().n_states + 1):
            if self.holds_state(number):
                yield self.state(number)

    def snapshot(self) -> AbstractContextManager[None]:
        return self._db.snapshot()

    def forget(self, document: str, note: Decision) -> None:
        forget(self._db, document, note)

    def close(self) -> None:
        self._db.close()

    def _check_seal(self, line: Any, seal: Any) -> None:
        check_seal(str(line), seal, self._name)

    def _as_given(self, raw: Any, sha256: Any) -> bytes:
        return as_given(bytes(raw), sha256, self._name)

    def _records(self, decode: Callable[..., T], sql: str, *bindings: Cell) -> tuple[T, ...]:
        """What `decode` makes of the JSON in each row, whose columns are JSON, seal, JSON, …."""
        rows = self._db.rows(sql, *bindings)
        for row in rows:
            for line, seal in zip(row[::2], row[1::2], strict=True):
                self._check_seal(line, seal)
        try:
            return tuple(decode(*(loads(line, self._name) for line in row[::2])) for row in rows)
        except InputError as error:
            raise StoreError(f"{self._name}: not of this version ({error})") from error


def _reading_of_document(made: JsonObject, document: JsonObject) -> Reading:
    return reading_from_json({**made, "document": document})[1]


def _taken(document: JsonObject) -> Failure:
    name, document_id = document["name"], document["id"]
    error = f"{name}: id {document_id} is taken; give every document its own"
    return Failure(name, "ingest", error)


def outcome_row(outcome: Document | Failure) -> tuple[str | None, str, str]:
    if isinstance(outcome, Failure):
        line = dumps(failure_to_json(outcome))
        return None, line, seal_of(line)
    line = dumps(document_to_json(outcome))
    return outcome.id, line, seal_of(line)


def _judgement_row(made: JsonObject, line: str, seal: str, now: str) -> tuple[str, ...]:
    judgement = judgement_from_json(made)
    return judgement.left_id, judgement.right_id, judgement.made_by, line, seal, now


def _now() -> str:
    return _moment(datetime.now(UTC))


def _moment(at: datetime) -> str:
    """As text that sorts by time, also among those that earlier versions wrote by the second."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
