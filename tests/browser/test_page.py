"""The page as a browser runs it, opened from disk, where Chromium is installed."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from consilience.tell.to_html import to_html
from tests.tell.sample import sample_dossier

CHROMIUM = shutil.which("chromium")

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"), reason="chromium is not installed"
)


def opened(tmp_path: Path, anchor: str = "", driver: str = "") -> tuple[str, str]:
    """The page after its script and `driver` have run, and what the console said."""
    assert CHROMIUM is not None, "CI must have chromium"
    path = tmp_path / "index.html"
    page = to_html(sample_dossier())
    if driver:
        # The page allows no script but its own, so a driven page is one without that rule.
        page = re.sub(r"<meta http-equiv[^>]*>", "", page)
        page = page.replace("</body>", f"<script>{driver}</script></body>")
    path.write_text(page, encoding="utf-8")
    done = subprocess.run(
        [
            CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
            "--disable-background-networking", "--disable-component-update", "--v=0",
            f"--user-data-dir={tmp_path / 'profile'}",
            "--virtual-time-budget=2000", "--dump-dom", f"{path.as_uri()}{anchor}",
        ],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    return done.stdout, done.stderr


def panel(dom: str) -> str:
    found = re.search(r'<aside id="evidence".*?</aside>', dom, re.DOTALL)
    assert found is not None
    return found[0]


def test_a_sentence_shows_the_words_behind_it(tmp_path: Path) -> None:
    dom, console = opened(tmp_path, "#s2")
    shown = panel(dom)
    assert "hidden" not in shown.split(">", 1)[0]
    assert "<mark>catorce muertos</mark>" in shown
    assert shown.count('class="card"') == 3
    assert "CONSOLE" not in console


def test_nothing_is_shown_until_it_is_asked_for(tmp_path: Path) -> None:
    dom, console = opened(tmp_path)
    assert "hidden" in panel(dom).split(">", 1)[0]
    assert 'class="theme">' in dom
    assert "CONSOLE" not in console


def test_a_passage_is_lit_in_its_text(tmp_path: Path) -> None:
    dom, _ = opened(tmp_path, "#p4")
    assert re.search(r'<mark class="body p4[^"]* lit">catorce muertos', dom)


KEYS = """
const seen = [], panel = document.getElementById("evidence");
const press = (key) => document.activeElement.dispatchEvent(
  new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
const note = () => seen.push(document.activeElement.closest("[id]").id
  + (panel.hidden ? "" : "+" + panel.querySelectorAll(".card").length));
document.querySelector("#s1 .claim").focus(); note();
document.querySelector("#s1 .claim").click(); note();
press("ArrowDown"); note();
press("ArrowUp"); note();
press("Escape"); note();
document.querySelector(".theme").click();
seen.push(document.documentElement.dataset.theme);
document.title = seen.join(" ");
"""


def test_the_page_is_worked_by_keys_alone(tmp_path: Path) -> None:
    dom, console = opened(tmp_path, driver=KEYS)
    assert "<title>s1 s1+2 s2+3 s1+2 s1 dark</title>" in dom
    assert "CONSOLE" not in console


def test_the_page_fetches_nothing(tmp_path: Path) -> None:
    fetched = "document.title = performance.getEntriesByType('resource').length + ' fetched';"
    dom, _ = opened(tmp_path, driver=fetched)
    assert "<title>0 fetched</title>" in dom
