"""One suite for every engine."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from consilience.engine import Engine, LocalEngine
from consilience.errors import InputError, ModelError
from consilience.records import Failure

ENGINES = {"here": LocalEngine(1), "two beside": LocalEngine(2, beside_from=0)}


@dataclass(frozen=True)
class Page:
    name: str


def shout(page: Page) -> str:
    if page.name == "empty":
        raise InputError("empty: no text")
    if page.name == "bug":
        raise ZeroDivisionError
    return page.name.upper()


def make() -> Callable[[Page], str]:
    return shout


def make_without_model() -> Callable[[Page], str]:
    raise ModelError("no model here")


@pytest.fixture(params=list(ENGINES.values()), ids=list(ENGINES))
def engine(request: pytest.FixtureRequest) -> Engine:
    chosen: Engine = request.param
    return chosen


def test_results_come_in_the_order_of_the_items(engine: Engine) -> None:
    pages = [Page(f"p{i}") for i in range(40)]
    assert list(engine.map("read", make, pages)) == [f"P{i}" for i in range(40)]


def test_an_expected_error_becomes_a_failure_and_the_rest_goes_on(engine: Engine) -> None:
    results = list(engine.map("read", make, [Page("a"), Page("empty"), Page("b")]))
    assert results == ["A", Failure("empty", "read", "empty: no text"), "B"]


def test_a_bug_ends_the_run(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError):
        list(engine.map("read", make, [Page("a"), Page("bug")]))


def test_what_cannot_be_made_ends_the_run_with_its_own_error(engine: Engine) -> None:
    with pytest.raises(ModelError, match="no model here"):
        list(engine.map("read", make_without_model, [Page("a")]))


def test_nothing_is_made_for_no_items(engine: Engine) -> None:
    assert list(engine.map("read", make_without_model, [])) == []


def test_here_what_was_made_serves_the_next_call_too() -> None:
    made = []

    def make_counted() -> Callable[[Page], str]:
        made.append(1)
        return shout

    engine = LocalEngine()
    for _ in range(2):
        list(engine.map("read", make_counted, [Page("a"), Page("b")]))
    assert len(made) == 1
