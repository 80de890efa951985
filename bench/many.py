"""One case of 50, 150 and 500 documents: time and memory of each stage, and the page in a browser.

    python -m bench.many [--data DIR] [--no-browser] [SIZES...]

The documents are those of bench.stories, or of DIR's `dev/gva`, many events taken for one, of which
nothing is kept. Each size runs in a process of its own. Seconds are of the processor, memory is the
peak until the stage's end, and the ratio is time a document, held against the first size: 1 where
time is linear. The page is opened from disk in Debian's chromium: until it is loaded, until its
first paint, and from choosing the account's first reference until its evidence is seen; the
processor time is that of the page's own thread.
"""

import argparse
import gzip
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.stories import write
from consilience import __version__
from consilience.engine import LocalEngine
from consilience.ingest import Raw, ingest_raw, list_inputs
from consilience.interchange import dossier_to_json, dumps
from consilience.pipeline import resolve_case
from consilience.read import reader_version
from consilience.reading import read_each
from consilience.records import Document, Dossier, Failure, Reading, Run
from consilience.tell import tell
from consilience.tell.to_html import to_html
from consilience.tell.to_markdown import to_markdown
from consilience.weigh import weigh

SIZES = (50, 150, 500)
OPEN_BAR_S, PAGE_BAR_MB = 2.0, 10.0  # issue 6
_OPEN_TIMEOUT_MS = 120_000
_WRITERS: dict[str, Callable[[Dossier], str]] = {
    "index.html": to_html,
    "account.md": to_markdown,
    "dossier.json": lambda dossier: dumps(dossier_to_json(dossier)),
}


class Stages:
    """Processor seconds and peak MiB of each stage, in order."""

    def __init__(self) -> None:
        self.costs: dict[str, tuple[float, float]] = {}

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        began = time.process_time()
        yield
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        self.costs[name] = time.process_time() - began, peak


def measure(n: int, data: Path | None, *, is_opened: bool) -> dict[str, Any]:
    stages = Stages()
    with tempfile.TemporaryDirectory() as scratch:
        folder, memory = Path(scratch) / "case", Path(scratch) / "memory.db"
        if data is None:
            write(folder, n)
        else:
            _write_gva(folder, n, data)
        for warmth in ("cold", "warm"):
            with stages.of(f"reading, {warmth} memory"):
                read = _read(folder, memory)
        documents = sorted((document for document, _ in read), key=lambda d: d.name)
        with stages.of("resolve"):
            case, _ = resolve_case(documents, {d.id: reading for d, reading in read})
        with stages.of("weigh"):
            weighed = weigh(case)
        with stages.of("tell"):
            now = datetime.now(UTC).isoformat(timespec="seconds")
            dossier = tell(case, weighed, Run(__version__, reader_version(), now), ())
        sizes = {}
        for name, render in _WRITERS.items():
            with stages.of(f"writing {name}"):
                written = render(dossier).encode()
                (Path(scratch) / name).write_bytes(written)
            sizes[name] = len(written) / 1e6
        opened = _open(Path(scratch) / "index.html") if is_opened else {}
    words = sum(len(document.text.split()) for document in documents)
    return {
        "documents": len(documents), "words": words, "stages": stages.costs, "sizes": sizes,
        "page": opened,
    }  # fmt: skip


def _read(folder: Path, memory: Path) -> list[tuple[Document, Reading]]:
    outcomes = read_each(_ingested(folder), LocalEngine(1), memory)
    return [outcome for outcome in outcomes if isinstance(outcome, tuple)]


def _ingested(folder: Path) -> Iterator[Document | Failure]:
    for raw in list_inputs([str(folder)]):
        if isinstance(raw, Raw):
            yield from ingest_raw(raw)


def _write_gva(folder: Path, n: int, data: Path) -> None:
    folder.mkdir()
    with (
        gzip.open(data / "dev" / "gva" / "docs.jsonl.gz", "rt", encoding="utf-8") as lines,
        (folder / "stitched.jsonl").open("w", encoding="utf-8") as out,
    ):
        long = (d for line in lines if len((d := json.loads(line))["text"].split()) > 200)
        for _, d in zip(range(n), long, strict=False):
            given = {"id": d["doc"], "title": d["title"], "url": d["url"], "text": d["text"]}
            out.write(json.dumps(given | ({"published": d["dct"]} if d["dct"] else {})) + "\n")


def _open(page: Path) -> dict[str, float]:
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    if chromium is None:
        return {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1280, "height": 900})
        watch = tab.context.new_cdp_session(tab)
        watch.send("Performance.enable", {"timeDomain": "threadTicks"})
        began = time.perf_counter()
        tab.goto(page.as_uri(), wait_until="load", timeout=_OPEN_TIMEOUT_MS)
        loaded = time.perf_counter() - began
        paint = tab.evaluate(
            "() => new Promise(seen => { const look = () => {"
            " const found = performance.getEntriesByName('first-contentful-paint')[0];"
            " if (found) seen(found.startTime); else setTimeout(look, 20); }; look(); })"
        )
        metrics = watch.send("Performance.getMetrics")["metrics"]
        spent = next(m["value"] for m in metrics if m["name"] == "TaskDuration")
        nodes = tab.evaluate("() => document.getElementsByTagName('*').length")
        began = time.perf_counter()
        tab.locator("#account a[href^='#p']").first.click(timeout=_OPEN_TIMEOUT_MS)
        tab.locator("#evidence").wait_for(state="visible", timeout=_OPEN_TIMEOUT_MS)
        chosen = time.perf_counter() - began
        browser.close()
    return {
        "loaded, s": loaded, "loaded, cpu s": spent, "first paint, s": paint / 1000,
        "evidence seen, s": chosen, "elements": nodes,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.many")
    parser.add_argument("sizes", metavar="SIZE", nargs="*", type=int, default=SIZES)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--no-browser", action="store_true")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one is not None:
        print(json.dumps(measure(given.one, given.data, is_opened=not given.no_browser)))
        return
    first: dict[str, Any] | None = None
    for n in given.sizes:
        command = [sys.executable, "-m", "bench.many", "--one", str(n)]
        command += ["--data", str(given.data)] if given.data is not None else []
        command += ["--no-browser"] if given.no_browser else []
        ended = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        found = json.loads(ended.stdout)
        first = first or found
        _show(found, first)


def _show(found: dict[str, Any], first: dict[str, Any]) -> None:
    n, least = found["documents"], first["documents"]
    print(f"{n:,} documents of {found['words']:,} words")
    print(f"  {'':22}{'cpu s':>9}{'ms each':>9}{'ratio':>7}{'peak MiB':>10}")
    for name, (seconds, peak) in found["stages"].items():
        ratio = seconds / n / (max(first["stages"][name][0], 0.01) / least)
        print(f"  {name:22}{seconds:9.2f}{1000 * seconds / n:9.1f}{ratio:7.2f}{peak:10.0f}")
    for name, megabytes in found["sizes"].items():
        over = "   over" if name == "index.html" and megabytes > PAGE_BAR_MB else ""
        ratio = megabytes / n / (first["sizes"][name] / least)
        print(f"  {name:22}{megabytes:9.2f} MB      {ratio:7.2f}{over}")
    for name, value in found["page"].items():
        over = "   over" if name == "loaded, s" and value > OPEN_BAR_S else ""
        print(f"  {name:22}{value:9,.2f}{over}")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
