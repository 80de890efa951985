"""Full names of people compared across the case."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from consilience.records import Judgement, Kind, Verdict
from consilience.resolve.between import MADE_BY
from consilience.resolve.block import name_pairs
from consilience.resolve.chains import Chain
from consilience.resolve.hard_facts import NOTHING_SAID, facts_differ
from consilience.resolve.people import PersonName, compare_people, person_name
from consilience.resolve.spelling import given_names

# A pair of names that agree only so far, both in one document, are two people there.
ONE_DOCUMENT_MIN = 0.7
# What is this sure needs no look at who else could be meant.
SURE = 0.95
# A link kept for the record that joins nothing (`cluster.SAME_MIN`).
DOUBTFUL = 0.5


def person_names(chains: Sequence[Chain]) -> dict[str, PersonName]:
    """The fullest name of each chain of a person, with all nicknames it has, by chain key."""
    people = [c for c in chains if c.kind is Kind.PERSON]
    quoted = frozenset(
        nickname
        for chain in people
        for form in chain.forms
        for nickname in person_name(form).nicknames
    )
    names = {chain.key: _fullest(chain, quoted) for chain in people}
    tails = {tail for name in names.values() for tail in _tails(name)}
    return {key: _demoted(name, tails) for key, name in names.items()}


def _fullest(chain: Chain, quoted: frozenset[str]) -> PersonName:
    names = [person_name(form, chain.titles, quoted) for form in chain.forms]
    fullest = max(names, key=lambda n: (len(n.parts), bool(n.generation)))
    nicknames = tuple(sorted({nickname for n in names for nickname in n.nicknames}))
    return replace(fullest, nicknames=nicknames)


def _tails(name: PersonName) -> Iterator[tuple[str, ...]]:
    for start in range(1, len(name.parts) - 1):
        yield name.parts[start:]


def _demoted(name: PersonName, tails: set[tuple[str, ...]]) -> PersonName:
    known = name.parts and name.parts[0] in given_names()
    if len(name.parts) >= 2 and not known and not name.nicknames and name.parts in tails:
        return replace(name, surnames_only=True, gender=None)
    return name


def judge_people(chains: Sequence[Chain], names: Mapping[str, PersonName]) -> Iterator[Judgement]:
    """Judgements on chains that name a person in full."""
    bearers: dict[PersonName, list[Chain]] = {}
    for chain in sorted(chains, key=lambda c: c.key):
        if chain.key in names and names[chain.key].is_full:
            bearers.setdefault(names[chain.key], []).append(chain)
    firsts = {name: _namesakes(group) for name, group in bearers.items()}
    for name, group in bearers.items():
        for chain in group:
            for first in firsts[name]:
                if chain.key != first.key and not _cannot_be(first, chain):
                    yield _judgement(first, chain, Verdict.SAME, 0.98, "the same name")
    links: dict[PersonName, list[tuple[PersonName, float, str]]] = {}
    for a, b in name_pairs(bearers):
        found = compare_people(a, b)
        if found is None:
            continue
        verdict, score, reason = found
        if verdict is Verdict.SAME:
            links.setdefault(a, []).append((b, score, reason))
            links.setdefault(b, []).append((a, score, reason))
        if verdict is Verdict.DIFFERENT or score < ONE_DOCUMENT_MIN:
            for left, right in _in_one_document(bearers[a], bearers[b]):
                yield _judgement(left, right, Verdict.DIFFERENT, 0.95, f"in one document: {reason}")
    for a, found_ in links.items():
        for b, score, reason in found_:
            if _order(a) < _order(b) and not (_in_doubt(a, b, links) or _in_doubt(b, a, links)):
                for left, right in product(firsts[a], firsts[b]):
                    if not _cannot_be(left, right):
                        yield _judgement(left, right, Verdict.SAME, score, reason)
            elif _order(a) < _order(b):
                yield _judgement(
                    bearers[a][0], bearers[b][0], Verdict.SAME, min(score, DOUBTFUL),
                    f"{reason}, but others in these documents may be meant",
                )  # fmt: skip


def _namesakes(group: Sequence[Chain]) -> list[Chain]:
    """The first chain of each bearer of one name whom hard facts keep from the others."""
    firsts: list[Chain] = []
    for chain in sorted(group, key=lambda c: c.facts == NOTHING_SAID):
        if all(_cannot_be(first, chain) for first in firsts):
            firsts.append(chain)
    return firsts if len(firsts) > 1 else [group[0]]


def _cannot_be(a: Chain, b: Chain) -> bool:
    """Whether the documents say of the two what cannot be so of one person."""
    if facts_differ(a.facts, b.facts):
        return True
    return any(
        x.facts.not_the & {title.split()[-1] for title in y.titles if title}
        for x, y in ((a, b), (b, a))
    )


def _in_doubt(
    name: PersonName,
    meant: PersonName,
    links: Mapping[PersonName, Sequence[tuple[PersonName, float, str]]],
) -> bool:
    """Whether somebody else, no less likely, could be meant by the name."""
    score = next(s for other, s, _ in links[name] if other == meant)
    if score >= SURE:
        return False
    return any(
        other != meant and s >= score and _is_another(other, meant) for other, s, _ in links[name]
    )


def _is_another(a: PersonName, b: PersonName) -> bool:
    found = compare_people(a, b)
    return found is not None and found[0] is Verdict.DIFFERENT


def _order(name: PersonName) -> tuple[tuple[str, ...], tuple[str, ...], str, str]:
    return name.parts, name.nicknames, name.generation or "", name.gender or ""


def people_conflict(
    names: Mapping[str, PersonName], left: Sequence[Chain], right: Sequence[Chain]
) -> bool:
    """Whether some full name of the one group cannot belong to somebody of the other."""
    ours, theirs = (
        {names[c.key] for c in group if c.key in names and names[c.key].is_full}
        for group in (left, right)
    )
    # What is already together may differ: the text said that one was called the other.
    for a in ours - theirs:
        for b in theirs - ours:
            found = compare_people(a, b)
            if found is not None and found[0] is Verdict.DIFFERENT:
                return True
    return any(_cannot_be(a, b) for a in left for b in right)


def _in_one_document(a: Sequence[Chain], b: Sequence[Chain]) -> Iterator[tuple[Chain, Chain]]:
    by_document: dict[str, list[Chain]] = {}
    for chain in a:
        by_document.setdefault(chain.document_id, []).append(chain)
    for right in b:
        for left in by_document.get(right.document_id, []):
            yield left, right


def _judgement(a: Chain, b: Chain, verdict: Verdict, score: float, reason: str) -> Judgement:
    return Judgement(
        a.key, b.key, verdict, score, MADE_BY, f"“{a.forms[0]}” and “{b.forms[0]}”: {reason}"
    )
