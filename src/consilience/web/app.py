"""The server of one case, put together."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from anyio.to_thread import run_sync
from litestar import Litestar, Request, Router
from litestar.connection import ASGIConnection
from litestar.di import Provide
from litestar.exceptions import ClientException, HTTPException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler

from consilience.errors import ConsilienceError
from consilience.store import Role
from consilience.web.access import Access, DeniedError, Who, sha256_of
from consilience.web.guard import BODY_MAX_BYTES
from consilience.web.openapi import ADDRESSES, described_at
from consilience.web.pages import HANDLERS
from consilience.web.problems import of_error
from consilience.web.served import ServedCase
from consilience.web.signing import SIGNING, address_of
from consilience.web.work import Work
from consilience.web.writing import OneReader

_PUBLIC = "public"
_TYPED = re.compile(r"(\{\w+):\w+\}")
_FORM_PARTS_MAX = 200
# Litestar answers its own errors itself unless they are named.
_CAUGHT = (ConsilienceError, DeniedError, HTTPException, Exception)


def make_app(case: ServedCase, work: Work, access: Access) -> Litestar:
    """The application; the work begins and ends with it."""
    reader = OneReader()

    def who_asks(request: Request[Any, Any, Any]) -> Who:
        who: Who = request.scope["state"]["who"]
        return who

    def find_who(connection: ASGIConnection[Any, Any, Any, Any]) -> Who:
        cookie = connection.cookies.get(access.cookie_name)
        with case.register() as register:
            tokens = register.tokens()
            session = None if cookie is None else register.find_session(sha256_of(cookie))
        return access.who(
            connection.headers.get("authorization"),
            session,
            address_of(connection),
            tokens,
        )

    async def let_in(
        connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
    ) -> None:
        needed = handler.opt.get("role")
        if needed == _PUBLIC:
            return
        who = await run_sync(find_who, connection)
        if needed is None or not who.may(Role(needed)):
            raise PermissionDeniedException(f"needs the role {needed}, this token has {who.role}")
        connection.scope["state"]["who"] = who
        _check_asked(connection, handler)

    @asynccontextmanager
    async def alive(_: Litestar) -> AsyncIterator[None]:
        work.start()
        try:
            yield
        finally:
            await run_sync(work.stop)

    given = {"case": case, "work": work, "access": access, "reader": reader}
    dependencies = {name: _provided(one) for name, one in given.items()}
    return Litestar(
        # In one router: an address that is registered twice, to get and to post, fails in threads.
        [Router("/", route_handlers=[*ADDRESSES, *SIGNING, *HANDLERS])],
        dependencies={**dependencies, "who": Provide(who_asks, sync_to_thread=False)},
        exception_handlers=dict.fromkeys(_CAUGHT, of_error),
        guards=[let_in],
        lifespan=[alive],
        logging_config=None,
        multipart_form_part_limit=_FORM_PARTS_MAX,
        openapi_config=None,
        request_max_body_size=BODY_MAX_BYTES,
    )


def _provided(one: object) -> Provide:
    return Provide(lambda: one, sync_to_thread=False, use_cache=True)


def _check_asked(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Nothing is taken and then not heeded, as a misspelt parameter; no body for another kind."""
    path = _TYPED.sub(r"\1}", next(iter(handler.paths)))
    described = described_at(path, str(connection.scope.get("method")))
    if described is None:
        return
    unknown = sorted(set(connection.query_params) - described.parameters)
    if unknown:
        raise ClientException(f"{unknown[0]}: no parameter of {path}; see /api/openapi.json")
    # A page elsewhere can send a form or plain text unasked, and JSON in its guise.
    kind = connection.headers.get("content-type", "").partition(";")[0].strip().lower()
    if described.kinds and kind not in described.kinds:
        kinds = " or ".join(described.kinds)
        raise HTTPException(f"send it as {kinds}", status_code=415)
