"""Whom somebody was freed for, and who was let go."""

from collections.abc import Iterator

from consilience.records import Claim
from consilience.weigh.asked import AskedPage


def exchanges(page: AskedPage) -> Iterator[Claim]:
    yield from ()
