"""Which question a counted thing answers, from invented sentences to the findings of a case."""

import pytest

from consilience.records import Quantity
from tests.small_cases import OneReader, claimed, figures, findings, page, tell, thread


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A bus crash killed eight people and injured another 21 near Corrin on Monday.",
            {"killed": ["8"], "injured": ["21"]},
        ),
        (
            "Eight people were killed and more than 20 wounded when a bomb exploded in Corrin.",
            {"killed": ["8"], "injured": ["more than 20"]},
        ),
        ("The death toll rose to 13 on Friday, police in Corrin said.", {"killed": ["13"]}),
        ("The toll from the flood in Corrin rose to 13.", {"killed": ["13"]}),
        (
            "Two officers and nine soldiers were killed in the ambush at Corrin.",
            {"killed": ["11"]},
        ),
        ("Gunmen took 14 people hostage at a bank in Corrin.", {"detained": ["14"]}),
        ("The earthquake claimed 40 lives in Corrin.", {"killed": ["40"]}),
        (
            "At least 40 people lost their lives in the earthquake in Corrin.",
            {"killed": ["at least 40"]},
        ),
        ("Nine passengers drowned near Corrin on Monday.", {"killed": ["9"]}),
        ("Police arrested 33 protesters in Corrin on Sunday.", {"detained": ["33"]}),
        ("The rebels freed 12 hostages on Tuesday.", {"freed": ["12"]}),
        (
            "A tanker burned in Corrin on Monday. Seven people were treated at a clinic for burns."
            " Four have been released.",
            {},
        ),
        (
            "One of the hostages is in hospital. Rebels released 5 nuns on Tuesday.",
            {"freed": ["5"]},
        ),
        ("Nine people are missing after the ferry sank off Corrin.", {"missing": ["9"]}),
        ("The storm forced 4,000 people from their homes.", {"displaced": ["4,000"]}),
        ("About 4,000 people fled their homes.", {"displaced": ["about 4,000"]}),
        ("The bombing left 7 dead and 31 injured in Corrin.", {"killed": ["7"], "injured": ["31"]}),
        ("Between 20 and 30 people were hurt.", {"injured": ["between 20 and 30"]}),
        ("Gunmen shot two guards dead in Corrin.", {"killed": ["2"]}),
        (
            "The number of dead stands at 52, with 8 missing, officials in Corrin said.",
            {"killed": ["52"], "missing": ["8"]},
        ),
        ("Police fired 62 rounds at the crowd.", {"count:round": ["62"]}),
        ("Some 300 police officers searched the forest.", {"count:officer": ["about 300"]}),
        (
            "About 90,000 voters cast ballots in Corrin on Sunday.",
            {"count:voter": ["about 90,000"]},
        ),
    ],
)
def test_a_figure_answers_the_question_that_its_predicate_asks(
    text: str, expected: dict[str, list[str]], engine: OneReader
) -> None:
    assert figures(tell(engine, page(text))) == expected


@pytest.mark.parametrize(
    ("text", "slot", "claim"),
    [
        ("If the dam had burst, 400 people would have died.", "killed", "400 hypothetical"),
        ("Engineers fear that 60 miners died in Corrin.", "killed", "60 possible"),
        ("The army will evacuate 700 people from Corrin.", "displaced", "700 planned"),
        ("The company plans to dismiss 300 workers.", "count:worker", "300 planned"),
        ("The men threatened to kill 20 hostages.", "killed", "20 planned"),
        ("The minister denied that 20 people had been killed in Corrin.", "killed", "20 possible"),
    ],
)
def test_what_is_no_fact_is_claimed_and_never_found(
    text: str, slot: str, claim: str, engine: OneReader
) -> None:
    dossier = tell(engine, page(text))
    assert claim in claimed(dossier, slot)
    assert figures(dossier) == {}


@pytest.mark.parametrize(
    "text",
    [
        "The train was 200 metres long and 30 years old.",
        "Some of the men sang in Corrin.",
        "Thousands of people marched in Corrin.",
        "Nobody on the bus was badly hurt.",
        "No officer was killed.",
        "None of the others were injured.",
        "Two of them sang in Corrin.",
        "Three of the dancers left.",
        "Two people who know the plan said the dam had cracked in Corrin.",
    ],
)
def test_measures_vague_numbers_and_shares_are_no_counts(text: str, engine: OneReader) -> None:
    assert figures(tell(engine, page(text))) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No one was killed.", {"killed": ["0"]}),
        ("The 40-year-old bridge killed nobody.", {"killed": ["0"]}),
        ("No injuries were reported in Corrin.", {"injured": ["0"]}),
    ],
)
def test_that_nobody_was_hurt_is_a_figure(
    text: str, expected: dict[str, list[str]], engine: OneReader
) -> None:
    assert figures(tell(engine, page(text))) == expected


def test_a_named_victim_of_a_list_counts_as_one(engine: OneReader) -> None:
    told = figures(tell(engine, page("Mayor Anna Lind and two aides were killed in Corrin.")))
    assert told["killed"] == ["3"]


def test_half_of_forty_hurt_is_not_forty_hurt(engine: OneReader) -> None:
    told = figures(tell(engine, page("Half of the 40 passengers were hurt.")))
    assert "40" not in told.get("injured", [])
    assert told["count:passenger"] == ["40"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A man was killed when a tram hit a car in Corrin.", {"killed": ["at least 1"]}),
        ("Tom Bell was shot in Corrin on Monday.", {"injured": ["at least 1"]}),
        (
            "Tom Bell was shot in Corrin on Monday. Bell was killed by the second bullet.",
            {"killed": ["at least 1"]},
        ),
        ("A woman was shot dead in Corrin.", {"killed": ["at least 1"]}),
        ("A man was shot and killed in Corrin.", {"killed": ["at least 1"]}),
        ("Some people were killed in Corrin.", {}),
        ("The guards were killed in Corrin.", {}),
    ],
)
def test_one_victim_is_at_least_one(
    text: str, expected: dict[str, list[str]], engine: OneReader
) -> None:
    assert figures(tell(engine, page(text))) == expected


def test_a_part_of_the_dead_stands_beside_the_whole(engine: OneReader) -> None:
    text = "Eleven people, including four officers, were killed in the riot in Corrin."
    assert figures(tell(engine, page(text))) == {"count:officer": ["4"], "killed": ["11"]}


def test_the_wounded_beside_the_dead_are_not_the_dead(engine: OneReader) -> None:
    text = "Nine people were gunned down and more than a dozen wounded when a gang raided the fair."
    assert figures(tell(engine, page(text))) == {"injured": ["more than 12"], "killed": ["9"]}


def test_a_comment_counts_no_things(engine: OneReader) -> None:
    comments = "I saw 300 boats on the square.", "They sold 70 boats in Corrin."
    article = "Nine people died in the flood in Corrin on Tuesday."
    assert figures(tell(engine, page(thread(article, *comments)))) == {"killed": ["9"]}


@pytest.mark.parametrize(
    "text",
    [
        "The two men left Corrin in a van on Monday.",
        "A thief left Corrin with three other men on Monday.",
        "The dancers of Corrin stood in two rows on Monday.",
        "The mast was 6' 3\" tall when it fell in Corrin on Monday.",
        "The robbers ran four blocks through Corrin on Monday.",
    ],
)
def test_what_is_counted_in_passing_is_no_question(text: str, engine: OneReader) -> None:
    assert figures(tell(engine, page(text))) == {}


def test_a_headline_counts_the_hurt_and_not_the_shootings(engine: OneReader) -> None:
    text = "1 Dead, 3 Hurt Harbourside Barbershop Shooting\n\nA shooting took place in Corrin."
    assert figures(tell(engine, page(text))) == {"killed": ["1"], "injured": ["3"]}


def test_how_many_marched_is_one_question_whatever_each_calls_them(engine: OneReader) -> None:
    wire = page(
        "Farmers marched through Marwick on Monday. Police put the crowd at 12,000. The organisers"
        " said 60,000 took part.",
        "Bell",
    )
    union = page(
        "More than 60,000 working people filled the streets of Marwick on Monday to march against"
        " the milk tax.",
        "Marwick Dairy Union",
    )
    paper = page(
        "Monday's march in Marwick drew 25,000 people, according to a count by the Drum.", "Drum"
    )
    dossier = tell(engine, wire, union, paper)
    (crowd,) = findings(dossier, "count:participant")
    values = {v.low for c in crowd.candidates if isinstance(v := c.value, Quantity)}
    assert (crowd.status, values) == ("contradicted", {12_000, 25_000, 60_000})
    told = next(s.text for s in dossier.account if "participants" in s.text)
    assert "12,000 (police in Bell" in told


def test_what_a_correction_takes_back_supports_nothing(engine: OneReader) -> None:
    first = page("The Marwick shipyard was fined 12 million marks on Monday by a court.", "Drum")
    later = page(
        "An article in yesterday's paper said that the Marwick shipyard was fined 12 million marks."
        " The shipyard was fined 10 million marks. We apologise for the error.",
        "Bell",
        "2024-05-16",
    )
    dossier = tell(engine, first, later)
    held = {
        (c.value.low, c.n_documents)
        for f in findings(dossier, "count:mark")
        for c in f.candidates
        if isinstance(c.value, Quantity)
    }
    assert held == {(12_000_000, 1), (10_000_000, 1)}


def test_counts_of_two_crimes_are_no_dispute(engine: OneReader) -> None:
    first = page("Tom Ivers was charged with two counts of assault in Corrin on Monday.", "Bell")
    other = page("Tom Ivers was charged with three counts of murder in Corrin on Monday.", "Drum")
    later = page("Tom Ivers was charged with four counts of assault in Corrin on Monday.", "Echo")
    assert len(findings(tell(engine, first, other), "count:count")) == 2
    (disputed,) = findings(tell(engine, first, later), "count:count")
    assert disputed.status == "contradicted"
