"""Score tokens and sentences against the treebanks, from raw text.

    python -m evaluation.segmentation --data DIR
    python -m evaluation.segmentation --growth

DIR holds `train/ud_ewt` and `train/gum`. Raw text is made from the treebank files, cut by us, and
compared span by span with white space left out, as in the CoNLL 2018 shared task (Zeman et al.
2018). A trivial cutter runs beside ours on the same text.
"""

from __future__ import annotations

import argparse
import gzip
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from consilience.read.segment import segment

Spans = list[tuple[int, int]]
Cutter = Callable[[str], tuple[Spans, Spans]]  # text -> (tokens, sentences)

# Literature, for scale. None of it was run here, and the treebank releases differ from ours.
PUBLISHED = """Published, English-EWT from raw text (from memory, not checked here):
  UDPipe 2 (UD 2.x model pages)     tokens about 99.0   sentences 76 to 85 by release
  Stanza 1.0 (Qi et al. 2020)       tokens 99.01        sentences 81.13   UD 2.5
  Trankit base (Nguyen et al. 2021) tokens 98.48        sentences 88.35   UD 2.5"""


@dataclass(frozen=True, slots=True)
class Gold:
    """Raw text made from a treebank, with its spans."""

    text: str
    tokens: Spans
    sentences: Spans
    documents: int


def sentences(path: Path) -> Iterator[tuple[str, bool, list[tuple[str, bool]]]]:
    """Yield each sentence: its document if one starts here, whether a paragraph does, its words.

    A word comes with whether a space follows. Multi-word tokens are given as their words.
    """
    document, paragraph = "", False
    words: list[tuple[str, bool]] = []
    last_of_token, space_after_token = 0, True
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc"):
                document, paragraph = line.partition("=")[2].strip() or "?", True
            elif line.startswith("# newpar"):
                paragraph = True
            elif not line.strip():
                if words:
                    yield document, paragraph, words
                document, paragraph, words, last_of_token = "", False, [], 0
            elif not line.startswith("#"):
                number, form, *_, misc = line.rstrip("\n").split("\t")
                space = "SpaceAfter=No" not in misc.split("|")
                if "-" in number:
                    last_of_token, space_after_token = int(number.split("-")[1]), space
                elif "." not in number:
                    if int(number) < last_of_token:
                        space = False
                    elif int(number) == last_of_token:
                        space = space_after_token
                    words.append((form, space))


def gold(
    parsed: list[tuple[str, bool, list[tuple[str, bool]]]],
    *,
    paragraphs: bool,
    wrap: int | None = None,
) -> Gold:
    """Make raw text: a blank line before a document (and a paragraph), else a space.

    With `wrap`, lines are broken at the last space that keeps them within so many characters,
    as the tools of Universal Dependencies do at 80.
    """
    pieces: list[str] = []
    length = 0
    tokens: Spans = []
    sents: Spans = []
    documents = 0
    for document, paragraph, words in parsed:
        documents += bool(document)
        if length and (document or (paragraph and paragraphs)):
            pieces.append("\n\n")
            length += 2
        first = length
        for form, space in words:
            tokens.append((length, length + len(form)))
            pieces.append(form + " " * space)
            length += len(form) + space
        sents.append((first, tokens[-1][1]))
    text = "".join(pieces)
    if wrap is not None:
        text = wrapped(text, wrap)
    return Gold(text, tokens, sents, documents)


def wrapped(text: str, width: int) -> str:
    """Replace spaces by line breaks so that lines keep within `width`; offsets stay."""
    characters = list(text)
    line_start, last_space = 0, -1
    for at, character in enumerate(text):
        if character == "\n":
            line_start, last_space = at + 1, -1
        elif character == " ":
            last_space = at
        if at - line_start >= width and last_space >= line_start:
            characters[last_space] = "\n"
            line_start, last_space = last_space + 1, -1
    return "".join(characters)


def squeezed(text: str, spans: Spans) -> set[tuple[int, int]]:
    """Give spans in a count of characters that are not white space."""
    before = [0]
    for character in text:
        before.append(before[-1] + (not character.isspace()))
    return {(before[start], before[end]) for start, end in spans}


def f1(text: str, found: Spans, true: Spans) -> tuple[float, float, float]:
    """Give precision, recall and F1 of spans, in percent."""
    ours, theirs = squeezed(text, found), squeezed(text, true)
    both = len(ours & theirs)
    precision, recall = both / max(len(ours), 1), both / max(len(theirs), 1)
    return 100 * precision, 100 * recall, 200 * both / max(len(ours) + len(theirs), 1)


def ours(text: str) -> tuple[Spans, Spans]:
    """Cut with the package."""
    segments = segment(text)
    return (
        [token for found in segments for token in found.tokens],
        [(found.start, found.end) for found in segments],
    )


def trivial(text: str) -> tuple[Spans, Spans]:
    """Cut at white space and punctuation; end sentences at [.!?] and space, and at blank lines."""
    tokens = [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]
    cuts = [match.end() for match in re.finditer(r"[.!?](?=\s)|\n\n", text)]
    sents: Spans = []
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        piece = text[start:end]
        if piece.strip():
            start += len(piece) - len(piece.lstrip())
            sents.append((start, start + len(piece.strip())))
    return tokens, sents


def gum_split(
    path: Path, splits: Path, part: str
) -> list[tuple[str, bool, list[tuple[str, bool]]]]:
    """Take the documents of one part of GUM: train, dev or test."""
    heading = ""
    part_by_document = {}
    with gzip.open(splits, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("## "):
                heading = line[3:].strip()
            elif line.strip().startswith("* "):
                part_by_document[line.strip()[2:].strip()] = heading
    document = ""
    kept = []
    for sentence in sentences(path):
        document = sentence[0] or document
        if part_by_document.get(document, "train") == part:
            kept.append(sentence)
    return kept


def report(name: str, made: Gold) -> None:
    """Print one line for each cutter."""
    for label, cut in (("ours", ours), ("trivial", trivial)):
        began = time.perf_counter()
        tokens, sents = cut(made.text)
        took_s = time.perf_counter() - began
        token = f1(made.text, tokens, made.tokens)
        sent = f1(made.text, sents, made.sentences)
        print(
            f"{name:34s} {label:8s} tokens P {token[0]:6.2f} R {token[1]:6.2f} F1 {token[2]:6.2f}"
            f"   sentences P {sent[0]:6.2f} R {sent[1]:6.2f} F1 {sent[2]:6.2f}"
            f"   {len(made.text) / took_s / 1000:7.0f} kchar/s"
        )


PUMPS = (
    "(", '"', "'", "http://a.", "a", "\u0301", " ", "\n", ". ", "a. ", "A. B ", '."', "-=", "1,",
    "a@", "a.b@", "ab.", "Word ", "word\n", "0-", "non-", "$1", "\u200b", "\U0001f468\u200d",
)  # fmt: skip
GROWTH_CHARS = (100_000, 200_000, 400_000)


def report_growth() -> None:
    """Print processor time for monotonous texts of doubling length, and the larger ratio."""
    segment("Warm.")
    for pump in PUMPS:
        took_s = []
        for size in GROWTH_CHARS:
            text = (pump * size)[:size]
            runs = []
            for _ in range(3):
                began = time.process_time()
                segment(text)
                runs.append(time.process_time() - began)
            took_s.append(min(runs))
        pairs = pairwise(took_s)
        # Below a hundredth of a second the clock, not the work, is measured.
        ratios = [later / sooner for sooner, later in pairs if sooner > 0.01]
        worst = f"{max(ratios):.2f}" if ratios else "too fast"
        print(f"{pump!r:22} " + " ".join(f"{s:7.3f} s" for s in took_s) + f"   t(2n)/t(n) {worst}")


def main(arguments: list[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description="Score tokens and sentences on EWT and GUM.",
        epilog="example: python -m evaluation.segmentation --data data",
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--data", type=Path, help="folder with ud_ewt and gum")
    what.add_argument("--growth", action="store_true", help="measure time on monotonous texts")
    options = parser.parse_args(arguments)
    if options.growth:
        report_growth()
        return 0
    data: Path = options.data / "train"
    for part in ("dev", "test"):
        path = data / "ud_ewt" / f"{part}.conllu.gz"
        if not path.exists():
            print(f"EWT {part}: skipped, {path} is missing")
            continue
        parsed = list(sentences(path))
        report(f"EWT {part}, paragraphs", gold(parsed, paragraphs=True))
        report(f"EWT {part}, paragraphs, wrapped", gold(parsed, paragraphs=True, wrap=80))
        report(f"EWT {part}, documents only", gold(parsed, paragraphs=False))
    dep, splits = data / "gum" / "dep.conllu.gz", data / "gum" / "splits.md.gz"
    if dep.exists() and splits.exists():
        for part in ("dev", "test"):
            parsed = gum_split(dep, splits, part)
            report(f"GUM {part}, paragraphs", gold(parsed, paragraphs=True))
            report(f"GUM {part}, documents only", gold(parsed, paragraphs=False))
    else:
        print(f"GUM: skipped, {dep} or {splits} is missing")
    print(PUBLISHED)
    return 0


if __name__ == "__main__":
    sys.exit(main())
