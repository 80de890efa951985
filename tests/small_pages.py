"""Invented pages that several tests tell."""

from tests.small_cases import page

FLOOD = (
    page(
        "CORRIN, Norland, May 14 (Arlow Press) - At least nine people were killed and 30 injured "
        "on Tuesday when the river Tamm burst its banks and flooded the town of Corrin, officials "
        "said.\n\n"
        "“The water came over the wall in a minute,” said Mayor Anna Lind. “We had no time to "
        "warn anybody.”\n\n"
        "About 400 people were evacuated. Lind said two people were missing.",
        "Arlow Press",
        "2024-05-14",
    ),
    page(
        "Twelve people died in Tuesday's flood in Corrin, police said on Friday. Another 30 were "
        "hurt.\n\n"
        "The government will pay each family 4,000 euros. Engineers fear that 200 people died in "
        "the valley.\n\n"
        "The river had last flooded the town in March 2011.",
        "Daily Wharf",
        "2024-05-17",
    ),
    page(
        "Corrin buried its dead on Sunday. Fourteen people drowned when the Tamm flooded the town "
        "on May 14.\n\n"
        "Mayor Anna Lind resigned on Saturday.\n\n"
        "The council plans to build a new wall in June 2025.",
        "Norland Times",
        "2024-05-20",
    ),
)
ELECTION = (
    page(
        "Voters in Norland elected Joan Halle president on Sunday, the electoral commission said."
        "\n\n"
        "Halle won 54 percent of the vote. Her rival Paul Marek conceded defeat on Sunday night."
        "\n\n"
        "“We will govern for everybody in this country,” Halle told supporters in Geneva.",
        "Arlow Press",
        "2024-06-03",
    ),
    page(
        "Joan Halle was elected president of Norland on Sunday after a long campaign.\n\n"
        "Marek said he had called Halle. “I wished her well and I meant it,” he said.",
        "Daily Wharf",
        "2024-06-04",
    ),
)
TRIAL = (
    page(
        "A court in Sandrey convicted the nurse Paul Marek of murder on Thursday.\n\n"
        "“He betrayed everybody who trusted him with their lives,” Judge Irena Voss said.",
        "Arlow Press",
        "2023-11-10",
    ),
    page(
        "Paul Marek, a nurse, was convicted of murder in Sandrey on Thursday.\n\n"
        "His lawyer, Per Holm, said he would appeal in January.",
        "Daily Wharf",
        "2023-11-11",
    ),
)
UNDATED = (
    page("A tram hit a bus in Corrin. Four people were hurt.", "Arlow Press", ""),
    page(
        "The driver of a tram fled when it hit a bus in Corrin. Police are looking for him.",
        "Daily Wharf",
        "",
    ),
)
STRIKE = (
    page(
        "Workers at the port of Sandrey walked out over pay. The strike began at noon.",
        "Arlow Press",
        "",
    ),
    page(
        "The port of Sandrey stood still as workers joined the strike. The union leader Tomas "
        "Vega called the offer an insult.",
        "Daily Wharf",
        "",
    ),
)
SPANISH = (
    page(
        "SANDREY (Agencia) - Nueve personas murieron el martes 14 de mayo de 2024 en la "
        "inundación de Corrin, informó la alcaldesa Ana Ruiz.\n\n"
        "«El agua llegó en un minuto», dijo Ruiz.",
        "Diario Alba",
        "2024-05-15",
        language="es",
    ),
)
SINGLE = FLOOD[:1]
FORTY = tuple({**FLOOD[0], "id": f"o{n}", "source": f"Outlet {n}"} for n in range(40))
CASES = {
    "a flood": FLOOD,
    "an election": ELECTION,
    "a trial": TRIAL,
    "no date": UNDATED,
    "a strike without figures": STRIKE,
    "Spanish alone": SPANISH,
    "one page": SINGLE,
    "forty copies": FORTY,
}

# Texts as they are handed in, with their own datelines.
FERRY_FIRE = (
    "Nine dead in ferry fire\n\nPORT CALLIS, March 4, 2031 - Nine people were killed when a"
    " ferry caught fire on Monday, the coast guard said.\n\n"
    '"Nobody sounded the alarm," said Ines Marabe, a passenger. Marabe was pulled from the sea'
    " by Tomas Reyl.\n"
)
FERRY_TOLL = (
    "Ferry toll rises\n\nPORT CALLIS, March 6, 2031 - Fourteen people were killed when the ferry"
    " burned on Monday, said Olga Brandt, the transport minister.\n\n"
    "Ines Marabe was questioned by the police on Wednesday. Brandt resigned on Thursday.\n"
)
