"""A case that lives: documents added, what they changed, earlier states, a feed of it."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from lxml import etree, html

from tests.conftest import Command

EARLY = "Arlow Press, 5 March 2031\n\nEight miners died in the blast at Corrin on 4 March 2031.\n"
LATE = "Daily Wharf, 7 March 2031\n\nThe toll of the blast at Corrin on 4 March 2031 rose to 13.\n"
MORE = "Norland Times, 9 March 2031\n\nThe mine at Corrin will stay shut, said Tomas Reyl.\n"


@pytest.fixture
def case(consilience: Command, tmp_path: Path) -> Path:
    (tmp_path / "early.txt").write_text(EARLY)
    (tmp_path / "late.txt").write_text(LATE)
    path = tmp_path / "case.db"
    assert consilience("add", path, tmp_path / "early.txt").code == 0
    return path


def test_what_a_new_document_changes_is_said(
    consilience: Command, tmp_path: Path, case: Path
) -> None:
    added = consilience("add", case, tmp_path / "late.txt", "--out", tmp_path / "out")
    assert added.code == 0
    assert "New document: late.txt (7 March 2031)" in added.out
    assert "Killed: 8 → 13" in added.out
    assert (tmp_path / "out" / "index.html").is_file()
    again = consilience("add", case, tmp_path / "late.txt")
    assert "no change" in again.out


def test_earlier_states_can_be_called_up(consilience: Command, tmp_path: Path, case: Path) -> None:
    consilience("add", case, tmp_path / "late.txt")
    told = consilience("history", case)
    assert told.code == 0
    first, *others = told.out.splitlines()
    assert first.startswith("1  ")
    assert "1 documents" not in told.out
    assert [line for line in others if line.startswith("2  ")]
    assert "8 → 13" in told.out
    out = tmp_path / "then"
    assert consilience("history", case, "--state", "1", "--out", out).code == 0
    dossier = json.loads((out / "dossier.json").read_text(encoding="utf-8"))
    assert [d["name"] for d in dossier["documents"]] == ["early.txt"]
    assert consilience("verify", out / "dossier.json").code == 0
    assert consilience("history", case, "--state", "9", "--out", out).code == 1
    shown = consilience("history", case, "--state", "1")
    assert "Rests on: 1 document" in shown.out


def test_any_two_states_are_compared(consilience: Command, tmp_path: Path, case: Path) -> None:
    consilience("add", case, tmp_path / "late.txt")
    (tmp_path / "more.txt").write_text(MORE)
    consilience("add", case, tmp_path / "more.txt")
    forward = consilience("history", case, "--since", "1").out
    assert "Killed: 8 → 13" in forward
    assert "New documents: late.txt" in forward
    assert "late.txt" not in consilience("history", case, "--since", "2").out
    back = consilience("history", case, "--since", "3", "--state", "1").out
    assert "Killed: 13 → 8" in back
    assert "No longer there: late.txt" in back
    assert consilience("history", case, "--since", "2", "--state", "2").out == "  - no change\n"
    wrong = consilience("history", case, "--since", "1", "--out", tmp_path / "x")
    assert wrong.code == 2


def test_the_feed_is_atom_with_an_entry_for_each_change(
    consilience: Command, tmp_path: Path, case: Path
) -> None:
    consilience("add", case, tmp_path / "late.txt")
    feed = tmp_path / "feed.xml"
    assert consilience("history", case, "--atom", feed).code == 0
    space = {"a": "http://www.w3.org/2005/Atom"}
    root = ET.parse(feed).getroot()
    entries = root.findall("a:entry", space)
    titles = [e.findtext("a:title", "", space) for e in entries]
    assert re.match(r"Killed: 8 → 13 \(late\.txt\).* \(and \d+ more\)$", titles[0])
    assert titles[1].startswith("First told: ")
    assert "<li>New document: late.txt" in entries[0].findtext("a:content", "", space)
    ids = [e.findtext("a:id", "", space) for e in entries]
    assert len(set(ids)) == len(ids) > 1
    assert root.findtext("a:updated", "", space)
    ingested = consilience("read", feed)
    assert ingested.code == 0, "our own reader of feeds takes it"


def test_the_feed_is_valid_atom_whatever_documents_say(
    consilience: Command, tmp_path: Path, case: Path
) -> None:
    hostile = LATE.replace("Daily Wharf", "]]> <b>Daily</b> &amp; \x0bWharf \u202e")
    (tmp_path / "hostile<&>.txt").write_text(f"{hostile}\n“<script>x</script>,” said Ann <Lee>.\n")
    consilience("add", case, tmp_path / "hostile<&>.txt", tmp_path / "late.txt")
    feed = tmp_path / "feed.xml"
    assert consilience("history", case, "--atom", feed).code == 0
    grammar = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
    tree = etree.parse(feed)
    assert grammar.validate(tree), grammar.error_log
    contents = tree.findall(".//{http://www.w3.org/2005/Atom}content")
    for content in contents:
        listed = html.fromstring(content.text)
        assert {element.tag for element in listed.iter()} == {"ul", "li"}


def test_what_is_no_case_is_said_in_one_line(consilience: Command, tmp_path: Path) -> None:
    ended = consilience("history", tmp_path / "none.db")
    assert (ended.code, len(ended.err.splitlines())) == (1, 1)
