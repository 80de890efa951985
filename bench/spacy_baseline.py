"""spaCy's default small architecture, trained on the same treebanks, beside our encoder.

    python -m venv ENV && ENV/bin/pip install spacy
    python -m bench.spacy_baseline --data DIR --spacy ENV/bin/python --work FOLDER

The pipeline is what `spacy init config --optimize efficiency` makes of morphologizer, parser and
ner: one hash-embedding CNN of width 96 below all three, no vectors. It learns tags and syntax from
UD_English-EWT and GUM, names from UNER-EWT; ours learned names from GUM, MEANTIME and re3d too, and
began with a language model. Both are given EWT's test sentences with their gold words, and run in
one thread. Words a second are of processor time, best of three; FOLDER keeps the trained model.
"""

import argparse
import json
import os
import subprocess
import time
from dataclasses import replace
from pathlib import Path

from consilience.read.encoder import Encoder
from evaluation.parsing import Guess, Sentence, by_encoder, load_ewt, load_gum, score

STEPS = 4000  # some ten times over the words; a quarter of an hour of one core
ROUNDS = 3
LAYERS = ("UPOS", "FEATS", "UAS", "LAS", "LAS universal", "names F1")


def write(sentences: list[Sentence], path: Path) -> None:
    rows = [
        {
            "words": [word.text for word in sentence.words],
            "upos": [word.upos for word in sentence.words],
            "feats": [word.feats for word in sentence.words],
            "heads": [word.head for word in sentence.words],
            "deprels": [word.deprel for word in sentence.words],
            "names": None if sentence.names is None else tags(sentence),
        }
        for sentence in sentences
    ]
    path.write_text(json.dumps(rows), "utf-8")


def tags(sentence: Sentence) -> list[str]:
    marked = ["O"] * len(sentence.words)
    for kind, first, end in sentence.names or ():
        marked[first:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - first - 1)]
    return marked


def said_by_spacy(guesses: dict[str, list[list[list[str]]]], test: list[Sentence]) -> list[Guess]:
    found = []
    for gold, words, names in zip(test, guesses["words"], guesses["names"], strict=True):
        said = [
            replace(word, upos=upos, feats=feats, head=int(head), deprel=deprel, lemma="")
            for word, (upos, feats, head, deprel) in zip(gold.words, words, strict=True)
        ]
        found.append(Guess(said, {(kind, int(first), int(end)) for kind, first, end in names}))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--spacy", required=True, help="Python of an environment with spaCy")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=STEPS)
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    test = load_ewt(given.data, "test")
    write(
        [*load_ewt(given.data, "train"), *load_gum(given.data, "train")], given.work / "train.json"
    )
    write(load_ewt(given.data, "dev"), given.work / "dev.json")
    write(test, given.work / "test.json")
    side = str(Path(__file__).with_name("spacy_side.py"))
    alone = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": ""}
    subprocess.run([given.spacy, side, str(given.work), str(given.steps)], check=True, env=alone)
    guesses = json.loads((given.work / "guesses.json").read_text("utf-8"))
    spacys = iter(said_by_spacy(guesses, test))
    by_spacy = score(test, lambda _: next(spacys))

    contestant = by_encoder(Encoder())
    cpu_s = []
    for _ in range(ROUNDS):
        began = time.process_time()
        ours = iter([contestant(sentence) for sentence in test])
        cpu_s.append(time.process_time() - began)
    by_us = score(test, lambda _: next(ours))

    n_words = sum(len(sentence.words) for sentence in test)
    print(f"EWT test, gold words; spaCy {guesses['version']}, {given.steps} steps at most")
    print(f"{'':16}{'ours':>10}{'spaCy':>10}")
    for layer in LAYERS:
        print(f"{layer:16}{by_us[layer]:>10.2f}{by_spacy[layer]:>10.2f}")
    speeds = (n_words / min(cpu_s), n_words / guesses["cpu_s"])
    print(f"{'words a second':16}{speeds[0]:>10,.0f}{speeds[1]:>10,.0f}")


if __name__ == "__main__":
    main()
