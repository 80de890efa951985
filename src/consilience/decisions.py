"""What analysts decided: which of it is in force, and where the words it hangs on stand now."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from consilience.records import (
    Claim,
    Decision,
    DecisionKind,
    Document,
    EntityRef,
    Finding,
    Passage,
    Quote,
    Target,
    TargetKind,
    Value,
    When,
)

T = TypeVar("T")
Numbered = tuple[int, Decision]


def taken_back(decisions: Sequence[Decision]) -> dict[int, int]:
    """The numbers of decisions that are undone, each with the undo that stands."""
    undone: dict[int, int] = {}
    for number, decision in reversed(list(enumerate(decisions, start=1))):
        if decision.undoes is not None and number not in undone:
            undone.setdefault(decision.undoes, number)
    return undone


def in_force(decisions: Sequence[Decision]) -> tuple[Numbered, ...]:
    """Those that are not taken back, with their numbers, oldest first; undos left out."""
    undone = taken_back(decisions)
    return tuple(
        (number, decision)
        for number, decision in enumerate(decisions, start=1)
        if decision.undoes is None and number not in undone
    )


def say_decision(decision: Decision) -> str:
    """What it says, in a few words: “merges “Marta Oduya” and “M. Oduya””."""
    names = [f"“{target.name}”" for target in decision.targets]
    match decision.kind:
        case DecisionKind.MERGE:
            return f"merges {' and '.join(names + [f'“{name}”' for name in decision.names])}"
        case DecisionKind.SPLIT:
            called = {True: "“{}”", False: "all that is called “{}”"}
            parted = [called[":" in name].format(name) for name in decision.names] + names[1:]
            return f"parts {', '.join(parted)} from {names[0]}"
        case DecisionKind.REJECT:
            return f"rejects {', '.join(names)}"
        case DecisionKind.LOCK:
            return f"locks {names[0]} at {names[1]}"
        case DecisionKind.NOTE:
            return f"notes on {names[0]}"
        case DecisionKind.UNDO:
            return f"takes back decision {decision.undoes}"


@dataclass(frozen=True, slots=True)
class Texts:
    """The documents by id and, for those that were given anew, by name."""

    by_id: Mapping[str, Document]
    by_name: Mapping[str, Document]

    def find(self, quote: Quote) -> Passage | None:
        """Where the words stand: at their place, or where the text was changed in the company
        they were in, nearest to it."""
        at, document = quote.passage, self.document(quote)
        if document is None:
            return None
        text, length = document.text, len(quote.text)
        starts = [found.start() for found in re.finditer(re.escape(quote.text), text)]
        if not starts:
            return None

        def apart(start: int) -> tuple[int, int, int]:
            before = text[max(0, start - len(quote.before)) : start]
            after = text[start + length : start + length + len(quote.after)]
            alike = _n_shared(before[::-1], quote.before[::-1]) + _n_shared(after, quote.after)
            return -alike, abs(start - at.start), start

        start = min(starts, key=apart)
        return Passage(document.id, start, start + length)

    def document(self, quote: Quote) -> Document | None:
        found = self.by_id.get(quote.passage.document_id)
        return found or self.by_name.get(quote.document_name)

    def find_all(self, quotes: Iterable[Quote]) -> Iterator[Passage]:
        return (found for quote in quotes if (found := self.find(quote)) is not None)


def texts(documents: Sequence[Document]) -> Texts:
    return Texts(
        {d.id: d for d in documents},
        {d.name: d for d in reversed(documents)},
    )


Located = Mapping[str, Sequence[tuple[Passage, T]]]


def located(items: Iterable[tuple[Passage, T]]) -> Located[T]:
    """Things by the document they stand in."""
    found: dict[str, list[tuple[Passage, T]]] = {}
    for passage, item in items:
        found.setdefault(passage.document_id, []).append((passage, item))
    return found


def standing_at(items: Located[T], passage: Passage) -> T | None:
    """Of what overlaps the passage, what is most nearly it."""

    def apart(at: Passage) -> int:
        return abs(at.start - passage.start) + abs(at.end - passage.end)

    able = [
        (apart(at), n, item)
        for n, (at, item) in enumerate(items.get(passage.document_id, ()))
        if at.start < passage.end and passage.start < at.end
    ]
    return min(able, key=lambda a: a[:2])[2] if able else None


def pointed_at(target: Target, known: Texts, at: Callable[[Passage], T | None]) -> T | None:
    """What most of the words that the target hangs on are `at`."""
    found = [at(passage) for passage in known.find_all(target.quotes)]
    votes = Counter(item for item in found if item is not None)
    return votes.most_common(1)[0][0] if votes else None


def claims_meant(target: Target, claims: Sequence[Claim], known: Texts) -> tuple[Claim, ...]:
    """The claims that give the target's value, or any, to its question where its words stand."""
    places = tuple(known.find_all(target.quotes))
    return tuple(
        claim
        for claim in claims
        if claim.slot == target.slot
        and (target.value is None or _is_one_value(claim.value, target.value))
        and any(_overlap(claim.passage, place) for place in places)
    )


def finding_meant(
    target: Target, findings: Sequence[Finding], claims: Sequence[Claim], known: Texts
) -> Finding | None:
    """The finding that holds most of the claims which the target hangs on."""
    meant = {claim.id for claim in claims_meant(target, claims, known)}
    votes = [
        (sum(k in meant for c in f.candidates for k in c.claim_ids), f)
        for f in findings
        if f.slot == target.slot
    ]
    n, best = max(votes, key=lambda v: v[0], default=(0, None))
    return best if n else None


def _n_shared(a: str, b: str) -> int:
    """How many letters two texts begin alike."""
    both = zip(a, b, strict=False)
    return next((n for n, (x, y) in enumerate(both) if x != y), min(len(a), len(b)))


def _overlap(a: Passage, b: Passage) -> bool:
    return a.document_id == b.document_id and a.start < b.end and b.start < a.end


def _is_one_value(a: Value, b: Value) -> bool:
    if isinstance(a, When) and isinstance(b, When):
        return a.value == b.value
    if isinstance(a, EntityRef) and isinstance(b, EntityRef):
        return True  # ids of entities change from run to run; the words are one
    return a == b


def documents_meant(targets: Iterable[Target], known: Texts) -> tuple[str, ...]:
    """The ids of the documents that the targets' words stand in."""
    found = (known.document(quote) for target in targets for quote in target.quotes)
    return tuple(dict.fromkeys(document.id for document in found if document is not None))


def on(kind: TargetKind, decisions: Sequence[Numbered]) -> tuple[Numbered, ...]:
    """Those about things of one kind."""
    return tuple((n, d) for n, d in decisions if d.targets and d.targets[0].kind is kind)
