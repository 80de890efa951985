"""Numbers that are added up: lists of people, and those who died besides."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from consilience.records import Addend, Comparator, Count, Mention, Passage, Quantity
from consilience.weigh.beside import tells_a_fate
from consilience.weigh.figure import Figure, is_generic
from consilience.weigh.passages import Stretches, beginning_in, stretches, within

ONE = Quantity(1, 1, Comparator.EXACTLY, "person")
_ADDED = frozenset({Comparator.EXACTLY, Comparator.ABOUT, Comparator.AT_LEAST})
# "Another two died later", "two more died", "two others died".
_BESIDES = re.compile(r"\b(?:another|a further|an additional)\b|\b(?:more|others?)$", re.IGNORECASE)
_MORE = re.compile(
    r"\A(?:another|a further|an additional)\b|(?<!than)\smore\b(?! than)|\badditional\b",
    re.IGNORECASE,
)
_MORE_BEFORE = re.compile(r"\b(?:another|a further|an additional)\s+\Z", re.IGNORECASE)
# "Two died at the scene and a third in hospital", "and a third died on Sunday".
_ORDINALS = {
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12,
}  # fmt: skip
_ONE_BESIDES = re.compile(
    rf"\b(?P<one>(?:a|the) (?P<nth>{'|'.join(_ORDINALS)})(?: (?:person|victim|man|woman|child))?)"
    r"(?: later)? (?:died|succumbed|was pronounced dead|was killed"
    r"|(?:later )?(?:in|at) (?:a |the )?(?:nearby |local )?hospital)\b"
)


def whole_counts(text: str, counts: Sequence[Count]) -> Iterator[Count]:
    """Counts that stand inside no longer one: not two and nine, once eleven is known.

    A list is no list where its members fared differently ("two women dead and two others") or
    where the first is told again by the rest ("three others, two women and a man").
    """
    standing = by_place(counts)
    lists = [count for count in counts if _inside(count, standing)]
    mixed = [c for c in lists if tells_a_fate(text[c.passage.start : c.passage.end])]
    told_twice = [c for c in lists if c not in mixed and _is_told_again(text, c, standing)]
    retold = {part.passage for c in told_twice for part in _inside(c, standing)[1:]}
    kept = [c for c in counts if c not in mixed and c not in told_twice]
    still = by_place(kept)
    for count in kept:
        around = still.over(count.passage.start, count.passage.end)
        is_part = any(
            c.passage != count.passage and within(count.passage, c.passage) for _, c in around
        )
        if count.passage not in retold and not is_part:
            yield count


def by_place(counts: Sequence[Count]) -> Stretches[tuple[int, Count]]:
    """The counts of a sentence and their number in it, to be found by where they stand."""
    return stretches((count.passage, (n, count)) for n, count in enumerate(counts))


def _inside(count: Count, standing: Stretches[tuple[int, Count]]) -> list[Count]:
    """The counts within another, in the order they were given."""
    found = sorted(standing.over(count.passage.start, count.passage.end), key=lambda held: held[0])
    return [c for _, c in found if c.passage != count.passage and within(c.passage, count.passage)]


def _is_told_again(text: str, count: Count, standing: Stretches[tuple[int, Count]]) -> bool:
    first = _inside(count, standing)[0]
    end = max(first.passage.end, first.of.end if first.of else 0)
    is_half = count.quantity.low == 2 * (first.quantity.low or 0)
    return is_half and is_generic(first.quantity.unit) and text.startswith(",", end)


def parts_of(
    count: Count, standing: Stretches[tuple[int, Count]], people: Sequence[Mention]
) -> tuple[Addend, ...]:
    """What a list adds up: its counted members, and the single ones it names."""
    inside = _inside(count, standing)
    total = count.quantity.low
    if not inside or total is None:
        return ()
    covered = [c.passage if c.of is None else _joined(c.passage, c.of) for c in inside]
    added = [Addend(passage, part.quantity) for passage, part in zip(covered, inside, strict=True)]
    singles = [
        m.passage
        for m in beginning_in(people, lambda m: m.passage, count.passage)
        if within(m.passage, count.passage) and not any(_meet(m.passage, c) for c in covered)
    ]
    singles = [p for p in singles if not any(p != o and within(p, o) for o in singles)]
    added += [Addend(p, ONE) for p in dict.fromkeys(singles)]
    is_shown = sum(a.quantity.low or 0 for a in added) == total
    return tuple(sorted(added, key=lambda a: a.passage)) if is_shown else ()


def _joined(a: Passage, b: Passage) -> Passage:
    return Passage(a.document_id, min(a.start, b.start), max(a.end, b.end))


def _meet(a: Passage, b: Passage) -> bool:
    return a.start < b.end and b.start < a.end


def added_up(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """The figures of one sentence, those of one fate besides added to the first of it."""
    found = list(figures)
    for slot in ("killed", "injured", "missing", "detained"):
        alike = [f for f in found if f.slot == slot and _is_addable(f)]
        rest = [f for f in found if f not in alike[:2]]
        if len(alike) > 1 and _is_besides(text, alike[0], alike[1]):
            found = [*rest, _sum(alike[0], alike[1].count, alike[1].count.quantity)]
        elif slot == "killed" and len(alike) == 1:
            one = _one_besides(text, alike[0])
            found = [*rest, _sum(alike[0], Count(one, ONE, None), ONE)] if one else found
    return found


def is_besides(text: str, count: Count) -> bool:
    """Whether a number is of more than were counted before: "two more bodies", "a further six"."""
    words = text[count.passage.start : _whole(count).end]
    before = text[max(0, count.passage.start - 16) : count.passage.start]
    return _MORE.search(words) is not None or _MORE_BEFORE.search(before) is not None


def _is_addable(figure: Figure) -> bool:
    value = figure.count.quantity
    return value.comparator in _ADDED and bool(value.low) and figure.victim is None


def _is_besides(text: str, first: Figure, later: Figure) -> bool:
    end = max(later.count.passage.end, later.count.of.end if later.count.of else 0)
    words = text[later.count.passage.start : end]
    apart = later.proposition != first.proposition
    return apart and _BESIDES.search(words) is not None and not later.sum_of


def _one_besides(text: str, figure: Figure) -> Passage | None:
    end = figure.count.passage.end
    for match in _ONE_BESIDES.finditer(text, end, figure.sentence.end):
        if _ORDINALS[match["nth"]] == (figure.count.quantity.low or 0) + 1:
            return Passage(figure.count.passage.document_id, *match.span("one"))
    return None


def _sum(first: Figure, later: Count, quantity: Quantity) -> Figure:
    value = first.count.quantity
    low = (value.low or 0) + (quantity.low or 0)
    kinds = {value.comparator, quantity.comparator}
    kind = next((k for k in (Comparator.AT_LEAST, Comparator.ABOUT) if k in kinds), None)
    high = None if kind is Comparator.AT_LEAST else low
    total = Quantity(low, high, kind or Comparator.EXACTLY, "person")
    own = first.sum_of or (Addend(_whole(first.count), value),)
    return replace(
        first,
        count=Count(_joined(first.count.passage, later.passage), total, None),
        sum_of=(*own, Addend(_whole(later), quantity)),
    )


def _whole(count: Count) -> Passage:
    return count.passage if count.of is None else _joined(count.passage, count.of)
