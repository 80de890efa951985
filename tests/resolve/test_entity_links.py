"""Given mentions linked within and across invented documents."""

import re

import pytest

from consilience.records import Kind, Mention, Passage, Reading
from consilience.resolve.entity_links import link_entities
from consilience.resolve.referring import singular
from tests.factory import document

_MARK = re.compile(r"\[(?:(?P<kind>[A-Z]+)(?P<chain>\d*):)?(?P<words>[^\]]*)\]")
_KINDS = {"P": Kind.PERSON, "O": Kind.ORGANIZATION, "L": Kind.PLACE, "T": Kind.TIME}


def linked(*texts):
    """The groups of what stands in brackets, as "words" by the number of the document.

    "[P1:Anna Lind] … [P1:she]": the kind and the number of the chain in our reading, if any.
    """
    documents, readings, mentions, words = [], {}, {}, {}
    for number, marked in enumerate(texts):
        plain, at, spans = "", 0, []
        for mark in _MARK.finditer(marked):
            plain += marked[at : mark.start()]
            spans.append((len(plain), mark))
            plain += mark["words"]
            at = mark.end()
        made = document(plain + marked[at:], f"{number}.txt")
        ours = []
        for i, (start, mark) in enumerate(spans):
            where = Passage(made.id, start, start + len(mark["words"]))
            mentions[f"{number}.{i:02}"] = where
            words[f"{number}.{i:02}"] = f"{number} {mark['words']}"
            if mark["kind"]:
                first = start + mark["words"].rfind(" ") + 1
                ours.append(
                    Mention(
                        id=f"m{i}",
                        passage=where,
                        head=Passage(made.id, first, where.end),
                        kind=_KINDS[mark["kind"]],
                        named=mark["words"][0].isupper(),
                        chain_id=f"c{mark['chain'] or f'x{i}'}",
                    )
                )
        lines = [Passage(made.id, s.start(), s.end()) for s in re.finditer(r"[^.]+\.?", made.text)]
        documents.append(made)
        readings[made.id] = Reading(made.id, tuple(lines), tuple(ours), (), (), (), (), "hand")
    groups: dict[str, list[str]] = {}
    for id_, cluster in link_entities(documents, readings, mentions).items():
        groups.setdefault(cluster, []).append(words[id_])
    return sorted(groups.values())


FERRY = (
    "The ferry Aurelia ran aground off Port Halden at dawn near the Skerry light; tugs towed the"
    " hull of the Aurelia to Port Halden. "
)
VAULT = (
    "A vault in the Kessler bank at Dunmore was emptied overnight; alarms at the Kessler bank in"
    " Dunmore had been cut. "
)


def test_one_noun_is_one_thing_within_a_story_and_another_in_the_next():
    got = linked(
        FERRY + "The [P:captain] was held.",
        FERRY + "The [P:captain] wept.",
        VAULT + "The [P:captain] of the guards was asked.",
        VAULT + "A [P:captain] was shown.",
    )
    assert got == [["0 captain", "1 captain"], ["2 captain", "3 captain"]]


def test_one_robber_is_not_two_robbers():
    got = linked(VAULT + "The [P:robber] ran.", VAULT + "The [P:robbers] ran.")
    assert got == [["0 robber"], ["1 robbers"]]


def test_nouns_that_news_puts_for_one_another_are_one_within_a_story():
    got = linked(VAULT + "The [P:thieves] ran.", VAULT + "The [P:robbers] ran.")
    assert got == [["0 thieves", "1 robbers"]]


def test_a_full_name_is_one_person_in_any_story():
    got = linked(FERRY + "[P:Tessa Oduya] swam.", VAULT + "[P:Tessa Oduya] called.")
    assert got == [["0 Tessa Oduya", "1 Tessa Oduya"]]


def test_two_names_are_never_joined_through_a_word_for_both():
    got = linked(
        FERRY + "[P1:Tessa Oduya], the [P1:captain], swam.",
        FERRY + "[P1:Bram Ekholm], the [P1:captain], swam.",
    )
    assert not any("0 Tessa Oduya" in group and "1 Bram Ekholm" in group for group in got)


def test_a_pronoun_goes_to_the_last_one_it_can_mean():
    got = linked(FERRY + "[P:Tessa Oduya] warned the [P:father] and [P:she] swam.")
    assert got == [["0 Tessa Oduya", "0 she"], ["0 father"]] or ["0 she"] not in got
    assert ["0 father", "0 she"] not in got


def test_a_place_is_not_what_stands_in_it_and_a_spelling_is_no_other_name():
    got = linked(
        FERRY + "In [L:Halden] the [O:Halden Rescue Centre] opened.",
        FERRY + "The [O:Halden Rescue Center] is in [L:Halden].",
    )
    assert got == [
        ["0 Halden", "1 Halden"],
        ["0 Halden Rescue Centre", "1 Halden Rescue Center"],
    ]


def test_figures_tell_two_sums_apart():
    got = linked(VAULT + "They took [40 bars] and [60 bars].", VAULT + "They took [40 bars].")
    assert got == [["0 40 bars", "1 40 bars"], ["0 60 bars"]]


def test_an_empty_case_has_no_clusters():
    assert link_entities((), {}, {}) == {}


@pytest.mark.parametrize(
    ("word", "one"),
    [("thieves", "thief"), ("women", "woman"), ("cities", "city"), ("churches", "church"),
     ("bus", "bus"), ("boss", "boss"), ("knives", "knife"), ("children", "child")],
)  # fmt: skip
def test_the_singular_of_a_noun(word, one):
    assert singular(word) == one
