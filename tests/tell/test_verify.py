"""A dossier proven again: nothing to say of a sound one, a line for every change."""

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from consilience import records as r
from consilience.cli import commands
from consilience.interchange import digest, dossier_to_json, dumps, loads
from consilience.tell.verify import verify, verify_json
from tests.small_cases import OneReader, page, tell
from tests.tell.mutations import (
    CHANGES,
    Change,
    Written,
    changed,
    missed,
    other_digits,
    other_names,
)
from tests.tell.sample import sample_dossier

EXAMPLE = Path(__file__).parents[2] / "examples" / "valdoro"
Changes = Callable[[Written], Iterator[Change]]


def written() -> Written:
    return loads(dumps(dossier_to_json(sample_dossier())), "dossier")


def test_a_sound_dossier_is_proven() -> None:
    assert verify(sample_dossier()) == ()
    assert verify_json(written()) == ()
    assert verify(sample_dossier(), sample_dossier().documents) == ()


# What only the digest can guard: it is not derived from the texts of the dossier, or (offsets,
# ids, days of other reports) another value would be as well supported.
GIVEN = re.compile(
    r"run/.*|documents/\d+/(name|source|title|url|author|sha256|(updated|parts|repairs)/.*)"
    r"|.*/(belief|probability|id|kind|start|end|speaker)|.*/(claims|findings)/\d+|failures/.*"
    r"|digest|account/\d+/paragraph|account/1/text|findings/\d+/relations/\d+/why"
)
# A stride that meets every kind of field in a second or two.
FEW = 31


@pytest.mark.threat("M4")
@pytest.mark.parametrize("changes", CHANGES)
def test_a_changed_digit_name_or_offset_is_reported(changes: Changes) -> None:
    dossier = written()
    assert missed(dossier, itertools.islice(changes(dossier), 0, None, FEW)) == []


@pytest.mark.threat("M4")
@pytest.mark.slow
@pytest.mark.parametrize("changes", CHANGES)
def test_every_changed_digit_name_and_offset_is_reported(changes: Changes) -> None:
    dossier = written()
    assert missed(dossier, changes(dossier)) == []


@pytest.mark.slow
@pytest.mark.parametrize("changes", [other_digits, other_names])
def test_what_the_texts_give_is_proven_without_the_digest_too(changes: Changes) -> None:
    dossier = written()
    derived = [c for c in changes(dossier) if not GIVEN.fullmatch("/".join(map(str, c[0])))]
    assert len(derived) > 50
    assert missed(dossier, derived, sealed=True) == []


@pytest.mark.threat("M4")
@pytest.mark.slow
def test_the_example_is_proven_and_its_changes_are_reported(tmp_path: Path) -> None:
    made = CliRunner().invoke(commands, ["account", str(EXAMPLE), "--out", str(tmp_path)])
    assert made.exit_code == 0, made.output
    path = tmp_path / "dossier.json"
    proven = CliRunner().invoke(commands, ["verify", str(path), "--documents", str(EXAMPLE)])
    assert proven.exit_code == 0, proven.output
    dossier = loads(path.read_bytes(), "dossier")
    for changes in CHANGES:
        some = itertools.islice(changes(dossier), 0, None, 97)
        assert missed(dossier, some) == []


def claim_with(dossier: r.Dossier, **changes: Any) -> r.Dossier:
    first, *others = dossier.claims
    return replace(dossier, claims=(replace(first, **changes), *others))


def finding_with(dossier: r.Dossier, **changes: Any) -> r.Dossier:
    first, *others = dossier.findings
    return replace(dossier, findings=(replace(first, **changes), *others))


def candidate_with(dossier: r.Dossier, **changes: Any) -> r.Dossier:
    first, *others = dossier.findings[0].candidates
    return finding_with(dossier, candidates=(replace(first, **changes), *others))


def sentence_saying(dossier: r.Dossier, text: str) -> r.Dossier:
    first, *others = dossier.account
    return replace(dossier, account=(replace(first, text=text), *others))


SOUND = sample_dossier()
NINE = SOUND.claims[0].value


@pytest.mark.parametrize(
    ("dossier", "line"),
    [
        (claim_with(SOUND, passage=r.Passage("d1", 0, 9_999)), "claim k1: 0-9999 runs out of d1"),
        (claim_with(SOUND, passage=r.Passage("d9", 0, 9)), "claim k1: no document d9"),
        (claim_with(SOUND, passage=r.Passage("d1", 1, 11)), "claim k1: 1-11 cuts a word of d1"),
        (claim_with(SOUND, subject_id="v9"), "claim k1: no subject v9"),
        (claim_with(SOUND, factuality=r.Factuality.PLANNED),
         "finding f1: candidate 0: claim k1 does not state it as a fact"),
        (claim_with(SOUND, value=r.Quantity(8, None, r.Comparator.AT_LEAST, "person")),
         "claim k1: “At least nine people were killed” does not say 8"),
        (claim_with(SOUND, value=r.Quantity(1, 1, r.Comparator.EXACTLY, "person")),
         "claim k1: “At least nine people were killed” does not say 1"),
        (claim_with(SOUND, voices=(r.Voice("e3", "the navy", r.Stance.SAYS, direct=False),)),
         "claim k1: d1 does not name “the navy”"),
        (candidate_with(SOUND, n_documents=3), "finding f1: candidate 0: 2 documents, not 3"),
        (candidate_with(SOUND, n_origins=2), "finding f1: candidate 0: 1 origins, not 2"),
        (candidate_with(SOUND, first_said=SOUND.documents[3].published),
         "finding f1: candidate 0: first said 2031-03-07 is not so by its claims"),
        (finding_with(SOUND, status=r.Status.AGREED),
         "finding f1: agreed where its relations and origins give updated"),
        (finding_with(SOUND, policies=r.Policies(NINE, NINE, NINE, NINE, NINE)),
         "finding f1: high is another candidate's value"),
        (sentence_saying(SOUND, "Reyl drowned."),
         "account[0]: nothing cited gives “Reyl” in “Reyl drowned.”"),
        (sentence_saying(SOUND, "Seventy people drowned."),
         "account[0]: nothing cited gives “Seventy” in “Seventy people drowned.”"),
        (sentence_saying(SOUND, "It burned on 9 March 2031."),
         "account[0]: nothing cited gives “9 March 2031” in “It burned on 9 March 2031.”"),
        (sentence_saying(SOUND, "It burned on Monday night, 4 March 2031."),
         "account[0]: nothing cited gives “Monday night, 4 March 2031” in “It burned on Monday "
         "night, 4 March 2031.”"),
        (replace(SOUND, account=(r.Sentence("It burned.", ()),)),
         "account[0]: no passage behind “It burned.”"),
        (replace(SOUND, entities=(replace(SOUND.entities[0], name="Tomas Rehl"),
                                  *SOUND.entities[1:])),
         "entity e1: its mentions do not say “Tomas Rehl”"),
        (replace(SOUND, quotations=(
            replace(SOUND.quotations[4], direct=True), *SOUND.quotations[1:])),
         "quotations[0]: no quotation marks around “the fire began in the engine room”"),
        (replace(SOUND, origins=SOUND.origins[:2]), "document d4: in 0 origins, not in one"),
    ],
)  # fmt: skip
def test_each_mismatch_has_its_line(dossier: r.Dossier, line: str) -> None:
    assert line in verify(dossier)


@pytest.mark.threat("M4")
def test_texts_are_held_against_the_originals() -> None:
    first, *others = SOUND.documents
    spoilt = replace(first, text=first.text.replace("nine", "nice"))
    assert verify(SOUND, (spoilt, *others)) == (
        "document d1: text differs from the document given",
    )
    assert verify(SOUND, tuple(others)) == ("document d1 (d1.txt): not among the documents given",)
    assert verify(SOUND, (*SOUND.documents, replace(first, id="d5", name="e.txt"))) == (
        "document d5 (e.txt): given, but not in the dossier",
    )


def test_a_changed_text_or_an_added_key_is_seen_even_with_a_new_digest() -> None:
    dossier = changed(
        written(), ("documents", 1, "text"), SOUND.documents[1].text.replace("Meridian", "Mer")
    )
    dossier["digest"] = digest(dossier)
    assert "document d2: its text is not the one of text_sha256" in verify_json(dossier)
    dossier = changed(written(), ("documents", 1, "origin"), "o3")
    dossier["digest"] = digest(dossier)
    assert verify_json(dossier) == (
        "dossier: it holds keys or origins of documents that its records do not give",
    )


def test_initials_in_a_name_keep_their_stops_and_verify(engine: OneReader) -> None:
    told = tell(
        engine, page("Peter Alan “P.A.” Holm, 13, was shot in Corrin on Monday. Holm died.")
    )
    assert "Peter Alan 'P.A.' Holm" in {e.name for e in told.entities}
    assert verify(told) == ()
