"""What is refused, what is cut, and that the dossier says so."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from consilience.ingest import ingest, ingest_stream
from consilience.ingest.limits import DEPTH_MAX, FILE_BYTES_MAX, LIMITS
from consilience.records import Document, Failure
from tests.conftest import Command
from tests.hostile_files import ODD_NAMES, STORY, gzip_of_zeros, mail_with, nested, page

Reached = Callable[[str], None]
TEN_GB = 10 * 1000**3


def found(*paths: Path) -> tuple[list[Document], list[Failure]]:
    outcomes = list(ingest(paths))
    documents = [one for one in outcomes if isinstance(one, Document)]
    return documents, [one for one in outcomes if isinstance(one, Failure)]


@pytest.mark.threat("I2")
@pytest.mark.parametrize("depth", [150, 198, 250, 260, 300, 1_000, 2_000, 20_000])
def test_deep_text_is_there_and_where_its_layout_is_not_that_is_said(
    depth: int, tmp_path: Path
) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(nested(depth))
    (document,), failures = found(path)
    assert STORY in document.text
    told = ["a.html: read as text only: tags nested deeper than 200"]
    assert [failure.error for failure in failures] == (told if depth > DEPTH_MAX - 2 else [])


def sparse(path: Path, size: int) -> Path:
    path.write_bytes(STORY.encode() + b"\n")
    os.truncate(path, size)
    return path


@pytest.mark.threat("I5")
@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".jsonl", ".pdf", ".xml", ".eml"])
def test_a_huge_file_is_refused_unread(suffix: str, tmp_path: Path, reached: Reached) -> None:
    path = sparse(tmp_path / f"a{suffix}", TEN_GB)
    documents, (failure,) = found(path)
    assert documents == []
    assert failure.error == f"a{suffix}: larger than {FILE_BYTES_MAX // 1024**2} MB; split it"
    reached("10 GB refused by its size")


@pytest.mark.threat("I5")
def test_a_line_without_end_is_left_out_of_a_stream(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "' + b"a" * (3 * FILE_BYTES_MAX) + b'"}\n')
        file.write(json.dumps({"text": STORY}).encode())
    failure, document = ingest_stream([path])
    assert isinstance(failure, Failure)
    assert "a.jsonl:1: larger than" in failure.error
    assert isinstance(document, Document)
    assert document.name == "a.jsonl:2"


@pytest.mark.slow
@pytest.mark.threat("I6")
def test_two_gigabytes_in_a_small_archive_are_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip_of_zeros(2_048))
    documents, (failure,) = found(path)
    assert documents == []
    assert "it swells to more than" in failure.error


def test_a_text_is_cut_where_it_is_too_long_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consilience.ingest.opened.DOCUMENT_CHARS_MAX", 1_000)
    path = tmp_path / "a.txt"
    path.write_text("Nine died at Corrin.\n" * 60)
    (document,), (failure,) = found(path)
    assert 900 < len(document.text) <= 1_000
    assert failure.error == "a.txt: cut after 1,000 of 1,260 characters"


@pytest.mark.slow
def test_texts_of_400_000_characters_are_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    sentences = f"{STORY} " * (400_000 // len(STORY) + 2)
    path.write_text(sentences)
    (document,), failures = found(path)
    assert document.text == sentences.strip()
    assert failures == []


def test_what_is_not_read_in_full_is_told_in_every_account(
    consilience: Command, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "deep.html").write_bytes(nested(300))
    (tmp_path / "in" / "flat.html").write_bytes(page(""))
    (tmp_path / "in" / "none.html").write_bytes(b"<p></p>")
    ended = consilience("account", tmp_path / "in", "--out", tmp_path / "out")
    assert ended.code == 0
    said = "1 of 2 documents was not read in full"
    assert said in " ".join(ended.out.split())
    assert "1 input could not be used" in " ".join(ended.out.split())
    assert "deep.html: read as text only: tags nested deeper than 200" in ended.err
    (failure,) = [
        failure
        for failure in json.loads((tmp_path / "out/dossier.json").read_text())["failures"]
        if failure["input"] == "deep.html"
    ]
    assert failure["stage"] == "ingest"
    for file in ("index.html", "account.md"):
        written = (tmp_path / "out" / file).read_text()
        assert said in written
        assert "read as text only" in written


@pytest.mark.threat("I7")
def test_no_link_leads_out_of_a_folder_and_no_pipe_holds_us(
    tmp_path: Path, reached: Reached
) -> None:
    outside, folder = tmp_path / "outside.txt", tmp_path / "in"
    outside.write_text("What nobody named.")
    folder.mkdir()
    (folder / "a.txt").write_text(STORY)
    (folder / "b.txt").symlink_to("a.txt")
    (folder / "c.txt").symlink_to(outside)
    (folder / "d").symlink_to(tmp_path)
    (folder / "e").symlink_to(folder)
    (folder / "f.txt").symlink_to("f.txt")
    (folder / "g.txt").symlink_to("/dev/zero")
    os.mkfifo(folder / "h.txt")
    documents, failures = found(folder)
    assert [document.name for document in documents] == ["a.txt", "b.txt"]
    assert [(failure.name, failure.error.partition("; ")[0]) for failure in failures] == [
        ("c.txt", "c.txt: a link that leads out of the folder"),
        ("d", "d: a link to a folder"),
        ("e", "e: a link to a folder"),
        ("f.txt", "f.txt: cannot be read (Too many levels of symbolic links)"),
        ("g.txt", "g.txt: a link that leads out of the folder"),
        ("h.txt", "h.txt: no file but a pipe or a device"),
    ]
    (zeros,) = ingest([Path("/dev/zero")])
    assert isinstance(zeros, Failure)
    pipe = tmp_path / "i.jsonl"
    os.mkfifo(pipe)
    assert "a pipe or a device" in found(pipe)[1][0].error
    reached("links out, rings, pipes and devices named, none followed")


@pytest.mark.threat("I7")
def test_names_of_attachments_are_only_ever_shown(
    consilience: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    (tmp_path / "a.eml").write_bytes(mail_with(ODD_NAMES))
    ended = consilience("account", tmp_path / "a.eml", "--out", work / "out")
    assert ended.code == 0
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == [
        "a.eml", "account.md", "dossier.json", "index.html",
    ]  # fmt: skip
    names = [d["name"] for d in json.loads((work / "out/dossier.json").read_text())["documents"]]
    assert "a.eml/../../outside.txt" in names
    assert not any(ord(character) < 32 for name in names for character in name)


def test_the_table_names_every_limit_once() -> None:
    assert len({limit.of for limit in LIMITS}) == len(LIMITS)
    assert all(limit.most and limit.beyond for limit in LIMITS)
