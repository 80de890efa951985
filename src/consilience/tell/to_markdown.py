"""The dossier as one Markdown file, every sentence with footnotes that quote its sources.

CommonMark with footnotes and tables, and as easily read where nothing renders it.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from consilience.lookalikes import doubts
from consilience.records import Document, Dossier, Factuality, Failure, Quotation, TimelineEntry
from consilience.tell.drift_told import strayed
from consilience.tell.left_out import partly_used, say_partly_used, unused
from consilience.tell.lookup import Lookup, lookup
from consilience.tell.markdown_findings import disagreements, findings, ledger
from consilience.tell.markdown_text import Notes, escaped
from consilience.tell.moments import is_part, say_dating, say_moment, say_placement
from consilience.tell.phrases import (
    LINK_WORDS,
    count,
    listed,
    manner,
    offices,
    quoted,
    say_dated,
    say_embedded,
    say_known,
    say_period,
    say_ruling,
    speakers,
)
from consilience.tell.shown_sources import CONFLICTS_MAX
from consilience.wording import label, language_name, say_unread, say_when

_HOW_TO_READ = """\
A note names a document, its title and its date with how that is known, and quotes the words. What \
pages copied from one report is one *independent origin*: it counts once, however many repeat it. \
*Contradicted* answers cannot all be true; *updated* ones replace each other, as a growing toll; \
*compatible* ones can all be true. *Belief*, from 0 to 1, is how far the weighing of sources \
supports an answer; it proves nothing. *By policy* says what each plain way of choosing gives. \
Nothing is filled in: what no document says stands under its own heading."""


def to_markdown(dossier: Dossier) -> str:
    """The whole dossier, every passage a footnote; read by forges and by pandoc."""
    notes = Notes(lookup(dossier))
    sections = (
        ("What changed", _changes),
        ("The account", _account),
        ("Where the accounts disagree", disagreements),
        ("Figures and findings", findings),
        ("Question by source", ledger),
        ("Timeline", _timeline),
        ("People and what they said", _people),
        ("What changed in the telling", _drift),
        ("Sources", _sources),
        ("Who draws on whom", _origins),
        ("What analysts decided", _decisions),
        ("What nobody says", _missing),
        ("What could not be used", _unused),
        ("What was not read in full", _partly_used),
    )
    blocks = [f"# {escaped(dossier.title)}", _lede(dossier)]
    for heading, section in sections:
        body = list(section(dossier, notes))
        if body:
            blocks += [f"## {heading}", *body]
    run = dossier.run
    made = f"*{escaped(f'Consilience {run.version}, reader {run.reader}')}*"
    return (
        "\n\n".join([*blocks, "## How to read it", _HOW_TO_READ, made, *notes.footnotes()]) + "\n"
    )


def _lede(dossier: Dossier) -> str:
    counted = (
        f"{count(len(dossier.documents), 'document')}, "
        f"{count(len(dossier.origins), 'independent origin')}"
    )
    period = escaped(say_period(dossier))
    return f"{counted}{f', {period}' if period else ''}."


def _changes(dossier: Dossier, notes: Notes) -> Iterator[str]:
    if dossier.changes:
        yield "Since the state of the case before this one:"
        yield "\n".join(f"- {escaped(c.text)}{notes(c.passages)}" for c in dossier.changes)


def _account(dossier: Dossier, notes: Notes) -> Iterator[str]:
    if not dossier.account:
        yield "The documents do not support an account."
    for _, paragraph in groupby(dossier.account, key=lambda sentence: sentence.paragraph):
        yield " ".join(map(notes.told, paragraph))


def _timeline(dossier: Dossier, notes: Notes) -> Iterator[str]:
    event_ids = {entry.event_id for entry in dossier.timeline}
    entries: list[str] = []
    for entry in dossier.timeline:
        indent = "  " if entries and is_part(entry, event_ids, notes.book) else ""
        status = "" if entry.status is Factuality.HAPPENED else f" *({entry.status})*"
        when = escaped(_when(entry, notes.book))
        told = entry.text[:1].upper() + entry.text[1:]
        words = f"{escaped(told)}{notes(entry.passages)}"
        entries.append(f"{indent}- **{when}**{status} — {words}")
    if entries:
        yield "\n".join(entries)


def _when(entry: TimelineEntry, book: Lookup) -> str:
    if entry.placed is not None:
        said = say_placement(entry, entry.placed, book)
    elif entry.conflicts:
        said = " or ".join(say_dating(dating, book) for dating in entry.conflicts)
    else:
        said = say_moment(entry.when)
    return said[:1].upper() + said[1:]


def _people(dossier: Dossier, notes: Notes) -> Iterator[str]:
    others = []
    doubtful = doubts({entity.id: entity.names for entity in dossier.entities})
    for entity, utterances in speakers(dossier):
        doubt = f" [{doubtful[entity.id]}]" if entity.id in doubtful else ""
        names = [name for name in entity.names if name != entity.name]
        held = [*offices(entity, dossier, notes.book), *map(say_known, entity.known)]
        if not (utterances or held):
            also = f" ({escaped(listed(names))})" if names else ""
            others.append(f"{escaped(entity.name + doubt)}{also}")
            continue
        line = f"**{escaped(entity.name)}**{escaped(doubt)}"
        if held:
            line += f", {escaped(listed(held))}"
        if names:
            line += f" — also {escaped(listed(names))}"
        said = [f"- {_versions(versions, notes)}" for versions in utterances]
        yield "\n".join([line, "", *said]) if said else line
    if others:
        yield f"Also named: {', '.join(others)}."


def _versions(versions: list[Quotation], notes: Notes) -> str:
    """The versions of one utterance, those in the same words together, each with its notes."""
    told: dict[str, list[Quotation]] = {}
    for quotation in versions:
        how = manner(quotation)
        words = escaped(quoted(quotation, notes.book))
        told.setdefault(f"({how}) {words}" if how else words, []).append(quotation)
    return " / ".join(f"{words}{notes(q.passage for q in same)}" for words, same in told.items())


def _drift(dossier: Dossier, notes: Notes) -> Iterator[str]:
    lines = [
        f"- {escaped(told.words)} — {escaped('; '.join(told.lines))}{notes(told.passages)}"
        for told in strayed(dossier, notes.book)
    ]
    if lines:
        yield "\n".join(lines)


def _sources(dossier: Dossier, notes: Notes) -> Iterator[str]:
    places = {origin.id: n for n, origin in enumerate(dossier.origins, start=1)}
    lines = []
    for document in dossier.documents:
        place = places.get(notes.book.origin_ids.get(document.id, ""))
        lines.append(f"- {_source(document)}{'' if place is None else f'; origin {place}'}")
    if lines:
        yield "\n".join(lines)


def _source(document: Document) -> str:
    """Who wrote what and when, in which language, and how far it could be read."""
    title = f", “{escaped(document.title)}”" if document.source and document.title else ""
    author = f", by {escaped(document.author)}" if document.author else ""
    told = [escaped(f"{_dated(document)}"), escaped(language_name(document.language))]
    if document.updated is not None:
        told.append(escaped(f"last updated {say_when(document.updated)}"))
    if unread := say_unread(document):
        told.append(escaped(unread))
    if document.repairs:
        told.append(f"{count(len(document.repairs), 'repair')} of its characters")
    told.append(escaped(document.name))
    if document.url:
        told.append(escaped(document.url))
    return f"**{escaped(label(document))}**{title}{author}: {'; '.join(told)}"


def _dated(document: Document) -> str:
    """The day of publication, why it was inferred, and what speaks against it."""
    why = f" ({document.date_reason})" if document.date_reason is not None else ""
    against = "".join(f". But {c}" for c in document.date_conflicts[:CONFLICTS_MAX])
    more = len(document.date_conflicts) - CONFLICTS_MAX
    rest = f"; and {count(more, 'more such conflict')} in dossier.json" if more > 0 else ""
    return f"{say_dated(document)}{why}{against}{rest}"


def _origins(dossier: Dossier, notes: Notes) -> Iterator[str]:
    lines = []
    for origin in dossier.origins:
        for link in origin.links:
            copy, of = (label(notes.book.documents[d]) for d in (link.copy_id, link.of_id))
            cited = notes(p for match in link.evidence for p in (match.copy, match.of))
            lines.append(
                f"- {escaped(copy)} {LINK_WORDS[link.kind]} {escaped(of)} "
                f"(probability {link.probability:.2f}){cited}"
            )
    for embedded in dossier.embedded:
        said = escaped(say_embedded(embedded, notes.book))
        lines.append(f"- {said}{notes([embedded.passage])}")
    if lines:
        yield "\n".join(lines)


def _decisions(dossier: Dossier, _: Notes) -> Iterator[str]:
    lines = []
    for ruling in dossier.decisions:
        reason = f": {escaped(ruling.reason)}" if ruling.reason else ""
        lines.append(f"- {escaped(say_ruling(ruling))}{reason}")
    if lines:
        yield "\n".join(lines)


def _missing(dossier: Dossier, notes: Notes) -> Iterator[str]:
    if dossier.missing:
        yield "\n".join(f"- {escaped(m.text)}{notes(m.passages)}" for m in dossier.missing)


def _unused(dossier: Dossier, _: Notes) -> Iterator[str]:
    if failures := unused(dossier):
        yield _listed(failures)


def _partly_used(dossier: Dossier, _: Notes) -> Iterator[str]:
    if failures := partly_used(dossier):
        yield f"{say_partly_used(dossier)}:"
        yield _listed(failures)


def _listed(failures: Iterable[Failure]) -> str:
    return "\n".join(
        f"- {escaped(failure.name)} ({escaped(failure.stage)}): {escaped(failure.error)}"
        for failure in failures
    )
