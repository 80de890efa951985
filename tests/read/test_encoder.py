"""What must hold of every parse, and a few sentences any reader gets right."""

import hashlib
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from consilience.errors import ModelError
from consilience.read.encoder import Encoder, Parse
from consilience.read.model import PACKAGED

SENTENCES = (
    "Mayor Anna Lind of Port Harbour resigned on Tuesday , police said .",
    "TWO OFFICERS KILLED IN PORT HARBOUR",
    "“ ¿ Dónde está ? ” asked Mr. López-Ortiz , 中国 ’s 1st … envoy",
    "x",
    "( ( ( ( ! ! ! ! ) ) ) )",
    "buffalo " * 40,
)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def parsed(encoder: Encoder, text: str, start: int = 0) -> Parse:
    tokens = [m.span() for m in re.finditer(r"\S+", text) if m.start() >= start]
    return encoder.parse(text, tokens)


@pytest.mark.parametrize("text", SENTENCES)
def test_words_stand_where_they_were_given(encoder: Encoder, text: str) -> None:
    parse = parsed(encoder, text)
    assert [word.text for word in parse.words] == text.split()
    assert all(text[word.start : word.end] == word.text for word in parse.words)
    assert text[parse.start : parse.end] == text.strip()


@pytest.mark.parametrize("text", SENTENCES)
def test_words_form_a_tree_with_one_root(encoder: Encoder, text: str) -> None:
    heads = [word.head for word in parsed(encoder, text).words]
    assert_tree(heads)


def assert_tree(heads: list[int]) -> None:
    assert heads.count(-1) == 1
    for word in range(len(heads)):
        at, steps = word, 0
        while at != -1:
            at, steps = heads[at], steps + 1
            assert steps <= len(heads)


@pytest.mark.parametrize("text", SENTENCES)
def test_only_the_root_is_labelled_root(encoder: Encoder, text: str) -> None:
    words = parsed(encoder, text).words
    assert all((word.deprel == "root") == (word.head == -1) for word in words)


@pytest.mark.parametrize("text", SENTENCES)
def test_an_inside_tag_follows_its_own_kind(encoder: Encoder, text: str) -> None:
    before = "O"
    for word in parsed(encoder, text).words:
        if word.name.startswith("I-"):
            assert before[2:] == word.name[2:]
        before = word.name


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_reads_the_same_twice_and_anywhere(encoder: Encoder, text: str) -> None:
    parse = parsed(encoder, text)
    assert parsed(encoder, text) == parse
    moved = parsed(encoder, "é " + text, start=2)
    words = tuple(replace(w, start=w.start - 2, end=w.end - 2) for w in moved.words)
    assert (words, moved.vector) == (parse.words, parse.vector)


def test_names_and_kinds_of_a_plain_sentence(encoder: Encoder) -> None:
    parse = parsed(encoder, "The officer met Anna Lind in Paris .")
    read = {word.text: (word.upos, word.lemma, word.name, word.kind) for word in parse.words}
    assert read["officer"] == ("NOUN", "officer", "O", "person")
    assert read["met"] == ("VERB", "meet", "O", "")
    assert read["Anna"][2:] == ("B-PER", "person")
    assert read["Lind"][2] == "I-PER"
    assert read["Paris"] == ("PROPN", "Paris", "B-LOC", "place")


def test_syntax_of_a_plain_sentence(encoder: Encoder) -> None:
    words = parsed(encoder, "Police arrested two men .").words
    heads = [(word.deprel, words[word.head].text if word.head >= 0 else "") for word in words]
    assert heads == [
        ("nsubj", "arrested"),
        ("root", ""),
        ("nummod", "men"),
        ("obj", "arrested"),
        ("punct", "arrested"),
    ]


def test_a_vector_has_length_one_and_likes_its_like(encoder: Encoder) -> None:
    first, like, unlike = (
        parsed(encoder, text).vector
        for text in (
            "A bomb killed nine soldiers .",
            "Nine soldiers died in an explosion .",
            "The recipe needs two eggs .",
        )
    )
    assert len(first) == 384
    assert sum(x * x for x in first) == pytest.approx(1, abs=0.01)
    assert dot(first, like) > dot(first, unlike) + 0.2


def dot(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


def test_a_sentence_of_three_thousand_words_is_read_whole(encoder: Encoder) -> None:
    text = "Guards shot nine soldiers , " * 600
    parse = parsed(encoder, text)
    assert len(parse.words) == 3000
    assert_tree([word.head for word in parse.words])


def test_a_word_of_ten_thousand_characters_is_read(encoder: Encoder) -> None:
    parse = parsed(encoder, "See " + "ha-" * 3_333 + " .")
    assert len(parse.words) == 3


@pytest.mark.parametrize("name", ["encoder.onnx", "labels.json", "lemmas.txt", "vocab.txt"])
def test_a_damaged_file_is_named(tmp_path: Path, name: str) -> None:
    folder = shutil.copytree(PACKAGED, tmp_path / "model")
    held = bytearray((folder / name).read_bytes())
    held[len(held) // 2] ^= 1
    (folder / name).write_bytes(held)
    with pytest.raises(ModelError, match=rf"{re.escape(name)}.*reinstall"):
        Encoder(folder)


@pytest.mark.parametrize("name", ["encoder.onnx", "hashes.json"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    folder = shutil.copytree(PACKAGED, tmp_path / "model")
    (folder / name).unlink()
    with pytest.raises(ModelError, match=rf"{re.escape(name)}.*reinstall"):
        Encoder(folder)


def test_other_weights_are_another_version(encoder: Encoder, tmp_path: Path) -> None:
    folder = shutil.copytree(PACKAGED, tmp_path / "model")
    assert Encoder(folder).version == encoder.version
    labels = json.loads((folder / "labels.json").read_text("utf-8"))
    changed = json.dumps(labels, indent=2)
    (folder / "labels.json").write_text(changed, "utf-8")
    hashes = json.loads((folder / "hashes.json").read_text("utf-8"))
    hashes["labels.json"] = hashlib.sha256(changed.encode()).hexdigest()
    (folder / "hashes.json").write_text(json.dumps(hashes), "utf-8")
    assert Encoder(folder).version != encoder.version
