"""Whether it happened at all: what some documents tell, and others deny or correct.

Only what is both told and denied is asked; that nobody denies a thing, or nobody told what is
denied, is no question.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from consilience.dates import overlaps
from consilience.lexicon import load_table
from consilience.records import Claim, Factuality, Kind, Polarity, Proposition, Stance, Truth, When
from consilience.weigh.asked import AskedPage
from consilience.weigh.denials import denials
from consilience.weigh.statements import Statement, deed_of, doer, is_noun, statement

# In these voices nobody says that it was so; in the last, only that it was not.
_UNSAYING = frozenset({Stance.ASKS, Stance.ORDERS, Stance.DENIES})


_NEGATION = re.compile(
    r"\b(?:no|not|never|none|nobody|neither|nor|without|cannot)\b|n['’]t\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that is told and denied, with its claims; `words` put it as a document does."""

    words: str
    claims: tuple[Claim, ...]


def contested(pages: Sequence[AskedPage]) -> Iterator[Matter]:
    denied = [d for page in pages for d in denials(page)]
    if not denied:
        return
    told = _told(pages, denied)
    groups: list[tuple[list[Statement], list[Statement]]] = []
    for denial in denied:
        against = [t for deed in _deeds(denial) for t in told[deed] if _is_against(denial, t)]
        if against:
            _join(groups, denial, against)
    for denying, telling in groups:
        matter = _matter(denying, telling)
        if {claim.value for claim in matter.claims} == {Truth(holds=True), Truth(holds=False)}:
            yield matter


def _join(
    groups: list[tuple[list[Statement], list[Statement]]],
    denial: Statement,
    against: Sequence[Statement],
) -> None:
    """Put a denial with those that deny the same told things."""
    passages = {t.passage for t in against}
    for denying, telling in groups:
        if passages & {t.passage for t in telling}:
            denying.append(denial)
            telling += [t for t in against if t not in telling]
            return
    groups.append(([denial], list(against)))


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
    kinds = load_table("event_kinds")
    found: dict[str, list[Statement]] = defaultdict(list)
    for page in pages:
        starts = [s.start for s in page.reading.sentences]
        for proposition in page.reading.propositions:
            if proposition.id in taken or not _is_fact(page, proposition):
                continue
            deed = deed_of(page, proposition)
            keys = {deed, f"kind:{kinds.get(proposition.lemma)}"} & wanted
            i = bisect_right(starts, proposition.predicate.start) - 1
            if keys and i >= 0:
                made = statement(page, i, proposition)
                for key in sorted(keys):
                    found[key].append(made)
    return found


def _is_fact(page: AskedPage, proposition: Proposition) -> bool:
    if proposition.polarity is Polarity.NEGATIVE or is_noun(page, proposition):
        return False
    start = min([proposition.predicate.start, *(a.passage.start for a in proposition.arguments)])
    before = page.document.text[start : proposition.predicate.start]
    return proposition.factuality is Factuality.HAPPENED and _NEGATION.search(before) is None


def _is_against(denial: Statement, told: Statement) -> bool:
    """Whether it is the denied thing that is told, and not by whoever denies it."""
    if denial.page is told.page and denial.sentence == told.sentence:
        return False
    if not _are_apart(denial, told) or not _is_one_time(denial.proposition, told.proposition):
        return False
    roles = sorted(denial.roles.keys() & told.roles.keys())
    shared = [denial.roles[role] & told.roles[role] for role in roles]
    if not shared or not all(shared):
        return False
    if "actor" in denial.roles and "actor" not in told.roles:
        return False
    if denial.deed == "participate" and "object" not in roles:
        return False
    if denial.deed != told.deed:
        # Another word for the deed needs the same doer and the same thing done.
        return {"actor", "object"} <= set(roles)
    is_clear = len(shared) > 1 or len(shared[0]) > 1 or any(w[:2] == "e:" for w in shared[0])
    return is_clear or _share_a_name(denial, told) or _are_of_main_event(denial, told)


def _are_apart(denial: Statement, told: Statement) -> bool:
    """Whether another document or another voice tells it."""
    if denial.page is not told.page:
        return True
    page = denial.page
    if page.is_comment(denial.passage) != page.is_comment(told.passage):
        return True
    probe = (page.claim("", "happened", Truth(holds=True), s.passage) for s in (denial, told))
    one, other = ({v.speaker_id or v.name for v in claim.voices} for claim in probe)
    return bool(one) and bool(other) and one.isdisjoint(other)


def _is_one_time(a: Proposition | None, b: Proposition | None) -> bool:
    one, other = (_own_time(p) for p in (a, b))
    return one is None or other is None or overlaps(one, other)


def _own_time(proposition: Proposition | None) -> When | None:
    if proposition is None:
        return None
    is_dated = any(a.role == "ARGM-TMP" for a in proposition.arguments)
    when = proposition.when
    return when if is_dated and when is not None and when.start is not None else None


def _share_a_name(denial: Statement, told: Statement) -> bool:
    return not _names(denial).isdisjoint(_names(told))


def _are_of_main_event(denial: Statement, told: Statement) -> bool:
    main = denial.page.case.events[0].id
    return all(
        s.page.case.event_by_sentence.get(s.page.reading.sentences[s.sentence]) == main
        for s in (denial, told)
    )


def _names(of: Statement) -> set[str]:
    """The entities that the sentence names."""
    sentence = of.page.reading.sentences[of.sentence]
    return {
        entity
        for m in of.page.reading.mentions
        if m.named
        and m.kind in (Kind.PERSON, Kind.ORGANIZATION, Kind.PLACE)
        and sentence.start <= m.passage.start < sentence.end
        and (entity := of.page.entity_of(m)) is not None
    }


def _matter(denying: Sequence[Statement], telling: Sequence[Statement]) -> Matter:
    entities = [entity for t in (*telling, *denying) if (entity := doer(t)) is not None]
    subject = entities[0] if entities else telling[0].page.case.events[0].id
    claims = [_claim(t, subject, holds=True) for t in telling]
    claims += [_claim(d, subject, holds=False) for d in denying]
    deeds = {d.deed for d in denying}
    clearest = min(telling, key=lambda t: (t.deed not in deeds, len(_said(t)), _said(t)))
    words = " ".join(_said(clearest).split())
    return Matter(words, tuple(c for c in dict.fromkeys(claims) if _is_said(c)))


def _said(of: Statement) -> str:
    return of.page.document.text[of.passage.start : of.passage.end]


def _claim(of: Statement, subject: str, *, holds: bool) -> Claim:
    return of.page.claim(subject, "happened", Truth(holds), of.passage)


def _is_said(claim: Claim) -> bool:
    unsaying = _UNSAYING - {Stance.DENIES} if claim.value == Truth(holds=False) else _UNSAYING
    return not any(v.stance in unsaying for v in claim.voices)
