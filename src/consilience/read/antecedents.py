"""How likely each earlier mention is what a mention means: a small ranker on the word vectors.

Every pair of mentions has features of agreement, place and wording; a mention's own features and
its head word's vector stand beside them. One hidden layer scores the pairs and the choice of no
antecedent (Lee et al. 2017; heads instead of spans after Dobrovolskii 2021).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from consilience.read.agreement import Form, Gender, Number, Spot
from consilience.read.encoder import Parse, Word, open_session
from consilience.records import Kind

# The mentions looked back on, beside the last one with the same head.
WINDOW = 60
# Mentions judged at a time: some 20 MB of features.
ROWS = 512
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_DEPRELS = (
    "nsubj", "nsubj:pass", "obj", "iobj", "obl", "nmod", "nmod:poss", "appos", "conj", "root",
    "compound", "parataxis",
)  # fmt: skip
_KINDS = tuple(Kind)
_DISTANCES = (0, 1, 2, 3, 4, 5, 8, 12)
_STEPS = (1, 2, 3, 4, 5, 8, 16, 32, 64)
_COUNTS = (0, 1, 2, 3, 5)
_HEAD_WORDS = 4
_PRONOUN_WORDS = (
    "i me my mine myself", "we us our ours ourselves", "you your yours yourself yourselves",
    "he him himself", "his", "she herself hers", "her", "it itself", "its", "they them themselves",
    "their theirs", "this", "that", "these", "those",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pairs:
    """The candidates of `n` of `m` mentions, `W` places each, and what they are judged by.

    `at[i, w]` is the candidate's number; where `held[i, w]` is false there is none.
    """

    rows: Ints  # (n) the mentions' numbers
    at: Ints  # (n, W)
    held: NDArray[np.bool_]  # (n, W)
    own: Floats  # (m, F)
    between: Floats  # (n, W, G)


@cache
def _pronoun_numbers() -> dict[str, int]:
    return {w: n for n, words in enumerate(_PRONOUN_WORDS) for w in words.split()}


def _one_hot(values: Ints, size: int) -> Floats:
    # The last row, all zeros, is that of -1.
    return np.eye(size + 1, size, dtype=np.float32)[values]


def _bucket(values: Ints, edges: Sequence[int]) -> Floats:
    return _one_hot(np.searchsorted(np.array(edges), values, side="right") - 1, len(edges))


def candidates(spots: Sequence[Spot]) -> tuple[Ints, NDArray[np.bool_]]:
    """The numbers of the last `WINDOW` mentions before each, nearest first, and the last with
    the same head where that lies further back."""
    n = len(spots)
    at = np.arange(n)[:, None] - 1 - np.arange(WINDOW + 1)[None, :]
    held = at >= 0
    held[:, WINDOW] = False
    last: dict[str, int] = {}
    for i, spot in enumerate(spots):
        key = spot.lemma if not spot.pronominal else ""
        if key and i - last.get(key, i) > WINDOW:
            at[i, WINDOW] = last[key]
            held[i, WINDOW] = True
        last[key] = i
    return np.where(held, at, 0), held


def to_pairs(
    spots: Sequence[Spot], parses: Sequence[Parse], names: dict[str, str]
) -> Iterator[Pairs]:
    """The candidates of the mentions with their features, `ROWS` mentions at a time.

    `names` gives the chains of names.
    """
    at, held = candidates(spots)
    table = _Columns(spots, parses, names)
    own = _own(table)
    for start in range(0, len(spots), ROWS):
        rows = np.arange(start, min(start + ROWS, len(spots)))
        yield Pairs(rows, at[rows], held[rows], own, _between(table, rows, at[rows], held[rows]))


class _Columns:
    """One array for each property of the mentions."""

    def __init__(
        self, spots: Sequence[Spot], parses: Sequence[Parse], names: dict[str, str]
    ) -> None:
        numbers: dict[str, int] = {}

        def number(text: str) -> int:
            return numbers.setdefault(text, len(numbers) + 1)

        def column(values: list[int]) -> Ints:
            return np.array(values, dtype=np.int64)

        self.n = len(spots)
        words = [parses[s.sentence].words for s in spots]
        heads = [w[s.head] for s, w in zip(spots, words, strict=True)]
        self.form = column([s.form for s in spots])
        self.person = column([s.person for s in spots])
        self.number = column([s.number for s in spots])
        self.gender = column([s.gender for s in spots])
        self.kind = column([_KINDS.index(s.mention.kind) for s in spots])
        self.sentence = column([s.sentence for s in spots])
        self.paragraph = column([s.paragraph for s in spots])
        self.quote = column([s.quote for s in spots])
        self.head = column([s.head for s in spots])
        self.up = column([h.head for h in heads])
        pronouns = _pronoun_numbers()
        self.pronoun = column(
            [pronouns.get(h.text.lower(), -1) if s.pronominal else -1
             for s, h in zip(spots, heads, strict=True)]
        )  # fmt: skip
        relations = [h.deprel if h.deprel in _DEPRELS else h.deprel.split(":")[0] for h in heads]
        self.deprel = column([_DEPRELS.index(r) if r in _DEPRELS else -1 for r in relations])
        self.subject = np.isin(self.deprel, (0, 1))
        # The conjunct's governor is that of the first: "Ana saw Per and him".
        self.governor = column(
            [number(f"{s.sentence}.{_governor(w, s.head)}")
             for s, w in zip(spots, words, strict=True)]
        )  # fmt: skip
        self.governing = column(
            [number("governor " + w[h.head].lemma.lower()) if h.head >= 0 else 0
             for h, w in zip(heads, words, strict=True)]
        )  # fmt: skip
        self.lemma = column([0 if s.pronominal else number("lemma " + s.lemma) for s in spots])
        self.name = column(
            [number("name " + names[s.mention.id]) if s.mention.named else 0 for s in spots]
        )
        self.text = column([number("text " + " ".join(s.words)) if s.words else 0 for s in spots])
        # Padding differs on either side, so that nothing equals it.
        self.words = np.full((self.n, _HEAD_WORDS), -1, dtype=np.int64)
        self.title = np.full((self.n, _HEAD_WORDS), -2, dtype=np.int64)
        for i, spot in enumerate(spots):
            for k, word in enumerate(spot.words[-_HEAD_WORDS:]):
                self.words[i, k] = number("lemma " + word)
            for k, word in enumerate(spot.title[-_HEAD_WORDS:]):
                self.title[i, k] = number("lemma " + word)
        enter, leave, cop = _tours(parses)
        self.enter = column([enter[s.sentence][s.head] for s in spots])
        self.leave = column([leave[s.sentence][s.head] for s in spots])
        self.up_enter = column([enter[s.sentence][h.head] if h.head >= 0 else -1
                                for s, h in zip(spots, heads, strict=True)])  # fmt: skip
        self.up_leave = column([leave[s.sentence][h.head] if h.head >= 0 else 1 << 30
                                for s, h in zip(spots, heads, strict=True)])  # fmt: skip
        self.copular = column([int(s.head in cop[s.sentence]) for s in spots])
        self.appositive = column([int(h.deprel == "appos") for h in heads])
        self.said_before = _said_before(spots, names)


def _governor(words: Sequence[Word], head: int) -> int:
    word = words[head]
    while word.deprel == "conj" and word.head >= 0:
        word = words[word.head]
    return word.head


def _tours(
    parses: Sequence[Parse],
) -> tuple[list[list[int]], list[list[int]], list[frozenset[int]]]:
    """For each word when a walk of its tree comes to it and leaves it; and what has a copula."""
    enters, leaves, copulas = [], [], []
    for parse in parses:
        children: list[list[int]] = [[] for _ in parse.words]
        for i, word in enumerate(parse.words):
            if word.head >= 0:
                children[word.head].append(i)
        enter, leave = [0] * len(parse.words), [0] * len(parse.words)
        time = 0
        todo = [(i, False) for i, word in enumerate(parse.words) if word.head < 0]
        while todo:
            i, done = todo.pop()
            time += 1
            if done:
                leave[i] = time
            else:
                enter[i] = time
                todo.append((i, True))
                todo += [(c, False) for c in reversed(children[i])]
        enters.append(enter)
        leaves.append(leave)
        copulas.append(frozenset(w.head for w in parse.words if w.deprel == "cop"))
    return enters, leaves, copulas


def _said_before(spots: Sequence[Spot], names: dict[str, str]) -> Ints:
    """How often each name or noun was said before."""
    counts: dict[str, int] = {}
    found = []
    for spot in spots:
        key = names.get(spot.mention.id) or ("" if spot.pronominal else spot.lemma)
        found.append(counts.get(key, 0) if key else 0)
        counts[key] = counts.get(key, 0) + 1
    return np.array(found, dtype=np.int64)


def _own(t: _Columns) -> Floats:
    return np.concatenate(
        [
            _one_hot(t.form, len(Form)),
            _one_hot(t.number, len(Number)),
            _one_hot(t.gender, len(Gender)),
            _one_hot(t.kind, len(_KINDS)),
            _one_hot(t.pronoun, len(_PRONOUN_WORDS)),
            _one_hot(t.deprel, len(_DEPRELS)),
            _bucket(t.said_before, _COUNTS),
            _bucket(np.minimum(t.head, 99), (0, 1, 3, 8)),
            _bucket(t.sentence, (0, 1, 2, 5)),
            np.stack([t.quote >= 0, t.copular == 1, t.appositive == 1], axis=-1).astype(np.float32),
        ],
        axis=-1,
    )


def _between(t: _Columns, rows: Ints, at: Ints, held: NDArray[np.bool_]) -> Floats:
    def of(column: Ints) -> Ints:
        return column[rows][:, None]

    same_sentence = of(t.sentence) == t.sentence[at]
    gender, number = (of(t.gender), t.gender[at]), (of(t.number), t.number[at])
    gender_known = (gender[0] > 0) & (gender[1] > 0)
    number_known = (number[0] > 0) & (number[1] > 0)
    gender_off = gender_known & (gender[0] != gender[1])
    number_off = number_known & (number[0] != number[1])
    same_kind = of(t.kind) == t.kind[at]
    person_off = of(t.person) != t.person[at]
    agreeing = held & ~gender_off & ~number_off & ~person_off & same_kind
    # How many agreeing mentions stand between the two, and subjects among them.
    between = np.cumsum(agreeing, axis=1) - agreeing
    subjects = agreeing & t.subject[at]
    subjects_between = np.cumsum(subjects, axis=1) - subjects
    noun = of(t.lemma) > 0
    lemma = noun & (of(t.lemma) == t.lemma[at])
    theirs = t.words[at]  # (n, W, H)
    own_words = of(t.words)  # (n, 1, H)
    shared = (own_words[..., None] == theirs[:, :, None, :]) & (own_words[..., None] > 0)
    # (n, W, H own, H theirs)
    own_shared, their_shared = shared.any(axis=3), shared.any(axis=2)
    some = own_shared.any(axis=2)
    own_all = noun & some & (own_shared | (own_words <= 0)).all(axis=2)
    their_all = noun & some & (their_shared | (theirs <= 0)).all(axis=2)
    head_inside = noun & (of(t.lemma)[:, :, None] == theirs).any(axis=2)
    their_head_inside = noun & (own_words == t.lemma[at][:, :, None]).any(axis=2)
    title = noun & (of(t.lemma)[:, :, None] == t.title[at]).any(axis=2)
    own_title = (of(t.title) == t.lemma[at][:, :, None]).any(axis=2) & (t.lemma[at] > 0)
    name = (of(t.name) > 0) & (of(t.name) == t.name[at])
    both_named = (of(t.name) > 0) & (t.name[at] > 0)
    text = (of(t.text) > 0) & (of(t.text) == t.text[at])
    inside = same_sentence & (t.enter[at] < of(t.enter)) & (of(t.leave) < t.leave[at])
    around = same_sentence & (of(t.enter) < t.enter[at]) & (t.leave[at] < of(t.leave))
    together = same_sentence & (of(t.governor) == t.governor[at]) & (of(t.up) >= 0)
    # A subject of the clause that the mention stands in, or of one around that.
    commanding = (
        same_sentence
        & t.subject[at]
        & (t.up_enter[at] <= of(t.enter))
        & (t.up_enter[at] >= 0)
        & (of(t.leave) <= t.up_leave[at])
        & ~inside
    )
    apposed = same_sentence & (of(t.up) == t.head[at]) & (of(t.appositive) == 1)
    equated = same_sentence & (t.up[at] == of(t.head)) & t.subject[at] & (of(t.copular) == 1)
    governed = (of(t.governing) > 0) & (of(t.governing) == t.governing[at])
    quote, quote_at = of(t.quote), t.quote[at]
    flags = np.array(
        [
            gender_off, gender_known & ~gender_off, number_off, number_known & ~number_off,
            same_kind, person_off, lemma, some, own_all, their_all, head_inside, their_head_inside,
            title, own_title, name, both_named & ~name, text, inside, around, together, commanding,
            apposed, equated, governed, of(t.deprel) == t.deprel[at],
            (quote >= 0) & (quote == quote_at), (quote >= 0) & (quote_at < 0),
            (quote < 0) & (quote_at >= 0), (quote >= 0) & (quote_at >= 0) & (quote != quote_at),
            (of(t.pronoun) >= 0) & (of(t.pronoun) == t.pronoun[at]),
            (of(t.paragraph) == t.paragraph[at]), (of(t.paragraph) == t.paragraph[at] + 1),
            agreeing,
        ],
        dtype=np.float32,
    ).transpose(1, 2, 0)  # fmt: skip
    steps = rows[:, None] - at
    return np.concatenate(
        [
            flags,
            _bucket(of(t.sentence) - t.sentence[at], _DISTANCES),
            _bucket(np.maximum(steps, 1), _STEPS),
            _bucket(between, _COUNTS),
            _bucket(subjects_between, _COUNTS),
            _bucket(t.said_before[at], _COUNTS),
        ],
        axis=-1,
    )


class Ranker:
    """Holds the ONNX session of the weights; see `training/coreference.py`."""

    def __init__(self, path: Path) -> None:
        self._session = open_session(path)

    def probabilities(self, pairs: Pairs, vectors: Floats) -> NDArray[np.float64]:
        """(n, W + 1) that each candidate is the antecedent; in the last column, that none is.

        `vectors` (m, D) are the projected vectors of the head words. Sums over the row are one,
        rounded so that they do not depend on the machine.
        """
        # Only what the rows look at goes through, so that the cost grows with the rows alone.
        used, place = np.unique(
            np.concatenate([pairs.rows[:, None], pairs.at], 1), return_inverse=True
        )
        place = place.reshape(len(pairs.rows), -1)
        fed = {
            "states": np.concatenate([vectors[used], pairs.own[used]], axis=1),
            "vectors": vectors[used],
            "rows": place[:, 0],
            "at": place[:, 1:],
            "between": pairs.between,
        }
        total = self._session.run(["scores"], fed)[0].astype(np.float64)
        total[:, :-1][~pairs.held] = -np.inf
        total = np.exp(total - total.max(axis=1, keepdims=True))
        shares: NDArray[np.float64] = np.round(total / total.sum(axis=1, keepdims=True), 4)
        return shares
