"""Whether what a time dates is told as done or as planned."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from consilience.lexicon import load_table
from consilience.records import (
    Case,
    DateBasis,
    Document,
    Factuality,
    Passage,
    Proposition,
    Timex,
    TimexType,
    When,
)
from consilience.tell.sentences import Told
from consilience.tell.sorts import holds, is_saying

# Verbs that tell only of a plan, so that what was planned for a day is all that is told.
_PLANNING = frozenset("plan schedule expect intend hope aim want due set slate be".split())
_OFFERS = frozenset("offer agree refuse threaten ask vote decide".split())
_UNTIL = re.compile(r"\b(?:until|till|by)(?: the end of)? \Z")


@dataclass(frozen=True, slots=True)
class Page:
    """A sentence in its document, with what it tells."""

    case: Case
    document: Document
    told: Told
    here: Sequence[Proposition]
    is_lead: bool
    is_caption: bool

    def words(self, passage: Passage) -> str:
        return self.document.text[passage.start : passage.end]

    def before(self, timex: Timex) -> str:
        """The last words before a time."""
        at = timex.passage.start
        return self.document.text[max(self.told.sentence.start, at - 40) : at].lower()


def standing(page: Page, timex: Timex, by: Sequence[Proposition]) -> Factuality | None:
    """Happened, planned, or None: neither is said."""
    told = {p.factuality for p in by} or {Factuality.HAPPENED}
    if _is_until(page, timex):
        return Factuality.PLANNED
    is_fact = Factuality.HAPPENED in told
    is_planned = Factuality.PLANNED in told or any(_would(page, p) for p in by)
    if _is_ahead(timex.when, page.document.published):
        is_present = any(page.words(p.predicate).lower() == f"{p.lemma}s" for p in by)
        if is_planned or is_present or not by:
            return Factuality.PLANNED
        # What is told as done on a day to come has its day, or its page has, read wrongly.
        is_guessed = page.document.published_basis is DateBasis.INFERRED
        return Factuality.HAPPENED if is_fact and is_guessed else None
    if is_fact or any(_is_offered(page, p) for p in by):
        return Factuality.HAPPENED
    nouns = load_table("event_nouns")
    is_noun = any(page.words(p.predicate).lower() in nouns for p in by)
    if _is_before(timex.when, page.document.published):
        if is_planned:
            return Factuality.HAPPENED if is_noun else Factuality.PLANNED
        is_since = page.before(timex).endswith("since ")
        is_not = Factuality.NOT_HAPPENED in told and not is_since
        return Factuality.HAPPENED if is_not else None
    return Factuality.PLANNED if is_planned else None


def _is_until(page: Page, timex: Timex) -> bool:
    """Whether what is so will be until, or done by, a time to come: “closed until Monday”."""
    published, end = page.document.published, timex.when.end
    if published is None or published.end is None or end is None or end <= published.end:
        return False
    if timex.type is TimexType.TIME:
        return False
    before = page.before(timex)
    return _UNTIL.search(before) is not None and re.search(r"\bhad\b", before) is None


def _is_offered(page: Page, proposition: Proposition) -> bool:
    """Whether a plan is told with what was done about it that day: “offered to resign”."""
    return proposition.factuality is Factuality.PLANNED and any(
        holds(p, proposition)
        for p in page.here
        if p.factuality is Factuality.HAPPENED
        and p.lemma not in _PLANNING
        and (p.lemma in _OFFERS or not is_saying(p))
    )


def _would(page: Page, proposition: Proposition) -> bool:
    """Whether a condition stands behind it that is no “if”: “subject to a vote, work would”."""
    modal = {
        page.document.text[a.passage.start : a.passage.end].lower()
        for a in proposition.arguments
        if a.role == "ARGM-MOD"
    }
    sentence = page.told.sentence
    words = page.document.text[sentence.start : sentence.end]
    is_if = re.search(r"\b(?:if|unless)\b", words, re.IGNORECASE) is not None
    return bool(modal & {"will", "would", "shall"}) and not is_if


def _is_before(when: When, published: When | None) -> bool:
    """Whether a time had passed when it was written of: what is planned for it is then history."""
    return (
        published is not None
        and published.start is not None
        and when.end is not None
        and when.end <= published.start
    )


def _is_ahead(when: When, published: When | None) -> bool:
    """Whether a time was still to come when it was written of."""
    return (
        published is not None
        and published.end is not None
        and when.start is not None
        and published.end <= when.start
    )
