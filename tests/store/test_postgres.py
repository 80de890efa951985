"""What only a server can show: who may, what it ends, other programs' schemas, other encodings."""

import os
import re
import shlex
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from consilience.errors import MissingExtraError, StoreError
from consilience.places import PostgresCase
from consilience.store import is_kept, open_memory, open_register, open_store
from consilience.store.postgres import PostgresDatabase, connected, schema_of
from consilience.store.postgres_migrations import MIGRATIONS, Connection, migrate
from tests.conftest import Command
from tests.factory import READER, decision, document, dossier, reading

PAGE = document("Iven Sall saw the flood.", "a.txt")
SECRET = "Xylo9phone"


def test_a_case_is_made_when_it_is_opened_and_is_then_the_same(postgres_case: PostgresCase) -> None:
    assert not is_kept(postgres_case)
    with closing(open_store(str(postgres_case))) as store:
        store.add_input(PAGE.name, b"a", "1", [PAGE])
    assert is_kept(postgres_case)
    with closing(open_store(postgres_case)) as store:
        assert store.documents() == (PAGE,)


def test_cases_of_one_database_know_nothing_of_each_other(postgres_case: PostgresCase) -> None:
    other = PostgresCase(postgres_case.address, f"{postgres_case.name}_other")
    with closing(open_store(postgres_case)) as one, closing(open_store(other)) as two:
        one.add_input(PAGE.name, b"a", "1", [PAGE])
        assert two.documents() == ()


def test_there_is_no_register_without_a_case(postgres_case: PostgresCase) -> None:
    with pytest.raises(StoreError, match="no such case"):
        open_register(postgres_case)
    assert not is_kept(postgres_case)


def end_connections(server: str) -> None:
    with psycopg.connect(server, autocommit=True) as owner:
        owner.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'consilience'"
        )


def test_a_connection_that_the_server_ended_is_made_anew(
    postgres_case: PostgresCase, postgres_server: str
) -> None:
    with closing(open_store(postgres_case)) as store:
        for n in range(3):
            end_connections(postgres_server)
            store.add_input(f"{n}.txt", b"a", "1", [document("A.", f"{n}.txt")])
        end_connections(postgres_server)
        assert len(store.documents()) == 3


def test_what_was_begun_when_the_connection_ended_did_not_happen(
    postgres_case: PostgresCase, postgres_server: str
) -> None:
    def write() -> None:
        with db.writing():
            db.rows("INSERT INTO told VALUES (1, 'x')")
            end_connections(postgres_server)
            db.rows("UPDATE told SET basis = 'y'")

    with closing(PostgresDatabase(postgres_case)) as db:
        with pytest.raises(StoreError, match="run again"):
            write()
        assert db.rows("SELECT * FROM told") == []


WRITER = """
import sys
from consilience.store import open_store
from tests.factory import decision
store = open_store(sys.argv[1])
while True:
    print(store.add_decision(decision()), flush=True)
"""


@pytest.mark.threat("S1")
def test_decisions_that_were_acknowledged_survive_a_kill(postgres_case: PostgresCase) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(postgres_case)], stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    for _ in range(20):
        writer.stdout.readline()
    os.kill(writer.pid, signal.SIGKILL)
    n_safe = 20 + sum(line.endswith("\n") for line in writer.stdout.read().splitlines(True))
    writer.stdout.close()
    writer.wait()
    with closing(open_store(postgres_case)) as store:
        assert n_safe <= len(store.decisions()) <= n_safe + 1
        assert store.add_decision(decision()) == len(store.decisions())


def test_a_server_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as refused:
        open_store(f"postgresql:///news?host={tmp_path}&case=flood")
    assert "\n" not in str(refused.value)
    assert "check the address" in str(refused.value)


def test_a_database_that_is_not_there_is_said_in_one_line(postgres_server: str) -> None:
    with pytest.raises(StoreError, match=r'database "nowhere" does not exist; check the address'):
        open_store(postgres_server.replace("/postgres?", "/nowhere?"))


@pytest.fixture
def locked(postgres_server: str) -> str:
    """The address with a user who needs a password."""
    with psycopg.connect(postgres_server, autocommit=True) as owner:
        owner.execute("DROP OWNED BY locked; DROP ROLE locked" if _has_locked(owner) else "SELECT")
        owner.execute(f"CREATE ROLE locked LOGIN PASSWORD '{SECRET}'")
        owner.execute("GRANT CREATE ON DATABASE postgres TO locked")
    return postgres_server.replace("owner@", "locked@")


def _has_locked(owner: psycopg.Connection[tuple[object, ...]]) -> bool:
    return owner.execute("SELECT 1 FROM pg_roles WHERE rolname = 'locked'").fetchone() is not None


def test_a_password_comes_from_where_libpq_looks(
    locked: str, postgres_case: PostgresCase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = PostgresCase(locked, postgres_case.name)
    passwords = tmp_path / "passwords"
    passwords.write_text(f"*:*:*:locked:{SECRET}\n")
    passwords.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    open_store(case).close()
    monkeypatch.delenv("PGPASSFILE")
    monkeypatch.setenv("PGPASSWORD", SECRET)
    open_memory(case).close()


@pytest.mark.threat("P2")
def test_a_wrong_password_is_not_repeated(
    locked: str, postgres_case: PostgresCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", f"{SECRET}2")
    with pytest.raises(StoreError) as refused:
        open_store(PostgresCase(locked, postgres_case.name))
    assert SECRET not in str(refused.value)
    assert 'authentication failed for user "locked"' in str(refused.value)


def test_who_may_not_is_told_what_to_ask_for(
    locked: str, postgres_case: PostgresCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", SECRET)
    open_store(postgres_case).close()  # the owner's
    with pytest.raises(StoreError, match=r"permission denied for schema .*; ask for"):
        open_store(PostgresCase(locked, postgres_case.name))


@pytest.mark.threat("S6")
def test_another_programs_schema_is_refused_and_left_alone(postgres_case: PostgresCase) -> None:
    schema = schema_of(postgres_case)
    with connected(postgres_case) as db:
        db.execute(f"CREATE SCHEMA {schema}".encode())
        db.execute(f"CREATE TABLE {schema}.bookmark (url TEXT)".encode())
    with pytest.raises(StoreError, match="another program"):
        open_store(postgres_case)
    with connected(postgres_case) as db:
        tables = db.execute("SELECT tablename FROM pg_tables WHERE schemaname = $1", (schema,))
        assert tables.fetchall() == [("bookmark",)]


@pytest.mark.threat("S6")
def test_a_case_of_a_newer_version_is_refused(postgres_case: PostgresCase) -> None:
    open_store(postgres_case).close()
    with connected(postgres_case) as db:
        db.execute(f"UPDATE {schema_of(postgres_case)}.schema_version SET version = 99".encode())
    with pytest.raises(StoreError, match="schema 99 is newer"):
        open_store(postgres_case)


def test_a_database_that_holds_no_unicode_is_refused(postgres_server: str) -> None:
    with psycopg.connect(postgres_server, autocommit=True) as owner:
        owner.execute("DROP DATABASE IF EXISTS latin")
        owner.execute(
            "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc"
            " TEMPLATE template0"
        )
    with pytest.raises(StoreError, match="the database is in LATIN1; name one that is in UTF8"):
        open_store(postgres_server.replace("/postgres?", "/latin?"))


@pytest.mark.threat("S7")
def test_a_migration_that_was_interrupted_goes_on(postgres_case: PostgresCase) -> None:
    def fails(db: Connection) -> None:
        db.execute("CREATE TABLE later (n INTEGER)")
        raise KeyboardInterrupt

    def later(db: Connection) -> None:
        db.execute("CREATE TABLE later (n INTEGER)")

    with closing(open_store(postgres_case)) as store:
        store.add_input(PAGE.name, b"a", "1", [PAGE])
    name, schema = str(postgres_case), schema_of(postgres_case)
    with connected(postgres_case) as db:
        db.execute(f"SET search_path = {schema}".encode())
        with pytest.raises(KeyboardInterrupt):
            migrate(db, name, schema, 1, (*MIGRATIONS, fails))
    with closing(open_store(postgres_case)) as store:  # the step was not taken, in no part
        assert store.documents() == (PAGE,)
    with connected(postgres_case) as db:
        db.execute(f"SET search_path = {schema}".encode())
        migrate(db, name, schema, 1, (*MIGRATIONS, later))
        assert db.execute("SELECT count(*) FROM later").fetchone() == (0,)
        assert db.execute("SELECT version FROM schema_version").fetchone() == (len(MIGRATIONS) + 1,)


def test_who_opens_a_new_case_at_once_opens_one(postgres_case: PostgresCase) -> None:
    with ThreadPoolExecutor(6) as threads:
        opened = threads.map(lambda _: open_store(postgres_case).close(), range(6))
        assert [*opened] == [None] * 6


def test_a_damaged_record_is_an_error_and_not_an_answer(postgres_case: PostgresCase) -> None:
    with closing(open_store(postgres_case)) as store:
        store.add_input(PAGE.name, b"a", "1", [PAGE])
        store.add_reading(PAGE, READER, reading(PAGE))
        with connected(postgres_case) as db:
            table = f"{schema_of(postgres_case)}.outcome"
            db.execute(f"UPDATE {table} SET json = replace(json, 'text', 'test')".encode())
        with pytest.raises(StoreError, match="damaged"):
            store.documents()


def test_what_postgresql_cannot_keep_is_said_in_one_line(postgres_case: PostgresCase) -> None:
    with closing(open_store(postgres_case)) as store:
        with pytest.raises(StoreError, match=r"NUL.*; PostgreSQL cannot keep it"):
            store.add_input("a\0b.txt", b"a", "1", [PAGE])
        assert store.documents() == ()


def test_a_memory_is_in_the_case(postgres_case: PostgresCase) -> None:
    with closing(open_memory(postgres_case, most=2)) as memory:
        for name in (b"\0one", b"two", b"\xffthree"):
            memory.keep(name, name * 2)
        found = [memory.find(name) for name in (b"\0one", b"two", b"\xffthree")]
        assert found == [None, b"twotwo", b"\xffthree" * 2]


def test_without_its_packages_the_extra_is_named() -> None:
    program = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from consilience.errors import MissingExtraError\n"
        "from consilience.store import open_store\n"
        "try: open_store('postgresql:///news')\n"
        f"except {MissingExtraError.__name__} as error: print(error)"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert ended.stdout == "PostgreSQL needs more packages; install consilience[postgres]\n"


def test_the_commands_shown_to_a_team_work(
    postgres_server: str, consilience: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with closing(open_store(Path("valdoro.db"))) as store:
        store.add_input(PAGE.name, b"a", "1", [PAGE])
        store.add_dossier(dossier(PAGE))
    page = (Path(__file__).parents[2] / "docs/how-to/team.md").read_text()
    section = page.partition("\n## In PostgreSQL\n")[2].partition("\n## ")[0]
    shown = re.findall(r"^consilience (.+)$", section, re.M)
    for line in shown:
        here = line.replace("postgresql://desk@db.example.org/news?", f"{postgres_server}&")
        if not line.startswith("serve "):
            ended = consilience(*shlex.split(here))
            assert ended.code == 0, f"{line}\n{ended.err}"
    assert len(shown) == 4
