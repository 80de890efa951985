"""Who did it where pages name rivals, and for what captives were let go."""

import pytest

from consilience.records import Dossier, Finding, Text
from tests.small_cases import OneReader, findings, named, page, tell

A, B = "Arlow Gazette", "Corrin Post"
HELD = "on Tuesday, 14 May 2024, in Corrin"


def rivals(dossier: Dossier, slot: str) -> list[set[str]]:
    """The answers of each contradicted finding of a slot."""
    return [named(dossier, f) for f in findings(dossier, slot) if f.status == "contradicted"]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (
            f"Federal police stormed the radio station {HELD}. One man was killed.",
            f"The army retook the radio station {HELD}. One man was killed.",
            {"Federal police", "army"},
        ),
        (
            f"Rebels shot down a military helicopter {HELD}, killing six soldiers.",
            f"A helicopter was shot down by an army missile battery {HELD}. Six soldiers died.",
            {"Rebels", "army missile battery"},
        ),
        (
            f"The kidnapping of three geologists {HELD} was the work of the Northern Front.",
            f"The men who abducted three geologists {HELD} were policemen, a survivor said.",
            {"Northern Front", "policemen"},
        ),
        (
            f"Sheriff's deputies raided a farm {HELD} and one man was killed.",
            f"FBI agents raided the farm {HELD}, a neighbour said. One man was killed.",
            {"deputies", "FBI agents"},
        ),
        (
            f"City police opened fire on strikers {HELD}, killing three.",
            f"Three strikers were shot dead {HELD}. It was company guards, and not the police, who"
            " fired on the crowd, a miner said.",
            {"City police", "company guards"},
        ),
    ],
)
def test_an_act_of_one_doer_has_rivals_in_two_pages(
    engine: OneReader, left: str, right: str, expected: set[str]
) -> None:
    assert rivals(tell(engine, page(left, A), page(right, B)), "agent") == [expected]


def test_two_voices_of_one_page_can_be_rivals(engine: OneReader) -> None:
    text = (
        f"Four students were shot dead {HELD}. The rector said soldiers had opened fire. The army's"
        " spokesman said that campus police had fired the shots."
    )
    assert rivals(tell(engine, page(text)), "agent") == [{"soldiers", "campus police"}]


def test_gunmen_may_be_anybody(engine: OneReader) -> None:
    left = f"Gunmen kidnapped three geologists {HELD}, officials said."
    right = f"The men who abducted three geologists {HELD} were policemen, a survivor said."
    assert rivals(tell(engine, page(left, A), page(right, B)), "agent") == []


def test_different_prices_of_a_release_are_rivals(engine: OneReader) -> None:
    left = f"Two nurses were freed {HELD} after their hospital paid a ransom of $200,000."
    right = f"The two nurses were released {HELD} in return for two trucks of medicine."
    dossier = tell(engine, page(left, A), page(right, B))
    assert rivals(dossier, "freed") == [{"ransom of $200,000", "two trucks of medicine"}]


def test_a_ransom_that_was_not_paid_is_no_price(engine: OneReader) -> None:
    text = f"Two nurses were freed {HELD}. They were released although no ransom was paid."
    found = findings(tell(engine, page(text)), "freed")
    assert not any(named_text.startswith("ransom") for f in found for named_text in _texts(f))


def _texts(finding: Finding) -> list[str]:
    return [c.value.text for c in finding.candidates if isinstance(c.value, Text)]
