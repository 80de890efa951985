"""The case that a server serves: one file, many threads, others writing to it at the same time."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import cached_property

from consilience.answers import Asked
from consilience.decide.verbs import listed_ids
from consilience.errors import NotFoundError
from consilience.history import steps, to_atom
from consilience.pipeline import is_told
from consilience.places import Place
from consilience.read import reader_version
from consilience.records import Change, Decision, Dossier, Passage, content_id
from consilience.shapes import JsonObject
from consilience.store import (
    Addition,
    StateLine,
    Version,
    open_register,
    open_store,
)
from consilience.store.register import Register
from consilience.store.words import WordIndex
from consilience.tell.changes import changes
from consilience.tell.lookup import Lookup, lookup
from consilience.tell.phrases import say_value
from consilience.wording import label

# The last, those being looked at, and one that a writer still sees.
STATES_HELD = 4


class Told:
    """One state, with what finds its records and claims, made when it is first asked for."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self._answers: dict[str, JsonObject] = {}

    def answer(self, name: str, make: Callable[[Dossier], JsonObject]) -> JsonObject:
        """What `make` answers; the same the next time under that name."""
        if name not in self._answers:
            self._answers[name] = make(self.dossier)
        return self._answers[name]

    @cached_property
    def book(self) -> Lookup:
        return lookup(self.dossier)

    @cached_property
    def claims(self) -> WordIndex:
        """Of each claim its slot, value, words, subject, outlet and voices."""
        book = self.book
        return WordIndex(
            " · ".join(
                (
                    claim.slot.removeprefix("count:"),
                    say_value(claim.value, book),
                    book.words(claim.passage),
                    book.name(claim.subject_id) or "",
                    label(book.documents[claim.passage.document_id]),
                    *(voice.name or "" for voice in claim.voices),
                )
            )
            for claim in self.dossier.claims
        )


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The case as it stood at one moment; what is told is its last state."""

    at: Version
    told: Told
    decisions: tuple[Decision, ...]

    @property
    def dossier(self) -> Dossier:
        return self.told.dossier

    @property
    def version(self) -> str:
        return say_version(self.at)

    @property
    def state(self) -> int:
        return self.at.n_states


def say_version(version: Version) -> str:
    return f"{version.n_states}.{version.n_decisions}"


class ServedCase:
    """One kept case, opened for a server; any thread may ask.

    Raises:
        StoreError: the file is no case, is damaged, locked, or newer than this code.
    """

    def __init__(self, path: Place) -> None:
        self.path = path
        self.name = path.name
        self._lock = threading.RLock()
        # Who may ask is never kept waiting by what is asked.
        self._register_lock = threading.Lock()
        self._register = open_register(path)
        self._store = open_store(path)
        self._states: OrderedDict[int, Told] = OrderedDict()
        self._lines: dict[int, StateLine] = {}
        self._decisions: tuple[Decision, ...] = ()
        self._asked: tuple[Version, Asked] | None = None
        self._sentences: tuple[int, tuple[Passage, ...], WordIndex] | None = None
        self.changed: Callable[[], None] = lambda: None

    def version(self) -> Version:
        with self._lock:
            return self._store.version()

    def snapshot(self) -> Snapshot:
        """
        Raises:
            NotFoundError: nothing was told of the case yet.
        """
        with self._lock:
            at = self._store.version()
            if at.n_states == 0:
                raise NotFoundError(f"{self.name}: nothing is told of it yet; add documents")
            return Snapshot(at, self._told(at.n_states), self.decisions()[: at.n_decisions])

    def last(self) -> Dossier | None:
        """What is told now; None where nothing was, or it told what was forgotten since."""
        with self._lock:
            number = self._store.version().n_states
            return self.state(number) if number and self._store.holds_state(number) else None

    def state(self, number: int) -> Dossier:
        """
        Raises:
            NotFoundError: the case has no state of that number.
        """
        return self._told(number).dossier

    def _told(self, number: int) -> Told:
        # A state never changes once it is kept, but for what is forgotten.
        with self._lock:
            self._drop_forgotten(number)
            if number not in self._states:
                self._states[number] = Told(self._store.state(number).dossier)
                while len(self._states) > STATES_HELD:
                    self._states.popitem(last=False)
            self._states.move_to_end(number)
            return self._states[number]

    def state_json(self, number: int) -> str:
        """
        Raises:
            NotFoundError: the case has no state of that number.
        """
        with self._lock:
            return self._store.state_json(number)

    def states(self) -> tuple[StateLine, ...]:
        return tuple(self._line(n) for n in range(1, self.version().n_states + 1))

    def _line(self, number: int) -> StateLine:
        with self._lock:
            self._drop_forgotten(number)
            line = self._lines.get(number) or self._store.state_line(number)
            if line.changes is None:
                # Kept before a state said so itself.
                is_first = number == 1 or not self._store.holds_state(number - 1)
                new = () if is_first else self.changes(number - 1, number)
                line = replace(line, changes=new)
            self._lines[number] = line
            return line

    def _drop_forgotten(self, number: int) -> None:
        if number in self._states and not self._store.holds_state(number):
            del self._states[number]
        if number in self._lines and not self._store.holds_state(number):
            del self._lines[number]

    def changes(self, since: int, until: int) -> tuple[Change, ...]:
        return changes(self.state(since), self.state(until))

    def decisions(self) -> tuple[Decision, ...]:
        with self._lock:
            # They are only ever appended.
            if len(self._decisions) != self._store.version().n_decisions:
                self._decisions = self._store.decisions()
            return self._decisions

    def add_decision(self, decision: Decision, seen: Version) -> int:
        """
        Raises:
            ConflictError: the case has gone on from `seen`.
        """
        with self._lock:
            number = self._store.add_decision(decision, seen)
        self.changed()
        return number

    def listed_ids(self) -> frozenset[str]:
        with self._lock:
            return listed_ids(self._store.known())

    def asked(self) -> Asked:
        """The last account with the readings of its documents; the same until the case changes."""
        with self._lock:
            snapshot = self.snapshot()
            if self._asked is None or self._asked[0] != snapshot.at:
                told = {document.id for document in snapshot.dossier.documents}
                # What came since is not told yet.
                with self._store.snapshot():
                    documents = tuple(d for d in self._store.documents() if d.id in told)
                    readings = self._store.readings(reader_version())
                ours = tuple(r for r in readings if r.document_id in told)
                decisions = snapshot.decisions
                asked = Asked(snapshot.dossier, documents, ours, decisions, self.path)
                self._asked = (snapshot.at, asked)
            return self._asked[1]

    def sentences(self) -> tuple[tuple[Passage, ...], WordIndex]:
        """The sentences of the documents that the last account tells, with what finds them."""
        with self._lock:
            snapshot = self.snapshot()
            if self._sentences is None or self._sentences[0] != snapshot.state:
                book = snapshot.told.book
                every = self._store.sentences(reader_version())
                ours = tuple(s for s in every if s.document_id in book.documents)
                self._sentences = (snapshot.state, ours, WordIndex(map(book.words, ours)))
            return self._sentences[1:]

    def feed(self) -> str:
        """An Atom feed of what each state changed."""
        with self._lock:
            return to_atom(list(steps(self._store)), self.name)

    def original(self, document_id: str) -> bytes:
        """
        Raises:
            NotFoundError: no document of that id counts now.
        """
        with self._lock:
            return self._store.original(document_id)

    @contextmanager
    def register(self) -> Iterator[Register]:
        """Who may ask and what was handed in; for one thread at a time."""
        with self._register_lock:
            yield self._register

    def additions(self) -> tuple[Addition, ...]:
        with self.register() as register:
            return register.additions()

    def is_told(self) -> bool:
        """Whether the last account is of all that the case holds."""
        return self.untold() is None

    def untold(self) -> str | None:
        """A name for what the last account does not tell yet; None where it tells all."""
        with self.register() as register:
            awaited = register.awaited()
        with self._lock:
            if not awaited and is_told(self._store):
                return None
            return content_id("untold", self._store.basis(""), f"{awaited}")

    def close(self) -> None:
        with self._lock, self._register_lock, closing(self._store), closing(self._register):
            pass
