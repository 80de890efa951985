"""What in one account of a case is what in a later one: ids may change, words do not."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from consilience.records import (
    Candidate,
    Dossier,
    Entity,
    EntityRef,
    Event,
    Finding,
    Passage,
    Text,
    Value,
    When,
)
from consilience.tell.lookup import Lookup, lookup
from consilience.wording import fold

Subject = Entity | Event


@dataclass(frozen=True, slots=True)
class Pairs:
    """Two accounts of a case, and what of the earlier is what of the later one.

    `now` gives the later id of an entity or event of the earlier account, `then` the reverse;
    `shared` are the ids of documents that both have with one text.
    """

    before: Dossier
    after: Dossier
    old: Lookup
    new: Lookup
    now: Mapping[str, str]
    then: Mapping[str, str]
    shared: frozenset[str]


def paired(before: Dossier, after: Dossier) -> Pairs:
    texts = {d.id: d.text for d in before.documents}
    shared = frozenset(d.id for d in after.documents if texts.get(d.id) == d.text)
    ids = {
        **_paired_subjects(before.entities, after.entities, shared),
        **_paired_subjects(before.events, after.events, shared),
    }
    then = {new: old for old, new in sorted(ids.items(), reverse=True)}
    return Pairs(before, after, lookup(before), lookup(after), ids, then, shared)


def _paired_subjects(
    before: Iterable[Subject], after: Iterable[Subject], shared: frozenset[str]
) -> dict[str, str]:
    """Each with the one that most of its mentions belong to, else the one of its name."""
    at = {p: new.id for new in after for p in new.mentions if p.document_id in shared}
    named = {(fold(new.name), new.kind): new.id for new in after}
    found: dict[str, str] = {}
    for old in before:
        votes = Counter(at[p] for p in old.mentions if p in at)
        best = min(votes, key=lambda new_id: (-votes[new_id], new_id), default=None)
        best = best or named.get((fold(old.name), old.kind))
        if best is not None:
            found[old.id] = best
    return found


def paired_findings(
    pairs: Pairs,
) -> tuple[list[tuple[Finding, Finding]], list[Finding], list[Finding]]:
    """The findings of both accounts that ask one thing, the new ones, and those that are gone.

    Of several on one slot of one subject, those that share most of their words are one, then
    those of one question; else those of the main event, whatever became of the event.
    """
    by_subject: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    by_words: dict[tuple[str, Passage], list[Finding]] = defaultdict(list)
    for finding in pairs.before.findings:
        subject = pairs.now.get(finding.subject_id, finding.subject_id)
        by_subject[finding.slot, subject].append(finding)
        for passage in passages_of(finding.candidates, pairs.old):
            by_words[finding.slot, passage].append(finding)
    main = [d.events[0].id if d.events else None for d in (pairs.before, pairs.after)]
    on_main = {f.slot: f for f in reversed(pairs.before.findings) if f.subject_id == main[0]}
    taken: set[str] = set()
    found, new = [], []
    for finding in pairs.after.findings:
        words = passages_of(finding.candidates, pairs.new)
        near = [*by_subject[finding.slot, finding.subject_id]]
        near += [f for p in words for f in by_words.get((finding.slot, p), ())]
        if not near and finding.subject_id == main[1] and finding.slot in on_main:
            near.append(on_main[finding.slot])
        free = {one.id: one for one in near if one.id not in taken}
        likeness = {
            id_: (
                len(words & passages_of(one.candidates, pairs.old)),
                one.question == finding.question,
            )
            for id_, one in free.items()
        }
        best = max(free, key=lambda id_: (likeness[id_], id_), default=None)
        if best is None or (len(near) > 1 and not any(likeness[best])):
            new.append(finding)
        else:
            taken.add(best)
            found.append((free[best], finding))
    return found, new, [one for one in pairs.before.findings if one.id not in taken]


def passages_of(candidates: Iterable[Candidate], book: Lookup) -> frozenset[Passage]:
    return frozenset(book.claims[k].passage for c in candidates for k in c.claim_ids)


def value_key(value: Value, ids: Mapping[str, str]) -> object:
    """What makes two values of two accounts one: not how an id reads or a letter is written."""
    match value:
        case EntityRef(entity_id):
            return "entity", ids.get(entity_id, entity_id)
        case Text(text):
            return "text", fold(" ".join(text.split()))
        case When():
            return "when", value.value, value.mod
        case _:
            return value
