"""The page that finds claims and passages of a case by words, source, question and person."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from consilience.records import Claim, Dossier, EntityRef, Finding, Kind, Passage, Polarity
from consilience.tell.evidence import cited_passages
from consilience.tell.lookup import Lookup, lookup
from consilience.tell.phrases import STATUS_WORDS, by_weight, say_value
from consilience.web.pages.quoting import quoted, wanted_words
from consilience.web.pages.render import Visit, page
from consilience.wording import fold, label

# More than anybody reads; what is found is narrowed down instead.
_CLAIMS_MAX = 60
_PASSAGES_MAX = 40
_OFFERED = (Kind.PERSON, Kind.ORGANIZATION)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for; empty fields ask nothing. `person` is the id of an entity."""

    words: str = ""
    source: str = ""
    slot: str = ""
    status: str = ""
    person: str = ""

    @property
    def asks(self) -> bool:
        return any((self.words.strip(), self.source, self.slot, self.status, self.person))


@dataclass(frozen=True, slots=True)
class Found:
    """The claims and the passages of documents that hold the words, best first."""

    claims: tuple[Claim, ...] = ()
    passages: tuple[Passage, ...] = ()


def search_page(
    visit: Visit,
    dossier: Dossier,
    asked: Asked,
    found: Found,
    refused: str | None = None,
) -> str:
    """What was `found` by words, narrowed down by all else; `refused` says why nothing was."""
    book = lookup(dossier)
    claims = narrowed(found.claims, dossier, asked) if asked.asks else []
    ids = cited_passages(dossier, book)
    wanted = wanted_words(asked.words)
    kept = [at for at in found.passages if _is_of(at, asked, book)][:_PASSAGES_MAX]
    return page(
        "search",
        visit,
        asked=asked,
        asks=asked.asks,
        refused=refused,
        wider=_wider(asked.words),
        choices=_choices(dossier),
        n_claims=len(claims),
        n_shown=min(len(claims), _CLAIMS_MAX),
        questions=[
            {
                **_question(finding, group[0][0]),
                "claims": [_claim(claim, book, ids, wanted) for claim, _ in group],
            }
            for finding, group in _by_question(claims[:_CLAIMS_MAX])
        ],
        passages=[
            {"quoted": quoted(at, book, wanted), "in_dossier": _place(at, ids)} for at in kept
        ],
    )


def narrowed(
    claims: Sequence[Claim], dossier: Dossier, asked: Asked
) -> list[tuple[Claim, Finding | None]]:
    """Those of the source, standing and person asked for, question after question."""
    book = lookup(dossier)
    findings = {k: f for f in dossier.findings for c in f.candidates for k in c.claim_ids}
    found = [
        (claim, finding)
        for claim in claims
        for finding in [findings.get(claim.id)]
        if asked.slot in ("", claim.slot)
        and (not asked.status or (finding is not None and finding.status == asked.status))
        and asked.source in ("", label(book.documents[claim.passage.document_id]))
        and (not asked.person or asked.person in _named(claim, book))
    ]
    order = {f.id: n for n, f in enumerate(by_weight(dossier))}
    found.sort(key=lambda pair: (order[pair[1].id], "") if pair[1] else (len(order), pair[0].slot))
    return found


def _named(claim: Claim, book: Lookup) -> Iterator[str]:
    """Whom a claim is of, by, or whose name its words hold."""
    yield claim.subject_id
    if isinstance(claim.value, EntityRef):
        yield claim.value.entity_id
    yield from (v.speaker_id for v in claim.voices if v.speaker_id is not None)
    yield from _mentioned(claim.passage, book)


def _mentioned(passage: Passage, book: Lookup) -> Iterator[str]:
    for at, entity_id in book.mentions.get(passage.document_id, ()):
        if at.start < passage.end and passage.start < at.end:
            yield entity_id


def _is_of(passage: Passage, asked: Asked, book: Lookup) -> bool:
    document = book.documents.get(passage.document_id)
    if document is None or asked.source not in ("", label(document)):
        return False
    return not asked.person or asked.person in _mentioned(passage, book)


def _voice(speaker_id: str | None, name: str | None, book: Lookup) -> str:
    return " ".join((book.name(speaker_id) or name or "").split())


def _by_question(
    claims: Sequence[tuple[Claim, Finding | None]],
) -> Iterator[tuple[Finding | None, list[tuple[Claim, Finding | None]]]]:
    """The claims of each finding together; those of none by what is asked."""

    def asked(pair: tuple[Claim, Finding | None]) -> str:
        return pair[1].id if pair[1] is not None else pair[0].slot

    for _, group in groupby(claims, key=asked):
        listed = list(group)
        yield listed[0][1], listed


def _question(finding: Finding | None, claim: Claim) -> dict[str, Any]:
    if finding is None:
        return {"finding_id": None, "question": _slot(claim.slot), "status": None}
    return {
        "finding_id": finding.id,
        "question": finding.question,
        "status": finding.status,
        "status_words": STATUS_WORDS[finding.status],
    }


def _claim(
    claim: Claim, book: Lookup, ids: Mapping[Passage, str], wanted: frozenset[str]
) -> dict[str, Any]:
    voices = [said for v in claim.voices if (said := _voice(v.speaker_id, v.name, book))]
    return {
        "id": claim.id,
        "value": say_value(claim.value, book),
        "factuality": claim.factuality.replace("_", " "),
        "is_denied": claim.polarity is Polarity.NEGATIVE,
        "voices": ", citing ".join(voices),
        "quoted": quoted(claim.passage, book, wanted),
        "in_dossier": _place(claim.passage, ids),
    }


def _wider(query: str) -> str | None:
    """The query for words that only begin so; None where it asks for something else already.

    >>> _wider("ferry alarm"), _wider("ferry*")
    ('ferry* alarm*', None)
    """
    words = query.split()
    return " ".join(f"{word}*" for word in words) if all(map(str.isalnum, words)) else None


def _place(passage: Passage, ids: Mapping[Passage, str]) -> str | None:
    return f"/#{ids[passage]}" if passage in ids else None


def _slot(slot: str) -> str:
    """
    >>> _slot("count:gunman"), _slot("decided_by")
    ('count of gunman', 'decided by')
    """
    return slot.replace("count:", "count of ").replace("_", " ")


def _choices(dossier: Dossier) -> dict[str, list[tuple[str, str]]]:
    sources = sorted({label(d) for d in dossier.documents}, key=fold)
    people = [e for e in dossier.entities if e.kind in _OFFERED]
    people.sort(key=lambda e: (fold(e.name), e.id))
    return {
        "source": [(name, name) for name in sources],
        "slot": [(slot, _slot(slot)) for slot in sorted({c.slot for c in dossier.claims})],
        "status": [(status.value, words) for status, words in STATUS_WORDS.items()],
        "person": [(e.id, e.name) for e in people],
    }
