"""How a browser signs in with a token, and out again."""

from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import quote

from litestar import Request, Response, post
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect
from msgspec import Struct

from consilience.web.access import (
    SESSION_HOURS,
    Access,
    DeniedError,
    iso_of,
    new_session,
    sha256_of,
)
from consilience.web.provided import TheAccess, TheCase


class Entry(Struct):
    token: str = ""
    next: str = "/"


@post("/login", opt={"role": "public"}, sync_to_thread=True, include_in_schema=False)
def sign_in(
    request: Request[Any, Any, Any],
    case: TheCase,
    access: TheAccess,
    data: Annotated[Entry, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Response[Any]:
    wanted = local(data.next)
    with case.register() as register:
        tokens = register.tokens()
    try:
        token = access.token(data.token.strip(), address_of(request), tokens)
    except DeniedError as error:
        if error.retry_after_s is not None:
            raise
        return Redirect(f"/login?failed=true&next={quote(wanted, safe='')}", status_code=303)
    now = datetime.now(UTC)
    value, session = new_session(token, now)
    with case.register() as register:
        register.begin_session(session, iso_of(now))
    return Redirect(wanted, status_code=303, cookies=[_cookie(access, value, SESSION_HOURS * 3600)])


@post("/logout", opt={"role": "public"}, sync_to_thread=True, include_in_schema=False)
def sign_out(request: Request[Any, Any, Any], case: TheCase, access: TheAccess) -> Response[Any]:
    value = request.cookies.get(access.cookie_name)
    if value is not None:
        with case.register() as register:
            register.end_session(sha256_of(value))
    return Redirect("/login", status_code=303, cookies=[_cookie(access, "", 0)])


def local(address: str) -> str:
    """An address of this server, the first page for any other: no one is sent elsewhere.

    >>> local("/history?since=2"), local("//evil.example"), local("/\\\\evil.example")
    ('/history?since=2', '/', '/')
    """
    is_local = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if is_local and address.isprintable() and address.isascii() else "/"


def address_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    return connection.client.host if connection.client else ""


def _cookie(access: Access, value: str, age_s: int) -> Cookie:
    return Cookie(
        access.cookie_name, value=value, max_age=age_s, path="/", httponly=True,
        samesite="strict", secure=access.is_https,
    )  # fmt: skip


SIGNING = (sign_in, sign_out)
