"""Hostile strings in every field of every record, through every output: data they stay.

What a browser makes of the page is tested in tests/browser/test_hostile.py.
"""

import json
import re
from collections import defaultdict
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from consilience import answers
from consilience.errors import InputError
from consilience.history import Step, to_atom
from consilience.interchange import dossier_from_json, dossier_to_json, dumps
from consilience.records import Dossier
from consilience.store import State
from consilience.tell.brief import brief, changed
from consilience.tell.changes import changes
from consilience.tell.to_markdown import to_markdown
from consilience.tell.verify import verify
from tests.conftest import Command
from tests.hostile import PAYLOADS, SURROGATES
from tests.sown import plain, sown
from tests.tell.markdown_reader import OURS, parsed

SOWN = list(sown())
# What a terminal obeys, or what turns or hides words on it; \n alone is ours.
OBEYED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)


def _line(text: str) -> str:
    """The words on one line, without what is never shown."""
    shown = OBEYED.sub("\ufffd", " ".join(text.split()))
    return shown.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


def test_there_are_more_than_three_hundred_and_none_twice() -> None:
    assert len(PAYLOADS) == len(set(PAYLOADS)) >= 300


def test_every_text_field_of_every_record_holds_every_one() -> None:
    held: dict[str, set[str]] = defaultdict(set)

    def walk(value: Any, name: str) -> None:
        if is_dataclass(value) and not isinstance(value, type):
            for f in fields(value):
                walk(getattr(value, f.name), f"{type(value).__name__}.{f.name}")
        elif isinstance(value, tuple):
            for item in value:
                walk(item, name)
        elif type(value) is str:
            held[name].add(value)

    for dossier in SOWN:
        walk(dossier, "")
    named = re.compile(r"\.(id|\w+_ids?|where|speakers)$|^(Dossier|Run)\.")
    texts = {name: found for name, found in held.items() if not named.search(name)}
    assert len(texts) > 40
    assert {name for name, found in texts.items() if not found >= {*PAYLOADS}} == set()
    assert all(len(found) >= len(PAYLOADS) for name, found in held.items() if name.endswith("_id"))


@pytest.mark.threat("W1")
@pytest.mark.parametrize("dossier", SOWN, ids=range(len(SOWN)))
def test_markdown_holds_no_markup_but_ours_and_every_string_as_it_is(dossier: Dossier) -> None:
    page = to_markdown(dossier)
    assert not OBEYED.search(page)
    tokens = parsed(page)
    assert {token.type for token in tokens} <= OURS
    called = {t.meta["id"] for t in tokens if t.type == "footnote_ref"}
    given = [t.meta["id"] for t in tokens if t.type == "footnote_open"]
    assert sorted(called) == given == list(range(len(given)))
    shown = {
        "".join(child.content for child in t.children or []) for t in tokens if t.type == "inline"
    }
    assert {_line(m.text) for m in dossier.missing} <= shown
    assert {_line(c.text) for c in dossier.changes} <= shown


@pytest.mark.parametrize("dossier", SOWN, ids=range(len(SOWN)))
def test_json_gives_every_string_back(dossier: Dossier) -> None:
    assert dossier_from_json(json.loads(dumps(dossier_to_json(dossier)))) == dossier


@pytest.mark.parametrize("half", SURROGATES)
def test_half_a_character_is_refused_in_one_line(half: str) -> None:
    spoilt = {**dossier_to_json(plain()), "title": half}
    with pytest.raises(InputError, match="surrogate") as refused:
        dossier_from_json(spoilt)
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.threat("W1", "I10")
@pytest.mark.parametrize("dossier", SOWN, ids=range(len(SOWN)))
def test_a_terminal_is_given_nothing_to_obey(dossier: Dossier) -> None:
    new = changes(plain(), dossier)
    for shown in (brief(dossier, out=Path("dossier")), changed(new), changed(dossier.changes)):
        assert not OBEYED.search(shown)


@pytest.mark.threat("W1", "I8")
@pytest.mark.parametrize("dossier", SOWN, ids=range(len(SOWN)))
def test_a_feed_reads_back_with_every_change(dossier: Dossier) -> None:
    state = State(1, "2031-03-05T00:00:00Z", dossier)
    feed = to_atom([Step(state, dossier.changes)], dossier.title)
    [content] = [e.findtext("{*}content") for e in ET.fromstring(feed).findall("{*}entry")]
    listed = ET.fromstring(content or "")
    assert {one.tag for one in listed.iter()} == {"ul", "li"}
    assert [one.text or "" for one in listed] == [_line(c.text) for c in dossier.changes]


@pytest.mark.threat("M6")
@pytest.mark.parametrize("dossier", SOWN, ids=range(len(SOWN)))
def test_an_assistant_is_given_the_strings_as_data(dossier: Dossier) -> None:
    told = json.loads(dumps(answers.account(dossier)))
    assert [s["text"] for s in told["sentences"]] == [s.text for s in dossier.account]
    found = json.loads(dumps(answers.findings(dossier)))["findings"]
    assert {f["question"] for f in found} == {f.question for f in dossier.findings}
    people = json.loads(dumps(answers.people(dossier)))["people"]
    assert {p["name"] for p in people} <= {e.name for e in dossier.entities}


@pytest.mark.threat("I12", "M4")
def test_checking_a_forged_dossier_ends_in_lines_not_in_an_error() -> None:
    for dossier in SOWN:
        assert verify(dossier)


def given(tmp_path: Path) -> Path:
    """A dozen documents whose fields and words are the strings, as JSON Lines."""
    short = [payload for payload in PAYLOADS if len(payload) < 500]
    lines = []
    for n in range(12):
        held = short[n::12]
        told = "Eight miners died in the blast at Corrin on Monday, Mayor Anna Lind said. "
        text = told + "\n\n".join(f"“{one}”, said {one} Marek." for one in held[:6])
        keys = dict(zip(("id", "title", "source", "author", "url"), held[6:], strict=False))
        lines.append(json.dumps({**keys, "text": text, "published": "2031-03-05"}))
    path = tmp_path / "hostile.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.threat("I7", "W1")
def test_commands_write_where_they_are_told_and_say_nothing_to_obey(
    consilience: Command, tmp_path: Path
) -> None:
    documents = given(tmp_path)
    odd = tmp_path / "odd"
    odd.mkdir()
    (odd / "a\u202eb.txt").write_text("Nine miners died in the blast at Corrin on Monday.")
    with open(bytes(odd) + b"/\xff\x1b[31m.txt", "wb") as file:  # noqa: PTH123
        file.write(b"Ten miners died in the blast at Corrin on Monday.")
    (odd / "bad\x1b[2J.pdf").write_bytes(b"%PDF of nothing")
    work = tmp_path / "work"
    work.mkdir()
    case, out = work / "case.db", work / "out"
    for ended in (
        consilience("account", documents, "--out", out, "--case", case),
        consilience("add", case, odd),
        consilience("history", case, "--atom", work / "feed.xml"),
        consilience("read", documents, odd, "--pretty"),
        consilience("verify", out / "dossier.json"),
        consilience("export", tmp_path / "no\x1b[31m.json", "--format", "csv", "--out", out),
    ):
        assert not OBEYED.search(ended.out + ended.err)
    made = {path.relative_to(work).as_posix() for path in work.rglob("*") if path.is_file()}
    assert {name for name in made if not name.startswith("case.db")} == {
        "feed.xml", "out/index.html", "out/account.md", "out/dossier.json",
    }  # fmt: skip
    assert {path.name for path in tmp_path.iterdir()} == {"hostile.jsonl", "odd", "work"}
