"""Every dated happening once, with all the passages that tell of it and every day they give it."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from consilience.records import (
    Case,
    Claim,
    Dating,
    Document,
    Passage,
    Precedence,
    TimelineEntry,
    When,
)
from consilience.tell.dated import Dated, dated_happenings
from consilience.tell.joined import Happening, happenings
from consilience.tell.placed import Placed, placed_happenings
from consilience.tell.retold import retold
from consilience.tell.sentences import words_of

# The words of an entry are best this long, and no caption's, nor such as tell of it by the way.
_WORDS = 24
_CAPTION = 20
_BY_THE_WAY = 30
_SAYING = 15
_FIRST = 8
_VAGUER = 12
_OF_SEVERAL = 12
# What stands between two of these tells one thing; fewer words than this tell nothing.
_CUT = re.compile(r"[;:—–]\s+(?:and\s+)?|,\s+and\s+")
_EDGE = re.compile(r"[,;:—–]\s")
_CLAUSE_WORDS = 4
# A clause that begins so has its subject before it.
_LEANING = re.compile(
    r"(?:who|whom|whose|which|that|where|as|when|later|then|but|or|so|because)\b", re.IGNORECASE
)
_VERBAL = re.compile(r"(?:being|having|he|she|it|they)\b|\s", re.IGNORECASE)
_SUBORDINATE = re.compile(r"(?:after|before|when|while|since|as|until|if)\b", re.IGNORECASE)
_SIDES = {Precedence.BEFORE: -1, Precedence.WHILE: 1, Precedence.AFTER: 2}


def timeline(case: Case, claims: Sequence[Claim]) -> tuple[TimelineEntry, ...]:
    """Dated happenings in the order of time, the vaguer of two that begin together first."""
    tellings = [
        telling
        for document in case.documents
        if document.id in case.readings
        for telling in dated_happenings(case, document, case.readings[document.id])
    ]
    texts = {d.id: d for d in case.documents}
    claims_by_document: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        claims_by_document[claim.passage.document_id].append(claim)
    found = [h for h in happenings(tellings, case.events[0]) if not _is_picture(h)]
    placed = placed_happenings(case, found)
    uses = Counter(p.told.sentence for p in placed)
    uses.update(s for h in found for s in {t.sentence for t in h.tellings})
    predicates = frozenset(
        (p.predicate.document_id, p.predicate.start)
        for reading in case.readings.values()
        for p in reading.propositions
    )
    material = _Material(texts, claims_by_document, uses, predicates)
    again = retold(case, found)
    entries = [_entry(happening, again.get(n, ()), material) for n, happening in enumerate(found)]
    keyed = [(_order(entry.when), 0, entry) for entry in entries]
    for one in placed:
        side = _SIDES[one.placement.relation]
        by = one.anchor if "/" in one.when.value else one.when
        keyed.append((_order(by), side, _placed(one, material)))
    keyed.sort(key=lambda k: (k[0], k[1], k[2].text))
    return tuple(entry for _, _, entry in keyed)


def _order(when: When) -> tuple[str, str, str]:
    assert when.start is not None
    far = when.end.isoformat() if when.end else ""
    # A longer stretch first: the year before the month before the day.
    inverse = "".join(chr(0x10FF - ord(c)) for c in far)
    return when.start.isoformat(), inverse, when.value


@dataclass(frozen=True, slots=True)
class _Material:
    """`uses` counts how many happenings each sentence tells of; `predicates`: where each begins."""

    documents: Mapping[str, Document]
    claims: Mapping[str, Sequence[Claim]]
    uses: Mapping[Passage, int]
    predicates: Set[tuple[str, int]]

    def said(self, sentences: Iterable[Passage]) -> tuple[str, ...]:
        return tuple(
            c.id for s in sentences for c in _inside(self.claims.get(s.document_id, ()), s)
        )

    def words(self, sentence: Passage, *within: Passage, after: Passage | None = None) -> str:
        """The sentence; of one that tells several happenings, the clause with what is `within`,
        and of a clause the words `after` its cue."""
        document = self.documents[sentence.document_id]
        if self.uses[sentence] < 2:
            return words_of(document, sentence)
        first = min((p.start for p in within), default=sentence.start)
        last = max((p.end for p in within), default=sentence.end)
        edges = [m.span() for m in _EDGE.finditer(document.text, sentence.start, sentence.end)]
        cuts = [m.end() for m in _CUT.finditer(document.text, sentence.start, first)]
        start = cuts[-1] if cuts else sentence.start
        is_verb = (document.id, start) in self.predicates
        if is_verb or _LEANING.match(document.text, start):
            start = sentence.start
        if after is not None and start <= after.start and after.end < first:
            is_next = _EDGE.search(document.text, after.end, first) is None
            begins = after.end + 1
            is_clause = _VERBAL.match(document.text, begins) is None and begins < first
            start = begins if is_next and is_clause else start
        end = min((s for s, _ in edges if s >= last), default=sentence.end)
        if _SUBORDINATE.match(document.text, start):
            return words_of(document, sentence)
        clause = words_of(document, Passage(document.id, start, end))
        is_whole = len(clause.split()) >= _CLAUSE_WORDS and clause.count('"') % 2 == 0
        return clause if is_whole else words_of(document, sentence)


def _entry(happening: Happening, again: Sequence[Passage], known: _Material) -> TimelineEntry:
    told = [*happening.tellings, *happening.differing]
    sentences = sorted({*again, *(t.sentence for t in told)})
    best = min(
        happening.tellings,
        key=lambda t: (_awkwardness(t, happening.when, known), t.sentence),
    )
    events = [t.event_id for t in told if t.event_id is not None]
    within = [best.time] if best.predicate is None else [best.time, best.predicate]
    return TimelineEntry(
        when=happening.when,
        text=known.words(best.sentence, *within),
        event_id=max(sorted(set(events)), key=events.count, default=None),
        claim_ids=known.said(sentences),
        passages=tuple(sentences),
        conflicts=tuple(_conflicts(happening)),
        status=happening.status,
    )


def _placed(one: Placed, known: _Material) -> TimelineEntry:
    sentence = one.told.sentence
    return TimelineEntry(
        when=one.when,
        text=known.words(sentence, one.predicate, after=one.placement.cue),
        event_id=one.event_id,
        claim_ids=known.said([sentence]),
        passages=(sentence,),
        placed=one.placement,
    )


def _is_picture(happening: Happening) -> bool:
    """Whether nothing is told but what a picture shows: “Candles outside the hall on Friday”."""
    return all(t.is_caption and not t.kinds for t in happening.tellings)


def _conflicts(happening: Happening) -> Iterable[Dating]:
    """The times that pages give, first the one that stands; nothing where they agree."""
    if not happening.differing:
        return
    own = [t for t in happening.tellings if t.when.value == happening.when.value]
    yield _dating(happening.when, own)
    values = {t.when.value: t.when for t in happening.differing}
    for value in sorted(values):
        yield _dating(values[value], [t for t in happening.differing if t.when.value == value])


def _dating(when: When, tellings: Sequence[Dated]) -> Dating:
    passages = tuple(sorted({t.sentence for t in tellings}))
    return Dating(when, passages, len({p.document_id for p in passages}))


def _inside(claims: Sequence[Claim], sentence: Passage) -> Sequence[Claim]:
    """Of the claims of a document, in the order of the text, those that begin in a sentence."""
    first = bisect_left(claims, sentence.start, key=lambda c: c.passage.start)
    return claims[first : bisect_left(claims, sentence.end, key=lambda c: c.passage.start)]


def _awkwardness(telling: Dated, when: When, known: _Material) -> int:
    """How far a sentence is from one that can stand alone and tells just this."""
    sentence = telling.sentence
    n_words = len(words_of(known.documents[sentence.document_id], sentence).split())
    return (
        abs(n_words - _WORDS)
        + (_CAPTION if telling.is_caption else 0)
        + (0 if telling.is_main_clause else _BY_THE_WAY)
        - (_FIRST if telling.is_lead else 0)
        + (_SAYING if telling.is_saying else 0)
        + (_VAGUER if telling.when.value != when.value else 0)
        + (_OF_SEVERAL if known.uses[sentence] > 1 else 0)
    )
