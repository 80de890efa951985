"""The scenes of one document: what it tells of one happening, dated or not."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from consilience.dates import when_of
from consilience.lexicon import load_table
from consilience.records import Document, Kind, Passage, Reading
from consilience.resolve.by_origin import Saying
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
    def said(self) -> Saying:
        return self.tellings[0].said

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
    place: int | None = None  # among those opened

    def families(self) -> set[str]:
        return {FAMILIES[t.kind] for t in self.tellings if t.kind in FAMILIES}


@dataclass(frozen=True, slots=True)
class _Page:
    """A document as its scenes are told: its people by chain, and the sentences that speak of a
    happening as known, “the attack”."""

    document: Document
    sentences: tuple[Passage, ...]
    people: frozenset[str]
    known: frozenset[Passage]


@dataclass(slots=True)
class _Course:
    """Where the telling stands: the scene told of last, the last in which harm was done, what is
    told beside them, and the sentence that last named a day for something else.

    `denied` are days on which somebody died or was held, told beside what led to it. The scenes
    opened are kept by their days, and for each person the place of the last that did them harm.
    """

    leads: _Open
    current: _Open
    core: _Open
    opened: list[_Open] = field(default_factory=list)
    beside: tuple[Passage, _Open] | None = None
    dated: tuple[Passage, _Open] | None = None
    denied: set[str] = field(default_factory=set)
    by_day: dict[str, list[_Open]] = field(default_factory=lambda: defaultdict(list))
    last_of: dict[str, int] = field(default_factory=dict)

    def open(self, scene: _Open) -> _Open:
        scene.place = len(self.opened)
        self.opened.append(scene)
        if scene.day is not None:
            self.by_day[scene.day].append(scene)
        return scene

    def harm(self, scene: _Open, victims: Set[str]) -> None:
        if scene.place is not None:
            for victim in victims:
                self.last_of[victim] = max(self.last_of.get(victim, 0), scene.place)


def scenes(document: Document, reading: Reading, told: Sequence[Telling]) -> list[Scene]:
    """What a document tells, in scenes; what it tells of no single happening is left out."""
    page = _Page(
        document,
        reading.sentences,
        frozenset(m.chain_id for m in reading.mentions if m.kind is Kind.PERSON),
        frozenset(t.sentence for t in told if t.is_known and t.kind in FAMILIES),
    )
    leads = _Open(None)
    course = _Course(leads, leads, leads)
    for telling in told:
        if not telling.is_repeated:
            is_dated = telling.day is not None
            scene = (
                _on_a_day(page, course, telling) if is_dated else _undated(page, course, telling)
            )
            if telling.kind in FAMILIES:
                course.harm(scene, _victims(page, telling))
            scene.tellings.append(telling)
    _settle(page, course)
    return [
        Scene(
            document.id,
            scene.day,
            tuple(sorted(scene.tellings, key=lambda t: t.proposition.predicate)),
            scene.is_aside,
            scene.is_other,
        )
        for scene in (leads, *course.opened)
        if scene.tellings
    ]


def _on_a_day(page: _Page, course: _Course, telling: Telling) -> _Open:
    """The scene of a telling with a day; what follows it is told of that day too."""
    day, sentence = telling.day, telling.sentence
    assert day is not None
    # The day alone tells what is long past apart.
    is_aside = not is_news(day, page.document)
    is_other = not is_aside and _is_other(page.document, telling)
    if is_aside and course.beside is not None:
        before, beside = course.beside
        if before == sentence and beside.day is None:
            # "The last fire, in 1987, burned 30 homes".
            beside.day = day
            course.by_day[day].append(beside)
    scene = _dated(course, telling, day, is_other=is_other)
    scene.is_aside = is_aside
    course.beside = (sentence, scene) if scene.is_aside or scene.is_other else None
    if course.beside is not None or not telling.is_fact:
        return scene
    if not _moves_on(telling):
        course.dated = (sentence, scene)
    elif not telling.is_background:
        course.current = scene
        if telling.kind in FAMILIES or telling.kind is None or _is_before(scene, course.core):
            course.core = scene
    return scene


def _undated(page: _Page, course: _Course, telling: Telling) -> _Open:
    """The scene that a telling without a day goes on with."""
    sentence = telling.sentence
    if course.beside is not None and _goes_on(page, *course.beside, sentence):
        course.beside = (sentence, course.beside[1])
        return course.beside[1]
    if _is_other(page.document, telling):
        course.beside = (sentence, course.open(_Open(None, is_other=True)))
        return course.beside[1]
    if telling.kind not in FAMILIES:
        return course.current
    if course.dated is not None and _is_next(page, course.dated[0], sentence):
        return course.dated[1]
    if telling.not_on is not None:
        course.denied.add(telling.not_on)
    scene = _recalled(page, course, telling) or course.core
    if _is_denied(telling, scene, course.denied):
        return course.leads
    if scene.day is not None and clash({FAMILIES[telling.kind]}, scene.families()):
        return _dated(course, telling, scene.day, is_other=False)
    return scene


def _victims(page: _Page, telling: Telling) -> set[str]:
    """Who it was done to, by chain."""
    done_to = {a.chain_id for a in telling.proposition.arguments if a.role == "ARG1"}
    return {chain_id for chain_id in done_to if chain_id is not None and chain_id in page.people}


def _recalled(page: _Page, course: _Course, telling: Telling) -> _Open | None:
    """The last scene in which harm was done to the same people."""
    places = [course.last_of[v] for v in _victims(page, telling) if v in course.last_of]
    return course.opened[max(places)] if places else None


def _is_denied(telling: Telling, scene: _Open, denied: Set[str]) -> bool:
    """Whether the day of a scene is that of a death or an arrest, told beside what led to it."""
    if FAMILIES.get(telling.kind or "") != "harm" or scene.day not in denied:
        return False
    named = [t.kind for t in scene.tellings if t.is_dated_itself and t.kind in FAMILIES]
    is_cause = any(kind not in HURT for kind in named if FAMILIES[kind] == "harm")
    return not is_cause and not (telling.kind in HURT and any(kind in HURT for kind in named))


def _settle(page: _Page, course: _Course) -> None:
    """What is told before any day is named is of the first day of its sort that is."""
    past = (scene for scene in course.opened if not _is_ahead(scene, page.document))
    news = [scene for scene in past if not scene.is_aside and not scene.is_other]
    # Where a day is named for a happening itself, that is the day.
    named: dict[str, list[_Open]] = defaultdict(list)
    sorts: dict[str, list[_Open]] = defaultdict(list)
    carried: dict[str, list[_Open]] = defaultdict(list)
    for scene in news:
        kinds = {t.kind for t in scene.tellings if t.kind and t.is_dated_itself}
        for kind in kinds:
            named[kind].append(scene)
        for family in {FAMILIES[kind] for kind in kinds if kind in FAMILIES}:
            sorts[family].append(scene)
        for family in scene.families():
            carried[family].append(scene)
    in_any = [scene for scene in news if scene.families()]
    undated: list[Telling] = []
    for telling in course.leads.tellings:
        sort = FAMILIES.get(telling.kind or "", "")
        choices = (
            named.get(telling.kind or "", ()),
            sorts.get(sort, ()),
            carried.get(sort, ()),
            in_any if sort else (),
            news,
        )
        chosen = (s for choice in choices for s in choice)
        best = next((s for s in chosen if not _is_denied(telling, s, course.denied)), None)
        (best.tellings if best is not None else undated).append(telling)
    course.leads.tellings[:] = undated


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


def _dated(course: _Course, telling: Telling, day: str, *, is_other: bool) -> _Open:
    """The scene of a day that a telling belongs to, opened where there is none yet."""
    family = FAMILIES.get(telling.kind or "")
    for scene in reversed(course.by_day[day]):
        if is_other and not scene.is_other:
            continue
        if is_other or not clash({family} if family else set(), scene.families()):
            return scene
    return course.open(_Open(day, is_other=is_other))


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


def _goes_on(page: _Page, before: Passage, scene: _Open, sentence: Passage) -> bool:
    """Whether a sentence goes on about the aside made right before: “That flood took 40 lives”."""
    if sentence == before:
        return True
    is_known = sentence in page.known and bool(scene.families())
    if (scene.is_other or is_known) and _is_next(page, before, sentence):
        return True
    is_anaphoric = _ANAPHORIC.match(page.document.text, sentence.start) is not None
    return is_anaphoric and _follows(page, before, sentence)


def _is_next(page: _Page, before: Passage, sentence: Passage) -> bool:
    """Whether a sentence follows another in its paragraph."""
    follows = _follows(page, before, sentence)
    return follows and "\n" not in page.document.text[before.end : sentence.start]


def _follows(page: _Page, before: Passage, sentence: Passage) -> bool:
    # The sentences are in order, so the place of one is found by bisection.
    following = bisect_left(page.sentences, before) + 1
    return following < len(page.sentences) and page.sentences[following] == sentence
