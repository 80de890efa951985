"""Whether what is said to be missing is: no finding fills it, or a document says so itself."""

import re
from collections.abc import Iterator

from consilience.records import Dossier, Missing
from consilience.tell.lookup import Lookup

# Read anew, and more widely than what finds them: "Police have yet to say why."
_NOT_KNOWING = re.compile(
    r"\b(?:no|not|never|none|nobody|nor|neither|cannot|without|un(?:clear|known|identified"
    r"|determined|explained|certain)|yet to|declin\w+|refus\w+|withh\w+|try(?:ing)?|tried"
    r"|investigat\w+|looking into|still|remains?|mystery|question)\b|n['’]t\b",
    re.IGNORECASE,
)
_LIMITED = re.compile(r"No (?:document|official)\b")


def check_gaps(dossier: Dossier, book: Lookup) -> Iterator[str]:
    filled = {(f.subject_id, f.slot) for f in dossier.findings}
    seen: set[tuple[str, str]] = set()
    for gap in dossier.missing:
        where = f"missing {gap.slot}"
        key = (gap.subject_id, gap.slot)
        if key in seen:
            yield f"{where}: told twice"
        seen.add(key)
        yield from (f"{where}: {problem}" for problem in _gap(gap, book, is_filled=key in filled))


def _gap(gap: Missing, book: Lookup, *, is_filled: bool) -> Iterator[str]:
    is_unofficial = gap.text.startswith("No official ")
    if is_unofficial and not (is_filled and gap.passages):
        yield "no finding rests on what is said to be unofficial"
    if is_filled and not is_unofficial:
        yield "a finding fills it"
    if not gap.passages and _LIMITED.match(gap.text) is None:
        yield f"“{gap.text}” does not say that nobody says it"
    if is_unofficial:
        return
    for passage in gap.passages:
        words = " ".join(book.words(passage).split())
        if _NOT_KNOWING.search(words) is None:
            yield f"“{words}” does not say that it is not known"
