"""What an entity shows of itself."""

import pytest

from consilience.records import Kind, Verdict
from consilience.resolve import entities
from consilience.resolve.display import display_name
from consilience.resolve.spelling import given_names
from tests.resolve.marked import case, chain, judged, names


@pytest.mark.parametrize(
    ("forms", "name"),
    [
        ({"Lind": 5, "Anna Lind": 1}, "Anna Lind"),
        ({"Tomas Nunez": 3, "Tomás Núñez": 1}, "Tomás Núñez"),
        ({"Maria Diaz Ortega": 1, "“La Reina” Díaz": 4}, "Maria 'La Reina' Díaz Ortega"),
        ({'Tomas "El Zorro" Vega': 2, "‘El Zorro’ Vega": 1, "Vega": 1}, "Tomas 'El Zorro' Vega"),
        ({"Raúl 'N": 1}, "Raúl 'N'"),
        ({"“El Zorro”": 1}, "'El Zorro'"),
        ({"Juan Carlos Pérez Ríos": 1, "Carlos Juan Pérez Ríos": 1, "Juan Carlos Pérez": 1},
         "Juan Carlos Pérez Ríos"),
        ({"Allen Lars “Lance” Hall": 1, "Allen Hall": 4}, "Allen Lars 'Lance' Hall"),
        ({"Juan 'N'": 1}, "Juan 'N'"),
        ({"Frank Dole": 3, "Frank Dole Jr.": 1}, "Frank Dole Jr."),
        ({"David Wyle": 3, "David Wyle of Hickson": 1}, "David Wyle"),
        ({"ANNA LIND": 3, "Anna Lind": 1}, "Anna Lind"),
    ],
)  # fmt: skip
def test_a_person_is_shown_by_the_fullest_best_accented_name(forms, name):
    assert display_name(forms, Kind.PERSON) == name


def test_an_organisation_is_shown_spelt_out_and_without_article():
    assert display_name({"UN": 9, "the United Nations": 1}, Kind.ORGANIZATION) == "United Nations"
    assert display_name({"Arlo Inc.": 1, "Arlo": 6, "Arlo Motors": 2}, Kind.ORGANIZATION) == "Arlo"


def test_an_entity_lists_its_mentions_and_names():
    texts = case(["[PERSON:a Anna Lind] met [PERSON:b Bo Ek].", "{Ms} [PERSON:a Lind] left."])
    found = entities(texts.documents, texts.readings, judged(texts))
    assert [(e.name, e.names, len(e.mentions)) for e in found] == [
        ("Anna Lind", ("Anna Lind", "Lind"), 2),
        ("Bo Ek", ("Bo Ek",), 1),
    ]
    by_id = {d.id: d.text for d in texts.documents}
    assert {by_id[p.document_id][p.start : p.end] for p in found[0].mentions} == {
        "Anna Lind",
        "Lind",
    }


def test_ids_stay_when_the_documents_come_in_another_order():
    texts = case(["[PERSON:a Anna Lind] spoke.", "[PERSON:b Bo Ek] left."])
    forth = entities(texts.documents, texts.readings, judged(texts))
    back = entities(texts.documents[::-1], texts.readings, judged(texts))
    assert forth == back


def test_an_id_outlives_a_document_more():
    few = case(["[PERSON:a Anna Lind] spoke.", "[PERSON:b Bo Ek] left."])
    for more in range(8):
        added = f"{{Ms}} [PERSON:a Lind] met [PERSON:a Anna Lind]'s aunt {more} times."
        many = case(["[PERSON:a Anna Lind] spoke.", "[PERSON:b Bo Ek] left.", added])
        before = {e.name: e.id for e in entities(few.documents, few.readings, judged(few))}
        after = {e.name: e.id for e in entities(many.documents, many.readings, judged(many))}
        assert before == after


def test_two_entities_of_one_name_have_two_ids():
    texts = case(["[PERSON:a Maria], 40, fled.", "[PERSON:b Maria], 8, was found."])
    found = entities(texts.documents, texts.readings, judged(texts))
    assert len({e.id for e in found}) == 2


def test_a_nickname_from_one_document_is_shown_with_the_surname_of_another():
    texts = case(["[PERSON:a Tomas Vega], alias [PERSON:a El Zorro], fled.",
                  "[PERSON:a Tomás “El Zorro” Vega] was held."])  # fmt: skip
    assert names(texts) == ["Tomás 'El Zorro' Vega"]


def test_every_judgement_gives_its_reason_in_words():
    texts = case(["[PERSON:a Anna Lind] and her brother [PERSON:b Per Lind] met."])
    (first, *_) = [j for j in judged(texts) if "family" in j.reason]
    assert first.verdict is Verdict.DIFFERENT
    assert {first.left_id, first.right_id} == {
        chain(texts, 0, "Anna Lind"),
        chain(texts, 0, "Per Lind"),
    }
    assert "“brother”" in first.reason


def test_men_of_one_common_surname_in_many_documents_stay_apart():
    given = [n.title() for n, who in sorted(given_names().items()) if who == "m" and len(n) > 3]
    texts = [
        f"[PERSON:a{i} {name} Hall] met [PERSON:b Anna Lind]. [PERSON:b Lind] left."
        for i, name in enumerate(given[:600])
    ]
    many = case(texts)
    assert len(entities(many.documents, many.readings, judged(many))) > 400


def test_the_town_of_a_dateline_is_not_shouted() -> None:
    assert display_name({"PORT O'NEILL": 3}, Kind.PLACE) == "Port O'neill"
    assert display_name({"SHELDRAKE": 2}, Kind.PLACE) == "Sheldrake"
    assert display_name({"USA": 2}, Kind.PLACE) == "USA"
