"""Write a checkpoint's averaged weights as the model folder the package ships.

    python -m training.export --run DIR --start model.safetensors --data DIR --out FOLDER

Each head is a part of its own in the graph: a further head reads `word_vectors` (or appends
nodes to the graph by `Graph`) and leaves the others as they are.
"""

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from consilience.read.model import PACKAGED
from training.batches import inventory
from training.corpus import NAMES, load_ewt, load_gum
from training.network import N_HEADS, REACH, ROLES_D, D, legal_steps

OPSET, IR = 20, 10
Weights = dict[str, NDArray[np.float32]]
LABELS = ("upos", "feats", "lemmas", "names", "kinds", "senses", "facts")


class Graph:
    """An ONNX graph in the making; each call adds a node and gives the name of its output."""

    def __init__(self, weights: Weights, *, exact: bool) -> None:
        self.weights = weights
        self.exact = exact  # all in float32, for comparison
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self.outputs: list[onnx.ValueInfoProto] = []

    def constant(self, array: NDArray, name: str | None = None) -> str:
        name = name or f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.array(array, order="C"), name))
        return name

    def __call__(self, op: str, *inputs: str, name: str | None = None, **attributes: object) -> str:
        output = name or f"n{len(self.nodes)}_{op}"
        self.nodes.append(helper.make_node(op, list(inputs), [output], name=output, **attributes))
        return output

    def whole(self, *numbers: int) -> str:
        return self.constant(np.array(numbers, dtype=np.int64))

    def halved(self, array: NDArray) -> str:
        """A constant kept as float16, which the quantizer leaves alone."""
        if self.exact:
            return self.constant(array)
        return self("Cast", self.constant(array.astype(np.float16)), to=TensorProto.FLOAT)

    def linear(self, x: str, name: str, *, halved: bool = False) -> str:
        weight = self.weights[f"{name}.weight"].T
        kept = self.halved(weight) if halved else self.constant(weight, f"{name}.weight")
        product = self("MatMul", x, kept, name=f"{name}.product")
        bias = self.weights.get(f"{name}.bias")
        return product if bias is None else self("Add", product, self.constant(bias))

    def norm(self, x: str, name: str) -> str:
        scale = self.constant(self.weights[f"{name}.weight"])
        bias = self.constant(self.weights[f"{name}.bias"])
        return self("LayerNormalization", x, scale, bias, axis=-1, epsilon=1e-12)

    def rows(self, ids: str, name: str) -> str:
        """Rows of an embedding, kept as int8 with a scale for each row."""
        table = self.weights[f"{name}.weight"]
        if self.exact:
            return self("Gather", self.constant(table), ids)
        scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-9) / 127
        whole = np.round(table / scale).astype(np.int8)
        found = self("Cast", self("Gather", self.constant(whole), ids), to=TensorProto.FLOAT)
        return self("Mul", found, self("Gather", self.constant(scale.astype(np.float32)), ids))

    def chosen(self, moved: str, i: int) -> str:
        """The i-th of what lies along the first axis."""
        return self("Gather", moved, self.constant(np.int64(i)), axis=0)

    def gives(self, name: str, *shape: str | int) -> None:
        self.outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, list(shape)))


def build(weights: Weights, *, exact: bool = False) -> onnx.ModelProto:
    g = Graph(weights, exact=exact)
    states = body(g)
    words = word_vectors(g, states)
    sentence_vector(g, states[-1])
    for name in LABELS:
        hidden = g("Gelu", g.linear(words, f"{name}.hidden", halved=True))
        g("Identity", g.linear(hidden, f"{name}.labels", halved=True), name=name)
        g.gives(name, "T", len(weights[f"{name}.labels.weight"]))
    pairs(g, words, "arcs")
    pairs(g, words, "deprels")
    return model(g, "encoder", BODY_INPUTS)


def body(g: Graph) -> list[str]:
    summed = g("Add", g.rows("pieces", "body.pieces"), g.rows("position_ids", "body.positions"))
    x = g.norm(g("Add", summed, g.rows("piece_shapes", "body.shapes")), "body.norm")
    states = [x]
    for i in range(6):
        x = layer(g, x, f"body.layers.{i}")
        states.append(x)
    return states


def layer(g: Graph, x: str, name: str) -> str:
    size = D // N_HEADS
    split = g("Reshape", g.linear(x, f"{name}.qkv"), g.whole(-1, 3, N_HEADS, size))
    moved = g("Transpose", split, perm=[1, 2, 0, 3])
    q, k, v = (g.chosen(moved, i) for i in range(3))
    near = g("MatMul", g("Mul", q, g.constant(np.float32(size**-0.5))), turned(g, k))
    seen = g("MatMul", g("Softmax", near, axis=-1), v)
    flat = g("Reshape", g("Transpose", seen, perm=[1, 0, 2]), g.whole(-1, D))
    return rest_of_layer(g, x, flat, name)


def rest_of_layer(g: Graph, x: str, seen: str, name: str) -> str:
    x = g.norm(g("Add", x, g.linear(seen, f"{name}.out")), f"{name}.norm1")
    up = g("Gelu", g.linear(x, f"{name}.up"))
    return g.norm(g("Add", x, g.linear(up, f"{name}.down")), f"{name}.norm2")


def build_roles(weights: Weights) -> onnx.ModelProto:
    """The reader of arguments: (P, T, L) scores from the encoder's word vectors (T, ·).

    `predicates` (P) are rows of the word vectors; `near` (P, T) each word's distance from the
    predicate, counted from REACH before it; `paths` (P, T) its path, the root's row UP steps up.
    """
    g = Graph(weights, exact=True)
    words = g.linear("word_vectors", "roles.word")
    chosen = g("Gather", "word_vectors", "predicates")
    predicates = g("Unsqueeze", g.linear(chosen, "roles.predicate"), g.whole(1))
    summed = g("Add", g("Unsqueeze", words, g.whole(0)), predicates)
    near = g("Gather", g.constant(weights["roles.near.weight"]), "near")
    paths = g("Gather", g.constant(weights["roles.paths.weight"]), "paths")
    x = g.norm(g("Sum", summed, near, paths), "roles.norm")
    for i in range(2):
        x = layer_of_each(g, x, f"roles.layers.{i}", 4, ROLES_D)
    g("Identity", g.linear(x, "roles.labels"), name="roles")
    g.gives("roles", "P", "T", len(weights["roles.labels.weight"]))
    width = weights["roles.word.weight"].shape[1]
    inputs = [
        helper.make_tensor_value_info("word_vectors", TensorProto.FLOAT, ["T", width]),
        helper.make_tensor_value_info("predicates", TensorProto.INT64, ["P"]),
        helper.make_tensor_value_info("near", TensorProto.INT64, ["P", "T"]),
        helper.make_tensor_value_info("paths", TensorProto.INT64, ["P", "T"]),
    ]
    return model(g, "roles", inputs)


def layer_of_each(g: Graph, x: str, name: str, n_heads: int, width: int) -> str:
    """`layer` over (P, T, width)."""
    size = width // n_heads
    qkv = g.linear(x, f"{name}.qkv")
    split = g("Reshape", qkv, g.whole(0, 0, 3, n_heads, size))
    moved = g("Transpose", split, perm=[2, 0, 3, 1, 4])
    q, k, v = (g.chosen(moved, i) for i in range(3))
    turned_k = g("Transpose", k, perm=[0, 1, 3, 2])
    near = g("MatMul", g("Mul", q, g.constant(np.float32(size**-0.5))), turned_k)
    seen = g("MatMul", g("Softmax", near, axis=-1), v)
    flat = g("Reshape", g("Transpose", seen, perm=[0, 2, 1, 3]), g.whole(0, 0, width))
    return rest_of_layer(g, x, flat, name)


def turned(g: Graph, x: str) -> str:
    return g("Transpose", x, perm=[0, 2, 1])


def word_vectors(g: Graph, states: list[str]) -> str:
    mix = g.weights["mix"]
    shares = np.exp(mix - mix.max()) / np.exp(mix - mix.max()).sum()
    scaled = [g("Mul", s, g.constant(np.float32(w))) for s, w in zip(states, shares, strict=True)]
    pooled = g("MatMul", "pool", g("Sum", *scaled))
    words = g("Concat", pooled, g.rows("shapes", "shapes"), axis=-1, name="word_vectors")
    g.gives(words, "T", D + g.weights["shapes.weight"].shape[1])
    return words


def sentence_vector(g: Graph, last: str) -> None:
    mean = g("ReduceMean", last, g.whole(0), keepdims=0)
    x = g.linear(mean, "vector", halved=True)
    g("Div", x, g("ReduceL2", x, g.whole(0)), name="vector")
    g.gives("vector", D)


def pairs(g: Graph, words: str, name: str) -> None:
    """Scores of a relation: (dependent, label, head), or (dependent, head) for one label."""
    both = g.weights[f"{name}.both"]
    labels, width, _ = both.shape
    dependent = g("Gelu", g.linear(words, f"{name}.dependent", halved=True))
    head = g("Gelu", g.linear(words, f"{name}.head", halved=True))
    flat = both.transpose(1, 0, 2).reshape(width, labels * width)
    left = g("Reshape", g("MatMul", dependent, g.halved(flat)), g.whole(-1, labels, width))
    scores = g("MatMul", left, g("Transpose", head, perm=[1, 0]))
    own = g("Unsqueeze", g.linear(dependent, f"{name}.of_dependent", halved=True), g.whole(2))
    theirs = g("Transpose", g.linear(head, f"{name}.of_head", halved=True), perm=[1, 0])
    total = g("Add", g("Add", scores, own), g("Unsqueeze", theirs, g.whole(0)))
    if labels == 1:
        g("Squeeze", total, g.whole(1), name=name)
        g.gives(name, "T", "T")
    else:
        g("Identity", total, name=name)
        g.gives(name, "T", labels, "T")


def _whole_input(name: str, size: str) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.INT64, [size])


BODY_INPUTS = [
    _whole_input("pieces", "S"),
    # An input, not Range: onnxruntime fuses Range and Gather wrongly.
    _whole_input("position_ids", "S"),
    _whole_input("piece_shapes", "S"),
    helper.make_tensor_value_info("pool", TensorProto.FLOAT, ["T", "S"]),
    _whole_input("shapes", "T"),
]


def model(g: Graph, name: str, inputs: list[onnx.ValueInfoProto]) -> onnx.ModelProto:
    graph = helper.make_graph(g.nodes, name, inputs, g.outputs, g.constants)
    opsets = [helper.make_opsetid("", OPSET)]
    made = helper.make_model(graph, opset_imports=opsets, producer_name="consilience")
    made.ir_version = IR
    onnx.checker.check_model(made)
    return made


def quantized(made: onnx.ModelProto, *, kept: tuple[str, ...] = ()) -> onnx.ModelProto:
    """The model with the body's products in int8; the heads, in float16, stay as they are."""
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder) / "before.onnx", Path(folder) / "after.onnx"
        onnx.save(made, before)
        quantize_dynamic(
            before,
            after,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=[n.name for n in made.graph.node if n.name.startswith(kept)]
            if kept
            else [],
        )
        return onnx.load(after)


def load_weights(run: Path) -> Weights:
    """The averaged weights, those of the reader of arguments as `training.roles` left them."""
    held: dict[str, torch.Tensor] = torch.load(run / "checkpoint.pt", mmap=True)["mean"]
    if (run / "roles.pt").exists():
        further = torch.load(run / "roles.pt")
        held |= {f"roles.{name}": tensor for name, tensor in further.items()}
    return {name: tensor.float().numpy() for name, tensor in held.items()}


def labels_file(run: Path, data: Path, weights: Weights) -> dict[str, object]:
    held = json.loads((run / "labels.json").read_text("utf-8"))
    train = [*load_ewt(data, "train"), *load_gum(data, "train")]
    assert list(inventory(train).feats) == held["feats"]
    seen = {(u, f) for s in train for u, f in zip(s.upos, s.feats, strict=True)}
    held["feats_of_upos"] = [
        [i for i, f in enumerate(held["feats"]) if (u, f) in seen] for u in held["upos"]
    ]
    steps, starts = legal_steps(NAMES)
    held["role_reach"] = REACH
    held["name_steps"] = (weights["steps"] + steps.numpy()).round(4).tolist()
    held["name_starts"] = (weights["starts"] + starts.numpy()).round(4).tolist()
    return held


def known_lemmas(data: Path) -> list[str]:
    sentences = [*load_ewt(data, "train"), *load_gum(data, "train")]
    return sorted({lemma for s in sentences for lemma in s.lemmas or ()})


def write_hashes(folder: Path) -> None:
    names = sorted(p.name for p in folder.iterdir() if p.is_file() and p.name != "hashes.json")
    hashes = {n: hashlib.sha256((folder / n).read_bytes()).hexdigest() for n in names}
    (folder / "hashes.json").write_text(json.dumps(hashes, indent=1) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("run", "start", "data", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--float", action="store_true", help="float32, to compare with")
    args = parser.parse_args()
    weights = load_weights(args.run)
    made = build(weights, exact=args.float)
    args.out.mkdir(parents=True, exist_ok=True)
    onnx.save(made if args.float else quantized(made), args.out / "encoder.onnx")
    roles = build_roles(weights)
    onnx.save(roles if args.float else quantized(roles), args.out / "roles.onnx")
    labels = json.dumps(labels_file(args.run, args.data, weights), indent=1) + "\n"
    (args.out / "labels.json").write_text(labels, "utf-8")
    lemmas = "".join(f"{lemma}\n" for lemma in known_lemmas(args.data))
    (args.out / "lemmas.txt").write_text(lemmas, "utf-8")
    shutil.copyfile(args.start.parent / "vocab.txt", args.out / "vocab.txt")
    # Those of the present model stand in until `training.coreference` makes its own.
    for name in ("projection.onnx", "antecedents.onnx"):
        if not (args.out / name).exists():
            shutil.copyfile(PACKAGED / name, args.out / name)
    write_hashes(args.out)


if __name__ == "__main__":
    main()
