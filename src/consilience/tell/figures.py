"""A finding about numbers as a sentence: every value that is held, who holds it, how they stand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consilience.lexicon import load_words
from consilience.records import Candidate, Comparator, Finding, Quantity, RelationKind, Status
from consilience.tell.holders import Book, held_by, most, some
from consilience.tell.prose import Stretch
from consilience.wording import SMALL_NUMBERS, in_letters, plural, say_quantity

FIGURE_SLOTS = ("killed", "injured", "missing", "detained", "freed", "displaced", "cost")
_NAMES = {
    "killed": "number of people killed",
    "injured": "number of people injured",
    "missing": "number of people missing",
    "detained": "number of people detained or held",
    "displaced": "number of people driven from their homes",
    "cost": "cost",
}
# What a figure that grew is called.
_COURSES = _NAMES | {
    "killed": "death toll", "injured": "number of injured", "missing": "number of missing"
}  # fmt: skip
_PREDICATES = {
    "killed": "killed", "injured": "injured", "missing": "missing",
    "detained": "detained or held", "freed": "freed", "displaced": "driven from their homes",
}  # fmt: skip


# Whoever is saved from a wreck was held by nobody.
_SAVED = re.compile(r"\b(?:rescu|sav(?:ed|ing)|pull|pluck|winch|lift|haul|dug|led|brought)", re.I)


def _predicate(finding: Finding, book: Book) -> str:
    """What befell those counted: “killed”; of a slot that holds two fates, the one told."""
    if finding.slot != "freed":
        return _PREDICATES.get(finding.slot, "counted")
    claims = [book.claims[k] for c in finding.candidates for k in c.claim_ids]
    said = [book.documents[c.passage.document_id].text[c.passage.start : c.passage.end]
            for c in claims]  # fmt: skip
    n_saved = sum(_SAVED.search(words) is not None for words in said)
    return "rescued" if n_saved == len(said) else "freed or rescued" if n_saved else "freed"


def say_figure(finding: Finding, book: Book, year: int | None) -> tuple[Stretch, ...]:
    """One sentence for a finding whose candidates are quantities; days of `year` without it."""
    telling = [c for c in finding.candidates if not _is_only_one(c)] or list(finding.candidates)
    groups = _by_number(finding.slot, telling)
    if len(groups) == 1:
        return _say_single(finding, groups[0], book)
    match finding.status:
        case Status.UPDATED:
            return _say_course(finding, groups, book, year)
        case Status.CONTRADICTED:
            name = _name(_NAMES, finding, book)
            told = _listed([_given(g, book, year, dated=True) for g in groups])
            opening = Stretch(f"Reports disagree on the {name}: ")
            return (opening, *told, Stretch(f"; {_conflict(finding)}."))
        case _:
            return _say_compatible(finding, groups, book)


def _say_course(
    finding: Finding, groups: Sequence["_Figure"], book: Book, year: int | None
) -> tuple[Stretch, ...]:
    """“The death toll rose from six (…) to 11 (…) and then 13 (…).”"""
    ordered = sorted(groups, key=lambda g: min(_said_by(c, book) for c in g.candidates))
    numbers = [g.number for g in ordered]
    verb = (
        "rose"
        if numbers == sorted(numbers)
        else "was revised down"
        if numbers == sorted(numbers, reverse=True)
        else "changed"
    )
    steps = [_given(g, book, year, dated=True) for g in ordered]
    name = _name(_COURSES, finding, book)
    joined = [Stretch(f"The {name} {verb} from "), steps[0], Stretch(" to "), steps[1]]
    for n, step in enumerate(steps[2:], start=3):
        joined += [Stretch(" and then " if n == len(steps) else ", then "), step]
    return (*joined, Stretch("."))


def _say_compatible(
    finding: Finding, groups: Sequence["_Figure"], book: Book
) -> tuple[Stretch, ...]:
    """The figure of most origins, and beside it the others with how they can be true as well."""
    main = max(groups, key=lambda g: (_rank(g), g.number))
    others = [g for g in groups if g is not main]
    *stated, _ = _say_single(finding, main, book)
    ways = {_way(finding, main, g) for g in others}
    way = ways.pop() if len(ways) == 1 else ""
    told = _listed([_given(g, book, None, dated=False) for g in others])
    is_many = len(others) > 1
    counts = "; counts of " if is_many else "; a count of "
    return (*stated, Stretch(counts), *told, Stretch(_WAYS[way][is_many]), Stretch("."))


def _rank(figure: "_Figure") -> tuple[bool, int]:
    is_exact = any(_is_exact(c) for c in figure.candidates)
    return is_exact, max(c.n_origins for c in figure.candidates)


# How another figure can be true beside the one that is told, of one and of several.
_WAYS = {
    "part": (
        " is given as well, which may be a part of it",
        " are given as well, which may be parts of it",
    ),
    "dead": (
        " is given as well, which perhaps counts the dead too",
        " are given as well, which perhaps count the dead too",
    ),
    "": (" is given as well", " are given as well"),
}
_PART = re.compile(r"is a part|may be part|can be among|one counts")


def _way(finding: Finding, main: "_Figure", other: "_Figure") -> str:
    """How `other` can be true beside `main`, by what the relations of the two say."""
    held = [finding.candidates.index(c) for c in main.candidates]
    beside = [finding.candidates.index(c) for c in other.candidates]
    whys = " ".join(
        r.why
        for r in finding.relations
        if (r.a in held and r.b in beside) or (r.b in held and r.a in beside)
    )
    if "counts the dead too" in whys:
        return "dead" if other.number > main.number else ""
    return "part" if _PART.search(whys) and other.number < main.number else ""


@dataclass(frozen=True, slots=True)
class _Figure:
    """Candidates of one number, “at least 6” and “6”, and how the number is said."""

    number: float
    said: str
    candidates: tuple[Candidate, ...]


def _by_number(slot: str, candidates: Sequence[Candidate]) -> list[_Figure]:
    """In the order of the candidates; who says “6” says “at least 6”, so that is what is told."""
    groups: dict[float, list[Candidate]] = {}
    for candidate in candidates:
        assert isinstance(candidate.value, Quantity)
        low, high = candidate.value.low, candidate.value.high
        number = high if low is None else low
        groups.setdefault(float(number or 0), []).append(candidate)
    found = []
    for number, group in groups.items():
        whole = min(group, key=lambda c: (not _is_exact(c), _is_part(slot, c)))
        found.append(_Figure(number, _say_value(slot, whole.value), tuple(group)))
    return found


def _given(figure: _Figure, book: Book, year: int | None, *, dated: bool) -> Stretch:
    """“six (Meridian, 9 March; Echo)” on the passages that give it."""
    held: dict[str, str] = {}
    for candidate in figure.candidates:
        held = held_by(candidate, book, dated=dated, year=year) | held
    claims = {k for c in figure.candidates for k in c.claim_ids}
    passages = tuple(sorted({book.claims[k].passage for k in claims}))
    holders = most(list(dict.fromkeys(held.values())))
    return Stretch(f"{_in_words(figure.said)} ({holders})", passages)


def _counted(slot: str) -> str:
    return plural(slot.removeprefix("count:"))


def _name(names: Mapping[str, str], finding: Finding, book: Book) -> str:
    if finding.slot == "freed":
        return f"number of people {_predicate(finding, book)}"
    return names.get(finding.slot) or f"number of {_counted(finding.slot)}"


def _listed(items: Sequence[Stretch]) -> list[Stretch]:
    found: list[Stretch] = []
    for n, item in enumerate(items, start=1):
        if found:
            found.append(Stretch(" and " if n == len(items) else ", "))
        found.append(item)
    return found


def _in_words(figure: str) -> str:
    """A figure as prose says it: numbers below ten in words."""
    return re.sub(r"(?<![.,\d])\b\d\b(?![.,]?\d)", lambda m: SMALL_NUMBERS[int(m[0])], figure)


def _is_only_one(candidate: Candidate) -> bool:
    """Whether it says no more than that there was a victim, which any figure does."""
    value = candidate.value
    return (
        isinstance(value, Quantity) and value.low == 1 and value.comparator is Comparator.AT_LEAST
    )


def _is_exact(candidate: Candidate) -> bool:
    value = candidate.value
    return isinstance(value, Quantity) and value.comparator is Comparator.EXACTLY


def _is_part(slot: str, candidate: Candidate) -> bool:
    """Whether it counts people of one sort, where the question is of people."""
    value = candidate.value
    assert isinstance(value, Quantity)
    is_person = value.unit in {None, "person"}
    return slot in FIGURE_SLOTS and value.unit in load_words("people") and not is_person


def _say_single(finding: Finding, figure: _Figure, book: Book) -> tuple[Stretch, ...]:
    whole = min(
        figure.candidates,
        key=lambda c: (not _is_exact(c), _is_part(finding.slot, c), -c.n_origins),
    )
    value = whole.value
    assert isinstance(value, Quantity)
    said = _in_words(say_quantity(value))
    claims = {k for c in figure.candidates for k in c.claim_ids}
    passages = tuple(sorted({book.claims[k].passage for k in claims}))
    who = Stretch(f", {_whose(figure, book)}")
    predicate = _predicate(finding, book)
    if finding.slot == "cost":
        told = f"The cost is put at {said}"
    elif value.high == 0 and finding.slot in _PREDICATES:
        told = f"Nobody was {predicate}"
    elif finding.slot.startswith("count:"):
        told = f"{said[:1].upper()}{said[1:]} {plural(value.unit or '')} are counted"
    else:
        unit = value.unit or "person"
        noun = unit if unit in load_words("people") else "person"
        people = f"{noun} was" if value.low == 1 else f"{plural(noun)} were"
        told = f"{said[:1].upper()}{said[1:]} {people} {predicate}"
    return (Stretch(_begun(told), passages), who, Stretch("."))


def _begun(words: str) -> str:
    """A sentence that begins with a number has it in letters: “Twenty-one people”."""
    return re.sub(r"\A\d{1,2}(?= )", lambda m: in_letters(int(m[0])).capitalize(), words)


def _whose(figure: _Figure, book: Book) -> str:
    """Who says so: by how many origins, or by name where it is one."""
    claims = [book.claims[k] for c in figure.candidates for k in c.claim_ids]
    roots = {book.roots.get(d, d) for d in (c.passage.document_id for c in claims)}
    if len(roots) > 1:
        n = len(roots)
        return f"{SMALL_NUMBERS[n] if n < len(SMALL_NUMBERS) else n} independent reports say"
    held = [held_by(c, book, dated=False, year=None) for c in figure.candidates]
    names = list(dict.fromkeys(name for one in held for name in one.values()))
    return f"according to {some(names)}"


def _conflict(finding: Finding) -> str:
    why = next(r.why for r in finding.relations if r.kind is RelationKind.CONTRADICTORY)
    # Of several numbers only some exclude each other; of two it goes without saying which.
    is_plain = len(finding.candidates) == 2
    short = why.partition("exclude each other, and ")[2] if is_plain else ""
    return short or why.replace("“", "").replace("”", "")


def _said_by(candidate: Candidate, book: Book) -> tuple[bool, str]:
    """The time by which a value had been said, as it sorts; what has none comes last."""
    times = (book.claims[k].as_of for k in candidate.claim_ids)
    ends = [w.end.isoformat() for w in times if w is not None and w.end is not None]
    return not ends, min(ends, default="")


def _say_value(slot: str, value: object) -> str:
    """The figure, with what it counts where it is a part of the people."""
    assert isinstance(value, Quantity)
    said = say_quantity(value)
    if value.high == 0 and slot in _PREDICATES:
        return "nobody"
    is_part = slot in FIGURE_SLOTS and value.unit in load_words("people") and value.unit != "person"
    return f"{said} {plural(value.unit or '')}" if is_part and said != "1" else said
