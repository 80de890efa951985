"""A reading once more, with its relative times resolved by a date that is now known."""

from dataclasses import replace

from consilience.records import Document, Reading
from consilience.resolve.dating import anchored_times


def anchored_reading(document: Document, reading: Reading) -> Reading:
    """The same reading with times, and the propositions they date, anchored to the document."""
    times = anchored_times(document, reading)
    by_passage = {t.passage: t.when for t in times}
    propositions = tuple(
        replace(p, when=by_passage[a.passage])
        if (a := next((a for a in p.arguments if a.role == "ARGM-TMP"), None)) is not None
        and a.passage in by_passage
        else p
        for p in reading.propositions
    )
    return replace(reading, times=times, propositions=propositions)
