"""Near copies found by us and by datasketch's MinHashLSH, and events by us and by TF-IDF.

    python -m bench.near_duplicates [N]

Copies: N invented pages, a third of them copied, whole, cut or with some words changed, in a random
order. A pair is right where it shares at least NEAR_MIN of the runs of three words that either has
(the Jaccard index, computed exactly for all pairs that share a run). Both are given the same words;
time is of the processor, for signatures and finding together. Events: the streams of bench.streams
sorted by us and by single link over TF-IDF cosines, at the threshold that is best on this very
stream; what it costs to make the cosines is counted, to try the thresholds is not.
"""

import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations

import numpy as np
from datasketch import MinHash, MinHashLSH

from bench.streams import Kind, line, stream
from consilience.group import group_sketches, sketch_of
from consilience.group.near import NEAR_MIN, Originals, signature_of
from consilience.ingest import ingest_json
from consilience.records import Document
from evaluation.grouping import Row, scores, scores_only, single_link, tf_idf
from evaluation.planting import spin

N = 2000
_THRESHOLDS = np.arange(0.2, 0.95, 0.05)
_RUN_WORDS = 3
Pairs = set[tuple[int, int]]


def pages(n: int) -> list[tuple[str, ...]]:
    """The words of invented pages, copies among them."""
    rng = random.Random(5)  # noqa: S311
    texts = [one["text"] for one, _ in stream(n * 2 // 3)]
    for original in rng.sample(texts, n - len(texts)):
        match rng.choice(("whole", "cut", "spun")):
            case "whole":
                texts.append(original)
            case "cut":
                texts.append(original[: int(len(original) * rng.uniform(0.6, 1))])
            case _:
                texts.append(spin(original, rng.uniform(0, 0.15), rng))
    rng.shuffle(texts)
    return [tuple(text.lower().split()) for text in texts]


def runs_of(words: tuple[str, ...]) -> set[str]:
    return {" ".join(words[i : i + _RUN_WORDS]) for i in range(max(1, len(words) - _RUN_WORDS + 1))}


def right_pairs(given: list[tuple[str, ...]]) -> Pairs:
    runs = [runs_of(words) for words in given]
    standing: dict[str, list[int]] = defaultdict(list)
    for i, found in enumerate(runs):
        for one in found:
            standing[one].append(i)
    shared: Counter[tuple[int, int]] = Counter()
    for there in standing.values():
        shared.update(combinations(there, 2))
    return {
        (i, j) for (i, j), n in shared.items() if n >= NEAR_MIN * (len(runs[i]) + len(runs[j]) - n)
    }


def ours(given: list[tuple[str, ...]]) -> Pairs:
    originals = Originals()
    pairs: Pairs = set()
    for j, words in enumerate(given):
        signature = signature_of(words)
        pairs.update((i, j) for i in originals.find(signature))
        originals.add(j, signature)
    return pairs


def theirs(given: list[tuple[str, ...]]) -> Pairs:
    """As its manual has it: 128 hashes, the bands chosen by the library for the threshold."""
    lsh = MinHashLSH(threshold=NEAR_MIN, num_perm=128)
    pairs: Pairs = set()
    made = []
    for j, words in enumerate(given):
        minhash = MinHash(num_perm=128)
        minhash.update_batch([one.encode() for one in runs_of(words)])
        made.append(minhash)
        found = (int(key) for key in lsh.query(minhash))
        pairs.update((i, j) for i in found if made[i].jaccard(minhash) >= NEAR_MIN)
        lsh.insert(str(j), minhash)
    return pairs


def compare_copies(n: int) -> None:
    given = pages(n)
    right = right_pairs(given)
    print(f"{n} pages, {len(right)} pairs of near copies")
    seconds = {}
    finders: dict[str, Callable[[list[tuple[str, ...]]], Pairs]] = {
        "ours": ours, "datasketch": theirs,
    }  # fmt: skip
    for name, find in finders.items():
        began = time.process_time()
        found = find(given)
        seconds[name] = time.process_time() - began
        both = len(found & right)
        print(
            f"  {name:<11} precision {100 * both / max(1, len(found)):5.1f}"
            f"  recall {100 * both / max(1, len(right)):5.1f}  {seconds[name]:6.2f} s"
        )
    print(f"  ours takes {seconds['ours'] / seconds['datasketch']:.2f} of the other's time")


def compare_events(n: int, kind: Kind) -> None:
    made = list(stream(n, kind))
    gold = [str(event) for _, event in made]
    documents = list(_documents(one for one, _ in made))
    began = time.process_time()
    found = [group_id for _, group_id in group_sketches(map(sketch_of, documents))]
    ours_s = time.process_time() - began
    began = time.process_time()
    cosines = tf_idf([Row(one, event) for (one, _), event in zip(made, gold, strict=True)])
    theirs_s = time.process_time() - began
    linked = {float(t): single_link(cosines, t) for t in _THRESHOLDS}
    best = max(linked, key=lambda t: scores_only(linked[t], gold))
    print(f"{n} documents of {len(set(gold))} events, stream of the kind {kind}")
    for name, groups, seconds in (
        ("ours", found, ours_s), (f"TF-IDF {best:.2f}", linked[best], theirs_s),
    ):  # fmt: skip
        measured = scores(groups, gold)
        print(f"  {name:<11} B³ {measured['B3']}  pairs {measured['pairs']}  {seconds:6.2f} s")


def _documents(made: Iterable[dict[str, str]]) -> Iterable[Document]:
    for one in made:
        for found in ingest_json(line(one).encode(), one["id"]):
            assert isinstance(found, Document), found
            yield found


def main() -> None:
    n = int(sys.argv[1]) if len(sys.argv) > 1 else N
    compare_copies(n)
    for kind in Kind:
        compare_events(n, kind)


if __name__ == "__main__":
    main()
