"""Whether it happened at all: what some tell and others deny or correct."""

from collections.abc import Iterator

from consilience.records import Claim
from consilience.weigh.asked import AskedPage


def denials(page: AskedPage) -> Iterator[Claim]:
    yield from ()
