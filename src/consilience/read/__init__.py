"""Document -> Reading: names, times, quantities, who says what, who did what to whom."""

from consilience.read.reader import Reader

__all__ = ["Reader"]
