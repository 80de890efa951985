"""A PDF to its text: pages in order, words joined over line ends, running heads left out."""

import io
import logging
import re
from collections import Counter

from consilience.errors import InputError

MAX_PAGES = 2_000
MAX_CHARS = 5_000_000
# A line at the top or foot of so many pages is no part of the text.
_RUNNING_PAGES = 3
_HYPHEN = re.compile(r"(?<=[a-zà-ÿ])[-\xad]\n(?=[a-zà-ÿ])")
_NUMBER = re.compile(r"\d+")


def text_of_pdf(data: bytes, name: str) -> str:
    """The text, pages divided by an empty line.

    Raises:
        InputError: it is no PDF, is locked, holds no text, or more than the limits allow.
    """
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(f"{name}: a locked PDF; give it without a password")
        if len(reader.pages) > MAX_PAGES:
            raise InputError(f"{name}: more than {MAX_PAGES} pages; split it")
        pages: list[str] = []
        n_chars = 0
        for page in reader.pages:
            pages.append(page.extract_text())
            n_chars += len(pages[-1])
            if n_chars > MAX_CHARS:
                raise InputError(f"{name}: more than {MAX_CHARS} characters; split it")
    except InputError:
        raise
    except Exception as error:
        why = " ".join(str(error).split()) or type(error).__name__
        raise InputError(f"{name}: cannot be read as PDF ({why}); save it again") from error
    text = "\n\n".join(_without_running(pages))
    if not text.strip():
        raise InputError(f"{name}: a PDF without text, maybe a scan; run text recognition first")
    return _HYPHEN.sub("", text)


def _without_running(pages: list[str]) -> list[str]:
    lines = [[line.rstrip() for line in page.split("\n")] for page in pages]
    ends = Counter(
        _shape(line)
        for page in lines
        for line in {_shape(one): one for one in (*page[:1], *page[-1:])}.values()
    )
    running = {shape for shape, n in ends.items() if n >= _RUNNING_PAGES}
    kept = []
    for page in lines:
        if page and _shape(page[0]) in running:
            page = page[1:]
        if page and _shape(page[-1]) in running:
            page = page[:-1]
        kept.append("\n".join(page).strip("\n"))
    return [page for page in kept if page.strip()]


def _shape(line: str) -> str:
    """A line without what changes from page to page."""
    return _NUMBER.sub("#", line.strip())
