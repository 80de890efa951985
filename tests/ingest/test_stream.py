"""Streams of JSON Lines, a line at a time."""

import io
from pathlib import Path

import pytest

from consilience.ingest import ingest_stream
from consilience.records import Document, Failure

FERRY = '{"id": "a", "text": "The ferry Aurelia burned off Port Callis."}\n'


def found(data: str) -> list[str]:
    outcomes = ingest_stream(["-"], stdin=io.BytesIO(data.encode()))
    return [one.text if isinstance(one, Document) else f"! {one.error}" for one in outcomes]


def test_a_line_without_text_is_a_document_of_its_title_or_of_nothing() -> None:
    assert found('{"text": "", "title": "Ferry burns"}\n{"text": " "}\n{"html": "<p></p>"}') == [
        "Ferry burns",
        "",
        "",
    ]


def test_a_bad_line_costs_itself_only() -> None:
    first, bad, last = found(f'{FERRY}{{"id": "b", "text"\n{FERRY.replace("a", "c", 1)}')
    assert bad.startswith("! -:2: not a document as JSON")
    assert first == last.replace("c", "a", 1)


def test_a_line_of_no_end_is_left_out_and_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consilience.ingest.stream.FILE_BYTES_MAX", 100)
    assert found("x" * 350 + "\n" + FERRY) == [
        "! -:1: larger than 0 MB; give one document a line",
        "The ferry Aurelia burned off Port Callis.",
    ]


def test_files_streams_and_folders_follow_one_another(
    tmp_path: Path,
) -> None:
    (tmp_path / "docs.jsonl").write_text("\ufeff" + FERRY)
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "page.txt").write_text("The council of Elmsford voted.")
    given: list[str | Path] = [
        tmp_path / "docs.jsonl",
        tmp_path / "pages",
        "-",
        tmp_path / "none.jsonl",
    ]
    outcomes = list(ingest_stream(given, stdin=io.BytesIO(FERRY.encode())))
    assert [isinstance(one, Failure) for one in outcomes] == [False, False, False, True]
    assert [one.name for one in outcomes] == ["a", "page.txt", "a", "none.jsonl"]


def test_what_is_given_twice_comes_twice_and_another_under_its_id_is_a_failure() -> None:
    assert found(FERRY + FERRY + FERRY.replace("ferry", "barge")) == [
        "The ferry Aurelia burned off Port Callis.",
        "The ferry Aurelia burned off Port Callis.",
        "! a: id a is taken; give every document its own",
    ]


def test_one_file_given_twice_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "docs.jsonl"
    path.write_text(FERRY)
    assert len(list(ingest_stream([path, f"{tmp_path}/./docs.jsonl"]))) == 1
