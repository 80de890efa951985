"""What it costs that pages are parsed in a process of their own: `python -m bench.apart`.

Seconds of the processor for the first page and for a thousand more, in this process and apart.
"""

import hashlib
import resource

from consilience.ingest import Raw, apart, held, html, ingest_raw
from consilience.ingest.answers import Page

N_PAGES = 1_000
_WORDS = (
    "<p>At least {n} people were killed when a bridge fell into the river on Monday, police said."
    " The bridge had stood for sixty years and was due for repair.</p><p>Three more are missing,"
    " the mayor told reporters. She spoke outside the town hall, where relatives had gathered.</p>"
)


def main() -> None:
    pages = [_page(n) for n in range(N_PAGES + 1)]
    _spent(pages[:2])  # what both import
    first, rest = _spent(pages[:1]), _spent(pages) - _spent(pages[:1])
    apart.page_of = _here
    _spent(pages[:1])
    here = _spent(pages[1:])
    print(f"the process begins, with its first page: {first:.2f} s")
    print(
        f"{N_PAGES:,} pages: {rest:.2f} s apart, {here:.2f} s here; {here / rest:.0%} of the pace"
    )


def _here(markup: str) -> Page:
    return html.page_of(markup)


def _page(n: int) -> Raw:
    body = f"<nav>Home</nav><article><h1>Bridge falls</h1>{_WORDS.format(n=n) * 4}</article>"
    data = f"<html><head><title>Bridge falls</title></head><body>{body}</body></html>".encode()
    return Raw(f"{n}.html", ".html", hashlib.sha256(data).hexdigest(), data)


def _spent(pages: list[Raw]) -> float:
    """Seconds of the processor, this one's and those it began."""
    before = _processor_s()
    for page in pages:
        ingest_raw(page)
    held.end()
    return _processor_s() - before


def _processor_s() -> float:
    spent = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in spent)


if __name__ == "__main__":
    main()
