"""What is kept of a sentence, and what it gives away."""

import re
from dataclasses import fields
from importlib.resources import files

import numpy as np
import pytest

from consilience.read import Reader
from consilience.read.encoder import Argument, Parse, Predicate, Word
from consilience.read.memory import (
    DECIDING,
    Key,
    RecentMemory,
    pack,
    sentence_key,
    settings_of,
    unpack,
)
from tests.factory import document

SETTINGS = settings_of("a model")
TEXT = "Mayor Anna Lind didn’t resign : 12 dockers , 3 hurt , walked out ."
PAGE = "Nine drowned near Port Hale, police said. Nine drowned near Port Hale, police said. Why?"


class Kept(dict[bytes, bytes]):
    """A memory that shows what it was given."""

    find = dict.get

    def keep(self, name: bytes, sealed: bytes) -> None:
        self[name] = sealed


def tokens_of(text: str, start: int = 0) -> list[tuple[int, int]]:
    return [m.span() for m in re.finditer(r"\S+", text) if m.start() >= start]


def key_of(text: str) -> Key:
    return sentence_key(SETTINGS, text, tokens_of(text))


def parse_of(text: str, start: int = 0) -> Parse:
    """A parse that leaves no field at its default."""
    words = tuple(
        Word(a, b, text[a:b], text[a:b].lower(), "NOUN", "Number=Sing", n - 1, "dep", "O", "person")
        for n, (a, b) in enumerate(tokens_of(text, start))
    )
    vector = tuple(np.float32((n - 192) / 10_000).item() for n in range(384))
    predicates = (Predicate(1, "01", -2.7182818, (Argument("ARG0", 0, 1),)),)
    return Parse(words[0].start, words[-1].end, words, vector, predicates, b"\x00\x3c" * len(words))


def test_a_parse_comes_back_whole() -> None:
    parse, key = parse_of(TEXT), key_of(TEXT)
    assert all(getattr(parse, field.name) for field in fields(parse) if field.name != "start")
    assert repr(unpack(pack(parse, key), key, TEXT, tokens_of(TEXT))) == repr(parse)


def test_a_parse_comes_back_where_the_sentence_stands_now() -> None:
    key, elsewhere = key_of(TEXT), f"Ähem. {TEXT}"
    tokens = tokens_of(elsewhere, 6)
    assert sentence_key(SETTINGS, elsewhere, tokens) == key
    assert unpack(pack(parse_of(TEXT), key), key, elsewhere, tokens) == parse_of(elsewhere, 6)


def test_a_key_is_of_the_words_their_bounds_and_the_settings() -> None:
    whole = key_of(TEXT)
    assert key_of(TEXT.replace("12", "13")) != whole
    assert key_of(TEXT.replace("Anna ", "Anna  ")) != whole
    assert sentence_key(SETTINGS, TEXT, [(0, len(TEXT))]) != whole
    assert sentence_key(settings_of("another model"), TEXT, tokens_of(TEXT)) != whole


def test_all_code_that_a_parse_is_made_with_decides_its_key() -> None:
    known, unseen = {"memory.py"}, {"encoder.py"}
    while unseen:
        name = unseen.pop()
        known.add(name)
        source = files("consilience.read").joinpath(name).read_text("utf-8")
        used = re.findall(r"^from consilience\.read\.(\w+) import", source, re.M)
        unseen |= {f"{module}.py" for module in used} - known
    assert known <= set(DECIDING)


def test_what_is_kept_tells_nothing_without_the_sentence() -> None:
    sealed = pack(parse_of(TEXT), key_of(TEXT))
    likeness = pack(parse_of(TEXT), key_of(TEXT.replace("12", "13")))
    assert b"lind" not in sealed
    # Two pads have a byte in 256 in common, give or take.
    same = sum(a == b for a, b in zip(sealed, likeness, strict=True))
    assert same < len(sealed) / 50


def test_damaged_bytes_are_no_parse() -> None:
    key, sealed = key_of(TEXT), pack(parse_of(TEXT), key_of(TEXT))
    for at in range(0, len(sealed), 7):
        damaged = bytearray(sealed)
        damaged[at] ^= 4
        assert unpack(bytes(damaged), key, TEXT, tokens_of(TEXT)) is None
    for left in (0, 1, 16, len(sealed) - 1):
        assert unpack(sealed[:left], key, TEXT, tokens_of(TEXT)) is None


def test_the_oldest_is_forgotten_first() -> None:
    memory = RecentMemory(2)
    for name in (b"a", b"b", b"c"):
        memory.keep(name, name)
    assert [memory.find(name) for name in (b"a", b"b", b"c")] == [None, b"b", b"c"]


@pytest.fixture(scope="module")
def remembering() -> tuple[Reader, Kept]:
    memory = Kept()
    return Reader(memory), memory


def test_a_page_is_read_the_same_with_and_without_its_sentences_known(
    reader: Reader, remembering: tuple[Reader, Kept]
) -> None:
    remembers, memory = remembering
    fresh, known = remembers(document(PAGE)), remembers(document(PAGE))
    assert repr(fresh) == repr(known) == repr(reader(document(PAGE)))
    assert len(memory) == 2  # one of the three stands there twice


def test_a_memory_gone_bad_is_mended(remembering: tuple[Reader, Kept]) -> None:
    remembers, memory = remembering
    whole = remembers(document(PAGE))
    good = dict(memory)
    for name in memory:
        memory[name] = b"not what was kept"
    assert repr(remembers(document(PAGE))) == repr(whole)
    assert memory == good
