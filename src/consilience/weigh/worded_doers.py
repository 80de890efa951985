"""Who is said in other words than a verb's to have done it: “the raid was the work of rebels”."""

import re
from collections.abc import Iterator

from consilience.lexicon import load_table
from consilience.records import Claim, EntityRef, Kind, Mention, Passage, Proposition
from consilience.weigh.acts import Act
from consilience.weigh.asked import AskedPage, cover
from consilience.weigh.cast import Cast, Part, cast, sentence_of
from consilience.weigh.forces import kinds
from consilience.weigh.particulars import denied

# What is done, as a noun or a verb, and what whoever does it is called.
_KINDS = {
    "raid": "arrest", "storm": "arrest", "arrest": "arrest", "attack": "attack",
    "assault": "attack", "ambush": "attack", "bomb": "attack", "shoot": "attack", "kill": "attack",
    "murder": "attack",
    "massacre": "attack", "assassinate": "attack", "kidnap": "abduction", "abduct": "abduction",
    "abduction": "abduction", "hijack": "abduction", "kidnapping": "abduction", "rob": "robbery",
    "robbery": "robbery", "explode": "attack", "blast": "attack",
}  # fmt: skip
_WORK_OF = re.compile(
    r"[^.;:\n]{0,80}?\s(?:was|were|is|had been|has been)\s+"
    r"(?:clearly |plainly |in fact |really |all )?(?:the )?(?:work|doing|deed|handiwork) of"
    r"\s+(?:the\s+|an?\s+)?",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\s(?:was|were|is|are|had been|stood)\s+(?:behind|responsible for)\s+(?:the|this|that|an?)\s+"
    r"(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_BEHIND_CHARS = 70
# "The men who abducted him were policemen".
_WHO_DID = re.compile(
    r"\b(?:men|man|women|people|persons|group|gang|gunmen|gunman|attackers?|assailants?|those|ones?)\s+"
    r"(?:who|that|which)\s+(?:had\s+)?$",
    re.IGNORECASE,
)
_THEY_WERE = re.compile(
    r"[^.;:\n“”\"]{0,80}?\s(?:were|was|are|is)\s+(?:in fact |really |actually |all |themselves )?"
    r"(?:the\s+|an?\s+)?",
    re.IGNORECASE,
)
_CALLED_BY_DEED = {
    "kidnappers": "abduction", "abductors": "abduction", "captors": "abduction",
    "hijackers": "abduction", "attackers": "attack", "gunmen": "attack", "bombers": "attack",
    "assailants": "attack", "killers": "attack", "raiders": "arrest", "robbers": "robbery",
}  # fmt: skip
_CALLED = re.compile(
    rf"\b(?:the|his|her|their|our|my)\s+({'|'.join(_CALLED_BY_DEED)})\s+(?:were|had been|are)\s+"
    r"(?:in fact |really |actually |all |themselves )?(?:the\s+)?(?=\w)",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:not|never|no|(?-i:may)|might|could|if|whether|suspect\w*|alleg\w*|believ\w*|apparent\w*|claim\w*"
    r"|thought|possibly|perhaps|probably|likely|den(?:y|ied|ies))\b",
    re.IGNORECASE,
)
_STOPPED = re.compile(
    r"\b(?:\w+ed|by|with|in|on|at|from|to|dead|shot|still|caught|wearing|unknown)\b", re.I
)


def worded_doers(page: AskedPage) -> Iterator[tuple[Act, Claim]]:
    told = cast(page)
    for proposition in sorted(page.reading.propositions, key=lambda p: (p.predicate, p.id)):
        kind = _KINDS.get(proposition.lemma)
        sentence = sentence_of(page.reading, proposition)
        event = None if sentence is None else page.event_of(proposition, sentence)
        if kind is None or sentence is None or event is None:
            continue
        for part in _parts(told, proposition, sentence):
            passage = cover(part.passage, proposition.predicate)
            if _UNSURE.search(told.words(passage)) is None:
                claim = page.claim(event, "agent", part.value, passage, proposition)
                apart = denied(told, part, sentence)
                yield Act((kind,), deed=_deed(proposition), denied=apart), claim
    yield from _called(told)


def _deed(proposition: Proposition) -> str:
    return "raid" if load_table("acts").get(proposition.lemma) == "raid" else ""


def _parts(told: Cast, proposition: Proposition, sentence: Passage) -> list[Part]:
    text, predicate = told.page.document.text, proposition.predicate
    found = _WORK_OF.match(text, predicate.end, sentence.end)
    if found is not None:
        return _at(told, found.end(), sentence.end)
    before = text[max(sentence.start, predicate.start - _BEHIND_CHARS) : predicate.start]
    behind = _BEHIND.search(before)
    if behind is not None:
        end = predicate.start - len(before) + behind.start()
        near = told.within(Passage(predicate.document_id, sentence.start, end))
        ending = [m for m in near if m.passage.end == end]
        return _sure([p for m in ending[:1] for p in told.people(m, end)])
    if _WHO_DID.search(before) is not None:
        were = _THEY_WERE.match(text, predicate.end, sentence.end)
        return [] if were is None else _at(told, were.end(), sentence.end)
    return []


def _called(told: Cast) -> Iterator[tuple[Act, Claim]]:
    """“His kidnappers were soldiers”."""
    page = told.page
    for sentence in page.reading.sentences:
        event = page.event_of(None, sentence)
        if event is None:
            continue
        for found in _CALLED.finditer(page.document.text, sentence.start, sentence.end):
            for part in _at(told, found.end(), sentence.end):
                passage = Passage(page.document.id, found.start(), part.passage.end)
                if _UNSURE.search(told.words(passage)) is None:
                    kind = _CALLED_BY_DEED[found[1].lower()]
                    claim = page.claim(event, "agent", part.value, passage)
                    yield Act((kind,)), claim


def _at(told: Cast, at: int, end: int) -> list[Part]:
    inside = told.within(Passage(told.page.document.id, at, end))
    begins = [m for m in inside if m.passage.start <= at + 1] or _modified(told, inside, at)
    first = min(begins, key=lambda m: (m.passage.start, -m.passage.end), default=None)
    return [] if first is None else _sure(told.people(first, first.passage.end))


def _modified(told: Cast, inside: list[Mention], at: int) -> list[Mention]:
    between = re.compile(r"(?:[\w-]+\s){0,2}")
    text = told.page.document.text
    return [
        m
        for m in inside
        if between.fullmatch(text, at, m.passage.start)
        and _STOPPED.search(text, at, m.passage.start) is None
    ]


def _sure(parts: list[Part]) -> list[Part]:
    """Bodies of a known kind, and whoever has a name."""
    return [
        part
        for part in parts
        if kinds(part.text)
        or (isinstance(part.value, EntityRef) and part.kind in (Kind.PERSON, Kind.ORGANIZATION))
        or part.text[:1].isupper()
        or re.search(r"\b[A-Z]", part.text)
    ]
