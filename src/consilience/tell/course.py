"""What came before and after the event, in the order of time."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from consilience.records import Factuality, Passage, TimelineEntry
from consilience.tell.adapted import Adapted, adapted, closed, reported
from consilience.tell.central import Central
from consilience.tell.clauses import stands_alone
from consilience.tell.common import is_common
from consilience.tell.day_words import is_dated
from consilience.tell.days import say_on
from consilience.tell.leaning import leans
from consilience.tell.material import Material, said
from consilience.tell.novelty import tells_anew
from consilience.tell.prose import Draft, Stretch, outlet
from consilience.tell.sentences import OPENING_MARKS, is_spoken, words_of
from consilience.tell.tolls import holds_any

_MAX_AFTER = 6
_MAX_BEFORE = 2
# What happened so many days before the event, or more, is its background.
_BACKGROUND_DAYS = 2
# Happenings of no kind of their own count as so much farther off, and beyond so many days not at
# all: what somebody did on a day of a past year is background. What names nobody whom the main
# event or another document names as well counts as so much farther off again.
_OTHER_FARTHER = 4
_UNSHARED_FARTHER = 3
_OTHER_DAYS = 90
# What is told in a sentence that others have so much of is of this case, whomever it names.
_SHARED_MIN = 0.15
# And so is what stands within so many sentences of the main event.
_BESIDE = 3
# What happened longer ago than this is told only of the kinds that make news.
_DAYS_MAX = 800
# The kind of what has none.
_NO_KIND = "event"
_TODAY = re.compile(r"\b(?:to this day|nowadays|these days|currently)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:the|an?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Step:
    """A dated happening and the sentence that tells it."""

    entry: TimelineEntry
    passage: Passage
    told: Adapted


def course(
    known: Material,
    found: Sequence[Central],
    told: Set[Passage],
    said_before: Sequence[Draft],
    year: int | None,
) -> tuple[list[Draft], list[Draft]]:
    """The sentences on what followed and on what went before, each in the order of time; none
    that is told already."""
    taken: dict[str, list[Passage]] = defaultdict(list)
    for passage in told:
        taken[passage.document_id].append(passage)
    shares = {one.passage: one.share for one in found}
    is_alone = len(set(known.roots.values())) < 2
    words: set[str] = set()
    steps: list[_Step] = []
    for entry in known.timeline:
        if entry.status is not Factuality.HAPPENED or entry.placed is not None:
            continue
        if entry.event_id == known.main.id or not _is_near(known, entry):
            continue
        step = _step(known, entry, taken, year)
        if step is None or said(known, step.passage) in words:
            continue
        # A page of many stories tells of what nobody else does.
        is_central = shares.get(step.passage, 0) >= _SHARED_MIN
        if is_alone or is_central or _is_shared(known, step) or _is_beside(known, step):
            words.add(said(known, step.passage))
            taken[step.passage.document_id].append(step.passage)
            steps.append(step)
    before = [s for s in steps if _days_after(known, s.entry) < -_BACKGROUND_DAYS]
    after = [s for s in steps if _days_after(known, s.entry) >= -_BACKGROUND_DAYS]
    words_told = [draft.words for draft in said_before]
    return (
        _anew((_draft(known, s, year) for s in _nearest(known, after, _MAX_AFTER)), words_told),
        _anew((_draft(known, s, year) for s in _nearest(known, before, _MAX_BEFORE)), words_told),
    )


def _anew(drafts: Iterable[Draft], words_told: list[str]) -> list[Draft]:
    """Those that tell what none before them has told; their words are added to what is told."""
    found = []
    for draft in drafts:
        words = draft.words
        if tells_anew(words, words_told):
            found.append(draft)
            words_told.append(words)
    return found


def _nearest(known: Material, steps: Sequence[_Step], most: int) -> Iterator[_Step]:
    def rank(step: _Step) -> tuple[float, str, Passage]:
        weight = 1 if _is_of_a_kind(known, step.entry) else _OTHER_FARTHER
        weight *= 1 if _is_shared(known, step) else _UNSHARED_FARTHER
        distance = weight * (1 + abs(_days_after(known, step.entry)))
        n_origins = len({known.roots.get(p.document_id) for p in step.entry.passages})
        return distance / n_origins, step.entry.when.value, step.passage

    chosen = {step.passage for step in sorted(steps, key=rank)[:most]}
    return (step for step in steps if step.passage in chosen)


def _step(
    known: Material,
    entry: TimelineEntry,
    taken: Mapping[str, Sequence[Passage]],
    year: int | None,
) -> _Step | None:
    """The first of the sentences on a happening that can be told, its writer's words last."""
    quoted: _Step | None = None
    for passage in sorted(entry.passages):
        if _can_be_told(known, passage, taken):
            told = adapted(known, passage, year)
            if told is not None and not told.is_quoted:
                return _Step(entry, passage, told)
            if told is not None and quoted is None:
                quoted = _Step(entry, passage, told)
    return quoted


def _draft(known: Material, step: _Step, year: int | None) -> Draft:
    origins = {known.roots.get(p.document_id) for p in step.entry.passages}
    is_shared = len(origins) > 1 and not step.told.is_quoted and is_common(known, step.passage)
    whole = closed(step.told) if is_shared else reported(known, step.passage, step.told)
    when = say_on(step.entry.when, year)
    if when is None or any(_says_when(s.text) for s in whole):
        return Draft(whole)
    first, *others = whole
    mark = ":" if step.told.is_quoted else ","
    if not any(is_dated(known.documents[p.document_id]) for p in step.entry.passages):
        when = f"probably {when}"
    opening = Stretch(f"{when[:1].upper()}{when[1:]}{mark} ", tuple(step.entry.passages[:1]))
    is_unnamed = outlet(known.documents[step.passage.document_id]).startswith("the ")
    if step.told.is_quoted:
        inside = Stretch(first.text[:1].lower() + first.text[1:]) if is_unnamed else first
    else:
        inside = _lowered(known, step.passage, first)
    return Draft((opening, inside, *others))


def _lowered(known: Material, passage: Passage, first: Stretch) -> Stretch:
    """The opening of a sentence as it stands within one."""
    reading = known.case.readings[passage.document_id]
    is_name = any(m.named and m.passage.start == passage.start for m in reading.mentions)
    is_name = is_name and _ARTICLE.match(first.text) is None
    if is_name or first.full is not None or first.text[1:2].isupper():
        return first
    return Stretch(first.text[:1].lower() + first.text[1:], first.passages)


_DATED = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\. \d|\bin \d{4}\b"
)


def _says_when(words: str) -> bool:
    return _DATED.search(words) is not None


def _can_be_told(known: Material, passage: Passage, taken: Mapping[str, Sequence[Passage]]) -> bool:
    document = known.documents[passage.document_id]
    return (
        document.language in known.languages
        and stands_alone(known, document, passage)
        # Who is quoted at length is told among the statements.
        and document.text[passage.start] not in OPENING_MARKS
        and not leans(known, passage)
        and not holds_any(known.open.withdrawn, passage)
        and _TODAY.search(words_of(document, passage)) is None
        and not is_spoken(words_of(document, passage))
        and not any(
            p.start < passage.end and passage.start < p.end
            for p in taken.get(passage.document_id, ())
        )
    )


def _is_of_a_kind(known: Material, entry: TimelineEntry) -> bool:
    """Whether it is an arrest, a trial, a death: of a kind that has a name."""
    event = known.events.get(entry.event_id or "")
    return event is not None and event.kind != _NO_KIND


def _is_shared(known: Material, step: _Step) -> bool:
    """Whether its sentence names somebody or something that the main event or another page does."""
    own = {p.entity_id for p in known.main.participants}
    return any(
        entity_id in own or known.n_documents.get(entity_id, 0) > 1
        for entity_id in known.named_in(step.passage)
        if entity_id not in known.main.where
    )


def _is_beside(known: Material, step: _Step) -> bool:
    """Whether a sentence on the main event stands next to its sentence."""
    sentences = known.case.readings[step.passage.document_id].sentences
    k = bisect_left(sentences, step.passage.start, key=lambda s: s.start)
    near = sentences[max(0, k - _BESIDE) : k + _BESIDE + 1]
    return any(known.case.event_by_sentence.get(s) == known.main.id for s in near)


def _is_near(known: Material, entry: TimelineEntry) -> bool:
    most = _DAYS_MAX if _is_of_a_kind(known, entry) else _OTHER_DAYS
    return abs(_days_after(known, entry)) <= most


def _days_after(known: Material, entry: TimelineEntry) -> float:
    main = known.main.when
    if main is None or main.start is None or entry.when.start is None:
        return 0.0
    return (entry.when.start - main.start).total_seconds() / 86_400
