"""Hostile strings in every field of the page, as a browser takes them: nothing runs."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page

from consilience.tell.to_html import to_html
from tests.hostile import PAYLOADS
from tests.sown import plain, sown

SOWN = list(sown())

# Every element with its attributes, once; the content of templates too, which is set as evidence.
SHAPES = """
() => {
  const found = new Set();
  const walk = (root) => {
    for (const one of root.querySelectorAll("*")) {
      found.add(one.localName);
      for (const a of one.attributes) found.add(`${one.localName} ${a.name}`);
      const address = one.getAttribute("href");
      if (address !== null) found.add(`href ${address.replace(/^#.*/s, "#").slice(0, 40)}`);
      if (one instanceof HTMLTemplateElement) walk(one.content);
    }
  };
  walk(document);
  return [...found].sort();
}
"""
# Words from outside that stand where their direction could turn ours.
LOOSE = """
() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = new Set();
  for (let node; (node = walker.nextNode()); ) {
    const holder = node.parentElement;
    if (/word \\d+/.test(node.data) && !holder.closest("bdi, [dir=auto], script, title, text")) {
      found.add(`${holder.closest("[class]")?.className}: ${node.data.trim().slice(0, 60)}`);
    }
  }
  return [...found].sort();
}
"""


class Opened:
    """A page opened from disk, with all that it did of itself."""

    def __init__(self, browser: Browser, path: Path, html: str) -> None:
        path.write_text(html, encoding="utf-8")
        self.did: list[str] = []
        self.page: Page = browser.new_page()
        self.page.on("dialog", self._refuse)
        self.page.on("console", lambda m: self.did.append(f"console {m.text}"))
        self.page.on("pageerror", lambda e: self.did.append(f"error {e}"))
        self.page.on("request", lambda q: self.did.append(f"request {q.url}"))
        self.page.goto(path.as_uri())
        self.did.remove(f"request {path.as_uri()}")

    def _refuse(self, dialog: Dialog) -> None:
        self.did.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def used(self) -> "Opened":
        """Evidence asked for in places all over the page, so that what copies words does so."""
        self.page.evaluate(
            "() => [...document.querySelectorAll('a[data-show]')]"
            ".filter((_, n) => n % 40 === 0).forEach((a) => a.click())"
        )
        return self


@pytest.fixture(scope="module")
def shapes(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What a page with harmless words is made of."""
    path = tmp_path_factory.mktemp("plain") / "index.html"
    opened = Opened(browser, path, to_html(plain())).used()
    assert opened.did == []
    found = set(opened.page.evaluate(SHAPES))
    opened.page.close()
    return found


@pytest.mark.threat("W1", "P1")
@pytest.mark.parametrize("n", range(len(SOWN)))
def test_nothing_runs_asks_or_grows(
    browser: Browser, tmp_path: Path, shapes: set[str], n: int
) -> None:
    html = to_html(SOWN[n])
    # Without the policy that would stop it, so that escaping alone must hold.
    bare = re.sub(r"<meta http-equiv[^>]*>", "", html)
    assert bare != html
    opened = Opened(browser, tmp_path / "index.html", bare).used()
    assert opened.did == []
    assert set(opened.page.evaluate(SHAPES)) <= shapes
    opened.page.close()


@pytest.mark.threat("W1")
def test_the_policy_has_nothing_to_stop(
    browser: Browser, tmp_path: Path, reached: Callable[[str], None]
) -> None:
    opened = Opened(browser, tmp_path / "index.html", to_html(SOWN[0])).used()
    assert opened.did == []
    opened.page.close()
    reached(f"{len(PAYLOADS)} strings in every field of {len(SOWN)} dossiers: nothing ran or asked")


@pytest.mark.threat("I10", "W1")
def test_words_from_outside_turn_no_others(browser: Browser, tmp_path: Path) -> None:
    opened = Opened(browser, tmp_path / "index.html", to_html(plain()))
    assert opened.page.locator("bdi", has_text="word 7").count() > 0
    assert opened.page.evaluate(LOOSE) == []
    opened.page.close()
