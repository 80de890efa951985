"""One candidate as it meets another."""

from dataclasses import dataclass

from consilience.records import Entity, RelationKind, Value, When


@dataclass(frozen=True, slots=True)
class Side:
    """One candidate as it meets another: its value, who holds it, when it was first said."""

    value: Value
    document_ids: frozenset[str]
    first_said: When | None
    # The entity that the value names.
    entity: Entity | None = None
    # A part of a larger figure that each of its documents gives for the same slot.
    is_part: bool = False
    # A later document says that the figure was wrong.
    is_retracted: bool = False
    # It counts what stood or waited at a time, not what was done.
    is_state: bool = False


Judged = tuple[RelationKind, str]
