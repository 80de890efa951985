from dataclasses import replace

from consilience.records import Layer, Passage, Unread
from consilience.tell.brief import brief
from consilience.tell.to_html import to_html
from consilience.tell.to_markdown import to_markdown
from tests.tell.sample import sample_dossier


def test_the_brief_has_the_title_first_and_the_counts_last() -> None:
    paragraphs = brief(sample_dossier()).split("\n\n")
    assert paragraphs[0] == sample_dossier().title
    assert paragraphs[-1].startswith("4 documents, 3 independent origins, ")


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
    assert brief(dossier).replace("\n", " ").endswith(f"is in Portuguese: {said}.")
    assert f"Portuguese ({said})" in to_markdown(dossier)
    assert said in to_html(dossier)
    assert said not in to_html(whole)
