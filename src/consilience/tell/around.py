"""What came before and after the event, nearest in time first chosen."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set

from consilience.records import Factuality, Passage, Sentence, TimelineEntry
from consilience.tell.material import Material
from consilience.tell.sentences import OPENING_MARKS, can_stand_alone, quoted, words_of
from consilience.wording import label, say_when

_MAX_AROUND = 5
# Happenings of no kind of their own count as so much farther off, and beyond so many days not at
# all: what somebody did on a day of a past year is background.
_OTHER_FARTHER = 4
_OTHER_DAYS = 90
# What happened longer ago than this is told only of the kinds that make news.
_DAYS_MAX = 800
# Words of somebody in the first person that stand in no quotation marks are not the outlet's.
_OWN = re.compile(r"\b(?:I|we|We|our|Our|my|My|us)\b")
_QUOTED = re.compile(r"[“\"‘][^“”\"]*[”\"’]")
# The kind of what has none.
_NO_KIND = "event"


def around(known: Material, told: Set[Passage]) -> Iterator[Sentence]:
    """The sentences on what came before and after, in the order of time; none that is told."""
    entries: list[tuple[TimelineEntry, Passage]] = []
    taken: dict[str, list[Passage]] = defaultdict(list)
    for passage in told:
        taken[passage.document_id].append(passage)
    for entry in known.timeline:
        if entry.status is not Factuality.HAPPENED or entry.placed is not None:
            continue
        good = [p for p in entry.passages if _can_be_told(known, p, taken)]
        is_near = _distance_days(known, entry) <= (
            _DAYS_MAX if _is_of_a_kind(known, entry) else _OTHER_DAYS
        )
        if entry.event_id != known.main.id and good and is_near:
            taken[good[0].document_id].append(good[0])
            entries.append((entry, good[0]))

    def rank(one: tuple[TimelineEntry, Passage]) -> tuple[float, str, Passage]:
        entry, passage = one
        weight = 1 if _is_of_a_kind(known, entry) else _OTHER_FARTHER
        return weight * (1 + _distance_days(known, entry)), entry.when.value, passage

    chosen = {passage for _, passage in sorted(entries, key=rank)[:_MAX_AROUND]}
    for entry, passage in entries:
        if passage in chosen:
            document = known.documents[passage.document_id]
            words = quoted(words_of(document, passage))
            when = say_when(entry.when)
            text = f"{when[:1].upper()}{when[1:]}: {words} ({label(document)})"
            yield Sentence(text, (passage,))


def _can_be_told(known: Material, passage: Passage, taken: Mapping[str, Sequence[Passage]]) -> bool:
    document = known.documents[passage.document_id]
    return (
        document.language in known.languages
        and can_stand_alone(document, passage)
        # Who is quoted at length is told among the statements.
        and document.text[passage.start] not in OPENING_MARKS
        and _OWN.search(_QUOTED.sub("", words_of(document, passage))) is None
        and not any(
            p.start < passage.end and passage.start < p.end
            for p in taken.get(passage.document_id, ())
        )
    )


def _is_of_a_kind(known: Material, entry: TimelineEntry) -> bool:
    """Whether it is an arrest, a trial, a death: of a kind that has a name."""
    event = known.events.get(entry.event_id or "")
    return event is not None and event.kind != _NO_KIND


def _distance_days(known: Material, entry: TimelineEntry) -> float:
    main = known.main.when
    if main is None or main.start is None or entry.when.start is None:
        return 0.0
    return abs((entry.when.start - main.start).total_seconds()) / 86_400
