"""How two answers to one question stand to each other, and why, in words a reader understands.

The default is restraint: what can be true together is compatible. An update needs a count that
was open, a later date and a value that moved the way such counts move.
"""

from consilience.records import (
    EntityRef,
    Quantity,
    RelationKind,
    Text,
    Truth,
    When,
)
from consilience.weigh.related_actors import relate_actors
from consilience.weigh.related_causes import relate_causes
from consilience.weigh.related_deciders import relate_deciders
from consilience.weigh.related_exchanges import relate_exchanges
from consilience.weigh.related_figures import relate_figures
from consilience.weigh.related_offices import relate_offices
from consilience.weigh.related_people import relate_ages
from consilience.weigh.related_places import relate_places
from consilience.weigh.related_times import relate_times
from consilience.weigh.related_weapons import relate_weapons
from consilience.weigh.sides import Judged, Side


def relate(slot: str, a: Side, b: Side) -> Judged:
    """The relation of two values of one slot, whichever way round they are given."""
    if a.value == b.value:
        return RelationKind.SAME, "one value"
    match a.value, b.value:
        case Quantity() as left, Quantity() as right if slot == "age":
            return relate_ages(a, b, left, right)
        case Quantity() as left, Quantity() as right:
            return relate_figures(slot, a, b, left, right)
        case When() as left_time, When() as right_time:
            return relate_times(a, b, left_time, right_time)
        case Text() as left_text, Text() as right_text if slot == "title":
            return relate_offices(a, b, left_text.text, right_text.text)
        case _ if slot == "decided_by":
            return relate_deciders(a, b)
        case _ if slot in ("agent", "patient"):
            return relate_actors(slot, a, b)
        case _ if slot == "weapon":
            return relate_weapons(a, b)
        case _ if slot == "cause":
            return relate_causes(a, b)
        case _ if slot in ("freed", "detained"):
            return relate_exchanges(slot, a, b)
        case EntityRef(), EntityRef() if slot == "where":
            return relate_places(a, b)
        case Truth() as left_truth, Truth() as right_truth:
            if left_truth.holds != right_truth.holds:
                return RelationKind.CONTRADICTORY, "one says it happened, the other that it did not"
    return RelationKind.COMPATIBLE, "nothing says that both cannot hold"
