"""Copies planted into cases: are they found, and are truly different reports left alone?

    python -m evaluation.copies [--data DIR] [--cases 40] [--weights]

plants copies of one report of a case beside the other, truly different reports: verbatim, cut to
its first 60 %, with its paragraphs reordered, reworded word by word from a table of synonyms
(20, 30 and 40 % of the words where the table has so many), two thirds of it reworded so and out
of order, half of it reworded with credit, and a different report that only quotes one sentence of
it with credit, which is no copy. The cases are the bundled example and, with --data, cases of
three documents or more under DIR/dev/gva. Beside it in the same run: one origin wherever more
than half of all runs of five words are shared (Jaccard). Two untouched documents that share a
fifth of the shorter one's runs of five words may be copies in truth (agency copy, updates of one
page): such pairs count neither way. The texts name victims: nothing of them is printed. With
--weights the logistic weights of consilience.weigh.copying are fitted on the pairs of the first
half of the cases; the table is of the second half.
"""

import argparse
import gzip
import json
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from consilience.ingest import ingest, ingest_json
from consilience.read import Reader
from consilience.records import Document, Origin, Reading
from consilience.weigh.copying import Comparer
from consilience.weigh.origins import find_links, find_origins
from consilience.weigh.pages import page_of

Given = dict[str, Any]
Read = tuple[Document, Reading]
_SEED = 20210309
_OUTLETS = ("The Quay Gazette", "Upland Courier", "Lantern Daily", "Northmoor Echo", "Vale Times")
_WORD = re.compile(r"[A-Za-z]+|\d+")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’']?\s+(?=[\"“‘']?[A-Z])")
_SAID_LAST = re.compile(
    r"(?P<what>[A-Z][^“”\"]{30,300}), (?P<who>[^,“”\"]{3,40} (?:said|stated))\."
)
_MIN_WORDS = 80


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--cases", type=int, default=40)
    parser.add_argument("--weights", action="store_true", help="fit the weights and print them")
    given = parser.parse_args()
    read = _CachingReader()
    cases = [_example(read)]
    if given.data is not None:
        folder = given.data / "dev" / "gva"
        if not folder.is_dir():
            sys.exit(f"{folder}: not there; this needs the GVA development set")
        cases += [[read(d) for d in case] for case in _gva(folder, given.cases)]
    planted = [p for n, case in enumerate(cases) if (p := _plant(case, n, read)) is not None]
    if given.weights:
        fit(planted[: len(planted) // 2])
        return
    # The weights were fitted on the first half.
    report(planted[len(planted) // 2 :])
    sys.stdout.write(thousand(cases[0], read))


@dataclass(frozen=True, slots=True)
class Planted:
    """A case with what was made of `source_id`: by kind, the copies. `others` are untouched.

    `quoting` is an untouched document's id and that document with a sentence of the source added.
    """

    others: tuple[Read, ...]
    source_id: str
    copies: Mapping[str, tuple[Read, ...]]
    quoting: tuple[str, Read] | None


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


def _example(read: _CachingReader) -> list[Read]:
    found = ingest([Path(__file__).parent.parent / "examples" / "valdoro"])
    return [read(d) for d in found if isinstance(d, Document)]


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
            _document(
                {"id": d["doc"], "title": d["title"], "url": d["url"], "text": d["text"]}
                | ({"published": d["dct"]} if d["dct"] else {})
            )
            for d in case
        ]


def _document(given: Given) -> Document:
    found = ingest_json(json.dumps(given).encode(), given["id"])
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
    copies: dict[str, tuple[Read, ...]] = {}
    for kind, makers in _KINDS.items():
        made = []
        for n, make in enumerate(makers):
            given = _page(source, make(_body(source), _name(source), rng), rng)
            made.append(
                read(_document(given | {"id": f"{kind.replace(' ', '-')}-{n}-{source.id}"}))
            )
        copies[kind] = tuple(made)
    apart = [d for d in rest if _contained(d, source) < _DOUBTFUL_MIN]
    quoting = None
    if apart:
        other = rng.choice(apart)
        given = _page(other, _quoting(_body(source), _name(source), _body(other), rng), rng)
        given |= {"id": f"quoting-{other.id}"} | ({"source": other.source} if other.source else {})
        quoting = other.id, read(_document(given))
    return Planted(tuple(case), source.id, copies, quoting)


def _body(document: Document) -> list[str]:
    """The paragraphs below the headline."""
    paragraphs = [p.strip() for p in re.split(r"\n+", document.text) if p.strip()]
    return paragraphs[1:] if len(paragraphs) > 1 else paragraphs


def _name(document: Document) -> str:
    return document.source or "the Meridian News Agency"


def _page(source: Document, paragraphs: Sequence[str], rng: random.Random) -> Given:
    title = " ".join(_sentences(paragraphs[0])[0].split()[:9]).rstrip(".,;:")
    given = {
        "title": title,
        "source": rng.choice(_OUTLETS),
        "text": title + "\n\n" + "\n\n".join(paragraphs),
    }
    start = source.published.start if source.published else None
    if start is not None and rng.random() < 0.7:
        given["published"] = str(date.fromordinal(start.toordinal()) + timedelta(rng.randint(0, 3)))
    return given


def _sentences(text: str) -> list[str]:
    return [s for s in _SENTENCE.split(text) if s.strip()]


Maker = Callable[[list[str], str, random.Random], list[str]]


def _verbatim(body: list[str], _name: str, _rng: random.Random) -> list[str]:
    return list(body)


def _cut(body: list[str], _name: str, _rng: random.Random) -> list[str]:
    words = sum(len(p.split()) for p in body)
    kept: list[str] = []
    for paragraph in body:
        room = 0.6 * words - sum(len(p.split()) for p in kept)
        if room <= 3:
            break
        kept.append(" ".join(paragraph.split()[: int(room)]))
    return kept


def _reordered(body: list[str], _name: str, rng: random.Random) -> list[str]:
    units = body if len(body) > 3 else _sentences(" ".join(body))
    return rng.sample(units, len(units))


def _spun(share: float) -> Maker:
    def make(body: list[str], _name: str, rng: random.Random) -> list[str]:
        return [_spin(p, share, rng) for p in body]

    return make


def _spin(text: str, share: float, rng: random.Random) -> str:
    """`share` of all words changed where the table has them; some clauses swapped; quotes kept."""
    table = _synonyms()
    text = _SAID_LAST.sub(_said_first, text)
    pieces = re.split(r"([\"“][^\"”]{0,600}[\"”])", text)
    n_words = len(_WORD.findall(text))
    places = [
        (k, m) for k in range(0, len(pieces), 2) for m in _WORD.finditer(pieces[k])
        if m[0].lower() in table and (m[0].islower() or m.start() == 0)
    ]  # fmt: skip
    chosen = rng.sample(places, min(len(places), round(share * n_words)))
    for k, m in sorted(chosen, key=lambda place: (place[0], -place[1].start())):
        word = table[m[0].lower()]
        word = word.capitalize() if m[0][0].isupper() else word
        pieces[k] = pieces[k][: m.start()] + word + pieces[k][m.end() :]
    return "".join(pieces)


def _said_first(match: re.Match[str]) -> str:
    what, who = match["what"], match["who"]
    return f"{who[0].upper()}{who[1:]} that {what[0].lower()}{what[1:]}."


def _synonyms() -> dict[str, str]:
    lines = (Path(__file__).parent / "synonyms.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if "\t" in line)
    return {row[0]: row[1] for row in rows}


def _credited(body: list[str], name: str, rng: random.Random) -> list[str]:
    """Half the sentences, reworded, each second one laid at the source's door."""
    sentences = _sentences(" ".join(body))
    kept = sentences[: max(3, len(sentences) // 2)]
    told = [_spin(s, 0.3, rng) for s in kept]
    told[0] = f"{told[0].rstrip('.')}, {name} reported."
    if len(told) > 3:
        told[2] = f"According to {name}, {told[2]}"
    return told


def _retold(body: list[str], _name: str, rng: random.Random) -> list[str]:
    """Two thirds of the sentences, reworded as far as the table goes and out of order."""
    sentences = _sentences(" ".join(body))
    kept = rng.sample(sentences, max(min(4, len(sentences)), 2 * len(sentences) // 3))
    return [_spin(s, 0.4, rng) for s in kept]


def _quoting(body: list[str], name: str, other: list[str], rng: random.Random) -> list[str]:
    """A different report, one sentence of the source added with credit."""
    sentences = [s for s in _sentences(" ".join(body)) if 8 <= len(s.split()) <= 40] or body[:1]
    return [*other, f"{name} reported: {rng.choice(sentences).rstrip('.')}."]


_KINDS: dict[str, tuple[Maker, ...]] = {
    "verbatim": (_verbatim, _verbatim),
    "cut": (_cut,),
    "reordered": (_reordered,),
    "spun": (_spun(0.2), _spun(0.3), _spun(0.4)),
    "retold out of order": (_retold,),
    "credited": (_credited,),
}


# Untouched documents that share this much of the shorter one's runs of five words may be copies
# in truth; from the second on they are.
_DOUBTFUL_MIN, _COPY_MIN = 0.2, 0.5
_BASELINE_MIN = 0.5


def _runs(document: Document) -> frozenset[tuple[str, ...]]:
    words = [w.lower() for w in re.findall(r"\w+", document.text)]
    return frozenset(tuple(words[i : i + 5]) for i in range(len(words) - 4))


def _contained(a: Document, b: Document) -> float:
    left, right = _runs(a), _runs(b)
    return len(left & right) / max(1, min(len(left), len(right)))


Groups = dict[str, str]
Judge = Callable[[Sequence[Read]], Groups]


def _ours(documents: Sequence[Read]) -> Groups:
    origins = find_origins([d for d, _ in documents], {d.id: r for d, r in documents})
    return {i: origin.id for origin in origins for i in origin.document_ids}


def _baseline(documents: Sequence[Read]) -> Groups:
    runs = {d.id: _runs(d) for d, _ in documents}
    return _united(
        runs,
        lambda a, b: len(runs[a] & runs[b]) > _BASELINE_MIN * max(1, len(runs[a] | runs[b])),
    )


def _united(ids: Iterable[str], is_same: Callable[[str, str], bool]) -> Groups:
    group = {i: i for i in ids}
    for a, b in combinations(sorted(group), 2):
        if group[a] != group[b] and is_same(a, b):
            old, new = group[b], group[a]
            group = {i: new if g == old else g for i, g in group.items()}
    return group


@dataclass(slots=True)
class Score:
    """Pairs of documents called one origin: rightly, wrongly, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, *, gold: bool, said: bool) -> None:
        self.right += gold and said
        self.wrong += said and not gold
        self.missed += gold and not said

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
    """Print the table, ours beside the baseline."""
    n_documents = sum(len(p.others) for p in planted)
    sys.stdout.write(f"{len(planted)} cases, {n_documents} untouched documents\n")
    sys.stdout.write(f"{'':<24}{'ours':>24}{'5-word runs':>24}\n")
    judges: tuple[Judge, ...] = (_ours, _baseline)
    for kind in _KINDS:
        found = [_score(planted, judge, kind) for judge in judges]
        told = (f"F1 {s.f1:.3f} ({s.wrong} wrong, {s.missed} missed)" for s in found)
        sys.stdout.write(f"{kind:<24}" + "".join(f"{t:>36}" for t in told) + "\n")
    for name, measure in (
        ("origins exact, all kinds", _exact),
        ("false links, untouched", _false_links),
        ("quoting page merged", _quoting_merged),
    ):
        sys.stdout.write(
            f"{name:<24}" + "".join(f"{measure(planted, j):>36}" for j in judges) + "\n"
        )
    sys.stdout.write(_calibration(planted))


def _score(planted: Sequence[Planted], judge: Judge, kind: str) -> Score:
    score = Score()
    for one in planted:
        documents = (*one.others, *one.copies[kind])
        groups = judge(documents)
        made = {d.id for d, _ in one.copies[kind]}
        for a, b, gold in _pairs(documents, one):
            if gold is not None and (a.id in made or b.id in made):
                score.add(gold=gold, said=groups[a.id] == groups[b.id])
    return score


def _everything(one: Planted) -> tuple[Read, ...]:
    return (*one.others, *(c for copies in one.copies.values() for c in copies))


def _exact(planted: Sequence[Planted], judge: Judge) -> str:
    right = n = 0
    for one in planted:
        documents = _everything(one)
        pairs = list(_pairs(documents, one))
        if any(gold is None for *_, gold in pairs):
            continue
        same = {(a.id, b.id): gold for a, b, gold in pairs}
        gold = _united(
            (d.id for d, _ in documents),
            lambda a, b, same=same: same.get((a, b), same.get((b, a))),  # type: ignore[misc]
        )
        n += 1
        right += len(set(gold.values())) == len(set(judge(documents).values()))
    return f"{100 * right / max(1, n):.1f} % of {n}"


def _false_links(planted: Sequence[Planted], judge: Judge) -> str:
    wrong = n = 0
    for one in planted:
        groups = judge(one.others)
        for a, b, gold in _pairs(one.others, replace(one, copies={})):
            if gold is False:
                n += 1
                wrong += groups[a.id] == groups[b.id]
    return f"{wrong} of {n} pairs"


def _quoting_merged(planted: Sequence[Planted], judge: Judge) -> str:
    wrong = n = 0
    for one in planted:
        if one.quoting is None:
            continue
        replaced, page = one.quoting
        groups = judge((*(r for r in one.others if r[0].id != replaced), page))
        n += 1
        wrong += groups[page[0].id] == groups[one.source_id]
    return f"{wrong} of {n}"


def _calibration(planted: Sequence[Planted]) -> str:
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for one in planted:
        documents = _everything(one)
        gold = {frozenset((a.id, b.id)): g for a, b, g in _pairs(documents, one)}
        for link in find_links([d for d, _ in documents], {d.id: r for d, r in documents}):
            is_copy = gold[frozenset((link.copy_id, link.of_id))]
            if is_copy is not None:
                bins[min(4, int(5 * link.probability))].append((link.probability, is_copy))
    lines = ["probability: said, true, links\n"]
    for n, found in sorted(bins.items()):
        said, true = (sum(x) / len(found) for x in zip(*found, strict=True))
        lines.append(f"  {n / 5:.1f}-{(n + 1) / 5:.1f}  {said:.2f}  {true:.2f}  {len(found)}\n")
    return "".join(lines)


def thousand(case: Sequence[Read], read: _CachingReader) -> str:
    """Origins and time of 250, 500 and 1,000 copies of one report of the example."""
    rng = random.Random(_SEED)  # noqa: S311
    source = max((d for d, _ in case if d.language == "en"), key=lambda d: len(d.text))
    makers = [maker for makers in _KINDS.values() for maker in makers]
    kept = [_page(source, m(_body(source), _name(source), rng), rng) for m in makers for _ in "ab"]
    lines = []
    for n in (250, 500, 1000):
        copies = [_document(kept[k % len(kept)] | {"id": f"copy-{k}"}) for k in range(n)]
        documents = [read(source), *(read(d) for d in copies)]
        readings = {d.id: r for d, r in documents}
        started = time.perf_counter()
        origins: tuple[Origin, ...] = find_origins([d for d, _ in documents], readings)
        seconds = time.perf_counter() - started
        lines.append(f"{n} copies of one report: {len(origins)} origins, {seconds:.1f} s\n")
    return "".join(lines)


def fit(planted: Sequence[Planted]) -> None:
    """Print logistic weights fitted on all pairs of the cases, with a pull to zero."""
    rows, gold = [], []
    for one in planted:
        documents = _everything(one)
        pages = {d.id: page_of(d, r) for d, r in documents}
        compare = Comparer()
        for a, b, same in _pairs(documents, one):
            pair = compare.pair(pages[a.id], pages[b.id])
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
