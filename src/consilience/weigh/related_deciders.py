"""How two answers to who decided it stand to each other.

One deed is decided by one office or body; two that are named for it exclude each other, unless one
stands for the other, one document tells of both in one voice, or each decided on a thing of its
own.
"""

from consilience.lexicon import load_table
from consilience.records import Kind, RelationKind, Text
from consilience.weigh.forces import body_key, covers
from consilience.weigh.related_actors import is_one_name, is_within, kinds_of, said
from consilience.weigh.sides import Judged, Side
from consilience.wording import fold

# What many can call or approve, each for itself.
_MANY = frozenset({"strike", "protest", "purchase", "sale", "rescue", "arrest"})
# What is done to many things in one affair, so that each may be a matter of its own.
_OF_THINGS = frozenset({"closure", "evacuation", "ban", "opening", "demolition", "sale", "search"})
_VAGUE = frozenset(
    "official officials authorities authority leaders leader superiors bosses people"
    " management officers higher-ups administration".split()
)


def relate_deciders(a: Side, b: Side) -> Judged:
    said_a, said_b = said(a), said(b)
    if is_one_name(a, b):
        return RelationKind.SAME, f"“{said_a}” and “{said_b}” name one body"
    if is_within(a, b) or _stands_for(a, b) or _stands_for(b, a):
        return RelationKind.COMPATIBLE, (
            f"“{said_a}” and “{said_b}” can be one: one is said more fully, or holds the office"
        )
    if a.is_backer != b.is_backer and not a.document_ids & b.document_ids:
        backer, other = (a, b) if a.is_backer else (b, a)
        return RelationKind.CONTRADICTORY, (
            f"“{said(backer)}” is said to have decided it, and also to have only stood behind what"
            f" others decided; here these are “{said(other)}”"
        )
    if a.voices & b.voices or set(a.sentences) & set(b.sentences):
        return RelationKind.COMPATIBLE, "one document tells of both, so it can have been both"
    if _is_vague(a) or _is_vague(b) or _may_be_one(a, b):
        return RelationKind.COMPATIBLE, f"“{said_a}” and “{said_b}” can be one"
    if _acts_for(a, b) or _acts_for(b, a):
        return RelationKind.COMPATIBLE, f"“{said_a}” and “{said_b}” can have acted for each other"
    kinds = {kind for side in (a, b) for act in side.acts for kind in act.kinds}
    if kinds & _MANY:
        return RelationKind.COMPATIBLE, "each can have decided on its own part in it"
    if not kinds:
        return RelationKind.COMPATIBLE, "no document says what was decided"
    if _of_other_things(a, b, kinds):
        return RelationKind.COMPATIBLE, "each can have decided on a thing of its own"
    where = "another voice in it" if a.document_ids & b.document_ids else "another"
    return RelationKind.CONTRADICTORY, (
        f"one document names “{said_a}” as the one who decided, and {where} “{said_b}”"
    )


def _stands_for(body: Side, person: Side) -> bool:
    """Whether words are for the office that a person holds, or the body of which it is one."""
    if not isinstance(body.value, Text) or person.entity is None:
        return False
    words = {w for w in body_key(body.value.text).split() if w != "the"}
    return any(words <= set(fold(title).split()) for title in person.titles)


def _is_vague(side: Side) -> bool:
    if isinstance(side.value, Text):
        words = [fold(w) for w in side.value.text.split()]
        return words[-1] in _VAGUE and not load_table("body_kinds").get(
            " ".join(words), ""
        ).startswith("state/")
    return side.entity is None


def _may_be_one(a: Side, b: Side) -> bool:
    """Whether a body can be a kind of the other's; two who are named are two."""
    if a.entity is not None and b.entity is not None and a.entity.kind is b.entity.kind:
        return False
    of_a, of_b = kinds_of(a), kinds_of(b)
    return bool(of_a and of_b) and any(covers(left, right) for left in of_a for right in of_b)


def _acts_for(body: Side, other: Side) -> bool:
    """Whether a firm or state is only told to have done it, which others can do for it."""
    if body.entity is None or body.entity.kind is not Kind.ORGANIZATION:
        return False
    return all(act.is_implied for act in body.acts) or any(
        fold(name) in fold(words)
        for name in (body.entity.name, *body.entity.names)
        for words in (*other.sentences, *other.titles)
    )


def _of_other_things(a: Side, b: Side, kinds: set[str]) -> bool:
    of_a = frozenset().union(*(act.objects for act in a.acts))
    of_b = frozenset().union(*(act.objects for act in b.acts))
    if not of_a or not of_b or of_a & of_b:
        return False
    is_named = all(
        len(objects) == 1 and next(iter(objects)).startswith("entity-") for objects in (of_a, of_b)
    )
    return is_named or bool(kinds & _OF_THINGS)
