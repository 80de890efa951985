from typing import Any

import pytest

from evaluation import reading_trivial
from evaluation.reading import scores
from evaluation.reading_beside import Beside
from evaluation.reading_gold import load_readings, locate, parse_reading

HELD: dict[str, Any] = {
    "name": "ferry",
    "published": "2031-05-07",
    "paragraphs": [
        "[ida:Captain Ida Sund] said [ida:she] left the ferry on Monday. "
        "[crew:The ^crew of [line:the line]] stayed."
    ],
    "attributions": [
        {
            "source": "Captain Ida Sund",
            "cue": "said",
            "content": ["she left the ferry on Monday"],
            "speaker": "ida",
            "stance": "says",
            "direct": False,
        }
    ],
    "propositions": [
        {
            "lemma": "leave",
            "predicate": "left",
            "arguments": {
                "ARG0": "she",
                "ARG1": "the ferry",
                "ARGM-TMP": "on ^Monday",
                "ARG2": None,
            },
            "polarity": "positive",
            "factuality": "happened",
        }
    ],
    "times": [{"text": "Monday", "value": "2031-05-05"}],
    "quantities": [],
}


def span(text, words, **more):
    start = text.index(words)
    return {"start": start, "end": start + len(words), **more}


def mention(text, words, head, chain):
    at = text.index(words)
    inside = at + words.index(head)
    return span(
        text,
        words,
        id=f"m{at}",
        head_start=inside,
        head_end=inside + len(head),
        kind="person",
        chain=chain,
    )


def reading(text, *, factuality="happened", pronoun="c1", stance="says"):
    return {
        "document": {"text": text},
        "mentions": [
            mention(text, "Captain Ida Sund", "Ida Sund", "c1"),
            mention(text, "she", "she", pronoun),
            mention(text, "The crew", "crew", "c2"),
        ],
        "times": [span(text, "Monday", value="2031-05-05")],
        "quantities": [],
        "attributions": [
            {
                "id": "a1",
                "source": [span(text, "Ida Sund")],
                "cue": [span(text, "said")],
                "content": [span(text, "she left the ferry on Monday")],
                "speaker": "c1",
                "within": None,
                "stance": stance,
                "direct": False,
            }
        ],
        "propositions": [
            {
                "predicate": span(text, "left"),
                "lemma": "leave",
                "factuality": factuality,
                "polarity": "positive",
                "arguments": [
                    span(text, "she", role="ARG0"),
                    span(text, "the ferry on Monday", role="ARG1"),
                    span(text, "Monday", role="ARGM-TMP"),
                    span(text, "ferry", role="ARG2"),
                ],
            }
        ],
    }


def beside(**changes):
    gold = parse_reading(HELD)
    return Beside(gold, reading(gold.text, **changes))


def test_marks_become_a_text_without_them_and_mentions_with_heads():
    gold = parse_reading(HELD)
    assert gold.text == (
        "Captain Ida Sund said she left the ferry on Monday. The crew of the line stayed."
    )
    heads = [(m.chain, gold.text[m.span.head_start : m.span.head_end]) for m in gold.mentions]
    assert heads == [
        ("ida", "Captain Ida Sund"),
        ("ida", "she"),
        ("line", "line"),
        ("crew", "crew"),
    ]


def test_a_phrase_that_stands_twice_is_refused():
    with pytest.raises(ValueError, match="2 times"):
        locate("He said what he said.", "said")


def test_every_phrase_of_the_bundled_gold_stands_once_in_its_text():
    assert len(load_readings()) == 12


def test_every_speaker_of_the_bundled_gold_is_mentioned_in_its_text():
    for gold in load_readings():
        chains = {m.chain for m in gold.mentions}
        assert {a.speaker for a in gold.attributions if a.speaker} <= chains


def test_a_right_reading_is_right_in_every_layer():
    counts = scores(beside())
    assert str(counts["pronouns"]) == "P 100.0  R 100.0  F1 100.0   of 1"
    assert str(counts["attribution, whole"]) == "P 100.0  R 100.0  F1 100.0   of 1"
    assert str(counts["speaker"]) == "P 100.0  R 100.0  F1 100.0   of 1"
    assert str(counts["times, value"]) == "P 100.0  R 100.0  F1 100.0   of 1"


def test_an_argument_that_shares_half_its_words_is_right_and_an_unscored_role_is_not_counted():
    found = scores(beside())["arguments"]
    assert (found.right_found, found.found, found.right_expected, found.expected) == (3, 3, 3, 3)


def test_a_pronoun_whose_chain_names_nobody_is_wrong():
    one = beside(pronoun="c9")
    assert str(scores(one)["pronouns"]) == "P   0.0  R   0.0  F1   0.0   of 1"
    assert [layer for layer, _ in one.errors] == ["pronoun"]


def test_a_wrong_stance_and_a_wrong_factuality_are_counted_where_they_belong():
    counts = scores(beside(stance="denies", factuality="planned"))
    assert counts["stance"].right_expected == 0
    assert counts["factuality"].right_found == 0
    assert counts["attribution, whole"].right_expected == 1


def test_a_text_that_ingest_changed_is_refused():
    gold = parse_reading(HELD)
    with pytest.raises(ValueError, match="another text"):
        Beside(gold, reading(gold.text) | {"document": {"text": "Other."}})


def test_the_trivial_reader_gives_a_pronoun_to_the_name_before_it():
    gold = parse_reading(HELD)
    assert str(scores(Beside(gold, reading_trivial.read(gold)))["pronouns"]) == (
        "P 100.0  R 100.0  F1 100.0   of 1"
    )


def test_what_is_said_within_a_quotation_is_not_found_by_finding_the_quotation():
    inner = {**HELD["attributions"][0], "source": "The ^crew of the line", "speaker": "crew"}
    gold = parse_reading({**HELD, "attributions": [*HELD["attributions"], inner]})
    counts = scores(Beside(gold, reading(gold.text)))
    assert (counts["speaker"].right_expected, counts["speaker"].expected) == (1, 2)
    assert counts["attribution, content"].right_expected == 1
