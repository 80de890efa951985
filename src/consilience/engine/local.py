"""The engine of one machine: this process, or a few beside it."""

import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any, Generic

from consilience.engine.beside import attempt, map_beside
from consilience.engine.contract import A, B
from consilience.engine.sorting import Span, spans
from consilience.records import Failure

# A worker is a second of imports before its first document, which takes a fifth of a second.
BESIDE_FROM = 20
# The longest documents and the largest events take a few minutes.
LIMIT_S = 1800.0


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """Works in this process, or where items are many with `workers` processes beside it.

    With `beside_from=0` it never works in this one, so that nothing can end it.

    What `make` made in this process is kept for the next call with the same `make`. To processes
    beside, `make` and the items travel by pickle, and a script that calls needs its
    `if __name__ == "__main__"`. There an item that crashes its process, or takes longer than
    `limit_s`, is tried once more and then a Failure.
    """

    workers: int = 1
    beside_from: int = BESIDE_FROM
    limit_s: float = LIMIT_S
    scratch: Path | None = None
    _made: dict[Any, Callable[[Any], Any]] = field(default_factory=dict, init=False, repr=False)

    def map(
        self, stage: str, make: Callable[[], Callable[[A], B]], items: Iterable[A]
    ) -> Iterator[B | Failure]:
        rest = iter(items)
        first = list(islice(rest, self.beside_from if self.workers > 1 else 0))
        if self.beside_from > 0 and (self.workers == 1 or len(first) < self.beside_from):
            return self._map_here(stage, make, chain(first, rest))
        return map_beside(stage, make, chain(first, rest), self.workers, self.limit_s)

    def reduce(
        self,
        stage: str,
        make: Callable[[], Callable[[str, Iterator[bytes]], B]],
        pairs: Iterable[tuple[str, bytes]],
    ) -> Iterator[tuple[str, B | Failure]]:
        """See `Engine.reduce`. Pairs lie in a folder within `scratch`, at most three times over."""
        with tempfile.TemporaryDirectory(prefix="consilience-", dir=self.scratch) as folder:
            keys: deque[str] = deque()

            def named() -> Iterator[Span]:
                for span in spans(pairs, Path(folder)):
                    keys.append(span.name)
                    yield span

            for outcome in self.map(stage, _OverSpans(make), named()):
                yield keys.popleft(), outcome

    def _map_here(
        self, stage: str, make: Callable[[], Callable[[A], B]], items: Iterable[A]
    ) -> Iterator[B | Failure]:
        for item in items:
            if make not in self._made:
                self._made[make] = make()  # not before there is work: it may load an encoder
            yield attempt(self._made[make], stage, item)


@dataclass(frozen=True, slots=True)
class _OverSpans(Generic[B]):
    """Makes what is called on a key and its values be called on where these lie."""

    make: Callable[[], Callable[[str, Iterator[bytes]], B]]

    def __call__(self) -> Callable[[Span], B]:
        call = self.make()
        return lambda span: call(span.name, span.values())
