"""Which names are worth comparing: near-linear, where all pairs would not be."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from rapidfuzz.distance import OSA

from consilience.resolve.people import PersonName

# A surname borne by more names than this is split by the first letters of the other parts.
BLOCK_MAX = 60


def name_pairs(names: Iterable[PersonName]) -> Iterator[tuple[PersonName, PersonName]]:
    """Pairs of different names that share a part or a nickname, each pair once."""
    blocks: dict[str, list[PersonName]] = {}
    for name in sorted(set(names), key=_order):
        for key in sorted(set(name.parts + name.nicknames)):
            blocks.setdefault(key, []).append(name)
    seen: set[tuple[PersonName, PersonName]] = set()
    for key in sorted(blocks):
        for block in _split(key, blocks[key]):
            for pair in combinations(block, 2):
                if pair not in seen:
                    seen.add(pair)
                    yield pair


def _split(key: str, block: list[PersonName]) -> list[list[PersonName]]:
    if len(block) <= BLOCK_MAX:
        return [block]
    finer: dict[str, list[PersonName]] = {}
    for name in block:
        others = {p for p in name.parts + name.nicknames if p != key}
        for letters in sorted({p[:3] for p in others}):
            finer.setdefault(letters, []).append(name)
    return [finer[letters][: 2 * BLOCK_MAX] for letters in sorted(finer)]


def _order(name: PersonName) -> tuple[tuple[str, ...], tuple[str, ...], str, str]:
    return name.parts, name.nicknames, name.generation or "", name.gender or ""


def slips(counts: Mapping[str, int], min_chars: int) -> Iterator[tuple[str, str]]:
    """(wrong, right) names one letter apart, where the right one is said at least twice as often.

    Found through the strings that are left when one letter is taken away, so without comparing
    all pairs (Mor and Fraenkel 1982).
    """
    left_over: dict[str, list[str]] = {}
    for name in sorted(counts):
        if len(name) >= min_chars:
            for shorter in {name} | {name[:i] + name[i + 1 :] for i in range(1, len(name))}:
                left_over.setdefault(shorter, []).append(name)
    found = set()
    for shorter in sorted(left_over):
        for a, b in combinations(sorted(left_over[shorter]), 2):
            wrong, right = sorted((a, b), key=lambda n: (counts[n], n))
            if counts[right] >= 2 * counts[wrong] and _one_slip(wrong, right):
                found.add((wrong, right))
    yield from sorted(found)


def _one_slip(a: str, b: str) -> bool:
    same_digits = [c for c in a if c.isdigit()] == [c for c in b if c.isdigit()]
    return a[0] == b[0] and same_digits and 0 < OSA.distance(a, b, score_cutoff=1) <= 1
