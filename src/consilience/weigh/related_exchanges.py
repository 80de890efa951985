"""How two answers to who stand to each other: those held or let go."""

from consilience.records import RelationKind
from consilience.weigh.sides import Judged, Side


def relate_exchanges(slot: str, a: Side, b: Side) -> Judged:
    return RelationKind.COMPATIBLE, "nothing says that both cannot hold"
