"""The account: few sentences, each taken from or built over the passages it cites.

What the documents agree on is told once; a figure is told with every value that is held and
who holds it; what somebody says stays in their mouth; a disagreement is said to be one.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from consilience.lexicon import load_table
from consilience.records import (
    Case,
    Claim,
    Document,
    Entity,
    Event,
    Factuality,
    Finding,
    PartKind,
    Passage,
    Quotation,
    Sentence,
    Stance,
    TimelineEntry,
    Weighed,
    When,
)
from consilience.tell.disputes import disputes
from consilience.tell.figures import FIGURE_SLOTS, Book, say_figure
from consilience.tell.quotations import words_between_marks
from consilience.tell.sentences import (
    OPENING_MARKS,
    Told,
    can_stand_alone,
    goes_on,
    part_of,
    quoted,
    words_of,
)
from consilience.wording import label, say_count, say_when

# How many of each the account holds: more belongs into the timeline and the list of people.
_MAX_AROUND = 5
_ENGLISH = frozenset({"en", "und"})
_MAX_STATEMENTS = 5
_LEAD_SENTENCES = 8
# A lead that tells what the event was outweighs one that gives a figure beside it. By eye.
_OWN_KIND = 3
# Two documents tell the same in two sentences of this likeness.
_SAME_NEWS_MIN = 0.6
# What was said of things longer before the event than this is no statement on it.
_PAST_DAYS = 60
# Words that their speaker does not stand by as said.
_NOT_SAID = frozenset({Stance.DENIES, Stance.ASKS})
_QUOTE_WORDS = (6, 45)


@dataclass(frozen=True, slots=True)
class Material:
    """Everything the account is written from, by id where it is looked up."""

    case: Case
    documents: Mapping[str, Document]
    entities: Mapping[str, Entity]
    claims: Mapping[str, Claim]
    findings: Sequence[Finding]
    quotations: Sequence[Quotation]
    timeline: Sequence[TimelineEntry]
    roots: Mapping[str, str]

    @property
    def book(self) -> Book:
        return Book(self.claims, self.documents, self.entities, self.roots)

    @property
    def languages(self) -> Set[str]:
        """Those whose sentences the account may quote whole: English where there is any."""
        spoken = {d.language for d in self.case.documents}
        return spoken & _ENGLISH or spoken

    @property
    def main(self) -> Event:
        return self.case.events[0]


def material(
    case: Case,
    weighed: Weighed,
    quotations: Sequence[Quotation],
    timeline: Sequence[TimelineEntry],
) -> Material:
    return Material(
        case=case,
        documents={d.id: d for d in case.documents},
        entities={e.id: e for e in case.entities},
        claims={c.id: c for c in weighed.claims},
        findings=weighed.findings,
        quotations=quotations,
        timeline=timeline,
        roots={d: o.document_ids[0] for o in weighed.origins for d in o.document_ids},
    )


def account(known: Material) -> tuple[Sentence, ...]:
    """The account in reading order: the event, its figures, what came before and after, who said
    what, and where the documents disagree."""
    lead = _lead(known)
    sentences = [
        *_when_and_where(known),
        *([lead] if lead else []),
        *_figures(known),
        *_around(known, lead),
        *_statements(known),
        *disputes(known.findings, {e.id: e for e in known.case.events}, known.main, known.book),
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
    named = _by_name(known, entity) if entity else []
    mentions = [m for m in named if m.document_id in document_ids]
    if entity is None or not mentions:
        return "", set()
    first = {m.document_id: m for m in reversed(mentions)}
    shown = next((m for m in mentions if _words(known, m) == entity.name), mentions[0])
    return f" in {_words(known, shown)}", {shown, *first.values()}


def _words(known: Material, passage: Passage) -> str:
    return words_of(known.documents[passage.document_id], passage)


def _day(when: When) -> When:
    return When(None, None, when.value.split("T")[0])


def _finding(known: Material, slot: str) -> Finding | None:
    return next(
        (f for f in known.findings if f.subject_id == known.main.id and f.slot == slot), None
    )


def _passages(known: Material, *findings: Finding) -> tuple[Passage, ...]:
    claims = (known.claims[k] for f in findings for c in f.candidates for k in c.claim_ids)
    return tuple(sorted({claim.passage for claim in claims}))


def _lead(known: Material) -> Sentence | None:
    """The one sentence that tells the most of what the documents share."""
    told = {d.id: _told(known, d) for d in known.case.documents}
    first = [
        sentence
        for document in known.case.documents
        for sentence in told[document.id][:_LEAD_SENTENCES]
        if can_stand_alone(document, sentence.sentence)
        and _words(known, sentence.sentence)[0] not in OPENING_MARKS
    ]
    own = _of_main_kind(known)
    scored = [
        (_leading(known, one.sentence) + n_alike + _OWN_KIND * (one.sentence in own), one.sentence)
        for one, n_alike in zip(first, _count_alike(first, told), strict=True)
    ]
    if not scored:
        return None
    _, best = max(scored, key=lambda s: (s[0], s[1].document_id, -s[1].start))
    return _cited(known, best)


def _told(known: Material, document: Document) -> list[Told]:
    """The body sentences of a document with their vectors."""
    reading = known.case.readings.get(document.id)
    if reading is None or document.language not in known.languages:
        return []
    body = [p.passage for p in document.parts if p.kind is PartKind.BODY]
    return [
        Told(sentence, vector)
        for sentence, vector in zip(reading.sentences, reading.vectors, strict=False)
        if any(p.start <= sentence.start < p.end for p in body)
    ]


def _count_alike(some: Sequence[Told], told: Mapping[str, Sequence[Told]]) -> list[int]:
    """For each of some sentences, how many other documents tell the like."""
    if not some:
        return []
    vectors = np.array([one.vector for one in some])  # (S, D)
    owners = np.array([one.sentence.document_id for one in some])
    counts = np.zeros(len(some), dtype=int)
    for document_id, sentences in told.items():
        if sentences:
            others = np.array([one.vector for one in sentences])  # (T, D)
            alike = (vectors @ others.T >= _SAME_NEWS_MIN).any(axis=1)
            counts += alike & (owners != document_id)
    return [int(n) for n in counts]


def _of_main_kind(known: Material) -> set[Passage]:
    """The sentences that tell of the main event by what it was: an election by who won."""
    kinds = load_table("event_kinds")
    predicates = {
        p.predicate
        for reading in known.case.readings.values()
        for p in reading.propositions
        if known.case.event_by_proposition.get(p.id) == known.main.id
        and kinds.get(p.lemma) == known.main.kind
        and p.factuality is Factuality.HAPPENED
    }
    found = set()
    for predicate in sorted(predicates):
        sentences = known.case.readings[predicate.document_id].sentences
        k = bisect_right(sentences, predicate.start, key=lambda s: s.start) - 1
        if k >= 0 and predicate.end <= sentences[k].end:
            found.add(sentences[k])
    return found


def _leading(known: Material, sentence: Passage) -> float:
    """How much a sentence tells, and how plainly."""
    slots = {
        c.slot
        for c in known.claims.values()
        if c.subject_id == known.main.id and _within(c.passage, sentence)
    }
    n_names = sum(
        any(_within(m, sentence) and _words(known, m) in e.names for m in e.mentions)
        for e in known.case.entities
    )
    n_words = len(words_of(known.documents[sentence.document_id], sentence).split())
    is_sourced = known.documents[sentence.document_id].source is not None
    is_first = known.roots.get(sentence.document_id) == sentence.document_id
    slots &= {"killed", "injured", "when", "where"}
    return 2 * len(slots) + min(n_names, 4) / 2 + is_sourced + is_first - n_words / 40


def _within(inner: Passage, outer: Passage) -> bool:
    return (
        inner.document_id == outer.document_id
        and outer.start <= inner.start
        and inner.end <= outer.end
    )


def _cited(known: Material, passage: Passage) -> Sentence:
    document = known.documents[passage.document_id]
    return Sentence(f"{label(document)} reports: {quoted(words_of(document, passage))}", (passage,))


def _figures(known: Material) -> Iterator[Sentence]:
    mine = [f for f in known.findings if f.subject_id == known.main.id]
    fixed = [f for slot in FIGURE_SLOTS for f in mine if f.slot == slot]
    disputed = [f for f in known.findings if f.slot.startswith("count:") and len(f.candidates) > 1]
    for finding in fixed + disputed:
        text = say_figure(finding, known.book)
        yield Sentence(text, _passages(known, finding), (finding.id,))


def _around(known: Material, lead: Sentence | None) -> Iterator[Sentence]:
    """What came before and after, nearest in time first chosen, told in the order of time."""
    told = set(lead.passages) if lead else set()
    main = known.main.when
    entries: list[tuple[TimelineEntry, Passage]] = []
    for entry in known.timeline:
        if entry.status is not Factuality.HAPPENED or entry.placed is not None:
            continue
        good = [
            p
            for p in entry.passages
            if known.documents[p.document_id].language in known.languages
            and p not in told
            and can_stand_alone(known.documents[p.document_id], p)
        ]
        if entry.event_id != known.main.id and good:
            told.add(good[0])
            entries.append((entry, good[0]))

    def distance_days(entry: TimelineEntry) -> float:
        if main is None or main.start is None or entry.when.start is None:
            return 0.0
        return abs((entry.when.start - main.start).total_seconds()) / 86_400

    near = sorted(entries, key=lambda e: (distance_days(e[0]), e[0].when.value, e[1]))
    chosen = {passage for _, passage in near[:_MAX_AROUND]}
    for entry, passage in entries:
        if passage in chosen:
            document = known.documents[passage.document_id]
            words = quoted(words_of(document, passage))
            when = say_when(entry.when)
            text = f"{when[:1].upper()}{when[1:]}: {words} ({label(document)})"
            yield Sentence(text, (passage,))


def _statements(known: Material) -> Iterator[Sentence]:
    """The most telling direct words of each speaker who is known by name."""
    by_speaker: dict[str, list[Quotation]] = {}
    for quotation in known.quotations:
        speaker = quotation.speaker_id or ""
        if quotation.direct and speaker in known.entities and _telling(known, quotation) > 0:
            by_speaker.setdefault(speaker, []).append(quotation)

    def prominence(speaker: str) -> tuple[int, int, str]:
        entity = known.entities[speaker]
        n_documents = len({m.document_id for m in entity.mentions})
        return -n_documents, -len(by_speaker[speaker]), entity.name

    ranked = sorted(by_speaker, key=prominence)
    for speaker in ranked[:_MAX_STATEMENTS]:
        best = max(by_speaker[speaker], key=lambda q: (_telling(known, q), q.passage.document_id))
        yield _statement(known, known.entities[speaker], best)


def _telling(known: Material, quotation: Quotation) -> int:
    words = _spoken(known, quotation)
    n_words = len(words.split())
    low, high = _QUOTE_WORDS
    document = known.documents[quotation.passage.document_id]
    if document.language not in known.languages:
        return 0
    if quotation.stance in _NOT_SAID:
        return 0
    if part_of(document, quotation.passage) is PartKind.COMMENT or _is_past(known, quotation):
        return 0
    if not low <= n_words <= high or not words[:1].isupper() or goes_on(words):
        return 0
    return n_words + 10 * len(quotation.same_as)


def _is_past(known: Material, quotation: Quotation) -> bool:
    """Whether it was said of something that lay well behind when the main event happened."""
    at = quotation.passage
    events = (
        known.case.event_by_sentence[sentence]
        for sentence in known.case.readings[at.document_id].sentences
        if sentence.start < at.end and at.start < sentence.end
        and sentence in known.case.event_by_sentence
    )  # fmt: skip
    told = {e.id: e.when for e in known.case.events}
    main = known.main.when
    return any(
        when is not None
        and main is not None
        and when.end is not None
        and main.start is not None
        and main.start - when.end > timedelta(days=_PAST_DAYS)
        for when in (told[event_id] for event_id in events)
    )


def _spoken(known: Material, quotation: Quotation) -> str:
    text = known.documents[quotation.passage.document_id].text
    return words_between_marks(text, quotation.passage)


def _statement(known: Material, speaker: Entity, quotation: Quotation) -> Sentence:
    document = known.documents[quotation.passage.document_id]
    words = quoted(_with_comma(_spoken(known, quotation)))
    cited = {quotation.passage, _naming(known, speaker, quotation)}
    if quotation.cue is not None:
        cited.add(quotation.cue)
    text = f"{words} {speaker.name} said, according to {label(document)}."
    others = (known.quotations[i] for i in quotation.same_as)
    worded = [o for o in others if _telling(known, o) and _differs(known, quotation, o)]
    for other in worded[:1]:
        cited.add(other.passage)
        there = label(known.documents[other.passage.document_id])
        nameless = ", naming no speaker," if other.speaker_id is None else ""
        text += f" {there} has it{nameless} as {quoted(_with_stop(_spoken(known, other)))}"
    return Sentence(text, tuple(sorted(cited)))


def _differs(known: Material, a: Quotation, b: Quotation) -> bool:
    """Whether two versions of an utterance are different words, marks and case aside."""
    words = [re.findall(r"\w+", _spoken(known, q).casefold()) for q in (a, b)]
    return words[0] != words[1]


def _with_stop(words: str) -> str:
    return words if words.endswith((".", "?", "!")) else words.rstrip(",;") + "."


def _with_comma(words: str) -> str:
    return words if words.endswith(("?", "!")) else words.rstrip(".,;") + ","


def _naming(known: Material, speaker: Entity, quotation: Quotation) -> Passage:
    """A mention that bears the speaker's name as shown, in the quoting document if it can be."""
    named = _by_name(known, speaker)
    same = [m for m in named if m.document_id == quotation.passage.document_id]
    return max(same or named, key=lambda m: (m.end - m.start, -m.start, m.document_id))


def _by_name(known: Material, entity: Entity) -> list[Passage]:
    """The mentions that are neither pronouns nor descriptions."""
    return [m for m in entity.mentions if _words(known, m) in entity.names]
