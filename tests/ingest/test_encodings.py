"""Two hundred files of broken encodings: none raises, most are mended, clean ones stay."""

import hashlib
import random
import re
from collections.abc import Callable, Iterator

import pytest

from consilience.ingest import Raw, ingest_raw
from consilience.ingest.repair import repair, undo
from consilience.records import Document, Failure

Reached = Callable[[str], None]
_NAMES = (
    "José Ibáñez", "Éloïse Lefèvre", "Jörg Weiß", "António Mourão", "Zoë Brontë", "Søren Åberg",
    "Łukasz Żak", "Ana Müller", "Niccolò Però", "Iñaki Peña", "Françoise Noël", "Ágnes Tóth",
)  # fmt: skip
_PLACES = ("Corrín", "Île-Haute", "São Bento", "Göttern", "Québrac", "Málveda", "Århøj", "Nîmaux")
_SAID = (
    "{name} said the fire at {place} was “under control” — at last.",
    "“It’s over,” {name} told reporters in {place}…",
    "{name}, alcalde de {place}, dijo que según él no habrá más víctimas.",
    "D’après {name}, l’incendie de {place} a été maîtrisé à 5 h 30.",
    "{name} erklärte, das Feuer in {place} sei gelöscht – größere Schäden gab es nicht.",
    "Segundo {name}, não há mais feridos em {place}; a situação é estável.",
    "{name} ha detto che la città di {place} è più sicura: «Perché no?»",
    "The damage in {place} came to £30–40m, €9 or 5 °C, {name} said.",
)
_OTHERS = (
    "Мэр Коррина сказал, что пожар потушен — «наконец».", "Ο δήμαρχος είπε ότι η φωτιά έσβησε.",
    "قال رئيس البلدية إن الحريق انتهى.", "市长说火已经扑灭了。", "市長は火災が鎮火したと述べた。",
    "ראש העיר אמר שהאש כבתה.", "Naïve café, résumé, coöperate, façade, señor, ¿qué? ¡no!",
    "Temperature 40 °C ± 2 µm × 3 ÷ 4 ≠ ½ — § 5 ¶ 2 © 2031 Ærø Øst Þór",
)  # fmt: skip


def sentences(seed: int) -> Iterator[str]:
    """Clean ones of many languages, without an end."""
    rng = random.Random(seed)
    while True:
        said = rng.choice(_SAID).format(name=rng.choice(_NAMES), place=rng.choice(_PLACES))
        yield rng.choice((said, said, said, rng.choice(_OTHERS)))


def document(seed: int) -> str:
    found = sentences(seed)
    return "\n\n".join(" ".join(next(found) for _ in range(3)) for _ in range(6)) + "\n"


def western(seed: int) -> str:
    rng = random.Random(seed)
    chosen = [rng.choice(_SAID) for _ in range(18)]
    told = [s.format(name=rng.choice(_NAMES[:6]), place=rng.choice(_PLACES)) for s in chosen]
    return "\n\n".join(" ".join(told[n : n + 3]) for n in range(0, 18, 3)) + "\n"


def misread(text: str) -> str:
    """UTF-8 read as Windows-1252, as most of it comes to be broken."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


def _noise(data: bytes, seed: int, change: Callable[[random.Random, int], bytes]) -> bytes:
    """The bytes, one in forty of those beyond ASCII changed."""
    rng = random.Random(seed)
    return b"".join(
        change(rng, byte) if byte > 127 and rng.random() < 0.025 else bytes([byte]) for byte in data
    )


def _mixed(seed: int) -> bytes:
    lines = western(seed).split("\n")
    return b"\n".join(
        line.encode("cp1252" if n % 4 == 0 else "utf-8", "replace") for n, line in enumerate(lines)
    )


BROKEN: dict[str, Callable[[int], bytes]] = {
    "plain": lambda n: document(n).encode(),
    "bytes lost": lambda n: _noise(document(n).encode(), n, lambda _, __: b""),
    "bytes changed": lambda n: _noise(document(n).encode(), n, lambda rng, _: rng.randbytes(1)),
    "bytes added": lambda n: _noise(document(n).encode(), n, lambda _, b: bytes([b, 0xFF])),
    "ends within a character": lambda n: document(n).encode() + b"\xe2\x80",
    "overlong": lambda n: document(n).encode() + b"\xc0\xaf\xe0\x80\xaf\xf8\x88\x80\x80\x80",
    "surrogates": lambda n: document(n).encode() + b"\xed\xa0\x80\xed\xbf\xbf",
    "nul": lambda n: document(n).encode().replace(b" ", b"\0", 3),
    "utf-16 marked": lambda n: document(n).encode("utf-16"),
    "utf-16-le": lambda n: western(n).encode("utf-16-le"),
    "utf-16-be": lambda n: western(n).encode("utf-16-be"),
    "utf-16 odd": lambda n: document(n).encode("utf-16") + b"\x41",
    "utf-16 cut": lambda n: western(n).encode("utf-16-le")[1:],
    "utf-32 marked": lambda n: document(n).encode("utf-32"),
    "utf-32-le": lambda n: western(n).encode("utf-32-le"),
    "utf-32-be": lambda n: western(n).encode("utf-32-be"),
    "cp1252": lambda n: western(n).encode("cp1252", "replace"),
    "glued": _mixed,
    "misread": lambda n: misread(western(n)).encode(),
    "misread twice": lambda n: misread(misread(western(n))).encode(),
    "marked in the middle": lambda n: b"\xef\xbb\xbf".join([document(n).encode()] * 2),
    "wrong mark": lambda n: b"\xff\xfe" + document(n).encode(),
    "cp1251": lambda _: (_OTHERS[0] * 9).encode("cp1251", "replace"),
    "shift-jis": lambda _: (_OTHERS[4] * 9).encode("shift-jis"),
    "gb18030": lambda _: (_OTHERS[3] * 9).encode("gb18030"),
}
FILES = [(kind, seed) for seed in range(8) for kind in BROKEN]
# Where all that was given can be told from the bytes.
WHOLE = {
    "plain": document, "utf-16 marked": document, "utf-32 marked": document, "utf-16-le": western,
    "utf-16-be": western, "utf-32-le": western, "utf-32-be": western, "misread": western,
}  # fmt: skip


def opened(kind: str, seed: int) -> Document | Failure:
    data = BROKEN[kind](seed)
    (found,) = ingest_raw(Raw("a.txt", ".txt", hashlib.sha256(data).hexdigest(), data))
    return found


@pytest.mark.threat("I9")
def test_no_broken_encoding_raises_or_leaves_what_cannot_be_kept(reached: Reached) -> None:
    n_used = 0
    for kind, seed in FILES:
        found = opened(kind, seed)
        if isinstance(found, Failure):
            assert "\n" not in found.error
            continue
        n_used += 1
        assert not re.search("[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", found.text), kind
        assert found.text.encode().decode() == found.text
        if kind in WHOLE:
            assert found.text == WHOLE[kind](seed).strip(), kind
    assert n_used >= 0.9 * len(FILES)
    reached(f"{len(FILES)} files, {n_used} of them read, the others refused with a line each")


@pytest.mark.threat("I9")
def test_what_was_misread_is_mended(reached: Reached) -> None:
    n_words = n_mended = 0
    for seed in range(100):
        clean = western(seed)
        mended, repairs = repair(misread(clean))
        assert undo(mended, repairs) == misread(clean)
        words, found = clean.split(), mended.split()
        injected = [n for n, word in enumerate(words) if not word.isascii()]
        assert len(found) >= len(words)
        n_words += len(injected)
        n_mended += sum(found[n] == words[n] for n in injected) if len(found) == len(words) else 0
    assert n_mended >= 0.95 * n_words
    reached(f"{n_mended:,} of {n_words:,} words mended")


@pytest.mark.threat("I9")
def test_clean_sentences_stay_as_they_are(reached: Reached) -> None:
    found = sentences(1)
    n_sentences = 10_000
    changed = [s for s in (next(found) for _ in range(n_sentences)) if repair(s)[0] != s]
    assert changed == []
    reached(f"0 of {n_sentences:,} changed")
