"""Scores of predicates and arguments, worked by hand."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from consilience.read.encoder import Argument, Parse, Predicate, Word
from evaluation.predicates import score

WORDS = (("Gunmen", "NOUN", 1, "nsubj"), ("shot", "VERB", -1, "root"), ("two", "NUM", 3, "nummod"),
         ("guards", "NOUN", 1, "obj"))  # fmt: skip


def sentence(*predicates: Predicate) -> Parse:
    words = tuple(
        Word(
            i * 10,
            i * 10 + 5,
            text,
            {"shot": "shoot"}.get(text, text),
            upos,
            "",
            head,
            rel,
            "O",
            "",
        )
        for i, (text, upos, head, rel) in enumerate(WORDS)
    )
    return Parse(0, 40, words, (), predicates)


GOLD = sentence(Predicate(1, "shoot.02", 0.0, (Argument("ARG0", 0, 1), Argument("ARG1", 2, 4))))


def test_what_is_all_right_scores_a_hundred() -> None:
    said = replace(GOLD, predicates=(replace(GOLD.predicates[0], sense="02"),))
    found = score([GOLD], lambda gold, given: said)
    assert {found[layer] for layer in ("predicates", "with roleset", "arguments, end to end")} == {
        100
    }


def test_a_wrong_end_costs_the_words_but_not_the_head() -> None:
    shorter = (Argument("ARG0", 0, 1), Argument("ARG1", 3, 4))

    def read(gold: Parse, given: Mapping[int, str] | None) -> Parse:
        return sentence(Predicate(1, "02", 0.0, shorter))

    found = score([GOLD], read)
    assert found["arguments, gold predicates"] == pytest.approx(50)
    assert found["  heads, gold predicates"] == 100


def test_a_predicate_missed_takes_its_arguments_along_end_to_end() -> None:
    def read(gold: Parse, given: Mapping[int, str] | None) -> Parse:
        return sentence() if given is None else GOLD

    found = score([GOLD], read)
    assert found["predicates"] == 0
    assert found["arguments, end to end"] == 0
    assert found["arguments, gold predicates"] == 100
