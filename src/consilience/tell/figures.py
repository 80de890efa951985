"""A finding about numbers as a sentence: every value that is held, who holds it, how they stand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from consilience.lexicon import load_words
from consilience.records import (
    Candidate,
    Claim,
    Comparator,
    Document,
    Entity,
    Finding,
    Kind,
    PartKind,
    Quantity,
    RelationKind,
    Status,
    When,
)
from consilience.tell.sentences import part_of
from consilience.wording import SMALL_NUMBERS, label, plural, say_quantity, say_when


@dataclass(frozen=True, slots=True)
class Book:
    """What a sentence looks up by id. `roots`: the first document of each document's origin."""

    claims: Mapping[str, Claim]
    documents: Mapping[str, Document]
    entities: Mapping[str, Entity]
    roots: Mapping[str, str]


# Who holds a figure is told of this many; the rest stands in the finding.
_MAX_HOLDERS = 3
# A day that stands beside a source is no part of its name: "the coroner on Monday".
_DAY = re.compile(r",? (?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: \w+)?\Z")
# "Local media reports" is the media, with its verb or its noun.
_REPORTS = re.compile(r"\b(media|press|news|newspapers?|outlets?) reports?\Z", re.IGNORECASE)
# What says something in a text, and is nobody.
_NO_SPEAKERS = frozenset("it this that details detail fact facts video footage information".split())
# What is told of a source beside what it is called.
_MORE = re.compile(r",? (?:who|which|that)\b|, (?=aged?\b|an? |the |\d)")
# The credit of a picture is no source.
_NO_SOURCE = re.compile(r"[()|]|\b(?:photo|image|video)s?:", re.IGNORECASE)
_DETERMINERS = frozenset(
    "the an some several many two three four five one both all local federal state city county"
    " military security senior his her their its another other".split()
)
FIGURE_SLOTS = ("killed", "injured", "missing", "detained", "freed", "displaced", "cost")
_NAMES = {
    "killed": "number of people killed",
    "injured": "number of people injured",
    "missing": "number of people missing",
    "detained": "number of people detained or held",
    "freed": "number of people freed",
    "displaced": "number of people driven from their homes",
    "cost": "cost",
}
_PREDICATES = {
    "killed": "killed", "injured": "injured", "missing": "missing",
    "detained": "detained or held", "freed": "freed", "displaced": "driven from their homes",
}  # fmt: skip


def say_figure(finding: Finding, book: Book) -> str:
    """One sentence for a finding whose candidates are quantities."""
    name = _NAMES.get(finding.slot, f"number of {plural(finding.slot.removeprefix('count:'))}")
    telling = [c for c in finding.candidates if not _is_only_one(c)] or list(finding.candidates)
    if len(telling) == 1:
        return _say_single(finding, telling[0], book)
    finding = replace(finding, candidates=tuple(telling))
    groups = _by_number(finding, book)
    if len(groups) == 1 and all(_is_exact(c) for c in telling):
        whole = min(telling, key=lambda c: (_is_part(finding.slot, c), -c.n_origins))
        claim_ids = tuple(k for c in telling for k in c.claim_ids)
        return _say_single(finding, replace(whole, claim_ids=claim_ids), book)
    said = listed([f"{values} ({_most(held)})" for values, held in groups])
    match finding.status:
        case Status.UPDATED:
            said = listed([f"{values} ({_most(held)})" for values, held in _in_time(finding, book)])
            return f"The {name} changed as reports came in: {said}."
        case Status.CONTRADICTED:
            return f"The accounts disagree on the {name}: {said}; {_conflict(finding)}."
        case _ if len(groups) == 1:
            return f"The {name} is given as {said}."
        case _:
            both = "both" if len(groups) == 2 else "all"
            return f"The {name} is given as {said}, which can {both} be true."


def _in_words(figure: str) -> str:
    """A figure as prose says it: numbers below ten in words."""
    return re.sub(r"\b\d\b(?![.,]\d)", lambda m: SMALL_NUMBERS[int(m[0])], figure)


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


def _say_single(
    finding: Finding,
    candidate: Candidate,
    book: Book,
) -> str:
    assert isinstance(candidate.value, Quantity)
    figure = _in_words(say_quantity(candidate.value))
    who = holders(candidate, book)
    if finding.slot == "cost":
        return f"The cost is given as {figure} by {who}."
    predicate = _PREDICATES.get(finding.slot, "counted")
    if candidate.value.high == 0 and finding.slot in _PREDICATES:
        return f"Nobody was {predicate}, according to {who}."
    unit = candidate.value.unit or "person"
    noun = unit if unit in load_words("people") else "person"
    is_one = candidate.value.low == 1
    people = f"{noun} was" if is_one else f"{plural(noun)} were"
    if finding.slot.startswith("count:"):
        return f"{figure[:1].upper()}{figure[1:]} {plural(unit)} are counted, according to {who}."
    return f"{figure[:1].upper()}{figure[1:]} {people} {predicate}, according to {who}."


def _conflict(finding: Finding) -> str:
    why = next(r.why for r in finding.relations if r.kind is RelationKind.CONTRADICTORY)
    return why.replace("“", "").replace("”", "")


def _in_time(finding: Finding, book: Book) -> list[tuple[str, list[str]]]:
    """The groups of `_by_number` in the order in which they had surely been said."""
    dated = sorted(finding.candidates, key=lambda c: _said_by(c, book))
    return _by_number(replace(finding, candidates=tuple(dated)), book)


def _said_by(candidate: Candidate, book: Book) -> tuple[bool, str]:
    """The time by which a value had been said, as it sorts; what has none comes last."""
    times = (book.claims[k].as_of for k in candidate.claim_ids)
    ends = [w.end.isoformat() for w in times if w is not None and w.end is not None]
    return not ends, min(ends, default="")


def _by_number(
    finding: Finding,
    book: Book,
) -> list[tuple[str, list[str]]]:
    """Candidates of one number together, “at least 6 or 6”, each with who holds it."""
    groups: dict[float | int | None, list[Candidate]] = {}
    for candidate in finding.candidates:
        if isinstance(candidate.value, Quantity):
            value = candidate.value
            groups.setdefault(value.high if value.low is None else value.low, []).append(candidate)
    found = []
    for group in groups.values():
        group.sort(key=lambda c: isinstance(c.value, Quantity) and c.value.comparator != "exactly")
        values = " or ".join(dict.fromkeys(_say_value(finding.slot, c.value) for c in group))
        held: dict[str, str] = {}
        for candidate in group:
            held = _held(candidate, book, dated=True) | held
        found.append((values, list(held.values())))
    return found


def _say_value(slot: str, value: object) -> str:
    """The figure, with what it counts where it is a part of the people."""
    assert isinstance(value, Quantity)
    said = say_quantity(value)
    if value.high == 0 and slot in _PREDICATES:
        return "nobody"
    is_part = slot in FIGURE_SLOTS and value.unit in load_words("people") and value.unit != "person"
    return f"{said} {plural(value.unit or '')}" if is_part and said != "1" else said


def _most(held: Sequence[str]) -> str:
    """The first of a list of holders, and whether there are more."""
    return "; ".join(held[:_MAX_HOLDERS]) + ("; and others" if len(held) > _MAX_HOLDERS else "")


def holders(
    candidate: Candidate,
    book: Book,
) -> str:
    """Who holds a value: the speakers where somebody says it, else the outlets, each once."""
    held = list(dict.fromkeys(_held(candidate, book, dated=False).values()))
    return listed([*held[:_MAX_HOLDERS], "others"] if len(held) > _MAX_HOLDERS else held)


def _held(candidate: Candidate, book: Book, *, dated: bool) -> dict[str, str]:
    """By origin, so that a page that gives a figure twice, or copies it, is named once."""
    held: dict[str, str] = {}
    pages: dict[str, set[str]] = {}
    claims = sorted((book.claims[k] for k in candidate.claim_ids), key=lambda c: c.passage)
    for claim in claims:
        document_id = claim.passage.document_id
        root = book.roots.get(document_id, document_id)
        pages.setdefault(root, set()).add(document_id)
        if root not in held or document_id == root:
            held.setdefault(root, _holder(claim, book, dated=dated))
    return {
        root: name + (" and copies of it" if len(pages[root]) > 1 else "")
        for root, name in held.items()
    }


def _holder(claim: Claim, book: Book, *, dated: bool) -> str:
    document = book.documents[claim.passage.document_id]
    name = label(document)
    voice = next((v for v in claim.voices if v.name), None)
    if part_of(document, claim.passage) is PartKind.COMMENT:
        name = f"a comment in {name}"
    if voice is not None and voice.name is not None:
        entity = book.entities.get(voice.speaker_id or "")
        speaker = entity.name if entity else _described(voice.name)
        if entity is not None and entity.kind is Kind.PLACE:
            # The town of a dateline says nothing; "the port" or "the province" may.
            speaker = "" if voice.name in entity.names else _described(voice.name)
        name = f"{speaker} in {name}" if speaker else name
    if dated and claim.as_of is not None and claim.as_of.start is not None:
        name += f", {say_when(When(None, None, claim.as_of.value.split('T')[0]))}"
    return name


def _described(words: str) -> str:
    """A source without a name as a sentence calls it; empty for what is no speaker."""
    said = _DAY.sub("", " ".join(words.split()))
    said = _REPORTS.sub(r"\1", said)
    if said.rpartition(" ")[2].lower() in _NO_SPEAKERS or _NO_SOURCE.search(said):
        return ""
    return as_inside(_MORE.split(said)[0])


def as_inside(description: str) -> str:
    """A description that began its sentence as it stands within one: “Police” is “police”.

    >>> [as_inside(words) for words in ("Police", "The Arlow police", "Arlow police")]
    ['police', 'the Arlow police', 'Arlow police']
    """
    first = description.partition(" ")[0]
    is_common = len(first) == 1 or (first[1:].islower() and first.lower() in _common_openings())
    return description[:1].lower() + description[1:] if is_common else description


@cache
def _common_openings() -> frozenset[str]:
    """Words that open the description of a source and are no name."""
    nouns = load_words("source_nouns") | load_words("people")
    return _DETERMINERS | nouns | {plural(noun) for noun in nouns}


def listed(items: Sequence[str]) -> str:
    """Items as prose: “a, b and c”."""
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + " and " + items[-1]
