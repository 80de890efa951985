"""Where the accounts do not agree: each side with who holds it, and no side preferred."""

from collections.abc import Iterator, Mapping, Sequence

from consilience.records import (
    Candidate,
    Entity,
    EntityRef,
    Event,
    Finding,
    Quantity,
    RelationKind,
    Sentence,
    Status,
    Text,
    Truth,
    When,
)
from consilience.tell.figures import FIGURE_SLOTS, Book, holders, listed
from consilience.tell.sentences import quoted, words_of
from consilience.wording import say_quantity, say_when, shortened

# More than these tire a reader; the rest stands in the list of findings.
_MAX_DISPUTES = 4
_MAX_SIDES = 4
# Words longer than this are cut between words; they stand whole behind the note.
_QUOTED_CHARS = 140
# What the disagreement is on, the gravest first; {} is the name of whom or what it is about.
_ON = {
    "happened": "on whether it is so",
    "agent": "on who did it",
    "decided_by": "on who decided it",
    "patient": "on whom it befell",
    "cause": "on how it began",
    "freed": "on who was freed",
    "weapon": "on the weapon",
    "when": "on when it happened",
    "where": "on where it happened",
    "status": "on what became of {}",
    "title": "on the office of {}",
    "role": "on the part of {}",
    "nationality": "on the nationality of {}",
    "age": "on the age of {}",
}
_ORDER = tuple(_ON)


def disputes(
    findings: Sequence[Finding], events: Mapping[str, Event], main: Event, book: Book
) -> Iterator[Sentence]:
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
        text = _dispute(finding, events, main, book)
        if text is not None and told < _MAX_DISPUTES:
            told += 1
            claims = [book.claims[k] for c in finding.candidates for k in c.claim_ids]
            yield Sentence(text, tuple(sorted({c.passage for c in claims})), (finding.id,))


def _dispute(finding: Finding, events: Mapping[str, Event], main: Event, book: Book) -> str | None:
    if all(isinstance(c.value, Quantity) for c in finding.candidates) and (
        finding.slot in FIGURE_SLOTS
    ):
        return None
    ranked = sorted(_clashing(finding), key=lambda c: -c.n_origins)
    sides = [f"{_shown(c, book)} ({holders(c, book)})" for c in ranked[:_MAX_SIDES]]
    said = listed([*sides, "others"] if len(ranked) > len(sides) else sides)
    subject: Entity | Event | None = book.entities.get(finding.subject_id) or events.get(
        finding.subject_id
    )
    if subject is None:
        return None
    on = _ON[finding.slot].format(subject.name)
    if isinstance(subject, Event) and subject.id != main.id:
        on = f"{on} in “{subject.name}”"
    return f"The accounts do not agree {on}: {said}."


def _clashing(finding: Finding) -> list[Candidate]:
    """The candidates that some other one excludes."""
    clash = {
        i
        for r in finding.relations
        if r.kind is RelationKind.CONTRADICTORY
        for i in (r.a, r.b)
    }  # fmt: skip
    return [c for i, c in enumerate(finding.candidates) if i in clash]


def _shown(candidate: Candidate, book: Book) -> str:
    match candidate.value:
        case Text(text):
            return quoted(shortened(" ".join(text.split()), _QUOTED_CHARS))
        case EntityRef(entity_id):
            return book.entities[entity_id].name
        case Truth():
            # What is so, or is not, only the words say.
            first = min(
                (book.claims[k].passage for k in candidate.claim_ids),
                key=lambda p: (p.end - p.start, p),
            )
            words = words_of(book.documents[first.document_id], first)
            return quoted(shortened(words, _QUOTED_CHARS))
        case When():
            return say_when(candidate.value)
        case Quantity():
            return say_quantity(candidate.value)
