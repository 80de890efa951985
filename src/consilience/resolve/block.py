"""Which names are worth comparing: near-linear, where all pairs would not be."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from rapidfuzz.distance import OSA

from consilience.lookalikes import alphabets
from consilience.resolve.people import PersonName
from consilience.resolve.spelling import keys

# A surname borne by more names than this is split by the first letters of the other parts, and by
# more of them where so many have those: what is spelt otherwise has a skeleton in common.
BLOCK_MAX = 60
LETTERS = 3
FINER_MAX = 20


def name_pairs(names: Iterable[PersonName]) -> Iterator[tuple[PersonName, PersonName]]:
    """Pairs of different names that share a part or a nickname, each pair once.

    A part is shared in whatever spelling.
    """
    ordered = sorted(set(names), key=_order)
    blocks: dict[str, list[int]] = {}
    for i, name in enumerate(ordered):
        for key in sorted({k for part in name.parts + name.nicknames for k in keys(part)}):
            blocks.setdefault(key, []).append(i)
    seen: set[tuple[int, int]] = set()
    for key in sorted(blocks):
        for block in _split(key, blocks[key], ordered):
            for i, j in combinations(block, 2):
                if (i, j) not in seen:
                    seen.add((i, j))
                    yield ordered[i], ordered[j]


def _split(key: str, block: list[int], ordered: Sequence[PersonName]) -> Iterator[list[int]]:
    if len(block) <= BLOCK_MAX:
        yield block
    else:
        others = [(i, p) for i in block for p in ordered[i].parts + ordered[i].nicknames]
        yield from _finer([(i, p) for i, p in others if p != key], LETTERS)


def _finer(others: Iterable[tuple[int, str]], n_letters: int) -> Iterator[list[int]]:
    """Names by the first letters of one of their parts, twice as many where too many have them."""
    by_letters: dict[str, list[tuple[int, str]]] = {}
    for i, part in others:
        by_letters.setdefault(part[:n_letters], []).append((i, part))
    for letters, held in sorted(by_letters.items()):
        if len(held) > FINER_MAX and len(letters) == n_letters:
            yield from _finer(held, 2 * n_letters)
        else:
            yield list(dict.fromkeys(i for i, _ in held))[:BLOCK_MAX]


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
