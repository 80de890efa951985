"""Train and run spaCy's default small pipeline; called by `bench.spacy_baseline`.

    PYTHON bench/spacy_side.py FOLDER STEPS

PYTHON is of an environment that holds spaCy and need hold nothing of ours. FOLDER holds
train.json, dev.json and test.json; a model trained there before is used again. Writes
guesses.json: what the pipeline says of test.json, and the processor seconds it took, best of a few.
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import spacy  # type: ignore[import-not-found]
from spacy.tokens import Doc, DocBin  # type: ignore[import-not-found]
from spacy.vocab import Vocab  # type: ignore[import-not-found]

ROUNDS = 3
SEED = 7


def to_doc(sentence: dict[str, Any], vocab: Vocab) -> Doc:
    heads = [head if head >= 0 else i for i, head in enumerate(sentence["heads"])]
    unknown = [""] * len(heads)  # no corpus of ours marks the names of this sentence
    return Doc(
        vocab,
        words=sentence["words"],
        pos=sentence["upos"],
        morphs=sentence["feats"],
        heads=heads,
        deps=["ROOT" if d == "root" else d for d in sentence["deprels"]],
        ents=unknown if sentence["names"] is None else sentence["names"],
    )


def train(folder: Path, steps: str) -> None:
    for part in ("train", "dev"):
        sentences = json.loads((folder / f"{part}.json").read_text("utf-8"))
        vocab = Vocab()
        DocBin(docs=[to_doc(s, vocab) for s in sentences]).to_disk(folder / f"{part}.spacy")
    config = str(folder / "config.cfg")
    run = [sys.executable, "-m", "spacy"]
    parts = "morphologizer,parser,ner"
    made = ["init", "config", config, "--pipeline", parts, "--optimize", "efficiency", "--force"]
    subprocess.run([*run, *made], check=True)
    given = {
        "--paths.train": folder / "train.spacy",
        "--paths.dev": folder / "dev.spacy",
        "--training.max_steps": steps,
        "--training.seed": SEED,
    }
    more = [str(word) for pair in given.items() for word in pair]
    subprocess.run([*run, "train", config, "--output", str(folder), *more], check=True)


def guess(folder: Path) -> None:
    nlp = spacy.load(folder / "model-best")
    sentences = json.loads((folder / "test.json").read_text("utf-8"))
    cpu_s = []
    for _ in range(ROUNDS):
        docs = [Doc(nlp.vocab, words=sentence["words"]) for sentence in sentences]
        began = time.process_time()
        docs = list(nlp.pipe(docs))
        cpu_s.append(time.process_time() - began)
    guesses = [
        [
            [
                t.pos_,
                str(t.morph),
                t.head.i if t.head.i != t.i else -1,
                t.dep_.replace("ROOT", "root"),
            ]
            for t in doc
        ]
        for doc in docs
    ]
    names = [[(e.label_, e.start, e.end) for e in doc.ents] for doc in docs]
    whole = {"version": spacy.__version__, "cpu_s": min(cpu_s), "words": guesses, "names": names}
    (folder / "guesses.json").write_text(json.dumps(whole), "utf-8")


if __name__ == "__main__":
    given_folder = Path(sys.argv[1])
    if not (given_folder / "model-best").is_dir():
        train(given_folder, sys.argv[2])
    guess(given_folder)
