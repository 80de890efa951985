"""The five stages in order."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from consilience import __version__
from consilience.decisions import Numbered, in_force
from consilience.engine import Engine
from consilience.errors import InputError
from consilience.ingest import Raw, id_taken, ingest_raw
from consilience.ingest.known import parse_known
from consilience.places import Place
from consilience.read import reader_version
from consilience.reading import ReaderMaker
from consilience.records import (
    Case,
    Document,
    Dossier,
    Failure,
    Judgement,
    Known,
    Origin,
    Reading,
    Run,
)
from consilience.resolve import identify
from consilience.resolve.anchoring import anchored_reading
from consilience.resolve.copied_times import with_copied_times
from consilience.resolve.date_conflicts import with_date_conflicts
from consilience.resolve.dating import apply_dates, date_documents
from consilience.resolve.decided import resolve_as_decided
from consilience.resolve.decided_events import redraw, set_aside
from consilience.resolve.events import find_happenings
from consilience.resolve.known import link_known
from consilience.resolve.ordering import find_orders
from consilience.store import Store
from consilience.tell import tell
from consilience.tell.changes import with_changes
from consilience.weigh import weigh
from consilience.weigh.decided import origins_as_decided
from consilience.weigh.origins import find_origins


@dataclass(frozen=True, slots=True)
class Phase:
    """That work of one kind begins: on so many documents, of so many characters together."""

    name: str
    n_documents: int = 0
    n_chars: int = 0


Watch = Callable[[Document | Failure | Phase], None]


def run(
    inputs: Iterable[Raw | Failure],
    store: Store,
    engine: Engine,
    started: datetime,
    watch: Watch = lambda _: None,
    memory: Place | None = None,
) -> Dossier:
    """Go from inputs to a dossier. Stopped anywhere and run again, it repeats no finished work.

    The dossier is of everything the store holds. `watch` is told of each document once it is
    read, of each failure, and of each phase as it begins. `memory` is a file to keep sentences in
    once they are read, which may be that of the store. Whoever is on one of its lists of known
    people is linked.

    Raises:
        InputError: there is no document that could be used.
    """
    reader = reader_version()
    unusable = _ingest(inputs, store)
    basis = _basis(store)  # before anything is read of it: what comes later is not told
    _read(store, engine, reader, memory, watch)
    listed, unlisted = _known(store)
    failures = (*unusable, *unlisted, *store.failures(reader))
    for failure in failures:
        watch(failure)
    decisions = in_force(store.decisions())
    watch(Phase("resolving"))
    case = _resolve(store, reader, decisions, listed)
    watch(Phase("weighing"))
    weighed = weigh(case, decisions)
    watch(Phase("telling"))
    told = tell(case, weighed, _run(reader, started), failures, decisions)
    last = store.last_dossier()
    if last is not None and store.told_basis() == _basis(store) != basis:
        return last  # another process told it meanwhile, of more than was here
    dossier = with_changes(last, told)
    store.add_dossier(dossier, basis)
    return dossier


def tell_unkept(
    found: Iterable[Document | Failure],
    engine: Engine,
    started: datetime,
    memory: Place | None = None,
) -> Dossier:
    """What `run` would tell of these, in this order, in a case that is not kept.

    Raises:
        InputError: there is no document that could be used.
    """
    documents, failures = _apart(found)
    read: dict[str, Reading] = {}
    for document, outcome in zip(
        documents, engine.map("read", ReaderMaker(memory), documents), strict=True
    ):
        if isinstance(outcome, Failure):
            failures.append(outcome)
        else:
            read[document.id] = outcome
    case, _ = resolve_case(documents, read)
    return tell(case, weigh(case), _run(reader_version(), started), failures)


def _apart(found: Iterable[Document | Failure]) -> tuple[list[Document], list[Failure]]:
    """The documents, each id once, and the failures, those of ids that are taken last."""
    by_id: dict[str, Document] = {}
    failures: list[Failure] = []
    repeated: list[Failure] = []
    for one in found:
        if isinstance(one, Failure):
            failures.append(one)
        elif by_id.setdefault(one.id, one) is not one:
            repeated.append(id_taken(one.id, one.name))
    return list(by_id.values()), failures + repeated


def is_told(store: Store) -> bool:
    """Whether the last account is of all that the case holds, by this program."""
    return store.told_basis() == _basis(store)


def _basis(store: Store) -> str:
    return store.basis(f"{__version__} {reader_version()}")


def _run(reader: str, started: datetime) -> Run:
    return Run(__version__, reader, started.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))


def _ingest(inputs: Iterable[Raw | Failure], store: Store) -> tuple[Failure, ...]:
    """What is new goes into the store; what has no bytes to keep comes back."""
    unusable = []
    given = []
    for raw in inputs:
        if isinstance(raw, Failure):
            unusable.append(raw)
            continue
        given.append((raw.name, raw.sha256))
        if not store.has_input(raw.name, raw.sha256, __version__):
            store.add_input(raw.name, raw.data, __version__, outcomes_of(raw))
    store.supersede(given)
    return tuple(sorted(unusable, key=lambda failure: (failure.name, failure.error)))


def outcomes_of(raw: Raw) -> list[Document | Failure]:
    """The documents of an input, so that the order of lines changes no account.

    Those that are named by their line stay where they are.
    """
    by_line = f"{raw.name}:"
    return sorted(ingest_raw(raw), key=lambda d: "" if d.name.startswith(by_line) else d.name)


def _read(store: Store, engine: Engine, reader: str, memory: Place | None, watch: Watch) -> None:
    unread = store.unread_documents(reader)
    watch(Phase("reading", len(unread), sum(len(document.text) for document in unread)))
    outcomes = engine.map("read", ReaderMaker(memory), unread)
    for document, outcome in zip(unread, outcomes, strict=True):
        store.add_reading(document, reader, outcome)
        watch(document)


def _known(store: Store) -> tuple[list[Known], list[Failure]]:
    """Who is on the lists of the case, and the lines of them that cannot be used."""
    listed: list[Known] = []
    failures: list[Failure] = []
    for name, raw in store.known():
        for found in parse_known(name, raw):
            if isinstance(found, Failure):
                failures.append(found)
            else:
                listed.append(found)
    return listed, failures


def _resolve(
    store: Store, reader: str, decisions: Sequence[Numbered], listed: Sequence[Known]
) -> Case:
    with store.snapshot():
        documents = store.documents()
        read = {reading.document_id: reading for reading in store.readings(reader)}
    case, judgements = resolve_case(documents, read, decisions, listed)
    store.hold_judgements(judgements)
    return case


def resolve_case(
    documents: Sequence[Document],
    read: Mapping[str, Reading],
    decisions: Sequence[Numbered] = (),
    listed: Sequence[Known] = (),
) -> tuple[Case, tuple[Judgement, ...]]:
    """The case that documents make with their readings, by document id, and how it was judged.

    Judgements are made anew from all that is known now; analysts' words shape what comes of it.

    Raises:
        InputError: nothing is read.
    """
    if not read:
        raise InputError("no document could be used; give at least one that holds an account")
    dated = dated_case(documents, read, decisions)
    documents, anchored, dates = dated.documents, dated.readings, dated.judgements
    resolved = resolve_as_decided(documents, anchored, decisions)
    readings, chains, judgements = resolved.readings, resolved.chains, resolved.judgements
    found = identify(chains, documents, readings, judgements)
    linked = link_known(found.entities, documents, listed, decisions)
    if linked.same:
        judgements += linked.same_chains(found.by_chain)
        found = identify(chains, documents, readings, judgements)
        linked = link_known(found.entities, documents, listed, decisions)
    happenings = find_happenings(documents, readings, linked.entities, dated.origins)
    redrawn = redraw(documents, readings, happenings, decisions)
    made = dates + judgements + linked.judgements + redrawn.judgements + happenings.judgements
    happenings = redrawn.happenings
    case = Case(
        documents=documents,
        readings=readings,
        entities=linked.entities,
        entity_ids=found.by_chain,
        events=happenings.events,
        event_by_proposition=happenings.event_by_proposition,
        event_by_sentence=happenings.event_by_sentence,
        orders=find_orders(documents, readings),
        origins=dated.origins,
    )
    return set_aside(case, decisions), made


@dataclass(frozen=True, slots=True)
class Dated:
    """Documents with their dates and origins, their readings anchored, and the days judged."""

    documents: tuple[Document, ...]
    readings: Mapping[str, Reading]
    origins: tuple[Origin, ...]
    judgements: tuple[Judgement, ...]


def dated_case(
    documents: Sequence[Document],
    read: Mapping[str, Reading],
    decisions: Sequence[Numbered] = (),
) -> Dated:
    """When the documents were written, when the times in them are, and who draws on whom.

    Copies are looked for first, since a day in words that were copied is seen from the day of the
    original, and again with the dates found, since the earlier page is the original.
    """
    origins = _origins(documents, read, decisions)
    copied = with_copied_times(documents, read, origins)
    dates = date_documents(documents, copied.readings, origins)
    documents = apply_dates(documents, dates)
    if dates:
        origins = _origins(documents, read, decisions)
    anchored = {d.id: anchored_reading(d, copied.readings[d.id]) for d in documents if d.id in read}
    documents = with_date_conflicts(documents, anchored, copied.notes)
    return Dated(documents, anchored, origins, dates)


def _origins(
    documents: Sequence[Document], read: Mapping[str, Reading], decisions: Sequence[Numbered]
) -> tuple[Origin, ...]:
    return origins_as_decided(documents, find_origins(documents, read), decisions)
