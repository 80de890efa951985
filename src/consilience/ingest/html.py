"""A web page to its article: paragraphs in order, with the kinds its markup gives them."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from consilience.ingest.answers import Page
from consilience.ingest.document import Given
from consilience.ingest.furniture import is_boilerplate
from consilience.ingest.hidden import find_hidden, length_missing, without_hidden
from consilience.ingest.markup import find_danger, without_menus, without_tags
from consilience.ingest.metadata import metadata_of
from consilience.ingest.styles import TooManyStylesError
from consilience.records import PartKind

# Extraction throws figures away, so captions go through it as paragraphs that begin with a mark.
_CAPTION_MARK = "⟦caption⟧ "
_CREDIT_MARK = "⟦credit⟧ "
_CAPTION_CLASS = re.compile(
    r"(?:\A|[\s_-])(?:wp-caption-text|caption|legend)(?:[\s_-]text)?(?:\Z|\s)"
)
_CREDIT_CLASS = re.compile(
    r"(?:\A|[\s_-])(?:credits?|copyright|photographer|attribution)(?:\Z|[\s_-])"
)
_HTML = re.compile(r"<(?:html|head|body)\b", re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^<>]{0,200}>([^<]{1,300})</title", re.IGNORECASE)
_HANDLE = re.compile(r"\(@\w{1,20}\)")
_CAPTION_MAX_CHARS = 1_000
# Below this share of the page's paragraphs of prose, extraction has missed the article.
_KEPT_MIN = 0.4
# Below this share of the page's text the rest is hidden until a script or a click shows it.
SEEN_MIN = 0.5
# What the libraries raise on pages built to break them; a fuzzed page drew the first.
_FOREIGN_ERRORS = (AssertionError, AttributeError, LookupError, TypeError, ValueError)
_SHORT_PAGE_CHARS = 250  # where trafilatura begins to guess
_KNOWN_MIN = 0.5
_PROSE_MIN_CHARS = 80


def page_of(markup: str) -> Page:
    """The article of a page, its text empty where the page has none.

    Main text by trafilatura (Barbaresi 2021). A page that parsers would choke on or cut, or
    whose article extraction misses or runs together, is taken with all its text but its menus.
    What readers of the page do not see is left out, unless that is most of it.
    """
    danger = find_danger(markup)
    if danger is not None:
        return text_of_page(markup, danger)
    tree = _parsed(markup)
    if tree is None:
        return _all_text(markup, None)
    try:
        hidden = find_hidden(tree)
    except TooManyStylesError:
        return text_of_page(markup, "its styles are too many")
    if hidden is None:
        return _article(markup, tree)
    seen, whole = (_article(one, _parsed(one)) for one in (hidden.seen, hidden.all_seen))
    return _seen(seen, whole, hidden.words)


def text_of_page(markup: str, danger: str | None = None) -> Page:
    """All text of a page but its menus, without a parser; in linear time."""
    whole = _all_text(markup, danger)
    seen, hidden = without_hidden(markup)
    return _seen(replace(whole, text=without_tags(seen)), whole, hidden) if hidden else whole


def _seen(seen: Page, whole: Page, hidden: Counter[str]) -> Page:
    """What is seen of a page, or the `whole` where most of it would go.

    Pages of which a script or a click (“read on”) shows the article hide it until then.
    """
    n_missing = length_missing(hidden, whole.text, seen.text)
    count = _n_prose_chars if _n_prose_chars(whole.text) else len
    if count(seen.text) < SEEN_MIN * count(whole.text):
        return replace(whole, n_veiled=n_missing)
    return replace(seen, n_hidden=n_missing)


def _all_text(markup: str, danger: str | None) -> Page:
    return Page(without_tags(markup), {}, Given(title=_title(markup)), danger)


def _parsed(markup: str) -> Any:
    """None where it is no markup."""
    from trafilatura import load_html

    whole = markup if _HTML.search(markup) else f"<html><body>{markup}</body></html>"
    return load_html(without_menus(whole))


def _article(markup: str, tree: Any) -> Page:
    """Of a page, its characters and parsed."""
    plain = _all_text(markup, None)
    if not plain.text.strip() or tree is None:
        return plain
    from trafilatura import bare_extraction

    tree = _as_page(tree)
    _show(tree)
    try:
        given = metadata_of(tree)
    except _FOREIGN_ERRORS:
        given = plain.given
    _mark_captions(tree)
    try:
        found: Any = bare_extraction(tree, include_comments=False, with_metadata=False)
    except _FOREIGN_ERRORS:
        return replace(plain, given=given)
    body = None if found is None else found.body
    paragraphs = [] if body is None else list(_paragraphs(body, None))
    text = "\n\n".join(words for words, _ in paragraphs)
    if len(plain.text) <= _SHORT_PAGE_CHARS and len(text) < len(plain.text):
        return replace(plain, given=given)
    missed = _n_prose_chars(text) < _KEPT_MIN * _n_prose_chars(plain.text)
    if missed or not text.strip() or _is_glued(text, plain.text):
        return replace(plain, given=given)
    return Page(text, {i: kind for i, (_, kind) in enumerate(paragraphs) if kind}, given)


def _as_page(tree: Any) -> Any:
    """The tree below an `html` root: libraries remove elements and cannot remove a root."""
    if tree.tag == "html":
        return tree
    page, body = tree.makeelement("html"), tree.makeelement("body")
    page.append(body)
    body.append(tree)
    return page


def _show(tree: Any) -> None:
    """Leave nothing for which extraction would drop what is seen, such as `overflow: hidden`."""
    for element in tree.iter("*"):
        element.attrib.pop("style", None)
    for element in tree.iter("p", "span"):
        element.attrib.pop("aria-hidden", None)


def _title(markup: str) -> str | None:
    found = _TITLE.search(markup)
    return None if found is None else without_tags(found[1]).strip() or None


def _n_prose_chars(text: str) -> int:
    lines = text.split("\n")
    return sum(len(line) for line in lines if len(line) >= _PROSE_MIN_CHARS)


def _is_glued(text: str, plain: str) -> bool:
    """Whether most of the text is in lines that the page does not have: it lost line breaks."""
    lines = {"".join(line.split()) for line in plain.split("\n")}
    found = ["".join(line.removeprefix("- ").split()) for line in text.split("\n")]
    n_known = sum(len(line) for line in found if line in lines)
    return n_known < _KNOWN_MIN * sum(map(len, found))


def _mark_captions(tree: Any) -> None:
    for figure in list(tree.iter("figure")):
        figure.tag = "div"
        figure.attrib.clear()
    candidates = [
        element
        for element in tree.iter("figcaption", "p", "div", "span")
        if element.tag == "figcaption"
        or _CAPTION_CLASS.search((element.get("class") or "").lower())
    ]
    for element in candidates:
        parent = element.getparent()
        if parent is None:
            continue
        credited = [_words(piece) for piece in element.iter() if _is_credit(piece, element)]
        words = _words(element)
        for credit in credited:
            words = words.replace(credit, "", 1).strip() if credit else words
        if not 0 < len(words) + sum(map(len, credited)) <= _CAPTION_MAX_CHARS:
            continue
        _replace(element, parent, words, [credit for credit in credited if credit])


def _is_credit(piece: Any, caption: Any) -> bool:
    if piece is caption or not isinstance(piece.tag, str):
        return False
    return _CREDIT_CLASS.search((piece.get("class") or "").lower()) is not None


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _replace(element: Any, parent: Any, words: str, credited: list[str]) -> None:
    marked = [_CAPTION_MARK + words] if words else []
    marked += [_CREDIT_MARK + credit for credit in credited]
    at = parent.index(element)
    tail = element.tail
    parent.remove(element)
    for offset, line in enumerate(marked):
        paragraph = parent.makeelement("p")
        paragraph.text = line
        parent.insert(at + offset, paragraph)
    if marked:
        parent[at + len(marked) - 1].tail = tail


def _paragraphs(element: Any, kind: PartKind | None) -> Iterator[tuple[str, PartKind | None]]:
    yield from _loose(element.text, kind)
    for child in element:
        yield from _child_paragraphs(child, kind)
        yield from _loose(child.tail, kind)


def _loose(text: str | None, kind: PartKind | None) -> Iterator[tuple[str, PartKind | None]]:
    words = " ".join((text or "").split())
    if words:
        yield words, kind


def _child_paragraphs(child: Any, kind: PartKind | None) -> Iterator[tuple[str, PartKind | None]]:
    if child.tag == "quote":
        yield from _quoted_paragraphs(child)
    elif child.tag in ("list", "table", "row", "div", "body"):
        yield from _paragraphs(child, kind)
    elif child.tag == "item":
        yield from ((f"- {words}", k) for words, k in _paragraph(child, kind))
    elif child.tag == "head":
        for words, k in _paragraph(child, kind):
            yield words, None if is_boilerplate(words) else k or PartKind.HEADLINE
    else:
        yield from _paragraph(child, kind)


def _quoted_paragraphs(quote: Any) -> Iterator[tuple[str, PartKind | None]]:
    words = _words(quote)
    if _HANDLE.search(words):
        # A post: its author and day stand behind its words, and belong to one paragraph.
        yield " ".join(w for w, _ in _paragraphs(quote, None)), None
    elif any(True for _ in quote.iter("p")):
        yield from _paragraphs(quote, PartKind.QUOTED)
    else:
        yield from _paragraph(quote, PartKind.QUOTED)


def _paragraph(element: Any, kind: PartKind | None) -> Iterator[tuple[str, PartKind | None]]:
    for line_break in element.iter("lb"):
        line_break.tail = "\n" + (line_break.tail or "")
    lines = ("".join(element.itertext())).split("\n")
    words = "\n".join(w for line in lines if (w := " ".join(line.split())))
    if words.startswith(_CAPTION_MARK.strip()):
        yield words.removeprefix(_CAPTION_MARK), PartKind.CAPTION
    elif words.startswith(_CREDIT_MARK.strip()):
        yield words.removeprefix(_CREDIT_MARK), PartKind.CREDIT
    elif words:
        yield words, kind
