"""An event that a great part of a stream tells of is one group, and wars are many."""

import random
from collections import Counter
from functools import cache
from itertools import pairwise

import pytest

from bench.streams import Kind, line, stream
from consilience.group import Bounds, Grouping, Sketch, in_order, sketch_of
from consilience.group.large import joins
from consilience.group.likeness import Page
from consilience.ingest import ingest_json
from consilience.records import Document

RARE = tuple(f"name{i}" for i in range(12))


def pages(n: int, names: tuple[str, ...], days: tuple[int, ...] = (100,)) -> list[Page]:
    """Of these names, and of as many other words that only pages of these days have."""
    words = (*names, *(f"word{i} of {days}" for i in range(len(names))))
    weights = ((1 / len(words)) ** 0.5,) * len(words)
    rarity = dict.fromkeys(names, 0.05)
    return [Page(f"{names}{days}{i}", words, weights, rarity, days, 8.0) for i in range(n)]


def test_two_large_groups_of_the_same_names_are_one_event() -> None:
    groups = {0: pages(9, RARE[:6]), 9: pages(9, RARE[:6], (103,))}
    assert list(joins(groups)) == [(0, 9)]


def test_groups_of_the_same_size_as_small_ones_are_left_to_their_documents() -> None:
    groups = {0: pages(8, RARE[:6]), 8: pages(8, RARE[:6], (103,))}
    assert list(joins(groups)) == []


def test_large_groups_that_share_only_some_of_their_names_stay_apart() -> None:
    groups = {0: pages(9, RARE[:8]), 9: pages(9, RARE[4:])}
    assert list(joins(groups)) == []


def test_a_year_lies_between_two_events() -> None:
    groups = {0: pages(9, RARE[:6]), 9: pages(9, RARE[:6], (465,))}
    assert list(joins(groups)) == []


def test_a_document_joins_the_large_group_whose_names_it_names() -> None:
    groups = {0: pages(9, RARE[:6]), 9: pages(1, RARE[:5]), 10: pages(1, RARE[6:])}
    assert list(joins(groups)) == [(0, 9)]


def test_the_surest_come_first() -> None:
    groups = {
        0: pages(9, RARE[:6]), 9: pages(1, RARE[:6], (108,)), 10: pages(1, RARE[:6]),
    }  # fmt: skip
    assert list(joins(groups)) == [(0, 10), (0, 9)]


@cache
def sketches(n: int, kind: Kind) -> list[tuple[Sketch, int]]:
    found = []
    for one, event in stream(n, kind):
        for document in ingest_json(line(one).encode(), one["id"]):
            assert isinstance(document, Document)
            found.append((sketch_of(document), event))
    return sorted(found, key=lambda pair: in_order(pair[0]))


def grouped(given: list[tuple[Sketch, int]], bounds: Bounds | None = None) -> list[str]:
    grouping = Grouping(bounds)
    grouping.add(sketch for sketch, _ in given)
    return [grouping.name(i) for i in range(len(given))]


def test_half_of_a_stream_is_one_event() -> None:
    given = sketches(240, Kind.HALF)
    names = grouped(given)
    great = Counter(name for name, (_, event) in zip(names, given, strict=True) if event < 0)
    ((first, n_first),) = great.most_common(1)
    assert n_first > 0.85 * great.total()
    assert {e for name, (_, e) in zip(names, given, strict=True) if name == first} == {-1}


@pytest.mark.slow
def test_events_of_one_war_stay_apart() -> None:
    given = sketches(600, Kind.WAR)
    events: dict[str, Counter[int]] = {}
    for name, (_, event) in zip(grouped(given), given, strict=True):
        events.setdefault(name, Counter())[event] += 1
    n_right = sum(max(found.values()) for found in events.values())
    assert n_right > 0.97 * len(given)


def test_what_was_named_before_is_not_joined_to_another() -> None:
    given = sketches(240, Kind.HALF)
    first = Grouping(Bounds(batch=20))
    first.add(sketch for sketch, _ in given[:120])
    second = Grouping()
    second.restore(first.saved())
    kept = [second.name(i) for i in range(second.n_documents)]
    second.add(sketch for sketch, _ in given[120:])
    assert [second.name(i) for i in range(len(kept))] == kept


def test_the_order_of_what_is_given_changes_no_pair() -> None:
    groups = {
        0: pages(9, RARE[:6]), 9: pages(12, RARE[:6], (104,)), 21: pages(1, RARE[:5]),
        22: pages(1, RARE[1:6]), 23: pages(10, RARE[:7], (107,)),
    }  # fmt: skip
    found = list(joins(groups))
    assert len(found) >= 4
    shuffled = list(groups.items())
    rng = random.Random(3)
    for _ in range(5):
        rng.shuffle(shuffled)
        assert list(joins(dict(shuffled))) == found
    assert all(a != b for a, b in pairwise(found))
