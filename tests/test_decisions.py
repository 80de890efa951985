"""Decisions found again by the words they hang on, and those that hold."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from consilience.decide.targets import target_of
from consilience.decisions import in_force, texts
from consilience.read import Reader
from consilience.records import Decision, DecisionKind, Kind, Passage, Quote, Reading
from consilience.resolve import entities
from consilience.resolve.decided import resolve_as_decided
from tests.factory import decision, document
from tests.small_cases import OneReader, page, tell

TEXT = "Lund left. Then Lund came back, said Ana."


def numbers(undone: list[int | None]) -> list[int]:
    return [number for number, _ in in_force([decision(undoes=n) for n in undone])]


def test_an_undo_can_itself_be_taken_back() -> None:
    assert numbers([None, None]) == [1, 2]
    assert numbers([None, 1]) == []
    assert numbers([None, 1, 2]) == [1]
    assert numbers([None, None, 1, 3, 4, 2]) == []


@given(st.lists(st.none() | st.integers(1, 8), max_size=8))
def test_whatever_is_said_what_is_undone_does_not_hold(undone: list[int | None]) -> None:
    holding = numbers(undone)
    assert all(undone[number - 1] is None for number in holding)
    if undone and undone[-1] is not None:
        assert undone[-1] not in holding


def test_words_are_found_where_they_stand_or_nearest_by_when_the_text_shifted() -> None:
    old, new = document(TEXT, "a.txt"), document("Update: " + TEXT, "a.txt")
    second = Quote(Passage(old.id, 16, 20), "a.txt", "Lund", "left. Then ", " came back")
    assert texts([old]).find(second) == Passage(old.id, 16, 20)
    assert texts([new]).find(second) == Passage(new.id, 24, 28)
    assert texts([document("Nobody.", "a.txt")]).find(second) is None
    assert texts([document(TEXT, "b.txt")]).find(second) is None


def renamed(reading: Reading) -> Reading:
    """As another version of the reader might call its chains, the last first."""

    def name(chain_id: str) -> str:
        return f"other-{chain_id[::-1]}"

    return replace(
        reading,
        mentions=tuple(replace(m, chain_id=name(m.chain_id)) for m in reading.mentions),
    )


def test_a_merge_of_other_kinds_holds_in_whatever_way_the_reader_calls_its_chains(
    engine: OneReader, reader: Reader
) -> None:
    story = "Ana Lund fled to Bergen on Monday. Olga Brandt, the mayor of Bergen, was told."
    dossier = tell(engine, page(story))
    documents = dossier.documents
    lund, brandt, bergen = (
        next(e for e in dossier.entities if e.name == name)
        for name in ("Ana Lund", "Olga Brandt", "Bergen")
    )
    targets = tuple(target_of(e, dossier) for e in (bergen, brandt, lund))
    said = Decision(DecisionKind.MERGE, targets, (), None, "Iris", "2031-01-01T00:00:00Z", "")
    for change in (lambda reading: reading, renamed):
        readings = {d.id: change(reader(d)) for d in documents}
        resolved = resolve_as_decided(documents, readings, [(1, said)])
        (one,) = entities(documents, resolved.readings, resolved.judgements)
        assert one.kind is Kind.PLACE
        assert one.names == ("Ana Lund", "Bergen", "Olga Brandt")
