"""How two answers to with what stand to each other."""

from consilience.records import RelationKind
from consilience.weigh.sides import Judged, Side


def relate_weapons(a: Side, b: Side) -> Judged:
    return RelationKind.COMPATIBLE, "nothing says that both cannot hold"
