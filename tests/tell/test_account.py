"""The account of small invented cases."""

import re

import pytest

from consilience.records import Dossier
from consilience.tell.verify import verify
from tests.small_cases import OneReader, Page, account, page, tell, thread
from tests.small_pages import CASES, ELECTION, FLOOD, FORTY, SINGLE, SPANISH, TRIAL, UNDATED


@pytest.mark.parametrize("pages", CASES.values(), ids=CASES)
def test_every_account_says_something_and_is_proven(
    pages: tuple[Page, ...], engine: OneReader
) -> None:
    dossier = tell(engine, *pages)
    assert dossier.account
    assert all(sentence.passages for sentence in dossier.account)
    assert len(set(account(dossier))) == len(dossier.account)
    assert verify(dossier) == ()


def starting(dossier: Dossier, beginning: str) -> list[str]:
    return [text for text in account(dossier) if text.startswith(beginning)]


def test_the_account_begins_with_what_happened_where_and_when(engine: OneReader) -> None:
    assert account(tell(engine, *FLOOD))[0] == (
        "At least nine people were killed and 30 injured on 14 May 2024 when the river Tamm burst "
        "its banks and flooded the town of Corrin, officials said, Arlow Press reports."
    )
    assert account(tell(engine, *ELECTION))[0] == (
        "Voters in Norland elected Joan Halle president on 2 June 2024, the electoral commission "
        "said, Arlow Press reports."
    )


def test_the_lead_tells_what_the_event_was(engine: OneReader) -> None:
    one = page(
        "Joan Halle won the presidential election in Norland on Sunday by six points. "
        "Three people were hurt in a brawl at a polling station in Norland on Sunday.",
        "Arlow Press",
        "2024-06-03",
    )
    lead = account(tell(engine, one, *ELECTION))[0]
    assert "Halle" in lead
    assert "brawl" not in lead


def test_a_toll_that_grew_is_told_with_its_steps_and_who_gave_them(engine: OneReader) -> None:
    (toll,) = starting(tell(engine, *FLOOD), "The death toll")
    assert toll == (
        "The death toll rose from at least nine (officials in Arlow Press, 14 May) to 12 (police "
        "in Daily Wharf, 17 May) and then 14 (Norland Times, 20 May)."
    )


def test_a_figure_nobody_disputes_is_said_plainly(engine: OneReader) -> None:
    told = account(tell(engine, *SINGLE))
    assert "Two people were missing, according to Anna Lind in Arlow Press." in told


def test_a_figure_that_the_lead_gives_is_not_told_again(engine: OneReader) -> None:
    told = account(tell(engine, *SINGLE))
    assert "30 injured" in told[0]
    assert not any("injured" in text for text in told[1:])


def test_a_contradiction_is_told_with_its_reason(engine: OneReader) -> None:
    one = page("Eight people died in Corrin on Monday when a bomb exploded.", "Echo", "2024-03-05")
    other = page("On Monday a bomb exploded in Corrin. Ten people died.", "Post", "2024-03-05")
    (said,) = starting(tell(engine, one, other), "Reports disagree")
    assert "eight (Echo, 5 March)" in said
    assert "10 (Post, 5 March)" in said
    assert said.endswith("; nothing says which is the later.")


def test_compatible_figures_are_said_to_be_so(engine: OneReader) -> None:
    one = page("Eight people died in Corrin on Monday when a bomb exploded.", "Echo", "2024-03-05")
    other = page("On Monday a bomb killed more than six people in Corrin.", "Post", "2024-03-05")
    (said,) = starting(tell(engine, one, other), "Eight people were killed")
    assert said == (
        "Eight people were killed, according to Echo; a count of more than six (Post) is given as"
        " well."
    )


def test_two_offices_of_one_person_are_told_as_a_dispute(engine: OneReader) -> None:
    one = page("Transport Minister Paul Marek closed the bridge in Corrin on Monday.", "Echo")
    other = page("The bridge in Corrin was closed on Monday by Health Minister Paul Marek.", "Post")
    assert starting(tell(engine, one, other), "Reports differ on the office") == [
        "Reports differ on the office of Paul Marek: “Health Minister” (Post) and "
        "“Transport Minister” (Echo)."
    ]


def test_a_statement_names_its_speaker_and_page(engine: OneReader) -> None:
    assert (
        "“He betrayed everybody who trusted him with their lives,” Judge Irena Voss said, "
        "according to Arlow Press." in account(tell(engine, *TRIAL))
    )


def test_another_wording_of_a_statement_stands_beside_it(engine: OneReader) -> None:
    one = page(
        "“The company knew for years that the old bridge was unsafe,” Mayor Anna Lind said.", "Echo"
    )
    other = page(
        "Anna Lind, the mayor, said: “For years the company knew the old bridge was not safe.”",
        "Post",
    )
    (said,) = [text for text in account(tell(engine, one, other)) if " has it as " in text]
    assert said in {
        "“The company knew for years that the old bridge was unsafe,” Mayor Anna Lind said, "
        "according to Echo; Post has it as “For years the company knew the old bridge was not "
        "safe.”",
        "“For years the company knew the old bridge was not safe,” Mayor Anna Lind said, "
        "according to Post; Echo has it as “The company knew for years that the old bridge was "
        "unsafe.”",
    }


def test_copies_are_told_as_copies(engine: OneReader) -> None:
    dossier = tell(engine, *FORTY)
    assert [len(o.document_ids) for o in dossier.origins] == [40]
    assert {c.n_origins for f in dossier.findings for c in f.candidates} == {1}
    assert any(
        text.endswith(", according to Outlet 0 and copies of it.") for text in account(dossier)
    )
    assert len(dossier.account) <= 10


def test_beside_english_pages_no_sentence_is_in_another_language(engine: OneReader) -> None:
    for text in account(tell(engine, *FLOOD, *SPANISH)):
        assert not re.search(r"\b(?:murieron|inundación|llegó)\b", text)


def test_what_is_planned_or_feared_is_not_told(engine: OneReader) -> None:
    told = " ".join(account(tell(engine, *FLOOD)))
    assert "200 people" not in told
    assert "2025" not in told


def test_without_a_date_none_is_told(engine: OneReader) -> None:
    dossier = tell(engine, *UNDATED)
    assert dossier.events[0].when is None
    assert not any(re.search(r"\b\d{4}\b", text) for text in account(dossier))
    assert "Four people were injured, according to Arlow Press." in account(dossier)


def test_what_follows_is_told_in_the_order_of_time_and_apart(engine: OneReader) -> None:
    dossier = tell(engine, *FLOOD)
    after = [s.text for s in dossier.account if s.paragraph == 1]
    assert after == [
        "Mayor Anna Lind resigned on 18 May, according to Norland Times.",
        "Corrin buried its dead on 19 May, according to Norland Times.",
    ]


def test_each_figure_of_a_course_points_at_the_passages_that_give_it(engine: OneReader) -> None:
    dossier = tell(engine, *FLOOD)
    texts = {d.id: d.text for d in dossier.documents}
    (toll,) = [s for s in dossier.account if s.text.startswith("The death toll")]
    pointed = {
        toll.text[c.start : c.end].partition(" (")[0]: [
            texts[p.document_id][p.start : p.end] for p in c.passages
        ]
        for c in toll.cited
    }
    assert list(pointed) == ["at least nine", "12", "14"]
    assert [words for words in pointed["12"] if not re.search(r"\b12\b|[Tt]welve", words)] == []


def test_what_is_cited_covers_all_that_a_sentence_rests_on(engine: OneReader) -> None:
    for pages in CASES.values():
        for sentence in tell(engine, *pages).account:
            passages = {p for c in sentence.cited for p in c.passages}
            assert passages == set(sentence.passages)
            ends = [0, *(n for c in sentence.cited for n in (c.start, c.end)), len(sentence.text)]
            assert ends == sorted(ends)


def test_words_of_judgement_stay_in_their_writers_mouth(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("A bomb exploded in Corrin on Monday. Two men died.", "Echo", "2024-03-05"),
        page(
            "On Monday a bomb went off in Corrin. Police arrested three notorious thugs of the "
            "Harrow gang in Corrin on Wednesday.",
            "Post",
            "2024-03-07",
        ),
    )
    (said,) = [text for text in account(dossier) if "Harrow" in text]
    assert said == (
        "Post writes: “Police arrested three notorious thugs of the Harrow gang in Corrin on "
        "Wednesday [6 March].”"
    )


def test_a_sentence_that_points_out_of_itself_is_not_told(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page(
            "A bomb exploded in Corrin on Monday, killing two men. Pavel Rusk was a baker. On "
            "Tuesday the widow of Rusk met a priest and told him about another man.",
            "Echo",
            "2024-03-06",
        ),
    )
    assert not any("another man" in text for text in account(dossier))


def test_a_name_is_given_in_full_at_first(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page(
            "A bomb exploded in Corrin on Monday, killing two men. Pavel Rusk, a baker, was "
            "arrested on Tuesday. Rusk confessed to the bombing in court in Corrin on Friday.",
            "Echo",
            "2024-03-09",
        ),
    )
    told = [text for text in account(dossier) if "Rusk" in text]
    assert "Pavel Rusk" in told[0]
    assert verify(dossier) == ()


def test_a_day_reckoned_from_an_inferred_date_is_told_as_probable(engine: OneReader) -> None:
    article = (
        "A gallery of the mine in Corrin collapsed on Tuesday, killing six men.\n\nPolice arrested"
        " the engineer Pavel Rusk in Corrin on Thursday over the collapse of the gallery."
    )
    dossier = tell(
        engine,
        page("A gallery collapsed in Corrin on Tuesday, killing six men.", "Echo", "2021-03-10"),
        page(thread(article, "Poor men."), "Post", ""),
    )
    told = [text for text in account(dossier) if "Rusk" in text]
    assert told == [
        "Police arrested the engineer Pavel Rusk in Corrin probably on 11 March over the collapse "
        "of the gallery, according to Post."
    ]
    assert verify(dossier) == ()


def test_no_number_that_points_back_leads(engine: OneReader) -> None:
    first = page(
        "Rebels freed nine nuns on Friday, the bishop said. The nine were abducted on Monday near"
        " Marwick by gunmen of the Free North.",
        "Bell",
    )
    later = page("Gunmen seized nine nuns near Marwick on Monday.", "Drum")
    assert account(tell(engine, first, later))[0].startswith("Gunmen seized nine nuns")


def test_what_is_so_on_the_day_of_a_page_leads_no_account(engine: OneReader) -> None:
    first = page(
        "Police continue to search for the gunman who opened fire inside a crowded Marwick"
        " nightclub on Monday, killing two people.",
        "Bell",
    )
    later = page(
        "Two people were killed in a club in Marwick on Monday. A gunman fired into the crowd.",
        "Drum",
    )
    assert account(tell(engine, first, later))[0].startswith("Two people were killed")


def test_who_says_it_said_it(engine: OneReader) -> None:
    text = "Police say the gunman who shot four people in Marwick on Monday is a former guard."
    (lead, *_) = account(tell(engine, page(text, "Bell")))
    assert lead.startswith("Police said the gunman who shot four people in Marwick")
    assert "was a former guard" in lead


def test_nothing_is_told_again_in_other_words(engine: OneReader) -> None:
    first = page(
        "Nine officers were hurt on Monday when a crowd stormed the town hall of Marwick. The hall"
        " was empty.",
        "Bell",
    )
    later = page(
        "A crowd stormed the town hall of Marwick on Monday. Nine police officers were hurt, the"
        " hospital said.",
        "Drum",
    )
    told = [s for s in account(tell(engine, first, later)) if "officers were" in s]
    assert len(told) == 1


def test_who_was_saved_is_not_told_as_freed(engine: OneReader) -> None:
    first = page("A barge sank off Marwick on Monday. Divers rescued 35 people.", "Bell")
    later = page("The Marwick barge sank on Monday. Thirty-five people were rescued.", "Drum")
    told = " ".join(s.text for s in tell(engine, first, later).account)
    assert "35 people were rescued" in told or "Thirty-five people were rescued" in told
    assert "freed" not in told


def test_where_a_reporter_sat_is_not_where_it_happened(engine: OneReader) -> None:
    text = (
        "PALENA, May 14 (Bell) - Gunmen stopped a van on a mountain road in the north on Monday and"
        " abducted nine nuns. Their order asked for prayers."
    )
    told = " ".join(account(tell(engine, page(text, "Bell", "2024-05-14"))))
    assert "nine nuns" in told
    assert "Palena" not in told


def test_what_a_correction_takes_back_is_not_told(engine: OneReader) -> None:
    first = page(
        "A court in Marwick convicted the shipyard of bribery on Monday. The Marwick shipyard was"
        " fined 12 million marks by the court.",
        "Drum",
    )
    later = page(
        "An article in yesterday's paper said that the Marwick shipyard was fined 12 million marks"
        " by the court. The shipyard was fined 10 million marks. We apologise for the error.",
        "Bell",
        "2024-05-16",
    )
    told = " ".join(account(tell(engine, first, later)))
    assert "12 million" not in told


def test_words_that_are_quoted_are_told_once(engine: OneReader) -> None:
    first = page(
        "Six sailors died on Monday when a tanker burned out in Marwick harbour. The port was shut"
        " for two days. Investigators believe some of the sailors had been asleep below deck, said"
        " Lena Orth.",
        "Bell",
    )
    later = page(
        "A fire aboard a tanker moored at Marwick killed six of its crew on Monday.\n\n“We believe"
        " some of the sailors had been asleep below deck,” Lena Orth, a captain of the harbour"
        " police, said. She would not say how the fire began.",
        "Drum",
    )
    dossier = tell(engine, first, later)
    assert len([s for s in account(dossier) if "below deck" in s]) == 1
    assert verify(dossier) == ()


def test_a_speaker_behind_the_verb_needs_another_way_to_say_whose_it_is(engine: OneReader) -> None:
    text = "A tanker burned out in Marwick harbour on Monday, said Lena Orth. Nobody was hurt."
    (lead, *_) = account(tell(engine, page(text, "Bell")))
    assert lead.endswith("said Lena Orth, according to Bell.")


def test_who_reads_the_parts_is_told_the_sum(engine: OneReader) -> None:
    first = page(
        "Four passengers died where the ferry sank off Marwick on Monday and a fifth died while"
        " being taken to the hospital of Marwick.",
        "Bell",
    )
    later = page("Five people died when the ferry sank off Marwick on Monday.", "Drum")
    told = " ".join(account(tell(engine, first, later)))
    assert "Five people" in told


def test_without_a_day_the_place_is_told(engine: OneReader) -> None:
    first = page(
        "Two miners died when a gallery of a coal mine collapsed, and a third died on the way to"
        " the hospital.",
        "Bell",
        "",
        title="Collapse in Marwick",
    )
    later = page(
        "Three miners are dead, their union said. The collapse of the gallery in Marwick is the"
        " second this year.",
        "Drum",
        "",
    )
    told = account(tell(engine, first, later))
    assert "It happened in Marwick, two independent reports say." in told


def test_a_comma_rests_on_what_the_words_before_it_do(engine: OneReader) -> None:
    text = (
        "A tanker burned out in Marwick harbour on Monday, said Orth. Nobody was hurt.\n\n"
        "Lena Orth is a captain of the harbour police."
    )
    (lead, *_) = tell(engine, page(text, "Bell")).account
    assert "said Lena Orth, according to Bell." in lead.text
    assert all(re.search(r"\w", lead.text[c.start : c.end]) for c in lead.cited)


def test_a_cause_that_holds_another_is_told_once(engine: OneReader) -> None:
    first = page("Ida Brandt was shot in Corrin on Monday after a fight at a court.", "Bell")
    later = page(
        "Ida Brandt was shot in Corrin on Monday after a fight at a court as they went home.",
        "Drum",
    )
    told = " ".join(account(tell(engine, first, later)))
    assert "The cause is given as “a fight at a court" in told
    assert ") and “a fight" not in told


def test_what_has_no_verb_of_its_own_is_no_sentence(engine: OneReader) -> None:
    text = (
        "Ida Brandt, 31, who was fatally shot on Monday in the harbour of Corrin.\n\n"
        "Ida Brandt, who kept an inn, was killed in Corrin on Monday. Police hold her neighbour."
    )
    told = account(tell(engine, page(text, "Bell")))
    assert told[0].startswith("Ida Brandt, who kept an inn, was killed in Corrin")
    assert not any("fatally" in sentence for sentence in told)


def test_what_the_lead_does_not_name_is_named_beside_its_place(engine: OneReader) -> None:
    first = page(
        "Two victims were flown to hospitals in Dunmore and another was taken to the clinic.\n\n"
        "The shooting in Corrin is under investigation.",
        "Bell",
        "",
    )
    later = page(
        "A helicopter carried two of the victims to Dunmore, and a van took the third.\n\n"
        "The shooting in Corrin shook its neighbours, one of them told a reporter.",
        "Drum",
        "",
    )
    told = account(tell(engine, first, later))
    assert "shooting" not in told[0]
    assert told[1].startswith("The shooting happened in Corrin, ")


def test_a_lead_with_a_day_is_given_no_other(engine: OneReader) -> None:
    first = page("Five people were shot near a plaza in Corrin on Sunday night.", "Bell")
    later = page("Five people were shot near a plaza in Corrin on Monday night.", "Drum")
    (lead, *_) = account(tell(engine, first, later))
    assert len(re.findall(r"\b\d{1,2} May", lead)) == 1


def test_a_place_is_told_though_the_page_with_the_day_lacks_it(engine: OneReader) -> None:
    first = page("A child was killed in a shooting on Saturday. Neighbours heard shots.", "Bell")
    later = page(
        "A child died in a shooting in Corrin. Corrin police are looking for two men.", "Drum", ""
    )
    told = account(tell(engine, first, later))
    assert any("in Corrin" in sentence for sentence in told[:2])


def test_a_fifth_victim_leads_no_account(engine: OneReader) -> None:
    text = (
        "A fifth victim, a sailor of 30, was taken from the burning tanker in critical condition to"
        " the hospital of Corrin on Monday.\n\nFour sailors died when a tanker burned on Monday."
    )
    (lead, *_) = account(tell(engine, page(text, "Bell")))
    assert lead.startswith("Four sailors died")


def test_no_dateline_stands_in_the_account(engine: OneReader) -> None:
    text = "CORRIN, Norland- Two sailors died when a tanker burned in the harbour on Monday."
    (lead, *_) = account(tell(engine, page(text, "Bell")))
    assert lead.startswith("Two sailors died")


def test_a_cause_that_the_lead_tells_is_not_told_again(engine: OneReader) -> None:
    text = (
        "A bridge in Corrin collapsed on Monday because a barge had rammed its pier, killing two."
        "\n\nThe collapse was caused by a barge that rammed its pier, an engineer said."
    )
    told = account(tell(engine, page(text, "Bell")))
    assert "barge had rammed its pier" in told[0]
    assert not any(sentence.startswith("The cause is given") for sentence in told)


def test_what_happened_in_an_earlier_month_leads_no_account(engine: OneReader) -> None:
    first = page(
        "A powerful quake with a magnitude of 6.1 that struck the island of Corrin in September"
        " killed seven people in two villages. A quake struck the island again on Monday and"
        " injured four people in the two villages, the governor said.",
        "Bell",
    )
    later = page("A quake struck Corrin on Monday and injured four, the governor said.", "Drum")
    (lead, *_) = account(tell(engine, first, later))
    assert "September" not in lead
    assert "injured four" in lead


def test_a_number_of_nobody_leads_no_account(engine: OneReader) -> None:
    text = (
        "Three were found dead inside the house in Corrin on Monday, and one of the women was found"
        " outside.\n\nFour people were shot dead in a house on Monday."
    )
    (lead, *_) = account(tell(engine, page(text, "Bell")))
    assert lead.startswith("Four people were shot dead")
