"""With what it was done."""

from collections.abc import Iterator

from consilience.records import Claim
from consilience.weigh.acts import Act
from consilience.weigh.asked import AskedPage


def weapons(page: AskedPage) -> Iterator[tuple[Act, Claim]]:
    yield from ()
