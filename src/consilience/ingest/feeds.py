"""Feeds to their entries: RSS 2.0, RSS 1.0 (RDF) and Atom."""

import hashlib
from collections.abc import Iterator
from itertools import islice
from typing import Any

from consilience.errors import InputError
from consilience.ingest.answers import Entry, Feed
from consilience.ingest.document import Given
from consilience.ingest.limits import ENTRIES_MAX
from consilience.ingest.stamps import parse_stamp
from consilience.records import DateBasis, When

_ROOTS = frozenset({"rss", "RDF", "feed"})
# What holds the text of an entry, the fullest first; all but the first may be a summary.
_TEXTS = ("encoded", "content", "description", "summary")


def feed_of(data: bytes, name: str) -> Feed:
    """The entries of a feed in its order, those without a text with their title alone.

    No entity is expanded, no DTD loaded, nothing fetched.

    Raises:
        InputError: it is no XML, or no feed.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        # Its own message repeats words of the document.
        line, column = error.position
        where = f"broken at line {line}, column {column}"
        raise InputError(f"{name}: not XML ({where}); give a feed, RSS or Atom") from error
    except ValueError as error:
        raise InputError(f"{name}: not XML; give a feed, RSS or Atom") from error
    if _tag(root) not in _ROOTS:
        raise InputError(f"{name}: XML, but neither RSS nor Atom; give a feed")
    channel = _child(root, "channel")
    source = _text(_child(root if channel is None else channel, "title"))
    found = (one for one in root.iter() if _tag(one) in ("item", "entry"))
    entries = list(islice(found, ENTRIES_MAX))
    if not entries:
        raise InputError(f"{name}: a feed without entries")
    is_cut = next(found, None) is not None
    return Feed(
        tuple(_entries(entries, source, name)),
        f"cut after {ENTRIES_MAX:,} entries" if is_cut else None,
    )


def _entries(entries: list[Any], source: str | None, name: str) -> Iterator[Entry]:
    from lxml import etree

    for number, entry in enumerate(entries, 1):
        link = _link(entry)
        author = _child(entry, "creator", "author")
        inner = None if author is None else _child(author, "name")
        yield Entry(
            name=link or f"{name}:{number}",
            sha256=hashlib.sha256(etree.tostring(entry, with_tail=False)).hexdigest(),
            markup=_markup(entry),
            given=Given(
                title=_text(_child(entry, "title")),
                url=link,
                source=source,
                author=_text(author if inner is None else inner),
                published=_when(entry, "pubDate", "published", "date"),
                basis=DateBasis.METADATA,
                updated=_when(entry, "updated", "modified"),
            ),
        )


def _tag(element: Any) -> str:
    """The name of an element without its namespace; empty for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _child(element: Any, *names: str) -> Any:
    found = {_tag(child): child for child in reversed(element)}
    return next((found[name] for name in names if name in found), None)


def _text(element: Any) -> str | None:
    if element is None:
        return None
    return " ".join("".join(element.itertext()).split()) or None


def _markup(entry: Any) -> str:
    for name in _TEXTS:
        held = _child(entry, name)
        if held is None:
            continue
        if held.get("type") == "xhtml":
            from lxml import etree

            return str(etree.tostring(held, encoding="unicode", method="html"))
        words = "".join(held.itertext())
        if words.strip():
            return str(words)
    return ""


def _link(entry: Any) -> str | None:
    for child in entry:
        if _tag(child) == "link" and child.get("rel", "alternate") == "alternate":
            address = (child.get("href") or child.text or "").strip()
            if address:
                return str(address)
    return None


def _when(entry: Any, *names: str) -> When | None:
    words = _text(_child(entry, *names))
    when = None if words is None else parse_stamp(words)
    return None if when is None or when.start is None else when
