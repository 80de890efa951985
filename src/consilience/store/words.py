"""Texts found by their words; held in memory, made anew for each state of a case."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass

import apsw

from consilience.wording import unhidden


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand together in this order; the last may be only the beginning of one."""

    words: tuple[str, ...]
    is_beginning: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """Texts with all of these terms and none of those."""

    terms: tuple[Term, ...]
    without: tuple[Term, ...] = ()


class WordIndex:
    """Accents and case count for nothing, as in SQLite's FTS5, which it is. Any thread may ask."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._lock = threading.Lock()
        self._db = apsw.Connection(":memory:")
        self._db.execute(
            "CREATE VIRTUAL TABLE texts USING fts5("
            "words, content='', tokenize='unicode61 remove_diacritics 2')"
        )
        with self._db:
            self._db.executemany(
                "INSERT INTO texts (rowid, words) VALUES (?, ?)",
                enumerate(map(unhidden, texts)),
            )

    def find(self, wanted: Wanted) -> tuple[int, ...]:
        """The numbers of the texts, from 0, best first (BM25)."""
        sql = "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank, rowid"
        with self._lock:
            return tuple(int(row[0]) for row in self._db.execute(sql, (_match(wanted),)))


def _match(wanted: Wanted) -> str:
    found = " AND ".join(map(_quoted, wanted.terms))
    return f"({found})" + "".join(f" NOT {_quoted(term)}" for term in wanted.without)


def _quoted(term: Term) -> str:
    # Between quotes FTS5 knows no operators; a quote is no part of a word.
    words = unhidden(" ".join(term.words)).replace('"', " ").replace("\0", " ")
    return f'"{words}"' + "*" * term.is_beginning
