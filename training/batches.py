"""Sentences as padded tensors, bucketed by length, with small disturbances in training."""

import math
import random
from collections import Counter
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from consilience.read.lemmas import lemma_rule
from consilience.read.wordpieces import Vocabulary, shape_ids, word_pieces, word_shape
from training.corpus import KINDS, NAMES, ROLE_TAGS, SENSES, Sentence

IGNORED = -100
MAX_PIECES = 256  # longer sentences are cut in training; few are
MASK_PIECE = 103
MASKED = 0.04  # share of pieces hidden in training
RENAMED = 0.5  # share of the names replaced in a sentence where names are
PREDICATES = 320  # at most so many of a batch are read for their arguments

# Lists of names by kind and number of words.
Names = dict[tuple[str, int], list[tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Inventory:
    """The labels by number, as labels.json holds them."""

    shapes: tuple[str, ...]
    upos: tuple[str, ...]
    feats: tuple[str, ...]
    lemmas: tuple[str, ...]
    deprels: tuple[str, ...]
    names: tuple[str, ...] = NAMES
    kinds: tuple[str, ...] = ("O", *KINDS)
    senses: tuple[str, ...] = SENSES
    roles: tuple[str, ...] = ROLE_TAGS


@dataclass(frozen=True, slots=True)
class Batch:
    pieces: Tensor
    piece_shapes: Tensor
    mask: Tensor
    pool: Tensor
    shapes: Tensor
    words: Tensor  # (B, T) true on words; the root, at 0, is none
    upos: Tensor
    feats: Tensor
    lemmas: Tensor
    heads: Tensor
    deprels: Tensor
    names: Tensor
    other_names: Tensor
    kinds: Tensor
    senses: Tensor
    facts: Tensor  # (B, T) nan where nobody judged
    predicate_rows: Tensor  # (P) which sentence of the batch each predicate stands in
    predicate_words: Tensor  # (P) at which of its words
    roles: Tensor  # (P, T)
    vectors: Tensor


def inventory(sentences: list[Sentence]) -> Inventory:
    shapes = Counter(word_shape(w) for s in sentences for w in s.words)
    rules: Counter[str] = Counter()
    for s in sentences:
        if s.lemmas is not None:
            rules.update(lemma_rule(w, m) for w, m in zip(s.words, s.lemmas, strict=True))
    return Inventory(
        shapes=("", "?", *(shape for shape, n in _ordered(shapes) if n > 4)),
        upos=tuple(sorted({u for s in sentences for u in s.upos or ()})),
        feats=tuple(sorted({f for s in sentences for f in s.feats or ()})),
        lemmas=tuple(rule for rule, n in _ordered(rules) if n > 1),
        deprels=tuple(sorted({d for s in sentences for d in s.deprels or ()})),
    )


def _ordered(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def plan(lengths: list[int], batch_pieces: int, rng: random.Random) -> list[list[int]]:
    """Groups of sentences of like length, none of more than about `batch_pieces` pieces."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] + rng.random() * 4)
    groups: list[list[int]] = [[]]
    for i in order:
        if groups[-1] and max(lengths[i], 4) * (len(groups[-1]) + 1) > batch_pieces:
            groups.append([])
        groups[-1].append(i)
    rng.shuffle(groups)
    return groups


def disturbed(sentence: Sentence, rng: random.Random) -> Sentence:
    """Now and then all capitals, all lower case, title case or no final stop, as news has it."""
    draw = rng.random()
    words = sentence.words
    if draw < 0.03:
        sentence = replace(sentence, words=tuple(w.upper() for w in words))
    elif draw < 0.05:
        sentence = replace(sentence, words=tuple(w.lower() for w in words))
    elif draw < 0.07:
        titled = tuple(w[:1].upper() + w[1:] if len(w) > 2 else w for w in words)
        sentence = replace(sentence, words=titled)
    if rng.random() < 0.05:
        sentence = _without_stop(sentence)
    return sentence


def _without_stop(sentence: Sentence) -> Sentence:
    last = len(sentence.words) - 1
    if last < 2 or sentence.upos is None or sentence.upos[last] != "PUNCT":
        return sentence
    if last in sentence.heads or sentence.heads[last] == -1:
        return sentence
    layers = ("words", "upos", "feats", "lemmas", "heads", "deprels")
    layers += ("names", "other_names", "kinds", "senses", "facts")
    cut = {n: getattr(sentence, n) for n in layers}
    sentence = replace(sentence, **{n: v[:last] for n, v in cut.items() if v is not None})
    if sentence.roles is None:
        return sentence
    return replace(sentence, roles=tuple((i, t[:last]) for i, t in sentence.roles if i < last))


def renamed(sentence: Sentence, names: Names, rng: random.Random) -> Sentence:
    """Some of its names replaced by others of the same kind and number of words."""
    tags = sentence.names or sentence.other_names
    if tags is None:
        return sentence
    words = list(sentence.words)
    for first, tag in enumerate(tags):
        if not tag.startswith("B-"):
            continue
        end = first + 1
        while end < len(tags) and tags[end].startswith("I-"):
            end += 1
        like = names.get((tag[2:], end - first))
        if like and all(w[:1].isupper() for w in words[first:end]) and rng.random() < RENAMED:
            new = rng.choice(like)
            capitals = all(w.isupper() and len(w) > 3 for w in words[first:end])
            words[first:end] = [w.upper() for w in new] if capitals else new
    if tuple(words) == sentence.words:
        return sentence
    lemmas = sentence.lemmas
    if lemmas is not None:
        kept = zip(words, sentence.words, lemmas, strict=True)
        lemmas = tuple(m if w == old else w for w, old, m in kept)
    return replace(sentence, words=tuple(words), lemmas=lemmas)


class Maker:
    """Turns sentences into batches; holds what that needs."""

    def __init__(self, labels: Inventory, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.shape_of = {s: i for i, s in enumerate(labels.shapes)}
        fields = ("upos", "feats", "lemmas", "deprels", "names", "kinds", "senses")
        self.number = {n: {v: i for i, v in enumerate(getattr(labels, n))} for n in fields}
        self.number["other_names"] = self.number["names"]
        self.role_number = {tag: i for i, tag in enumerate(labels.roles)}
        self.cache: dict[str, list[int]] = {}

    def pieces(self, word: str) -> list[int]:
        found = self.cache.get(word)
        if found is None:
            found = self.cache[word] = word_pieces(word, self.vocabulary)
        return found

    def length(self, sentence: Sentence) -> int:
        return min(MAX_PIECES, 2 + sum(len(self.pieces(w)) for w in sentence.words))

    def batch(
        self, sentences: list[Sentence], vectors: Tensor, rng: random.Random | None = None
    ) -> Batch:
        """A batch; with `rng` a little of it is masked."""
        rows = [self._row(s) for s in sentences]
        b = len(rows)
        s = max(len(r["pieces"]) for r in rows)
        t = max(r["n"] for r in rows) + 1
        batch = Batch(
            *(torch.zeros(b, s, dtype=torch.long) for _ in range(2)),
            torch.zeros(b, s, dtype=torch.bool),
            torch.zeros(b, t, s),
            torch.zeros(b, t, dtype=torch.long),
            torch.zeros(b, t, dtype=torch.bool),
            *(torch.full((b, t), IGNORED) for _ in range(9)),
            torch.full((b, t), math.nan),
            *self._predicates(rows, t, rng),
            vectors,
        )
        for i, row in enumerate(rows):
            self._fill(batch, i, row)
        if rng is not None:
            hidden = torch.rand(b, s, generator=torch.Generator().manual_seed(rng.getrandbits(32)))
            hidden = (hidden < MASKED) & (batch.piece_shapes > 0)
            batch.pieces.masked_fill_(hidden, MASK_PIECE)
        return batch

    def _predicates(
        self, rows: list[dict], t: int, rng: random.Random | None
    ) -> tuple[Tensor, Tensor, Tensor]:
        found = [
            (i, at, tags)
            for i, row in enumerate(rows)
            for at, tags in row["sentence"].roles or ()
            if at < row["n"]
        ]
        if rng is not None and len(found) > PREDICATES:
            found = rng.sample(found, PREDICATES)
        roles = torch.full((len(found), t), IGNORED)
        for p, (i, _, tags) in enumerate(found):
            n = rows[i]["n"]
            roles[p, 1 : n + 1] = torch.tensor([self.role_number[tag] for tag in tags[:n]])
        return (
            torch.tensor([i for i, _, _ in found], dtype=torch.long),
            torch.tensor([at + 1 for _, at, _ in found], dtype=torch.long),
            roles,
        )

    def _row(self, sentence: Sentence) -> dict:
        pieces = [self.vocabulary.first]
        owner = [-1]
        n = 0
        for word in sentence.words:
            found = self.pieces(word)
            if len(pieces) + len(found) + 1 > MAX_PIECES:
                break
            pieces += found
            owner += [n] * len(found)
            n += 1
        pieces.append(self.vocabulary.last)
        return {"pieces": pieces, "owner": owner, "n": n, "sentence": sentence}

    def _fill(self, batch: Batch, i: int, row: dict) -> None:
        sentence, n, owner = row["sentence"], row["n"], torch.tensor(row["owner"])
        s = len(row["pieces"])
        batch.pieces[i, :s] = torch.tensor(row["pieces"])
        batch.mask[i, :s] = True
        shapes = torch.tensor([0, *shape_ids(sentence.words[:n], self.shape_of)])
        batch.shapes[i, : n + 1] = shapes
        batch.piece_shapes[i, : s - 1] = shapes[owner + 1]
        sizes = torch.bincount(owner + 1, minlength=n + 1)
        batch.pool[i, owner + 1, torch.arange(s - 1)] = 1.0 / sizes[owner + 1]
        batch.words[i, 1 : n + 1] = True
        for name, numbers in self.number.items():
            values = getattr(sentence, name)
            if name == "lemmas" and values is not None:
                values = [lemma_rule(w, m) for w, m in zip(sentence.words, values, strict=True)]
            if values is not None:
                found = [numbers.get(v, IGNORED) for v in values[:n]]
                getattr(batch, name)[i, 1 : n + 1] = torch.tensor(found)
        if sentence.facts is not None:
            facts = [math.nan if f is None else f for f in sentence.facts[:n]]
            batch.facts[i, 1 : n + 1] = torch.tensor(facts)
        if sentence.heads is not None:
            heads = [h + 1 if h < n else IGNORED for h in sentence.heads[:n]]
            batch.heads[i, 1 : n + 1] = torch.tensor(heads)
