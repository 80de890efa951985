"""Markdown to text and kinds."""

from consilience.ingest.markdown import rendered
from consilience.records import PartKind


def test_marks_go_and_words_stay() -> None:
    source = "The **mayor** said _no_ to [the paper](https://a.example/b_c_d) about `x_y`, 3 \\* 4."
    assert rendered(source).text == "The mayor said no to the paper about `x_y`, 3 * 4."


def test_headings_and_pictures_have_their_kinds() -> None:
    found = rendered(
        "# Bridge falls\n\n![Divers on the bank](a.jpg)\nIt fell.\n\nAfter\n=====\nNo."
    )
    assert found.text == "Bridge falls\n\nDivers on the bank\n\nIt fell.\n\nAfter\n\nNo."
    assert found.kinds == {0: PartKind.HEADLINE, 1: PartKind.CAPTION, 3: PartKind.HEADLINE}


def test_quotations_and_lists_keep_their_marks() -> None:
    source = "> It shook.\n\n- four dead\n- three missing"
    assert rendered(source).text == source


def test_front_matter_is_metadata() -> None:
    found = rendered('---\ntitle: "Bridge falls"\ndate: 2021-05-03\nlayout: post\n---\nIt fell.')
    assert found.text == "It fell."
    assert found.given.title == "Bridge falls"
    assert found.given.published is not None
    assert found.given.published.value == "2021-05-03"


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert rendered("---\nIt fell.").text == "It fell."
