"""A figure over the time it was reported, as the lines of a small picture."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from consilience.dates import day_value, when_of
from consilience.records import Candidate, Comparator, Finding, Quantity
from consilience.tell.lookup import Lookup
from consilience.tell.phrases import DAY_MAX, say_said, say_value
from consilience.wording import say_when

WIDTH = 340
LEFT, RIGHT = 14, 216
_TOP, _AXIS = 18, 26
# The least height between two bars, so that their labels do not touch.
_LINE = 17
_SPREAD = 62
_BEYOND = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One value, from when it was first said to when it was last said.

    `is_exact` is False where that is only known to lie between the two; then neither end is one.
    """

    x1: float
    x2: float
    y: float
    label: str
    is_exact: bool
    points: str


@dataclass(frozen=True, slots=True)
class Chart:
    bars: tuple[Bar, ...]
    height: float
    first: str
    last: str
    spoken: str


@dataclass(frozen=True, slots=True)
class _Span:
    start: datetime
    end: datetime
    is_exact: bool


def chart(finding: Finding, book: Lookup) -> Chart | None:
    """None where there are not two figures said on days that are known."""
    dated = [
        (candidate, span, height)
        for candidate in finding.candidates
        if (span := _span(candidate)) is not None and (height := _height(candidate)) is not None
    ]
    moments = [t for _, span, _ in dated if span.is_exact for t in (span.start, span.end)]
    if len(dated) < 2 or len(set(moments)) < 2:
        return None
    first, last = min(moments), max(moments)
    ys = _apart([-height for _, _, height in dated])
    bars = tuple(
        Bar(
            x1=_x(span.start, first, last),
            x2=_x(span.end, first, last),
            y=y,
            label=say_value(candidate.value, book),
            is_exact=span.is_exact,
            points=_arrow(candidate, _x(span.start, first, last), y) if span.is_exact else "",
        )
        for (candidate, span, _), y in zip(dated, ys, strict=True)
    )
    said = "; ".join(f"{say_value(c.value, book)}, {say_said(c)}" for c, _, _ in dated)
    return Chart(
        bars=bars,
        height=max(ys) + _AXIS + 12,
        first=say_when(when_of(day_value(first))),
        last=say_when(when_of(day_value(last))),
        spoken=f"{finding.question} {said}.",
    )


def _span(candidate: Candidate) -> _Span | None:
    first, last = candidate.first_said, candidate.last_said
    if first is None or last is None or first.start is None or last.start is None:
        return None
    if first.end is None or last.end is None:
        return None
    if max(first.end - first.start, last.end - last.start) <= DAY_MAX:
        return _Span(first.start, last.start, is_exact=True)
    return _Span(first.start, last.end - timedelta(days=1), is_exact=False)


def _height(candidate: Candidate) -> float | None:
    if not isinstance(candidate.value, Quantity):
        return None
    low, high = candidate.value.low, candidate.value.high
    number = low if low is not None else high
    return None if number is None else float(number)


def _x(moment: datetime, first: datetime, last: datetime) -> float:
    """Where a moment is drawn, to a tenth; what lies outside the known days stops at the edge."""
    share = (moment - first) / (last - first)
    x = LEFT + share * (RIGHT - LEFT)
    return round(min(max(x, LEFT - _BEYOND), RIGHT + _BEYOND), 1)


def _apart(values: list[float]) -> list[float]:
    """Heights on the picture for `values`, in their order, none nearer than a line of text."""
    low, high = min(values), max(values)
    scale = _SPREAD / (high - low) if high > low else 0.0
    out = dict.fromkeys(range(len(values)), 0.0)
    least = float(_TOP)
    for i in sorted(range(len(values)), key=lambda i: (values[i], i)):
        out[i] = round(max(_TOP + (values[i] - low) * scale, least), 1)
        least = out[i] + _LINE
    return [out[i] for i in range(len(values))]


def _arrow(candidate: Candidate, x: float, y: float) -> str:
    """The corners of a small triangle that points to where an open figure may lie; empty: none."""
    assert isinstance(candidate.value, Quantity)
    match candidate.value.comparator:
        case Comparator.AT_LEAST | Comparator.MORE_THAN:
            return f"{x - 4},{y - 5} {x + 4},{y - 5} {x},{y - 11}"
        case Comparator.AT_MOST | Comparator.LESS_THAN:
            return f"{x - 4},{y + 5} {x + 4},{y + 5} {x},{y + 11}"
        case _:
            return ""
