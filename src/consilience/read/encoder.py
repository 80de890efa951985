"""One pass of the encoder over a sentence: tags, lemmas, syntax, names, kinds and a vector."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from consilience.read.arguments import Span, best_arguments
from consilience.read.lemmas import find_lemma
from consilience.read.model import PACKAGED, model_version, packaged_version
from consilience.read.name_spans import Chain, chain_of, likely_names
from consilience.read.paths import UP, paths_from
from consilience.read.trees import best_tree
from consilience.read.wordpieces import parse_vocabulary, shape_ids, word_pieces

MAX_PIECES = 400  # a window; MiniLM has positions for 512, but was hardly trained past 256
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
    """A sentence read: its words form one tree; `vector` has 384 numbers of single precision and
    length one.

    `projected` holds what coreference asks of each word: rows of float16, little-endian.
    """

    start: int
    end: int
    words: tuple[Word, ...]
    vector: tuple[float, ...]
    predicates: tuple[Predicate, ...] = ()
    projected: bytes = b""


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
    senses: list[str]
    roles: list[str]
    role_reach: int
    chain: Chain  # of names


def open_session(path: Path) -> Any:
    """A network of the model, to be run with one thread.

    With more, sums would depend on how many there are; and numpy's own products of matrices take
    as many as the machine has.
    """
    import onnxruntime  # slow to load, and `--help` needs none of it

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


class Encoder:
    """Holds the ONNX session. `version` names the model's files: one of every memory's keys."""

    version: str

    def __init__(self, folder: Path | None = None) -> None:
        """Open the model in `folder`, or the package's own.

        Raises:
            ModelError: a file is missing or is not the one `hashes.json` speaks of.
        """
        self.version = packaged_version() if folder is None else model_version(folder)
        folder = PACKAGED if folder is None else folder
        self._labels = _load_labels(folder / "labels.json")
        self._known_lemmas = frozenset((folder / "lemmas.txt").read_text("utf-8").splitlines())
        self._vocabulary = parse_vocabulary((folder / "vocab.txt").read_text("utf-8"))
        self._session, self._roles, self._projection = (
            open_session(folder / f"{name}.onnx") for name in ("encoder", "roles", "projection")
        )
        self._outputs = [output.name for output in self._session.get_outputs()]

    def parse(
        self,
        text: str,
        tokens: Sequence[tuple[int, int]],
        predicates: Mapping[int, str] | None = None,
    ) -> Parse:
        """Read one sentence, given the offsets in `text` of its words; there is at least one.

        A sentence longer than a window is read in pieces; each later piece hangs from the root
        of the first as parataxis. With `predicates`, words and their senses, the arguments of
        just these are read.
        """
        surfaces = [text[start:end] for start, end in tokens]
        pieces = [word_pieces(surface, self._vocabulary) for surface in surfaces]
        words: list[Word] = []
        vectors: list[Array] = []
        projected: list[bytes] = []
        found: list[Predicate] = []
        first_root = 0
        for start, end in _windows(surfaces, [len(p) for p in pieces]):
            out = self._run(surfaces[start:end], pieces[start:end])
            read = self._words(out, surfaces[start:end], tokens[start:end])
            if predicates is None:
                senses = self._senses(out)
                asked = sorted(i for i in senses if not read[i].deprel.startswith("aux"))
            else:
                senses = {i - start: s for i, s in predicates.items() if start <= i < end}
                asked = sorted(senses)
            here = self._predicates(out, read, senses, asked)
            found.extend(here if start == 0 else [_moved_predicate(p, start) for p in here])
            vector = out["vector"]
            root = next(i for i, word in enumerate(read) if word.head < 0)
            if start == 0:
                first_root = root
            words.extend(read if start == 0 else [_moved(w, start, first_root) for w in read])
            vectors.append(vector * (end - start))
            fed = {"word_vectors": out["word_vectors"][1:]}
            narrow = self._projection.run(["projected"], fed)[0]
            projected.append(narrow.astype("<f2").tobytes())
        mean = np.sum(vectors, axis=0)
        unit = mean / max(float(np.linalg.norm(mean)), 1e-9)
        vector_ = (np.round(unit.astype(np.float64), 4) + 0.0).astype(np.float32)  # no -0.0
        return Parse(
            start=tokens[0][0],
            end=tokens[-1][1],
            words=tuple(words),
            vector=tuple(vector_.tolist()),
            predicates=tuple(found),
            projected=b"".join(projected),
        )

    def _words(
        self, out: dict[str, Array], surfaces: list[str], tokens: Sequence[tuple[int, int]]
    ) -> list[Word]:
        labels = self._labels
        heads = best_tree(out["arcs"][1:])
        upos = out["upos"][1:].argmax(axis=1)
        feats = _best_allowed(out["feats"][1:], labels.feats_of_upos[upos])
        kinds = out["kinds"][1:].argmax(axis=1).tolist()
        rules = out["lemmas"][1:].argmax(axis=1).tolist()
        names = likely_names(out["names"][1:], labels.chain)
        deprels = [labels.deprels[i] for i in self._deprel_numbers(out["deprels"], heads)]
        lemmas = [
            self._lemma(surface, out["lemmas"][i], rule)
            for i, (surface, rule) in enumerate(zip(surfaces, rules, strict=True), 1)
        ]
        tags = [labels.upos[i] for i in upos.tolist()]
        return [
            Word(
                *tokens[i],
                surface,
                lemmas[i],
                tags[i],
                labels.feats[feats[i]],
                heads[i],
                deprels[i],
                labels.names[names[i]],
                labels.kinds[kinds[i]] if kinds[i] else "",
            )
            for i, surface in enumerate(surfaces)
        ]

    def _senses(self, out: dict[str, Array]) -> dict[int, str]:
        numbers = out["senses"][1:].argmax(axis=1)
        return {int(i): self._labels.senses[numbers[i]] for i in np.flatnonzero(numbers)}

    def _predicates(
        self, out: dict[str, Array], words: list[Word], senses: Mapping[int, str], asked: list[int]
    ) -> list[Predicate]:
        """The predicates of `senses`; the arguments of those `asked` alone are read."""
        spans = self._arguments(out, words, asked) if asked else {}
        return [
            Predicate(
                word=i,
                sense=senses[i],
                factuality=round(float(out["facts"][i + 1, 0]), 2),
                arguments=tuple(Argument(*span) for span in spans.get(i, ())),
            )
            for i in sorted(senses)
        ]

    def _arguments(
        self, out: dict[str, Array], words: list[Word], asked: list[int]
    ) -> dict[int, list[Span]]:
        at = np.array(asked) + 1
        reach = self._labels.role_reach
        distance = np.arange(len(words) + 1)[None] - at[:, None]
        fed = {
            "word_vectors": out["word_vectors"],
            "predicates": at,
            "near": distance.clip(-reach, reach) + reach,
            "paths": self._paths(out, asked, [word.head for word in words]),
        }
        scores = self._roles.run(["roles"], fed)[0][:, 1:]
        surfaces = [word.text for word in words]
        return dict(
            zip(asked, best_arguments(scores, asked, self._labels.roles, surfaces), strict=True)
        )

    def _paths(
        self, out: dict[str, Array], words: Sequence[int], heads: list[int]
    ) -> NDArray[np.int64]:
        deprels = self._deprel_numbers(out["deprels"], heads)
        n = len(self._labels.deprels)
        # The row of the root itself has a number of its own.
        return np.array([[UP * (n + 1), *paths_from(i, heads, deprels, n)] for i in words])

    def _run(self, surfaces: list[str], pieces: list[list[int]]) -> dict[str, Array]:
        ids = [self._vocabulary.first, *(p for word in pieces for p in word)]
        ids.append(self._vocabulary.last)
        sizes = np.array([1, *map(len, pieces)])
        owners = np.arange(len(sizes)).repeat(sizes)
        # The first row is the root's, whose one piece is [CLS]; each other row is a word's mean.
        pool = np.zeros((len(pieces) + 1, len(ids)), dtype=np.float32)
        pool[owners, np.arange(len(owners))] = (1.0 / sizes.astype(np.float32))[owners]
        shapes = np.array([0, *shape_ids(surfaces, self._labels.shapes)])
        fed = {
            "pieces": np.array(ids),
            "position_ids": np.arange(len(ids)),
            "piece_shapes": np.append(shapes[owners], 0),
            "pool": pool,
            "shapes": shapes,
        }
        found = self._session.run(self._outputs, fed)
        return dict(zip(self._outputs, found, strict=True))

    def _lemma(self, surface: str, scores: Array, likeliest: int) -> str:
        """The best-scored lemma that the treebanks know; without one, the best-scored."""
        first = find_lemma(surface, self._labels.lemmas[likeliest])
        if first is not None and self._is_known(first):
            return first
        best = None
        for number in np.argsort(-scores, kind="stable"):
            if best is not None and scores[number] < scores.max() - LEMMA_MARGIN:
                break
            lemma = find_lemma(surface, self._labels.lemmas[number])
            if lemma is None:
                continue
            if self._is_known(lemma):
                return lemma
            best = best or lemma
        return best or surface.lower()

    def _is_known(self, lemma: str) -> bool:
        return lemma in self._known_lemmas or lemma.lower() in self._known_lemmas

    def _deprel_numbers(self, scores: Array, heads: list[int]) -> list[int]:
        """The best label of each arc; "root" for the root, and for nothing else."""
        at = np.array(heads) + 1
        here = scores[np.arange(1, len(at) + 1), :, at]
        here[:, self._labels.deprels.index("root")] = np.where(at == 0, np.inf, -np.inf)
        best: list[int] = here.argmax(axis=1).tolist()
        return best


def _best_allowed(scores: Array, allowed: NDArray[np.bool_]) -> list[int]:
    """In each row the first of the best scores that are allowed."""
    best = scores.argmax(axis=1)
    wrong = ~allowed[np.arange(len(best)), best]
    if wrong.any():
        best[wrong] = np.where(allowed[wrong], scores[wrong], -np.inf).argmax(axis=1)
    numbers: list[int] = best.tolist()
    return numbers


def _moved(word: Word, by: int, first_root: int) -> Word:
    if word.head < 0:
        return replace(word, head=first_root, deprel="parataxis")
    return replace(word, head=word.head + by)


def _moved_predicate(predicate: Predicate, by: int) -> Predicate:
    moved = (replace(a, first=a.first + by, last=a.last + by) for a in predicate.arguments)
    return replace(predicate, word=predicate.word + by, arguments=tuple(moved))


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
        senses=held["senses"],
        roles=held["roles"],
        role_reach=held["role_reach"],
        chain=chain_of(steps, np.array(held["name_starts"], dtype=np.float64)),
    )
