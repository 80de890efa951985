"""Reference marks: the numbers of the passages that a line rests on, runs of them as one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from consilience.records import Passage

# Three numbers in a row are read as a run; more marks than these hide the words they stand by.
_RUN_MIN = 3
_MARKS_MAX = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark. It leads to `id`, and stands for the passages up to `last` or for all of `rest`."""

    text: str
    id: str
    last: int | None = None
    rest: tuple[str, ...] = ()


def cites(passages: Iterable[Passage], ids: Mapping[Passage, str]) -> list[str]:
    return list(dict.fromkeys(ids[passage] for passage in passages))


def marks(cited: Sequence[str]) -> list[Mark]:
    """
    >>> [mark.text for mark in marks(["p9", "p1", "p2", "p3", "p5"])]
    ['1–3', '5', '9']
    """
    found = []
    for first, last in _runs(sorted(int(passage_id[1:]) for passage_id in cited)):
        if last - first + 1 >= _RUN_MIN:
            found.append(Mark(f"{first}–{last}", f"p{first}", last))
        else:
            found += [Mark(str(n), f"p{n}") for n in range(first, last + 1)]
    if len(found) <= _MARKS_MAX:
        return found
    rest = [i for mark in found[_MARKS_MAX - 1 :] for i in _held(mark)]
    return [*found[: _MARKS_MAX - 1], Mark(f"and {len(rest)} more", rest[0], rest=tuple(rest))]


def _held(mark: Mark) -> list[str]:
    first = int(mark.id[1:])
    return [f"p{n}" for n in range(first, (mark.last or first) + 1)]


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for n in numbers:
        if out and n == out[-1][1] + 1:
            out[-1] = out[-1][0], n
        else:
            out.append((n, n))
    return out
