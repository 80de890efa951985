"""How two places, times, offices and ages of one thing stand to each other."""

from dataclasses import replace

import pytest

from consilience.dates import when_of
from consilience.gazetteer import find_places
from consilience.records import (
    Comparator,
    Entity,
    EntityRef,
    Kind,
    Quantity,
    RelationKind,
    Text,
    When,
)
from consilience.weigh.related_offices import relate_titles
from consilience.weigh.relations import relate
from consilience.weigh.sides import Side

MAY, JUNE, AUGUST = when_of("2022-05-02"), when_of("2022-06-02"), when_of("2022-08-15")


def place(name: str, document: str, *, linked: bool = True, words: str = "") -> Side:
    number = find_places(name)[0].geonames_id if linked else ""
    links = (("geonames", number),) if linked else ()
    entity = Entity(name, Kind.PLACE, name, (name,), (), links=links)
    held = frozenset({document})
    told = words or f"killed in {name}"
    return Side(EntityRef(name), held, MAY, entity=entity, named_in=held, words=(told,))


def judged(slot: str, a: Side, b: Side) -> tuple[RelationKind, str]:
    kind, why = relate(slot, a, b)
    assert relate(slot, b, a)[0] is kind
    return kind, why


def test_two_towns_far_from_each_other_contradict() -> None:
    kind, why = judged("where", place("Dayton", "a"), place("Cincinnati", "b"))
    assert kind is RelationKind.CONTRADICTORY
    assert "Dayton" in why
    assert "Cincinnati" in why


@pytest.mark.parametrize(
    ("left", "right", "why"),
    [
        ("Dayton", "Ohio", "Dayton lies in Ohio"),
        ("Dayton", "Fairborn", "Dayton and Fairborn lie near each other"),
        ("Ohio", "Indiana", "Ohio and Indiana are not of one kind of place"),
    ],
)
def test_a_town_in_its_state_and_its_suburb_are_compatible(left: str, right: str, why: str) -> None:
    assert judged("where", place(left, "a"), place(right, "b")) == (RelationKind.COMPATIBLE, why)


def test_towns_that_one_document_names_both_are_compatible() -> None:
    kind, _ = judged("where", place("Dayton", "a"), place("Cincinnati", "a"))
    assert kind is RelationKind.COMPATIBLE


def test_a_street_that_no_gazetteer_knows_is_compatible_with_any_town() -> None:
    kind, why = judged("where", place("Dayton", "a"), place("Gallows Lane", "b", linked=False))
    assert kind is RelationKind.COMPATIBLE
    assert "Gallows Lane" in why


def test_a_report_filed_from_a_city_does_not_place_it_there() -> None:
    filed = place("Columbus", "b", words="COLUMBUS, Ohio — Four people were killed")
    assert judged("where", place("Dayton", "a"), filed)[0] is RelationKind.COMPATIBLE


def told(value: str, text: str, document: str, *, is_lasting: bool = False) -> Side:
    plain = when_of(value)
    when = When(plain.start, plain.end, value, text)
    day_named = any(c.isupper() for c in text)
    return Side(
        when, frozenset({document}), MAY, is_day_named=day_named, is_lasting=is_lasting
    )  # fmt: skip


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("2022-05-03", "Tuesday"), ("2022-05-04T02:00", "Wednesday at 2 a.m.")),
        (("2022-05-03", "Tuesday"), ("2022-05-06T15:00", "3 p.m.")),
        (("2022-05-06", "Friday"), ("2022-W18-WE", "the Weekend")),
        (("2021-05-03", "3 May 2021"), ("2022-05-03", "May 3")),
        (("2022-05-03T06:15", "Tuesday 6:15"), ("2022-05-03T06:50", "Tuesday 6:50")),
    ],
)
def test_neighbours_of_one_night_and_hours_of_no_day_are_compatible(
    left: tuple[str, str], right: tuple[str, str]
) -> None:
    kind, _ = judged("when", told(*left, "a"), told(*right, "b"))
    assert kind is RelationKind.COMPATIBLE


def test_two_days_contradict_unless_it_lasted() -> None:
    days = ("2022-05-03", "Tuesday"), ("2022-05-01", "Sunday")
    once = [told(*day, name) for day, name in zip(days, "ab", strict=True)]
    assert judged("when", *once)[0] is RelationKind.CONTRADICTORY
    lasting = [told(*day, name, is_lasting=True) for day, name in zip(days, "ab", strict=True)]
    assert judged("when", *lasting)[0] is RelationKind.COMPATIBLE


def office(title: str, said: When, document: str) -> Side:
    return Side(Text(title), frozenset({document}), said, said)


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("Police Chief", "Fire Chief", RelationKind.CONTRADICTORY),
        ("Corrin Police Chief", "Corrin Fire Chief", RelationKind.CONTRADICTORY),
        ("Sheriff", "Mayor", RelationKind.CONTRADICTORY),
        ("NCPD Superintendent", "Norland City Police Superintendent", RelationKind.COMPATIBLE),
        ("Deputy Mayor", "Sheriff", RelationKind.COMPATIBLE),
        ("Battalion Chief", "Fire Chief", RelationKind.COMPATIBLE),
        ("Senior Minister", "Health Minister", RelationKind.COMPATIBLE),
        ("Warden", "Prisons Commissioner", RelationKind.CONTRADICTORY),
        ("chief executive", "finance director", RelationKind.CONTRADICTORY),
        ("Party secretary", "Party treasurer", RelationKind.CONTRADICTORY),
        ("police commander of Lagos", "National police director", RelationKind.CONTRADICTORY),
        ("head of Norland Rail", "Director General of NR", RelationKind.COMPATIBLE),
        ("Minister", "Senator", RelationKind.COMPATIBLE),
        ("Colonel", "police chief", RelationKind.COMPATIBLE),
        ("chairman and chief executive", "chief executive", RelationKind.COMPATIBLE),
        ("lawyer", "truck driver", RelationKind.COMPATIBLE),
    ],
)
def test_offices_that_exclude_each_other(left: str, right: str, kind: RelationKind) -> None:
    assert judged("title", office(left, MAY, "a"), office(right, MAY, "b"))[0] is kind


def test_an_office_that_changed_hands_months_later_is_an_update() -> None:
    before, after = office("Health Minister", MAY, "a"), office("Labour Minister", AUGUST, "b")
    assert judged("title", before, after)[0] is RelationKind.UPDATED
    soon = office("Labour Minister", JUNE, "b")
    assert judged("title", before, soon)[0] is RelationKind.CONTRADICTORY


def test_one_document_that_gives_two_posts_says_that_both_are_held() -> None:
    both = office("Sheriff", MAY, "a"), office("Mayor", MAY, "a")
    assert judged("title", *both)[0] is RelationKind.COMPATIBLE


def test_a_post_that_somebody_was_given_takes_the_place_of_another() -> None:
    gained = replace(office("Mayor", JUNE, "b"), sentences=("He was sworn in as mayor.",))
    assert judged("title", office("Sheriff", MAY, "a"), gained)[0] is RelationKind.UPDATED


def aged(years: int, said: str, document: str) -> Side:
    age = Quantity(years, years, Comparator.EXACTLY, "year")
    return Side(age, frozenset({document}), when_of(said))


def test_ages_a_birthday_or_the_years_between_explain_are_compatible() -> None:
    young = aged(31, "2022-05-02", "a")
    assert judged("age", young, aged(32, "2022-05-04", "b"))[0] is RelationKind.COMPATIBLE
    assert judged("age", young, aged(34, "2025-03-04", "b"))[0] is RelationKind.COMPATIBLE
    assert judged("age", young, aged(34, "2022-05-04", "b"))[0] is RelationKind.CONTRADICTORY


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("town mayor and fire chief", "Gray Harbor Mayor"),
        ("borough mayor", "Gray Harbor Mayor"),
        ("president and general manager", "general manager"),
    ],
)
def test_an_office_told_with_another_or_with_its_town_is_no_other_one(
    left: str, right: str
) -> None:
    for one, other in ((left, right), (right, left)):
        assert relate_titles(one, other)[0] is RelationKind.COMPATIBLE


def test_a_portfolio_of_two_subjects_is_one_office() -> None:
    kind, _ = relate_titles("Minister of Labour and Mining", "Minister of Health")
    assert kind is RelationKind.CONTRADICTORY
