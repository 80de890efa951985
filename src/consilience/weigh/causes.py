"""How it began, why, and with what."""

from collections.abc import Iterator

from consilience.records import Claim
from consilience.weigh.asked import AskedPage


def causes(page: AskedPage) -> Iterator[Claim]:
    yield from ()
