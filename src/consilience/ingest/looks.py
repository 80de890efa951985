"""How words in an element look: whether somebody with eyes could read them on the page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from consilience.ingest.styles import Element

Colour = tuple[int, int, int]

_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)
SEEN_FROM_PX = 2.0  # high
_FAR_PX = 500.0  # off the page: menus that slide in stand nearer
_FAR_RIGHT_PX = 5_000.0
_BOX_PX = 1.0  # what is left of a box whose words are for screen readers
_FAINT = 0.05
_NEAR = 16  # of 255 in each colour: nobody sees such a difference
# Never on a page, whatever its styles say.
INERT = frozenset(
    ["audio", "canvas", "datalist", "iframe", "noembed", "noframes", "noscript", "template"]
    + ["video"]
)
_OWN_COLOURS = frozenset({"button", "input", "mark", "option", "select", "textarea"})
_SPECIAL = INERT | _OWN_COLOURS | {"a"}
_PX = {
    "": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78, "rem": 16.0,
    "vw": 12.8, "vh": 8.0, "%": 12.8,
}  # fmt: skip
_LENGTH = re.compile(r"([+-]?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9}))([a-z%]{0,4})")
_FONT_SIZE = re.compile(rf"(?:\A|\s){_LENGTH.pattern}(?:\s|/|\Z)")
_CALL = re.compile(r"([a-z-]{1,30}[a-z34dxy]{0,9})\(([^()]{0,200})\)")
_HEX = re.compile(r"#([0-9a-f]{3,8})(?![0-9a-f])")
_NAMES: Mapping[str, Colour] = {
    "aqua": (0, 255, 255), "azure": (240, 255, 255), "black": _BLACK, "blue": (0, 0, 255),
    "floralwhite": (255, 250, 240), "fuchsia": (255, 0, 255), "ghostwhite": (248, 248, 255),
    "gray": (128, 128, 128), "green": (0, 128, 0), "grey": (128, 128, 128),
    "ivory": (255, 255, 240), "lime": (0, 255, 0), "maroon": (128, 0, 0),
    "mintcream": (245, 255, 250), "navy": (0, 0, 128), "olive": (128, 128, 0),
    "orange": (255, 165, 0), "purple": (128, 0, 128), "red": (255, 0, 0),
    "silver": (192, 192, 192), "snow": (255, 250, 250), "teal": (0, 128, 128), "white": _WHITE,
    "whitesmoke": (245, 245, 245), "yellow": (255, 255, 0),
}  # fmt: skip
_CLEAR = "transparent"


@dataclass(frozen=True, slots=True)
class Look:
    """Of an element, with all that holds of what is around it. A colour None is not known."""

    is_gone: bool = False
    is_visible: bool = True
    font_px: float = 16.0
    color: Colour | str | None = _BLACK
    ground: Colour | None = _WHITE

    @property
    def is_hidden(self) -> bool:
        if self.is_gone or not self.is_visible or self.font_px < SEEN_FROM_PX:
            return True
        if isinstance(self.color, str):
            return True
        if self.color is None or self.ground is None:
            return False
        return all(abs(a - b) < _NEAR for a, b in zip(self.color, self.ground, strict=True))


def look_of(element: Element, declared: Mapping[str, str], around: Look) -> Look:
    """How an element looks with what is `declared` of it, in one that looks so."""
    style = {**_of_attributes(element), **declared}
    if not style and element.tag not in _SPECIAL:
        return around
    return Look(
        is_gone=around.is_gone or element.tag in INERT or _is_gone(style, around.font_px),
        is_visible=_is_visible(style.get("visibility"), is_so=around.is_visible),
        font_px=_font_px(style, around.font_px),
        color=_color(element, style, around),
        ground=_ground(element, style, around),
    )


def outermost(*, has_sheets_elsewhere: bool) -> Look:
    """Of a page; what sheets that are not in it say of its ground is not known."""
    return replace(Look(), ground=None if has_sheets_elsewhere else _WHITE)


def _of_attributes(element: Element) -> dict[str, str]:
    attributes = element.attributes
    is_closed = element.tag == "dialog" and "open" not in attributes
    style = {}
    if "hidden" in attributes or "popover" in attributes or is_closed:
        style["display"] = "none"
    if "bgcolor" in attributes:
        style["background-color"] = attributes["bgcolor"].strip().lower()
    if element.tag == "font" and "color" in attributes:
        style["color"] = attributes["color"].strip().lower()
    return style


def _is_gone(style: Mapping[str, str], font_px: float) -> bool:
    def px(name: str) -> float | None:
        return _length(style[name], font_px) if name in style else None

    if style.get("display") == "none" or style.get("content-visibility") == "hidden":
        return True
    if _share(style.get("opacity", "1")) < _FAINT:
        return True
    calls = dict(_CALL.findall(f"{style.get('filter', '')} {style.get('transform', '')}"))
    if _share(calls.get("opacity", "1")) < _FAINT or _is_moved_away(calls, font_px):
        return True
    is_placed = style.get("position") in ("absolute", "fixed")
    aside = ["text-indent", "margin-left", "margin-top"]
    aside += ["left", "right", "top", "bottom"] if is_placed else []
    if any((at := px(name)) is not None and at <= -_FAR_PX for name in aside):
        return True
    if is_placed and any((px(name) or 0) >= _FAR_RIGHT_PX for name in ("left", "top")):
        return True
    if is_placed and _is_empty_shape(style.get("clip", "")):
        return True
    if _is_empty_shape(style.get("clip-path", "")):
        return True
    is_cut = any("hidden" in style.get(name, "") or "clip" in style.get(name, "") for name in _CUT)
    return is_cut and any((px(name) or _FAR_PX) <= _BOX_PX or px(name) == 0 for name in _SIZES)


_CUT = ("overflow", "overflow-x", "overflow-y")
_SIZES = ("height", "max-height", "width", "max-width")


def _is_moved_away(calls: Mapping[str, str], font_px: float) -> bool:
    for name, arguments in calls.items():
        sizes = [one.strip() for one in arguments.split(",")]
        if name.startswith("translate") and any(
            not one.endswith("%") and (_length(one, font_px) or 0) <= -_FAR_PX for one in sizes
        ):
            return True
        if name.startswith("scale") and any(_length(one, font_px) == 0 for one in sizes):
            return True
    return False


def _is_empty_shape(shape: str) -> bool:
    """Whether a shape that clips leaves nothing of what it is laid on."""
    found = _CALL.search(shape)
    if found is None:
        return False
    name, arguments = found.groups()
    sizes = [(float(number), unit) for number, unit in _LENGTH.findall(arguments)]
    if name == "inset":
        return bool(sizes) and sizes[0][1] == "%" and sizes[0][0] >= 50
    if name == "circle":
        return bool(sizes) and sizes[0][0] == 0
    if name == "polygon":
        return bool(sizes) and all(number == 0 for number, _ in sizes)
    return name == "rect" and bool(sizes) and all(abs(number) <= _BOX_PX for number, _ in sizes)


def _is_visible(value: str | None, *, is_so: bool) -> bool:
    if value in ("hidden", "collapse"):
        return False
    return True if value in ("visible", "initial") else is_so


def _font_px(style: Mapping[str, str], around_px: float) -> float:
    value = style.get("font-size")
    if value is None:
        found = _FONT_SIZE.search(style.get("font", ""))
        value = None if found is None else "".join(found.groups())
    found = None if value is None else _LENGTH.fullmatch(value)
    if found is None:
        # A size in words is some size, whatever is around.
        return around_px if value in (None, "inherit", "smaller", "larger") else 16.0
    number, unit = float(found[1]), found[2]
    if unit in ("em", "%"):
        return around_px * number / (1 if unit == "em" else 100)
    return number * _PX.get(unit, _PX["rem"])


def _color(element: Element, style: Mapping[str, str], around: Look) -> Colour | str | None:
    clipped = style.get("background-clip"), style.get("-webkit-background-clip")
    if "text" in clipped:
        return None  # its words are painted with its ground
    value = style.get("-webkit-text-fill-color") or style.get("color")
    if value is not None:
        return around.color if value in ("inherit", "currentcolor") else _parse_colour(value)
    is_link = element.tag == "a" and "href" in element.attributes
    return None if is_link or element.tag in _OWN_COLOURS else around.color


def _ground(element: Element, style: Mapping[str, str], around: Look) -> Colour | None:
    value = style.get("background-color") or style.get("background")
    if "url(" in style.get("background", "") or "gradient(" in style.get("background", ""):
        return None
    if value in (None, "none", "inherit", "initial", "unset", _CLEAR):
        return None if element.tag in _OWN_COLOURS else around.ground
    found = _parse_colour(value)
    return around.ground if found == _CLEAR else found if isinstance(found, tuple) else None


def _parse_colour(value: str | None) -> Colour | str | None:
    """The first colour in a value; "transparent" where one sees through it.

    >>> _parse_colour("#fff"), _parse_colour("rgb(0 0 0 / 0)"), _parse_colour("oklch(1 0 0)")
    ((255, 255, 255), 'transparent', None)
    """
    value = value or ""
    if found := _HEX.search(value):
        return _parse_hex(found[1])
    if (found := _CALL.search(value)) and found[1] in ("rgb", "rgba"):
        numbers = _LENGTH.findall(found[2])
        scaled = [float(n) * (2.55 if unit == "%" else 1) for n, unit in numbers[:3]]
        if len(scaled) < 3:
            return None
        if len(numbers) > 3 and _share("".join(numbers[3])) < _FAINT:
            return _CLEAR
        return round(scaled[0]), round(scaled[1]), round(scaled[2])
    for word in value.split():
        if word == _CLEAR or word in _NAMES:
            return _NAMES.get(word, _CLEAR)
    return None


def _parse_hex(digits: str) -> Colour | str | None:
    if len(digits) in (3, 4):
        digits = "".join(2 * digit for digit in digits)
    if len(digits) not in (6, 8):
        return None
    red, green, blue, alpha = (int(digits[i : i + 2] or "ff", 16) for i in (0, 2, 4, 6))
    return _CLEAR if alpha < _FAINT * 255 else (red, green, blue)


def _share(value: str) -> float:
    found = _LENGTH.fullmatch(value.strip())
    if found is None:
        return 1.0
    return float(found[1]) / (100 if found[2] == "%" else 1)


def _length(value: str, font_px: float) -> float | None:
    """In pixels of a desk; None: it is not said in lengths."""
    found = _LENGTH.match(value)
    if found is None:
        return None
    unit = found[2]
    return float(found[1]) * (font_px if unit in ("em", "ex", "ch") else _PX.get(unit, 1.0))
