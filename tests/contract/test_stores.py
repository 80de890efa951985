"""One suite for every store."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from consilience.errors import ConflictError, NotFoundError
from consilience.interchange import dossier_to_json, dumps
from consilience.records import About, Change, Verdict
from consilience.store import Store, Version, open_store
from tests.factory import (
    READER,
    decision,
    document,
    dossier,
    failure,
    judgement,
    reading,
    started,
)

FIRE = document("Marta Oduya saw the fire.", "b.txt")
FLOOD = document("Iven Sall saw the flood.", "a.txt")


@pytest.fixture(params=["in memory", "in a file", "in PostgreSQL"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    opened = open_store(
        {
            "in memory": lambda: None,
            "in a file": lambda: tmp_path / "case.db",
            "in PostgreSQL": lambda: request.getfixturevalue("postgres_case"),
        }[request.param]()
    )
    yield opened
    opened.close()


def add(store: Store, *names_and_texts: tuple[str, str]) -> None:
    """Give all these at once, as one run does."""
    for name, text in names_and_texts:
        store.add_input(name, text.encode(), "1", [document(text, name)])
    store.supersede((name, sha256_of(text)) for name, text in names_and_texts)


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_documents_come_back_whole_in_the_order_of_their_names(store: Store) -> None:
    store.add_input("b.txt", b"b", "1", [FIRE])
    store.add_input("a.txt", b"a", "1", [FLOOD])
    assert store.documents() == (FLOOD, FIRE)


def test_many_documents_of_one_input_keep_their_order(store: Store) -> None:
    many = [document(f"Report {n}.", "feed.jsonl") for n in range(12)]
    store.add_input("feed.jsonl", b"feed", "1", many)
    assert store.documents() == tuple(many)


def test_an_input_given_twice_is_stored_once(store: Store) -> None:
    add(store, ("a.txt", "One."), ("a.txt", "One."))
    assert len(store.documents()) == 1


def test_of_two_documents_with_one_id_the_first_counts_and_the_other_is_a_failure(
    store: Store,
) -> None:
    store.add_input("y.jsonl", b"y", "1", [FIRE, FLOOD])
    store.add_input("x.jsonl", b"x", "1", [FIRE])
    assert store.documents() == (FIRE, FLOOD)
    assert [f.error for f in store.failures(READER)] == [
        f"b.txt: id {FIRE.id} is taken; give every document its own"
    ]


def test_new_bytes_under_a_name_take_the_place_of_the_old(store: Store) -> None:
    add(store, ("a.txt", "Eight are missing."), ("b.txt", "Other."))
    add(store, ("a.txt", "Nine are missing."))
    assert [d.text for d in store.documents()] == ["Nine are missing.", "Other."]


def test_two_inputs_of_one_name_count_both_when_both_are_given(store: Store) -> None:
    add(store, ("a.txt", "Eight."), ("a.txt", "Nine."))
    assert {d.text for d in store.documents()} == {"Eight.", "Nine."}


def test_old_bytes_that_return_count_again(store: Store) -> None:
    add(store, ("a.txt", "Eight."))
    add(store, ("a.txt", "Nine."))
    assert store.has_input("a.txt", sha256_of("Eight."), "1")
    store.supersede([("a.txt", sha256_of("Eight."))])
    assert [d.text for d in store.documents()] == ["Eight."]


def test_an_input_is_known_by_its_name_its_bytes_and_what_ingested_it(store: Store) -> None:
    add(store, ("a.txt", "One."))
    assert store.has_input("a.txt", sha256_of("One."), "1")
    assert not store.has_input("b.txt", sha256_of("One."), "1")
    assert not store.has_input("a.txt", sha256_of("Two."), "1")
    assert not store.has_input("a.txt", sha256_of("One."), "2")


def test_the_bytes_as_given_are_kept_even_after_they_were_replaced(store: Store) -> None:
    add(store, ("a.txt", "One."))
    add(store, ("a.txt", "Two."))
    assert store.raw(sha256_of("One.")) == b"One."
    with pytest.raises(NotFoundError):
        store.raw("0" * 64)


def test_a_document_is_unread_until_this_reader_has_read_it(store: Store) -> None:
    store.add_input("b.txt", b"b", "1", [FIRE])
    store.add_input("a.txt", b"a", "1", [FLOOD])
    store.add_reading(FIRE, READER, reading(FIRE))
    assert store.unread_documents(READER) == (FLOOD,)
    assert store.unread_documents("a newer one") == (FLOOD, FIRE)
    assert store.readings(READER) == (reading(FIRE),)


def test_a_document_that_changed_under_its_id_is_unread_again(store: Store) -> None:
    store.add_input("b.txt", b"b", "1", [FIRE])
    store.add_reading(FIRE, READER, reading(FIRE))
    store.add_input("b.txt", b"b", "2", [replace(FIRE, text="Ingested anew.", parts=())])
    assert len(store.unread_documents(READER)) == 1
    assert store.readings(READER) == ()


def test_what_could_not_be_read_is_reported_and_not_tried_again(store: Store) -> None:
    store.add_input("b.txt", b"b", "1", [FIRE, failure("b.txt")])
    store.add_reading(FIRE, READER, failure("b.txt", "read"))
    assert store.unread_documents(READER) == ()
    assert store.readings(READER) == ()
    assert store.failures(READER) == (failure("b.txt"), failure("b.txt", "read"))


def test_a_failure_goes_when_its_input_is_mended(store: Store) -> None:
    store.add_input("a.txt", b"", "1", [failure("a.txt")])
    assert store.failures(READER) == (failure("a.txt"),)
    add(store, ("a.txt", "Mended."))
    assert store.failures(READER) == ()


def test_judgements_that_stand_are_stored_once_however_often_they_are_made(store: Store) -> None:
    same, more = judgement("a", "b"), judgement("a", "b", Verdict.DIFFERENT)
    for _ in range(3):
        store.hold_judgements([same, more, same])
    assert store.judgements() == (same, more)


def test_what_was_believed_earlier_can_be_seen_after_it_was_withdrawn(store: Store) -> None:
    old, new = judgement("a", "b"), judgement("a", "b", Verdict.DIFFERENT)
    store.hold_judgements([old, judgement("b", "c")])
    then = datetime.now(UTC)
    store.hold_judgements([judgement("b", "c"), new])
    assert store.judgements() == (judgement("b", "c"), new)
    assert store.judgements(then) == (old, judgement("b", "c"))
    assert store.judgements(datetime(2001, 1, 1, tzinfo=UTC)) == ()
    store.hold_judgements([old])
    assert store.judgements() == (old,)


def test_decisions_are_numbered_as_they_are_made_and_none_is_lost(store: Store) -> None:
    first, second = decision(), decision(undoes=1)
    assert [store.add_decision(d) for d in (first, second, first)] == [1, 2, 3]
    assert store.decisions() == (first, second, first)


def test_a_list_of_known_people_takes_the_place_of_one_of_its_name(store: Store) -> None:
    store.add_known("b.csv", b"old")
    store.add_known("a.csv", b"one")
    store.add_known("b.csv", b"new")
    assert store.known() == (("a.csv", b"one"), ("b.csv", b"new"))


def test_the_last_dossier_comes_back_and_one_that_says_the_same_is_left_out(store: Store) -> None:
    assert store.last_dossier() is None
    first, second = dossier(FIRE), dossier(FIRE, FLOOD)
    store.add_dossier(first)
    store.add_dossier(started(first, "2031-02-02T00:00:00Z"))
    assert store.last_dossier() == first
    store.add_dossier(second)
    assert store.last_dossier() == second


def test_a_decision_on_a_case_that_went_on_is_refused(store: Store) -> None:
    seen = store.version()
    assert store.add_decision(decision(), seen) == 1
    with pytest.raises(ConflictError):
        store.add_decision(decision(), seen)
    assert len(store.decisions()) == 1
    assert store.add_decision(decision(), store.version()) == 2


def test_the_version_counts_states_and_decisions(store: Store) -> None:
    assert store.version() == Version(0, 0)
    store.add_dossier(dossier(FIRE))
    store.add_decision(decision())
    store.add_dossier(dossier(FIRE, FLOOD))
    assert store.version() == Version(2, 1)
    assert [store.state(n).dossier.documents for n in (1, 2)] == [(FIRE,), (FIRE, FLOOD)]
    for number in (0, 3):
        with pytest.raises(NotFoundError, match="the case has 2"):
            store.state(number)


def test_what_an_account_is_made_of_changes_with_each_thing_it_is_made_of(store: Store) -> None:
    found = [store.basis("1")]
    add(store, ("a.txt", "One."))
    found.append(store.basis("1"))
    add(store, ("a.txt", "Two."))
    found.append(store.basis("1"))
    store.add_decision(decision())
    found.append(store.basis("1"))
    store.add_known("people.csv", b"id,name\n")
    found += [store.basis("1"), store.basis("2")]
    assert len(set(found)) == len(found)
    assert store.basis("1") == found[-2]


def test_an_account_tells_of_what_it_was_made_of(store: Store) -> None:
    assert store.told_basis() is None
    store.add_dossier(dossier(FIRE), "one")
    store.add_dossier(dossier(FIRE), "two")
    assert (store.told_basis(), store.version().n_states) == ("two", 1)
    store.add_dossier(dossier(FLOOD))
    assert store.told_basis() is None


def test_the_original_of_a_document_is_the_input_it_comes_from(store: Store) -> None:
    feed = [document(f"Report {n}.", "feed.jsonl") for n in range(2)]
    store.add_input("feed.jsonl", b"feed", "1", feed)
    assert [store.original(one.id) for one in feed] == [b"feed", b"feed"]
    with pytest.raises(NotFoundError):
        store.original("nothing")


def test_a_state_says_in_one_line_what_it_holds(store: Store) -> None:
    new = Change(About.DOCUMENT, "New document: b.txt")
    store.add_dossier(replace(dossier(FIRE, FLOOD), changes=(new,)))
    line = store.state_line(1)
    assert (line.number, line.n_documents, line.n_origins, line.changes) == (1, 2, 0, (new,))
    assert store.state_json(1) == dumps(dossier_to_json(store.state(1).dossier))
    for called in (store.state_line, store.state_json):
        with pytest.raises(NotFoundError):
            called(2)


def test_sentences_are_those_of_the_readings(store: Store) -> None:
    store.add_input("b.txt", b"b", "1", [FIRE])
    store.add_input("a.txt", b"a", "1", [FLOOD])
    for one in (FIRE, FLOOD):
        store.add_reading(one, READER, reading(one))
    expected = [s for r in store.readings(READER) for s in r.sentences]
    assert [*store.sentences(READER)] == expected
    assert store.sentences("another") == ()
