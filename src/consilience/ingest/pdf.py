"""A PDF to its text: pages in order, words joined over line ends, running heads left out."""

import io
import logging
import re
from collections import Counter
from itertools import islice

from consilience.errors import InputError
from consilience.ingest.answers import Pages
from consilience.ingest.limits import DOCUMENT_CHARS_MAX, PDF_PAGES_MAX

# A line at the top or foot of so many pages is no part of the text.
_RUNNING_PAGES = 3
_HYPHEN = re.compile(r"(?<=[a-zà-ÿ])[-\xad]\n(?=[a-zà-ÿ])")
_NUMBER = re.compile(r"\d+")


def text_of_pdf(data: bytes, name: str) -> Pages:
    """The text, pages divided by an empty line.

    Raises:
        InputError: it is no PDF, is locked, or holds no text.
    """
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(f"{name}: a locked PDF; give it without a password")
        n_pages = len(reader.pages)
        pages: list[str] = []
        n_chars = 0
        for page in islice(reader.pages, PDF_PAGES_MAX):
            pages.append(page.extract_text())
            n_chars += len(pages[-1])
            if n_chars > DOCUMENT_CHARS_MAX:
                break
    except InputError:
        raise
    except Exception as error:
        why = " ".join(str(error).split()) or type(error).__name__
        raise InputError(f"{name}: cannot be read as PDF ({why}); save it again") from error
    text = "\n\n".join(_without_running(pages))
    if not text.strip():
        raise InputError(f"{name}: a PDF without text, maybe a scan; run text recognition first")
    is_cut = len(pages) < n_pages
    cut = f"cut after page {len(pages):,} of {n_pages:,}" if is_cut else None
    return Pages(_HYPHEN.sub("", text), cut)


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
