import random
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

from consilience.engine.sorting import spans


def test_more_than_a_run_holds_is_sorted_like_what_fits(tmp_path: Path) -> None:
    rng = random.Random(5)
    pairs = [(f"k{rng.randint(0, 20)}", rng.randbytes(rng.randint(0, 30))) for _ in range(2000)]
    found = [
        (span.name, value)
        for span in spans(pairs, tmp_path, run_bytes=10_000)
        for value in span.values()
    ]
    assert found == sorted(pairs)


def test_the_values_of_one_key_are_never_held_together(tmp_path: Path) -> None:
    def pairs() -> Iterator[tuple[str, bytes]]:
        for i in range(4000):
            yield "one", i.to_bytes(4, "big") * 2500  # 40 MB in all

    tracemalloc.start()
    try:
        n_bytes = sum(
            len(value)
            for span in spans(pairs(), tmp_path, run_bytes=2_000_000)
            for value in span.values()
        )
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert n_bytes == 40_000_000
    assert most < 8_000_000
