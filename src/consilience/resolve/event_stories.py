"""Which documents tell of one story: groups by the words, names and figures they share."""

import heapq
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from consilience.records import Document, Reading
from consilience.resolve.chains import fold
from consilience.resolve.event_words import verb_of

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_CHARS_MIN = 3
_CHARS_MAX = 40
# How much more a word of a name tells than another as rare, and how much rarity tells: best on
# ECB+ train, where 1 to 3 and 1 to 2 differ by half a point.
NAME_WEIGHT = 2.0
RARITY_POWER = 1.5
# Mean likeness of the pages of two groups from which they are one story; best on ECB+ train.
STORY_MIN = 0.21
# Candidates come from the words that tell most of a page, if few pages have them.
_TELLING_WORDS = 40
_PAGES_MAX = 150
_NEIGHBOURS_MAX = 25

Vector = dict[str, float]


def event_stories(documents: Sequence[Document], readings: Mapping[str, Reading]) -> dict[str, str]:
    """The story of each document, named by the least id in it.

    Groups are joined by the mean likeness of their pages, the most alike first. Time is near
    linear in the number of documents: only pages that share a rare word are compared.
    """
    vectors = page_vectors(documents, readings)
    sums = {id_: dict(v) for id_, v in vectors.items()}
    size = dict.fromkeys(vectors, 1)
    members = {id_: [id_] for id_ in vectors}
    near: dict[str, set[str]] = {id_: set() for id_ in vectors}
    heap: list[tuple[float, str, str]] = []
    for a, b, alike in _candidates(vectors):
        near[a].add(b)
        near[b].add(a)
        if alike >= STORY_MIN:
            heap.append((-alike, a, b))
    heapq.heapify(heap)
    while heap:
        negative, a, b = heapq.heappop(heap)
        if a not in members or b not in members or negative != -_mean(sums, size, a, b):
            continue
        kept, gone = (a, b) if size[a] >= size[b] else (b, a)
        for term, weight in sums.pop(gone).items():
            sums[kept][term] = sums[kept].get(term, 0.0) + weight
        size[kept] += size.pop(gone)
        members[kept] += members.pop(gone)
        near[kept] = {n for n in near[kept] | near.pop(gone) if n in members and n != kept}
        for other in sorted(near[kept]):
            near[other].discard(gone)
            near[other].add(kept)
            left, right = sorted((kept, other))
            alike = _mean(sums, size, left, right)
            if alike >= STORY_MIN:
                heapq.heappush(heap, (-alike, left, right))
    return {id_: min(ids) for ids in members.values() for id_ in ids}


def page_vectors(
    documents: Sequence[Document], readings: Mapping[str, Reading]
) -> dict[str, Vector]:
    """What each page is about: its words with their weights, of length one, by document id."""
    counts, names = {}, {}
    for document in sorted(documents, key=lambda d: d.id):
        counts[document.id] = _terms(document.text)
        names[document.id] = _name_terms(document, readings[document.id])
    pages = Counter(term for count in counts.values() for term in count)
    as_name = Counter(term for found in names.values() for term in found)
    n = len(counts)
    vectors = {}
    for id_, count in counts.items():
        vector: Vector = {}
        for term in sorted(count):
            if pages[term] > 1:
                rarity = math.log((n + 1) / pages[term]) ** RARITY_POWER
                is_name = term in names[id_] or 2 * as_name[term] > pages[term]
                weight = (1 + math.log(count[term])) * rarity
                vector[term] = weight * (NAME_WEIGHT if is_name else 1.0)
        length = math.sqrt(sum(w * w for w in vector.values())) or 1.0
        vectors[id_] = {term: weight / length for term, weight in vector.items()}
    return vectors


def likeness(a: Vector, b: Vector) -> float:
    """The scalar product of two pages, or of the sums of two groups of pages."""
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    return math.fsum(weight * long[term] for term, weight in short.items() if term in long)


def _mean(sums: Mapping[str, Vector], size: Mapping[str, int], a: str, b: str) -> float:
    # Rounded, so that the order in which pages were joined leaves no trace.
    return round(likeness(sums[a], sums[b]) / (size[a] * size[b]), 9)


def _candidates(vectors: Mapping[str, Vector]) -> Iterator[tuple[str, str, float]]:
    postings: dict[str, list[str]] = defaultdict(list)
    telling = {}
    for id_, vector in vectors.items():
        chosen = sorted(vector, key=lambda t: (-vector[t], t))[:_TELLING_WORDS]
        telling[id_] = chosen
        for term in chosen:
            postings[term].append(id_)
    seen = set()
    for id_, vector in vectors.items():
        shared: dict[str, float] = defaultdict(float)
        for term in telling[id_]:
            if len(postings[term]) <= _PAGES_MAX:
                for other in postings[term]:
                    shared[other] += vector[term] * vectors[other][term]
        shared.pop(id_, None)
        best = sorted(shared, key=lambda o: (-shared[o], o))[:_NEIGHBOURS_MAX]
        for other in best:
            a, b = sorted((id_, other))
            if (a, b) not in seen:
                seen.add((a, b))
                yield a, b, round(likeness(vectors[a], vectors[b]), 9)


def _terms(text: str) -> Counter[str]:
    return Counter(
        verb_of(fold(word))
        for word in _WORD.findall(text)
        if _CHARS_MIN <= len(word) <= _CHARS_MAX or word.isdigit()
    )


def _name_terms(document: Document, reading: Reading) -> frozenset[str]:
    said = (document.text[m.passage.start : m.passage.end] for m in reading.mentions if m.named)
    return frozenset(verb_of(fold(word)) for name in said for word in _WORD.findall(name))
