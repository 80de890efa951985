"""Gold trees, predicates and factuality of the English Web Treebank, as the encoder gives them."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from consilience.read.encoder import Argument, Parse, Predicate, Word


def load_predicates(data: Path, part: str) -> list[Parse]:
    """The sentences of `part` that PropBank-EWT speaks of; roles and senses as it has them.

    A predicate's `sense` is the whole roleset ("pick_up.04"), its factuality 0.
    """
    trees = dict(_trees(data, part))
    found = []
    for row in _json_lines(data / "train/propbank_ewt" / f"{part}.jsonl.gz"):
        tree = trees.get(row["id"])
        if tree is None or len(tree.words) != len(row["tokens"]):
            continue
        predicates = tuple(
            Predicate(
                p["i"],
                p["roleset"],
                0.0,
                tuple(Argument(a["role"], a["start"], a["end"] + 1) for a in p["args"]),
            )
            for p in row["preds"]
        )
        found.append(replace(tree, predicates=predicates))
    return found


def load_factuality(data: Path, part: str) -> list[Parse]:
    """The sentences of `part` that UDS speaks of, with its numbers, -3 to 3; nothing else.

    Its predicates are verbs; a number that falls on another word has lost its word to a change
    of the treebank's tokens, and is left out.
    """
    trees = dict(_trees(data, part))
    with gzip.open(data / "train/uds_factuality/ud_ids.json.gz", "rt", encoding="utf-8") as file:
        ids = json.load(file)
    with gzip.open(data / "train/uds_factuality/factuality.json.gz", "rt", encoding="utf-8") as f:
        numbers = json.load(f)["data"]
    found = []
    for name in sorted(numbers, key=lambda n: (len(n), n)):
        tree = trees.get(ids[name]["sentence_id"]) if name.split("-")[1] == part else None
        if tree is None:
            continue
        said = {int(key.rpartition("-")[2]) - 1: value for key, value in numbers[name].items()}
        predicates = tuple(
            Predicate(i, "", said[i]["factuality"]["factual"]["value"], ())
            for i in sorted(said)
            if i < len(tree.words) and tree.words[i].upos in ("VERB", "AUX")
        )
        if predicates:
            found.append(replace(tree, predicates=predicates))
    return found


def tokens_of(parse: Parse) -> tuple[str, list[tuple[int, int]]]:
    """The sentence's words with a space between them, and where each stands."""
    return " ".join(w.text for w in parse.words), [(w.start, w.end) for w in parse.words]


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from (json.loads(line) for line in file)


def _trees(data: Path, part: str) -> Iterator[tuple[str, Parse]]:
    sent_id = ""
    words: list[Word] = []
    path = data / "train/ud_ewt" / f"{part}.conllu.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for raw in (*file, "\n"):
            line = raw.rstrip("\n")
            if line.startswith("# sent_id = "):
                sent_id = line.partition(" = ")[2]
            elif line and not line.startswith("#"):
                row = line.split("\t")
                if row[0].isdigit():
                    words.append(_word(row, words[-1].end + 1 if words else 0))
            elif not line and words:
                yield sent_id, Parse(0, words[-1].end, tuple(words), ())
                words = []


def _word(row: list[str], start: int) -> Word:
    feats = "" if row[5] == "_" else row[5]
    end = start + len(row[1])
    return Word(start, end, row[1], row[2], row[3], feats, int(row[6]) - 1, row[7], "O", "")
