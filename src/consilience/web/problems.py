"""What went wrong, in the one shape the server says it in (RFC 9457), without a trace of how."""

import logging
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.openapi.datastructures import ResponseSpec
from litestar.response import Redirect
from msgspec import Struct

from consilience.errors import (
    ConflictError,
    ConsilienceError,
    InputError,
    NotFoundError,
)
from consilience.interchange import dumps, loads
from consilience.web.access import DeniedError
from consilience.web.editing import MeanwhileError
from consilience.web.pages import error_page
from consilience.web.shown import meanwhile_to_json
from consilience.wording import printable

PROBLEM_JSON = "application/problem+json"
_STATUS: tuple[tuple[type[ConsilienceError], int], ...] = (
    (NotFoundError, 404),
    (ConflictError, 409),
    (InputError, 422),
)
_DETAIL_MAX_CHARS = 500

_log = logging.getLogger(__name__)


class Problem(Struct, frozen=True, kw_only=True):
    """What went wrong; `detail` is one line for people."""

    type: str
    title: str
    status: int
    detail: str


_MEANINGS = {
    400: "Not what is asked for here: a malformed request.",
    401: "No token, or one that is not in force.",
    403: "Not for this role, or not from this place.",
    404: "No such thing in the case.",
    409: "Somebody else wrote meanwhile; what they did stands beside.",
    413: "Too large.",
    415: "Of another kind than is read here.",
    422: "Understood, but it cannot be done; the detail says why.",
    428: "Say which version of the case you saw.",
    429: "Too many wrong tokens; wait.",
    503: "The case cannot be read or written now.",
}


def documented(*statuses: int) -> dict[int, ResponseSpec]:
    """The problems an address may answer with, for its documentation."""
    common = (400, 401, 403, 429, 503)
    return {
        status: ResponseSpec(
            Problem, generate_examples=False, description=_MEANINGS[status], media_type=PROBLEM_JSON
        )
        for status in sorted({*common, *statuses})
    }


def problem(status: int, detail: str, headers: dict[str, str] | None = None, **extras: Any
            ) -> Response[bytes]:  # fmt: skip
    title = HTTPStatus(status).phrase
    said = printable(" ".join(detail.split()))[:_DETAIL_MAX_CHARS]
    body = {"type": "about:blank", "title": title, "status": status, "detail": said, **extras}
    return Response(
        dumps(body).encode(), status_code=status, media_type=PROBLEM_JSON, headers=headers
    )


def of_error(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """The problem that an error is, as JSON, or as a page to who asks for one."""
    response = _problem_of(error)
    if response.status_code == 500:
        _log.error("%s %s failed", request.method, request.scope["path"], exc_info=error)
    if request.scope["path"].startswith("/api"):
        return response
    return _page(request, response)


def _problem_of(error: Exception) -> Response[bytes]:
    match error:
        case DeniedError(retry_after_s=None):
            return problem(401, str(error), {"WWW-Authenticate": "Bearer"})
        case DeniedError():
            return problem(429, str(error), {"Retry-After": f"{error.retry_after_s}"})
        case MeanwhileError():
            return problem(409, str(error), **meanwhile_to_json(error))
        case ConsilienceError():
            found = (status for kind, status in _STATUS if isinstance(error, kind))
            return problem(next(found, 503), str(error))
        case ValidationException():
            return problem(400, _say_invalid(error))
        case HTTPException(status_code=status) if status < 500:
            headers = error.headers or {}
            return problem(status, error.detail, dict(headers))
        case RecursionError():
            return problem(400, "JSON nested too deep")
        case UnicodeDecodeError():
            return problem(400, "not UTF-8")
        case _:
            return problem(500, "the server failed; its log says more")


def _say_invalid(error: ValidationException) -> str:
    told = error.extra if isinstance(error.extra, list) else []
    faults = [f"{one.get('key', 'body')}: {one.get('message', '')}" for one in told]
    return "; ".join(faults) or error.detail


def _page(request: Request[Any, Any, Any], response: Response[bytes]) -> Response[Any]:
    status = response.status_code or 500
    if status == 401 and request.method == "GET":
        wanted = request.scope["path"]
        if request.scope["query_string"]:
            wanted += "?" + request.scope["query_string"].decode("latin-1")
        return Redirect(f"/login?next={quote(wanted, safe='')}", status_code=303)
    said = loads(response.content, "problem")
    html = error_page(status, said["title"], said["detail"])
    headers = dict(response.headers.items())
    return Response(html, status_code=status, media_type=MediaType.HTML, headers=headers)
