"""Each case of tests/cases/attributions.jsonl: who | cue | content / content | direct or stance."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from consilience.read.attributions import find_attributions
from consilience.read.encoder import Encoder
from consilience.read.mentions import find_mentions, readable_parts
from consilience.read.segment import segment
from consilience.records import Attribution, Document, Mention, Part, PartKind, Passage, Stance

_CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "attributions.jsonl")
    .read_text("utf-8")
    .splitlines()
]

Find = Callable[[Document], tuple[tuple[Attribution, ...], tuple[Mention, ...]]]


@pytest.fixture(scope="module")
def find() -> Find:
    encoder = Encoder()

    def attributions(document: Document) -> tuple[tuple[Attribution, ...], tuple[Mention, ...]]:
        parses = [
            encoder.parse(document.text, sentence.tokens)
            for start, end, _ in readable_parts(document)
            for sentence in segment(document.text, start, end)
        ]
        mentions = find_mentions(document, parses)
        return find_attributions(document, parses, mentions), mentions

    return attributions


def document(text: str, *parts: Part, language: str = "en") -> Document:
    return Document(
        id="d", name="d.txt", source=None, title=None, url=None, author=None, text=text,
        language=language, published=None, published_basis=None, updated=None, retrieved=None,
        sha256="", parts=parts,
    )  # fmt: skip


def told(page: Document, found: tuple[tuple[Attribution, ...], tuple[Mention, ...]]) -> list[str]:
    """Each attribution in a line: who | cue | content | direct, or its stance | in whose words.

    Behind "=" stands a name of the speaker that the source itself lacks.
    """
    attributions, mentions = found
    names = {m.chain_id: page.text[m.passage.start : m.passage.end] for m in mentions if m.named}
    who = {a.id: _who(page, a, names.get(a.speaker_id or "")) for a in attributions}
    lines = []
    for a in attributions:
        stance = str(a.stance)
        if a.direct:
            stance = "direct" if a.stance == "says" else f"direct, {a.stance}"
        parts = [who[a.id], _words(page, a.cue) or "-", _words(page, a.content), stance]
        if a.within_id:
            parts.append(f"in {who[a.within_id]}")
        lines.append(" | ".join(parts))
    return lines


def _who(page: Document, attribution: Attribution, name: str | None) -> str:
    source = _words(page, attribution.source)
    if name and name in source:
        return source
    if name or source.lower() in ("he", "she", "they"):
        return f"{source} = {name or 'nobody'}"
    return source or "nobody"


def _words(page: Document, passages: tuple[Passage, ...]) -> str:
    return " / ".join(page.text[p.start : p.end] for p in passages)


def page_of(case: dict[str, Any]) -> Document:
    """The text of a case, in the parts it names: [kind, how it begins, author]."""
    text: str = case["text"]
    starts = [text.index(begins) for _, begins, _ in case.get("parts", ())]
    parts = [
        Part(Passage("d", start, len(text[:end].rstrip())), PartKind(kind), author=author)
        for (kind, _, author), start, end in zip(
            case.get("parts", ()), starts, [*starts[1:], len(text)][: len(starts)], strict=True
        )
    ]
    return document(text, *parts, language=case.get("language", "en"))


@pytest.mark.parametrize("case", _CASES, ids=[case["case"] for case in _CASES])
def test_who_says_what_is_read(case: dict[str, Any], find: Find) -> None:
    page = page_of(case)
    lines = told(page, find(page))
    assert [line for line in case["said"] if line not in lines] == [], lines
    assert case["said"] or not lines


def test_names_and_terms_in_quotation_marks_are_said_by_nobody(find: Find) -> None:
    page = document('Maria \'La Jefa\' Ortiz and "Big Tom" Reil sold the so-called "miracle cure".')
    assert told(page, find(page)) == []


def test_a_report_within_a_report_names_the_outer_one(find: Find) -> None:
    page = document("Lund said divers estimated that 40 cars were in the water.")
    outer, inner = find(page)[0]
    assert (outer.within_id, inner.within_id) == (None, outer.id)


def test_a_comment_is_its_authors(find: Find) -> None:
    text = "The dam broke.\n\nriverman on May 3rd, 2021 at 02:00 UTC »\n\nThey knew for years."
    body = text.index("\n")
    start = text.index("They")
    comment = Part(Passage("d", start, len(text)), PartKind.COMMENT, author="riverman")
    page = document(text, Part(Passage("d", 0, body), PartKind.BODY), comment)
    (found,), _ = find(page)
    assert _words(page, found.source) == "riverman"
    assert _words(page, found.content) == "They knew for years."
    assert found.speaker_id is None


def test_a_block_from_another_outlet_is_that_outlets(find: Find) -> None:
    text = "The Arlow Courier reports that the dam is weak:\n\nEngineers found cracks in March."
    cut = text.index("Engineers")
    parts = (
        Part(Passage("d", 0, cut), PartKind.BODY),
        Part(Passage("d", cut, len(text)), PartKind.QUOTED),
    )
    page = document(text, *parts)
    blocks = [a for a in find(page)[0] if _words(page, a.content).startswith("Engineers found")]
    assert "Arlow Courier" in _words(page, blocks[0].source)


def test_every_passage_lies_in_the_text_and_every_id_is_its_own(find: Find) -> None:
    text = " ".join(case["text"] for case in _CASES if "language" not in case)
    page = document(text)
    found = find(page)[0]
    assert len({a.id for a in found}) == len(found)
    for a in found:
        assert all(p.end <= len(text) for p in a.source + a.cue + a.content)
        assert a.content


def _said(find: Find, text: str) -> list[tuple[str, str]]:
    page = document(text)
    return [
        (
            _words(page, a.source),
            _words(page, a.content),
        )
        for a in find(page)[0]
        if a.stance is not Stance.ASKS
    ]


def test_an_answer_is_whose_interview_it_is(find: Find) -> None:
    text = (
        "Tomas Reil was harbour master of Corrin. He spoke to the Bell on Monday.\n\n"
        "Q: How many people died?\n\nA: Twelve died. The ferry was too full.\n\nIt leaked, too.\n\n"
        "Q: Who is to blame?\n\nA: Nobody but its owner.\n\nThe owner did not answer our calls."
    )
    assert _said(find, text) == [
        ("Tomas Reil", "Twelve died. The ferry was too full.\n\nIt leaked, too."),
        ("Tomas Reil", "Nobody but its owner."),
    ]


def test_a_turn_is_whom_its_label_names(find: Find) -> None:
    text = (
        "Tomas Reil met Irena Voss in the studio of the Bell.\n\nVOSS: Was the ferry safe?\n\n"
        "REIL: It was not. It leaked.\n\nVOSS: Who knew of it?\n\nREIL: Its owner knew."
    )
    said = _said(find, text)
    assert ("REIL", "It was not. It leaked.") in said
    assert ("VOSS", "Who knew of it?") in said


def test_labels_of_a_list_make_no_interview(find: Find) -> None:
    text = (
        "Two floods hit the coast.\n\nDate: It was on Monday.\n\nToll: Twelve people died.\n\n"
        "Date: It was on Friday.\n\nToll: Nobody died."
    )
    assert not any("Toll" in source or "Date" in source for source, _ in _said(find, text))
