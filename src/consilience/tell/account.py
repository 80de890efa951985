"""The account: few sentences, each taken from or built over the passages it cites.

What the documents agree on is told once; a figure is told with every value that is held and
who holds it; what somebody says stays in their mouth; a disagreement is said to be one.
"""

import re
from collections.abc import Iterator, Sequence

from consilience.records import Candidate, Finding, Passage, Quantity, Sentence, Status, Text
from consilience.tell.central import Central, central
from consilience.tell.course import course
from consilience.tell.disputes import disputes, shown
from consilience.tell.figures import FIGURE_SLOTS, say_figure
from consilience.tell.holders import holders
from consilience.tell.lead import lead
from consilience.tell.material import Material, said, within
from consilience.tell.novelty import tells_anew
from consilience.tell.parties import parties
from consilience.tell.prose import Draft, Stretch, written
from consilience.tell.setting import setting
from consilience.tell.statements import statements
from consilience.tell.story import STORY_MIN, story
from consilience.wording import fold

# More is for the list of findings.
_MAX_CAUSES = 2
# Counts of these are of the dead, the hurt or the held as often as not, which is told apart.
_ANYBODY = frozenset(
    {"person", "people", "victim", "man", "woman", "suspect", "member", "case", "count"}
)
_VERBAL = frozenset("had has have was were is are be been to".split())
_MONEY = frozenset(
    "dollar euro pound peso yen yuan rupee rand cent percent % crown krona krone koruna franc mark"
    " lira shilling ruble rouble real riyal dinar dirham zloty baht ringgit naira".split()
)
# Words that tell of one dead or hurt, of whom a sentence on "at least one" tells nothing more.
_TOLD_BY = {
    "killed": re.compile(
        r"\b(?:kill|dead|death|die[ds]?\b|fatal|slain|murder|homicide)", re.IGNORECASE
    ),
    "injured": re.compile(r"\b(?:injur|wound|hurt|shot\b)", re.IGNORECASE),
}


def account(known: Material) -> tuple[Sentence, ...]:
    """The account in reading order: the event and its figures, what followed, what people said,
    where the documents disagree, what went before; a paragraph for each."""
    # The year stands in the first sentence that says a day; then days of that year go without.
    found = central(known)
    opening = lead(known, found)
    told = () if opening is None else opening.passages
    where = setting(known, opening)
    first = [d for d in (opening, where) if d is not None]
    year = _year(known) if any(_says_year(d, known) for d in first) else None
    heard = [] if opening is None else [opening.words]
    first += [*_figures(known, told, year), *_causes(known, heard)]
    spoken = [s for s in statements(known) if tells_anew(_quoted_words(s), heard)]
    in_quotation = _told_in_quotation(known, found, spoken)
    core = story(known, [c for c in found if c.passage not in in_quotation], told, first, year)
    taken = {*told, *in_quotation, *(p for s in (*core, *spoken) for p in s.passages)}
    after, before = course(known, found, taken, [*first, *core], year)
    prose = [*core, *after, *before, *spoken]
    prose += [opening] if opening is not None else []
    own_words = parties(known, found, prose, first, year)
    return written(
        [
            first,
            core,
            after,
            [*spoken, *own_words],
            list(disputes(known.findings, known.events, known.main, known.book)),
            before,
        ]
    )


def _told_in_quotation(
    known: Material, found: Sequence[Central], spoken: Sequence[Draft]
) -> set[Passage]:
    """The sentences that tell no more than somebody's words, which are told as said; only those
    that could be told otherwise are looked at."""
    quoted = [_quoted_words(draft) for draft in spoken]
    dated = {passage for entry in known.timeline for passage in entry.passages}
    return {
        one.passage
        for one in found
        if (one.share >= STORY_MIN or one.passage in dated)
        and any(not tells_anew(said(known, one.passage), [words]) for words in quoted)
    }


def _quoted_words(statement: Draft) -> str:
    return statement.stretches[0].text


def _year(known: Material) -> int | None:
    when = known.main.when
    return when.start.year if when is not None and when.start is not None else None


def _says_year(draft: Draft, known: Material) -> bool:
    return str(_year(known)) in "".join(s.text for s in draft.stretches)


def _finding(known: Material, slot: str) -> Finding | None:
    return next(
        (f for f in known.findings if f.subject_id == known.main.id and f.slot == slot), None
    )


def _figures(known: Material, told: tuple[Passage, ...], year: int | None) -> Iterator[Draft]:
    mine = [f for f in known.findings if f.subject_id == known.main.id]
    # Who was let go in exchange is no figure.
    mine = [f for f in mine if f.policies.low is not None]
    fixed = [f for slot in FIGURE_SLOTS for f in mine if f.slot == slot]
    counted = [f for f in known.findings if f.slot.startswith("count:") and _is_telling(known, f)]
    for finding in fixed + counted:
        if not all(isinstance(c.value, Quantity) for c in finding.candidates):
            continue
        if not _is_told(known, finding, told) and not _is_currency(finding):
            yield Draft(say_figure(finding, known.book, year), (finding.id,))


def _is_currency(finding: Finding) -> bool:
    """Sums and shares of what differs from one clause to the next."""
    return finding.slot.removeprefix("count:") in _MONEY


def _is_told(known: Material, finding: Finding, told: tuple[Passage, ...]) -> bool:
    """Whether the only figure there is stands in what is told already."""
    numbers = {
        c.value.high if c.value.low is None else c.value.low
        for c in finding.candidates
        if isinstance(c.value, Quantity)
    }
    claims = [known.claims[k] for c in finding.candidates for k in c.claim_ids]
    # Who reads the parts of a sum has not read what others say it is.
    claims = [c for c in claims if not c.sum_of] or claims
    if len(numbers) != 1:
        return False
    words = " ".join(said(known, t) for t in told)
    is_bare = numbers == {1} and finding.slot in _TOLD_BY and _TOLD_BY[finding.slot].search(words)
    return bool(is_bare) or any(within(c.passage, t) for c in claims for t in told)


def _causes(known: Material, heard: Sequence[str]) -> Iterator[Draft]:
    """How it began, where that is not told already; what is disputed is told with the disputes."""
    finding = _finding(known, "cause")
    if finding is None or finding.status is Status.CONTRADICTED:
        return
    in_prose = [
        c
        for c in finding.candidates
        if any(map(known.is_in_body, c.claim_ids))
        and _is_telling_cause(c)
        and tells_anew(shown(c, known.book), heard)
    ]
    ranked = sorted(in_prose, key=lambda c: -c.n_origins)
    given: list[Candidate] = []
    for candidate in ranked:
        if not any(_is_within(candidate, other, known) for other in given):
            given.append(candidate)
    if not given:
        return
    told = [_cause(known, c) for c in given[:_MAX_CAUSES]]
    joined = [Stretch("The cause is given as "), told[0]]
    joined += [s for one in told[1:] for s in (Stretch(" and "), one)]
    yield Draft((*joined, Stretch(".")), (finding.id,))


def _is_within(one: Candidate, other: Candidate, known: Material) -> bool:
    """“A fight at the court” and “a fight at the court as they went home” are one cause."""
    a, b = (fold(shown(c, known.book)).strip('“”" ') for c in (one, other))
    return a in b or b in a


def _is_telling_cause(candidate: Candidate) -> bool:
    """Whether it is more than “accidental” or “had been asleep”."""
    if not isinstance(candidate.value, Text):
        return True
    words = candidate.value.text.split()
    return len(words) > 1 and words[0].lower() not in _VERBAL


def _cause(known: Material, candidate: Candidate) -> Stretch:
    passages = tuple(sorted({known.claims[k].passage for k in candidate.claim_ids}))
    who = holders(candidate, known.book)
    return Stretch(f"{shown(candidate, known.book)} ({who})", passages)


def _is_telling(known: Material, finding: Finding) -> bool:
    """Whether a count says more than that somebody counted: it is disputed, changed or shared."""
    if len(finding.candidates) < 2 or finding.slot.removeprefix("count:") in _ANYBODY:
        return False
    if finding.status in {Status.CONTRADICTED, Status.UPDATED}:
        return True
    return max(c.n_origins for c in finding.candidates) > 1 and not _counts_several(known, finding)


def _counts_several(known: Material, finding: Finding) -> bool:
    """Whether a page gives two numbers of one noun, so that it counts two things by it."""
    pages: dict[str, set[int]] = {}
    for n, candidate in enumerate(finding.candidates):
        for claim_id in candidate.claim_ids:
            pages.setdefault(known.claims[claim_id].passage.document_id, set()).add(n)
    return any(len(numbers) > 1 for numbers in pages.values())
