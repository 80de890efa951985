"""Templates of MUC-4: those of the key as records, and how one is scored against another."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from consilience.wording import fold

SLOTS = ("date", "location", "name", "number", "effect", "perpetrator")
DATE = re.compile(r"(\d{1,2}) ([A-Z]{3}) (\d{2})\b")
_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
_PEOPLE = frozenset("people person persons individuals victims others civilians".split())


@dataclass(frozen=True, slots=True)
class Victim:
    """`ids` are the words that may stand for the victim; `n` is None for "several"."""

    ids: tuple[str, ...]
    named: bool
    n: int | None
    effects: frozenset[str]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Perpetrator:
    """Who is said to have done it: men or a body; `ids` as of a victim."""

    ids: tuple[str, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """From the first to the last day it may have been; `by`: on or before the last."""

    first: date
    last: date
    by: bool


@dataclass(frozen=True, slots=True)
class Template:
    """One incident. `places` are chains, widest first; more than one: either will do."""

    day: Day | None
    places: tuple[tuple[str, ...], ...]
    victims: tuple[Victim, ...]
    perpetrators: tuple[Perpetrator, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """Of one slot: what the key asks, what we give, what of it is right (half for partly)."""

    possible: float = 0.0
    actual: float = 0.0
    right: float = 0.0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.possible + other.possible, self.actual + other.actual, self.right + other.right
        )


Marks = Mapping[str, Tally]


def key_template(filled: Mapping[str, str]) -> Template:
    place = filled["INCIDENT: LOCATION"]
    return Template(
        _key_day(filled["INCIDENT: DATE"]),
        _chains(place) if place not in "-*" else (),
        _key_victims(filled),
        tuple(
            Perpetrator(ids, is_optional)
            for slot in ("PERP: INDIVIDUAL ID", "PERP: ORGANIZATION ID")
            for _, ids, is_optional in _fills(filled[slot])
        ),
        "OPTIONAL" in filled["MESSAGE: TEMPLATE"],
    )


def _key_day(said: str) -> Day | None:
    """The days of "16 NOV 89", "- 18 AUG 89" (by then), "29 OCT 89 - 30 OCT 89".

    >>> _key_day("- 18 AUG 89").last.isoformat()
    '1989-08-18'
    """
    days = [day_of(m) for m in DATE.findall(said)]
    if not days:
        return None
    is_by = said.lstrip("? (").startswith("-")
    return Day(days[0], days[-1], is_by)


def day_of(found: tuple[str, str, str]) -> date:
    return date(1900 + int(found[2]), _MONTHS.index(found[1].upper()) + 1, int(found[0]))


def _chains(said: str) -> tuple[tuple[str, ...], ...]:
    """
    >>> _chains("PERU: LIMA (CITY): SAN ISIDRO (NEIGHBORHOOD)")
    (('peru', 'lima', 'san isidro'),)
    >>> _chains("(HONDURAS: COMAYAGUA (CITY / JURISDICTION)) / (HONDURAS)")
    (('honduras', 'comayagua'), ('honduras',))
    """
    either = [re.sub(r"(?<=\w) \([A-Z /-]+\)", "", one) for one in re.split(r"\) / \(", said)]
    return tuple(
        tuple(words_of(part) for part in one.strip("()? ").split(":") if part.strip())
        for one in either
    )


def words_of(name: str) -> str:
    return " ".join(re.findall(r"\w+", fold(name)))


def _key_victims(filled: Mapping[str, str]) -> tuple[Victim, ...]:
    named = {ids for _, ids, _ in _fills(filled["HUM TGT: NAME"])}
    effects: dict[tuple[str, ...], set[str]] = {}
    for effect, ids, _ in _fills(filled["HUM TGT: EFFECT OF INCIDENT"]):
        effects.setdefault(ids, set()).add(effect)
    victims = [
        Victim(
            ids,
            ids in named,
            int(n) if n.isdigit() else None,
            frozenset(effects.get(ids, ())),
            is_optional,
        )
        for n, ids, is_optional in _fills(filled["HUM TGT: NUMBER"])
    ]
    return tuple(victims)


def _fills(said: str) -> list[tuple[str, tuple[str, ...], bool]]:
    """(what stands before the colon, the strings that will do, whether optional) of each line.

    >>> _fills('6: "JESUITS" / "PRIESTS"')
    [('6', ('jesuits', 'priests'), False)]
    """
    found = []
    for line in said.split("\n"):
        strings = re.findall(r'"((?:[^"\\]|\\.)*)"', line)
        if strings:
            before = re.split(r'[:"]', line.lstrip("? "), maxsplit=1)[0].strip()
            found.append((before, tuple(words_of(s) for s in strings), line.startswith("?")))
    return found


def score(
    ours: Sequence[Template], key: Sequence[Template], *, all_templates: bool
) -> dict[str, Tally]:
    """Tallies of each slot, templates laid beside each other as they agree best."""
    pairs = sorted(
        ((_worth(compare(o, k)), -i, -j) for i, o in enumerate(ours) for j, k in enumerate(key)),
        reverse=True,
    )
    of_ours: dict[int, int] = {}
    for worth, i, j in pairs:
        if worth > 0 and -i not in of_ours and -j not in of_ours.values():
            of_ours[-i] = -j
    marks = dict.fromkeys(SLOTS, Tally())
    for i, one in enumerate(ours):
        if i in of_ours:
            laid = compare(one, key[of_ours[i]])
        elif all_templates:
            laid = compare(one, _NOTHING)
        else:
            continue
        marks = {slot: marks[slot] + laid[slot] for slot in SLOTS}
    for j, one in enumerate(key):
        if j not in of_ours.values() and not one.optional:
            laid = compare(_NOTHING, one)
            marks = {slot: marks[slot] + laid[slot] for slot in SLOTS}
    return marks


_NOTHING = Template(None, (), ())


def _worth(marks: Marks) -> float:
    return sum(tally.right for tally in marks.values())


def compare(ours: Template, key: Template) -> dict[str, Tally]:
    day = float(ours.day is not None), float(key.day is not None), _right_day(ours.day, key.day)
    place = float(bool(ours.places)), float(bool(key.places)), _right_place(ours, key)
    of_key = _victims_met(ours.victims, key.victims)
    return {
        "date": Tally(day[1], day[0], day[2]),
        "location": Tally(place[1], place[0], place[2]),
        "name": _victims(ours, key, of_key, lambda v: v.named, lambda _a, _b: 1.0),
        "number": _victims(ours, key, of_key, lambda _: True, _right_number),
        "effect": _victims(ours, key, of_key, lambda v: bool(v.effects), _right_effect),
        "perpetrator": _perpetrators(ours.perpetrators, key.perpetrators),
    }


def _perpetrators(ours: Sequence[Perpetrator], key: Sequence[Perpetrator]) -> Tally:
    """Each of the key's is met once; ours that name one already met are right too."""
    met = [
        next((j for j, theirs in enumerate(key) if _is_one(mine, theirs)), None) for mine in ours
    ]
    found = {j for j in met if j is not None}
    possible = sum(not one.optional or j in found for j, one in enumerate(key))
    spurious = sum(j is None for j in met)
    return Tally(float(possible), float(len(found) + spurious), float(len(found)))


def _is_one(mine: Perpetrator, theirs: Perpetrator) -> bool:
    return any(_same_name(x, y) or _same_noun(x, y) for x in mine.ids for y in theirs.ids)


def _victims(
    ours: Template,
    key: Template,
    of_key: Mapping[int, int],
    counts: Callable[[Victim], bool],
    right: Callable[[Victim, Victim], float],
) -> Tally:
    met = {i: key.victims[j] for i, j in of_key.items()}
    possible = sum(
        counts(v) and (not v.optional or j in of_key.values()) for j, v in enumerate(key.victims)
    )
    actual = sum(counts(v) for v in ours.victims)
    got = sum(
        right(v, met[i])
        for i, v in enumerate(ours.victims)
        if i in met and counts(v) and counts(met[i])
    )
    return Tally(float(possible), float(actual), got)


def _victims_met(ours: Sequence[Victim], key: Sequence[Victim]) -> dict[int, int]:
    pairs = sorted(
        (
            (_likeness(a, b), -i, -j)
            for i, a in enumerate(ours)
            for j, b in enumerate(key)
        ),
        reverse=True,
    )  # fmt: skip
    met: dict[int, int] = {}
    for likeness, i, j in pairs:
        if likeness > 0 and -i not in met and -j not in met.values():
            met[-i] = -j
    return met


def _likeness(a: Victim, b: Victim) -> float:
    """Above 0 where some words of the one stand for the other; more for one number and effect."""
    if a.named != b.named:
        return 0.0
    if not any(_same_name(x, y) if a.named else _same_noun(x, y) for x in a.ids for y in b.ids):
        return 0.0
    return 1 + (a.n == b.n) + bool(a.effects & b.effects) / 2


def _same_name(a: str, b: str) -> bool:
    left, right = a.split(), b.split()
    return left[-1] in right and (set(left) <= set(right) or set(right) <= set(left))


def _same_noun(words: str, noun: str) -> bool:
    """Whether the head of a description stands among the words, in whichever number."""
    said = set(words.split())
    head = noun.split()[-1]
    forms = {head, head.removesuffix("s"), f"{head}s", head.replace("men", "man")}
    return not said.isdisjoint(forms) or (head in _PEOPLE and not said.isdisjoint(_PEOPLE))


def _right_number(a: Victim, b: Victim) -> float:
    if a.n == b.n or (b.n is None and a.n is not None and a.n > 1):
        return 1.0
    return 0.0


def _right_effect(a: Victim, b: Victim) -> float:
    return 1.0 if a.effects == b.effects else 0.5 if a.effects & b.effects else 0.0


def _right_day(ours: Day | None, key: Day | None) -> float:
    if ours is None or key is None:
        return 0.0
    if (ours.first, ours.last, ours.by) == (key.first, key.last, key.by):
        return 1.0
    if ours.by or key.by:
        near = key.last - timedelta(days=31) <= ours.last <= key.last
        return 0.5 if near or ours.last == key.last else 0.0
    return 0.5 if ours.first <= key.last and key.first <= ours.last else 0.0


def _right_place(ours: Template, key: Template) -> float:
    best = 0.0
    for mine in ours.places:
        for theirs in key.places:
            if mine[-1] == theirs[-1]:
                return 1.0
            if set(mine) & set(theirs):
                best = 0.5
    return best
