"""What is new in a case since an earlier account of it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from consilience.interchange import dossier_to_json, said_digest
from consilience.records import (
    About,
    Candidate,
    Change,
    Dossier,
    Finding,
    Quantity,
    Status,
    Value,
)
from consilience.tell.lookup import Lookup, lookup
from consilience.tell.phrases import STATUS_WORDS, say_ruling, say_value


def with_changes(before: Dossier | None, after: Dossier) -> Dossier:
    """The account with what is new in it; where it says the same as before, with what was new then.

    `before` is None where the case was never told.
    """
    if before is None:
        return after
    if says_the_same(before, after):
        return replace(after, changes=before.changes)
    return replace(after, changes=changes(before, after))


def says_the_same(a: Dossier, b: Dossier) -> bool:
    return said_digest(dossier_to_json(a)) == said_digest(dossier_to_json(b))


def changes(before: Dossier, after: Dossier) -> tuple[Change, ...]:
    """What came, went or changed, the answers after the documents that brought them."""
    return (
        *_documents(before, after),
        *_decisions(before, after),
        *_findings(before, after),
        *_gaps(before, after),
    )


def _documents(before: Dossier, after: Dossier) -> Iterator[Change]:
    old, new = ({d.name: d.sha256 for d in dossier.documents} for dossier in (before, after))
    for name in new:
        if name not in old:
            yield Change(About.DOCUMENT, f"new document: {name}")
        elif old[name] != new[name]:
            yield Change(About.DOCUMENT, f"changed document: {name}")
    yield from (
        Change(About.DOCUMENT, f"no longer there: {name}") for name in old if name not in new
    )


def _decisions(before: Dossier, after: Dossier) -> Iterator[Change]:
    old, new = ({r.number: r for r in dossier.decisions} for dossier in (before, after))
    for number in new:
        if number not in old:
            yield Change(About.DECISION, f"decided: {say_ruling(new[number])}")
    for number in old:
        if number not in new:
            yield Change(About.DECISION, f"no longer: {say_ruling(old[number])}")


def _findings(before: Dossier, after: Dossier) -> Iterator[Change]:
    old_book, new_book = lookup(before), lookup(after)
    pairs, new, gone = _paired(before, after)
    for finding in new:
        answer = _answer(finding, new_book)
        yield Change(About.ANSWER, f"new answer: {finding.question} {answer}", (finding.id,))
    for old, now in pairs:
        yield from _changed(old, now, old_book, new_book)
    for finding in gone:
        yield Change(About.ANSWER, f"no longer answered: {finding.question}")


def _paired(
    before: Dossier, after: Dossier
) -> tuple[list[tuple[Finding, Finding]], list[Finding], list[Finding]]:
    """The findings of both accounts that ask one thing, the new ones, and those that are gone.

    Of several on one slot of one subject, those are paired that share most claims, then those of
    one question.
    """
    names = [lookup(dossier) for dossier in (before, after)]
    old: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in before.findings:
        old[finding.slot, names[0].name(finding.subject_id) or finding.subject_id].append(finding)
    by_id: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in before.findings:
        by_id[finding.slot, finding.subject_id].append(finding)
    taken: set[str] = set()
    pairs, new = [], []
    for finding in after.findings:
        name = names[1].name(finding.subject_id) or finding.subject_id
        held = {*by_id[finding.slot, finding.subject_id]} | {*old[finding.slot, name]}
        free = [one for one in held if one.id not in taken]
        best = max(free, key=lambda one: (*_likeness(one, finding), one.id), default=None)
        if best is None or (len(held) > 1 and not any(_likeness(best, finding))):
            new.append(finding)
        else:
            taken.add(best.id)
            pairs.append((best, finding))
    return pairs, new, [one for one in before.findings if one.id not in taken]


def _likeness(a: Finding, b: Finding) -> tuple[int, bool]:
    claims = [{k for c in f.candidates for k in c.claim_ids} for f in (a, b)]
    return len(claims[0] & claims[1]), a.question == b.question


def _changed(old: Finding, now: Finding, old_book: Lookup, new_book: Lookup) -> Iterator[Change]:
    """What is new in the answers to one question."""
    before, after = _answer(old, old_book), _answer(now, new_book)
    if before != after:
        text = f"{now.question} was {before}, is now {after}"
        best = _numbers(old.policies.best), _numbers(now.policies.best)
        if None not in best and best[0] != best[1]:
            text = f"{now.question} {best[0]} → {best[1]}: {text.removeprefix(now.question + ' ')}"
        yield Change(About.ANSWER, text, (now.id,))
    held = {say_value(c.value, old_book): c for c in old.candidates}
    for candidate in now.candidates:
        said = say_value(candidate.value, new_book)
        earlier = held.get(said)
        if earlier is not None and earlier.n_origins != candidate.n_origins:
            yield Change(About.ORIGIN, _support(now, said, earlier, candidate), (now.id,))


def _support(finding: Finding, said: str, earlier: Candidate, now: Candidate) -> str:
    if earlier.n_origins == 1:
        told = f"no longer stands alone: {now.n_origins} independent origins"
    elif now.n_origins == 1:
        told = f"stands alone now, of {earlier.n_origins} independent origins before"
    else:
        told = f"{earlier.n_origins} → {now.n_origins} independent origins"
    return f"{finding.question} “{said}” {told}"


def _gaps(before: Dossier, after: Dossier) -> Iterator[Change]:
    old, new = ({m.text for m in dossier.missing} for dossier in (before, after))
    yield from (Change(About.GAP, f"now said by none: {text}") for text in sorted(new - old))
    yield from (Change(About.GAP, f"no longer open: {text}") for text in sorted(old - new))


def _answer(finding: Finding, book: Lookup) -> str:
    values: Sequence[str] = sorted(say_value(c.value, book) for c in finding.candidates)
    return f"{' / '.join(values)} ({STATUS_WORDS[Status(finding.status)]})"


def _numbers(value: Value | None) -> str | None:
    """The figure of a quantity, None of anything else."""
    if not isinstance(value, Quantity):
        return None
    number = value.low if value.low is not None else value.high
    return None if number is None else f"{number:,}"
