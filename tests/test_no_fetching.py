"""Only the command line fetches, and only when told to: no door to the outside leads inside."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from consilience.assistant.server import tools
from tests.conftest import Command
from tests.small_cases import OneReader
from tests.small_pages import FLOOD
from tests.test_assistant import kept
from tests.web.serving import desk


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """The address of a server, and what it was asked."""
    asked: list[str] = []

    class Noting(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Noting)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/page", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def flood(tmp_path_factory: pytest.TempPathFactory, engine: OneReader) -> Path:
    return kept(tmp_path_factory.mktemp("flood"), list(FLOOD[:2]), engine)


@pytest.mark.threat("W6", "P1")
def test_a_server_keeps_addresses_and_asks_for_none(flood: Path) -> None:
    with listening() as (url, asked), desk(flood, with_tokens=False) as served:
        client = served.client
        alone = client.post("/api/documents", {"url": url, "by": "Iris"})
        assert (alone.status, alone.json["detail"]) == (422, "give either text or html")
        for given in ({"text": f"See {url} there."}, {"html": f"<img src={url}><p>One.</p>"}):
            kept_page = client.post("/api/documents", {**given, "url": f"{url}?1", "by": "Iris",
                                                       "replaces": True})  # fmt: skip
            assert kept_page.status == 202
        assert client.post("/api/check", {"statement": f"It stands at {url}."}).status == 200
        assert asked == []


@pytest.mark.threat("W6", "M6")
def test_an_assistant_keeps_addresses_and_asks_for_none(flood: Path) -> None:
    with listening() as (url, asked):
        reading, writing = tools(flood, "Iris")
        by_name = {tool.__name__: tool for tool in (*reading, *writing)}
        assert not [name for name in by_name if "fetch" in name or "open" in name]
        added = by_name["add_document"](text=f"Two people died in Corrin: {url}", url=url)
        assert added["status"] == "taken"
        by_name["passages"](query=url)
        by_name["document"](document=url)
        by_name["check"](statement=f"Two died, says {url}.")
        assert asked == []


@pytest.mark.threat("W6", "P1")
def test_what_a_document_names_is_not_asked_for(consilience: Command, tmp_path: Path) -> None:
    with listening() as (url, asked):
        page = f'<link rel=stylesheet href="{url}"><img src="{url}"><iframe src="{url}"></iframe>'
        (tmp_path / "a.html").write_text(f"{page}<p>Two people died in Corrin on Monday.</p>")
        (tmp_path / "b.xml").write_text(
            f'<!DOCTYPE r SYSTEM "{url}" [<!ENTITY x SYSTEM "{url}">]><rss><channel><item><link>'
            f"{url}</link><title>Two died &x;</title></item></channel></rss>"
        )
        assert consilience("read", tmp_path, "--fetch").code == 0
        assert asked == []


@pytest.mark.threat("W6", "P1")
def test_what_fetches_is_not_even_loaded_unless_it_is_asked_for() -> None:
    said = "import sys, consilience.cli, consilience.web.app, consilience.assistant.server\n"
    said += "sys.exit('consilience.ingest.fetch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", said], check=False).returncode == 0
