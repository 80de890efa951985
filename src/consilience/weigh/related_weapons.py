"""How two answers to with what stand to each other."""

from consilience.records import RelationKind, Text
from consilience.weigh.forces import body_key, covers
from consilience.weigh.sides import Judged, Side
from consilience.weigh.weapons import weapon_kind


def relate_weapons(a: Side, b: Side) -> Judged:
    """A kind and its instance can both be true; so can two weapons that one document names."""
    assert isinstance(a.value, Text)
    assert isinstance(b.value, Text)
    said_a, said_b = a.value.text, b.value.text
    of_a, of_b = weapon_kind(said_a), weapon_kind(said_b)
    if set(body_key(said_a).split()) == set(body_key(said_b).split()):
        return RelationKind.SAME, f"“{said_a}” and “{said_b}” are one thing"
    if of_a is None or of_b is None or covers(of_a, of_b):
        return RelationKind.COMPATIBLE, f"“{said_a}” and “{said_b}” can be one thing"
    if a.document_ids & b.document_ids:
        return RelationKind.COMPATIBLE, "one document names both, so both can have been used"
    if _is_several(said_a) or _is_several(said_b):
        return RelationKind.COMPATIBLE, "more than one weapon was used"
    return RelationKind.CONTRADICTORY, (
        f"“{said_a}” and “{said_b}” are different weapons, and no document names both"
    )


def _is_several(text: str) -> bool:
    return text.split()[-1].endswith("s")
