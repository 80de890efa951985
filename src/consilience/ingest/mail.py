"""A mail to its text, its headers and what is attached to it."""

import email
from collections.abc import Iterator
from contextlib import suppress
from email import policy
from email.message import EmailMessage, MIMEPart
from itertools import islice

from consilience.errors import InputError
from consilience.ingest.answers import Mail
from consilience.ingest.document import Given
from consilience.ingest.limits import ATTACHMENTS_MAX
from consilience.ingest.stamps import parse_stamp
from consilience.records import DateBasis, When

# What broken headers and parts make the standard library raise.
_FOREIGN_ERRORS = (AttributeError, LookupError, TypeError, ValueError, RecursionError)


def mail_of(data: bytes, name: str) -> Mail:
    """Read one message (RFC 5322).

    Raises:
        InputError: it has no headers of a mail.
    """
    message = email.message_from_bytes(data, policy=policy.default)
    if not isinstance(message, EmailMessage) or not any(
        _header(message, header) for header in ("from", "date", "subject")
    ):
        raise InputError(f"{name}: no mail; give one with its headers")
    found = _attachments(message)
    attachments = tuple(islice(found, ATTACHMENTS_MAX))
    is_cut = next(found, None) is not None
    return Mail(
        text=_body(message, "plain"),
        markup=_body(message, "html"),
        given=Given(
            title=_header(message, "subject"),
            author=_sender(message),
            published=_date(message),
            basis=DateBasis.METADATA,
        ),
        attachments=attachments,
        cut=f"cut after {ATTACHMENTS_MAX:,} attachments" if is_cut else None,
    )


def _header(message: EmailMessage, name: str) -> str | None:
    with suppress(*_FOREIGN_ERRORS):
        words = " ".join(str(message[name] or "").split())
        return words or None
    return None


def _body(message: EmailMessage, kind: str) -> str:
    with suppress(*_FOREIGN_ERRORS):
        part = message.get_body((kind,))
        if part is not None:
            return _text_of(part)
    return ""


def _text_of(part: MIMEPart) -> str:
    try:
        content = part.get_content()
    except LookupError:  # a charset that nobody knows
        content = part.get_payload(decode=True)
    if isinstance(content, bytes):
        return content.decode("utf-8", "replace")
    return content if isinstance(content, str) else ""


def _sender(message: EmailMessage) -> str | None:
    with suppress(*_FOREIGN_ERRORS):
        (first, *_) = message["from"].addresses
        return str(first.display_name or first.addr_spec) or None
    return None


def _date(message: EmailMessage) -> When | None:
    with suppress(*_FOREIGN_ERRORS):
        moment = message["date"].datetime
        when = None if moment is None else parse_stamp(moment.isoformat())
        if when is not None and when.start is not None:
            return When(when.start, when.end, when.value, str(message["date"]))
    return None


def _attachments(message: EmailMessage) -> Iterator[tuple[str, bytes | None]]:
    """Name and bytes of each attachment, a forwarded mail among them; None where it is broken."""
    for number, part in enumerate(_attached(message), 1):
        name, content = f"{number}", None
        with suppress(*_FOREIGN_ERRORS):
            name = part.get_filename() or name
            if part.get_content_type() == "message/rfc822":
                name, content = f"{number}.eml", part.get_content().as_bytes()
            elif isinstance(held := part.get_content(), bytes):
                content = held
            elif isinstance(held, str):
                name, content = part.get_filename() or f"{number}.txt", held.encode()
        yield name, content


def _attached(message: EmailMessage) -> Iterator[EmailMessage]:
    """The attachments, and instead of what has parts itself these; a mail that is all of one."""
    if message.get_content_type() == "message/rfc822":
        yield message
    for part in message.iter_attachments():
        if part.get_content_maintype() != "multipart":
            yield part
            continue
        yield from (one for one in part.walk() if one.get_content_maintype() != "multipart")
