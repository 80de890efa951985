"""What a store needs of a database. Its SQL is what SQLite and PostgreSQL understand alike.

Parameters are $1, $2, … in the order of their first use: SQLite numbers them so.
"""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

Cell = str | int | bytes | None

DAMAGED = "damaged; restore it from a backup or begin a new case"


class Database(Protocol):
    """One connection to one case, its schema up to date; one thread at a time may use it.

    Everything it does raises StoreError, in one line with a remedy, where the database fails.
    """

    @property
    def name(self) -> str:
        """What messages call the case."""

    def rows(self, sql: str, *bindings: Cell) -> list[tuple[Any, ...]]: ...

    def each(self, sql: str, rows: Iterable[Sequence[Cell]]) -> None:
        """The statement once for each row of parameters."""

    def writing(self) -> AbstractContextManager[None]:
        """All or nothing, and no other writer at the same time; waits for its turn."""

    def erasing(self) -> AbstractContextManager[None]:
        """As `writing`; nothing of what was deleted or written over is left in the file after."""

    def snapshot(self) -> AbstractContextManager[None]:
        """All that is read is of one moment."""

    def close(self) -> None: ...
