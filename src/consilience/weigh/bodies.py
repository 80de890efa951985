"""Whose account a claim is: of a person, of a body with many mouths, or of the outlet itself."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from consilience.lexicon import load_table, load_words
from consilience.records import Case, Claim, Kind, Text
from consilience.wording import fold, label

# What else is said of a ministry tells which one it is.
_MINISTRY = "ministry"
# "Hospital officials" speak for the hospital.
_OFFICIALS = "officials"
_PRONOUNS = frozenset({"it", "he", "she", "they", "we", "i"})
# "An earlier version of this article said": so did its outlet.
_OWN_PAGE = re.compile(
    r"\b(?:earlier|previous) version\b|\bthis (?:article|story|report|page)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Account:
    """Whose a claim is: `key` is equal for claims of one account, `speaker_id` None: no entity."""

    key: str
    speaker_id: str | None
    name: str


def accounts(case: Case, claims: Sequence[Claim]) -> dict[str, Account]:
    """Whose account each claim is, by its id.

    Who speaks innermost counts. Who speaks for a body ("Police Captain Ann Lee") gives its
    account; a ministry that is not named is the only one that is. What nobody is told to have
    said is the outlet's own; what nobody named is ("it was thought"), is its page's.
    """
    entities = {entity.id: entity for entity in case.entities}
    outlets = {document.id: label(document) for document in case.documents}
    offices: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        if claim.slot == "title" and isinstance(claim.value, Text):
            offices[claim.subject_id].add(claim.value.text)
    body_by_name = cache(body_of)

    @cache
    def body_by_entity(entity_id: str) -> str | None:
        entity = entities[entity_id]
        words = sorted(offices.get(entity_id, ()))
        if entity.kind is not Kind.PERSON:
            words.insert(0, entity.name)
        return next((b for b in map(body_by_name, words) if b is not None), None)

    found = {}
    for claim in claims:
        named = [v for v in claim.voices if v.speaker_id is not None or v.name is not None]
        if named and _OWN_PAGE.search(named[-1].name or "") is not None:
            named = []
        if not named:
            document_id = claim.passage.document_id
            outlet = outlets[document_id]
            key = f"page {document_id}" if claim.voices else f"outlet {outlet}"
            found[claim.id] = Account(key, None, outlet)
            continue
        voice = named[-1]
        entity = entities.get(voice.speaker_id or "")
        name = voice.name or (entity.name if entity is not None else "")
        own = body_by_name(name)
        body = own if own is not None or entity is None else body_by_entity(entity.id)
        if body is not None:
            told = " ".join(name.split()) if own is not None or entity is None else entity.name
            found[claim.id] = Account(body, voice.speaker_id, told)
        elif entity is not None:
            found[claim.id] = Account(entity.id, entity.id, entity.name)
    return _with_the_only_ministry(_with_pronouns(found, claims))


def _with_pronouns(found: Mapping[str, Account], claims: Sequence[Claim]) -> dict[str, Account]:
    """With claims of an "it" or "they" that can only be the one who else answers on the page."""
    near: dict[tuple[str, str, str], set[Account]] = defaultdict(set)
    for claim in claims:
        if claim.id in found and claim.voices:
            near[claim.passage.document_id, claim.subject_id, claim.slot].add(found[claim.id])
    told = dict(found)
    for claim in claims:
        voices = near[claim.passage.document_id, claim.subject_id, claim.slot]
        names = {v.name.casefold() for v in claim.voices[-1:] if v.name is not None}
        if claim.id not in found and names & _PRONOUNS and len({a.key for a in voices}) == 1:
            told[claim.id] = min(voices, key=str)
    return told


def _with_the_only_ministry(found: Mapping[str, Account]) -> dict[str, Account]:
    named = {a.key for a in found.values() if a.key.startswith(f"{_MINISTRY} ")}
    only = min(named) if len(named) == 1 else _MINISTRY
    return {
        claim_id: Account(only, a.speaker_id, a.name) if a.key == _MINISTRY else a
        for claim_id, a in found.items()
    }


def body_of(name: str) -> str | None:
    """The body that a name is a mouth of, None where it is nobody's but its own.

    >>> body_of("Arlow police captain Ann Lee"), body_of("the Minister of Health")
    ('police', 'ministry health')
    """
    words = re.findall(r"[^\W\d_]+", fold(name))
    bodies = load_table("bodies")
    spoken = sorted((bodies[w] for w in words if w in bodies), key=lambda b: b == _OFFICIALS)
    if not spoken:
        return None
    which = sorted(load_words("portfolios").intersection(words))
    return " ".join([_MINISTRY, *which]) if spoken[0] == _MINISTRY else spoken[0]
