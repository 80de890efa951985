"""Work that some items are the death of; of a module, so that workers find it by name."""

import ctypes
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Page:
    name: str


def work(page: Page) -> str:
    match page.name.partition(" "):
        case ("dies", _, ""):
            os.abort()
        case ("crashes", _, ""):
            ctypes.string_at(0)
        case ("hangs", _, ""):
            time.sleep(3600)
        case ("once", _, marker):
            if not Path(marker).exists():
                Path(marker).touch()
                os.abort()
    return page.name.upper()


def make() -> Callable[[Page], str]:
    return work


def count(key: str, values: Iterator[bytes]) -> int:
    if key == "dies":
        os.abort()
    return sum(1 for _ in values)


def make_counting() -> Callable[[str, Iterator[bytes]], int]:
    return count
