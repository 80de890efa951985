"""Which documents tell of one story: groups by the words, names and figures they share."""

import heapq
import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from consilience.lexicon import load_table
from consilience.records import Document, Kind, Reading
from consilience.resolve.chains import fold
from consilience.resolve.event_words import verb_of

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_CHARS_MIN = 3
_CHARS_MAX = 40
# How much more a word of a name tells than another as rare, and how much rarity tells: best on
# ECB+ train, where 1 to 3 and 1 to 2 differ by half a point.
NAME_WEIGHT = 2.0
RARITY_POWER = 1.5
# So many pages at large are added to those given, or a word that all pages of a small case share
# would seem to tell nothing.
_PAGES_BEFORE = 300
# Mean likeness of the pages of two groups from which they are one story; best on ECB+ train and on
# one, two, four and eight of its stories at a time.
STORY_MIN = 0.21
# Candidates come from the words that tell most of a page: all pages that have such a word, or
# where it is common the next few, so that a large story hangs together.
_TELLING_WORDS = 40
_PAGES_MAX = 60
_NEXT = 4
_NEIGHBOURS_MAX = 20

# Two alike stories taken for one fall apart by their people, places and figures. A story is parted
# where the mean likeness of these across is below the first number and below this share of that
# within the looser half. Of 37 stories of ECB+ train the double ones all lie below 0.105, the
# single ones above 0.13.
_ACROSS_MAX = 0.118
_SHARE_MAX = 0.6
_PART_MIN = 4  # pages of the smaller half; fewer look parted by chance
_ROUNDS = 20
_POWER_ROUNDS = 60
_MARKS_MAX = 3000  # the commonest, so that the table grows with the pages alone

Vector = dict[str, float]
Array = np.ndarray[tuple[int, int], np.dtype[np.float64]]
Half = np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class Page:
    """The words of a document, as often as it has them, those in names, and its marks: the words
    in names of people and places, and figures."""

    terms: Mapping[str, int]
    names: frozenset[str]
    marks: frozenset[str]


def event_stories(documents: Sequence[Document], readings: Mapping[str, Reading]) -> dict[str, str]:
    """The story of each document, named by the least id in it.

    Groups are joined by the mean likeness of their pages, the most alike first. Time is near
    linear in the number of documents: only pages that share a rare word are compared.
    """
    pages = {d.id: _page(d, readings[d.id]) for d in sorted(documents, key=lambda d: d.id)}
    vectors = page_vectors(pages)
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
    parted = (part for ids in members.values() for part in parts(sorted(ids), pages))
    return {id_: min(ids) for ids in parted for id_ in ids}


def page_vectors(pages: Mapping[str, Page]) -> dict[str, Vector]:
    """What each page is about: its words with their weights, of length one."""
    n_pages = Counter(term for page in pages.values() for term in page.terms)
    n_as_name = Counter(term for page in pages.values() for term in page.names)
    n, common = len(pages) + _PAGES_BEFORE, _common()
    vectors = {}
    for id_, page in pages.items():
        vector: Vector = {}
        for term in sorted(page.terms):
            if n_pages[term] > 1:
                n_at_large = n_pages[term] + _PAGES_BEFORE * common.get(term, 0.0)
                rarity = math.log((n + 1) / n_at_large) ** RARITY_POWER
                is_name = term in page.names or 2 * n_as_name[term] > n_pages[term]
                weight = (1 + math.log(page.terms[term])) * rarity
                vector[term] = weight * (NAME_WEIGHT if is_name else 1.0)
        length = math.sqrt(math.fsum(w * w for w in vector.values())) or 1.0
        vectors[id_] = {term: weight / length for term, weight in vector.items()}
    return vectors


@cache
def _common() -> dict[str, float]:
    """The share of pages at large that have a word."""
    shares: dict[str, float] = {}
    for word, n_of_thousand in load_table("common_words").items():
        verb = verb_of(word)
        shares[verb] = max(shares.get(verb, 0.0), int(n_of_thousand) / 1000)
    return shares


def likeness(a: Vector, b: Vector) -> float:
    """The scalar product of two pages, or of the sums of two groups of pages."""
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    return math.fsum(weight * long[term] for term, weight in short.items() if term in long)


def parts(ids: Sequence[str], pages: Mapping[str, Page]) -> list[list[str]]:
    """The story whole, or in the parts that its marks fall into."""
    if len(ids) < 2 * _PART_MIN:
        return [list(ids)]
    vectors = _marks(ids, pages)
    upper = _halved(vectors)
    if min(upper.sum(), (~upper).sum()) < _PART_MIN:
        return [list(ids)]
    across = float(vectors[upper].mean(axis=0) @ vectors[~upper].mean(axis=0))
    within = min(_mean_within(vectors[half]) for half in (upper, ~upper))
    if across >= min(_ACROSS_MAX, _SHARE_MAX * within):
        return [list(ids)]
    halves = [[i for i, is_in in zip(ids, half, strict=True) if is_in] for half in (upper, ~upper)]
    return [part for half in halves for part in parts(half, pages)]


def _marks(ids: Sequence[str], pages: Mapping[str, Page]) -> Array:
    """The marks of each page, rarer ones weighing a little more; (B, T) float64."""
    held = [pages[i].marks for i in ids]
    counts = Counter(term for terms in held for term in terms)
    shared = sorted((t for t in counts if counts[t] > 1), key=lambda t: (-counts[t], t))
    column = {term: k for k, term in enumerate(shared[:_MARKS_MAX])}
    vectors = np.zeros((len(ids), max(1, len(column))))
    for row, terms in enumerate(held):
        for term in sorted(terms & column.keys()):
            vectors[row, column[term]] = math.sqrt(math.log((len(ids) + 1) / counts[term]))
    lengths: Array = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    vectors /= lengths
    return vectors


def _halved(vectors: Array) -> Half:
    """Which pages are in the one half: 2-means, begun along the widest direction."""
    centred = vectors - vectors.mean(axis=0)
    widest = centred[:, 0] + np.linspace(0, 1, len(vectors))
    for _ in range(_POWER_ROUNDS):
        widest = centred @ (centred.T @ widest)
        widest /= max(float(np.linalg.norm(widest)), 1e-9)
    upper: Half = widest > 0
    for _ in range(_ROUNDS):
        if upper.all() or not upper.any():
            break
        one, other = (vectors[half].sum(axis=0) for half in (upper, ~upper))
        nearer = vectors @ (one * np.linalg.norm(other)) > vectors @ (other * np.linalg.norm(one))
        if (nearer == upper).all():
            break
        upper = nearer
    return upper


def _mean_within(vectors: Array) -> float:
    """The mean likeness of two different pages."""
    n, total = len(vectors), vectors.sum(axis=0)
    return float(total @ total - (vectors * vectors).sum()) / (n * (n - 1))


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
            having = postings[term]
            if len(having) > _PAGES_MAX:
                at = bisect_left(having, id_)
                having = having[at : at + _NEXT]
            for other in having:
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


def _page(document: Document, reading: Reading) -> Page:
    terms = _terms(document.text)
    marks = {term for term in terms if term[0].isdigit()}
    names: set[str] = set()
    for mention in reading.mentions:
        if mention.named:
            said = document.text[mention.passage.start : mention.passage.end]
            words = {verb_of(fold(word)) for word in _WORD.findall(said)}
            names |= words
            if mention.kind in (Kind.PERSON, Kind.PLACE):
                marks |= words
    return Page(terms, frozenset(names), frozenset(marks))
