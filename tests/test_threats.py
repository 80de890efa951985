"""The page of threats tells the truth: each is held off by tests, and those it names are there."""

import re
from collections import Counter
from pathlib import Path

from tests.threats import THREATS, Reached, to_markdown

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "robustness.md"
MARK = re.compile(r"mark\.threat\(([^)]*)\)")
NAMED = re.compile(r"^- `(tests/[^:`]+)::(\w+)`: (.+)$", re.M)


def test_each_threat_has_a_test_that_says_so() -> None:
    marks = [
        mark
        for path in (ROOT / "tests").rglob("test_*.py")
        for mark in MARK.findall(path.read_text(encoding="utf-8"))
    ]
    held_off = {name for mark in marks for name in re.findall(r'"(\w+)"', mark)}
    assert held_off == set(THREATS)


def test_the_page_names_every_threat_and_tests_that_exist() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert re.findall(r"^### (\w+)\.", page, re.M) == list(THREATS)
    named = NAMED.findall(page)
    assert len(named) >= len(THREATS)
    for path, test, _ in named:
        assert f"def {test}(" in (ROOT / path).read_text(encoding="utf-8"), f"{path}::{test}"


def test_the_page_says_what_failed_and_what_was_reached() -> None:
    ended = Reached("I6", "tests/a.py::test_a", Counter(passed=2, failed=1), ["1 s", "61 MiB"])
    page = to_markdown([ended])
    assert "- `tests/a.py::test_a`: 1 failed, 2 passed; 1 s; 61 MiB\n" in page
    assert page.count("No test yet.") == len(THREATS) - 1
    again = Reached("I7", "tests/a.py::test_b", Counter(passed=1))
    both = to_markdown([again], page)
    assert "- `tests/a.py::test_a`: 1 failed, 2 passed; 1 s; 61 MiB\n" in both
    assert "- `tests/a.py::test_b`: passed\n" in both
