"""Names of a kind they cannot have, and words that are no names."""

from dataclasses import replace

import pytest

from consilience.records import Part, PartKind, Passage
from consilience.resolve.kinds import settled_chains
from tests.resolve.marked import case


def kinds(*texts, headline=None):
    """The kinds of what is named; the first text may begin with a headline."""
    told = case(texts)
    documents = list(told.documents)
    if headline:
        first = documents[0]
        head = Part(Passage(first.id, 0, len(headline)), PartKind.HEADLINE)
        documents[0] = replace(first, parts=(head,))
    return {c.forms[0]: str(c.kind) for c in settled_chains(documents, told.readings)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("They met in [PERSON:a La Candelaria] and left.", "place"),
        ("They met [PERSON:a Candelaria] and left.", "person"),
        ("She put her trust in [PERSON:a God] alone.", "person"),
        ("She lives near [PERSON:a Anna Lind] now.", "person"),
        ("It shook [PERSON:a San Telmo] at noon.", "place"),
        ("La [PERSON:a Policía de Arlow] came.", "organization"),
        ("The [PERSON:a Arlow Fire Department] came.", "organization"),
        ("[PERSON:a Maria Policia] came.", "person"),
    ],
)
def test_a_name_of_a_place_or_a_body_is_nobody(text, kind):
    assert list(kinds(text).values()) == [kind]


def test_what_a_site_goes_by_with_its_article_is_the_site():
    mine = "They left [PLACE:a La Esperanza copper mine]."
    assert kinds(mine, "It was at [PERSON:b La Esperanza].")["La Esperanza"] == "place"
    ward = "They left [PLACE:a Anna Lind hospital]."
    assert kinds(ward, "It was for [PERSON:b Anna Lind].")["Anna Lind"] == "person"


def test_two_plain_words_of_a_headline_are_no_name():
    headline = "[PERSON:a Gallery Collapse] shocks town"
    told = kinds(
        headline + "\nThe gallery came down. The collapse of the gallery killed [PERSON:b Bo Ek].",
        headline="Gallery Collapse shocks town",
    )
    assert told == {"Bo Ek": "person"}


def test_a_name_written_small_is_one_where_it_is_written_large_elsewhere():
    assert kinds("i saw [PERSON:a oduya].", "It was [PERSON:a Oduya].").keys() == {"oduya", "Oduya"}
    assert kinds("he had a [PERSON:a warrant].") == {}
