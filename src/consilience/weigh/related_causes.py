"""How two answers to who stand to each other: how it began, or with what."""

from consilience.records import RelationKind
from consilience.weigh.sides import Judged, Side


def relate_causes(slot: str, a: Side, b: Side) -> Judged:
    return RelationKind.COMPATIBLE, "nothing says that both cannot hold"
