"""All pictures that README and docs show, taken in Chromium of the bundled examples.

python -m bench.pictures [FOLDER]
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, FloatRect, sync_playwright

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
WIDE = (1280, 900)
TALL = (1280, 1000)
NARROW = (380, 800)
MARGIN = 12
HIGH = 30_000
ALL_BYTES_MAX = 1_500_000
# Drawings come a frame after the page, and when they are near the window.
DRAWN = """() => new Promise((done) => {
  const isDrawn = (f) => f.hidden || f.firstChild;
  const look = () => [...document.querySelectorAll(".drawing")].every(isDrawn)
    ? done() : setTimeout(look, 20);
  look();
})"""


@dataclass(frozen=True, slots=True)
class Picture:
    """What stands in it: of the page at `address` the top, or the first that `part` names.

    `chosen` are clicked before. No picture is higher than its `size`.
    """

    name: str
    address: str = ""
    part: str | None = None
    chosen: tuple[str, ...] = ()
    size: tuple[int, int] = WIDE
    scheme: Literal["light", "dark"] = "light"


DOSSIER = (
    Picture("dossier", chosen=("#s2 a.claim",), size=TALL),
    Picture("dossier-dark", chosen=("#s2 a.claim",), scheme="dark"),
    Picture("dossier-narrow", "#s2", size=NARROW),
    Picture("figure", part=".finding:has(.drawing .step)"),
    Picture("ledger", part="#ledger"),
    Picture("timeline", part="[data-drawing=timeline]"),
    Picture("origins", part="[data-drawing=origins]"),
)
LIVING = (Picture("changes", part="#changes"),)
DESK = (
    Picture("desk", "/"),
    Picture("desk-search", "/search?q=pier"),
    Picture("desk-history", "/history"),
)


def take(browser: Browser, origin: str, picture: Picture, folder: Path) -> Path:
    path = folder / f"{picture.name}.png"
    width, height = picture.size
    # Reduced motion leaves nothing half moved.
    with browser.new_context(
        viewport={"width": width, "height": HIGH},
        color_scheme=picture.scheme,
        reduced_motion="reduce",
    ) as context:
        page = context.new_page()
        page.goto(f"{origin}{picture.address}")
        for selector in picture.chosen:
            page.locator(selector).first.click()
        page.evaluate(DRAWN)
        page.set_viewport_size({"width": width, "height": height})
        if "#" not in picture.address:
            page.evaluate("scrollTo(0, 0)")
        if picture.part is None:
            page.screenshot(path=path)
        else:
            part = page.locator(picture.part).first
            # Twice: what the first brings into the window may be higher than it was held for.
            for _ in range(2):
                part.evaluate(
                    "(one, margin) => scrollBy(0, one.getBoundingClientRect().top - margin)", MARGIN
                )
                page.evaluate("() => new Promise((done) => setTimeout(done, 100))")
            box = part.bounding_box()
            assert box is not None, f"{picture.part} is not shown"
            clip = FloatRect(
                x=max(0, box["x"] - MARGIN),
                y=max(0, box["y"] - MARGIN),
                width=min(width, box["width"] + 2 * MARGIN),
                height=min(height - max(0, box["y"] - MARGIN), box["height"] + 2 * MARGIN),
            )
            page.screenshot(path=path, clip=clip)
    return path


@contextmanager
def served(case: Path) -> Iterator[str]:
    """The address of a server of the case, which ends with the block."""
    command = [sys.executable, "-m", "consilience", "serve", str(case), "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as p:
        assert p.stdout is not None
        try:
            said = next(
                (found for line in p.stdout if (found := re.search(r"http://\S+", line))), None
            )
            assert said is not None, "the server named no address"
            yield said[0].rstrip("/.")
        finally:
            p.terminate()


def consilience(*arguments: str) -> None:
    subprocess.run(
        (sys.executable, "-m", "consilience", *arguments), check=True, stdout=subprocess.DEVNULL
    )


def pictures(folder: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        mine, weir, case = (Path(scratch) / name for name in ("mine", "weir", "weir.db"))
        consilience("account", str(EXAMPLES / "valdoro"), "--out", str(mine))
        for day in sorted((EXAMPLES / "weir").iterdir()):
            consilience("add", str(case), str(day), "--out", str(weir))
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--hide-scrollbars"]
        )
        for out, wanted in ((mine, DOSSIER), (weir, LIVING)):
            for picture in wanted:
                yield take(browser, (out / "index.html").as_uri(), picture, folder)
        with served(case) as origin:
            for picture in DESK:
                yield take(browser, origin, picture, folder)
        browser.close()


if __name__ == "__main__":
    goal = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    goal.mkdir(parents=True, exist_ok=True)
    taken = list(pictures(goal))
    sizes = [path.stat().st_size for path in taken]
    for path, size_bytes in zip(taken, sizes, strict=True):
        print(f"{size_bytes / 1000:7.0f} kB  {path}")
    if sum(sizes) > ALL_BYTES_MAX:
        raise SystemExit(f"{sum(sizes)} bytes in all, more than {ALL_BYTES_MAX}")
