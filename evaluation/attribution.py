"""Score who says what on PolNeAR (Newell, Margolin and Ruths 2018).

    python -m evaluation.attribution --data DIR [--split dev] [--limit N] [--model FOLDER]

DIR holds `dev/polnear`. Rules may be tuned on its texts; none of them is quoted in the project.
A trivial reader runs beside ours: words in quotation marks, or what stands beside "said", given
to the capitalised words nearest to it.
"""

import argparse
import gzip
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from consilience.read.attributions import find_attributions
from consilience.read.encoder import Encoder, Parse
from consilience.read.segment import segment
from consilience.records import Document, Passage

Spans = tuple[tuple[int, int], ...]
Tokens = frozenset[int]

_TOKEN = re.compile(r"\w+")
# Content overlaps when they share this much of the longer one.
OVERLAP_MIN = 0.5


@dataclass(frozen=True, slots=True)
class Said:
    """An attribution as spans of the text; `is_part`: the quoted half of one already there."""

    source: Spans
    content: Spans
    direct: bool = False
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its annotation and its parse."""

    document: Document
    parses: tuple[Parse, ...]
    gold: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """Found, expected, and right (of the found, and of the expected)."""

    found: int
    expected: int
    right_found: int
    right_expected: int

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.found + other.found,
            self.expected + other.expected,
            self.right_found + other.right_found,
            self.right_expected + other.right_expected,
        )

    def scores(self) -> tuple[float, float, float]:
        p = self.right_found / max(self.found, 1)
        r = self.right_expected / max(self.expected, 1)
        return 100 * p, 100 * r, 100 * 2 * p * r / max(p + r, 1e-9)


def load_articles(path: Path, encoder: Encoder, limit: int | None) -> list[Article]:
    articles: list[Article] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if limit is not None and len(articles) == limit:
                break
            row = json.loads(line)
            articles.append(_article(row, encoder))
    return articles


def _article(row: dict[str, Any], encoder: Encoder) -> Article:
    document = Document(
        id=row["doc"], name=row["doc"], source=None, title=None, url=None, author=None,
        published=None, published_basis=None, updated=None, retrieved=None, language="en",
        text=row["text"], sha256="",
    )  # fmt: skip
    parses = tuple(
        encoder.parse(document.text, sentence.tokens)
        for sentence in segment(document.text)
        if sentence.tokens
    )
    gold = tuple(
        Said(_spans(a["source"]), _spans(a["content"]))
        for a in row["annotations"][0]["attributions"]
        if a["content"]
    )
    return Article(document, parses, gold)


def _spans(pairs: Sequence[Sequence[int]]) -> Spans:
    return tuple((start, end) for start, end in pairs)


def ours(article: Article) -> list[Said]:
    """Our reading; the direct half of a mixed report counts with the whole."""
    # Mentions decide the speaker's identity, which is not scored here, never the words.
    found = find_attributions(article.document, article.parses, ())
    quoted = {a.cue: _pairs(a.content) for a in found if a.direct and a.cue}
    whole = {a.cue for a in found if not a.direct and a.cue}
    said = []
    for a in found:
        content = _pairs(a.content)
        is_part = a.direct and a.cue in whole
        if not a.direct:
            content += quoted.get(a.cue, ())
        said.append(Said(_pairs(a.source), content, a.direct, is_part))
    return said


def _pairs(passages: tuple[Passage, ...]) -> Spans:
    return tuple((p.start, p.end) for p in passages)


_QUOTED = re.compile(r"“([^”\n]+)”|\"([^\"\n]+)\"|''([^'\n]+)''")
_NAME = re.compile(r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)*")
_SAID = re.compile(r"\b(?:said|says)\b")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]?")


def trivial(article: Article) -> list[Said]:
    """Quotation marks or "said", and the capitalised words nearest to them in the paragraph."""
    text = article.document.text
    found: list[Said] = []
    for paragraph in re.finditer(r"[^\n]+", text):
        names = [m.span() for m in _NAME.finditer(text, *paragraph.span())]
        quotes = [m.span() for m in _QUOTED.finditer(text, *paragraph.span())]
        outside = [n for n in names if not any(a <= n[0] < b for a, b in quotes)]
        found += [Said(_nearest(outside, quote), (quote,), True) for quote in quotes]
        for sentence in _SENTENCE.finditer(text, *paragraph.span()):
            said = _SAID.search(text, *sentence.span())
            if said is None or any(a < sentence.end() and sentence.start() < b for a, b in quotes):
                continue
            source = _nearest(outside, said.span())
            found.append(Said(source, ((said.end(), sentence.end()),)))
    return found


def _nearest(names: Sequence[tuple[int, int]], span: tuple[int, int]) -> Spans:
    if not names:
        return ()
    return (min(names, key=lambda n: max(n[0] - span[1], span[0] - n[1])),)


def tokens(text: str, spans: Spans) -> Tokens:
    return frozenset(m.start() for a, b in spans for m in _TOKEN.finditer(text, a, b))


class Scorer:
    """Counts over one article."""

    def __init__(self, article: Article, found: Sequence[Said]) -> None:
        self._text = article.document.text
        self._gold = article.gold
        self._found = found
        self._heads = {
            word.start: parse.words[word.head].start if word.head >= 0 else -1
            for parse in article.parses
            for word in parse.words
        }

    def content_tokens(self) -> Count:
        return self._covered(lambda said: said.content)

    def source_tokens(self) -> Count:
        return self._covered(lambda said: said.source)

    def _covered(self, part: Callable[[Said], Spans]) -> Count:
        found = self._union(map(part, self._found))
        gold = self._union(map(part, self._gold))
        both = len(found & gold)
        return Count(len(found), len(gold), both, both)

    def _union(self, spans: Iterable[Spans]) -> Tokens:
        return frozenset().union(*(tokens(self._text, s) for s in spans))

    def whole(self) -> Count:
        """One found attribution to one annotated: content overlapping, source head right."""
        gold = [(tokens(self._text, g.content), g.source) for g in self._gold]
        taken: set[int] = set()
        wholes = [said for said in self._found if not said.is_part]
        for said in wholes:
            mine = tokens(self._text, said.content)
            best, best_share = -1, OVERLAP_MIN
            for i, (theirs, source) in enumerate(gold):
                share = len(mine & theirs) / max(len(mine), len(theirs), 1)
                if i not in taken and share >= best_share and self._same(said.source, source):
                    best, best_share = i, share
            if best >= 0:
                taken.add(best)
        return Count(len(wholes), len(gold), len(taken), len(taken))

    def direct(self) -> Count:
        """Of the annotated pieces that are one quotation: found, with the right source."""
        right = total = 0
        for said in self._gold:
            for start, end in said.content:
                piece = self._text[start:end].strip()
                theirs = tokens(self._text, ((start, end),))
                if len(theirs) < 3 or not _QUOTED.fullmatch(piece):
                    continue
                total += 1
                right += any(
                    f.direct
                    and 2 * len(theirs & tokens(self._text, f.content)) >= len(theirs)
                    and self._same(f.source, said.source)
                    for f in self._found
                )
        return Count(total, total, right, right)

    def _same(self, a: Spans, b: Spans) -> bool:
        """Whether two sources have one head: each holds the other's."""
        mine, theirs = tokens(self._text, a), tokens(self._text, b)
        if not mine or not theirs:
            return not mine and not theirs
        return bool(self._head(mine) & theirs) and bool(self._head(theirs) & mine)

    def _head(self, words: Tokens) -> Tokens:
        top = frozenset(w for w in words if self._heads.get(w, -1) not in words)
        return top or words


MEASURES: tuple[tuple[str, Callable[[Scorer], Count]], ...] = (
    ("content tokens", Scorer.content_tokens),
    ("source tokens", Scorer.source_tokens),
    ("whole", Scorer.whole),
    ("direct quotations, source right", Scorer.direct),
)


def report(articles: Sequence[Article], reader: Callable[[Article], list[Said]]) -> list[str]:
    scorers = [Scorer(article, reader(article)) for article in articles]
    lines = []
    for name, measure in MEASURES:
        total = Count(0, 0, 0, 0)
        for scorer in scorers:
            total += measure(scorer)
        p, r, f = total.scores()
        lines.append(f"  {name:32} P {p:5.1f}  R {r:5.1f}  F1 {f:5.1f}   of {total.expected}")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--model", type=Path, help="instead of the shipped one")
    args = parser.parse_args()
    articles = load_articles(
        args.data / "dev" / "polnear" / f"{args.split}.jsonl.gz", Encoder(args.model), args.limit
    )
    print(f"PolNeAR {args.split}: {len(articles)} articles")
    for name, reader in (("quotation marks and said", trivial), ("ours", ours)):
        print(name)
        print("\n".join(report(articles, reader)))


if __name__ == "__main__":
    main()
