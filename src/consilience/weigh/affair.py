"""What belongs to the course of the main event: a riot, the siege, the storming that ended it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from consilience.records import Case, Event, Passage, When

# An affair goes on for so many days before and after its gravest happening. By hand.
_COURSE_DAYS = (-10, 20)


def of_one_affair(case: Case) -> Case:
    """The case, its sentences and predicates of the whole course told of the main event.

    How many were killed, and who did, decided or caused what, is asked of a course as a whole; when
    and where is asked of each of its events.
    """
    main = case.events[0]
    joined = {event.id: main.id for event in case.events[1:] if _is_of(event, main)}
    if not joined:
        return case
    return replace(
        case,
        event_by_proposition=_told_of(case.event_by_proposition, joined),
        event_by_sentence=_sentences_of(case.event_by_sentence, joined),
    )


def _told_of(told: Mapping[str, str], joined: Mapping[str, str]) -> dict[str, str]:
    return {one: joined.get(event, event) for one, event in told.items()}


def _sentences_of(told: Mapping[Passage, str], joined: Mapping[str, str]) -> dict[Passage, str]:
    return {one: joined.get(event, event) for one, event in told.items()}


def _is_of(event: Event, main: Event) -> bool:
    """Whether an event lies in the course of the main one: near it in time, and in its place.

    A second attack has its own attackers.
    """
    if event.part_of_id == main.id:
        return True
    if event.kind == main.kind and event.kind != "event":
        return False
    is_placed = not event.where or not main.where or bool(set(event.where) & set(main.where))
    return is_placed and _is_near(main.when, event.when)


def _is_near(main: When | None, day: When | None) -> bool:
    if main is None or main.start is None or day is None or day.start is None:
        return day is None
    first, last = (timedelta(days=n) for n in _COURSE_DAYS)
    return first <= day.start - main.start <= last
