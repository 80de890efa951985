"""Names in letters that look like others, and with characters that nobody sees."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from consilience.lookalikes import alphabets, as_seen, doubts, look_alike
from consilience.pipeline import run
from consilience.records import Dossier, Kind
from consilience.resolve.chains import fold
from consilience.resolve.people import compare_people, person_name
from consilience.resolve.spelling import alike
from consilience.store import open_store
from consilience.store.words import Term, Wanted, WordIndex
from consilience.tell.to_html import to_html
from consilience.tell.to_markdown import to_markdown
from consilience.wording import unhidden
from tests.small_cases import STARTED, OneReader, page, raw

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
NO_WIDTH = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
# Latin letters, and what looks like them in Cyrillic and Greek.
TWINS = {
    "a": "а", "c": "с", "d": "ԁ", "e": "е", "i": "і", "j": "ј", "o": "оο", "p": "р", "s": "ѕ",
    "x": "х", "y": "у", "v": "ν", "k": "к", "O": "ОΟ", "A": "АΑ", "M": "МΜ", "T": "ТΤ",
}  # fmt: skip
NAMES = ("Ovidio Marabe", "Tomas Okoye", "Anna Petrovic", "Alexis Majdoc")
DISGUISED = [
    name[:i] + twin + name[i + 1 :]
    for name in NAMES
    for i, letter in enumerate(name)
    for twin in TWINS.get(letter, "")
]


@pytest.mark.threat("I10")
@pytest.mark.parametrize("hidden", BIDI + NO_WIDTH)
def test_what_nobody_sees_is_in_no_key(hidden: str) -> None:
    spelt = f"Ovi{hidden}dio {hidden}Marabe{hidden}"
    assert unhidden(spelt) == "Ovidio Marabe"
    assert fold(spelt) == fold("Ovidio Marabe")
    assert person_name(spelt) == person_name("Ovidio Marabe")
    assert as_seen(spelt) == "Ovidio Marabe"
    index = WordIndex([f"The mayor, {spelt}, resigned."])
    assert index.find(Wanted((Term(("ovidio", f"mar{hidden}abe")),))) == (0,)


@pytest.mark.threat("I10")
def test_a_name_in_disguise_is_never_taken_for_the_other_and_is_always_marked(
    reached: Callable[[str], None],
) -> None:
    for other in DISGUISED:
        (name,) = [one for one in NAMES if look_alike(one, other)]
        for a, b in zip(name.split(), other.split(), strict=True):
            assert a == b or alike(fold(a), fold(b)) == 0
        found = compare_people(person_name(name), person_name(other))
        assert found is None or found[0] != "same"
        assert doubts({"a": [other], "b": [name]}).keys() == {"a"}
    reached(f"{len(DISGUISED)} names in disguise: 0 taken for the other, all marked")


@pytest.mark.threat("I10")
@pytest.mark.parametrize(
    "name",
    [
        "Иван Петров", "Ελένη Παππά", "محمد الأمين", "می‌خواهم", "דוד לוי", "陳大文", "김민준",
        "Łukasz Müller-Ødegård", "Владимир Petrov", "O’Brien", "Nuʻuanu", "श्रीमती",
        "\u200fدانا\u200f", "Ըստ Հայկ", "Đặng Thị", "José", "ß-Werke",
    ],
)  # fmt: skip
def test_ordinary_names_are_left_as_they_are_and_not_marked(name: str) -> None:
    assert as_seen(name) == name
    assert doubts({"a": [name], "b": ["Ovidio Marabe"]}) == {}


def test_a_name_all_in_other_letters_is_marked_where_it_could_be_taken_for_another() -> None:
    cyrillic = "Сосо Рора"
    assert alphabets(cyrillic) == {"CYRILLIC"}
    assert doubts({"a": [cyrillic]}) == {}
    found = doubts({"a": [cyrillic], "b": ["Coco Popa"]})
    assert found == {"a": "looks like Coco Popa, in other letters"}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, engine: OneReader) -> Dossier:
    texts = (
        "Mayor Ovidio Marabe resigned on Monday, the council said. Ovidio Marabe had led the town"
        " of Callis since 2020. “I leave with a light heart,” Marabe said.",
        "Mayor \u041evidio Marabe was charged with fraud on Tuesday, the police said. “It is all"
        " a lie,” said \u041evidio Marabe.",
        "Mayor Ovi\u202edio Marabe was seen in Callis on Wednesday. \u2066Ovidio\u2069 Marabe"
        " waved, the police said. “No comment,” Ovi\u200ddio Marabe said.",
    )
    given = [page(text, f"Paper {n}", f"2031-03-0{n}") for n, text in enumerate(texts, 4)]
    path: Path = tmp_path_factory.mktemp("case") / "case.db"
    with closing(open_store(path)) as store:
        return run([raw(one) for one in given], store, engine, STARTED)


@pytest.mark.threat("I10")
def test_in_a_case_the_disguised_one_stands_apart_and_the_hidden_marks_change_nothing(
    told: Dossier,
) -> None:
    people = [e for e in told.entities if e.kind is Kind.PERSON]
    assert sorted(e.name for e in people) == ["Ovidio Marabe", "\u041evidio Marabe"]
    latin = next(e for e in people if e.name == "Ovidio Marabe")
    assert {p.document_id for p in latin.mentions} >= {told.documents[0].id, told.documents[2].id}
    # The text and the names in it are as they were written.
    assert "Ovi\u202edio Marabe" in latin.names
    assert "Ovi\u202edio" in told.documents[2].text


@pytest.mark.threat("I10", "W1")
def test_the_page_and_the_markdown_say_what_is_odd_about_a_name(told: Dossier) -> None:
    html, markdown = to_html(told), to_markdown(told)
    for said in ("written in Cyrillic and Latin letters", "characters that nobody sees"):
        assert said in html
        assert said in markdown
    shown = html.partition('<script type="application/json"')[0]
    assert not set(BIDI) & set(shown)
    assert not set(BIDI) & set(markdown)
    assert "<bdi>\u041evidio Marabe</bdi>" in html
