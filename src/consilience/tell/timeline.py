"""Every dated happening once, with all the sentences that date it."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence

from consilience.lexicon import load_table
from consilience.records import (
    Case,
    Claim,
    Document,
    Factuality,
    PartKind,
    Passage,
    Proposition,
    Reading,
    Stance,
    TimelineEntry,
    Timex,
    TimexType,
    When,
)
from consilience.tell.sentences import Told, words_of

# Two sentences of one time tell of one happening when their vectors are this near. By eye on
# the bundled example; see evaluation/LOG.md.
_SAME_HAPPENING_MIN = 0.5
_STATING = frozenset({Stance.SAYS, Stance.CONFIRMS, Stance.DENIES})
_UNTOLD = (PartKind.COMMENT, PartKind.BOILERPLATE, PartKind.CREDIT, PartKind.DATELINE)


def timeline(case: Case, claims: Sequence[Claim]) -> tuple[TimelineEntry, ...]:
    """Dated happenings in the order of time, the vaguer of two that begin together first."""
    dated: dict[str, list[tuple[When, Told]]] = defaultdict(list)
    for document in case.documents:
        reading = case.readings.get(document.id)
        if reading is not None:
            for when, told in _dated_sentences(document, reading):
                dated[when.value].append((when, told))
    texts = {d.id: d for d in case.documents}
    claims_by_document: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        claims_by_document[claim.passage.document_id].append(claim)
    entries = [
        _entry(group, texts, claims_by_document, case.event_by_sentence)
        for value in dated
        for group in _happenings(dated[value])
    ]
    return tuple(sorted(entries, key=_order))


def _order(entry: TimelineEntry) -> tuple[str, str, str, str]:
    start, end = entry.when.start, entry.when.end
    assert start is not None
    far = end.isoformat() if end else ""
    # A longer stretch first: the year before the month before the day.
    inverse = "".join(chr(0x10FF - ord(c)) for c in far)
    return start.isoformat(), inverse, entry.when.value, entry.text


def _dated_sentences(document: Document, reading: Reading) -> list[tuple[When, Told]]:
    skipped = [p.passage for p in document.parts if p.kind in _UNTOLD]
    dated = _predicates_by_time(reading)
    found = []
    for k, times in enumerate(_times_by_sentence(reading)):
        sentence = reading.sentences[k]
        if not times or any(s.start <= sentence.start < s.end for s in skipped):
            continue
        told = Told(sentence, reading.vectors[k] if reading.vectors else ())
        own = [t for t in times if not _is_day_of_saying(dated.get(t.passage, ()))]
        for timex in own or times:
            predicates = dated.get(timex.passage, ())
            if _is_ahead(timex.when, document.published):
                continue
            if _is_before(timex.when, document.published) or _is_told_as_fact(predicates):
                found.append((timex.when, told))
    return found


def _times_by_sentence(reading: Reading) -> list[list[Timex]]:
    """The dates of each sentence that have a place in time."""
    found: list[list[Timex]] = [[] for _ in reading.sentences]
    k = 0
    for timex in sorted(reading.times, key=lambda t: t.passage):
        while k < len(reading.sentences) and reading.sentences[k].end <= timex.passage.start:
            k += 1
        if k == len(reading.sentences):
            break
        is_date = timex.type in (TimexType.DATE, TimexType.TIME)
        is_placed = timex.when.start is not None and timex.when.end is not None
        if is_date and is_placed and reading.sentences[k].start <= timex.passage.start:
            found[k].append(timex)
    return found


def _predicates_by_time(reading: Reading) -> dict[Passage, list[Proposition]]:
    found: dict[Passage, list[Proposition]] = defaultdict(list)
    for proposition in reading.propositions:
        for argument in proposition.arguments:
            if argument.role == "ARGM-TMP":
                found[argument.passage].append(proposition)
    return found


def _is_day_of_saying(predicates: Sequence[Proposition]) -> bool:
    """Whether a time dates only that something was said, not what was said."""
    verbs = load_table("reporting_verbs")
    stances = [verbs.get(p.lemma, "").partition(" ")[0] for p in predicates]
    return bool(stances) and all(stance in _STATING for stance in stances)


def _is_before(when: When, published: When | None) -> bool:
    """Whether a time had passed when it was written of: what is planned for it is then history."""
    return (
        published is not None
        and published.start is not None
        and when.end is not None
        and when.end <= published.start
    )


def _is_ahead(when: When, published: When | None) -> bool:
    """Whether a time was still to come when it was written of."""
    return (
        published is not None
        and published.end is not None
        and when.start is not None
        and published.end <= when.start
    )


def _is_told_as_fact(predicates: Sequence[Proposition]) -> bool:
    """False where what a time dates is only planned, possible or denied."""
    return not predicates or any(p.factuality is Factuality.HAPPENED for p in predicates)


def _happenings(dated: Sequence[tuple[When, Told]]) -> list[list[tuple[When, Told]]]:
    """Sentences of one time joined where they tell of one thing (single link)."""
    groups: list[list[tuple[When, Told]]] = []
    for item in sorted(dated, key=lambda d: d[1].sentence):
        near = [
            g
            for g in groups
            if any(item[1].likeness(other) >= _SAME_HAPPENING_MIN for _, other in g)
        ]
        merged = [item]
        for group in near:
            merged = group + merged
            groups.remove(group)
        groups.append(merged)
    return groups


def _entry(
    group: Sequence[tuple[When, Told]],
    documents: Mapping[str, Document],
    claims: Mapping[str, Sequence[Claim]],
    event_by_sentence: Mapping[Passage, str],
) -> TimelineEntry:
    sentences = sorted({told.sentence for _, told in group})
    best = min(sentences, key=lambda s: (_awkwardness(documents[s.document_id], s), s))
    events = sorted({event_by_sentence[s] for s in sentences if s in event_by_sentence})
    said = tuple(c.id for s in sentences for c in _inside(claims.get(s.document_id, ()), s))
    return TimelineEntry(
        when=group[0][0],
        text=words_of(documents[best.document_id], best),
        event_id=events[0] if events else None,
        claim_ids=said,
        passages=tuple(sentences),
    )


def _inside(claims: Sequence[Claim], sentence: Passage) -> Sequence[Claim]:
    """Of the claims of a document, in the order of the text, those that begin in a sentence."""
    first = bisect_left(claims, sentence.start, key=lambda c: c.passage.start)
    return claims[first : bisect_left(claims, sentence.end, key=lambda c: c.passage.start)]


def _awkwardness(document: Document, sentence: Passage) -> int:
    """How far a sentence is from one that can stand alone: length, a caption's voice."""
    n_words = len(words_of(document, sentence).split())
    caption = any(
        p.kind is PartKind.CAPTION and p.passage.start <= sentence.start < p.passage.end
        for p in document.parts
    )
    return abs(n_words - 24) + (20 if caption else 0)
