"""Requests that are too large, too deep, too many-parted or too slow."""

import contextlib
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from consilience.web.connections import PromptConnection
from tests.web.serving import Client, Desk, desk

FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'


class Impatient(PromptConnection):
    head_within_s = 0.5


@pytest.fixture(scope="module")
def served(told_case: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    path = tmp_path_factory.mktemp("floods") / "ferry.db"
    path.write_bytes(told_case.read_bytes())
    with desk(path, with_tokens=False, connection=Impatient) as opened:
        yield opened


@pytest.fixture
def client(served: Desk) -> Client:
    return served.client


BODIES = {
    "a million fields": ("/decide", FORM, b"x=1&" * 1_000_000),
    "a million fields of names of their own": (
        "/add", FORM, b"&".join(b"f%d=1" % n for n in range(1_000_000)),
    ),
    "a field of 20 MB": ("/login", FORM, b"token=" + b"a" * (20 * 1024**2)),
    "100,000 parts": ("/api/documents/files", PARTS, PART * 100_000 + b"--x--\r\n"),
    "a part without an end": ("/api/documents/files", PARTS, PART[:-3] + b"a" * 10**7),
    "a head of a part without an end": ("/add", PARTS, b"--x\r\nX: " + b"a" * 10**7),
    "lists 100,000 deep": ("/api/check", "application/json", b"[" * 100_000 + b"]" * 100_000),
    "objects a million deep": ("/api/decisions", "application/json", b'{"a":' * 1_000_000),
    "a string of 20 MB": (
        "/api/check", "application/json", b'{"statement":"' + b"a" * (20 * 1024**2) + b'"}',
    ),
    "a list of a million": (
        "/api/decisions", "application/json",
        b'{"kind":"merge","version":"1.0","records":[' + b'"a",' * 1_000_000 + b'"a"]}',
    ),
    "a number of a million digits": (
        "/api/decisions", "application/json",
        b'{"kind":"undo","version":"1.0","number":' + b"9" * 1_000_000 + b"}",
    ),
}  # fmt: skip


@pytest.mark.threat("W8")
@pytest.mark.parametrize("what", BODIES)
def test_a_body_that_is_too_much_is_refused_and_the_server_lives(
    client: Client, what: str, reached: Callable[[str], None]
) -> None:
    path, kind, body = BODIES[what]
    begun = time.monotonic()
    status = client.post(path, body, content_type=kind, origin=client.url).status
    taken = time.monotonic() - begun
    assert status in (303, 400, 413, 422), status
    assert client.get("/api/health").status == 200
    reached(f"{what}: {status} after {taken:.1f} s")


HEADS = {
    "a line of 1 MB": b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\n\r\n",
    "a header of 1 MB": b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"a" * 1_000_000 + b"\r\n\r\n",
    "100,000 headers": b"GET / HTTP/1.1\r\nHost: x\r\n" + b"A: 1\r\n" * 100_000 + b"\r\n",
    "headers without an end": b"GET / HTTP/1.1\r\n" + b"A: 1\r\n" * 200_000,
    "no request": b"\x16\x03\x01" * 1_000 + b"\r\n\r\n",
    "two lengths": b"POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n"
    b"Content-Length: 9\r\n\r\na",
    "a length and pieces": b"POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/tokens HTTP/1.1\r\nHost: x\r\n\r\n",
    "a length of 10^30": b"POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 1" + b"0" * 30
    + b"\r\n\r\n",
    "a length below nought": b"POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "a folded header": b"GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n",
}  # fmt: skip


def answered(client: Client, said: bytes) -> bytes:
    """All that is answered until the connection is closed."""
    name, _, port = client.host.partition(":")
    answer = b""
    # Who is refused while still speaking may be cut off.
    cut_off = contextlib.suppress(BrokenPipeError, ConnectionResetError)
    with socket.create_connection((name, int(port)), timeout=30) as connection, cut_off:
        connection.sendall(said)
        while data := connection.recv(1 << 16):
            answer += data
    return answer


@pytest.mark.threat("W8")
@pytest.mark.parametrize("what", HEADS)
def test_a_head_that_is_too_much_or_two_things_at_once_is_refused(
    client: Client, what: str, reached: Callable[[str], None]
) -> None:
    begun = time.monotonic()
    answer = answered(client, HEADS[what])
    taken = time.monotonic() - begun
    # Reset while still sending, or refused in words; what hides behind it is never answered.
    assert answer == b"" or answer.split(b" ", 2)[1] in (b"400", b"403", b"408", b"413"), answer
    assert b"tokens" not in answer
    assert client.get("/api/health").status == 200
    reached(f"{what}: {taken:.1f} s")


@pytest.mark.threat("W8")
def test_many_ranges_of_a_page_are_no_more_than_the_page(client: Client) -> None:
    ranges = "bytes=" + ",".join(f"{n}-" for n in range(10_000))
    for path in ("/static/desk.js", "/api/exports/html"):
        whole, asked = client.get(path), client.get(path, range=ranges)
        assert asked.status in (200, 416)
        assert len(asked.body) <= len(whole.body)


@pytest.mark.threat("W8")
def test_who_says_nothing_or_a_letter_at_a_time_is_left(
    client: Client, reached: Callable[[str], None]
) -> None:
    name, _, port = client.host.partition(":")
    begun = time.monotonic()
    silent = [socket.create_connection((name, int(port)), timeout=30) for _ in range(20)]
    slow = socket.create_connection((name, int(port)), timeout=30)
    for letter in b"GET / HTTP/1.1\r\nHost: a.example.org and no end":
        try:
            slow.sendall(bytes([letter]))
        except OSError:
            break
        time.sleep(0.05)
        if time.monotonic() - begun > 3 * Impatient.head_within_s:
            break
    for connection in (*silent, slow):
        with connection, contextlib.suppress(ConnectionResetError):
            assert connection.recv(1 << 12)[:12] in (b"HTTP/1.1 408", b"")
    assert client.get("/api/health").status == 200
    reached(f"21 slow clients left after {time.monotonic() - begun:.1f} s, 0.5 s allowed")


@pytest.mark.threat("W8")
def test_a_connection_that_is_kept_is_waited_for_anew_at_each_request(client: Client) -> None:
    name, _, port = client.host.partition(":")
    request = f"GET /api/health HTTP/1.1\r\nHost: {client.host}\r\n\r\n".encode()
    with socket.create_connection((name, int(port)), timeout=30) as connection:
        for _ in range(4):
            connection.sendall(request)
            answer = b""
            while not answer.endswith(b"}\n"):
                answer += connection.recv(1 << 12)
            assert answer.startswith(b"HTTP/1.1 200")
            time.sleep(0.2)
        connection.sendall(request[:20])
        rest = b""
        while data := connection.recv(1 << 12):
            rest += data
        assert rest.startswith(b"HTTP/1.1 408")
