"""Train the encoder against a budget of wall-clock minutes.

    python -m training.train --data DIR --start model.safetensors --out DIR --minutes 85

Stopped and started again with the same --out, it goes on from the last checkpoint.
"""

import argparse
import hashlib
import json
import random
import time
from dataclasses import asdict
from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812  as all of PyTorch's own code has it
from safetensors.torch import load_file
from torch import Tensor

from consilience.read.wordpieces import parse_vocabulary
from training.batches import (
    IGNORED,
    Batch,
    Inventory,
    Maker,
    Names,
    disturbed,
    inventory,
    plan,
    renamed,
)
from training.corpus import NAMES, ROLE_TAGS, Sentence, load_ewt, load_gum, load_others
from training.network import Body, Network, Sizes, chain_loss, legal_steps, starting_weights

START_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH_PIECES = 2200
BODY_RATE, HEAD_RATE = 2e-4, 2e-3
SHAPE_RATE = 5e-4  # the shapes begin at zero inside the body and have far to go
WARM_UP = 0.02  # of the budget
AVERAGE = 0.99  # per step, of the weights that are scored and shipped
SAVE_EVERY_S = 480.0
RENAMING = 0.3  # share of the sentences in which names are replaced
LEGAL = legal_steps(NAMES)


def losses(network: Network, batch: Batch) -> dict[str, Tensor]:
    """Each layer's mean loss over the words of the batch that are marked for it."""
    with torch.autocast("cpu", torch.bfloat16):
        words, vectors = network.read(
            batch.pieces, batch.piece_shapes, batch.mask, batch.pool, batch.shapes
        )
        heads = batch.heads.clamp(min=0)
        kept = batch.words.clone()
        kept[:, 0] = True
        scores = {
            "upos": network.upos(words),
            "feats": network.feats(words),
            "lemmas": network.lemmas(words),
            "kinds": network.kinds(words),
            "other_names": network.other_names(words),
            "deprels": network.deprels.at(words, heads),
            "heads": network.arcs.all(words),
            "names": network.names(words),
            "senses": network.senses(words),
            "facts": network.facts(words).squeeze(-1),
        }
        n_predicates = len(batch.predicate_rows)
        if n_predicates:
            at = (batch.predicate_rows, batch.predicate_words)
            scores["roles"] = network.roles(words, kept, *at)
    arcs = scores["heads"].float().masked_fill(~kept[:, None, :], -1e4)
    found = {
        "vectors": (1 - (vectors * batch.vectors).sum(-1)).mean(),
        "heads": _mean(arcs, batch.heads),
    }
    for name in ("upos", "feats", "lemmas", "kinds", "other_names", "deprels", "senses"):
        found[name] = _mean(scores[name].float(), getattr(batch, name))
    found["names"] = _names_loss(network, scores["names"].float(), batch)
    if n_predicates:
        found["roles"] = _mean(scores["roles"].float(), batch.roles)
    judged = ~batch.facts.isnan()
    if judged.any():
        found["facts"] = F.smooth_l1_loss(scores["facts"].float()[judged], batch.facts[judged])
    return {name: loss for name, loss in found.items() if loss is not None}


def _mean(scores: Tensor, gold: Tensor) -> Tensor | None:
    if not (gold != IGNORED).any():
        return None
    return F.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=IGNORED)


def _names_loss(network: Network, scores: Tensor, batch: Batch) -> Tensor | None:
    marked = batch.names[:, 1] != IGNORED
    if not marked.any():
        return None
    steps, starts = LEGAL
    return chain_loss(
        scores[marked, 1:],
        batch.names[marked, 1:].clamp(min=0),
        batch.words[marked, 1:],
        network.steps + steps,
        network.starts + starts,
    )


SHARES = {
    "heads": 1.0, "deprels": 1.0, "upos": 1.0, "feats": 0.5, "lemmas": 0.5,
    "names": 3.0, "other_names": 0.3, "kinds": 0.5, "vectors": 2.0,
    "senses": 1.0, "roles": 1.0, "facts": 0.5,
}  # fmt: skip


def scores_on(network: Network, maker: Maker, sentences: list[Sentence]) -> dict[str, float]:
    """Quick scores with greedy heads, for the log only; evaluation/parsing.py is what counts."""
    network.eval()
    right: dict[str, int] = {}
    seen = 0
    spans, senses, roles = [0, 0, 0], [0, 0, 0], [0, 0, 0]
    facts: list[Tensor] = []
    lengths = [maker.length(s) for s in sentences]
    with torch.inference_mode():
        for group in plan(lengths, 3000, random.Random(0)):
            chosen = [sentences[i] for i in group]
            batch = maker.batch(chosen, torch.zeros(len(chosen), 384))
            seen += _count(network, batch, right)
            if any(s.names is not None for s in chosen):
                _count_names(network, batch, spans)
            _count_predicates(network, batch, senses, roles, facts)
    network.train()
    found = {name: round(100 * n / seen, 2) for name, n in right.items()}
    for name, (both, said, true) in (("names", spans), ("senses", senses), ("roles", roles)):
        if both:
            found[f"{name}_f1"] = round(200 * both / (said + true), 2)
    if facts:
        found["facts_r"] = round(100 * float(torch.corrcoef(torch.cat(facts, 1))[0, 1]), 2)
    return found


def _forward(network: Network, batch: Batch) -> Tensor:
    with torch.autocast("cpu", torch.bfloat16):
        return network.read(batch.pieces, batch.piece_shapes, batch.mask, batch.pool, batch.shapes)[
            0
        ]


def _count(network: Network, batch: Batch, right: dict[str, int]) -> int:
    words = _forward(network, batch)
    with torch.autocast("cpu", torch.bfloat16):
        kept = batch.words.clone()
        kept[:, 0] = True
        heads = network.arcs.all(words).float().masked_fill(~kept[:, None, :], -1e4).argmax(-1)
        said = {
            n: getattr(network, n)(words).argmax(-1) for n in ("upos", "feats", "lemmas", "kinds")
        }
        deprels = network.deprels.at(words, heads).argmax(-1)
    here = batch.words
    for name, labels in said.items():
        right[name] = right.get(name, 0) + int((labels == getattr(batch, name))[here].sum())
    uas = (heads == batch.heads)[here]
    right["uas"] = right.get("uas", 0) + int(uas.sum())
    right["las"] = right.get("las", 0) + int((uas & (deprels == batch.deprels)[here]).sum())
    return int(here.sum())


def _count_names(network: Network, batch: Batch, spans: list[int]) -> None:
    with torch.autocast("cpu", torch.bfloat16):
        scores = network.names(_forward(network, batch)).float()
    steps, starts = network.steps + LEGAL[0], network.starts + LEGAL[1]
    for row, gold, words in zip(scores, batch.names, batch.words, strict=True):
        n = int(words.sum())
        if (gold[1 : n + 1] == IGNORED).any():
            continue
        found = _spans(best_path(row[1 : n + 1], steps, starts))
        true = _spans(gold[1 : n + 1].tolist())
        spans[0] += len(found & true)
        spans[1] += len(found)
        spans[2] += len(true)


def _count_predicates(
    network: Network, batch: Batch, senses: list[int], roles: list[int], facts: list[Tensor]
) -> None:
    with torch.autocast("cpu", torch.bfloat16):
        words = _forward(network, batch)
        kept = batch.words.clone()
        kept[:, 0] = True
        said = network.senses(words).argmax(-1)
        values = network.facts(words).squeeze(-1).float()
        at = (batch.predicate_rows, batch.predicate_words)
        tags = network.roles(words, kept, *at).argmax(-1)
    marked = batch.senses != IGNORED
    senses[0] += int(((said == batch.senses) & (batch.senses > 0))[marked].sum())
    senses[1] += int((said > 0)[marked].sum())
    senses[2] += int((batch.senses > 0)[marked].sum())
    judged = ~batch.facts.isnan()
    facts.append(torch.stack([values[judged], batch.facts[judged]]))
    for row, gold in zip(tags, batch.roles, strict=True):
        n = int((gold != IGNORED).sum())
        found, true = (_spans(t[1 : n + 1].tolist(), ROLE_TAGS) for t in (row, gold))
        roles[0] += len(found & true)
        roles[1] += len(found)
        roles[2] += len(true)


def best_path(scores: Tensor, steps: Tensor, starts: Tensor) -> list[int]:
    total = starts + scores[0]
    back = []
    for row in scores[1:]:
        total, before = (total[:, None] + steps).max(0)
        total = total + row
        back.append(before)
    path = [int(total.argmax())]
    for before in reversed(back):
        path.append(int(before[path[-1]]))
    return path[::-1]


def _spans(tags: list[int], inventory: tuple[str, ...] = NAMES) -> set[tuple[str, int, int]]:
    spans = set()
    start = -1
    for i, tag in enumerate([*(inventory[t] for t in tags), "O"]):
        if start >= 0 and tag != "I-" + inventory[tags[start]][2:]:
            spans.add((inventory[tags[start]][2:], start, i))
            start = -1
        if tag.startswith("B-"):
            start = i
    return spans


def teacher_vectors(body: Body, maker: Maker, sentences: list[Sentence], cache: Path) -> Tensor:
    """The untouched MiniLM's sentence vectors of the running text, (n, 384), unit length."""
    if cache.exists():
        return torch.load(cache)
    body.eval()
    plain = [Sentence(s.set, s.text, tuple(s.text.split())) for s in sentences]
    found = torch.zeros(len(plain), 384)
    lengths = [maker.length(s) for s in plain]
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for group in plan(lengths, 3000, random.Random(0)):
            batch = maker.batch([plain[i] for i in group], torch.zeros(len(group), 384))
            last = body(batch.pieces, torch.zeros_like(batch.pieces), batch.mask)[-1].float()
            kept = batch.mask[..., None].float()
            found[group] = F.normalize((last * kept).sum(1) / kept.sum(1), dim=-1)
    body.train()
    torch.save(found, cache)
    return found


def optimizer(network: Network, share: float) -> torch.optim.AdamW:
    groups: dict[tuple[float, float], list[torch.nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        rate = BODY_RATE if name.startswith("body.") else HEAD_RATE
        if name == "body.shapes.weight":
            rate = SHAPE_RATE
        decay = 0.01 if parameter.ndim > 1 and "shapes" not in name else 0.0
        groups.setdefault((rate, decay), []).append(parameter)
    made = [
        {"params": params, "lr": rate * share, "rate": rate * share, "weight_decay": decay}
        for (rate, decay), params in groups.items()
    ]
    return torch.optim.AdamW(made, betas=(0.9, 0.98), fused=True)


def set_rate(optim: torch.optim.AdamW, done: float) -> None:
    """Up over WARM_UP, then straight down to nothing at the end of the budget."""
    share = min(done / WARM_UP, max(0.0, (1 - done) / (1 - WARM_UP)))
    for group in optim.param_groups:
        group["lr"] = group["rate"] * max(share, 0.01)


class Run:
    """A training run and its checkpoint."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.out: Path = args.out
        self.out.mkdir(parents=True, exist_ok=True)
        self.budget_s: float = args.minutes * 60
        self.data: Path = args.data
        if hashlib.sha256(args.start.read_bytes()).hexdigest() != START_SHA256:
            raise SystemExit(f"{args.start}: not the starting weights this recipe was made for")
        vocabulary = parse_vocabulary((args.start.parent / "vocab.txt").read_text("utf-8"))
        self.train = [*load_ewt(args.data, "train"), *load_gum(args.data, "train")]
        labels = inventory(self.train)
        (self.out / "labels.json").write_text(json.dumps(asdict(labels), indent=1), "utf-8")
        self.train += load_others(args.data)
        self.maker = Maker(labels, vocabulary)
        self.lengths = [self.maker.length(s) for s in self.train]
        self.network = Network(_sizes(labels))
        starting_weights(self.network.body, load_file(args.start))
        self.vectors = teacher_vectors(
            self.network.body, self.maker, self.train, self.out / "teacher.pt"
        )
        if args.warm is not None:
            _warm(self.network, torch.load(args.warm / "checkpoint.pt", mmap=True)["mean"])
        self.names = _load_names(args.names)
        self.mean = {n: p.detach().clone() for n, p in self.network.named_parameters()}
        self.optim = optimizer(self.network, args.rate)
        self.elapsed_s, self.step, self.epoch = 0.0, 0, 0
        if (self.out / "checkpoint.pt").exists():
            self._load()

    def save(self) -> None:
        state = {
            "network": self.network.state_dict(),
            "mean": self.mean,
            "optim": self.optim.state_dict(),
            "at": (self.elapsed_s, self.step, self.epoch),
        }
        torch.save(state, self.out / "checkpoint.tmp")
        (self.out / "checkpoint.tmp").replace(self.out / "checkpoint.pt")

    def _load(self) -> None:
        state = torch.load(self.out / "checkpoint.pt")
        self.network.load_state_dict(state["network"])
        self.mean = state["mean"]
        self.optim.load_state_dict(state["optim"])
        self.elapsed_s, self.step, self.epoch = state["at"]
        self.say("resumed")

    def say(self, *what: object) -> None:
        print(f"{self.elapsed_s / 60:6.1f} min, step {self.step}:", *what, flush=True)

    def go(self, score_minutes: float) -> None:
        """Train until the budget is spent."""
        saved_s = scored_s = self.elapsed_s
        while self.elapsed_s < self.budget_s:
            rng = random.Random(self.epoch)
            sums: dict[str, float] = {}
            for n, group in enumerate(plan(self.lengths, BATCH_PIECES, rng), 1):
                began = time.monotonic()
                for name, loss in self._take_step(group, rng).items():
                    sums[name] = sums.get(name, 0.0) + loss
                self.elapsed_s += time.monotonic() - began
                if n % 25 == 0:
                    self.say({name: round(total / n, 4) for name, total in sums.items()})
                if self.elapsed_s - saved_s > SAVE_EVERY_S:
                    self.save()
                    saved_s = self.elapsed_s
                if self.elapsed_s >= self.budget_s:
                    break
            self.epoch += 1
            if self.elapsed_s - scored_s > score_minutes * 60 or self.elapsed_s >= self.budget_s:
                self.score()
                scored_s = self.elapsed_s
        self.save()

    def _take_step(self, group: list[int], rng: random.Random) -> dict[str, float]:
        set_rate(self.optim, self.elapsed_s / self.budget_s)
        sentences = [self.train[i] for i in group]
        vectors = self.vectors[group]
        for k, sentence in enumerate(sentences):
            if self.names and rng.random() < RENAMING:
                new = renamed(sentence, self.names, rng)
                # The teacher read the old names: of a sentence renamed no vector is learned.
                vectors[k] *= new is sentence
                sentences[k] = new
            sentences[k] = disturbed(sentences[k], rng)
        batch = self.maker.batch(sentences, vectors, rng)
        found = losses(self.network, batch)
        self.optim.zero_grad()
        sum(SHARES[name] * loss for name, loss in found.items()).backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 2.0)
        self.optim.step()
        self.step += 1
        keep = min(AVERAGE, self.step / (self.step + 10))
        with torch.no_grad():
            means = list(self.mean.values())
            now = [p.detach() for p in self.network.parameters()]
            torch._foreach_mul_(means, keep)
            torch._foreach_add_(means, now, alpha=1 - keep)
        return {name: float(loss.detach()) for name, loss in found.items()}

    def score(self) -> None:
        """Log the averaged weights' scores on the development sets."""
        began = time.monotonic()
        now = {n: p.detach().clone() for n, p in self.network.named_parameters()}
        self._put(self.mean)
        self.say("ewt dev", scores_on(self.network, self.maker, load_ewt(self.data, "dev")))
        self.say("gum dev", scores_on(self.network, self.maker, load_gum(self.data, "dev")))
        self._put(now)
        self.say(f"epoch {self.epoch} done; scoring took {time.monotonic() - began:.0f} s")
        self.elapsed_s += time.monotonic() - began

    def _put(self, weights: dict[str, Tensor]) -> None:
        with torch.no_grad():
            for name, parameter in self.network.named_parameters():
                parameter.copy_(weights[name])


def _warm(network: Network, weights: dict[str, Tensor]) -> None:
    """Begin where an earlier run ended; heads that it did not have begin afresh."""
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            if name in weights and weights[name].shape == parameter.shape:
                parameter.copy_(weights[name])


def _load_names(path: Path | None) -> Names:
    """Names of others to train on, as `training.name_swaps` writes them."""
    found: Names = {}
    if path is not None:
        for kind, names in json.loads(path.read_text("utf-8")).items():
            for words in names:
                found.setdefault((kind, len(words)), []).append(tuple(words))
    return found


def _sizes(labels: Inventory) -> Sizes:
    return Sizes(*(len(values) for values in asdict(labels).values()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=85)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--warm", type=Path, help="a finished run to begin from")
    parser.add_argument("--names", type=Path, help="names to put for those of the corpora")
    parser.add_argument("--rate", type=float, default=1.0, help="of the learning rates")
    args = parser.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(args.threads)
    Run(args).go(score_minutes=9)


if __name__ == "__main__":
    main()
