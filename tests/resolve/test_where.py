"""Where the main event of invented cases took place."""

import pytest

from tests.small_cases import OneReader, main_places, page, tell

# Each time the documents of a case, and the first place of its main event.
CASES = [
    (
        "the city before the quarter of it that the headline names",
        "Chicago",
        page(
            "CHICAGO - Two people were wounded when a wall fell on Monday in the Pilsen "
            "neighborhood, Chicago police said. The wall fell in Pilsen at noon.",
            "Echo",
            title="Two hurt as wall falls in Pilsen",
        ),
        page("Chicago police said a wall fell on two people in Pilsen on Monday.", "Post"),
    ),
    (
        "the town and not its southeast",
        "Crestview",
        page(
            "Two people died on Monday when a house burned in Southeast. The fire in Southeast was"
            " out by noon, firefighters in Crestview said.",
            "Echo",
        ),
        page("Two people died in a fire in Crestview on Monday.", "Post"),
    ),
    (
        "the town before the county whose sheriff speaks",
        "Crestview",
        page(
            "Okaloosa County deputies say three people died on Monday when a house burned in "
            "Crestview. The Okaloosa County Sheriff's Office is looking for witnesses.",
            "Echo",
            title="Okaloosa County: three die in house fire",
        ),
        page("Three people died in a fire, the Okaloosa County sheriff said on Monday.", "Post"),
    ),
    (
        "the city and not the one the agency files from",
        "Bamenda",
        page(
            "YAOUNDE, May 14 - A grenade killed four people at a market in Bamenda on Monday, "
            "officials said. Soldiers closed the market in Bamenda.",
            "Echo",
        ),
        page("Four people were killed on Monday when a grenade exploded in Bamenda.", "Post"),
    ),
    (
        "the town and not where a victim comes from",
        "Novi Pazar",
        page(
            "Two men were killed on Monday when a bus overturned in Novi Pazar, police in Novi "
            "Pazar said. One of them, a 40-year-old from Belgrade, was the driver.",
            "Echo",
        ),
        page("A bus overturned on Monday in Novi Pazar and killed two men.", "Post"),
    ),
    (
        "the town in its province and country",
        "Bacoor",
        page(
            "A fire killed six people on Monday in Bacoor, Cavite, in the Philippines. Bacoor "
            "firefighters arrived late, residents said.",
            "Echo",
        ),
        page("Six people died in a fire in Cavite on Monday, Philippine officials said.", "Post"),
    ),
    (
        "a town no gazetteer knows, before the capital of its country",
        "Quellmere",
        page(
            "A dam burst on Monday near the town of Quellmere, in Kenya, and killed nine people. "
            "The government in Nairobi sent troops to Quellmere.",
            "Echo",
            title="Nine dead as dam bursts at Quellmere",
        ),
        page("Nine people were killed on Monday when a dam burst in Quellmere.", "Post"),
    ),
    (
        "the lake and not the port that reports of it are filed from",
        "Lake Merun",
        page(
            "DALVIK PORT, May 14 - A ferry capsized on Lake Merun on Monday and eleven people "
            "drowned. Rescue boats left Dalvik Port for Lake Merun at noon.",
            "Echo",
            title="Eleven drown as ferry capsizes on Lake Merun",
        ),
        page("A ferry capsized on Lake Merun on Monday, and eleven people died.", "Post"),
    ),
    (
        "the city before the part of it that lies south",
        "Omaha",
        page(
            "Three people were injured on Monday when a gas main exploded in South Omaha, Omaha "
            "police said. Omaha police closed four streets.",
            "Echo",
        ),
        page("A gas main exploded in Omaha on Monday and injured three people.", "Post"),
    ),
]  # fmt: skip


@pytest.mark.parametrize("told", CASES, ids=[c[0] for c in CASES])
def test_the_main_event_took_place_in(told, engine: OneReader) -> None:
    _, place, *pages = told
    assert main_places(tell(engine, *pages))[0].casefold() == place.casefold()


def test_what_outlets_put_behind_a_headline_names_no_scene(engine: OneReader) -> None:
    text = (
        "A truck struck a train in Waycross, Georgia, on Monday and killed its driver. "
        "The nearest hospital is in Savannah."
    )
    title = "Truck strikes train and driver dies | Echo News - Savannah"
    assert main_places(tell(engine, page(text, title=title)))[0] == "Waycross"


def test_the_order_of_the_documents_changes_nothing(engine: OneReader) -> None:
    for _, _, *pages in CASES:
        assert main_places(tell(engine, *pages)) == main_places(tell(engine, *pages[::-1]))


def test_the_dossier_keeps_what_the_gazetteer_knows_of_a_place(engine: OneReader) -> None:
    text = "A bomb exploded in Mombasa, Kenya, on May 3, 2024."
    links = {e.name: dict(e.links) for e in tell(engine, page(text)).entities}
    assert links["Mombasa"] == {"geonames": "186301", "within": "Kenya"}
