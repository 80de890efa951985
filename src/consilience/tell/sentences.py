"""Sentences as the account uses them: their words, and how alike two of them are."""

import math
import re
from dataclasses import dataclass

from consilience.records import Document, Passage


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence with its vector, 384 wide and of length one, or empty."""

    sentence: Passage
    vector: tuple[float, ...]

    def likeness(self, other: "Told") -> float:
        """Cosine of the two sentence vectors, 0 where one has none."""
        if not self.vector or not other.vector:
            return 0.0
        return math.fsum(a * b for a, b in zip(self.vector, other.vector, strict=True))


def words_of(document: Document, passage: Passage) -> str:
    """The words of a passage on one line, otherwise untouched."""
    return re.sub(r"\s+", " ", document.text[passage.start : passage.end]).strip()
