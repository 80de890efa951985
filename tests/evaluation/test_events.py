"""The scorer of events reads its marks and counts what is right."""

from consilience.dates import when_of
from consilience.records import Event
from evaluation.events import Mark, Outcome, tally, unmarked, wrong


def event(id_: str, day: str, part_of: str | None = None) -> Event:
    return Event(id_, id_, "attack", when_of(day), (), (), part_of, ())


def outcome(**told: str | None) -> Outcome:
    """A bombing `a` of 3 May, a death `b` of 4 May that is part of it, and habit `-`."""
    letters = {"bomb": "a", "death": "b", "habit": "-"}
    marks = tuple(Mark(f"x:{k}", letters[k], k, event_id) for k, event_id in told.items())
    expected = {
        "main": "a",
        "events": {"a": {"day": "2024-05-03"}, "b": {"day": "2024-05-04", "part_of": "a"}},
    }
    events = (event("e1", "2024-05-03"), event("e2", "2024-05-04", "e1"))
    return Outcome("x", expected, marks, events)


def test_marks_are_taken_out_and_their_places_kept() -> None:
    plain, spans = unmarked("A bomb [went off|a]. Bombs often [do|-].")
    assert plain == "A bomb went off. Bombs often do."
    assert [(plain[s:e], letter) for s, e, letter in spans] == [("went off", "a"), ("do", "-")]


def test_all_right_is_counted_as_all() -> None:
    assert tally(outcome(bomb="e1", death="e2", habit=None)) == {
        "main event": (1, 1),
        "day of an event": (2, 2),
        "part of its whole": (1, 1),
        "no event kept out": (1, 1),
    }


def test_a_part_taken_for_the_whole_and_a_habit_for_an_event_are_wrong() -> None:
    assert tally(outcome(bomb="e1", death="e1", habit="e1")) == {
        "main event": (1, 1),
        "day of an event": (1, 2),
        "part of its whole": (0, 1),
        "no event kept out": (0, 1),
    }


def test_events_are_shown_with_the_letters_they_were_given() -> None:
    assert wrong(outcome(bomb="e1", death="e1", habit=None)) == [
        "x: main e1",
        "  e1 (2024-05-03, part of None): bomb|a death|b",
        "  no event (None, part of None): habit|-",
    ]
