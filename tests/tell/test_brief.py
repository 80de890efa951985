from dataclasses import replace
from pathlib import Path

from consilience.records import (
    About,
    Change,
    Layer,
    Missing,
    Passage,
    Relation,
    RelationKind,
    Status,
    Unread,
)
from consilience.tell.brief import brief, changed
from consilience.tell.to_html import to_html
from consilience.tell.to_markdown import to_markdown
from tests.tell.sample import sample_dossier


def test_the_brief_has_the_title_first_and_what_it_rests_on_last() -> None:
    paragraphs = brief(sample_dossier()).split("\n\n")
    assert paragraphs[0] == sample_dossier().title
    last = paragraphs[-1].splitlines()
    assert last[-1].startswith("  ") or last[-1].startswith("Rests on: ")
    assert "Rests on: 4 documents, 3 independent origins, " in " ".join(last)


def test_sentences_of_one_paragraph_are_read_together_and_no_line_is_too_wide() -> None:
    whole = sample_dossier()
    first, second, *_ = whole.account
    two = (first, replace(second, paragraph=1), replace(second, paragraph=1))
    shown = brief(replace(whole, account=two), width=50)
    assert max(map(len, shown.splitlines())) <= 50
    paragraphs = [" ".join(block.split()) for block in shown.split("\n\n")]
    assert paragraphs[1:3] == [first.text, f"{second.text} {second.text}"]


def test_disputes_and_gaps_take_a_line_each_and_the_files_are_named() -> None:
    whole = sample_dossier()
    killed, *others = whole.findings
    why = Relation(0, 1, RelationKind.CONTRADICTORY, "two counts of one night")
    disputed = replace(killed, status=Status.CONTRADICTED, relations=(why,))
    gaps = tuple(Missing("v1", slot, f"No document says {words}.")
                 for slot, words in (("where", "where"), ("cause", "why")))  # fmt: skip
    quoted = Missing("v1", "agent", "Who did it is left open: “No arrests were made.” (Post)")
    dossier = replace(whole, findings=(disputed, *others), missing=(*gaps, quoted))
    lines = brief(dossier, width=400, out=Path("folder")).splitlines()
    (line,) = (line for line in lines if line.startswith("Disputed: "))
    assert line.startswith("Disputed: How many people were killed? at least 9 against 14; ")
    assert "Not known: where; why; who did it" in lines
    assert lines[-1] == (
        "Written: folder/index.html (open it in a browser), account.md, dossier.json"
    )


def test_what_changed_takes_a_line_each() -> None:
    two = (Change(About.FIGURE, "Killed: 8 → 13"), Change(About.VOICE, "New voice: \x1b[2J"))
    assert changed(two) == "  - Killed: 8 → 13\n  - New voice: \ufffd[2J"
    assert changed(()) == "  - no change"


def test_a_documents_control_characters_do_not_reach_the_terminal() -> None:
    hostile = replace(sample_dossier(), title="\x1b[2J\u202eoops")
    assert brief(hostile).splitlines()[0] == "\ufffd[2J\ufffdoops"


def test_what_was_not_read_of_a_foreign_page_is_said_wherever_its_source_is() -> None:
    whole = sample_dossier()
    first, *others = whole.documents
    layers = (Layer.COREFERENCE, Layer.PROPOSITIONS)
    unread = Unread(Passage(first.id, 0, len(first.text)), layers, "pt")
    foreign = replace(first, language="pt", unread=(unread,))
    dossier = replace(whole, documents=(foreign, *others))
    said = "coreference, propositions not read"
    assert " ".join(brief(dossier).split()).endswith(f"is in Portuguese: {said}")
    assert said in to_markdown(dossier)
    assert said in to_html(dossier)
    assert said not in to_html(whole)
