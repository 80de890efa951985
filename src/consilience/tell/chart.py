"""A figure over the time it was reported, as the lines of a small picture."""

from dataclasses import dataclass
from datetime import datetime

from consilience.records import Candidate, Finding, Quantity
from consilience.tell.lookup import Lookup
from consilience.tell.phrases import say_said, say_value
from consilience.wording import say_when

WIDTH, HEIGHT = 340, 124
_LEFT, _RIGHT, _TOP, _BOTTOM = 14, 124, 20, 40
# Two labels nearer than a line of text are moved apart.
_LINE = 15


@dataclass(frozen=True, slots=True)
class Bar:
    """One value, from when it was first said to when it was last said."""

    x1: float
    x2: float
    y: float
    label_y: float
    label: str
    points: str


@dataclass(frozen=True, slots=True)
class Chart:
    bars: tuple[Bar, ...]
    first: str
    last: str
    spoken: str


def chart(finding: Finding, book: Lookup) -> Chart | None:
    """None where there are not two dated figures to compare."""
    dated = [c for c in finding.candidates if _span(c) is not None and _height(c) is not None]
    if len(dated) < 2:
        return None
    spans = [span for c in dated if (span := _span(c)) is not None]
    heights = [height for c in dated if (height := _height(c)) is not None]
    first, last = min(s for s, _ in spans), max(e for _, e in spans)
    low, high = min(heights), max(heights)
    ys = [_scaled(h, high, low, _TOP, HEIGHT - _BOTTOM) for h in heights]
    label_ys = _apart(ys)
    bars = []
    for i, candidate in enumerate(dated):
        x1, x2 = (_scaled(t.timestamp(), first.timestamp(), last.timestamp(), _LEFT, WIDTH - _RIGHT)
                  for t in spans[i])  # fmt: skip
        bars.append(
            Bar(
                x1=x1,
                x2=x2,
                y=ys[i],
                label_y=label_ys[i],
                label=say_value(candidate.value, book),
                points=_arrow(candidate, x1, ys[i]),
            )
        )
    said = "; ".join(f"{say_value(c.value, book)}, {say_said(c)}" for c in dated)
    ends = [c.first_said for c in dated] + [c.last_said for c in dated]
    days = {w.start: say_when(w) for w in ends if w is not None and w.start is not None}
    return Chart(tuple(bars), days[first], days[last], f"{finding.question} {said}.")


def _span(candidate: Candidate) -> tuple[datetime, datetime] | None:
    first, last = candidate.first_said, candidate.last_said
    if first is None or last is None or first.start is None or last.start is None:
        return None
    return first.start, last.start


def _height(candidate: Candidate) -> float | None:
    if not isinstance(candidate.value, Quantity):
        return None
    low, high = candidate.value.low, candidate.value.high
    number = low if low is not None else high
    return None if number is None else float(number)


def _scaled(value: float, start: float, end: float, low: float, high: float) -> float:
    """`value` of [start, end] on [low, high], to a tenth; the middle where there is no room."""
    if start == end:
        return round((low + high) / 2, 1)
    return round(low + (value - start) / (end - start) * (high - low), 1)


def _apart(ys: list[float]) -> list[float]:
    """The heights of labels, in order of height, none nearer to the last than a line."""
    out = dict.fromkeys(range(len(ys)), 0.0)
    below = float("-inf")
    for i in sorted(range(len(ys)), key=lambda i: (ys[i], i)):
        below = max(ys[i], below + _LINE)
        out[i] = below
    return [out[i] for i in range(len(ys))]


def _arrow(candidate: Candidate, x: float, y: float) -> str:
    """The corners of a small triangle that points to where an open figure may lie; empty: none."""
    assert isinstance(candidate.value, Quantity)
    match candidate.value.comparator:
        case "at_least" | "more_than":
            return f"{x - 4},{y - 5} {x + 4},{y - 5} {x},{y - 12}"
        case "at_most" | "less_than":
            return f"{x - 4},{y + 5} {x + 4},{y + 5} {x},{y + 12}"
        case _:
            return ""
