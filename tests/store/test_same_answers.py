"""Another database, the same answers: what is told, searched, listed and called up again."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from consilience.decide.verbs import analyst, note
from consilience.history import steps
from consilience.pipeline import run
from consilience.places import Place, PostgresCase
from consilience.read import reader_version
from consilience.records import Claim, Document, Passage
from consilience.store import Store, open_register, open_store
from consilience.web.search import claims_found, passages_found
from consilience.web.served import ServedCase
from tests.conftest import Command, Reach
from tests.factory import READER, document, failure, reading
from tests.small_cases import STARTED, OneReader, page, raw
from tests.small_pages import FERRY_FIRE, FERRY_TOLL

# Orders that a language and a database disagree on; the last two sort otherwise by UTF-16.
NAMES = ["a", "A", "á", "Z", "z", "_", "-", "a b", "ab", "a_b", "10", "9", "é", "e\u0301", "İ", "ß"]
NAMES += ["\ufb01", "\U0001f525", "\uffee", "Ñandú", "n", "ñ", ""]
QUERIES = [
    "ferry",
    "FERRY fire",
    '"nine people"',
    "marabe -police",
    "fir*",
    "Pórt",
    "killed",
    "the",
]


@pytest.fixture
def places(tmp_path: Path, postgres_case: PostgresCase) -> tuple[Place, Place]:
    return tmp_path / "case.db", postgres_case


@pytest.mark.threat("S12")
def test_names_come_in_the_same_order(places: tuple[Place, Place], reached: Reach) -> None:
    told = []
    for place in places:
        with closing(open_store(place)) as store:
            for name in NAMES:
                one = document(f"One of {name}.", name)
                store.add_input(name, name.encode(), "1", [one, failure(name)])
                store.add_reading(one, READER, reading(one))
                store.add_known(name, name.encode())
            told.append(everything(store, READER))
    assert told[0] == told[1]
    names = [d.name for d in told[0].documents]
    assert names == sorted(NAMES, key=str.encode)
    reached(f"{len(NAMES)} names")


@dataclass(frozen=True)
class Held:
    """All that a store answers."""

    documents: tuple[Document, ...]
    others: tuple[object, ...]


def everything(store: Store, reader: str) -> Held:
    others = (
        store.readings(reader),
        store.sentences(reader),
        store.failures(reader),
        store.judgements(),
        store.decisions(),
        store.known(),
        store.version(),
        store.basis("1"),
        store.told_basis(),
        [store.state_json(n) for n in range(1, store.version().n_states + 1)],
        [(s.state.number, s.state.dossier, s.changes) for s in steps(store)],
    )
    return Held(store.documents(), others)


@pytest.mark.threat("S12")
def test_a_case_is_told_and_searched_the_same(
    places: tuple[Place, Place], engine: OneReader, reached: Reach
) -> None:
    (held, found, listed), other = (told_and_searched(place, engine) for place in places)
    assert other == (held, found, listed)
    assert all(hits for _, hits in found[:3])
    reached(f"{sum(len(hits) for _, hits in found)} hits of {len(found)} searches, in one order")


Found = list[tuple[str, tuple[Passage, ...] | tuple[Claim, ...]]]


def told_and_searched(place: Place, engine: OneReader) -> tuple[Held, Found, object]:
    with closing(open_store(place)) as store:
        run([raw(page(FERRY_FIRE, "Callis Herald", "2031-03-04"))], store, engine, STARTED)
        toll = raw(page(FERRY_TOLL, "Harbour Post", "2031-03-06"))
        told = run([toll, failure("gone.pdf")], store, engine, STARTED)
        store.add_decision(note(analyst("Iris", "seen", STARTED), told, told.entities[0].name))
        run([], store, engine, STARTED)
        held = everything(store, reader_version())
    with closing(open_register(place)) as register:
        register.hand_in([("b.txt", b"Two."), ("a.txt", b"One.")], "Iris", "2031-01-01T00:00:00Z")
        register.count_crash([2])
        listed = register.additions(), register.waiting(), register.awaited()
    with closing(ServedCase(place)) as case:
        found: Found = [(query, passages_found(case, query, 100)) for query in QUERIES]
        found += [(query, claims_found(case.snapshot(), query)) for query in QUERIES]
    return held, found, listed


@pytest.mark.threat("S12")
def test_a_case_that_moved_there_and_back_is_the_same(
    places: tuple[Place, Place], tmp_path: Path, engine: OneReader, consilience: Command
) -> None:
    told_and_searched(places[0], engine)
    back = tmp_path / "back.db"
    for source, target in ((places[0], places[1]), (places[1], back)):
        ended = consilience("copy", source, target)
        assert (ended.code, ended.out, ended.err) == (0, "", "")
    held = []
    for place in (*places, back):
        with closing(open_store(place)) as store, closing(open_register(place)) as register:
            held.append((everything(store, reader_version()), register.additions()))
            assert store.add_decision(store.decisions()[0]) == 2  # numbers go on
    assert held[0] == held[1] == held[2]
    again = consilience("copy", places[0], back)
    assert (again.code, again.err) == (1, f"{back}: holds something already; name a new case\n")
