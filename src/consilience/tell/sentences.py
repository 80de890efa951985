"""Sentences as the account uses them: their words, and how alike two of them are."""

import math
import re
from bisect import bisect_right
from dataclasses import dataclass
from operator import mul

from consilience.records import Document, PartKind, Passage

# Openings that lean on the sentence before.
_DANGLING = re.compile(
    r"(?:but|and|or|nor|neither|either|so|yet|however|he|she|it|they|him|her|his|their|its|this|that|these|those"
    r"|such|also|in addition|meanwhile|then|there|once|as they|as he|as she|in all|both|another"
    r"|the (?:latter|former|same))\b",
    re.IGNORECASE,
)
# A pronoun whose noun stands in the sentence before: "By noon on Friday it was over the dike."
_LATE_PRONOUN = re.compile(
    r"(?:by|at|on|in|around|about|before|after|until|since|during|within|now|still|today|last|from)"
    r" (?:[\w.:'’]+ ){0,6}?(?:he|she|it|they) (?!is (?:not|un)|was (?:not|un|reported))",
    re.IGNORECASE,
)
# What was posted, linked or captioned is no sentence of a report.
_POSTED = re.compile(r"https?:|\b(?:www|pic)\.\w|\.com/|(?:^|\s)[@#]\w|\|| >> ")
_WORDS = (6, 45)
_QUOTE = re.compile(r"“[^”]{0,1500}”|\"[^\"]*\"")
_SPOKEN_WORDS = 7
# What a desk sets before a sentence of another kind: "Update:", "Photo by".
_LABEL = re.compile(
    r"(?:original post|(?:previous|earlier) (?:story|report|coverage)|updated?"
    r"|reporter|photo|video|watch|related|read more|read also|editor)\b"
    r"(?: \w+){0,3}?[:|]",
    re.IGNORECASE,
)
# What is announced to readers is no part of what happened.
_NOTICE = re.compile(
    r"\b(?:visitation|open to the public|(?:is|are) asked to (?:call|contact)|tickets|donations?"
    r"|anyone with information|gofundme|doors open|rsvp|in lieu of flowers|crime ?stoppers|sign up"
    r"|e-?mail alerts|subscribe|newsletter|will update this|(?:becomes|is made) available|follow us"
    r"|click|pictured|share pin it|more galleries"
    r"|(?:information|photos?|video|story|map|list) (?:above|below))\b",
    re.IGNORECASE,
)
# Whose the page is, and what may be done with it.
_RIGHTS = re.compile(
    r"©|\bcopyright (?:\d{4}|©|by)|\ball rights reserved\b|\bused under licen[cs]e\b"
    r"|\bmay not be (?:published|reproduced|copied)\b",
    re.IGNORECASE,
)
# Words of the page that stand before a sentence without a stop.
_GLUED = re.compile(
    r"(?:buy photo|local news|breaking news|top stor(?:y|ies)|photo gallery|raw video|close"
    r"|advertisement|share this|file photo) (?=[A-Z])",
    re.IGNORECASE,
)
# The rest of a date that a stop cut in two, or an entry of a list.
_NUMBERED = re.compile(r"\d+(?:,(?! ?\d)|/\d|[.)] )")
OPENING_MARKS = frozenset("\"'“‘«¿¡")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence with its vector, 384 wide and of length one, or empty."""

    sentence: Passage
    vector: tuple[float, ...]

    def likeness(self, other: "Told") -> float:
        """Cosine of the two sentence vectors, 0 where one has none."""
        if not self.vector or not other.vector:
            return 0.0
        return math.fsum(map(mul, self.vector, other.vector))


# A dash or a town that opens a report, and is none of its sentence.
_DATELINE = re.compile(
    r"^(?:[-–—] *|[A-Z]{3,}[A-Za-z .,()/]{0,40}? *(?:--|—|–|>>| - |- (?=[A-Z])) *)(?=[\w“\"‘])"
)


def words_of(document: Document, passage: Passage) -> str:
    """The words of a passage on one line, without a dateline, otherwise untouched."""
    return on_one_line(document.text[passage.start : passage.end]).strip()


def on_one_line(words: str) -> str:
    """Words with single blanks and without the dateline that opens them."""
    return _DATELINE.sub("", re.sub(r"\s+", " ", words), count=1)


def part_of(document: Document, passage: Passage) -> PartKind:
    """The kind of part that a passage begins in; body where the document is not cut."""
    n = bisect_right(document.parts, passage.start, key=lambda part: part.passage.start)
    part = document.parts[n - 1] if n else None
    return part.kind if part is not None and passage.start < part.passage.end else PartKind.BODY


def is_posted(words: str) -> bool:
    """Whether words hold an address, a handle or a tag."""
    return _POSTED.search(words) is not None


def is_spoken(words: str) -> bool:
    """Whether so much of a sentence is quoted that it belongs to who said it."""
    return any(len(m[0].split()) >= _SPOKEN_WORDS for m in _QUOTE.finditer(words))


def is_of_rights(words: str) -> bool:
    """Whether words say who may print them, and nothing of what happened."""
    return _RIGHTS.search(words) is not None


def goes_on(words: str) -> bool:
    """Whether words begin as the continuation of others: “And some …”."""
    return re.match(r"(?:and|but|so|or)\b", words, re.IGNORECASE) is not None


def can_stand_alone(document: Document, passage: Passage) -> bool:
    """Whether a sentence of the body can be read without the one before it."""
    text = words_of(document, passage)
    low, high = _WORDS
    return (
        part_of(document, passage) is PartKind.BODY
        and low <= len(text.split()) <= high
        and _DANGLING.match(text) is None
        and _LATE_PRONOUN.match(text) is None
        and (text[:1] in OPENING_MARKS or text[:1].isupper() or text[:1].isdigit())
        and _LABEL.match(text) is None
        and not is_posted(text)
        and not is_of_rights(text)
        and _NOTICE.search(text) is None
        and _GLUED.match(text) is None
        and _NUMBERED.match(text) is None
        and not _is_shouted(text)
        and text.rstrip("\"'”’»")[-1:] in {".", "!", "?"}
        and _are_marks_balanced(text)
        and not _is_only_quoted(text)
    )


def _is_shouted(text: str) -> bool:
    """Whether most letters are capitals, as in the transcript of a broadcast."""
    return 2 * sum(map(str.isupper, text)) > sum(map(str.isalpha, text))


def _is_only_quoted(text: str) -> bool:
    """Whether a sentence is somebody's words with nobody's name on them."""
    return text[0] in '"“«‘' and text[-1] in '"”»’'


def _are_marks_balanced(text: str) -> bool:
    return text.count("“") == text.count("”") and text.count('"') % 2 == 0


def quoted(words: str) -> str:
    """Words in curly marks, double marks inside turned to single ones as a desk would."""
    inside = words.replace("“", "‘").replace("”", "’")
    inside = re.sub(r"(^|[\s(\[—–-])\"", r"\1‘", inside).replace('"', "’")
    return f"“{inside}”"
