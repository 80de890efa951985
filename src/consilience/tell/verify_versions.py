"""Whether each voice that changed its answer gave these answers, in this order."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from consilience.records import Claim, Dossier, Passage, Version
from consilience.tell.lookup import Lookup
from consilience.tell.verify_words import squeezed
from consilience.wording import label

# The words that say what came first stand in the sentence of a claim, within so many characters.
_NEAR_CHARS = 600


def check_versions(dossier: Dossier, book: Lookup) -> Iterator[str]:
    for finding in dossier.findings:
        for voice, told in groupby(finding.versions, key=lambda v: (v.voice, v.speaker_id)):
            where = f"finding {finding.id}: versions of “{voice[0]}”"
            yield from (f"{where}: {problem}" for problem in _sequence([*told], book))


def unheld_versions(dossier: Dossier) -> Iterator[str]:
    """Versions whose claims are not behind the answer that they give."""
    for finding in dossier.findings:
        for version in finding.versions:
            held = [c.claim_ids for c in finding.candidates if c.value == version.value]
            if not version.claim_ids or not any({*version.claim_ids} <= {*ids} for ids in held):
                yield f"finding {finding.id}: a version rests on no claim of its answer"


def _sequence(told: Sequence[Version], book: Lookup) -> Iterator[str]:
    claims = [[book.claims[c] for c in version.claim_ids] for version in told]
    if len(told) < 2:
        yield "one answer is no sequence"
    if not any(_is_voice_of(told[0], claim, book) for group in claims for claim in group):
        yield "none of the claims is in this voice"
    days = [v.when.start for v in told if v.when is not None and v.when.start is not None]
    if days != sorted(days):
        yield "not in the order of their saying"
    for version, group in zip(told, claims, strict=True):
        dated = [c.as_of for c in group if c.as_of is not None and c.as_of.start is not None]
        if version.when is None and version.cue is None and version is told[0]:
            yield f"nothing dates “{version.value}”"
        if version.when is not None and version.when not in dated:
            yield f"no claim is as of {version.when.value}"
        if version.cue is not None and not any(_is_near(version.cue, c.passage) for c in group):
            yield f"“{book.words(version.cue)}” stands beside none of its claims"


def _is_voice_of(version: Version, claim: Claim, book: Lookup) -> bool:
    if not claim.voices or all(v.name is None and v.speaker_id is None for v in claim.voices):
        return version.voice == label(book.documents[claim.passage.document_id])
    names = [voice.name for voice in claim.voices]
    names += [book.name(voice.speaker_id) for voice in claim.voices]
    return squeezed(version.voice) in [squeezed(name) for name in names if name is not None]


def _is_near(cue: Passage, passage: Passage) -> bool:
    gap = max(cue.start - passage.end, passage.start - cue.end)
    return cue.document_id == passage.document_id and gap <= _NEAR_CHARS
