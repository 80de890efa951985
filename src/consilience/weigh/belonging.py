"""Whose toll a figure is: of the event told of, or of the main one that it followed."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from consilience.records import Event, When
from consilience.weigh.asked import AskedPage
from consilience.weigh.figure import OFFER, Figure

# The dead, hurt and held of these many days after the event are counted among its own: tolls are
# brought up to date for about as long.
_AFTERMATH_DAYS = 10
# Other things are counted over the course of an affair (a strike, a search), from and to these
# days, but for what another grave event of its own left behind.
_COURSE_DAYS = (-30, 30)
# Two sides bargain long before a strike, and after it.
_BARGAIN_DAYS = (-120, 60)
# A fire some days after a sinking has its own dead.
_OF_ITS_OWN = frozenset({"attack", "disaster", "accident", "fire", "storm", "abduction"})
GRAVE = frozenset({"attack", "disaster", "accident", "fire", "storm", "abduction", "deaths"})

Counted = tuple[Figure, Event]


def belonging(page: AskedPage, figures: Iterable[Figure], events: Mapping[str, Event]
              ) -> list[Counted]:  # fmt: skip
    """Each figure with its event; one reported days later is still a toll of the main event."""
    told = ((f, events.get(page.event_of(f.proposition, f.sentence) or "")) for f in figures)
    main = page.case.events[0]
    return [(f, main if _is_part(f, event, main) else event) for f, event in told if event]


def _is_part(figure: Figure, event: Event, main: Event) -> bool:
    if figure.slot.startswith("count:"):
        days = _BARGAIN_DAYS if figure.topic == OFFER else _COURSE_DAYS
        return event.kind not in GRAVE and _is_near(main.when, event.when, days)
    if figure.slot == "detained" and event.kind == "release":
        # Those who are freed were held before.
        return False
    is_other = event.kind in _OF_ITS_OWN and event.id != main.id
    is_near = _is_near(main.when, event.when, (0, _AFTERMATH_DAYS))
    return event.part_of_id == main.id or (is_near and not is_other)


def _is_near(main: When | None, day: When | None, days: tuple[int, int]) -> bool:
    if main is None or day is None or main.start is None or day.start is None:
        return False
    return timedelta(days=days[0]) <= day.start - main.start <= timedelta(days=days[1])
