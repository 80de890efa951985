"""How far who holds one answer speaks for another answer to the same question."""

from consilience.dates import contains as time_contains
from consilience.gazetteer import GazetteerPlace, linked_place
from consilience.gazetteer import contains as place_contains
from consilience.records import Entity, Kind, Quantity, Relation, RelationKind, Text, When
from consilience.weigh.related_figures import bounds
from consilience.weigh.related_offices import title_tokens
from consilience.weigh.sides import Side

# A vague voice speaks for each exact answer that it allows, half as loudly as for its own.
_VAGUE = 0.5
# "About 40" and "at least 38" overlap, and neither gives the other.
_OVERLAPPING = 0.35
# Who gave the toll of yesterday hardly speaks against that of today: one origin of the later toll
# outweighs four of the earlier.
_STALE = 0.95
# 12 and 13 of a dozen are nearer to each other than to 40; a slip is likelier than a lie.
_NEAR = 0.15
_NEAR_SHARE = 0.1


def speaks_for(a: Side, b: Side, relation: Relation) -> float:
    """How much of a voice for a speaks for b, in [0, 1]."""
    if relation.kind is RelationKind.SAME:
        return 1.0
    if relation.kind is RelationKind.UPDATED:
        return _STALE if is_newer(b, a) else 0.0
    if relation.kind is RelationKind.CONTRADICTORY:
        return _NEAR if _is_near(a, b) else 0.0
    if entails(a, b):
        return 1.0
    if entails(b, a):
        return _VAGUE
    return _OVERLAPPING if _overlap(a, b) else 0.0


def entails(a: Side, b: Side) -> bool:
    """Whether what is rightly called a is rightly, if vaguely, called b."""
    match a.value, b.value:
        case Quantity() as left, Quantity() as right:
            (low, high), (lowest, highest) = bounds(left), bounds(right)
            return left.unit == right.unit and lowest <= low and high <= highest
        case When() as left_time, When() as right_time:
            return time_contains(right_time, left_time)
    if a.entity is not None and b.entity is not None and _lies_in(a.entity, b.entity):
        return True
    # "The river police" are police, the Minister of Mines is a minister.
    plain, full = _named(b), _named(a)
    return bool(plain) and plain < full


def _named(side: Side) -> frozenset[str]:
    """The words of an office, a body or a thing."""
    if isinstance(side.value, Text):
        return title_tokens(side.value.text)
    if side.entity is None or side.entity.kind is Kind.PLACE:
        return frozenset()
    return title_tokens(side.entity.name)


def are_rivals(a: Side, b: Side, relation: Relation) -> bool:
    """Whether at most one of two is the answer: of a part and its whole one is; both may hold."""
    if relation.kind in (RelationKind.CONTRADICTORY, RelationKind.UPDATED):
        return True
    return relation.kind is RelationKind.COMPATIBLE and _are_apart(a, b)


def _are_apart(a: Side, b: Side) -> bool:
    if not (isinstance(a.value, Quantity) and isinstance(b.value, Quantity)):
        return False
    return a.value.unit == b.value.unit and not _overlap(a, b)


def is_newer(a: Side, b: Side) -> bool:
    """Of two answers of which one replaces the other, whether it is a that stands."""
    if a.is_retracted != b.is_retracted:
        return b.is_retracted
    return _middle(a) > _middle(b)


def is_before(said: When | None, answer: Side) -> bool:
    """Whether something was said before anybody gave this answer, as far as days are known."""
    first = answer.first_said
    if said is None or said.start is None or first is None or first.start is None:
        return True
    return said.start < first.start or answer.is_retracted


def _middle(side: Side) -> float:
    said = side.first_said
    if said is None or said.start is None or said.end is None:
        return 0.0
    return (said.start + (said.end - said.start) / 2).timestamp()


def _overlap(a: Side, b: Side) -> bool:
    if not (isinstance(a.value, Quantity) and isinstance(b.value, Quantity)):
        return False
    (low, high), (lowest, highest) = bounds(a.value), bounds(b.value)
    return a.value.unit == b.value.unit and low <= highest and lowest <= high


def _is_near(a: Side, b: Side) -> bool:
    if not (isinstance(a.value, Quantity) and isinstance(b.value, Quantity)):
        return False
    low, high = bounds(a.value)[0], bounds(b.value)[0]
    return abs(low - high) <= _NEAR_SHARE * max(abs(low), abs(high))


def _lies_in(inner: Entity, outer: Entity) -> bool:
    if inner.kind is not Kind.PLACE or outer.kind is not Kind.PLACE:
        return False
    narrow, wide = _place(inner), _place(outer)
    if narrow is not None and wide is not None:
        return place_contains(wide, narrow)
    # A square of which no gazetteer knows lies where its own name says: "Mill Lane, Arlow".
    tails = {name.split(", ", 1)[1] for name in inner.names if ", " in name}
    return not tails.isdisjoint(outer.names)


def _place(entity: Entity) -> GazetteerPlace | None:
    number = dict(entity.links).get("geonames")
    return linked_place(entity.names, number) if number else None
