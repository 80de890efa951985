"""Sentences already read: how each is known, and how its parse is kept.

A reading is kept under a hash of the sentence and sealed with another, so that a file of them
tells nothing to whoever does not already have the sentence. People who document abuses must not
find copies of what they read.
"""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from importlib.metadata import version
from operator import attrgetter
from pathlib import Path
from typing import Protocol

import msgspec
import numpy as np

from consilience.read.encoder import MAX_PIECES, Parse, Word

# Of one run without a file, some 1.5 kB each: those of a few thousand articles.
RECENT_SENTENCES = 20_000

# What decides, beside the model, how a sentence is read.
DECIDING = (
    "arguments.py",
    "encoder.py",
    "lemmas.py",
    "memory.py",
    "model.py",
    "name_spans.py",
    "paths.py",
    "trees.py",
    "wordpieces.py",
)
_VECTOR_WIDTH = 384
_VECTOR_TYPE = np.dtype("<i2")
_VECTOR_DIGITS = 10_000.0  # the encoder rounds to four digits after the point
_CHECK_BYTES = 16
_KEPT_FIELDS = tuple(f.name for f in fields(Word) if f.name not in ("start", "end", "text"))


class Memory(Protocol):
    """Keeps bytes by name, as long as it likes; what it gives back may have been damaged."""

    def find(self, name: bytes) -> bytes | None: ...

    def keep(self, name: bytes, sealed: bytes) -> None: ...


class RecentMemory:
    """Keeps the latest in this process."""

    def __init__(self, most: int = RECENT_SENTENCES) -> None:
        self._most = most
        self._kept: dict[bytes, bytes] = {}

    def find(self, name: bytes) -> bytes | None:
        return self._kept.get(name)

    def keep(self, name: bytes, sealed: bytes) -> None:
        if len(self._kept) >= self._most:
            del self._kept[next(iter(self._kept))]
        self._kept[name] = sealed


@dataclass(frozen=True, slots=True)
class Key:
    """`name` may be known to all; `secret` follows from the sentence alone."""

    name: bytes
    secret: bytes


def settings_of(model: str) -> bytes:
    """All that decides how a sentence is read: model, code, window and runtime."""
    folder = Path(__file__).parent
    code = [hashlib.sha256((folder / name).read_bytes()).digest() for name in DECIDING]
    return msgspec.msgpack.encode((model, code, MAX_PIECES, version("onnxruntime")))


def sentence_key(settings: bytes, text: str, tokens: Sequence[tuple[int, int]]) -> Key:
    """The key of the sentence with these words, wherever in whatever text it stands."""
    base = tokens[0][0]
    offsets = [(start - base, end - base) for start, end in tokens]
    words = text[base : tokens[-1][1]]
    secret = hashlib.sha256(msgspec.msgpack.encode((settings, words, offsets))).digest()
    return Key(hashlib.sha256(b"name" + secret).digest(), secret)


@dataclass(frozen=True, slots=True)
class _Packed:
    """A parse without its vector and without what the text itself tells."""

    rest: Parse
    words: tuple[tuple[str | int, ...], ...]


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Packed).decode
_kept_of = attrgetter(*_KEPT_FIELDS)


def pack(parse: Parse, key: Key) -> bytes:
    """The parse, sealed."""
    rest = replace(parse, start=0, end=0, words=(), vector=())
    words = tuple([_kept_of(word) for word in parse.words])
    vector = np.rint(np.array(parse.vector) * _VECTOR_DIGITS).astype(_VECTOR_TYPE).tobytes()
    plain = vector + zlib.compress(_encode(_Packed(rest, words)), 1)
    return _sealed(_check(plain) + plain, key)


def unpack(sealed: bytes, key: Key, text: str, tokens: Sequence[tuple[int, int]]) -> Parse | None:
    """The parse of the words where they stand now; None where the bytes are damaged."""
    opened = _sealed(sealed, key)
    check, plain = opened[:_CHECK_BYTES], opened[_CHECK_BYTES:]
    if _check(plain) != check:
        return None
    digits = np.frombuffer(plain, _VECTOR_TYPE, _VECTOR_WIDTH)
    vector = (digits / _VECTOR_DIGITS).astype(np.float32)
    packed = _decode(zlib.decompress(plain[_VECTOR_WIDTH * _VECTOR_TYPE.itemsize :]))
    words = [
        Word(start, end, text[start:end], *kept)  # type: ignore[arg-type]
        for (start, end), kept in zip(tokens, packed.words, strict=True)
    ]
    return replace(
        packed.rest,
        start=tokens[0][0],
        end=tokens[-1][1],
        words=tuple(words),
        vector=tuple(vector.tolist()),
    )


def _check(plain: bytes) -> bytes:
    return hashlib.blake2b(plain, digest_size=_CHECK_BYTES).digest()


def _sealed(content: bytes, key: Key) -> bytes:
    """Seal what is open, and open what is sealed.

    A one-time pad: a key seals one content only, since what is read follows from what decides
    the key.
    """
    size = len(content)
    pad = hashlib.shake_256(b"pad" + key.secret).digest(size)
    return (int.from_bytes(content) ^ int.from_bytes(pad)).to_bytes(size)
