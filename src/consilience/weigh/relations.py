"""How two answers to one question stand to each other, and why, in words a reader understands.

The default is restraint: what can be true together is compatible. An update needs a count that
was open, a later date and a value that moved the way such counts move.
"""

import math

from consilience.records import (
    Comparator,
    EntityRef,
    Quantity,
    RelationKind,
    Text,
    Truth,
    When,
)
from consilience.weigh.related_actors import relate_actors
from consilience.weigh.related_causes import relate_causes
from consilience.weigh.related_exchanges import relate_exchanges
from consilience.weigh.related_offices import relate_offices
from consilience.weigh.related_people import relate_ages
from consilience.weigh.related_places import relate_places
from consilience.weigh.related_times import relate_times
from consilience.weigh.related_weapons import relate_weapons
from consilience.weigh.sides import Judged, Side, is_before
from consilience.wording import say_quantity, say_when

# Counts that stay open after the event: later reports may rightly give more.
OPEN_SLOTS = frozenset({"killed", "injured", "missing", "detained", "freed", "displaced", "cost"})
# "About 40" allows a tenth either way.
_ABOUT = 0.1
# The dead only grow in number; the injured die, the missing are found, the held are let go.
ONLY_GROWING = frozenset({"killed", "cost"})


def relate(slot: str, a: Side, b: Side) -> Judged:
    """The relation of two values of one slot, whichever way round they are given."""
    if a.value == b.value:
        return RelationKind.SAME, "one value"
    match a.value, b.value:
        case Quantity() as left, Quantity() as right if slot == "age":
            return relate_ages(a, b, left, right)
        case Quantity() as left, Quantity() as right:
            return _quantities(slot, a, b, left, right)
        case When() as left_time, When() as right_time:
            return relate_times(a, b, left_time, right_time)
        case Text() as left_text, Text() as right_text if slot == "title":
            return relate_offices(a, b, left_text.text, right_text.text)
        case _ if slot in ("agent", "patient", "decided_by"):
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


def bounds(quantity: Quantity) -> tuple[float, float]:
    """The lowest and highest number that a quantity allows, both included."""
    low = -math.inf if quantity.low is None else float(quantity.low)
    high = math.inf if quantity.high is None else float(quantity.high)
    match quantity.comparator:
        case Comparator.AT_LEAST:
            return low, math.inf
        case Comparator.MORE_THAN:
            return math.nextafter(low, math.inf), math.inf
        case Comparator.AT_MOST:
            return 0.0, high if high < math.inf else low
        case Comparator.LESS_THAN:
            return 0.0, math.nextafter(high if high < math.inf else low, 0.0)
        case Comparator.ABOUT:
            top = high if high < math.inf else low
            return low * (1 - _ABOUT), top * (1 + _ABOUT)
        case Comparator.EXACTLY:
            return low, low if high == math.inf else high
        case Comparator.BETWEEN:
            return low, high


def _quantities(slot: str, a: Side, b: Side, left: Quantity, right: Quantity) -> Judged:
    if left.unit != right.unit:
        return _part_and_whole(slot, a, b, left, right)
    (low_a, high_a), (low_b, high_b) = bounds(left), bounds(right)
    said_a, said_b = say_quantity(left), say_quantity(right)
    if (low_a, high_a) == (low_b, high_b):
        return RelationKind.SAME, f"“{said_a}” and “{said_b}” allow the same numbers"
    if low_a <= high_b and low_b <= high_a:
        return RelationKind.COMPATIBLE, f"“{said_a}” and “{said_b}” can both be true"
    if a.document_ids == b.document_ids and len(a.document_ids) == 1:
        return RelationKind.COMPATIBLE, "one document gives both, so one may be part of the other"
    small, large = (a, b) if high_a < low_b else (b, a)
    if small.is_part:
        return RelationKind.COMPATIBLE, (
            f"{_say(small)} is a part: its document gives a larger figure beside it"
        )
    if slot in OPEN_SLOTS:
        return _over_time(slot, small, large)
    if a.is_state and b.is_state and _is_apart(a.first_said, b.first_said):
        return RelationKind.UPDATED, (
            f"counted on different days: {_say(a)} at {_said_when(a)}, {_say(b)} at {_said_when(b)}"
        )
    return RelationKind.CONTRADICTORY, f"“{said_a}” and “{said_b}” exclude each other"


def _over_time(slot: str, small: Side, large: Side) -> Judged:
    """Two numbers of a count that stays open while it is being made."""
    if is_before(small.first_said, large.first_said):
        return RelationKind.UPDATED, (
            f"the count was open: {_say(large)} was reported later than {_say(small)}"
        )
    if large.is_retracted:
        return RelationKind.UPDATED, f"{_say(large)} was taken back by a later report"
    if is_before(large.first_said, small.first_said):
        if slot in ONLY_GROWING:
            why = f"the later report gives fewer: {_say(small)} after {_say(large)}"
            return RelationKind.CONTRADICTORY, why
        return RelationKind.UPDATED, (
            f"the count was open: {_say(small)} was reported later than {_say(large)}"
        )
    return RelationKind.CONTRADICTORY, (
        f"“{_say(small)}” and “{_say(large)}” exclude each other,"
        " and nothing says which is the later"
    )


def _is_apart(a: When | None, b: When | None) -> bool:
    return is_before(a, b) or is_before(b, a)


def _said_when(side: Side) -> str:
    return say_when(side.first_said) if side.first_said is not None else "an unknown time"


def _part_and_whole(slot: str, a: Side, b: Side, left: Quantity, right: Quantity) -> Judged:
    """Figures that count different kinds of people: officers are people, miners no officers."""
    is_turned = left.unit == "person"
    part, whole = (right, left) if is_turned else (left, right)
    said_part, said_whole = (b, a) if is_turned else (a, b)
    if bounds(part) == bounds(whole) and "person" in (part.unit, whole.unit):
        return RelationKind.SAME, f"one number, of {part.unit} and of {whole.unit}"
    if whole.unit != "person":
        return RelationKind.COMPATIBLE, f"one counts {left.unit}, the other {right.unit}"
    if bounds(part)[0] > bounds(whole)[1]:
        if slot in OPEN_SLOTS and is_before(said_whole.first_said, said_part.first_said):
            return RelationKind.UPDATED, (
                f"the count was open: {say_quantity(part)} ({part.unit}) was reported later than"
                f" {say_quantity(whole)} people"
            )
        return RelationKind.CONTRADICTORY, (
            f"{say_quantity(part)} ({part.unit}) cannot be among {say_quantity(whole)} people"
        )
    return RelationKind.COMPATIBLE, (
        f"{say_quantity(part)} ({part.unit}) can be among {say_quantity(whole)} people"
    )


def _say(side: Side) -> str:
    return say_quantity(side.value) if isinstance(side.value, Quantity) else ""
