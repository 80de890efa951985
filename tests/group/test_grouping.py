"""A stream that is longer than what is remembered, and one in several runs."""

import random
from pathlib import Path

import pytest

from consilience.dates import when_of
from consilience.errors import InputError
from consilience.group import Bounds, Grouping, Sketch, in_order, load_state, sketch_of, state_of
from tests import factory
from tests.group.test_group import BUDGET, FERRY, FERRY_AGAIN, OTHER_FERRY, page


def sketches(*given: tuple[str, str]) -> list[Sketch]:
    return sorted((sketch_of(page(text, day)) for text, day in given), key=in_order)


def names(grouping: Grouping, n: int) -> list[str]:
    return [grouping.name(i) for i in range(n)]


STREAM = sketches(
    (FERRY, "2031-03-04"), (BUDGET, "2031-03-05"), (FERRY_AGAIN, "2031-03-06"),
    (OTHER_FERRY, "2031-03-07"),
)  # fmt: skip


def test_a_stream_looked_at_piece_by_piece_comes_to_the_same_groups() -> None:
    found = []
    for batch in (1, 2, 100):
        grouping = Grouping(Bounds(batch=batch))
        grouping.add(STREAM)
        found.append(names(grouping, 4))
    assert found[0] == found[1] == found[2]
    assert found[0][0] == found[0][2]
    assert len(set(found[0])) == 3


def test_a_group_that_nothing_joined_for_the_window_is_closed() -> None:
    stream = sketches(
        (FERRY, "2031-03-04"), (FERRY_AGAIN.replace("Tuesday", "Monday"), "2031-03-20")
    )
    for window, n_groups in ((30, 1), (5, 2)):
        grouping = Grouping(Bounds(batch=1, window_days=window))
        grouping.add(stream)
        assert len(set(names(grouping, 2))) == n_groups


def test_of_more_open_documents_than_are_remembered_the_oldest_are_closed() -> None:
    grouping = Grouping(Bounds(batch=1, open=1))
    grouping.add(STREAM)
    assert len(set(names(grouping, 4))) == 4


def test_a_later_run_goes_on_where_an_earlier_one_ended(tmp_path: Path) -> None:
    first = Grouping()
    first.add(STREAM[:2])
    path = tmp_path / "state"
    path.write_text(state_of(first))
    second = load_state(path)
    assert state_of(second) == state_of(first)
    n_before = second.n_documents
    second.add(STREAM[2:])
    assert second.name(n_before) == first.name(0)
    assert second.name(n_before + 1) not in names(first, 2)


def test_no_group_that_was_named_is_joined_to_another() -> None:
    both = f"{FERRY} {FERRY_AGAIN}"
    apart = sketches((FERRY, "2031-03-04"), (BUDGET, "2031-03-04"))
    first = Grouping()
    first.add(apart)
    second = Grouping()
    second.restore(first.saved())
    second.add(sketches((both, "2031-03-05"), (f"{BUDGET} {FERRY_AGAIN}", "2031-03-05")))
    assert names(second, 2) == names(first, 2)
    assert len(set(names(second, 2))) == 2


def test_a_state_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "state"
    path.write_text("{}")
    with pytest.raises(InputError, match="name one that --state wrote"):
        load_state(path)


def test_a_copy_is_of_the_earliest_that_says_so() -> None:
    given = [factory.document(FERRY, name) for name in "abc"]
    day = when_of("2031-03-04")
    assert day is not None
    rng = random.Random(1)
    grouping = Grouping()
    stream = sorted((sketch_of(one) for one in rng.sample(given, 3)), key=in_order)
    grouping.add(stream)
    assert [grouping.original(i) for i in range(3)] == [0, 0, 0]
