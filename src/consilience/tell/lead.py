"""What happened: the sentence that tells it best, and what else all origins tell of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from consilience.records import (
    Candidate,
    Factuality,
    Finding,
    Passage,
    Proposition,
    Quantity,
    Status,
    When,
)
from consilience.tell.adapted import adapted, closed, reported
from consilience.tell.central import Central
from consilience.tell.clauses import (
    heads,
    inner_clauses,
    is_told_plainly,
    main_clauses,
    sentence_of,
    tells_main,
)
from consilience.tell.common import is_common, is_disputed
from consilience.tell.days import say_on
from consilience.tell.leaning import leans
from consilience.tell.material import Material, by_name, said, within
from consilience.tell.prose import Draft, Stretch, outlet
from consilience.tell.sentences import OPENING_MARKS, can_stand_alone, is_spoken, words_of
from consilience.wording import SMALL_NUMBERS

_LEAD_SENTENCES = 8
# A lead whose main clause tells what the event was outweighs one that gives a figure beside it;
# one with a figure that did not last or is disputed has to be told anew. By eye.
_OWN_KIND = 4
_STALE = 3
_LOADED = 5
_UNSURE = 4
# Its kind is not that of the event, but it is a telling of it.
_OWN = 1
# "The shooting happened on Main Street" says what it was only where a noun does.
_EMPTY = 1.5
# "A clip shows the raid" tells of the clip.
_SHOWN = 4
_PICTURE = re.compile(
    r"(?:the|a|this|new)? ?(?:clip|video|footage|photos?|pictures?|images?|recording)s? ",
    re.IGNORECASE,
)
_HAPPENING = frozenset({"happen", "occur", "take_place"})
# What all other origins tell in the same words.
_CENTRAL = 12
# A sentence tells more than a clause of it.
_CUT = 1.5
# What a lead tells of.
_LEADING = {
    "killed": 2, "injured": 2, "when": 2, "where": 2,
    "agent": 1, "cause": 1, "decided_by": 1, "detained": 1, "patient": 1, "weapon": 1,
}  # fmt: skip
_TOLLS = frozenset({"killed", "injured", "missing", "detained"})
# The first sentence of a page is written to tell what happened; a very short one rarely does.
_FIRST = 3
_SHORT_WORDS = 12
_SHORT_CLAUSE = 7
_MAYBE = re.compile(
    r"\b(?:may|might|could|would|believes?d?|suspect(?:s|ed)?|alleged(?:ly)?|reportedly|apparent(?:ly)?"
    r"|possibl[ey]|if|not)\b",
    re.IGNORECASE,
)
# A sentence that half of what others tell stands in is common ground, as far as a clause goes.
_COMMON_MIN = 0.2
# So many more sentences tell the main event, none of which another origin has nothing of, and no
# two of which tell the same.
_MAX_STORY = 4
_STORY_MIN = 0.3
_SAME_MIN = 0.72
_ACRONYM_CHARS = 4


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A stretch that could lead; `sentence` is the whole one that it stands in, `own` how plainly
    its verb tells the event."""

    passage: Passage
    sentence: Central
    own: float


def lead(known: Material, found: Sequence[Central]) -> Draft | None:
    """The sentence that tells best what happened; who tells it where that is one origin alone."""
    pages = _pages(known)
    stale = _stale(known)
    opening = [one for one in found if one.place < _LEAD_SENTENCES]
    usable = [
        c
        for c in (
            *_sentences(known, opening),
            *_clauses(known, opening),
            *_inner(known, opening, pages),
        )
        if (c.own > 0 or _slots(pages[c.passage.document_id], c.passage))
        and not leans(known, c.passage)
        and adapted(known, c.passage, None) is not None
    ]

    def weight(one: _Candidate) -> tuple[float, str, int, int]:
        tells = adapted(known, one.passage, None)
        is_loaded = tells is None or tells.is_quoted
        is_whole = one.passage == one.sentence.passage
        words = said(known, one.passage)
        points = (
            _leading(known, pages[one.passage.document_id], one.passage)
            + _CENTRAL * one.sentence.share
            + one.own
            + _FIRST * (one.sentence.place == 0)
            - _FIRST * (len(words.split()) < (_SHORT_WORDS if is_whole else _SHORT_CLAUSE))
            - _STALE * any(within(p, one.passage) for p in stale)
            - _LOADED * is_loaded
            - _SHOWN * (_PICTURE.match(words) is not None)
            - _UNSURE * (_MAYBE.search(words) is not None)
            - _CUT * (not is_whole)
        )
        return points, one.passage.document_id, -one.passage.start, one.passage.end

    if not usable:
        return None
    best = max(usable, key=weight)
    tells = adapted(known, best.passage, None)
    assert tells is not None
    is_whole = best.passage == best.sentence.passage
    is_shared = best.sentence.share >= _COMMON_MIN and is_common(known, best.passage)
    if is_whole or tells.is_quoted or not is_shared:
        return Draft(tuple(_opened(reported(known, best.passage, tells))))
    *most, stop = _opened(closed(tells))
    when = _dated(known)
    if when is None or _says("".join(s.text for s in (*most, stop)), when):
        return Draft((*most, stop))
    said_last = Stretch(stop.text.removesuffix("."), stop.passages, stop.full)
    return Draft((*most, said_last, when.stretch, Stretch(".")), (when.finding_id,))


def _opened(stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    first, *others = stretches
    yield Stretch(first.text[:1].upper() + first.text[1:], first.passages, first.full)
    yield from others


def story(
    known: Material, found: Sequence[Central], told: Sequence[Passage], year: int | None
) -> list[Draft]:
    """The sentences that tell most of what the other origins tell too, each of something else."""
    documents = known.documents
    chosen = [one for one in found if any(within(t, one.passage) for t in told)]
    n_given = len(chosen)
    stale = _stale(known)
    for one in sorted(found, key=lambda c: (-c.share, c.passage)):
        if len(chosen) - n_given >= _MAX_STORY or one.share < _STORY_MIN:
            break
        if one in chosen or any(one.told.likeness(c.told) >= _SAME_MIN for c in chosen):
            continue
        document = documents[one.passage.document_id]
        if not can_stand_alone(document, one.passage) or leans(known, one.passage):
            continue
        words = words_of(document, one.passage)
        if words[0] in OPENING_MARKS or is_spoken(words):
            continue
        if any(within(p, one.passage) for p in stale) or is_disputed(known, one.passage):
            continue
        tells = adapted(known, one.passage, year)
        if tells is not None and not tells.is_quoted:
            chosen.append(one)
    times = _times(known)
    drafts = []
    for one in sorted(
        chosen[n_given:], key=lambda c: (times.get(c.passage, ""), c.place, c.passage)
    ):
        tells = adapted(known, one.passage, year)
        assert tells is not None
        drafts.append(Draft(reported(known, one.passage, tells)))
    return drafts


def _times(known: Material) -> Mapping[Passage, str]:
    """When what a sentence tells was, as it sorts; what has no time is of the main event."""
    main = known.main.when
    first = main.start.isoformat() if main is not None and main.start is not None else ""
    times = {
        p: entry.when.start.isoformat()
        for entry in known.timeline
        for p in entry.passages
        if entry.when.start is not None
    }
    sentences = (s for r in known.case.readings.values() for s in r.sentences)
    return {s: times.get(s, first) for s in sentences}


@dataclass(frozen=True, slots=True)
class _Dated:
    """“ on 9 March 2021”, with all that says so."""

    stretch: Stretch
    finding_id: str


def _dated(known: Material) -> _Dated | None:
    """The day of the event that is believed most; None where no day, or no month, is."""
    finding = next(
        (f for f in known.findings if f.subject_id == known.main.id and f.slot == "when"), None
    )
    if finding is None or not isinstance(finding.policies.best, When):
        return None
    best = finding.policies.best.value.partition("T")[0]
    day = say_on(When(None, None, best))
    passages = {
        known.claims[k].passage
        for c in finding.candidates
        for k in c.claim_ids
        if isinstance(c.value, When) and c.value.value.partition("T")[0] == best
    }
    return None if day is None else _Dated(Stretch(f" {day}", tuple(sorted(passages))), finding.id)


def _says(words: str, when: _Dated) -> bool:
    """Whether words give the day, or the month, with its year or without."""
    day = re.sub(r"^ (?:on|in) | \d{4}$", "", when.stretch.text)
    return day in words


def setting(known: Material, opening: Draft | None) -> Draft | None:
    """When and where it was, as far as the opening does not say so."""
    when = _dated(known)
    if when is None:
        return None
    told = () if opening is None else opening.passages
    words = "" if opening is None else "".join(s.text for s in opening.stretches)
    document_ids = {passage.document_id for passage in when.stretch.passages}
    place = _place(known, document_ids)
    is_dated = _says(words, when)
    is_placed = place is None or any(known.main.where[0] in known.named_in(t) for t in told)
    if is_dated and is_placed:
        return None
    roots = sorted({known.roots[d] for d in document_ids})
    n = len(roots)
    count = SMALL_NUMBERS[n] if n < len(SMALL_NUMBERS) else str(n)
    one = outlet(known.documents[roots[0]])
    who = f", {count} independent reports say." if n > 1 else f", according to {one}."
    where = (place,) if place is not None and not is_placed else ()
    day = () if is_dated else (when.stretch,)
    return Draft((Stretch("It happened"), *where, *day, Stretch(who)), (when.finding_id,))


def _place(known: Material, document_ids: set[str]) -> Stretch | None:
    """“ in Arlow”, as these documents name it, and where each of them first does."""
    entity = known.entities.get(known.main.where[0]) if known.main.where else None
    named = by_name(known, entity) if entity else []
    mentions = [m for m in named if m.document_id in document_ids]
    if entity is None or not mentions:
        return None
    first = {m.document_id: m for m in reversed(mentions)}
    shown = next((m for m in mentions if said(known, m) == entity.name), mentions[0])
    name = said(known, shown)
    # The town of a dateline is written in capitals.
    name = name.title() if name.isupper() and len(name) > _ACRONYM_CHARS else name
    return Stretch(f" in {name}", tuple(sorted({shown, *first.values()})))


def _sentences(known: Material, opening: Sequence[Central]) -> Iterator[_Candidate]:
    for one in opening:
        document = known.documents[one.passage.document_id]
        if not can_stand_alone(document, one.passage):
            continue
        if words_of(document, one.passage)[0] in OPENING_MARKS:
            continue
        reading = known.case.readings[document.id]
        own = max((_own(known, p) for p in heads(reading, one.passage)), default=0)
        yield _Candidate(one.passage, one, own)


def _inner(
    known: Material, opening: Sequence[Central], pages: Mapping[str, "_Page"]
) -> Iterator[_Candidate]:
    """What opening sentences tell beside their tolls."""
    for one in opening:
        document = known.documents[one.passage.document_id]
        page = pages[document.id]
        tolls = [p for p, s in page.answers if s in _TOLLS and within(p, one.passage)]
        if tolls and can_stand_alone(document, one.passage):
            reading = known.case.readings[document.id]
            for clause in inner_clauses(document, reading, one.passage, tolls):
                yield _Candidate(clause, one, _OWN_KIND)


def _own(known: Material, proposition: Proposition) -> float:
    """How plainly a verb tells the main event."""
    at = proposition.predicate
    if not is_told_plainly(known.documents[at.document_id], proposition):
        return 0
    if tells_main(known, proposition):
        return _OWN_KIND - _EMPTY * (proposition.lemma in _HAPPENING)
    is_main = known.case.event_by_proposition.get(proposition.id) == known.main.id
    is_fact = proposition.factuality is Factuality.HAPPENED and proposition.attribution_id is None
    return _OWN if is_main and is_fact else 0


def _clauses(known: Material, opening: Sequence[Central]) -> Iterator[_Candidate]:
    """Clauses of the sentences that a page opens with."""
    by_sentence = {one.passage: one for one in opening}
    for document_id in dict.fromkeys(one.passage.document_id for one in opening):
        reading = known.case.readings[document_id]
        for clause, proposition in main_clauses(known, known.documents[document_id]):
            sentence = sentence_of(reading, proposition.predicate)
            if sentence in by_sentence:
                yield _Candidate(clause, by_sentence[sentence], _own(known, proposition))


def _stale(known: Material) -> list[Passage]:
    """Where figures stand that did not last, or that others dispute."""
    open_statuses = {Status.UPDATED, Status.CONTRADICTED}
    return [
        known.claims[k].passage
        for finding in known.findings
        if finding.subject_id == known.main.id
        and finding.slot in _TOLLS
        and finding.status in open_statuses
        for candidate in finding.candidates
        if isinstance(candidate.value, Quantity) and not _prevails(finding, candidate)
        for k in candidate.claim_ids
    ]


def _prevails(finding: Finding, candidate: Candidate) -> bool:
    """Whether most origins that give a figure give this one, and it is the one believed."""
    n_origins = sum(c.n_origins for c in finding.candidates)
    return candidate.value == finding.policies.best and 2 * candidate.n_origins > n_origins


@dataclass(frozen=True, slots=True)
class _Page:
    """What a document says on the main event, by slot, and where it names somebody or a place."""

    answers: list[tuple[Passage, str]] = field(default_factory=list)


def _pages(known: Material) -> Mapping[str, _Page]:
    pages = {document_id: _Page() for document_id in known.documents}
    for claim in known.claims.values():
        if claim.subject_id == known.main.id and claim.slot in _LEADING:
            pages[claim.passage.document_id].answers.append((claim.passage, claim.slot))
    return pages


def _slots(page: _Page, passage: Passage) -> set[str]:
    return {slot for answer, slot in page.answers if within(answer, passage)}


def _leading(known: Material, page: _Page, passage: Passage) -> float:
    """How much a passage tells, and how plainly."""
    n_names = len(set(known.named_in(passage)))
    n_words = len(said(known, passage).split())
    is_sourced = known.documents[passage.document_id].source is not None
    is_first = known.roots.get(passage.document_id) == passage.document_id
    return (
        2 * len(_slots(page, passage)) + min(n_names, 4) / 2 + is_sourced + is_first - n_words / 40
    )
