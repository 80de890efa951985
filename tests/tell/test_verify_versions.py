"""Versions and utterances of a dossier proven again: a line for every change."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from consilience.records import Dossier, Passage, Version
from consilience.tell.verify import verify
from tests.small_cases import OneReader, page, tell

FIRST = "Police initially said eight people had died in the blast at Corrin"
EARLY = page(f"{FIRST} but later revised the toll to 13.", "Echo", "2024-05-13")
LATE = page("Police said 14 people had died in the blast at Corrin.", "Post", "2024-05-16")
ROT = "“The ministry let the old bridge rot for twelve years,” "


def with_versions(dossier: Dossier, change: Callable[[Version], Version], n: int) -> Dossier:
    """The dossier, the n-th version of its one sequence changed."""
    findings = [
        replace(
            finding,
            versions=tuple(change(v) if i == n else v for i, v in enumerate(finding.versions)),
        )
        for finding in dossier.findings
    ]
    return replace(dossier, findings=tuple(findings))


def elsewhere(version: Version) -> Version:
    assert version.cue is not None
    return replace(version, cue=Passage("Post", 0, 6))


WRONG = [
    (lambda v: replace(v, voice="The mayor"), None),
    (lambda v: replace(v, claim_ids=()), 0),
    (lambda v: replace(v, when=None, cue=None), 0),
    (elsewhere, 0),
    (lambda v: replace(v, when=replace(v.when, value="2024-05-12")), 2),
]


@pytest.mark.parametrize(("change", "n"), WRONG)
def test_a_changed_version_is_reported(
    engine: OneReader, change: Callable[[Version], Version], n: int | None
) -> None:
    dossier = tell(engine, EARLY, LATE)
    assert verify(dossier) == ()
    assert sum(len(f.versions) for f in dossier.findings) == 3
    changed = dossier
    for i in range(3) if n is None else (n,):
        changed = with_versions(changed, change, i)
    assert verify(changed) != ()


def test_a_changed_utterance_is_reported(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page(ROT + "Mayor Anna Lind said.", "Echo", "2024-05-13"),
        page(ROT + "Judge Paul Marek said.", "Post"),
    )
    (utterance,) = dossier.utterances
    assert verify(dossier) == ()
    for changed in (
        replace(utterance, drift=()),
        replace(utterance, first=1),
        replace(utterance, speakers=utterance.speakers[:1]),
    ):
        assert verify(replace(dossier, utterances=(changed,))) != ()
