"""What follows from links between happenings, worked by hand."""

from evaluation.ordering import Closure


def test_before_is_handed_on() -> None:
    known = Closure([("fire", "alarm", "BEFORE"), ("alarm", "arrest", "IBEFORE")])
    assert known.relation("fire", "arrest") == "before"
    assert known.relation("arrest", "fire") == "after"


def test_what_lies_within_what_came_later_came_later() -> None:
    known = Closure([("fire", "trial", "BEFORE"), ("verdict", "trial", "IS_INCLUDED")])
    assert known.relation("verdict", "fire") == "after"
    assert known.relation("verdict", "trial") == "while"


def test_of_what_no_link_joins_nothing_is_known() -> None:
    known = Closure([("fire", "alarm", "BEFORE"), ("vote", "alarm", "BEFORE")])
    assert known.relation("fire", "vote") is None
