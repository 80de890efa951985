"""Score the shipped encoder's tags, syntax, names and kinds on gold tokens.

    python -m evaluation.parsing --data DIR [--model FOLDER] [--tuning]

DIR holds `train/ud_ewt`, `train/uner_ewt` and `train/gum`. Each sentence goes through the code
that runs in the product, one at a time. Beside it stands what a table of the training words
would score: a word form's commonest tag, lemma and label, every word hanging from its left or
from its right neighbour, whichever is better on the training sentences, and the names seen there.
LAS and UAS count every word, punctuation too; "LAS universal" drops the labels' subtypes, as the
CoNLL 2018 shared task does (Zeman et al. 2018).
"""

from __future__ import annotations

import argparse
import gzip
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from consilience.read.encoder import Encoder, Word

NAME_KINDS = ("PER", "ORG", "LOC")  # UNER-EWT's OTH is not marked in its later versions

_BRACKET = re.compile(r"\(([^()]*)\)?|([^()]+)\)")
T = TypeVar("T")
Span = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Sentence:
    """Gold words with their layers; `names` is None where the corpus has none, `kinds` too."""

    words: list[Word]
    names: set[Span] | None
    kinds: list[str] | None


@dataclass(frozen=True, slots=True)
class Guess:
    """What one of the two contestants said of a sentence."""

    words: list[Word]
    names: set[Span]


Contestant = Callable[[Sentence], Guess]


def load_ewt(data: Path, part: str) -> list[Sentence]:
    names = dict(_name_rows(data / "train/uner_ewt" / f"{part}.iob2.gz"))
    found = []
    for sent_id, _, rows in _blocks(data / "train/ud_ewt" / f"{part}.conllu.gz"):
        tags = names.get(sent_id)
        marked = tags is not None and len(tags) == len(rows)
        spans = name_spans(tags) if marked and tags is not None else None
        found.append(Sentence([_word(row) for row in rows], spans, None))
    return found


def load_gum(data: Path, *parts: str, genre: str = "") -> list[Sentence]:
    """The sentences of the documents of `parts`, of one genre where it is given."""
    with gzip.open(data / "train/gum/splits.md.gz", "rt", encoding="utf-8") as file:
        section, documents = "", set()
        for line in file:
            if line.startswith("## "):
                section = line[3:].strip()
            elif section in parts:
                documents.add(line.strip().removeprefix("* "))
    return [
        Sentence([_word(row) for row in rows], None, _kinds(rows))
        for _, document, rows in _blocks(data / "train/gum/dep.conllu.gz")
        if document in documents and document.startswith(f"GUM_{genre}")
    ]


def _blocks(path: Path) -> Iterator[tuple[str, str, list[list[str]]]]:
    sent_id = document = ""
    rows: list[list[str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for raw in (*file, "\n"):
            line = raw.rstrip("\n")
            if line.startswith("# newdoc id = "):
                document = line.partition(" = ")[2]
            elif line.startswith("# sent_id = "):
                sent_id = line.partition(" = ")[2]
            elif line and not line.startswith("#"):
                row = line.split("\t")
                if row[0].isdigit():
                    rows.append(row)
            elif not line and rows:
                yield sent_id, document, rows
                rows = []


def _name_rows(path: Path) -> Iterator[tuple[str, list[str]]]:
    for sent_id, _, rows in _blocks(path):
        yield sent_id, [row[2] for row in rows]


def _word(row: list[str]) -> Word:
    feats = "" if row[5] == "_" else row[5]
    return Word(0, 0, row[1], row[2], row[3], feats, int(row[6]) - 1, row[7], "O", "")


def name_spans(tags: list[str]) -> set[Span]:
    """Kind, first word and word after the last; an inside without a beginning begins a name.

    >>> sorted(name_spans(["B-PER", "I-PER", "B-OTH", "I-LOC"]))
    [('LOC', 3, 4), ('PER', 0, 2)]
    """
    spans = set()
    kind, first = "", 0
    for i, tag in enumerate([*tags, "O"]):
        now = tag[2:] if tag[2:] in NAME_KINDS else ""
        if kind and (now != kind or tag.startswith("B-")):
            spans.add((kind, first, i))
            kind = ""
        if now and not kind:
            kind, first = now, i
    return spans


def _kinds(rows: list[list[str]]) -> list[str]:
    """The kind of mention each word heads; of mentions that share a head, the shortest's."""
    spans: list[Span] = []
    begun: dict[str, list[tuple[str, int]]] = {}
    for i, row in enumerate(rows):
        misc = dict(part.split("=", 1) for part in row[9].split("|") if "=" in part)
        for whole, opening, closing in (
            (m.group(0), m.group(1), m.group(2)) for m in _BRACKET.finditer(misc.get("Entity", ""))
        ):
            if closing:
                if begun.get(closing):
                    spans.append((*begun[closing].pop(), i + 1))
                continue
            chain, kind = opening.split("-")[:2]
            if whole.endswith(")"):
                spans.append((kind, i, i + 1))
            else:
                begun.setdefault(chain, []).append((kind, i))
    kinds = [""] * len(rows)
    for kind, first, end in sorted(spans, key=lambda s: (s[1] - s[2], s[1], s[0])):
        heads = (i for i in range(first, end) if not first <= int(rows[i][6]) - 1 < end)
        kinds[next(heads)] = kind
    return kinds


def by_encoder(encoder: Encoder) -> Contestant:
    def guess(sentence: Sentence) -> Guess:
        text = " ".join(word.text for word in sentence.words)
        tokens, at = [], 0
        for word in sentence.words:
            tokens.append((at, at + len(word.text)))
            at += len(word.text) + 1
        words = list(encoder.parse(text, tokens).words)
        return Guess(words, name_spans([word.name for word in words]))

    return guess


def by_table(train: list[Sentence]) -> Contestant:
    """Each word form's commonest tags and label; heads beside their words; names seen before."""
    tags: dict[str, Counter[tuple[str, str, str, str]]] = {}
    kinds: dict[str, Counter[str]] = {}
    lexicon: dict[tuple[str, ...], Counter[str]] = {}
    sides: Counter[int] = Counter()
    for sentence in train:
        sides.update(
            side
            for i, word in enumerate(sentence.words)
            for side in (-1, 1)
            if word.head - i == side
        )
        for i, word in enumerate(sentence.words):
            key = (word.upos, word.feats, word.lemma, word.deprel)
            tags.setdefault(word.text, Counter())[key] += 1
            if sentence.kinds is not None:
                kinds.setdefault(word.text, Counter())[sentence.kinds[i]] += 1
        for kind, first, end in sentence.names or ():
            name = tuple(word.text for word in sentence.words[first:end])
            if name[0][:1].isupper():
                lexicon.setdefault(name, Counter())[kind] += 1

    side = _commonest(sides)

    def guess(sentence: Sentence) -> Guess:
        words = []
        last = len(sentence.words) - 1
        for i, word in enumerate(sentence.words):
            known = tags.get(word.text)
            unseen = ("PROPN" if word.text[:1].isupper() else "NOUN", "Number=Sing", word.text)
            upos, feats, lemma, deprel = _commonest(known) if known else (*unseen, "compound")
            kind = _commonest(kinds[word.text]) if word.text in kinds else ""
            head = i + side if 0 <= i + side <= last else -1
            if head < 0:
                deprel = "root"
            words.append(Word(0, 0, word.text, lemma, upos, feats, head, deprel, "O", kind))
        return Guess(words, _known_names([word.text for word in words], lexicon))

    return guess


def _commonest(counts: Counter[T]) -> T:
    return max(sorted(counts.items(), key=lambda item: repr(item[0])), key=lambda item: item[1])[0]


def _known_names(words: list[str], lexicon: dict[tuple[str, ...], Counter[str]]) -> set[Span]:
    spans = set()
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + 8), at, -1):
            kinds = lexicon.get(tuple(words[at:end]))
            if kinds:
                spans.add((_commonest(kinds), at, end))
                at = end
                break
        else:
            at += 1
    return spans


def score(sentences: list[Sentence], contestant: Contestant) -> dict[str, float]:
    """Per cent of words right in each layer; F1 of exact spans for names, of heads for kinds."""
    right: Counter[str] = Counter()
    names: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for sentence in sentences:
        guess = contestant(sentence)
        for word, gold in zip(guess.words, sentence.words, strict=True):
            right.update(_right(word, gold))
        if sentence.names is not None:
            names.update(_overlap(guess.names, sentence.names))
        if sentence.kinds is not None:
            said = {(w.kind, i) for i, w in enumerate(guess.words) if w.kind}
            kinds.update(_overlap(said, {(k, i) for i, k in enumerate(sentence.kinds) if k}))
    n_words = sum(len(sentence.words) for sentence in sentences)
    found = {layer: 100 * right[layer] / n_words for layer in LAYERS}
    for layer, counts in (("names F1", names), ("kinds F1", kinds)):
        if counts["gold"]:
            found[layer] = 200 * counts["both"] / (counts["said"] + counts["gold"])
    return found


LAYERS = ("UPOS", "FEATS", "lemma", "UAS", "LAS", "LAS universal")


def _right(word: Word, gold: Word) -> dict[str, int]:
    attached = word.head == gold.head
    return {
        "UPOS": word.upos == gold.upos,
        "FEATS": word.feats == gold.feats,
        "lemma": word.lemma == gold.lemma,
        "UAS": attached,
        "LAS": attached and word.deprel == gold.deprel,
        "LAS universal": attached and _universal(word.deprel) == _universal(gold.deprel),
    }


def _universal(deprel: str) -> str:
    return deprel.partition(":")[0]


def _overlap(said: Set[object], gold: Set[object]) -> dict[str, int]:
    return {"both": len(said & gold), "said": len(said), "gold": len(gold)}


def scores(
    data: Path, model: Path | None = None, *, tuning: bool = False
) -> dict[str, dict[str, dict[str, float]]]:
    """By test set, by contestant ("encoder", "table"), by layer; `tuning` takes dev for test."""
    train = [*load_ewt(data, "train"), *load_gum(data, "train")]
    contestants = {"encoder": by_encoder(Encoder(model)), "table": by_table(train)}
    if tuning:
        sets = {"EWT dev": load_ewt(data, "dev"), "GUM dev": load_gum(data, "dev")}
    else:
        sets = {
            "EWT test": load_ewt(data, "test"),
            "GUM news": load_gum(data, "dev", "test", genre="news"),
            "GUM dev and test": load_gum(data, "dev", "test"),
        }
    return {
        name: {who: score(sentences, contestant) for who, contestant in contestants.items()}
        for name, sentences in sets.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, help="instead of the shipped one")
    parser.add_argument("--tuning", action="store_true", help="the development sets only")
    given = parser.parse_args()
    if not (given.data / "train/ud_ewt").is_dir():
        print(f"parsing: skipped, {given.data / 'train/ud_ewt'} is not there")
        return
    began = time.perf_counter()
    for name, by_contestant in scores(given.data, given.model, tuning=given.tuning).items():
        print(f"{name:<18}{'encoder':>10}{'table':>10}")
        for layer, value in by_contestant["encoder"].items():
            print(f"  {layer:<16}{value:>10.2f}{by_contestant['table'][layer]:>10.2f}")
    print(f"{time.perf_counter() - began:.0f} s for all of it")


if __name__ == "__main__":
    main()
