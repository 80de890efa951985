"""Both sides are heard, each from its own page."""

from tests.small_cases import OneReader, account, page, tell

_CLASH = "Students clashed with guards in Marwick on Monday and three people were hurt."
_WIRE = page(
    f"{_CLASH} The Free Students' League had called the march against higher fees.", "Bell"
)
_PAPER = page(f"{_CLASH} The march was called by the Free Students' League.", "Drum")
_LEAGUE = page(
    "Fees in Marwick will rise by a third next year. The Free Students' League had asked the"
    " minister twice for talks, and he never replied to its letters.",
    "Free Students' League",
)
_POLICE = page(
    "Officers found iron bars and bottles hidden in a bus near the station of Marwick.",
    "Marwick Police",
)


def test_each_side_is_told_by_its_own_statement(engine: OneReader) -> None:
    told = account(tell(engine, _WIRE, _PAPER, _LEAGUE, _POLICE))
    assert any(s.endswith("according to Free Students' League.") for s in told)
    assert any(s.endswith("according to Marwick Police.") for s in told)


def test_an_outlet_is_no_side(engine: OneReader) -> None:
    quoting = page(f"{_CLASH} A guard spoke to the Marwick Gazette.", "Drum")
    paper = page("Pigeons watched the station of Marwick from its roof.", "Marwick Gazette")
    told = account(tell(engine, _WIRE, quoting, paper))
    assert not any("Pigeons" in s for s in told)
