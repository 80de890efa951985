"""Who did it, to whom, and who decided it."""

from collections.abc import Iterator

from consilience.records import Claim
from consilience.weigh.asked import AskedPage


def actors(page: AskedPage) -> Iterator[Claim]:
    yield from ()
