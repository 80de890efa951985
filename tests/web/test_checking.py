"""Sentences held against a served case: an answer is held for as long as the case is the same."""

import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from consilience.decide.verbs import analyst, reject
from consilience.pipeline import run
from consilience.store import open_store
from consilience.web.served import ServedCase
from consilience.web.writing import ANSWERS_HELD, HeldAnswers, OneReader
from tests.small_cases import STARTED, page, raw
from tests.small_cases import OneReader as Engine

SAID = "Fourteen people were killed."


@pytest.fixture
def case(case_file: Path) -> Iterator[ServedCase]:
    with closing(ServedCase(case_file)) as served:
        yield served


@pytest.fixture(scope="module")
def asker() -> OneReader:
    return OneReader()


def test_a_sentence_is_answered_from_what_is_held_and_the_same(
    case: ServedCase, asker: OneReader
) -> None:
    asker.checked(case.asked(), "Nobody was hurt.")  # loads the encoder
    begun = time.process_time()
    first = asker.checked(case.asked(), SAID)
    once_s, begun = time.process_time() - begun, time.process_time()
    for _ in range(100):
        assert asker.checked(case.asked(), f"  {SAID} ") is first
    again_s = (time.process_time() - begun) / 100
    assert again_s < once_s / 5
    assert OneReader().checked(case.asked(), SAID) == first


def test_a_decision_is_heeded_at_once(case: ServedCase, asker: OneReader) -> None:
    before = asker.checked(case.asked(), SAID)
    assert before["standing"] == "supported"
    finding = next(f for f in case.asked().dossier.findings if f.slot == "killed")
    who = analyst("Iris", "miscounted", datetime.now(UTC))
    decision = reject(who, case.asked().dossier, (finding.id,), "14")
    case.add_decision(decision, case.version())
    after = asker.checked(case.asked(), SAID)
    assert after["standing"] != "supported"


def test_what_another_process_tells_is_heeded(
    case: ServedCase, asker: OneReader, engine: Engine
) -> None:
    said = "Sixteen people were killed."
    before = asker.checked(case.asked(), said)
    third = (
        "PORT CALLIS, March 9, 2031 - Sixteen people were killed when the ferry burned, police"
        " said."
    )
    with closing(open_store(case.path)) as store:
        run([raw(page(third, "Vale Times", "2031-03-09"))], store, engine, STARTED)
    after = asker.checked(case.asked(), said)
    assert (before["standing"], after["standing"]) == ("disputed", "supported")


def test_so_many_answers_are_held_and_no_more(case: ServedCase) -> None:
    held, asked = HeldAnswers(), case.asked()
    for n in range(ANSWERS_HELD + 1):
        held.keep(asked, f"Sentence {n}.", {"n": n})
        assert held.find(asked, f"Sentence {n}.") == {"n": n}
    assert held.find(asked, "Sentence 0.") is None
    assert held.find(asked, "Sentence 1.") == {"n": 1}
