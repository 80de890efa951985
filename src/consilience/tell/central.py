"""Which sentences tell what the other origins tell too."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from consilience.records import Document, PartKind, Passage
from consilience.tell.material import Material
from consilience.tell.parts import inside
from consilience.tell.sentences import Told

# What matters stands in the first sentences of a page; more are not held against each other.
_SENTENCES = 40
# Nor against more origins than these, those that tell the most of the event: what is news is news
# in forty.
_ORIGINS = 40
# Likeness up to this is that of any two sentences on one event.
_THEME = 0.4


@dataclass(frozen=True, slots=True)
class Central:
    """A sentence, its number on the page, and how much of it other origins tell, 0 to 1."""

    told: Told
    place: int
    share: float

    @property
    def passage(self) -> Passage:
        return self.told.sentence


def central(known: Material) -> tuple[Central, ...]:
    """The opening sentences of all pages, in the order of the documents."""
    told = {d.id: _told(known, d)[:_SENTENCES] for d in known.case.documents}
    some = [(one, n) for sentences in told.values() for n, one in enumerate(sentences)]
    if not some:
        return ()
    shares = _shares(known, [one for one, _ in some], told)
    return tuple(Central(one, n, share) for (one, n), share in zip(some, shares, strict=True))


def _told(known: Material, document: Document) -> list[Told]:
    """The body sentences of a document with their vectors."""
    reading = known.case.readings.get(document.id)
    if reading is None or document.language not in known.languages:
        return []
    is_body = inside(document, PartKind.BODY)
    return [
        Told(sentence, vector)
        for sentence, vector in zip(reading.sentences, reading.vectors, strict=False)
        if is_body(sentence.start)
    ]


def _shares(
    known: Material, some: Sequence[Told], told: Mapping[str, Sequence[Told]]
) -> list[float]:
    """The mean likeness to the nearest sentence of each other origin, beyond the theme's."""
    vectors = np.array([one.vector for one in some])  # (S, D)
    owners = np.array([_root(known, one.sentence.document_id) for one in some])
    nearest: dict[str, NDArray[np.float64]] = {}
    for document_id in _compared(known, told):
        others = np.array([one.vector for one in told[document_id]])  # (T, D)
        near = (vectors @ others.T).max(axis=1)
        root = _root(known, document_id)
        nearest[root] = np.maximum(near, nearest.get(root, near))
    total, n_others = np.zeros(len(some)), np.zeros(len(some))
    for root in sorted(nearest):
        is_other = owners != root
        beyond = np.clip((nearest[root] - _THEME) / (1 - _THEME), 0, 1)
        total += np.where(is_other, beyond, 0)
        n_others += is_other
    # Rounded, so that the order in which a machine adds decides nothing.
    return [round(float(s), 6) for s in total / np.maximum(n_others, 1)]


def _compared(known: Material, told: Mapping[str, Sequence[Told]]) -> list[str]:
    """The first documents of so many origins, those that tell the event most often first."""
    n_mentions = Counter(m.document_id for m in known.main.mentions)

    def rank(document_id: str) -> tuple[int, str, str]:
        when = known.documents[document_id].published
        start = when.start.isoformat() if when is not None and when.start is not None else "~"
        return -n_mentions[document_id], start, document_id

    firsts = {_root(known, d) for d, sentences in told.items() if sentences}
    return [d for d in sorted(firsts, key=rank) if told.get(d)][:_ORIGINS]


def _root(known: Material, document_id: str) -> str:
    return known.roots.get(document_id, document_id)
