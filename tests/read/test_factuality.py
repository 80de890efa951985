"""Whether invented sentences say that something happened, and by which word.

`cases/factuality.jsonl` holds a sentence a line with one predicate of it; the cue is null where
no single word decides.
"""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from consilience.dates import when_of
from consilience.read import Reader
from consilience.records import Factuality, Polarity, Proposition
from tests.factory import document

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "cases/factuality.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
# Of the cases; the rest are what the syntax is misread in. With the weights of November 2026.
RIGHT_MIN = 0.97


def told(text: str, predicate: str, reader: Reader) -> Proposition | None:
    page = document(text)
    start = text.index(predicate)
    found = (p for p in reader(page).propositions if p.predicate.start == start)
    return next(found, None)


def test_what_is_denied_doubted_planned_or_supposed_is_no_fact(reader: Reader) -> None:
    wrong = []
    for case in CASES:
        proposition = told(case["text"], case["predicate"], reader)
        said = proposition.factuality if proposition else None
        if said != case["factuality"]:
            wrong.append((case["text"], case["predicate"], said))
    assert len(wrong) <= (1 - RIGHT_MIN) * len(CASES), wrong


def test_each_way_of_being_told_has_ten_cases() -> None:
    for factuality in Factuality:
        assert sum(case["factuality"] == factuality for case in CASES) >= 10


@pytest.mark.parametrize(
    ("text", "predicate", "cue"),
    [
        ("Police did not arrest the driver.", "arrest", "not"),
        ("The crew failed to rescue the captain.", "rescue", "failed"),
        ("The dam may collapse.", "collapse", "may"),
        ("The alleged murder shocked Arlow.", "murder", "alleged"),
        ("If the dam collapses, 300 people will die.", "die", "If"),
        ("Soldiers shelled the village.", "shelled", None),
    ],
)
def test_the_word_that_decides_is_kept(
    text: str, predicate: str, cue: str | None, reader: Reader
) -> None:
    proposition = told(text, predicate, reader)
    assert proposition is not None
    words = proposition.factuality_cue
    assert (text[words.start : words.end] if words else None) == cue


@pytest.mark.parametrize(
    ("text", "predicate", "polarity"),
    [
        ("The army will not withdraw its troops.", "withdraw", Polarity.NEGATIVE),
        ("The army will withdraw its troops.", "withdraw", Polarity.POSITIVE),
        ("The pilot avoided hitting the tower.", "hitting", Polarity.NEGATIVE),
        ("The mayor did not resign until Friday.", "resign", Polarity.POSITIVE),
    ],
)
def test_polarity_says_whether_it_is_negated(
    text: str, predicate: str, polarity: Polarity, reader: Reader
) -> None:
    proposition = told(text, predicate, reader)
    assert proposition is not None
    assert proposition.polarity is polarity


@pytest.mark.parametrize(
    ("text", "factuality"),
    [
        ("The museum opens on 9 May 2031.", "planned"),
        ("The museum opened on 9 May 2031.", "happened"),
        ("The museum opens on 2 May 2031.", "happened"),
    ],
)
def test_what_is_told_in_the_present_of_a_later_day_is_planned(
    text: str, factuality: str, reader: Reader
) -> None:
    page = replace(document(text), published=when_of("2031-05-04"))
    (opening,) = [p for p in reader(page).propositions if p.lemma == "open"]
    assert opening.factuality == factuality
