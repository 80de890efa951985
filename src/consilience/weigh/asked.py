"""One document as the questions of a case are put to it, and claims as they are made from it."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from consilience.records import (
    Attribution,
    Case,
    Claim,
    Document,
    Factuality,
    Kind,
    Mention,
    Part,
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
from consilience.ticker import written_at
from consilience.weigh.passages import Stretches, stretches, within

# A saying is dated by a day or a week: "in 2015" or "this year" hardly says when. By hand.
_SAID_WITHIN = timedelta(days=8)
# "Officers say at ten a man walked in" tells when he did.
_NO_TIME_OF_THEIR_OWN = frozenset({"say", "says", "according to"})
# How far behind its verb a time stands: "told reporters outside the town hall on Friday".
_CLAUSE_CHARS = 60
_CLAUSE_ENDS = re.compile(r"[,;:.!?“”\"]")
# "Police on Friday said".
_BLANKS = 2
# "On Friday, a spokesman for the port said": the time opens the sentence.
_SENTENCE_OPENS = re.compile(
    r"(?:^|[.!?\n]\s{0,4}|[.!?][\"”’']\s{0,4})(?:(?:Late |Early )?[Oo]n )?$"
)


_CHARGE = re.compile(r"\b(?:charg|indict|arraign|convict|sentenc)(?:e[ds]?|ing|s)?\b", re.I)


@dataclass(frozen=True, slots=True)
class PageIndex:
    """Where things stand on a page, to be found without going through all of it.

    `named` are the mentions by name, in order; `ends` the end of the place that begins at each;
    `chains` the mentions of each chain. `contents` is what is attributed to somebody, `asides` who
    is named behind what is said, with the words for it. `mentions` are in order, `starts` theirs.
    """

    comments: tuple[Passage, ...]
    named: tuple[Mention, ...]
    ends: Mapping[int, int]
    chains: Mapping[str, Sequence[Mention]]
    attributions: Mapping[str, Attribution]
    contents: Stretches[Attribution]
    asides: Stretches[Passage]
    mentions: tuple[Mention, ...]
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AskedPage:
    """One document of the case as claims are made from it.

    `said` are the times of sayings that the document dates, by the id of the attribution;
    `retold` are events that are the main one, told with another day; `entries` those of a ticker.
    """

    case: Case
    document: Document
    reading: Reading
    said: Mapping[str, When]
    index: PageIndex
    retold: frozenset[str] = frozenset()
    entries: tuple[tuple[int, When], ...] = ()

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
        place_end = self.index.ends.get(source.start, source.start)
        is_apart = text.startswith(", ", place_end) and place_end + 2 < source.end
        return text[place_end + 2 if is_apart else source.start : source.end]

    def is_comment(self, passage: Passage) -> bool:
        comments = self.index.comments
        n = bisect_right(comments, passage.start, key=lambda comment: comment.start)
        return n > 0 and within(passage, comments[n - 1])

    def entity_of(self, mention: Mention) -> str | None:
        return self.case.entity_ids.get((self.document.id, mention.chain_id))

    def claim(
        self,
        subject: str,
        slot: str,
        value: Value,
        passage: Passage,
        proposition: Proposition | None = None,
        *,
        is_toll: bool = False,
    ) -> Claim:
        """A claim as the page makes it.

        Who is charged with a deed may not have done it, but whom it befell is no charge: a toll is
        not in the voice of a jury.
        """
        return Claim(
            id=content_id("claim", subject, slot, repr(value), repr(passage)),
            subject_id=subject,
            slot=slot,
            value=value,
            passage=passage,
            voices=self._voices(passage.start, is_toll=is_toll),
            polarity=proposition.polarity if proposition else Polarity.POSITIVE,
            factuality=proposition.factuality if proposition else Factuality.HAPPENED,
            as_of=self._as_of(passage.start, is_toll=is_toll),
        )

    def _as_of(self, at: int, *, is_toll: bool) -> When | None:
        """When it was said: when somebody is told to have said it, else when it was published."""
        part = self._part_at(at)
        written = None if part is None else part.published
        written = written_at(self.entries, at) if written is None else written
        published = self.document.published if written is None else written
        holding = self._holding(at, is_toll=is_toll)
        dated = [self.said[a.id] for a in holding if a.id in self.said]
        return dated[-1] if dated and _is_told_later(dated[-1], published) else published

    def _part_at(self, at: int) -> Part | None:
        """The part that a place lies in: they stand in order and do not overlap."""
        n = bisect_right(self.document.parts, at, key=lambda part: part.passage.start)
        part = self.document.parts[n - 1] if n else None
        return part if part is not None and at < part.passage.end else None

    def _holding(self, at: int, *, is_toll: bool) -> list[Attribution]:
        """The attributions in whose content a place lies, outermost first."""
        holding = list(self.index.contents.over(at, at + 1))
        if is_toll:
            holding = [a for a in holding if not self._charges(a)]
        return sorted(holding, key=lambda a: (-max(p.end - p.start for p in a.content), a.id))

    def _voices(self, at: int, *, is_toll: bool) -> tuple[Voice, ...]:
        """Who says it, outermost first; empty where the outlet itself does."""
        voices = [self._voice(a) for a in self._holding(at, is_toll=is_toll)]
        part = self._part_at(at)
        if part is not None and part.kind is PartKind.COMMENT:
            voices.insert(0, Voice(None, part.author, Stance.SAYS, direct=False))
        return tuple(dict.fromkeys(voices))

    def _charges(self, attribution: Attribution) -> bool:
        cue = " ".join(self.document.text[p.start : p.end] for p in attribution.cue)
        is_alleged = attribution.stance is Stance.ALLEGES and not attribution.source
        return is_alleged or is_charge(cue)

    def _voice(self, attribution: Attribution) -> Voice:
        name = speaker = None
        if attribution.source:
            name = self._named(attribution.source[0])
        if attribution.speaker_id is not None:
            speaker = self.case.entity_ids.get((self.document.id, attribution.speaker_id))
        return Voice(speaker, name, attribution.stance, attribution.direct)


def is_charge(words: str) -> bool:
    """Whether words tell of a charge or a verdict, which leave open only who did it."""
    return _CHARGE.search(words) is not None


def index_of(document: Document, reading: Reading) -> PageIndex:
    named = sorted((m for m in reading.mentions if m.named), key=lambda m: m.passage)
    ordered = tuple(sorted(reading.mentions, key=lambda m: (m.passage, m.id)))
    attributions = sorted(reading.attributions, key=lambda a: a.id)
    chains: dict[str, list[Mention]] = defaultdict(list)
    for mention in reading.mentions:
        chains[mention.chain_id].append(mention)
    return PageIndex(
        tuple(sorted(p.passage for p in document.parts if p.kind is PartKind.COMMENT)),
        tuple(named),
        {
            m.passage.start: m.passage.end
            for m in reversed(reading.mentions)
            if m.kind is Kind.PLACE and m.named
        },
        chains,
        {a.id: a for a in attributions},
        stretches((passage, a) for a in attributions for passage in a.content),
        stretches(
            (source, cue)
            for a in attributions
            for source in a.source
            if any(c.end <= source.start for c in a.content)
            for cue in a.cue
            if source.end <= cue.start
        ),
        ordered,
        tuple(m.passage.start for m in ordered),
    )


def said_when(text: str, reading: Reading) -> dict[str, When]:
    """The time of each saying that is dated to a day or a week, by the id of its attribution.

    "On Friday the ministry said" and "said in Arlow last week" tell when. A time within what is
    said does not, nor "in 2015", nor "after the storm on Friday she said".
    """
    cues = {p.predicate: p.when for p in reading.propositions if p.when is not None}
    written: dict[When, list[Passage]] = defaultdict(list)
    for time in reading.times:
        written[time.when].append(time.passage)
    found = {}
    for attribution in reading.attributions:
        for cue in attribution.cue:
            when = cues.get(cue)
            if when is None or when.start is None or when.end is None:
                continue
            near = any(
                _is_at(text, time, cue)
                for time in written.get(when, ())
                if not any(within(time, c) for c in attribution.content)
            )
            if near and when.end - when.start <= _SAID_WITHIN:
                found[attribution.id] = when
    return found


def _is_at(text: str, time: Passage, cue: Passage) -> bool:
    """Whether a time is the one of a reporting verb in the past: before it or in its clause."""
    if text[cue.start : cue.end].casefold() in _NO_TIME_OF_THEIR_OWN:
        return False
    if time.start >= cue.end:
        between = text[cue.end : time.start]
        return len(between) <= _CLAUSE_CHARS and _CLAUSE_ENDS.search(between) is None
    if cue.start - time.end <= _BLANKS:
        return True
    opening = text[max(0, time.start - _CLAUSE_CHARS) : time.start]
    return _SENTENCE_OPENS.search(opening) is not None


def _is_told_later(said: When, published: When | None) -> bool:
    """Whether a saying is dated better than by the page that tells of it."""
    if published is None or published.start is None or published.end is None:
        return True
    if said.start is None or said.end is None:
        return False
    return said.end <= published.start or (
        published.start <= said.start and said.end < published.end
    )


def cover(a: Passage, b: Passage | None) -> Passage:
    if b is None:
        return a
    return Passage(a.document_id, min(a.start, b.start), max(a.end, b.end))
