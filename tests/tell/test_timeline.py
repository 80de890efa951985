"""Dated happenings of small invented cases."""

from consilience.records import Dossier
from tests.small_cases import OneReader, page, tell, words
from tests.small_pages import FLOOD


def told(dossier: Dossier) -> list[str]:
    return [f"{entry.when.value} {entry.text}" for entry in dossier.timeline]


def test_a_happening_stands_once_with_all_that_date_it(engine: OneReader) -> None:
    dossier = tell(engine, *FLOOD)
    (flood,) = [t for t in dossier.timeline if t.when.value == "2024-05-14"]
    assert {p.document_id for p in flood.passages} == {d.id for d in dossier.documents}
    assert flood.text in {" ".join(words(dossier, p).split()) for p in flood.passages}


def test_what_happened_stands_in_the_order_of_time(engine: OneReader) -> None:
    assert [t.when.value for t in tell(engine, *FLOOD).timeline] == [
        "2011-03",
        "2024-05-14",
        "2024-05-18",
        "2024-05-19",
    ]


def test_the_vaguer_of_two_dates_comes_first(engine: OneReader) -> None:
    text = (
        "The company bought the old mill in Corrin in 2018. It fired forty weavers in January "
        "2018. On January 1, 2018, the mayor of Sandrey sang a song."
    )
    assert [t.when.value for t in tell(engine, page(text)).timeline] == [
        "2018",
        "2018-01",
        "2018-01-01",
    ]


def test_what_is_still_planned_is_absent_and_what_was_planned_for_the_past_present(
    engine: OneReader,
) -> None:
    text = (
        "The council plans to open the bridge in Corrin on June 3, 2025. "
        "The court was to hear the case of the miller on March 4, 2023."
    )
    assert told(tell(engine, page(text))) == [
        "2023-03-04 The court was to hear the case of the miller on March 4, 2023."
    ]


def test_what_is_still_to_come_has_not_happened(engine: OneReader) -> None:
    text = "Joan Halle won the election on May 12, 2024. Halle takes office on June 1, 2024."
    assert [t.when.value for t in tell(engine, page(text)).timeline] == ["2024-05-12"]


def test_the_day_of_saying_does_not_date_what_is_said(engine: OneReader) -> None:
    text = "Twelve people died in the flood on Tuesday, police in Corrin said on Friday."
    dossier = tell(engine, page(text, published="2024-05-18"))
    assert [t.when.value for t in dossier.timeline] == ["2024-05-14"]


def test_a_dateline_is_no_happening(engine: OneReader) -> None:
    text = "CORRIN, Norland, May 14 (Arlow Press) - A bomb exploded in a market on Monday."
    assert [t.when.value for t in tell(engine, page(text)).timeline] == ["2024-05-13"]


def test_comments_are_no_happenings(engine: OneReader) -> None:
    article = "A bomb exploded in the old market of Corrin on Monday."
    comment = "user1 on March 12th, 2021 at 18:20 UTC »\n\nMy uncle died in Corrin in 1999."
    dossier = tell(engine, page(f"{article}\n\n{comment}", published="2021-03-11"))
    assert [t.when.value for t in dossier.timeline] == ["2021-03-08"]


def test_an_entry_names_the_figures_it_tells(engine: OneReader) -> None:
    dossier = tell(engine, *FLOOD)
    (flood,) = [t for t in dossier.timeline if t.when.value == "2024-05-14"]
    slots = {c.id: c.slot for c in dossier.claims}
    assert "killed" in {slots[k] for k in flood.claim_ids}
