"""The API's own description, OpenAPI 3.1, made from its addresses."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from litestar import Litestar, Response, Router, get
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Components, SecurityScheme
from msgspec.json import schema_components

from consilience import __version__
from consilience.interchange import dumps
from consilience.shapes import JsonObject
from consilience.web.answering import asked
from consilience.web.given import Given, Page, Statement
from consilience.web.reading import READING
from consilience.web.writing import WRITING

# What the server gives to its addresses and nobody sends.
_PROVIDED = ("access", "case", "reader", "who", "work")
_OPEN_TO_ALL = "/api/health"


@get("/api/openapi.json", opt={"role": "read"}, sync_to_thread=True, **asked(dict[str, Any]))
def openapi() -> Response[bytes]:
    """This description."""
    return Response(dumps(description()).encode(), media_type="application/json")


ADDRESSES = (*READING, *WRITING, openapi)


@cache
def description() -> JsonObject:
    bearer = SecurityScheme(type="http", scheme="bearer", description="See: consilience token new")
    config = OpenAPIConfig(
        title="Consilience",
        version=__version__,
        description="One kept case: what it tells, on what it rests, who decided what.",
        components=Components(security_schemes={"token": bearer}),
        security=[{"token": []}],
        use_handler_docstrings=True,
    )
    # An application for the description alone: one that has it serves pages of its own beside it.
    provided = {name: _nothing() for name in _PROVIDED}
    addresses = Router("/", route_handlers=ADDRESSES, dependencies=provided)
    app = Litestar([addresses], openapi_config=config)
    made: JsonObject = app.openapi_schema.to_schema()
    # Litestar leaves out what holds for the items of a list, and that no other field is read.
    _, given = schema_components(
        (Given, Page, Statement), ref_template="#/components/schemas/{name}"
    )
    made["components"]["schemas"] |= given
    made["components"]["schemas"]["Files"]["additionalProperties"] = False
    made["paths"] = {path: of for path, of in made["paths"].items() if path.startswith("/api/")}
    made["paths"][_OPEN_TO_ALL]["get"]["security"] = []
    return made


@dataclass(frozen=True, slots=True)
class Described:
    """What an address asks for: parameters of its query, and kinds of body."""

    parameters: frozenset[str]
    kinds: tuple[str, ...]


@cache
def described_at(path: str, method: str) -> Described | None:
    """None where the address is not described."""
    operation = description()["paths"].get(path, {}).get(method.lower())
    if operation is None:
        return None
    asked_for = operation.get("parameters", ())
    parameters = frozenset(one["name"] for one in asked_for if one["in"] == "query")
    return Described(parameters, tuple(operation.get("requestBody", {}).get("content", ())))


def _nothing() -> Provide:
    return Provide(lambda: None, sync_to_thread=False)
