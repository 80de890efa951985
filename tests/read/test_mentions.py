"""Names, titles, descriptions and pronouns in invented sentences."""

from dataclasses import replace

import pytest

from consilience.read import Reader
from consilience.records import Document, Kind, Mention, Part, PartKind, Passage, Reading
from tests.factory import document


def marked(of: Document, reading: Reading) -> str:
    """The text with its names in brackets, each with its kind."""
    out, at = "", 0
    for mention in reading.mentions:
        if mention.named:
            start, end = mention.passage.start, mention.passage.end
            out += f"{of.text[at:start]}[{mention.kind.upper()} {of.text[start:end]}]"
            at = end
    return out + of.text[at:]


def titles(reading: Reading) -> list[str]:
    return [m.title for m in reading.mentions if m.title is not None]


def meant_by(pronoun: str, of: Document, reading: Reading) -> str | None:
    """The name in whose chain the last such pronoun stands."""
    named = {m.chain_id: words(of, m) for m in reading.mentions if m.named}
    found = [m for m in reading.mentions if words(of, m).lower() == pronoun]
    return named.get(found[-1].chain_id)


def words(of: Document, mention: Mention) -> str:
    return of.text[mention.passage.start : mention.passage.end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mayor Anna Lind resigned.", "Mayor [PERSON Anna Lind] resigned."),
        (
            "The United Nations sent Anna Lind to Geneva.",
            "The [ORGANIZATION United Nations] sent [PERSON Anna Lind] to [PLACE Geneva].",
        ),
        (
            "The mayor of Arlow, Anna Lind, resigned on Monday.",
            "The mayor of [PLACE Arlow], [PERSON Anna Lind], resigned on Monday.",
        ),
        (
            "Prime Minister Joan Halle's office was silent.",
            "Prime Minister [PERSON Joan Halle]'s office was silent.",
        ),
        (
            "Police arrested Tomas “El Zorro” Vega on Monday.",
            "Police arrested [PERSON Tomas “El Zorro” Vega] on Monday.",
        ),
        (
            'Police arrested Tomas "El Zorro" Vega on Monday.',
            'Police arrested [PERSON Tomas "El Zorro" Vega] on Monday.',
        ),
        (
            "Rodrigo 'El Zorro' Vega was arrested in Geneva.",
            "[PERSON Rodrigo 'El Zorro' Vega] was arrested in [PLACE Geneva].",
        ),
        (
            "Doctor Dean Hollis spoke to Anna Lind.",
            "Doctor [PERSON Dean Hollis] spoke to [PERSON Anna Lind].",
        ),
    ],
)
def test_names_are_found_with_their_nicknames_and_without_titles_and_possessives(
    text: str, expected: str, reader: Reader
) -> None:
    page = document(text)
    assert marked(page, reader(page)) == expected


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Mayor Anna Lind resigned.", "Mayor"),
        ("Foreign Minister Paul Marek flew to Geneva.", "Foreign Minister"),
        ("Secretary of Defence Paul Marek spoke.", "Secretary of Defence"),
        ("Anna Lind, the mayor of Arlow, resigned on Monday.", "mayor of Arlow"),
        ("Paul Marek, a retired judge, wrote the report.", "retired judge"),
        ("The son of union leader Tomas Vega was freed.", "union leader"),
        ("The disgraced former mayor Anna Lind left the town.", "former mayor"),
        ("Anna Lind, the embattled mayor of Arlow, resigned on Monday.", "mayor of Arlow"),
    ],
)
def test_a_title_is_the_office_without_what_the_writer_thinks_of_it(
    text: str, title: str, reader: Reader
) -> None:
    assert titles(reader(document(text))) == [title]


@pytest.mark.parametrize(
    "text",
    [
        "Pedro Vega, brother of the mayor of Arlow, was freed.",
        "Pedro Vega, the mayor's son, was freed.",
        "The mayors met Pedro Vega on Monday.",
        "The mayor of Arlow resigned.",
    ],
)
def test_nobody_holds_the_office_of_somebody_else(text: str, reader: Reader) -> None:
    assert titles(reader(document(text))) == []


def test_the_father_keeps_his_title_and_the_son_gets_none(reader: Reader) -> None:
    page = document("Pedro Vega, son of union leader Tomas Vega, was freed.")
    held = {words(page, m): m.title for m in reader(page).mentions if m.named}
    assert held == {"Pedro Vega": None, "Tomas Vega": "union leader"}


def test_a_name_has_one_kind_in_a_document(reader: Reader) -> None:
    page = document(
        "Anna Lind closed the bank. Lind said the bank was empty. "
        "Customers shouted at Lind. The customers of Lind wept."
    )
    kinds = {m.kind for m in reader(page).mentions if m.named and "Lind" in words(page, m)}
    assert kinds == {Kind.PERSON}


def test_a_name_found_once_is_found_wherever_it_stands(reader: Reader) -> None:
    page = document(
        "Engineers from Halden Steel inspected the bridge. Two men left Halden Steel. "
        "HALDEN STEEL? Who owns Halden Steel?"
    )
    found = [m for m in reader(page).mentions if m.named and words(page, m) == "Halden Steel"]
    assert len(found) == 3
    assert len({m.chain_id for m in found}) == 1


@pytest.mark.parametrize(
    ("text", "pronoun", "who"),
    [
        ("Anna Lind said she would resign.", "she", "Anna Lind"),
        ("Anna Lind resigned. She gave no reason.", "she", "Anna Lind"),
        ("Anna Lind met Joan Halle before she resigned.", "she", None),
        ("Anna Lind and Per Holm spoke. He gave no reason.", "he", "Per Holm"),
        ("The teacher thanked Anna Lind. She cried.", "she", None),
        ("She said that Anna Lind had left.", "she", None),
        ("Anna Lind resigned. The tram was late. She left.", "she", "Anna Lind"),
    ],
)
def test_a_pronoun_means_somebody_only_where_one_person_can_be_meant(
    text: str, pronoun: str, who: str | None, reader: Reader
) -> None:
    page = document(text)
    assert meant_by(pronoun, page, reader(page)) == who


def test_the_dateline_names_a_place(reader: Reader) -> None:
    page = document("PORT HALE, May 14 (Arlow Press) - The ferry sank on Tuesday.")
    end = page.text.index("- The") + 1
    parts = (
        Part(Passage(page.id, 0, end), PartKind.DATELINE),
        Part(Passage(page.id, end + 1, len(page.text)), PartKind.BODY),
    )
    found = reader(replace(page, parts=parts)).mentions
    assert [(words(page, m), m.kind) for m in found if m.named] == [("PORT HALE", Kind.PLACE)]


def test_nothing_is_read_from_credits_and_boilerplate(reader: Reader) -> None:
    page = document("Photo by Per Holm.\n\nAnna Lind resigned.\n\nRead more about Joan Halle.")
    first, second, third = (page.text.index(s) for s in ("Photo", "Anna", "Read"))
    parts = (
        Part(Passage(page.id, first, second - 2), PartKind.CREDIT),
        Part(Passage(page.id, second, third - 2), PartKind.BODY),
        Part(Passage(page.id, third, len(page.text)), PartKind.BOILERPLATE),
    )
    read = reader(replace(page, parts=parts))
    assert [words(page, m) for m in read.mentions if m.named] == ["Anna Lind"]
    assert len(read.sentences) == 1
