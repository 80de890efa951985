"""Readings -> Claims: each answer to a question, in one place, with its voices."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from consilience.lexicon import load_table, load_words
from consilience.numerals import tellable
from consilience.records import (
    Attribution,
    Case,
    Claim,
    Comparator,
    Document,
    EntityRef,
    Factuality,
    Kind,
    Mention,
    PartKind,
    Passage,
    Polarity,
    Proposition,
    Quantity,
    Reading,
    Stance,
    Text,
    Value,
    Voice,
    When,
    content_id,
)
from consilience.weigh.figures import GENERIC_UNITS, Figure, figures, singles, within

# The dead, hurt and held of these many days after the event are counted among its own: tolls are
# brought up to date for about as long.
_AFTERMATH_DAYS = 10
# Other things are counted over the course of an affair (a strike, a search), from and to these
# days, but for what another grave event of its own left behind.
_COURSE_DAYS = (-30, 30)
# Verbs that say of a happening when or where it was: "the clash occurred on 3 May".
_HAPPENING = frozenset({"occur", "happen", "begin", "start", "unfold"})
# A fire some days after a sinking has its own dead.
_OF_ITS_OWN = frozenset({"attack", "disaster", "accident", "fire", "storm", "abduction"})
_GRAVE = frozenset({"attack", "disaster", "accident", "fire", "storm", "abduction", "deaths"})
# What comes after other happenings, and dates none of them: when the trapped were freed it had
# happened.
_FOLLOWING = frozenset({"rescue", "release", "arrest", "court case", "protest", "change of office"})
_AGE_AFTER = re.compile(
    r"\W?,\s*(?:aged\s+)?(\d{1,3})(?=,(?!\d)|\.(?!\d)|;|\)|$| was\b| who\b| whose\b)"
)


@dataclass(frozen=True, slots=True)
class Topic:
    """What a counted thing was counted in: the lemma of its predicate, its sentence's vector."""

    lemma: str
    vector: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """All claims of a case, by document and place; `topics` by the id of a figure's claim."""

    claims: tuple[Claim, ...]
    topics: Mapping[str, Topic]


def find_claims(case: Case) -> Ledger:
    """Every answer that the documents give to the questions this project asks."""
    claims: dict[str, Claim] = {}
    topics: dict[str, Topic] = {}
    for document in case.documents:
        reading = case.readings.get(document.id)
        if reading is None:
            continue
        page = _Page(case, document, reading, _contents(reading))
        for figure, claim in _figure_claims(page):
            vector = reading.vectors[figure.sentence_index] if reading.vectors else ()
            claims[claim.id] = claim
            topics[claim.id] = Topic(figure.topic, vector)
        for claim in (*_titles(page), *_ages(page), *_times_and_places(page)):
            claims[claim.id] = claim
    ordered = sorted(claims.values(), key=lambda c: (c.passage, c.slot, c.id))
    return Ledger(tuple(ordered), topics)


@dataclass(frozen=True, slots=True)
class _Page:
    """One document of the case as claims are made from it."""

    case: Case
    document: Document
    reading: Reading
    contents: tuple[tuple[Passage, Attribution], ...]

    def event_of(self, proposition: Proposition | None, sentence: Passage) -> str | None:
        """The event told of; the main one where nothing is known of the sentence's syntax."""
        if self._is_comment(sentence):
            return self.case.events[0].id
        if proposition is not None:
            return self.case.event_by_proposition.get(proposition.id)
        return self.case.event_by_sentence.get(sentence, self.case.events[0].id)

    def _named(self, source: Passage) -> str:
        """The words of a source, without a place that only stands before it in the sentence."""
        text = self.document.text
        before = (
            m.passage.end
            for m in self.reading.mentions
            if m.kind is Kind.PLACE and m.named and m.passage.start == source.start
        )
        place_end = next(before, source.start)
        is_apart = text.startswith(", ", place_end) and place_end + 2 < source.end
        return text[place_end + 2 if is_apart else source.start : source.end]

    def _is_comment(self, passage: Passage) -> bool:
        return any(
            p.kind is PartKind.COMMENT and within(passage, p.passage) for p in self.document.parts
        )

    def event_counted(self, figure: Figure) -> str | None:
        """The event whose toll a figure belongs to: one reported days later is still its toll."""
        event_id = self.event_of(figure.proposition, figure.sentence)
        main = self.case.events[0]
        event = next((e for e in self.case.events if e.id == event_id), None)
        if event is None:
            return None
        if figure.slot.startswith("count:"):
            is_part = event.kind not in _GRAVE and _is_near(main.when, event.when, _COURSE_DAYS)
        elif figure.slot == "detained" and event.kind == "release":
            # Those who are freed were held before.
            is_part = False
        else:
            is_other = event.kind in _OF_ITS_OWN and event.id != main.id
            is_near = _is_near(main.when, event.when, (0, _AFTERMATH_DAYS))
            is_part = event.part_of_id == main.id or (is_near and not is_other)
        return main.id if is_part else event_id

    def entity_of(self, mention: Mention) -> str | None:
        return self.case.entity_ids.get((self.document.id, mention.chain_id))

    def claim(
        self,
        subject: str,
        slot: str,
        value: Value,
        passage: Passage,
        proposition: Proposition | None = None,
    ) -> Claim:
        return Claim(
            id=content_id("claim", subject, slot, repr(value), repr(passage)),
            subject_id=subject,
            slot=slot,
            value=value,
            passage=passage,
            voices=self._voices(passage.start),
            polarity=proposition.polarity if proposition else Polarity.POSITIVE,
            factuality=proposition.factuality if proposition else Factuality.HAPPENED,
            as_of=self._as_of(passage.start),
        )

    def _as_of(self, at: int) -> When | None:
        for part in self.document.parts:
            if part.published is not None and part.passage.start <= at < part.passage.end:
                return part.published
        return self.document.published

    def _voices(self, at: int) -> tuple[Voice, ...]:
        """Who says it, outermost first; empty where the outlet itself does."""
        upto = bisect_right(self.contents, at, key=lambda c: c[0].start)
        holding = [a for passage, a in self.contents[:upto] if at < passage.end]
        holding.sort(key=lambda a: (-max(p.end - p.start for p in a.content), a.id))
        voices = [self._voice(a) for a in holding]
        for part in self.document.parts:
            if part.kind is PartKind.COMMENT and part.passage.start <= at < part.passage.end:
                voices.insert(0, Voice(None, part.author, Stance.SAYS, direct=False))
        return tuple(dict.fromkeys(voices))

    def _voice(self, attribution: Attribution) -> Voice:
        name = speaker = None
        if attribution.source:
            name = self._named(attribution.source[0])
        if attribution.speaker_id is not None:
            speaker = self.case.entity_ids.get((self.document.id, attribution.speaker_id))
        return Voice(speaker, name, attribution.stance, attribution.direct)


def _contents(reading: Reading) -> tuple[tuple[Passage, Attribution], ...]:
    """What is attributed to somebody, in the order of the text."""
    found = [(passage, a) for a in reading.attributions for passage in a.content]
    return tuple(sorted(found, key=lambda c: (c[0], c[1].id)))


def _is_near(main: When | None, day: When | None, days: tuple[int, int]) -> bool:
    if main is None or day is None or main.start is None or day.start is None:
        return False
    return timedelta(days=days[0]) <= day.start - main.start <= timedelta(days=days[1])


def _figure_claims(page: _Page) -> Iterator[tuple[Figure, Claim]]:
    found = figures(page.document, page.reading)
    totals = {
        (f.slot, page.event_counted(f)) for f in found if f.count.quantity.unit in GENERIC_UNITS
    }
    for figure in found:
        event = page.event_counted(figure)
        if event is None:
            continue
        claim = _figure_claim(page, figure, event, in_total=(figure.slot, event) in totals)
        if _is_legible(page, claim):
            yield figure, claim
    counted = {(f.slot, page.event_counted(f)) for f in found}
    # The dead first: who was shot and died is not also one of the injured.
    for figure in sorted(singles(page.document, page.reading), key=lambda f: f.slot != "killed"):
        event = page.event_counted(figure)
        if figure.topic == "shoot" and ("killed", event) in counted:
            continue
        if event is not None and (figure.slot, event) not in counted:
            counted.add((figure.slot, event))
            claim = _figure_claim(page, figure, event, in_total=False)
            if _is_legible(page, claim):
                yield figure, claim


def _figure_claim(page: _Page, figure: Figure, event: str, *, in_total: bool) -> Claim:
    """A claim of the figure; of a part of the dead once the document gives the total."""
    quantity, slot = figure.count.quantity, figure.slot
    if not slot.startswith("count:"):
        if in_total and quantity.unit not in GENERIC_UNITS:
            slot = f"count:{quantity.unit}"
        elif quantity.unit in GENERIC_UNITS or (slot == "detained" and quantity.unit == "suspect"):
            quantity = Quantity(quantity.low, quantity.high, quantity.comparator, "person")
    passage = _cover(figure.count.passage, figure.count.of)
    if figure.proposition is not None:
        passage = _cover(passage, figure.proposition.predicate)
    claim = page.claim(event, slot, quantity, passage, figure.proposition)
    if quantity.high == 0 and claim.factuality is Factuality.NOT_HAPPENED:
        # That nobody was hurt did happen.
        claim = replace(claim, polarity=Polarity.POSITIVE, factuality=Factuality.HAPPENED)
    if figure.is_retracted:
        claim = replace(claim, factuality=Factuality.NOT_HAPPENED)
    return claim


def _is_legible(page: _Page, claim: Claim) -> bool:
    """Whether the second reader of numbers, by which a dossier is verified, reads the figure too.

    A figure that the two read differently is no evidence for anybody.
    """
    assert isinstance(claim.value, Quantity)
    words = page.document.text[claim.passage.start : claim.passage.end]
    numbers = tellable(words, page.document.language)
    return all(n is None or n in numbers for n in (claim.value.low, claim.value.high))


def _titles(page: _Page) -> Iterator[Claim]:
    for mention in page.reading.mentions:
        entity = page.entity_of(mention)
        if mention.title is None or mention.title_passage is None or entity is None:
            continue
        if mention.title.lower().rstrip(".") not in load_words("honorifics"):
            passage = _cover(mention.title_passage, mention.passage)
            yield page.claim(entity, "title", Text(mention.title), passage)


def _ages(page: _Page) -> Iterator[Claim]:
    for mention in page.reading.mentions:
        if mention.kind is not Kind.PERSON or not mention.named:
            continue
        entity = page.entity_of(mention)
        found = _AGE_AFTER.match(page.document.text, mention.passage.end)
        if entity is None or found is None or not 0 < int(found[1]) < 120:
            continue
        age = Quantity(int(found[1]), int(found[1]), Comparator.EXACTLY, "year")
        passage = Passage(page.document.id, mention.passage.start, found.end(1))
        yield page.claim(entity, "age", age, passage)


def _times_and_places(page: _Page) -> Iterator[Claim]:
    """When and where of the main event, from the propositions that tell of it."""
    kinds = load_table("event_kinds")
    main, kind = page.case.events[0].id, page.case.events[0].kind
    places = [
        (m.passage, entity)
        for m in page.reading.mentions
        if m.kind is Kind.PLACE and m.named and (entity := page.entity_of(m)) is not None
    ]
    for proposition in page.reading.propositions:
        told_of = page.case.event_by_proposition.get(proposition.id)
        told = kind if proposition.lemma in _HAPPENING else kinds.get(proposition.lemma)
        if told_of != main or told is None or (told in _FOLLOWING and told != kind):
            continue
        when = proposition.when
        # The words of the proposition's own time come before others that say when.
        dated = next(
            (
                a.passage
                for a in proposition.arguments
                if a.role == "ARGM-TMP" and _says(page.document, a.passage, when)
            ),
            None,
        )
        if dated is not None and when is not None and when.start is not None:
            passage = _cover(proposition.predicate, dated)
            yield page.claim(main, "when", when, passage, proposition)
        for argument in proposition.arguments:
            if argument.role == "ARGM-LOC":
                for place, entity in places:
                    if within(place, argument.passage):
                        passage = _cover(proposition.predicate, place)
                        yield page.claim(main, "where", EntityRef(entity), passage, proposition)


def _says(document: Document, passage: Passage, when: When | None) -> bool:
    """Whether a time's own words stand in a passage."""
    if when is None or when.text is None:
        return when is not None
    said = document.text[passage.start : passage.end]
    return " ".join(when.text.split()) in " ".join(said.split())


def _cover(a: Passage, b: Passage | None) -> Passage:
    if b is None:
        return a
    return Passage(a.document_id, min(a.start, b.start), max(a.end, b.end))
