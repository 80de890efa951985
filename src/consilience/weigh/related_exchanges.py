"""How two answers to who stand to each other: those held or let go."""

from consilience.records import RelationKind, Text
from consilience.weigh.related_actors import relate_actors
from consilience.weigh.sides import Judged, Side


def relate_exchanges(slot: str, a: Side, b: Side) -> Judged:
    """Those given for a captive, by what sort of people they are; numbers are asked elsewhere."""
    if isinstance(a.value, Text) and isinstance(b.value, Text):
        return relate_actors(slot, a, b)
    return RelationKind.COMPATIBLE, "nothing says that both cannot hold"
