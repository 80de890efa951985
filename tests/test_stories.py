"""The invented case of many documents that speed is measured on."""

import re
from pathlib import Path

from bench.stories import case, write
from consilience.ingest import ingest
from consilience.records import Document


def test_the_same_number_makes_the_same_bytes():
    assert list(case(40)) == list(case(40))


def test_every_slot_of_a_sentence_is_filled():
    assert not [name for name, text in case(120) if re.search(r"\{(?!\")\w*\}", text)]


def test_every_page_can_be_read_and_is_of_some_length(tmp_path: Path):
    write(tmp_path, 40)
    found = list(ingest([tmp_path]))
    assert all(isinstance(one, Document) for one in found)
    lengths = [len(one.text.split()) for one in found if isinstance(one, Document)]
    assert len(lengths) == 40
    assert min(lengths) > 100
    assert max(lengths) < 1_200
