"""Whose account a claim is: of a person, of a body with many mouths, or of the outlet itself."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consilience.lexicon import load_table, load_words
from consilience.records import Case, Claim, Kind, Text
from consilience.wording import fold, label

# What else is said of a ministry tells which one it is.
_MINISTRY = "ministry"
# "Hospital officials" speak for the hospital.
_OFFICIALS = "officials"


@dataclass(frozen=True, slots=True)
class Account:
    """Whose a claim is: `key` is equal for claims of one account, `speaker_id` None: no entity."""

    key: str
    speaker_id: str | None
    name: str


def accounts(case: Case, claims: Sequence[Claim]) -> dict[str, Account]:
    """Whose account each claim is, by its id; of an unknown voice ("it was thought") its page's.

    Who speaks innermost counts. Who speaks for a body ("Police Captain Ann Lee") gives its
    account; a ministry that is not named is the only one that is. What nobody is told to have
    said is the outlet's own.
    """
    entities = {entity.id: entity for entity in case.entities}
    outlets = {document.id: label(document) for document in case.documents}
    offices: dict[str, list[str]] = defaultdict(list)
    for claim in claims:
        if claim.slot == "title" and isinstance(claim.value, Text):
            offices[claim.subject_id].append(claim.value.text)
    found = {}
    for claim in claims:
        if not claim.voices:
            outlet = outlets[claim.passage.document_id]
            found[claim.id] = Account(f"outlet {outlet}", None, outlet)
            continue
        named = [v for v in claim.voices if v.speaker_id is not None or v.name is not None]
        if not named:
            document_id = claim.passage.document_id
            found[claim.id] = Account(f"nobody {document_id}", None, outlets[document_id])
            continue
        voice = named[-1]
        entity = entities.get(voice.speaker_id or "")
        name = voice.name or (entity.name if entity is not None else "")
        words = [name] if entity is None else [name, *sorted(offices.get(entity.id, ()))]
        if entity is not None and entity.kind is not Kind.PERSON:
            words.append(entity.name)
        body = next((b for b in map(body_of, words) if b is not None), None)
        if body is not None:
            found[claim.id] = Account(body, voice.speaker_id, " ".join(name.split()))
        elif entity is not None:
            found[claim.id] = Account(entity.id, entity.id, entity.name)
    return _with_the_only_ministry(found)


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
