"""Fetch a page that the user named, and nothing within the house.

A name is looked up once, all it stands for must be public, and just that address is asked, under
the name: a name that turns to another address between two looks (DNS rebinding) gains nothing.
"""

import hashlib
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from consilience.dates import when_of
from consilience.errors import InputError
from consilience.ingest.addresses import Address, is_public, parse_address
from consilience.ingest.document import Given
from consilience.ingest.inputs import STAGE, SUPPORTED, Raw, suffix_of
from consilience.ingest.limits import FETCH_WITHIN_S, FILE_BYTES_MAX, MIB, REDIRECTS_MAX
from consilience.records import Failure

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse, HTTPConnectionPool

_PIECE_BYTES = 64 * 1024
_REDIRECTS = (301, 302, 303, 307, 308)
_TRIED_MAX = 4
_HEADERS = {
    "User-Agent": "consilience (fetches single pages that its user names)",
    "Accept": "text/html, application/xhtml+xml, application/pdf, text/plain, application/xml, */*",
    "Accept-Encoding": "gzip",
}
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "text/xml": ".xml",
    "application/xml": ".xml",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/json": ".jsonl",
    "application/jsonl": ".jsonl",
    "application/x-ndjson": ".jsonl",
    "message/rfc822": ".eml",
}


def _looked_up(host: str, port: int) -> tuple[str, ...]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(one[4][0]) for one in found))


@dataclass(frozen=True, slots=True)
class Network:
    """What stands between us and a page: who looks names up, and what may be asked.

    `resolve` gives all the addresses of a host; `may_ask` says which of them are asked.
    """

    resolve: Callable[[str, int], Sequence[str]] = _looked_up
    may_ask: Callable[[str], bool] = is_public
    ports: frozenset[int] = frozenset((80, 443))
    trusted: Callable[[], ssl.SSLContext] = ssl.create_default_context
    within_s: float = FETCH_WITHIN_S


def fetch(url: str, network: Network = Network()) -> Raw | Failure:
    """The page at an address, with where it was found in the end and when.

    No cookies are kept, no proxy is asked, and whatever takes longer than `within_s` is given up.
    """
    ended: list[Raw | Failure] = []
    until = time.monotonic() + network.within_s
    # Looking a name up, and a server that says a byte a second, can only be waited for so.
    waiting = threading.Thread(
        target=lambda: ended.append(_raw_or_failure(url, network, until)), daemon=True
    )
    waiting.start()
    waiting.join(network.within_s)
    late = f"{url}: not fetched within {network.within_s:g} s; save the page and name the file"
    return ended[0] if ended else Failure(url, STAGE, late)


def _raw_or_failure(url: str, network: Network, until: float) -> Raw | Failure:
    import urllib3

    try:
        return _followed(url, network, until)
    except InputError as error:
        return Failure(url, STAGE, str(error))
    except (OSError, urllib3.exceptions.HTTPError, UnicodeError, zlib.error) as error:
        why = " ".join(str(error.__cause__ or error).split())[:200]
        return Failure(url, STAGE, f"{url}: not fetched ({why}); check it, or save the page")


def _followed(url: str, network: Network, until: float) -> Raw:
    at = parse_address(url, network.ports)
    for _ in range(REDIRECTS_MAX + 1):
        with _asked(at, network, until) as response:
            if response.status not in _REDIRECTS:
                return _raw(url, at, response, until)
            target = response.headers.get("location", "")
        onward = parse_address(urljoin(str(at), target), network.ports)
        if at.scheme == "https" and onward.scheme == "http":
            raise InputError(f"{url}: leads from https to http; save the page and name the file")
        at = onward
    raise InputError(f"{url}: leads on more than {REDIRECTS_MAX} times; name where it ends")


@contextmanager
def _asked(at: Address, network: Network, until: float) -> Iterator["BaseHTTPResponse"]:
    """The answer of the first address that can be reached; none is asked if any may not be."""
    import urllib3

    numbers = network.resolve(at.host, at.port)
    refused = [number for number in numbers if not network.may_ask(number)]
    if refused or not numbers:
        where = refused[0] if refused else "nowhere"
        raise InputError(f"{at}: is at {where}, which is not public; save the page and name it")
    for number in numbers[:_TRIED_MAX]:
        pool = _pool(at, number, network, until)
        try:
            response = pool.urlopen(
                "GET", at.target, headers={"Host": at.host_header, **_HEADERS},
                redirect=False, retries=False, preload_content=False, decode_content=False,
            )  # fmt: skip
        except (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError):
            if number == numbers[:_TRIED_MAX][-1]:
                raise
            continue
        with closing(pool), closing(response):
            yield response
        return


def _pool(at: Address, number: str, network: Network, until: float) -> "HTTPConnectionPool":
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout

    left = Timeout(max(until - time.monotonic(), 0.1))
    if at.scheme == "http":
        return HTTPConnectionPool(number, at.port, timeout=left)
    # The certificate must be of the name, though the connection is made to the number.
    return HTTPSConnectionPool(
        number, at.port, timeout=left, ssl_context=network.trusted(),
        server_hostname=at.host, assert_hostname=at.host,
    )  # fmt: skip


def _raw(url: str, at: Address, response: "BaseHTTPResponse", until: float) -> Raw:
    if response.status != 200:
        raise InputError(f"{url}: answered with status {response.status}; check the address")
    suffix = _suffix(response.headers.get("content-type", ""), at.target)
    if suffix is None:
        kind = response.headers.get("content-type", "nothing")[:80]
        raise InputError(f"{url}: {kind!a} is not read; give one of {' '.join(SUPPORTED)}")
    data = _body(url, response, until)
    retrieved = when_of(f"{datetime.now(UTC):%Y-%m-%dT%H:%MZ}")
    given = Given(url=str(at), retrieved=retrieved)
    return Raw(url, suffix, hashlib.sha256(data).hexdigest(), data, given)


def _suffix(content_type: str, target: str) -> str | None:
    kind = content_type.partition(";")[0].strip().lower()
    if kind in ("", "application/octet-stream", "text/plain"):
        of_path = suffix_of(target.partition("?")[0])
        if of_path in _SUFFIXES.values():
            return of_path
    return _SUFFIXES.get(kind)


def _body(url: str, response: "BaseHTTPResponse", until: float) -> bytes:
    """What was sent, unpacked here: so that no more is than may be."""
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", "gzip"):
        raise InputError(f"{url}: packed as {coding[:40]!a}, unasked; save the page")
    unpacked = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS) if coding == "gzip" else None
    body = bytearray()
    while piece := response.read(_PIECE_BYTES, decode_content=False):
        if unpacked is None:
            body += piece
        else:
            body += unpacked.decompress(piece, FILE_BYTES_MAX + 1 - len(body))
        if len(body) > FILE_BYTES_MAX:
            raise InputError(f"{url}: larger than {FILE_BYTES_MAX // MIB} MB; save a part of it")
        if time.monotonic() > until:
            raise InputError(f"{url}: not fetched in time; save the page and name the file")
    if unpacked is not None and not unpacked.eof:
        raise InputError(f"{url}: ends in the middle; fetch it again")
    return bytes(body)
