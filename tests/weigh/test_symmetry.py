"""That the order in which two answers are given changes nothing, whatever they are."""

from hypothesis import given
from hypothesis import strategies as st

from consilience.dates import when_of
from consilience.records import Comparator, Quantity, Text, Value
from consilience.weigh.relations import relate
from consilience.weigh.sides import Side

DAYS = st.sampled_from(["2022-05-02", "2022-05-03", "2022-07-01", "2022-05"]).map(when_of)
OFFICES = ["Mayor", "Sheriff", "former Mayor", "Warden", "chief executive", "finance director"]
NUMBERS = st.builds(
    lambda low, comparator, unit: Quantity(low, low, comparator, unit),
    st.integers(0, 12),
    st.sampled_from([Comparator.EXACTLY, Comparator.AT_LEAST, Comparator.ABOUT]),
    st.sampled_from(["person", "officer"]),
)


def sides(values: st.SearchStrategy[Value]) -> st.SearchStrategy[Side]:
    documents = st.frozensets(st.sampled_from("abc"), min_size=1)
    return st.builds(
        lambda value, held, said: Side(value, held, said, said), values, documents, DAYS
    )


@given(sides(NUMBERS), sides(NUMBERS), st.sampled_from(["killed", "injured", "age", "count:shot"]))
def test_two_numbers_stand_to_each_other_alike_either_way(a: Side, b: Side, slot: str) -> None:
    assert relate(slot, a, b)[0] is relate(slot, b, a)[0]


@given(sides(st.sampled_from(OFFICES).map(Text)), sides(st.sampled_from(OFFICES).map(Text)))
def test_two_offices_stand_to_each_other_alike_either_way(a: Side, b: Side) -> None:
    assert relate("title", a, b)[0] is relate("title", b, a)[0]


@given(sides(DAYS), sides(DAYS))
def test_two_times_stand_to_each_other_alike_either_way(a: Side, b: Side) -> None:
    assert relate("when", a, b)[0] is relate("when", b, a)[0]
