"""Train the reader of arguments further, on word vectors and trees of the finished encoder.

    python -m training.roles --data DIR --run DIR --model FOLDER --minutes 12

While the encoder is trained there is no tree yet to tell the reader of arguments about; here the
encoder stands still, in the form that is shipped, and the reader is told each word's path to the
predicate (`consilience.read.paths`). The weights go to `roles.pt` in the run, where `export` finds
them.
"""

import argparse
import random
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812  as all of PyTorch's own code has it
from torch import Tensor

from consilience.read.encoder import Encoder
from consilience.read.paths import UP, paths_from
from consilience.read.trees import best_tree
from consilience.read.wordpieces import word_pieces
from training.batches import IGNORED
from training.corpus import ROLE_TAGS, Sentence, load_ewt
from training.network import Roles
from training.train import _spans

RATE = 1e-3
BATCH_WORDS = 6000  # predicates times words
HIDDEN = 0.15  # share of the paths hidden: trees of unseen text are less sure than these
AVERAGE = 0.995
MAX_WORDS = 100


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence's word vectors, the root's first, and for each predicate its paths and tags."""

    vectors: Tensor  # (T, WORD_D) float16
    at: Tensor  # (P)
    paths: Tensor  # (P, T)
    tags: Tensor  # (P, T)


def examples(encoder: Encoder, sentences: list[Sentence]) -> list[Example]:
    number = {tag: i for i, tag in enumerate(ROLE_TAGS)}
    return [
        _example(encoder, s, number) for s in sentences if s.roles and len(s.words) <= MAX_WORDS
    ]


def _example(encoder: Encoder, sentence: Sentence, number: dict[str, int]) -> Example:
    pieces = [word_pieces(word, encoder._vocabulary) for word in sentence.words]
    out = encoder._run(list(sentence.words), pieces)
    heads = best_tree(out["arcs"][1:])
    deprels = encoder._deprel_numbers(out["deprels"], heads)
    n_deprels = out["deprels"].shape[1]
    assert sentence.roles is not None
    hidden = UP * (n_deprels + 1)
    paths = [[hidden, *paths_from(i, heads, deprels, n_deprels)] for i, _ in sentence.roles]
    return Example(
        torch.from_numpy(out["word_vectors"].astype(np.float16)),
        torch.tensor([i + 1 for i, _ in sentence.roles]),
        torch.tensor(paths),
        torch.tensor([[IGNORED, *(number[t] for t in tags)] for _, tags in sentence.roles]),
    )


def batches(found: list[Example], rng: random.Random) -> list[list[Example]]:
    order = sorted(found, key=lambda e: e.tags.shape[1] + rng.random() * 3)
    groups: list[list[Example]] = [[]]
    size = 0
    for example in order:
        if groups[-1] and size + example.tags.numel() > BATCH_WORDS:
            groups.append([])
            size = 0
        groups[-1].append(example)
        size += example.tags.numel()
    rng.shuffle(groups)
    return groups


def scores(network: Roles, group: list[Example], *, hide: float = 0.0) -> tuple[Tensor, Tensor]:
    """The scores (P, T, L) of all predicates of a batch, and the tags (P, T)."""
    t = max(e.tags.shape[1] for e in group)
    words = torch.zeros(len(group), t, group[0].vectors.shape[1])
    mask = torch.zeros(len(group), t, dtype=torch.bool)
    hidden = network.paths.num_embeddings - 1
    for i, example in enumerate(group):
        words[i, : len(example.vectors)] = example.vectors.float()
        mask[i, : len(example.vectors)] = True
    rows = torch.cat([torch.full_like(e.at, i) for i, e in enumerate(group)])
    at = torch.cat([e.at for e in group])
    paths = torch.cat([F.pad(e.paths, (0, t - e.paths.shape[1]), value=hidden) for e in group])
    tags = torch.cat([F.pad(e.tags, (0, t - e.tags.shape[1]), value=IGNORED) for e in group])
    if hide:
        paths = paths.masked_fill(torch.rand(paths.shape) < hide, hidden)
    return network(words, mask, rows, at, paths), tags


def f1(network: Roles, found: list[Example]) -> float:
    """Of spans and labels, the predicates given, each tag by itself."""
    network.eval()
    both = said = true = 0
    with torch.inference_mode():
        for group in batches(found, random.Random(0)):
            scored, gold = scores(network, group)
            for row, want in zip(scored.argmax(-1), gold, strict=True):
                n = int((want != IGNORED).sum())
                a, b = (_spans(x[1 : n + 1].tolist(), ROLE_TAGS) for x in (row, want))
                both, said, true = both + len(a & b), said + len(a), true + len(b)
    network.train()
    return 200 * both / (said + true)


def train(network: Roles, found: list[Example], dev: list[Example], budget_s: float) -> None:
    optim = torch.optim.AdamW(network.parameters(), lr=RATE, betas=(0.9, 0.98))
    mean = {n: p.detach().clone() for n, p in network.named_parameters()}
    elapsed_s, epoch, step = 0.0, 0, 0
    while elapsed_s < budget_s:
        rng = random.Random(epoch)
        total = n = 0.0
        for group in batches(found, rng):
            began = time.monotonic()
            share = min(1.0, step / 100) * max(0.0, 1 - elapsed_s / budget_s)
            for parameters in optim.param_groups:
                parameters["lr"] = RATE * share
            scored, tags = scores(network, group, hide=HIDDEN)
            loss = F.cross_entropy(scored.flatten(0, 1), tags.flatten(), ignore_index=IGNORED)
            optim.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            optim.step()
            with torch.no_grad():
                for name, parameter in network.named_parameters():
                    mean[name].lerp_(parameter, 1 - min(AVERAGE, step / (step + 10)))
            step += 1
            total, n = total + float(loss.detach()), n + 1
            elapsed_s += time.monotonic() - began
            if elapsed_s >= budget_s:
                break
        epoch += 1
        if epoch % 3 == 0 or elapsed_s >= budget_s:
            now = {n: p.detach().clone() for n, p in network.named_parameters()}
            _put(network, mean)
            print(f"{elapsed_s / 60:5.1f} min: loss {total / n:.4f}, dev {f1(network, dev):.2f}")
            if elapsed_s < budget_s:
                _put(network, now)


def _put(network: Roles, weights: dict[str, Tensor]) -> None:
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            parameter.copy_(weights[name])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("data", "run", "model"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=12)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--sentences", type=int, help="of the training part; all without it")
    args = parser.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(args.threads)
    encoder = Encoder(args.model)
    found, dev = (
        examples(encoder, load_ewt(args.data, p)[: args.sentences]) for p in ("train", "dev")
    )
    print(f"{len(found)} sentences encoded")
    held = torch.load(args.run / "checkpoint.pt", mmap=True)["mean"]
    own = {n.removeprefix("roles."): w for n, w in held.items() if n.startswith("roles.")}
    network = Roles(len(ROLE_TAGS), 1 + UP * (len(encoder._labels.deprels) + 1))
    network.load_state_dict(own, strict="paths.weight" in own)
    print(f"before: dev {f1(network, dev):.2f}")
    train(network, found, dev, args.minutes * 60)
    torch.save(network.state_dict(), args.run / "roles.pt")


if __name__ == "__main__":
    main()
