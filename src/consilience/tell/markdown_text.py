"""Outside words in Markdown, none of them read as markup, and the notes that quote them."""

import re
from collections.abc import Iterable, Mapping

from consilience.records import Passage, Sentence
from consilience.tell.lookup import Lookup
from consilience.tell.phrases import say_dated
from consilience.wording import label, printable

# Where a backslash is put before a character, since CommonMark or a usual extension of it (tables,
# footnotes, mathematics, marks, addresses that become links) would take it for its own.
_SPECIAL = tuple(
    re.compile(pattern)
    for pattern in (
        r"[\\`*\[\]<>|~^{}@#]",
        r"(?<![^\W_])_|_(?![^\W_])",  # inside a word it is none: 06_followup.txt
        r"\$(?!\d)",  # before a figure it ends no formula, and what could is never left
        r"&(?=[A-Za-z#])",
        r"(?<==)=|=(?==)",
        r"(?<=[A-Za-z0-9]):(?=//)",
        r"(?<=[Ww]{3})\.",
        # What would begin a list, a rule, a heading or a definition at the start of a line.
        r"^[-+:=]",
        r"(?<=^\d)[.)](?=\s|$)|(?<=^\d\d)[.)](?=\s|$)|(?<=^\d{3})[.)](?=\s|$)"
        r"|(?<=^\d{4})[.)](?=\s|$)|(?<=^\d{5})[.)](?=\s|$)|(?<=^\d{6})[.)](?=\s|$)"
        r"|(?<=^\d{7})[.)](?=\s|$)|(?<=^\d{8})[.)](?=\s|$)|(?<=^\d{9})[.)](?=\s|$)",
    )
)
_MARKS = re.compile('[“”„"«»]')
# What stands before a note: "six people,[^1]" and "“… at noon.”[^2]".
_CLOSING = ".,;:!?…)”’»\"'"


def escaped(text: str) -> str:
    """Outside text on one line, none of it read as Markdown.

    >>> escaped("06_followup.txt cost $5 *or* [more]")
    '06_followup.txt cost $5 \\\\*or\\\\* \\\\[more\\\\]'
    """
    return _escaped(" ".join(text.split()), {})


def _escaped(line: str, after: Mapping[int, str]) -> str:
    """`after` is what is set, as it is, behind so many characters of the line."""
    line = printable(line)
    special = {match.start() for pattern in _SPECIAL for match in pattern.finditer(line)}
    # "[^1](" begins a link where footnotes are not known, "[^1]:" is one.
    special |= {
        place for place, note in after.items() if note and line.startswith(("(", ":"), place)
    }
    out, begun = [], 0
    for place in sorted(special | after.keys()):
        out += [line[begun:place], after.get(place, ""), "\\" if place in special else ""]
        begun = place
    return "".join([*out, line[begun:]])


class Notes:
    """The footnotes, numbered in the order they are first called for."""

    def __init__(self, book: Lookup) -> None:
        self.book = book
        self._numbers: dict[Passage, int] = {}

    def __call__(self, passages: Iterable[Passage]) -> str:
        return "".join(f"[^{self._number(passage)}]" for passage in dict.fromkeys(passages))

    def told(self, sentence: Sentence) -> str:
        """A sentence with each note behind the words that rest on it."""
        line = "".join(" " if character.isspace() else character for character in sentence.text)
        cited = {passage for one in sentence.cited for passage in one.passages}
        after: dict[int, str] = {}
        for one in sentence.cited:
            place = _behind(line, one.end)
            after[place] = after.get(place, "") + self(one.passages)
        rest = self(p for p in sentence.passages if p not in cited)
        after[len(line)] = after.get(len(line), "") + rest
        return _escaped(line, after)

    def _number(self, passage: Passage) -> int:
        return self._numbers.setdefault(passage, len(self._numbers) + 1)

    def footnotes(self) -> list[str]:
        return [f"[^{n}]: {self._cited(passage)}" for passage, n in self._numbers.items()]

    def _cited(self, passage: Passage) -> str:
        document = self.book.documents[passage.document_id]
        title = f"“{escaped(document.title)}”, " if document.source and document.title else ""
        words = self.book.words(passage)
        # Words that hold quotation marks of their own are set without ours.
        marked = words if _MARKS.search(words) else f"“{' '.join(words.split())}”"
        dated = escaped(say_dated(document))
        return f"{escaped(label(document))}, {title}{dated}: {escaped(marked)}"


def _behind(line: str, end: int) -> int:
    """Where a note stands that ends there: behind the stop or mark that closes the words."""
    while end < len(line) and line[end] in _CLOSING:
        end += 1
    return min(end, len(line))
