"""What a page says of itself in its head: title, author, site, address, dates."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from consilience.ingest.document import Given
from consilience.ingest.stamps import parse_stamp
from consilience.outlets import known_outlet
from consilience.records import DateBasis, When

_PUBLISHED = (
    ["article:published_time", "og:article:published_time", "datepublished", "publishdate"]
    + ["publish-date", "pubdate", "parsely-pub-date", "sailthru.date", "dc.date.issued"]
    + ["dcterms.created", "dc.date", "article.published", "cxenseparse:recs:publishtime", "date"]
)
_UPDATED = [
    "article:modified_time",
    "og:updated_time",
    "og:article:modified_time",
    "datemodified",
] + ["lastmod", "last-modified", "dcterms.modified", "article.updated", "revised"]
_LD_MAX_CHARS = 500_000
_TEXT_MAX_CHARS = 500
_ARTICLE = re.compile(r"article|report|blogposting|liveblog", re.IGNORECASE)
_URL_DAY = re.compile(r"/(20\d{2}|19\d{2})[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?=[/-]|\Z)")


def metadata_of(tree: Any) -> Given:
    """What the head of a parsed page gives, dates included; title, author and site by trafilatura.

    The date of the last change is never taken for the date of publication, and a date that
    only the address holds is taken last.
    """
    from trafilatura.metadata import extract_metadata

    found = extract_metadata(tree, extensive=False)
    fields = dict(_fields(tree))
    linked = list(_linked(tree))
    published = _first(fields, _PUBLISHED) or _first_linked(linked, "datePublished")
    updated = _first(fields, _UPDATED) or _first_linked(linked, "dateModified")
    url = _short(found.url)
    outlet = None if url is None else known_outlet(url)
    return Given(
        title=_short(found.title),
        url=url,
        source=outlet or _short(found.sitename),
        author=_short(found.author),
        published=published or _day_in(url),
        basis=DateBasis.METADATA,
        updated=updated,
    )


def _short(words: str | None) -> str | None:
    clean = " ".join((words or "").split())
    return clean[:_TEXT_MAX_CHARS] or None


def _fields(tree: Any) -> Iterator[tuple[str, str]]:
    """Names and values of `meta` and `itemprop`, the first of each name last, so that it wins."""
    for element in reversed(tree.xpath("//meta[@content] | //*[@itemprop and @datetime]")):
        value = element.get("content") or element.get("datetime") or ""
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = element.get(attribute)
            if name:
                yield name.strip().lower(), value


def _first(fields: dict[str, str], names: list[str]) -> When | None:
    values = (_stamp(fields[name]) for name in names if name in fields)
    return next((when for when in values if when is not None), None)


def _stamp(value: object) -> When | None:
    if not isinstance(value, str) or len(value) > 80:
        return None
    when = parse_stamp(value)
    return None if when is None else When(when.start, when.end, when.value, value.strip())


def _linked(tree: Any) -> Iterator[dict[str, Any]]:
    """The objects of the page's JSON-LD, articles first."""
    found: list[dict[str, Any]] = []
    for script in tree.xpath("//script[@type='application/ld+json']"):
        text = script.text or ""
        if len(text) > _LD_MAX_CHARS:
            continue
        try:
            found += _objects(json.loads(text), depth=0)
        except (ValueError, RecursionError):
            continue
    yield from sorted(found, key=lambda item: not _ARTICLE.search(str(item.get("@type", ""))))


def _objects(value: object, *, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 4:
        return
    if isinstance(value, dict):
        yield value
        yield from _objects(value.get("@graph"), depth=depth + 1)
        yield from _objects(value.get("mainEntity"), depth=depth + 1)
    elif isinstance(value, list):
        for item in value:
            yield from _objects(item, depth=depth + 1)


def _first_linked(linked: list[dict[str, Any]], name: str) -> When | None:
    values = (_stamp(item.get(name)) for item in linked)
    return next((when for when in values if when is not None), None)


def _day_in(url: str | None) -> When | None:
    found = None if url is None else _URL_DAY.search(url)
    if found is None:
        return None
    day = "-".join(found.groups())
    try:
        datetime.fromisoformat(day)
    except ValueError:
        return None
    return parse_stamp(day)
