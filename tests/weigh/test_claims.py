"""Claims of invented pages: whose voice they are in, of when, and about what."""

import pytest

from consilience.records import Claim, Dossier, Quantity, Text, When
from consilience.tell.verify import verify
from consilience.wording import say_quantity
from tests.small_cases import OneReader, page, tell, thread, words


def claims(dossier: Dossier, slot: str) -> list[Claim]:
    return [c for c in dossier.claims if c.slot == slot]


def test_a_claim_rests_on_the_words_that_make_it(engine: OneReader) -> None:
    dossier = tell(engine, page("Eight miners died in the blast at Corrin on Monday."))
    (claim,) = claims(dossier, "killed")
    assert words(dossier, claim.passage) == "Eight miners died"
    assert claim.subject_id == dossier.events[0].id


def test_what_the_outlet_itself_says_has_no_voice(engine: OneReader) -> None:
    (claim,) = claims(tell(engine, page("Eight miners died in Corrin on Monday.")), "killed")
    assert claim.voices == ()


def test_a_speaker_is_the_voice_of_what_he_says(engine: OneReader) -> None:
    dossier = tell(engine, page("Eight miners died in Corrin, Mayor Anna Lind said on Monday."))
    (claim,) = claims(dossier, "killed")
    (voice,) = claim.voices
    names = {e.id: e.name for e in dossier.entities}
    assert names[voice.speaker_id or ""] == "Anna Lind"
    assert voice.stance == "says"


def test_a_commenter_is_the_outermost_voice_of_a_comment(engine: OneReader) -> None:
    comments = "My uncle said eight people died in Corrin.", "Close every pit."
    text = thread("A flood swept through the old town of Corrin on Tuesday.", *comments)
    (claim,) = claims(tell(engine, page(text)), "killed")
    assert claim.voices[0].name == "user1"
    assert claim.as_of is not None
    assert claim.as_of.value.startswith("2021-03-12")


def test_a_claim_is_as_of_the_day_of_its_page(engine: OneReader) -> None:
    (claim,) = claims(tell(engine, page("Eight miners died in Corrin on Monday.")), "killed")
    assert claim.as_of is not None
    assert claim.as_of.value == "2024-05-15"


DATED = [
    ("Eight miners died in Corrin, the fire service said on Monday.", "2024-05-13"),
    ("On Monday, the fire service said eight miners had died in Corrin.", "2024-05-13"),
    ("The fire service told reporters in Corrin last week that eight miners had died.", "2024-W19"),
    ("Eight miners died in Corrin on Monday, the fire service said.", "2024-05-15"),
    ("Eight miners died in Corrin, the fire service says.", "2024-05-15"),
    ("After the blast on Monday, the fire service said eight miners had died.", "2024-05-15"),
    ("Eight miners died in Corrin, the fire service said on Wednesday.", "2024-05-15"),
]


@pytest.mark.parametrize(("text", "day"), DATED)
def test_what_somebody_is_told_to_have_said_on_a_day_is_as_of_that_day(
    engine: OneReader, text: str, day: str
) -> None:
    dossier = tell(engine, page(text))
    (claim,) = claims(dossier, "killed")
    assert claim.as_of is not None
    assert claim.as_of.value == day
    assert verify(dossier) == ()


def test_titles_and_ages_are_claims_about_people(engine: OneReader) -> None:
    dossier = tell(
        engine, page("Mayor Anna Lind, 52, resigned. Anna Lind, 8,000 voters said, lied.")
    )
    (title,), (age,) = claims(dossier, "title"), claims(dossier, "age")
    assert title.value == Text("Mayor")
    assert isinstance(age.value, Quantity)
    assert say_quantity(age.value) == "52"
    assert title.subject_id == age.subject_id


def test_an_honorific_is_no_office(engine: OneReader) -> None:
    assert claims(tell(engine, page("Mr. Paul Marek sang in Corrin.")), "title") == []


def test_when_and_where_come_from_what_tells_of_the_main_event(engine: OneReader) -> None:
    text = "A bomb exploded in Corrin on Monday. The mayor had opened a school in Sandrey in 2019."
    dossier = tell(engine, page(text))
    whens = [c.value.value for c in claims(dossier, "when") if isinstance(c.value, When)]
    assert whens == ["2024-05-13"]
    assert [words(dossier, c.passage) for c in claims(dossier, "where")] == ["exploded in Corrin"]
