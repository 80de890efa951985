"""How two answers to who did it, or to whom it was done, stand to each other.

The default is restraint: two bodies can have acted together, and a body may be called by what it
belongs to. Two of different kinds exclude each other only where one act has one doer.
"""

from consilience.records import EntityRef, Kind, RelationKind, Text
from consilience.weigh.acts import Act
from consilience.weigh.forces import body_key, covers, kinds
from consilience.weigh.sides import Judged, Side
from consilience.wording import fold

# What one body does: many may protest, strike or come to the rescue.
_ALONE = frozenset(
    "arrest attack release abduction takeover eviction closure dismissal pardon seizure downing"
    " overpowering".split()
)
_APART = frozenset({"state", "armed", "firm", "labour", "crowd", "law", "justice"})
# What only one can do to one thing.
_BY_ONE = ("purchase", "victory")
_NATIONAL = frozenset({"president", "prime", "premier", "chancellor", "king", "queen", "minister"})
_SMALL = frozenset({"the", "of", "and", "a", "an", "s", "for", "in"})


def relate_actors(slot: str, a: Side, b: Side) -> Judged:
    said_a, said_b = said(a), said(b)
    if is_one_name(a, b):
        return RelationKind.SAME, f"“{said_a}” and “{said_b}” name one body"
    if is_within(a, b):
        return RelationKind.COMPATIBLE, f"“{said_a}” and “{said_b}” can be one, said more fully"
    if slot == "agent" and (why := _denies(a, b)):
        return RelationKind.CONTRADICTORY, why
    if a.document_ids & b.document_ids and not _said_by_rivals(a, b):
        return RelationKind.COMPATIBLE, "one document names both, so it can have been both"
    if slot == "patient":
        return RelationKind.COMPATIBLE, "it can have been done to both"
    if slot == "agent" and (why := _takes_it(a, b)):
        return RelationKind.CONTRADICTORY, why
    if slot == "agent" and (why := _held_by(a, b) or _mastered(a, b) or _downed(a, b)):
        return RelationKind.CONTRADICTORY, why
    if slot == "agent" and _is_attack(a) and _is_attack(b):
        return _attacks(a, b)
    if slot == "agent" and not (_done_alone(a) and _done_alone(b)):
        return RelationKind.COMPATIBLE, "both can have done it"
    return relate_kinds(a, b)


def _said_by_rivals(a: Side, b: Side) -> bool:
    """Whether each document that names both has them from two who say so, of whom neither names
    both."""
    shared = a.document_ids & b.document_ids
    of_a = {said for said in a.voices if said[0] in shared}
    of_b = {said for said in b.voices if said[0] in shared}
    return all(voice for _, voice in of_a | of_b) and of_a.isdisjoint(of_b)


def _denies(a: Side, b: Side) -> str | None:
    """That one says expressly that it was not the other, of the same deed."""
    for teller, other in ((a, b), (b, a)):
        for act in teller.acts:
            if not any(_is_same_deed(act, done) for done in other.acts):
                continue
            for words in act.denied:
                if _means(words, other) and not _means(words, teller):
                    return (
                        f"“{said(teller)}” is said to have done it, and not “{words}”; here"
                        f" it was “{said(other)}”"
                    )
    return None


def _is_same_deed(a: Act, b: Act) -> bool:
    return bool(set(a.kinds) & set(b.kinds)) and (a.deed == b.deed or not (a.deed and b.deed))


def _means(words: str, side: Side) -> bool:
    """Whether words for a body can mean a side."""
    key = frozenset(body_key(words).split()) - _SMALL
    if any(key and own and (key <= own or own <= key) for own in _words(side)):
        return True
    return any(left == right for left in kinds(words) for right in kinds_of(side))


def _held_by(a: Side, b: Side) -> str | None:
    """That two groups of a name, or one and a force of the state, are each said to have taken the
    same captives."""
    if not all(any("abduction" in act.kinds for act in side.acts) for side in (a, b)):
        return None
    if not _is_named_group(a) or not _is_named_group(b):
        group, other = (a, b) if _is_named_group(a) else (b, a)
        if not _is_named_group(group) or kinds_of(group) or not _is_armed_state(other):
            return None
    return f"the captives are said to have been taken by “{said(a)}” here, by “{said(b)}” there"


def _is_named_group(side: Side) -> bool:
    if side.entity is not None:
        return side.entity.kind is Kind.ORGANIZATION
    words = said(side).split()
    return any(word[:1].isupper() for word in words[1:]) or (
        len(words) > 1
        and words[0][:1].isupper()
        and words[0][1:].islower()
        and len(words) == 2
        and words[1][:1].isupper()
    )


def _downed(a: Side, b: Side) -> str | None:
    """That what only one can have shot down was by a force, and by others of no force."""
    if not all(any("downing" in act.kinds for act in side.acts) for side in (a, b)):
        return None
    force, other = (a, b) if _kinds_apart(a) else (b, a)
    is_plain = isinstance(other.value, Text) and said(other).islower() and not kinds_of(other)
    if not _kinds_apart(force) or not is_plain or a.document_ids & b.document_ids:
        return None
    return f"one brought it down: “{said(a)}” here, “{said(b)}” there"


def _kinds_apart(side: Side) -> bool:
    return bool(kinds_of(side)) and not kinds_of(side) & {"armed", "state"}


def _mastered(a: Side, b: Side) -> str | None:
    """That it was one person who overpowered somebody, of no body that another names."""
    if not all(any("overpowering" in act.kinds for act in side.acts) for side in (a, b)):
        return None
    if not any(act.is_sole for side in (a, b) for act in side.acts):
        return None
    persons = [s for s in (a, b) if s.entity is not None and s.entity.kind is Kind.PERSON]
    others = [s for s in (a, b) if s not in persons]
    if len(persons) == 2:
        return f"one is said to have done it: “{said(a)}” here, “{said(b)}” there"
    if not persons or not others or not kinds_of(others[0]):
        return None
    if not persons[0].titles or any(kinds(title) for title in persons[0].titles):
        return None
    return f"“{said(persons[0])}” is said to have done it, who is none of “{said(others[0])}”"


def _done_alone(side: Side) -> bool:
    return any(kind in _ALONE for act in side.acts for kind in act.kinds)


def _takes_it(a: Side, b: Side) -> str | None:
    """Why only one of two named can have done it: a firm is bought, an election won, by one."""
    if a.entity is None or b.entity is None:
        return None
    for kind in _BY_ONE:
        of_a = {act.patient for act in a.acts if kind in act.kinds} - {""}
        of_b = {act.patient for act in b.acts if kind in act.kinds} - {""}
        if of_a & of_b:
            return f"only one of “{said(a)}” and “{said(b)}” can have done it"
    return None


def _is_attack(side: Side) -> bool:
    return any("attack" in act.kinds for act in side.acts)


def _attacks(a: Side, b: Side) -> Judged:
    """In a fight both sides attack; only one hand killed one man, and of two who claim a deed one
    lies."""
    both_claim = all(any(act.is_claimed for act in side.acts) for side in (a, b))
    if both_claim:
        return RelationKind.CONTRADICTORY, f"both “{said(a)}” and “{said(b)}” claim it"
    if all(any(act.is_sole for act in side.acts) for side in (a, b)):
        if a.entity is None or b.entity is None:
            return relate_kinds(a, b)
        return RelationKind.CONTRADICTORY, (
            f"one is said to have done it: “{said(a)}” here, “{said(b)}” there"
        )
    fired = all(any(act.deed == "shots" for act in side.acts) for side in (a, b))
    if fired and all(_is_armed_state(side) for side in (a, b)):
        return relate_kinds(a, b)
    victims_a = {act.patient for act in a.acts} - {""}
    victims_b = {act.patient for act in b.acts} - {""}
    if victims_a & victims_b:
        return relate_kinds(a, b)
    return RelationKind.COMPATIBLE, "both can have attacked"


def _is_armed_state(side: Side) -> bool:
    found = kinds_of(side)
    return bool(found) and all(kind.startswith("state/") for kind in found)


def relate_kinds(a: Side, b: Side) -> Judged:
    said_a, said_b = said(a), said(b)
    of_a, of_b = _without_company(kinds_of(a)), _without_company(kinds_of(b))
    if not of_a or not of_b:
        return RelationKind.COMPATIBLE, "nothing says that both cannot hold"
    if any(covers(left, right) for left in of_a for right in of_b):
        return RelationKind.COMPATIBLE, (
            f"“{said_a}” and “{said_b}” can be one: one is a kind or a part of the other"
        )
    if all(_exclude(left, right) for left in of_a for right in of_b):
        return RelationKind.CONTRADICTORY, (
            f"“{said_a}” and “{said_b}” are different bodies, and no document names both"
        )
    return RelationKind.COMPATIBLE, f"nothing says that it cannot be both {said_a} and {said_b}"


def _without_company(found: frozenset[str]) -> frozenset[str]:
    """Soldiers and their families are soldiers."""
    return found - {"civilians"} or found


def _exclude(a: str, b: str) -> bool:
    """Bodies of one state beside each other, such as army and police, not police of two cities.

    Rebels, militants and militiamen are words for the same people; gunmen may be anybody. Police of
    a city, a state and the federation are three bodies.
    """
    left, right = a.split("/"), b.split("/")
    if left[0] != right[0]:
        if {"state"} in ({a}, {b}) and {left[0], right[0]} & {"justice", "law"}:
            return False
        return {left[0], right[0]} <= _APART and "armed" not in (a, b)
    if left[0] == "armed":
        return False
    return left[1] != right[1] or (left[1] == "police" and left[2] != right[2])


def kinds_of(side: Side) -> frozenset[str]:
    """The kinds of body that a side names; a person stands for the office held."""
    if isinstance(side.value, Text):
        return kinds(side.value.text)
    if side.entity is None:
        return frozenset()
    if side.entity.kind is Kind.PERSON:
        words = {w for title in side.titles for w in fold(title).split()}
        if words & _NATIONAL and "vice" not in words and "deputy" not in words:
            return frozenset({"state/leader"})
        if words & {"general", "colonel", "commander"} and "attorney" not in words:
            return frozenset({"state/military"})
        if "governor" in words:
            return frozenset({"state/region"})
        return frozenset({"state/local/mayor"}) if "mayor" in words else frozenset()
    return frozenset().union(*(kinds(name) for name in side.entity.names or (side.entity.name,)))


def _words(side: Side) -> list[frozenset[str]]:
    if isinstance(side.value, Text):
        return [frozenset(body_key(side.value.text).split()) - _SMALL]
    if side.entity is None:
        return []
    names = {side.entity.name, *side.entity.names}
    return [frozenset(body_key(name).split()) - _SMALL for name in sorted(names)]


def is_one_name(a: Side, b: Side) -> bool:
    if isinstance(a.value, EntityRef) and isinstance(b.value, EntityRef):
        return False
    return any(left == right for left in _words(a) for right in _words(b))


def is_within(a: Side, b: Side) -> bool:
    """Whether all words of one stand in the other: “police” in “city police”."""
    if isinstance(a.value, EntityRef) and isinstance(b.value, EntityRef):
        return False
    return any(
        left and right and (left <= right or right <= left)
        for left in _words(a)
        for right in _words(b)
    )


def said(side: Side) -> str:
    if isinstance(side.value, Text):
        return side.value.text
    return side.entity.name if side.entity is not None else ""
