"""How two answers to who stand to each other: those who did or decided it."""

from consilience.records import RelationKind
from consilience.weigh.sides import Judged, Side


def relate_actors(slot: str, a: Side, b: Side) -> Judged:
    return RelationKind.COMPATIBLE, "nothing says that both cannot hold"
