"""The page on the API of `consilience serve`, from its OpenAPI description."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from consilience.web.openapi import ADDRESSES, description
from docs.build.markdown import code, page, slug, table

_METHODS = ("get", "post", "put", "delete")
_BEGINS = """\
`consilience serve CASE.db` answers these beside its pages. The same as OpenAPI 3.1 is at
`/api/openapi.json`. How to run it, tokens and roles: [for a team](../how-to/team.md).

Send `Authorization: Bearer TOKEN` where tokens are in use. *Role* is the least that is needed:
`read`, `annotate` (decides) or `admin` (adds documents, revokes tokens); `public` needs none.
Answers that depend on the case carry its `version`, and the same as `ETag`. Errors are
`application/problem+json` with `title`, `status` and `detail`, one line that says what to do."""


def api_page() -> str:
    described = description()
    every = [
        (method, path, asked)
        for path, methods in described["paths"].items()
        for method, asked in methods.items()
        if method in _METHODS
    ]
    common = set.intersection(*({*asked["responses"]} for _, _, asked in every))
    roles = _roles()
    return page(
        "API",
        _BEGINS,
        table(
            ("address", "role", "does"),
            (
                (f"[{code(_name(m, p))}](#{slug(_name(m, p))})", roles[m, p], _does(asked))
                for m, p, asked in every
            ),
        ),
        "## Errors that any address may answer",
        "Beside those named at each.",
        table(("status", "means"), _errors([asked for *_, asked in every], common)),
        *(words for m, p, asked in every for words in _address(m, p, asked, common)),
        "## Objects",
        *(
            words
            for name, schema in described["components"]["schemas"].items()
            for words in _object(name, schema)
        ),
    )


def _roles() -> Mapping[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = defaultdict(str)
    for handler in ADDRESSES:
        for path in handler.paths:
            plain = "/".join(
                f"{{{part[1:-1].partition(':')[0]}}}" if part.startswith("{") else part
                for part in path.split("/")
            )
            for method in handler.http_methods:
                found[method.lower(), plain] = str(handler.opt["role"])
    return found


def _name(method: str, path: str) -> str:
    return f"{method.upper()} {path}"


def _does(asked: Mapping[str, Any]) -> str:
    return str(asked.get("description", ""))


def _errors(every: list[Any], wanted: set[str]) -> list[tuple[str, str]]:
    said = {
        status: str(answer["description"])
        for asked in every
        for status, answer in asked["responses"].items()
        if status in wanted and status >= "400"
    }
    return sorted(said.items())


def _address(method: str, path: str, asked: Mapping[str, Any], common: set[str]) -> Iterator[str]:
    yield f"## {_name(method, path)}"
    yield _does(asked)
    parameters = asked.get("parameters", [])
    if parameters:
        yield table(
            ("parameter", "in", "type", ""),
            (
                (
                    code(p["name"]),
                    p["in"],
                    _type(p["schema"]) + _bounds(p["schema"]),
                    "" if p["in"] == "path" else str(p.get("description", "")),
                )
                for p in parameters
            ),
        )
    for kind, body in asked.get("requestBody", {}).get("content", {}).items():
        yield f"Send {_type(body['schema'])} as `{kind}`."
    own = {s: a for s, a in asked["responses"].items() if s < "400" or s not in common}
    yield "\n".join(f"- {status}: {_answer(answer)}" for status, answer in sorted(own.items()))


def _answer(answer: Mapping[str, Any]) -> str:
    kinds = {k: c for k, c in answer.get("content", {}).items() if "problem" not in k}
    if not kinds:
        return str(answer["description"])
    return " or ".join(f"{_type(c['schema'])} as `{kind}`" for kind, c in kinds.items())


def _object(name: str, schema: Mapping[str, Any]) -> Iterator[str]:
    yield f"### {name}"
    yield str(schema.get("description", ""))
    required = schema.get("required", [])
    rows = (
        (
            code(key) + ("" if key in required else ", may be left out"),
            _type(inner) + _bounds(inner),
            str(inner.get("description", "")),
        )
        for key, inner in schema.get("properties", {}).items()
    )
    if "properties" in schema:
        yield table(("key", "type", ""), rows)
    else:
        yield f"Is {_type(schema)}."


def _type(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        name = str(schema["$ref"]).rsplit("/", 1)[1]
        return f"[{name}](#{slug(name)})"
    for key in ("oneOf", "anyOf"):
        if key in schema:
            return " or ".join(_type(one) for one in schema[key])
    if "enum" in schema or "const" in schema:
        return " ".join(code(str(one)) for one in schema.get("enum", [schema.get("const")]))
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    kind = schema.get("type", "anything")
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


def _bounds(schema: Mapping[str, Any]) -> str:
    said = [
        f"{words} {round(schema[key]):,}"
        for key, words in (
            ("minimum", "from"),
            ("maximum", "to"),
            ("default", "default"),
        )
        if isinstance(schema.get(key), int | float) and not isinstance(schema.get(key), bool)
    ]
    return f" ({', '.join(said)})" if said else ""
