"""TimelineJS JSON: the timeline as slides. Texts are escaped, since they are shown as HTML."""

import re
from datetime import datetime, timedelta
from html import escape
from typing import Any

from consilience.export.words import Words, address, json_text
from consilience.records import Dossier, TimelineEntry
from consilience.wording import label, printable, say_when

_VALUE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2}))?)?)?")
_PARTS = ("year", "month", "day", "hour", "minute")


def to_timelinejs(dossier: Dossier) -> str:
    """A timeline for TimelineJS (JSON), each happening a slide with its words and sources.

    What has no date of its own stands in the title slide.
    """
    words = Words(dossier)
    slides = [_slide(n, entry, words) for n, entry in enumerate(dossier.timeline)]
    undated = [
        f"<li>{_told(entry)}: {_text(entry, words)}</li>"
        for entry, slide in zip(dossier.timeline, slides, strict=True)
        if slide is None
    ]
    note = f"<p>Without a date of its own:</p><ul>{''.join(undated)}</ul>" if undated else ""
    title = {"text": {"headline": _line(dossier.title), "text": note}}
    dated = [slide for slide in slides if slide is not None]
    return json_text({"title": title, "events": dated, "scale": "human"})


def _slide(n: int, entry: TimelineEntry, words: Words) -> dict[str, Any] | None:
    start = _date(entry)
    if start is None:
        return None
    last = None if entry.when.end is None else entry.when.end - timedelta(seconds=1)
    is_long = (
        last is not None
        and entry.when.start is not None
        and (last.date() != entry.when.start.date())
    )
    return {
        "start_date": start,
        **({"end_date": _day(last)} if is_long and last is not None else {}),
        "display_date": _said(entry),
        "text": {"headline": _told(entry), "text": _text(entry, words)},
        "group": str(entry.status).replace("_", " "),
        "unique_id": f"timeline-{n}",
        "autolink": False,
    }


def _said(entry: TimelineEntry) -> str:
    """When it was, and every other time that is given for it."""
    times = [entry.when, *(dating.when for dating in entry.conflicts)]
    return _line(" or ".join(dict.fromkeys(say_when(when) for when in times)))


def _told(entry: TimelineEntry) -> str:
    return _line(entry.text)


def _text(entry: TimelineEntry, words: Words) -> str:
    quoted = "".join(f"<p>“{_line(words.of(passage))}”</p>" for passage in entry.passages)
    sources = dict.fromkeys(
        (address(d), label(d)) for d in (words.documents[p.document_id] for p in entry.passages)
    )
    named = ", ".join(
        f'<a href="{escape(url)}">{_line(name)}</a>' if url.startswith("http") else _line(name)
        for url, name in sources
    )
    return f"{quoted}<p>{named}</p>"


def _line(text: str) -> str:
    """Outside words on one line, none of them HTML."""
    return escape(printable(" ".join(text.split())))


def _date(entry: TimelineEntry) -> dict[str, int] | None:
    """The parts of a date that are known: those of the value, else of the day it begins on."""
    found = _VALUE.match(entry.when.value)
    if found is not None and _is_date(found[0]):
        given = zip(_PARTS, found.groups(), strict=True)
        return {part: int(number) for part, number in given if number is not None}
    return None if entry.when.start is None else _day(entry.when.start)


def _is_date(value: str) -> bool:
    day, _, time = value.partition("T")
    whole = day + "-01" * (2 - day.count("-"))
    try:
        datetime.fromisoformat(f"{whole}T{time or '00:00'}")
    except ValueError:
        return False
    return True


def _day(moment: datetime) -> dict[str, int]:
    return {"year": moment.year, "month": moment.month, "day": moment.day}
