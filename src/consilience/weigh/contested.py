"""Whether it happened at all: what some documents tell, and others deny or correct.

Only what is both told and denied is asked; that nobody denies a thing, or nobody told what is
denied, is no question.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from consilience.dates import overlaps
from consilience.lexicon import load_table
from consilience.records import (
    Claim,
    Factuality,
    Kind,
    Passage,
    Polarity,
    Proposition,
    Stance,
    Truth,
    When,
)
from consilience.weigh.asked import AskedPage
from consilience.weigh.denials import denials
from consilience.weigh.other_words import TAKING, in_other_words, may_be_said_otherwise, states
from consilience.weigh.passages import beginning_in, within
from consilience.weigh.short_denials import short_denials
from consilience.weigh.statements import (
    Statement,
    deed_of,
    doer,
    heads_of,
    is_dated,
    is_only_named,
    statement,
    without_contrast,
)
from consilience.weigh.worded_deeds import may_tell_thing, things_told, worded_deeds, worded_denials

# In these voices nobody says that it was so; in the last, only that it was not.
_UNSAYING = frozenset({Stance.ASKS, Stance.ORDERS, Stance.DENIES})


# Of many that say the same, each is held against so many of the other side.
_MAX_COMPARED = 50
_PRONOUN = re.compile(r"(?:it|he|she|they|this|that|\w+ing)\b", re.IGNORECASE)
_DAY = len("2019-10-17")
_NEGATION = re.compile(
    r"\b(?:no|not|never|none|nobody|neither|nor|without|cannot)\b|n\s?['’]\s?t\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that is told and denied, with its claims; `words` put it as a document does."""

    words: str
    claims: tuple[Claim, ...]


def contested(pages: Sequence[AskedPage]) -> Iterator[Matter]:
    denied = [
        d
        for page in pages
        for d in (*denials(page), *worded_denials(page), *states(page, denied=True))
    ]
    short = [pair for page in pages for pair in short_denials(page)]
    if not denied and not short:
        return
    told = {deed: _alike(telling) for deed, telling in _told(pages, denied).items()}
    groups: list[tuple[list[Statement], list[Statement]]] = []
    for deed, alike in sorted(_by_deed(denied).items()):
        for denying in alike:
            for telling in told.get(deed, ()):
                _join(groups, *_opposed(denying, telling))
    for denial, answered in short:
        if _are_apart(denial, answered):
            _join(groups, [denial], [answered])
    for denying, telling in groups:
        matter = _matter(denying, telling)
        if {claim.value for claim in matter.claims} == {Truth(holds=True), Truth(holds=False)}:
            yield matter


def _by_deed(denied: Sequence[Statement]) -> dict[str, list[list[Statement]]]:
    found: dict[str, list[Statement]] = defaultdict(list)
    for denial in denied:
        for deed in _deeds(denial):
            found[deed].append(denial)
    return {deed: _alike(denying) for deed, denying in found.items()}


def _alike(statements: Iterable[Statement]) -> list[list[Statement]]:
    """Statements of one deed with the same participants together, as copies have them."""
    found: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for made in statements:
        roles = sorted(made.roles.items())
        found[made.deed, *(f"{role}:{' '.join(sorted(named))}" for role, named in roles)].append(
            made
        )
    return [sorted(alike, key=lambda s: s.passage) for _, alike in sorted(found.items())]


def _opposed(
    denying: Sequence[Statement], telling: Sequence[Statement]
) -> tuple[list[Statement], list[Statement]]:
    """Of those with the same participants, the ones that are told by one and denied by another."""
    if not _is_one_deed(denying[0], telling[0]):
        return [], []
    denials_met = [d for d in denying if any(_is_against(d, t) for t in telling[:_MAX_COMPARED])]
    met = [t for t in telling if any(_is_against(d, t) for d in denials_met[:_MAX_COMPARED])]
    return denials_met, met


def _join(
    groups: list[tuple[list[Statement], list[Statement]]],
    denying: Sequence[Statement],
    telling: Sequence[Statement],
) -> None:
    """Put denials with those that deny the same told things."""
    if not denying or not telling:
        return
    for other_denying, other_telling in groups:
        if _overlap(denying, other_denying) or _overlap(telling, other_telling):
            other_denying += [
                d for d in denying if d.passage not in {o.passage for o in other_denying}
            ]
            other_telling += [
                t for t in telling if t.passage not in {o.passage for o in other_telling}
            ]
            return
    groups.append((list(denying), list(telling)))


def _overlap(some: Sequence[Statement], others: Sequence[Statement]) -> bool:
    """Whether two share words: “knocked” and “knocked and called out” are one telling."""
    spans: dict[str, list[Passage]] = defaultdict(list)
    for s in others:
        spans[s.passage.document_id].append(s.passage)
    return any(
        s.passage.start < p.end and p.start < s.passage.end
        for s in some
        for p in spans.get(s.passage.document_id, ())
    )


def _deeds(denial: Statement) -> tuple[str, ...]:
    """The deeds by which what is denied may be told: to take part in an arrest is to arrest."""
    if denial.deed != "participate":
        return (denial.deed,)
    return denial.deed, *(f"kind:{kind}" for kind in sorted(_kinds_within(denial)))


def _kinds_within(denial: Statement) -> set[str]:
    kinds = load_table("event_kinds")
    inside = (
        p
        for p in denial.page.reading.propositions
        if denial.passage.start <= p.predicate.start < denial.passage.end
        and p is not denial.proposition
    )
    return {kinds[p.lemma] for p in inside if p.lemma in kinds}


def _told(
    pages: Sequence[AskedPage], denied: Sequence[Statement]
) -> Mapping[str, Sequence[Statement]]:
    """What is told as a fact of the deeds that somebody denies, by deed and by kind of deed."""
    wanted = {deed for denial in denied for deed in _deeds(denial)}
    taken = {d.proposition.id for d in denied if d.proposition is not None}
    is_there = any(deed.startswith("there:") for deed in wanted)
    is_on = any(deed.startswith("on:") for deed in wanted)
    is_otherwise = any(":" in deed or deed in TAKING for deed in wanted)
    kinds = load_table("event_kinds")
    found: dict[str, list[Statement]] = defaultdict(list)
    for page in pages:
        starts, heads = [s.start for s in page.reading.sentences], heads_of(page)
        for proposition in page.reading.propositions:
            deed = deed_of(page, proposition)
            keys = {deed, f"kind:{kinds.get(proposition.lemma)}"} & wanted
            is_thing = is_there and may_tell_thing(proposition)
            is_other = is_otherwise and may_be_said_otherwise(proposition)
            if not (keys or is_thing or is_other) or proposition.id in taken:
                continue
            i = bisect_right(starts, proposition.predicate.start) - 1
            if i < 0 or not _is_fact(page, proposition):
                continue
            if is_only_named(page, proposition, heads):
                continue
            made = statement(page, i, proposition)
            for key in sorted(keys):
                found[key].append(made)
            for other in in_other_words(made, denied=False) if is_other else ():
                found[other.deed].append(other)
            for thing in things_told(page, i, proposition) if is_thing else ():
                found[thing.deed].append(thing)
        for told in worded_deeds(page, wanted):
            found[told.deed].append(told)
        for told in states(page, denied=False) if is_on else ():
            found[told.deed].append(told)
    return found


def _is_fact(page: AskedPage, proposition: Proposition) -> bool:
    if proposition.polarity is Polarity.NEGATIVE:
        return False
    start = min([proposition.predicate.start, *(a.passage.start for a in proposition.arguments)])
    before = without_contrast(page.document.text[start : proposition.predicate.start].rstrip())
    return proposition.factuality is Factuality.HAPPENED and _NEGATION.search(before) is None


def _is_one_deed(denial: Statement, told: Statement) -> bool:
    """Whether the participants that both name are the same."""
    if not told.roles or ("actor" in denial.roles and "actor" not in told.roles):
        return False
    roles = denial.roles.keys() & told.roles.keys() - {"other"}
    if denial.deed == "participate" and "object" not in roles:
        return False
    if denial.deed != told.deed and not roles >= {"actor", "object"}:
        # Another word for the deed needs the same doer and the same thing done.
        return False
    return bool(roles) and all(_are_one(role, denial, told) for role in roles)


def _are_one(role: str, a: Statement, b: Statement) -> bool:
    if role == "actor" and _are_two_people(a, b):
        return False
    if a.deed.startswith("on:") and not _may_be_one_device(a.roles[role], b.roles[role]):
        return False
    if a.roles[role] & b.roles[role]:
        return True
    if role == "actor" and a.is_express and a.roles.keys() & b.roles.keys() >= {"object"}:
        # Who is denied to have done it may go by another name, “the bank”, but not by two names.
        return not all(any(w[:2] == "e:" for w in s.roles[role]) for s in (a, b))
    if a.proposition is not None and b.proposition is not None:
        return False
    # Where the syntax is not read, what is named may stand anywhere in the sentence.
    return bool(a.roles[role] & b.said or b.roles[role] & a.said)


def _are_two_people(a: Statement, b: Statement) -> bool:
    """Whether each names one person as the doer, and not the same: Ann Holt and Ed Holt."""
    one, other = ({w[2:] for w in s.roles["actor"] if w[:2] == "e:"} for s in (a, b))
    if len(one) != 1 or len(other) != 1 or one == other:
        return False
    return all(e.kind is Kind.PERSON for e in a.page.case.entities if e.id in one | other)


def _may_be_one_device(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether no words tell them apart: a fire alarm is no burglar alarm."""
    shared = one & other
    which, which_other = ({w for w in s - shared if w[:2] != "e:"} for s in (one, other))
    return not which or not which_other


def _is_against(denial: Statement, told: Statement) -> bool:
    """Whether the denied thing is told, and not by whoever denies it."""
    if denial.page is told.page and denial.sentence == told.sentence:
        return False
    if not _are_apart(denial, told) or not _is_one_time(denial, told):
        return False
    roles = sorted(denial.roles.keys() & told.roles.keys())
    shared = [
        common for role in roles if (common := _plainest(denial.roles[role] & told.roles[role]))
    ]
    is_clear = len(shared) > 1 or any(len(s) > 1 or any(w[:2] == "e:" for w in s) for s in shared)
    is_clear = is_clear or _is_one_day(denial, told)
    return is_clear or _share_a_name(denial, told) or _are_of_main_event(denial, told)


def _plainest(common: frozenset[str]) -> frozenset[str]:
    """What two participants share, a force only where it is all."""
    return frozenset(key for key in common if not key.startswith("force:")) or common


def _are_apart(denial: Statement, told: Statement) -> bool:
    """Whether another document or another voice tells it."""
    if denial.page is not told.page:
        return True
    page = denial.page
    if page.is_comment(denial.passage) != page.is_comment(told.passage):
        return True
    probe = (_claim(s, "", holds=True) for s in (denial, told))
    one, other = ({v.speaker_id or v.name for v in claim.voices} for claim in probe)
    return bool(one) and bool(other) and one.isdisjoint(other)


def _is_one_time(a: Statement, b: Statement) -> bool:
    one, other = _own_time(a), _own_time(b)
    return one is None or other is None or overlaps(one, other)


def _is_one_day(a: Statement, b: Statement) -> bool:
    one, other = _own_time(a), _own_time(b)
    if one is None or other is None:
        return False
    return one.value[:_DAY] == other.value[:_DAY] and len(one.value) >= _DAY


def _own_time(of: Statement) -> When | None:
    told = of.proposition
    if told is None or told.when is None or told.when.start is None:
        return None
    return told.when if is_dated(of.page, told) else None


def _share_a_name(denial: Statement, told: Statement) -> bool:
    return not _names(denial).isdisjoint(_names(told))


def _are_of_main_event(denial: Statement, told: Statement) -> bool:
    """Of what somebody expressly denies it is enough that the telling is of the main event."""
    main = denial.page.case.events[0]
    if denial.is_express and main.kind == "event":
        return True
    if denial.deed.startswith("on:"):
        # Few pages on one happening tell of two such devices.
        return True
    return all(
        s.page.case.event_by_sentence.get(s.page.reading.sentences[s.sentence]) == main.id
        for s in ((told,) if denial.is_express else (denial, told))
    )


def _names(of: Statement) -> set[str]:
    """The entities that the sentence names."""
    sentence = of.page.reading.sentences[of.sentence]
    return {
        entity
        for m in beginning_in(of.page.reading.mentions, lambda m: m.passage, sentence)
        if m.named
        and m.kind in (Kind.PERSON, Kind.ORGANIZATION, Kind.PLACE)
        and (entity := of.page.entity_of(m)) is not None
    }


def _matter(denying: Sequence[Statement], telling: Sequence[Statement]) -> Matter:
    denying, telling = (
        sorted(_widest(side), key=lambda s: s.passage) for side in (denying, telling)
    )
    doers = (doer(t) for t in (*telling, *denying))
    subject = next((d for d in doers if d is not None), telling[0].page.case.events[0].id)
    claims = [_claim(t, subject, holds=True) for t in telling]
    claims += [_claim(d, subject, holds=False) for d in denying]
    deeds = {d.deed for d in denying}
    # Who expressly denies it says what it is that is denied.
    shown = [*telling, *(d for d in denying if d.is_express and d.proposition is not None)]
    clearest = min(
        shown,
        key=lambda t: (
            t.deed not in deeds,
            _PRONOUN.match(_said(t)) is not None,
            t not in telling,
            len(_said(t)),
            t.passage,
        ),
    )
    words = " ".join(_said(clearest).split())
    return Matter(words, tuple(c for c in dict.fromkeys(claims) if _is_said(c)))


def _widest(side: Sequence[Statement]) -> list[Statement]:
    """Those whose words are not part of another's."""
    return [
        s
        for s in side
        if not any(within(s.passage, o.passage) and s.passage != o.passage for o in side)
    ]


def _said(of: Statement) -> str:
    return of.page.document.text[of.passage.start : of.passage.end]


def _claim(of: Statement, subject: str, *, holds: bool) -> Claim:
    claim = of.page.claim(subject, "happened", Truth(holds), of.passage)
    if of.said_at is None:
        return claim
    said = replace(of.passage, start=of.said_at)
    return replace(claim, voices=of.page.claim(subject, "happened", Truth(holds), said).voices)


def _is_said(claim: Claim) -> bool:
    unsaying = _UNSAYING - {Stance.DENIES} if claim.value == Truth(holds=False) else _UNSAYING
    return not any(v.stance in unsaying for v in claim.voices)
