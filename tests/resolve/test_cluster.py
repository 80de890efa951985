"""Clusters from links, with what must stay apart."""

from hypothesis import given
from hypothesis import strategies as st

from consilience.records import Judgement, Kind, Verdict
from consilience.resolve.between import TOLD
from consilience.resolve.chains import Chain
from consilience.resolve.cluster import cluster
from tests.resolve.marked import case, chain, grouped


def one(key: str, kind: Kind = Kind.PERSON) -> Chain:
    return Chain(key, "d", kind, (key,), (), (), ((0, 0),))


def link(a: str, b: str, score: float, verdict: Verdict = Verdict.SAME) -> Judgement:
    return Judgement(a, b, verdict, score, "consilience.test", "")


def keys(judgements, names="abcd"):
    groups = cluster([one(n) for n in names], judgements, lambda _a, _b: False)
    return ["".join(c.key for c in group) for group in groups]


def test_links_join_what_they_reach():
    assert keys([link("a", "b", 0.9), link("b", "c", 0.9)]) == ["abc", "d"]


def test_a_weaker_link_does_not_join_what_is_said_to_differ():
    apart = link("a", "d", 0.9, Verdict.DIFFERENT)
    assert keys([link("a", "b", 0.9), link("c", "d", 0.9), link("b", "c", 0.7), apart]) == [
        "ab",
        "cd",
    ]


def written(key, *forms):
    return Chain(key, "d", Kind.PERSON, forms, (), (), ((0, 0),))


def joined(chains, judgements):
    return ["".join(c.key for c in g) for g in cluster(chains, judgements, lambda _a, _b: False)]


def test_one_weak_link_does_not_fuse_two_clusters_of_several_names():
    chains = [one(n) for n in "abcd"]
    pairs = [link("a", "b", 0.95), link("c", "d", 0.95)]
    assert joined(chains, [*pairs, link("b", "c", 0.7)]) == ["ab", "cd"]
    assert joined(chains, [*pairs, link("b", "c", 0.95)]) == ["abcd"]
    assert joined(chains, [*pairs, link("b", "c", 0.7), link("a", "d", 0.7)]) == ["abcd"]


def test_a_weak_link_joins_one_name_to_a_cluster_of_many():
    chains = [one(n) for n in "abc"]
    assert joined(chains, [link("a", "b", 0.95), link("b", "c", 0.7)]) == ["abc"]


def test_clusters_of_one_name_are_joined_by_one_weak_link():
    chains = [written("a", "Ek"), written("b", "Ek"), written("c", "Bo Ek"), written("d", "Bo Ek")]
    pairs = [link("a", "b", 0.95), link("c", "d", 0.95)]
    assert joined(chains, [*pairs, link("b", "c", 0.7)]) == ["abcd"]


def test_what_the_text_says_is_one_outranks_what_names_say():
    judged = [link("a", "b", 0.95, Verdict.DIFFERENT), link("a", "b", TOLD)]
    assert joined([one("a"), one("b")], judged) == ["ab"]


def test_a_link_below_the_threshold_joins_nothing():
    assert keys([link("a", "b", 0.3)]) == ["a", "b", "c", "d"]


def test_two_kinds_of_thing_are_never_one():
    chains = [one("a"), one("b", Kind.PLACE)]
    assert len(cluster(chains, [link("a", "b", 1.0)], lambda _a, _b: False)) == 2


def test_an_analyst_outranks_us_both_ways():
    def by_analyst(a, b, verdict):
        return Judgement(a, b, verdict, 1.0, "analyst:ida", "asked her")

    apart = by_analyst("b", "a", Verdict.DIFFERENT)
    assert keys([link("a", "b", 0.99), apart]) == ["a", "b", "c", "d"]
    together = by_analyst("a", "b", Verdict.SAME)
    assert keys([link("a", "b", 0.99, Verdict.DIFFERENT), together]) == ["ab", "c", "d"]


def test_the_last_word_of_an_analyst_counts():
    first = Judgement("a", "b", Verdict.SAME, 1.0, "analyst", "")
    second = Judgement("a", "b", Verdict.DIFFERENT, 1.0, "analyst", "")
    assert keys([first, second]) == ["a", "b", "c", "d"]


def test_an_analyst_can_part_what_is_spelt_the_same():
    texts = case(["[PERSON:a Anna Lind] spoke.", "[PERSON:b Anna Lind] fled."])
    apart = Judgement(
        chain(texts, 0, "Anna Lind"),
        chain(texts, 1, "Anna Lind"),
        Verdict.DIFFERENT,
        1.0,
        "analyst",
        "another Anna Lind",
    )
    assert len(grouped(texts)) == 1
    assert len(grouped(texts, [apart])) == 2


pairs = st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")).filter(
    lambda p: p[0] != p[1]
)
judgements = st.lists(
    st.builds(
        lambda pair, score, verdict: link(pair[0], pair[1], score, verdict),
        pairs,
        st.floats(0, 0.98),
        st.sampled_from([Verdict.SAME, Verdict.DIFFERENT]),
    ),
    max_size=20,
)


@given(judgements, st.randoms())
def test_nothing_said_to_differ_is_joined_and_no_order_matters(made, random):
    groups = keys(made, "abcdef")
    for judgement in made:
        if judgement.verdict is Verdict.DIFFERENT:
            assert not any(
                judgement.left_id in group and judgement.right_id in group for group in groups
            )
    shuffled = list(made)
    random.shuffle(shuffled)
    assert keys(shuffled, "fedcba") == groups
