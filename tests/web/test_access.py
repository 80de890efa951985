"""Who may do what: each address by each role, and nothing by nobody."""

import hashlib
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from consilience.store import Role
from consilience.web.access import (
    GUESSES_MAX,
    SESSION_HOURS,
    Guesses,
    find_signed_in,
    find_token,
    new_session,
    new_token,
    sha256_of,
)
from consilience.web.openapi import ADDRESSES, description
from consilience.web.pages import HANDLERS
from consilience.web.signing import SIGNING
from tests.web.serving import Client, Desk, desk

NOW = datetime(2031, 1, 1, tzinfo=UTC)
NEEDED = {"read": Role.READ, "annotate": Role.ANNOTATE, "admin": Role.ADMIN}
# What each address needs, said here once more, so that no one is opened by a slip.
WRITES = {
    ("POST", "/api/check"): "read",
    ("POST", "/api/decisions"): "annotate",
    ("POST", "/api/work"): "annotate",
    ("POST", "/api/documents"): "admin",
    ("POST", "/api/documents/files"): "admin",
    ("DELETE", "/api/tokens/{name}"): "admin",
    ("GET", "/api/tokens"): "admin",
    ("GET", "/api/health"): "public",
}
API = [
    (method.upper(), path, WRITES.get((method.upper(), path), "read"))
    for path, of in sorted(description()["paths"].items())
    for method in of
]
BODIES = {
    "/api/check": b'{"statement":"Nine died."}',
    "/api/decisions": b'{"kind":"note","record":"Olga Brandt","text":"x","version":"1.0"}',
    "/api/work": b"{}",
    "/api/documents": b'{"text":"One."}',
}
PARTS = (
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    b"Eleven died.\r\n--x--\r\n"
)


@pytest.fixture(scope="module")
def served(told_case: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    path = tmp_path_factory.mktemp("access") / "ferry.db"
    path.write_bytes(told_case.read_bytes())
    with desk(path) as opened:
        yield opened


def ask(client: Client, method: str, path: str) -> int:
    address = path.format(finding="f", document="d", number=1, name="nobody", format_name="json")
    address += {"/api/passages": "?q=ferry", "/api/changes": "?since=1"}.get(path, "")
    if path == "/api/documents/files":
        kind = "multipart/form-data; boundary=x"
        return client.ask(method, address, PARTS, content_type=kind).status
    return client.ask(method, address, BODIES.get(path), content_type="application/json").status


@pytest.mark.threat("W9")
@pytest.mark.parametrize(("method", "path", "needed"), API)
def test_each_address_is_for_its_roles_and_for_nobody_else(
    served: Desk, method: str, path: str, needed: str
) -> None:
    statuses = {role: ask(served.of(role), method, path) for role in Role}
    nobody = ask(served.client, method, path)
    wrong = ask(served.client.bearing("consilience_wrong"), method, path)
    served.access.guesses = Guesses()
    if needed == "public":
        assert {*statuses.values(), nobody, wrong} == {200}
        return
    assert (nobody, wrong) == (401, 401)
    roles = [*Role]
    for role, status in statuses.items():
        may = roles.index(role) >= roles.index(NEEDED[needed])
        assert (status not in (401, 403)) == may, (role, status)
        assert status < 500


# What a page needs; everything else needs the role to read.
PAGES_WRITE = {
    ("POST", "/decide"): "annotate",
    ("POST", "/undo"): "annotate",
    ("POST", "/work"): "annotate",
    ("POST", "/add"): "admin",
    ("GET", "/add"): "admin",
}
PUBLIC = {"/login", "/logout", "/look.css", "/static/{name:str}"}
PAGES = [
    (method, path)
    for handler in (*SIGNING, *HANDLERS)
    for method in sorted(handler.http_methods)
    for path in sorted(handler.paths)
    if path not in PUBLIC and method != "OPTIONS"
]


@pytest.mark.threat("W9")
def test_each_page_is_for_its_roles_and_for_nobody_else(
    served: Desk, reached: Callable[[str], None]
) -> None:
    """Nobody is led to the way in where a page is asked for, and refused where one is sent."""
    form = {"content_type": "application/x-www-form-urlencoded"}
    for method, path in PAGES:
        address = re.sub(r"\{\w+:int\}", "1", re.sub(r"\{\w+:(?!int)\w+\}", "x", path))
        body, kind = (b"x=1", form) if method == "POST" else (None, {})
        nobody = served.client.ask(method, address, body, **kind)
        led = nobody.status == 303 and nobody.headers["location"].startswith("/login?")
        assert led if method == "GET" else nobody.status == 401, (method, path)
        needed = NEEDED[PAGES_WRITE.get((method, path), "read")]
        for role in Role:
            status = served.of(role).ask(method, address, body, **kind).status
            may = [*Role].index(role) >= [*Role].index(needed)
            assert (status not in (401, 403)) == may, (method, path, role, status)
            assert status < 500
    n = len(PAGES) + len(API)
    reached(f"{n} addresses by nobody and by {len(Role)} roles: each as it should")


@pytest.mark.threat("W9")
def test_every_handler_names_its_role() -> None:
    roles = {handler.opt.get("role") for handler in (*ADDRESSES, *SIGNING, *HANDLERS)}
    assert roles <= {"public", "read", "annotate", "admin"}
    public = {
        path
        for handler in (*ADDRESSES, *SIGNING, *HANDLERS)
        if handler.opt["role"] == "public"
        for path in handler.paths
    }
    assert public == {
        "/api/health", "/login", "/logout", "/look.css", "/static/{name:str}",
    }  # fmt: skip


@pytest.mark.threat("W9")
def test_no_address_makes_a_token(served: Desk) -> None:
    for method in ("POST", "DELETE", "GET"):
        status = served.of(Role.ADMIN).ask(method, "/api/tokens/new", b"{}").status
        assert status in (404, 405)
    assert served.of(Role.ADMIN).post("/api/tokens", b"{}").status == 405


@pytest.mark.threat("W9", "P2")
def test_nothing_of_a_token_is_kept_but_a_hash(case_file: Path) -> None:
    with desk(case_file) as served:
        secrets = served.tokens.values()
        listed = served.of(Role.ADMIN).get("/api/tokens").body
    kept = b"".join(path.read_bytes() for path in case_file.parent.iterdir())
    for secret in secrets:
        assert secret.encode() not in kept
        assert secret.encode() not in listed
        assert hashlib.sha256(secret.encode()).hexdigest().encode() in kept
        assert hashlib.sha256(secret.encode()).hexdigest().encode() not in listed


@pytest.mark.threat("W9")
def test_a_token_in_an_address_lets_nobody_in(served: Desk) -> None:
    secret = served.tokens[Role.ADMIN]
    for query in (f"token={secret}", f"access_token={secret}"):
        assert served.client.get(f"/api/case?{query}").status == 401


@pytest.mark.threat("W9")
def test_a_revoked_token_ends_at_once_and_so_does_who_signed_in_with_it(case_file: Path) -> None:
    with desk(case_file) as served:
        reader = served.of(Role.READ)
        cookie = sign_in(served.client, served.tokens[Role.READ])
        assert served.client.get("/api/me", cookie=cookie).json["name"] == "The read desk"
        gone = served.of(Role.ADMIN).ask("DELETE", "/api/tokens/The%20read%20desk")
        assert gone.status == 204
        assert reader.get("/api/me").status == 401
        assert served.client.get("/api/me", cookie=cookie).status == 401


@pytest.mark.threat("W9")
@pytest.mark.parametrize("role", Role)
def test_who_is_signed_in_is_so_after_the_server_began_again(case_file: Path, role: Role) -> None:
    with desk(case_file) as served:
        signed_in = sign_in(served.client, served.tokens[role]).partition("=")[2]
        left = sign_in(served.client, served.tokens[role]).partition("=")[2]
        cookie = f"{served.access.cookie_name}={left}"
        served.client.post("/logout", b"", cookie=cookie, origin=served.client.url)
    with desk(case_file, with_tokens=False) as again:
        name = again.access.cookie_name
        here = again.client.get("/api/me", cookie=f"{name}={signed_in}")
        assert (here.status, here.json["role"]) == (200, role)
        may = role is Role.ADMIN
        tokens = again.client.get("/api/tokens", cookie=f"{name}={signed_in}")
        assert (tokens.status == 200) == may
        assert again.client.get("/api/me", cookie=f"{name}={left}").status == 401
        assert again.client.get("/api/me", cookie=f"{name}={left}x").status == 401
        again.client.post("/logout", b"", cookie=f"{name}={signed_in}", origin=again.client.url)
        assert again.client.get("/api/me", cookie=f"{name}={signed_in}").status == 401


@pytest.mark.threat("W9", "P2")
def test_nothing_of_a_cookie_is_kept_but_a_hash(case_file: Path) -> None:
    with desk(case_file) as served:
        value = sign_in(served.client, served.tokens[Role.READ]).partition("=")[2]
        kept = b"".join(path.read_bytes() for path in case_file.parent.iterdir())
    assert value.encode() not in kept
    assert sha256_of(value).encode() in kept
    with desk(case_file, with_tokens=False) as again:
        # Who reads the file cannot sign in with what stands there.
        cookie = f"{again.access.cookie_name}={sha256_of(value)}"
        assert again.client.get("/api/me", cookie=cookie).status == 401


@pytest.mark.threat("W9")
def test_a_session_ends_with_its_time_and_with_its_token() -> None:
    _, token = new_token("Iris", Role.READ, 30, NOW)
    _, other = new_token("Anna", Role.ADMIN, 30, NOW)
    _, session = new_session(token, NOW)
    last = NOW + timedelta(hours=SESSION_HOURS)
    assert find_signed_in(session, [other, token], last - timedelta(seconds=1)) == token
    assert find_signed_in(session, [other, token], last) is None
    assert find_signed_in(session, [other], NOW) is None
    _, short = new_token("Iris", Role.READ, 0, NOW)
    _, session = new_session(short, NOW)
    assert find_signed_in(session, [short], NOW) is None


LEADING_AWAY = (
    "//evil.example", "///evil.example", "/\\evil.example", "/%5cevil.example", "/%2f/evil.example",
    "/%2fevil.example", "/.//evil.example", "/..//evil.example", "//evil.example/..",
    "/;//evil.example",
    "/login//evil.example", "/static//evil.example", "/history//evil.example/",
    "/search/?next=//evil.example",
    "/login?next=//evil.example", "/login?next=/%5cevil.example", "/login?next=https:evil.example",
    "/login?next=%09//evil.example", "/login?next=%0d%0aLocation:%20https://evil.example",
    "/login?next=javascript:alert(1)", "/logout?next=//evil.example", "/?next=//evil.example",
    "/%0d%0aLocation:%20https://evil.example", "http://evil.example/", "/@evil.example",
    "/.evil.example",
)  # fmt: skip


@pytest.mark.threat("W10")
def test_no_address_leads_away(served: Desk, reached: Callable[[str], None]) -> None:
    for path in LEADING_AWAY:
        for client in (served.client, served.of(Role.READ)):
            answer = client.get(path)
            assert answer.status in (200, 303, 400, 403, 404, 405), path
            led = answer.headers.get("location", "/")
            assert led.startswith("/"), (path, led)
            assert not led.startswith(("//", "/\\")), (path, led)
            assert b'href="//' not in answer.body
            assert b'value="//' not in answer.body
    reached(f"{len(LEADING_AWAY)} addresses, by nobody and by a reader: none led away")


def sign_in(client: Client, secret: str) -> str:
    answer = client.post(
        "/login",
        f"token={secret}&next=%2Fhistory".encode(),
        content_type="application/x-www-form-urlencoded",
        origin=client.url,
    )
    assert (answer.status, answer.headers["location"]) == (303, "/history")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert secret not in cookie
    return cookie.partition(";")[0]


def test_who_signs_in_may_do_what_the_token_allows_until_signed_out(served: Desk) -> None:
    client = served.client
    cookie = sign_in(client, served.tokens[Role.ANNOTATE])
    assert client.get("/api/me", cookie=cookie).json["role"] == "annotate"
    assert client.get("/api/tokens", cookie=cookie).status == 403
    note = BODIES["/api/decisions"]
    sent = client.post("/api/decisions", note, cookie=cookie, origin=client.url,
                       content_type="application/json")  # fmt: skip
    assert sent.json["decision"]["made_by"] == "The annotate desk"
    client.post("/logout", b"", cookie=cookie, origin=client.url)
    assert client.get("/api/me", cookie=cookie).status == 401


@pytest.mark.threat("W9", "W10")
def test_a_wrong_token_signs_nobody_in_and_sends_nobody_elsewhere(served: Desk) -> None:
    served.access.guesses = Guesses()
    for wanted in ("//evil.example/", "/\\evil.example", "https://evil.example", "javascript:x"):
        for secret in ("wrong", served.tokens[Role.READ]):
            answer = served.client.post(
                "/login",
                f"token={secret}&next={wanted}".encode(),
                content_type="application/x-www-form-urlencoded",
                origin=served.client.url,
            )
            assert answer.status == 303
            assert answer.headers["location"] in ("/", "/login?failed=true&next=%2F")
            assert ("set-cookie" in answer.headers) == (secret != "wrong")


@pytest.mark.threat("W10")
def test_a_page_asked_for_by_nobody_leads_to_the_way_in(served: Desk) -> None:
    answer = served.client.get("/history?since=2")
    assert answer.status == 303
    assert answer.headers["location"] == "/login?next=%2Fhistory%3Fsince%3D2"


@pytest.mark.threat("W9")
def test_who_guesses_is_told_to_wait_and_who_knows_is_let_in(served: Desk) -> None:
    served.access.guesses = Guesses()
    guessing = [served.client.bearing(f"consilience_{n}") for n in range(GUESSES_MAX + 1)]
    answers = [client.get("/api/me") for client in guessing]
    assert [a.status for a in answers] == [401] * GUESSES_MAX + [429]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 61
    assert served.of(Role.READ).get("/api/me").status == 200
    served.access.guesses = Guesses()


def test_guesses_are_forgotten_after_a_minute() -> None:
    guesses = Guesses()
    for _ in range(GUESSES_MAX):
        guesses.count("10.0.0.1", NOW)
    assert guesses.wait_s("10.0.0.1", NOW) > 0
    assert guesses.wait_s("10.0.0.2", NOW) == 0
    assert guesses.wait_s("10.0.0.1", NOW + timedelta(seconds=61)) == 0


@pytest.mark.threat("W9")
def test_a_token_is_in_force_until_it_expires() -> None:
    secret, token = new_token("Iris", Role.READ, 30, NOW)
    last = NOW + timedelta(days=30)
    assert find_token(secret, [token], last - timedelta(seconds=1)) == token
    assert find_token(secret, [token], last) is None
    assert find_token(secret + "x", [token], NOW) is None


@pytest.mark.threat("W9")
def test_tokens_that_have_expired_open_the_door_to_nobody(case_file: Path) -> None:
    with desk(case_file, with_tokens=False) as served:
        assert served.client.get("/api/me").json["role"] == "admin"
        _, token = new_token("Iris", Role.READ, 1, NOW - timedelta(days=5_000))
        with served.case.register() as register:
            register.add_token(token)
        assert served.client.get("/api/me").status == 401


@pytest.mark.threat("W9", "P2")
def test_the_log_and_the_answers_hold_no_secret(served: Desk, capfd: pytest.CaptureFixture[str]
                                                ) -> None:  # fmt: skip
    secret = served.tokens[Role.READ]
    answers = [
        served.of(Role.READ).get("/api/me"),
        served.of(Role.READ).get("/api/nothing"),
        served.of(Role.READ).post("/api/documents", b"{}"),
        served.client.bearing(secret + "x").get("/api/me"),
    ]
    served.access.guesses = Guesses()
    assert not any(secret.encode() in a.body for a in answers)
    assert secret not in "".join(capfd.readouterr())
