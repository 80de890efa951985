"""Posts that stand beside a name, on invented text."""

import pytest

from consilience.records import Text
from consilience.weigh.posts import ends_in_post, posts_of
from tests.small_cases import OneReader, page, tell

GIVEN = [
    ("Chief executive Lise Marn resigned in Corrin on Monday.", {"Chief executive"}),
    ("Lise Marn, its finance director, resigned in Corrin on Monday.", {"finance director"}),
    ("Bo Ferrin, 58, the harbour master, was shot in Corrin.", {"harbour master"}),
    ("Colonel Bo Ferrin, the police commander of Corrin, spoke on Monday.",
     {"Colonel", "police commander of Corrin"}),
    ("Lise Marn, who is the prosecutor, left the court in Corrin.", {"prosecutor"}),
    ("Lise Marn, the mayor's neighbour, left the court in Corrin.", set()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "offices"), GIVEN)
def test_a_post_beside_a_name_is_claimed(engine: OneReader, text: str, offices: set[str]) -> None:
    titles = {c.value for c in tell(engine, page(text)).claims if c.slot == "title"}
    assert titles == {Text(office) for office in offices}


def test_a_candidate_for_a_post_does_not_hold_it() -> None:
    assert not ends_in_post("mayor candidate")
    assert ends_in_post("acting Fire Chief")


def test_a_post_is_known_in_any_spelling() -> None:
    assert posts_of("Harbour Master of Corrin") == posts_of("harbor master")


@pytest.mark.parametrize("title", ["mayor's aide", "spokesman for the sheriff", "clerk to a judge"])
def test_who_works_for_a_post_does_not_hold_it(title: str) -> None:
    assert posts_of(title) == frozenset()
