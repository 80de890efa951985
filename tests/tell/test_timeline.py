"""Dated happenings of small invented cases."""

from consilience.records import Dossier, Factuality
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
        "2025-06",
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


def test_what_is_planned_is_told_as_planned(engine: OneReader) -> None:
    text = (
        "The council plans to open the bridge in Corrin on June 3, 2025. "
        "The court was to hear the case of the miller on March 4, 2023. "
        "Halle takes office on June 1, 2024. Joan Halle won the election on May 12, 2024."
    )
    assert [(t.when.value, str(t.status)) for t in tell(engine, page(text)).timeline] == [
        ("2023-03-04", "planned"),
        ("2024-05-12", "happened"),
        ("2024-06-01", "planned"),
        ("2025-06-03", "planned"),
    ]


def test_a_plan_that_another_page_tells_as_done_is_done(engine: OneReader) -> None:
    before = "The dockers of Corrin will vote on the offer on May 17."
    after = "The dockers of Corrin voted on the offer on May 17, and 400 said yes."
    dossier = tell(
        engine,
        page(before, published="2024-05-14"),
        page(after, "Norland Times", published="2024-05-18"),
    )
    (vote,) = dossier.timeline
    assert vote.status is Factuality.HAPPENED
    assert len({p.document_id for p in vote.passages}) == 2


def test_the_exact_time_stands_for_the_vaguer_one_of_the_same_happening(engine: OneReader) -> None:
    first = "A bomb exploded in the old market of Corrin on Tuesday, killing four people."
    second = "The explosion in the market happened at 10.40am on May 14."
    dossier = tell(engine, page(first), page(second, "Norland Times"))
    (blast,) = dossier.timeline
    assert blast.when.value == "2024-05-14T10:40"
    assert len(blast.passages) == 2


def test_two_happenings_of_one_day_stay_two(engine: OneReader) -> None:
    text = (
        "A bomb exploded in the old market of Corrin on Tuesday, killing four people. "
        "The mayor of Sandrey married a singer on Tuesday."
    )
    assert len(tell(engine, page(text)).timeline) == 2


def test_the_days_that_pages_give_one_happening_stand_side_by_side(engine: OneReader) -> None:
    told = "A bomb exploded in the old market of Corrin on {}, killing four people."
    dossier = tell(
        engine,
        page(told.format("May 14"), published="2024-05-18"),
        page(told.format("May 14"), "Norland Times", published="2024-05-18"),
        page(told.format("May 13"), "Arlow Herald", published="2024-05-18"),
    )
    (blast,) = dossier.timeline
    assert [(c.when.value, c.n_documents) for c in blast.conflicts] == [
        ("2024-05-14", 2),
        ("2024-05-13", 1),
    ]
    assert blast.when.value == "2024-05-14"


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


def test_what_is_undated_is_placed_by_what_has_a_date(engine: OneReader) -> None:
    text = (
        "A bomb exploded in the old market of Corrin on Tuesday, killing four people. "
        "Police arrested a baker after the explosion."
    )
    bomb, arrest = tell(engine, page(text, published="2024-05-16")).timeline
    assert arrest.placed is not None
    assert (str(arrest.placed.relation), arrest.placed.of_id) == ("after", bomb.event_id)
    assert arrest.when.value == "2024-05-14/2024-05-16"


def test_a_sentence_of_two_happenings_gives_each_its_own_words(engine: OneReader) -> None:
    text = "In February the mill in Corrin burned down; in March the miller left the country."
    assert told(tell(engine, page(text))) == [
        "2024-02 In February the mill in Corrin burned down",
        "2024-03 in March the miller left the country.",
    ]


def test_days_that_are_counted_from_another_happening_date_one(engine: OneReader) -> None:
    text = "The mayor of Corrin resigned on April 2, a day after police arrested her husband."
    assert told(tell(engine, page(text, published="2024-04-05"))) == [
        "2024-04-01 police arrested her husband.",
        "2024-04-02 The mayor of Corrin resigned on April 2",
    ]


def test_days_counted_first_date_what_follows(engine: OneReader) -> None:
    text = (
        "A fire destroyed the mill in Corrin on April 2. "
        "Three days after the fire, police arrested a baker."
    )
    dossier = tell(engine, page(text, published="2024-04-09"))
    assert [t.when.value for t in dossier.timeline] == ["2024-04-02", "2024-04-05"]


def test_one_interview_is_one_occasion(engine: OneReader) -> None:
    text = (
        "The dam was never safe, the engineer Paul Marek told the Gazette on Tuesday. "
        "The valley knew it for years. Marek confirmed to the Gazette that he had warned the town."
    )
    (interview,) = tell(engine, page(text)).timeline
    assert len(interview.passages) == 2


def test_a_copied_sentence_is_a_source_whatever_its_page_calls_today(engine: OneReader) -> None:
    copied = "A bomb exploded in the old market of Corrin on Tuesday, killing four people."
    thread = f"I found this.\n\n> {copied}"
    dossier = tell(engine, page(copied), page(thread, "Norland Forum", published="", title="Talk"))
    (blast,) = [t for t in dossier.timeline if t.when.value == "2024-05-14"]
    assert len({p.document_id for p in blast.passages}) == 2


def test_a_stretch_with_known_ends_is_one_entry(engine: OneReader) -> None:
    text = "The ferry of Corrin was closed from May 3 to May 9."
    (closed,) = tell(engine, page(text)).timeline
    assert closed.when.value == "2024-05-03/2024-05-09"


def test_who_may_print_a_page_is_no_happening(engine: OneReader) -> None:
    text = (
        "A gunman shot two clerks in Marwick on Monday. The TM and Copyright 2016 Bell Broadcasting"
        " Inc. Used under license. Harwick Mail logo TM and Copyright 2016 Harwick Broadcasting."
    )
    dossier = tell(engine, page(text, "Bell", "2016-05-17"))
    assert not [e for e in dossier.timeline if "Copyright" in e.text]
    assert not [s for s in dossier.account if "Copyright" in s.text]
