"""Which names are worth comparing: near-linear, where all pairs would not be."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from rapidfuzz.distance import OSA

from consilience.lookalikes import alphabets
from consilience.resolve.people import PersonName
from consilience.resolve.spelling import keys

# A surname borne by more names than this is split by the first letters of the other parts.
BLOCK_MAX = 60


def name_pairs(names: Iterable[PersonName]) -> Iterator[tuple[PersonName, PersonName]]:
    """Pairs of different names that share a part or a nickname, each pair once.

    A part is shared in whatever spelling.
    """
    blocks: dict[str, list[PersonName]] = {}
    for name in sorted(set(names), key=_order):
        for key in sorted({k for part in name.parts + name.nicknames for k in keys(part)}):
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
    """(wrong, right): mis-spelt names and the one meant, which is said at least twice as often.

    One letter is wrong, or two vowels. Found through what is left when a letter, or all vowels,
    are taken away, so without comparing all pairs (after Mor and Fraenkel 1982).
    """
    blocks: dict[str, list[str]] = {}
    for name in sorted(counts):
        if len(name) >= min_chars:
            for key in {name, _without_vowels(name)} | {
                _without(name, i) for i in range(len(name))
            }:
                blocks.setdefault(key, []).append(name)
    found = set()
    for key in sorted(blocks):
        for a, b in combinations(sorted(blocks[key])[:BLOCK_MAX], 2):
            wrong, right = sorted((a, b), key=lambda n: (counts[n], n))
            if counts[right] >= 2 * counts[wrong] and _is_slip(wrong, right):
                found.add((wrong, right))
    yield from sorted(found)


def _without(name: str, i: int) -> str:
    return name[:i] + name[i + 1 :]


def _without_vowels(name: str) -> str:
    return "".join(c for c in name if c not in "aeiou")


def _is_slip(a: str, b: str) -> bool:
    if not (a.isascii() and b.isascii()) and alphabets(a) != alphabets(b):
        return False
    if a[0] != b[0] or [c for c in a if c.isdigit()] != [c for c in b if c.isdigit()]:
        return False
    allowed = 2 if _without_vowels(a) == _without_vowels(b) else 1
    return OSA.distance(a, b, score_cutoff=allowed) <= allowed
