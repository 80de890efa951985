"""Which of two happenings came first, where the words of a page say so."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence, Set

from consilience.lexicon import load_table
from consilience.records import (
    Argument,
    Document,
    Order,
    PartKind,
    Passage,
    Precedence,
    Proposition,
    Reading,
)
from consilience.resolve.tellings import part_finder

_UNIT = r"(?:second|minute|hour|day|night|week|month|year|decade)s?"
_HOW_MANY = (
    r"(?:(?:an?|the|some|several|many|few|couple|of|about|around|roughly|nearly|almost|just|only|"
    r"barely|more|less|than|over|half|\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|"
    r"eleven|twelve|fifteen|twenty|thirty|forty)\s+){0,4}"
)
# “Two days after”, “just hours before”, “shortly after”.
_MEASURE = (
    rf"(?:{_HOW_MANY}{_UNIT}\s+|"
    r"(?:shortly|soon|just|right|immediately|long|only|even|directly)\s+)?"
)
_CUES = {
    "after": Precedence.AFTER,
    "following": Precedence.AFTER,
    "once": Precedence.AFTER,
    "since": Precedence.AFTER,
    "before": Precedence.BEFORE,
    "prior to": Precedence.BEFORE,
    "ahead of": Precedence.BEFORE,
    "while": Precedence.WHILE,
    "during": Precedence.WHILE,
    "amid": Precedence.WHILE,
    # What happens when another thing does follows it, unless it was going on: of 51 pairs that
    # TempEval-3's annotators ordered, 27 follow and 18 overlap. "As" and "until" tell too little.
    "when": Precedence.AFTER,
}
_CLAUSE = re.compile(
    rf"{_MEASURE}(?P<cue>{'|'.join(c.replace(' ', ' +') for c in _CUES)})\b(?!\s+(?:all|of)\b)",
    re.IGNORECASE,
)
# What opens a sentence that goes on from the one before.
_NEXT = re.compile(
    r"(?:(?:and|but)\s+)?(?P<cue>then|later|afterwards?|subsequently|thereafter|after that|"
    r"(?:shortly|soon|immediately)\s+(?:after(?:wards?)?|thereafter)(?=\s*,)|"
    rf"{_HOW_MANY}{_UNIT}\s+(?:later|afterwards?|after that)|"
    r"(?:the\s+)?(?:next|following)\s+(?:day|night|morning|afternoon|evening|week|month|year))\b",
    re.IGNORECASE,
)
# The same within a sentence, as what the encoder reads as a time: “was arrested and later freed”.
_THEN = re.compile(
    r"(?P<cue>then|later|afterwards?|subsequently|thereafter|eventually|"
    rf"{_HOW_MANY}{_UNIT}\s+later)\Z",
    re.IGNORECASE,
)
_PLAIN = re.compile(rf"\b{_MEASURE}(?P<cue>after|before)\b(?=\s+[\w'’])", re.IGNORECASE)
_EDGE = re.compile("[,;:—–”]")
_OPENS = re.compile(r"(?:[;:—–“]\s*|\b(?:that|and|but)\s+)\Z", re.IGNORECASE)
_TIMES = frozenset({"ARGM-TMP", "ARGM-ADV"})
_TELLING = (PartKind.BODY, PartKind.QUOTED, PartKind.CAPTION, PartKind.HEADLINE)


def find_orders(
    documents: Sequence[Document], readings: Mapping[str, Reading]
) -> tuple[Order, ...]:
    """What each page says of before and after, in the order of the text."""
    return tuple(
        order
        for document in documents
        if document.id in readings
        for order in _orders(document, readings[document.id])
    )


def _orders(document: Document, reading: Reading) -> Iterator[Order]:
    part_at = part_finder(document)
    has_parts = any(part.kind in _TELLING for part in document.parts)
    before: list[Proposition] = []
    for sentence, here in _by_sentence(reading):
        part = part_at(sentence.start)
        if has_parts and (part is None or part.kind not in _TELLING):
            before = []
            continue
        found = [o for p in here for o in _by_clause(document, sentence, p, here)]
        found += _by_words(document, sentence, here, {o.cue.end for o in found})
        found += [o for p in here for o in _by_adverb(document, p, here, before)]
        found += _by_opening(document, sentence, here, before)
        yield from sorted(found, key=lambda o: (o.mention, o.of, o.cue))
        before = here


def _by_sentence(reading: Reading) -> Iterator[tuple[Passage, list[Proposition]]]:
    """Each sentence with what it tells, in the order of the text."""
    ordered = sorted(reading.propositions, key=lambda p: p.predicate)
    starts = [p.predicate.start for p in ordered]
    for sentence in reading.sentences:
        first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        yield sentence, ordered[first:last]


def _by_clause(
    document: Document, sentence: Passage, proposition: Proposition, here: Sequence[Proposition]
) -> Iterator[Order]:
    """“Police arrested him after the explosion”, “before being released”."""
    at = proposition.predicate
    for argument in proposition.arguments:
        found = _cue(document, argument)
        if found is None:
            continue
        cue, relation = found
        # "The raid during which he was shot": the clause is of what stands before it.
        is_before = argument.passage.end <= at.start
        is_aside = document.text[sentence.start : cue.start].rstrip().endswith(",")
        if is_before and not is_aside and not _opens(document, sentence, cue):
            continue
        inside = [p for p in here if cue.end <= p.predicate.start < argument.passage.end]
        of = _topmost([p for p in inside if p is not proposition])
        if of is not None:
            is_going_on = document.text[at.start : at.end].endswith("ing")
            if is_going_on and document.text[cue.start : cue.end].lower() == "when":
                relation = Precedence.WHILE
            yield _order(document, proposition, of, relation, cue)


def _by_words(
    document: Document, sentence: Passage, here: Sequence[Proposition], known: Set[int]
) -> Iterator[Order]:
    """The same where the encoder has it as no part of either: “After the vote, crowds cheered”."""
    for found in _PLAIN.finditer(document.text, sentence.start, sentence.end):
        cue = Passage(document.id, found.start(), found.end())
        if cue.end in known:
            continue
        edge = _EDGE.search(document.text, cue.end, sentence.end)
        end = edge.start() if edge else sentence.end
        of = _topmost([p for p in here if cue.end <= p.predicate.start < end])
        is_first = _opens(document, sentence, cue)
        rest = [p for p in here if p.predicate.start >= end]
        earlier = [p for p in here if p.predicate.end <= cue.start and not _is_telling(p)]
        mention = _topmost(rest) if is_first else (earlier[-1] if earlier else None)
        if of is not None and mention is not None:
            yield _order(document, mention, of, _CUES[found["cue"].lower()], cue)


def _opens(document: Document, sentence: Passage, cue: Passage) -> bool:
    """Whether a sentence, or what it says somebody said, begins with the cue."""
    before = _OPENS.search(document.text, sentence.start, cue.start)
    return cue.start == sentence.start or before is not None


def _cue(document: Document, argument: Argument) -> tuple[Passage, Precedence] | None:
    if argument.role not in _TIMES:
        return None
    found = _CLAUSE.match(document.text, argument.passage.start, argument.passage.end)
    if found is None:
        return None
    word = " ".join(found["cue"].lower().split())
    if argument.role != "ARGM-TMP" and word in {"since", "once", "when", "while"}:
        return None
    return Passage(document.id, found.start(), found.end()), _CUES[word]


def _by_adverb(
    document: Document,
    proposition: Proposition,
    here: Sequence[Proposition],
    before: Sequence[Proposition],
) -> Iterator[Order]:
    """“He was arrested and later released”; of what stands first, after the sentence before."""
    for argument in proposition.arguments:
        at = argument.passage
        found = _THEN.match(document.text, at.start, at.end)
        if found is None or not argument.role.startswith("ARGM-"):
            continue
        earlier = [
            p
            for p in here
            if p.predicate.end <= at.start
            and not _holds(p, proposition)
            and not _holds(proposition, p)
            and not _is_telling(p)
        ]
        of = _topmost(earlier) if earlier else _told(before)
        if of is not None:
            cue = Passage(document.id, found.start(), found.end())
            yield _order(document, proposition, of, Precedence.AFTER, cue)


def _by_opening(
    document: Document,
    sentence: Passage,
    here: Sequence[Proposition],
    before: Sequence[Proposition],
) -> Iterator[Order]:
    """“Hours later, a second bomb went off”, after the sentence before."""
    found = _NEXT.match(document.text, sentence.start, sentence.end)
    if found is None:
        return
    later = _told(here)
    earlier = _told(before)
    if later is not None and earlier is not None:
        cue = Passage(document.id, found.start("cue"), found.end())
        yield _order(document, later, earlier, Precedence.AFTER, cue)


def _told(here: Sequence[Proposition]) -> Proposition | None:
    """What a sentence mainly tells: what is said, rather than that it is."""
    top = _topmost(here)
    if top is None or not _is_telling(top):
        return top
    return _topmost([p for p in here if p is not top and _holds(top, p)]) or top


def _is_telling(proposition: Proposition) -> bool:
    return proposition.lemma in load_table("reporting_verbs")


def _topmost(some: Sequence[Proposition]) -> Proposition | None:
    """The first that stands within none of the others' arguments."""
    for one in some:
        if not any(_holds(other, one) for other in some if other is not one):
            return one
    return some[0] if some else None


def _holds(outer: Proposition, inner: Proposition) -> bool:
    return any(
        a.passage.start <= inner.predicate.start and inner.predicate.end <= a.passage.end
        for a in outer.arguments
    )


def _order(
    document: Document,
    mention: Proposition,
    of: Proposition,
    relation: Precedence,
    cue: Passage,
) -> Order:
    words = " ".join(document.text[cue.start : cue.end].split())
    return Order(mention.predicate, of.predicate, relation, cue, f"“{words}”")
