"""Bytes to documents: one at a time, with nothing known of the others."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from consilience.errors import InputError
from consilience.ingest.document import Given, document_of, document_of_title
from consilience.ingest.feeds import Entry, entries_of
from consilience.ingest.html import page_of
from consilience.ingest.inputs import STAGE, Fetch, Raw, list_inputs, suffix_of
from consilience.ingest.jsonl import lines_of, parse_line
from consilience.ingest.mail import mail_of
from consilience.ingest.markdown import rendered
from consilience.ingest.pdf import text_of_pdf
from consilience.ingest.stream import list_lines
from consilience.ingest.text import decode, line_ends
from consilience.records import DateBasis, Document, Failure

__all__ = ["Raw", "ingest", "ingest_json", "ingest_raw", "ingest_stream", "list_inputs"]


# Mails within mails are opened so deep.
_MAX_FORWARDS = 3
_ATTACHED = (".txt", ".md", ".html", ".htm", ".pdf", ".eml")


def ingest(
    inputs: Iterable[str | Path], *, stdin: BinaryIO | None = None, fetch: Fetch | None = None
) -> Iterator[Document | Failure]:
    """Every document of the inputs, in their order, and a Failure for each that cannot be used.

    Ids are unique: a second document under an id that was given before is a Failure.
    """
    seen: set[str] = set()
    for raw in list_inputs(inputs, stdin=stdin, fetch=fetch):
        found = (raw,) if isinstance(raw, Failure) else ingest_raw(raw)
        yield from _unique(found, seen)


def ingest_stream(
    inputs: Iterable[str | Path], *, stdin: BinaryIO | None = None, fetch: Fetch | None = None
) -> Iterator[Document | Failure]:
    """As `ingest`, for streams of any length: of JSON Lines one line is held at a time.

    A line without text is a document of its title, or of nothing. One given twice comes twice; only
    what else is said under its id is a Failure.
    """
    seen: dict[str, str] = {}
    for one in list_lines(inputs, stdin=stdin, fetch=fetch):
        match one:
            case Failure():
                found: tuple[Document | Failure, ...] = (one,)
            case Raw():
                found = ingest_raw(one)
            case (place, line):
                found = (_ingest_line(line, place),)
        for outcome in found:
            if isinstance(outcome, Document):
                is_other = seen.setdefault(outcome.id, outcome.sha256) != outcome.sha256
                yield _id_taken(outcome) if is_other else outcome
            else:
                yield outcome


def ingest_raw(raw: Raw) -> tuple[Document | Failure, ...]:
    """The documents of one input: one, or one for each line, entry or attachment."""
    found = _documents_of(raw)
    if raw.given.retrieved is None:
        return found
    return tuple(_retrieved(one, raw) if isinstance(one, Document) else one for one in found)


def _retrieved(document: Document, raw: Raw) -> Document:
    """Where it came from, unless it says so itself, as an entry of a feed does."""
    retrieved = document.retrieved or raw.given.retrieved
    return replace(document, url=document.url or raw.given.url, retrieved=retrieved)


def _documents_of(raw: Raw) -> tuple[Document | Failure, ...]:
    if raw.suffix == ".jsonl":
        lines = lines_of(raw.data)
        found = tuple(ingest_json(line, f"{raw.name}:{number}") for number, line in lines)
        empty = Failure(raw.name, STAGE, f"{raw.name}: no lines in it; give one document a line")
        return tuple(_unique(found, set())) or (empty,)
    try:
        if raw.suffix == ".xml":
            return tuple(_unique(map(_from_entry, entries_of(raw.data, raw.name)), set()))
        if raw.suffix == ".eml":
            return tuple(_unique(_from_mail(raw, _MAX_FORWARDS), set()))
        return (_from_file(raw),)
    except InputError as error:
        return (Failure(raw.name, STAGE, str(error)),)


def ingest_json(line: bytes, place: str) -> Document | Failure:
    """The document that one JSON object describes; `place` names it where it does not itself."""
    try:
        fields = parse_line(line, place)
        if fields.markup is not None:
            return _from_markup(fields.markup, fields.given, fields.name, fields.sha256)
        text = line_ends(fields.text or "")
        return document_of(text, fields.given, name=fields.name, sha256=fields.sha256)
    except InputError as error:
        return Failure(place, STAGE, str(error))


def _ingest_line(line: bytes, place: str) -> Document | Failure:
    outcome = ingest_json(line, place)
    if isinstance(outcome, Document):
        return outcome
    try:
        fields = parse_line(line, place, needs_text=False)
    except InputError:
        return outcome
    return document_of_title(fields.given, name=fields.name, sha256=fields.sha256)


def _unique(found: Iterable[Document | Failure], seen: set[str]) -> Iterator[Document | Failure]:
    for item in found:
        if isinstance(item, Document):
            if item.id in seen:
                yield _id_taken(item)
                continue
            seen.add(item.id)
        yield item


def _id_taken(document: Document) -> Failure:
    why = f"{document.name}: id {document.id} is taken; give every document its own"
    return Failure(document.name, STAGE, why)


def _from_file(raw: Raw) -> Document:
    if raw.suffix == ".pdf":
        text = text_of_pdf(raw.data, raw.name)
        return document_of(text, raw.given, name=raw.name, sha256=raw.sha256)
    is_markup = raw.suffix in (".html", ".htm")
    decoded = decode(raw.data, raw.name, is_markup=is_markup)
    if is_markup:
        return _from_markup(decoded.text, raw.given, raw.name, raw.sha256)
    if raw.suffix == ".md":
        page = rendered(decoded.text)
        return document_of(
            page.text, page.given, name=raw.name, sha256=raw.sha256, kinds=page.kinds
        )
    return document_of(
        decoded.text, raw.given, name=raw.name, sha256=raw.sha256, guessed=decoded.guessed
    )


def _from_entry(entry: Entry) -> Document | Failure:
    """An entry of a feed, which may have no text but its title."""
    try:
        page = page_of(entry.markup)
        if page.text.strip():
            return document_of(
                page.text, entry.given, name=entry.name, sha256=entry.sha256, kinds=page.kinds
            )
        if entry.given.title:
            return document_of(entry.given.title, entry.given, name=entry.name, sha256=entry.sha256)
        raise InputError(f"{entry.name}: an entry with neither title nor text")
    except InputError as error:
        return Failure(entry.name, STAGE, str(error))


def _from_mail(raw: Raw, n_forwards: int) -> Iterator[Document | Failure]:
    """The mail, and what is attached to it and can be read."""
    mail = mail_of(raw.data, raw.name)
    page = page_of(mail.markup) if mail.markup.strip() else None
    try:
        if page is not None and mail.prefers_markup(page.text):
            yield document_of(
                page.text, mail.given, name=raw.name, sha256=raw.sha256, kinds=page.kinds
            )
        elif mail.text.strip() or not mail.attachments:
            text = line_ends(mail.text)
            yield document_of(text, mail.given, name=raw.name, sha256=raw.sha256)
    except InputError as error:
        yield Failure(raw.name, STAGE, str(error))
    for file, data in mail.attachments:
        name, suffix = f"{raw.name}/{file}", suffix_of(file)
        one = Raw(name, suffix, hashlib.sha256(data).hexdigest(), data, Given())
        if suffix not in _ATTACHED:
            why = f"{name}: an attachment of a format that is not read"
            yield Failure(name, STAGE, why)
        elif suffix == ".eml":
            yield from _forwarded(one, n_forwards)
        else:
            yield from ingest_raw(one)


def _forwarded(raw: Raw, n_forwards: int) -> Iterator[Document | Failure]:
    try:
        if n_forwards == 0:
            raise InputError(f"{raw.name}: mails within mails, too deep to be read")
        yield from _from_mail(raw, n_forwards - 1)
    except InputError as error:
        yield Failure(raw.name, STAGE, str(error))


def _from_markup(markup: str, given: Given, name: str, sha256: str) -> Document:
    page = page_of(markup)
    if not page.text.strip():
        raise InputError(f"{name}: an HTML page with no text; save it with its article")
    return document_of(
        page.text, _preferred(given, page.given), name=name, sha256=sha256, kinds=page.kinds
    )


def _preferred(given: Given, page: Given) -> Given:
    """What was given, and where nothing was, what the page says."""
    published = given.published or page.published
    return replace(
        given,
        title=given.title or page.title,
        url=given.url or page.url,
        source=given.source or (None if given.url else page.source),
        author=given.author or page.author,
        published=published,
        basis=DateBasis.GIVEN if given.published else page.basis,
        updated=given.updated or page.updated,
    )
