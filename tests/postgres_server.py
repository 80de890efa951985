"""A PostgreSQL server of the tests' own, on a socket in a temporary folder."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

_INSTALLED = Path("/usr/lib/postgresql")
# Who runs it where the tests are run by root, whom it refuses.
_NOBODY = "nobody"
_START_MAX_S = 30
# Sorts otherwise than by bytes, so that a query that leaves the order to the database is found out.
_LOCALE = ("--locale-provider=icu", "--icu-locale=en", "--locale=C.UTF-8", "--encoding=UTF8")
_HBA = "local all locked scram-sha-256\nlocal all all trust\n"
_SETTINGS = ("listen_addresses=", "shared_buffers=32MB")
# A server that is thrown away need not survive a power cut.
_FORGETFUL = ("fsync=off", "full_page_writes=off")


def find_programs() -> Path | None:
    """The folder of the newest installed server's programs."""
    found = [*_INSTALLED.glob("*/bin/initdb")]
    newest = max(found, key=lambda path: int(path.parts[-3]), default=None)
    on_path = shutil.which("initdb")
    if newest is None and on_path is not None:
        newest = Path(on_path).resolve()
    return None if newest is None else newest.parent


@contextmanager
def running(programs: Path, *, is_durable: bool = False) -> Iterator[str]:
    """The address of a new server's database, in which everybody may do everything."""
    folder = Path(tempfile.mkdtemp(prefix="consilience-pg-"))
    user, group, groups = None, None, None
    if os.geteuid() == 0:
        user, group, groups = _NOBODY, pwd.getpwnam(_NOBODY).pw_gid, ()
        shutil.chown(folder, user)
    try:
        data = folder / "data"
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", "owner", "--no-sync", "--auth=trust", *_LOCALE],
            check=True, capture_output=True, cwd=folder,
            user=user, group=group, extra_groups=groups,
        )  # fmt: skip
        (data / "pg_hba.conf").write_text(_HBA)
        chosen = _SETTINGS if is_durable else _SETTINGS + _FORGETFUL
        settings = [word for setting in chosen for word in ("-c", setting)]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [programs / "postgres", "-D", data, "-k", folder, *settings],
                stdout=log, stderr=log, cwd=folder, user=user, group=group, extra_groups=groups,
            )  # fmt: skip
        try:
            address = f"postgresql://owner@/postgres?host={folder}"
            _wait(server, address, folder / "log")
            yield address
        finally:
            server.send_signal(signal.SIGINT)  # without waiting for who is connected
            server.wait(_START_MAX_S)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + _START_MAX_S
    while True:
        try:
            psycopg.connect(address).close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise AssertionError(log.read_text()) from None
            time.sleep(0.05)
