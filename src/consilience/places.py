"""Where a case is kept: a file, or a schema of a PostgreSQL database."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from consilience.errors import InputError

_SCHEMES = ("postgresql://", "postgres://")
# What PostgreSQL takes for a schema of 63 bytes, and psql without quotes.
_CASE = re.compile(r"[a-z][a-z0-9_]{0,49}")
_CASE_UNSAID = "main"
_SECRETS = ("password", "sslpassword")


@dataclass(frozen=True, slots=True)
class PostgresCase:
    """`address` is libpq's, of the database; one holds many cases, each by its name."""

    address: str
    name: str

    def __str__(self) -> str:
        more = "&" if "?" in self.address else "?"
        return f"{self.address}{more}case={self.name}"


Place = Path | PostgresCase


def parse_place(text: str) -> Place:
    """A file, or what `postgresql://USER@HOST/DATABASE?case=NAME` names; NAME is "main" if unsaid.

    Raises:
        InputError: the address holds a password, or the name is none.

    >>> parse_place("postgresql://desk@db.example.org/news?case=flood")
    PostgresCase(address='postgresql://desk@db.example.org/news', name='flood')
    """
    if not text.startswith(_SCHEMES):
        return Path(text)
    try:
        parts = urlsplit(text)
        secret = parts.password
    except ValueError:  # which may tell the password
        raise InputError(
            "postgresql://…: no address; give postgresql://USER@HOST/DATABASE"
        ) from None
    asked = parse_qsl(parts.query, keep_blank_values=True)
    if secret is not None or any(key in _SECRETS for key, _ in asked):
        # Others see an address in the list of processes, in logs and in the history of a shell.
        raise InputError(
            "postgresql://…: a password in an address is seen by others; put it into ~/.pgpass or "
            "PGPASSWORD"
        )
    names = [value for key, value in asked if key == "case"] or [_CASE_UNSAID]
    if len(names) > 1 or not _CASE.fullmatch(names[0]):
        raise InputError(
            f"case={','.join(names)}: not the name of a case; give one of a-z, 0-9 and _, such as "
            "?case=flood"
        )
    address, _, query = text.partition("?")
    others = "&".join(part for part in query.split("&") if not part.startswith("case="))
    return PostgresCase(f"{address}?{others}" if others else address, names[0])
