"""The passages a page cites: numbered, who speaks in them, and marked in the full texts."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from consilience.records import Document, Dossier, Link, PartKind, Passage, Sentence
from consilience.tell.drift_told import strayed
from consilience.tell.lookup import Lookup
from consilience.tell.phrases import by_weight, say_speakers

# Of what a copy shares with its original so many stretches are shown; they are like one another.
_MATCHES_MAX = 3


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a text that the same passages cover.

    `opens` are the passages that begin here; `was` is what a repair replaced, None where nothing
    was repaired.
    """

    text: str
    kind: PartKind
    cited: tuple[str, ...]
    opens: tuple[str, ...]
    was: str | None


def cited_passages(dossier: Dossier, book: Lookup) -> dict[Passage, str]:
    """An id for every passage that the page cites, numbered in the order it is first cited."""
    findings = [k for finding in by_weight(dossier) for k in finding.candidates]
    cited = (
        *(p for s in dossier.account for p in (*_by_stretch(s), *s.passages)),
        *(p for change in dossier.changes for p in change.passages),
        *(book.claims[claim_id].passage for k in findings for claim_id in k.claim_ids),
        *(p for entry in dossier.timeline for p in entry.passages),
        *(q.passage for q in dossier.quotations if q.speaker_id is not None),
        *(p for told in strayed(dossier, book) for p in told.passages),
        *(p for origin in dossier.origins for k in origin.links for p in link_passages(k)),
        *(v.cue for f in dossier.findings for v in f.versions if v.cue is not None),
        *(embedded.passage for embedded in dossier.embedded),
        *(p for missing in dossier.missing for p in missing.passages),
    )
    return {passage: f"p{n}" for n, passage in enumerate(dict.fromkeys(cited), start=1)}


def _by_stretch(sentence: Sentence) -> list[Passage]:
    """What the stretches of a sentence rest on, in the order of the text."""
    return [passage for cited in sentence.cited for passage in cited.passages]


def link_passages(link: Link) -> list[Passage]:
    """The longest of the stretches that a copy shares with what it copies, in both documents."""
    by_length = sorted(link.evidence, key=lambda m: (m.copy.start - m.copy.end, m.copy))
    kept = sorted(by_length[:_MATCHES_MAX], key=lambda m: m.copy)
    return [passage for match in kept for passage in (match.copy, match.of)]


def speakers_in(dossier: Dossier, book: Lookup, passages: Iterable[Passage]) -> dict[Passage, str]:
    """Whose words a passage holds, outermost voice first; none where the outlet alone speaks.

    Of a passage that is no claim or quotation itself: all who speak in those that it holds.
    """
    said: dict[str, list[tuple[Passage, str]]] = defaultdict(list)
    for claim in dossier.claims:
        said[claim.passage.document_id].append((claim.passage, say_speakers(claim, book)))
    for quotation in dossier.quotations:
        name = book.name(quotation.speaker_id)
        said[quotation.passage.document_id].append((quotation.passage, name or ""))
    for found in said.values():
        found.sort()
    told = {}
    for passage in passages:
        found = said[passage.document_id]
        first = bisect_left(found, (passage,))
        within = []
        for one, speaker in found[first:]:
            if one.start >= passage.end:
                break
            if one.end <= passage.end and speaker:
                within.append((one != passage, speaker))
        exact = [speaker for is_part, speaker in within if not is_part]
        names = dict.fromkeys(exact or [speaker for _, speaker in within])
        if names:
            told[passage] = "; ".join(names)
    return told


def by_document(ids: Mapping[Passage, str]) -> dict[str, list[tuple[Passage, str]]]:
    """The passages of each document, with their ids."""
    out: dict[str, list[tuple[Passage, str]]] = defaultdict(list)
    for passage, passage_id in ids.items():
        out[passage.document_id].append((passage, passage_id))
    return out


def segments(document: Document, cited: Iterable[tuple[Passage, str]]) -> list[Segment]:
    """The text of a document, cut wherever a cited passage, a part or a repair begins or ends."""
    passages = list(cited)
    cuts = {0, len(document.text)}
    for passage, _ in passages:
        cuts |= {passage.start, passage.end}
    for part in document.parts:
        cuts |= {part.passage.start, part.passage.end}
    for repair in document.repairs:
        cuts |= {repair.start, repair.end}
    edges = sorted(cut for cut in cuts if 0 <= cut <= len(document.text))
    opens, closes = _by_edge(passages)
    kinds = {part.passage.start: part for part in document.parts}
    repairs = {repair.start: repair for repair in document.repairs if repair.start < repair.end}
    covering: list[str] = []
    kind, kind_end = PartKind.BODY, 0
    out = []
    for start, end in pairwise(edges):
        covering = [i for i in covering if i not in closes.get(start, ())]
        covering += opens.get(start, [])
        if start >= kind_end:
            kind = PartKind.BODY
        if start in kinds:
            kind, kind_end = kinds[start].kind, kinds[start].passage.end
        mended = repairs.get(start)
        out.append(
            Segment(
                text=document.text[start:end],
                kind=kind,
                cited=tuple(covering),
                opens=tuple(opens.get(start, ())),
                was=mended.was if mended is not None and mended.end <= end else None,
            )
        )
    return out


def _by_edge(
    passages: Iterable[tuple[Passage, str]],
) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    for passage, passage_id in passages:
        opens.setdefault(passage.start, []).append(passage_id)
        closes.setdefault(passage.end, []).append(passage_id)
    return opens, closes
