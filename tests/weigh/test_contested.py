"""What some pages tell and others deny or correct, on invented pages."""

import pytest

from consilience.records import Dossier, Truth
from tests.small_cases import OneReader, findings, page, tell, thread, words

LISTED = "The sprinter Ida Roel took part in the relay at Vossby on Sunday, the club said."


def contested(dossier: Dossier) -> list[tuple[str, list[str], list[str]]]:
    """Each contested thing: the question, the words that tell it, the words that deny it."""
    claims = {c.id: c for c in dossier.claims}
    found = []
    for finding in findings(dossier, "happened"):
        sides = {
            c.value.holds: sorted(words(dossier, claims[k].passage) for k in c.claim_ids)
            for c in finding.candidates
            if isinstance(c.value, Truth)
        }
        found.append((finding.question, sides.get(True, []), sides.get(False, [])))
    return found


def test_a_deed_told_by_one_and_denied_by_another_is_contradicted(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("Guards fired shots at strikers in Dunn Square on Friday, witnesses said."),
        page("No shots were fired in Dunn Square on Friday, the mayor said.", "Evening Star"),
    )
    ((question, told, denied),) = contested(dossier)
    assert told == ["Guards fired shots at strikers in Dunn Square on Friday"]
    assert denied == ["No shots were fired in Dunn Square on Friday"]
    assert question == f"Did it happen: “{told[0]}”?"
    assert findings(dossier, "happened")[0].status == "contradicted"


def test_who_denies_it_is_the_voice_of_the_denial(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("Officials stuffed ballot boxes in Marvia on Sunday, Pavel Drost said."),
        page("The commission denied that officials had stuffed ballot boxes in Marvia.", "State"),
    )
    (finding,) = findings(dossier, "happened")
    claims = {c.id: c for c in dossier.claims}
    voices = {
        c.value.holds: [v.stance for k in c.claim_ids for v in claims[k].voices]
        for c in finding.candidates
        if isinstance(c.value, Truth)
    }
    assert voices == {True: ["says"], False: ["denies"]}


def test_to_take_part_in_a_seizure_is_to_be_involved_in_the_arrest(engine: OneReader) -> None:
    article = (
        "The inspector who was shot in Port Andas on Thursday was involved in the arrest of the"
        " smuggler Bruno Falk, local radio reported."
    )
    comment = '"The inspector did not take part in the seizure of Bruno Falk", Radio Andas says.'
    ((_, told, denied),) = contested(tell(engine, page(thread(article, comment))))
    assert len(told) == 1
    assert denied == ["The inspector did not take part in the seizure of Bruno Falk"]


def test_a_report_called_false_is_denied(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("Senator Amy Rourke accepted a villa from the builder Otto Lang in May."),
        page("A report that Senator Amy Rourke accepted a villa from Otto Lang was false, the"
             " ethics office said.", "Capitol Daily"),
    )  # fmt: skip
    ((_, told, denied),) = contested(dossier)
    assert len(told) == len(denied) == 1


def test_what_nobody_tells_or_nobody_denies_is_no_question(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("A train hit a lorry at Benning on Friday. The driver did not brake, police said."),
        page("A train struck a lorry at Benning on Friday. The driver was taken home.", "Post"),
    )
    assert contested(dossier) == []


def test_another_day_another_doer_and_a_part_of_it_are_no_denial(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page(LISTED),
        page("The thrower Mona Sand did not take part in the relay at Vossby on Sunday.", "Other"),
        page("Ida Roel did not only take part in the relay at Vossby, she won it.", "Third"),
        page("Ida Roel did not take part in the relay in 2019.", "Fourth"),
    )
    assert contested(dossier) == []


def test_what_had_not_happened_yet_is_no_denial(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("Ferrol Steel has not signed the contract with Dray Shipping."),
        page("Ferrol Steel signed the contract with Dray Shipping on Tuesday.", "Later Post"),
    )
    assert contested(dossier) == []


def test_a_thing_that_was_not_there_denies_that_it_was_found(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("A bomb was found at Grantley station on Monday."),
        page("There was no bomb at Grantley station, police said. The report of a bomb was a hoax.",
             "Grantley Globe"),
    )  # fmt: skip
    ((_, told, denied),) = contested(dossier)
    assert told == ["A bomb was found at Grantley station on Monday"]
    assert denied == ["There was no bomb", "report of a bomb was a hoax"]


def test_who_was_not_there_did_not_attend(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("Mayor Gordon Pell attended a dinner with Rhys Kane on 3 May, two guests said."),
        page("Gordon Pell was not at the dinner, his spokesman said.", "Borough Watch"),
    )
    ((_, told, denied),) = contested(dossier)
    assert told == ["Mayor Gordon Pell attended a dinner with Rhys Kane on 3 May"]
    assert denied == ["Gordon Pell was not at the dinner"]


def test_a_denial_in_spanish_stands_against_what_is_told_in_english(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("The police chief, Andrés Vidal, took part in the raid on El Faro, an editor said."),
        page("El jefe de policía Andrés Vidal no participó en el allanamiento al periódico El Faro,"
             " informó el gobierno el martes.", "Gaceta Oficial", language="es"),
    )  # fmt: skip
    ((_, told, denied),) = contested(dossier)
    assert len(told) == 1
    assert denied[0].endswith("Andrés Vidal no participó en el allanamiento al periódico El Faro")


def test_a_denied_toll_is_a_figure_and_no_question_of_this_kind(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("A gallery collapsed at Corrin on Monday and 20 people were killed."),
        page("The minister denied that 20 people had been killed at Corrin on Monday.", "Post"),
    )
    assert contested(dossier) == []


def test_to_pass_an_inspection_is_to_be_inspected(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("The boat had passed an inspection on 11 January, Minister Rita Soames said."),
        page("The vessel was not inspected on 11 January, the ministry said.", "Communique"),
    )
    ((_, told, denied),) = contested(dossier)
    assert told == ["The boat had passed an inspection on 11 January"]
    assert denied == ["The vessel was not inspected on 11 January"]


def test_the_order_of_the_pages_changes_no_side(engine: OneReader) -> None:
    pages = (
        page("Guards fired shots at strikers in Dunn Square on Friday, witnesses said."),
        page("No shots were fired in Dunn Square on Friday, the mayor said.", "Evening Star"),
        page("Guards never fired shots at strikers in Dunn Square, their union said.", "Union"),
    )
    assert contested(tell(engine, *pages)) == contested(tell(engine, *reversed(pages)))


def test_a_denier_may_call_the_doer_by_another_name(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("Banco Tavira paid a ransom of $2 million to the hackers who shut down its machines."),
        page("Hackers shut down the machines of Banco Tavira. Its head, Paula Reis, denied that the"
             " bank had paid a ransom.", "Diario Novo"),
    )  # fmt: skip
    ((_, _, denied),) = contested(dossier)
    assert denied == ["the bank had paid a ransom"]


def test_denied_suggestions_are_not_the_deed(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("Two writers suggested that Mr Larsen was the spy."),
        page("Mr Larsen denied suggestions that he was the spy.", "Diario Novo"),
    )
    assert contested(dossier) == []


def sides(engine: OneReader, told: str, denied: str) -> list[tuple[list[str], list[str]]]:
    found = contested(tell(engine, page(told), page(denied, "Evening Star")))
    return [(yes, no) for _, yes, no in found]


def test_what_was_fired_was_used(engine: OneReader) -> None:
    assert sides(
        engine,
        "Police fired rubber bullets at fans in Ostrel on Friday, two witnesses said.",
        "Officers did not use rubber bullets against fans in Ostrel, the ministry said.",
    ) == [
        (
            ["Police fired rubber bullets at fans in Ostrel on Friday"],
            ["Officers did not use rubber bullets against fans in Ostrel"],
        )
    ]


def test_a_device_that_was_switched_off_did_not_work(engine: OneReader) -> None:
    ((_, denied),) = sides(
        engine,
        "A tram hit a wall at Harbin on Monday. Its brakes had worked, inspectors said.",
        "A tram hit a wall at Harbin on Monday. The brakes had failed, the driver said.",
    )
    assert denied == ["The brakes had failed"]


def test_a_fire_alarm_is_no_burglar_alarm(engine: OneReader) -> None:
    told = "The fire alarm sounded at the Regal hotel on Monday."
    denied = "The burglar alarm at the Regal hotel had been switched off on Monday, police said."
    assert sides(engine, told, denied) == []


def test_who_was_never_there_may_say_so(engine: OneReader) -> None:
    ((_, denied),) = sides(
        engine,
        "Minister Paula Renk was at the party in Dessel on Friday, a waiter said.",
        "“I was never at the party in Dessel,” Paula Renk said.",
    )
    assert denied == ["I was never at the party in Dessel"]


def test_two_who_share_a_surname_are_not_one_doer(engine: OneReader) -> None:
    told = "Mayor Ann Holt was at the scene in Orm on Monday."
    assert sides(engine, told, "Governor Ed Holt was not at the scene in Orm on Monday.") == []


def test_a_denial_may_point_back_to_what_another_says(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("The judge Rhea Volk had accepted gifts from a builder, the paper Dag reported. Volk"
             " denied it."),
        page("The judge Rhea Volk resigned on Monday.", "Evening Star"),
    )  # fmt: skip
    ((_, told, denied),) = contested(dossier)
    assert told == ["The judge Rhea Volk had accepted gifts from a builder"]
    assert denied == ["Volk denied it."]


def test_who_was_given_a_thing_took_it(engine: OneReader) -> None:
    ((told, denied),) = sides(
        engine,
        "The nurse Ada Bright gave Tom Quill a second dose at Lorn clinic, a doctor said.",
        "Tom Quill never received a second dose at Lorn clinic, his brother said.",
    )
    assert len(told) == len(denied) == 1


def test_an_exchange_is_told_by_what_was_got_for_it(engine: OneReader) -> None:
    ((_, denied),) = sides(
        engine,
        "Two pilots held in Dorvan were released on Monday in exchange for four prisoners.",
        "Two pilots held in Dorvan were released on Monday. “There was no exchange,” a minister"
        " said.",
    )
    assert denied == ["There was no exchange"]


def test_no_trace_of_a_thing_denies_it(engine: OneReader) -> None:
    ((_, denied),) = sides(
        engine,
        "A bomb exploded in a hall at Dara on Monday, killing three, police said.",
        "Three people died in a hall at Dara on Monday. Experts found no trace of a bomb.",
    )
    assert denied == ["no trace of a bomb"]


def test_to_be_refused_bail_denies_nothing(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("A judge granted bail to Pavel Drost in Marvia on Friday, the court said."),
        page("A judge denied bail to Pavel Drost in Marvia on Friday.", "Evening Star"),
    )
    assert all("denied bail" not in one for _, _, denied in contested(dossier) for one in denied)


def test_what_was_not_taken_is_no_part_not_taken(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("Ida Roel took part in the relay at Vossby on Sunday, the club said."),
        page("Ida Roel was not taken to a hospital in Vossby on Sunday.", "Evening Star"),
    )
    assert contested(dossier) == []


def test_what_did_not_happen_in_one_place_is_not_denied(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("Gunmen killed Bruno Falk in Dunn Square in Marvia on Friday.", "Echo"),
        page(
            "Bruno Falk was killed by gunmen in Marvia on Friday. The killing did not happen in her"
            " district, but councillor Ana Reyes asked for a curfew.",
            "Post",
        ),
    )
    assert contested(dossier) == []


def test_two_of_different_ages_are_different_people(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("Ida Brandt was shot in Marvia on Friday. A 19-year-old man was shot later.", "Echo"),
        page(
            "Ida Brandt was shot in Marvia on Friday. Police said two 4-year-old girls were not"
            " shot on Friday near Quay Road.",
            "Post",
        ),
    )
    assert contested(dossier) == []


@pytest.mark.parametrize(
    ("told", "denied"),
    [
        (
            "The army says its soldiers fired on the crowd in Corrin on Monday.",
            "No soldier opened fire on civilians in Corrin on Monday, the ministry said.",
        ),
        (
            "A mill burned in Corrin on Monday. Workers said the emergency exits were locked.",
            "A mill burned in Corrin on Monday. The owner insisted that all exits had been open.",
        ),
        (
            "A train derailed at Corrin on Monday. The driver was speeding, an inspector said.",
            "A train derailed at Corrin on Monday. The railway rejected claims that the driver was"
            " going too fast.",
        ),
        (
            "Rebels seized the Corrin airport on Monday, a rebel spokesman said.",
            "The government said on Tuesday that the Corrin airport remained under its control."
            " Rebels had attacked it on Monday.",
        ),
        (
            "The company warned residents of Corrin before the dam burst on Monday, it said.",
            "Residents of Corrin said they had received no warning before the dam burst on Monday.",
        ),
    ],
)
def test_a_deed_is_denied_in_other_words(told: str, denied: str, engine: OneReader) -> None:
    assert contested(tell(engine, page(told, "Echo"), page(denied, "State", "2024-05-16")))


@pytest.mark.parametrize(
    ("told", "other"),
    [
        (
            "Rebels seized the Corrin airport on Monday, a rebel spokesman said.",
            "The Corrin airport remained under rebel control on Tuesday, residents said.",
        ),
        (
            "A mill burned in Corrin on Monday. Workers said the emergency exits were locked.",
            "A mill burned in Corrin on Monday. The owner said the gate had been open.",
        ),
        (
            "The company warned residents of Corrin before the dam burst on Monday, it said.",
            "Farmers at Lisk said they had received no warning before the storm on Sunday.",
        ),
        (
            "A train derailed at Corrin on Monday. The driver was speeding, an inspector said.",
            "A train derailed at Corrin on Monday. A bus behind it was not going too fast.",
        ),
    ],
)
def test_what_only_sounds_like_a_denial_is_none(told: str, other: str, engine: OneReader) -> None:
    assert contested(tell(engine, page(told, "Echo"), page(other, "State", "2024-05-16"))) == []
