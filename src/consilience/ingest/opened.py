"""An input to its documents, whatever its format; what is left out of one is said beside it."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from consilience.errors import InputError
from consilience.ingest import apart
from consilience.ingest.answers import Entry, Page
from consilience.ingest.document import Given, document_of, document_of_title
from consilience.ingest.inputs import STAGE, Raw, suffix_of
from consilience.ingest.jsonl import lines_of, parse_line
from consilience.ingest.limits import DOCUMENT_CHARS_MAX, DOCUMENTS_MAX, FORWARDS_MAX
from consilience.ingest.markdown import rendered
from consilience.ingest.normal import printed
from consilience.ingest.text import decode, line_ends
from consilience.records import DateBasis, Document, Failure, PartKind

Outcome = Document | Failure

_ATTACHED = (".txt", ".md", ".html", ".htm", ".pdf", ".eml")
# The marked-up text of a mail is taken where it says so much more than the plain one, which in
# newsletters only tells where to read them.
_FULLER = 2


def documents_of(raw: Raw) -> Iterator[Outcome]:
    """The documents of one input: one, or one for each line, entry or attachment."""
    try:
        match raw.suffix:
            case ".jsonl":
                yield from _lines(raw)
            case ".xml":
                yield from _feed(raw)
            case ".eml":
                yield from _mail(raw, FORWARDS_MAX)
            case ".pdf":
                pages = apart.text_of_pdf(raw.data, raw.name)
                yield from _document(pages.text, raw.given, raw.name, raw.sha256, pages.cut)
            case _:
                yield from _file(raw)
    except InputError as error:
        yield Failure(raw.name, STAGE, str(error))


def documents_of_line(line: bytes, place: str, *, needs_text: bool = True) -> Iterator[Outcome]:
    """The document of a line of JSON Lines; `place` names it where it does not itself.

    One that has no text is a Failure, or without `needs_text` a document of its title.
    """
    try:
        fields = parse_line(line, place, needs_text=needs_text)
    except InputError as error:
        yield Failure(place, STAGE, str(error))
        return
    try:
        if fields.markup is not None:
            yield from _markup(fields.markup, fields.given, fields.name, fields.sha256)
        else:
            text = line_ends(fields.text or "")
            yield from _document(text, fields.given, fields.name, fields.sha256)
    except InputError as error:
        if needs_text:
            yield Failure(place, STAGE, str(error))
        else:
            yield document_of_title(fields.given, name=fields.name, sha256=fields.sha256)


def _lines(raw: Raw) -> Iterator[Outcome]:
    n_lines = 0
    for number, line in lines_of(raw.data):
        n_lines += 1
        if n_lines > DOCUMENTS_MAX:
            yield _said(raw.name, f"cut after {DOCUMENTS_MAX:,} documents")
            return
        yield from documents_of_line(line, f"{raw.name}:{number}")
    if n_lines == 0:
        raise InputError(f"{raw.name}: no lines in it; give one document a line")


def _file(raw: Raw) -> Iterator[Outcome]:
    is_markup = raw.suffix in (".html", ".htm")
    decoded = decode(raw.data, raw.name, is_markup=is_markup)
    if is_markup:
        yield from _markup(decoded.text, raw.given, raw.name, raw.sha256)
    elif raw.suffix == ".md":
        page = rendered(decoded.text)
        yield from _document(page.text, page.given, raw.name, raw.sha256, kinds=page.kinds)
    else:
        yield from _document(decoded.text, raw.given, raw.name, raw.sha256, guessed=decoded.guessed)


def _feed(raw: Raw) -> Iterator[Outcome]:
    feed = apart.feed_of(raw.data, raw.name)
    for entry in feed.entries:
        name = printed(entry.name)
        try:
            yield from _entry(entry, name)
        except InputError as error:
            yield Failure(name, STAGE, str(error))
    if feed.cut is not None:
        yield _said(raw.name, feed.cut)


def _entry(entry: Entry, name: str) -> Iterator[Outcome]:
    """An entry of a feed, which may have no text but its title."""
    page = apart.page_of(entry.markup) if entry.markup.strip() else None
    if page is not None and page.text.strip():
        yield from _paged(page, entry.given, name, entry.sha256)
    elif entry.given.title:
        yield from _document(entry.given.title, entry.given, name, entry.sha256)
    else:
        raise InputError(f"{name}: an entry with neither title nor text")


def _mail(raw: Raw, n_forwards: int) -> Iterator[Outcome]:
    """The mail, and what is attached to it and can be read."""
    mail = apart.mail_of(raw.data, raw.name)
    page = apart.page_of(mail.markup) if mail.markup.strip() else None
    try:
        if page is not None and len(page.text) > _FULLER * len(mail.text):
            yield from _paged(page, mail.given, raw.name, raw.sha256)
        elif mail.text.strip() or not mail.attachments:
            yield from _document(line_ends(mail.text), mail.given, raw.name, raw.sha256)
    except InputError as error:
        yield Failure(raw.name, STAGE, str(error))
    for file, data in mail.attachments:
        yield from _attachment(f"{raw.name}/{printed(file)}", data, n_forwards)
    if mail.cut is not None:
        yield _said(raw.name, mail.cut)


def _attachment(name: str, data: bytes | None, n_forwards: int) -> Iterator[Outcome]:
    suffix = suffix_of(name)
    if data is None:
        yield _said(name, "an attachment that cannot be read")
    elif suffix not in _ATTACHED:
        yield _said(name, "an attachment of a format that is not read")
    elif suffix == ".eml" and n_forwards == 0:
        yield _said(name, "mails within mails, too deep to be read")
    else:
        raw = Raw(name, suffix, hashlib.sha256(data).hexdigest(), data)
        if suffix != ".eml":
            yield from documents_of(raw)
            return
        try:
            yield from _mail(raw, n_forwards - 1)
        except InputError as error:
            yield Failure(name, STAGE, str(error))


def _markup(markup: str, given: Given, name: str, sha256: str) -> Iterator[Outcome]:
    page = apart.page_of(markup)
    if not page.text.strip():
        raise InputError(f"{name}: an HTML page with no text; save it with its article")
    yield from _paged(page, _preferred(given, page.given), name, sha256)


def _paged(page: Page, given: Given, name: str, sha256: str) -> Iterator[Outcome]:
    said = [] if page.danger is None else [f"read as text only: {page.danger}"]
    if page.n_hidden:
        said.append(f"{page.n_hidden:,} characters left out that its readers do not see")
    if page.n_veiled:
        said.append(f"{page.n_veiled:,} characters read that it hides, since it shows less")
    left_out = "; ".join(said) or None
    yield from _document(page.text, given, name, sha256, left_out, kinds=page.kinds)


def _document(
    text: str,
    given: Given,
    name: str,
    sha256: str,
    left_out: str | None = None,
    *,
    guessed: tuple[tuple[int, int, int], ...] = (),
    kinds: dict[int, PartKind] | None = None,
) -> Iterator[Outcome]:
    """The document, and what of its input is not in it."""
    whole = len(text)
    if whole > DOCUMENT_CHARS_MAX:
        text = text[:DOCUMENT_CHARS_MAX]
        guessed = tuple(stretch for stretch in guessed if stretch[1] <= DOCUMENT_CHARS_MAX)
    yield document_of(text, given, name=name, sha256=sha256, guessed=guessed, kinds=kinds)
    if left_out is not None:
        yield _said(name, left_out)
    if whole > DOCUMENT_CHARS_MAX:
        yield _said(name, f"cut after {DOCUMENT_CHARS_MAX:,} of {whole:,} characters")


def _said(name: str, what: str) -> Failure:
    return Failure(name, STAGE, f"{name}: {what}")


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
