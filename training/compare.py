"""Check that an exported float model says what PyTorch says, and how near its sentence vectors
are to those of the starting encoder.

python -m training.compare --run DIR --model FOLDER --start model.safetensors --data DIR
"""

import argparse
import json
import tempfile
from dataclasses import asdict
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from safetensors.torch import load_file

from consilience.read.wordpieces import parse_vocabulary
from training.batches import Inventory, Maker
from training.corpus import Sentence, load_ewt
from training.export import LABELS, load_weights
from training.network import REACH, Body, Network, Sizes, starting_weights
from training.train import teacher_vectors

N_SENTENCES = 50
N_VECTORS = 500


def load_network(run: Path) -> tuple[Network, Inventory]:
    held = json.loads((run / "labels.json").read_text("utf-8"))
    labels = Inventory(**{name: tuple(values) for name, values in held.items()})
    network = Network(Sizes(*(len(values) for values in asdict(labels).values())))
    network.load_state_dict({n: torch.from_numpy(w) for n, w in load_weights(run).items()})
    return network.eval(), labels


def by_torch(network: Network, maker: Maker, sentence: Sentence) -> dict[str, np.ndarray]:
    batch = maker.batch([sentence], torch.zeros(1, 384))
    with torch.inference_mode():
        words, vectors = network.read(
            batch.pieces, batch.piece_shapes, batch.mask, batch.pool, batch.shapes
        )
        said = {n: getattr(network, n)(words)[0] for n in LABELS if n != "lemmas"}
        said |= {"arcs": network.arcs.all(words)[0], "vector": vectors[0], "word_vectors": words[0]}
        for head in range(2):
            heads = torch.full(words.shape[:2], head)
            said[f"deprels of {head}"] = network.deprels.at(words, heads)[0]
        first = torch.zeros(1, dtype=torch.long), torch.ones(1, dtype=torch.long)
        everywhere = torch.ones(words.shape[:2]) > 0
        paths = torch.zeros(words.shape[:2], dtype=torch.long)
        said["roles"] = network.roles(words, everywhere, *first, paths)[0]
    return {name: scores.numpy() for name, scores in said.items()}


def by_onnx(
    model: tuple[onnxruntime.InferenceSession, onnxruntime.InferenceSession],
    maker: Maker,
    sentence: Sentence,
) -> dict[str, np.ndarray]:
    session, roles = model
    batch = maker.batch([sentence], torch.zeros(1, 384))
    fed = {
        "pieces": batch.pieces[0].numpy(),
        "position_ids": np.arange(batch.pieces.shape[1]),
        "piece_shapes": batch.piece_shapes[0].numpy(),
        "pool": batch.pool[0].numpy(),
        "shapes": batch.shapes[0].numpy(),
    }
    names = [output.name for output in session.get_outputs()]
    said = dict(zip(names, session.run(names, fed), strict=True))
    deprels = said.pop("deprels")
    near = (np.arange(len(said["upos"]))[None] - 1).clip(-REACH, REACH) + REACH
    fed = {
        "word_vectors": said["word_vectors"],
        "predicates": np.array([1]),
        "near": near,
        "paths": np.zeros_like(near),
    }
    said["roles"] = roles.run(["roles"], fed)[0][0]
    return said | {f"deprels of {head}": deprels[:, :, head] for head in range(2)}


def likeness(
    model: tuple[onnxruntime.InferenceSession, onnxruntime.InferenceSession],
    maker: Maker,
    start: Path,
    sentences: list[Sentence],
    cache: Path,
) -> list[float]:
    """The cosine of our vector of each sentence's words to the teacher's of its running text."""
    body = Body(len(maker.shape_of))
    starting_weights(body, load_file(start))
    teacher = teacher_vectors(body, maker, sentences, cache)
    ours = [by_onnx(model, maker, sentence)["vector"] for sentence in sentences]
    return [float(a @ b) for a, b in zip(np.array(ours), teacher.numpy(), strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("run", "model", "start", "data"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    args = parser.parse_args()
    network, labels = load_network(args.run)
    vocabulary = parse_vocabulary((args.start.parent / "vocab.txt").read_text("utf-8"))
    maker = Maker(labels, vocabulary)
    model = tuple(
        onnxruntime.InferenceSession(str(args.model / f"{part}.onnx"))
        for part in ("encoder", "roles")
    )
    worst: dict[str, float] = {}
    for sentence in load_ewt(args.data, "dev")[:N_SENTENCES]:
        ours, theirs = by_torch(network, maker, sentence), by_onnx(model, maker, sentence)
        for name, scores in ours.items():
            apart = float(np.abs(scores - theirs[name]).max())
            worst[name] = max(worst.get(name, 0.0), apart)
    for name, apart in worst.items():
        print(f"{name:16} largest difference {apart:.2e}")
    with tempfile.TemporaryDirectory() as folder:
        sentences = load_ewt(args.data, "dev")[:N_VECTORS]
        near = likeness(model, maker, args.start, sentences, Path(folder) / "teacher.pt")
    low = np.percentile(near, 5)
    print(
        f"sentence vectors: mean cosine to the teacher's {np.mean(near):.3f}, 5 % under {low:.3f}"
    )


if __name__ == "__main__":
    main()
