"""How values look in JSON, in both directions at once; `interchange` builds its tables of these.

Decoding raises `InputError` naming the key that is missing or wrong. Each shape says itself in
JSON Schema (draft 2020-12) too, so that what is documented is what is read and written.
"""

import base64
import inspect
import math
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from consilience.errors import InputError
from consilience.records import Passage

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
JsonObject = dict[str, Any]
# Whole numbers in JSON know no bound, but every number of ours must be fit to reckon with.
_NUMBER_MAX = 1e300
_CHARACTERS = "Characters (Unicode code points) of the document's text, half-open."


@dataclass(frozen=True, slots=True)
class Shape(Generic[T]):
    """`decode` takes the JSON, its path (for errors), and the id of the document it is in.

    The schema of a record has its name as `title`.
    """

    encode: Callable[[T], Any]
    decode: Callable[[Any, str, str], T]
    schema: JsonObject


@dataclass(frozen=True, slots=True)
class Field:
    """One attribute of a record; `key` None: its keys stand among the record's own.

    What is `added` may be missing in what earlier versions wrote; the record has a default.
    """

    attribute: str
    shape: Shape[Any]
    key: str | None
    added: bool = False


def field(attribute: str, shape: Shape[Any], key: str | None = None) -> Field:
    return Field(attribute, shape, key or attribute)


def added(attribute: str, shape: Shape[Any]) -> Field:
    return Field(attribute, shape, attribute, added=True)


def spread(attribute: str, shape: Shape[Any]) -> Field:
    return Field(attribute, shape, None)


def wrong(path: str, wanted: str, got: object) -> InputError:
    words = repr(got)
    shown = words if len(words) <= 60 else f"{words[:57]}..."
    return InputError(f"{path.lstrip('.')}: {shown} is not {wanted}")


def member(value: Any, key: str, path: str) -> Any:
    if not isinstance(value, dict):
        raise wrong(path or "JSON", "an object", value)
    if key not in value:
        raise InputError(f"{f'{path}.{key}'.lstrip('.')}: missing")
    return value[key]


def record(cls: type[T], fields: Sequence[Field], *, document_key: str | None = None) -> Shape[T]:
    """`document_key` names the member that says which document the passages inside lie in."""

    def encode(value: T) -> JsonObject:
        out: JsonObject = {}
        for f in fields:
            encoded = f.shape.encode(getattr(value, f.attribute))
            if f.key is None:
                out.update(encoded)
            else:
                out[f.key] = encoded
        return out

    def decode(value: Any, path: str, document_id: str) -> T:
        if document_key is not None:
            named = member(value, document_key, path)
            document_id = _string(named, f"{path}.{document_key}")
        values = {}
        for f in fields:
            if f.key is None:
                values[f.attribute] = f.shape.decode(value, path, document_id)
            elif not (f.added and isinstance(value, dict) and f.key not in value):
                inner = member(value, f.key, path)
                values[f.attribute] = f.shape.decode(inner, f"{path}.{f.key}", document_id)
        return cls(**values)

    return Shape(encode, decode, _record_schema(cls, fields))


def _record_schema(cls: type[Any], fields: Sequence[Field]) -> JsonObject:
    properties: JsonObject = {}
    required: list[str] = []
    for f in fields:
        if f.key is None:
            properties |= f.shape.schema.get("properties", {})
            required += f.shape.schema.get("required", [])
        else:
            properties[f.key] = f.shape.schema
            required += [] if f.added else [f.key]
    schema = {"type": "object", "properties": properties, "required": required}
    return {"title": cls.__name__, "description": _described(cls, fields), **schema}


def _described(cls: type[Any], fields: Sequence[Field]) -> str:
    """What the record means, with its attributes called by their keys."""
    words = (inspect.getdoc(cls) or "").replace(" None", " null").replace("(None", "(null")
    for f in fields:
        if f.key is not None:
            words = words.replace(f"`{f.attribute}`", f"`{f.key}`")
    return words


def hoisted(schema: JsonObject) -> JsonObject:
    """The schema with every record inside it said once, under `$defs` by its name.

    Where a record has several shapes (a time in a text stands with its place), the others stay
    where they are.
    """
    defs: JsonObject = {}

    def walk(node: Any) -> Any:
        if isinstance(node, list):
            return [walk(item) for item in node]
        if not isinstance(node, dict):
            return node
        inner = {key: walk(value) for key, value in node.items()}
        name = node.get("title")
        if not isinstance(name, str):
            return inner
        held = {key: value for key, value in inner.items() if key != "title"}
        return {"$ref": f"#/$defs/{name}"} if defs.setdefault(name, held) == held else held

    root = {key: walk(value) for key, value in schema.items() if key != "title"}
    return {**root, "$defs": dict(sorted(defs.items()))}


def list_of(shape: Shape[T]) -> Shape[tuple[T, ...]]:
    def decode(value: Any, path: str, document_id: str) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise wrong(path, "a list", value)
        return tuple(
            shape.decode(item, f"{path}[{i}]", document_id) for i, item in enumerate(value)
        )

    return Shape(
        lambda items: [shape.encode(item) for item in items],
        decode,
        {"type": "array", "items": shape.schema},
    )


def optional(shape: Shape[T]) -> Shape[T | None]:
    return Shape(
        lambda value: None if value is None else shape.encode(value),
        lambda value, path, doc: None if value is None else shape.decode(value, path, doc),
        {"anyOf": [shape.schema, {"type": "null"}]},
    )


def plain(
    encode: Callable[[T], Any], decode: Callable[[Any, str], T], schema: JsonObject
) -> Shape[T]:
    """A value that looks the same in every document."""
    return Shape(encode, lambda value, path, _: decode(value, path), schema)


def enum(cls: type[E]) -> Shape[E]:
    names = [str(name) for name in cls]

    def decode(value: Any, path: str) -> E:
        if value not in names:
            raise wrong(path, f"one of {', '.join(names)}", value)
        return cls(value)

    return plain(str, decode, {"enum": names})


def here(start_key: str = "start", end_key: str = "end") -> Shape[Passage]:
    """A passage of the document that the record around it belongs to."""

    def decode(value: Any, path: str, document_id: str) -> Passage:
        start = _whole(member(value, start_key, path), f"{path}.{start_key}")
        end = _whole(member(value, end_key, path), f"{path}.{end_key}")
        if not 0 <= start < end:
            raise wrong(f"{path}.{start_key}", f"from 0 to less than {end_key}, {end}", start)
        return Passage(document_id, start, end)

    return Shape(
        lambda passage: {start_key: passage.start, end_key: passage.end},
        decode,
        {
            "type": "object",
            "description": _CHARACTERS,
            "properties": {
                start_key: {"type": "integer", "minimum": 0},
                end_key: {"type": "integer", "minimum": 1},
            },
            "required": [start_key, end_key],
        },
    )


def _placed(value: Any, path: str, _: str) -> Passage:
    named = _string(member(value, "document", path), f"{path}.document")
    return here().decode(value, path, named)


def _string(value: Any, path: str) -> str:
    if not isinstance(value, str):
        raise wrong(path, "a string", value)
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise wrong(path, "text: it holds half a surrogate pair", value) from error
    return value


def _truth(value: Any, path: str) -> bool:
    if not isinstance(value, bool):
        raise wrong(path, "true or false", value)
    return value


def _whole(value: Any, path: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise wrong(path, "a whole number", value)
    return value


def _number(value: Any, path: str) -> int | float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise wrong(path, "a number", value)
    if not -_NUMBER_MAX <= value <= _NUMBER_MAX:
        raise wrong(path, "a number", value)
    return value


def _moment(value: Any, path: str) -> datetime:
    try:
        moment = datetime.fromisoformat(_string(value, path))
        if moment.tzinfo is None:
            raise wrong(path, "a time with its zone", value)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise wrong(path, "an ISO 8601 time", value) from error


def _moment_text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _pairs(value: Any, path: str) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        raise wrong(path, "an object", value)
    return tuple((key, _string(v, f"{path}.{key}")) for key, v in value.items())


def _vector_text(vector: Sequence[float]) -> str:
    if not all(map(math.isfinite, vector)):
        raise ValueError("a sentence vector holds a number that is not finite")
    return base64.b64encode(struct.pack(f"<{len(vector)}f", *vector)).decode("ascii")


def _vector(value: Any, path: str) -> tuple[float, ...]:
    try:
        packed = base64.b64decode(_string(value, path), validate=True)
        return struct.unpack(f"<{len(packed) // 4}f", packed)
    except (ValueError, struct.error) as error:
        raise wrong(path, "base64 of 32-bit floats, little-endian", value) from error


STRING: Shape[str] = plain(str, _string, {"type": "string"})
BOOL: Shape[bool] = plain(bool, _truth, {"type": "boolean"})
WHOLE: Shape[int] = plain(int, _whole, {"type": "integer"})
NUMBER: Shape[int | float] = plain(
    lambda number: number,
    _number,
    {"type": "number", "minimum": -_NUMBER_MAX, "maximum": _NUMBER_MAX},
)
MOMENT: Shape[datetime] = plain(_moment_text, _moment, {"type": "string", "format": "date-time"})
PAIRS: Shape[tuple[tuple[str, str], ...]] = plain(
    dict, _pairs, {"type": "object", "additionalProperties": {"type": "string"}}
)
VECTOR: Shape[tuple[float, ...]] = plain(
    _vector_text,
    _vector,
    {"type": "string", "contentEncoding": "base64", "description": "32-bit floats, little-endian"},
)
HERE = here()
PASSAGE: Shape[Passage] = Shape(
    lambda p: {"document": p.document_id, "start": p.start, "end": p.end},
    _placed,
    {
        "title": "Passage",
        "description": inspect.getdoc(Passage),
        "type": "object",
        "properties": {"document": STRING.schema, **HERE.schema["properties"]},
        "required": ["document", "start", "end"],
    },
)
