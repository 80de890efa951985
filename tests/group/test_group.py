"""Documents sorted into the events they tell of."""

import random
from dataclasses import replace

from consilience.dates import when_of
from consilience.group import group
from consilience.records import Document
from tests import factory

FERRY = (
    "The ferry Aurelia caught fire off Port Callis on Monday and nine passengers died, the coast"
    " guard said. Captain Ines Marabe was pulled from the water."
)
FERRY_AGAIN = (
    "Port Callis mourned on Tuesday after the fire on the Aurelia. Divers found another body in"
    " the ferry's engine room, and Captain Marabe was questioned."
)
OTHER_FERRY = (
    "The ferry Boreas ran aground near Sund Harbour on Monday with forty passengers aboard, the"
    " coast guard said. Captain Olof Rehn said a rudder had failed."
)
BUDGET = (
    "The council of Elmsford approved a budget for its schools on Monday by eight votes to three."
    " Mayor Ruth Tamsin said that libraries would open on Sundays again."
)
BUDGET_ABROAD = (
    "El concejo de Elmsford aprobó el lunes el presupuesto de sus escuelas. La alcaldesa Ruth"
    " Tamsin dijo que las bibliotecas de Elmsford abrirán los domingos."
)


def page(text: str, day: str | None = "2031-03-04", name: str | None = None) -> Document:
    published = None if day is None else when_of(day)
    given = factory.document(text or "-", name or f"{day} {text}")
    return replace(given, text=text, published=published)


def together(*documents: Document) -> list[list[int]]:
    """The groups, as the numbers of their documents."""
    groups = dict(group(documents))
    found: dict[str, list[int]] = {}
    for number, document in enumerate(documents):
        found.setdefault(groups[document.id], []).append(number)
    return list(found.values())


def test_two_tellings_of_one_event_stand_together() -> None:
    assert together(page(FERRY), page(BUDGET), page(FERRY_AGAIN, "2031-03-05")) == [[0, 2], [1]]


def test_two_events_of_one_kind_on_one_day_stay_apart() -> None:
    assert together(page(FERRY), page(OTHER_FERRY)) == [[0], [1]]


def test_without_dates_words_and_names_decide() -> None:
    found = together(page(FERRY, None), page(OTHER_FERRY, None), page(FERRY_AGAIN, None))
    assert found == [[0, 2], [1]]


def test_names_join_across_languages() -> None:
    assert together(page(BUDGET), page(FERRY), page(BUDGET_ABROAD, "2031-03-05")) == [[0, 2], [1]]


def test_like_words_a_year_later_tell_of_another_event() -> None:
    first = page("The Lantern Run drew hundreds to the old mill on Monday.", "2030-03-05")
    second = page("On Monday crowds came to the mill for the Lantern Run.", "2031-03-04")
    assert together(first, second) == [[0], [1]]


def test_copies_are_one_group_whatever_they_are_called() -> None:
    assert together(*(page(FERRY, name=str(n)) for n in range(50)), page(BUDGET)) == [
        list(range(50)),
        [50],
    ]


def test_documents_without_words_are_each_alone() -> None:
    assert together(page("", name="a"), page("", name="b"), page("...", name="c")) == [
        [0],
        [1],
        [2],
    ]


def test_neither_groups_nor_their_ids_depend_on_the_order() -> None:
    pages = [
        page(text, f"2031-03-{day:02}", f"{n} {day}")
        for n, text in enumerate((FERRY, FERRY_AGAIN, OTHER_FERRY, BUDGET, BUDGET_ABROAD))
        for day in (4, 5, 19)
    ]
    shuffled = random.Random(3).sample(pages, len(pages))
    first, second = group(pages), group(shuffled)
    assert dict(first) == dict(second)
    assert [document_id for document_id, _ in second] == [one.id for one in shuffled]


def test_a_group_keeps_its_id_when_a_later_page_joins() -> None:
    before, after = page(FERRY), page(FERRY_AGAIN, "2031-03-05")
    assert group([before])[0][1] == group([after, before])[0][1]


def test_one_page_that_tells_of_two_events_does_not_fuse_them() -> None:
    digest = page(f"{FERRY} {OTHER_FERRY}")
    pages = [
        *(page(f"{FERRY} {word}", name=word) for word in ("Rain fell.", "Wind rose.")),
        *(page(f"{OTHER_FERRY} {word}", name=word) for word in ("Snow fell.", "Fog rose.")),
    ]
    groups = dict(group([*pages, digest]))
    assert len({groups[one.id] for one in pages[:2]}) == 1
    assert groups[pages[0].id] != groups[pages[2].id]


def test_lines_that_a_site_puts_on_every_page_join_nothing() -> None:
    sign_in = "Sign in with your Harbour Herald account to read on, or ask us for a parcel of five."
    told = (
        "Ferry Aurelia burns", "Council of Elmsford votes", "Otters return to Lake Virn",
        "Bakers of Monk Street strike",
    )  # fmt: skip
    pages = [page(f"{title}\n{sign_in}", f"2031-03-{n * 6 + 4:02}") for n, title in enumerate(told)]
    assert together(*pages) == [[0], [1], [2], [3]]


def test_a_paragraph_repeated_in_each_report_of_an_event_still_joins_them() -> None:
    pages = [
        page(f"{news} on the Aurelia in Port Callis.\n{FERRY}", f"2031-03-{day:02}")
        for day, news in (
            (5, "Divers searched"),
            (9, "A judge walked"),
            (20, "Mourners laid roses"),
        )
    ]
    assert together(*pages) == [[0, 1, 2]]


def test_what_two_pages_have_in_common_with_all_the_world_joins_nothing() -> None:
    assert together(
        page("he said that it was a good day for everybody who had come"),
        page("she said they had been there for a long time and would go"),
    ) == [[0], [1]]
