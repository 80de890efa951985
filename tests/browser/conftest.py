"""One Chromium for all tests of a module, where it is installed; with CI set it must be."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright


# Of a module, for its driver runs an event loop, beside which no test of another could run one.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None and not os.environ.get("CI"):
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@dataclass
class Opened:
    """A page, what its console said, and what it asked for besides itself."""

    page: Page
    console: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@contextmanager
def opened(browser: Browser, path: Path, anchor: str = "", **context: Any) -> Iterator[Opened]:
    """The file as a reader opens it from disk."""
    with browser.new_context(**context) as made:
        found = Opened(made.new_page())
        found.page.on("console", lambda message: found.console.append(message.text))
        found.page.on("pageerror", lambda error: found.console.append(str(error)))
        found.page.on("request", lambda request: found.asked.append(request.url))
        found.page.goto(f"{path.as_uri()}{anchor}")
        yield found
