"""Document -> Reading: names, times, quantities, who says what, who did what to whom."""

from consilience.read.reader import Reader, reader_version

__all__ = ["Reader", "reader_version"]
