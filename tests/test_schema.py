"""The JSON Schemas of a dossier and a reading: current, and true of what is written."""

import copy
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, ValidationError

from consilience.interchange import (
    dossier_from_json,
    dossier_schema,
    dossier_to_json,
    reading_schema,
    reading_to_json,
    schemas,
)
from consilience.read import Reader
from consilience.records import Dossier
from consilience.shapes import JsonObject
from tests.factory import document, dossier, reading
from tests.small_cases import OneReader, page, tell
from tests.tell.sample import sample_dossier

FOLDER = Path(__file__).parent.parent / "docs" / "schema"


@pytest.fixture(scope="module")
def told(engine: OneReader) -> Dossier:
    return tell(
        engine,
        page("Eight miners died in the blast at Corrin on Monday, Mayor Anna Lind said."),
        page("The blast at Corrin killed at least nine miners.", "Echo", "2024-05-16"),
    )


def test_the_schemas_in_the_docs_are_current() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    assert written == schemas(), "run make reference"


@pytest.mark.parametrize("schema", [dossier_schema(), reading_schema()], ids=["dossier", "reading"])
def test_a_schema_is_one_and_needs_no_other(schema: JsonObject) -> None:
    Draft202012Validator.check_schema(schema)
    names = set(schema["$defs"])
    called = json.dumps(schema).split('"$ref": "')[1:]
    assert {one.split('"')[0] for one in called} == {f"#/$defs/{name}" for name in names}


def test_what_is_told_is_valid_and_read_back_the_same(told: Dossier) -> None:
    schema = Draft202012Validator(dossier_schema())
    for one in (told, sample_dossier(), dossier(), dossier(document("A fire."))):
        written = dossier_to_json(one)
        schema.validate(json.loads(json.dumps(written)))
        assert dossier_to_json(dossier_from_json(written)) == written


def test_what_is_read_is_valid(reader: Reader, told: Dossier) -> None:
    schema = Draft202012Validator(reading_schema())
    one = document("Eight miners died.")
    schema.validate(reading_to_json(one, reading(one)))
    for real in told.documents:
        schema.validate(reading_to_json(real, reader(real)))


def _first_claim(dossier_json: JsonObject) -> JsonObject:
    claim: JsonObject = dossier_json["claims"][0]
    return claim


BREAKS: dict[str, Callable[[JsonObject], object]] = {
    "no title": lambda d: d.pop("title"),
    "another schema": lambda d: d.update(schema="consilience.dossier/2"),
    "a voice without a stance": lambda d: _first_claim(d)["voices"][0].pop("stance"),
    "a value of no type": lambda d: _first_claim(d)["value"].update(type="guess"),
    "a place before the text": lambda d: _first_claim(d).update(start=-1),
    "a status of its own": lambda d: d["findings"][0].update(status="true"),
    "a belief in words": lambda d: d["findings"][0]["candidates"][0].update(belief="high"),
}


@pytest.mark.parametrize("broken", BREAKS)
def test_what_is_wrong_is_invalid(broken: str) -> None:
    written = copy.deepcopy(dossier_to_json(sample_dossier()))
    BREAKS[broken](written)
    with pytest.raises(ValidationError):
        Draft202012Validator(dossier_schema()).validate(written)


def test_keys_that_later_versions_add_are_no_error() -> None:
    written = {**dossier_to_json(sample_dossier()), "mood": "calm"}
    Draft202012Validator(dossier_schema()).validate(written)
