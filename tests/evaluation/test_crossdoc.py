from consilience.records import Passage
from evaluation.crossdoc import Gold, matched


def test_our_mention_is_the_shortest_gold_one_that_holds_its_head():
    gold = Gold(
        passages={"d:0": Passage("d", 0, 20), "d:1": Passage("d", 5, 10)},
        cluster={"d:0": "x", "d:1": "y"},
        unit={"d:0": "u", "d:1": "u"},
        validated=frozenset(),
        sentences=(Passage("d", 0, 30),),
    )
    own = {"a": Passage("d", 5, 10), "b": Passage("d", 25, 28), "c": Passage("d", 40, 44)}
    found = {"a": "1", "b": "2", "c": "3"}
    assert matched(own, found, gold) == {"d:1": "1", "d:ours b": "2"}
