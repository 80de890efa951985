"""Interviews: questions and answers in turns, told apart by the label that each begins with."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from consilience.read.quotations import Paragraph
from consilience.records import Document, Kind, Mention, PartKind, Passage

_LABEL = re.compile(
    r"(?P<label>(?:Q|A|Question|Answer)(?=[:.]\s)"
    r"|[A-Z][\w.'’-]{1,25}(?: [A-Z][\w.'’-]{1,25}){0,3}(?=:\s))[:.]\s+"
)
_ASKS = frozenset({"Q", "Question"})
_ANSWERS = frozenset({"A", "Answer"})
# So often does each of two labels begin a paragraph; what stands once may be a heading.
_TURNS_MIN = 2


@dataclass(frozen=True, slots=True)
class Turn:
    """What one of two says: `label` is who does, as written, `words` what is said.

    `is_question` where the label says so. `source` is where who speaks is named; `chain_id` is
    theirs, None where nobody can be told.
    """

    label: Passage
    words: Passage
    is_question: bool
    source: Passage | None
    chain_id: str | None


def turns_of(
    document: Document, paragraphs: Sequence[Paragraph], mentions: Sequence[Mention]
) -> tuple[Turn, ...]:
    """The turns of the interview that a document holds, in their order; empty where it is none."""
    begun = [
        (n, found)
        for n, p in enumerate(paragraphs)
        if p.part is PartKind.BODY and (found := _LABEL.match(document.text, p.start, p.end))
    ]
    counts = Counter(found["label"] for _, found in begun)
    often = {label for label, times in counts.items() if times >= _TURNS_MIN}
    if len(often) < 2:
        return ()
    named = sorted((m for m in mentions if m.named), key=lambda m: m.passage)
    bearers = _bearers(document, named)
    labels = {s for s in often if s in _ASKS | _ANSWERS or _last(s) in bearers}
    if len(labels) < 2:
        return ()
    begun = [(n, found) for n, found in begun if found["label"] in labels]
    answering = _interviewed(named, paragraphs[begun[0][0]].start)
    return tuple(_turns(document, paragraphs, begun, bearers, answering))


def _turns(
    document: Document,
    paragraphs: Sequence[Paragraph],
    begun: Sequence[tuple[int, re.Match[str]]],
    bearers: Mapping[str, Mention],
    answering: Mention | None,
) -> Iterator[Turn]:
    following = [n for n, _ in begun[1:]]
    for (n, found), after in zip(begun, [*following, None], strict=True):
        # What has no label goes on in the turn before it; the last turn is one paragraph.
        last = n if after is None else after - 1
        label = Passage(document.id, found.start("label"), found.end("label"))
        words = Passage(document.id, found.end(), paragraphs[last].end)
        said = found["label"]
        who = answering if said in _ANSWERS else bearers.get(_last(said))
        at = who.passage if who is not None and said in _ANSWERS else label
        source = None if who is None and said in _ASKS | _ANSWERS else at
        yield Turn(label, words, said in _ASKS, source, who.chain_id if who is not None else None)


def _interviewed(named: Sequence[Mention], start: int) -> Mention | None:
    """The person whom the words above an interview name most often, the last of those as often."""
    people = [m for m in named if m.kind is Kind.PERSON and m.passage.start < start]
    times = Counter(m.chain_id for m in people)
    return max(people, key=lambda m: (times[m.chain_id], m.passage), default=None)


def _bearers(document: Document, named: Sequence[Mention]) -> Mapping[str, Mention]:
    """Who is first named by each last word: “REIL” is Tomas Reil, “BELL” the Bell."""
    found: dict[str, Mention] = {}
    for mention in named:
        words = document.text[mention.passage.start : mention.passage.end]
        if mention.kind is not Kind.PLACE:
            found.setdefault(_last(words), mention)
    return found


def _last(words: str) -> str:
    return words.split()[-1].casefold()
