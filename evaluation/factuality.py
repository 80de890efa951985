"""Score whether things happened on Universal Decompositional Semantics' judgements of EWT.

    python -m evaluation.factuality --data DIR [--model FOLDER] [--tuning]

DIR holds `train/ud_ewt` and `train/uds_factuality`: numbers from -3 to 3 for verbs. Words are
gold, all else is our own parse. "r" is Pearson's; the three ways are happened (above 0.5), did not
(below -0.5) and uncertain, F1 of each, with thresholds on our number chosen on the development set.
"Rules" gives each verdict of the rules the mean number that it has in training, on gold trees;
"both" is the mean of the two numbers. UDS asks laymen about the author's world: what will happen
counts as not happened, and what is negated is spread over all the scale.
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from consilience.read.encoder import Encoder, Parse
from consilience.read.factuality import judge
from consilience.read.syntax import to_tree
from evaluation.propbank import load_factuality, tokens_of

HAPPENED_MIN, NOT_MAX = 0.5, -0.5
WAYS = ("happened", "uncertain", "did not")
PUBLISHED = """Published, for scale; not run here, and its table could not be checked here:
  Rudinger, White and Van Durme 2018, on UDS-IH2 (all of EWT, same judgements): r about 0.77"""

Verdict = tuple[str, str]


def verdicts(parse: Parse, words: Iterable[int]) -> list[Verdict]:
    """Factuality and polarity by the rules for each of these words."""
    tree = to_tree(parse)
    moods = [judge(tree, i) for i in words]
    return [(m.factuality, m.polarity) for m in moods]


def mean_numbers(train: Sequence[Parse]) -> dict[Verdict, float]:
    seen: dict[Verdict, list[float]] = defaultdict(list)
    for gold in train:
        said = verdicts(gold, (p.word for p in gold.predicates))
        for verdict, predicate in zip(said, gold.predicates, strict=True):
            seen[verdict].append(predicate.factuality)
    return {verdict: float(np.mean(numbers)) for verdict, numbers in sorted(seen.items())}


def read(
    sentences: Sequence[Parse], encoder: Encoder, means: dict[Verdict, float]
) -> dict[str, np.ndarray]:
    """One number a predicate, by contestant, and the gold ones."""
    rows = []
    for gold in sentences:
        words = {p.word: "01" for p in gold.predicates}
        parse = encoder.parse(*tokens_of(gold), predicates=words)
        ours = {p.word: p.factuality for p in parse.predicates}
        for verdict, predicate in zip(verdicts(parse, words), gold.predicates, strict=True):
            rows.append((predicate.factuality, ours[predicate.word], means.get(verdict, 0.0)))
    real, learned, ruled = np.array(rows).T
    both = (learned + ruled) / 2
    constant = np.zeros_like(real)
    return {"gold": real, "encoder": learned, "rules": ruled, "both": both, "constant": constant}


def three_ways(numbers: np.ndarray, low: float, high: float) -> np.ndarray:
    """2 happened, 1 uncertain, 0 did not."""
    ways: np.ndarray = np.digitize(numbers, [low, high])
    return ways


def f1s(said: np.ndarray, real: np.ndarray) -> list[float]:
    """In the order of `WAYS`, in per cent."""
    found = []
    for way in (2, 1, 0):
        both = np.sum((said == way) & (real == way))
        found.append(float(200 * both / max(1, np.sum(said == way) + np.sum(real == way))))
    return found


def best_thresholds(numbers: np.ndarray, real: np.ndarray) -> tuple[float, float]:
    """The two with the best mean F1."""
    tried = np.unique(np.round(np.quantile(numbers, np.linspace(0.02, 0.98, 49)), 3))
    pairs = [(a, b) for i, a in enumerate(tried) for b in tried[i:]]
    return max(pairs, key=lambda pair: (np.mean(f1s(three_ways(numbers, *pair), real)), pair))


def scores(
    data: Path, model: Path | None = None, *, tuning: bool = False
) -> dict[str, dict[str, float]]:
    """By contestant: r, the mean of the three F1, and each; `tuning` takes dev for test."""
    encoder = Encoder(model)
    means = mean_numbers(load_factuality(data, "train"))
    dev = read(load_factuality(data, "dev"), encoder, means)
    test = dev if tuning else read(load_factuality(data, "test"), encoder, means)
    found = {}
    for who in ("encoder", "rules", "both", "constant"):
        low, high = best_thresholds(dev[who], three_ways(dev["gold"], NOT_MAX, HAPPENED_MIN))
        ways = f1s(
            three_ways(test[who], low, high), three_ways(test["gold"], NOT_MAX, HAPPENED_MIN)
        )
        moves = test[who].std() > 0
        r = float(np.corrcoef(test[who], test["gold"])[0, 1]) if moves else 0.0
        found[who] = {"r": r, "mean F1": float(np.mean(ways)), **dict(zip(WAYS, ways, strict=True))}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, help="instead of the shipped one")
    parser.add_argument("--tuning", action="store_true", help="the development set")
    given = parser.parse_args()
    if not (given.data / "train/uds_factuality").is_dir():
        print(f"factuality: skipped, {given.data / 'train/uds_factuality'} is not there")
        return
    began = time.perf_counter()
    found = scores(given.data, given.model, tuning=given.tuning)
    print(
        f"{'UDS ' + ('dev' if given.tuning else 'test'):<12}" + "".join(f"{w:>10}" for w in found)
    )
    for layer in found["encoder"]:
        digits = 3 if layer == "r" else 1
        print(f"  {layer:<10}" + "".join(f"{s[layer]:>10.{digits}f}" for s in found.values()))
    print(f"{time.perf_counter() - began:.0f} s for all of it")
    print(PUBLISHED)


if __name__ == "__main__":
    main()
