"""Document -> Reading: names, times, quantities, who says what, who did what to whom."""

from consilience.read.memory import Memory
from consilience.read.reader import Reader, reader_version

__all__ = ["Memory", "Reader", "reader_version"]
