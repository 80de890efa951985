from dataclasses import replace

from consilience.records import Comparator, Quantity
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
    assert [change.text for change in changes(before, after)] == [
        f"new document: {first.name}",
        f"changed document: {second.name}",
        "no longer there: gone.txt",
    ]


def test_an_answer_that_changed_is_told_with_what_it_was() -> None:
    after = sample_dossier()
    killed, *others = after.findings
    first, *more = killed.candidates
    assert isinstance(first.value, Quantity)
    seven = replace(first, value=replace(first.value, low=7))
    before = replace(after, findings=(replace(killed, candidates=(seven, *more)), *others))
    (change,) = changes(before, after)
    assert change.text == (
        "How many people were killed? was 14 / at least 7 (updated over time), "
        "is now 14 / at least 9 (updated over time)"
    )
    assert change.finding_ids == (killed.id,)


def test_a_figure_that_moved_is_told_with_both_numbers() -> None:
    after = sample_dossier()
    killed, *others = after.findings
    eight = Quantity(8, 8, Comparator.EXACTLY, "person")
    lower = replace(killed.candidates[-1], value=eight)
    policies = replace(killed.policies, best=eight)
    earlier = replace(killed, candidates=(lower,), relations=(), policies=policies)
    before = replace(after, findings=(earlier, *others))
    (change, *_) = changes(before, after)
    assert change.text.startswith("How many people were killed? 8 → 14: was 8 ")


def test_an_answer_that_a_second_origin_bears_out_no_longer_stands_alone() -> None:
    after = sample_dossier()
    killed, *others = after.findings
    first, *more = killed.candidates
    alone, shared = replace(first, n_origins=1), replace(first, n_origins=2)
    before = replace(after, findings=(replace(killed, candidates=(alone, *more)), *others))
    later = replace(after, findings=(replace(killed, candidates=(shared, *more)), *others))
    assert [change.text for change in changes(before, later)] == [
        "How many people were killed? “at least 9” no longer stands alone: 2 independent origins"
    ]
    assert "stands alone now" in changes(later, before)[0].text
