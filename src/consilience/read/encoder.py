"""One pass of the encoder over a sentence: tags, lemmas, syntax, names, kinds and a vector."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from consilience.errors import ModelError
from consilience.read.lemmas import find_lemma
from consilience.read.trees import best_tree
from consilience.read.wordpieces import parse_vocabulary, shape_ids, word_pieces

MAX_PIECES = 400  # a window; MiniLM has positions for 512, but was hardly trained past 256
PACKAGED = Path(__file__).parent.parent / "model"
# The files that decide an answer.
DECIDING = ("encoder.onnx", "labels.json", "lemmas.txt", "vocab.txt")

# How far below the best score a lemma may lie: best lemmas on the development sets of 1 to 5.
LEMMA_MARGIN = 5.0

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Word:
    """A word as the encoder reads it. Offsets count characters of the document's text.

    `head` is the index in the sentence of the word it hangs from, -1 for the root; `deprel`,
    `upos` and `feats` are those of Universal Dependencies; `name` is "O" or legal BIO over PER,
    ORG and LOC; `kind` ("person", "place", …) is set on the head word of each mention, named or
    not, and empty elsewhere.
    """

    start: int
    end: int
    text: str
    lemma: str
    upos: str
    feats: str
    head: int
    deprel: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Argument:
    """What fills a PropBank role ("ARG0", "R-ARG1", "ARGM-TMP"): words `first` to `last`."""

    role: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word that says that something happens or holds, verb or noun.

    `sense` is the number of its PropBank roleset ("01"; "LV" of a light verb); `factuality`
    runs from -3, did not happen, to 3, did.
    """

    word: int
    sense: str
    factuality: float
    arguments: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class Parse:
    """A sentence read: its words form one tree; `vector` has 384 numbers and length one."""

    start: int
    end: int
    words: tuple[Word, ...]
    vector: tuple[float, ...]
    predicates: tuple[Predicate, ...] = ()


@dataclass(frozen=True, slots=True)
class _Labels:
    """What labels.json holds: the names of the model's outputs by number."""

    shapes: dict[str, int]
    upos: list[str]
    feats: list[str]
    lemmas: list[str]
    deprels: list[str]
    names: list[str]
    kinds: list[str]
    feats_of_upos: NDArray[np.bool_]  # (upos, feats): seen together in training
    steps: NDArray[np.float64]  # (names, names): from the row's tag to the column's
    starts: NDArray[np.float64]


class Encoder:
    """Holds the ONNX session. `version` names the model's files: one of every memory's keys."""

    version: str

    def __init__(self, folder: Path | None = None) -> None:
        """Open the model in `folder`, or the package's own.

        Raises:
            ModelError: a file is missing or is not the one `hashes.json` speaks of.
        """
        import onnxruntime  # slow to load, and `--help` needs none of it

        folder = PACKAGED if folder is None else folder
        self.version = model_version(folder)
        self._labels = _load_labels(folder / "labels.json")
        self._known_lemmas = frozenset((folder / "lemmas.txt").read_text("utf-8").splitlines())
        self._vocabulary = parse_vocabulary((folder / "vocab.txt").read_text("utf-8"))
        options = onnxruntime.SessionOptions()
        # One thread and one sentence: int8 results would shift with what else is in the batch.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def parse(self, text: str, tokens: Sequence[tuple[int, int]]) -> Parse:
        """Read one sentence, given the offsets in `text` of its words; there is at least one.

        A sentence longer than a window is read in pieces; each later piece hangs from the root
        of the first as parataxis.
        """
        surfaces = [text[start:end] for start, end in tokens]
        pieces = [word_pieces(surface, self._vocabulary) for surface in surfaces]
        words: list[Word] = []
        vectors: list[Array] = []
        first_root = 0
        for start, end in _windows(surfaces, [len(p) for p in pieces]):
            read, vector = self._read(surfaces[start:end], pieces[start:end], tokens[start:end])
            root = next(i for i, word in enumerate(read) if word.head < 0)
            if start == 0:
                first_root = root
            words.extend(_moved(word, start, first_root) for word in read)
            vectors.append(vector * (end - start))
        mean = np.sum(vectors, axis=0)
        unit = mean / max(float(np.linalg.norm(mean)), 1e-9)
        vector_ = tuple(round(float(x), 4) + 0.0 for x in unit)  # no -0.0
        return Parse(tokens[0][0], tokens[-1][1], tuple(words), vector_)

    def _read(
        self, surfaces: list[str], pieces: list[list[int]], tokens: Sequence[tuple[int, int]]
    ) -> tuple[list[Word], Array]:
        out = self._run(surfaces, pieces)
        labels = self._labels
        heads = best_tree(out["arcs"][1:])
        upos = out["upos"][1:].argmax(axis=1)
        feats = np.where(labels.feats_of_upos[upos], out["feats"][1:], -np.inf).argmax(axis=1)
        kinds = out["kinds"][1:].argmax(axis=1)
        names = _best_path(out["names"][1:], labels.steps, labels.starts)
        words = [
            Word(
                start=tokens[i][0],
                end=tokens[i][1],
                text=surface,
                lemma=self._lemma(surface, out["lemmas"][i + 1]),
                upos=labels.upos[upos[i]],
                feats=labels.feats[feats[i]],
                head=heads[i],
                deprel=self._deprel(out["deprels"][i + 1], heads[i]),
                name=labels.names[names[i]],
                kind=labels.kinds[kinds[i]] if kinds[i] else "",
            )
            for i, surface in enumerate(surfaces)
        ]
        return words, out["vector"]

    def _run(self, surfaces: list[str], pieces: list[list[int]]) -> dict[str, Array]:
        ids = [self._vocabulary.first, *(p for word in pieces for p in word)]
        ids.append(self._vocabulary.last)
        owners = np.repeat(np.arange(len(pieces) + 1), [1, *(len(word) for word in pieces)])
        # The first row is the root's, whose one piece is [CLS]; each other row is a word's mean.
        pool = np.zeros((len(pieces) + 1, len(ids)), dtype=np.float32)
        pool[owners, np.arange(len(owners))] = 1.0
        pool /= pool.sum(axis=1, keepdims=True)
        shapes = np.array([0, *shape_ids(surfaces, self._labels.shapes)])
        fed = {
            "pieces": np.array(ids),
            "position_ids": np.arange(len(ids)),
            "piece_shapes": np.append(shapes[owners], 0),
            "pool": pool,
            "shapes": shapes,
        }
        outputs = [output.name for output in self._session.get_outputs()]
        outputs.remove("word_vectors")
        return dict(zip(outputs, self._session.run(outputs, fed), strict=True))

    def _lemma(self, surface: str, scores: Array) -> str:
        """The best-scored lemma that the treebanks know; without one, the best-scored."""
        best = None
        for number in np.argsort(-scores, kind="stable"):
            if best is not None and scores[number] < scores.max() - LEMMA_MARGIN:
                break
            lemma = find_lemma(surface, self._labels.lemmas[number])
            if lemma is None:
                continue
            if lemma in self._known_lemmas or lemma.lower() in self._known_lemmas:
                return lemma
            best = best or lemma
        return best or surface.lower()

    def _deprel(self, scores: Array, head: int) -> str:
        """The best label of the arc; "root" for the root, and for nothing else."""
        if head < 0:
            return "root"
        here = scores[:, head + 1].copy()
        here[self._labels.deprels.index("root")] = -np.inf
        return self._labels.deprels[int(here.argmax())]


def _moved(word: Word, by: int, first_root: int) -> Word:
    if by == 0:
        return word
    if word.head < 0:
        return replace(word, head=first_root, deprel="parataxis")
    return replace(word, head=word.head + by)


def _windows(surfaces: list[str], sizes: list[int]) -> Iterator[tuple[int, int]]:
    """Cut into runs of at most MAX_PIECES pieces, after a stop in the last half if there is one."""
    start = 0
    while start < len(sizes):
        end, room = start, MAX_PIECES
        while end < len(sizes) and sizes[end] <= room:
            room -= sizes[end]
            end += 1
        if end < len(sizes):
            middle = (start + end) // 2
            stops = (i for i in range(end, middle, -1) if surfaces[i - 1] in ".!?;:,")
            end = next(stops, end)
        yield start, end
        start = end


def _best_path(scores: Array, steps: NDArray[np.float64], starts: NDArray[np.float64]) -> list[int]:
    """The likeliest tags under a linear chain (Viterbi)."""
    total = starts + scores[0]
    back = []
    for row in scores[1:]:
        ways = total[:, None] + steps
        back.append(ways.argmax(axis=0))
        total = ways.max(axis=0) + row
    path = [int(total.argmax())]
    for before in reversed(back):
        path.append(int(before[path[-1]]))
    return path[::-1]


def model_version(folder: Path = PACKAGED) -> str:
    """The version of the model in `folder`, its files checked but not loaded.

    Raises:
        ModelError: a file is missing or is not the one `hashes.json` speaks of.
    """
    try:
        hashes: dict[str, str] = json.loads((folder / "hashes.json").read_text("utf-8"))
    except (OSError, ValueError) as e:
        raise ModelError(f"{folder / 'hashes.json'}: cannot be read; reinstall consilience") from e
    for name in DECIDING:
        path = folder / name
        if not path.is_file():
            raise ModelError(f"{path}: missing; reinstall consilience")
        if hashlib.sha256(path.read_bytes()).hexdigest() != hashes.get(name):
            raise ModelError(f"{path}: not as in hashes.json; reinstall consilience")
    decided = json.dumps([hashes[name] for name in DECIDING])
    return hashlib.sha256(decided.encode()).hexdigest()[:12]


def _load_labels(path: Path) -> _Labels:
    held: dict[str, Any] = json.loads(path.read_text("utf-8"))
    allowed = np.zeros((len(held["upos"]), len(held["feats"])), dtype=bool)
    for number, feats in enumerate(held["feats_of_upos"]):
        allowed[number, feats] = True
    steps = np.array(held["name_steps"], dtype=np.float64)
    return _Labels(
        shapes={shape: i for i, shape in enumerate(held["shapes"])},
        upos=held["upos"],
        feats=held["feats"],
        lemmas=held["lemmas"],
        deprels=held["deprels"],
        names=held["names"],
        kinds=held["kinds"],
        feats_of_upos=allowed,
        steps=steps,
        starts=np.array(held["name_starts"], dtype=np.float64),
    )
