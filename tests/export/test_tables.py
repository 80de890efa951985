"""The CSV tables: whole, described, counted, and run by no spreadsheet."""

import csv
import hashlib
import io
import json
import tracemalloc
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from consilience.export import to_tables
from consilience.export.tables import escaped, unescaped
from consilience.records import Dossier
from tests.export.schemas import DATA_PACKAGE
from tests.hostile import PAYLOADS
from tests.sown import sown
from tests.tell.sample import sample_dossier

SOWN = list(sown())
# What a spreadsheet skips before it looks for a formula, and the signs it looks for.
STARTS = tuple("=+-@\t\r＝＋－＠")


def rows(files: Mapping[str, str], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"{name}.csv"], newline="")))


def plain_rows(files: Mapping[str, str], name: str) -> list[dict[str, str]]:
    """The rows as a reader has them that knows of the apostrophe."""
    return [{key: unescaped(cell) for key, cell in row.items()} for row in rows(files, name)]


def cells(files: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for name in files:
        if name.endswith(".csv"):
            for row in rows(files, name.removesuffix(".csv")):
                for column, cell in row.items():
                    yield name, column, cell


@pytest.mark.threat("W11")
def test_every_file_is_in_the_manifest_with_its_rows_and_hash() -> None:
    files = to_tables(sample_dossier())
    manifest = json.loads(files["manifest.json"])["files"]
    assert set(manifest) == set(files) - {"manifest.json"}
    for name, told in manifest.items():
        assert told["sha256"] == hashlib.sha256(files[name].encode()).hexdigest()
        if name.endswith(".csv"):
            assert told["rows"] == len(rows(files, name.removesuffix(".csv")))


@pytest.mark.threat("W11")
@pytest.mark.parametrize("n", [1_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_of_many_rows_none_is_missing(reached: Callable[[str], None], n: int) -> None:
    sample = sample_dossier()
    claim = sample.claims[0]
    many = replace(sample, claims=tuple(replace(claim, id=f"k{i}") for i in range(n)), findings=())
    tracemalloc.start()
    try:
        files = to_tables(many)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    written = files["claims.csv"]
    assert json.loads(files["manifest.json"])["files"]["claims.csv"]["rows"] == n
    assert [row["id"] for row in rows(files, "claims")] == [f"k{i}" for i in range(n)]
    # The text itself, its lines, and their bytes while they are hashed.
    assert peak < 6 * len(written) + 20 * 1024**2
    reached(f"{n:,} rows, {len(written) / 1024**2:.0f} MiB of text: peak {peak / 1024**2:.0f} MiB")


def test_the_tables_hold_every_record() -> None:
    sample = sample_dossier()
    files = to_tables(sample)
    assert [row["name"] for row in rows(files, "documents")] == [d.name for d in sample.documents]
    assert [row["text"] for row in rows(files, "texts")] == [d.text for d in sample.documents]
    assert [row["words"] for row in rows(files, "mentions")][:2] == ["Tomas Reyl", "Reyl"]
    voices = {row["claim"]: row["speaker_name"] for row in rows(files, "voices")}
    assert voices["k1"] == "Callis coast guard"
    assert list(voices) == ["k1", "k2", "k3", "k7", "k8", "k9"]
    [evidence] = rows(files, "evidence")
    assert evidence["copy_words"] == evidence["of_words"] != ""
    policies = {(r["finding"], r["policy"]): r["said"] for r in rows(files, "policies")}
    assert policies["f1", "low"] == "at least 9 person"
    assert [row["text"] for row in rows(files, "account")] == [s.text for s in sample.account]
    told = [row["words"] for row in rows(files, "citations") if row["table"] == "account"]
    assert len(told) == sum(len(s.passages) for s in sample.account)
    assert [row["error"] for row in rows(files, "failures")] == [f.error for f in sample.failures]


@pytest.mark.parametrize("dossier", [sample_dossier(), *SOWN], ids=range(6))
def test_the_data_package_describes_what_is_there(dossier: Dossier) -> None:
    files = to_tables(dossier)
    package = json.loads(files["datapackage.json"])
    Draft202012Validator(DATA_PACKAGE).validate(package)
    keys = {r["name"]: {row["id"] for row in plain_rows(files, r["name"])}
            for r in package["resources"] if "primaryKey" in r["schema"]}  # fmt: skip
    for resource in package["resources"]:
        content = files[resource["path"]]
        assert resource["bytes"] == len(content.encode())
        assert resource["hash"].endswith(hashlib.sha256(content.encode()).hexdigest())
        head = content.split("\r\n", 1)[0].split(",")
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == head
        table = plain_rows(files, resource["name"])
        for field in fields:
            values = [row[field["name"]] for row in table if row[field["name"]] != ""]
            if field["type"] in ("integer", "number"):
                assert all(float(v) is not None for v in values)
            elif field["type"] == "boolean":
                assert set(values) <= {"True", "False"}
        for key in resource["schema"].get("foreignKeys", []):
            held = {row[key["fields"]] for row in table} - {""}
            assert held <= keys[key["reference"]["resource"]], (resource["name"], key)


@pytest.mark.threat("W5")
@pytest.mark.parametrize("dossier", SOWN, ids=range(len(SOWN)))
def test_no_cell_is_a_formula_and_every_string_comes_back(dossier: Dossier) -> None:
    files = to_tables(dossier)
    for _, column, cell in cells(files):
        bare = cell.lstrip(' \n"“”‘’«»„\u200b\ufeff|;,%')
        assert not bare.startswith(STARTS) or column in ("low", "high"), (column, cell)
    titles = [row["title"] for row in plain_rows(files, "documents")]
    assert titles == [d.title for d in dossier.documents]
    texts = [row["text"] for row in plain_rows(files, "texts")]
    assert texts == [d.text for d in dossier.documents]
    errors = [row["error"] for row in plain_rows(files, "failures")]
    assert errors == [f.error for f in dossier.failures]


def test_raw_tables_hold_the_strings_as_they_are() -> None:
    dossier = SOWN[-2]
    titles = [row["title"] for row in rows(to_tables(dossier, is_raw=True), "documents")]
    assert titles == [d.title for d in dossier.documents]
    assert any(title.startswith("=") for title in titles)


@pytest.mark.threat("W5")
def test_numbers_are_numbers() -> None:
    claims = rows(to_tables(sample_dossier()), "claims")
    assert (claims[0]["low"], claims[0]["high"], claims[0]["said"]) == (
        "9",
        "",
        "at least 9 person",
    )


@pytest.mark.threat("W5")
@given(st.text())
def test_what_is_escaped_comes_back(text: str) -> None:
    assert unescaped(escaped(text)) == text


@pytest.mark.threat("W5")
def test_an_escaped_cell_begins_as_text() -> None:
    assert [unescaped(escaped(payload)) for payload in PAYLOADS] == [*PAYLOADS]
    assert [p for p in PAYLOADS if escaped(p).startswith(STARTS)] == []
