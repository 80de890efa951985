"""Who holds an answer, as prose names them: whoever is said to say it, else the outlet."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from consilience.lexicon import load_words
from consilience.records import Candidate, Claim, Document, Entity, Kind, PartKind, When
from consilience.tell.days import say_day
from consilience.tell.prose import outlet
from consilience.tell.sentences import part_of
from consilience.wording import plural, say_when

# Who holds a figure is told of this many; the rest stands in the finding.
_MAX_HOLDERS = 3
# A day that stands beside a source is no part of its name: "the coroner on Monday".
_DAY = re.compile(r",? (?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: \w+)?\Z")
# "Local media reports" is the media, with its verb or its noun.
_REPORTS = re.compile(r"\b(media|press|news|newspapers?|outlets?) reports?\Z", re.IGNORECASE)
# What says something in a text, and is nobody.
_NO_SPEAKERS = frozenset(
    "it this that details detail fact facts video footage information he she they them we us i you"
    " who which one someone somebody".split()
)
# What is told of a source beside what it is called.
_MORE = re.compile(r",? (?:who|which|that)\b|, (?=aged?\b|an? |the |\d)")
# The credit of a picture is no source.
_NO_SOURCE = re.compile(r"[()|]|\b(?:photo|image|video)s?:", re.IGNORECASE)
_DETERMINERS = frozenset(
    "the an some several many two three four five one both all local federal state city county"
    " military security senior his her their its another other".split()
)


@dataclass(frozen=True, slots=True)
class Book:
    """What a sentence looks up by id. `roots`: the first document of each document's origin."""

    claims: Mapping[str, Claim]
    documents: Mapping[str, Document]
    entities: Mapping[str, Entity]
    roots: Mapping[str, str]


def most(held: Sequence[str]) -> str:
    """The first of a list of holders, and whether there are more."""
    return "; ".join(held[:_MAX_HOLDERS]) + ("; and others" if len(held) > _MAX_HOLDERS else "")


def holders(
    candidate: Candidate,
    book: Book,
) -> str:
    """Who holds a value: the speakers where somebody says it, else the outlets, each once."""
    return some(list(dict.fromkeys(held_by(candidate, book, dated=False, year=None).values())))


def some(held: Sequence[str]) -> str:
    return listed([*held[:_MAX_HOLDERS], "others"] if len(held) > _MAX_HOLDERS else held)


def held_by(candidate: Candidate, book: Book, *, dated: bool, year: int | None) -> dict[str, str]:
    """By origin, so that a page that gives a figure twice, or copies it, is named once."""
    held: dict[str, str] = {}
    pages: dict[str, set[str]] = {}
    claims = sorted((book.claims[k] for k in candidate.claim_ids), key=lambda c: c.passage)
    for claim in claims:
        document_id = claim.passage.document_id
        root = book.roots.get(document_id, document_id)
        pages.setdefault(root, set()).add(document_id)
        if root not in held or document_id == root:
            held.setdefault(root, _holder(claim, book, dated=dated, year=year))
    return {
        root: name + (" and copies of it" if len(pages[root]) > 1 else "")
        for root, name in held.items()
    }


def _holder(claim: Claim, book: Book, *, dated: bool, year: int | None) -> str:
    document = book.documents[claim.passage.document_id]
    name = outlet(document)
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
        day = claim.as_of.value.split("T")[0]
        name += f", {say_day(day, year) or say_when(When(None, None, day))}"
    return name


def _described(words: str) -> str:
    """A source without a name as a sentence calls it; empty for what is no speaker."""
    said = _DAY.sub("", " ".join(words.split()))
    said = _REPORTS.sub(r"\1", said)
    if said.lower() in load_words("offices"):
        # A headline leaves the article out: "Minister admits".
        return f"the {said.lower()}"
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
