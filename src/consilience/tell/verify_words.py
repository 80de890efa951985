"""Whether each sentence of ours says only what the records it cites say."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from consilience.numerals import numerals
from consilience.records import (
    Cited,
    Claim,
    Dossier,
    EntityRef,
    Finding,
    Passage,
    Quantity,
    Sentence,
    Text,
    TimelineEntry,
    Value,
    When,
)
from consilience.tell.lookup import Lookup
from consilience.tell.support import (
    Support,
    support_of_nearby,
    support_of_numbers,
    support_of_when,
    support_of_words,
    union,
    unsupported,
)

_MARKS = re.compile("['\"“”„‟‘’‚‛«»‹›`´]")
# A relation is between two values, whatever they are.
_TWO = support_of_numbers([2])
# The words that name an event lie within so many characters of what tells of it.
_NEAR_CHARS = 100
# What says whose a figure is, not what it is.
_WHOSE = re.compile(r", according to |, \w+ independent reports say")


def squeezed(text: str) -> str:
    """On one line, each run of blanks one blank, without quotation marks."""
    return " ".join(_MARKS.sub("", text).split())


def check_sentences(dossier: Dossier, book: Lookup) -> Iterator[str]:
    overall = support_of_numbers((len(dossier.documents), len(dossier.origins)))
    everything = union(
        [overall, *(_document(d.id, book, whole=True) for d in dossier.documents)]
        + [_subject(subject_id, book) for subject_id in (*book.entities, *book.events)]
    )
    yield from _lines("title", dossier.title, everything)
    entries = [(entry.when, frozenset(entry.passages)) for entry in dossier.timeline]
    for i, sentence in enumerate(dossier.account):
        if not sentence.passages:
            yield f"account[{i}]: no passage behind “{sentence.text}”"
        cited = [_finding(book.findings[f], book) for f in sentence.finding_ids]
        supports = [overall, *_near(sentence.passages, entries, book), *cited]
        if not _is_quoted(sentence.text, sentence.passages, book):
            yield from _lines(f"account[{i}]", sentence.text, union(supports))
            yield from _figures(f"account[{i}]", sentence, book)
        yield from _stretches(f"account[{i}]", sentence, entries, book)
    for i, entry in enumerate(dossier.timeline):
        if not entry.passages:
            yield f"timeline[{i}]: no passage behind “{entry.text}”"
        if not _is_quoted(entry.text, entry.passages, book):
            yield from _lines(f"timeline[{i}]", entry.text, _entry(entry, book))
    for event in dossier.events:
        parts = [event.where, [p.entity_id for p in event.participants]]
        named = [_subject(e, book) for ids in parts for e in ids]
        kind = support_of_words(event.kind)
        own = [_passages(event.mentions, book), support_of_when(event.when), kind]
        if not _is_quoted_near(event.name, event.mentions, book):
            yield from _lines(f"event {event.id}", event.name, union(own + named))
    for finding in dossier.findings:
        support = union([overall, _finding(finding, book)])
        yield from _lines(f"finding {finding.id} question", finding.question, support)
        for relation in finding.relations:
            yield from _lines(f"finding {finding.id} why", relation.why, union([support, _TWO]))
    for missing in dossier.missing:
        told = _passages(missing.passages, book)
        support = union([overall, _subject(missing.subject_id, book), told])
        yield from _lines(f"missing {missing.slot}", missing.text, support)


def _stretches(
    where: str,
    sentence: Sentence,
    entries: Sequence[tuple[When, frozenset[Passage]]],
    book: Lookup,
) -> Iterator[str]:
    """Whether each stretch says only what its own passages do, and stands where it says."""
    ends = [n for c in sentence.cited for n in (c.start, c.end)]
    if any(c.start >= c.end for c in sentence.cited) or ends != sorted(ends):
        yield f"{where}: stretches that are empty or lie over one another"
        return
    if ends and ends[-1] > len(sentence.text):
        yield f"{where}: a stretch beyond the sentence"
        return
    for cited in sentence.cited:
        words = sentence.text[cited.start : cited.end]
        if not set(cited.passages) <= set(sentence.passages):
            yield f"{where}: “{words}” rests on what the sentence does not"
            continue
        if not _is_quoted(words, cited.passages, book):
            support = union(
                [*_near(cited.passages, entries, book), *_claimed(cited, sentence, book)]
            )
            yield from _lines(f"{where}, a stretch", f"… {words}", support)


def _near(
    passages: Sequence[Passage],
    entries: Iterable[tuple[When, frozenset[Passage]]],
    book: Lookup,
) -> Iterator[Support]:
    """What passages give by themselves: their words, their imprint, the days they mean."""
    yield _counts(passages, book)
    yield _passages(passages, book)
    yield from (support_of_when(when) for when in _dating(passages, entries))
    for passage in passages:
        published = book.documents[passage.document_id].published
        yield support_of_nearby(book.words(passage), published)


def _claimed(cited: Cited, sentence: Sentence, book: Lookup) -> Iterator[Support]:
    """What the claims made in the passages of a stretch give, and the values they answer with."""
    for finding_id in sentence.finding_ids:
        for candidate in book.findings[finding_id].candidates:
            claims = [book.claims[c] for c in candidate.claim_ids]
            made = [c for c in claims if c.passage in cited.passages]
            yield from (_claim(c, book) for c in made)
            if made:
                yield _value(candidate.value, book)


def _counts(passages: Iterable[Passage], book: Lookup) -> Support:
    """How many documents passages lie in, and how many origins."""
    document_ids = {p.document_id for p in passages}
    origins = {book.origin_ids.get(d, d) for d in document_ids}
    return support_of_numbers([len(document_ids), len(origins)])


def _lines(where: str, sentence: str, support: Support) -> Iterator[str]:
    for words in unsupported(sentence, support):
        yield f"{where}: nothing cited gives “{words}” in “{sentence}”"


def _figures(where: str, sentence: Sentence, book: Lookup) -> Iterator[str]:
    """The figures of a sentence on figures are those on offer, whatever else holds the number."""
    values = [c.value for f in sentence.finding_ids for c in book.findings[f].candidates]
    if not values or not all(isinstance(value, Quantity) for value in values):
        return
    offered = support_of_numbers(
        n for v in values if isinstance(v, Quantity) for n in (v.low, v.high)
    )
    if sentence.text.count("(") != sentence.text.count(")"):
        return
    told = _WHOSE.split(_outside_brackets(sentence.text).partition(";")[0])[0]
    for numeral in numerals(told, "en"):
        written = told[numeral.start : numeral.end]
        is_figure = written != "both" and min(numeral.values) >= 2
        if is_figure and offered.numbers.isdisjoint(numeral.values):
            yield f"{where}: no finding that it tells of offers {written}"


def _outside_brackets(text: str) -> str:
    """What stands in no round brackets: holders and days stand in them."""
    depth, kept = 0, []
    for character in text:
        depth += character == "("
        if depth == 0:
            kept.append(character)
        depth -= character == ")" and depth > 0
    return "".join(kept)


def _is_quoted(sentence: str, passages: Iterable[Passage], book: Lookup) -> bool:
    return any(squeezed(sentence) in squeezed(book.words(passage)) for passage in passages)


def _is_quoted_near(name: str, mentions: Iterable[Passage], book: Lookup) -> bool:
    """Whether a name is the words of a sentence that tells of the event, but for a capital."""
    around = (
        replace(m, start=max(0, m.start - _NEAR_CHARS), end=m.end + _NEAR_CHARS) for m in mentions
    )
    return any(squeezed(name).casefold() in squeezed(book.words(p)).casefold() for p in around)


def _dating(
    passages: Sequence[Passage], entries: Iterable[tuple[When, frozenset[Passage]]]
) -> Iterator[When]:
    """When the timeline has the happenings that the passages tell of."""
    return (when for when, dated in entries if not dated.isdisjoint(passages))


def _document(document_id: str, book: Lookup, *, whole: bool = False) -> Support:
    """Who published it and when; with `whole`, every word of it too."""
    document = book.documents[document_id]
    named = (document.source, document.author, document.title, document.name)
    words = " ".join(name for name in (*named, document.text if whole else None) if name)
    return union(
        [
            support_of_words(words, document.language),
            support_of_when(document.published),
            support_of_when(document.updated),
        ]
    )


def _passages(passages: Iterable[Passage], book: Lookup) -> Support:
    """The words of passages, their documents' imprint, and the names of who is meant in them."""
    supports = []
    for passage in passages:
        language = book.documents[passage.document_id].language
        supports.append(support_of_words(book.words(passage), language))
        supports.append(_document(passage.document_id, book))
        supports += [
            _subject(entity_id, book)
            for mention, entity_id in book.mentions.get(passage.document_id, ())
            if passage.start <= mention.start and mention.end <= passage.end
        ]
    return union(supports)


def _subject(subject_id: str, book: Lookup) -> Support:
    if subject_id in book.entities:
        entity = book.entities[subject_id]
        return support_of_words(" ".join((entity.name, *entity.names)))
    event = book.events[subject_id]
    places = [book.entities[e].name for e in event.where]
    words = " ".join((event.name, event.kind, *places))
    return union([support_of_words(words), support_of_when(event.when)])


def _finding(finding: Finding, book: Lookup) -> Support:
    supports = [_subject(finding.subject_id, book), support_of_words(finding.slot)]
    for candidate in finding.candidates:
        counts = (candidate.n_documents, candidate.n_origins)
        supports.append(support_of_numbers(counts))
        supports.append(_value(candidate.value, book))
        supports.append(support_of_when(candidate.first_said))
        supports.append(support_of_when(candidate.last_said))
        supports += [_claim(book.claims[c], book) for c in candidate.claim_ids]
    return union(supports)


def _claim(claim: Claim, book: Lookup) -> Support:
    voices = " ".join(voice.name or "" for voice in claim.voices)
    speakers = [_subject(v.speaker_id, book) for v in claim.voices if v.speaker_id]
    own = [_passages([claim.passage], book), _value(claim.value, book), support_of_words(voices)]
    return union([*own, *speakers, support_of_when(claim.as_of)])


def _value(value: Value, book: Lookup) -> Support:
    match value:
        case Quantity(low, high, _, unit):
            return union([support_of_numbers((low, high)), support_of_words(unit or "")])
        case When():
            return support_of_when(value)
        case EntityRef(entity_id):
            return _subject(entity_id, book)
        case Text(text):
            return support_of_words(text)
        case _:
            return Support()


def _entry(entry: TimelineEntry, book: Lookup) -> Support:
    supports = [_passages(entry.passages, book), support_of_when(entry.when)]
    if entry.event_id is not None:
        supports.append(_subject(entry.event_id, book))
    return union(supports + [_claim(book.claims[c], book) for c in entry.claim_ids])
