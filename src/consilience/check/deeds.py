"""What a statement tells as done, held against what the documents tell as done or deny."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from consilience.records import (
    Case,
    Document,
    Factuality,
    Kind,
    Mention,
    Passage,
    Polarity,
    Proposition,
    Reading,
    Stance,
)
from consilience.tell.sorts import LIGHT, sorts_of

# Two sentences tell one thing from this likeness on: with every party the same, with some of them
# only named beside, and with nothing but the words to go by. By hand, on statements about
# invented cases (`evaluation.statements`).
_SAME_PARTIES_MIN = 0.3
_NAMED_BESIDE_MIN = 0.5
_WORDS_ALONE_MIN = 0.65
_ROLES = ("ARG0", "ARG1", "ARG2")
_SHOWN_MAX = 5
# “Rise” and “raise” are written so everywhere, “apologise” is not.
_SHORT = 6
# Verbs that tell no more of a deed than whose words others are.
_REPORTS = frozenset(
    "say tell add state report announce claim note explain write declare reveal confirm".split()
)
_COPULAS = frozenset({"be", "have", "do", "become", "remain"})
# Nouns that anybody or anything may be called by.
_ANYBODY = frozenset(
    "people person persons man men woman women somebody someone they he she it who thing things "
    "others victims authorities officials".split()
)
_NAMED = (Kind.PERSON, Kind.ORGANIZATION, Kind.PLACE)


@dataclass(frozen=True, slots=True)
class Deed:
    """A predicate of the statement, with the sentences that tell it and those that deny it.

    `other_voices`: it is told, but not by the one whose word the statement says it is.
    """

    predicate: Passage
    told: tuple[Passage, ...]
    denied: tuple[Passage, ...]
    voices: tuple[str, ...]
    other_voices: bool = False
    only_possible: bool = False


@dataclass(frozen=True, slots=True)
class _Telling:
    """A proposition in its sentence: who takes part, who else is named, whose word it is."""

    proposition: Proposition
    sentence: Passage
    vector: tuple[float, ...]
    sorts: frozenset[str]
    parties: Mapping[str, frozenset[str]]
    heads: Mapping[str, frozenset[str]]
    named: frozenset[str]
    voices: frozenset[str]
    is_denied: bool
    is_report: bool
    event_id: str | None
    # The nouns by which the parties in each role are called anywhere, and those of the sentence.
    called: Mapping[str, frozenset[str]]
    nouns: frozenset[str]


def deeds(case: Case, statement_id: str) -> Iterator[Deed]:
    """Each predicate of the statement that tells of something done."""
    calls = _calls(case)
    mine: list[_Telling] = []
    told: dict[str, list[_Telling]] = defaultdict(list)
    for document in case.documents:
        reading = case.readings.get(document.id)
        if reading is None:
            continue
        for telling in _tellings(case, document, reading, calls):
            if document.id == statement_id:
                mine.append(telling)
            else:
                for word in (telling.proposition.lemma, *sorted(telling.sorts)):
                    told[word].append(telling)
    for telling in mine:
        proposition = telling.proposition
        if telling.is_report or proposition.lemma in LIGHT:
            continue
        if proposition.factuality not in (Factuality.HAPPENED, Factuality.NOT_HAPPENED):
            continue
        words = (proposition.lemma, *(s for s in sorted(telling.sorts) if s.startswith("word ")))
        others = {t.proposition.id: t for word in words for t in told[word]}
        yield _deed(telling, [t for t in others.values() if _is_one(telling, t)])


def _deed(telling: _Telling, alike: list[_Telling]) -> Deed:
    wants_denial = telling.is_denied
    sure = [t for t in alike if t.is_denied or t.proposition.factuality is Factuality.HAPPENED]
    for_it = [t for t in sure if t.is_denied == wants_denial]
    against = [t for t in sure if t.is_denied != wants_denial]
    own = [t for t in for_it if telling.voices <= t.voices]
    return Deed(
        telling.proposition.predicate,
        _shown(own if telling.voices else for_it),
        _shown(against),
        tuple(sorted({v for t in for_it for v in t.voices}))
        if all(t.voices for t in for_it)
        else (),
        other_voices=bool(telling.voices and for_it and not own),
        only_possible=bool(alike and not sure),
    )


def _shown(tellings: list[_Telling]) -> tuple[Passage, ...]:
    return tuple(sorted({t.sentence for t in tellings}))[:_SHOWN_MAX]


def _has_content(proposition: Proposition, reading: Reading) -> bool:
    """Whether it only says whose words others are."""
    return any(
        cue.start <= proposition.predicate.start < cue.end
        for attribution in reading.attributions
        for cue in attribution.cue
        if attribution.content
    )


def _calls(case: Case) -> dict[str, frozenset[str]]:
    """The nouns by which each entity is called besides its names: “the owner”, “the captain”."""
    found: dict[str, set[str]] = defaultdict(set)
    for document in case.documents:
        reading = case.readings.get(document.id)
        for mention in reading.mentions if reading else ():
            entity = case.entity_ids.get((document.id, mention.chain_id))
            if entity is not None:
                found[entity].add(document.text[mention.head.start : mention.head.end].lower())
    return {entity: frozenset(nouns) for entity, nouns in found.items()}


def _tellings(
    case: Case, document: Document, reading: Reading, calls: Mapping[str, frozenset[str]]
) -> Iterator[_Telling]:
    starts = [s.start for s in reading.sentences]
    by_sentence: dict[int, list[Mention]] = defaultdict(list)
    kinds = {e.id: e.kind for e in case.entities}
    for mention in reading.mentions:
        k = bisect_right(starts, mention.passage.start) - 1
        by_sentence[k].append(mention)
    attributions = {a.id: a for a in reading.attributions}
    for found in reading.propositions:
        if found.lemma in _COPULAS:
            continue
        lemma = re.sub(r"ise$", "ize", found.lemma) if len(found.lemma) > _SHORT else found.lemma
        proposition = replace(found, lemma=lemma)
        k = bisect_right(starts, proposition.predicate.start) - 1
        if k < 0:
            continue
        parties: dict[str, frozenset[str]] = {}
        heads: dict[str, frozenset[str]] = {}
        for argument in proposition.arguments:
            role = argument.role.removesuffix("-of")
            if role not in _ROLES:
                continue
            inside = [
                m
                for m in by_sentence[k]
                if argument.passage.start <= m.passage.start
                and m.passage.end <= argument.passage.end
            ]
            ids = {case.entity_ids.get((document.id, m.chain_id)) for m in inside}
            ids.add(case.entity_ids.get((document.id, argument.chain_id or "")))
            parties[role] = frozenset(i for i in ids if i is not None and kinds[i] in _NAMED)
            words = {document.text[m.head.start : m.head.end].lower() for m in inside}
            heads[role] = frozenset(words)
        named = {case.entity_ids.get((document.id, m.chain_id)) for m in by_sentence[k]}
        attribution = attributions.get(proposition.attribution_id or "")
        voices: set[str] = set()
        is_denied = (
            proposition.polarity is Polarity.NEGATIVE
            or proposition.factuality is Factuality.NOT_HAPPENED
        )
        while attribution is not None:
            speaker = case.entity_ids.get((document.id, attribution.speaker_id or ""))
            if speaker is not None:
                voices.add(speaker)
            is_denied = is_denied or attribution.stance is Stance.DENIES
            attribution = attributions.get(attribution.within_id or "")
        yield _Telling(
            proposition,
            reading.sentences[k],
            reading.vectors[k] if reading.vectors else (),
            sorts_of(document, proposition),
            parties,
            heads,
            frozenset(i for i in named if i is not None),
            frozenset(voices),
            is_denied,
            proposition.lemma in _REPORTS and _has_content(proposition, reading),
            case.event_by_proposition.get(proposition.id),
            {
                role: heads[role].union(*(calls.get(i, frozenset()) for i in ids))
                for role, ids in parties.items()
            },
            frozenset(document.text[m.head.start : m.head.end].lower() for m in by_sentence[k]),
        )


def _is_one(mine: _Telling, other: _Telling) -> bool:
    """Whether both tell one deed: the same parties in the same roles, and words alike."""
    is_one = mine.event_id == other.event_id
    if not is_one and not _may_be_of_one_time(mine.proposition, other.proposition):
        return False
    if is_one and mine.event_id is not None and not mine.parties:
        # “The sinking”: what the case knows as one happening.
        return True
    likeness = float(np.dot(mine.vector, other.vector)) if mine.vector and other.vector else 0.0
    n_same = n_beside = n_unknown = 0
    for role, wanted in mine.parties.items():
        held = other.parties.get(role, frozenset())
        if wanted:
            if wanted & held:
                n_same += 1
            elif role not in other.parties and wanted & other.named:
                n_beside += 1
            else:
                return False
        elif mine.heads[role] - _ANYBODY:
            if mine.heads[role] - _ANYBODY <= other.called.get(role, frozenset()) | other.nouns:
                n_same += 1
            elif other.heads.get(role, frozenset()) - _ANYBODY:
                return False
            else:
                n_unknown += 1
        else:
            n_unknown += 1
    if n_unknown or not (n_same or n_beside):
        return likeness >= _WORDS_ALONE_MIN
    return likeness >= (_NAMED_BESIDE_MIN if n_beside else _SAME_PARTIES_MIN)


def _may_be_of_one_time(a: Proposition, b: Proposition) -> bool:
    if a.when is None or b.when is None:
        return True
    left, right = a.when, b.when
    if left.start is None or left.end is None or right.start is None or right.end is None:
        return True
    return left.start < right.end and right.start < left.end
