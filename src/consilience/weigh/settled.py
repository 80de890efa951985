"""What the figures of all documents make of each other before they are held side by side."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from consilience.records import Claim, Factuality, Polarity, Quantity, content_id
from consilience.weigh.counted import Topic
from consilience.weigh.figure import TOLLS
from consilience.weigh.harms import WOUNDING

# Who come to help once it has happened.
_HELPERS = frozenset({"rescuer", "firefighter", "fireman", "paramedic", "medic", "diver"})
# Of two different ones of these none is the other.
_APART = _HELPERS | {"man", "woman", "boy", "girl", "child", "officer", "policeman", "soldier"}


@dataclass(frozen=True, slots=True)
class _Told:
    """The figures of one slot of one event."""

    claims: tuple[tuple[Topic, Claim], ...]

    @property
    def is_counted(self) -> bool:
        """Whether somebody says how many there were, more than that there was a victim."""
        return any(
            topic.victim is None and (_number(claim) or 0) >= 1 and _is_fact(claim)
            for topic, claim in self.claims
        )


def settle(figures: Iterable[tuple[Topic, Claim]]) -> list[tuple[Topic, Claim]]:
    """The figures that hold beside the others.

    Left out are "two more" where any document has a larger number, one victim where any counts
    several ("a man was killed" beside "two were killed"), one hurt who is told to have died, the
    toll of several happenings where another document has that of this one, and what one document
    alone counts in passing.
    """
    grouped: dict[tuple[str, str], list[tuple[Topic, Claim]]] = defaultdict(list)
    for topic, claim in figures:
        grouped[claim.subject_id, claim.slot].append((topic, claim))
    kept: list[tuple[Topic, Claim]] = []
    for (subject, slot), held in sorted(grouped.items()):
        if slot not in TOLLS:
            n_documents = len({claim.passage.document_id for _, claim in held})
            kept += held if n_documents > 1 else [h for h in held if not h[0].is_in_passing]
            continue
        if slot == "injured":
            held = _survivors(held, grouped.get((subject, "killed"), []))
        held = _of_one_happening(held)
        held = _helpers_apart(_without_those_besides(held))
        if _Told(tuple(held)).is_counted:
            counted = max((_number(c) or 0 for t, c in held if t.victim is None and _is_fact(c)))
            held = [
                (t, c)
                for t, c in held
                if t.victim is None
                or not _is_fact(c)
                or counted <= 1
                or (_number(c) or 0) > counted
            ]
        kept += _in_persons(held)
    return kept


def _survivors(
    hurt: Sequence[tuple[Topic, Claim]], dead: Sequence[tuple[Topic, Claim]]
) -> list[tuple[Topic, Claim]]:
    """The hurt but those who died, in whichever document; who was shot may have died."""
    facts = [(topic, claim) for topic, claim in dead if _is_fact(claim)]
    known = {topic.victim for topic, _ in facts} - {None}
    killed = max((_number(claim) or 0 for _, claim in facts), default=0)
    hurt_surely = {_number(claim) for topic, claim in hurt if topic.lemma not in WOUNDING}

    def may_have_died(topic: Topic, claim: Claim) -> bool:
        number = _number(claim)
        is_one_figure = (number or 0) <= killed and number not in hurt_surely
        was_shot = topic.lemma in WOUNDING and killed > 0
        return was_shot and (topic.victim is not None or is_one_figure)

    return [
        (topic, claim)
        for topic, claim in hurt
        if not (topic.victim in known or may_have_died(topic, claim))
    ]


def _of_one_happening(held: Sequence[tuple[Topic, Claim]]) -> list[tuple[Topic, Claim]]:
    alone = {c.passage.document_id for t, c in held if not t.is_of_several and _is_fact(c)}
    several = {c.passage.document_id for t, c in held if t.is_of_several}
    if not alone - several:
        return list(held)
    return [(t, c) for t, c in held if not t.is_of_several]


def _without_those_besides(held: Sequence[tuple[Topic, Claim]]) -> list[tuple[Topic, Claim]]:
    """All but "two more died" beside a larger number, which has them in it or came before."""
    largest = max((_number(c) or 0 for t, c in held if _is_fact(c)), default=0)
    return [(t, c) for t, c in held if not (t.is_besides and (_number(c) or 0) < largest)]


def _helpers_apart(held: Sequence[tuple[Topic, Claim]]) -> list[tuple[Topic, Claim]]:
    """Counts the helpers by themselves who are fewer than the people another document counts.

    "Three rescuers were hurt" is no older number of the 42 people who were.
    """
    persons = {(_number(c) or 0, c.passage.document_id) for _, c in held if _is_whole(c)}

    def told(claim: Claim) -> Claim:
        own, unit = _number(claim) or 0, _unit(claim)
        document = claim.passage.document_id
        if unit not in _HELPERS or not any(n > own and d != document for n, d in persons):
            return claim
        slot = f"count:{unit}"
        name = content_id("claim", claim.subject_id, slot, repr(claim.value), repr(claim.passage))
        return replace(claim, id=name, slot=slot)

    return [(topic, told(claim)) for topic, claim in held]


def _is_whole(claim: Claim) -> bool:
    return _is_fact(claim) and _unit(claim) == "person"


def _in_persons(held: Sequence[tuple[Topic, Claim]]) -> list[tuple[Topic, Claim]]:
    """“Two men” are the “two” of another document, inmates its prisoners: one value, in persons."""
    units: dict[tuple[object, ...], set[str | None]] = defaultdict(set)
    for _, claim in held:
        units[_bounds(claim)].add(_unit(claim))
    persons = {b for b, u in units.items() if "person" in u or len(u - _APART) == len(u) > 1}
    return [(t, _as_persons(c) if _bounds(c) in persons else c) for t, c in held]


def _as_persons(claim: Claim) -> Claim:
    assert isinstance(claim.value, Quantity)
    value = replace(claim.value, unit="person")
    name = content_id("claim", claim.subject_id, claim.slot, repr(value), repr(claim.passage))
    return replace(claim, id=name, value=value)


def _is_fact(claim: Claim) -> bool:
    return claim.factuality is Factuality.HAPPENED and claim.polarity is Polarity.POSITIVE


def _unit(claim: Claim) -> str | None:
    return claim.value.unit if isinstance(claim.value, Quantity) else None


def _bounds(claim: Claim) -> tuple[object, ...]:
    value = claim.value
    assert isinstance(value, Quantity)
    return value.low, value.high, value.comparator


def _number(claim: Claim) -> float | int | None:
    value = claim.value
    assert isinstance(value, Quantity)
    return value.high if value.low is None else value.low
