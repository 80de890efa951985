"""What is kept of a reading where layers of the text are not to be read."""

from bisect import bisect_right
from dataclasses import replace

from consilience.records import (
    Attribution,
    Count,
    Document,
    Layer,
    Passage,
    Proposition,
    Reading,
    Timex,
    Unread,
)


def kept(document: Document, reading: Reading) -> Reading:
    """The reading without what `document.unread` says is not read.

    In a foreign stretch what figures and quotation marks show stays: numbers of no known unit,
    dates without words, quotations; and the happenings that the text's own language names.
    """
    if not document.unread:
        return reading
    page = _Unread(document)
    attributions = tuple(a for a in reading.attributions if page.keeps_attribution(a))
    known = {a.id for a in attributions}
    return replace(
        reading,
        mentions=tuple(
            m
            for m in reading.mentions
            if not page.holds(m.passage, Layer.MENTIONS)
            and (m.named or not page.holds(m.passage, Layer.COREFERENCE))
        ),
        times=tuple(t for t in reading.times if page.keeps_time(t)),
        quantities=tuple(c for q in reading.quantities if (c := page.count(q)) is not None),
        attributions=tuple(
            a if a.within_id in known else replace(a, within_id=None) for a in attributions
        ),
        propositions=tuple(
            p if p.attribution_id in known else replace(p, attribution_id=None)
            for p in reading.propositions
            if page.keeps_proposition(p)
        ),
    )


class _Unread:
    """Which stretch an offset lies in; those of one sort do not overlap."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._foreign = [u for u in document.unread if u.language is not None]
        self._no_prose = [u for u in document.unread if u.language is None]

    def holds(self, passage: Passage, layer: Layer) -> bool:
        found = (_at(self._foreign, passage), _at(self._no_prose, passage))
        return any(u is not None and layer in u.layers for u in found)

    def _is_no_prose(self, passage: Passage, layer: Layer) -> bool:
        unread = _at(self._no_prose, passage)
        return unread is not None and layer in unread.layers

    def keeps_time(self, timex: Timex) -> bool:
        if self._is_no_prose(timex.passage, Layer.TIMES):
            return False
        words = self._document.text[timex.passage.start : timex.passage.end]
        return not self.holds(timex.passage, Layer.TIMES) or not any(map(str.isalpha, words))

    def count(self, count: Count) -> Count | None:
        if not self.holds(count.passage, Layer.QUANTITIES):
            return count
        words = self._document.text[count.passage.start : count.passage.end]
        if self._is_no_prose(count.passage, Layer.QUANTITIES) or any(map(str.isalpha, words)):
            return None
        return replace(count, quantity=replace(count.quantity, unit=None), of=None)

    def keeps_attribution(self, attribution: Attribution) -> bool:
        place = (attribution.cue or attribution.content)[0]
        if self._is_no_prose(place, Layer.ATTRIBUTIONS):
            return False
        return attribution.direct or not self.holds(place, Layer.ATTRIBUTIONS)

    def keeps_proposition(self, proposition: Proposition) -> bool:
        if self._is_no_prose(proposition.predicate, Layer.PROPOSITIONS):
            return False
        unread = _at(self._foreign, proposition.predicate)
        return unread is None or unread.language == self._document.language


def _at(stretches: list[Unread], passage: Passage) -> Unread | None:
    at = bisect_right(stretches, passage.start, key=lambda u: u.passage.start) - 1
    if at >= 0 and passage.start < stretches[at].passage.end:
        return stretches[at]
    return None
