"""One suite for every engine."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from consilience.engine import Engine, LocalEngine
from consilience.errors import InputError, ModelError
from consilience.records import Failure

ENGINES = {"here": LocalEngine(1), "two beside": LocalEngine(2, beside_from=0), "Spark": None}


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
    chosen: Engine | None = request.param
    return chosen or request.getfixturevalue("spark")


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


def tell(key: str, values: Iterator[bytes]) -> str:
    if key == "empty":
        raise InputError("empty: no text")
    if key == "bug":
        raise ZeroDivisionError
    return f"{key}: {b' '.join(values).decode()}"


def make_telling() -> Callable[[str, Iterator[bytes]], str]:
    return tell


def count(key: str, values: Iterator[bytes]) -> int:
    return sum(1 for _ in values)


def make_counting() -> Callable[[str, Iterator[bytes]], int]:
    return count


def test_the_values_of_each_key_come_together_and_all_in_order(engine: Engine) -> None:
    pairs = [("b", b"2"), ("a\U0001f600", b"x"), ("a\uffff", b"y"), ("b", b"1"), ("b", b"2")]
    expected = [("a\uffff", "a\uffff: y"), ("a\U0001f600", "a\U0001f600: x"), ("b", "b: 1 2 2")]
    for given in (pairs, pairs[::-1]):
        assert list(engine.reduce("tell", make_telling, given)) == expected


def test_an_expected_error_on_a_key_becomes_its_failure(engine: Engine) -> None:
    pairs = [("c", b"1"), ("empty", b""), ("a", b"")]
    expected = [("a", "a: "), ("c", "c: 1"), ("empty", Failure("empty", "tell", "empty: no text"))]
    assert list(engine.reduce("tell", make_telling, pairs)) == expected


def test_a_bug_on_a_key_ends_the_run(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError):
        list(engine.reduce("tell", make_telling, [("a", b"1"), ("bug", b"1")]))


def test_no_pairs_give_nothing(engine: Engine) -> None:
    assert list(engine.reduce("tell", make_telling, [])) == []


def test_many_values_of_one_key_are_counted_whole(engine: Engine) -> None:
    pairs = [(f"k{i % 7 if i % 2 else 0}", bytes(i % 256)) for i in range(5000)]
    found = dict(engine.reduce("count", make_counting, pairs))
    assert found == Counter(key for key, _ in pairs)


def test_here_what_was_made_serves_the_next_call_too() -> None:
    made = []

    def make_counted() -> Callable[[Page], str]:
        made.append(1)
        return shout

    engine = LocalEngine()
    for _ in range(2):
        list(engine.map("read", make_counted, [Page("a"), Page("b")]))
    assert len(made) == 1
