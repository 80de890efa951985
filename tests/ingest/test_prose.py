"""Lines that are no prose."""

import pytest

from consilience.ingest.prose import unprosed

NEWS = "Nine passengers drowned when the ferry Santa Rosa sank near Port Hale, police said."
TABLE = "Town\tDead\tHurt\nPort Hale\t9\t14\nArlow\t0\t2"


@pytest.mark.parametrize(
    "text",
    [
        TABLE,
        "| Town | Dead |\n|---|---|\n| Arlow | 2 |",
        "Town        Dead    Hurt\nPort Hale   9       14",
        "id,name,age\n1,Ana Lind,32\n2,Bo Hale,41",
        "- 2 eggs\n- 12 nails\n- milk",
        "Ana Lind\nBo Hale\nCy Ruiz\nDora Maar Lopez",
        "Home\n\nNews\n\nSport\n\nLog in",
        "09:00 Registration\n09:30 Opening by Ana Lind",
        "2024-05-03 10:00:01 ERROR worker died\n2024-05-03 10:00:02 INFO killed 9",
        "def kill(process):\n    if process.code is None:\n        raise Died(process)",
        "https://example.org/nine-killed?id=3",
        "9 14 52 2024 3.5 100%",
        "N1ne pas5engers dr0wned wben tbe ferry 5anta s@nk",
    ],
)
def test_what_is_no_prose_is_found_between_paragraphs_of_prose(text: str) -> None:
    page = f"{NEWS}\n\n{text}\n\n{NEWS}"
    assert [page[start:end] for start, end in unprosed(page)] == [text]


@pytest.mark.parametrize(
    "text",
    [
        NEWS,
        NEWS.upper(),
        NEWS.lower().removesuffix("."),
        "Ferry sinks off Port Hale\n\nMayor Brandt resigns after inquiry\n\nNine drown, 14 hurt",
        "“He came,” Lind said.\nHe saw.\nHe won.",
        "- Nine people drowned when the ferry sank.\n- The captain, 52, was arrested, police said.",
        "9 dead, 14 hurt as ferry sinks 😱 #PortHale",
        "The 3.30pm ferry, a 14-year-old ship worth $3million, met COVID-19 rules.",
        "Photo: A. Lind",
        "九名乘客在渡轮沉没时溺亡。警方周二表示。",
        "غرق تسعة ركاب عندما غرقت العبارة بالقرب من الميناء، حسبما قالت الشرطة.",
    ],
)
def test_prose_is_left_alone(text: str) -> None:
    assert unprosed(text) == []
