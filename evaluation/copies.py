"""Copies planted into cases: are they found, and are truly different reports left alone?

    python -m evaluation.copies [--data DIR] [--cases 40] [--weights]

plants copies of one report of a case beside the other, truly different reports, in the ways of
`evaluation.planting`; a page of two reports by turns, which must fuse neither; and a different
report that only quotes a sentence of the source with credit, which is no copy. The cases are the
bundled example, the invented cases and, with --data, cases of three documents or more under
DIR/dev/gva; for the invented ones there are paraphrases by hand. Beside it in the same run: one
origin wherever more than half of all runs of five words are shared (Jaccard), and wherever the
counts of their words have a cosine above 0.85. Two untouched documents that share a fifth of the
shorter one's runs of five words may be copies in truth (agency copy, updates of one page): such
pairs count neither way. The texts name victims: nothing of them is printed. Intervals are of 95 %,
by resampling cases. With --weights the logistic weights of consilience.weigh.copying are fitted on
the pairs of the first half of the cases; the table is of the second half.
"""

import argparse
import gzip
import json
import math
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from consilience.ingest import ingest, ingest_json
from consilience.read import Reader
from consilience.records import Document, Reading
from consilience.weigh.copying import compare
from consilience.weigh.origins import find_links, find_origins
from consilience.weigh.pages import page_of
from consilience.weigh.spelt import Speller
from evaluation import planting

Given = dict[str, Any]
Read = tuple[Document, Reading]
_SEED = 20210309
_OUTLETS = ("The Quay Gazette", "Upland Courier", "Lantern Daily", "Northmoor Echo", "Vale Times")
_MIN_WORDS = 80
_RESAMPLES = 400


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--cases", type=int, default=40)
    parser.add_argument("--weights", action="store_true", help="fit the weights and print them")
    given = parser.parse_args()
    read = _CachingReader()
    invented = {name: [read(d) for d in case] for name, case in _invented()}
    cases = list(invented.values())
    if given.data is not None:
        folder = given.data / "dev" / "gva"
        if not folder.is_dir():
            sys.exit(f"{folder}: not there; this needs the GVA development set")
        cases += [[read(d) for d in case] for case in _gva(folder, given.cases)]
    planted = [p for n, case in enumerate(cases) if (p := _plant(case, n, read)) is not None]
    if given.weights:
        fit(planted[::2])
        return
    # The weights were fitted on the others.
    report(planted[1::2])
    sys.stdout.write(by_hand(invented, read))


@dataclass(frozen=True, slots=True)
class Planted:
    """A case with what was made of `source_id`: by kind, the copies. `others` are untouched.

    `quoting` is an untouched document's id and that document with a sentence of the source added;
    `merged` is the source and that document by turns.
    """

    others: tuple[Read, ...]
    source_id: str
    copies: Mapping[str, tuple[Read, ...]]
    quoting: tuple[str, Read] | None
    merged: Read | None


class _CachingReader:
    """Reads each text once; the same text under another id is the same reading renamed."""

    def __init__(self) -> None:
        self._reader = Reader()
        self._known: dict[str, Reading] = {}

    def __call__(self, document: Document) -> Read:
        key = f"{document.language}\n{[(p.kind, p.passage.start) for p in document.parts]}"
        key += f"\n{document.text}"
        if key not in self._known:
            self._known[key] = self._reader(document)
        known = self._known[key]
        return document, _renamed(known, known.document_id, document.id)


def _renamed(record: Any, old: str, new: str) -> Any:
    if record == old:
        return new
    if isinstance(record, tuple):
        return tuple(_renamed(item, old, new) for item in record)
    if is_dataclass(record) and not isinstance(record, type):
        changed = {f.name: _renamed(getattr(record, f.name), old, new) for f in fields(record)}
        return replace(record, **changed)
    return record


def _invented() -> Iterator[tuple[str, list[Document]]]:
    here = Path(__file__).parent
    folders = [here.parent / "examples" / "valdoro", *sorted((here / "cases").iterdir())]
    for folder in folders:
        if folder.is_dir():
            yield folder.name, [d for d in ingest([folder]) if isinstance(d, Document)]


def _gva(folder: Path, n_cases: int) -> Iterator[list[Document]]:
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        cases = defaultdict(list)
        for line in lines:
            given = json.loads(line)
            if len(given["text"]) > 200:
                cases[given["incident"]].append(given)
    full = [cases[key] for key in sorted(cases) if len(cases[key]) >= 3]
    for case in full[:: max(1, len(full) // n_cases)][:n_cases]:
        yield [
            document_of(
                {"id": d["doc"], "title": d["title"], "url": d["url"], "text": d["text"]}
                | ({"published": d["dct"]} if d["dct"] else {})
            )
            for d in case
        ]


def document_of(given: Given) -> Document:
    found, *_ = ingest_json(json.dumps(given).encode(), given["id"])
    assert isinstance(found, Document), found
    return found


def _plant(case: Sequence[Read], number: int, read: _CachingReader) -> Planted | None:
    """Copies of a report chosen at random, dated one to three days after it or not at all."""
    rng = random.Random(_SEED + number)  # noqa: S311
    long = [d for d, _ in case if len(d.text.split()) >= _MIN_WORDS and d.language == "en"]
    if not long:
        return None
    source = rng.choice(sorted(long, key=lambda d: d.id))
    rest = [d for d in sorted(long, key=lambda d: d.id) if d.id != source.id]
    body = planting.body_of(source.text)
    copies: dict[str, tuple[Read, ...]] = {}
    for kind, makers in planting.KINDS.items():
        made = []
        for n, make in enumerate(makers):
            given = copied(source, make(body, _name(source), rng), rng)
            given["id"] = f"{kind.replace(' ', '-')}-{n}-{source.id}"
            made.append(read(document_of(given)))
        copies[kind] = tuple(made)
    apart = [d for d in rest if _contained(d, source) < _DOUBTFUL_MIN]
    if not apart:
        return Planted(tuple(case), source.id, copies, None, None)
    other = rng.choice(apart)
    theirs = planting.body_of(other.text)
    quoting = copied(other, planting.quoting(body, _name(source), theirs, rng), rng)
    quoting |= {"id": f"quoting-{other.id}"} | ({"source": other.source} if other.source else {})
    merged = copied(source, planting.merged(body, theirs, rng), rng) | {"id": f"both-{other.id}"}
    return Planted(
        tuple(case),
        source.id,
        copies,
        (other.id, read(document_of(quoting))),
        read(document_of(merged)),
    )


def _name(document: Document) -> str:
    return document.source or "the Meridian News Agency"


def copied(source: Document, paragraphs: Sequence[str], rng: random.Random) -> Given:
    """A page of another outlet under a headline of its own."""
    title = " ".join(planting.sentences(paragraphs[0])[0].split()[:9]).rstrip(".,;:")
    given = {
        "title": title,
        "source": rng.choice(_OUTLETS),
        "text": title + "\n\n" + "\n\n".join(paragraphs),
    }
    start = source.published.start if source.published else None
    if start is not None and rng.random() < 0.7:
        given["published"] = str(date.fromordinal(start.toordinal()) + timedelta(rng.randint(0, 3)))
    return given


# Untouched documents that share this much of the shorter one's runs of five words may be copies
# in truth; from the second on they are.
_DOUBTFUL_MIN, _COPY_MIN = 0.2, 0.5
_RUNS_MIN, _COSINE_MIN = 0.5, 0.85


@cache
def _words(text: str) -> tuple[str, ...]:
    return tuple(w.lower() for w in re.findall(r"\w+", text))


@cache
def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = _words(text)
    return frozenset(tuple(words[i : i + 5]) for i in range(len(words) - 4))


def _contained(a: Document, b: Document) -> float:
    left, right = _runs(a.text), _runs(b.text)
    return len(left & right) / max(1, min(len(left), len(right)))


Groups = dict[str, str]
Judge = Callable[[Sequence[Read]], Groups]


def _ours(documents: Sequence[Read]) -> Groups:
    origins = find_origins([d for d, _ in documents], {d.id: r for d, r in documents})
    return {i: origin.id for origin in origins for i in origin.document_ids}


def _by_runs(documents: Sequence[Read]) -> Groups:
    runs = {d.id: _runs(d.text) for d, _ in documents}
    return _united(
        runs, lambda a, b: len(runs[a] & runs[b]) > _RUNS_MIN * max(1, len(runs[a] | runs[b]))
    )


def _by_words(documents: Sequence[Read]) -> Groups:
    counts = {d.id: Counter(_words(d.text)) for d, _ in documents}

    def cosine(a: str, b: str) -> float:
        left, right = counts[a], counts[b]
        lengths = (math.sqrt(sum(n * n for n in c.values())) for c in (left, right))
        return sum(n * right[w] for w, n in left.items()) / max(1.0, math.prod(lengths))

    return _united(counts, lambda a, b: cosine(a, b) > _COSINE_MIN)


_JUDGES: dict[str, Judge] = {"ours": _ours, "5-word runs": _by_runs, "words": _by_words}


def _united(ids: Iterable[str], is_same: Callable[[str, str], bool]) -> Groups:
    group = {i: i for i in ids}
    for a, b in combinations(sorted(group), 2):
        if group[a] != group[b] and is_same(a, b):
            old, new = group[b], group[a]
            group = {i: new if g == old else g for i, g in group.items()}
    return group


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs of documents called one origin: rightly, wrongly, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def _pairs(
    documents: Sequence[Read], planted: Planted
) -> Iterator[tuple[Document, Document, bool | None]]:
    """Each pair and whether it is one origin; None where nobody can say."""
    made = {planted.source_id, *(d.id for copies in planted.copies.values() for d, _ in copies)}
    by_id = {d.id: d for d, _ in planted.others}
    for (a, _), (b, _) in combinations(documents, 2):
        if a.id in made and b.id in made:
            yield a, b, True
            continue
        # A copy stands to the others as its source does.
        left, right = (by_id[planted.source_id] if d.id in made else d for d in (a, b))
        shared = _contained(left, right)
        yield a, b, True if shared >= _COPY_MIN else None if shared >= _DOUBTFUL_MIN else False


def report(planted: Sequence[Planted]) -> None:
    """Print the table, ours beside the baselines."""
    n_documents = sum(len(p.others) for p in planted)
    sys.stdout.write(f"{len(planted)} cases, {n_documents} untouched documents\n")
    sys.stdout.write(f"{'F1 of pairs':<26}" + "".join(f"{n:>22}" for n in _JUDGES) + "\n")
    for kind in planting.KINDS:
        found = [[_score(one, judge, kind) for one in planted] for judge in _JUDGES.values()]
        wrong, missed = sum(s.wrong for s in found[0]), sum(s.missed for s in found[0])
        told = "".join(f"{_said_f1(scores):>22}" for scores in found)
        sys.stdout.write(f"{kind:<26}{told}   ours: {wrong} wrong, {missed} missed\n")
    for name, measure in (
        ("origins exact, all kinds", _exact),
        ("false links, untouched", _false_links),
        ("quoting page merged", _quoting_merged),
        ("two by turns: both fused", _fused),
        ("two by turns: with neither", _with_neither),
    ):
        told = "".join(f"{_said_share(measure(planted, j)):>22}" for j in _JUDGES.values())
        sys.stdout.write(f"{name:<26}{told}\n")
    sys.stdout.write(_calibration(planted))


def _said_f1(scores: Sequence[Score]) -> str:
    rng = random.Random(_SEED)  # noqa: S311
    drawn = sorted(sum(rng.choices(scores, k=len(scores)), Score()).f1 for _ in range(_RESAMPLES))
    low, high = drawn[int(0.025 * _RESAMPLES)], drawn[int(0.975 * _RESAMPLES)]
    return f"{sum(scores, Score()).f1:.3f} [{low:.2f}, {high:.2f}]"


def _said_share(counts: tuple[int, int]) -> str:
    """Some of so many, with Wilson's interval."""
    k, n = counts
    if n == 0:
        return "none"
    z = 1.96
    p, middle = k / n, (k / n + z * z / 2 / n) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / 4 / n / n)
    return f"{k} of {n} [{max(0.0, middle - half):.2f}, {min(1.0, middle + half):.2f}]"


def _score(one: Planted, judge: Judge, kind: str) -> Score:
    documents = (*one.others, *one.copies[kind])
    groups = judge(documents)
    made = {d.id for d, _ in one.copies[kind]}
    score = Score()
    for a, b, gold in _pairs(documents, one):
        if gold is not None and (a.id in made or b.id in made):
            said = groups[a.id] == groups[b.id]
            score += Score(int(gold and said), int(said and not gold), int(gold and not said))
    return score


def _everything(one: Planted) -> tuple[Read, ...]:
    return (*one.others, *(c for copies in one.copies.values() for c in copies))


def _exact(planted: Sequence[Planted], judge: Judge) -> tuple[int, int]:
    right = n = 0
    for one in planted:
        documents = _everything(one)
        pairs = list(_pairs(documents, one))
        if any(gold is None for *_, gold in pairs):
            continue
        same = {frozenset((a.id, b.id)): bool(gold) for a, b, gold in pairs}
        gold = _united((d.id for d, _ in documents), _looked_up(same))
        n += 1
        right += len(set(gold.values())) == len(set(judge(documents).values()))
    return right, n


def _looked_up(same: Mapping[frozenset[str], bool]) -> Callable[[str, str], bool]:
    return lambda a, b: same[frozenset((a, b))]


def _false_links(planted: Sequence[Planted], judge: Judge) -> tuple[int, int]:
    wrong = n = 0
    for one in planted:
        groups = judge(one.others)
        for a, b, gold in _pairs(one.others, replace(one, copies={})):
            if gold is False:
                n += 1
                wrong += groups[a.id] == groups[b.id]
    return wrong, n


def _quoting_merged(planted: Sequence[Planted], judge: Judge) -> tuple[int, int]:
    wrong = n = 0
    for one in planted:
        if one.quoting is None:
            continue
        replaced, page = one.quoting
        groups = judge((*(r for r in one.others if r[0].id != replaced), page))
        n += 1
        wrong += groups[page[0].id] == groups[one.source_id]
    return wrong, n


def _by_turns(planted: Sequence[Planted], judge: Judge) -> Iterator[tuple[str, str, str]]:
    """The origins of two reports and of the page made of both."""
    for one in planted:
        if one.merged is not None and one.quoting is not None:
            groups = judge((*one.others, one.merged))
            yield groups[one.source_id], groups[one.quoting[0]], groups[one.merged[0].id]


def _fused(planted: Sequence[Planted], judge: Judge) -> tuple[int, int]:
    found = list(_by_turns(planted, judge))
    return sum(a == b for a, b, _ in found), len(found)


def _with_neither(planted: Sequence[Planted], judge: Judge) -> tuple[int, int]:
    found = list(_by_turns(planted, judge))
    return sum(both not in {a, b} for a, b, both in found), len(found)


def by_hand(invented: Mapping[str, Sequence[Read]], read: _CachingReader) -> str:
    """Paraphrases by hand: joined to their source, and to any other page."""
    counts: dict[str, list[int]] = {name: [0, 0] for name in _JUDGES}
    given = planting.retellings()
    for of, page in given.items():
        case, name = of.split("/")
        made = document_of({**page, "id": "retelling", "source": "Northmoor Echo"})
        documents = (*invented[case], read(made))
        source = next(d for d, _ in invented[case] if d.name == name)
        for judge_name, judge in _JUDGES.items():
            groups = judge(documents)
            others = [d for d, _ in invented[case] if groups[d.id] != groups[source.id]]
            counts[judge_name][0] += groups[source.id] == groups[made.id]
            counts[judge_name][1] += any(groups[d.id] == groups[made.id] for d in others)
    told = "".join(f"{f'{found} found, {wrong} wrong':>22}" for found, wrong in counts.values())
    return f"{f'{len(given)} paraphrases by hand':<26}{told}\n"


def _calibration(planted: Sequence[Planted]) -> str:
    """How often links hold, by the probability said, one copy in a case at a time."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for one in planted:
        for copies in one.copies.values():
            for copy in copies:
                documents = (*one.others, copy)
                gold = {frozenset((a.id, b.id)): g for a, b, g in _pairs(documents, one)}
                for link in find_links([d for d, _ in documents], {d.id: r for d, r in documents}):
                    is_copy = gold[frozenset((link.copy_id, link.of_id))]
                    if is_copy is not None and copy[0].id in {link.copy_id, link.of_id}:
                        bins[min(4, int(5 * link.probability))].append((link.probability, is_copy))
    lines = ["probability: said, true, links\n"]
    for n, found in sorted(bins.items()):
        said, true = (sum(x) / len(found) for x in zip(*found, strict=True))
        lines.append(f"  {n / 5:.1f}-{(n + 1) / 5:.1f}  {said:.2f}  {true:.2f}  {len(found)}\n")
    every = [pair for found in bins.values() for pair in found]
    error = sum(abs(sum(p - t for p, t in found)) for found in bins.values()) / max(1, len(every))
    return "".join(lines) + f"  expected error of calibration {error:.3f}\n"


def fit(planted: Sequence[Planted]) -> None:
    """Print logistic weights fitted on all pairs of the cases, with a pull to zero."""
    rows, gold = [], []
    for one in planted:
        documents = _everything(one)
        spell = Speller()
        pages = {d.id: spell(page_of(d, r)) for d, r in documents}
        for a, b, same in _pairs(documents, one):
            pair = compare(pages[a.id], pages[b.id])
            if same is not None and pair is not None:
                rows.append(max((pair.right_in_left, pair.left_in_right), key=lambda x: x.logit))
                gold.append(float(same))
    x = np.array([[1, r.kept, r.alike, r.grams, r.other] for r in rows])
    y = np.array(gold)
    # Copies are many pairs a case, different reports few: both kinds count the same.
    balance = np.where(y > 0, 0.5 / y.mean(), 0.5 / (1 - y).mean())
    w = np.zeros(x.shape[1])
    pull = np.diag([0.0] + [0.01] * (x.shape[1] - 1)) * len(y) / 100
    for _ in range(100):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (balance * (p - y)) + pull @ w
        w -= np.linalg.solve((x * (balance * p * (1 - p))[:, None]).T @ x + pull, gradient)
    names = ("bias", "kept", "alike", "grams", "other")
    sys.stdout.write(", ".join(f'"{n}": {v:.1f}' for n, v in zip(names, w, strict=True)) + "\n")


if __name__ == "__main__":
    main()
