"""`consilience batch` as a shell sees it."""

import json
from pathlib import Path
from typing import Any

from consilience.interchange import dossier_from_json
from consilience.tell.verify import verify
from tests.conftest import Command

FIRST = {
    "case": "blast",
    "documents": [
        {"id": "a", "text": "Eight miners died in the blast at Corrin.", "published": "2031-03-05"},
        {"id": "b", "text": "The blast at Corrin killed 13 miners.", "published": "2031-03-07"},
    ],
}
SECOND = {"case": 7, "documents": [{"id": "a", "text": "The ferry Aurelia burned off Callis."}]}


def told(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def lines(*cases: object) -> bytes:
    return "\n".join(c if isinstance(c, str) else json.dumps(c) for c in cases).encode()


def test_each_case_has_its_dossier_in_input_order(consilience: Command, tmp_path: Path) -> None:
    out = tmp_path / "dossiers.jsonl"
    ended = consilience("batch", "-", "--out", out, stdin=lines(FIRST, SECOND))
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    first, second = told(out)
    assert (first["case"], second["case"]) == ("blast", 7)
    dossier = dossier_from_json(first["dossier"])
    assert [d.id for d in dossier.documents] == ["a", "b"]
    assert verify(dossier) == ()
    (killed,) = [f for f in dossier.findings if f.slot == "killed"]
    assert killed.status == "updated"


def test_a_bad_line_and_a_bad_document_cost_only_themselves(
    consilience: Command, tmp_path: Path
) -> None:
    out = tmp_path / "dossiers.jsonl"
    broken = {**SECOND, "documents": [*SECOND["documents"], {"id": "b"}, 5]}  # type: ignore[misc]
    empty = {"case": "none", "documents": []}
    given = lines("not json", {"documents": []}, empty, broken)
    ended = consilience("batch", "-", "--out", out, stdin=given)
    assert ended.code == 0
    first, second, third, fourth = told(out)
    assert [one["case"] for one in (first, second, third, fourth)] == [None, None, "none", 7]
    assert first["failure"]["input"] == "-:1"
    assert "case" in second["failure"]["error"]
    assert third["failure"]["stage"] == "batch"
    assert len(fourth["dossier"]["failures"]) == 2
    assert len(ended.err.splitlines()) == 3


def test_where_no_case_can_be_told_the_command_fails_in_one_line(
    consilience: Command, tmp_path: Path
) -> None:
    ended = consilience("batch", "-", "--out", tmp_path / "out.jsonl", stdin=b"")
    assert ended.code == 1
    assert ended.err.splitlines() == [
        "no case could be told; give at least one with a document that holds text"
    ]


def test_workers_and_the_order_of_documents_change_no_byte_but_the_time_of_the_run(
    consilience: Command, tmp_path: Path
) -> None:
    turned = {**FIRST, "documents": FIRST["documents"][::-1]}
    found = []
    for workers, first in (("1", FIRST), ("2", turned)):
        out = tmp_path / f"{workers}.jsonl"
        given = lines(*[first, SECOND] * 2)
        ended = consilience("batch", "-", "--out", out, "--workers", workers, stdin=given)
        assert ended.code == 0
        cases = told(out)
        for one in cases:
            one["dossier"]["run"]["started"] = ""
        found.append(cases)
    assert found[0] == found[1]


def test_what_is_no_stream_of_cases_is_named(consilience: Command, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("The ferry Aurelia burned off Callis.")
    ended = consilience("batch", page, "--out", tmp_path / "out.jsonl")
    assert ended.code == 1
    assert "JSON Lines" in ended.err
