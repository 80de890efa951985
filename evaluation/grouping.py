"""Documents sorted into events, against the events they were collected under.

    python -m evaluation.grouping --data DIR [--only gva]

GVA dev (the incident; also each half of the incidents, since the weights were tuned on the first),
ECB+ train and dev (the subtopic), GVC dev (the incident) and MEANTIME (its four topics, each far
wider than an event: only precision tells). Printed for each are B³ and pair F1 with 95 % intervals
of a bootstrap over the right groups, of ours and two baselines: each document alone, and TF-IDF
with single link at the threshold that is best for B³ on these very documents. A page that stands
under two incidents is given once for each; both are in one group, so one of them counts as wrong.
"""

import argparse
import gzip
import hashlib
import json
import math
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from consilience.group import group
from consilience.ingest import ingest_json
from consilience.records import Document

N_RESAMPLES = 1000
_SEED = 7
_THRESHOLDS = np.arange(0.2, 0.85, 0.05)
_WORD = re.compile(r"\w\w+")
_COLUMNS = 2000  # of the matrix of words at once


class Row(NamedTuple):
    """A document as JSON, and the group it belongs to."""

    fields: dict[str, str]
    gold: str


class Score(NamedTuple):
    f1: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.f1:5.1f} [{self.low:.1f}, {self.high:.1f}]"


def gva(folder: Path) -> Iterator[Row]:
    for i, row in enumerate(_rows(folder / "dev/gva/docs.jsonl.gz")):
        fields = {"id": f"{row['doc']}-{i}", "title": row["title"], "text": row["text"]}
        yield Row(fields | {"published": row["dct"], "url": row["url"]}, row["incident"])


def tokenised(path: Path, gold: str) -> Iterator[Row]:
    for row in _rows(path):
        fields = {"id": row["doc"], "text": _text(row)}
        if row.get("dct"):
            fields["published"] = row["dct"]
        yield Row(fields, str(row[gold]))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _text(row: dict[str, Any]) -> str:
    sentences: dict[int, list[str]] = defaultdict(list)
    for token, sentence in zip(row["tokens"], row["sentence_of_token"], strict=True):
        sentences[sentence].append(token)
    return "\n".join(" ".join(tokens) for tokens in sentences.values())


def ours(rows: Sequence[Row]) -> list[str]:
    documents = [_document(row.fields) for row in rows]
    return [group_id for _, group_id in group(documents)]


def _document(fields: dict[str, str]) -> Document:
    line = json.dumps(fields | {"text": fields["text"] or fields["title"]}).encode()
    outcome, *_ = ingest_json(line, fields["id"])
    assert isinstance(outcome, Document), outcome
    return outcome


def tf_idf(rows: Sequence[Row]) -> NDArray[np.float32]:
    """Cosines of all pairs; `1 + log tf` times smoothed idf, as scikit-learn weighs them."""
    counts = [
        Counter(_WORD.findall(f"{row.fields.get('title', '')} {row.fields['text']}".lower()))
        for row in rows
    ]
    frequency = Counter(word for words in counts for word in words)
    columns = {word: i for i, word in enumerate(sorted(w for w, n in frequency.items() if n > 1))}
    n = len(rows)
    idf = {word: 1 + math.log((1 + n) / (1 + df)) for word, df in frequency.items()}
    entries = []
    for i, words in enumerate(counts):
        weights = {word: (1 + math.log(count)) * idf[word] for word, count in words.items()}
        length = math.sqrt(math.fsum(w * w for w in weights.values())) or 1.0
        entries += [(columns[w], i, x / length) for w, x in weights.items() if w in columns]
    entries.sort()
    cosines = np.zeros((n, n), np.float32)
    at = 0
    for first in range(0, len(columns), _COLUMNS):
        block = np.zeros((n, _COLUMNS), np.float32)
        while at < len(entries) and entries[at][0] < first + _COLUMNS:
            column, i, weight = entries[at]
            block[i, column - first] = weight
            at += 1
        cosines += block @ block.T
    return cosines


def single_link(cosines: NDArray[np.float32], threshold: float) -> list[int]:
    root = list(range(len(cosines)))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for i, j in np.argwhere(np.triu(cosines > threshold, 1)).tolist():
        root[find(i)] = find(j)
    return [find(i) for i in range(len(root))]


def scores(found: Sequence[Hashable], gold: Sequence[str]) -> dict[str, Score]:
    """B³ and pair F1, each with its interval, in hundredths."""
    sums = _sums(found, gold)  # (G, 6)
    rng = np.random.default_rng(_SEED)
    n_groups = len(sums)
    chosen = rng.multinomial(n_groups, np.full(n_groups, 1 / n_groups), size=N_RESAMPLES)
    resampled = [_f1s(row) for row in chosen @ sums]
    whole = _f1s(sums.sum(axis=0))
    return {
        name: Score(whole[k], *np.percentile([one[k] for one in resampled], [2.5, 97.5]).tolist())
        for k, name in enumerate(("B3", "pairs"))
    }


def _sums(found: Sequence[Hashable], gold: Sequence[str]) -> NDArray[np.float64]:
    """For each right group its documents, their B³ precision and recall, and its pairs.

    The pairs are right, there, and found; of a wrong pair each of its two groups bears half.
    """
    both = Counter(zip(found, gold, strict=True))
    n_found, n_gold = Counter(found), Counter(gold)
    sums: dict[str, NDArray[np.float64]] = defaultdict(lambda: np.zeros(6))
    for (ours_, theirs), n in both.items():
        right = n * (n - 1) / 2
        wrong = n * (n_found[ours_] - n)
        sums[theirs] += [
            n, n * n / n_found[ours_], n * n / n_gold[theirs], right,
            n * (n_gold[theirs] - 1) / 2, right + wrong / 2,
        ]  # fmt: skip
    return np.stack([sums[name] for name in sorted(sums)])


def _f1s(sums: NDArray[np.float64]) -> tuple[float, float]:
    n, precision, recall, right, there, found = sums.tolist()
    return _f1(precision / n, recall / n), _f1(right / max(found, 1e-9), right / max(there, 1e-9))


def _f1(precision: float, recall: float) -> float:
    return 100 * 2 * precision * recall / max(precision + recall, 1e-9)


def is_tuned_on(gold: str) -> bool:
    """Whether the weights were fitted on this incident."""
    return int(hashlib.md5(gold.encode(), usedforsecurity=False).hexdigest(), 16) % 2 == 0


def report(name: str, rows: Sequence[Row]) -> None:
    gold = [row.gold for row in rows]
    started = time.perf_counter()
    found = ours(rows)
    seconds = time.perf_counter() - started
    cosines = tf_idf(rows)
    linked = {float(t): single_link(cosines, t) for t in _THRESHOLDS}
    best = max(linked, key=lambda t: scores_only(linked[t], gold))
    n_groups = len(set(gold))
    print(
        f"{name}: {len(rows)} documents of {n_groups} events, {seconds:.1f} s to ingest and group"
    )
    _line("each alone", range(len(rows)), gold)
    _line(f"TF-IDF single link at {best:.2f}", linked[best], gold)
    _line("ours", found, gold)
    if name == "GVA dev":
        for half, is_first in (("tuned on", True), ("the other half", False)):
            kept = [i for i, one in enumerate(gold) if is_tuned_on(one) is is_first]
            _line(f"  {half}", [found[i] for i in kept], [gold[i] for i in kept])


def scores_only(found: Sequence[Hashable], gold: Sequence[str]) -> float:
    return _f1s(_sums(found, gold).sum(axis=0))[0]


def _line(what: str, found: Sequence[Hashable], gold: Sequence[str]) -> None:
    measured = scores(found, gold)
    print(f"  {what:<28} B³ {measured['B3']}   pairs {measured['pairs']}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evaluation.grouping")
    parser.add_argument("--data", required=True, type=Path)
    parser.add_argument("--only", help="a set, by a part of its name")
    arguments = parser.parse_args()
    data = arguments.data
    sets = {
        "GVA dev": lambda: gva(data),
        "ECB+ train": lambda: tokenised(data / "dev/ecbplus/train.jsonl.gz", "subtopic"),
        "ECB+ dev": lambda: tokenised(data / "dev/ecbplus/dev.jsonl.gz", "subtopic"),
        "GVC dev": lambda: tokenised(data / "dev/gvc/dev.jsonl.gz", "incident"),
        "MEANTIME": lambda: tokenised(data / "train/meantime/meantime.jsonl.gz", "topic"),
    }
    wanted = (arguments.only or "").lower()
    chosen = [name for name in sets if wanted in name.lower()]
    if not chosen:
        sys.exit(f"no set is called {arguments.only}; there are {', '.join(sets)}")
    for name in chosen:
        report(name, list(sets[name]()))


if __name__ == "__main__":
    main()
