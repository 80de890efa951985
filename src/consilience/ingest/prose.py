"""Which lines of a text are no prose: tables, lists, code, logs, bare figures and noise."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

_LINE = re.compile(r"[^\n\f\u2028\u2029]+")
_ADDRESS = re.compile(r"(?:https?|ftp)://\S+|www\.\S+|[\w.+-]{1,64}@[\w.-]{1,255}")
_ENDS = tuple(".!?:;…。！？؟।\"'”’»)")
_BULLET = re.compile(r"(?:[-*•·–—◦▪‣]|\(?\d{1,3}[.)]|\d{1,2}[:.]\d\d)\s")
_STAMPED = re.compile(
    r"\W{0,2}(?:\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\d\d:\d\d:\d\d"
    r"|[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d)"
)
_COLUMNS = re.compile(r"\S(?:\t\s*| {3,})(?=\S)")
_BARS = re.compile(r"[|¦│]")
_TIGHT_COMMA = re.compile(r"[,;](?=\S)")
_STATEMENT = re.compile(
    r"\s*(?:(?:def|class|function|public|private|static|const|let|var|if|for|while|return|import"
    r"|from|try|except|raise|else|elif)\b.{0,200}[(:;{]$|[#/]{1,2}\s?include|<\?|</?\w+[ >])"
)
_SYMBOLS = frozenset("{}()[]=<>;_\\$+/%&")
_ODD_WORD = re.compile(r"[^\W\d_][\d@€|$&~^=+*<>\\]+[^\W\d_]")

# Of the characters of a line that are no blanks.
_LETTERS_MIN = 0.5
_SYMBOLS_MIN = 0.12
_CODE_LINES_MIN = 0.5  # of the lines of a block
_ODD_WORDS_MIN = 0.2
_NOISE_WORDS_MIN = 5
_LIST_WORDS_MAX = 6
_SHORT_WORDS_MAX = 3
_SHORT_CHARS_MAX = 40
# So many lines in a row: fewer are a heading, an aside, a line of verse.
_ROWS_MIN = 4
_MARKED_ROWS_MIN = 2
_MARKED = frozenset({"cells", "stamped", "list"})
_ALONE = frozenset({"figures", "noise"})


class _Row(NamedTuple):
    start: int
    end: int
    words: str
    block: int


def unprosed(text: str) -> list[tuple[int, int]]:
    """The stretches of whole lines that are no prose, in order.

    >>> text = "Nine died, police said.\\n\\nTown|Dead|Hurt\\nLind|9|2\\nArlow|0|1"
    >>> [text[start:end] for start, end in unprosed(text)]
    ['Town|Dead|Hurt\\nLind|9|2\\nArlow|0|1']
    """
    rows = list(_rows(text))
    code = _code_blocks(rows)
    forms = ["code" if row.block in code else _form(row.words) for row in rows]
    taken: list[tuple[int, int]] = []
    for is_prose, group in groupby(zip(forms, rows, strict=True), key=lambda each: not each[0]):
        if not is_prose:
            taken += _taken(list(group))
    return _joined(text, taken)


def _taken(rows: list[tuple[str, _Row]]) -> Iterator[tuple[int, int]]:
    """What of neighbouring lines that look like no prose is none: all, or what shows it alone."""
    n_marked = sum(form in _MARKED for form, _ in rows)
    is_list = len(rows) >= _ROWS_MIN or n_marked >= _MARKED_ROWS_MIN
    for form, row in rows:
        if is_list or form == "code" or form in _ALONE:
            yield row.start, row.end


def _rows(text: str) -> Iterator[_Row]:
    """The lines that hold more than blanks; a blank line ends a block."""
    block, last = 0, 0
    for found in _LINE.finditer(text):
        line = found.group()
        words = line.strip()
        if not words:
            continue
        if text.count("\n", last, found.start()) > 1:
            block += 1
        start = found.start() + line.index(words[0])
        last = start + len(words)
        yield _Row(start, last, words, block)


def _code_blocks(rows: list[_Row]) -> frozenset[int]:
    found = []
    for block, group in groupby(rows, key=lambda row: row.block):
        lines = [row.words for row in group]
        n_code = sum(_is_code(line) for line in lines)
        if len(lines) > 1 and n_code >= _CODE_LINES_MIN * len(lines):
            found.append(block)
    return frozenset(found)


def _is_code(line: str) -> bool:
    if _STATEMENT.match(line):
        return True
    filled = line.replace(" ", "")
    return sum(c in _SYMBOLS for c in filled) > _SYMBOLS_MIN * len(filled)


def _form(line: str) -> str:
    """What the line looks like; "" is prose."""
    spoken = _ADDRESS.sub("", line)
    filled = "".join(spoken.split())
    n_letters = sum(map(str.isalpha, filled))
    if n_letters < 2 or (n_letters < _LETTERS_MIN * len(filled) and not _STAMPED.match(line)):
        return "figures" if not _is_row(line) else "cells"
    words = spoken.split()
    if _STAMPED.match(line):
        return "stamped"
    n_odd = sum(_ODD_WORD.search(word) is not None for word in words)
    if len(words) >= _NOISE_WORDS_MIN and n_odd >= _ODD_WORDS_MIN * len(words):
        return "noise"
    if _is_row(line):
        return "cells"
    if line.endswith(_ENDS):
        return ""
    if _BULLET.match(line) and len(words) <= _LIST_WORDS_MAX + 1:
        return "list"
    is_short = len(words) <= _SHORT_WORDS_MAX and len(line) <= _SHORT_CHARS_MAX
    return "short" if is_short else ""


def _is_row(line: str) -> bool:
    """Whether a line is a row of cells: tabs, bars, wide gaps, or commas without a blank."""
    if len(_COLUMNS.findall(line)) >= 1 + ("\t" not in line) or len(_BARS.findall(line)) >= 2:
        return True
    n_tight = len(_TIGHT_COMMA.findall(line))
    return n_tight >= 2 and n_tight > line.count(" ")


def _joined(text: str, stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches with nothing but blanks between them are one."""
    joined: list[tuple[int, int]] = []
    for start, end in stretches:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
