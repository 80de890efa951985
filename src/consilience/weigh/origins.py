"""Which document draws on which, and how many independent reports stand behind the pages.

A first version: two documents that share long runs of the same words go back to one report.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consilience.records import (
    Document,
    Link,
    LinkKind,
    Match,
    Origin,
    PartKind,
    Passage,
    content_id,
)

# Words in a run before it counts as copied: eight words in a row are rarely said twice by chance.
_RUN_WORDS = 8
# Share of the shorter text that must be copied before the two count as one origin.
_COPIED_MIN = 0.3
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Words:
    folded: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


def find_origins(documents: Sequence[Document]) -> tuple[Origin, ...]:
    """The origins of a case, each document in exactly one, by the first document of each."""
    ordered = sorted(documents, key=_first_published)
    words = {d.id: _own_words(d) for d in ordered}
    runs: dict[tuple[str, ...], list[tuple[str, int]]] = defaultdict(list)
    root = {d.id: d.id for d in ordered}
    links: dict[str, list[Link]] = defaultdict(list)
    for document in ordered:
        link = _best_link(document.id, words, runs)
        if link is not None:
            root[document.id] = root[link.of_id]
            links[root[link.of_id]].append(link)
        mine = words[document.id].folded
        for i in range(len(mine) - _RUN_WORDS + 1):
            runs[mine[i : i + _RUN_WORDS]].append((document.id, i))
    members: dict[str, list[str]] = defaultdict(list)
    for document in ordered:
        members[root[document.id]].append(document.id)
    return tuple(
        Origin(content_id("origin", *ids), tuple(ids), tuple(links[first]))
        for first, ids in members.items()
    )


def _first_published(document: Document) -> tuple[str, str, str]:
    published = document.published
    moment = published.start.isoformat() if published and published.start else "9999"
    return moment, document.name, document.id


def _own_words(document: Document) -> _Words:
    """The words of a document that its author answers for: no comments, no boilerplate."""
    skipped = (PartKind.BOILERPLATE, PartKind.CREDIT, PartKind.COMMENT)
    parts = [p.passage for p in document.parts if p.kind not in skipped]
    if not parts:
        parts = [Passage(document.id, 0, max(1, len(document.text)))]
    found = [m for p in parts for m in _WORD.finditer(document.text, p.start, p.end)]
    return _Words(tuple(m[0].casefold() for m in found), tuple(m.span() for m in found))


def _best_link(
    document_id: str,
    words: Mapping[str, _Words],
    runs: Mapping[tuple[str, ...], list[tuple[str, int]]],
) -> Link | None:
    """The link to the earlier document that most words were taken from, or None."""
    mine = words[document_id]
    copied: dict[str, dict[int, int]] = defaultdict(dict)
    for i in range(len(mine.folded) - _RUN_WORDS + 1):
        for other, j in runs.get(mine.folded[i : i + _RUN_WORDS], ())[:50]:
            for k in range(_RUN_WORDS):
                copied[other].setdefault(i + k, j + k)
    best: tuple[float, str] | None = None
    for other in sorted(copied):
        shorter = min(len(mine.folded), len(words[other].folded))
        share = len(copied[other]) / shorter
        if share >= _COPIED_MIN and (best is None or share > best[0]):
            best = (share, other)
    if best is None:
        return None
    share, other = best
    evidence = tuple(_matches(document_id, other, mine, words[other], copied[other]))
    probability = round(min(0.99, 0.5 + share / 2), 2)
    return Link(document_id, other, LinkKind.VERBATIM, probability, evidence)


def _matches(
    copy_id: str, of_id: str, mine: _Words, other: _Words, pairs: Mapping[int, int]
) -> list[Match]:
    """Copied words joined to the longest runs, in order."""
    found: list[Match] = []
    positions = sorted(pairs)
    first = 0
    for n in range(1, len(positions) + 1):
        ends = n == len(positions) or (
            positions[n] != positions[n - 1] + 1
            or pairs[positions[n]] != pairs[positions[n - 1]] + 1
        )
        if ends:
            i, j = positions[first], positions[n - 1]
            found.append(
                Match(
                    Passage(copy_id, mine.spans[i][0], mine.spans[j][1]),
                    Passage(of_id, other.spans[pairs[i]][0], other.spans[pairs[j]][1]),
                )
            )
            first = n
    return found
