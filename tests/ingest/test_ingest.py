"""Files, folders and lines to documents and failures."""

import io
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from consilience.ingest import Raw, ingest, ingest_raw
from consilience.ingest.repair import undo
from consilience.records import DateBasis, Document, Failure

STORY = "Bridge falls in Harwick\n\nFour people died when a bridge fell into the river on Monday.\n"


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def names(found: list[Document | Failure]) -> list[str]:
    return [item.name for item in found]


def document(line: dict[str, str]) -> Document:
    (found,) = ingest_raw(Raw("a.jsonl", ".jsonl", "", json.dumps(line).encode()))
    assert isinstance(found, Document), found
    return found


def text_document(text: str) -> Document:
    return document({"text": text})


def failures(found: list[Document | Failure]) -> list[str]:
    return [item.error for item in found if isinstance(item, Failure)]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else for a while")
def test_a_folder_that_may_not_be_looked_into_is_not_called_empty() -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = write(Path(made), {"a.txt": STORY, "shut/b.txt": STORY})
        folder.chmod(0o755)
        (folder / "shut").chmod(0o700)
        os.seteuid(65534)
        try:
            found = list(ingest([str(folder)]))
        finally:
            os.seteuid(0)
    assert names(found) == ["shut", "a.txt"]
    assert failures(found) == ["shut: cannot be read (Permission denied); check its permissions"]


def test_a_folder_is_read_in_name_order_without_hidden_files(tmp_path: Path) -> None:
    files = {"b.txt": STORY, "a/c.md": STORY, ".x.txt": STORY, ".git/d.txt": STORY, "a.txt": STORY}
    assert names(list(ingest([write(tmp_path, files)]))) == ["a.txt", "a/c.md", "b.txt"]


def test_the_place_of_a_folder_leaves_no_trace(tmp_path: Path) -> None:
    one = list(ingest([write(tmp_path / "one", {"a.txt": STORY})]))
    other = list(ingest([write(tmp_path / "far" / "other", {"a.txt": STORY})]))
    alone = list(ingest([tmp_path / "one" / "a.txt"]))
    assert one == other == alone


def test_the_order_of_the_inputs_changes_no_document(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": STORY, "b.txt": STORY + "More.", "c.txt": "Nobody knows why."})
    paths = sorted(tmp_path.iterdir())
    there, back = list(ingest(paths)), list(ingest(reversed(paths)))
    assert there == back[::-1]


def test_the_same_bytes_under_two_names_are_two_documents(tmp_path: Path) -> None:
    found = list(ingest([write(tmp_path, {"a.txt": STORY, "b.txt": STORY})]))
    assert len({item.id for item in found if isinstance(item, Document)}) == 2


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.txt": STORY})
    assert names(list(ingest([folder, folder / "a.txt"]))) == ["a.txt"]


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.docx", "x", "a.docx: format .docx is not supported; give one of .txt .md .html"),
        ("notes", "x", "notes: a name without a suffix is not supported"),
        ("a.txt", b"\x7fELF\x02\x01\x01\x00\x00\x00\x00", "a.txt: binary, not text"),
        ("a.txt", "", "a.txt: no text in it"),
        ("a.md", " \n\t\n", "a.md: no text in it"),
        ("a.html", "<html><body></body></html>", "a.html: an HTML page with no text"),
        ("a.jsonl", "\n\n", "a.jsonl: no lines in it"),
        ("a.jsonl", "{broken", "a.jsonl:1: not a document as JSON"),
        ("a.jsonl", '{"text": 3}', "a.jsonl:1: not a document as JSON"),
        ("a.jsonl", '{"title": "x"}', "a.jsonl:1: neither text nor html"),
        (
            "a.jsonl",
            '{"text": "x", "published": "soon"}',
            "a.jsonl:1: published is 'soon', no date",
        ),
        ("a.jsonl", b'{"text": "caf\xe9"}', "a.jsonl:1: not a document as JSON"),
        ("a.jsonl", '{"text": ' + "[" * 50_000, "a.jsonl:1: not a document as JSON"),
    ],
)
def test_what_cannot_be_used_is_one_clear_line(
    tmp_path: Path, name: str, content: str | bytes, error: str
) -> None:
    (failure,) = ingest([write(tmp_path, {name: content})])
    assert isinstance(failure, Failure)
    assert failure.stage == "ingest"
    assert failure.error.startswith(error)
    assert "\n" not in failure.error


def test_missing_paths_empty_folders_and_addresses_are_failures(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    found = list(ingest([tmp_path / "no.txt", tmp_path / "empty", "https://harwick.example/a"]))
    assert [error.split("; ")[-1] for error in failures(found)] == [
        "check the path",
        "put in some of .txt .md .html .htm .jsonl .warc .warc.gz .pdf .xml .eml",
        "give that, or save the page and name it",
    ]


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    found = list(ingest([write(tmp_path, {"a.txt": b"\x00" * 50, "b.txt": STORY})]))
    assert [type(item) for item in found] == [Failure, Document]


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    (failure,) = ingest([write(tmp_path, {"a.txt": b"a " * (10 * 1024**2 + 1)})])
    assert isinstance(failure, Failure)
    assert "larger than 20 MB" in failure.error


def test_lines_come_from_standard_input_and_a_broken_one_does_not_stop_them() -> None:
    stdin = io.BytesIO(b'{"id": "one", "text": "Four dead."}\n{\n{"id": "two", "text": "Five."}\n')
    found = list(ingest(["-"], stdin=stdin))
    assert names(found) == ["one", "-:2", "two"]
    assert [type(item) for item in found] == [Document, Failure, Document]


def test_an_id_given_is_kept_and_one_given_twice_is_a_failure(tmp_path: Path) -> None:
    line = '{"id": "x1", "text": "Four dead."}\n'
    found = list(ingest([write(tmp_path, {"a.jsonl": line, "b.jsonl": line})]))
    assert isinstance(found[0], Document)
    assert found[0].id == "x1"
    assert failures(found) == ["x1: id x1 is taken; give every document its own"]


def test_the_fields_of_a_line_are_taken_over() -> None:
    found = document(
        {"text": STORY, "url": "https://www.bbc.co.uk/news/1", "published": "3 May 2021 2:05 pm"}
        | {
            "updated": "2021-05-04",
            "retrieved": "2021-06-01",
            "author": "Ana Lind",
            "language": "en",
        }
    )
    assert (found.name, found.source) == ("https://www.bbc.co.uk/news/1", "BBC News")
    assert found.published is not None
    assert (found.published.value, found.published_basis) == ("2021-05-03T14:05", DateBasis.GIVEN)
    assert found.updated is not None
    assert found.updated.value == "2021-05-04"
    assert (found.author, found.language) == ("Ana Lind", "en")


def test_a_title_given_is_put_above_a_text_that_lacks_it() -> None:
    found = document({"text": "Four people died on Monday.", "title": "Bridge falls"})
    assert found.text == "Bridge falls\n\nFour people died on Monday."
    assert [part.kind.value for part in found.parts] == ["headline", "body"]


def test_a_title_that_stands_in_the_text_is_not_repeated() -> None:
    found = document({"text": STORY, "title": "Bridge falls in Harwick - Bramley Post"})
    assert found.text == STORY.rstrip()


def test_html_in_a_line_is_read_as_a_page() -> None:
    found = document({"html": "<p>Four people died on Monday.</p>", "published": "2021-05-03"})
    assert found.text == "Four people died on Monday."


def test_a_date_line_dates_the_text() -> None:
    found = text_document(f"{STORY}\n".replace("\n\n", "\n\nPublished: 3 May 2021 14:05\n\n", 1))
    assert found.published is not None
    assert (found.published.value, found.published_basis) == ("2021-05-03T14:05", DateBasis.TEXT)


@pytest.mark.parametrize(
    ("dateline", "value"),
    [
        ("HARWICK, May 3, 2021 (AP) —", "2021-05-03"),
        ("HARWICK, 3 MAY 88 (EFE) --", "1988-05-03"),
        ("HARWICK, Norland (AP) - May 3, 2021 -", "2021-05-03"),
    ],
)
def test_a_dateline_with_its_year_dates_the_text(dateline: str, value: str) -> None:
    found = text_document(f"{dateline} Four people died when a bridge fell into the river.")
    assert found.published is not None
    assert found.published.value == value


def test_a_line_that_says_when_it_was_updated_dates_nothing_else() -> None:
    found = text_document(f"Last updated on June 30, 2020\n{STORY}")
    assert (found.published, found.published_basis) == (None, None)
    assert found.updated is not None
    assert (found.updated.value, found.updated.text) == ("2020-06-30", "June 30, 2020")


def test_comments_do_not_date_the_article_above_them() -> None:
    found = text_document(f"{STORY}\nmossfoot on May 4th, 2021 at 02:10 UTC »\n\nIt shook.")
    assert found.published is None
    assert found.parts[-1].published is not None
    assert found.parts[-1].published.value == "2021-05-04T02:10"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (f"{STORY}\nAuthored by reuters.com and submitted by otter_42", "Reuters"),
        (f"{STORY}\nAuthored by harwick.example and submitted by otter_42", "harwick.example"),
        (f"{STORY}\nThe mayor told The Globe that she had known.", "The Boston Globe"),
        (f"{STORY}\nThe mayor told The Times that she had known.", None),
        (f"{STORY}\nThe mayor told CNN that she had known.", None),
        ("HARWICK (AP) — Four people died when a bridge fell on Monday.", "Associated Press"),
        ("HARWICK (WKRX) — Four people died when a bridge fell on Monday.", "WKRX"),
        (f"By JANE LIND FOR MAILONLINE\n\n{STORY}", "Daily Mail"),
        (f"{STORY}\n© 2021 Bramley Mail. All rights reserved.", "Bramley Mail"),
        (STORY, None),
    ],
)
def test_the_outlet_is_named_by_the_page_or_not_at_all(text: str, source: str | None) -> None:
    assert text_document(text).source == source


def test_a_byline_gives_the_author() -> None:
    assert text_document(f"By JANE LIND, Bramley Mail\n\n{STORY}").author == "Jane Lind"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Four people died when a bridge fell into the river on Monday, police said.", "en"),
        (
            "Cuatro personas murieron el lunes al caer un puente sobre el río, dijo la policía.",
            "es",
        ),
        ("Jane Lind, Harwick", "und"),
    ],
)
def test_the_language_is_told_from_the_words_or_not_at_all(text: str, language: str) -> None:
    assert text_document(text).language == language


@settings(deadline=None)  # the first example loads the libraries
@given(st.binary(max_size=300), st.sampled_from([".txt", ".md", ".html", ".jsonl"]))
def test_any_bytes_give_documents_or_failures(data: bytes, suffix: str) -> None:
    for found in ingest_raw(Raw(f"a{suffix}", suffix, "0", data)):
        if isinstance(found, Failure):
            assert found.error.startswith("a")
            continue
        assert found.text.strip()
        found.text.encode()
        assert len(undo(found.text, found.repairs)) > 0
        assert all(part.passage.end <= len(found.text) for part in found.parts)


@settings(deadline=None)  # the first example loads the libraries
@given(st.text(min_size=1))
@example("0\x00\x80")  # its bytes could be two characters of UTF-16
def test_a_text_survives_whole_beneath_its_repairs(text: str) -> None:
    for found in ingest_raw(Raw("a.txt", ".txt", "0", text.encode())):
        if isinstance(found, Document):
            lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
            assert undo(found.text, found.repairs) == lines.rstrip()
