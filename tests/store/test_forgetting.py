"""What should be forgotten is gone, in the file too; what stays says nothing of it."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from consilience.errors import ConflictError, InputError, NotFoundError
from consilience.pipeline import run
from consilience.places import Place
from consilience.read import reader_version
from consilience.records import DecisionKind, Passage, Quote, Target, TargetKind
from consilience.store import Store, open_register, open_store, salvage
from consilience.store.forgetting import forgetting
from consilience.store.postgres import connected, schema_of
from consilience.web.served import ServedCase
from tests.conftest import Command, Reach
from tests.factory import READER, decision, document, dossier, failure
from tests.small_cases import STARTED, OneReader, page, raw
from tests.web.serving import desk

CANARY = "Zebulonde"
SECRET = (
    f"Clerk held\n\nPORT CALLIS, March 5, 2031 - {CANARY} Marsk, a clerk, was held by the police on"
    f' Tuesday. "I lit nothing," said {CANARY} Marsk.\n'
)
OTHER = (
    "Nine dead in ferry fire\n\nPORT CALLIS, March 4, 2031 - Nine people were killed when a ferry"
    " caught fire on Monday, the coast guard said.\n"
)
NOTE = forgetting("Iris", "2031-04-01T00:00:00Z", "asked for")


@pytest.fixture(params=["in a file", "in PostgreSQL"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    made: Place = tmp_path / "case.db"
    return request.getfixturevalue("postgres_case") if "SQL" in request.param else made


@pytest.fixture
def told(place: Place, engine: OneReader) -> Iterator[Store]:
    """A case told without the secret, with it, and again; a decision rests on its words."""
    with closing(open_store(place)) as store:
        given = [raw(page(OTHER, "Callis Herald", "2031-03-04"))]
        run(given, store, engine, STARTED)
        run([raw(page(SECRET, "Secret Post", "2031-03-05"))], store, engine, STARTED)
        (of,) = (d for d in store.documents() if CANARY in d.text)
        start = of.text.index(CANARY)
        quote = Quote(Passage(of.id, start, start + 9), of.name, CANARY)
        store.add_decision(
            replace(decision(), targets=(Target(TargetKind.ENTITY, CANARY, (quote,)),) * 2)
        )
        store.hold_judgements(store.judgements())
        with store.snapshot():
            assert CANARY in store.state_json(2)
        yield store


def kept_bytes(place: Place) -> bytes:
    """All that the database holds of the case."""
    if isinstance(place, Path):
        return b"".join(p.read_bytes() for p in place.parent.glob(f"{place.name}*"))
    with connected(place) as db:
        schema = schema_of(place)
        tables = db.execute("SELECT tablename FROM pg_tables WHERE schemaname = $1", (schema,))
        rows = [
            db.execute(f"SELECT * FROM {schema}.{table}".encode()).fetchall()
            for (table,) in tables.fetchall()
        ]
    return str(rows).encode()


@pytest.mark.threat("P4")
def test_nothing_of_a_forgotten_document_remains(
    told: Store, place: Place, engine: OneReader, reached: Reach
) -> None:
    before = kept_bytes(place)
    told.forget("Secret Post", NOTE)
    run([], told, engine, STARTED)
    after = kept_bytes(place)
    assert CANARY.encode() in before
    for trace in (CANARY, "clerk", "Secret Post"):
        assert trace.encode() not in after
    assert [d.source for d in told.documents()] == ["Callis Herald"]
    last = told.last_dossier()
    assert last is not None
    assert len(last.documents) == 1
    reached(f"{before.count(CANARY.encode())} traces before, none after")


@pytest.mark.threat("P4")
def test_what_stays_says_who_and_when_and_not_what(told: Store, place: Place) -> None:
    told.forget("Secret Post", NOTE)
    emptied, note = told.decisions()
    assert (emptied.kind, emptied.made_by, emptied.reason) == (DecisionKind.NOTE, "Iris", "")
    assert note == NOTE
    assert not told.holds_state(2)
    assert told.holds_state(1)
    assert [state.number for state in told.dossiers()] == [1]
    assert told.state_line(2).changes == ()
    with pytest.raises(NotFoundError, match="told what was forgotten since"):
        told.state(2)


@pytest.mark.threat("P4")
def test_it_is_not_taken_in_again(told: Store, place: Place, engine: OneReader) -> None:
    given = raw(page(SECRET, "Secret Post", "2031-03-05"))
    told.forget("Secret Post", NOTE)
    run([given], told, engine, STARTED)
    assert [f.error for f in told.failures(reader_version())] == [
        "Secret Post: was forgotten (2031-04-01) and is not taken in again; leave it out"
    ]
    assert CANARY.encode() not in kept_bytes(place)
    with closing(open_register(place)) as register, pytest.raises(ConflictError, match="forgotten"):
        register.hand_in([("c.jsonl", given.data)], "Anna", "2031-05-01T00:00:00Z")


@pytest.mark.threat("P4")
def test_of_a_feed_the_others_stay(place: Place) -> None:
    feed = [document(f"Report {n}.", f"page {n}") for n in range(3)]
    given = json.dumps([one.text for one in feed]).encode()
    with closing(open_store(place)) as store:
        store.add_input("feed.jsonl", given, "1", feed)
        store.add_input(
            "copy.txt", b"Report 1.", "1", [replace(feed[1], id="other", name="copy.txt")]
        )
        store.forget(feed[1].id, NOTE)
        assert store.documents() == (feed[0], feed[2])
        for asked in (lambda: store.original(feed[0].id), lambda: store.original(feed[1].id)):
            with pytest.raises(NotFoundError):
                asked()
        longer = [*feed, document("Report 3.", "page 3")]
        store.add_input("feed.jsonl", given + b"\n", "1", longer)
        store.supersede([("feed.jsonl", longer[0].sha256)])
        assert b"Report 1" not in kept_bytes(place)


@pytest.mark.threat("P4")
def test_what_stands_at_a_line_today_is_not_what_stood_there(place: Place) -> None:
    old, new = document("Report 1.", "feed.jsonl:1"), document("Report 2.", "feed.jsonl:1")
    with closing(open_store(place)) as store:
        store.add_input("feed.jsonl", b"old", "1", [old, failure("feed.jsonl:2")])
        store.add_input("feed.jsonl", b"new", "1", [new])
        store.add_dossier(dossier(old))
        store.add_dossier(dossier(new))
        with pytest.raises(InputError, match=r"feed\.jsonl:1: names several documents"):
            store.forget("feed.jsonl:1", NOTE)
        store.forget(new.id, NOTE)
        assert store.documents() == (old,)
        assert store.failures(READER) == (failure("feed.jsonl:2"),)
        assert [store.holds_state(n) for n in (1, 2)] == [True, False]


def test_names_that_only_begin_alike_are_others(place: Place) -> None:
    kept = document("One.", "beta.txt")
    with closing(open_store(place)) as store:
        store.add_input("beta.txt", b"One.", "1", [kept])
        store.add_input("a.txt", b"Two.", "1", [document("Two.", "a.txt")])
        store.add_dossier(dossier(kept))
        store.add_dossier(dossier(kept, document("Two.", "a.txt")))
        store.add_dossier(dossier(kept, title="without what is gone"))
        store.add_dossier(dossier(kept))
        store.forget("a.txt", NOTE)
        assert store.documents() == (kept,)
        assert [store.holds_state(n) for n in (1, 2, 3, 4)] == [True, False, False, True]


def test_a_repair_neither_brings_it_back_nor_loses_what_stood_beside_it(tmp_path: Path) -> None:
    feed = [document(f"Report {n}.", f"page {n}") for n in range(3)]
    with closing(open_store(tmp_path / "case.db")) as store:
        store.add_input("feed.jsonl", b"feed", "1", feed)
        store.add_dossier(dossier(*feed))
        store.forget(feed[1].id, NOTE)
        store.add_dossier(dossier(feed[0]))
    assert salvage(tmp_path / "case.db", tmp_path / "new.db", "1", lambda *_: []) == ()
    with closing(open_store(tmp_path / "new.db")) as store:
        assert store.documents() == (feed[0], feed[2])
        assert [store.holds_state(n) for n in (1, 2)] == [False, True]


def test_what_is_not_there_cannot_be_forgotten(place: Place) -> None:
    with closing(open_store(place)) as store:
        store.add_input("a.txt", b"One.", "1", [document("One.")])
        with pytest.raises(NotFoundError, match="no document of that id or name"):
            store.forget("b.txt", NOTE)
        assert store.decisions() == ()


@pytest.mark.threat("P4")
def test_a_server_does_not_remember_it_either(told: Store, place: Place, engine: OneReader) -> None:
    with closing(ServedCase(place)) as case:
        assert CANARY in str(case.state(2))
        assert CANARY in str(case.states())
        assert len(case.decisions()) == 1
        told.forget("Secret Post", NOTE)
        assert CANARY not in str((case.states(), case.decisions()))
        with pytest.raises(NotFoundError):
            case.state(2)
        run([], told, engine, STARTED)
        assert CANARY not in str((case.snapshot().dossier, case.feed(), case.asked()))


@pytest.mark.threat("P4")
def test_no_page_shows_it_again(told: Store, place: Place, engine: OneReader) -> None:
    with desk(place, with_tokens=False) as served:
        pages = (
            "/",
            "/history/2",
            "/history",
            "/decisions",
            "/api/case",
            "/api/states",
            "/api/feed",
        )
        assert CANARY.encode() in served.client.get("/history/2").body
        assert CANARY.encode() in served.client.get("/").body
        told.forget("Secret Post", NOTE)
        seen = {page: served.client.get(page) for page in pages}
        run([], told, engine, STARTED)
        seen |= {f"{page} told anew": served.client.get(page) for page in pages}
    assert [page for page, answer in seen.items() if CANARY.encode() in answer.body] == []
    assert (seen["/"].status, seen["/api/case"].status, seen["/history/2"].status) == (
        303,
        200,
        404,
    )
    assert (seen["/ told anew"].status, seen["/history told anew"].status) == (200, 200)


@pytest.mark.threat("P4")
def test_the_command_forgets_and_tells_again(
    told: Store, place: Place, consilience: Command
) -> None:
    ended = consilience("forget", place, "Secret Post", "--by", "Iris", "--reason", "on request")
    assert ended.code == 0, ended.err
    assert ended.out.startswith("forgotten; noted as decision 2\n")
    assert CANARY not in ended.out
    listed = consilience("decide", place, "list").out
    assert "Iris notes on “a document that was forgotten”: on request" in listed
    assert consilience("forget", place, "Secret Post", "--by", "Iris").code == 1
    assert consilience("forget", place, "Secret Post").code == 2
