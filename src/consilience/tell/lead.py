"""What happened: the sentence that tells it best, and what else all origins tell of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from consilience.records import (
    Factuality,
    Passage,
    Proposition,
)
from consilience.tell.adapted import adapted, closed, reported
from consilience.tell.central import Central
from consilience.tell.clauses import (
    heads,
    inner_clauses,
    is_told_plainly,
    main_clauses,
    sentence_of,
    stands_alone,
    tells_main,
)
from consilience.tell.common import is_common, is_in_a_mouth
from consilience.tell.leaning import leans
from consilience.tell.material import Material, said, within
from consilience.tell.prose import Draft, Stretch
from consilience.tell.sentences import OPENING_MARKS, words_of
from consilience.tell.setting import event_day, says_day
from consilience.tell.tolls import TOLLS, holds_any

_LEAD_SENTENCES = 8
# A lead whose main clause tells what the event was outweighs one that gives a figure beside it;
# one with a figure that did not last or is disputed has to be told anew. By eye.
_OWN_KIND = 4
_STALE = 3
_LOADED = 5
_DISPUTED = 3
_UNSURE = 4
# Its kind is not that of the event, but it is a telling of it.
_OWN = 1
_HAPPENING = frozenset({"happen", "occur", "take_place"})
# "The shooting happened on Main Street" says what it was only where a noun does.
_EMPTY = 1.5
# "A clip shows the raid" tells of the clip.
_SHOWN = 4
_PICTURE = re.compile(
    r"(?:(?:the|a|an|this|new)? ?(?:clip|video|footage|photos?|pictures?|images?|recording)s? )"
    r"|\b(?:camera|video|footage|photograph)s? (?:\w+ )?(?:record|show|captur)",
    re.IGNORECASE,
)
# "Police continue to search" was so on the day of the page, and is not what happened.
_PRESENT = 7
_SAME_IN_PAST = frozenset(
    "beat bet burst cast cost cut hit hurt let put quit read rid set shed shut split spread".split()
)
_HELPED = re.compile(
    r"\b(?:to|will|would|can|could|may|might|must|shall|should|do|does|did|not|n['’]t"
    r"|the|an?|of|in|for|with|this|that|its|their|his|her)\s+\Z",
    re.IGNORECASE,
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# A sentence that gives a day is given no other.
_DAY = re.compile(rf"\b\d{{1,2}} (?:{_MONTHS})\b")
# What happened "in September" happened before the news.
_BACKGROUND = 8
_BACK_THEN = re.compile(
    rf"\b(?:in|last) (?:early |late |mid-)?(?:{_MONTHS})\b(?! \d{{1,2}}\b)|\bin (?:19|20)\d\d\b"
    r"|\blast (?:month|year)\b"
)
# "A fifth victim died" goes on from what is told before it.
_ONE_OF_SEVERAL = 6
_NTH = re.compile(
    r"(?:an?|the|one|two|three) (?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|other"
    r"|others|remaining)\b|another\b"
    # "Three were found inside": of whom is said before.
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+|several|some|many|most|all|both) "
    r"(?:was|were|is|are|had|have|has|died|survived|of (?:them|those|these|the))\b",
    re.IGNORECASE,
)
# What all other origins tell in the same words.
_CENTRAL = 12
# A sentence tells more than a clause of it.
_CUT = 1.5
# What a lead tells of.
_LEADING = {
    "killed": 2, "injured": 2, "when": 2, "where": 2,
    "agent": 1, "cause": 1, "decided_by": 1, "detained": 1, "patient": 1, "weapon": 1,
}  # fmt: skip
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
        and not _is_cut_from_a_mouth(known, c)
        and adapted(known, c.passage, None) is not None
    ]

    when = event_day(known)
    is_of_a_day = when is None or when.stretch.text.startswith(" on ")

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
            - _STALE * holds_any(known.open.stale, one.passage)
            - _DISPUTED * holds_any(known.open.questions, one.passage)
            - _LOADED * is_loaded
            - _SHOWN * (_is_picture(words))
            - _PRESENT * _is_of_the_day(known, one.passage)
            - _UNSURE * (_MAYBE.search(words) is not None)
            - _CUT * (not is_whole)
            - _ONE_OF_SEVERAL * (_NTH.match(words) is not None)
            - _BACKGROUND * (is_of_a_day and _BACK_THEN.search(words) is not None)
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
    told_words = "".join(s.text for s in (*most, stop))
    if when is None or says_day(told_words, when) or _DAY.search(told_words):
        return Draft((*most, stop))
    said_last = Stretch(stop.text.removesuffix("."), stop.passages, stop.full)
    return Draft((*most, said_last, when.stretch, Stretch(".")), (when.finding_id,))


def _is_of_the_day(known: Material, passage: Passage) -> bool:
    """Whether the verb of a sentence stands in the present: “Police continue to search”."""
    document = known.documents[passage.document_id]
    for one in heads(known.case.readings[document.id], passage):
        at = one.predicate
        word = document.text[at.start : at.end].lower()
        is_base = word in (one.lemma, f"{one.lemma}s", f"{one.lemma}es")
        # "Dead", "missing" and "injured" are verbs of no tense.
        is_base = is_base and not word.endswith(("ed", "ing", "dead"))
        is_doing = any(
            a.role in ("ARG0", "ARG1") and a.passage.end <= at.start for a in one.arguments
        )
        before = document.text[max(passage.start, at.start - 12) : at.start]
        if is_base and is_doing and one.lemma not in _SAME_IN_PAST and not _HELPED.search(before):
            return True
    return False


def _is_picture(words: str) -> bool:
    found = _PICTURE.search(words)
    return found is not None and (found.start() == 0 or "camera" in found[0].lower())


def _is_cut_from_a_mouth(known: Material, one: _Candidate) -> bool:
    """Whether a clause stands in somebody's mouth, and no other origin has it."""
    if one.passage == one.sentence.passage or not is_in_a_mouth(known, one.passage):
        return False
    return one.sentence.share < _COMMON_MIN or not is_common(known, one.passage)


def _opened(stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    first, *others = stretches
    yield Stretch(first.text[:1].upper() + first.text[1:], first.passages, first.full)
    yield from others


def _sentences(known: Material, opening: Sequence[Central]) -> Iterator[_Candidate]:
    for one in opening:
        document = known.documents[one.passage.document_id]
        if not stands_alone(known, document, one.passage):
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
        tolls = [p for p, s in page.answers if s in TOLLS and within(p, one.passage)]
        if tolls and stands_alone(known, document, one.passage):
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
