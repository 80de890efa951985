"""Who decided it, where a turn of phrase says so and no verb has them as its subject.

“On the orders of the manager”, “the decision was the council's alone”, “it was the owners who shut
the gates”, “the order was given by the mayor”.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from consilience.records import Claim, EntityRef, Factuality, Kind, Passage, Proposition
from consilience.weigh.acts import Act
from consilience.weigh.asked import AskedPage, cover
from consilience.weigh.cast import Cast, Part, cast, propositions_within
from consilience.weigh.deeds import deed_before, deed_kind, nouns_of_deeds, objects_of
from consilience.weigh.someone import someone_at

_CHOICE = (
    r"(?:decisions?|orders?|go-ahead|green light|permission|approval|authori[sz]ation|call|choice"
    r"|command|instructions?|ruling)"
)
_LEAVE = r"(?:orders?|instructions?|directions?|command|authority|say-so|insistence|behest)"
_WAS = r"(?:was|were|is|had been|has been|came to be)"
_MADE = r"(?:taken|made|given|issued|signed|reached|approved|granted|announced)"
_DECIDED = (
    r"(?:decided|ordered|voted|chose|opted|resolved|approved|authori[sz]ed|commanded"
    r"|gave the (?:final )?(?:order|go-ahead|green light|command|instruction)"
    r"|(?:took|made|reached) (?:the|that|this) (?:final )?(?:decision|call|choice)"
    r"|called (?:it|the \w+) off|signed off|dismissed|suspended|sacked|closed|shut"
    r"|fired(?! (?:on|at|into|upon|(?:\w+ ){0,2}(?:shots?|rounds?))\b)"
    r"|told (?:\w+ ){1,4}to|insisted)"
)
_ADVERBS = r"(?:(?:\w+ly|in fact|also|had|alone|then|first|, on \w+,) )*"
# What leads to those who decided, right before them.
_BEHIND = re.compile(
    r"\b(?:on|under|at|by|upon|following) (?:the )?(?:direct |express |personal |written )?"
    rf"{_LEAVE} (?:of|from) "
    rf"|\bby order of "
    rf"|\b{_CHOICE}\b[^.,;:“”\"]{{0,80}}? {_WAS} (?:\w+ly )?{_MADE} (?:\w+ ){{0,3}}?by "
    rf"|^[\W]*(?:It|That|This) {_WAS} {_MADE} (?:\w+ly )?by "
    rf"|\b{_CHOICE}\b[^.,;:“”\"]{{0,80}}? (?:came|comes|had come|coming)"
    r" (?:\w+ly )?(?:down )?from "
    rf"|\b{_CHOICE}\b[^.,;:“”\"]{{0,80}}? (?:{_WAS}|lay|lies|rested|rests)"
    r" (?:entirely |solely |only )?"
    r"(?:(?:down|up|left) to |with |the work of |that of |in the hands of )"
)
# “On the mayor's orders”.
_BEFORE_GENITIVE = re.compile(
    r"\b(?:on|under|at|upon) (?=(?:the |an? )?[\w’' -]{2,60}['’]s? "
    rf"(?:direct |express |personal )?{_LEAVE}\b)"
)
# “The decision was the council's alone”.
_WHOSE = re.compile(
    rf"\b{_CHOICE}\b[^.,;:“”\"]{{0,80}}? {_WAS} (?:entirely |solely |only )?"
    r"(?=(?:the |an? )?[\w’' -]{2,60}['’](?:s\b)?(?: alone| own| to make)?(?:[.,;”\"]|$| and\b))"
)
_GENITIVE = re.compile(r"['’]s?(?=$|\W)")
# “It was the owners, against advice, that voted to sell”.
_CLEFT = re.compile(
    rf"\b(?:It|it) (?:was|had been) (?=(?!not\b)[^.;:“”\"]{{3,120}}?,? (?:who|that|which)"
    rf" {_ADVERBS}{_DECIDED}\b)"
)
_NOT_CLEFT = re.compile(r"\b[Ii]t (?:was not|wasn['’]t|was never) [^.;:“”\"]{3,80}? (?:who|that) ")
_MINE = re.compile(
    rf"\b{_CHOICE}\b[^.,;:“”\"]{{0,60}}? (?:was|is) (?:mine|ours)\b"
    rf"|\b(?:[Ii]t|[Tt]hat|[Tt]his) was my (?:own )?{_CHOICE}\b"
)
_UNSURE = re.compile(
    r"\b(?:whether|if|not|never|no|unless|deny|denied|denies|would|could|should|may|might)\b[^,.;]*$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"^\W*(?:It|That|This)\b")
# Of what is decided, how far before the words it may stand.
_DEED_CHARS = 160


@dataclass(frozen=True, slots=True)
class _Turn:
    passage: Passage
    part: Part
    is_after: bool = False


def worded_deciders(page: AskedPage) -> Iterator[tuple[Act, Claim]]:
    told = cast(page)
    propositions = sorted(page.reading.propositions, key=lambda p: (p.predicate, p.id))
    earlier: Passage | None = None
    for sentence in page.reading.sentences:
        before, earlier = earlier, sentence
        if page.is_comment(sentence):
            continue
        for turn in _turns(told, sentence):
            deed = _deed_of(told, turn, list(propositions_within(propositions, sentence)))
            kinds: tuple[str, ...] = _named_in(told, turn.passage)
            if deed is not None:
                kinds = kinds or ((deed_kind(told, deed) or ""),)
            elif not kinds and before is not None and _PRONOUN.match(told.words(turn.passage)):
                kinds = _told_in(told, before, list(propositions_within(propositions, before)))
            event = page.event_of(deed, sentence) or page.event_of(None, sentence)
            passage = turn.passage
            if deed is not None and deed.predicate.start - sentence.start < _DEED_CHARS:
                passage = cover(passage, deed.predicate)
            claim = page.claim(
                event or page.case.events[0].id, "decided_by", turn.part.value, passage
            )
            objects = frozenset() if deed is None else objects_of(told, deed)
            said = tuple(k for k in kinds if k)
            before_it = (
                ""
                if said or deed is not None
                else deed_before(told, turn.passage.start, propositions)
            )
            yield Act(said, before=before_it, objects=objects), claim


def _turns(told: Cast, sentence: Passage) -> Iterator[_Turn]:
    words = told.words(sentence)
    for pattern in (_BEHIND, _BEFORE_GENITIVE, _WHOSE, _CLEFT):
        for found in pattern.finditer(words):
            if _UNSURE.search(words[: found.start()]) or _UNSURE.search(found[0]):
                continue
            start = sentence.start + found.start()
            at = Passage(sentence.document_id, sentence.start + found.end(), sentence.end)
            for part in (
                _whose(told, at) if pattern in (_WHOSE, _BEFORE_GENITIVE) else someone_at(told, at)
            ):
                passage = Passage(sentence.document_id, start, part.passage.end)
                yield _Turn(passage, part, is_after=pattern is _CLEFT)
    for found in _MINE.finditer(words):
        passage = Passage(
            sentence.document_id, sentence.start + found.start(), sentence.start + found.end()
        )
        speaker = speaker_at(told, passage)
        if speaker is not None:
            yield _Turn(passage, speaker)


def is_cleft(told: Cast, proposition: Proposition, sentence: Passage) -> bool:
    """Whether “it was … that” says who decided, and syntax may not."""
    words = told.words(sentence)
    found = _CLEFT.search(words) or _NOT_CLEFT.search(words)
    return found is not None and sentence.start + found.end() <= proposition.predicate.start


def _whose(told: Cast, at: Passage) -> list[Part]:
    """Of “the council's alone”: the council."""
    found = _GENITIVE.search(told.page.document.text, at.start, at.end)
    if found is None:
        return []
    return someone_at(told, Passage(at.document_id, at.start, found.start()))


def speaker_at(told: Cast, passage: Passage) -> Part | None:
    """Whose own words a passage is in."""
    claim = told.page.claim("", "decided_by", EntityRef(""), passage)
    speaker = next((v.speaker_id for v in reversed(claim.voices) if v.speaker_id), None)
    if speaker is None:
        return None
    return Part(EntityRef(speaker), "I", passage, speaker, Kind.PERSON)


def _named_in(told: Cast, passage: Passage) -> tuple[str, ...]:
    """“The decision on the closure was taken by …”: the noun says what was decided."""
    return tuple(nouns_of_deeds(told.words(passage).lower().split())[:1])


def _told_in(told: Cast, sentence: Passage, beside: list[Proposition]) -> tuple[str, ...]:
    kinds = [k for p in beside if (k := deed_kind(told, p))]
    return tuple(kinds[:1]) or _named_in(told, sentence)


def _deed_of(told: Cast, turn: _Turn, beside: list[Proposition]) -> Proposition | None:
    """What was decided: the deed told in the words, nearest before them, else behind them."""
    deeds = [p for p in beside if deed_kind(told, p)]
    within = [p for p in deeds if turn.passage.start <= p.predicate.start < turn.passage.end]
    before = [
        p
        for p in deeds
        if turn.passage.start - _DEED_CHARS < p.predicate.end <= turn.passage.start
        and p.factuality is Factuality.HAPPENED
    ]
    behind = [p for p in deeds if p.predicate.start >= turn.passage.end]
    if turn.is_after:
        return next(iter(behind), None)
    if _PRONOUN.match(told.words(turn.passage)):
        return None
    is_on_orders = re.match(r"(?:on|under|at|by|upon|following)\b", told.words(turn.passage))
    if not is_on_orders:
        return next(iter(within), None)
    return next(iter([*reversed(before), *behind]), None)
