"""The account: few sentences, each taken from or built over the passages it cites.

What the documents agree on is told once; a figure is told with every value that is held and
who holds it; what somebody says stays in their mouth; a disagreement is said to be one.
"""

from collections.abc import Iterator, Set

from consilience.records import Finding, Passage, Quantity, Sentence, Status, When
from consilience.tell.around import around
from consilience.tell.disputes import disputes, shown
from consilience.tell.figures import FIGURE_SLOTS, holders, listed, say_figure
from consilience.tell.lead import lead
from consilience.tell.material import Material, by_name, passages_of, said
from consilience.tell.statements import statements
from consilience.wording import say_count, say_when

# More is for the list of findings.
_MAX_CAUSES = 2
# Counts of these are of the dead, the hurt or the held as often as not, which is told apart.
_ANYBODY = frozenset(
    {"person", "people", "victim", "man", "woman", "suspect", "member", "case", "count"}
)


def account(known: Material) -> tuple[Sentence, ...]:
    """The account in reading order: the event, its figures, what came before and after, who said
    what, and where the documents disagree."""
    opening = [s for s in (lead(known),) if s is not None]
    spoken = list(statements(known))
    told = {p for s in (*opening, *spoken) for p in s.passages}
    sentences = [
        *_when_and_where(known),
        *opening,
        *_figures(known),
        *_causes(known),
        *around(known, told),
        *spoken,
        *disputes(known.findings, known.events, known.main, known.book),
    ]
    return tuple(
        {s.text: s for s in reversed(sentences)}[t]
        for t in dict.fromkeys(s.text for s in sentences)
    )


def _when_and_where(known: Material) -> Iterator[Sentence]:
    when = _finding(known, "when")
    if when is None or not isinstance(when.policies.best, When):
        return
    best = when.policies.best
    dated = {
        known.claims[k].passage
        for c in when.candidates
        for k in c.claim_ids
        if isinstance(c.value, When) and _day(c.value) == _day(best)
    }
    document_ids = {passage.document_id for passage in dated}
    place, named_at = _place(known, document_ids)
    verb = "places" if len(document_ids) == 1 else "place"
    accounts = say_count(len(document_ids), "account")
    if len(document_ids) > 1 and len({known.roots[d] for d in document_ids}) == 1:
        accounts += " of one origin"
    yield Sentence(
        f"{accounts} {verb} the events{place} on {say_when(_day(best))}.",
        tuple(sorted(dated | named_at)),
        (when.id,),
    )


def _place(known: Material, document_ids: Set[str]) -> tuple[str, set[Passage]]:
    """“ in Arlow”, as these documents name it, and where each of them first does."""
    entity = known.entities.get(known.main.where[0]) if known.main.where else None
    named = by_name(known, entity) if entity else []
    mentions = [m for m in named if m.document_id in document_ids]
    if entity is None or not mentions:
        return "", set()
    first = {m.document_id: m for m in reversed(mentions)}
    shown = next((m for m in mentions if said(known, m) == entity.name), mentions[0])
    return f" in {said(known, shown)}", {shown, *first.values()}


def _day(when: When) -> When:
    return When(None, None, when.value.split("T")[0])


def _finding(known: Material, slot: str) -> Finding | None:
    return next(
        (f for f in known.findings if f.subject_id == known.main.id and f.slot == slot), None
    )


def _figures(known: Material) -> Iterator[Sentence]:
    mine = [f for f in known.findings if f.subject_id == known.main.id]
    # Who was let go in exchange is no figure.
    mine = [f for f in mine if f.policies.low is not None]
    fixed = [f for slot in FIGURE_SLOTS for f in mine if f.slot == slot]
    counted = [f for f in known.findings if f.slot.startswith("count:") and _is_telling(f)]
    for finding in fixed + counted:
        if all(isinstance(c.value, Quantity) for c in finding.candidates):
            text = say_figure(finding, known.book)
            yield Sentence(text, passages_of(known, finding), (finding.id,))


def _causes(known: Material) -> Iterator[Sentence]:
    """How it began, where that is not disputed: what is, is told with the disputes."""
    finding = _finding(known, "cause")
    if finding is None or finding.status is Status.CONTRADICTED:
        return
    in_prose = [c for c in finding.candidates if any(map(known.is_in_body, c.claim_ids))]
    ranked = sorted(in_prose, key=lambda c: -c.n_origins)[:_MAX_CAUSES]
    if not ranked:
        return
    sides = [f"{shown(c, known.book)} ({holders(c, known.book)})" for c in ranked]
    text = f"How it came about is given as {listed(sides)}."
    passages = {known.claims[k].passage for c in ranked for k in c.claim_ids}
    yield Sentence(text, tuple(sorted(passages)), (finding.id,))


def _is_telling(finding: Finding) -> bool:
    """Whether a count says more than that somebody counted: it is disputed, changed or shared."""
    if len(finding.candidates) < 2 or finding.slot.removeprefix("count:") in _ANYBODY:
        return False
    if finding.status in {Status.CONTRADICTED, Status.UPDATED}:
        return True
    n_origins = [c.n_origins for c in finding.candidates]
    return max(n_origins) > 1 or (len(n_origins) > 2 and finding.status is not Status.SINGLE_ORIGIN)
