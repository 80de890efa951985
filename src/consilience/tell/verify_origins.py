"""Who draws on whom, and what is laid at another outlet's door, proven from the texts."""

import re
from collections.abc import Iterator

from consilience.outlets import known_outlet, outlet_name
from consilience.records import Dossier, Embedded, Link, LinkKind, Passage
from consilience.tell.lookup import Lookup


def check_origins(dossier: Dossier, book: Lookup) -> Iterator[str]:
    for origin in dossier.origins:
        for link in origin.links:
            yield from (f"origin {origin.id}: {problem}" for problem in _link(link, book))
            if not {link.copy_id, link.of_id} <= set(origin.document_ids):
                yield f"origin {origin.id}: {link.copy_id} or {link.of_id} belongs to another"
    for i, embedded in enumerate(dossier.embedded):
        yield from (f"embedded[{i}]: {problem}" for problem in _embedded(embedded, book))
    yield from _doors(dossier)


def _link(link: Link, book: Lookup) -> Iterator[str]:
    if not 0 <= link.probability <= 1:
        yield f"probability {link.probability} is not between 0 and 1"
    for match in link.evidence:
        if (match.copy.document_id, match.of.document_id) != (link.copy_id, link.of_id):
            yield f"evidence on other documents than {link.copy_id} and {link.of_id}"
        elif link.kind is LinkKind.VERBATIM and not _says_the_same(match.copy, match.of, book):
            yield f"“{book.words(match.copy)}” is not what {link.of_id} says"


def _says_the_same(a: Passage, b: Passage, book: Lookup) -> bool:
    """Whether two passages are the same words, whatever stands between them."""
    return _spoken_words(book.words(a)) == _spoken_words(book.words(b))


def _spoken_words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _embedded(embedded: Embedded, book: Lookup) -> Iterator[str]:
    named, passage = embedded.named, embedded.passage
    if not (passage.start <= named.start and named.end <= passage.end):
        yield "its outlet is named outside the passage"
    words = book.words(named)
    if embedded.source not in {outlet_name(words.removeprefix("the ")), known_outlet(words)}:
        yield f"“{words}” does not name {embedded.source}"


def _doors(dossier: Dossier) -> Iterator[str]:
    """One outlet has one origin."""
    by_source: dict[str, str] = {}
    for i, embedded in enumerate(dossier.embedded):
        first = by_source.setdefault(embedded.source, embedded.origin_id)
        if first != embedded.origin_id:
            yield f"embedded[{i}]: {embedded.source} is another origin elsewhere"
