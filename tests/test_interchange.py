"""Records to JSON and back."""

import dataclasses
import types
import typing
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consilience import records as r
from consilience.errors import InputError
from consilience.interchange import (
    decision_from_json,
    decision_to_json,
    document_from_json,
    document_to_json,
    dossier_from_json,
    dossier_to_json,
    dumps,
    judgement_from_json,
    judgement_to_json,
    loads,
    reading_from_json,
    reading_to_json,
)

WORDS = st.text(max_size=8)
OFFSETS = st.tuples(st.integers(0, 50), st.integers(1, 50))
PAIRS = st.dictionaries(WORDS, WORDS, max_size=2).map(lambda pairs: tuple(pairs.items()))
VECTORS = st.lists(
    st.lists(st.floats(width=32, allow_nan=False, allow_infinity=False), max_size=3).map(tuple),
    max_size=2,
).map(tuple)
MOMENTS = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: WORDS,
    int: st.integers(-9, 99),
    float: st.floats(-1e300, 1e300),
    bool: st.booleans(),
    datetime: MOMENTS,
}
PLACED = (
    r.Dossier, r.Link, r.Match, r.Entity, r.Event, r.Claim, r.TimelineEntry, r.Dating, r.Placement,
    r.Sentence,
)  # fmt: skip


def records(cls: type, document_id: str | None = None) -> st.SearchStrategy[Any]:
    """Any record of `cls`, its passages in `document_id` if that is given."""
    if cls is r.Passage:
        named = WORDS if document_id is None else st.just(document_id)
        return st.builds(lambda d, o: r.Passage(d, o[0], o[0] + o[1]), named, OFFSETS)
    hints = typing.get_type_hints(cls)
    strategies: dict[str, st.SearchStrategy[Any]] = {}
    for f in dataclasses.fields(cls):
        if f.name in {"links", "settings"} and cls in {r.Entity, r.Run}:
            strategies[f.name] = PAIRS
        elif f.name == "vectors":
            strategies[f.name] = VECTORS
        elif f.name == "document_id" or (cls is r.Document and f.name == "id"):
            strategies[f.name] = st.just(document_id)
        else:
            strategies[f.name] = _of_type(hints[f.name], document_id)
    return st.builds(cls, **strategies)


def _of_type(hint: Any, document_id: str | None) -> st.SearchStrategy[Any]:
    if hint in PLAIN:
        return PLAIN[hint]
    if hint is type(None):
        return st.none()
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in {types.UnionType, typing.Union}:
        return st.one_of([_of_type(argument, document_id) for argument in arguments])
    if origin is tuple:
        return st.lists(_of_type(arguments[0], document_id), max_size=2).map(tuple)
    if issubclass(hint, StrEnum):
        return st.sampled_from(list(hint))
    if hint in {r.Document, r.Embedded, r.Quotation}:
        return WORDS.flatmap(lambda named: records(hint, named))
    return records(hint, None if hint in PLACED else document_id)


quiet = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@quiet
@given(records(r.Document, "d1"))
def test_a_document_comes_back_as_it_was(document: r.Document) -> None:
    line = dumps(document_to_json(document))
    assert document_from_json(loads(line, "line")) == document


@quiet
@given(records(r.Document, "d1"), records(r.Reading, "d1"))
def test_a_reading_comes_back_as_it_was(document: r.Document, reading: r.Reading) -> None:
    line = dumps(reading_to_json(document, reading))
    assert reading_from_json(loads(line, "line")) == (document, reading)


@quiet
@given(records(r.Judgement))
def test_a_judgement_comes_back_as_it_was(judgement: r.Judgement) -> None:
    line = dumps(judgement_to_json(judgement))
    assert judgement_from_json(loads(line, "line")) == judgement


@quiet
@given(records(r.Decision))
def test_a_decision_comes_back_as_it_was(decision: r.Decision) -> None:
    line = dumps(decision_to_json(decision))
    assert decision_from_json(loads(line, "line")) == decision


@quiet
@given(records(r.Dossier))
def test_a_dossier_comes_back_as_it_was(dossier: r.Dossier) -> None:
    line = dumps(dossier_to_json(dossier))
    assert dossier_from_json(loads(line, "line")) == dossier
    assert dumps(dossier_to_json(dossier)) == line


def example_document() -> r.Document:
    day = r.When(datetime(2031, 3, 4, tzinfo=UTC), datetime(2031, 3, 5, tzinfo=UTC), "2031-03-04")
    return r.Document(
        id="d1", name="a.txt", source="Harbour Post", title=None, url=None, author=None,
        published=day, published_basis=r.DateBasis.GIVEN, updated=None, retrieved=None,
        language="en", text="Ólafur said “no”.", sha256="00",
        parts=(r.Part(r.Passage("d1", 0, 17), r.PartKind.BODY),),
    )  # fmt: skip


def test_keys_stand_in_the_fixed_order() -> None:
    assert dumps(document_to_json(example_document())) == (
        '{"id":"d1","name":"a.txt","source":"Harbour Post","title":null,"url":null,"author":null,'
        '"published":{"from":"2031-03-04T00:00:00Z","to":"2031-03-05T00:00:00Z",'
        '"value":"2031-03-04","text":null,"mod":null},"published_basis":"given","updated":null,'
        '"language":"en","text":"Ólafur said “no”.","sha256":"00",'
        '"parts":[{"kind":"body","start":0,"end":17,"author":null,"published":null}],'
        '"repairs":[],"retrieved":null,"unread":[],"date_reason":null,"date_conflicts":[]}\n'
    )


def broken(**changes: Any) -> dict[str, Any]:
    return {**document_to_json(example_document()), **changes}


@pytest.mark.parametrize(
    ("json_object", "message"),
    [
        (broken(text=3), "text: 3 is not a string"),
        (broken(published={"from": "2031-03-04", "to": None, "value": "", "text": None}),
         "published.from: '2031-03-04' is not a time with its zone"),
        (broken(published={"from": "soon", "to": None, "value": "", "text": None}),
         "published.from: 'soon' is not an ISO 8601 time"),
        (broken(published={"from": "0001-01-01T00:00:00+14:00", "to": None, "value": ""}),
         "published.from: '0001-01-01T00:00:00+14:00' is not an ISO 8601 time"),
        (broken(title="\ud800"), "title: '\\ud800' is not text: it holds half a surrogate pair"),
        (broken(published={}), "published.from: missing"),
        (broken(published_basis="guessed"),
         "published_basis: 'guessed' is not one of given, metadata, text, inferred"),
        (broken(parts=[{"kind": "body", "start": 9, "end": 3, "author": None, "published": None}]),
         "parts[0].start: 9 is not from 0 to less than end, 3"),
        (broken(parts=[{"kind": "body", "start": True, "end": 3}]),
         "parts[0].start: True is not a whole number"),
        (broken(repairs={}), "repairs: {} is not a list"),
        (broken(parts=["body"]), "parts[0]: 'body' is not an object"),
    ],
)  # fmt: skip
def test_malformed_json_is_refused_by_the_name_of_its_key(
    json_object: dict[str, Any], message: str
) -> None:
    with pytest.raises(InputError) as refused:
        document_from_json(json_object)
    assert str(refused.value) == message


@pytest.mark.parametrize("line", ["", "{", "[]", "[" * 100_000, '{"a": 1', "\ud800"])
def test_what_is_no_json_object_is_refused(line: str) -> None:
    with pytest.raises(InputError, match=r"^dossier\.json: "):
        loads(line, "dossier.json")


def test_a_number_that_is_none_is_neither_written_nor_read() -> None:
    judgement = r.Judgement("a", "b", r.Verdict.SAME, float("nan"), "rule", "")
    with pytest.raises(ValueError, match="not JSON compliant"):
        dumps(judgement_to_json(judgement))
    for written in ("NaN", "1e999", "-Infinity", "1" + 400 * "0"):
        line = (
            '{"left": "a", "right": "b", "verdict": "same", "score": '
            f'{written}, "made_by": "", "reason": ""}}'
        )
        with pytest.raises(InputError, match=r"^score: .* is not a number"):
            judgement_from_json(loads(line, "line"))


def test_another_schema_is_refused() -> None:
    with pytest.raises(InputError, match=r"schema: 'other/2' is not 'consilience\.dossier/1'"):
        dossier_from_json({"schema": "other/2"})
