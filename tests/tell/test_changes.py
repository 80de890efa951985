from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from consilience.ingest import list_inputs
from consilience.pipeline import run
from consilience.records import About, Comparator, Dossier, Quantity, Relation, RelationKind, Status
from consilience.store import open_store
from consilience.tell.changes import changes, with_changes
from consilience.tell.verify import verify
from tests.small_cases import STARTED, OneReader, Page, page, raw
from tests.tell.sample import sample_dossier

ROOT = Path(__file__).parents[2]


def growing(engine: OneReader, *days: Sequence[Page]) -> list[Dossier]:
    """The states of one case, to which each day's pages are added."""
    store = open_store(None)
    states = [run([raw(one) for one in pages], store, engine, STARTED) for pages in days]
    store.close()
    return states


def told(dossier: Dossier) -> list[str]:
    return [change.text for change in dossier.changes]


EIGHT = page(
    "Eight people died in the blast at Corrin on 4 March 2031, police said.\n\n"
    "“It shook the whole valley,” said Anna Lind, the mayor.",
    "Arlow Press",
    "2031-03-05",
)
THIRTEEN = page(
    "The toll of the blast at Corrin on 4 March 2031 rose to 13, the ministry said on Friday."
    "\n\n“The gas alarm was off,” said Tomas Reyl, an engineer.",
    "Daily Wharf",
    "2031-03-07",
)


def test_the_example_that_grows_is_told_day_by_day(engine: OneReader) -> None:
    store = open_store(None)
    folders = sorted((ROOT / "examples" / "weir").iterdir())
    sunday, monday, wednesday = [
        run(list_inputs([folder]), store, engine, STARTED) for folder in folders
    ]
    store.close()
    assert told(sunday) == []
    first, *others = told(monday)
    assert first == "Killed: 8 → 13 (Norland Wire), the later count"
    assert "Dahl is now told as Karin Dahl" in others
    assert others[-1] == (
        "New document: norland_wire.html (Norland Wire, 9 June 2031), which repeats, word for "
        "word, Coast Courier"
    )
    first, *others = told(wednesday)
    assert first == "Killed: 13 → 11 (Harrow Evening Post and River Radio), the later count"
    assert (
        "Open until now – How did it begin, or why? a cable had rusted through (Harrow Evening "
        "Post)" in others
    )
    assert all(verify(state) == () for state in (sunday, monday, wednesday))


def test_a_dossier_that_says_the_same_has_no_changes() -> None:
    assert changes(sample_dossier(), sample_dossier()) == ()


def test_a_toll_that_rose_stands_before_all_and_the_document_last(engine: OneReader) -> None:
    first, second = growing(engine, [EIGHT], [THIRTEEN])
    assert first.changes == ()
    top, *_, last = second.changes
    assert top.text == "Killed: 8 → 13 (Daily Wharf), the later count"
    assert top.about is About.FIGURE
    (killed,) = (f for f in second.findings if f.slot == "killed")
    assert top.finding_ids == (killed.id,)
    texts = {d.id: d.text for d in second.documents}
    assert any("13" in texts[p.document_id][p.start : p.end] for p in top.passages)
    assert last.text == "New document: Daily Wharf (7 March 2031)"
    assert "New voice: Tomas Reyl" in told(second)
    assert verify(second) == ()


def test_a_figure_that_cannot_stand_beside_another_is_a_new_contradiction(
    engine: OneReader,
) -> None:
    other = {**EIGHT, "text": EIGHT["text"].replace("Eight", "Eleven"), "source": "Norland Times",
             "id": "Norland Times"}  # fmt: skip
    _, second = growing(engine, [EIGHT], [other])
    top = second.changes[0]
    assert top.about is About.CONTRADICTION
    assert "now contradicted, " in top.text
    assert "8 (Arlow Press)" in top.text
    assert "11 (Norland Times)" in top.text


def test_a_contradiction_that_is_gone_is_said() -> None:
    after = sample_dossier()
    killed, *others = after.findings
    why = Relation(0, 1, RelationKind.CONTRADICTORY, "two counts of one night")
    disputed = replace(killed, status=Status.CONTRADICTED, relations=(why,))
    before = replace(after, findings=(disputed, *others))
    (change,) = changes(before, after)
    assert (change.about, change.text) == (About.CONTRADICTION, "Killed: no longer contradicted")
    (back,) = changes(after, before)
    assert back.text.startswith("Killed: now contradicted, at least 9 (")
    assert " against 14 (" in back.text


def test_a_figure_that_somebody_locked_is_told_as_decided() -> None:
    before = sample_dossier()
    killed, *others = before.findings
    chosen = killed.candidates[0].value
    assert chosen != killed.policies.best
    locked = replace(killed, locked_by="Iris", policies=replace(killed.policies, best=chosen))
    (change,) = changes(before, replace(before, findings=(locked, *others)))
    assert change.text.startswith("Killed: 14 → at least 9 (")
    assert change.text.endswith("), as Iris decided")


def test_an_answer_that_is_given_no_more_is_named() -> None:
    after = sample_dossier()
    killed, *others = after.findings
    first, *more = killed.candidates
    assert isinstance(first.value, Quantity)
    seven = replace(first, value=Quantity(7, 7, Comparator.EXACTLY, "person"))
    before = replace(after, findings=(replace(killed, candidates=(seven, *more)), *others))
    (change,) = changes(before, after)
    assert "no longer given: 7" in change.text
    (gone,) = changes(after, replace(after, findings=(killed, *others[1:])))
    assert gone.text.startswith("No longer answered – ")


def test_an_answer_that_a_second_origin_bears_out_no_longer_stands_alone(
    engine: OneReader,
) -> None:
    other = page(
        "Police counted eight dead after the blast in the mine of Corrin on 4 March 2031. A "
        "reporter of this paper saw the stretchers.",
        "Norland Times",
        "2031-03-06",
    )
    _, second = growing(engine, [EIGHT], [other])
    (borne,) = (t for t in told(second) if t.startswith("No longer stands alone"))
    assert "killed: 8" in borne
    assert borne.endswith(" – borne out by Norland Times")


def test_a_copy_is_said_to_be_one_and_changes_no_answer(engine: OneReader) -> None:
    copy = {**EIGHT, "id": "copy", "source": "Daily Wharf"}
    _, second = growing(engine, [EIGHT], [copy])
    assert told(second)[-1] == (
        "New document: copy (Daily Wharf, 5 March 2031), which repeats, word for word, "
        "Arlow Press; no answer changes"
    )


def test_two_reports_that_turn_out_to_be_one_are_told_with_what_joins_them() -> None:
    after = sample_dossier()
    joined = next(o for o in after.origins if len(o.document_ids) == 2)
    one, two = (replace(joined, id=f"o9{d}", document_ids=(d,), links=())
                for d in joined.document_ids)  # fmt: skip
    apart = replace(after, origins=tuple(o for o in after.origins if o is not joined) + (one, two))
    (change,) = changes(apart, after)
    assert change.about is About.ORIGIN
    assert change.text.startswith("What looked like 2 reports is one: ")
    assert change.passages
    (back,) = changes(after, apart)
    assert back.text.startswith("What counted as one report is 2: ")


def test_people_that_turn_out_to_be_one_or_have_a_fuller_name_are_told() -> None:
    after = sample_dossier()
    person = next(e for e in after.entities if e.kind == "person" and len(e.mentions) > 1)
    others = tuple(e for e in after.entities if e is not person)
    first = replace(person, id="e91", mentions=person.mentions[:1])
    second = replace(person, id="e92", name="Somebody Else", mentions=person.mentions[1:])
    before = replace(after, entities=(*others, first, second))
    assert any(
        change.about is About.PERSON and change.text.endswith(f"are one person: {person.name}")
        for change in changes(before, after)
    )
    shorter = replace(person, name="Somebody")
    before = replace(after, entities=(*others, shorter))
    assert [c.text for c in changes(before, after)] == [f"Somebody is now told as {person.name}"]


def test_ids_that_changed_and_letters_written_otherwise_are_no_change() -> None:
    after = sample_dossier()
    entities = tuple(replace(e, name=e.name.upper()) for e in after.entities)
    assert changes(replace(after, entities=entities), after) == ()


def test_a_gap_that_was_filled_is_told_with_what_fills_it(engine: OneReader) -> None:
    bare = page("A blast at Corrin on 4 March 2031 killed eight miners.", "Arlow Press", "")
    hurt = page(
        "Thirty miners were injured in the blast at Corrin on 4 March 2031.", "Daily Wharf", ""
    )
    first, second = growing(engine, [bare], [hurt])
    assert "injured" in {gap.slot for gap in first.missing}
    assert "Open until now – Injured: 30 (Daily Wharf)" in told(second)


def test_told_again_with_nothing_new_an_account_keeps_what_was_new_in_it(
    engine: OneReader,
) -> None:
    store = open_store(None)
    for one in (EIGHT, THIRTEEN):
        second = run([raw(one)], store, engine, STARTED)
    again = run([], store, engine, STARTED)
    assert again == second
    assert len(list(store.dossiers())) == 2
    assert with_changes(second, replace(again, changes=())) == second
    store.close()


def test_verify_rejects_a_change_that_points_nowhere(engine: OneReader) -> None:
    _, second = growing(engine, [EIGHT], [THIRTEEN])
    top, *others = second.changes
    wrong = replace(top, finding_ids=("f99",))
    assert verify(replace(second, changes=(wrong, *others))) == ("changes[0]: no finding f99",)
    lying = replace(top, text=top.text.replace("→ 13", "→ 31"))
    assert any("changes[0]" in line for line in verify(replace(second, changes=(lying, *others))))
