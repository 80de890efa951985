"""What a reader expects of an event and no page says."""

from tests.small_cases import OneReader, page, tell
from tests.small_pages import ELECTION, FLOOD, STRIKE


def test_nothing_is_missing_where_everything_is_told(engine: OneReader) -> None:
    assert tell(engine, *FLOOD).missing == ()


def test_a_day_nobody_gives_is_missing(engine: OneReader) -> None:
    assert [m.text for m in tell(engine, *STRIKE).missing] == [
        "No document says on which day it happened."
    ]


def test_nobody_expects_victims_of_an_election(engine: OneReader) -> None:
    assert tell(engine, *ELECTION).missing == ()


def test_victims_of_an_attack_are_expected(engine: OneReader) -> None:
    dossier = tell(engine, page("A bomb exploded on Monday."))
    assert [m.slot for m in dossier.missing] == ["where", "killed", "injured"]
    assert all(m.subject_id == dossier.events[0].id for m in dossier.missing)
