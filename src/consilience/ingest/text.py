"""Bytes to characters: which encoding, and what to do where none fits."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from dataclasses import dataclass

from consilience.errors import InputError

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (BOM_UTF8, "utf-8"),
    (BOM_UTF32_LE, "utf-32-le"),
    (BOM_UTF32_BE, "utf-32-be"),
    (BOM_UTF16_LE, "utf-16-le"),
    (BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL_BYTES = bytes({*range(32), 127} - {0x09, 0x0A, 0x0C, 0x0D, 0x1A, 0x1B})
_BINARY_SHARE = 0.01  # control bytes; prose has none, compressed or compiled files about 0.1
_WIDE_SHARE = 0.4  # zero bytes on one side of the pairs, UTF-16 without a mark
_WIDE_MIN_PAIRS = 8  # in fewer bytes a zero may stand by accident
# Western text has one accented letter in ten; other scripts nearly only bytes above 127.
_FOREIGN_SHARE = 0.4
_DECLARED = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_HEAD_BYTES = 4096  # where a page must declare its charset; HTML asks for the first 1,024
_ESCAPED = re.compile("[\udc80-\udcff]+")
_WESTERN_RUN_MAX = 6  # accented letters and marks in a row; "à»…" is four
_HIGH = re.compile(r"[^\x00-\x7f]+")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters, and the stretches (start, end, n_bytes) whose encoding had to be guessed."""

    text: str
    guessed: tuple[tuple[int, int, int], ...] = ()


def decode(data: bytes, name: str, *, is_markup: bool = False) -> Decoded:
    """The characters of a file; line ends become `\\n`.

    In order: a byte order mark, UTF-8, the charset a page declares, and last a guess, which is
    Windows-1252 where few bytes are above 127. UTF-8 goes before the declaration because text
    that decodes as UTF-8 is UTF-8, and pages declare wrongly.

    Raises:
        InputError: the bytes are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(line_ends(data[len(mark) :].decode(encoding, "replace")))
    wide = _wide_encoding(data)
    if wide is not None:
        return Decoded(line_ends(data.decode(wide, "replace")))
    n_control = len(data) - len(data.translate(None, _CONTROL_BYTES))
    if n_control > len(data) * _BINARY_SHARE:
        raise InputError(f"{name}: binary, not text; give a text, HTML or JSON Lines file")
    try:
        return Decoded(line_ends(data.decode("utf-8")))
    except UnicodeDecodeError as error:
        first_bad = error.start
    declared = _declared_encoding(data) if is_markup else None
    if declared is not None:
        return Decoded(line_ends(data.decode(declared, "replace")))
    guess = _guess(data)
    if guess is None:
        raise InputError(f"{name}: not UTF-8 at byte {first_bad}, nor anything; save it as UTF-8")
    return guess


def line_ends(text: str) -> str:
    """Windows and old Macintosh line ends as `\n`."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _wide_encoding(data: bytes) -> str | None:
    head = data[:_HEAD_BYTES]
    n_pairs = len(head) // 2
    if n_pairs < _WIDE_MIN_PAIRS or len(data) % 2:
        return None
    # Of the four bytes of UTF-32 the highest is zero, and the next in all that is written down.
    is_of_fours = len(data) % 4 == 0 and head.count(0) < 0.8 * len(head)
    if is_of_fours and not any(head[3::4]) and not any(head[2::4]):
        return "utf-32-le"
    if is_of_fours and not any(head[::4]) and not any(head[1::4]):
        return "utf-32-be"
    if head[1::2].count(0) >= n_pairs * _WIDE_SHARE and head[::2].count(0) == 0:
        return "utf-16-le"
    if head[::2].count(0) >= n_pairs * _WIDE_SHARE and head[1::2].count(0) == 0:
        return "utf-16-be"
    return None


def _declared_encoding(data: bytes) -> str | None:
    found = _DECLARED.search(data[:_HEAD_BYTES])
    if found is None:
        return None
    name = found[1].decode("ascii", "replace").lower()
    # The web reads these three as Windows-1252 (WHATWG Encoding Standard).
    if name in ("iso-8859-1", "latin1", "us-ascii"):
        return "cp1252"
    try:
        "".encode(name)
    except (LookupError, ValueError):
        return None
    return None if name.startswith("utf") else name


def _guess(data: bytes) -> Decoded | None:
    """The text in the likeliest encoding, None where none is likely."""
    escaped = line_ends(data.decode("utf-8", "surrogateescape"))
    bad = list(_ESCAPED.finditer(escaped))
    n_bad = sum(found.end() - found.start() for found in bad)
    n_high = len(data) - len(data.decode("ascii", "ignore"))
    if n_bad * 2 > n_high and n_high > len(data) * _FOREIGN_SHARE:
        encoding = _foreign_encoding(data)
        if encoding is None:
            return None
        text = line_ends(data.decode(encoding, "replace"))
        return Decoded(text, tuple(_guessed(text, encoding)))
    if max(found.end() - found.start() for found in bad) > _WESTERN_RUN_MAX:
        return None
    # UTF-8 where it holds, Windows-1252 for each byte where it does not: files get glued.
    western = escaped.translate({0xDC00 + byte: _western(byte) for byte in range(128, 256)})
    return Decoded(western, tuple((m.start(), m.end(), m.end() - m.start()) for m in bad))


def _foreign_encoding(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:50_000]).best()
    return None if best is None else best.encoding


def _guessed(text: str, encoding: str) -> list[tuple[int, int, int]]:
    return [
        (found.start(), found.end(), len(found[0].encode(encoding, "replace")))
        for found in _HIGH.finditer(text)
    ]


def _western(byte: int) -> str:
    # Five bytes have no character in Windows-1252; the web reads them as controls.
    return bytes([byte]).decode("cp1252", "ignore") or chr(byte)
