"""Lists of known people and organisations: FollowTheMoney as JSON Lines, or CSV with a header."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from consilience.errors import InputError
from consilience.ingest.jsonl import lines_of
from consilience.lexicon import load_table
from consilience.records import Failure, Kind, Known

STAGE = "known"
# What FollowTheMoney calls a property, and what a CSV may call its column.
_COLUMNS = {
    "name": ("name", "caption"),
    "alias": ("aliases", "alias"),
    "country": ("country", "countries", "nationality"),
    "birthDate": ("birthdate", "birth_date", "born"),
    "gender": ("gender", "sex"),
}
_KIND_COLUMNS = ("kind", "schema", "type")
_KINDS = {
    "person": Kind.PERSON, "organization": Kind.ORGANIZATION, "place": Kind.PLACE, "either": None,
}  # fmt: skip
_COUNTRIES = ("nationality", "citizenship", "country", "jurisdiction", "mainCountry")
_GENDERS = {"male": "m", "m": "m", "female": "f", "f": "f"}
_YEAR = re.compile(r"\s*(\d{4})\b")
_SEVERAL = re.compile(r"\s{0,9}[;|]\s*")
_NONE = "none"


class _Entity(msgspec.Struct):
    """An entity of FollowTheMoney; properties of entities inside entities do not concern us."""

    id: str
    schema: str
    properties: dict[str, list[Any] | str] = {}


def load_known(paths: Iterable[Path]) -> dict[str, bytes]:
    """Lists as they are, by their files' names without folder and suffix.

    Raises:
        InputError: one cannot be read, or two are called alike.
    """
    found: dict[str, bytes] = {}
    for path in paths:
        if path.stem in found:
            raise InputError(f"{path}: another list is called {path.stem} too; rename one")
        try:
            found[path.stem] = path.read_bytes()
        except OSError as error:
            raise InputError(f"{path}: {error.strerror}; name a list of known people") from error
    return found


def parse_known(list_name: str, raw: bytes) -> Iterator[Known | Failure]:
    """Who is on the list, in its order, and a Failure for each line that cannot be used.

    What is of a schema that names neither people nor organisations nor places is passed over.
    """
    seen: set[str] = set()
    is_json = raw.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"{"
    for number, line in _of_json(raw) if is_json else _of_csv(raw):
        place = f"{list_name}:{number}"
        try:
            known = _known(list_name, line)
        except InputError as error:
            yield Failure(list_name, STAGE, f"{place}: {error}")
            continue
        if known is not None and known.id in seen:
            yield Failure(list_name, STAGE, f"{place}: id {known.id} is taken; give each its own")
        elif known is not None:
            seen.add(known.id)
            yield known


def _of_json(raw: bytes) -> Iterator[tuple[int, _Entity | InputError]]:
    for number, line in lines_of(raw):
        try:
            yield number, msgspec.json.decode(line, type=_Entity)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            why = " ".join(str(error).split()) or "nested too deep"
            yield number, InputError(f"not an entity of FollowTheMoney ({why}); mend the line")


def _of_csv(raw: bytes) -> Iterator[tuple[int, _Entity | InputError]]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield 1, InputError(f"not UTF-8 at byte {error.start}; save it as UTF-8")
        return
    if not text.strip():
        return
    first = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    header = [column.strip().casefold() for column in next(rows, [])]
    if "id" not in header or "name" not in header:
        yield 1, InputError("no columns id and name; give them in the first line")
        return
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield rows.line_num, InputError(f"not CSV ({error}); mend the line")
            continue
        if row is None:
            return
        if any(row):
            yield rows.line_num, _entity_of(dict(zip(header, row, strict=False)))


def _entity_of(row: Mapping[str, str]) -> _Entity:
    kind = next((row[column].strip() for column in _KIND_COLUMNS if row.get(column)), "")
    properties: dict[str, list[Any] | str] = {}
    for name, columns in _COLUMNS.items():
        words = next((row[column] for column in columns if row.get(column)), "")
        properties[name] = [words] if name == "name" else _SEVERAL.split(words)
    return _Entity(row.get("id", "").strip(), kind or "LegalEntity", properties)


def _known(list_name: str, entity: _Entity | InputError) -> Known | None:
    """The entity, None where it is of no sort that we look for; raises what is wrong with it."""
    if isinstance(entity, InputError):
        raise entity
    plain = {name: name for name in _KINDS}
    schema = {**load_table("ftm_schemata"), **plain}.get(entity.schema)
    if schema is None:
        raise InputError(f"{entity.schema!r} is no schema of FollowTheMoney; name one")
    if schema == _NONE:
        return None
    names = [n for key in ("name", "alias", "previousName") for n in _said(entity, key)]
    if not entity.id.strip() or not names:
        raise InputError("no id or no name; give both")
    codes = load_table("country_codes")
    countries = [word.casefold() for key in _COUNTRIES for word in _said(entity, key)]
    years = [int(found[1]) for day in _said(entity, "birthDate") if (found := _YEAR.match(day))]
    genders = [_GENDERS[g.casefold()] for g in _said(entity, "gender") if g.casefold() in _GENDERS]
    return Known(
        list_name=list_name,
        id=entity.id.strip(),
        kind=_KINDS[schema],
        names=tuple(dict.fromkeys(names)),
        countries=tuple(dict.fromkeys(codes.get(country, country) for country in countries)),
        born=tuple(dict.fromkeys(years)),
        gender=genders[0] if len(set(genders)) == 1 else None,
    )


def _said(entity: _Entity, key: str) -> list[str]:
    """The values of a property that are words, none of them empty."""
    given = entity.properties.get(key, [])
    values = [given] if isinstance(given, str) else given
    words = (" ".join(value.split()) for value in values if isinstance(value, str))
    return [word for word in words if word]
