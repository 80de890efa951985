"""One document as the questions of a case are put to it, and claims as they are made from it."""

from bisect import bisect_right
from dataclasses import dataclass

from consilience.records import (
    Attribution,
    Case,
    Claim,
    Document,
    Factuality,
    Kind,
    Mention,
    PartKind,
    Passage,
    Polarity,
    Proposition,
    Reading,
    Stance,
    Value,
    Voice,
    When,
    content_id,
)
from consilience.weigh.figures import within


@dataclass(frozen=True, slots=True)
class AskedPage:
    """One document of the case as claims are made from it."""

    case: Case
    document: Document
    reading: Reading
    contents: tuple[tuple[Passage, Attribution], ...]

    def event_of(self, proposition: Proposition | None, sentence: Passage) -> str | None:
        """The event told of; the main one where nothing is known of the sentence's syntax."""
        if self.is_comment(sentence):
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

    def is_comment(self, passage: Passage) -> bool:
        return any(
            p.kind is PartKind.COMMENT and within(passage, p.passage) for p in self.document.parts
        )

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


def contents_of(reading: Reading) -> tuple[tuple[Passage, Attribution], ...]:
    """What is attributed to somebody, in the order of the text."""
    found = [(passage, a) for a in reading.attributions for passage in a.content]
    return tuple(sorted(found, key=lambda c: (c[0], c[1].id)))


def cover(a: Passage, b: Passage | None) -> Passage:
    if b is None:
        return a
    return Passage(a.document_id, min(a.start, b.start), max(a.end, b.end))
