"""The account as a terminal shows it: short, and no control character of a document in it."""

import textwrap
from collections.abc import Iterator

from consilience.records import Dossier, Factuality, Status
from consilience.tell.phrases import say_ruling
from consilience.wording import label, language_name, printable, say_unread

MAX_SENTENCES = 8
MAX_DECISIONS = 5
WIDTH = 88


def brief(dossier: Dossier) -> str:
    """The title, the first sentences of the account, and how much stands behind it."""
    shown = [sentence.text for sentence in dossier.account[:MAX_SENTENCES]]
    n_more = len(dossier.account) - len(shown)
    if n_more:
        shown.append(f"({n_more} more in the dossier)")
    n_contradicted = sum(f.status is Status.CONTRADICTED for f in dossier.findings)
    counts = [
        _count(len(dossier.documents), "document"),
        _count(len(dossier.origins), "independent origin"),
        _count(len(dossier.findings), "finding"),
        f"{n_contradicted} of them contradicted",
        *_dated(dossier),
    ]
    if dossier.failures:
        counts.append(f"{_count(len(dossier.failures), 'input')} could not be used")
    ended = (*_decided(dossier), *_foreign(dossier))
    paragraphs = [dossier.title, *shown, ", ".join(counts) + ".", *ended]
    return "\n\n".join(textwrap.fill(printable(words), WIDTH) for words in paragraphs)


def _dated(dossier: Dossier) -> Iterator[str]:
    """How much the timeline holds, and what of it is not plainly settled."""
    if dossier.timeline:
        yield f"{_count(len(dossier.timeline), 'happening')} in the timeline"
        n_planned = sum(e.status is Factuality.PLANNED for e in dossier.timeline)
        n_differing = sum(bool(e.conflicts) for e in dossier.timeline)
        if n_planned:
            yield f"{n_planned} of them planned"
        if n_differing:
            yield f"{n_differing} with times that differ"


def _decided(dossier: Dossier) -> Iterator[str]:
    """The last decisions of analysts that shaped the account."""
    rulings = dossier.decisions
    said = [say_ruling(ruling) for ruling in rulings[-MAX_DECISIONS:]]
    if rulings:
        n_more = len(rulings) - len(said)
        earlier = f" ({n_more} earlier)" if n_more else ""
        yield f"Decided: {'; '.join(said)}{earlier}."


def _foreign(dossier: Dossier) -> Iterator[str]:
    """A line on each document in a language of which not all is read."""
    for document in dossier.documents:
        if any(unread.language == document.language for unread in document.unread):
            name = language_name(document.language)
            yield f"{label(document)} is in {name}: {say_unread(document)}."


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}"
