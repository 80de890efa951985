"""The measures of `evaluation/clusters.py` against worked figures."""

import random
from itertools import permutations

import pytest

from evaluation.clusters import b_cubed, ceaf_e, clusters, conll, muc, scored

# The example of Pradhan et al. 2014, worked by hand.
KEY = [frozenset("abc"), frozenset("defg")]
RESPONSE = [frozenset("ab"), frozenset("cd"), frozenset("fghi")]


def test_muc_counts_the_links_kept():
    assert muc(KEY, RESPONSE) == (2, 5)
    assert muc(RESPONSE, KEY) == (2, 5)


def test_b_cubed_sums_over_mentions():
    found, there = b_cubed(KEY, RESPONSE)
    assert found == pytest.approx(5 / 3 + 5 / 4)
    assert there == 7


def test_ceaf_aligns_each_cluster_once():
    assert ceaf_e(KEY, RESPONSE) == pytest.approx(4 / 5 + 4 / 8)


def test_the_same_clusters_score_a_hundred():
    assert conll(KEY, KEY)["CoNLL"] == pytest.approx(100)


def test_clusters_of_one_count_in_b_cubed_and_ceaf_but_not_in_muc():
    one = [frozenset("a"), frozenset("b")]
    assert {name: round(value) for name, value in conll(one, one).items()} == {
        "MUC": 0, "B3": 100, "CEAFe": 100, "CoNLL": 67,
    }  # fmt: skip


def test_ceaf_finds_the_best_alignment_that_trying_all_finds():
    rng = random.Random(3)
    for _ in range(40):
        key = clusters({str(i): str(rng.randrange(5)) for i in range(12)})
        response = clusters({str(i): str(rng.randrange(6)) for i in range(2, 14)})
        short, long = sorted((key, response), key=len)
        best = max(
            sum(2 * len(a & b) / (len(a) + len(b)) for a, b in zip(short, chosen, strict=True))
            for chosen in permutations(long, len(short))
        )
        assert ceaf_e(key, response) == pytest.approx(best)


def test_thousands_of_clusters_are_aligned():
    key = {str(i): str(i // 3) for i in range(9000)}
    response = {str(i): str(i // 4) for i in range(9000)}
    assert conll(clusters(key), clusters(response))["CoNLL"] > 0


def test_what_units_earn_adds_up_to_the_whole():
    key = {m: str(i) for i, c in enumerate(KEY) for m in c}
    response = {m: str(i) for i, c in enumerate(RESPONSE) for m in c}
    unit_of = {m: "first" if m in "abc" else "second" for m in key | response}
    got, whole = scored(key, response, unit_of), conll(KEY, RESPONSE)
    assert got[:4] == pytest.approx([whole[n] for n in ("MUC", "B3", "CEAFe", "CoNLL")])
    assert got.low <= got.conll <= got.high


def test_one_unit_has_no_spread():
    key = {"a": "1", "b": "1", "c": "2"}
    got = scored(key, {"a": "1", "b": "2", "c": "2"}, dict.fromkeys(key, "all"))
    assert got.low == got.conll == got.high
