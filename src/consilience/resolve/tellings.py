"""Sentences of different documents that tell of the same happening, one of them with its day."""

import heapq
import math
import re
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from consilience.records import (
    Document,
    Part,
    PartKind,
    Passage,
    Reading,
    Timex,
    TimexType,
    When,
)
from consilience.relative import RECENT_MAX_DAYS, anchored

QUOTED_LAG = timedelta(days=31)  # how much older than its host a quoted report is taken to be
# What ties a relative time to a known day: the share of rare words, how few days its words fit,
# and how often the day is spoken of. Chosen on invented cases.
TIE_MIN = 0.25
SPECIFIC = {"monthday": 0.3, "weekday": 0.08, "weekend": 0.05, "month": 0.05}
LOOSE = -0.2  # "today" and "last month" fit any day
OFTEN = 0.04
COSINE_BY_CHANCE = 0.55  # two sentences of one case that tell of different things reach this
ALIKE_MAX = 60  # sentences that one is compared with
TIES_MAX = 8  # days that one time may mean
COMMON_MAX = 400  # a stem in more sentences than this says nothing and would cost much
_STEM = re.compile(r"(?:ing|ings|ed|es|s|['’]s)$")
_TOKEN = re.compile(r"\d[\d,.]*\d|\d|[^\W\d_]+(?:['’]s)?")
_EMPTY = frozenset(
    """
    the and that with from this have were been which their they them his her its was had has for
    not but are said says say told after before when while where who whom what how also into over
    about more than would could will there here then other some such only just very been being
    monday tuesday wednesday thursday friday saturday sunday january february march april june
    july august september october november december year month week last next earlier later
    """.split()
)
# Neither a stretch from one day to another nor a length told from a happening.
_PLAIN = re.compile(r"(?:weekday|monthday|month|weekend|days|weeks|months)\b[^/<>]*")


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence with a time in it, and what it tells in a few stems."""

    document_id: str
    timex: Timex
    sentence: Passage
    stems: frozenset[str]
    vector: tuple[float, ...]
    index: int


@dataclass(frozen=True, slots=True)
class Tie:
    """A relative time here that means a day, or a month, fixed elsewhere."""

    telling: Telling
    value: str
    elsewhere: str
    weight: float
    first: date
    last: date
    share: float


def part_finder(document: Document) -> Callable[[int], Part | None]:
    """Which part of a document an offset stands in, of those that lie beside one another."""
    parts = sorted(document.parts, key=lambda part: part.passage)
    starts = [part.passage.start for part in parts]

    def part_at(offset: int) -> Part | None:
        i = bisect_right(starts, offset) - 1
        return parts[i] if i >= 0 and offset < parts[i].passage.end else None

    return part_at


def tellings_of(document: Document, reading: Reading) -> Iterator[Telling]:
    starts = [s.start for s in reading.sentences]
    part_at = part_finder(document)
    for index, timex in enumerate(reading.times):
        if timex.type not in (TimexType.DATE, TimexType.TIME):
            continue
        i = bisect_right(starts, timex.passage.start) - 1
        part = part_at(timex.passage.start)
        if i < 0 or (part is not None and part.kind in _UNTOLD):
            continue
        sentence = reading.sentences[i]
        before, after = (sentence.start, timex.passage.start), (timex.passage.end, sentence.end)
        text = document.text[slice(*before)] + " " + document.text[slice(*after)]
        vector = reading.vectors[i] if i < len(reading.vectors) else ()
        yield Telling(document.id, timex, sentence, stems(text), vector, index)


# What stands there tells of the page and not of the world.
_UNTOLD = frozenset({PartKind.COMMENT, PartKind.BOILERPLATE, PartKind.CREDIT, PartKind.DATELINE})


def stems(text: str) -> frozenset[str]:
    """The words of a text that tell what it is about, cut to their stems."""
    found = set()
    for token in _TOKEN.findall(text):
        lower = token.lower()
        lower = "".join(
            c for c in unicodedata.normalize("NFD", lower) if not unicodedata.combining(c)
        )
        if lower in _EMPTY or (len(lower) < 4 and not lower[0].isdigit()):
            continue
        found.add(_STEM.sub("", lower) if len(lower) > 4 else lower)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Fixed:
    """The sentences whose time is a known day, ready to be compared."""

    tellings: tuple[Telling, ...]
    days: tuple[date, ...]
    postings: Mapping[str, tuple[int, ...]]
    rarity: Mapping[str, float]
    documents_of_day: Mapping[date, tuple[str, ...]]
    n_of_day: Mapping[date, int]
    often: Mapping[str, tuple[date, ...]]
    weights: tuple[float, ...]

    def weight_of(self, telling: Telling) -> float:
        """How rare the words of a sentence are, all together."""
        return sum(self.rarity[stem] for stem in sorted(telling.stems))


def fixed_tellings(
    documents: Mapping[str, Document], tellings: Mapping[str, list[Telling]]
) -> Fixed:
    kept: list[Telling] = []
    days: list[date] = []
    spread: dict[date, set[str]] = defaultdict(set)
    for document_id in sorted(tellings):
        document = documents[document_id]
        part_at = part_finder(document)
        for telling in tellings[document_id]:
            when = telling.timex.when
            if telling.timex.relative is not None:
                part = part_at(telling.timex.passage.start)
                when = anchored(telling.timex, anchor_in(document, part))
            if (day := _day_of(when)) is not None:
                kept.append(telling)
                days.append(day)
                spread[day].add(document_id)
    counts = Counter(stem for each in tellings.values() for t in each for stem in t.stems)
    n = sum(len(each) for each in tellings.values())
    rarity = {stem: math.log(1 + n / count) for stem, count in counts.items()}
    postings: dict[str, list[int]] = defaultdict(list)
    for i, telling in enumerate(kept):
        for stem in telling.stems:
            postings[stem].append(i)
    return Fixed(
        tuple(kept),
        tuple(days),
        {stem: tuple(held) for stem, held in postings.items() if len(held) <= COMMON_MAX},
        rarity,
        {day: tuple(sorted(held)) for day, held in spread.items()},
        (n_of_day := Counter(days)),
        _most_often(n_of_day),
        tuple(sum(rarity[stem] for stem in sorted(t.stems)) for t in kept),
    )


def _most_often(n_of_day: Mapping[date, int]) -> dict[str, tuple[date, ...]]:
    """The days spoken of most, of each weekday, of each month and day, of each month, of all."""
    held: dict[str, list[date]] = defaultdict(list)
    for day in sorted(n_of_day, key=lambda day: (-n_of_day[day], day)):
        for key in (
            f"weekday:{day.isoweekday()}",
            f"monthday:{day:%m-%d}",
            f"month:{day.month}",
            "",
        ):
            if len(held[key]) < TIES_MAX:
                held[key].append(day)
    return {key: tuple(days) for key, days in held.items()}


def _day_of(when: When) -> date | None:
    if when.start is None or when.end is None or when.end - when.start > timedelta(days=1, hours=6):
        return None
    return when.start.date()


def find_ties(document_id: str, tellings: Iterable[Telling], fixed: Fixed) -> list[Tie]:
    ties = []
    for telling in tellings:
        relative = telling.timex.relative
        if relative is None or not _PLAIN.fullmatch(relative):
            continue
        alike: dict[date, tuple[float, str]] = {}
        for i, share in sentences_alike(telling, fixed):
            # Of equals the last name, so that no order of files decides.
            one = share, fixed.tellings[i].document_id
            if one[1] != document_id:
                alike[fixed.days[i]] = max(alike.get(fixed.days[i], one), one)
        own: list[Tie] = []
        bonus = SPECIFIC.get(relative.partition(":")[0], LOOSE)
        often = fixed.often.get(":".join(relative.split(":")[:2]), fixed.often.get("", ()))
        for day in sorted({*alike, *often}):
            span = _anchors(relative, day)
            another = next((d for d in fixed.documents_of_day[day] if d != document_id), None)
            if span is None or another is None:
                continue
            share, other_id = alike.get(day, (0.0, another))
            weight = share + bonus + OFTEN * math.log(fixed.n_of_day[day])
            if weight >= TIE_MIN:
                own.append(Tie(telling, day.isoformat(), other_id, round(weight, 4), *span, share))
        ties.extend(sorted(own, key=lambda t: (-t.weight, t.value))[:TIES_MAX])
    return ties


def sentences_alike(telling: Telling, fixed: Fixed) -> Iterator[tuple[int, float]]:
    """The other sentences with a known day, with how much of what they tell they share."""
    for i, share in worded_alike(telling, fixed):
        other = fixed.tellings[i].vector
        cosine = sum(a * b for a, b in zip(telling.vector, other, strict=False))
        yield i, max(share, cosine - COSINE_BY_CHANCE)


def worded_alike(telling: Telling, fixed: Fixed) -> list[tuple[int, float]]:
    """Those that share most rare words, at most `ALIKE_MAX`, with the share of them, by number."""
    shared: dict[int, float] = defaultdict(float)
    for stem in sorted(telling.stems):
        for i in fixed.postings.get(stem, ()):
            shared[i] += fixed.rarity[stem]
    own = fixed.weight_of(telling)
    most = heapq.nlargest(ALIKE_MAX, shared.items(), key=lambda held: (held[1], -held[0]))
    return sorted((i, common / max(own, fixed.weights[i], 1e-9)) for i, common in most)


def _anchors(relative: str, day: date) -> tuple[date, date] | None:
    """The first and last day of writing from which the words mean `day` (or hold it)."""
    steps = relative.partition("+")[0].split(";")
    name, *arguments = steps[0].split(":")
    direction = arguments[-1]
    if len(steps) > 1 and name not in ("years", "weeks", "months"):
        return None
    if name == "weekday":
        if day.isoweekday() != int(arguments[0]):
            return None
        return {
            "past": (day, day + timedelta(days=6)),
            "last": (day + timedelta(days=1), day + timedelta(days=7)),
            "future": (day - timedelta(days=6), day),
            "next": (day - timedelta(days=7), day - timedelta(days=1)),
            "near": (day - timedelta(days=3), day + timedelta(days=3)),
        }[direction]
    if name in ("monthday", "month"):
        if f"{day:%m-%d}" != arguments[0] and not (
            name == "month" and day.month == int(arguments[0])
        ):
            return None
        year = timedelta(days=365)
        if direction in ("past", "last"):
            return day, day + year - timedelta(days=1)
        if direction == "recent":
            return day, day + timedelta(days=RECENT_MAX_DAYS)
        if direction in ("future", "next"):
            return day - year, day
        return day - timedelta(days=182), day + timedelta(days=182)
    if name == "days":
        written = day - timedelta(days=int(direction))
        return written, written
    if name == "weeks":
        monday = day - timedelta(days=day.weekday() + 7 * int(direction))
        return monday, monday + timedelta(days=6)
    if name == "months":
        months = day.year * 12 + day.month - 1 - int(direction)
        first = date(months // 12, months % 12 + 1, 1)
        return first, _month_end(first)
    if name == "years":
        year_of = day.year - int(direction)
        return date(year_of, 1, 1), date(year_of, 12, 31)
    return None


def _month_end(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def anchor_in(document: Document, part: Part | None) -> When | None:
    """The day, or days, from which words in a part of the document are to be read."""
    host = document.published
    if part is None or part.kind not in (PartKind.COMMENT, PartKind.QUOTED):
        return host
    if part.published is not None or part.kind is PartKind.COMMENT:
        return part.published or host
    if host is None or host.start is None:
        return None
    return replace(host, start=host.start - QUOTED_LAG)


def own_words(document: Document, tellings: Sequence[Telling]) -> list[Telling]:
    """What the page itself tells, not its comments nor what it quotes from elsewhere."""
    part_at = part_finder(document)
    apart = (PartKind.COMMENT, PartKind.QUOTED)
    return [
        t
        for t in tellings
        if (part := part_at(t.timex.passage.start)) is None or part.kind not in apart
    ]


def said_day(day: date) -> str:
    moment = datetime.combine(day, time(), UTC)
    return f"{moment:%A}, {day.day} {moment:%B %Y}"


def anchored_times(document: Document, reading: Reading) -> tuple[Timex, ...]:
    """The times of a reading as they stand once the document's date is known.

    A quoted text is older than its host, so its days of the week stay unknown and its months
    are read from the host's date backwards.
    """
    part_at = part_finder(document)
    return tuple(
        replace(timex, when=anchored(timex, anchor_in(document, part_at(timex.passage.start))))
        if timex.relative is not None
        else timex
        for timex in reading.times
    )
