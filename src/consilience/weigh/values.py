"""What values of a table say: which are one value, and which are vaguer forms of which."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import permutations

from consilience.gazetteer import contains, find_places
from consilience.weigh.truth import Vaguer
from consilience.wording import fold

_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:[ ,]\d{3})+|\d+)(?:\.\d+)?")
_DAY = re.compile(r"\d{4}(?: \d{2}){0,2}")
_WORD = re.compile(r"\w+")
# Commas alone join the parts of a place; these join the members of a list.
_JOINT = re.compile(r";|/|&|\band\b", re.IGNORECASE)
_LISTS_MIN = 0.05  # of the values of a table, for it to be one of lists
_NUMBERS_MIN = 0.9
# Left out by one and put in by another without a difference.
_SLIGHT = frozenset({"and", "by", "the", "of"})
# Of the places of one name, the largest so many.
_BEARERS_MAX = 6
_NO_VALUE = frozenset({"", "-", "n a", "na", "none", "not available", "null", "unknown"})


@dataclass(frozen=True, slots=True)
class Column:
    """The values of a table: `key[value]` is one for all spellings of a value, None where it is
    none; `shown[item, key]` its commonest spelling there."""

    key: Mapping[str, str | None]
    shown: Mapping[tuple[str, str], str]
    is_lists: bool
    is_vaguer: Vaguer


def read_column(given: Sequence[tuple[str, str]], within: Iterable[tuple[str, str]] = ()) -> Column:
    """Tell from (item, value) pairs what sort of values they are, and compare them so.

    `within` are pairs of a value and one it lies in, beside what the gazetteer knows of places.
    """
    values = sorted({value for _, value in given})
    some = [v for v in values if _spelling(v) not in _NO_VALUE]
    is_numbers = _share(some, lambda v: _number(v) is not None) >= _NUMBERS_MIN
    is_lists = not is_numbers and _share(some, lambda v: bool(_JOINT.search(v))) >= _LISTS_MIN
    spell = _elements if is_lists else (_number_or_words if is_numbers else _spelling)
    key = {v: None if _spelling(v) in _NO_VALUE else spell(v) or None for v in values}
    spellings: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for item, value in given:
        k = key[value]
        if k is not None:
            spellings[item, k][value] += 1
    shown = {at: max(sorted(found), key=lambda v: found[v]) for at, found in spellings.items()}
    if is_numbers:
        return Column(key, shown, is_lists, _is_rounded)
    known = () if is_lists else _lying_in(given)
    return Column(key, shown, is_lists, _containment((*within, *known)))


def _lying_in(given: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Pairs of places given for one item of which, by the gazetteer, one may lie in the other."""
    values: dict[str, set[str]] = defaultdict(set)
    for item, value in given:
        values[item].add(value.strip())
    for together in values.values():
        if len(together) > 1:
            places = {v: find_places(v)[:_BEARERS_MAX] for v in sorted(together)}
            for inner, outer in permutations(places, 2):
                if any(contains(a, b) for a in places[outer] for b in places[inner]):
                    yield inner, outer


def _share(values: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, values)) / len(values) if values else 0.0


def _spelling(value: str) -> str:
    """Without capitals, accents and points; commas are kept, for they part what lies in what."""
    parts = (" ".join(_WORD.findall(fold(part))) for part in unescape(value).split(","))
    return ", ".join(part for part in parts if part)


def _elements(value: str) -> str:
    """The words of a list, in whatever order: "Lind, Anna; Berg, P." is "P. Berg and Anna Lind"."""
    words = _WORD.findall(fold(unescape(value)).replace("'", "").replace("’", ""))
    return " ".join(sorted({w for w in words if len(w) > 1 and w not in _SLIGHT}))


def _number(value: str) -> str | None:
    text = value.strip()
    return re.sub("[ ,]", "", text) if _NUMBER.fullmatch(text) else None


def _number_or_words(value: str) -> str:
    return _number(value) or _spelling(value)


def _is_rounded(vague: str, exact: str) -> bool:
    """Whether a number is another one rounded: 74000 for 73951, not for 73400."""
    if not (vague.isdecimal() and exact.isdecimal()) or vague == exact:
        return False
    step: int = 10 ** (len(vague) - len(vague.rstrip("0")))
    return step > 1 and 2 * abs(int(vague) - int(exact)) <= step and int(exact) % step != 0


def _containment(within: Iterable[tuple[str, str]]) -> Vaguer:
    outer: dict[str, set[str]] = defaultdict(set)
    for inner, wider in within:
        outer[_spelling(inner)].add(_spelling(wider))

    def is_vaguer(vague: str, exact: str) -> bool:
        """A wider place, the tail of a fuller one, the month of a day."""
        if exact.endswith(f", {vague}") or vague in _outer(exact, outer):
            return True
        are_days = all(_DAY.fullmatch(v) for v in (vague, exact))
        return are_days and exact.startswith(f"{vague} ")

    return is_vaguer


def _outer(value: str, outer: Mapping[str, set[str]]) -> set[str]:
    """All that a value lies in, however far up."""
    found: set[str] = set()
    waiting = [value]
    while waiting:
        for wider in outer.get(waiting.pop(), ()):
            if wider not in found and wider != value:
                found.add(wider)
                waiting.append(wider)
    return found
