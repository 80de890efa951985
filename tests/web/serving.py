"""A server as people start it, in a process of its own, and a client that says just what is told
it to say."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from consilience.places import Place
from consilience.store import Role
from consilience.web.access import Access, new_token
from consilience.web.app import make_app
from consilience.web.connections import PromptConnection
from consilience.web.guard import Guard, place_of
from consilience.web.served import ServedCase
from consilience.web.serving import server_of
from consilience.web.work import Work

# A server that is slow to begin on a busy machine is no failure; one that never does is.
PATIENCE_S = 60


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Client:
    """Asks a server, each time on a connection of its own."""

    url: str
    headers: dict[str, str] = field(default_factory=dict)

    def bearing(self, token: str) -> "Client":
        return Client(self.url, {"Authorization": f"Bearer {token}"})

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | dict[str, Any] | None = None,
        **headers: str | None,
    ) -> Answer:
        """`content_type` says Content-Type; a header that is None is left out."""
        said: dict[str, str | None] = dict(self.headers)
        said |= {name.replace("_", "-"): value for name, value in headers.items()}
        if isinstance(body, dict):
            body = json.dumps(body).encode()
            said.setdefault("content-type", "application/json")
        connection = http.client.HTTPConnection(self.host, timeout=PATIENCE_S)
        try:
            connection.putrequest(method, path, skip_host="host" in said)
            if body is not None:
                said.setdefault("content-length", str(len(body)))
            for name, value in said.items():
                if value is not None:
                    connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found, answer.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str | None) -> Answer:
        return self.ask("GET", path, None, **headers)

    def post(self, path: str, body: bytes | dict[str, Any], **headers: str | None) -> Answer:
        return self.ask("POST", path, body, **headers)

    def version(self) -> str:
        return str(self.get("/api/case").json["version"])

    def told(self) -> dict[str, Any]:
        """The case in short, once all that was added and decided is told."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            line: dict[str, Any] = self.get("/api/case").json
            if line["work"]["told"] and line["work"]["status"] == "idle":
                return line
            assert line["work"]["status"] != "failed", line
            time.sleep(0.05)
        raise AssertionError(f"not told within {PATIENCE_S} s: {line}")


@dataclass(frozen=True)
class Server(Client):
    process: "subprocess.Popen[str] | None" = None
    log: Path = Path()

    def kill(self) -> None:
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def end(self) -> int:
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(PATIENCE_S)


@contextmanager
def serving(case: Place, *options: str, token: str | None = None) -> Iterator[Server]:
    command = [sys.executable, "-m", "consilience", "serve", str(case), "--port", "0", *options]
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "log")
        with log.open("w") as errors:
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)
        assert process.stdout is not None
        try:
            url = process.stdout.readline().strip()
            assert url, log.read_text()
            headers = {} if token is None else {"Authorization": f"Bearer {token}"}
            yield Server(url, headers, process, log)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(PATIENCE_S)
            process.stdout.close()


@dataclass(frozen=True)
class Desk:
    """A server within this process, of a case that nobody tells anew, with a token of each role."""

    client: Client
    case: ServedCase
    access: Access
    tokens: dict[Role, str]

    def of(self, role: Role) -> Client:
        return self.client.bearing(self.tokens[role])


@contextmanager
def desk(
    path: Place,
    *,
    with_tokens: bool = True,
    connection: type[PromptConnection] = PromptConnection,
) -> Iterator[Desk]:
    case = ServedCase(path)
    tokens = {}
    with case.register() as register:
        for role in Role if with_tokens else ():
            tokens[role], token = new_token(f"The {role} desk", role, 1, datetime.now(UTC))
            register.add_token(token)
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    access = Access(port, needs_token=False, is_https=False)
    app = Guard(make_app(case, Work(case, 1), access), place_of("127.0.0.1", port, None))
    server = server_of(app, lifespan="off", connection=connection)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield Desk(Client(f"http://127.0.0.1:{port}"), case, access, tokens)
    finally:
        server.should_exit = True
        thread.join()
        case.close()
