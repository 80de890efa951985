"""Listening, until it is told to end."""

import ipaddress
import signal
import socket
from contextlib import closing
from typing import Literal

import click
import uvicorn

from consilience.errors import InputError
from consilience.places import Place
from consilience.store import open_register
from consilience.web.access import Access
from consilience.web.app import make_app
from consilience.web.connections import PromptConnection
from consilience.web.guard import Guard, place_of
from consilience.web.served import ServedCase
from consilience.web.work import Work

WAITING_MAX = 128
AT_ONCE_MAX = 100
HEAD_MAX_BYTES = 64 * 1024
LAST_REQUESTS_S = 10


def serve_case(path: Place, host: str, port: int, public: str | None, workers: int) -> None:
    """Serve until SIGTERM or SIGINT.

    Raises:
        InputError: nothing can listen there, or nobody would be kept out.
        StoreError: the file is no case, is damaged, locked, or newer than this code.
    """
    is_open = public is not None or not is_loopback(host)
    with closing(open_register(path)) as register:
        has_token = bool(register.tokens())
    if is_open and not has_token:
        raise InputError(
            f"{public or host}: others can reach that, and no token keeps them out; make one with: "
            f"consilience token {path} new NAME --role annotate"
        )
    with _listening(host, port) as listening, closing(ServedCase(path)) as case:
        port = listening.getsockname()[1]
        place = place_of(host, port, public)
        access = Access(port, needs_token=is_open, is_https=(public or "").startswith("https:"))
        app = make_app(case, Work(case, workers), access)
        # uvicorn ends for these, and then raises them again for whoever was there before.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: None)
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"http://{shown}:{port}/")
        server_of(Guard(app, place)).run(sockets=[listening])


def server_of(
    app: Guard,
    lifespan: Literal["on", "off"] = "on",
    connection: type[PromptConnection] = PromptConnection,
) -> uvicorn.Server:
    config = uvicorn.Config(
        app,
        http=connection,
        h11_max_incomplete_event_size=HEAD_MAX_BYTES,
        access_log=False,
        lifespan=lifespan,
        limit_concurrency=AT_ONCE_MAX,
        log_level="warning",
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=LAST_REQUESTS_S,
        ws="none",
    )
    return uvicorn.Server(config)


def is_loopback(host: str) -> bool:
    """
    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _listening(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, protocol)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(address)
            listening.listen(WAITING_MAX)
        except BaseException:
            listening.close()
            raise
    except OSError as error:
        raise InputError(f"{host}:{port}: {error.strerror}; choose another --port") from error
    return listening
