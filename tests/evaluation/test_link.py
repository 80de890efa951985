"""`python -m evaluation.link`: given mentions go in with the offsets of the given texts."""

import json
from collections.abc import Mapping

import pytest

from consilience.errors import InputError
from consilience.ingest import ingest_json
from consilience.records import Document, Passage
from evaluation.link import link, taken_in


def written(path, rows):
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def word_at(fields, word):
    """What stands in the document as taken in where the text as given has `word`."""
    document, *_ = ingest_json(json.dumps(fields).encode(), "test:1")
    assert isinstance(document, Document)
    places = taken_in(fields["text"], document)
    start = fields["text"].index(word)
    return document.text[places[start] : places[start + len(word)]]


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "The dam broke at noon."},
        {"text": "\r\nThe river rose.\r\n\r\nThe dam broke at noon.  \n", "title": "A flood"},
        {"text": "Caf\u00c3\u00a9 owners said the dam broke.", "title": "What broke the dam"},
        {"text": "Rain &amp; wind\u200b: the dam broke"},
    ],
)
def test_offsets_of_the_given_text_find_their_words(fields):
    assert word_at(fields, "broke") == "broke"


def test_a_mended_word_is_taken_whole():
    assert word_at({"text": "The caf\u00c3\u00a9 shut."}, "caf\u00c3\u00a9") == "café"


def linked(tmp_path, mentions):
    documents = written(tmp_path / "d.jsonl", [{"id": "a", "text": "The dam broke."}])
    given = written(tmp_path / "m.jsonl", mentions)
    out = tmp_path / "c.jsonl"

    def by_passage(_documents, _readings, passages: Mapping[str, Passage]):
        return {id_: f"{at.start}" for id_, at in passages.items()}

    link(documents, given, out, by_passage, None)
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def test_each_mention_gets_a_line_in_the_order_given(tmp_path):
    mentions = [
        {"document": "a", "id": "m2", "start": 8, "end": 13},
        {"document": "a", "id": 1, "start": 4, "end": 7},
    ]
    assert linked(tmp_path, mentions) == [{"id": "m2", "cluster": "8"}, {"id": 1, "cluster": "4"}]


@pytest.mark.parametrize(
    ("mention", "why"),
    [
        ({"document": "b", "id": "m", "start": 0, "end": 3}, "no document b"),
        ({"document": "a", "id": "m", "start": 8, "end": 15}, "8:15 is no stretch"),
        ({"document": "a", "id": "m", "start": 3, "end": 3}, "3:3 is no stretch"),
        ({"document": "a", "id": "m", "start": "0", "end": 3}, "start is '0'"),
        (["a"], "not an object"),
    ],
)
def test_a_mention_that_cannot_be_used_is_named(tmp_path, mention, why):
    with pytest.raises(InputError, match=why):
        linked(tmp_path, [mention])
