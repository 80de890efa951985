"""Times that lean on others of their page: hours on days, one clock on another, quotations."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from consilience.lexicon import load_table
from consilience.read.timex_events import counted, told_from
from consilience.read.timex_page import Found, Page, is_day
from consilience.records import TimexType, When
from consilience.zones import offset_minutes, zone_suffix

_NEAR_DAY = re.compile(r"days:-?\d")
_MARKS = re.compile(r'["“”]|\n\s*\n')


def as_spoken(text: str, page: Page, found: Sequence[Found]) -> list[Found]:
    """Read "today" within quotation marks from the day on which it is said to have been spoken."""
    quoted = _quoted(text)
    starts = [start for start, _ in quoted]

    def quotation(each: Found) -> tuple[int, int] | None:
        i = bisect_right(starts, each.start) - 1
        return quoted[i] if i >= 0 and each.start < quoted[i][1] else None

    spoken: dict[int, Found] = {}
    for each in found:
        if is_day(each) and quotation(each) is None:
            verb = page.place(each.start).verb(each.start)
            if verb in load_table("reporting_verbs"):
                spoken.setdefault(each.sentence, each)
    read = []
    for each in found:
        within = quotation(each) if _NEAR_DAY.fullmatch(each.chain) else None
        if within is not None:
            told = (page.place(offset).index for offset in (within[1], within[0]))
            day = next((spoken[i] for i in told if i in spoken), None)
            if day is not None and day.anchor == each.anchor:
                each = replace(each, expression=f"{day.chain};{each.expression}")
        read.append(each)
    return read


def _quoted(text: str) -> list[tuple[int, int]]:
    """What stands in double quotation marks, each pair within one paragraph."""
    pairs, opened = [], -1
    for match in _MARKS.finditer(text):
        if match[0] in ('"', "”") and opened >= 0:
            pairs.append((opened, match.start()))
            opened = -1
        else:
            opened = match.start() if match[0] in ('"', "“") else -1
    return pairs


def again(text: str, found: Sequence[Found]) -> Iterator[Found]:
    """An hour beside days that come again as one with them: “noon every Monday”."""
    held: Found | None = None
    for each in found:
        pair = None if held is None else _again(text, held, each)
        if pair is not None:
            held = pair
            continue
        if held is not None:
            yield held
        held = each
    if held is not None:
        yield held


def _again(text: str, one: Found, other: Found) -> Found | None:
    clock, days = (one, other) if other.type is TimexType.SET else (other, one)
    is_pair = days.type is TimexType.SET and clock.expression.startswith("+T")
    if not is_pair or not days.expression.startswith("=XXXX-"):
        return None
    if text[one.end : other.start].strip() not in ("", "on", "at", ",", "at around", "at about"):
        return None
    value = f"{days.expression}{clock.expression[1:]}"
    return replace(days, start=one.start, end=other.end, expression=value)


def joined(found: Sequence[Found]) -> Iterator[Found]:
    """Give a clock time the day of its sentence, of its paragraph, or the only day there is."""
    by_sentence: dict[tuple[When | None, int], list[Found]] = defaultdict(list)
    chains: dict[When | None, set[str]] = defaultdict(set)
    for each in found:
        if is_day(each):
            by_sentence[each.anchor, each.sentence].append(each)
            chains[each.anchor].add(each.chain)
    last: dict[tuple[When | None, int], str] = {}
    for each in found:
        if is_day(each):
            last[each.anchor, each.paragraph] = each.chain
        if not each.expression.startswith("+"):
            yield each
            continue
        own = by_sentence.get((each.anchor, each.sentence)) if each.sentence >= 0 else None
        only = chains[each.anchor]
        if own:
            day: str | None = min(own, key=lambda d: (abs(d.start - each.start), d.start)).chain
        elif (each.anchor, each.paragraph) in last:
            day = last[each.anchor, each.paragraph]
        else:
            day = next(iter(only)) if len(only) == 1 else None
        if day is not None:
            yield replace(each, expression=day + each.expression)
        elif each.expression[2].isdigit():
            yield each


_ZONED = re.compile(r"\+T(\d\d):(\d\d)@([A-Z]+)")
_CLOCK = re.compile(r"(.*)\+T(\d\d):(\d\d)")


def clocks_paired(text: str, found: list[Found]) -> list[Found]:
    """ "9:30 p.m. (1930 GMT)": the second clock gives the first its zone, the first it the day."""
    for i, (one, other) in enumerate(pairwise(found)):
        local, beside = _CLOCK.fullmatch(one.expression), _ZONED.search(other.expression)
        between = text[one.end : other.start]
        if local is None or beside is None or between.strip() not in ("(", "/", ", or"):
            continue
        known = offset_minutes(beside[3], None)
        if known is None or other.type is not TimexType.TIME:
            continue
        there = int(beside[1]) * 60 + int(beside[2]) - known
        ahead = int(local[2]) * 60 + int(local[3]) - there
        # The day of the zone's clock is the one that makes the two differ least.
        days = -1 if ahead < -720 else 1 if ahead > 840 else 0
        ahead -= 1440 * days
        found[i] = replace(one, expression=f"{one.expression}@{_offset(ahead)}")
        if local[1]:
            shift = f";days:{days}" if days else ""
            found[i + 1] = replace(other, expression=f"{local[1]}{shift}{beside[0]}")
    return found


def _offset(minutes: int) -> str:
    return zone_suffix(minutes) if minutes else "GMT"


def from_happenings(text: str, page: Page, found: Sequence[Found]) -> Iterator[Found]:
    """Lengths and days told from a happening, counted from the time the page gives for it."""
    days: dict[int, list[Found]] = defaultdict(list)
    for each in found:
        if is_day(each):
            days[each.sentence].append(each)
    for each in found:
        told = told_from(text, each.end)
        length = counted(each.expression)
        beside = _BESIDE.fullmatch(text[each.start : each.end]) if length is None else None
        if beside is not None:
            sign = ">" if beside[1].lower() == "after" else "<"
            told, length = (each.end, sign), "P1D"
        if told is None or length is None or each.sentence < 0:
            yield each
            continue
        feast = next((d for d in days.get(each.sentence, ()) if d.start == told[0]), None)
        base = feast or page.time_of_happening(told[0], each, days)
        if beside is None:
            # Two days after an hour is a day; four hours after it is an hour.
            counted_on = base and (base.expression if length.startswith("PT") else base.chain)
            expression = f"{counted_on}{told[1]}{length}" if base else each.expression
            yield replace(each, expression=expression)
        elif base is not None:
            n = 1 if told[1] == ">" else -1
            yield replace(each, expression=f"{base.chain};days:{n}", anchor=base.anchor)
        else:
            yield each


_BESIDE = re.compile(r"the\s+day\s+(after|before)", re.IGNORECASE)
