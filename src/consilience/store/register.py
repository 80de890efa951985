"""Who may ask a server of a case, and what was handed in to it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from consilience.errors import ConflictError, InputError
from consilience.interchange import failure_from_json, loads
from consilience.store.database import Cell, Database
from consilience.store.forgetting import refused
from consilience.store.seals import as_given, check_seal
from consilience.store.sql import KEEP_BYTES

# A second sudden end may be bad luck; what ends a process each time is left out.
CRASHES_MAX = 2
_ERRORS_SHOWN = 3
SESSIONS_MAX = 1_000


class Role(StrEnum):
    """What a token allows; each allows what those before it do."""

    READ = "read"
    ANNOTATE = "annotate"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Token:
    """`sha256` is that of the secret, which is nowhere kept; times are ISO, UTC."""

    name: str
    role: Role
    sha256: str
    made: str
    expires: str


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that is signed in until `expires` (ISO, UTC).

    `sha256` is that of its cookie, which is nowhere kept; `token_sha256` is of the token.
    """

    sha256: str
    token_sha256: str
    expires: str


class AdditionStatus(StrEnum):
    WAITING = "waiting"
    TAKEN = "taken"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Addition:
    """An input as it was handed in: by whom, when (ISO, UTC), and what became of it."""

    number: int
    name: str
    sha256: str
    added_by: str
    added: str
    status: AdditionStatus
    error: str | None


_COLUMNS = "seq, name, sha256, added_by, added, status, error"


class Register:
    """A connection of its own to a kept case; one thread at a time may use it."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._name = db.name

    def add_token(self, token: Token) -> None:
        """
        Raises:
            InputError: there is one of that name.
        """
        row = (token.name, str(token.role), token.sha256, token.made, token.expires)
        with self._db.writing():
            if self._db.rows("SELECT 1 FROM token WHERE name = $1", token.name):
                raise InputError(f"{token.name}: has a token already; revoke it or choose a name")
            self._db.rows("INSERT INTO token VALUES ($1, $2, $3, $4, $5)", *row)

    def tokens(self) -> tuple[Token, ...]:
        """By name, those that have expired too."""
        rows = self._db.rows("SELECT name, role, sha256, made, expires FROM token ORDER BY name")
        return tuple(Token(name, Role(role), *rest) for name, role, *rest in rows)

    def revoke(self, name: str) -> bool:
        """Whether there was such a token; who is signed in with it is so no longer."""
        with self._db.writing():
            gone = self._db.rows("DELETE FROM token WHERE name = $1 RETURNING sha256", name)
            for (sha256,) in gone:
                self._db.rows("DELETE FROM session WHERE token = $1", sha256)
            return bool(gone)

    def begin_session(self, session: Session, now: str) -> None:
        """Those that have expired are dropped, and of too many those that expire first."""
        row = (session.sha256, session.token_sha256, session.expires)
        with self._db.writing():
            self._db.rows("INSERT INTO session VALUES ($1, $2, $3)", *row)
            self._db.rows(
                "DELETE FROM session WHERE expires <= $1 OR sha256 NOT IN"
                " (SELECT sha256 FROM session ORDER BY expires DESC, sha256 LIMIT $2)",
                now,
                SESSIONS_MAX,
            )

    def find_session(self, sha256: str) -> Session | None:
        """The one of that cookie, which may have expired."""
        rows = self._db.rows("SELECT sha256, token, expires FROM session WHERE sha256 = $1", sha256)
        return Session(*rows[0]) if rows else None

    def end_session(self, sha256: str) -> None:
        with self._db.writing():
            self._db.rows("DELETE FROM session WHERE sha256 = $1", sha256)

    def hand_in(
        self,
        given: Iterable[tuple[str, bytes]],
        added_by: str,
        added: str,
        *,
        replaces: bool = False,
    ) -> tuple[Addition, ...]:
        """Keep (name, bytes), all or none of them, until they are taken up.

        What is there already is not added again.

        Raises:
            ConflictError: other bytes stand under a name, and these are not to replace them; or
                they were forgotten.
        """
        with self._db.writing():
            return tuple(
                self._hand_in(name, raw, (added_by, added), replaces=replaces)
                for name, raw in given
            )

    def _hand_in(self, name: str, raw: bytes, by: tuple[str, str], *, replaces: bool) -> Addition:
        sha256 = hashlib.sha256(raw).hexdigest()
        same = self._additions("WHERE (name, sha256) = ($1, $2)", name, sha256)
        counts = self._counts(name, sha256)
        if same and (counts or same[-1].status is AdditionStatus.WAITING):
            return same[-1]
        if gone := self._db.rows("SELECT added FROM forgotten WHERE sha256 = $1", sha256):
            raise ConflictError(refused(name, gone[0][0]))
        if not replaces and (other := self._standing(name, sha256)):
            raise ConflictError(
                f"{name}: {other} under that name is another text; choose another name, or say "
                "that this one replaces it"
            )
        status = AdditionStatus.TAKEN if counts else AdditionStatus.WAITING
        self._db.rows(KEEP_BYTES, sha256, raw)
        ((number,),) = self._db.rows(
            "INSERT INTO addition (seq, name, sha256, added_by, added, status, n_crashes)"
            " SELECT coalesce(max(seq), 0) + 1, $1, $2, $3, $4, $5, 0 FROM addition RETURNING seq",
            name,
            sha256,
            *by,
            str(status),
        )
        (made,) = self._additions("WHERE seq = $1", int(number))
        return made

    def additions(self) -> tuple[Addition, ...]:
        """In the order they were handed in."""
        return self._additions("")

    def waiting(self) -> tuple[tuple[Addition, bytes], ...]:
        """What is to be taken up next, oldest first.

        What was in hand when a process ended suddenly comes by itself, so that it alone is blamed
        the next time.
        """
        rows = self._db.rows(
            "SELECT n_crashes, bytes, seq, name, sha256, added_by, added, status, error"
            " FROM addition JOIN blob USING (sha256) WHERE status = $1 ORDER BY n_crashes, seq",
            AdditionStatus.WAITING,
        )
        fresh = [row for row in rows if row[0] == 0] or rows[:1]
        return tuple(
            (one, as_given(bytes(row[1]), one.sha256, self._name))
            for row in fresh
            for one in [_addition(row[2:])]
        )

    def awaited(self) -> tuple[tuple[int, int], ...]:
        """Of all that waits the number, and how many processes it ended."""
        sql = "SELECT seq, n_crashes FROM addition WHERE status = $1 ORDER BY seq"
        return tuple(
            (int(n), int(crashes)) for n, crashes in self._db.rows(sql, AdditionStatus.WAITING)
        )

    def take_up(self, numbers: Iterable[int]) -> None:
        """They are inputs now; those that yielded no document have failed."""
        with self._db.writing():
            for number in numbers:
                rows = self._db.rows(
                    "SELECT document_id, json, seal FROM outcome JOIN addition USING (name, sha256)"
                    " WHERE seq = $1 ORDER BY position",
                    number,
                )
                for _, line, seal in rows:
                    check_seal(line, seal, self._name)
                errors = [
                    failure_from_json(loads(line, self._name)).error
                    for document_id, line, _ in rows
                    if document_id is None
                ]
                failed = len(errors) == len(rows)
                status = AdditionStatus.FAILED if failed else AdditionStatus.TAKEN
                self._db.rows(
                    "UPDATE addition SET status = $1, error = $2 WHERE seq = $3",
                    str(status),
                    "; ".join(errors[:_ERRORS_SHOWN]) or None,
                    number,
                )

    def count_crash(self, numbers: Iterable[int]) -> None:
        """A process ended suddenly with these in hand; too often, and they no longer count."""
        with self._db.writing():
            for number in numbers:
                self._db.rows(
                    "UPDATE addition SET n_crashes = n_crashes + 1 WHERE seq = $1", number
                )
                self._db.rows(
                    "UPDATE input SET counts = FALSE WHERE (name, sha256) IN (SELECT name, sha256"
                    " FROM addition WHERE seq = $1 AND n_crashes >= $2)",
                    number,
                    CRASHES_MAX,
                )
                self._db.rows(
                    "UPDATE addition SET status = $1, error = name || $2"
                    " WHERE seq = $3 AND n_crashes >= $4",
                    str(AdditionStatus.FAILED),
                    ": ended the reader suddenly each time; left out",
                    number,
                    CRASHES_MAX,
                )

    def close(self) -> None:
        self._db.close()

    def _counts(self, name: str, sha256: str) -> bool:
        sql = "SELECT 1 FROM input WHERE (name, sha256) = ($1, $2) AND counts"
        return bool(self._db.rows(sql, name, sha256))

    def _standing(self, name: str, sha256: str) -> str | None:
        """What else stands, or will stand, under a name, in words."""
        others = self._additions("WHERE name = $1 AND status <> $2", name, AdditionStatus.FAILED)
        if others and others[-1].sha256 != sha256:
            return f"what {others[-1].added_by} added on {others[-1].added[:16].replace('T', ' ')}"
        sql = (
            "SELECT 1 FROM input JOIN outcome USING (name, sha256)"
            " WHERE name = $1 AND sha256 <> $2 AND counts AND document_id IS NOT NULL"
        )
        return "what stands" if self._db.rows(sql, name, sha256) else None

    def _additions(self, where: str, *bindings: Cell) -> tuple[Addition, ...]:
        rows = self._db.rows(f"SELECT {_COLUMNS} FROM addition {where} ORDER BY seq", *bindings)  # noqa: S608
        return tuple(map(_addition, rows))


def _addition(row: tuple[Any, ...]) -> Addition:
    number, name, sha256, added_by, added, status, error = row
    return Addition(number, name, sha256, added_by, added, AdditionStatus(status), error)
