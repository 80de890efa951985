"""Mend broken encoding, and keep what stood there."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from itertools import chain, pairwise
from typing import NamedTuple

from consilience.records import Repair

_REPLACEMENT = "\ufffd"
# Non-ASCII runs are judged alone: context is ASCII and proves nothing. The cap keeps ftfy's
# repeated passes over one run linear in the document.
_RUN = re.compile(r"[^\x00-\x7f]{2,400}")
_CLOSING_QUOTE = re.compile("\u00e2\u20ac(?:[\ufffd\x9d]|(?![^\x00-\x7f]))")
_LOST_SOFT_HYPHEN = re.compile(r"(?<=[^\W\d_])\u00c3(?=[a-z\u00df-\u00ff])")
_LOST_AT_END = re.compile(r"(?<=[a-z\u00df-\u00ff])\u00c3(?=[,.;:!?)\]\"'\u2019\u201d]|\n|\Z)")
_LOST_SPACE = re.compile(r"(?:(?<=[a-z\u00df-\u00ff])|(?<=\s)|\A)\u00c3(?: (?=[ ,.;:!?])|(?= \S))")
_LONE_A = re.compile(r"(?<=[a-z0-9\u00df-\u00ff.,;:!?)\"'\u2019\u201d%])\u00c2(?=[\s.,;:!?)]|\Z)")
_FREE_A = re.compile(r"(?:(?<=\s)|\A)\u00c2(?=\s)")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31}\d{0,2});")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]+")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_PLAUSIBLE = re.compile("[\u00a0-\u017f\u0218-\u021b\u2010-\u2026\u20ac\u2122]+")


class _Edit(NamedTuple):
    start: int
    end: int
    new: str
    was: str


def repair(
    text: str, guessed: Sequence[tuple[int, int, int]] = ()
) -> tuple[str, tuple[Repair, ...]]:
    """The text with its encoding mended, and every mending, in order.

    Mended are UTF-8 read as a one-byte encoding (ftfy's judgement, Speer 2019, on each run of
    non-ASCII characters alone), its lossy forms where a byte was dropped on the way, HTML
    entities left in prose, control characters and lone surrogates (U+FFFD, or what
    Windows-1252 has there), and invisible characters inside words. Quotation marks, ligatures
    and composition stay as they are, and so do line breaks. `undo` gives the text back.

    Args:
        guessed: stretches (start, end, n_bytes) whose encoding was guessed; they are recorded
            as having been U+FFFD, one for each byte.
    """
    edits = _edits(text, guessed)
    out: list[str] = []
    repairs: list[Repair] = []
    at = length = 0
    for edit in _joined(edits):
        kept = text[at : edit.start]
        start = length + len(kept)
        length = start + len(edit.new)
        out += (kept, edit.new)
        repairs.append(Repair(start, length, edit.was))
        at = edit.end
    out.append(text[at:])
    return "".join(out), tuple(repairs)


def undo(text: str, repairs: Iterable[Repair]) -> str:
    """The text as it stood before `repair`."""
    out: list[str] = []
    at = 0
    for mend in repairs:
        out += (text[at : mend.start], mend.was)
        at = mend.end
    out.append(text[at:])
    return "".join(out)


def _edits(text: str, guessed: Sequence[tuple[int, int, int]]) -> list[_Edit]:
    certain = [
        *(_Edit(a, b, _without_controls(text[a:b]), _REPLACEMENT * n) for a, b, n in guessed),
        *_mojibake(text),
        *_swaps(_CLOSING_QUOTE, text, "\u201d"),
        *_swaps(_LOST_SOFT_HYPHEN, text, "\u00ed"),
        *_swaps(_LOST_AT_END, text, "\u00ed"),
    ]
    # A lone letter proves nothing by itself, but a document broken once is broken throughout.
    doubtful = (
        (*_weak_mojibake(text), *_swaps(_FREE_A, text, "")) if len(certain) > len(guessed) else ()
    )
    has_lost_hyphens = _LOST_SOFT_HYPHEN.search(text) is not None
    edits = chain(
        certain,
        doubtful,
        _swaps(_LONE_A, text, ""),
        _lost_spaces(text, has_lost_hyphens=has_lost_hyphens),
        _entities(text),
        _swaps(_INVISIBLE, text, ""),
        (_Edit(m.start(), m.end(), _printable(m), m[0]) for m in _CONTROL.finditer(text)),
    )
    # Sorting is stable: of two edits at one place the earlier rule wins.
    return _apart(sorted(edits, key=lambda edit: (edit.start, -edit.end)))


def _apart(edits: list[_Edit]) -> list[_Edit]:
    kept: list[_Edit] = []
    for edit in edits:
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _joined(edits: list[_Edit]) -> Iterator[_Edit]:
    """Touching edits as one, so that two never stand at the same place of the mended text."""
    begins = [n for n, edit in enumerate(edits) if n == 0 or edits[n - 1].end != edit.start]
    for first, after in pairwise([*begins, len(edits)]):
        run = edits[first:after]
        new, was = ("".join(words) for words in zip(*((e.new, e.was) for e in run), strict=True))
        yield _Edit(run[0].start, run[-1].end, new, was)


def _swaps(pattern: re.Pattern[str], text: str, new: str) -> Iterator[_Edit]:
    return (_Edit(m.start(), m.end(), new, m[0]) for m in pattern.finditer(text))


def _mojibake(text: str) -> Iterator[_Edit]:
    if text.isascii():
        return
    from ftfy import TextFixerConfig, fix_encoding
    from ftfy.badness import is_bad

    config = TextFixerConfig(restore_byte_a0=False, replace_lossy_sequences=False)
    for found in _RUN.finditer(text):
        run = found[0]
        if is_bad(run):
            fixed = fix_encoding(run, config)
            # A shorter run only: ftfy also turns single characters into others.
            if len(fixed) < len(run):
                yield _Edit(found.start(), found.end(), _without_controls(fixed), run)


def _weak_mojibake(text: str) -> Iterator[_Edit]:
    import ftfy.bad_codecs  # noqa: F401  (registers the codec below)

    for found in _RUN.finditer(text):
        try:
            fixed = found[0].encode("sloppy-windows-1252").decode("utf-8")
        except UnicodeError:
            continue
        if _PLAUSIBLE.fullmatch(fixed):
            yield _Edit(found.start(), found.end(), fixed, found[0])


def _lost_spaces(text: str, *, has_lost_hyphens: bool) -> Iterator[_Edit]:
    """`Ã` before a space: the no-break space of `à` became a plain one, or `í` lost its byte.

    Which of the two the same document shows: where bytes were lost inside words, they were
    lost at their ends.
    """
    for found in _LOST_SPACE.finditer(text):
        is_word_end = found.start() > 0 and text[found.start() - 1].isalpha()
        swallowed = len(found[0]) > 1
        if has_lost_hyphens and is_word_end and not swallowed:
            yield _Edit(found.start(), found.end(), "\u00ed", found[0])
        else:
            yield _Edit(found.start(), found.end(), "\u00e0", found[0])


def _entities(text: str) -> Iterator[_Edit]:
    for found in _ENTITY.finditer(text):
        new = unescape(found[0])
        if new != found[0] and not _CONTROL.search(new) and "\n" not in new and "\r" not in new:
            yield _Edit(found.start(), found.end(), new, found[0])


def _without_controls(words: str) -> str:
    return _CONTROL.sub(_printable, words)


def _printable(found: re.Match[str]) -> str:
    control = found[0]
    if control == "\f" or control == "\v":
        return " "
    if "\x80" <= control <= "\x9f":
        return control.encode("latin-1").decode("cp1252", "ignore") or _REPLACEMENT
    return _REPLACEMENT
