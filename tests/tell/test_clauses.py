"""Clauses cut from sentences of invented pages."""

import pytest

from consilience.pipeline import run
from consilience.read import reader_version
from consilience.records import Document, Passage, Reading
from consilience.store import open_store
from consilience.tell.clauses import inner_clauses
from tests.small_cases import STARTED, OneReader, page, raw


def read(engine: OneReader, text: str) -> tuple[Document, Reading]:
    store = open_store(None)
    run([raw(page(text))], store, engine, STARTED)
    return store.documents()[0], store.readings(reader_version())[0]


@pytest.mark.parametrize(
    ("text", "toll", "told"),
    [
        (
            "Eleven people died when the footbridge at Stenning collapsed on Sunday, the coroner, "
            "Ilse Varga, said on Wednesday.",
            "Eleven people died",
            ["the footbridge at Stenning collapsed on Sunday"],
        ),
        (
            "A train hit a bus at the crossing in Corrin on Friday, killing six passengers, police "
            "said.",
            "killing six passengers",
            ["A train hit a bus at the crossing in Corrin on Friday"],
        ),
        ("Six people died when they tried to cross the river Tamm.", "Six people died", []),
        ("Six people were killed in Corrin on Friday.", "Six people were killed", []),
    ],
)
def test_what_happened_is_cut_from_beside_its_toll(
    engine: OneReader, text: str, toll: str, told: list[str]
) -> None:
    document, reading = read(engine, text)
    at = text.index(toll)
    tolls = [Passage(document.id, at, at + len(toll))]
    found = inner_clauses(document, reading, reading.sentences[0], tolls)
    assert [text[c.start : c.end] for c in found] == told
