"""Pieces worked by hand from the rules of BERT's uncased tokenizer and a small vocabulary."""

import importlib
from importlib import util

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consilience.read.model import PACKAGED
from consilience.read.wordpieces import (
    MAX_WORD_PIECES,
    Vocabulary,
    parse_vocabulary,
    word_pieces,
    word_shape,
)

_SMALL = parse_vocabulary(
    "[PAD]\n[UNK]\n[CLS]\n[SEP]\nun\n##aff\n##able\nkin\n##g\nking\n'\ns\n-\n中\n国\n$\n5\nlopez\na"
)

# The published tokenizer knows an older Unicode, so only ranges that have not changed since.
_OLD_CHARACTERS = st.one_of(
    st.characters(max_codepoint=0x513, exclude_categories=["Cn"]),
    st.characters(min_codepoint=0x2010, max_codepoint=0x2064),
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5),
)


@pytest.fixture(scope="module")
def shipped() -> Vocabulary:
    return parse_vocabulary((PACKAGED / "vocab.txt").read_text("utf-8"))


def pieces(word: str, vocabulary: Vocabulary = _SMALL) -> str:
    names = {number: piece for piece, number in vocabulary.ids.items()}
    return " ".join(names[number] for number in word_pieces(word, vocabulary))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("king", "king"),
        ("unaffable", "un ##aff ##able"),
        ("King's", "king ' s"),
        ("LÓPEZ", "lopez"),
        ("Lo\u0301pez", "lopez"),
        ("中国", "中 国"),
        ("a中国a", "a 中 国 a"),
        ("$5", "$ 5"),
        ("un-king", "un - king"),
        ("queen", "[UNK]"),
        ("kingx", "[UNK]"),
        ("ki\u200bng", "king"),
        ("king\u00a0s", "king s"),
    ],
)
def test_a_word_is_cut_as_bert_cuts_it(word: str, expected: str) -> None:
    assert pieces(word) == expected


def test_a_word_that_leaves_nothing_is_unknown() -> None:
    assert pieces("\u200b") == "[UNK]"
    assert pieces("") == "[UNK]"


def test_a_hundred_and_first_character_makes_a_word_unknown() -> None:
    assert pieces("a" + "able" * 24 + "aff").startswith("a ##able")
    assert pieces("a" + "able" * 25) == "[UNK]"


def test_a_word_of_marks_uses_a_bounded_number_of_pieces() -> None:
    assert len(word_pieces("-" * 10_000, _SMALL)) == MAX_WORD_PIECES


def test_a_word_of_a_megabyte_is_read_by_its_beginning() -> None:
    assert pieces("a" * 1_000_000) == "[UNK]"
    assert pieces("\u0301" * 1_000_000) == "[UNK]"
    assert word_pieces("a-" * 500_000, _SMALL) == word_pieces("a-" * MAX_WORD_PIECES, _SMALL)


def test_known_words_of_the_shipped_vocabulary(shipped: Vocabulary) -> None:
    # Ids any BERT-uncased tokenizer gives.
    assert word_pieces("hello", shipped) == [7592]
    assert word_pieces("World", shipped) == [2088]
    assert (shipped.unknown, shipped.first, shipped.last) == (100, 101, 102)
    assert pieces("embeddings", shipped) == "em ##bed ##ding ##s"


@given(st.text(max_size=60))
def test_every_word_has_pieces_and_knows_them(word: str) -> None:
    found = word_pieces(word, _SMALL)
    assert 1 <= len(found) <= MAX_WORD_PIECES
    assert set(found) <= set(_SMALL.ids.values())


@pytest.mark.skipif(util.find_spec("tokenizers") is None, reason="tokenizers is not installed")
@given(word=st.text(_OLD_CHARACTERS, min_size=1, max_size=30))
def test_pieces_are_those_of_the_published_tokenizer(word: str) -> None:
    tokenizers = importlib.import_module("tokenizers")

    theirs = tokenizers.BertWordPieceTokenizer(str(PACKAGED / "vocab.txt"), lowercase=True)
    ours = parse_vocabulary((PACKAGED / "vocab.txt").read_text("utf-8"))
    expected = theirs.encode(word, add_special_tokens=False).ids or [ours.unknown]
    assert word_pieces(word, ours) == expected[:MAX_WORD_PIECES]


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("Anna", "Xxx"),
        ("POLICE", "XX"),
        ("iPhone", "xXxx"),
        ("12,000", "dd,dd"),
        ("”", "o"),
        ("", ""),
    ],
)
def test_a_shape_tells_how_a_word_is_written(word: str, shape: str) -> None:
    assert word_shape(word) == shape
