"""What of a page its readers do not see, by what the page itself says of its looks.

Scripts and style sheets elsewhere are not looked at: what only they hide counts as seen.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import Any, NamedTuple

from consilience.ingest.limits import TAG_CHARS_MAX
from consilience.ingest.looks import INERT, Look, look_of, outermost
from consilience.ingest.markup import BREAKS, FLAT, NAME, TAG, VOID, without_silent
from consilience.ingest.styles import Element, Styles, TooManyStylesError, element_of

# What holds no words of the page, seen or not.
_WORDLESS = frozenset({"head", "link", "meta", "script", "style", "title"})
# What is hidden as a whole is a page that a script shows.
_WHOLE = frozenset({"body", "html"})
_MARKS = ("style", "hidden", "popover", "bgcolor", "class", "id", "aria-hidden")
_HIDING = re.compile(r"style|hidden|popover|bgcolor|color=|<(?:dialog|template)", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"([^\s=\"'<>/]{1,100})(?:\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?"
)
_SHEET = re.compile(r"<style\b([^<>]{0,500})>([^<]*)", re.IGNORECASE)
_LINKED = re.compile(r"<link\b[^<>]{0,500}stylesheet", re.IGNORECASE)


class Hidden(NamedTuple):
    """A page without what is hidden, the words of that, and the page as if all were seen."""

    seen: str
    words: Counter[str]
    all_seen: str


def find_hidden(tree: Any) -> Hidden | None:
    """What of a parsed page is hidden, None where nothing is. The tree is used up.

    Raises:
        TooManyStylesError: its styles cannot be followed in a short time.
    """
    from lxml.html import tostring

    walk = _Walk(_styles_of(tree), outermost(has_sheets_elsewhere=_has_sheets_elsewhere(tree)))
    elements, texts = _walk_tree(tree, walk)
    if not walk.words:
        return None
    for owner, place, _ in texts:
        setattr(owner, place, None)
    seen: str = tostring(tree, encoding="unicode")
    for owner, place, words in texts:
        setattr(owner, place, words)
    for element in elements:
        _unveil(element)
    return Hidden(seen, walk.words, tostring(tree, encoding="unicode"))


def without_hidden(page: str) -> tuple[str, Counter[str]]:
    """A page without what is hidden, and the words of that; by patterns, in linear time.

    For pages that no parser gets through: where quotes or ends of tags are missing it may err.
    """
    if not _HIDING.search(page):
        return page, Counter()
    sheets = [(found[2], _attributes(found[1]).get("media", "")) for found in _SHEET.finditer(page)]
    page = without_silent(page)
    is_styled_elsewhere = _LINKED.search(page) is not None
    styles = Styles()
    try:
        for sheet, medium in sheets:
            styles.add(sheet, medium)
        return _scanned(page, _Walk(styles, outermost(has_sheets_elsewhere=is_styled_elsewhere)))
    except TooManyStylesError:
        return _scanned(page, _Walk(Styles(), outermost(has_sheets_elsewhere=True)))


def length_missing(hidden: Counter[str], whole: str, seen: str) -> int:
    """How many characters of what is hidden stand in the `whole` text, and not in what is seen."""
    missing = (Counter(whole.split()) - Counter(seen.split())) & hidden
    return max(0, sum((len(word) + 1) * n for word, n in missing.items()) - 1)


class _Walk:
    """Goes through a page, tag by tag, and tells what is hidden where it is."""

    def __init__(self, styles: Styles, look: Look) -> None:
        self.words: Counter[str] = Counter()
        self.open: list[Element] = []
        self._styles = styles
        self._looks = [look]
        self._n_wordless = 0

    @property
    def is_hidden(self) -> bool:
        return self._looks[-1].is_hidden

    def enter(self, element: Element) -> None:
        self.open.append(element)
        self._n_wordless += element.tag in _WORDLESS
        look = look_of(element, self._styles.declared(self.open), self._looks[-1])
        if element.tag in _WHOLE:
            look = replace(look, is_gone=False, is_visible=True)
        self._looks.append(look)

    def leave(self) -> None:
        self._n_wordless -= self.open.pop().tag in _WORDLESS
        self._looks.pop()

    def hides(self, words: str | None) -> bool:
        """Whether these, which stand here, are words that are hidden; then they are counted."""
        if not words or self._n_wordless or not self.is_hidden or words.isspace():
            return False
        self.words.update(words.split())
        return True


def _walk_tree(tree: Any, walk: _Walk) -> tuple[list[Any], list[tuple[Any, str, str]]]:
    """The elements that are hidden, and the texts that are, with where each hangs."""
    from lxml.etree import iterwalk

    elements: list[Any] = []
    texts: list[tuple[Any, str, str]] = []
    for event, element in iterwalk(tree, events=("start", "end")):
        if event == "start":
            tag = element.tag if isinstance(element.tag, str) else ""
            walk.enter(element_of(tag.lower(), dict(element.attrib)))
            if walk.is_hidden:
                elements.append(element)
            place, words = "text", element.text
        else:
            walk.leave()
            place, words = "tail", element.tail
        if walk.hides(words):
            texts.append((element, place, words))
    return elements, texts


def _unveil(element: Any) -> None:
    """Leave nothing by which this element, or a parser of articles, would take it for hidden."""
    for mark in _MARKS:
        element.attrib.pop(mark, None)
    if element.tag in INERT or element.tag == "dialog":
        element.tag = "div"


def _styles_of(tree: Any) -> Styles:
    styles = Styles()
    for sheet in tree.iter("style"):
        styles.add(sheet.text or "", sheet.get("media") or "")
    return styles


def _has_sheets_elsewhere(tree: Any) -> bool:
    return any("stylesheet" in (link.get("rel") or "").lower() for link in tree.iter("link"))


def _scanned(page: str, walk: _Walk) -> tuple[str, Counter[str]]:
    out: list[str] = []
    n_open: Counter[str] = Counter()
    at = 0
    for found in TAG.finditer(page):
        words = page[at : found.start()]
        if not walk.hides(unescape(words)):
            out.append(words)
        out.append(found[0])
        at = found.end()
        for element in _passed(found[0], walk.open, n_open):
            if element is None:
                n_open[walk.open[-1].tag] -= 1
                walk.leave()
            else:
                n_open[element.tag] += 1
                walk.enter(element)
    if not walk.hides(unescape(page[at:])):
        out.append(page[at:])
    return "".join(out), walk.words


def _passed(tag: str, is_open: list[Element], n_open: Counter[str]) -> Iterator[Element | None]:
    """What a tag enters, and None for each element that it leaves; some end without a tag."""
    found = NAME.match(tag)
    name = "" if found is None else found[1].lower()
    if found is None or name in VOID:
        return
    if tag[1] == "/":
        while n_open[name] and is_open[-1].tag != name:
            yield None
        if n_open[name]:
            yield None
        return
    if is_open and is_open[-1].tag == "p" and name in BREAKS:
        yield None
    if is_open and is_open[-1].tag == name and name in FLAT:
        yield None
    yield element_of(name, _attributes(tag[found.end() : TAG_CHARS_MAX]))


def _attributes(tag: str) -> dict[str, str]:
    """The first value of each name, as browsers take it."""
    attributes: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(tag):
        attributes.setdefault(name.lower(), unescape(next(filter(None, values), "")))
    return attributes
