"""When and where the event was."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from consilience.lexicon import load_table
from consilience.records import Entity, EntityRef, PartKind, Passage, When
from consilience.tell.days import say_on
from consilience.tell.material import Material, beginning_in, by_name, said, within
from consilience.tell.prose import Draft, Stretch, outlet
from consilience.wording import SMALL_NUMBERS

_ACRONYM_CHARS = 4


@dataclass(frozen=True, slots=True)
class EventDay:
    """“ on 9 March 2021”, with all that says so."""

    stretch: Stretch
    finding_id: str


def event_day(known: Material) -> EventDay | None:
    """The day of the event that is believed most; None where no day, or no month, is."""
    finding = next(
        (f for f in known.findings if f.subject_id == known.main.id and f.slot == "when"), None
    )
    if finding is None or not isinstance(finding.policies.best, When):
        return None
    best = finding.policies.best.value.partition("T")[0]
    day = say_on(When(None, None, best))
    passages = {
        known.claims[k].passage
        for c in finding.candidates
        for k in c.claim_ids
        if isinstance(c.value, When) and c.value.value.partition("T")[0] == best
    }
    return (
        None if day is None else EventDay(Stretch(f" {day}", tuple(sorted(passages))), finding.id)
    )


def says_day(words: str, when: EventDay) -> bool:
    """Whether words give the day, or the month, with its year or without."""
    day = re.sub(r"^ (?:on|in) | \d{4}$", "", when.stretch.text)
    return day in words


def setting(known: Material, opening: Draft | None) -> Draft | None:
    """When and where it was, as far as the opening does not say so."""
    when = event_day(known)
    told = () if opening is None else opening.passages
    words = "" if opening is None else "".join(s.text for s in opening.stretches)
    dated_by = () if when is None else when.stretch.passages
    place = _place(known, {p.document_id for p in dated_by})
    is_placed = any(known.main.where[0] in known.named_in(t) for t in told) if place else True
    where = () if place is None or is_placed else (place,)
    day = () if when is None or says_day(words, when) else (when.stretch,)
    if not where and not day:
        return None
    shown = {p.document_id for stretch in (*where, *day) for p in stretch.passages}
    roots = sorted({known.roots[d] for d in shown})
    count = SMALL_NUMBERS[len(roots)] if len(roots) < len(SMALL_NUMBERS) else str(len(roots))
    one = outlet(known.documents[min(shown)])
    who = f", {count} independent reports say." if len(roots) > 1 else f", according to {one}."
    finding_ids = () if when is None else (when.finding_id,)
    return Draft(
        (Stretch(f"{_subject(known, told)} happened"), *where, *day, Stretch(who)), finding_ids
    )


def _subject(known: Material, told: Sequence[Passage]) -> str:
    """“It”, or “The shooting” where the sentences told have not said what it was."""
    kinds = load_table("event_kinds")
    is_named = any(
        kinds.get(p.lemma) == known.main.kind
        for passage in told
        for p in beginning_in(
            known.case.readings[passage.document_id].propositions, lambda p: p.predicate, passage
        )
    )
    noun = known.main.name.partition(" in ")[0].lower()
    is_noun = kinds.get(load_table("event_nouns").get(noun, "")) == known.main.kind
    return f"The {noun}" if is_noun and not is_named else "It"


def _is_only_filed_from(known: Material, mentions: Sequence[Passage]) -> bool:
    """Whether a place is but the town where one reporter sat: it stands in one dateline alone."""
    lines = [p.passage for d in known.documents.values() for p in d.parts
             if p.kind is PartKind.DATELINE]  # fmt: skip
    is_in_text = any(not any(within(m, line) for line in lines) for m in mentions)
    return not is_in_text and len({known.roots[m.document_id] for m in mentions}) < 2


def _is_claimed(known: Material, place: Entity) -> bool:
    """Whether two origins name the place, and half of all do or one says it was there."""
    is_said = any(
        c.value == EntityRef(place.id)
        for f in known.findings
        if f.subject_id == known.main.id and f.slot == "where"
        for c in f.candidates
    )
    n_naming = len({known.roots[m.document_id] for m in place.mentions})
    return n_naming > 1 and (is_said or 2 * n_naming >= len(set(known.roots.values())))


def _place(known: Material, document_ids: set[str]) -> Stretch | None:
    """“ in Arlow”, as these documents name it, and where each of them first does."""
    entity = known.entities.get(known.main.where[0]) if known.main.where else None
    named = by_name(known, entity) if entity else []
    mentions = [m for m in named if m.document_id in document_ids]
    if entity is not None and not mentions and _is_claimed(known, entity):
        mentions = list(named)
    if entity is None or not mentions or _is_only_filed_from(known, mentions):
        return None
    first = {m.document_id: m for m in reversed(mentions)}
    shown = next((m for m in mentions if said(known, m) == entity.name), mentions[0])
    name = said(known, shown)
    # The town of a dateline is written in capitals.
    name = name.title() if name.isupper() and len(name) > _ACRONYM_CHARS else name
    return Stretch(f" in {name}", tuple(sorted({shown, *first.values()})))
