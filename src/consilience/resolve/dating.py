"""Dates for undated documents, from what they and the others say of the same happenings."""

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from consilience.dates import interval
from consilience.records import (
    DateBasis,
    Document,
    Judgement,
    Origin,
    PartKind,
    Reading,
    Verdict,
    When,
)
from consilience.resolve.bounds import (
    PAST_WEEKDAY,
    WEEKDAY_REACH_DAYS,
    Bounds,
    bounds_of,
    dated_judgement,
)
from consilience.resolve.shared_days import by_anniversary, by_own_days, by_shared_day, shared_day
from consilience.resolve.tellings import (
    Fixed,
    Telling,
    Tie,
    find_ties,
    fixed_tellings,
    own_words,
    said_day,
    tellings_of,
)
from consilience.wording import label

# Four of five pages that name a day by month and day alone are of the three months after it (the
# archive's odd half, `evaluation.dating`).
MONTH_REACH = timedelta(days=92)
# What is dated by what was dated before it; each round reads all that is left.
ROUNDS_MAX = 4
SPAN_MAX_DAYS = 500  # a wider guess at the day of publication is no date


def date_documents(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    origins: Sequence[Origin] = (),
) -> tuple[Judgement, ...]:
    """A day, or an interval of days, for each document without one, as far as it can be known.

    A document is tied to others by sentences that tell of the same happening with a relative time
    here and a fixed one there; its comments, its own years and its "updated" stamp bound it. What
    is dated in one round helps to date the rest in the next. However many pages print one report,
    it is one that names a day.
    """
    origin_of = {d.id: d.id for d in documents} | {d: o.id for o in origins for d in o.document_ids}
    ordered = sorted(documents, key=lambda document: document.id)
    undated = [d for d in ordered if d.published is None and d.id in readings]
    tellings = {d.id: list(tellings_of(d, readings[d.id])) for d in ordered if d.id in readings}
    found: dict[str, Judgement] = {}
    for _ in range(ROUNDS_MAX):
        dated = {d.id: d for d in apply_dates(ordered, tuple(found.values()))}
        fixed = fixed_tellings(dated, tellings)
        # What is dated stays so: two documents must not end up dating one another.
        left = [document for document in undated if document.id not in found]
        judged = [_dated(document, tellings[document.id], fixed, dated) for document in left]
        now = {each.left_id: each for each in judged if each is not None}
        if not now:
            break
        found |= now
    dated = {d.id: d for d in apply_dates(ordered, tuple(found.values()))}
    sure = [d for d in dated.values() if d.published is not None]
    shared = shared_day(sure, readings, origin_of)
    for document in undated:
        if document.id in found:
            continue
        guess = by_own_days(document, tellings[document.id])
        if guess is None and shared is not None:
            guess = by_anniversary(document, tellings[document.id], shared)
        if guess is None and shared is not None:
            guess = by_shared_day(document, tellings[document.id], shared)
        found |= {document.id: guess} if guess is not None else {}
    return tuple(found[key] for key in sorted(found))


def apply_dates(
    documents: Sequence[Document], judgements: Sequence[Judgement]
) -> tuple[Document, ...]:
    """The documents with the dates that were judged; a date that was given stays."""
    dates = {
        j.left_id: j
        for j in sorted(judgements, key=lambda j: (j.score, j.right_id))
        if j.verdict is Verdict.DATES
    }
    return tuple(
        replace(
            d,
            published=_when(dates[d.id].right_id),
            published_basis=DateBasis.INFERRED,
            date_reason=dates[d.id].reason,
        )
        if d.published is None and d.id in dates
        else d
        for d in documents
    )


def _when(value: str) -> When:
    first, _, last = value.partition("/")
    start, end = interval(first)[0], interval(last or first)[1]
    return When(start, end, value)


def _first_comment(document: Document) -> datetime | None:
    made = [
        part.published.start
        for part in document.parts
        if part.kind is PartKind.COMMENT and part.published and part.published.start
    ]
    return min(made) if made else None


def _dated(
    document: Document,
    tellings: Sequence[Telling],
    fixed: Fixed,
    documents: Mapping[str, Document],
) -> Judgement | None:
    bounds = bounds_of(document, tellings)
    body = own_words(document, tellings)
    comment = _first_comment(document)
    if comment is not None:
        return _by_comment(document, comment, find_ties(document.id, body, fixed))
    ties = [
        t
        for t in find_ties(document.id, body, fixed)
        if bounds.last is None or t.first <= bounds.last
    ]
    if not ties:
        return _by_bounds(document, bounds)
    first, last, kept, share = _agreed(ties, bounds)
    reasons = [_tie_said(tie, documents) for tie in _best_of_each(kept)[:3]]
    if (named := _narrowed(body, kept)) is not None:
        first, last = max(first, named[0]), max(first, named[1])
        reasons.append(
            f"the last day it speaks of as past is {said_day(last)}"
            if first == last
            else "the press calls a day by its bare name for some days only"
        )
    later = _named_since(body, first, is_late=not _by_weekday(kept))
    if later is not None and (bounds.last is None or later <= bounds.last):
        first = max(first, later)
        last = max(last, first + timedelta(days=WEEKDAY_REACH_DAYS))
        reasons.append(
            f"it speaks of {said_day(later) if later.day > 1 else f'{later:%B %Y}'} as past"
        )
    # A month that is past may have ended when the page was written.
    reach = MONTH_REACH + timedelta(days=30 if later is not None and later.day == 1 else 0)
    if last - first > reach:
        last = first + reach
        reasons.append("a day of which no year is named is seldom further back than three months")
    if bounds.last is not None and last >= bounds.last:
        last = max(first, bounds.last)
        reasons.append(bounds.last_why)
    if share < 1:
        reasons.append("not all of its times agree with this")
    if (last - first).days > SPAN_MAX_DAYS:
        return None
    strength = max(t.weight for t in kept)
    score = round(min(0.95, 0.5 + 0.4 * min(1.0, strength)) * (0.5 + 0.5 * share), 3)
    return dated_judgement(document, first, last, score, reasons)


_PAST_MONTHDAY = re.compile(r"monthday:(\d\d-\d\d):(?:past|recent)(?:\+.*)?")


_PAST_MONTH = re.compile(r"month:(\d+):(?:past|recent)")


def _by_weekday(ties: Sequence[Tie]) -> bool:
    return any((t.telling.timex.relative or "").startswith("weekday") for t in ties)


def _named_since(tellings: Sequence[Telling], told: date, *, is_late: bool) -> date | None:
    """The last day that the page names as past and that lies soon after the day told of.

    A day by month and day could be of last year as well, but for its weekday, which such a page
    names too; a month too, but on a page that is late, which calls no day by its weekday.
    """
    weekdays = {
        int(m[1]) for t in tellings if (m := PAST_WEEKDAY.fullmatch(t.timex.relative or ""))
    }
    found = []
    for telling in tellings if is_late else ():
        if month := _PAST_MONTH.fullmatch(telling.timex.relative or ""):
            day = date(told.year + (int(month[1]) < told.month), int(month[1]), 1)
            found += [day] if told < day <= told + MONTH_REACH else []
    for telling in tellings:
        named = _PAST_MONTHDAY.fullmatch(telling.timex.relative or "")
        for year in (told.year, told.year + 1) if named else ():
            try:
                day = date.fromisoformat(f"{year}-{named[1]}") if named else told
            except ValueError:
                continue
            if told < day <= told + MONTH_REACH and day.isoweekday() in weekdays:
                found.append(day)
    return max(found, default=None)


def _agreed(ties: Sequence[Tie], bounds: Bounds) -> tuple[date, date, list[Tie], float]:
    """The days on which most of the weight of the ties agrees, those ties, and their share.

    Each time of the document counts once on each day, with its best tie.
    """
    allowed = [t for t in ties if bounds.first is None or t.last >= bounds.first]
    # Own dates later than every tie are of things to come.
    own = bounds.first if allowed and bounds.first is not None else date.min
    allowed = allowed or list(ties)
    edges = sorted({t.first for t in allowed} | {t.last + timedelta(days=1) for t in allowed})
    best: tuple[float, list[Tie], date, date] | None = None
    for first, after in itertools.pairwise(edges):
        held = [t for t in allowed if t.first <= first and after <= t.last + timedelta(days=1)]
        here: dict[int, float] = {}
        for t in held:
            here[t.telling.index] = max(here.get(t.telling.index, 0.0), t.weight)
        weight = round(sum(here.values()), 6)
        if held and after > own and (best is None or weight > best[0]):
            best = weight, held, max(first, own), after
    assert best is not None
    _, kept, first, after = best
    inside = {t.telling.index for t in kept}
    strength = max(t.weight for t in kept)
    # A weaker tie elsewhere is another happening; one as strong as the best kept is a conflict.
    against = {t.telling.index for t in ties if t.weight >= strength} - inside
    share = len(inside) / len(inside | against)
    return first, after - timedelta(days=1), kept, share


def _best_of_each(ties: Sequence[Tie]) -> list[Tie]:
    best: dict[str, Tie] = {}
    for tie in sorted(ties, key=lambda t: (-t.weight, t.value, t.elsewhere, t.telling.index)):
        best.setdefault((tie.telling.timex.relative or "").partition("+")[0], tie)
    return list(best.values())


def _tie_said(tie: Tie, documents: Mapping[str, Document]) -> str:
    words = " ".join((tie.telling.timex.when.text or "").split())
    name = label(documents[tie.elsewhere])
    day = said_day(date.fromisoformat(tie.value))
    return f"its “{words}” is {day} in {name}, which tells of the same"


def _narrowed(tellings: Sequence[Telling], kept: Sequence[Tie]) -> tuple[date, date] | None:
    """The days of writing that the bare names of past weekdays leave, after the day tied best.

    A weekday named that follows within reach is the day of writing, since the press reports what
    was said today; one further on is rather that of the week before.
    """
    names: dict[int, bool] = {}
    for telling in tellings:
        relative = telling.timex.relative or ""
        if found := PAST_WEEKDAY.fullmatch(relative):
            n = int(found[1])
            names[n] = names.get(n, False) or bool(found[2])
    by_name: dict[str, list[Tie]] = {"weekday": [], "monthday": []}
    for tie in kept:
        by_name.setdefault((tie.telling.timex.relative or "").partition(":")[0], []).append(tie)
    if not names or not by_name["weekday"]:
        return None
    best = min(by_name["weekday"], key=lambda t: (-t.weight, t.value))
    if best.value in {t.value for t in by_name["monthday"]}:
        # Who names the date as well may be writing much later.
        return None
    told = date.fromisoformat(best.value)
    after = [(n - told.isoweekday()) % 7 for n in names]
    latest = max((n for n in after if n <= WEEKDAY_REACH_DAYS), default=0)
    if latest > 0:
        return told + timedelta(days=latest), told + timedelta(days=latest)
    is_late = names.get(told.isoweekday(), False)
    return told + timedelta(days=is_late), told + timedelta(days=WEEKDAY_REACH_DAYS)


def _by_comment(document: Document, comment: datetime, ties: Sequence[Tie]) -> Judgement:
    """A page with comments stood there before the first of them, and not for long."""
    day = (comment - timedelta(hours=12)).date()
    reasons = [
        f"the first comment on it was made on {said_day(comment.date())} at {comment:%H:%M} UTC, "
        "and comments come within a day"
    ]
    against = [t for t in ties if not t.first <= day <= t.last]
    agreeing = [t for t in ties if t.first <= day <= t.last]
    if agreeing:
        others = len({t.elsewhere for t in agreeing})
        reasons.append(f"its other times agree with what {others} of the others tell")
    elif against:
        reasons.append("some of its times do not agree with this")
    return dated_judgement(document, day, day, 0.6 if against and not agreeing else 0.8, reasons)


def _by_bounds(document: Document, bounds: Bounds) -> Judgement | None:
    if bounds.first is None or bounds.last is None or bounds.first > bounds.last:
        return None
    if (bounds.last - bounds.first).days > SPAN_MAX_DAYS:
        return None
    reasons = [f"it speaks of {said_day(bounds.first)}", bounds.last_why]
    return dated_judgement(document, bounds.first, bounds.last, 0.5, reasons)
