"""The scorer of `evaluation/link.py` against hand-worked figures."""

import pytest

from evaluation.link import b_cubed, ceaf_e, conll, muc

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
