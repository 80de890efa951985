"""Which quotations are versions of one utterance, on stories of our own.

    python -m evaluation.utterances [--wrong] [--only tuned|blind]

reads the stories of `utterances.txt`, each told by two or three pages that quote the same person
in other words or another translation, and counts the pairs of quotations from different pages
that are one utterance (they share a letter of the file) and those that `same_as` joins. Rules were
tuned on the stories marked "tuned"; those marked "blind" were written before and looked at only
as totals. The baselines of the same run join every two quotations of one speaker, and those
that share a third of their words. In brackets: Wilson's interval of 95 %.
"""

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import combinations
from pathlib import Path

from consilience.engine import LocalEngine
from consilience.ingest.inputs import Raw
from consilience.pipeline import run
from consilience.records import Dossier, Quotation
from consilience.store import open_store
from evaluation.gva import wilson

STORIES = Path(__file__).with_suffix(".txt")
_LETTER = re.compile(r"\{([a-z])\}")
_SHARED = 1 / 3


@dataclass(frozen=True, slots=True)
class Page:
    """`letters`: where in the text each utterance begins, in order."""

    source: str
    published: str
    text: str
    letters: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Story:
    name: str
    part: str
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two quotations of different pages: whether they are one utterance, and were joined."""

    words: tuple[str, str]
    is_same: bool
    is_joined: bool
    is_one_speaker: bool


def stories(path: Path = STORIES) -> list[Story]:
    text = "\n".join(line for line in path.read_text("utf-8").split("\n") if line[:1] != "#")
    found = []
    for block in text.split("\n== ")[1:]:
        head, *pages = block.split("\n-- ")
        name, part = head.split()
        found.append(Story(name, part, tuple(_page(page) for page in pages)))
    return found


def _page(block: str) -> Page:
    head, _, marked = block.partition("\n")
    source, _, published = head.rpartition(" ")
    text, letters = "", []
    for i, piece in enumerate(_LETTER.split(marked.strip())):
        if i % 2:
            letters.append((len(text), piece))
        else:
            text += piece
    return Page(source, published, text, tuple(letters))


def told(story: Story) -> Dossier:
    inputs = []
    for page in story.pages:
        given = {"id": page.source, "text": page.text, "source": page.source}
        data = json.dumps({**given, "published": page.published}).encode()
        inputs.append(Raw(f"{page.source}.jsonl", ".jsonl", sha256(data).hexdigest(), data))
    return run(inputs, open_store(None), LocalEngine(1), datetime(2031, 1, 1, tzinfo=UTC))


def pairs(story: Story, dossier: Dossier) -> Iterator[Pair]:
    pages = {page.source: page for page in story.pages}
    texts = {d.id: d.text for d in dossier.documents}
    page_of = {d.id: pages[d.source or ""] for d in dossier.documents}

    def letters(q: Quotation) -> frozenset[str]:
        page = page_of[q.passage.document_id]
        starts = [start for start, _ in page.letters]
        ends = [*starts[1:], len(page.text)]
        return frozenset(
            letter
            for (start, letter), end in zip(page.letters, ends, strict=True)
            if q.passage.start < end - 4 and start < q.passage.end - 4
        )

    for (i, a), (j, b) in combinations(enumerate(dossier.quotations), 2):
        if a.passage.document_id == b.passage.document_id or not letters(a) or not letters(b):
            continue
        words = [texts[q.passage.document_id][q.passage.start : q.passage.end] for q in (a, b)]
        yield Pair(
            words=(words[0], words[1]),
            is_same=not letters(a).isdisjoint(letters(b)),
            is_joined=j in a.same_as or i in b.same_as,
            is_one_speaker=a.speaker_id == b.speaker_id,
        )


def _shares_words(pair: Pair) -> bool:
    left, right = (set(re.findall(r"\w+", words.casefold())) for words in pair.words)
    return len(left & right) >= _SHARED * len(left | right)


def row(name: str, found: list[Pair], is_joined: Callable[[Pair], bool]) -> str:
    joined = [pair for pair in found if is_joined(pair)]
    right = sum(pair.is_same for pair in joined)
    same = sum(pair.is_same for pair in found)
    precision, recall = right / max(1, len(joined)), right / max(1, same)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    shares = []
    for n in (len(joined), same):
        low, high = wilson(right, n) if n else (0, 100)
        share = 100 * right / max(1, n)
        shares.append(f"{right:>3} of {n:<3}{share:>6.1f} [{low:.0f}, {high:.0f}]")
    return f"{name:<24}{shares[0]:<28}{shares[1]:<28}{100 * f1:>6.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("--only", choices=("tuned", "blind"))
    given = parser.parse_args()
    found: dict[str, list[Pair]] = {}
    for story in stories():
        if given.only in (None, story.part):
            found.setdefault(story.part, []).extend(pairs(story, told(story)))
    out = sys.stdout
    out.write(f"{'pairs':<24}{'right of joined':<28}{'found of the same':<28}{'F1':>6}\n")
    for part, some in found.items():
        out.write(row(f"{part}, ours", some, lambda pair: pair.is_joined) + "\n")
        out.write(row(f"{part}, one speaker", some, lambda pair: pair.is_one_speaker) + "\n")
        out.write(row(f"{part}, a third shared", some, _shares_words) + "\n")
    if given.wrong:
        for pair in found.get("tuned", []):
            if pair.is_same != pair.is_joined:
                sign = "not joined" if pair.is_same else "joined"
                out.write(f"{sign}: {pair.words[0]} / {pair.words[1]}\n")


if __name__ == "__main__":
    main()
