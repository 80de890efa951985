"""Readings -> Claims: each answer to a question, in one place, with its voices.

Figures come from a counted noun and the predicate it takes part in ("killed eight people"),
or, where the syntax does not join them, from the words beside the figure ("13 dead").
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from consilience.lexicon import load_table, load_words
from consilience.records import (
    Attribution,
    Case,
    Claim,
    Comparator,
    Count,
    Document,
    EntityRef,
    Factuality,
    Kind,
    PartKind,
    Passage,
    Polarity,
    Proposition,
    Quantity,
    Reading,
    Stance,
    Text,
    Voice,
    When,
    content_id,
)

_GENERIC_UNITS = frozenset(
    {
        None,
        "person",
        "people",
        "life",
        "victim",
        "other",
        "individual",
        "casualty",
        "fatality",
        "death",
        "body",
        "injury",
    }
)
_CAPTIVE = re.compile(
    r"\b(?:hostages?|captive|prisoners?|into custody|in custody|under arrest)\b", re.IGNORECASE
)
_TAKING = frozenset({"take", "hold", "keep", "place", "put", "remain"})
_LIFE_TAKING = frozenset({"lose", "claim", "take", "cost"})
# Words right after (or before) a figure that say what happened to those counted.
_FEW_WORDS = r"\W{1,3}(?:\w+\W+){0,2}?"
_AFTER = tuple(
    (re.compile(_FEW_WORDS + rf"(?:{words})\b", re.IGNORECASE), slot)
    for words, slot in (
        (r"dead|killed|deaths?|fatalit(?:y|ies)|died", "killed"),
        (r"injured|wounded|hurt|injuries", "injured"),
        (r"missing|unaccounted for", "missing"),
        (r"arrested|detained|in custody", "detained"),
        (r"homeless|displaced|evacuated", "displaced"),
    )
)
_BEFORE = tuple(
    (re.compile(pattern, re.IGNORECASE), slot)
    for pattern, slot in (
        (r"\b(?:death toll|toll|dead|killing|killed|kills)\b[^.;:]{0,40}$", "killed"),
        (r"\b(?:injur|wound)(?:ing|ed|es|s)\W+(?:\w+\W+){0,3}$", "injured"),
        (r"\b(?:arrest|detain)(?:ing|ed)\W+(?:\w+\W+){0,3}$", "detained"),
    )
)
_VAGUE = frozenset(
    {
        "several",
        "many",
        "few",
        "some",
        "dozens",
        "hundreds",
        "thousands",
        "scores",
        "tens",
        "couple",
        "millions",
    }
)
_AGE_AFTER = re.compile(r"(?:\W{0,2}),\s*(?:aged\s+)?(\d{1,3})(?=\s*(?:,|\.|;|\)|$|was\b|who\b))")


@dataclass(frozen=True, slots=True)
class Ledger:
    """All claims of a case, by document and place. `topics` names, for the claim of a counted
    thing, what it was counted in: the lemma of its predicate."""

    claims: tuple[Claim, ...]
    topics: Mapping[str, str]


def find_claims(case: Case) -> Ledger:
    """Every answer that the documents give to the questions this project asks."""
    claims: dict[str, Claim] = {}
    topics: dict[str, str] = {}
    for document in case.documents:
        reading = case.readings.get(document.id)
        if reading is None:
            continue
        for claim, topic in _DocumentClaims(case, document, reading).all():
            claims[claim.id] = claim
            topics[claim.id] = topic
    ordered = sorted(claims.values(), key=lambda c: (c.passage, c.slot, c.id))
    return Ledger(tuple(ordered), topics)


class _DocumentClaims:
    def __init__(self, case: Case, document: Document, reading: Reading) -> None:
        self._case, self._document, self._reading = case, document, reading
        self._attributions = {a.id: a for a in reading.attributions}
        self._parts = document.parts

    def all(self) -> Iterator[tuple[Claim, str]]:
        """Each claim with its topic."""
        yield from self._figures()
        for claim in (*self._titles(), *self._ages(), *self._times_and_places()):
            yield claim, ""

    def _figures(self) -> Iterator[tuple[Claim, str]]:
        found = []
        for sentence in self._reading.sentences:
            counts = [c for c in self._reading.quantities if _within(c.passage, sentence)]
            for count in _whole_counts(counts):
                proposition = self._proposition_of(count, sentence)
                slot = self._slot(count, proposition, sentence)
                found.append((count, proposition, slot, sentence))
        totals = {
            (slot, self._event(p, s))
            for count, p, slot, s in found
            if count.quantity.unit in _GENERIC_UNITS
        }
        for count, proposition, slot, sentence in found:
            if slot is None:
                continue
            event = self._event(proposition, sentence)
            unit = count.quantity.unit
            if (
                not slot.startswith("count:")
                and unit not in _GENERIC_UNITS
                and (slot, event) in totals
            ):
                slot = f"count:{unit}"
            topic = proposition.lemma if proposition else ""
            yield self._figure(count, proposition, slot, event), topic

    def _figure(
        self, count: Count, proposition: Proposition | None, slot: str, event: str
    ) -> Claim:
        quantity = count.quantity
        if not slot.startswith("count:"):
            quantity = Quantity(quantity.low, quantity.high, quantity.comparator, "person")
        passage = count.passage
        if proposition is not None:
            passage = _cover(passage, proposition.predicate)
        return self._claim(event, slot, quantity, passage, proposition, passage.start)

    def _event(self, proposition: Proposition | None, sentence: Passage) -> str:
        if proposition is not None and proposition.id in self._case.event_by_proposition:
            return self._case.event_by_proposition[proposition.id]
        return self._case.event_by_sentence.get(sentence, self._case.events[0].id)

    def _proposition_of(self, count: Count, sentence: Passage) -> Proposition | None:
        """The proposition the counted take part in: the one with the tightest argument."""
        best: tuple[int, Proposition] | None = None
        for proposition in self._reading.propositions:
            if not _within(proposition.predicate, sentence):
                continue
            for argument in proposition.arguments:
                if argument.role.startswith("ARGM"):
                    continue
                if _within(count.passage, argument.passage):
                    size = argument.passage.end - argument.passage.start
                    if best is None or size < best[0]:
                        best = (size, proposition)
        return best[1] if best else None

    def _slot(self, count: Count, proposition: Proposition | None, sentence: Passage) -> str | None:
        unit = count.quantity.unit
        if proposition is not None and _is_patient(count, proposition):
            slot = self._patient_slot(count, proposition, sentence)
            if slot is not None and _is_animate(unit):
                return slot
        beside = self._slot_beside(count, sentence)
        if beside is not None and _is_animate(unit):
            return beside
        if unit is None or _is_vague(self._words(count.passage)):
            return None
        return f"count:{unit}"

    def _patient_slot(
        self, count: Count, proposition: Proposition, sentence: Passage
    ) -> str | None:
        lemma = proposition.lemma
        after = self._document.text[proposition.predicate.end : sentence.end][:40]
        if lemma in _TAKING and _CAPTIVE.search(after):
            return "detained"
        if lemma in _LIFE_TAKING and count.quantity.unit == "life":
            return "killed"
        if lemma == "shoot" and re.match(r"\W*(?:\w+\W+){0,3}dead\b", after):
            return "killed"
        return load_table("slots").get(lemma)

    def _slot_beside(self, count: Count, sentence: Passage) -> str | None:
        text = self._document.text
        after = text[count.passage.end : min(sentence.end, count.passage.end + 60)]
        for pattern, slot in _AFTER:
            if pattern.match(after):
                return slot
        before = text[max(sentence.start, count.passage.start - 60) : count.passage.start]
        for pattern, slot in _BEFORE:
            if pattern.search(before):
                return slot
        return None

    def _titles(self) -> Iterator[Claim]:
        for mention in self._reading.mentions:
            entity = self._case.entity_ids.get((self._document.id, mention.chain_id))
            if mention.title is None or mention.title_passage is None or entity is None:
                continue
            if mention.title.lower().rstrip(".") in load_words("honorifics"):
                continue
            passage = _cover(mention.title_passage, mention.passage)
            yield self._claim(entity, "title", Text(mention.title), passage, None, passage.start)

    def _ages(self) -> Iterator[Claim]:
        text = self._document.text
        for mention in self._reading.mentions:
            entity = self._case.entity_ids.get((self._document.id, mention.chain_id))
            if entity is None or mention.kind is not Kind.PERSON or not mention.named:
                continue
            found = _AGE_AFTER.match(text, mention.passage.end)
            if found is None or not 0 < int(found[1]) < 120:
                continue
            age = Quantity(int(found[1]), int(found[1]), Comparator.EXACTLY, "year")
            passage = Passage(self._document.id, mention.passage.start, found.end(1))
            yield self._claim(entity, "age", age, passage, None, passage.start)

    def _times_and_places(self) -> Iterator[Claim]:
        kinds = load_table("event_kinds")
        places = {
            m.passage: e
            for m in self._reading.mentions
            if m.kind is Kind.PLACE and m.named
            and (e := self._case.entity_ids.get((self._document.id, m.chain_id)))
        }  # fmt: skip
        for proposition in self._reading.propositions:
            event = self._case.event_by_proposition.get(proposition.id)
            if event != self._case.events[0].id or proposition.lemma not in kinds:
                continue
            for argument in proposition.arguments:
                area = argument.passage
                if (
                    argument.role == "ARGM-TMP"
                    and proposition.when is not None
                    and proposition.when.start
                ):
                    passage = _cover(proposition.predicate, area)
                    yield self._claim(
                        event, "when", proposition.when, passage, proposition, area.start
                    )
                if argument.role == "ARGM-LOC":
                    for mention, entity in places.items():
                        if _within(mention, area):
                            passage = _cover(proposition.predicate, mention)
                            yield self._claim(
                                event, "where", EntityRef(entity), passage, proposition, area.start
                            )

    def _claim(
        self,
        subject: str,
        slot: str,
        value: Quantity | When | EntityRef | Text,
        passage: Passage,
        proposition: Proposition | None,
        at: int,
    ) -> Claim:
        return Claim(
            id=content_id(
                "claim",
                subject,
                slot,
                passage.document_id,
                str(passage.start),
                str(passage.end),
                repr(value),
            ),
            subject_id=subject,
            slot=slot,
            value=value,
            passage=passage,
            voices=self._voices(at),
            polarity=proposition.polarity if proposition else Polarity.POSITIVE,
            factuality=proposition.factuality if proposition else Factuality.HAPPENED,
            as_of=self._as_of(at),
        )

    def _as_of(self, at: int) -> When | None:
        for part in self._parts:
            if part.published is not None and part.passage.start <= at < part.passage.end:
                return part.published
        return self._document.published

    def _voices(self, at: int) -> tuple[Voice, ...]:
        """Who says it, outermost first; empty where the outlet itself does."""
        holding = [
            a for a in self._reading.attributions if any(p.start <= at < p.end for p in a.content)
        ]
        holding.sort(key=lambda a: -max(p.end - p.start for p in a.content))
        voices = [self._voice(a) for a in holding]
        for part in self._parts:
            if part.kind is PartKind.COMMENT and part.passage.start <= at < part.passage.end:
                voices.insert(0, Voice(None, part.author, Stance.SAYS, False))
        unique: list[Voice] = []
        for voice in voices:
            if voice not in unique:
                unique.append(voice)
        return tuple(unique)

    def _voice(self, attribution: Attribution) -> Voice:
        name = self._words(attribution.source[0]) if attribution.source else None
        speaker = None
        if attribution.speaker_id is not None:
            speaker = self._case.entity_ids.get((self._document.id, attribution.speaker_id))
        return Voice(speaker, name, attribution.stance, attribution.direct)

    def _words(self, passage: Passage) -> str:
        return self._document.text[passage.start : passage.end]


def _whole_counts(counts: Sequence[Count]) -> list[Count]:
    """Counts without those that stand inside a longer one: two and nine, once eleven is known."""
    return [
        c
        for c in counts
        if not any(
            o is not c and o.passage != c.passage and _within(_cover(c.passage, c.of), o.passage)
            for o in counts
        )
    ]


def _is_patient(count: Count, proposition: Proposition) -> bool:
    return any(
        a.role in ("ARG1", "ARG1-of") and _within(count.passage, a.passage)
        for a in proposition.arguments
    )


def _is_animate(unit: str | None) -> bool:
    return unit in _GENERIC_UNITS or unit in load_words("people") or unit in load_words("offices")


def _is_vague(words: str) -> bool:
    return bool(_VAGUE & set(re.findall(r"\w+", words.lower())))


def _within(inner: Passage, outer: Passage) -> bool:
    return (
        inner.document_id == outer.document_id
        and outer.start <= inner.start
        and inner.end <= outer.end
    )


def _cover(a: Passage, b: Passage | None) -> Passage:
    if b is None:
        return a
    return Passage(a.document_id, min(a.start, b.start), max(a.end, b.end))
