"""Fetching a page, from a server of this machine that stands for the open internet."""

import gzip
import http.server
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from consilience.ingest import ingest, ingest_raw
from consilience.ingest.addresses import is_public, parse_address
from consilience.ingest.fetch import Network, fetch
from consilience.ingest.inputs import Raw
from consilience.ingest.limits import FILE_BYTES_MAX, REDIRECTS_MAX
from consilience.records import Document, Failure
from tests.conftest import Command

# Of a certificate that only these tests trust; its key is no secret.
PEM = Path(__file__).parent / "news.example.pem"
PAGE = b"<html><title>Dam holds</title><p>The dam at Orvel held on Monday, officials said.</html>"


class Site(http.server.BaseHTTPRequestHandler):
    """Says what each path is there for; `asked` is what it was asked, with the headers."""

    asked: list[tuple[str, dict[str, str]]]

    def do_GET(self) -> None:
        self.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        path, _, query = self.path.partition("?")
        getattr(self, f"say_{path.strip('/') or 'page'}", self.say_nothing)(query)

    def say(self, body: bytes, kind: str | None = "text/html", **headers: str) -> None:
        self.send_response(200)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if kind is not None:
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def say_page(self, query: str) -> None:
        self.say(PAGE, Set_Cookie="seen=1")

    def say_nothing(self, query: str) -> None:
        self.send_error(404)

    def say_kind(self, query: str) -> None:
        self.say(b"The dam held on Monday, officials said.\n", query or None)

    def say_to(self, query: str) -> None:
        self.send_response(302)
        self.send_header("Location", unquote(query))
        self.send_header("Set-Cookie", "seen=1")
        self.end_headers()

    def say_round(self, query: str) -> None:
        self.say_to(f"/round?{int(query or 0) + 1}")

    def say_packed(self, query: str) -> None:
        self.say(gzip.compress(PAGE), Content_Encoding="gzip")

    def say_bomb(self, query: str) -> None:
        self.say(gzip.compress(b" " * (60 * 1024**2)), Content_Encoding="gzip")

    def say_endless(self, query: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        for _ in range(FILE_BYTES_MAX // 65_536 + 4):
            self.wfile.write(b" " * 65_536)

    def say_short(self, query: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "100000")
        self.end_headers()
        self.wfile.write(PAGE)

    def say_cut(self, query: str) -> None:
        self.say(gzip.compress(PAGE)[:-12], Content_Encoding="gzip")

    def say_coded(self, query: str) -> None:
        self.say(PAGE, Content_Encoding=query)

    def say_slow(self, query: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        for _ in range(200):
            self.wfile.write(b" ")
            time.sleep(0.02)

    def say_slowheaders(self, query: str) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _ in range(200):
            self.wfile.write(b"a")
            time.sleep(0.02)

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:  # who asked has gone
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


@dataclass(frozen=True)
class Internet:
    """Every name is at this machine, where one server listens."""

    url: str
    network: Network
    asked: list[tuple[str, dict[str, str]]]

    def fetch(self, target: str) -> Raw | Failure:
        return fetch(self.url + target, self.network)

    def error(self, target: str) -> str:
        found = self.fetch(target)
        assert isinstance(found, Failure)
        return found.error

    def at(self, resolve: Callable[[str, int], Sequence[str]]) -> "Internet":
        return replace(self, network=replace(self.network, resolve=resolve))


@contextmanager
def serving(scheme: str) -> Iterator[Internet]:
    asked: list[tuple[str, dict[str, str]]] = []
    site = type("OneSite", (Site,), {"asked": asked})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), site)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    if scheme == "https":
        ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        ours.load_cert_chain(PEM)
        server.socket = ours.wrap_socket(server.socket, server_side=True)
    port = server.server_address[1]
    network = Network(
        resolve=lambda host, port: ("127.0.0.1",),
        may_ask=lambda number: number == "127.0.0.1",
        ports=frozenset((port,)),
        trusted=lambda: ssl.create_default_context(cafile=PEM),
        within_s=10,
    )
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield Internet(f"{scheme}://news.example:{port}", network, asked)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def internet() -> Iterator[Internet]:
    with serving("http") as opened:
        yield opened


@pytest.fixture
def tls() -> Iterator[Internet]:
    with serving("https") as opened:
        yield opened


def document(raw: Raw | Failure) -> Document:
    assert isinstance(raw, Raw), raw
    (found,) = ingest_raw(raw)
    assert isinstance(found, Document)
    return found


def test_a_page_is_fetched_and_says_where_and_when(internet: Internet) -> None:
    raw = internet.fetch("/to?/page?a=1")
    told = document(raw)
    assert (told.name, told.url) == (f"{internet.url}/to?/page?a=1", f"{internet.url}/page?a=1")
    assert told.retrieved is not None
    assert told.retrieved.start is not None
    assert "The dam at Orvel held on Monday" in told.text


def test_it_says_who_asks_and_keeps_nothing_from_page_to_page(internet: Internet) -> None:
    internet.fetch("/to?/page")
    for _, headers in internet.asked:
        assert headers["host"] == internet.url.removeprefix("http://")
        assert headers["user-agent"].startswith("consilience")
        assert {"cookie", "authorization", "referer"}.isdisjoint(headers)


@pytest.mark.parametrize(
    ("kind", "suffix"),
    [
        ("text/html;charset=utf-8", ".html"),
        ("Text/Plain", ".txt"),
        ("application/pdf", ".pdf"),
        ("application/atom+xml", ".xml"),
        ("application/json", ".jsonl"),
    ],
)
def test_what_it_is_said_to_be_is_how_it_is_read(
    internet: Internet, kind: str, suffix: str
) -> None:
    raw = internet.fetch(f"/kind?{kind}")
    assert isinstance(raw, Raw)
    assert raw.suffix == suffix


def test_what_cannot_be_used_is_said_in_one_line(internet: Internet) -> None:
    assert "'image/png' is not read" in internet.error("/kind?image/png")
    assert "answered with status 404" in internet.error("/gone")
    assert "in the middle" in internet.error("/cut")
    assert "not fetched" in internet.error("/short")
    assert "packed as 'br'" in internet.error("/coded?br")
    assert "not fetched" in internet.error("/coded?gzip")
    for target in ("/gone", "/cut", "/short", "/coded?gzip"):
        assert "\n" not in internet.error(target)


def test_packed_pages_are_unpacked(internet: Internet) -> None:
    assert document(internet.fetch("/packed")).sha256 == document(internet.fetch("/page")).sha256


@pytest.mark.threat("I6", "W6")
@pytest.mark.parametrize("target", ["/bomb", "/endless"])
def test_no_more_is_taken_than_a_file_may_have(internet: Internet, target: str) -> None:
    assert "larger than 20 MB" in internet.error(target)


@pytest.mark.threat("W6")
@pytest.mark.parametrize("target", ["/slow", "/slowheaders"])
def test_a_server_that_drips_is_given_up(
    internet: Internet, target: str, reached: Callable[[str], None]
) -> None:
    impatient = replace(internet, network=replace(internet.network, within_s=0.3))
    begun = time.monotonic()
    assert "time" in impatient.error(target) or "within" in impatient.error(target)
    taken = time.monotonic() - begun
    reached(f"{target}: given up after {taken:.1f} s, 0.3 s allowed")
    assert taken < 3


@pytest.mark.threat("W6")
def test_it_is_led_on_a_few_times_and_no_more(internet: Internet) -> None:
    assert f"more than {REDIRECTS_MAX} times" in internet.error("/round")
    assert len(internet.asked) == REDIRECTS_MAX + 1


@pytest.mark.threat("W6")
@pytest.mark.parametrize(
    "onward",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://127.1/",
        "http://[::1]/",
        "//localhost/",
        "file:///etc/passwd",
        "ftp://news.example/",
        "gopher://news.example/",
        "http://news.example:22/",
        "http://user:word@news.example/",
        "http://0x7f000001/",
        "/a\\b",
    ],
)
def test_a_page_leads_to_no_place_that_could_not_be_asked_for(
    internet: Internet, onward: str
) -> None:
    def resolve(host: str, port: int) -> tuple[str, ...]:
        return ("127.0.0.1",) if host == "news.example" else (host,)

    assert isinstance(internet.at(resolve).fetch(f"/to?{quote(onward)}"), Failure)
    assert len(internet.asked) == 1


@pytest.mark.threat("W6")
def test_a_name_that_turns_between_two_looks_gains_nothing(internet: Internet) -> None:
    looked_up = iter([("127.0.0.1",), ("127.0.0.2",)])
    turning = internet.at(lambda host, port: next(looked_up))
    assert isinstance(turning.fetch("/page"), Raw)
    looked_up = iter([("127.0.0.1",), ("127.0.0.2",)])
    assert "127.0.0.2, which is not public" in turning.error("/to?/page")
    assert [path for path, _ in internet.asked] == ["/page", "/to?/page"]


@pytest.mark.threat("W6")
@pytest.mark.parametrize("numbers", [("127.0.0.1", "10.0.0.1"), ("10.0.0.1", "127.0.0.1"), ()])
def test_one_bad_address_among_good_ones_is_enough(
    internet: Internet, numbers: tuple[str, ...]
) -> None:
    assert "not public" in internet.at(lambda host, port: numbers).error("/page")
    assert internet.asked == []


def test_what_cannot_be_reached_is_tried_at_the_next_address(internet: Internet) -> None:
    network = replace(
        internet.network,
        resolve=lambda host, port: ("127.0.0.9", "127.0.0.1"),
        may_ask=lambda number: True,
    )
    assert isinstance(replace(internet, network=network).fetch("/page"), Raw)


def test_no_proxy_of_the_environment_is_asked(
    internet: Internet, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert isinstance(internet.fetch("/page"), Raw)


def test_a_certificate_must_be_of_the_name(tls: Internet) -> None:
    assert document(tls.fetch("/page")).url == f"{tls.url}/page"
    other = replace(tls, url=tls.url.replace("news.example", "other.example"))
    assert "not fetched" in other.error("/page")
    untrusting = replace(tls, network=replace(tls.network, trusted=ssl.create_default_context))
    assert "not fetched" in untrusting.error("/page")
    assert len(tls.asked) == 1


@pytest.mark.threat("W6")
def test_from_a_secure_page_nothing_leads_to_an_open_one(tls: Internet) -> None:
    assert "from https to http" in tls.error(f"/to?{tls.url.replace('https', 'http')}/page")


# Each is of this machine, of the house, or written so that two programs read it differently.
REFUSED = (
    "http://127.0.0.1/", "http://127.0.0.1:80/", "http://127.1/", "http://127.0.1/",
    "http://0/", "http://0.0.0.0/", "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/",
    "http://0177.0.0.1/", "http://017700000001/", "http://127.0.0.1./", "http://0x7f.0x0.0x0.0x1/",
    "http://127.000.000.001/", "http://00000177.0.0.1/", "http://4294967295/",
    "http://localhost/", "http://localhost./", "http://LOCALHOST/", "http://a.localhost/",
    "http://printer/", "http://printer.local/", "http://db.internal/",
    "http://metadata.google.internal/computeMetadata/v1/", "http://router.lan/",
    "http://nas.home.arpa/", "http://169.254.169.254/latest/meta-data/", "http://169.254.170.2/",
    "http://168.63.129.16/", "http://100.100.100.200/", "http://100.64.0.1/",
    "http://10.0.0.1/", "http://10.255.255.255/", "http://172.16.0.1/", "http://172.31.255.254/",
    "http://192.168.1.1/", "http://192.0.0.192/", "http://192.0.2.1/", "http://192.88.99.1/",
    "http://198.18.0.1/", "http://198.51.100.7/", "http://203.0.113.9/", "http://224.0.0.1/",
    "http://239.255.255.250/", "http://240.0.0.1/", "http://255.255.255.255/",
    "http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/",
    "http://[::127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[64:ff9b::10.0.0.1]/",
    "http://[64:ff9b:1::1]/", "http://[2002:7f00:1::]/", "http://[2002:c0a8:101::1]/",
    "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/", "http://[2001:db8::1]/", "http://[3fff::1]/",
    "http://[fe80::1]/", "http://[fe80::1%25eth0]/", "http://[2606:4700::1%25eth0]/",
    "http://[fec0::1]/", "http://[fc00::1]/", "http://[fd00:ec2::254]/", "http://[ff02::1]/",
    "http://[100::1]/", "http://[5f00::1]/", "http://[::ffff:0:127.0.0.1]/", "http://[1::2::3]/",
    "http://[::1/", "http://１２７.0.0.1/", "http://127。0。0。1/", "http://ⓛocalhost/",
    "http://①②⑦.0.0.1/", "http://localhost%00.example/", "http://%6cocalhost/",
    "http://example.org:22/", "http://example.org:6379/", "http://example.org:8080/",
    "http://example.org:0/", "http://example.org:65536/", "http://example.org:80a/",
    "https://example.org:5432/", "http://user@example.org/", "http://user:word@example.org/",
    "http://example.org@127.0.0.1/", "http://127.0.0.1:80@example.org/", "http://@example.org/",
    "http://example.org\\@127.0.0.1/", "http:\\\\127.0.0.1/", "http://example.org\\.evil/",
    "http://example.org/\r\nHost: 127.0.0.1", "http://example.org/a b", " http://example.org/",
    "http://exa\tmple.org/", "http://exa\u200bmple.org/", "http://example.org/\u2028",
    "http://example.org/" + "a" * 2_000, "http:///path", "http://", "http://.", "http://a..b/",
    "http://-a.example/", "http://" + "a" * 64 + ".example/", "http://exam*ple.org/",
    "file:///etc/passwd", "file:/etc/passwd", "gopher://example.org/_", "ftp://example.org/a.txt",
    "dict://127.0.0.1:11211/", "ldap://example.org/", "data:text/html,hello", "javascript:alert(1)",
    "jar:http://example.org!/", "ws://example.org/", "unix:///var/run/docker.sock",
)  # fmt: skip


@pytest.mark.threat("W6")
def test_what_must_not_be_fetched_is_refused(reached: Callable[[str], None]) -> None:
    looked_up: list[str] = []

    def resolve(host: str, port: int) -> tuple[str, ...]:
        """As getaddrinfo without a network: numbers are what they say, names are public."""
        looked_up.append(host)
        return (host,) if ":" in host or host[0].isdigit() else ("93.184.215.14",)

    network = Network(resolve=resolve)
    let_through = [url for url in REFUSED if isinstance(fetch(url, network), Raw)]
    asked = [host for host in looked_up if is_public(host)]
    assert let_through == []
    assert asked == []
    # Nothing was only refused since it did not answer.
    assert [h for h in looked_up if not (h[0].isdigit() or ":" in h)] == []
    reached(f"{len(REFUSED)} of {len(REFUSED)} addresses refused")


@pytest.mark.parametrize(
    "number",
    ["93.184.215.14", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:2800:21f::1",
     "64:ff9b::5db8:d70e"],
)  # fmt: skip
def test_the_open_internet_may_be_asked(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        ("https://example.org.:443/a#b", "https://example.org/a"),
        ("https://bücher.example/straße?q=ü", "https://xn--bcher-kva.example/stra%C3%9Fe?q=%C3%BC"),
        ("http://example.org/a%20b?c=%2f", "http://example.org/a%20b?c=%2f"),
        ("http://example.org?q=1", "http://example.org/?q=1"),
    ],
)
def test_addresses_are_written_plainly(given: str, asked: str) -> None:
    assert str(parse_address(given)) == asked


def test_without_the_option_no_address_is_fetched(consilience: Command) -> None:
    ended = consilience("read", "https://example.org/a")
    assert (ended.code, ended.out) == (1, "")
    assert "https://example.org/a: an address is fetched with --fetch alone" in ended.err


@pytest.mark.threat("W6")
@pytest.mark.parametrize("command", ["read", "group --out {0}/g", "account --out {0}/o"])
def test_with_it_this_machine_is_still_not_asked(
    consilience: Command, internet: Internet, tmp_path: Path, command: str
) -> None:
    port = internet.url.rpartition(":")[2]
    for url in (f"http://127.0.0.1:{port}/", "http://127.0.0.1/", "http://localhost/"):
        ended = consilience(*command.format(tmp_path).split(), url, "--fetch")
        assert (ended.code, ended.out) == (1, "")
        assert url in ended.err
    assert internet.asked == []


def test_what_is_fetched_stands_among_other_inputs(internet: Internet, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The dam at Orvel broke on Tuesday, the mayor said.\n")
    inputs = (tmp_path / "a.txt", f"{internet.url}/page", f"{internet.url}/gone")
    found = [*ingest(inputs, fetch=lambda url: fetch(url, internet.network))]
    assert [type(one) for one in found] == [Document, Document, Failure]
