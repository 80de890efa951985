"""The dossier as one Markdown file, every sentence with footnotes that quote its sources."""

import re
from collections.abc import Iterable, Iterator

from consilience.records import (
    Document,
    Dossier,
    Factuality,
    Finding,
    Passage,
    RelationKind,
    Status,
    TimelineEntry,
)
from consilience.tell.drift_told import strayed
from consilience.tell.lookup import Lookup, lookup
from consilience.tell.moments import is_part, say_dating, say_moment, say_placement
from consilience.tell.phrases import (
    LINK_WORDS,
    STATUS_WORDS,
    by_weight,
    count,
    listed,
    manner,
    offices,
    other_event,
    quoted,
    say_belief,
    say_dated,
    say_embedded,
    say_known,
    say_period,
    say_policies,
    say_ruling,
    say_said,
    say_sums,
    say_value,
    say_versions,
    say_voices,
    speakers,
)
from consilience.wording import label, language_name, printable, say_unread, say_when

# Every character that Markdown, tables or footnotes may take for its own.
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&!^$@=]")
# What would begin a list, a rule or a heading at the start of a line; or a bare address anywhere.
_AT_START = re.compile(r"^(?:[-+]|\d+(?=[.)]))")
_ADDRESS = re.compile(r"(?<=[A-Za-z]):(?=//)|(?<=www)\.", re.IGNORECASE)

_MARKS = re.compile('[“”„"«»]')


_TELLING = (RelationKind.UPDATED, RelationKind.CONTRADICTORY)
# More reasons than these for what is no conflict only tire the reader.
_PAIRS_MAX = 2


def to_markdown(dossier: Dossier) -> str:
    notes = _Notes(lookup(dossier))
    sections = (
        ("The account", _account),
        ("Where the accounts disagree", _disagreements),
        ("Figures and findings", _findings),
        ("Timeline", _timeline),
        ("People and what they said", _people),
        ("What changed in the telling", _drift),
        ("Sources", _sources),
        ("Who draws on whom", _origins),
        ("What analysts decided", _decisions),
        ("What nobody says", _missing),
        ("What could not be used", _failures),
    )
    blocks = [f"# {_escaped(dossier.title)}", _lede(dossier)]
    for heading, section in sections:
        body = list(section(dossier, notes))
        if body:
            blocks += [f"## {heading}", *body]
    blocks += notes.footnotes()
    run = dossier.run
    blocks.append(f"*{_escaped(f'Consilience {run.version}, reader {run.reader}')}*")
    return "\n\n".join(blocks) + "\n"


def _escaped(text: str) -> str:
    """Outside text on one line, none of it read as Markdown."""
    line = printable(" ".join(text.split()))
    line = _SPECIAL.sub(lambda match: f"\\{match[0]}", line)
    line = _ADDRESS.sub(lambda match: f"\\{match[0]}", line)
    return _AT_START.sub(lambda m: f"{m[0]}\\" if m[0].isdigit() else f"\\{m[0]}", line)


class _Notes:
    """The footnotes, numbered in the order they are first called for."""

    def __init__(self, book: Lookup) -> None:
        self.book = book
        self._numbers: dict[Passage, int] = {}

    def __call__(self, passages: Iterable[Passage]) -> str:
        return "".join(f"[^{self._number(passage)}]" for passage in dict.fromkeys(passages))

    def _number(self, passage: Passage) -> int:
        return self._numbers.setdefault(passage, len(self._numbers) + 1)

    def footnotes(self) -> list[str]:
        return [f"[^{n}]: {self._cited(passage)}" for passage, n in self._numbers.items()]

    def _cited(self, passage: Passage) -> str:
        document = self.book.documents[passage.document_id]
        title = f"“{_escaped(document.title)}”, " if document.source and document.title else ""
        words = self.book.words(passage)
        # Words that hold quotation marks of their own are set without ours.
        marked = words if _MARKS.search(words) else f"“{words}”"
        dated = _escaped(say_dated(document))
        return f"{_escaped(label(document))}, {title}{dated}: {_escaped(marked)}"


def _lede(dossier: Dossier) -> str:
    counted = (
        f"{count(len(dossier.documents), 'document')}, "
        f"{count(len(dossier.origins), 'independent origin')}"
    )
    period = _escaped(say_period(dossier))
    return f"{counted}{f', {period}' if period else ''}."


def _account(dossier: Dossier, notes: _Notes) -> Iterator[str]:
    for sentence in dossier.account:
        yield f"{_escaped(sentence.text)}{notes(sentence.passages)}"


def _disagreements(dossier: Dossier, notes: _Notes) -> Iterator[str]:
    for finding in by_weight(dossier):
        if finding.status is Status.CONTRADICTED:
            yield _finding(finding, notes)


def _findings(dossier: Dossier, notes: _Notes) -> Iterator[str]:
    for finding in by_weight(dossier):
        if finding.status is not Status.CONTRADICTED:
            yield _finding(finding, notes)


def _finding(finding: Finding, notes: _Notes) -> str:
    book = notes.book
    about = other_event(finding, book)
    of_other = "" if about is None else f" ({_escaped(about)})"
    lines = [f"**{_escaped(finding.question)}**{of_other} — {STATUS_WORDS[finding.status]}"]
    if finding.locked_by is not None:
        lines[0] += f", decided by {_escaped(finding.locked_by)}"
    lines.append("")
    for candidate in finding.candidates:
        counted = (
            f"{count(candidate.n_documents, 'document')}, "
            f"{count(candidate.n_origins, 'independent origin')}"
        )
        if len(finding.candidates) > 1:
            counted += f", {say_belief(candidate)}"
        said = _escaped(say_said(candidate))
        cited = notes(book.claims[claim_id].passage for claim_id in candidate.claim_ids)
        lines.append(
            f"- **{_escaped(say_value(candidate.value, book))}** — "
            f"{_escaped(say_voices(candidate, book))}; "
            f"{counted}{f'; {said}' if said else ''}{cited}"
        )
        lines += [f"  - added up: {_escaped(said)}" for said in say_sums(candidate, book)]
    lines += _reasons(finding)
    for voice, answers, passages in say_versions(finding, book):
        lines.append(f"- *{_escaped(voice)} said* {_escaped(answers)}{notes(passages)}")
    chosen = [f"{words} {_escaped(value)}" for words, value in say_policies(finding, book)]
    if len(finding.candidates) > 1 and chosen:
        lines.append(f"- *By policy:* {', '.join(chosen)}")
    return "\n".join(lines)


def _reasons(finding: Finding) -> Iterator[str]:
    """Why the answers stand as they do; many that can all be true are only counted."""
    telling = [r for r in finding.relations if r.kind in _TELLING]
    others = [r for r in finding.relations if r.kind not in _TELLING]
    for relation in telling + (others if len(others) <= _PAIRS_MAX else []):
        yield f"- *Why {relation.kind}:* {_escaped(relation.why)}"
    if len(others) > _PAIRS_MAX:
        yield f"- {len(others)} pairs of these answers can both be true"


def _timeline(dossier: Dossier, notes: _Notes) -> Iterator[str]:
    event_ids = {entry.event_id for entry in dossier.timeline}
    entries = []
    for entry in dossier.timeline:
        indent = "  " if is_part(entry, event_ids, notes.book) else ""
        status = "" if entry.status is Factuality.HAPPENED else f" *({entry.status})*"
        when = _escaped(_when(entry, notes.book))
        told = entry.text[:1].upper() + entry.text[1:]
        words = f"{_escaped(told)}{notes(entry.passages)}"
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


def _people(dossier: Dossier, notes: _Notes) -> Iterator[str]:
    for entity, utterances in speakers(dossier):
        others = [name for name in entity.names if name != entity.name]
        held = [*offices(entity, dossier, notes.book), *map(say_known, entity.known)]
        line = f"**{_escaped(entity.name)}**"
        if held:
            line += f", {_escaped(listed(held))}"
        if others:
            line += f" — also {_escaped(listed(others))}"
        said = []
        for versions in utterances:
            told = [_escaped(quoted(q, notes.book)) for q in versions]
            said_words = [
                f"({manner(q)}) {words}" if manner(q) else words
                for q, words in zip(versions, told, strict=True)
            ]
            cited = notes(q.passage for q in versions)
            said.append(f"- {' / '.join(said_words)}{cited}")
        yield "\n".join([line, "", *said]) if said else line


def _drift(dossier: Dossier, notes: _Notes) -> Iterator[str]:
    lines = [
        f"- {_escaped(told.words)} — {_escaped('; '.join(told.lines))}{notes(told.passages)}"
        for told in strayed(dossier, notes.book)
    ]
    if lines:
        yield "\n".join(lines)


def _sources(dossier: Dossier, notes: _Notes) -> Iterator[str]:
    rows = [
        "| Source | Title | Published | Language | Origin | Last updated | Repairs |",
        "|---|---|---|---|---|---|---|",
    ]
    for document in dossier.documents:
        updated = _escaped(say_when(document.updated)) if document.updated is not None else "–"
        cells = (
            _escaped(label(document)),
            _escaped(document.title or "–"),
            _escaped(_dated(document)),
            _language(document),
            _escaped(notes.book.origin_ids.get(document.id, "–")),
            updated,
            str(len(document.repairs) or "–"),
        )
        rows.append(f"| {' | '.join(cells)} |")
    yield "\n".join(rows)


def _dated(document: Document) -> str:
    """The day of publication, why it was inferred, and what speaks against it."""
    why = f" ({document.date_reason})" if document.date_reason is not None else ""
    return f"{say_dated(document)}{why}{''.join(f'. But {c}' for c in document.date_conflicts)}"


def _language(document: Document) -> str:
    unread = say_unread(document)
    name = _escaped(language_name(document.language))
    return name if unread is None else f"{name} ({unread})"


def _origins(dossier: Dossier, notes: _Notes) -> Iterator[str]:
    lines = []
    for origin in dossier.origins:
        for link in origin.links:
            copy, of = (label(notes.book.documents[d]) for d in (link.copy_id, link.of_id))
            cited = notes(match.copy for match in link.evidence)
            lines.append(
                f"- {_escaped(copy)} {LINK_WORDS[link.kind]} {_escaped(of)} "
                f"(probability {link.probability:.2f}){cited}"
            )
    for embedded in dossier.embedded:
        said = _escaped(say_embedded(embedded, notes.book))
        lines.append(f"- {said}{notes([embedded.passage])}")
    if lines:
        yield "\n".join(lines)


def _decisions(dossier: Dossier, _: _Notes) -> Iterator[str]:
    lines = []
    for ruling in dossier.decisions:
        reason = f": {_escaped(ruling.reason)}" if ruling.reason else ""
        lines.append(f"- {_escaped(say_ruling(ruling))}{reason}")
    if lines:
        yield "\n".join(lines)


def _missing(dossier: Dossier, notes: _Notes) -> Iterator[str]:
    if dossier.missing:
        yield "\n".join(f"- {_escaped(m.text)}{notes(m.passages)}" for m in dossier.missing)


def _failures(dossier: Dossier, _: _Notes) -> Iterator[str]:
    if dossier.failures:
        yield "\n".join(
            f"- {_escaped(failure.name)} ({_escaped(failure.stage)}): {_escaped(failure.error)}"
            for failure in dossier.failures
        )
