"""Clauses that tell what happened: a subject, its verb and what belongs to it, as written."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from consilience.lexicon import load_table
from consilience.records import (
    Argument,
    Document,
    Factuality,
    Passage,
    Polarity,
    Proposition,
    Reading,
)
from consilience.tell.material import Material, beginning_in, within
from consilience.tell.sentences import can_stand_alone

_SUBJECTS = ("ARG0", "ARG1")
# What stands between a subject and its verb: auxiliaries and an adverb or two.
_BETWEEN = re.compile(
    r"\s*(?:(?:was|were|is|are|has|have|had|been|being|fatally|also|later|reportedly|allegedly"
    r"|apparently|then|\w+ly)\s+){0,3}",
    re.IGNORECASE,
)
_AUXILIARY = re.compile(r"\b(?:was|were|is|are|has|have|had|been)\b", re.IGNORECASE)
_PRONOUN = re.compile(
    r"(?:he|she|it|they|who|which|that|this|these|those|I|we|you)\b", re.IGNORECASE
)
# What befalls its subject without an auxiliary; "a man shot in the leg" is no clause.
_BEFALLING = frozenset(
    "burn burst break break_out capsize cave collapse crash derail die drown erupt explode fall"
    " go_off happen hit occur open overturn ram sink slam start strike sweep take_place tear tip"
    " topple turn_over".split()
)
_AUXILIARY_CHARS = 24
# What says more of somebody, up to the end of the sentence.
_RELATIVE = re.compile(r",\s(?:who|which|whose|whom)\s[^,]*\Z", re.IGNORECASE)
_WHEN = re.compile(r"\b(?:when|after|as(?= an? )) (?=[A-Za-z])")
_KILLING = re.compile(r",? (?:and )?(?:killing|leaving|injuring|wounding|claiming|with the loss)\b")
_FRAME_WORDS = 5
_BESIDE = frozenset({"ARGM-ADV", "ARGM-DIS", "ARGM-PRP", "ARGM-CAU", "ARGM-PRD", "ARGM-COM"})
_WORDS = (5, 40)
# Nothing may follow a clause but these, or it was cut within a phrase.
_ENDS = re.compile(
    r"\s*(?:[.,;:—–”\"]|(?:and|but|when|while|after|before|as|leaving)\b(?!\s+\d)|\Z)",
    re.IGNORECASE,
)


def main_clauses(known: Material, document: Document) -> Iterator[tuple[Passage, Proposition]]:
    """The clauses of a document whose verb tells the main event as done, by what it was."""
    reading = known.case.readings[document.id]
    for proposition in reading.propositions:
        if tells_main(known, proposition):
            clause = clause_of(document, reading, proposition)
            if clause is not None:
                yield clause, proposition


def tells_main(known: Material, proposition: Proposition) -> bool:
    """Whether it tells the main event as done, by what it was: an election by who won."""
    return (
        known.case.event_by_proposition.get(proposition.id) == known.main.id
        and load_table("event_kinds").get(proposition.lemma) == known.main.kind
        and proposition.polarity is Polarity.POSITIVE
        and proposition.factuality is Factuality.HAPPENED
    )


def clause_of(document: Document, reading: Reading, proposition: Proposition) -> Passage | None:
    """From the subject to the last of the arguments; None where they are not one stretch."""
    sentence = sentence_of(reading, proposition.predicate)
    subject = _subject(document, proposition)
    if sentence is None or subject is None or not within(subject.passage, sentence):
        return None
    text = document.text
    if not _is_finite(document, proposition, subject):
        return None
    own = [a.passage for a in proposition.arguments if a.role not in _BESIDE]
    behind = [p for p in own if p.start >= proposition.predicate.end and within(p, sentence)]
    end = max([proposition.predicate.end, *(p.end for p in behind)])
    clause = Passage(document.id, subject.passage.start, end)
    words = text[clause.start : clause.end]
    low, high = _WORDS
    if not low <= len(words.split()) <= high or _ENDS.match(text, end) is None:
        return None
    if _PRONOUN.match(words) or words.count('"') % 2 or words.count("“") != words.count("”"):
        return None
    if words.count("(") != words.count(")"):
        return None
    return clause


def _is_finite(document: Document, proposition: Proposition, subject: Argument) -> bool:
    """Whether the predicate is a verb of which the subject can be the subject."""
    word = document.text[proposition.predicate.start : proposition.predicate.end].lower()
    if word in load_table("event_nouns") or word.endswith("ing"):
        return False
    between = document.text[subject.passage.end : proposition.predicate.start]
    if _AUXILIARY.search(between):
        return True
    return subject.role == "ARG0" or proposition.lemma in _BEFALLING


def _subject(document: Document, proposition: Proposition) -> Argument | None:
    before = [
        a
        for a in proposition.arguments
        if a.role in _SUBJECTS and a.passage.end <= proposition.predicate.start
    ]
    for argument in sorted(before, key=lambda a: -a.passage.end):
        between = document.text[argument.passage.end : proposition.predicate.start]
        if _BETWEEN.fullmatch(between):
            return argument
    return None


def sentence_of(reading: Reading, passage: Passage) -> Passage | None:
    k = bisect_right(reading.sentences, passage.start, key=lambda s: s.start) - 1
    if k < 0 or passage.end > reading.sentences[k].end:
        return None
    return reading.sentences[k]


def heads(reading: Reading, sentence: Passage) -> list[Proposition]:
    """The propositions of a sentence that lie in no argument of another, but for what is said."""
    here = [p for p in reading.propositions if within(p.predicate, sentence)]
    cues = {c for a in reading.attributions for c in a.cue if within(c, sentence)}
    held = [a.passage for p in here if p.predicate not in cues for a in p.arguments]
    return [
        p for p in here if p.predicate not in cues and not any(within(p.predicate, h) for h in held)
    ]


def is_told_plainly(document: Document, proposition: Proposition) -> bool:
    """Whether its verb is one of which something is said: no "five people shot on Friday"."""
    at = proposition.predicate
    word = document.text[at.start : at.end].lower()
    if word in load_table("event_nouns") or word.endswith("ing"):
        return False
    before = document.text[max(0, at.start - _AUXILIARY_CHARS) : at.start]
    if _AUXILIARY.search(before):
        return True
    is_doing = any(a.role == "ARG0" and a.passage.end <= at.start for a in proposition.arguments)
    return is_doing or proposition.lemma in _BEFALLING


def stands_alone(known: Material, document: Document, sentence: Passage) -> bool:
    """Whether a sentence can be read without the one before it, and is one: no caption like
    “Lena Lind, 31, who was shot on Monday.”"""
    if not can_stand_alone(document, sentence):
        return False
    relative = _RELATIVE.search(document.text, sentence.start, sentence.end)
    if relative is None or _AUXILIARY.search(document.text, sentence.start, relative.start()):
        return True
    propositions = known.case.readings[document.id].propositions
    return any(
        p.predicate.start < relative.start() and is_told_plainly(document, p)
        for p in beginning_in(propositions, lambda p: p.predicate, sentence)
    )


def inner_clauses(
    document: Document, reading: Reading, sentence: Passage, tolls: Sequence[Passage]
) -> Iterator[Passage]:
    """What is told beside a toll: “a gallery collapsed” of “six died when a gallery collapsed”,
    “a train hit a bus” of “a train hit a bus, killing six”."""
    text = document.text
    last = max((t.end for t in tolls), default=sentence.start)
    end = _before_frame(document, reading, sentence)
    found = _WHEN.search(text, last, end)
    if found is not None:
        clause = Passage(document.id, found.end(), end)
        if _has_subject(reading, clause) and _PRONOUN.match(text, clause.start) is None:
            yield clause
    cut = _KILLING.search(text, sentence.start, last)
    if cut is not None and len(text[sentence.start : cut.start()].split()) >= _WORDS[0]:
        yield Passage(document.id, sentence.start, cut.start())


def _before_frame(document: Document, reading: Reading, sentence: Passage) -> int:
    """Where a sentence ends without its full stop and without an “officials said” behind it."""
    stop = sentence.end
    while stop > sentence.start and document.text[stop - 1] in ".\n ":
        stop -= 1
    for attribution in reading.attributions:
        for cue in (c for c in attribution.cue if within(c, sentence)):
            first = min([cue.start, *(s.start for s in attribution.source if within(s, sentence))])
            comma = document.text.rfind(",", sentence.start, first)
            if comma > 0 and len(document.text[cue.end : stop].split()) <= _FRAME_WORDS:
                stop = min(stop, comma)
    return stop


def _has_subject(reading: Reading, clause: Passage) -> bool:
    return any(
        a.role in _SUBJECTS and abs(a.passage.start - clause.start) <= 1
        for p in reading.propositions
        if within(p.predicate, clause)
        for a in p.arguments
    )
