"""Each format read back by its own reader or held against its specification, nothing lost."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, cast
from xml.etree import ElementTree as ET

import networkx
import pytest
from followthemoney import model
from jsonschema import Draft202012Validator
from prov.model import ProvDerivation, ProvDocument
from pybtex.database import parse_string

from consilience.export import FORMATS
from consilience.export.words import address
from consilience.interchange import dossier_to_json, dumps
from consilience.records import Dossier
from tests.conftest import Command
from tests.export.schemas import ANNOTATIONS, GEOJSON, SCHEMA_ORG_TERMS, TIMELINEJS
from tests.factory import document, dossier
from tests.small_cases import OneReader, page, tell
from tests.sown import plain, sown
from tests.tell.sample import sample_dossier

# Runs a command where no file may grow beyond so many bytes: a disk that is full.
FULL = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
from consilience.cli import main
main()
"""

EMPTY = dossier(document("A fire."))
SOWN = list(sown())
DOSSIERS = [sample_dossier(), EMPTY, dossier(), *SOWN]
each = pytest.mark.parametrize("told", DOSSIERS, ids=range(len(DOSSIERS)))


def lines_of(told: Dossier) -> list[dict[str, Any]]:
    return [json.loads(line) for line in FORMATS["ftm"](told).splitlines()]


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.threat("S10")
@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_same_dossier_makes_the_same_bytes(name: str) -> None:
    assert FORMATS[name](sample_dossier()) == FORMATS[name](sample_dossier())


@each
def test_followthemoney_takes_every_entity_and_every_value(told: Dossier) -> None:
    lines = lines_of(told)
    ids = {line["id"] for line in lines}
    assert len(ids) == len(lines)
    for line in lines:
        entity = model.get_proxy(line, cleaned=False)
        entity.schema.validate(cast(Any, line))
        for name, values in line["properties"].items():
            prop = entity.schema.get(name)
            assert prop is not None, name
            assert all(prop.type.validate(value) for value in values), (name, values)
            if prop.type.name == "entity":
                assert set(values) <= ids


def test_followthemoney_holds_every_kind_of_record() -> None:
    lines = lines_of(plain())
    keywords = [line["properties"].get("keywords", [""])[0] for line in lines]
    schemata = [line["schema"] for line in lines]
    wanted = {"claim": 375, "quotation": 75, "account": 75, "timeline": 75, "missing": 75,
              "change": 75, "decision": 75, "failure": 75}  # fmt: skip
    assert {word: keywords.count(word) for word in wanted} == wanted
    assert schemata.count("Article") == schemata.count("UnknownLink") == 75


@each
def test_followthemoney_keeps_texts_whole(told: Dossier) -> None:
    articles = [line["properties"] for line in lines_of(told) if line["schema"] == "Article"]
    assert ["".join(a.get("bodyText", [])) for a in articles] == [d.text for d in told.documents]
    for article, one in zip(articles, told.documents, strict=True):
        title = squeezed(one.title or one.name)
        assert title in (*article.get("title", []), *article["notes"])


@each
def test_annotations_find_their_words(told: Dossier) -> None:
    found = json.loads(FORMATS["annotations"](told))
    texts: dict[str, list[str]] = {}
    for one in told.documents:
        texts.setdefault(address(one), []).append(one.text)
    for target in (t for item in found["items"] for t in targets(item)):
        quote, place = target["selector"]
        around = f"{quote['prefix']}{quote['exact']}{quote['suffix']}"
        assert any(
            text[place["start"] : place["end"]] == quote["exact"] and around in text
            for text in texts[target["source"]]
        )


@pytest.mark.parametrize("told", [*DOSSIERS[:3], plain()], ids=range(4))
def test_annotations_are_as_the_specification_has_them(told: Dossier) -> None:
    Draft202012Validator(ANNOTATIONS).validate(json.loads(FORMATS["annotations"](told)))


def targets(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    listed = item["target"] if isinstance(item["target"], list) else [item["target"]]
    body = item["body"] if isinstance(item["body"], list) else [item["body"]]
    yield from (one for one in listed if isinstance(one, dict))
    yield from (one for one in body if one["type"] == "SpecificResource")


def test_annotations_name_those_who_speak_and_what_is_linked() -> None:
    items = json.loads(FORMATS["annotations"](sample_dossier()))["items"]
    by_motivation: dict[str, list[dict[str, Any]]] = {}
    for item in items:
        by_motivation.setdefault(item["motivation"], []).append(item)
    first = by_motivation["identifying"][0]
    assert [one["value"] for one in first["body"]] == [
        "Aurelia fire: killed: at least 9 person (happened)",
        "Callis coast guard says",
    ]
    [link] = by_motivation["linking"]
    assert link["body"][1]["value"] == "verbatim, probability 0.97"
    ids = {item["id"] for item in items}
    assessed = [t for item in by_motivation["assessing"] for t in as_list(item["target"])]
    assert assessed
    assert set(assessed) <= ids


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


# The reader is slow: the strings with controls in them will do.
@pytest.mark.parametrize("told", [*DOSSIERS[:3], SOWN[-1]], ids=range(4))
def test_prov_reads_back_the_same(told: Dossier) -> None:
    content = FORMATS["prov"](told)
    document = ProvDocument.deserialize(content=content, format="json")
    again = ProvDocument.deserialize(content=document.serialize(format="json"), format="json")
    assert document == again
    written = json.loads(content)
    n_records = sum(len(held) for kind, held in written.items() if kind != "prefix")
    assert len(list(document.get_records())) == n_records
    named = {*written["entity"], *written["agent"], *written["activity"]}
    ends = {
        value
        for kind, held in written.items()
        if kind not in ("prefix", "entity", "agent", "activity")
        for record in held.values()
        for key, value in record.items()
        if isinstance(value, str) and value.startswith("c:") and key.startswith("prov:")
    }
    assert ends <= named


def test_prov_holds_copies_quotations_and_decisions() -> None:
    document = ProvDocument.deserialize(content=FORMATS["prov"](plain()), format="json")
    derived = list(document.get_records(ProvDerivation))
    assert len(derived) >= 75 * 5
    labels = {str(v) for record in document.get_records() for _, v in record.attributes}
    assert {"word 0", "word 74"} <= labels


@each
def test_schema_org_has_only_terms_of_the_vocabulary_and_links_that_hold(told: Dossier) -> None:
    found = json.loads(FORMATS["schema-org"](told))
    assert found["@context"] == {"@vocab": "https://schema.org/"}
    ids = {node["@id"] for node in found["@graph"]}
    assert len(ids) == len(found["@graph"])

    def check(node: dict[str, Any]) -> None:
        if "@type" in node:
            allowed = {"@type", "@id", *SCHEMA_ORG_TERMS[node["@type"]].split()}
            assert set(node) <= allowed, set(node) - allowed
        else:
            assert set(node) == {"@id"}
            assert node["@id"] in ids
        for value in node.values():
            for one in as_list(value):
                if isinstance(one, dict):
                    check(one)

    for node in found["@graph"]:
        check(node)
        for day in ("datePublished", "dateModified", "startDate", "endDate"):
            assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", node.get(day, "2031-01-01"))
        assert node.get("url", "https://").startswith(("https://", "http://"))
        if node["@type"] == "NewsArticle":
            assert len(node["headline"]) <= 110
    kinds = [node["@type"] for node in found["@graph"]]
    assert kinds.count("NewsArticle") == len(told.documents)
    assert kinds.count("Claim") == sum(len(f.candidates) for f in told.findings)
    assert kinds.count("Event") == len(told.events)


def test_only_what_a_person_decided_is_reviewed() -> None:
    assert '"ClaimReview"' not in FORMATS["schema-org"](sample_dossier())
    reviewed = json.loads(FORMATS["schema-org"](plain()))["@graph"]
    reviews = [node for node in reviewed if node["@type"] == "ClaimReview"]
    assert {r["author"]["name"] for r in reviews} <= {f.locked_by for f in plain().findings}


class Shown(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags += [(tag, "")] if not attrs else [(tag, name) for name, _ in attrs]
        for name, value in attrs:
            assert name != "href" or re.match("https?://", value or "")


@pytest.mark.threat("W1")
@each
def test_timelinejs_has_every_happening_and_no_markup_from_outside(told: Dossier) -> None:
    found = json.loads(FORMATS["timelinejs"](told))
    Draft202012Validator(TIMELINEJS).validate(found)
    texts = [found["title"]["text"], *(slide["text"] for slide in found["events"])]
    for text in texts:
        allowed = {("p", ""), ("ul", ""), ("li", ""), ("a", "href")}
        assert set(Shown(text["text"]).tags) <= allowed
        assert Shown(text["headline"]).tags == []
    undated = found["title"]["text"]["text"].count("<li>")
    assert len(found["events"]) + undated == len(told.timeline)


@each
def test_graphml_reads_back_with_all_nodes_under_keys_that_are_declared(told: Dossier) -> None:
    content = FORMATS["graphml"](told)
    graph = networkx.parse_graphml(content)
    kinds = (told.documents, told.origins, told.entities, told.events, told.findings, told.claims)
    assert graph.number_of_nodes() == sum(map(len, kinds))
    root = ET.fromstring(content)
    space = "{http://graphml.graphdrawing.org/xmlns}"
    keys = {key.get("id"): key.get("for") for key in root.iter(f"{space}key")}
    ids = [node.get("id") or "" for node in root.iter(f"{space}node")]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[A-Za-z0-9-]+", one) for one in ids)  # xs:NMTOKEN
    for tag in ("node", "edge"):
        for element in root.iter(f"{space}{tag}"):
            assert {element.get("source"), element.get("target")} - {None} <= set(ids)
            assert all(keys[data.get("key")] in ("all", tag) for data in element)
    assert [one.tag.removeprefix(space) for one in root] == ["key"] * len(keys) + ["graph"]


TEX = {
    r"\textbackslash{}": "\\", r"\textbraceleft{}": "{", r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~", r"\textasciicircum{}": "^", r"\textquotedbl{}": '"',
}  # fmt: skip


def untexed(text: str) -> str:
    named = re.sub(r"\\text\w+\{\}", lambda m: f"\x00{list(TEX).index(m[0])}\x00", text)
    plain_text = re.sub(r"\\([$&#_%])", r"\1", named)
    return re.sub(r"\x00(\d)\x00", lambda m: list(TEX.values())[int(m[1])], plain_text)


@each
def test_bibtex_reads_back_with_every_title(told: Dossier) -> None:
    content = FORMATS["bibtex"](told)
    entries = list(parse_string(content, "bibtex").entries.values())
    assert len(entries) == len(told.documents)
    unheld = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
    for entry, one in zip(entries, told.documents, strict=True):
        title = squeezed(one.title or one.name)
        assert untexed(entry.fields["title"][1:-1]) == unheld.sub("\ufffd", title)
        shown = unheld.sub("\ufffd", squeezed(f"SHA-256 {one.sha256}"))
        assert untexed(entry.fields["note"]).startswith(shown)


def test_bibtex_says_what_draws_on_what() -> None:
    entries = parse_string(FORMATS["bibtex"](sample_dossier()), "bibtex").entries
    notes = [entry.fields["note"] for entry in entries.values()]
    original = next(iter(entries))
    assert [f"verbatim of {original}" in note for note in notes] == [False, True, False, False]
    assert {entry.fields["year"] for entry in entries.values()} == {"2031"}


@each
def test_geojson_has_every_place(told: Dossier) -> None:
    found = json.loads(FORMATS["geojson"](told))
    Draft202012Validator(GEOJSON).validate(found)
    names = [e.name for e in told.entities if e.kind == "place"]
    assert [f["properties"]["name"] for f in found["features"]] == names


def test_geojson_knows_where_a_known_place_lies(engine: OneReader) -> None:
    told = tell(engine, page("Nine people died in a fire in Geneva, Switzerland, on Monday."))
    features = json.loads(FORMATS["geojson"](told))["features"]
    [geneva] = [f for f in features if f["properties"]["name"] == "Geneva"]
    assert geneva["geometry"] == {"type": "Point", "coordinates": [6.1, 46.2]}


@pytest.fixture(scope="module")
def copies(engine: OneReader) -> Dossier:
    """One report and forty copies of it."""
    text = (
        "Eight miners died in the blast at Corrin on Monday, Mayor Anna Lind said. Rescuers"
        " searched the north tunnel through the night, and four people were still missing."
    )
    return tell(engine, *(page(text, f"Paper {n}", f"2031-03-{5 + n % 20:02}") for n in range(41)))


@pytest.mark.threat("W11")
@pytest.mark.parametrize("name", sorted(FORMATS))
def test_forty_copies_are_all_there(copies: Dossier, name: str) -> None:
    content = FORMATS[name](copies)
    if name not in ("annotations", "geojson", "timelinejs"):
        assert len({n for n in range(41) if f"Paper {n}" in content}) == 41
    n_links = sum(len(origin.links) for origin in copies.origins)
    counted: dict[str, Callable[[], int]] = {
        "ftm": lambda: content.count('"UnknownLink"'),
        "annotations": lambda: content.count('"linking"'),
        "prov": lambda: content.count("prov:PrimarySource"),
        "graphml": lambda: content.count(" passages</data>"),
    }
    if name in counted:
        assert counted[name]() >= n_links >= 40


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


@pytest.mark.threat("W11")
def test_a_dossier_that_is_not_whole_is_refused(consilience: Command, tmp_path: Path) -> None:
    spoilt = dossier_to_json(sample_dossier())
    spoilt["claims"][0]["subject"] = "v9"
    source, out = tmp_path / "dossier.json", tmp_path / "o"
    source.write_text(dumps(spoilt), encoding="utf-8")
    ended = consilience("export", source, "--format", "ftm", "--out", out)
    assert ended.code == 1
    assert ended.err == f"{source}: claim k1: no subject v9; name a dossier that is whole\n"
    assert not out.exists()


def test_raw_tables_are_asked_for(consilience: Command, tmp_path: Path) -> None:
    told = replace(sample_dossier(), title="=1+1")
    told = replace(told, documents=(replace(told.documents[0], title="=1+1"), *told.documents[1:]))
    source, out = tmp_path / "dossier.json", tmp_path / "o"
    source.write_text(dumps(dossier_to_json(told)), encoding="utf-8")
    assert consilience("export", source, "--format", "csv", "--out", out).code == 0
    assert ",'=1+1," in (out / "documents.csv").read_text(encoding="utf-8")
    assert consilience("export", source, "--format", "csv", "--out", out, "--raw-csv").code == 0
    assert ",=1+1," in (out / "documents.csv").read_text(encoding="utf-8")
    wrong = consilience("export", source, "--format", "ftm", "--out", out, "--raw-csv")
    assert wrong.code == 2


@pytest.mark.threat("W11", "S4")
@pytest.mark.parametrize("name", ["csv", "ftm", "graphml"])
def test_a_full_disk_is_said_in_one_line_and_leaves_nothing(tmp_path: Path, name: str) -> None:
    source, out = tmp_path / "dossier.json", tmp_path / "out" / name
    source.write_text(dumps(dossier_to_json(sample_dossier())), encoding="utf-8")
    out.parent.mkdir()
    said = ["export", str(source), "--format", name, "--out", str(out)]
    command = [sys.executable, "-c", FULL, *said]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert line.startswith(str(out))
    assert line.endswith(": File too large; make room or name another folder")
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and path != source]
