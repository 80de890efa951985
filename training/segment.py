"""Learn where sentences end, for `consilience.read.segment`.

    python -m training.segment --data DIR --out src/consilience/lexicon/segment_weights.json

Logistic regression over the features that `segment` itself computes, on the training parts of
UD_English-EWT and GUM; the threshold is the one best on the development parts. The weights are
whole numbers, those near zero are left out, and the file is the same after every run.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from consilience.read.segment import find_ends, lay_out
from consilience.read.words import find_words
from evaluation.segmentation import Gold, gold, gum_split, sentences

FEATURE_MIN = 3  # times seen in training
EPOCHS = 12
BATCH = 512
RATE = 0.15
SCALE = 100  # weights are stored in hundredths
KEPT_MIN = 4  # hundredths; smaller weights are dropped


@dataclass(frozen=True, slots=True)
class Sample:
    """The open questions of a text, in order, with the true answers."""

    features: list[list[str]]
    answers: list[bool]
    n_forced: int  # ends that are no question and are right
    n_forced_wrong: int
    n_true: int


def sample(made: Gold) -> Sample:
    """Ask about every place where a sentence may end, and answer from the treebank."""
    tokens = find_words(made.text, 0, len(made.text))
    ends = {end for _, end in made.sentences}
    features: list[list[str]] = []
    answers: list[bool] = []

    def judge(at: int, described: list[str]) -> bool:
        features.append(described)
        answers.append(tokens[at][1] in ends)
        return answers[-1]

    found = find_ends(lay_out(made.text, tokens), judge)
    forced = len(found) - sum(answers)
    right = len({tokens[at][1] for at in found} & ends) - sum(answers)
    return Sample(features, answers, right, forced - right, len(ends))


def recased(made: Gold, *, upper: bool) -> Gold:
    """Write a text in one case, character for character."""
    changed = []
    for character in made.text:
        other = character.upper() if upper else character.lower()
        changed.append(other if len(other) == 1 else character)
    return Gold("".join(changed), made.tokens, made.sentences, made.documents)


def glued(made: Gold, every: int) -> Gold:
    """Drop the space after every so-manieth sentence that ends in a full stop."""
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    length = last = 0
    for at, (start, end) in enumerate(made.sentences):
        between = made.text[last:start]
        plain = made.text[last - 2 : last - 1].islower() and made.text[last - 1 : last] == "."
        if between == " " and plain and at % every == 0 and made.text[start].isupper():
            between = ""
        pieces += [between, made.text[start:end]]
        length += len(between)
        spans.append((length, length + end - start))
        length += end - start
        last = end
    return Gold("".join(pieces), [], spans, made.documents)


# Closed by their own full stop, they may end a sentence; the treebanks have too few that do.
ABBREVIATED = "U.S. p.m. Inc. D.C. Jr. Corp. a.m. Co. U.K. Ltd. Calif. etc. E.U. U.N. Mo.".split()


def abbreviated(made: Gold, every: int) -> Gold:
    """Put an abbreviation in the place of the last word of every so-manieth sentence."""
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    length = last = 0
    for at, (start, end) in enumerate(made.sentences):
        body = made.text[start:end]
        rest, space, word = body.rpartition(" ")
        if at % every == 0 and space and word[-1] == "." and word[:-1].isalpha():
            body = f"{rest} {ABBREVIATED[at // every % len(ABBREVIATED)]}"
        pieces += [made.text[last:start], body]
        length += start - last
        spans.append((length, length + len(body)))
        length += len(body)
        last = end
    return Gold("".join(pieces), [], spans, made.documents)


Parsed = list[tuple[str, bool, list[tuple[str, bool]]]]


def some_documents(parsed: Parsed, every: int, offset: int) -> Parsed:
    """Take one document in so many."""
    kept: Parsed = []
    number = -1
    for sentence in parsed:
        number += bool(sentence[0])
        if number % every == offset:
            kept.append(sentence)
    return kept


def samples(parsed: Parsed) -> Iterator[Sample]:
    """Give a treebank as it is and as the world will maltreat it."""
    yield sample(gold(parsed, paragraphs=True))
    yield sample(gold(parsed, paragraphs=False))
    yield sample(recased(gold(some_documents(parsed, 4, 0), paragraphs=True), upper=True))
    yield sample(recased(gold(some_documents(parsed, 8, 1), paragraphs=True), upper=False))
    yield sample(glued(gold(some_documents(parsed, 2, 1), paragraphs=True), every=3))
    yield sample(abbreviated(gold(some_documents(parsed, 2, 0), paragraphs=True), every=6))


def learn(training: list[Sample], l1: float) -> dict[str, float]:
    """Fit logistic regression with an L1 penalty by proximal AdaGrad, in a fixed order."""
    counts = Counter(feature for part in training for row in part.features for feature in row)
    names = sorted(name for name, count in counts.items() if count >= FEATURE_MIN)
    number = {name: at + 1 for at, name in enumerate(names)}  # 0 stands for unknown features
    rows = [[number.get(f, 0) for f in row] for part in training for row in part.features]
    x = np.array(rows, dtype=np.int32)  # (N, F)
    y = np.array([a for part in training for a in part.answers], dtype=np.float32)  # (N,)
    weights = np.zeros(len(names) + 1, dtype=np.float32)
    squares = np.full_like(weights, 1e-3)
    total = np.zeros_like(weights)
    n_averaged = 0
    random = np.random.default_rng(7)
    for epoch in range(EPOCHS):
        order = random.permutation(len(y))
        for begin in range(0, len(y), BATCH):
            batch = order[begin : begin + BATCH]
            picked = x[batch]
            p = 1 / (1 + np.exp(-weights[picked].sum(1)))
            error = np.repeat(p - y[batch], picked.shape[1])
            where, inverse = np.unique(picked.ravel(), return_inverse=True)
            gradient = np.bincount(inverse, error).astype(np.float32)
            squares[where] += gradient**2
            rate = RATE / np.sqrt(squares[where])
            moved = weights[where] - rate * gradient
            weights[where] = np.sign(moved) * np.maximum(np.abs(moved) - rate * l1, 0)
            weights[0] = 0
        if epoch >= EPOCHS // 2:
            total += weights
            n_averaged += 1
    return dict(zip(names, (total / n_averaged)[1:].tolist(), strict=True))


def f1_at(part: Sample, scores: NDArray[np.int64], threshold: float) -> float:
    """Give F1 of sentence ends; the beginnings are taken as right."""
    said = scores > threshold
    right = int((said & np.array(part.answers)).sum()) + part.n_forced
    return 2 * right / (int(said.sum()) + part.n_forced + part.n_forced_wrong + part.n_true)


def main() -> None:
    """Learn, choose the threshold, write the file."""
    parser = argparse.ArgumentParser(
        description="Learn where sentences end.",
        epilog="example: python -m training.segment --data data/train --out weights.json",
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with ud_ewt and gum")
    parser.add_argument("--out", type=Path, required=True, help="file to write")
    parser.add_argument("--l1", type=float, default=0.05, help="pull towards zero")
    options = parser.parse_args()
    dep, splits = options.data / "gum" / "dep.conllu.gz", options.data / "gum" / "splits.md.gz"
    treebanks = {
        part: (
            list(sentences(options.data / "ud_ewt" / f"{part}.conllu.gz")),
            gum_split(dep, splits, part),
        )
        for part in ("train", "dev")
    }
    training = [made for parsed in treebanks["train"] for made in samples(parsed)]
    learned = learn(training, options.l1)
    whole = {name: round(weight * SCALE) for name, weight in learned.items()}
    weights = {name: weight for name, weight in whole.items() if abs(weight) >= KEPT_MIN}
    held_out = [sample(gold(parsed, paragraphs=True)) for parsed in treebanks["dev"]]
    scored = [
        np.array([sum(weights.get(f, 0) for f in row) for row in part.features])
        for part in held_out
    ]
    best = max(
        range(-200, 201, 10),
        key=lambda t: sum(f1_at(p, s, t) for p, s in zip(held_out, scored, strict=True)),
    )
    for part, scores in zip(held_out, scored, strict=True):
        print(f"F1 of ends at threshold {best}: {f1_at(part, scores, best):.4f}")
    content = {
        "licence": "CC BY-SA 4.0; learned from UD_English-EWT (CC BY-SA 4.0) and GUM (CC BY 4.0)",
        "made_by": "training/segment.py",
        "threshold": best,
        "weights": dict(sorted(weights.items())),
    }
    options.out.write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", "utf-8")
    print(f"{len(weights)} weights of {len(learned)}, {options.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
