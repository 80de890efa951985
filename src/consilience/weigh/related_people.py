"""How two answers about one person stand to each other: ages, nationalities, how somebody fares."""

import math

from consilience.records import Quantity, RelationKind, When
from consilience.weigh.sides import Judged, Side

_DAYS_OF_YEAR = 365.25


def relate_ages(a: Side, b: Side, left: Quantity, right: Quantity) -> Judged:
    """Ages that a birthday explains hold together; others cannot."""
    if left.low is None or right.low is None:
        return RelationKind.COMPATIBLE, "one of the two is no exact age"
    young, old = min(left.low, right.low), max(left.low, right.low)
    said = f"{young} and {old}"
    if a.document_ids <= b.document_ids or b.document_ids <= a.document_ids:
        return RelationKind.COMPATIBLE, f"one document gives both {said}, perhaps of two people"
    years = _years_between(a.first_said, b.first_said)
    younger, older = (a, b) if left.low < right.low else (b, a)
    if old - young <= 1:
        return RelationKind.COMPATIBLE, f"{said}: a birthday may lie between"
    if _is_said_before(younger, older) and abs(old - young - years) <= 1:
        return RelationKind.COMPATIBLE, f"{said}: the older age was given that much later"
    return RelationKind.CONTRADICTORY, f"nobody is {young} and {old} years old at one time"


def _years_between(a: When | None, b: When | None) -> float:
    if a is None or b is None or a.start is None or b.start is None:
        return math.inf
    return abs((a.start - b.start).days) / _DAYS_OF_YEAR


def _is_said_before(a: Side, b: Side) -> bool:
    x, y = a.first_said, b.first_said
    return (
        x is not None
        and y is not None
        and x.start is not None
        and y.start is not None
        and (x.start < y.start)
    )
