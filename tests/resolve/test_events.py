"""The main event of small invented cases, and what is told beside it."""

import pytest

from consilience.records import Claim, Dossier, Event
from tests.small_cases import OneReader, claimed, main_day, main_places, page, tell
from tests.small_pages import ELECTION, FLOOD, STRIKE, TRIAL, UNDATED


def beside(dossier: Dossier) -> list[str]:
    return [said(event) for event in dossier.events[1:]]


def said(event: Event) -> str:
    return f"{event.kind} {event.when.value if event.when else None}"


@pytest.mark.parametrize(
    ("pages", "kind", "day", "place"),
    [
        (FLOOD, "disaster", "14 May 2024", "Corrin"),
        (ELECTION, "vote", "2 June 2024", "Norland"),
        (TRIAL, "court case", "9 November 2023", "Sandrey"),
        (STRIKE, "strike", None, "Sandrey"),
        (UNDATED, "injuries", None, "Corrin"),
    ],
)
def test_the_main_event_has_its_kind_day_and_place(
    pages, kind, day, place, engine: OneReader
) -> None:
    dossier = tell(engine, *pages)
    assert dossier.events[0].kind == kind
    assert main_day(dossier) == day
    assert main_places(dossier)[0] == place


def test_the_main_event_is_what_most_documents_tell_of(engine: OneReader) -> None:
    pages = [
        page("A ferry with forty passengers sank off Corrin on May 3, 2024.", "Echo"),
        page("Divers searched the ferry that sank off Corrin on May 3, 2024.", "Post"),
        page(
            "Gunmen shot a judge in Sandrey on May 9, 2024. Gunmen shot a baker there on May 9, "
            "2024. Police arrested two men on May 9, 2024.",
            "Wharf",
        ),
    ]
    assert main_day(tell(engine, *pages)) == "3 May 2024"


def test_an_undated_sentence_belongs_to_the_day_last_spoken_of(engine: OneReader) -> None:
    text = (
        "A ferry sank off Corrin on May 3, 2024. Nine passengers drowned.\n\n"
        "On May 29, 2024, a fire swept the harbour. Four people died."
    )
    dossier = tell(engine, page(text, published="2024-05-30"))
    days = {e.id: e.when.value for e in dossier.events if e.when}
    killed = {claim_number(c): days[c.subject_id] for c in dossier.claims if c.slot == "killed"}
    assert killed == {9: "2024-05-03", 4: "2024-05-29"}


def claim_number(claim: Claim) -> int:
    return int(getattr(claim.value, "low", 0))


def test_a_page_a_day_off_tells_of_the_same_event(engine: OneReader) -> None:
    pages = [
        page("A ferry sank off Corrin on May 3, 2024. Nine people died.", "Echo"),
        page("Divers searched the ferry that sank off Corrin on May 3, 2024.", "Post"),
        page("A ferry sank off Corrin on May 4, 2024. Ten people died.", "Wharf"),
    ]
    dossier = tell(engine, *pages)
    assert main_day(dossier) == "3 May 2024"
    assert beside(dossier) == []
    assert len(claimed(dossier, "killed")) == 2


def test_another_day_is_another_event(engine: OneReader) -> None:
    text = (
        "A ferry sank off Corrin on May 3, 2024, and nine people died. "
        "Another ferry had sunk off Corrin in March 1998."
    )
    dossier = tell(engine, page(text, published="2024-05-04"))
    assert main_day(dossier) == "3 May 2024"
    assert beside(dossier) == ["accident 1998-03"]


def test_the_toll_of_another_event_is_not_the_toll_of_this_one(engine: OneReader) -> None:
    text = (
        "A ferry sank off Corrin on May 3, 2024, and nine people died. "
        "In March 1998 another ferry sank off Corrin and 52 people died."
    )
    dossier = tell(engine, page(text, published="2024-05-04"))
    main = [c for c in dossier.claims if c.subject_id == dossier.events[0].id]
    assert [claim_number(c) for c in main if c.slot == "killed"] == [9]


def test_a_narrower_place_stands_before_the_one_that_holds_it(engine: OneReader) -> None:
    pages = [
        page("A bomb exploded in Corrin, Norland, on May 3, 2024.", "Echo"),
        page("Norland mourns. A bomb exploded in Corrin, Norland, on May 3, 2024.", "Post"),
    ]
    assert main_places(tell(engine, *pages))[:2] == ["Corrin", "Norland"]


def test_a_settlement_stands_before_a_building(engine: OneReader) -> None:
    text = "A bomb exploded at Halden Hospital in Corrin on May 3, 2024."
    assert main_places(tell(engine, page(text)))[0] == "Corrin"


def test_where_nothing_else_is_named_the_dateline_says_where(engine: OneReader) -> None:
    text = "CORRIN, May 4 (Arlow Press) - A bomb exploded in a crowded market on Friday."
    assert main_places(tell(engine, page(text, published="2024-05-04"))) == ["CORRIN"]


def test_what_the_sentence_names_goes_before_the_dateline(engine: OneReader) -> None:
    text = "SANDREY, May 4 (Arlow Press) - A bomb exploded in a market in Corrin on Friday."
    assert main_places(tell(engine, page(text, published="2024-05-04")))[0] == "Corrin"


def test_an_undated_page_is_dated_by_what_the_others_tell(engine: OneReader) -> None:
    undated = page("A ferry with a school class sank off Corrin on Friday. Nine died.", "Post", "")
    dated = page(
        "A ferry with a school class sank off Corrin on May 3, 2024.", "Echo", "2024-05-04"
    )
    dossier = tell(engine, dated, undated)
    assert main_day(dossier) == "3 May 2024"
    assert beside(dossier) == []
    (late,) = [d for d in dossier.documents if d.source == "Post"]
    assert late.published is not None
    assert late.published_basis == "inferred"


def test_a_rescue_the_day_after_is_not_the_event_dated_differently(engine: OneReader) -> None:
    pages = [
        page("A train full of pupils derailed near Corrin on May 3, 2024.", "Echo"),
        page("Five people died when a train derailed near Corrin on May 3, 2024.", "Post"),
        page("Firemen freed the twelve pupils from the last coach on May 4, 2024.", "Wharf"),
    ]
    dossier = tell(engine, *pages)
    assert main_day(dossier) == "3 May 2024"
    assert beside(dossier) == ["release 2024-05-04"]
    assert [len(f.candidates) for f in dossier.findings if f.slot == "when"] == [1]
