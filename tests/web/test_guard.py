"""What a page elsewhere, a strange client or a hostile body may not do."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from consilience.errors import InputError
from consilience.web.guard import BODY_MAX_BYTES, place_of
from tests.web.serving import Client, Desk, desk

NOTE = {"kind": "note", "record": "Olga Brandt", "text": "x", "version": "1.0", "by": "Iris"}


@pytest.fixture(scope="module")
def served(told_case: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    path = tmp_path_factory.mktemp("guard") / "ferry.db"
    path.write_bytes(told_case.read_bytes())
    with desk(path, with_tokens=False) as opened:
        yield opened


@pytest.fixture
def client(served: Desk) -> Client:
    return served.client


def port_of(client: Client) -> str:
    return client.host.partition(":")[2]


@pytest.mark.threat("W2")
@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "localhost.evil.example:{port}",
        "127.0.0.1.evil.example:{port}",
        "127.0.0.1:1",
        "127.0.0.1",
        "",
        "localhost:{port}, evil.example",
        "user@127.0.0.1:{port}",
    ],
)
def test_a_name_that_turned_to_this_address_reaches_nothing(client: Client, host: str) -> None:
    host = host.format(port=port_of(client))
    for path in ("/api/case", "/", "/login", "/api/nothing"):
        assert client.get(path, host=host).status == 403
    assert client.post("/api/decisions", NOTE, host=host).status == 403


@pytest.mark.parametrize("host", ["localhost:{port}", "127.0.0.1:{port}", "LOCALHOST:{port}"])
def test_its_own_names_are_answered(client: Client, host: str) -> None:
    assert client.get("/api/health", host=host.format(port=port_of(client))).status == 200


@pytest.mark.threat("W2")
def test_two_hosts_are_none(client: Client) -> None:
    request = (
        f"GET /api/case HTTP/1.1\r\nHost: {client.host}\r\nHost: evil.example\r\n"
        "Connection: close\r\n\r\n"
    )
    assert raw(client, request.encode()).split(b" ")[1] in (b"400", b"403")


def raw(client: Client, request: bytes) -> bytes:
    name, _, port = client.host.partition(":")
    with socket.create_connection((name, int(port)), timeout=30) as connection:
        connection.sendall(request)
        answer = b""
        while data := connection.recv(1 << 16):
            answer += data
    return answer


@pytest.mark.threat("W2")
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:1"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "cross-site", "origin": "{own}"},
        {"cookie": "consilience-1=x"},
    ],
)
def test_only_its_own_pages_write(client: Client, headers: dict[str, str]) -> None:
    said = {name: value.format(own=client.url) for name, value in headers.items()}
    for path in ("/api/decisions", "/api/documents", "/api/work", "/login", "/decide", "/add"):
        refused = client.post(path, NOTE, **said)
        assert (refused.status, refused.json["title"]) == (403, "Forbidden")
    assert client.get("/api/decisions").json["decisions"] == []


@pytest.mark.threat("W2")
@pytest.mark.parametrize(
    "body",
    [b"kind=note&record=Olga+Brandt&text=x&version=1.0&by=Iris", json.dumps(NOTE).encode()],
)
@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", None])
def test_what_a_plain_form_can_send_decides_nothing(
    client: Client, kind: str | None, body: bytes
) -> None:
    assert client.post("/api/decisions", body, content_type=kind).status in (400, 415)
    assert client.get("/api/decisions").json["decisions"] == []


@pytest.mark.threat("W2")
def test_no_other_site_reads_but_by_a_link_that_somebody_follows(client: Client) -> None:
    for mode in ("no-cors", "cors"):
        asked = {"sec_fetch_site": "cross-site", "sec_fetch_mode": mode}
        assert client.get("/api/case", **asked).status == 403
    followed = {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"}
    assert client.get("/api/case", **followed).status == 200
    assert "access-control-allow-origin" not in client.get("/api/case").headers


@pytest.mark.threat("W1")
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/case"),
        ("GET", "/login"),
        ("GET", "/api/nothing"),
        ("GET", "/nothing"),
        ("GET", "/static/desk.js"),
        ("GET", "/static/..%2fapp.py"),
        ("POST", "/api/case"),
        ("PUT", "/api/case"),
        ("GET", "/api/exports/html"),
    ],
)
def test_every_answer_has_its_policy(client: Client, method: str, path: str) -> None:
    headers = client.ask(method, path).headers
    policy = headers["content-security-policy"]
    for said in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'",
                 "require-trusted-types-for 'script'"):  # fmt: skip
        assert said in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["referrer-policy"] == "same-origin"
    assert "server" not in headers


@pytest.mark.threat("W7")
@pytest.mark.parametrize("method", ["PUT", "PATCH", "OPTIONS", "TRACE", "HEAD", "BREW"])
def test_other_methods_are_not_done(client: Client, method: str) -> None:
    answer = client.ask(method, "/api/case")
    assert answer.status == 405
    assert answer.headers["allow"] == "GET, POST, DELETE"


@pytest.mark.threat("W8")
def test_what_is_too_large_is_refused_before_it_is_read(client: Client) -> None:
    length = str(BODY_MAX_BYTES + 1)
    request = (
        f"POST /api/documents HTTP/1.1\r\nHost: {client.host}\r\nContent-Length: {length}\r\n"
        "Content-Type: application/json\r\n\r\n"
    )
    assert raw(client, request.encode()).startswith(b"HTTP/1.1 413")


@pytest.mark.threat("W8")
def test_what_is_too_large_and_does_not_say_so_is_refused_too(client: Client) -> None:
    name, _, port = client.host.partition(":")
    head = (
        f"POST /api/documents HTTP/1.1\r\nHost: {client.host}\r\nTransfer-Encoding: chunked\r\n"
        "Content-Type: application/json\r\nConnection: close\r\n\r\n"
    )
    piece = b"100000\r\n" + b" " * 0x100000 + b"\r\n"
    with socket.create_connection((name, int(port)), timeout=30) as connection:
        connection.sendall(head.encode())
        try:
            for _ in range(22):
                connection.sendall(piece)
            connection.sendall(b"0\r\n\r\n")
        except (BrokenPipeError, ConnectionResetError):
            return
        assert connection.recv(1 << 12).startswith(b"HTTP/1.1 413")


@pytest.mark.threat("W8")
@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"statement":' * 50_000,
        b'{"statement":"x","statement2":' + b"[" * 100_000,
        b'{"kind":' + b'{"a":' * 100_000,
        b'{"statement":"\\ud800"}',
        b'{"statement":NaN}',
        b'{"statement":"\xff"}',
        b'{"statement":1}',
        b'{"statement":""}',
        b"{}",
        b"",
        b"null",
        b"\x00",
        b'{"statement":"' + b"a" * 3_000 + b'"}',
    ],
)
def test_hostile_json_is_a_malformed_request(client: Client, body: bytes) -> None:
    for path in ("/api/check", "/api/decisions", "/api/documents"):
        answer = client.post(path, body, content_type="application/json")
        assert answer.status in (400, 422)
        assert answer.headers["content-type"] == "application/problem+json"
        assert "Traceback" not in answer.body.decode()


@pytest.mark.threat("W3", "W7", "I7")
@pytest.mark.parametrize(
    "path",
    [
        "/api/passages?q=%00",
        "/api/passages?q=%22",
        "/api/passages?q=*",
        "/api/passages?q=-a",
        "/api/passages?q=" + "a" * 401,
        "/api/passages?q=a&limit=0",
        "/api/passages?q=a&limit=1e9",
        "/api/passages?q=a&limit=501",
        "/api/claims?offset=-1",
        "/api/findings?status=no",
        "/api/findings?stauts=agreed",
        "/api/changes?since=0",
        "/api/changes?since=99",
        "/api/dossier?state=99",
        "/api/documents/..%2f..%2fetc%2fpasswd",
        "/api/documents/%00",
        "/api/exports/../../etc/passwd",
        "/api/exports/exe",
        "/api/decisions/99999999999999999999999",
        "/api/findings/" + "x" * 10_000,
        "/api/case?" + "a=1&" * 2_000,
        "/%2e%2e/%2e%2e/etc/passwd",
    ],
)
def test_what_is_asked_wrongly_is_a_problem_and_no_trace(client: Client, path: str) -> None:
    answer = client.get(path)
    assert 400 <= answer.status < 500
    assert "Traceback" not in answer.body.decode()
    assert "/src/" not in answer.body.decode()
    if path.startswith("/api/"):
        problem = answer.json
        assert list(problem)[:4] == ["type", "title", "status", "detail"]
        assert problem["status"] == answer.status


@pytest.mark.threat("W1", "W10")
def test_words_sent_back_are_no_page(client: Client) -> None:
    answer = client.get("/api/findings/%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    assert answer.headers["content-type"] == "application/problem+json"
    page = client.get("/nothing/%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    assert page.headers["content-type"].startswith("text/html")
    assert b"<script>alert" not in page.body


def test_exports_come_as_files(client: Client) -> None:
    for one in client.get("/api/exports").json["formats"]:
        answer = client.get(f"/api/exports/{one['name']}")
        assert answer.status == 200
        assert answer.headers["content-disposition"] == (
            f'attachment; filename="{one["file_name"]}"'
        )


def test_a_public_address_is_a_host_and_an_origin() -> None:
    place = place_of("127.0.0.1", 8765, "https://Desk.Example.org")
    assert place.has_host("desk.example.org")
    assert place.has_origin("https://desk.example.org", "desk.example.org")
    assert not place.has_origin("http://evil.example", "desk.example.org")
    for wrong in ("desk.example.org", "ftp://desk.example.org", "https://desk.example.org/x"):
        with pytest.raises(InputError, match="give an address as"):
            place_of("127.0.0.1", 8765, wrong)


@pytest.mark.threat("W2")
def test_on_all_interfaces_addresses_in_numbers_are_hosts_and_names_are_not() -> None:
    place = place_of("0.0.0.0", 8765, None)
    assert place.has_host("192.168.1.7:8765")
    assert place.has_host("[fe80::1]:8765")
    assert not place.has_host("192.168.1.7:1")
    assert not place.has_host("evil.example:8765")
