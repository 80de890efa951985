"""Whole cases held against what a careful reader finds in them."""

import json
from collections import defaultdict
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from consilience.ingest import Raw, list_inputs
from consilience.interchange import dossier_to_json, dumps
from consilience.pipeline import outcomes_of, run, tell_unkept
from consilience.store import open_store
from evaluation.expected import Entry, Scorer
from tests.small_cases import STARTED, OneReader, Page, page

REPOSITORY = Path(__file__).parents[1]
EXAMPLE = REPOSITORY / "examples" / "valdoro"
SEEDS = REPOSITORY.parent / "shared" / "seeds"
# What the program is known to miss in the example; it can only shrink.
KNOWN_MISSES: list[str] = []


def scored(folder: Path, expected: Path, engine: OneReader) -> list[Entry]:
    store = open_store(None)
    dossier = run(list_inputs([folder]), store, engine, STARTED)
    store.close()
    scorer = Scorer(json.loads(dumps(dossier_to_json(dossier))))
    return list(scorer.score(json.loads(expected.read_text(encoding="utf-8"))))


def test_the_example_is_told_as_a_careful_reader_would(engine: OneReader) -> None:
    entries = scored(EXAMPLE, EXAMPLE.with_suffix(".expected.json"), engine)
    assert [f"{e.section}: {e.what}" for e in entries if not e.met] == KNOWN_MISSES


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed documents are not here")
def test_the_seeds_are_told_nearly_as_a_careful_reader_would(engine: OneReader) -> None:
    sections: dict[str, list[bool]] = defaultdict(list)
    for entry in scored(SEEDS, SEEDS.with_name("seeds-expected.json"), engine):
        sections[entry.section].append(entry.met)
        if entry.what.startswith("title:"):
            sections["titles"].append(entry.met)
    shares = {name: sum(met) / len(met) for name, met in sections.items()}
    for whole in ("never merged", "figures", "titles"):
        assert shares[whole] == 1.0
    for nearly in ("people", "timeline", "direct quotations"):
        assert shares[nearly] >= 0.85


def test_a_case_that_is_not_kept_is_told_in_the_same_bytes(engine: OneReader) -> None:
    pages: list[Page] = [
        page("A ferry burned off Port Callis on Monday. Nine people died, police said.", "Arlow"),
        page("Ten people died on the ferry, divers told the Herald.", "Herald"),
        page("Another page under an id that is taken.", "Arlow"),
        page("", "Nothing"),
    ]
    line = "\n".join(map(json.dumps, pages)).encode()
    raw = Raw("case", ".jsonl", sha256(line).hexdigest(), line)
    with closing(open_store(None)) as store:
        kept = run([raw], store, engine, STARTED)
    unkept = tell_unkept(outcomes_of(raw), engine, STARTED)
    assert len(unkept.failures) == 2
    assert dumps(dossier_to_json(unkept)) == dumps(dossier_to_json(kept))
