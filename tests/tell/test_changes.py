from dataclasses import replace

from consilience.records import Quantity
from consilience.tell.changes import changes
from tests.tell.sample import sample_dossier


def test_a_dossier_that_says_the_same_has_no_changes() -> None:
    assert changes(sample_dossier(), sample_dossier()) == ()


def test_documents_that_came_changed_and_went_are_named() -> None:
    after = sample_dossier()
    first, second, *others = after.documents
    earlier = replace(second, sha256="0" * 64)
    gone = replace(first, id="d9", name="gone.txt")
    before = replace(after, documents=(earlier, *others, gone))
    assert changes(before, after) == (
        f"new document: {first.name}",
        f"changed document: {second.name}",
        "no longer there: gone.txt",
    )


def test_an_answer_that_changed_is_told_with_what_it_was() -> None:
    after = sample_dossier()
    killed, *others = after.findings
    first, *more = killed.candidates
    assert isinstance(first.value, Quantity)
    seven = replace(first, value=replace(first.value, low=7))
    before = replace(after, findings=(replace(killed, candidates=(seven, *more)), *others))
    assert changes(before, after) == (
        "How many people were killed? was 14 / at least 7 (updated), "
        "is now 14 / at least 9 (updated)",
    )
