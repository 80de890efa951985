"""Rules made from a word and its lemma, and what they make of other words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consilience.read.lemmas import find_lemma, lemma_rule


@pytest.mark.parametrize(
    ("word", "lemma", "rule"),
    [
        ("killed", "kill", "lower|ed|"),
        ("Officers", "officer", "lower|s|"),
        ("Lind", "Lind", "keep||"),
        ("MEXICO", "Mexico", "title||"),
        ("were", "be", "lower|were|be"),
    ],
)
def test_a_rule_is_the_smallest_edit(word: str, lemma: str, rule: str) -> None:
    assert lemma_rule(word, lemma) == rule


def test_a_rule_says_nothing_of_a_word_without_its_ending() -> None:
    assert find_lemma("arrested", "lower|ed|") == "arrest"
    assert find_lemma("arrest", "lower|ed|") is None
    assert find_lemma("ed", "lower|ed|") is None


@given(st.text(min_size=1), st.text(st.characters(exclude_characters="|"), min_size=1))
def test_a_rule_leads_back_to_its_lemma(word: str, lemma: str) -> None:
    if "|" not in word:
        assert find_lemma(word, lemma_rule(word, lemma)) == lemma
