"""A mail to its text, its headers and what is attached to it."""

import email
from collections.abc import Iterator
from contextlib import suppress
from email import policy
from email.message import EmailMessage
from typing import NamedTuple

from consilience.errors import InputError
from consilience.ingest.document import Given
from consilience.ingest.stamps import parse_stamp
from consilience.records import DateBasis, When

# What broken headers and parts make the standard library raise.
_FOREIGN_ERRORS = (AttributeError, LookupError, TypeError, ValueError, RecursionError)
# A part with the marked-up text is taken where it says so much more than the plain one, which
# in newsletters only tells where to read them.
_FULLER = 2


class Mail(NamedTuple):
    """`text` and `markup` as the mail has them, either may be empty."""

    text: str
    markup: str
    given: Given
    attachments: tuple[tuple[str, bytes], ...]

    def prefers_markup(self, marked_text: str) -> bool:
        return len(marked_text) > _FULLER * len(self.text)


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
    return Mail(
        text=_body(message, "plain"),
        markup=_body(message, "html"),
        given=Given(
            title=_header(message, "subject"),
            author=_sender(message),
            published=_date(message),
            basis=DateBasis.METADATA,
        ),
        attachments=tuple(_attachments(message)),
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
            content = part.get_content()
            return content if isinstance(content, str) else ""
    return ""


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


def _attachments(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each attachment, a forwarded mail among them."""
    with suppress(*_FOREIGN_ERRORS):
        for number, part in enumerate(message.iter_attachments(), 1):
            with suppress(*_FOREIGN_ERRORS):
                if part.get_content_type() == "message/rfc822":
                    yield f"{number}.eml", part.get_content().as_bytes()
                elif isinstance(content := part.get_content(), bytes):
                    yield part.get_filename() or f"{number}", content
                elif isinstance(content, str):
                    yield part.get_filename() or f"{number}.txt", content.encode()
