"""Who is who in invented texts: `tests/cases/names.jsonl`."""

import json
from pathlib import Path

import pytest

from tests.resolve.marked import case, expected, grouped

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "cases" / "names.jsonl").read_text().splitlines()
]


@pytest.mark.parametrize("told", CASES, ids=[c["case"] for c in CASES])
def test_names_come_out_as_who_is_meant(told):
    texts = case(told["texts"])
    assert grouped(texts) == expected(texts)


@pytest.mark.parametrize("told", CASES, ids=[c["case"] for c in CASES])
def test_the_order_of_the_documents_changes_nothing(told):
    texts = case(told["texts"])
    turned = case(told["texts"])
    turned = type(turned)(turned.documents[::-1], turned.readings, turned.meant)
    n = len(texts.documents)
    renumbered = {
        frozenset(f"{n - 1 - int(name.split()[0])} {name.split(' ', 1)[1]}" for name in group)
        for group in grouped(turned)
    }
    assert renumbered == grouped(texts)
