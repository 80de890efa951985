"""The scenes of one document: what it tells of one happening, dated or not."""

import re
from bisect import bisect_left
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from consilience.dates import when_of
from consilience.lexicon import load_table
from consilience.records import Document, Kind, Passage, Reading
from consilience.resolve.happenings_told import FAMILIES, HAPPENING, HURT, Telling, is_news

_ANAPHORIC = re.compile(r"(?:That|It|Then|Those|In that|At that)\b")
# What stands right before a noun that names another happening: "an earlier bombing".
_OTHER = re.compile(
    r"\b(?:another|an? (?:separate|unrelated|different|earlier|previous|prior|similar|second)"
    r"|the (?:last|earlier|previous|other))(?: [\w-]+){0,2} $",
    re.IGNORECASE,
)
_OTHER_CHARS = 50
_OTHER_SENTENCE = re.compile(
    r"\bin (?:an? )?(?:unrelated|separate|different|another) (?:case|incident|attack|shooting"
    r"|accident|crash|matter|event)\b|\bunrelated\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Scene:
    """`is_aside`: of a day long past when it was written; `is_other`: told as another happening
    than what stands around it. `people` are ids of the persons that take part."""

    document_id: str
    day: str | None
    tellings: tuple[Telling, ...]
    is_aside: bool = False
    is_other: bool = False
    people: frozenset[str] = frozenset()

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(t.kind for t in self.tellings if t.kind)

    @property
    def families(self) -> frozenset[str]:
        return frozenset(FAMILIES[t.kind] for t in self.tellings if t.kind in FAMILIES)


@dataclass(slots=True)
class _Open:
    day: str | None
    is_aside: bool = False
    is_other: bool = False
    tellings: list[Telling] = field(default_factory=list)
    victims: set[str] = field(default_factory=set)

    def families(self) -> set[str]:
        return {FAMILIES[t.kind] for t in self.tellings if t.kind in FAMILIES}


def scenes(document: Document, reading: Reading, told: Sequence[Telling]) -> list[Scene]:
    """What a document tells, in scenes; what it tells of no single happening is left out."""
    opened: list[_Open] = []
    people = {m.chain_id for m in reading.mentions if m.kind is Kind.PERSON}
    denied: set[str] = set()
    leads = _Open(None)
    current = core = leads
    beside: tuple[Passage, _Open] | None = None
    dated: tuple[Passage, _Open] | None = None
    for telling in told:
        if telling.is_repeated:
            continue
        day, sentence = telling.day, telling.sentence
        # The day alone tells what is long past apart.
        is_aside = day is not None and not is_news(day, document)
        is_other = not is_aside and _is_other(document, telling)
        if day is not None:
            if is_aside and beside and beside[0] == sentence and beside[1].day is None:
                # "The last fire, in 1987, burned 30 homes".
                beside[1].day = day
            scene = _dated(opened, telling, day, is_other=is_other)
            scene.is_aside = is_aside
            beside = None
            if scene.is_aside or scene.is_other:
                beside = (sentence, scene)
            elif telling.is_fact and not _moves_on(telling):
                dated = (sentence, scene)
            elif telling.is_fact and not telling.is_background:
                current = scene
                if telling.kind in FAMILIES or telling.kind is None or _is_before(scene, core):
                    core = scene
        elif beside is not None and _goes_on(document, reading, *beside, sentence):
            scene = beside[1]
            beside = (sentence, scene)
        elif is_other:
            scene = _Open(None, is_other=True)
            opened.append(scene)
            beside = (sentence, scene)
        elif telling.kind in FAMILIES and dated and _is_next(document, reading, dated[0], sentence):
            scene = dated[1]
        elif telling.kind in FAMILIES:
            scene = _recalled(opened, telling, people) or core
            denied |= {telling.not_on} if telling.not_on else set()
            if _is_denied(telling, scene, denied):
                scene = leads
            elif clash({FAMILIES[telling.kind]}, scene.families()) and scene.day is not None:
                scene = _dated(opened, telling, scene.day, is_other=False)
        else:
            scene = current
        if telling.kind in FAMILIES:
            scene.victims |= _victims(telling, people)
        scene.tellings.append(telling)
    _settle(document, leads, opened, denied)
    return [
        Scene(
            document.id,
            scene.day,
            tuple(sorted(scene.tellings, key=lambda t: t.proposition.predicate)),
            scene.is_aside,
            scene.is_other,
        )
        for scene in (leads, *opened)
        if scene.tellings
    ]


def _victims(telling: Telling, people: Set[str]) -> set[str]:
    """Who it was done to, by chain."""
    done_to = {a.chain_id for a in telling.proposition.arguments if a.role == "ARG1"}
    return {chain_id for chain_id in done_to if chain_id is not None and chain_id in people}


def _recalled(opened: Sequence[_Open], telling: Telling, people: Set[str]) -> _Open | None:
    """The last scene in which harm was done to the same people."""
    victims = _victims(telling, people)
    return next((scene for scene in reversed(opened) if scene.victims & victims), None)


def _is_denied(telling: Telling, scene: _Open, denied: Set[str]) -> bool:
    """Whether the day of a scene is that of a death or an arrest, told beside what led to it."""
    if FAMILIES.get(telling.kind or "") != "harm" or scene.day not in denied:
        return False
    of_harm = (t.kind in HURT for t in scene.tellings if t.is_dated_itself and t.kind in FAMILIES)
    return telling.kind not in HURT or not any(of_harm)


def _settle(document: Document, leads: _Open, opened: Sequence[_Open], denied: Set[str]) -> None:
    """What is told before any day is named is of the first day of its sort that is."""
    past = (scene for scene in opened if not _is_ahead(scene, document))
    news = [scene for scene in past if not scene.is_aside and not scene.is_other]
    if not news:
        return
    # Where a day is named for a happening itself, that is the day.
    sorts = [
        {FAMILIES[t.kind] for t in s.tellings if t.kind in FAMILIES and t.is_dated_itself}
        for s in news
    ]
    carried = [s.families() for s in news]
    kinds = [{t.kind for t in s.tellings if t.kind and t.is_dated_itself} for s in news]
    undated: list[Telling] = []
    for telling in leads.tellings:
        family = FAMILIES.get(telling.kind or "")
        choices = (
            [s for s, told in zip(news, kinds, strict=True) if telling.kind in told],
            [s for s, told in zip(news, sorts, strict=True) if family in told],
            [s for s, told in zip(news, carried, strict=True) if family in told],
            [s for s, told in zip(news, carried, strict=True) if family and told],
            news,
        )
        chosen = (s for choice in choices for s in choice)
        scene = next((s for s in chosen if not _is_denied(telling, s, denied)), None)
        (scene.tellings if scene is not None else undated).append(telling)
    leads.tellings[:] = undated


def _is_ahead(scene: _Open, document: Document) -> bool:
    """Whether a day was still to come when the page was written."""
    day = when_of(scene.day).start if scene.day else None
    end = document.published.end if document.published else None
    return day is not None and end is not None and day >= end


def _moves_on(telling: Telling) -> bool:
    """Whether what follows is of the day of this: a happening, or that one happened or began."""
    return telling.kind is not None or telling.proposition.lemma in HAPPENING


def _is_before(scene: _Open, core: _Open) -> bool:
    """Whether an arrest cannot follow from what was told before it: a story of its own."""
    mine = when_of(scene.day).start if scene.day else None
    other = when_of(core.day).start if core.day else None
    return mine is not None and other is not None and mine < other


def _dated(opened: list[_Open], telling: Telling, day: str, *, is_other: bool) -> _Open:
    """The scene of a day that a telling belongs to, opened where there is none yet."""
    family = FAMILIES.get(telling.kind or "")
    for scene in reversed(opened):
        if scene.day != day or (is_other and not scene.is_other):
            continue
        if is_other or not clash({family} if family else set(), scene.families()):
            return scene
    opened.append(_Open(day, is_other=is_other))
    return opened[-1]


def clash(a: Set[str], b: Set[str]) -> bool:
    """Whether two sorts of happening cannot be one: a vote and a shooting of one day."""
    return {"vote", "harm"} <= a | b and not a & b and len(a & {"vote", "harm"}) == 1


def _is_other(document: Document, telling: Telling) -> bool:
    """Whether the words say that this is another happening than the one told of so far."""
    if telling.kind is None:
        return False
    at = telling.proposition.predicate
    word = document.text[at.start : at.end].lower()
    start = max(telling.sentence.start, at.start - _OTHER_CHARS)
    if word in load_table("event_nouns") and _OTHER.search(document.text[start : at.start]):
        return True
    return _OTHER_SENTENCE.search(document.text, telling.sentence.start, at.start) is not None


def _goes_on(
    document: Document, reading: Reading, before: Passage, scene: _Open, sentence: Passage
) -> bool:
    """Whether a sentence goes on about the aside made right before: “That flood took 40 lives”."""
    if sentence == before:
        return True
    if scene.is_other and _is_next(document, reading, before, sentence):
        return True
    is_anaphoric = _ANAPHORIC.match(document.text, sentence.start) is not None
    return is_anaphoric and _follows(reading, before, sentence)


def _is_next(document: Document, reading: Reading, before: Passage, sentence: Passage) -> bool:
    """Whether a sentence follows another in its paragraph."""
    follows = _follows(reading, before, sentence)
    return follows and "\n" not in document.text[before.end : sentence.start]


def _follows(reading: Reading, before: Passage, sentence: Passage) -> bool:
    # The sentences are in order, so the place of one is found by bisection.
    following = bisect_left(reading.sentences, before) + 1
    return following < len(reading.sentences) and reading.sentences[following] == sentence
