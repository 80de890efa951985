"""Who asks for a page, as its forms need it, and the name they gave last."""

from typing import Any
from urllib.parse import quote, unquote

from litestar import Request
from litestar.datastructures import Cookie

from consilience.store import Role
from consilience.web.access import Who
from consilience.web.pages.render import Visit

_COOKIE = "by"
_YEAR_S = 365 * 24 * 3600
BY_MAX_CHARS = 80


def visit_of(request: Request[Any, Any, Any], who: Who, version: str) -> Visit:
    given = unquote(request.cookies.get(_COOKIE, ""))[:BY_MAX_CHARS]
    return Visit(
        name=who.name if who.by_token else given or None,
        may_add=who.may(Role.ADMIN),
        may_decide=who.may(Role.ANNOTATE),
        has_token=who.by_token,
        version=version,
    )


def remembered(name: str | None) -> list[Cookie]:
    """The name in a cookie, so that the next form has it already."""
    if not name:
        return []
    value = quote(name[:BY_MAX_CHARS])
    return [Cookie(_COOKIE, value=value, max_age=_YEAR_S, httponly=True, samesite="strict")]
