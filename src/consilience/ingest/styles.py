"""The style sheets that stand in a page, as far as they can hide words of it.

Selectors are read that name elements, ids, classes and attributes, also of what stands around. One
with anything else, such as `:hover`, is passed over.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

# What of an element may hide its words.
PROPERTIES = frozenset(
    ["background", "background-clip", "background-color", "bottom", "clip", "clip-path", "color"]
    + ["content-visibility", "display", "filter", "font", "font-size", "height", "left"]
    + ["margin-left", "margin-top", "max-height", "max-width", "opacity", "overflow", "overflow-x"]
    + ["overflow-y", "position", "right", "text-indent", "top", "transform", "visibility", "width"]
    + ["-webkit-background-clip", "-webkit-text-fill-color"]
)
# In one page: how many there may be, and rules with elements; either takes about a second. The
# largest sheets in use have some thousand rules, of which few are for one kind of element.
_RULES_MAX = 20_000
_COMPARED_MAX = 400_000
_CHARS_COMPARED = 200  # of attributes, which cost as much as one rule
_WINDOW_PX = 1_280  # a page is looked at on a desk
_ESCAPED = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)")
_PIECE = re.compile(
    r"(?P<tag>[a-zA-Z][\w-]{0,99}|\*)|#(?P<id>[\w-]{1,99})|\.(?P<class>[\w-]{1,99})"
    r"|\[\s{0,9}(?P<name>[\w-]{1,99})\s{0,9}"
    r"(?:(?P<how>[~|^$*]?=)\s{0,9}[\"']?(?P<value>[^\"'\]]{0,99})[\"']?\s{0,9})?\]"
)
_WIDTH = re.compile(
    r"\(\s{0,9}(min|max)-width\s{0,9}:\s{0,9}(\d{1,5}(?:\.\d{1,3})?)(px|em|rem)\s{0,9}\)"
)
_BRACE = re.compile(r"[{}]")
_MEDIUM = re.compile(r"(?:only\s{1,9})?(?:screen|all)\b")
_EM_PX = 16


class TooManyStylesError(Exception):
    """More rules and elements than can be compared in a short time."""


class Element(NamedTuple):
    """A tag of a page: its name in small letters, its attributes, and its classes."""

    tag: str
    attributes: Mapping[str, str]
    classes: frozenset[str]


def element_of(tag: str, attributes: Mapping[str, str]) -> Element:
    return Element(tag, attributes, frozenset(attributes.get("class", "").split()))


class Declaration(NamedTuple):
    """One value; the one of the highest `rank` holds."""

    value: str
    rank: tuple[bool, int, int, int, int, int]


class _Compound(NamedTuple):
    """What one element must be: its tag, if that is said, and tests of its attributes."""

    tag: str | None
    tests: tuple[tuple[str, str, str], ...]


class _Rule(NamedTuple):
    # Innermost first; each with how it stands to the one before it: "" within it, ">" right in it.
    steps: tuple[tuple[str, _Compound], ...]
    rank: tuple[int, int, int, int]
    declared: tuple[tuple[str, str, bool], ...]


@dataclass(slots=True)
class Styles:
    """The rules of a page, by what the innermost element of each must have."""

    _rules: defaultdict[tuple[str, str], list[_Rule]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _n_rules: int = 0
    _n_compared: int = 0

    def add(self, sheet: str, medium: str = "") -> None:
        """
        Raises:
            TooManyStylesError
        """
        if not _is_on_screen(medium):
            return
        for selectors, body in _blocks(_plain(sheet)):
            declared = tuple(declarations(body))
            for selector in selectors.split(",") if declared else ():
                self._n_rules += 1
                if self._n_rules > _RULES_MAX:
                    raise TooManyStylesError
                rule = _parse_rule(selector.strip(), self._n_rules, declared)
                if rule is not None:
                    self._rules[_key(rule.steps[0][1])].append(rule)

    def declared(self, around: Sequence[Element]) -> dict[str, str]:
        """What the sheets and its own attribute say of the last of the elements, each in the next.

        Raises:
            TooManyStylesError
        """
        element = around[-1]
        if not self._rules and "style" not in element.attributes:
            return {}
        found: dict[str, Declaration] = {}
        cost = 1 + sum(map(len, element.attributes.values())) // _CHARS_COMPARED
        for rule in self._candidates(element):
            self._n_compared += cost if len(rule.steps) == 1 else cost + len(around)
            if self._n_compared > _COMPARED_MAX:
                raise TooManyStylesError
            if _matches(rule.steps, around):
                for name, value, is_important in rule.declared:
                    _declare(found, name, Declaration(value, (is_important, 0, *rule.rank)))
        for name, value, is_important in declarations(_plain(element.attributes.get("style", ""))):
            _declare(found, name, Declaration(value, (is_important, 1, 0, 0, 0, 0)))
        return {name: each.value for name, each in found.items()}

    def _candidates(self, element: Element) -> Iterator[_Rule]:
        attributes = element.attributes
        keys = [("", ""), ("tag", element.tag), ("id", attributes.get("id", ""))]
        for key in [*keys, *(("class", one) for one in sorted(element.classes))]:
            yield from self._rules.get(key, ())


def declarations(body: str) -> Iterator[tuple[str, str, bool]]:
    """Name, value, and whether it is `!important`, of what may hide words.

    >>> list(declarations("Display: None !important; cursor: help"))
    [('display', 'none', True)]
    """
    for one in body.lower().split(";"):
        name, colon, value = one.partition(":")
        if colon and name.strip() in PROPERTIES:
            value, mark, important = value.partition("!")
            is_important = bool(mark) and important.strip() == "important"
            if value.strip():
                yield name.strip(), value.strip(), is_important


def _declare(found: dict[str, Declaration], name: str, new: Declaration) -> None:
    if name not in found or new.rank >= found[name].rank:
        found[name] = new


def _plain(css: str) -> str:
    """Without comments, and with what is escaped as what it stands for."""
    pieces, at = [], 0
    while (start := css.find("/*", at)) >= 0:
        pieces.append(css[at:start])
        end = css.find("*/", start + 2)
        at = len(css) if end < 0 else end + 2
    pieces.append(css[at:])
    return _ESCAPED.sub(_unescaped, "".join(pieces)) if "\\" in css else "".join(pieces)


def _unescaped(found: re.Match[str]) -> str:
    if found[2] is not None:
        # Within a name, as in `md\:hidden`; such names have no rule that is read.
        return "_" if not found[2].isalnum() else found[2]
    number = int(found[1], 16)
    return chr(number) if 0x20 <= number < 0xD800 else "_"


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of each rule that holds on a screen."""
    at = 0
    while (start := css.find("{", at)) >= 0:
        before = css[at:start].rpartition(";")[2].strip("} \t\n\r\f")
        if before.startswith("@") and _is_entered(before.lower()):
            at = start + 1
        elif before.startswith("@"):
            at = _end_of_block(css, start)
        else:
            end = css.find("}", start)
            end = len(css) if end < 0 else end
            yield before, css[start + 1 : end]
            at = end + 1


def _end_of_block(css: str, start: int) -> int:
    depth = 0
    for found in _BRACE.finditer(css, start):
        depth += 1 if found[0] == "{" else -1
        if depth == 0:
            return found.end()
    return len(css)


def _is_entered(before: str) -> bool:
    name, _, what = before.partition(" ")
    if name == "@media":
        return _is_on_screen(what)
    return name in ("@supports", "@layer") and not what.strip().startswith("not")


def _is_on_screen(media: str) -> bool:
    """Whether one of the media is the screen of a desk; what is not known is not.

    >>> [_is_on_screen(one) for one in ("", "screen and (min-width: 40em)", "print")]
    [True, True, False]
    """
    return any(_is_desk(one.strip().lower()) for one in media.split(","))


def _is_desk(medium: str) -> bool:
    def is_met(found: re.Match[str]) -> bool:
        px = float(found[2]) * (1 if found[3] == "px" else _EM_PX)
        return px <= _WINDOW_PX if found[1] == "min" else px >= _WINDOW_PX

    if not all(is_met(found) for found in _WIDTH.finditer(medium)):
        return False
    rest = _MEDIUM.sub("", _WIDTH.sub("", medium), count=1).split()
    return all(word == "and" for word in rest)


def _parse_rule(
    selector: str, number: int, declared: tuple[tuple[str, str, bool], ...]
) -> _Rule | None:
    steps: list[tuple[str, _Compound]] = []
    joint, n_ids, n_classes, n_tags = "", 0, 0, 0
    for word in selector.replace(">", " > ").split():
        if word == ">":
            joint = ">"
            continue
        compound = _parse_compound(word)
        if compound is None:
            return None
        # How it stands to what is around it is kept with what is around it.
        if steps:
            steps[-1] = (joint, steps[-1][1])
        steps.append(("", compound))
        joint = ""
        n_ids += sum(name == "id" and how == "=" for name, how, _ in compound.tests)
        n_classes += sum(name != "id" for name, _, _ in compound.tests)
        n_tags += compound.tag is not None
    if not steps:
        return None
    return _Rule(tuple(reversed(steps)), (n_ids, n_classes, n_tags, number), declared)


def _parse_compound(word: str) -> _Compound | None:
    tag: str | None = None
    tests: list[tuple[str, str, str]] = []
    at = 0
    while at < len(word):
        found = _PIECE.match(word, at)
        if found is None or (found["tag"] and at):
            return None
        if found["tag"]:
            tag = None if found["tag"] == "*" else found["tag"].lower()
        elif found["id"]:
            tests.append(("id", "=", found["id"]))
        elif found["class"]:
            tests.append(("class", "~=", found["class"]))
        else:
            tests.append((found["name"].lower(), found["how"] or "", found["value"] or ""))
        at = found.end()
    return _Compound(tag, tuple(tests))


def _key(compound: _Compound) -> tuple[str, str]:
    for name, how, value in compound.tests:
        if (name, how) in (("id", "="), ("class", "~=")):
            return name, value
    return ("", "") if compound.tag is None else ("tag", compound.tag)


def _matches(steps: tuple[tuple[str, _Compound], ...], around: Sequence[Element]) -> bool:
    """Whether the last element is meant: some of those around it, in order, are what is asked."""
    last = len(around) - 1
    if not _is_such(steps[0][1], around[last]):
        return False
    places = {last}
    for joint, compound in steps[1:]:
        within = [p - 1 for p in places if p > 0] if joint == ">" else range(max(places))
        places = {p for p in within if _is_such(compound, around[p])}
        if not places:
            return False
    return True


def _is_such(compound: _Compound, element: Element) -> bool:
    if compound.tag is not None and compound.tag != element.tag:
        return False
    return all(
        value in element.classes
        if (name, how) == ("class", "~=")
        else _passes(element.attributes.get(name), how, value)
        for name, how, value in compound.tests
    )


def _passes(has: str | None, how: str, value: str) -> bool:
    if has is None:
        return False
    match how:
        case "":
            return True
        case "=":
            return has == value
        case "~=":
            return value in has.split()
        case "^=":
            return bool(value) and has.startswith(value)
        case "$=":
            return bool(value) and has.endswith(value)
        case "*=":
            return bool(value) and value in has
        case _:
            return has == value or has.startswith(f"{value}-")
