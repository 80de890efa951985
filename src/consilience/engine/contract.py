"""What every engine does; `tests/contract` holds them to it."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

from consilience.records import Failure


class Named(Protocol):
    @property
    def name(self) -> str: ...


A = TypeVar("A", bound=Named)
B = TypeVar("B")


class Engine(Protocol):
    def map(
        self, stage: str, make: Callable[[], Callable[[A], B]], items: Iterable[A]
    ) -> Iterator[B | Failure]:
        """Call `make` once per worker and its result on every item; keep the order of `items`.

        A ConsilienceError on an item becomes a Failure of `stage` under the item's name. One
        raised by `make`, and any other exception, which is our bug, ends the run.
        """
