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
        raised by `make`, a ModelError, and any other exception, which is our bug, ends the run.
        """

    def reduce(
        self,
        stage: str,
        make: Callable[[], Callable[[str, Iterator[bytes]], B]],
        pairs: Iterable[tuple[str, bytes]],
    ) -> Iterator[tuple[str, B | Failure]]:
        """Call `make` once per worker and its result on every key with all of its values.

        Keys come in the order of their code points, the values of each in the order of their
        bytes, one given twice twice; whatever the order of `pairs`. Neither the pairs nor the
        values of one key need fit into memory. Errors are as with `map`; a failure bears the key
        as its name.
        """
