"""Found by words: any text, any query."""

from hypothesis import given
from hypothesis import strategies as st

from consilience.store.words import Term, Wanted, WordIndex

TEXTS = ("Nueve muertos en Peñafrán", "Nine dead in ferry fire", "The FIRE was out. Fire!")
INDEX = WordIndex(TEXTS)


def found(*words: str, without: str | None = None, is_beginning: bool = False) -> tuple[int, ...]:
    term = Term(words, is_beginning)
    return INDEX.find(Wanted((term,), (Term((without,)),) if without else ()))


def test_case_and_accents_count_for_nothing() -> None:
    assert found("penafran") == found("PEÑAFRÁN") == (0,)


def test_the_best_come_first() -> None:
    assert found("fire") == (2, 1)


def test_words_of_a_phrase_stand_together() -> None:
    assert found("ferry", "fire") == (1,)
    assert found("fire", "ferry") == ()


def test_a_beginning_and_what_must_not_be_there() -> None:
    assert found("fe", is_beginning=True) == (1,)
    assert found("fire", without="ferry") == (2,)


@given(st.lists(st.text(max_size=20), min_size=1, max_size=5), st.booleans(), st.text(max_size=9))
def test_no_words_are_an_operator(words: list[str], is_beginning: bool, other: str) -> None:
    wanted = Wanted((Term(tuple(words), is_beginning),), (Term((other,)),))
    assert set(INDEX.find(wanted)) <= {0, 1, 2}
