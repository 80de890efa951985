from dataclasses import replace

from consilience.tell.brief import brief
from tests.tell.sample import sample_dossier


def test_the_brief_has_the_title_first_and_the_counts_last() -> None:
    paragraphs = brief(sample_dossier()).split("\n\n")
    assert paragraphs[0] == sample_dossier().title
    assert paragraphs[-1].startswith("4 documents, 3 independent origins, ")


def test_a_documents_control_characters_do_not_reach_the_terminal() -> None:
    hostile = replace(sample_dossier(), title="\x1b[2J\u202eoops")
    assert brief(hostile).splitlines()[0] == "\ufffd[2J\ufffdoops"
