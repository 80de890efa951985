"""How an answer goes out: JSON with the version of the case it is from."""

from typing import Any

from litestar import Response
from litestar.openapi.datastructures import ResponseSpec

from consilience.interchange import dumps
from consilience.shapes import JsonObject
from consilience.web.problems import documented


def answer(
    body: JsonObject,
    version: str | None = None,
    headers: dict[str, str] | None = None,
    status: int = 200,
) -> Response[bytes]:
    headers = dict(headers or {})
    if version is not None:
        body = {**body, "version": version}
        headers["ETag"] = f'"{version}"'
    made = dumps(body).encode()
    return Response(made, status_code=status, media_type="application/json", headers=headers)


def asked(
    shape: Any, *problems: int, status: int = 200, media_type: str = "application/json"
) -> dict[str, Any]:
    """What an address is documented to answer."""
    good = ResponseSpec(shape, generate_examples=False, description="Done", media_type=media_type)
    return {"responses": {status: good, **documented(*problems)}, "status_code": status}
