"""Findings as a page shows them: status at a glance, answers with who gives them, and why."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from consilience.records import Candidate, Dossier, Finding, Passage, RelationKind, Status
from consilience.tell.ledger import NEVER
from consilience.tell.lookup import Lookup
from consilience.tell.marks import cites
from consilience.tell.phrases import (
    STATUS_WORDS,
    by_weight,
    count,
    other_event,
    say_policies,
    say_said,
    say_sums,
    say_value,
    say_versions,
    say_voices,
)

STATUS_MEANS = {
    Status.CONTRADICTED: "the answers cannot all be true, and none replaces the other",
    Status.UPDATED: "later answers replace earlier ones",
    Status.COMPATIBLE: "the answers differ and can all be true",
    Status.AGREED: "independent origins give the same answer",
    Status.SINGLE_ORIGIN: "all who say it go back to one report",
}
RELATION_WORDS = {
    RelationKind.CONTRADICTORY: "Cannot both be true",
    RelationKind.UPDATED: "The later replaces the earlier",
    RelationKind.COMPATIBLE: "Can both be true",
    RelationKind.SAME: "Say the same",
}
# Words for a belief, by the least that they stand for.
_BELIEF_WORDS = (
    (0.95, "almost certain"),
    (0.75, "likely"),
    (0.45, "open"),
    (0.15, "doubtful"),
    (0.0, "very unlikely"),
)
# More pairs of answers than these are folded away: of those that differ, and of those that do not.
_TELLING_MAX, _OTHERS_MAX = 6, 2
# Nobody reads more pairs than these; the rest is in the dossier's JSON, and the page says so.
_PAIRS_MAX = 25
# What is seen at a glance: the contested questions and those on the main event, so many of them.
GLANCE_MAX = 14
# More answers than these are only counted there.
_GLANCED_MAX = 3


def numbered(dossier: Dossier) -> dict[str, int]:
    """The number of each finding by its id, in the order of the page: contested ones first."""
    ordered = sorted(by_weight(dossier), key=lambda f: f.status is not Status.CONTRADICTED)
    return {finding.id: n for n, finding in enumerate(ordered, start=1)}


def belief_words(belief: float) -> str:
    """
    >>> belief_words(0.71)
    'open'
    """
    return next(words for least, words in _BELIEF_WORDS if round(belief, 2) >= least)


def glance(finding: Finding, book: Lookup) -> str:
    """The answers on offer in a few words: of those that were replaced the first and the last."""
    values = list(dict.fromkeys(say_value(c.value, book) for c in finding.candidates))
    if finding.status is Status.UPDATED:
        said = sorted(finding.candidates, key=_first_said)
        return f"{say_value(said[0].value, book)}, later {say_value(said[-1].value, book)}"
    told = " / ".join(values[:_GLANCED_MAX])
    more = len(values) - _GLANCED_MAX
    return f"{told} and {more} more" if more > 0 else told


def _first_said(candidate: Candidate) -> datetime:
    first = candidate.first_said
    return first.start if first is not None and first.start is not None else NEVER


def shown_finding(
    n: int, finding: Finding, book: Lookup, ids: Mapping[Passage, str]
) -> dict[str, Any]:
    values = [say_value(candidate.value, book) for candidate in finding.candidates]
    return {
        "n": n,
        "id": f"f-{finding.id}",
        "finding_id": finding.id,
        "question": finding.question,
        "glance": glance(finding, book),
        "status": finding.status,
        "status_words": STATUS_WORDS[finding.status],
        "status_means": STATUS_MEANS[finding.status],
        "subject_id": finding.subject_id,
        "about": other_event(finding, book),
        "locked_by": finding.locked_by,
        "candidates": [
            _candidate(candidate, finding, book, ids) for candidate in finding.candidates
        ],
        "relations": _relations(finding, values),
        "versions": [
            {"voice": voice, "answers": answers, "cites": cites(passages, ids)}
            for voice, answers, passages in say_versions(finding, book)
        ],
        "policies": [
            {"words": words, "value": value} for words, value in say_policies(finding, book)
        ],
    }


def _relations(finding: Finding, values: Sequence[str]) -> list[dict[str, Any]]:
    """How each two of the answers stand to each other, those of one kind together."""
    out = []
    for kind, words in RELATION_WORDS.items():
        pairs = [
            {"a": values[r.a], "b": values[r.b], "why": r.why}
            for r in finding.relations
            if r.kind is kind
        ]
        if pairs:
            is_telling = kind in {RelationKind.UPDATED, RelationKind.CONTRADICTORY}
            most = _TELLING_MAX if is_telling else _OTHERS_MAX
            out.append(
                {
                    "words": words,
                    "n": len(pairs),
                    "pairs": pairs[:_PAIRS_MAX],
                    "is_folded": len(pairs) > most,
                }
            )
    return out


def _candidate(
    candidate: Candidate, finding: Finding, book: Lookup, ids: Mapping[Passage, str]
) -> dict[str, Any]:
    is_one_of_several = len(finding.candidates) > 1
    return {
        "value": say_value(candidate.value, book),
        "voices": say_voices(candidate, book),
        "counted": f"{count(candidate.n_documents, 'document')}, "
        f"{count(candidate.n_origins, 'independent origin')}",
        "belief": f"{belief_words(candidate.belief)} ({candidate.belief:.2f})"
        if is_one_of_several
        else "",
        "sums": say_sums(candidate, book),
        "said": say_said(candidate),
        "claim_ids": candidate.claim_ids,
        "cites": cites((book.claims[c].passage for c in candidate.claim_ids), ids),
    }


def tally(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """How many questions have each status, in the order a reader should look at them."""
    counts = {status: sum(f.status is status for f in findings) for status in STATUS_WORDS}
    return [
        {"status": status, "words": STATUS_WORDS[status], "n": n}
        for status, n in counts.items()
        if n
    ]
