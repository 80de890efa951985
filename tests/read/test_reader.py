"""What the reader makes of a whole page."""

from dataclasses import replace

from consilience.read import Reader, reader_version
from consilience.records import Kind
from tests.factory import document

TEXT = (
    "Nine passengers drowned near Port Hale on 3 May 2024, Captain April Jones said. "
    "Jones swam ashore."
)


def test_the_version_is_known_without_opening_the_encoder(reader: Reader) -> None:
    assert reader.version == reader_version()
    assert reader(document(TEXT)).reader == reader_version()


def test_a_page_is_read_the_same_twice(reader: Reader) -> None:
    assert reader(document(TEXT)) == reader(document(TEXT))


def test_a_sentence_is_read_the_same_wherever_it_stands(reader: Reader) -> None:
    alone, later = reader(document(TEXT)), reader(document("Arlow mourns.\n\n" + TEXT))
    assert later.vectors[1:] == alone.vectors
    assert [p.lemma for p in later.propositions][-len(alone.propositions) :] == [
        p.lemma for p in alone.propositions
    ]
    shift = len("Arlow mourns.\n\n")
    assert [p.predicate.start - shift for p in later.propositions][-len(alone.propositions) :] == [
        p.predicate.start for p in alone.propositions
    ]


def test_every_sentence_has_a_vector_of_length_one(reader: Reader) -> None:
    read = reader(document(TEXT))
    assert len(read.vectors) == len(read.sentences) == 2
    assert all(abs(sum(x * x for x in vector) - 1) < 0.01 for vector in read.vectors)


def test_a_month_inside_a_name_is_no_date(reader: Reader) -> None:
    page = document(TEXT)
    assert [page.text[t.passage.start : t.passage.end] for t in reader(page).times] == [
        "3 May 2024"
    ]


def test_of_another_language_only_what_stands_on_the_surface_is_kept(reader: Reader) -> None:
    page = replace(document("La alcaldesa Ana Ruiz habló en Arlow."), language="es")
    read = reader(page)
    assert all(m.named for m in read.mentions)
    people = [m.passage for m in read.mentions if m.kind is Kind.PERSON]
    assert any("Ana Ruiz" in page.text[p.start : p.end] for p in people)


def test_an_empty_page_and_a_page_without_letters_are_read(reader: Reader) -> None:
    for text in ("\n", "* * *", "1234", "?!"):
        assert reader(document(text)).propositions == ()
