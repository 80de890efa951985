"""What a finding asks, as a reader would put it."""

import pytest

from consilience.records import Comparator, Entity, Event, Kind, Quantity, Text
from consilience.weigh.questions import ask
from tests.small_cases import OneReader, page, tell

TWO = Quantity(2, 2, Comparator.EXACTLY, "person")
RAID = Event("v1", "Raid in Arlow", "attack", None, (), (), None, ())
FINE = Event("v2", "The company was fined", "event", None, (), (), None, ())
VOTE = Event("v3", "Vote in Arlow", "vote", None, (), (), None, ())
LIND = Entity("e1", Kind.PERSON, "Anna Lind", ("Anna Lind",), ())


@pytest.mark.parametrize(
    ("slot", "subject", "asked"),
    [
        ("agent", RAID, "Who carried out the raid?"),
        ("decided_by", RAID, "Who decided the raid?"),
        ("decided_by", FINE, "Who decided it?"),
        ("agent", VOTE, "Who won?"),
        ("patient", RAID, "Who was attacked?"),
        ("cause", RAID, "How did it begin, or why?"),
        ("nationality", LIND, "Of what nationality is Anna Lind?"),
        ("status", LIND, "What became of Anna Lind?"),
    ],
)
def test_a_question_names_what_it_is_about(slot: str, subject: Event | Entity, asked: str) -> None:
    assert ask(slot, "", subject, Text("x")) == asked


def test_how_many_were_freed_is_another_question_than_who_was() -> None:
    assert ask("freed", "", RAID, TWO) == "How many people were freed or rescued?"
    assert ask("freed", "", RAID, Text("two soldiers")) == "Who was freed in exchange?"


def test_what_is_counted_is_asked_with_its_verb() -> None:
    assert ask("count:bullet", "fire", RAID, TWO) == "How many bullets (fire)?"
    asked = ask("count:bullet", "fire", RAID, TWO, verb="were fired")
    assert asked == "How many bullets were fired?"


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Police fired 62 rounds at the crowd in Corrin.", "How many rounds were fired?"),
        ("In Corrin 62 rounds were fired at the crowd.", "How many rounds were fired?"),
        ("Some 300 officers searched the forest at Corrin.", "How many officers searched?"),
        ("Neighbours in Corrin heard 20 gunshots.", "How many gunshots were heard?"),
        ("About 40 homes collapsed in Corrin.", "How many homes collapsed?"),
        ("Police are seeking 14 officers in Corrin.", "How many officers (seek)?"),
    ],
)
def test_the_verb_is_asked_with_as_it_was_written(
    text: str, question: str, engine: OneReader
) -> None:
    asked = [f.question for f in tell(engine, page(text)).findings if f.slot.startswith("count:")]
    assert asked == [question]
