"""What is asked for by words, phrases and what must not be there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consilience.errors import InputError
from consilience.store.words import Term
from consilience.tell.lookup import lookup
from consilience.web.search import QUERY_MAX, claims_found, parse_query, passages_found
from consilience.web.served import ServedCase


@pytest.fixture(scope="module")
def case(told_case: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedCase]:
    path = tmp_path_factory.mktemp("search") / "ferry.db"
    path.write_bytes(told_case.read_bytes())
    opened = ServedCase(path)
    yield opened
    opened.close()


def words(case: ServedCase, query: str) -> list[str]:
    book = lookup(case.snapshot().dossier)
    return [book.words(passage) for passage in passages_found(case, query, 10)]


def test_a_query_is_words_phrases_beginnings_and_what_must_not_be() -> None:
    wanted = parse_query('ferry “nine dead” -crew -"the sea" alarm* O\'Neil')
    assert wanted.terms == (
        Term(("ferry",)),
        Term(("nine", "dead")),
        Term(("alarm",), is_beginning=True),
        Term(("O", "Neil")),
    )
    assert wanted.without == (Term(("crew",)), Term(("the", "sea")))


@pytest.mark.parametrize("query", ["", " ", '""', "-crew", "* ( ) :", "_", "a" * (QUERY_MAX + 1),
                                   " ".join("abcdefghijklmnopqrstuvwxyz")])  # fmt: skip
def test_what_finds_nothing_by_any_chance_is_refused(query: str) -> None:
    with pytest.raises(InputError):
        parse_query(query)


@pytest.mark.threat("W4")
@given(st.text(max_size=QUERY_MAX))
def test_any_query_is_searched_for_or_refused(query: str) -> None:
    try:
        wanted = parse_query(query)
    except InputError:
        return
    assert wanted.terms
    assert all(word.strip() for term in wanted.terms for word in term.words)


def test_sentences_are_found_by_what_they_hold(case: ServedCase) -> None:
    assert words(case, "sounded alarm") == [
        '"Nobody sounded the alarm," said Ines Marabe, a passenger.'
    ]
    assert len(words(case, "marabe")) == 3
    assert len(words(case, "marabe -police")) == 2
    assert words(case, "“ferry burned”")[0].startswith("Fourteen people were killed")


def test_claims_are_found_by_value_words_and_outlet(case: ServedCase) -> None:
    snapshot = case.snapshot()
    every = claims_found(snapshot, None)
    assert every == snapshot.dossier.claims
    killed = claims_found(snapshot, None, "killed")
    assert {c.slot for c in killed} == {"killed"}
    later = claims_found(snapshot, "killed harbour post")
    assert {c.passage.document_id for c in later} == {"Harbour Post"}
    assert claims_found(snapshot, "killed", document="Callis Herald")
    assert claims_found(snapshot, "zeppelin") == ()
