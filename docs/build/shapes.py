"""The pages on what is written as JSON, from its schemas."""

from collections.abc import Iterator, Mapping
from typing import Any

from consilience.interchange import dossier_schema, reading_schema
from docs.build.markdown import code, page, slug, table

_OFFSETS = """\
All offsets count characters (Unicode code points) of the `text` of a document and are half-open:
`text[start:end]` are the words. Times are UTC unless the text names a zone. JSON is UTF-8 with its
keys in the order below; ignore those you do not know, since later versions add some. What is marked
*added* may be missing in dossiers of earlier versions; whatever else has nothing to say is null or
an empty list."""
_DOSSIER = f"""\
A dossier (`dossier.json`, and what `consilience batch` writes under `dossier`) holds the account
and everything that it rests on. Its JSON Schema is [dossier.json](../schema/dossier.json). The same
input gives the same bytes, but for `run.started`.

{_OFFSETS} A `document`, `subject`, `event`, `entity`, `speaker`, `origin` and the members
of `claims`, `findings` and `where` are ids of records of the same dossier.

Slots with a fixed name are, of an event, `when where agent patient killed injured missing detained
freed displaced cost weapon cause decided_by happened`, and of an entity `title role age nationality
status`; every other counted thing has the slot `count:NOUN` (`count:rescuer`). What the statuses,
relations and policies of a finding mean is told in [the ledger](../ledger.md) and
[the method](../method.md#policies)."""
_READING = f"""\
A reading is all that one document yielded: `consilience read` prints one a line. Its JSON Schema is
[reading.json](../schema/reading.json).

{_OFFSETS}

A field `speaker`, `chain` or `attribution` holds an id within the reading."""
# How the records are called that are one of the values of a claim.
_VALUE = "Value"


def dossier_page() -> str:
    return _page("Dossier", _DOSSIER, dossier_schema())


def reading_page() -> str:
    return _page("Reading", _READING, reading_schema())


def _page(title: str, begins: str, schema: Mapping[str, Any]) -> str:
    every = schema["$defs"]
    names = _reached(schema)
    values = [name for name in names if name.endswith(_VALUE)]
    below = [words for n in names if n not in values for words in _record(n, every[n])]
    if values:
        links = ", ".join(f"[{name.removesuffix(_VALUE)}](#{slug(name)})" for name in values)
        below += ["## Value", f"One of {links}, told apart by `type`."]
        below += [words for name in values for words in _record(name, every[name])]
    return page(title, begins, *_record(f"The {title.lower()}", schema), *below)


def _reached(schema: Mapping[str, Any]) -> list[str]:
    """The records by name, in the order in which a reader meets them."""
    names: list[str] = []
    waiting = [*_named(schema["properties"])]
    while waiting:
        name = waiting.pop(0)
        if name not in names:
            names.append(name)
            waiting += _named(schema["$defs"][name]["properties"])
    return names


def _named(value: Any) -> Iterator[str]:
    """The records that a piece of schema refers to."""
    if isinstance(value, Mapping):
        if "$ref" in value:
            yield value["$ref"].rsplit("/", 1)[1]
        for inner in value.values():
            yield from _named(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _named(inner)


def _record(name: str, schema: Mapping[str, Any]) -> Iterator[str]:
    yield f"## {name}"
    yield str(schema.get("description", ""))
    required = schema["required"]
    rows = (
        (code(key), _type(inner) + ("" if key in required else ", *added*"), _means(inner))
        for key, inner in schema["properties"].items()
    )
    yield table(("key", "type", ""), rows)


def _means(schema: Mapping[str, Any]) -> str:
    inner = schema.get("items", {})
    said = next((s for s in (schema, inner) if "description" in s and "$ref" not in s), {})
    return str(said.get("description", ""))


def _type(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        name = str(schema["$ref"]).rsplit("/", 1)[1]
        return f"[{name}](#{slug(name)})"
    if "const" in schema:
        return code(str(schema["const"]))
    if "enum" in schema:
        return " ".join(map(code, schema["enum"]))
    if "oneOf" in schema:
        return "[Value](#value)"
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    if schema["type"] == "array":
        return f"list of {_type(schema['items'])}"
    if schema["type"] == "object" and "properties" in schema:
        return f"{{{', '.join(map(code, schema['properties']))}}}"
    return str(schema["type"])
