import itertools

import numpy as np
import pytest

from consilience.read.arguments import best_arguments

TAGS = ("O", "B-ARG0", "I-ARG0", "B-ARG1", "I-ARG1", "B-ARGM-TMP", "I-ARGM-TMP")
WORDS = "Miners , shouting , stopped the trains on Friday .".split()
STOPPED = 4


def scored(*tags: str, sure: float = 4.0) -> np.ndarray:
    rows = np.zeros((1, len(tags), len(TAGS)), dtype=np.float32)
    for i, tag in enumerate(tags):
        rows[0, i, TAGS.index(tag)] = sure
    return rows


def test_runs_of_tags_are_arguments() -> None:
    scores = scored(*"B-ARG0 O O O O B-ARG1 I-ARG1 B-ARGM-TMP I-ARGM-TMP O".split())
    assert best_arguments(scores, [STOPPED], TAGS, WORDS) == [
        [("ARG0", 0, 1), ("ARG1", 5, 7), ("ARGM-TMP", 7, 9)]
    ]


def test_marks_at_an_edge_are_no_part() -> None:
    scores = scored(*"B-ARG0 I-ARG0 O O O O O B-ARGM-TMP I-ARGM-TMP I-ARGM-TMP".split())
    found = best_arguments(scores, [STOPPED], TAGS, WORDS)[0]
    assert found == [("ARG0", 0, 1), ("ARGM-TMP", 7, 9)]


def test_a_predicate_is_no_part_of_its_own_argument() -> None:
    scores = scored(*"O O O O B-ARG1 I-ARG1 I-ARG1 O O O".split())
    assert all(first > STOPPED for _, first, _ in best_arguments(scores, [STOPPED], TAGS, WORDS)[0])


def test_of_two_stretches_of_a_core_role_the_surer_stays_and_those_that_touch_are_one() -> None:
    scores = scored(*"B-ARG0 O B-ARG0 O O B-ARG1 B-ARG1 O O O".split())
    scores[0, 2, 1] = 9.0
    found = best_arguments(scores, [STOPPED], TAGS, WORDS)[0]
    assert found == [("ARG0", 2, 3), ("ARG1", 5, 7)]


@pytest.mark.parametrize("seed", range(5))
def test_the_tags_are_the_best_of_all_that_are_legal(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(1, 4, 5)).astype(np.float32)
    scores[0, 3, 1:] = -1e4

    def legal(path: tuple[int, ...]) -> bool:
        pairs = zip((0, *path), path, strict=False)
        return all(b % 2 or not b or a in (b, b - 1) for a, b in pairs)

    paths = filter(legal, itertools.product(range(5), repeat=4))
    best = max(paths, key=lambda p: sum(scores[0, i, tag] for i, tag in enumerate(p)))
    roles = ("O", "B-ARGM-A", "I-ARGM-A", "B-ARGM-B", "I-ARGM-B")
    tags = ["O"] * 4
    for role, first, last in best_arguments(scores, [3], roles, "a b c d".split())[0]:
        tags[first:last] = [f"B-{role}", *[f"I-{role}"] * (last - first - 1)]
    assert tags == [roles[tag] for tag in best]
