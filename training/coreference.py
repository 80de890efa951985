"""Train the ranker of antecedents on frozen word vectors and write `coreference.npz`.

    python -m training.coreference --data DIR --model FOLDER --out FOLDER

reads GUM, LitBank and MEANTIME with the encoder in FOLDER, and writes the weights beside what
they go with. The development part of GUM chooses among the passes.
"""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper
from torch import Tensor, nn

from consilience.read.agreement import Spot
from consilience.read.antecedents import Pairs, to_pairs
from consilience.read.coreference import lay_out_spots
from consilience.read.encoder import Encoder, Parse
from consilience.read.mentions import find_mentions
from consilience.read.name_chains import join_names
from consilience.records import Document
from training.coreference_corpus import (
    Text,
    load_gum_texts,
    load_litbank_texts,
    load_meantime_texts,
)
from training.export import Graph, Weights, model, write_hashes

WIDTH = 64  # of the projected word vectors, which every parse in memory holds
HIDDEN = 96
PASSES = 6
RAW_WIDTH = 416  # of `word_vectors`, as `export.word_vectors` makes them
RATE = 1e-3


@dataclass(frozen=True, slots=True)
class Example:
    """One document ready to be learned from.

    `rows` are the mentions of which it is known what they mean; `right` marks the antecedents of
    each that are right, or, in the last column, that there is none.
    """

    text: Text
    parses: list[Parse]
    spots: tuple[Spot, ...]
    pairs: Pairs
    vectors: np.ndarray  # (n, raw) float16
    right: np.ndarray  # (rows, W + 1)
    rows: np.ndarray


def to_example(text: Text, parses: Sequence[Parse]) -> Example:
    """`parses` hold the raw word vectors; see `raw_encoder`."""
    document, moved = as_document(text, parses)
    mentions = find_mentions(document, moved)
    spots = lay_out_spots(document, moved, mentions)
    pairs = together(list(to_pairs(spots, moved, join_names(spots))))
    gold = gold_chains(text, moved)
    chains = np.array([gold.get((s.sentence, s.head), -1) for s in spots])
    known = (chains >= 0) | text.complete
    held = pairs.held & known[pairs.at] & known[:, None]
    same = held & (chains[:, None] == chains[pairs.at]) & (chains[:, None] >= 0)
    right = np.concatenate([same, ~same.any(axis=1, keepdims=True)], axis=1)
    vector = np.stack([raw_vectors(parses[s.sentence])[s.head] for s in spots])
    pairs = replace(pairs, held=held, between=pairs.between.astype(np.uint8))
    bare = [replace(parse, projected=b"") for parse in moved]
    return Example(text, bare, spots, pairs, vector, right[known], np.flatnonzero(known))


def together(parts: list[Pairs]) -> Pairs:
    rows, at, held, between = (
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("rows", "at", "held", "between")
    )
    return Pairs(rows, at, held, parts[0].own, between)


def raw_vectors(parse: Parse) -> np.ndarray:
    return np.frombuffer(parse.projected, dtype="<f2").reshape(len(parse.words), -1)


def as_document(text: Text, parses: Sequence[Parse]) -> tuple[Document, list[Parse]]:
    """The text with its paragraphs, and the parses where their sentences then stand."""
    written = ""
    moved = []
    for number, (words, parse) in enumerate(zip(text.sentences, parses, strict=True)):
        if number:
            written += " " if text.paragraphs[number] == text.paragraphs[number - 1] else "\n\n"
        moved.append(_moved(parse, len(written) - parse.start))
        written += " ".join(words)
    document = Document(
        id=text.name, name=text.name, source=None, title=None, url=None, author=None,
        published=None, published_basis=None, updated=None, retrieved=None, language="en",
        text=written, sha256="",
    )  # fmt: skip
    return document, moved


def _moved(parse: Parse, by: int) -> Parse:
    words = tuple(replace(w, start=w.start + by, end=w.end + by) for w in parse.words)
    return replace(parse, start=parse.start + by, end=parse.end + by, words=words)


def gold_chains(text: Text, parses: list[Parse]) -> dict[tuple[int, int], int]:
    """The chain of each gold mention by sentence and head word, as the parse has heads."""
    numbers: dict[str, int] = {}
    best: dict[tuple[int, int], tuple[bool, int, int]] = {}
    for span in text.spans:
        words = parses[span.sentence].words
        head = next(
            (i for i in range(span.first, span.end)
             if not span.first <= words[i].head < span.end and words[i].upos != "PUNCT"),
            span.first,
        )  # fmt: skip
        several = any(
            words[i].head == head and words[i].deprel == "conj" for i in range(span.first, span.end)
        )
        chain = numbers.setdefault(span.chain, len(numbers))
        rank = (not several, span.end - span.first, chain)
        key = (span.sentence, head)
        best[key] = max(best.get(key, rank), rank)
    return {key: chain for key, (_, _, chain) in best.items()}


class Network(nn.Module):
    """The ranker as it is trained; `to_ranker` gives what is shipped."""

    def __init__(self, raw: int, own: int, between: int) -> None:
        super().__init__()
        state = WIDTH + own
        self.project = nn.Linear(raw, WIDTH, bias=False)
        self.mention = nn.Linear(state, HIDDEN)
        self.antecedent = nn.Linear(state, HIDDEN, bias=False)
        self.product = nn.Linear(WIDTH, HIDDEN, bias=False)
        self.pair = nn.Linear(between, HIDDEN, bias=False)
        self.score = nn.Linear(HIDDEN, 1)
        self.alone = nn.Linear(state, HIDDEN)
        self.alone_score = nn.Linear(HIDDEN, 1)
        self.drop = nn.Dropout(0.3)
        self.drop_hidden = nn.Dropout(0.2)

    def forward(self, example: Example) -> Tensor:
        """Log probabilities of each candidate of each row, and of none."""
        pairs, rows = example.pairs, torch.from_numpy(example.rows)
        at = torch.from_numpy(pairs.at[example.rows])
        v = self.drop(self.project(torch.from_numpy(example.vectors.astype(np.float32))))
        state = torch.cat([v, torch.from_numpy(pairs.own)], dim=1)
        hidden = self.mention(state[rows])[:, None] + self.antecedent(state)[at]
        hidden = hidden + self.product(v[rows][:, None] * v[at])
        hidden = hidden + self.pair(torch.from_numpy(pairs.between[example.rows]).float())
        scores = self.score(self.drop_hidden(torch.relu(hidden))).squeeze(-1)
        scores = scores.masked_fill(~torch.from_numpy(pairs.held[example.rows]), -1e9)
        none = self.alone_score(self.drop_hidden(torch.relu(self.alone(state[rows]))))
        return torch.log_softmax(torch.cat([scores, none], dim=1), dim=1)


def loss_of(log: Tensor, example: Example) -> Tensor:
    """How unlikely the right antecedents are together (Lee et al. 2017)."""
    wrong = ~torch.from_numpy(example.right)
    return -torch.logsumexp(log.masked_fill(wrong, -1e9), dim=1).mean()


def train(examples: Sequence[Example], passes: int = PASSES) -> Network:
    torch.manual_seed(1)
    order = np.random.default_rng(1)
    first = examples[0]
    network = Network(
        first.vectors.shape[1], first.pairs.own.shape[1], first.pairs.between.shape[2]
    )
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=1e-2)
    steps = passes * len(examples)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1, 0.02, steps)
    started = time.monotonic()
    for number in range(passes):
        network.train()
        total = 0.0
        for k in order.permutation(len(examples)):
            loss = loss_of(network(examples[k]), examples[k])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
        sys.stderr.write(
            f"pass {number + 1}: loss {total / len(examples):.3f}, "
            f"{time.monotonic() - started:.0f} s\n"
        )
    return network.eval()


def projection(weight: np.ndarray) -> onnx.ModelProto:
    """Word vectors (T, raw) to narrow ones (T, WIDTH)."""
    g = Graph({"project.weight": weight}, exact=True)
    g("Identity", g.linear("word_vectors", "project"), name="projected")
    g.gives("projected", "T", len(weight))
    wide = helper.make_tensor_value_info("word_vectors", TensorProto.FLOAT, ["T", weight.shape[1]])
    return model(g, "projection", [wide])


def antecedents(weights: Weights) -> onnx.ModelProto:
    """`Network.forward` from the projected vectors on; of `m` mentions `n` are judged."""
    g = Graph(weights, exact=True)

    def of(values: str, numbers: str) -> str:
        return g("Gather", values, numbers, axis=0)

    def beside(values: str) -> str:
        return g("Unsqueeze", values, g.whole(1))

    own = of("states", "rows")
    hidden = g(
        "Sum",
        beside(g.linear(own, "mention")),
        of(g.linear("states", "antecedent"), "at"),
        g.linear(g("Mul", beside(of("vectors", "rows")), of("vectors", "at")), "product"),
        g.linear("between", "pair"),
    )
    scored = g("Squeeze", g.linear(g("Relu", hidden), "score"), g.whole(2))
    none = g.linear(g("Relu", g.linear(own, "alone")), "alone_score")
    g("Concat", scored, none, axis=1, name="scores")
    g.gives("scores", "n", "W")
    state, width = weights["mention.weight"].shape[1], weights["product.weight"].shape[1]
    sizes = {"states": ["m", state], "vectors": ["m", width]}
    sizes["between"] = ["n", "W", weights["pair.weight"].shape[1]]
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, size) for name, size in sizes.items()
    ]
    inputs += [
        helper.make_tensor_value_info("rows", TensorProto.INT64, ["n"]),
        helper.make_tensor_value_info("at", TensorProto.INT64, ["n", "W"]),
    ]
    return model(g, "antecedents", inputs)


def raw_encoder(model: Path, folder: Path) -> Encoder:
    """The encoder of `model` with nothing projected: its parses hold whole word vectors."""
    for path in model.iterdir():
        if path.is_file():
            shutil.copyfile(path, folder / path.name)
    onnx.save(projection(np.eye(RAW_WIDTH, dtype=np.float32)), folder / "projection.onnx")
    write_hashes(folder)
    return Encoder(folder)


def encode(encoder: Encoder, text: Text) -> list[Parse]:
    parses = []
    for words in text.sentences:
        ends = np.cumsum([len(word) + 1 for word in words]) - 1
        tokens = [(int(end) - len(w), int(end)) for w, end in zip(words, ends, strict=True)]
        parses.append(encoder.parse(" ".join(words), tokens, {}))
    return parses


def write(network: Network, out: Path) -> None:
    weights = {name: w.detach().numpy() for name, w in network.state_dict().items()}
    onnx.save(projection(weights["project.weight"]), out / "projection.onnx")
    onnx.save(antecedents(weights), out / "antecedents.onnx")
    write_hashes(out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("data", "model", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    args = parser.parse_args()
    torch.set_num_threads(1)
    texts = [
        *load_gum_texts(args.data, "train"),
        *load_litbank_texts(args.data),
        *load_meantime_texts(args.data),
    ]
    with tempfile.TemporaryDirectory() as folder:
        encoder = raw_encoder(args.model, Path(folder))
        examples = []
        for number, text in enumerate(texts):
            examples.append(to_example(text, encode(encoder, text)))
            if number % 20 == 0:
                sys.stderr.write(f"read {number + 1} of {len(texts)} documents\n")
    network = train([e for e in examples if len(e.rows)])
    args.out.mkdir(parents=True, exist_ok=True)
    write(network, args.out)


if __name__ == "__main__":
    main()
