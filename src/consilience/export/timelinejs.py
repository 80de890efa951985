"""TimelineJS JSON: the timeline as slides. Texts are escaped, since they are shown as HTML."""

import re
from html import escape
from typing import Any

from consilience.export.annotations import address
from consilience.export.words import Words, json_text
from consilience.records import Dossier, TimelineEntry
from consilience.wording import label, say_when

_VALUE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:T(\d{2}):(\d{2}))?")


def to_timelinejs(dossier: Dossier) -> str:
    """Slides for TimelineJS.

    Every entry of the timeline that has a date of its own; the others are told in the title.
    """
    words = Words(dossier)
    slides = [
        slide
        for n, entry in enumerate(dossier.timeline)
        if (slide := _slide(n, entry, words)) is not None
    ]
    n_undated = len(dossier.timeline) - len(slides)
    note = f"{n_undated} of {len(dossier.timeline)} happenings have no date." if n_undated else ""
    title = {"text": {"headline": escape(dossier.title), "text": note}}
    return json_text({"title": title, "events": slides, "scale": "human"})


def _slide(n: int, entry: TimelineEntry, words: Words) -> dict[str, Any] | None:
    start = _date(entry)
    if start is None:
        return None
    told = " ".join(escape(f"“{_line(words.of(p))}”") for p in entry.passages[:3])
    sources = dict.fromkeys(
        (address(d), label(d)) for d in (words.documents[p.document_id] for p in entry.passages)
    )
    named = ", ".join(
        f'<a href="{escape(url)}">{escape(name)}</a>' if url.startswith("http") else escape(name)
        for url, name in sources
    )
    return {
        "start_date": start,
        "display_date": escape(say_when(entry.when)),
        "text": {"headline": escape(_line(entry.text)), "text": f"<p>{told}</p><p>{named}</p>"},
        "group": str(entry.status).replace("_", " "),
        "unique_id": f"timeline-{n}",
        "autolink": False,
    }


def _line(text: str) -> str:
    return " ".join(text.split())


def _date(entry: TimelineEntry) -> dict[str, int] | None:
    """The parts of a date that are known: those of the value, else of the day it begins on."""
    found = _VALUE.match(entry.when.value)
    if found is not None:
        parts = ("year", "month", "day", "hour", "minute")
        return {p: int(g) for p, g in zip(parts, found.groups(), strict=True) if g is not None}
    start = entry.when.start
    return None if start is None else {"year": start.year, "month": start.month, "day": start.day}
