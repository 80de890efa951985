"""The account as a terminal shows it: short, and no control character of a document in it."""

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from consilience.records import Change, Dossier, Factuality, Finding, RelationKind, Status
from consilience.tell.left_out import partly_used, say_partly_used, unused
from consilience.tell.lookup import Lookup, lookup
from consilience.tell.phrases import by_weight, count, say_ruling, say_value
from consilience.wording import label, language_name, printable, say_unread

MAX_SENTENCES = 8
MAX_DECISIONS = 5
MAX_DISPUTED = 3
MAX_GAPS = 4
WIDTH = 88
_NOBODY = "No document says "


def brief(dossier: Dossier, width: int = WIDTH, out: Path | None = None) -> str:
    """The title, the first sentences of the account, what is disputed and open, and how much
    stands behind it; where the files lie, if they were written to `out`."""
    shown = dossier.account[:MAX_SENTENCES]
    told = [
        " ".join(s.text for s in sentences)
        for _, sentences in groupby(shown, key=lambda s: s.paragraph)
    ]
    if n_more := len(dossier.account) - len(shown):
        told.append(f"({count(n_more, 'more sentence')} in the dossier)")
    paragraphs = [dossier.title, *told]
    book = lookup(dossier)
    behind = [*_disputed(dossier, book), *_open(dossier), *_behind(dossier)]
    ended = [*behind, *_decided(dossier), *_foreign(dossier)]
    if out is not None:
        files = f"{out / 'index.html'} (open it in a browser), account.md, dossier.json"
        ended.append(f"Written: {files}")
    blocks = [_filled(words, width) for words in paragraphs]
    return "\n\n".join([*blocks, "\n".join(_filled(words, width, "  ") for words in ended)])


def changed(changes: Sequence[Change], width: int = WIDTH) -> str:
    """What changed, a line for each; said too where nothing did."""
    told = [change.text for change in changes] or ["no change"]
    return "\n".join(_filled(f"- {words}", width, "  ", "  ") for words in told)


def _filled(words: str, width: int, then: str = "", first: str = "") -> str:
    return textwrap.fill(
        printable(" ".join(words.split())),
        width,
        initial_indent=first,
        subsequent_indent=then + first,
        break_on_hyphens=False,
    )


def _disputed(dossier: Dossier, book: Lookup) -> Iterator[str]:
    """What sources contradict one another on, weightiest first."""
    found = [f for f in by_weight(dossier) if f.status is Status.CONTRADICTED]
    if found:
        said = [f"{f.question} {_against(f, book)}" for f in found[:MAX_DISPUTED]]
        more = len(found) - len(said)
        end = f"; and {more} more" if more else ""
        yield f"Disputed: {'; '.join(said)}{end}"


def _against(finding: Finding, book: Lookup) -> str:
    for relation in finding.relations:
        if relation.kind is RelationKind.CONTRADICTORY:
            two = (finding.candidates[relation.a], finding.candidates[relation.b])
            return " against ".join(say_value(c.value, book) for c in two)
    return " / ".join(say_value(c.value, book) for c in finding.candidates)


def _open(dossier: Dossier) -> Iterator[str]:
    """What nobody says, or says not to know; gaps that need more words are only counted."""
    every = [asked for m in dossier.missing if (asked := _asked(m.text)) is not None]
    said = every[:MAX_GAPS]
    more = len(dossier.missing) - len(said)
    if said:
        yield f"Not known: {'; '.join(said)}{f'; and {more} more' if more else ''}"
    elif more:
        yield f"Not known: {count(more, 'question')}"


def _asked(text: str) -> str | None:
    """What a gap is about, where its sentence begins with that.

    >>> _asked("No document says where."), _asked("Who did it is left open: “No arrests.” (Post)")
    ('where', 'who did it')
    """
    if text.startswith(_NOBODY):
        return text.removeprefix(_NOBODY).rstrip(".")
    asked, left_open, _ = text.partition(" is left open: ")
    return asked[:1].lower() + asked[1:] if left_open else None


def _behind(dossier: Dossier) -> Iterator[str]:
    """How much stands behind the account."""
    n_contradicted = sum(f.status is Status.CONTRADICTED for f in dossier.findings)
    counts = [
        count(len(dossier.documents), "document"),
        count(len(dossier.origins), "independent origin"),
        count(len(dossier.findings), "finding"),
        f"{n_contradicted} of them contradicted",
        *_dated(dossier),
    ]
    if failures := unused(dossier):
        counts.append(f"{count(len(failures), 'input')} could not be used")
    if partly_used(dossier):
        counts.append(say_partly_used(dossier))
    yield f"Rests on: {', '.join(counts)}"


def _dated(dossier: Dossier) -> Iterator[str]:
    """How much the timeline holds, and what of it is not plainly settled."""
    if dossier.timeline:
        yield f"{count(len(dossier.timeline), 'happening')} in the timeline"
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
        yield f"Decided: {'; '.join(said)}{earlier}"


def _foreign(dossier: Dossier) -> Iterator[str]:
    """A line on each document in a language of which not all is read."""
    for document in dossier.documents:
        if any(unread.language == document.language for unread in document.unread):
            name = language_name(document.language)
            yield f"{label(document)} is in {name}: {say_unread(document)}"
