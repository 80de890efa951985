"""What every store does; `tests/contract` holds them to it."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from consilience.records import (
    Change,
    Decision,
    Document,
    Dossier,
    Failure,
    Judgement,
    Passage,
    Reading,
)


@dataclass(frozen=True, slots=True)
class State:
    """A snapshot of a case: its number from 1, when it was kept (ISO, UTC), what it says."""

    number: int
    kept: str
    dossier: Dossier


@dataclass(frozen=True, slots=True)
class StateLine:
    """A state in one line; `changes` is what it says itself to be new, None where it does not."""

    number: int
    kept: str
    n_documents: int
    n_origins: int
    changes: tuple[Change, ...] | None


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """How far a case has come: how many states and how many decisions it has."""

    n_states: int
    n_decisions: int


class Store(Protocol):
    """One case. What an adding function was given is safe once it returns; twice is once.

    What comes back does not depend on the order in which it was added, but for decisions, where
    a later one outranks.
    """

    def has_input(self, name: str, sha256: str, ingester: str) -> bool:
        """Whether these bytes were given under this name and ingested by this version."""

    def add_input(
        self, name: str, raw: bytes, ingester: str, outcomes: Iterable[Document | Failure]
    ) -> None:
        """Keep the bytes as given and what they yielded."""

    def supersede(self, given: Iterable[tuple[str, str]]) -> None:
        """Of each name among these (name, sha256), let only the bytes named here count.

        Older bytes are kept and count again once they are given again. Two inputs of one name
        count both where both are given.
        """

    def raw(self, sha256: str) -> bytes:
        """The bytes with that hash; NotFoundError where they were never given."""

    def original(self, document_id: str) -> bytes:
        """What the input held, as given, that the document of that id comes from.

        NotFoundError where there is none.
        """

    def documents(self) -> tuple[Document, ...]:
        """By the name of their input, then in its order; of one id the first alone."""

    def failures(self, reader: str) -> tuple[Failure, ...]:
        """What could not be used: first in ingest, a repeated id too, then by that reader."""

    def unread_documents(self, reader: str) -> tuple[Document, ...]:
        """The documents that this version of the reader has neither read nor failed on."""

    def add_reading(self, document: Document, reader: str, outcome: Reading | Failure) -> None: ...

    def readings(self, reader: str) -> tuple[Reading, ...]:
        """In the order of `documents`."""

    def sentences(self, reader: str) -> tuple[Passage, ...]:
        """Those of all `readings`, without taking these apart."""

    def hold_judgements(self, judgements: Iterable[Judgement]) -> None:
        """Let these be what is believed from now on: what is new is appended, what stands already
        stays, what is not among these is withdrawn but kept."""

    def judgements(self, at: datetime | None = None) -> tuple[Judgement, ...]:
        """What is believed, or what was believed then; in the order in which it came to be."""

    def add_decision(self, decision: Decision, seen: Version | None = None) -> int:
        """Append; the number it has from now on, counted from 1.

        ConflictError, and nothing appended, where the case has gone on from the version `seen`.
        """

    def decisions(self) -> tuple[Decision, ...]:
        """By their numbers, those taken back too."""

    def add_known(self, name: str, raw: bytes) -> None:
        """Keep a list of known people; it takes the place of one of the same name."""

    def known(self) -> tuple[tuple[str, bytes], ...]:
        """The lists by name, as given."""

    def add_dossier(self, dossier: Dossier, basis: str | None = None) -> None:
        """Keep a snapshot; one that says the same as the last is left out.

        `basis` is what it was made of, where that is known.
        """

    def basis(self, maker: str) -> str:
        """A name for all that an account is made of now, and for what makes it."""

    def told_basis(self) -> str | None:
        """What the last account was made of; None where that was not said."""

    def version(self) -> Version: ...

    def state(self, number: int) -> State:
        """The snapshot of that number; NotFoundError where there is none, or where it told what
        was forgotten since."""

    def holds_state(self, number: int) -> bool:
        """Whether nothing that it told was forgotten since; NotFoundError where there is none."""

    def last_dossier(self) -> Dossier | None:
        """What was told last; None where nothing was, or it told what was forgotten since."""

    def dossiers(self) -> Iterator[State]:
        """Every snapshot that is held, the first first, one at a time."""

    def state_json(self, number: int) -> str:
        """The dossier of that state as the JSON it was kept as; NotFoundError too."""

    def state_line(self, number: int) -> StateLine:
        """The snapshot of that number in short, without taking it apart; NotFoundError too.

        Of one that told what was forgotten since nothing but when it was kept.
        """

    def forget(self, document: str, note: Decision) -> None:
        """Take out for good what is kept under that id or name; see `store.forgetting`.

        NotFoundError where there is none. `note` is kept as a decision.
        """

    def snapshot(self) -> AbstractContextManager[None]:
        """All that is read within is of one moment, whoever writes meanwhile."""

    def close(self) -> None: ...
