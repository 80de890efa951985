"""A text's gold beside what the program read in it, and what every layer's score needs of both."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.reading_gold import GoldMention, GoldReading, Span

Json = dict[str, Any]
Words = frozenset[int]

# Share of the words of both that two spans must have in common to count as one.
SHARED_MIN = 0.5

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Count:
    """Of what was found and of what was expected, how much is right."""

    right_found: int = 0
    found: int = 0
    right_expected: int = 0
    expected: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.right_found + other.right_found,
            self.found + other.found,
            self.right_expected + other.right_expected,
            self.expected + other.expected,
        )

    def __str__(self) -> str:
        p = 100 * self.right_found / max(self.found, 1)
        r = 100 * self.right_expected / max(self.expected, 1)
        f = 2 * p * r / max(p + r, 1e-9)
        return f"P {p:5.1f}  R {r:5.1f}  F1 {f:5.1f}   of {self.expected}"


class Beside:
    """Holds one text's gold beside its reading, and gathers the errors by layer.

    `mention_of` maps the ids of found mentions to gold mentions, `chain_of` found chains to the
    gold chain that most of their mentions belong to.
    """

    def __init__(self, gold: GoldReading, found: Json) -> None:
        if found["document"]["text"] != gold.text:
            raise ValueError(f"{gold.name}: ingest gave another text than the gold is of")
        self.gold = gold
        self.found = found
        self.text = gold.text
        self.errors: list[tuple[str, str]] = []
        self.mention_of = _matched(gold.mentions, found["mentions"])
        self.chain_of = _chains(found["mentions"], self.mention_of)

    def wrong(self, layer: str, what: str, at: Span) -> None:
        start = max(self.text.rfind("\n", 0, at.start) + 1, at.start - 60, 0)
        end = min(at.end + 60, len(self.text))
        said = self.text[start:end].partition("\n")[0]
        self.errors.append((layer, f"{self.gold.name}: {what} | {said}"))

    def quote(self, found: Json) -> str:
        return repr(self.text[found["start"] : found["end"]])

    def words(self, spans: Iterable[tuple[int, int]]) -> Words:
        return frozenset(m.start() for a, b in spans for m in _WORD.finditer(self.text, a, b))

    def same(self, found: Json, gold: Span) -> bool:
        """Whether a found span holds the gold's head and lies within it or shares half of both."""
        if not (found["start"] < gold.head_end and gold.head_start < found["end"]):
            return False
        if gold.start <= found["start"] and found["end"] <= gold.end:
            return True
        mine = self.words([(found["start"], found["end"])])
        theirs = self.words([(gold.start, gold.end)])
        return len(mine & theirs) >= SHARED_MIN * len(mine | theirs)


def overlap(found: Json, gold: Span) -> bool:
    return bool(found["start"] < gold.end and gold.start < found["end"])


def span_of(found: Json) -> Span:
    return Span(found["start"], found["end"], found["start"], found["end"])


def _matched(gold: Sequence[GoldMention], found: Sequence[Json]) -> dict[str, GoldMention]:
    """One gold mention for each found one: the same span first, then heads that overlap."""
    pairs = []
    for i, g in enumerate(gold):
        for one in found:
            heads = one["head_start"] < g.span.head_end and g.span.head_start < one["head_end"]
            exact = (one["start"], one["end"]) == (g.span.start, g.span.end)
            if heads or exact:
                far = abs(one["start"] - g.span.start) + abs(one["end"] - g.span.end)
                pairs.append((not exact, far, i, one["id"]))
    matched: dict[str, GoldMention] = {}
    taken: set[int] = set()
    for _, _, i, name in sorted(pairs):
        if i not in taken and name not in matched:
            taken.add(i)
            matched[name] = gold[i]
    return matched


def _chains(found: Sequence[Json], mention_of: dict[str, GoldMention]) -> dict[str, str]:
    votes: dict[str, Counter[str]] = {}
    for mention in found:
        if (gold := mention_of.get(mention["id"])) is not None:
            votes.setdefault(mention["chain"], Counter())[gold.chain] += 1
    return {chain: min(counts, key=lambda c: (-counts[c], c)) for chain, counts in votes.items()}
