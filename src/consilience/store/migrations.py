"""The schema, a numbered step at a time; `PRAGMA user_version` counts the steps taken."""

import hashlib
from collections.abc import Callable
from functools import cache

import apsw

from consilience.errors import StoreError
from consilience.store.database import DAMAGED

APPLICATION_ID = 0x436E736C  # "Cnsl": tells a case from other programs' SQLite files


def _1_create(db: apsw.Connection) -> None:
    # A `seal` is the SHA-256 of the JSON beside it: what a failing disk changed is found out.
    db.execute("""
        CREATE TABLE blob (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;

        -- What stood under a name, and whether it still counts.
        CREATE TABLE input (
            name TEXT NOT NULL,
            sha256 TEXT NOT NULL REFERENCES blob,
            ingester TEXT NOT NULL,
            counts INTEGER NOT NULL,
            PRIMARY KEY (name, sha256)
        ) STRICT;
        CREATE TABLE outcome (
            name TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            position INTEGER NOT NULL,
            document_id TEXT, -- null: a failure
            json TEXT NOT NULL,
            seal TEXT NOT NULL,
            PRIMARY KEY (name, sha256, position),
            FOREIGN KEY (name, sha256) REFERENCES input
        ) STRICT;
        CREATE VIEW document AS
            SELECT outcome.*, row_number() OVER (
                PARTITION BY document_id ORDER BY name, sha256, position
            ) AS nth
            FROM outcome JOIN input USING (name, sha256)
            WHERE counts AND document_id IS NOT NULL;

        -- What a reader made of a document, known by the seal of that.
        CREATE TABLE reading (
            document_seal TEXT NOT NULL,
            reader TEXT NOT NULL,
            failed INTEGER NOT NULL,
            json TEXT NOT NULL,
            seal TEXT NOT NULL,
            PRIMARY KEY (document_seal, reader)
        ) STRICT;

        CREATE TABLE judgement (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            left_id TEXT NOT NULL,
            right_id TEXT NOT NULL,
            made_by TEXT NOT NULL,
            json TEXT NOT NULL,
            seal TEXT NOT NULL,
            added TEXT NOT NULL
        ) STRICT;
        CREATE INDEX judgement_pair ON judgement (left_id, right_id, made_by, seq);

        CREATE TABLE dossier (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            digest TEXT NOT NULL,
            json TEXT NOT NULL,
            seal TEXT NOT NULL,
            added TEXT NOT NULL
        ) STRICT;
    """)
    db.pragma("application_id", APPLICATION_ID)


def _2_remember_sentences(db: apsw.Connection) -> None:
    # Oldest first by `seq`. Neither column tells anything without the sentence itself.
    db.execute("""
        CREATE TABLE sentence (
            seq INTEGER PRIMARY KEY,
            name BLOB NOT NULL UNIQUE,
            sealed BLOB NOT NULL
        ) STRICT;
    """)


def _3_say_what_was_not_read(db: apsw.Connection) -> None:
    # Documents kept before they said so have all been read; their readings know them by the seal.
    rows = db.execute(
        "SELECT name, sha256, position, json, seal FROM outcome WHERE document_id IS NOT NULL"
    ).fetchall()
    for name, sha256, position, line, seal in rows:
        longer = str(line).rstrip().removesuffix("}") + ',"unread":[]}\n'
        new = hashlib.sha256(longer.encode()).hexdigest()
        db.execute(
            "UPDATE outcome SET json = ?, seal = ? WHERE (name, sha256, position) = (?, ?, ?)",
            (longer, new, name, sha256, position),
        )
        db.execute("UPDATE reading SET document_seal = ? WHERE document_seal = ?", (new, seal))


def _4_keep_what_analysts_say(db: apsw.Connection) -> None:
    # A judgement that has no withdrawal stands; one that was stored again had been given up.
    db.execute("""
        CREATE TABLE withdrawal (
            judgement INTEGER PRIMARY KEY REFERENCES judgement, added TEXT NOT NULL
        ) STRICT;
        INSERT INTO withdrawal
            SELECT seq, following FROM (
                SELECT seq, lead(added) OVER (PARTITION BY seal ORDER BY seq) AS following
                FROM judgement
            ) WHERE following IS NOT NULL;
        DROP INDEX judgement_pair;
        CREATE VIEW belief AS
            SELECT * FROM judgement
            WHERE NOT EXISTS (SELECT 1 FROM withdrawal WHERE judgement = seq);

        CREATE TABLE decision (seq INTEGER PRIMARY KEY, json TEXT NOT NULL, seal TEXT NOT NULL)
        STRICT;

        -- Lists of people from outside, by the name they were given under.
        CREATE TABLE known (name TEXT PRIMARY KEY, sha256 TEXT NOT NULL REFERENCES blob) STRICT;
    """)


def _5_let_others_in(db: apsw.Connection) -> None:
    db.execute("""
        -- Who may ask a server of this case, known by a hash of what they were given.
        CREATE TABLE token (
            name TEXT PRIMARY KEY,
            role TEXT NOT NULL,
            sha256 TEXT NOT NULL UNIQUE,
            made TEXT NOT NULL,
            expires TEXT NOT NULL
        ) STRICT;

        -- What was handed in to a server, by whom; an input as soon as it is taken up.
        CREATE TABLE addition (
            seq INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            sha256 TEXT NOT NULL REFERENCES blob,
            added_by TEXT NOT NULL,
            added TEXT NOT NULL,
            status TEXT NOT NULL,
            error TEXT,
            n_crashes INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX addition_status ON addition (status, seq);

        -- What the last account was told of.
        CREATE TABLE told (row INTEGER PRIMARY KEY CHECK (row = 1), basis TEXT NOT NULL) STRICT;
    """)


def _6_forget(db: apsw.Connection) -> None:
    db.execute("""
        -- What is asked of a record without taking it apart.
        CREATE VIEW spoken AS
            SELECT document_seal, reader, json_extract(json, '$.sentences') AS sentences
            FROM reading WHERE NOT failed;
        CREATE VIEW dossier_line AS
            SELECT seq, json_array_length(json, '$.documents') AS n_documents,
                json_array_length(json, '$.origins') AS n_origins,
                json_extract(json, '$.changes') AS changes
            FROM dossier;

        -- What was taken out for good, known by the hash of its bytes alone.
        CREATE TABLE forgotten (
            sha256 TEXT PRIMARY KEY,
            forgotten_by TEXT NOT NULL,
            added TEXT NOT NULL
        ) STRICT;
    """)


def _7_double_small_columns(db: apsw.Connection) -> None:
    # What stands in an index too is checked against it at opening (PRAGMA integrity_check), so
    # that no changed letter goes unseen in columns that have no seal.
    db.execute("""
        CREATE INDEX input_double ON input (ingester, counts);
        CREATE INDEX outcome_double ON outcome (document_id, seal);
        CREATE INDEX reading_double ON reading (failed, seal);
        CREATE INDEX judgement_double ON judgement (left_id, right_id, made_by, seal, added);
        CREATE INDEX withdrawal_double ON withdrawal (added);
        CREATE INDEX decision_double ON decision (seal);
        CREATE INDEX dossier_double ON dossier (digest, seal, added);
        CREATE INDEX known_double ON known (sha256);
        CREATE INDEX token_double ON token (role, made, expires);
        CREATE INDEX addition_double ON addition (name, sha256, added_by, added, error, n_crashes);
        CREATE INDEX told_double ON told (basis);
        CREATE INDEX forgotten_double ON forgotten (forgotten_by, added);
    """)


def _8_keep_browsers_signed_in(db: apsw.Connection) -> None:
    # `token` is the hash of that which was signed in with; of the cookie, too, there is a hash.
    db.execute("""
        CREATE TABLE session (
            sha256 TEXT PRIMARY KEY, token TEXT NOT NULL, expires TEXT NOT NULL
        ) STRICT;
        CREATE INDEX session_double ON session (token, expires);
    """)


MIGRATIONS: tuple[Callable[[apsw.Connection], None], ...] = (
    _1_create,
    _2_remember_sentences,
    _3_say_what_was_not_read,
    _4_keep_what_analysts_say,
    _5_let_others_in,
    _6_forget,
    _7_double_small_columns,
    _8_keep_browsers_signed_in,
)


def migrate(db: apsw.Connection, name: str) -> None:
    """Bring a case, or an empty file, to this program's schema; each step commits as one.

    Raises:
        StoreError: the file is another program's, a newer version's, or its schema is damaged.
    """
    while (version := _version(db, name)) < len(MIGRATIONS):
        with db:
            # Another process may have taken the step while we waited for the lock.
            if _version(db, name) == version:
                _check_schema(db, name, version)
                MIGRATIONS[version](db)
                db.pragma("user_version", version + 1)
    _check_schema(db, name, version)


def _check_schema(db: apsw.Connection, name: str, version: int) -> None:
    """A changed letter of a view would be another answer, and a step may undo what it finds."""
    if not schema_made(version) <= _schema(db):
        raise StoreError(f"{name}: {DAMAGED}")


@cache
def schema_made(version: int) -> frozenset[tuple[str, ...]]:
    db = apsw.Connection(":memory:")
    for step in MIGRATIONS[:version]:
        step(db)
    return _schema(db)


def _schema(db: apsw.Connection) -> frozenset[tuple[str, ...]]:
    """The tables, views and indexes as they were asked for."""
    return frozenset(db.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema"))


# In one statement, so that what another process makes of the file meanwhile is seen whole.
_MADE_BY = """
    SELECT (SELECT user_version FROM pragma_user_version),
        (SELECT application_id FROM pragma_application_id),
        (SELECT count(*) FROM sqlite_schema)
"""


def _version(db: apsw.Connection, name: str) -> int:
    version, maker, n_tables = next(iter(db.execute(_MADE_BY)))
    assert isinstance(version, int)
    if maker != APPLICATION_ID and (version or n_tables):
        raise StoreError(f"{name}: an SQLite file of another program; name another file")
    if version < 0:
        raise StoreError(f"{name}: {DAMAGED}")
    if version > len(MIGRATIONS):
        raise StoreError(
            f"{name}: schema {version} is newer than this program's {len(MIGRATIONS)}; "
            "install a newer consilience"
        )
    return version
