"""One candidate as it meets another."""

from dataclasses import dataclass
from datetime import timedelta

from consilience.records import Entity, RelationKind, Value, When
from consilience.weigh.acts import Act
from consilience.weigh.counted import Topic


@dataclass(frozen=True, slots=True)
class Side:
    """One candidate as it meets another: its value, who holds it, when it was first said."""

    value: Value
    document_ids: frozenset[str]
    first_said: When | None
    # But for a document that gives a larger figure beside it.
    last_said: When | None = None
    # The entity that the value names.
    entity: Entity | None = None
    # The documents in which a place is named.
    named_in: frozenset[str] = frozenset()
    # The words of each claim, in the order of the documents.
    words: tuple[str, ...] = ()
    # The sentence of each claim.
    sentences: tuple[str, ...] = ()
    # Each document with what a figure was counted in there.
    counted_in: tuple[tuple[str, Topic], ...] = ()
    # The numbers of dead that its documents give.
    dead: frozenset[float] = frozenset()
    # A part of a larger figure that each of its documents gives for the same slot.
    is_part: bool = False
    # A later document says that the figure was wrong.
    is_retracted: bool = False
    # It counts what stood or waited at a time, not what was done.
    is_state: bool = False
    # The offices that documents give the entity.
    titles: frozenset[str] = frozenset()
    # Who says so, by id or name.
    speakers: frozenset[str] = frozenset()
    # What they are said to have done, of each who does.
    acts: tuple[Act, ...] = ()
    # Each document with the voice in which it says so, none where it does itself.
    voices: frozenset[tuple[str, str | None]] = frozenset()
    # A document says that the entity stood behind what others decided.
    is_backer: bool = False
    # Somebody's words name the day of a time, and not only its hour.
    is_day_named: bool = True
    # What it is said of goes on for days.
    is_lasting: bool = False


Judged = tuple[RelationKind, str]


def is_before(a: When | None, b: When | None) -> bool:
    """Whether the first was said before the second, as far as their dates are known.

    Of two stretches of days that overlap, the one that ends earlier and lies earlier by its middle.
    """
    if a is None or b is None:
        return False
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return False
    lies_earlier = a.start + (a.end - a.start) / 2 < b.start + (b.end - b.start) / 2
    return a.end <= b.start or (a.end < b.end and lies_earlier)


def is_wholly_before(a: Side, b: Side, by: timedelta) -> bool:
    """Whether the last to say one thing did so that long before the first to say the other."""
    last, first = a.last_said, b.first_said
    if last is None or first is None or last.end is None or first.start is None:
        return False
    return first.start - last.end >= by
