"""What a document says will not be read of it."""

import json

import pytest

from consilience.ingest import ingest_json
from consilience.records import Document, Layer

ENGLISH = (
    "Nine passengers drowned when the ferry sank near Port Hale on Tuesday, police said. "
    "The captain told reporters that the engine had failed."
)
SPANISH = (
    "El portavoz Luis Mora dijo que nueve personas murieron el martes cerca del puerto y que "
    "la búsqueda sigue en la costa."
)
TABLE = "Town\tDead\nArlow\t2\nCorrin\t7"
PAGES = {
    "es": SPANISH,
    "fr": "Neuf passagers sont morts quand le ferry a coulé près du port, selon la police, et "
    "les recherches se poursuivent dans la nuit avec des plongeurs.",
    "pt": "Nove passageiros morreram quando a balsa afundou perto do porto, segundo a polícia, "
    "e as buscas não param na costa com os mergulhadores.",
    "de": "Neun Fahrgäste ertranken, als die Fähre vor der Küste sank, wie die Polizei sagte. "
    "Die Suche ist in der Nacht mit Tauchern nicht beendet.",
    "it": "Nove passeggeri sono annegati quando il traghetto è affondato al largo del porto, "
    "secondo la polizia, e le ricerche non sono finite nella notte.",
    "ru": "Девять пассажиров утонули, когда паром затонул у порта во вторник, сообщила полиция.",
    "ar": "غرق تسعة ركاب عندما غرقت العبارة بالقرب من الميناء يوم الثلاثاء حسبما قالت الشرطة.",
    "zh": "九名乘客在渡轮沉没时溺亡，警方周二表示，搜救工作仍在继续，船长已被拘留，原因不明。",
}


def _page(text: str, **fields: str) -> Document:
    found, *_ = ingest_json(json.dumps({"text": text, **fields}).encode(), "a.jsonl:1")
    assert isinstance(found, Document)
    return found


def _said(page: Document) -> list[tuple[str, str | None]]:
    return [(page.text[u.passage.start : u.passage.end], u.language) for u in page.unread]


def test_of_english_prose_all_is_read() -> None:
    assert _page(ENGLISH).unread == ()
    assert _page(ENGLISH, language="en-GB").unread == ()


@pytest.mark.parametrize("language", PAGES)
def test_a_page_in_another_language_says_so(language: str) -> None:
    page = _page(PAGES[language])
    assert page.language == language
    assert _said(page) == [(PAGES[language], language)]
    assert {Layer.COREFERENCE, Layer.PROPOSITIONS} <= set(page.unread[0].layers)


def test_names_are_looked_for_only_where_capitals_show_them() -> None:
    unread = {code: _page(text).unread[0].layers for code, text in PAGES.items()}
    assert [code for code in PAGES if Layer.MENTIONS in unread[code]] == ["ru", "ar", "zh"]


def test_a_foreign_paragraph_in_an_english_page_is_named_alone() -> None:
    page = _page(f"{ENGLISH}\n\n{SPANISH}\n\n{ENGLISH}")
    assert (page.language, _said(page)) == ("en", [(SPANISH, "es")])


def test_what_is_no_prose_is_in_no_language() -> None:
    page = _page(f"{ENGLISH}\n\n{TABLE}")
    assert (page.language, _said(page)) == ("en", [(TABLE, None)])
    names = _page("Ana Lind\nBo Hale\nCy Ruiz\nDora Maar Lopez\nEmil Brandt\nFay Ortega")
    assert (names.language, len(names.unread)) == ("und", 1)
    scores = _page("Port Hale United 3-2 Arlow\nLind FC 0-0 Brandt Town\nCorrin 1-1 Halftime")
    assert scores.language == "und"


def test_a_language_given_is_believed() -> None:
    page = _page(SPANISH, language="nl_BE")
    assert (page.language, page.unread[0].language) == ("nl", "nl")
