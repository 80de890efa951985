"""Undated documents dated by what they share with others; the events are invented."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from consilience.dates import when_of
from consilience.read.encoder import Encoder
from consilience.read.segment import segment
from consilience.read.times import find_times
from consilience.records import (
    DateBasis,
    Document,
    Judgement,
    Part,
    PartKind,
    Passage,
    Reading,
    Verdict,
)
from consilience.resolve.dating import apply_dates, date_documents
from consilience.resolve.tellings import anchored_times
from tests.factory import document

AGENCY = (
    "A grain barge sank in the Orle estuary on March 3, drowning nine deckhands.\n\n"
    "Divers searched the estuary for the barge's pilot."
)
WEEKDAYS = (
    "Nine deckhands drowned when a full grain barge sank in the Orle estuary on Thursday.\n\n"
    "The harbour master resigned on Friday, his lawyer said."
)
NIGHT = (
    "A barge loaded with grain sank in the Orle estuary on Thursday night, and nine deckhands "
    "drowned.\n\nNobody has been charged."
)
MONTH_DAY = "The grain barge went down in the Orle estuary on March 3. Its owner has not spoken."
UPDATED = (
    "Nine deckhands died when the grain barge sank in the Orle estuary in March.\n\n"
    "An inquest opened in early June."
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def page(
    name: str, text: str, published: str | None = None, updated: str | None = None
) -> Document:
    return replace(
        document(text, name),
        published=when_of(published) if published else None,
        published_basis=DateBasis.GIVEN if published else None,
        updated=when_of(updated) if updated else None,
    )


def read(encoder: Encoder, of: Document) -> Reading:
    parses = [encoder.parse(of.text, s.tokens) for s in segment(of.text)]
    return Reading(
        of.id,
        tuple(Passage(of.id, p.start, p.end) for p in parses),
        (), find_times(of, parses), (), (), (), "test", tuple(p.vector for p in parses),
    )  # fmt: skip


def judged(encoder: Encoder, *pages: Document) -> dict[str, Judgement]:
    """The judgements by the name of the document."""
    names = {of.id: of.name for of in pages}
    made = date_documents(pages, {of.id: read(encoder, of) for of in pages})
    return {names[judgement.left_id]: judgement for judgement in made}


def test_two_weekdays_and_a_dated_telling_give_the_day(encoder: Encoder) -> None:
    found = judged(encoder, page("a", AGENCY, "2016-03-04"), page("b", WEEKDAYS))
    assert found["b"].right_id == "2016-03-04"
    assert found["b"].verdict is Verdict.DATES
    assert "Thursday, 3 March 2016 in a" in found["b"].reason


def test_one_weekday_gives_the_days_just_after_it(encoder: Encoder) -> None:
    found = judged(encoder, page("a", AGENCY, "2016-03-04"), page("b", NIGHT))
    assert found["b"].right_id == "2016-03-04/2016-03-06"


def test_a_day_without_a_year_is_dated_from_that_day_on(encoder: Encoder) -> None:
    found = judged(encoder, page("a", AGENCY, "2016-03-04"), page("b", MONTH_DAY))
    assert found["b"].right_id.startswith("2016-03-03/")


def test_an_updated_stamp_is_only_the_last_day_possible(encoder: Encoder) -> None:
    stamped = page("b", UPDATED, updated="2016-11-20")
    found = judged(encoder, page("a", AGENCY, "2016-03-04"), stamped)
    assert found["b"].right_id == "2016-06-01/2016-10-01"
    assert "speaks of June 2016 as past" in found["b"].reason
    (dated,) = apply_dates([stamped], tuple(found.values()))
    values = [t.when.value for t in anchored_times(dated, read(encoder, stamped))]
    assert values == ["2016-03", "2016-06"]


def test_a_late_page_is_not_of_the_weekday_it_names(encoder: Encoder) -> None:
    late = (
        "The grain barge that sank in the Orle estuary on March 3, drowning nine deckhands, had "
        "no pilot aboard.\n\nIts owner was charged on Wednesday."
    )
    other = AGENCY + "\n\nOn Wednesday, March 2, the barge had left the grain port."
    found = judged(encoder, page("a", other, "2016-03-04"), page("b", late))
    first, last = (date.fromisoformat(day) for day in found["b"].right_id.split("/"))
    assert date(2016, 3, 3) <= first < last
    assert last - first > timedelta(days=28)


def test_a_page_is_dated_by_the_days_it_names_itself(encoder: Encoder) -> None:
    text = "The ferry was towed in on 12 May 2017.\n\nIts captain was held on Saturday."
    found = judged(encoder, page("b", text))
    assert found["b"].right_id == "2017-05-13/2017-05-15"
    assert "names Friday, 12 May 2017 with its year" in found["b"].reason


def test_a_year_on_is_counted_from_the_day_the_others_tell_of(encoder: Encoder) -> None:
    late = (
        "A year on, Orle rings the bell.\n\nIt rang nine times on Friday, once for each deckhand."
    )
    found = judged(encoder, page("a", AGENCY, "2016-03-04"), page("b", late))
    assert found["b"].right_id == "2017-03-03/2017-03-06"
    assert "“A year on” is counted from Thursday, 3 March 2016" in found["b"].reason


def test_one_other_page_that_tells_of_the_weekday_is_enough(encoder: Encoder) -> None:
    other = "Three guards were killed at a depot in Velm early on Sunday."
    mine = "A night watch ended in bloodshed on Sunday."
    found = judged(encoder, page("a", other, "2017-05-15"), page("b", mine))
    assert found["b"].right_id == "2017-05-14/2017-05-17"


def test_a_page_stood_there_before_its_first_comment(encoder: Encoder) -> None:
    text = "A crane fell on a tram in Velm on Tuesday.\n\nI was on that tram."
    of = page("b", text)
    comment = Part(
        Passage(of.id, 44, len(text)), PartKind.COMMENT, "x", when_of("2018-05-10T01:20")
    )
    of = replace(of, parts=(comment,))
    found = judged(encoder, of)
    assert found["b"].right_id == "2018-05-09"
    (dated,) = apply_dates([of], tuple(found.values()))
    assert dated.published_basis is DateBasis.INFERRED
    assert anchored_times(dated, read(encoder, of))[0].when.value == "2018-05-08"


def test_what_is_dated_in_one_round_dates_others_in_the_next(encoder: Encoder) -> None:
    text = (
        "A chemist was shot in Garmeth on Monday, three weeks after the lab fire of April 17.\n\n"
        "Terrible news."
    )
    commented = page("a", text)
    comment = Part(Passage(commented.id, 87, len(text)), PartKind.COMMENT, "x",
                   when_of("2018-05-08T15:00"))  # fmt: skip
    commented = replace(commented, parts=(comment,))
    other = page(
        "b", "The lab fire in Garmeth on Tuesday killed two chemists. It burned all Wednesday."
    )
    found = judged(encoder, commented, other)
    assert found["a"].right_id == "2018-05-08"
    assert found["b"].right_id == "2018-04-18"


def test_no_order_of_the_documents_changes_a_date(encoder: Encoder) -> None:
    pages = [
        page("a", AGENCY, "2016-03-04"),
        page("b", WEEKDAYS),
        page("c", NIGHT),
        page("d", MONTH_DAY),
    ]
    assert judged(encoder, *pages) == judged(encoder, *reversed(pages))


def test_a_page_about_something_else_stays_undated(encoder: Encoder) -> None:
    other = page("b", "The chess final was won by a schoolgirl on Sunday.")
    assert judged(encoder, page("a", AGENCY, "2016-03-04"), other) == {}


def test_a_given_date_is_never_replaced() -> None:
    given = page("a", AGENCY, "2016-03-04")
    wrong = Judgement(given.id, "2017-01-01", Verdict.DATES, 1.0, "test", "")
    assert apply_dates([given], [wrong]) == (given,)


def test_the_weekdays_of_a_quoted_text_stay_unknown(encoder: Encoder) -> None:
    text = "The paper wrote:\n\nThe barge sank on Thursday. An inquest opened in December."
    of = page("b", text, "2016-06-20")
    of = replace(of, parts=(Part(Passage(of.id, 18, len(text)), PartKind.QUOTED),))
    values = [t.when.value for t in anchored_times(of, read(encoder, of))]
    assert values == ["XXXX-WXX-4", "2015-12"]
