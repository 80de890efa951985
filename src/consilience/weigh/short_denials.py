"""Denials that only point back: “Baird denies it”, right after what somebody else tells."""

import re
from collections.abc import Iterator

from consilience.records import Factuality, Passage, Polarity, Stance
from consilience.weigh.asked import AskedPage
from consilience.weigh.passages import within
from consilience.weigh.statements import Statement, statement

_POINTING = re.compile(
    r"^[\"“]?(?:[^.;:\n\"“]{1,80}? )?(?:den(?:y|ies|ied)|reject(?:s|ed)?|disput(?:es?|ed)"
    r"|refut(?:es|ed)) (?P<what>it|this|that|the (?:claims?|reports?|accusations?"
    r"|allegations?|story|account|version))(?: (?:on|in|at) [^.,;\n]{2,40})?[.!]?[\"”]?$",
    re.IGNORECASE,
)
_TELLING = frozenset({Stance.SAYS, Stance.ALLEGES, Stance.CONFIRMS})


def short_denials(page: AskedPage) -> Iterator[tuple[Statement, Statement]]:
    """Each denial with what it denies: the first deed of the sentence before, as somebody tells."""
    sentences = page.reading.sentences
    for i in range(1, len(sentences)):
        at = sentences[i]
        words = page.document.text[at.start : at.end].strip()
        if len(words) > 200 or (found := _POINTING.match(words)) is None:
            continue
        if (told := _told_before(page, i)) is not None:
            start = at.start + found.start("what")
            whole = Passage(page.document.id, at.start, at.start + len(words))
            yield Statement(page, i, None, told.deed, told.roles, whole, True, start), told


def _told_before(page: AskedPage, i: int) -> Statement | None:
    before = page.reading.sentences[i - 1]
    if page.is_comment(before) != page.is_comment(page.reading.sentences[i]):
        return None
    contents = [
        content
        for attribution in page.reading.attributions
        if attribution.stance in _TELLING
        for content in attribution.content
        if before.start <= content.start < before.end
    ]
    for proposition in page.reading.propositions:
        is_core = any(re.fullmatch(r"ARG[0-2]", a.role) for a in proposition.arguments)
        is_fact = (
            proposition.factuality is Factuality.HAPPENED
            and proposition.polarity is Polarity.POSITIVE
        )
        if is_core and is_fact and any(within(proposition.predicate, c) for c in contents):
            return statement(page, i - 1, proposition)
    return None
