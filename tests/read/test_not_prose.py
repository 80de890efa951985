"""What the reader makes of text that is no prose, and of other languages."""

import json
import random
from collections.abc import Callable

import pytest

from consilience.ingest import ingest_json
from consilience.read import Reader
from consilience.records import Document, Passage, Reading

NEWS = (
    "Nine passengers drowned when the ferry Santa Rosa sank near Port Hale on Tuesday, police "
    "said. Captain April Jones told reporters that the engine had failed. “The lights went out,” "
    "she said. Mayor Tom Brandt ordered an inquiry."
)


def _page(text: str) -> Document:
    found, *_ = ingest_json(json.dumps({"text": text}).encode(), "a.jsonl:1")
    assert isinstance(found, Document)
    return found


def _words(page: Document, passages: list[Passage]) -> list[str]:
    return [page.text[p.start : p.end] for p in passages]


def _named(page: Document, read: Reading) -> list[str]:
    return _words(page, [m.passage for m in read.mentions if m.named])


def _claims(read: Reading) -> tuple[int, int]:
    return len(read.attributions), len(read.propositions)


@pytest.mark.parametrize("recased", [str.upper, str.lower])
def test_case_hides_no_name_and_no_claim(reader: Reader, recased: Callable[[str], str]) -> None:
    plain, other = _page(NEWS), _page(recased(NEWS))
    expected, found = reader(plain), reader(other)
    assert _named(other, found) == [recased(name) for name in _named(plain, expected)]
    assert len(found.attributions) == len(expected.attributions)
    assert abs(len(found.propositions) - len(expected.propositions)) <= 2


def test_text_without_a_full_stop_is_read(reader: Reader) -> None:
    words = NEWS.replace(".", "").replace(",", "").replace("“", "").replace("”", "")
    page = _page(words)
    assert _named(page, reader(page)) == _named(_page(NEWS), reader(_page(NEWS)))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Town\tDead\tHurt\nPort Hale\t9\t14\nArlow said\t0\t2", None),
        ("id,name,killed\n1,Ana Lind,9\n2,Bo Hale,4", None),
        ("Ana Lind\nBo Hale\nTom Brandt\nApril Jones", "Ana Lind Bo Hale Tom Brandt April Jones"),
        ("2024-05-03 10:00:01 ERROR worker 7 died\n2024-05-03 10:00:02 INFO killed 9 jobs", None),
        ("def kill(process):\n    process.kill(9)\n    raise Died(process)", None),
        ("https://example.org/nine-killed-police-say", None),
        ("- 2 eggs\n- kill 9 flies\n- tell Ana", None),
    ],
)
def test_what_is_no_prose_claims_nothing(reader: Reader, text: str, names: str | None) -> None:
    page = _page(f"{NEWS}\n\n{text}\n\n{NEWS}")
    read = reader(page)
    once = reader(_page(NEWS))
    assert _claims(read) == tuple(2 * n for n in _claims(once))
    assert len(read.quantities) == 2 * len(once.quantities)
    assert len(read.times) == 2 * len(once.times)
    if names:
        assert " ".join(_named(page, read)).count(names) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Ferry",
        "a",
        "\n\n \n\nNine died.\n\n\n \t\n\n",
        "😀😀 🔥 Breaking!!! Ferry sinks 😭 #PortHale @HaleLines 👨‍👩‍👧‍👦",
        "!?!? ... (((((",
        "\u202enine dead\u202c\u200b said",
        '"a" "b" said "c" said said',
        "N1ne pas5engers dr0wned, po|ice sa1d ||| ~~",
        "a" * 2000,
        "漢" * 200,
    ],
)
def test_the_strangest_text_is_read_without_a_crash(reader: Reader, text: str) -> None:
    page = _page(text)
    read = reader(page)
    assert all(p.start < p.end <= len(page.text) for p in read.sentences)


@pytest.mark.slow
def test_ten_thousand_words_without_a_full_stop_are_read(reader: Reader) -> None:
    words = "the ferry sank near Port Hale and nine people drowned while".split()
    page = _page(" ".join(words[i % len(words)] for i in range(10_000)))
    assert len(reader(page).sentences) > 39


@pytest.mark.slow
def test_five_thousand_lines_of_one_word_claim_nothing(reader: Reader) -> None:
    pick = random.Random(7)
    page = _page("\n".join(pick.choice("ferry killed said nine Hale".split()) for _ in range(5000)))
    read = reader(page)
    assert (_claims(read), read.quantities) == ((0, 0), ())
