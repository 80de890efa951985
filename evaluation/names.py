"""Score the names of whole documents, as a reading has them, on UNER-EWT.

    python -m evaluation.names --data DIR [--model FOLDER] [--tuning]

DIR holds `train/ud_ewt` and `train/uner_ewt`. Words and sentences are gold; F1 of exact spans.
Beside it the same by sentences alone, which is what evaluation/parsing.py counts.
"""

from __future__ import annotations

import argparse
import gzip
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from consilience.read.encoder import Encoder, Parse
from consilience.read.names import agreed
from evaluation.parsing import Sentence, load_ewt, name_spans

PUBLISHED = "XLM-R large fine-tuned on UNER-EWT, F1 83.9 (development set); not run here"


def scores(
    data: Path, model: Path | None = None, *, tuning: bool = False
) -> dict[str, dict[str, float]]:
    """By way of reading ("sentence", "document"), by measure, in per cent."""
    encoder = Encoder(model)
    counts: dict[str, Counter[str]] = {"sentence": Counter(), "document": Counter()}
    for sentences in _documents(data, "dev" if tuning else "test"):
        parses = [_parse(encoder, sentence) for sentence in sentences]
        for way, read in (("sentence", parses), ("document", agreed(parses))):
            for parse, sentence in zip(read, sentences, strict=True):
                if sentence.names is not None:
                    said = name_spans([word.name for word in parse.words])
                    both = len(said & sentence.names)
                    counts[way].update(both=both, said=len(said), gold=len(sentence.names))
    return {way: _measures(found) for way, found in counts.items()}


def _documents(data: Path, part: str) -> Iterator[list[Sentence]]:
    """The sentences of `part`, by document."""
    with gzip.open(data / "train/ud_ewt" / f"{part}.conllu.gz", "rt", encoding="utf-8") as file:
        numbers, number = [], 0
        for line in file:
            number += line.startswith("# newdoc id = ")
            if line.startswith("# sent_id = "):
                numbers.append(number)
    numbered = zip(numbers, load_ewt(data, part), strict=True)
    for _, group in groupby(numbered, key=lambda pair: pair[0]):
        yield [sentence for _, sentence in group]


def _parse(encoder: Encoder, sentence: Sentence) -> Parse:
    tokens, at = [], 0
    for word in sentence.words:
        tokens.append((at, at + len(word.text)))
        at += len(word.text) + 1
    return encoder.parse(" ".join(word.text for word in sentence.words), tokens)


def _measures(counts: Counter[str]) -> dict[str, float]:
    return {
        "F1": 200 * counts["both"] / (counts["said"] + counts["gold"]),
        "precision": 100 * counts["both"] / counts["said"],
        "recall": 100 * counts["both"] / counts["gold"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, help="instead of the shipped one")
    parser.add_argument("--tuning", action="store_true", help="the development set")
    given = parser.parse_args()
    if not (given.data / "train/uner_ewt").is_dir():
        print(f"names: skipped, {given.data / 'train/uner_ewt'} is not there")
        return
    for way, by_measure in scores(given.data, given.model, tuning=given.tuning).items():
        print(f"names by {way:<10}" + "".join(f"{m:>12} {v:.2f}" for m, v in by_measure.items()))
    print(PUBLISHED)


if __name__ == "__main__":
    main()
