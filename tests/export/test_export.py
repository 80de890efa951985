"""Each format read back by its own reader or held against its specification, nothing lost."""

import csv
import hashlib
import io
import json
from pathlib import Path

import networkx
import pytest
from followthemoney import model
from jsonschema import Draft202012Validator
from prov.model import ProvDerivation, ProvDocument
from pybtex.database import parse_string

from consilience.export import FOLDERS, FORMATS, to_tables
from consilience.interchange import dossier_to_json, dumps
from consilience.records import Dossier
from tests.conftest import Command
from tests.export.schemas import ANNOTATIONS, SCHEMA_ORG, TIMELINEJS
from tests.small_cases import OneReader, page, tell

HOSTILE = '=cmd|"/C calc"!A0 {%&$#_~^\\} <script>alert(1)</script> ]]> & "twice"'
EARLY = page(
    "Eight miners died in the blast at Corrin on Monday, Mayor Anna Lind said.",
    "Arlow Press",
    "2031-03-05",
)
LATE = page(
    "The blast at Corrin on Monday killed 13 miners.\n\n“We lost friends,” Mayor Anna Lind said.",
    "=Daily & “Wharf” <b>",
    "2031-03-07",
)
COPY = page(
    "Eight miners died in the blast at Corrin on Monday, Mayor Anna Lind said.",
    "-Echo",
    "2031-03-06",
)


@pytest.fixture(scope="module")
def dossier(engine: OneReader) -> Dossier:
    told = tell(engine, EARLY, LATE, COPY)
    assert told.findings
    assert told.quotations
    assert told.timeline
    return told


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_same_dossier_makes_the_same_bytes(dossier: Dossier, name: str) -> None:
    assert FORMATS[name](dossier) == FORMATS[name](dossier)


def test_every_row_of_every_table_is_there_and_counted(dossier: Dossier) -> None:
    files = to_tables(dossier)
    manifest = json.loads(files["manifest.json"])["files"]
    rows = {}
    for name, content in files.items():
        if name.endswith(".csv"):
            head, *rows[name] = csv.reader(io.StringIO(content))
            assert all(len(row) == len(head) for row in rows[name]), name
            assert manifest[name]["rows"] == len(rows[name])
            assert manifest[name]["sha256"] == hashlib.sha256(content.encode()).hexdigest()
    assert len(rows["documents.csv"]) == 3
    assert len(rows["claims.csv"]) == len(dossier.claims)
    assert len(rows["findings.csv"]) == sum(len(f.candidates) for f in dossier.findings)
    assert len(rows["mentions.csv"]) == sum(len(e.mentions) for e in dossier.entities)


def test_no_cell_is_a_formula(dossier: Dossier) -> None:
    cells = [
        cell
        for content in FOLDERS["csv"](dossier).values()
        for row in csv.reader(io.StringIO(content))
        for cell in row
    ]
    assert "'=Daily & “Wharf” <b>" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_followthemoney_takes_every_entity_and_every_value(dossier: Dossier) -> None:
    lines = [json.loads(line) for line in FORMATS["ftm"](dossier).splitlines()]
    assert {line["schema"] for line in lines} >= {"Article", "Person", "Event", "Mention", "Note"}
    ids = {line["id"] for line in lines}
    assert len(ids) == len(lines)
    for line in lines:
        entity = model.get_proxy(line, cleaned=False)
        entity.schema.validate(line)
        for name, values in line["properties"].items():
            prop = entity.schema.get(name)
            assert prop is not None, name
            assert all(prop.type.validate(value) for value in values), (name, values)
            if prop.type.name == "entity":
                assert set(values) <= ids


def test_annotations_find_their_words(dossier: Dossier) -> None:
    found = json.loads(FORMATS["annotations"](dossier))
    Draft202012Validator(ANNOTATIONS).validate(found)
    texts = {f"urn:sha256:{d.sha256}": d.text for d in dossier.documents}
    targets = [
        target
        for item in found["items"]
        for target in (item["target"] if isinstance(item["target"], list) else [item["target"]])
    ]
    assert len(found["items"]) >= len(dossier.claims) + len(dossier.quotations)
    for target in targets:
        quote, place = target["selector"]
        text = texts[target["source"]]
        assert text[place["start"] : place["end"]] == quote["exact"]
        assert f"{quote['prefix']}{quote['exact']}{quote['suffix']}" in text


def test_prov_reads_back_with_copies_and_quotations(dossier: Dossier) -> None:
    content = FORMATS["prov"](dossier)
    document = ProvDocument.deserialize(content=content, format="json")
    again = ProvDocument.deserialize(content=document.serialize(format="json"), format="json")
    assert document == again
    n_links = sum(len(o.links) for o in dossier.origins)
    assert n_links
    derived = list(document.get_records(ProvDerivation))
    assert len(derived) >= len(dossier.claims) + n_links


def test_schema_org_has_each_article_and_each_candidate(dossier: Dossier) -> None:
    found = json.loads(FORMATS["schema-org"](dossier))
    Draft202012Validator(SCHEMA_ORG).validate(found)
    kinds = [one["@type"] for one in found["@graph"]]
    assert kinds.count("NewsArticle") == 3
    assert kinds.count("Claim") == sum(len(f.candidates) for f in dossier.findings)


def test_timelinejs_has_each_dated_happening_and_no_markup_from_outside(dossier: Dossier) -> None:
    content = FORMATS["timelinejs"](dossier)
    found = json.loads(content)
    Draft202012Validator(TIMELINEJS).validate(found)
    assert len(found["events"]) == len(dossier.timeline)
    assert "<b>" not in content


def test_graphml_reads_back_with_all_nodes(dossier: Dossier) -> None:
    graph = networkx.parse_graphml(FORMATS["graphml"](dossier))
    expected = len(dossier.documents) + len(dossier.entities) + len(dossier.events)
    assert graph.number_of_nodes() == expected
    assert "=Daily & “Wharf” <b>" in {data["label"] for _, data in graph.nodes(data=True)}


def test_bibtex_reads_back_with_every_document_under_a_key_of_its_own(dossier: Dossier) -> None:
    entries = parse_string(FORMATS["bibtex"](dossier), "bibtex").entries
    assert len(entries) == 3
    assert {e.fields["year"] for e in entries.values()} == {"2031"}


@pytest.mark.parametrize("name", [*FORMATS, *FOLDERS])
def test_hostile_words_break_no_format(
    engine: OneReader, consilience: Command, tmp_path: Path, name: str
) -> None:
    told = tell(engine, page(f"Anna Lind said on Monday: “{HOSTILE}”", HOSTILE, "2031-03-05"))
    source, out = tmp_path / "dossier.json", tmp_path / "out"
    source.write_text(dumps(dossier_to_json(told)), encoding="utf-8")
    assert consilience("export", source, "--format", name, "--out", out).code == 0
    if name == "timelinejs":
        assert "<script" not in out.read_text()
    if name == "graphml":
        assert networkx.read_graphml(out).number_of_nodes()
    if name == "bibtex":
        assert len(parse_string(out.read_text(), "bibtex").entries) == 1


def test_a_case_is_written_as_it_was_told_last(consilience: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Eight miners died in the blast at Corrin on 4 March 2031.")
    case, out = tmp_path / "case.db", tmp_path / "tables"
    told = consilience("account", tmp_path / "a.txt", "--out", tmp_path / "o", "--case", case)
    assert told.code == 0
    assert consilience("export", case, "--format", "csv", "--out", out).code == 0
    assert "Eight miners died" in (out / "claims.csv").read_text(encoding="utf-8")


def test_what_cannot_be_exported_is_said_in_one_line(consilience: Command, tmp_path: Path) -> None:
    odd = tmp_path / "odd.json"
    odd.write_text("[]")
    ended = consilience("export", odd, "--format", "csv", "--out", tmp_path / "o")
    assert (ended.code, len(ended.err.splitlines())) == (1, 1)
    gone = consilience("export", tmp_path / "none.db", "--format", "csv", "--out", tmp_path / "o")
    assert (gone.code, len(gone.err.splitlines())) == (1, 1)
    assert consilience("export", odd, "--format", "word", "--out", tmp_path / "o").code == 2
