"""Words that say a day as seen from the day of writing, and what says it for good."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from consilience.records import DateBasis, Document, Passage, Timex
from consilience.tell.days import say_day, say_on
from consilience.tell.material import Material, beginning_in, within
from consilience.tell.prose import Stretch

_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues?|wed|thurs?|fri|sat|sun)\.(?= )"
# The words of a time that say the day as seen from the day of writing.
_NEARBY = re.compile(
    r"\b(?:(?P<early>early|late|mid) )?(?P<on>on )?"
    rf"(?:(?:this past|last|this|next|past) )?(?P<day>{_WEEKDAY}|today|yesterday|tomorrow|tonight"
    r"|this morning|this afternoon|this evening|last night)"
    r"(?: (?P<part>morning|afternoon|evening|night))?\b",
    re.IGNORECASE,
)
_STRETCH = re.compile(
    r"\b(?P<early>early |late |earlier |later )?(?P<which>last|this|next|past|the) "
    r"(?P<unit>weekend|(?<!the )(?:week|month|year))\b",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"(?:early |late |mid-?)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    r"(?: \d{1,2}(?:st|nd|rd|th)?)?\Z",
    re.IGNORECASE,
)
_KEPT = re.compile(
    r"\b(?:since|until|till|by|from|before|after|for|of|between|and|to|through)\s+\Z", re.IGNORECASE
)
_ON = re.compile(r"\b(?:on|in|at|during)\s+\Z", re.IGNORECASE)
_ON_BEFORE = re.compile(r"\bon\s+\Z", re.IGNORECASE)
_DETERMINED = re.compile(r"\b(?:the|a|an|his|her|their|its|this|that)\s+\Z", re.IGNORECASE)
# A date in full behind it: "Monday evening, Sept. 28".
_DATED = re.compile(r",? \(?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d", re.I)
# What makes another time of the words before it.
_GOES_ON = re.compile(r"\s+(?:before last|after next|week\b|fortnight\b)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s\b")
_MODIFYING = re.compile(r"\s+[a-z]{3,}")


@dataclass(frozen=True, slots=True)
class Edit:
    """What stands in place of `start:end` of the document; where that cannot be said, or the
    sentence is quoted, its words stay and `gloss` stands behind them."""

    start: int
    end: int
    stretch: Stretch
    gloss: str
    is_sayable: bool = True


def day_edits(
    known: Material, passage: Passage, year: int | None, marked: Sequence[tuple[int, int]]
) -> Iterator[Edit]:
    """What says a day as seen from the day of writing, with the day it means.

    Of a page whose own day is inferred, the day is told as probable, but for that of the event.
    """
    is_sure = is_dated(known.documents[passage.document_id])
    reading = known.case.readings[passage.document_id]
    text = known.documents[passage.document_id].text
    for timex in beginning_in(reading.times, lambda t: t.passage, passage):
        if not within(timex.passage, passage) or timex.relative is None:
            continue
        at = timex.passage.start - passage.start
        is_quoted = any(s <= at < e for s, e in marked)
        if not is_quoted:
            for edit in _time(timex, text, passage, year):
                is_known = is_sure or not edit.gloss or _is_of_event(known, timex)
                yield edit if is_known else _as_probable(edit)


def is_dated(document: Document) -> bool:
    """Whether the day of a page is known, and not inferred."""
    return document.published_basis not in (None, DateBasis.INFERRED)


def _is_of_event(known: Material, timex: Timex) -> bool:
    when = known.main.when
    return when is not None and when.value.partition("T")[0] == timex.when.value.partition("T")[0]


def _as_probable(edit: Edit) -> Edit:
    """“probably on 11 March”, where that can be said in its place; a week or a month, which may
    well be another, stays in the writer's words."""
    words = edit.stretch.text
    is_day = not edit.gloss.startswith("the ") and edit.gloss[:1].isdigit()
    return replace(
        edit,
        stretch=replace(edit.stretch, text=f"probably {words}"),
        gloss=f"probably {edit.gloss}" if is_day else "",
        is_sayable=is_day and words.startswith("on "),
    )


def _time(timex: Timex, text: str, passage: Passage, year: int | None) -> Iterator[Edit]:
    words = text[timex.passage.start : timex.passage.end]
    value = timex.when.value
    if "X" in value or "/" in value or value.endswith("_REF"):
        return
    before = text[passage.start : timex.passage.start]
    stretch = value.partition("T")[0]
    day = say_day(stretch, year)
    found = _NEARBY.search(words)
    if found is not None and day is not None and len(stretch) == len("2021-03-09"):
        start, end = timex.passage.start + found.start(), timex.passage.start + found.end()
        is_counted = re.search(r"\bago(?: on)?\s+\Z", before) is not None
        if is_counted or _DATED.match(text, end) or _GOES_ON.match(text, end):
            return
        on = _ON_BEFORE.search(before)
        if on is not None and found.start() == 0 and not found["on"]:
            start, before = passage.start + on.start(), before[: on.start()]
        said = _instead(found, day, before if found.start() == 0 else " ", text[end : end + 24])
        if said is not None:
            possessive = _POSSESSIVE.match(text, end)
            end = possessive.end() if possessive else end
            yield Edit(start, end, Stretch(said, (passage,)), day)
        return
    found = _STRETCH.search(words)
    when = say_on(timex.when, year)
    if found is not None and when is not None and _fits(found, stretch):
        start, end = timex.passage.start + found.start(), timex.passage.start + found.end()
        early = found["early"] or ""
        is_kept = _KEPT.search(before) or _ON.search(before)
        said = when.partition(" ")[2] if is_kept else when
        is_whole = not (_POSSESSIVE.match(text, end) or _GOES_ON.match(text, end))
        if is_whole and not _DETERMINED.search(before):
            yield Edit(start, end, Stretch(f"{early.lower()}{said}", (passage,)), said)
        return
    if _MONTH.fullmatch(words) and year is not None and value[:4] != str(year):
        end = timex.passage.end
        named = re.search(r"\b\d{4}\b", text[end : end + 8])
        if named is None:
            yield Edit(end, end, Stretch(f" {value[:4]}", (passage,)), "")


def _fits(found: re.Match[str], stretch: str) -> bool:
    """Whether a calendar stretch is of the unit that words name: a year for “last year”."""
    forms = {"year": r"\d{4}", "month": r"\d{4}-\d\d", "week": r"\d{4}-W\d\d"}
    return re.fullmatch(forms.get(found["unit"].lower(), r"\d{4}-W\d\d-WE"), stretch) is not None


def _instead(found: re.Match[str], day: str, before: str, after: str) -> str | None:
    """What stands for “on Friday night” where the day is 9 March; None where nothing fits."""
    word = found["day"].lower()
    own = {"this morning": "morning", "this afternoon": "afternoon", "this evening": "evening",
           "tonight": "night", "last night": "night"}  # fmt: skip
    part = found["part"] or own.get(word)
    early = f"{found['early'].lower()} " if found["early"] else ""
    if _POSSESSIVE.match(after):
        return day if _DETERMINED.search(before) else f"the {day}"
    is_modifying = _MODIFYING.match(after) is not None
    if _DETERMINED.search(before):
        return day if is_modifying and not early else None
    if re.search(r"\bduring\s+\Z", before) and is_modifying:
        return f"the {day}"
    bare = f"the {early}{part} of {day}" if part else f"{early}{day}" if not early else None
    if _KEPT.search(before) and not found["on"]:
        return bare
    if _ON.search(before) and not found["on"]:
        return bare
    if part == "night" and early:
        return f"{early}on the night of {day}"
    if part:
        return f"{'in' if early else 'on'} the {early}{part} of {day}"
    return f"{early}on {day}"
