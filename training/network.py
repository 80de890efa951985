"""The encoder and its heads in PyTorch; export.py writes the same sums as ONNX."""

from dataclasses import dataclass

import torch
import torch.nn.functional as F  # noqa: N812  as all of PyTorch's own code has it
from torch import Tensor, nn

from consilience.read.paths import UP

D = 384  # width of the starting encoder
SHAPE_D = 32
WORD_D = D + SHAPE_D
ARC_D = 256
LABEL_D = 128
N_HEADS = 12
ROLES_D = 128  # width in which the words are read once more for each predicate
REACH = 24  # words either side of a predicate that are told apart by their distance
ILLEGAL = -1e4


@dataclass(frozen=True, slots=True)
class Sizes:
    shapes: int
    upos: int
    feats: int
    lemmas: int
    deprels: int
    names: int
    kinds: int
    senses: int
    roles: int


def locked_dropout(x: Tensor, share: float, *, on: bool) -> Tensor:
    """Dropout (B, T, D) with one mask per sentence: far fewer random numbers to draw."""
    if not on:
        return x
    kept = torch.rand(x.shape[0], 1, x.shape[2]) >= share
    return x * (kept / (1 - share)).to(x.dtype)


class Layer(nn.Module):
    """One layer of BERT, normalised after each sum."""

    def __init__(self, width: int = D, n_heads: int = N_HEADS, up: int = 4 * D) -> None:
        super().__init__()
        self.n_heads = n_heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, up)
        self.down = nn.Linear(up, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor, drop: float) -> Tensor:
        b, s, width = x.shape
        size = width // self.n_heads
        q, k, v = self.qkv(x).view(b, s, 3, self.n_heads, size).permute(2, 0, 3, 1, 4)
        # Written out: PyTorch's fused attention is slow backwards on a CPU at our lengths.
        near = (q * size**-0.5) @ k.transpose(-1, -2) + mask
        seen = torch.softmax(near, -1).to(v.dtype) @ v
        seen = seen.transpose(1, 2).reshape(b, s, width)
        x = self.norm1(x + locked_dropout(self.out(seen), drop, on=self.training))
        up = F.gelu(self.up(x))
        return self.norm2(x + locked_dropout(self.down(up), drop, on=self.training))


class Body(nn.Module):
    """MiniLM over word pieces, told how each piece's word is written."""

    def __init__(self, n_shapes: int) -> None:
        super().__init__()
        self.pieces = nn.Embedding(30522, D)
        self.positions = nn.Embedding(512, D)
        self.shapes = nn.Embedding(n_shapes, D)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(D, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(6))
        self.drop = 0.1

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor) -> list[Tensor]:
        at = torch.arange(pieces.shape[1])
        x = self.norm(self.pieces(pieces) + self.positions(at) + self.shapes(shapes))
        x = locked_dropout(x, self.drop, on=self.training)
        bias = torch.where(mask, 0.0, ILLEGAL)[:, None, None, :]
        if torch.is_autocast_enabled("cpu"):
            x, bias = x.to(torch.bfloat16), bias.to(torch.bfloat16)
        states = [x]
        for layer in self.layers:
            states.append(layer(states[-1], bias, self.drop))
        return states


class Labels(nn.Module):
    """A hidden layer and a score per label."""

    def __init__(self, hidden: int, n_labels: int, drop: float) -> None:
        super().__init__()
        self.hidden = nn.Linear(WORD_D, hidden)
        self.labels = nn.Linear(hidden, n_labels)
        self.drop = drop

    def forward(self, words: Tensor) -> Tensor:
        hidden = locked_dropout(F.gelu(self.hidden(words)), self.drop, on=self.training)
        return self.labels(hidden)


class Pairs(nn.Module):
    """Scores of labelled relations between two words (Dozat and Manning 2017)."""

    def __init__(self, width: int, n_labels: int, drop: float) -> None:
        super().__init__()
        self.dependent = nn.Linear(WORD_D, width)
        self.head = nn.Linear(WORD_D, width)
        self.both = nn.Parameter(torch.randn(n_labels, width, width) / width)
        self.of_dependent = nn.Linear(width, n_labels)
        self.of_head = nn.Linear(width, n_labels, bias=False)
        self.drop = drop

    def sides(self, words: Tensor) -> tuple[Tensor, Tensor]:
        dependent = locked_dropout(F.gelu(self.dependent(words)), self.drop, on=self.training)
        head = locked_dropout(F.gelu(self.head(words)), self.drop, on=self.training)
        return dependent, head

    def all(self, words: Tensor) -> Tensor:
        """(B, T, T) scores of the one label: dependent, then head."""
        dependent, head = self.sides(words)
        scores = (dependent @ self.both[0]) @ head.transpose(1, 2)
        return scores + self.of_dependent(dependent) + self.of_head(head).transpose(1, 2)

    def at(self, words: Tensor, heads: Tensor) -> Tensor:
        """(B, T, L) scores of the labels, each word with its head in `heads`."""
        dependent, head = self.sides(words)
        head = head.gather(1, heads[..., None].expand(-1, -1, head.shape[-1]))
        n_labels, width, _ = self.both.shape
        flat = self.both.permute(1, 0, 2).reshape(width, n_labels * width)
        left = (dependent @ flat).view(*dependent.shape[:2], n_labels, width)
        scores = (left @ head[..., None]).squeeze(-1)
        return scores + self.of_dependent(dependent) + self.of_head(head)


class Roles(nn.Module):
    """Scores of argument tags: the words read once more for each predicate.

    The words, their distance from the predicate, their path to it in the tree and the predicate
    are summed and pass through two layers of their own (compare Shi and Lin 2019, who mark the
    predicate before the encoder and so run all of it for each).
    """

    def __init__(self, n_labels: int, n_paths: int) -> None:
        super().__init__()
        self.word = nn.Linear(WORD_D, ROLES_D)
        self.predicate = nn.Linear(WORD_D, ROLES_D)
        self.near = nn.Embedding(2 * REACH + 1, ROLES_D)
        self.paths = nn.Embedding(n_paths, ROLES_D)
        nn.init.zeros_(self.paths.weight)
        self.norm = nn.LayerNorm(ROLES_D, eps=1e-12)
        self.layers = nn.ModuleList(Layer(ROLES_D, 4, 2 * ROLES_D) for _ in range(2))
        self.labels = nn.Linear(ROLES_D, n_labels)

    def forward(
        self, words: Tensor, mask: Tensor, rows: Tensor, at: Tensor, paths: Tensor | None = None
    ) -> Tensor:
        """(P, T, L) for P predicates, which stand in `rows` of the batch `at` these words.

        `paths` (P, T) says how each word hangs from the predicate, once there is a tree.
        """
        distance = torch.arange(words.shape[1])[None] - at[:, None]
        x = self.word(words)[rows] + self.predicate(words[rows, at])[:, None]
        x = x + self.near(distance.clamp(-REACH, REACH) + REACH)
        x = self.norm(x if paths is None else x + self.paths(paths))
        x = locked_dropout(x, 0.2, on=self.training)
        bias = torch.where(mask[rows], 0.0, ILLEGAL)[:, None, None, :]
        if torch.is_autocast_enabled("cpu"):
            x, bias = x.to(torch.bfloat16), bias.to(torch.bfloat16)
        for layer in self.layers:
            x = layer(x, bias, 0.1)
        return self.labels(x)


class Network(nn.Module):
    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.body = Body(sizes.shapes)
        self.mix = nn.Parameter(torch.tensor([-2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0]))
        self.shapes = nn.Embedding(sizes.shapes, SHAPE_D)
        self.upos = Labels(256, sizes.upos, 0.3)
        self.feats = Labels(256, sizes.feats, 0.3)
        self.lemmas = Labels(256, sizes.lemmas, 0.3)
        self.names = Labels(256, sizes.names, 0.3)
        self.other_names = Labels(128, sizes.names, 0.3)
        self.kinds = Labels(256, sizes.kinds, 0.3)
        self.arcs = Pairs(ARC_D, 1, 0.3)
        self.deprels = Pairs(LABEL_D, sizes.deprels, 0.3)
        self.senses = Labels(256, sizes.senses, 0.3)
        self.facts = Labels(128, 1, 0.3)
        self.roles = Roles(sizes.roles, 1 + UP * (sizes.deprels + 1))
        self.steps = nn.Parameter(torch.zeros(sizes.names, sizes.names))
        self.starts = nn.Parameter(torch.zeros(sizes.names))
        self.vector = nn.Linear(D, D)
        nn.init.eye_(self.vector.weight)
        nn.init.zeros_(self.vector.bias)

    def read(
        self, pieces: Tensor, piece_shapes: Tensor, mask: Tensor, pool: Tensor, shapes: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Word vectors (B, T, WORD_D), the root's first, and sentence vectors (B, D)."""
        states = self.body(pieces, piece_shapes, mask)
        shares = torch.softmax(self.mix, 0)
        mixed = sum(share * state for share, state in zip(shares, states, strict=True))
        words = torch.cat([pool.to(mixed.dtype) @ mixed, self.shapes(shapes).to(mixed.dtype)], -1)
        words = locked_dropout(words, 0.2, on=self.training)
        kept = mask[..., None].to(mixed.dtype)
        mean = (states[-1] * kept).sum(1) / kept.sum(1)
        return words, F.normalize(self.vector(mean).float(), dim=-1)


def legal_steps(names: tuple[str, ...]) -> tuple[Tensor, Tensor]:
    """What may follow what, and begin, in BIO: 0 or ILLEGAL, to be added to scores."""
    steps = torch.zeros(len(names), len(names))
    starts = torch.zeros(len(names))
    for j, now in enumerate(names):
        if now.startswith("I-"):
            starts[j] = ILLEGAL
            for i, before in enumerate(names):
                if before[2:] != now[2:]:
                    steps[i, j] = ILLEGAL
    return steps, starts


def chain_loss(scores: Tensor, gold: Tensor, mask: Tensor, steps: Tensor, starts: Tensor) -> Tensor:
    """Negative log-likelihood per word of `gold` (B, T) under a linear-chain CRF.

    `scores` (B, T, L); `mask` (B, T) is true on words, which come first in each row.
    """
    b, t, _ = scores.shape
    rows = torch.arange(b)
    total = starts + scores[:, 0]
    path = starts[gold[:, 0]] + scores[rows, 0, gold[:, 0]]
    for i in range(1, t):
        further = torch.logsumexp(total[:, :, None] + steps, 1) + scores[:, i]
        total = torch.where(mask[:, i, None], further, total)
        step = steps[gold[:, i - 1], gold[:, i]] + scores[rows, i, gold[:, i]]
        path = path + torch.where(mask[:, i], step, 0.0)
    return (torch.logsumexp(total, 1) - path).sum() / mask.sum()


def starting_weights(body: Body, tensors: dict[str, Tensor]) -> None:
    """Copy MiniLM's tensors into the body; its one token type joins the positions."""
    emb = "embeddings."
    own = body.state_dict()
    found = {
        "pieces.weight": tensors[emb + "word_embeddings.weight"],
        "positions.weight": tensors[emb + "position_embeddings.weight"]
        + tensors[emb + "token_type_embeddings.weight"][0],
        "norm.weight": tensors[emb + "LayerNorm.weight"],
        "norm.bias": tensors[emb + "LayerNorm.bias"],
    }
    for i in range(6):
        theirs, ours = f"encoder.layer.{i}.", f"layers.{i}."
        for part in ("weight", "bias"):
            found[f"{ours}qkv.{part}"] = torch.cat(
                [tensors[f"{theirs}attention.self.{n}.{part}"] for n in ("query", "key", "value")]
            )
            found[f"{ours}out.{part}"] = tensors[f"{theirs}attention.output.dense.{part}"]
            found[f"{ours}norm1.{part}"] = tensors[f"{theirs}attention.output.LayerNorm.{part}"]
            found[f"{ours}up.{part}"] = tensors[f"{theirs}intermediate.dense.{part}"]
            found[f"{ours}down.{part}"] = tensors[f"{theirs}output.dense.{part}"]
            found[f"{ours}norm2.{part}"] = tensors[f"{theirs}output.LayerNorm.{part}"]
    own.update(found)
    body.load_state_dict(own)
