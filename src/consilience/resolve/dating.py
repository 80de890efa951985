"""Dates for undated documents, from what they and the others say of the same happenings."""

import math
import re
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from consilience.dates import RECENT_MAX_DAYS, anchored, interval
from consilience.records import (
    DateBasis,
    Document,
    Judgement,
    PartKind,
    Reading,
    Timex,
    TimexType,
    Verdict,
    When,
)

MADE_BY = "consilience.dating"
# What ties a relative time to a known day: the share of rare words, how few days its words fit,
# and how often the day is spoken of. Chosen on invented cases.
TIE_MIN = 0.25
SPECIFIC = {"monthday": 0.3, "weekday": 0.08, "weekend": 0.05, "month": 0.05}
OFTEN = 0.04
COSINE_BY_CHANCE = 0.55  # two sentences of one case that tell of different things reach this
COMMON_MAX = 400  # a stem in more sentences than this says nothing and would cost much
WEEKDAY_REACH_DAYS = 3  # how long after a weekday the press still calls it by its bare name
QUOTED_LAG = timedelta(days=31)  # how much older than its host a quoted report is taken to be
SPAN_MAX_DAYS = 500  # a wider guess at the day of publication is no date

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
_PLAIN = re.compile(r"(weekday|monthday|month|weekend|days|weeks|months|years)\b")


@dataclass(frozen=True, slots=True)
class _Telling:
    """A sentence with a time in it, and what it tells in a few stems."""

    document_id: str
    timex: Timex
    stems: frozenset[str]
    vector: tuple[float, ...]
    index: int


@dataclass(frozen=True, slots=True)
class _Tie:
    """A relative time here that means a day, or a month, fixed elsewhere."""

    telling: _Telling
    value: str
    elsewhere: str
    weight: float
    first: date
    last: date


def date_documents(
    documents: Sequence[Document], readings: Mapping[str, Reading]
) -> tuple[Judgement, ...]:
    """A day, or an interval of days, for each document without one, as far as it can be known.

    A document is tied to others by sentences that tell of the same happening with a relative time
    here and a fixed one there; its comments, its own years and its "updated" stamp bound it. What
    is dated in one round helps to date the rest in the next.
    """
    ordered = sorted(documents, key=lambda document: document.id)
    undated = [d for d in ordered if d.published is None and d.id in readings]
    tellings = {d.id: list(_tellings(d, readings[d.id])) for d in ordered if d.id in readings}
    found: dict[str, Judgement] = {}
    while True:
        dated = {d.id: d for d in apply_dates(ordered, tuple(found.values()))}
        fixed = _fixed(dated, tellings)
        # What is dated stays so: two documents must not end up dating one another.
        left = [document for document in undated if document.id not in found]
        judged = [_dated(document, tellings[document.id], fixed, dated) for document in left]
        now = {each.left_id: each for each in judged if each is not None}
        if not now:
            break
        found |= now
    return tuple(found[key] for key in sorted(found))


def apply_dates(
    documents: Sequence[Document], judgements: Sequence[Judgement]
) -> tuple[Document, ...]:
    """The documents with the dates that were judged; a date that was given stays."""
    dates = {
        j.left_id: j.right_id
        for j in sorted(judgements, key=lambda j: (j.score, j.right_id))
        if j.verdict is Verdict.DATES
    }
    return tuple(
        replace(d, published=_when(dates[d.id]), published_basis=DateBasis.INFERRED)
        if d.published is None and d.id in dates
        else d
        for d in documents
    )


def anchored_times(document: Document, reading: Reading) -> tuple[Timex, ...]:
    """The times of a reading as they stand once the document's date is known.

    A quoted text is older than its host, so its days of the week stay unknown and its months
    are read from the host's date backwards.
    """
    parts = [p for p in document.parts if p.kind in (PartKind.COMMENT, PartKind.QUOTED)]
    return tuple(
        replace(timex, when=anchored(timex, _anchor(document, parts, timex)))
        if timex.relative is not None
        else timex
        for timex in reading.times
    )


def _anchor(document: Document, parts: Sequence[object], timex: Timex) -> When | None:
    for part in document.parts:
        if part.kind not in (PartKind.COMMENT, PartKind.QUOTED):
            continue
        if part.passage.start <= timex.passage.start < part.passage.end:
            if part.published is not None or part.kind is PartKind.COMMENT:
                return part.published or document.published
            host = document.published
            if host is None or host.start is None:
                return None
            return replace(host, start=host.start - QUOTED_LAG)
    return document.published


def _when(value: str) -> When:
    first, _, last = value.partition("/")
    start, end = interval(first)[0], interval(last or first)[1]
    return When(start, end, value)


def _tellings(document: Document, reading: Reading) -> Iterator[_Telling]:
    starts = [s.start for s in reading.sentences]
    for index, timex in enumerate(reading.times):
        if timex.type not in (TimexType.DATE, TimexType.TIME):
            continue
        i = bisect_right(starts, timex.passage.start) - 1
        if i < 0 or _part_kind(document, timex) in _UNTOLD:
            continue
        sentence = reading.sentences[i]
        before, after = (sentence.start, timex.passage.start), (timex.passage.end, sentence.end)
        text = document.text[slice(*before)] + " " + document.text[slice(*after)]
        vector = reading.vectors[i] if i < len(reading.vectors) else ()
        yield _Telling(document.id, timex, stems(text), vector, index)


# What stands there tells of the page and not of the world.
_UNTOLD = frozenset({PartKind.COMMENT, PartKind.BOILERPLATE, PartKind.CREDIT, PartKind.DATELINE})


def _part_kind(document: Document, timex: Timex) -> PartKind | None:
    for part in document.parts:
        if part.passage.start <= timex.passage.start < part.passage.end:
            return part.kind
    return None


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
class _Fixed:
    """The sentences whose time is a known day, ready to be compared."""

    tellings: tuple[_Telling, ...]
    days: tuple[date, ...]
    postings: Mapping[str, tuple[int, ...]]
    rarity: Mapping[str, float]
    documents_of_day: Mapping[date, frozenset[str]]
    n_of_day: Mapping[date, int]


def _fixed(documents: Mapping[str, Document], tellings: Mapping[str, list[_Telling]]) -> _Fixed:
    kept: list[_Telling] = []
    days: list[date] = []
    spread: dict[date, set[str]] = defaultdict(set)
    for document_id in sorted(tellings):
        document = documents[document_id]
        for telling in tellings[document_id]:
            when = telling.timex.when
            if telling.timex.relative is not None:
                when = anchored(telling.timex, _anchor(document, (), telling.timex))
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
    return _Fixed(
        tuple(kept),
        tuple(days),
        {stem: tuple(held) for stem, held in postings.items() if len(held) <= COMMON_MAX},
        rarity,
        {day: frozenset(held) for day, held in spread.items()},
        Counter(days),
    )


def _day_of(when: When) -> date | None:
    if when.start is None or when.end is None or when.end - when.start > timedelta(days=1, hours=6):
        return None
    return when.start.date()


def _ties(document_id: str, tellings: Iterable[_Telling], fixed: _Fixed) -> list[_Tie]:
    ties = []
    for telling in tellings:
        relative = telling.timex.relative
        if relative is None or not _PLAIN.match(relative):
            continue
        alike: dict[date, tuple[float, str]] = {}
        for i, share in _alike(telling, fixed):
            # Of equals the last name, so that no order of files decides.
            one = share, fixed.tellings[i].document_id
            if one[1] != document_id:
                alike[fixed.days[i]] = max(alike.get(fixed.days[i], one), one)
        bonus = SPECIFIC.get(relative.partition(":")[0], 0.0)
        for day, documents in sorted(fixed.documents_of_day.items()):
            span = _anchors(relative, day)
            others = sorted(documents - {document_id})
            if span is None or not others:
                continue
            share, other_id = alike.get(day, (0.0, others[0]))
            weight = share + bonus + OFTEN * math.log(fixed.n_of_day[day])
            if weight >= TIE_MIN:
                ties.append(_Tie(telling, day.isoformat(), other_id, round(weight, 4), *span))
    return ties


def _alike(telling: _Telling, fixed: _Fixed) -> Iterator[tuple[int, float]]:
    """The other sentences with a known day, with how much of what they tell they share."""
    shared: dict[int, float] = defaultdict(float)
    for stem in sorted(telling.stems):
        for i in fixed.postings.get(stem, ()):
            shared[i] += fixed.rarity[stem]
    own = sum(fixed.rarity[stem] for stem in sorted(telling.stems))
    for i, common in sorted(shared.items()):
        other = fixed.tellings[i]
        theirs = sum(fixed.rarity[stem] for stem in sorted(other.stems))
        share = common / max(own, theirs, 1e-9)
        cosine = sum(a * b for a, b in zip(telling.vector, other.vector, strict=False))
        yield i, max(share, cosine - COSINE_BY_CHANCE)


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


@dataclass(frozen=True, slots=True)
class _Bounds:
    first: date | None
    last: date | None
    last_why: str


def _bounds(document: Document, tellings: Sequence[_Telling]) -> _Bounds:
    """Days between which the document was published, whatever the others say."""
    own = [
        t.timex.when.start.date()
        for t in tellings
        if t.timex.relative is None and t.timex.when.start is not None
        and len(t.timex.when.value) >= 4
    ]  # fmt: skip
    last: list[tuple[date, str]] = []
    for stamp, why in (
        (document.updated, "its page was updated"),
        (document.retrieved, "it was retrieved"),
    ):
        if stamp is not None and stamp.end is not None:
            day = (stamp.end - timedelta(microseconds=1)).date()
            last.append((day, f"{why} on {_said(day)}"))
    latest, why = min(last) if last else (None, "")
    # An own date after the stamp is of things to come.
    past = [day for day in own if latest is None or day < latest]
    return _Bounds(max(past) if past else None, latest, why)


def _first_comment(document: Document) -> datetime | None:
    made = [
        part.published.start
        for part in document.parts
        if part.kind is PartKind.COMMENT and part.published and part.published.start
    ]
    return min(made) if made else None


def _dated(
    document: Document,
    tellings: Sequence[_Telling],
    fixed: _Fixed,
    documents: Mapping[str, Document],
) -> Judgement | None:
    bounds = _bounds(document, tellings)
    body = [t for t in tellings if not _in_part(document, t.timex)]
    comment = _first_comment(document)
    if comment is not None:
        return _by_comment(document, comment, _ties(document.id, body, fixed))
    ties = [
        t for t in _ties(document.id, body, fixed) if bounds.last is None or t.first <= bounds.last
    ]
    if not ties:
        return _by_bounds(document, bounds)
    first, last, kept, share = _agreed(ties, bounds)
    reasons = [
        f"its “{' '.join((t.telling.timex.when.text or '').split())}” is {_said(date.fromisoformat(t.value))} "
        f"in {documents[t.elsewhere].name}, which tells of the same"
        for t in _best_of_each(kept)[:3]
    ]
    resolved = _weekdays(body, first, last)
    if resolved:
        latest, is_late, n = resolved
        if n > 1:
            first = last = latest
            reasons.append(f"the last day it speaks of as past is {_said(latest)}")
        else:
            first = max(first, latest + timedelta(days=is_late))
            last = max(first, min(last, latest + timedelta(days=WEEKDAY_REACH_DAYS)))
            reasons.append("the press calls a day by its bare name for some days only")
    if bounds.last is not None and last >= bounds.last:
        last = max(first, bounds.last)
        reasons.append(bounds.last_why)
    if share < 1:
        reasons.append("not all of its times agree with this")
    if (last - first).days > SPAN_MAX_DAYS:
        return None
    strength = max(t.weight for t in kept)
    score = round(min(0.95, 0.5 + 0.4 * min(1.0, strength)) * (0.5 + 0.5 * share), 3)
    return _judgement(document, first, last, score, reasons)


def _in_part(document: Document, timex: Timex) -> bool:
    return any(
        p.kind in (PartKind.COMMENT, PartKind.QUOTED)
        and p.passage.start <= timex.passage.start < p.passage.end
        for p in document.parts
    )


def _agreed(ties: Sequence[_Tie], bounds: _Bounds) -> tuple[date, date, list[_Tie], float]:
    """The days on which most of the weight of the ties agrees, those ties, and their share.

    Each time of the document counts once on each day, with its best tie.
    """
    edges = sorted({t.first for t in ties} | {t.last + timedelta(days=1) for t in ties})
    best: tuple[float, date, date] | None = None
    for first, after in zip(edges, edges[1:], strict=False):
        if bounds.first is not None and after <= bounds.first:
            continue
        here: dict[int, float] = {}
        for t in ties:
            if t.first <= first and after <= t.last + timedelta(days=1):
                here[t.telling.index] = max(here.get(t.telling.index, 0.0), t.weight)
        weight = round(sum(here.values()), 6)
        if best is None or weight > best[0]:
            best = weight, first, after
    if best is None:
        first, after = edges[-2], edges[-1]
    else:
        _, first, after = best
    kept = [t for t in ties if t.first <= first and after <= t.last + timedelta(days=1)]
    n_all = len({t.telling.index for t in ties})
    n_kept = len({t.telling.index for t in kept})
    if bounds.first is not None and first < bounds.first < after:
        first = bounds.first
    return first, after - timedelta(days=1), kept, n_kept / n_all


def _best_of_each(ties: Sequence[_Tie]) -> list[_Tie]:
    best: dict[str, _Tie] = {}
    for tie in sorted(ties, key=lambda t: (-t.weight, t.value, t.elsewhere, t.telling.index)):
        best.setdefault((tie.telling.timex.relative or "").partition("+")[0], tie)
    return list(best.values())


def _weekdays(
    tellings: Sequence[_Telling], first: date, last: date
) -> tuple[date, bool, int] | None:
    """The last bare weekday spoken of as past, whether it ran into the night, how many there are."""
    names: dict[int, bool] = {}
    for telling in tellings:
        relative = telling.timex.relative or ""
        if found := re.match(r"weekday:(\d):past(?:$|\+T(?:\d|MO|AF|MI|(NI|EV)))", relative):
            n = int(found[1])
            names[n] = names.get(n, False) or bool(found[2])
    if not names or (last - first).days > 7:
        return None
    days = {}
    for n in sorted(names):
        # The day of that name nearest to the days in question, not after the last of them.
        days[n] = last - timedelta(days=(last.isoweekday() - n) % 7)
    latest = max(days.values())
    inside = [day for day in days.values() if day <= last]
    return latest, names[latest.isoweekday()], len(inside)


def _by_comment(document: Document, comment: datetime, ties: Sequence[_Tie]) -> Judgement:
    """A page with comments stood there before the first of them, and not for long."""
    day = (comment - timedelta(hours=12)).date()
    reasons = [
        f"the first comment on it was made on {comment:%-d %B %Y at %H:%M} UTC, and comments come within a day"
    ]
    against = [t for t in ties if not t.first <= day <= t.last]
    agreeing = [t for t in ties if t.first <= day <= t.last]
    if agreeing:
        reasons.append(
            f"its other times agree, as told in {len({t.elsewhere for t in agreeing})} other documents"
        )
    elif against:
        reasons.append("some of its times do not agree with this")
    return _judgement(document, day, day, 0.6 if against and not agreeing else 0.8, reasons)


def _by_bounds(document: Document, bounds: _Bounds) -> Judgement | None:
    if bounds.first is None or bounds.last is None or bounds.first > bounds.last:
        return None
    if (bounds.last - bounds.first).days > SPAN_MAX_DAYS:
        return None
    reasons = [f"it speaks of {_said(bounds.first)}", bounds.last_why]
    return _judgement(document, bounds.first, bounds.last, 0.5, reasons)


def _judgement(
    document: Document, first: date, last: date, score: float, reasons: Sequence[str]
) -> Judgement:
    value = first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"
    return Judgement(document.id, value, Verdict.DATES, score, MADE_BY, "; ".join(reasons))


def _said(day: date) -> str:
    moment = datetime.combine(day, time(), UTC)
    return f"{moment:%A}, {day.day} {moment:%B %Y}"
