"""The passages a page cites: numbered, seen in their context, and marked in the full texts."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from consilience.records import Document, Dossier, PartKind, Passage
from consilience.tell.lookup import Lookup
from consilience.tell.phrases import by_weight, say_dated
from consilience.wording import label

# Characters of context before and after a passage: about two lines each.
_CONTEXT = 180


@dataclass(frozen=True, slots=True)
class Card:
    """A passage with the words around it in its paragraph, and where it was said."""

    id: str
    source: str
    title: str | None
    dated: str
    document_id: str
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a text that the same passages cover.

    `opens` are the passages that begin here, `closes` those that end here; `was` is what a repair
    replaced, None where nothing was repaired.
    """

    text: str
    kind: PartKind
    cited: tuple[str, ...]
    opens: tuple[str, ...]
    closes: tuple[str, ...]
    was: str | None


def cited_passages(dossier: Dossier, book: Lookup) -> dict[Passage, str]:
    """An id for every passage that the page cites, numbered in the order it is first cited."""
    findings = [k for finding in by_weight(dossier) for k in finding.candidates]
    cited = (
        *(p for sentence in dossier.account for p in sentence.passages),
        *(book.claims[claim_id].passage for k in findings for claim_id in k.claim_ids),
        *(p for entry in dossier.timeline for p in entry.passages),
        *(quotation.passage for quotation in dossier.quotations),
        *(p for o in dossier.origins for k in o.links for m in k.evidence for p in (m.copy, m.of)),
        *(v.cue for f in dossier.findings for v in f.versions if v.cue is not None),
        *(embedded.passage for embedded in dossier.embedded),
        *(p for missing in dossier.missing for p in missing.passages),
    )
    return {passage: f"p{n}" for n, passage in enumerate(dict.fromkeys(cited), start=1)}


def card(passage: Passage, passage_id: str, document: Document) -> Card:
    text = document.text
    first = max(0, passage.start - _CONTEXT)
    last = min(len(text), passage.end + _CONTEXT)
    before, after = text[first : passage.start], text[passage.end : last]
    if first > 0:
        before = f"… {before.partition(' ')[2]}"
    if last < len(text):
        after = f"{after.rpartition(' ')[0]} …"
    return Card(
        id=passage_id,
        source=label(document),
        title=document.title if document.source else None,
        dated=say_dated(document),
        document_id=document.id,
        before=before.rpartition("\n\n")[2].lstrip(),
        words=text[passage.start : passage.end],
        after=after.partition("\n\n")[0].rstrip(),
    )


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
                closes=tuple(closes.get(end, ())),
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
