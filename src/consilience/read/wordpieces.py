"""Cut words into the pieces the encoder knows."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

MAX_WORD_CHARS = 100  # BERT's own limit; a longer run without punctuation is one unknown piece
MAX_WORD_PIECES = 64  # what a single given word may use, so that one word never fills a window

_CJK = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B820, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)
_CJK_MIN = "\u3400"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pieces by name, as in BERT's `vocab.txt`: a line's number is its piece's id."""

    ids: Mapping[str, int]

    @property
    def unknown(self) -> int:
        return self.ids["[UNK]"]

    @property
    def first(self) -> int:
        return self.ids["[CLS]"]

    @property
    def last(self) -> int:
        return self.ids["[SEP]"]


def parse_vocabulary(text: str) -> Vocabulary:
    """Read the text of a `vocab.txt`."""
    return Vocabulary({piece: i for i, piece in enumerate(text.split("\n")) if piece})


def word_pieces(word: str, vocabulary: Vocabulary) -> list[int]:
    """The ids of one given word's pieces: at least one, at most `MAX_WORD_PIECES`.

    The same pieces as BERT's uncased tokenizer gives (Devlin et al. 2019): lower-cased, accents
    stripped, split at punctuation and around CJK characters, then cut greedily into the longest
    known pieces. Where that yields nothing (a word of control characters) or whitespace hides in
    the word, we still return pieces for the one word we were given.
    """
    if word.isascii() and (word.isalnum() or len(word) == 1):
        return _greedy(word.lower(), vocabulary)[:MAX_WORD_PIECES]  # nothing to fold or split
    found: list[int] = []
    # What lies further on could only fill places that are taken by then.
    for chunk in _chunks(word[: MAX_WORD_PIECES * MAX_WORD_CHARS]):
        found.extend(_greedy(chunk, vocabulary))
        if len(found) >= MAX_WORD_PIECES:
            break
    return found[:MAX_WORD_PIECES] or [vocabulary.unknown]


@lru_cache(maxsize=1 << 16)
def word_shape(word: str) -> str:
    """How a word looks: X for upper case, x for lower, d for digits, others as they are.

    A run of one kind is cut after two, so that there are few shapes.

    >>> word_shape("McDonald's"), word_shape("1990"), word_shape("U.S.")
    ("XxXxx'x", 'dd', 'X.X.')
    """
    shape: list[str] = []
    # 40 characters tell all there is to see, and bound the work.
    for char in word[:40]:
        kind = _kind(char)
        if shape[-2:] != [kind, kind]:
            shape.append(kind)
    return "".join(shape)


def shape_ids(words: Sequence[str], known: Mapping[str, int]) -> list[int]:
    """The number of each word's shape in `known`; 1 for a shape not in it (0 means no word)."""
    return [known.get(word_shape(word), 1) for word in words]


def _kind(char: str) -> str:
    if char.isupper():
        return "X"
    if char.isalpha():
        return "x"
    if char.isdigit():
        return "d"
    return char if char.isascii() else "o"


def _chunks(word: str) -> list[str]:
    chunks: list[str] = []
    joined = False
    for char in _folded(word):
        if char.isspace():
            joined = False
        elif _is_cjk(char) or _is_punctuation(char):
            chunks.append(char)
            joined = False
        elif joined:
            chunks[-1] += char
        else:
            chunks.append(char)
            joined = True
    return chunks


def _folded(word: str) -> str:
    kept = (c for c in word if not _is_control(c))
    lowered = unicodedata.normalize("NFD", "".join(kept).lower())
    return "".join(c for c in lowered if unicodedata.category(c) != "Mn")


def _greedy(chunk: str, vocabulary: Vocabulary) -> list[int]:
    if len(chunk) > MAX_WORD_CHARS:
        return [vocabulary.unknown]
    found: list[int] = []
    start = 0
    while start < len(chunk):
        prefix = "##" if start else ""
        for end in range(len(chunk), start, -1):
            piece = vocabulary.ids.get(prefix + chunk[start:end])
            if piece is not None:
                break
        else:
            return [vocabulary.unknown]
        found.append(piece)
        start = end
    return found


def _is_control(char: str) -> bool:
    if char in "\t\n\r":
        return False
    return char in "\0\ufffd" or unicodedata.category(char).startswith("C")


def _is_cjk(char: str) -> bool:
    return char >= _CJK_MIN and any(low <= ord(char) <= high for low, high in _CJK)


def _is_punctuation(char: str) -> bool:
    # BERT counts every ASCII sign, "$" and "^" too, whatever Unicode calls it.
    if char.isascii():
        return char.isprintable() and not char.isalnum() and char != " "
    return unicodedata.category(char).startswith("P")
