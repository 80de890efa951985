"""What stands before every address: for which host, from which page, with which headers, how long.

A page elsewhere must not reach a server on this machine, by a form, a script or a name that turns
to this address (DNS rebinding).
"""

import asyncio
import ipaddress
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from litestar.exceptions import ClientException

from consilience.errors import InputError
from consilience.web.problems import PROBLEM_JSON, problem

BODY_MAX_BYTES = 20 * 1024 * 1024 + 64 * 1024  # a file of 20 MB and what a form says around it
BODY_WITHIN_S = 120
FORM_FIELDS_MAX = 500
_DRAINED_BYTES = 64 * 1024
_DRAINED_WITHIN_S = 2
_Message = dict[str, Any]
_Receive = Callable[[], Awaitable[Any]]
_Send = Callable[[Any], Awaitable[None]]
_App = Callable[[Any, Any, Any], Awaitable[None]]

METHODS = ("GET", "POST", "DELETE")
_WRITES = frozenset(("POST", "DELETE"))
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'none';"
    " base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
# Where an answer says nothing else. With no-referrer browsers send no origin with forms.
_HEADERS = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"same-origin",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
    b"cache-control": b"no-store",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server is reached: the hosts it answers for, and the origins of its own pages.

    `any_address`: on all interfaces every address in numbers will do, which no name can turn to.
    """

    hosts: frozenset[str]
    origins: frozenset[str]
    port: int
    any_address: bool

    def has_host(self, host: str) -> bool:
        if host in self.hosts:
            return True
        return self.any_address and _is_address(host, self.port)

    def has_origin(self, origin: str, host: str) -> bool:
        return origin in self.origins or (self.has_host(host) and origin == f"http://{host}")


def place_of(host: str, port: int, public: str | None) -> Place:
    """
    Raises:
        InputError: `public` is no address as https://desk.example.org.
    """
    names = {_in_url(host), "localhost", "127.0.0.1", "[::1]"}
    hosts = {f"{name}:{port}" for name in names} | (names if port == 80 else set())
    origins = {f"http://{one}" for one in hosts}
    if public is not None:
        parts = urlsplit(public)
        is_plain = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username)
        if parts.scheme not in ("http", "https") or not parts.netloc or not is_plain:
            raise InputError(f"{public}: give an address as https://desk.example.org")
        hosts.add(parts.netloc.lower())
        origins.add(f"{parts.scheme}://{parts.netloc.lower()}")
    any_address = host in ("0.0.0.0", "::")  # noqa: S104
    return Place(frozenset(hosts), frozenset(origins), port, any_address)


class Guard:
    """The application behind its guard."""

    def __init__(self, app: _App, place: Place) -> None:
        self._app = app
        self._place = place

    async def __call__(self, scope: Any, receive: _Receive, send: _Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        headers = _headers(scope)
        guarded = _with_headers(send)
        refusal = self._refusal(scope["method"], headers)
        if refusal is not None:
            status, why = refusal
            await _drained(receive)
            await _refuse(guarded, status, why)
            return
        await self._app(scope, _bounded(receive, is_form=_is_form(headers)), guarded)

    def _refusal(self, method: str, headers: Mapping[str, str]) -> tuple[int, str] | None:
        host = headers.get("host", "").lower()
        if not self._place.has_host(host):
            return 403, "not a host this server answers for; see --public"
        if method not in METHODS:
            return 405, f"{method} is not done here"
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length[:20]) > BODY_MAX_BYTES:
            return 413, f"larger than {BODY_MAX_BYTES // 1024**2} MB"
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        is_ours = site in (None, "same-origin", "none")
        if method in _WRITES:
            if not is_ours or (origin is not None and not self._place.has_origin(origin, host)):
                return 403, "only pages of this server may write"
            if "cookie" in headers and site is None and origin is None:
                return 403, "a browser's cookie without its origin; send a token instead"
        elif not is_ours and headers.get("sec-fetch-mode") != "navigate":
            return 403, "no page of another site may read"
        return None


def _headers(scope: Any) -> dict[str, str]:
    """By name; of one that comes twice the last, but of a host that does none."""
    found: dict[str, str] = {}
    for raw_name, raw in scope["headers"]:
        name = raw_name.decode("latin-1").lower()
        is_second_host = name == "host" and name in found
        found[name] = "" if is_second_host else raw.decode("latin-1")
    return found


def _with_headers(send: _Send) -> _Send:
    async def guarded(message: _Message) -> None:
        if message["type"] == "http.response.start":
            given = [(name.lower(), value) for name, value in message.get("headers", ())]
            names = {name for name, _ in given}
            ours = [(name, value) for name, value in _HEADERS.items() if name not in names]
            message["headers"] = [*given, *ours]
        await send(message)

    return guarded


def _is_form(headers: Mapping[str, str]) -> bool:
    return "urlencoded" in headers.get("content-type", "").lower()


def _bounded(receive: _Receive, *, is_form: bool) -> _Receive:
    """The body, which must come within its time; who is slow is gone.

    The fields of a form are counted before they are taken apart, which takes long for many.
    """
    n_fields = 0
    loop = asyncio.get_running_loop()
    until = loop.time() + BODY_WITHIN_S
    is_whole = False

    async def bounded() -> Any:
        nonlocal is_whole, n_fields
        if is_whole:
            return await receive()
        try:
            async with asyncio.timeout_at(until):
                message = await receive()
        except TimeoutError:
            return {"type": "http.disconnect"}
        if is_form:
            n_fields += message.get("body", b"").count(b"&")
            if n_fields > FORM_FIELDS_MAX:
                raise ClientException(f"more than {FORM_FIELDS_MAX} fields")
        is_whole = message["type"] != "http.request" or not message.get("more_body", False)
        return message

    return bounded


async def _drained(receive: _Receive) -> None:
    """Take in the little that a refused request still says: a connection closed on unread words
    may be reset before its answer is read."""
    left = _DRAINED_BYTES
    try:
        async with asyncio.timeout(_DRAINED_WITHIN_S):
            while left > 0:
                message = await receive()
                left -= len(message.get("body", b""))
                if message["type"] != "http.request" or not message.get("more_body", False):
                    return
    except TimeoutError:
        return


async def _refuse(send: _Send, status: int, why: str) -> None:
    response = problem(status, why)
    headers = [(b"content-type", PROBLEM_JSON.encode()), (b"connection", b"close")]
    if status == 405:
        headers.append((b"allow", ", ".join(METHODS).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": response.content})


def _is_address(host: str, port: int) -> bool:
    name, _, given = host.rpartition(":")
    if given != str(port):
        return False
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host.lower()
