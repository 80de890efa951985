"""Who may ask, and what was handed in: kept through anything, and never twice."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from consilience.errors import ConflictError, InputError, StoreError
from consilience.places import Place
from consilience.records import Document, Failure
from consilience.store import Role, Session, Token, open_register, open_store
from consilience.store.migrations import MIGRATIONS
from consilience.store.register import SESSIONS_MAX, Addition, AdditionStatus, Register
from tests.factory import READER, document, failure, reading
from tests.store.earlier import set_back

NOW = "2031-01-01T00:00:00Z"
ANNA = Token("Anna", Role.ANNOTATE, "0" * 64, NOW, "2031-02-01T00:00:00Z")


def hand_in(
    register: Register, name: str, raw: bytes, by: str, *, replaces: bool = False
) -> Addition:
    (made,) = register.hand_in([(name, raw)], by, NOW, replaces=replaces)
    return made


@pytest.fixture(params=["in a file", "in PostgreSQL"])
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    place: Place = tmp_path / "case.db"
    if request.param == "in PostgreSQL":
        place = request.getfixturevalue("postgres_case")
    open_store(place).close()
    return place


@pytest.fixture
def register(case: Place) -> Iterator[Register]:
    opened = open_register(case)
    yield opened
    opened.close()


def take_up(register: Register, case: Place, of: Addition, outcome: Document | Failure) -> None:
    store = open_store(case)
    store.add_input(of.name, store.raw(of.sha256), "1", [outcome])
    store.close()
    register.take_up([of.number])


def test_a_token_is_kept_until_it_is_revoked(register: Register, case: Place) -> None:
    register.add_token(ANNA)
    other = open_register(case)
    assert other.tokens() == (ANNA,)
    assert (other.revoke("Anna"), other.revoke("Anna"), register.tokens()) == (True, False, ())
    other.close()


def test_a_name_has_one_token(register: Register) -> None:
    register.add_token(ANNA)
    with pytest.raises(InputError, match="Anna: has a token already"):
        register.add_token(ANNA)


def test_what_is_handed_in_waits_once(register: Register, case: Place) -> None:
    first = hand_in(register, "a.txt", b"One.", "Iris")
    assert hand_in(register, "a.txt", b"One.", "Anna") == first
    assert register.waiting() == ((first, b"One."),)
    take_up(register, case, first, document("One."))
    assert register.waiting() == ()


def test_other_bytes_under_a_name_take_its_place_only_where_that_is_said(
    register: Register,
) -> None:
    hand_in(register, "a.txt", b"One.", "Iris")
    with pytest.raises(ConflictError, match="what Iris added on 2031-01-01 00:00"):
        hand_in(register, "a.txt", b"Two.", "Anna")
    assert [a.added_by for a in register.additions()] == ["Iris"]
    assert hand_in(register, "a.txt", b"Two.", "Anna", replaces=True).added_by == "Anna"


def test_of_several_handed_in_together_all_are_kept_or_none(register: Register) -> None:
    hand_in(register, "b.txt", b"Two.", "Iris")
    with pytest.raises(ConflictError, match=r"b\.txt"):
        register.hand_in([("a.txt", b"One."), ("b.txt", b"Other.")], "Anna", NOW)
    assert [a.name for a in register.additions()] == ["b.txt"]


def test_a_name_that_a_run_gave_is_taken_too(register: Register, case: Place) -> None:
    store = open_store(case)
    store.add_input("a.txt", b"One.", "1", [document("One.")])
    store.close()
    with pytest.raises(ConflictError, match="what stands under that name"):
        hand_in(register, "a.txt", b"Two.", "Anna")
    assert hand_in(register, "a.txt", b"One.", "Anna").status is AdditionStatus.TAKEN


def test_what_cannot_be_used_is_told_again_and_is_in_no_ones_way(
    register: Register, case: Place
) -> None:
    first = hand_in(register, "a.txt", b"One.", "Iris")
    take_up(register, case, first, failure("a.txt"))
    again = hand_in(register, "a.txt", b"One.", "Iris")
    assert (again.number, again.status, again.error) == (1, "failed", failure("a.txt").error)
    assert hand_in(register, "a.txt", b"Two.", "Anna").status is AdditionStatus.WAITING


def test_what_ends_the_reader_comes_alone_and_is_then_left_out(
    register: Register, case: Place
) -> None:
    bad, good = (hand_in(register, n, n.encode(), "Iris") for n in ("bad.txt", "good.txt"))
    register.count_crash([bad.number, good.number])
    assert [one for one, _ in register.waiting()] == [bad]
    register.count_crash([bad.number])
    assert [one for one, _ in register.waiting()] == [good]
    take_up(register, case, good, document("Good.", "good.txt"))
    assert [(a.name, a.status) for a in register.additions()] == [
        ("bad.txt", "failed"),
        ("good.txt", "taken"),
    ]
    assert register.additions()[0].error == (
        "bad.txt: ended the reader suddenly each time; left out"
    )
    assert hand_in(register, "bad.txt", b"bad.txt", "Iris").status is AdditionStatus.WAITING


def test_sessions_end_with_their_token_their_time_or_by_themselves(register: Register) -> None:
    register.add_token(ANNA)
    first, second = (Session(c * 64, ANNA.sha256, "2031-03-07T22:00:00Z") for c in "ab")
    for one in (first, second):
        register.begin_session(one, "2031-03-07T10:00:00Z")
    assert register.find_session(first.sha256) == first
    register.end_session(first.sha256)
    assert register.find_session(first.sha256) is None
    third = Session("c" * 64, "f" * 64, "2031-03-08T22:00:00Z")
    register.begin_session(third, "2031-03-07T22:00:00Z")
    assert register.find_session(second.sha256) is None
    register.begin_session(first, "2031-03-07T10:00:00Z")
    register.revoke(ANNA.name)
    assert register.find_session(first.sha256) is None
    assert register.find_session(third.sha256) == third


@pytest.mark.slow
def test_of_too_many_sessions_those_that_end_first_are_dropped(register: Register) -> None:
    for n in range(SESSIONS_MAX + 2):
        until = f"2031-03-07T{n // 60:02}:{n % 60:02}:00Z"
        register.begin_session(Session(f"{n:064}", "f" * 64, until), "2031-03-06T00:00:00Z")
    held = [register.find_session(f"{n:064}") is not None for n in range(SESSIONS_MAX + 2)]
    assert held == [False, False] + [True] * SESSIONS_MAX


def test_there_is_no_register_without_a_case(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such case"):
        open_register(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


def test_a_case_of_schema_4_lets_others_in_and_loses_nothing(tmp_path: Path) -> None:
    path, page = tmp_path / "old.db", document("One.")
    store = open_store(path)
    store.add_input(page.name, b"One.", "1", [page])
    store.add_reading(page, READER, reading(page))
    store.close()
    set_back(path, 4)
    register = open_register(path)
    register.add_token(ANNA)
    hand_in(register, "b.txt", b"Two.", "Iris")
    register.close()
    store = open_store(path)
    assert (store.documents(), store.readings(READER)) == ((page,), (reading(page),))
    assert store.told_basis() is None
    store.close()
    assert apsw.Connection(str(path)).pragma("user_version") == len(MIGRATIONS)


def test_the_bytes_handed_in_are_those_that_become_an_input(
    register: Register, case: Place
) -> None:
    hand_in(register, "a.txt", b"One.", "Iris")
    store = open_store(case)
    assert store.raw(hashlib.sha256(b"One.").hexdigest()) == b"One."
    store.close()
