"""Where the accounts do not agree: each side with who holds it, and no side preferred."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from consilience.records import (
    Candidate,
    EntityRef,
    Event,
    Finding,
    Passage,
    Quantity,
    RelationKind,
    Status,
    Text,
    Truth,
    When,
)
from consilience.tell.figures import FIGURE_SLOTS
from consilience.tell.holders import Book, holders, listed
from consilience.tell.prose import Draft, Stretch
from consilience.tell.sentences import quoted, words_of
from consilience.wording import fold, say_quantity, say_when, shortened

# More than these tire a reader; the rest stands in the list of findings.
_MAX_DISPUTES = 5
_MAX_SIDES = 4
# Answers of more words stand behind who gives them, each after a stop or a semicolon.
_SHORT_WORDS = 8
# Words longer than this are cut between words; they stand whole behind the note.
_QUOTED_CHARS = 140
# What the disagreement is on, the gravest first; {} is the name of whom or what it is about. None:
# the question of the finding says it.
_ON = {
    "happened": None,
    "agent": None,
    "decided_by": None,
    "patient": None,
    "cause": "how it began",
    "freed": None,
    "weapon": "the weapon",
    "when": "when it happened",
    "where": "where it happened",
    "status": "what became of {}",
    "title": "the office of {}",
    "role": "the part of {}",
    "nationality": "the nationality of {}",
    "age": "the age of {}",
}
_ORDER = tuple(_ON)

_DENYING = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|den(?:y|ies|ied)|false|untrue|wrong)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
# “For what were they let go”: verb and subject change places within a sentence.
_INVERTED = re.compile(r"(?<= )(was|were|is|are) (it|they|he|she)\b")


def disputes(
    findings: Sequence[Finding], events: Mapping[str, Event], main: Event, book: Book
) -> Iterator[Draft]:
    """A sentence for each of the gravest contradictions that no figure is told with."""
    disputed = [f for f in findings if f.status is Status.CONTRADICTED and f.slot in _ON]
    own = {main.id, *(e.id for e in events.values() if e.part_of_id == main.id)}

    def gravity(finding: Finding) -> tuple[bool, int, int, str]:
        n_origins = sum(c.n_origins for c in finding.candidates)
        is_of_people = finding.subject_id in book.entities
        far = finding.subject_id not in own and not is_of_people
        return far, _ORDER.index(finding.slot), -n_origins, finding.id

    told = 0
    for finding in sorted(disputed, key=gravity):
        draft = _dispute(finding, events, main, book)
        if draft is not None and told < _MAX_DISPUTES:
            told += 1
            yield draft


def _dispute(
    finding: Finding, events: Mapping[str, Event], main: Event, book: Book
) -> Draft | None:
    if all(isinstance(c.value, Quantity) for c in finding.candidates) and (
        finding.slot in FIGURE_SLOTS
    ):
        return None
    subject = book.entities.get(finding.subject_id) or events.get(finding.subject_id)
    if subject is None:
        return None
    clashing = _clashing(finding)
    if finding.slot == "happened":
        return _denial(finding, clashing, book)
    ranked = sorted(clashing, key=lambda c: -c.n_origins)
    sides = _by_holder(ranked[:_MAX_SIDES], book)
    on = _ON[finding.slot] or _indirect(finding.question)
    on = on.format(subject.name) if finding.slot in _ON else on
    is_of_other = isinstance(subject, Event) and subject.id != main.id
    is_named = subject.name.partition(" ")[0].lower() in on
    other = f" (“{subject.name}”)" if is_of_other and not is_named else ""
    is_long = any(len(v.split()) > _SHORT_WORDS for _, values, _ in sides for v in values)
    if is_long:
        told = _semicolons(
            [Stretch(f"{who}: {listed(values)}", passages) for who, values, passages in sides]
        )
    else:
        told = _listed(
            [Stretch(f"{listed(values)} ({who})", passages) for who, values, passages in sides]
        )
    more = "; others name still others" if len(ranked) > _MAX_SIDES else ""
    opening = Stretch(
        f"Reports differ on {on}{other}. " if is_long else f"Reports differ on {on}{other}: "
    )
    return Draft((opening, *_opened(told, is_long=is_long), Stretch(f"{more}.")), (finding.id,))


def _opened(told: Iterable[Stretch], *, is_long: bool) -> Iterator[Stretch]:
    """With a capital where the first begins a sentence."""
    for n, stretch in enumerate(told):
        first = stretch.text[:1].upper() if is_long and n == 0 else stretch.text[:1]
        yield Stretch(first + stretch.text[1:], stretch.passages)


def _listed(items: Sequence[Stretch]) -> Iterator[Stretch]:
    for n, item in enumerate(items, start=1):
        if n > 1:
            yield Stretch(" and " if n == len(items) else ", ")
        yield item


def _by_holder(
    candidates: Sequence[Candidate], book: Book
) -> list[tuple[str, list[str], tuple[Passage, ...]]]:
    """Who holds what, one who holds several of them once: the holder, the values, the passages."""
    held: dict[str, tuple[list[str], set[Passage]]] = {}
    for candidate in candidates:
        values, passages = held.setdefault(holders(candidate, book), ([], set()))
        values.append(shown(candidate, book))
        passages.update(book.claims[k].passage for k in candidate.claim_ids)
    return [(who, values, tuple(sorted(found))) for who, (values, found) in held.items()]


def _denial(finding: Finding, clashing: Sequence[Candidate], book: Book) -> Draft | None:
    """Who says that something happened, and who that it did not, each in the words used."""
    sides: dict[bool, list[Stretch]] = {}
    for holds in (True, False):
        sides[holds] = [_told(c, finding, book) for c in clashing if c.value == Truth(holds)]
    if not sides[True] or not sides[False]:
        return None
    told, denied = (_semicolons(sides[holds]) for holds in (True, False))
    opening, against = Stretch("According to "), Stretch("; this is denied by ")
    return Draft((opening, *told, against, *denied, Stretch(".")), (finding.id,))


def _told(candidate: Candidate, finding: Finding, book: Book) -> Stretch:
    """Who tells or denies it, in the words used; a denial may only name what it denies."""
    passages = tuple(sorted({book.claims[k].passage for k in candidate.claim_ids}))
    who = holders(candidate, book)
    words = _worded(candidate, book, finding.question)
    words = f"{words[:-2]}”" if words.endswith(".”") else words
    if candidate.value == Truth(holds=True):
        return Stretch(f"{who}, {words}", passages)
    return Stretch(f"{who}: {words}" if _DENYING.search(words) else who, passages)


def _semicolons(items: Sequence[Stretch]) -> Iterator[Stretch]:
    for n, item in enumerate(items):
        if n:
            yield Stretch("; ")
        yield item


def _worded(candidate: Candidate, book: Book, question: str) -> str:
    """The words of a claim that are most those of the question, of two the shorter."""
    asked = set(fold(question).split())
    passages = {book.claims[k].passage for k in candidate.claim_ids}
    told = [(p, words_of(book.documents[p.document_id], p)) for p in sorted(passages)]
    _, words = min(told, key=lambda t: (-len(asked & set(fold(t[1]).split())), len(t[1])))
    return quoted(shortened(words, _QUOTED_CHARS))


def _indirect(question: str) -> str:
    """A question within a sentence: “who made the arrest”, “for what they were let go”."""
    within = question[:1].lower() + question[1:].rstrip("?")
    return _INVERTED.sub(r"\2 \1", within, count=1)


def _clashing(finding: Finding) -> list[Candidate]:
    """The candidates that some other one excludes."""
    clash = {
        i
        for r in finding.relations
        if r.kind is RelationKind.CONTRADICTORY
        for i in (r.a, r.b)
    }  # fmt: skip
    return [c for i, c in enumerate(finding.candidates) if i in clash]


def shown(candidate: Candidate, book: Book) -> str:
    """A value as a sentence gives it: the documents' words in marks."""
    match candidate.value:
        case Text(text):
            return quoted(shortened(" ".join(text.split()), _QUOTED_CHARS))
        case EntityRef(entity_id):
            return book.entities[entity_id].name
        case Truth():
            # What is so, or is not, only the words say.
            return _worded(candidate, book, "")
        case When():
            return say_when(candidate.value)
        case Quantity():
            return say_quantity(candidate.value)
