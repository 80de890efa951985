"""Which place a name means, in invented texts: `tests/cases/places.jsonl`."""

import json
from pathlib import Path

import pytest

from consilience.gazetteer import PlaceKind
from consilience.records import Kind, Verdict
from consilience.resolve import entities, resolve
from consilience.resolve.kinds import settled_chains
from consilience.resolve.places import PlaceMeant, places_meant
from tests.resolve.marked import Case, case, expected, grouped, judged

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "cases" / "places.jsonl").read_text().splitlines()
]


def named(meant: PlaceMeant) -> str:
    place = meant.place
    wide = place.kind in (PlaceKind.COUNTRY, PlaceKind.REGION)
    return place.name if wide else f"{place.name}, {place.region}"


def letters(texts: Case) -> dict[str, set[str | None]]:
    """What the names marked with each letter mean."""
    found = settled_chains(texts.documents, texts.readings)
    meant = places_meant(texts.documents, found)
    means: dict[str, set[str | None]] = {}
    for chain in found:
        letter = texts.meant[chain.document_id, chain.mentions[0].chain_id]
        means.setdefault(letter, set()).add(named(meant[chain.key]) if chain.key in meant else None)
    return means


@pytest.mark.parametrize("told", CASES, ids=[c["case"] for c in CASES])
def test_a_name_means_the_place_a_reader_takes_it_for(told):
    texts = case(told["texts"])
    found = letters(texts)
    assert {letter: found[letter] for letter in told["means"]} == {
        letter: {place} for letter, place in told["means"].items()
    }


@pytest.mark.parametrize("told", CASES, ids=[c["case"] for c in CASES])
def test_names_of_one_place_are_one_entity_and_of_two_are_two(told):
    texts = case(told["texts"])
    assert grouped(texts) == expected(texts)


def test_an_entity_names_its_place_in_geonames_and_what_holds_it():
    texts = case(["A fire broke out in [PLACE:a Springfield], [PLACE:s Illinois], on Monday."])
    links = {
        e.name: dict(e.links) for e in entities(texts.documents, texts.readings, judged(texts))
    }
    assert links["Springfield"] == {
        "geonames": "4250542", "within": "Sangamon County, Illinois, United States",
    }  # fmt: skip
    assert links["Illinois"]["within"] == "United States"


def test_two_places_of_one_name_are_judged_different_with_the_reason():
    texts = case(
        ["Rain in [PLACE:a Columbus], [PLACE:s Ohio].", "In [PLACE:b Columbus], [PLACE:t Georgia]."]
    )
    different = [
        j.reason
        for j in resolve(texts.documents, texts.readings, ())
        if j.verdict is Verdict.DIFFERENT
    ]
    assert different == [
        "“Columbus” and “Columbus”: one is Columbus in Muscogee County, Georgia, United States "
        "(said to lie in Georgia), the other Columbus in Franklin County, Ohio, United States "
        "(said to lie in Ohio)"
    ]


def test_the_order_of_the_documents_changes_nothing():
    for told in CASES:
        texts = case(told["texts"])
        turned = Case(texts.documents[::-1], texts.readings, texts.meant)
        assert letters(turned) == letters(texts)


def test_a_person_of_a_towns_name_stays_a_person():
    texts = case(
        [
            "[PERSON:a Ann Murray] fled in [PERSON:a Murray]'s car. Of [PERSON:a Murray] police "
            "said little. [PERSON:a Murray] police officers liked."
        ]
    )
    assert {e.kind for e in entities(texts.documents, texts.readings, judged(texts))} == {
        Kind.PERSON
    }
