"""The account as a page shows it: paragraphs of sentences, each in stretches with their marks."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from consilience.records import Dossier, Passage, Sentence
from consilience.tell.marks import cites

# A mark stands behind the point or comma that ends what it belongs to.
_CLOSING = '.,;:!?)]”’»"'


def paragraphs(dossier: Dossier, ids: Mapping[Passage, str]) -> list[list[dict[str, Any]]]:
    numbered = enumerate(dossier.account, start=1)
    grouped = groupby(numbered, key=lambda pair: pair[1].paragraph)
    return [[_sentence(n, sentence, ids) for n, sentence in group] for _, group in grouped]


def _sentence(n: int, sentence: Sentence, ids: Mapping[Passage, str]) -> dict[str, Any]:
    return {
        "id": f"s{n}",
        "cites": cites(sentence.passages, ids),
        "pieces": [piece | {"n": n} for n, piece in _counted(list(_pieces(sentence, ids)))],
    }


def _counted(pieces: list[dict[str, Any]]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The pieces, each with the number of the cited ones up to it."""
    n = 0
    for piece in pieces:
        n += bool(piece["cites"])
        yield n, piece


def _pieces(sentence: Sentence, ids: Mapping[Passage, str]) -> Iterator[dict[str, Any]]:
    """The stretches of a sentence in order; those that rest on nothing of their own cite none."""
    text, at = sentence.text, 0
    if not sentence.cited:
        yield {"text": text, "cites": cites(sentence.passages, ids)}
        return
    for cited in sentence.cited:
        if cited.start > at:
            yield {"text": text[at : cited.start], "cites": []}
        at = cited.end
        while at < len(text) and text[at] in _CLOSING:
            at += 1
        yield {"text": text[cited.start : at], "cites": cites(cited.passages, ids)}
    if at < len(text):
        yield {"text": text[at:], "cites": []}
    # What no stretch claims for itself is the whole sentence's.
    held = {passage for cited in sentence.cited for passage in cited.passages}
    if others := [passage for passage in sentence.passages if passage not in held]:
        yield {"text": "", "cites": cites(others, ids)}
