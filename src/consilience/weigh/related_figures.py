"""How two figures of one question stand to each other.

An update needs a count that was open, a later date and a value that moved the way such counts move.
"""

import math
import re
from datetime import timedelta

import numpy as np

from consilience.records import Comparator, Quantity, RelationKind, When
from consilience.weigh.crowds import CROWD
from consilience.weigh.sides import Judged, Side, is_before
from consilience.weigh.topics import LARGE_MIN, NEARLY
from consilience.wording import say_quantity, say_when

# Counts that stay open after the event: later reports may rightly give more.
OPEN_SLOTS = frozenset({"killed", "injured", "missing", "detained", "freed", "displaced", "cost"})
# "About 40" allows a tenth either way.
_ABOUT = 0.1
# The dead only grow in number; the injured die, the missing are found, the held are let go.
ONLY_GROWING = frozenset({"killed", "cost"})


# Rounder figures ("about two dozen", "almost 200") miss by more beside an exact one.
_ROUGHLY = 0.25
_ROUND_MIN = 10
# Two sentences that count one noun with one verb, or with another, in one happening. By eye on
# GVA's development set: without the verb a half of the pairs count other things.
_SAME_COUNT_MIN = 0.55
_SAME_WORDS_MIN = 0.8
# Who still gives an old toll so long after a newer one does not merely lag behind.
_STILL = timedelta(days=14)
_HIMSELF = re.compile(
    r"\b(?:himself|herself|themselves|murder-suicide|(?:includ\w+|plus|as well as|and|among them)"
    r" (?:the |a |its )?(?:suspected |alleged )?(?:gunm[ae]n|shooters?|attackers?|bombers?"
    r"|suspects?|assailants?|drivers?|pilots?|perpetrators?))\b",
    re.IGNORECASE,
)
_DEAD = re.compile(
    r"\b(?:kill\w*|dead|died|dies|deaths?|slain|murder\w*|fatal\w*)\b", re.IGNORECASE
)
# "Six were hurt, two of them fatally", and not "two of them firefighters".
_AMONG_THEM = re.compile(
    r"\b(?:mortally|fatally|(?:of whom|of them|including)\b[^.;]{0,40}?"
    r"\b(?:kill\w*|dead|died|dies|slain|fatal\w*))\b",
    re.IGNORECASE,
)
_GUNMEN_MAX = 3


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


def relate_figures(slot: str, a: Side, b: Side, left: Quantity, right: Quantity) -> Judged:
    """Whether two numbers can both be true, or one has taken the other's place."""
    if left.unit != right.unit:
        return _part_and_whole(slot, a, b, left, right)
    (low_a, high_a), (low_b, high_b) = bounds(left), bounds(right)
    said_a, said_b = say_quantity(left), say_quantity(right)
    if (low_a, high_a) == (low_b, high_b):
        return RelationKind.SAME, f"“{said_a}” and “{said_b}” allow the same numbers"
    if low_a <= high_b and low_b <= high_a:
        return RelationKind.COMPATIBLE, f"“{said_a}” and “{said_b}” can both be true"
    if slot == CROWD:
        return RelationKind.CONTRADICTORY, f"“{said_a}” and “{said_b}” exclude each other"
    if _is_one_document(a, b):
        return RelationKind.COMPATIBLE, "one document gives both, so one may be part of the other"
    small, large = (a, b) if high_a < low_b else (b, a)
    if small.is_part:
        return RelationKind.COMPATIBLE, (
            f"{_say(small)} is a part: its document gives a larger figure beside it"
        )
    if _is_rough(small, large):
        return RelationKind.COMPATIBLE, f"“{said_a}” and “{said_b}” are near, and one is only rough"
    if slot in OPEN_SLOTS:
        return _counted_in(slot, small, large) or _over_time(slot, small, large)
    if a.is_state and b.is_state and _is_apart(a.first_said, b.first_said):
        return RelationKind.UPDATED, (
            f"counted on different days: {_say(a)} at {_said_when(a)}, {_say(b)} at {_said_when(b)}"
        )
    if slot.startswith("count:") and not _is_one_count(a, b):
        return RelationKind.COMPATIBLE, (
            f"“{said_a}” and “{said_b}” need not count the same: nothing says so in like words"
        )
    return RelationKind.CONTRADICTORY, f"“{said_a}” and “{said_b}” exclude each other"


def _is_one_document(a: Side, b: Side) -> bool:
    return a.document_ids == b.document_ids and len(a.document_ids) == 1


def _is_rough(small: Side, large: Side) -> bool:
    values = [v for v in (small.value, large.value) if isinstance(v, Quantity)]
    low, high = bounds(values[0])[1], bounds(values[1])[0]
    is_about = any(v.comparator is Comparator.ABOUT for v in values)
    return is_about and high >= _ROUND_MIN and high - low <= _ROUGHLY * high


def _is_one_count(a: Side, b: Side) -> bool:
    """Whether two documents count with one verb, in sentences that tell the same.

    Large numbers that are nearly alike are of one thing too: 412 votes and 421.
    """
    if not (a.counted_in and b.counted_in):
        return True
    low, high = sorted((_number(a), _number(b)))
    if high >= LARGE_MIN and high - low <= NEARLY * high:
        return True
    return any(
        document != other
        and bool(topic.vector)
        and bool(topic_b.vector)
        # Rounded, so that the order of a sum decides nothing.
        and round(float(np.dot(topic.vector, topic_b.vector)), 6)
        >= (_SAME_COUNT_MIN if topic.lemma == topic_b.lemma else _SAME_WORDS_MIN)
        for document, topic in a.counted_in
        for other, topic_b in b.counted_in
    )


def _counted_in(slot: str, small: Side, large: Side) -> Judged | None:
    """Whether the larger figure counts somebody besides whom the smaller leaves out."""
    apart = _number(large) - _number(small)
    told = (*small.sentences, *large.sentences)
    if slot == "killed" and apart <= _GUNMEN_MAX and any(map(_HIMSELF.search, told)):
        return RelationKind.COMPATIBLE, (
            f"perhaps {_say(large)} counts whoever did it, whom {_say(small)} leaves out"
        )
    if slot == "injured" and apart in small.dead | large.dead:
        told_apart = [_DEAD.search(t) and not _AMONG_THEM.search(t) for t in large.sentences]
        if not all(told_apart):
            return RelationKind.COMPATIBLE, f"perhaps {_say(large)} counts the dead too"
    return None


def _number(side: Side) -> float:
    assert isinstance(side.value, Quantity)
    low, high = bounds(side.value)
    return high if math.isinf(low) else low


def _over_time(slot: str, small: Side, large: Side) -> Judged:
    """Two numbers of a count that stays open while it is being made."""
    if slot in ONLY_GROWING and not large.is_retracted and _is_still_said(small, large):
        return RelationKind.CONTRADICTORY, (
            f"{_say(small)} is still given long after {_say(large)} was reported"
        )
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


def _is_still_said(small: Side, large: Side) -> bool:
    last, first = small.last_said, large.first_said
    if last is None or first is None or last.start is None or first.end is None:
        return False
    return last.start - first.end >= _STILL


def _is_apart(a: When | None, b: When | None) -> bool:
    return is_before(a, b) or is_before(b, a)


def _said_when(side: Side) -> str:
    return say_when(side.first_said) if side.first_said is not None else "an unknown time"


def _part_and_whole(slot: str, a: Side, b: Side, left: Quantity, right: Quantity) -> Judged:
    """Figures that count different kinds of people: officers are people, miners no officers."""
    is_turned = left.unit == "person"
    part, whole = (right, left) if is_turned else (left, right)
    said_part, said_whole = (b, a) if is_turned else (a, b)
    if _is_one_document(a, b):
        return RelationKind.COMPATIBLE, "one document gives both, so one may be part of the other"
    if bounds(part) == bounds(whole) and "person" in (part.unit, whole.unit):
        return RelationKind.SAME, f"one number, of {part.unit} and of {whole.unit}"
    if whole.unit != "person":
        return RelationKind.COMPATIBLE, f"one counts {left.unit}, the other {right.unit}"
    if bounds(part)[0] > bounds(whole)[1] and said_whole.is_part:
        return RelationKind.COMPATIBLE, (
            f"{_say(said_whole)} is a part: its document gives a larger figure beside it"
        )
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
