"""Records to JSON and back, in the form the outside relies on.

One table per record says both directions, so they cannot drift apart. Keys come out in the order
of the table; unknown keys are ignored on the way in.
"""

import hashlib
import json
from typing import Any

from consilience import records as r
from consilience.errors import InputError
from consilience.shapes import (
    BOOL,
    HERE,
    MOMENT,
    NUMBER,
    PAIRS,
    PASSAGE,
    STRING,
    VECTOR,
    WHOLE,
    JsonObject,
    Shape,
    added,
    enum,
    field,
    here,
    hoisted,
    list_of,
    member,
    optional,
    record,
    spread,
    wrong,
)

READING_SCHEMA = "consilience.reading/1"
DOSSIER_SCHEMA = "consilience.dossier/1"

_MAYBE = optional(STRING)
_STRINGS = list_of(STRING)
_PASSAGES = list_of(PASSAGE)
_WHEN = record(
    r.When,
    [
        field("start", optional(MOMENT), "from"),
        field("end", optional(MOMENT), "to"),
        field("value", STRING),
        field("text", _MAYBE),
        added("mod", optional(enum(r.Mod))),
    ],
)
_MAYBE_WHEN = optional(_WHEN)
_QUANTITY = record(
    r.Quantity,
    [
        field("low", optional(NUMBER)),
        field("high", optional(NUMBER)),
        field("comparator", enum(r.Comparator)),
        field("unit", _MAYBE),
    ],
)
_VALUE_TYPES: dict[str, tuple[type[Any], Shape[Any]]] = {
    "quantity": (r.Quantity, _QUANTITY),
    "time": (r.When, _WHEN),
    "entity": (r.EntityRef, record(r.EntityRef, [field("entity_id", STRING, "entity")])),
    "text": (r.Text, record(r.Text, [field("text", STRING)])),
    "truth": (r.Truth, record(r.Truth, [field("holds", BOOL)])),
}


def _encode_value(value: r.Value) -> JsonObject:
    for name, (cls, shape) in _VALUE_TYPES.items():
        if isinstance(value, cls):
            return {"type": name, **shape.encode(value)}
    raise ValueError(f"no JSON for {value!r}")


def _decode_value(value: Any, path: str, document_id: str) -> r.Value:
    name = member(value, "type", path)
    if name not in list(_VALUE_TYPES):
        raise wrong(f"{path}.type", f"one of {', '.join(_VALUE_TYPES)}", name)
    decoded: r.Value = _VALUE_TYPES[name][1].decode(value, path, document_id)
    return decoded


def _value_schema(name: str, shape: Shape[Any]) -> JsonObject:
    inner = shape.schema
    return {
        **inner,
        "title": f"{inner['title']}Value",
        "properties": {"type": {"const": name}, **inner["properties"]},
        "required": ["type", *inner["required"]],
    }


_VALUE: Shape[r.Value] = Shape(
    _encode_value,
    _decode_value,
    {"oneOf": [_value_schema(name, shape) for name, (_, shape) in _VALUE_TYPES.items()]},
)

_PART = record(
    r.Part,
    [
        field("kind", enum(r.PartKind)),
        spread("passage", HERE),
        field("author", _MAYBE),
        field("published", _MAYBE_WHEN),
    ],
)
_REPAIR = record(r.Repair, [field("start", WHOLE), field("end", WHOLE), field("was", STRING)])
_UNREAD = record(
    r.Unread,
    [
        spread("passage", HERE),
        field("layers", list_of(enum(r.Layer))),
        field("language", _MAYBE),
    ],
)
_DOCUMENT = record(
    r.Document,
    [
        field("id", STRING),
        field("name", STRING),
        field("source", _MAYBE),
        field("title", _MAYBE),
        field("url", _MAYBE),
        field("author", _MAYBE),
        field("published", _MAYBE_WHEN),
        field("published_basis", optional(enum(r.DateBasis))),
        field("updated", _MAYBE_WHEN),
        field("language", STRING),
        field("text", STRING),
        field("sha256", STRING),
        field("parts", list_of(_PART)),
        field("repairs", list_of(_REPAIR)),
        field("retrieved", _MAYBE_WHEN),
        added("unread", list_of(_UNREAD)),
        added("date_reason", _MAYBE),
        added("date_conflicts", _STRINGS),
    ],
    document_key="id",
)
_MENTION = record(
    r.Mention,
    [
        field("id", STRING),
        spread("passage", HERE),
        spread("head", here("head_start", "head_end")),
        field("kind", enum(r.Kind)),
        field("named", BOOL),
        field("chain_id", STRING, "chain"),
        field("title", _MAYBE),
        field("title_passage", optional(HERE)),
    ],
)
_TIMEX = record(
    r.Timex,
    [
        spread("passage", HERE),
        field("type", enum(r.TimexType)),
        spread(
            "when",
            record(
                r.When,
                [
                    field("value", STRING),
                    field("start", optional(MOMENT), "from"),
                    field("end", optional(MOMENT), "to"),
                    field("text", _MAYBE),
                    added("mod", optional(enum(r.Mod))),
                ],
            ),
        ),
        field("relative", _MAYBE),
    ],
)
_COUNT = record(
    r.Count,
    [spread("passage", HERE), spread("quantity", _QUANTITY), field("of", optional(HERE))],
)
_ATTRIBUTION = record(
    r.Attribution,
    [
        field("id", STRING),
        field("source", list_of(HERE)),
        field("cue", list_of(HERE)),
        field("content", list_of(HERE)),
        field("speaker_id", _MAYBE, "speaker"),
        field("within_id", _MAYBE, "within"),
        field("stance", enum(r.Stance)),
        field("direct", BOOL),
    ],
)
_ARGUMENT = record(
    r.Argument,
    [field("role", STRING), spread("passage", HERE), field("chain_id", _MAYBE, "chain")],
)
_PROPOSITION = record(
    r.Proposition,
    [
        field("id", STRING),
        field("predicate", HERE),
        field("lemma", STRING),
        field("sense", _MAYBE),
        field("arguments", list_of(_ARGUMENT)),
        field("polarity", enum(r.Polarity)),
        field("factuality", enum(r.Factuality)),
        field("attribution_id", _MAYBE, "attribution"),
        field("when", _MAYBE_WHEN, "time"),
        added("factuality_cue", optional(HERE)),
    ],
)
_READING = record(
    r.Reading,
    [
        spread(
            "document_id", Shape(lambda _: {}, lambda _value, _path, document_id: document_id, {})
        ),
        field("sentences", list_of(HERE)),
        field("mentions", list_of(_MENTION)),
        field("times", list_of(_TIMEX)),
        field("quantities", list_of(_COUNT)),
        field("attributions", list_of(_ATTRIBUTION)),
        field("propositions", list_of(_PROPOSITION)),
        field("reader", STRING),
        field("vectors", list_of(VECTOR)),
    ],
)
_JUDGEMENT = record(
    r.Judgement,
    [
        field("left_id", STRING, "left"),
        field("right_id", STRING, "right"),
        field("verdict", enum(r.Verdict)),
        field("score", NUMBER),
        field("made_by", STRING),
        field("reason", STRING),
    ],
)
_MATCH = record(r.Match, [spread("copy", PASSAGE), field("of", PASSAGE, "matches")])
_LINK = record(
    r.Link,
    [
        field("copy_id", STRING, "copy"),
        field("of_id", STRING, "of"),
        field("kind", enum(r.LinkKind)),
        field("probability", NUMBER),
        field("evidence", list_of(_MATCH)),
    ],
)
_ORIGIN = record(
    r.Origin,
    [
        field("id", STRING),
        field("document_ids", _STRINGS, "documents"),
        field("links", list_of(_LINK)),
    ],
)
_EMBEDDED = record(
    r.Embedded,
    [
        spread("passage", PASSAGE),
        field("named", HERE),
        field("source", STRING),
        field("kind", enum(r.EmbeddedKind)),
        field("origin_id", STRING, "origin"),
    ],
    document_key="document",
)
_KNOWN_MATCH = record(
    r.KnownMatch,
    [
        field("list_name", STRING, "list"),
        field("id", STRING),
        field("name", STRING),
        field("score", NUMBER),
        field("reason", STRING),
    ],
)
_ENTITY = record(
    r.Entity,
    [
        field("id", STRING),
        field("kind", enum(r.Kind)),
        field("name", STRING),
        field("names", _STRINGS),
        field("mentions", _PASSAGES),
        field("links", PAIRS),
        field("mention_ids", _STRINGS),
        added("known", list_of(_KNOWN_MATCH)),
    ],
)
_PARTICIPANT = record(r.Participant, [field("role", STRING), field("entity_id", STRING, "entity")])
_EVENT = record(
    r.Event,
    [
        field("id", STRING),
        field("name", STRING),
        field("kind", STRING),
        field("when", _MAYBE_WHEN),
        field("where", _STRINGS),
        field("participants", list_of(_PARTICIPANT)),
        field("part_of_id", _MAYBE, "part_of"),
        field("mentions", _PASSAGES),
    ],
)
_VOICE = record(
    r.Voice,
    [
        field("speaker_id", _MAYBE, "speaker"),
        field("name", _MAYBE),
        field("stance", enum(r.Stance)),
        field("direct", BOOL),
    ],
)
_ADDEND = record(r.Addend, [spread("passage", PASSAGE), field("quantity", _QUANTITY)])
_CLAIM = record(
    r.Claim,
    [
        field("id", STRING),
        field("subject_id", STRING, "subject"),
        field("slot", STRING),
        field("value", _VALUE),
        spread("passage", PASSAGE),
        field("voices", list_of(_VOICE)),
        field("polarity", enum(r.Polarity)),
        field("factuality", enum(r.Factuality)),
        field("as_of", _MAYBE_WHEN),
        added("sum_of", list_of(_ADDEND)),
    ],
)
_CANDIDATE = record(
    r.Candidate,
    [
        field("value", _VALUE),
        field("claim_ids", _STRINGS, "claims"),
        field("n_documents", WHOLE),
        field("n_origins", WHOLE),
        field("first_said", _MAYBE_WHEN),
        field("last_said", _MAYBE_WHEN),
        field("belief", NUMBER),
    ],
)
_RELATION = record(
    r.Relation,
    [
        field("a", WHOLE),
        field("b", WHOLE),
        field("kind", enum(r.RelationKind), "relation"),
        field("why", STRING),
    ],
)
_POLICIES = record(
    r.Policies,
    [
        *(
            field(name, optional(_VALUE))
            for name in ("low", "high", "latest", "most_origins", "best")
        ),
        *(
            added(name, optional(_VALUE))
            for name in ("lowest_supported", "range", "latest_official")
        ),
    ],
)
_VERSION = record(
    r.Version,
    [
        field("voice", STRING),
        field("speaker_id", _MAYBE, "speaker"),
        field("when", _MAYBE_WHEN),
        field("value", _VALUE),
        field("claim_ids", _STRINGS, "claims"),
        field("cue", optional(PASSAGE)),
    ],
)
_FINDING = record(
    r.Finding,
    [
        field("id", STRING),
        field("subject_id", STRING, "subject"),
        field("slot", STRING),
        field("question", STRING),
        field("status", enum(r.Status)),
        field("candidates", list_of(_CANDIDATE)),
        field("relations", list_of(_RELATION)),
        field("policies", _POLICIES),
        field("locked_by", _MAYBE),
        added("versions", list_of(_VERSION)),
    ],
)
_QUOTATION = record(
    r.Quotation,
    [
        spread("passage", PASSAGE),
        field("speaker_id", _MAYBE, "speaker"),
        field("cue", optional(HERE)),
        field("direct", BOOL),
        field("same_as", list_of(WHOLE)),
        field("stance", enum(r.Stance)),
    ],
    document_key="document",
)
_DRIFT = record(
    r.Drift,
    [
        field("kind", enum(r.DriftKind)),
        field("a", WHOLE),
        field("b", WHOLE),
        field("words", optional(PASSAGE)),
    ],
)
_UTTERANCE = record(
    r.Utterance,
    [
        field("id", STRING),
        field("versions", list_of(WHOLE)),
        field("speakers", _STRINGS),
        field("first", optional(WHOLE)),
        field("drift", list_of(_DRIFT)),
    ],
)
_DATING = record(
    r.Dating,
    [field("when", _WHEN), field("passages", _PASSAGES), field("n_documents", WHOLE)],
)
_PLACEMENT = record(
    r.Placement,
    [field("relation", enum(r.Precedence)), field("of_id", STRING, "of"), field("cue", PASSAGE)],
)
_ENTRY = record(
    r.TimelineEntry,
    [
        field("when", _WHEN),
        field("text", STRING),
        field("event_id", _MAYBE, "event"),
        field("claim_ids", _STRINGS, "claims"),
        field("passages", _PASSAGES),
        added("conflicts", list_of(_DATING)),
        added("status", enum(r.Factuality)),
        added("placed", optional(_PLACEMENT)),
    ],
)
_CITED = record(r.Cited, [field("start", WHOLE), field("end", WHOLE), field("passages", _PASSAGES)])
_SENTENCE = record(
    r.Sentence,
    [
        field("text", STRING),
        field("passages", _PASSAGES),
        field("finding_ids", _STRINGS, "findings"),
        added("cited", list_of(_CITED)),
        added("paragraph", WHOLE),
    ],
)
_MISSING = record(
    r.Missing,
    [
        field("subject_id", STRING, "subject"),
        field("slot", STRING),
        field("text", STRING),
        added("passages", _PASSAGES),
    ],
)
_CHANGE = record(
    r.Change,
    [
        field("about", enum(r.About)),
        field("text", STRING),
        field("finding_ids", _STRINGS, "findings"),
        field("passages", _PASSAGES),
    ],
)
_FAILURE = record(
    r.Failure, [field("name", STRING, "input"), field("stage", STRING), field("error", STRING)]
)
_QUOTE = record(
    r.Quote,
    [
        spread("passage", PASSAGE),
        field("document_name", STRING, "name"),
        field("text", STRING),
        added("before", STRING),
        added("after", STRING),
    ],
)
_TARGET = record(
    r.Target,
    [
        field("kind", enum(r.TargetKind)),
        field("name", STRING),
        field("quotes", list_of(_QUOTE)),
        field("slot", _MAYBE),
        field("value", optional(_VALUE)),
    ],
)
_DECISION = record(
    r.Decision,
    [
        field("kind", enum(r.DecisionKind)),
        field("targets", list_of(_TARGET)),
        field("names", _STRINGS),
        field("undoes", optional(WHOLE)),
        field("made_by", STRING),
        field("made", STRING),
        field("reason", STRING),
    ],
)
_RULING = record(
    r.Ruling,
    [
        field("number", WHOLE),
        field("kind", enum(r.DecisionKind)),
        field("text", STRING),
        field("made_by", STRING),
        field("made", STRING),
        field("reason", STRING),
        field("record_ids", _STRINGS, "records"),
    ],
)
_RUN = record(
    r.Run,
    [
        field("version", STRING),
        field("reader", STRING),
        field("started", STRING),
        field("settings", PAIRS),
    ],
)
_DOSSIER = record(
    r.Dossier,
    [
        field("title", STRING),
        field("run", _RUN),
        field("documents", list_of(_DOCUMENT)),
        field("origins", list_of(_ORIGIN)),
        field("entities", list_of(_ENTITY)),
        field("events", list_of(_EVENT)),
        field("claims", list_of(_CLAIM)),
        field("findings", list_of(_FINDING)),
        field("quotations", list_of(_QUOTATION)),
        field("timeline", list_of(_ENTRY)),
        field("account", list_of(_SENTENCE)),
        field("missing", list_of(_MISSING)),
        field("failures", list_of(_FAILURE)),
        added("decisions", list_of(_RULING)),
        added("utterances", list_of(_UTTERANCE)),
        added("embedded", list_of(_EMBEDDED)),
        added("changes", list_of(_CHANGE)),
    ],
)


def document_to_json(document: r.Document) -> JsonObject:
    encoded: JsonObject = _DOCUMENT.encode(document)
    return encoded


def document_from_json(json_object: JsonObject) -> r.Document:
    return _DOCUMENT.decode(json_object, "", "")


def reading_to_json(document: r.Document, reading: r.Reading) -> JsonObject:
    if reading.document_id != document.id:
        raise ValueError(f"a reading of {reading.document_id}, not of {document.id}")
    return {
        "schema": READING_SCHEMA,
        "document": document_to_json(document),
        **_READING.encode(reading),
    }


def reading_from_json(json_object: JsonObject) -> tuple[r.Document, r.Reading]:
    _check_schema(json_object, READING_SCHEMA)
    document = _DOCUMENT.decode(member(json_object, "document", ""), "document", "")
    return document, _READING.decode(json_object, "", document.id)


def judgement_to_json(judgement: r.Judgement) -> JsonObject:
    encoded: JsonObject = _JUDGEMENT.encode(judgement)
    return encoded


def judgement_from_json(json_object: JsonObject) -> r.Judgement:
    return _JUDGEMENT.decode(json_object, "", "")


def decision_to_json(decision: r.Decision) -> JsonObject:
    encoded: JsonObject = _DECISION.encode(decision)
    return encoded


def decision_from_json(json_object: JsonObject) -> r.Decision:
    return _DECISION.decode(json_object, "", "")


def change_to_json(change: r.Change) -> JsonObject:
    encoded: JsonObject = _CHANGE.encode(change)
    return encoded


def change_from_json(json_object: JsonObject) -> r.Change:
    return _CHANGE.decode(json_object, "", "")


def failure_to_json(failure: r.Failure) -> JsonObject:
    encoded: JsonObject = _FAILURE.encode(failure)
    return encoded


def failure_from_json(json_object: JsonObject) -> r.Failure:
    return _FAILURE.decode(json_object, "", "")


def dossier_to_json(dossier: r.Dossier) -> JsonObject:
    """The dossier, each document with its origin and a hash of its text, and a digest of it all."""
    encoded = _DOSSIER.encode(dossier)
    origin_of = {d: origin.id for origin in dossier.origins for d in origin.document_ids}
    for document in encoded["documents"]:
        retrieved = document.pop("retrieved")
        document["origin"] = origin_of.get(document["id"])
        document["retrieved"] = retrieved
        document["text_sha256"] = text_sha256(document["text"])
    out = {"schema": DOSSIER_SCHEMA, **encoded}
    return {**out, "digest": digest(out)}


def dossier_from_json(json_object: JsonObject) -> r.Dossier:
    """The records alone: whether text, hashes and figures agree is for `tell.verify` to say."""
    _check_schema(json_object, DOSSIER_SCHEMA)
    return _DOSSIER.decode(json_object, "", "")


def dossier_schema() -> JsonObject:
    """The JSON Schema of a dossier as `dossier_to_json` writes it; other keys may be added."""
    inner = _DOSSIER.schema
    documents = inner["properties"]["documents"]
    written = _with(documents["items"], {
        "origin": {
            **_MAYBE.schema, "description": "The origin it goes back to, null where there is none."
        },
        "text_sha256": {**_SHA256, "description": "SHA-256 of the text as UTF-8."},
    })  # fmt: skip
    properties = {**inner["properties"], "documents": {**documents, "items": written}}
    sealed = {
        "digest": {
            **_SHA256,
            "description": "SHA-256 of the dossier as one line of JSON, its keys in this order and"
            " without spaces, with neither `digest` nor `run.started`.",
        }
    }
    return _published(DOSSIER_SCHEMA, _with({**inner, "properties": properties}, sealed))


def reading_schema() -> JsonObject:
    """The JSON Schema of a reading as `reading_to_json` writes it; other keys may be added."""
    inner = _READING.schema
    properties = {"document": _DOCUMENT.schema, **inner["properties"]}
    required = ["document", *inner["required"]]
    return _published(READING_SCHEMA, {**inner, "properties": properties, "required": required})


def schemas() -> dict[str, str]:
    """What `docs/schema` holds, by file name."""
    return {
        name: json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        for name, schema in (("dossier", dossier_schema()), ("reading", reading_schema()))
        for name in [f"{name}.json"]
    }


_SHA256 = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def _with(schema: JsonObject, more: JsonObject) -> JsonObject:
    """A record's schema with keys that it is written with and may be read without."""
    return {**schema, "properties": {**schema["properties"], **more}}


def _published(name: str, schema: JsonObject) -> JsonObject:
    named = {"schema": {"const": name}, **schema["properties"]}
    required = ["schema", *schema["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{name.replace('/', ':')}",
        **hoisted({**schema, "properties": named, "required": required}),
    }


def _check_schema(json_object: JsonObject, schema: str) -> None:
    found = member(json_object, "schema", "")
    if found != schema:
        raise wrong("schema", repr(schema), found)


def text_sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def digest(json_object: JsonObject) -> str:
    """SHA-256 of a dossier's canonical JSON, leaving out `digest` itself and `run.started`.

    Raises InputError for what cannot be written as JSON again: 1e999, half a surrogate pair.
    """
    kept = {key: value for key, value in json_object.items() if key != "digest"}
    kept["run"] = {key: value for key, value in kept["run"].items() if key != "started"}
    try:
        written = dumps(kept).encode()
    except (ValueError, RecursionError) as error:
        raise InputError(f"not to be written as JSON: {error}") from error
    return hashlib.sha256(written).hexdigest()


def said_digest(json_object: JsonObject) -> str:
    """That of what a dossier says: of all but what changed since the state before."""
    return digest({key: value for key, value in json_object.items() if key != "changes"})


def dumps(json_object: JsonObject) -> str:
    """One line, newline at the end; raises ValueError for what is no JSON number."""
    line = json.dumps(json_object, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return line + "\n"


def loads(line: str | bytes, name: str) -> JsonObject:
    """The object that `line` holds; `name` is what an error calls it."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name}: not JSON ({error})") from error
    if not isinstance(value, dict):
        raise InputError(f"{name}: JSON, but not an object")
    return value
