"""Work counted in lines of Python, so that no busy processor decides."""

import sys
from collections import Counter
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any


def steps(work: Callable[[], object]) -> Counter[str]:
    """How many lines each function ran, by "folder/module.py function"; a loop each time."""
    by_code: Counter[CodeType] = Counter()

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        if event in ("call", "line"):
            by_code[frame.f_code] += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    found: Counter[str] = Counter()
    for code, n in by_code.items():
        found[f"{'/'.join(code.co_filename.split('/')[-2:])} {code.co_qualname}"] += n
    return found
