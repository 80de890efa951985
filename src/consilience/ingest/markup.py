"""HTML as characters: is it safe to parse, and what remains without its tags."""

import re
from html import unescape

from consilience.ingest.limits import DEPTH_MAX, KIB, TAG_CHARS_MAX

TAG = re.compile(r"<[^<>]*>?")
NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"]
    + ["source", "track", "wbr"]
)
# Never closed, or closed by whatever follows: they do not nest.
FLAT = VOID | frozenset(
    ["body", "dd", "dt", "head", "html", "li", "option", "p", "tbody", "td", "tfoot", "th"]
    + ["thead", "tr"]
)
BREAKS = frozenset(
    ["address", "article", "aside", "blockquote", "dd", "div", "dl", "dt", "fieldset", "figcaption"]
    + ["figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main"]
    + ["nav", "ol", "option", "p", "pre", "section", "table", "td", "title", "tr", "ul"]
)
_SILENT = ("title", "nav", "script", "style", "noscript", "template", "svg", "textarea", "select")


def find_danger(page: str) -> str | None:
    """What of the page parsers would choke on or drop: its longest tag, or its nesting."""
    depth = 0
    for found in TAG.finditer(page):
        if found.end() - found.start() > TAG_CHARS_MAX:
            return f"a tag of more than {TAG_CHARS_MAX // KIB} KiB"
        tag = found[0]
        name = NAME.match(tag)
        if name is None or name[1].lower() in FLAT or tag.endswith("/>"):
            continue
        depth = max(0, depth - 1) if tag[1] == "/" else depth + 1
        if depth > DEPTH_MAX:
            return f"tags nested deeper than {DEPTH_MAX}"
    return None


def without_tags(page: str) -> str:
    """All text of a page but its menus, its blocks as paragraphs; in linear time."""
    page = without_silent(page)
    out: list[str] = []
    at = 0
    for found in TAG.finditer(page):
        out.append(page[at : found.start()])
        name_found = NAME.match(found[0])
        name = "" if name_found is None else name_found[1].lower()
        if name_found is None and not found[0].startswith(("<!", "<?")):
            out.append(found[0])
        elif name == "br":
            out.append("\n")
        elif name in BREAKS:
            out.append("\f")
        at = found.end()
    out.append(page[at:])
    # The page's own line ends are spaces; ours stand for its blocks.
    blocks = unescape("".join(out)).split("\f")
    lines = ("\n".join(_lines(block)) for block in blocks)
    return "\n\n".join(block for block in lines if block)


def without_silent(page: str) -> str:
    """The page without comments, menus and what holds no words."""
    page = _without_comments(page)
    for name in _SILENT:
        page = _without_element(page, name)
    return page


def without_menus(page: str) -> str:
    """The page without its `nav` elements: extraction takes them for text where there is little."""
    return _without_element(page, "nav")


def _lines(block: str) -> list[str]:
    return [words for line in block.split("\n") if (words := " ".join(line.split()))]


def _without_comments(page: str) -> str:
    out: list[str] = []
    at = 0
    while (start := page.find("<!--", at)) >= 0:
        end = page.find("-->", start + 4)
        if end < 0:
            break
        out.append(page[at:start])
        at = end + 3
    out.append(page[at:])
    return "".join(out)


def _without_element(page: str, name: str) -> str:
    closing = re.compile(rf"</{name}\s{{0,9}}>", re.IGNORECASE)
    out: list[str] = []
    at = 0
    for opening in re.finditer(rf"<{name}\b[^<>]*>", page, re.IGNORECASE):
        if opening.start() < at:
            continue
        end = closing.search(page, opening.end())
        if end is None:
            break
        out.append(page[at : opening.start()])
        at = end.end()
    out.append(page[at:])
    return "".join(out)
