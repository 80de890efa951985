"""Read what corpora say of coreference: GUM, LitBank and the training part of MEANTIME."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training.corpus import _BRACKET, _blocks, _gum_documents


@dataclass(frozen=True, slots=True)
class Span:
    """A mention: words `first` to `end` of a sentence, in the chain with this name."""

    sentence: int
    first: int
    end: int
    chain: str


@dataclass(frozen=True, slots=True)
class Text:
    """A document's sentences as words, the paragraph of each, and its mentions.

    `complete`: whether everything that is mentioned more than once is marked; LitBank marks only
    people, places and the like, MEANTIME only what takes part in its events.
    """

    name: str
    sentences: tuple[tuple[str, ...], ...]
    paragraphs: tuple[int, ...]
    spans: tuple[Span, ...]
    complete: bool


def load_gum_texts(data: Path, part: str) -> list[Text]:
    documents = _gum_documents(data, part)
    texts: dict[str, tuple[list[tuple[str, ...]], list[Span]]] = {}
    breaks = _paragraphs(data)
    for sent_id, _, rows, document in _blocks(data / "train/gum/dep.conllu.gz"):
        if document in documents:
            sentences, spans = texts.setdefault(document, ([], []))
            spans += _gum_spans(rows, len(sentences))
            sentences.append(tuple(row[1] for row in rows))
            assert sent_id == f"{document}-{len(sentences)}"
    return [
        Text(name, tuple(sentences), breaks[name], tuple(spans), complete=True)
        for name, (sentences, spans) in texts.items()
    ]


def _gum_spans(rows: list[list[str]], sentence: int) -> Iterator[Span]:
    """The mentions inside one sentence; `1(1/2)` of a mention in pieces stays a piece."""
    open_: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        misc = dict(part.split("=", 1) for part in row[9].split("|") if "=" in part)
        for match in _BRACKET.finditer(misc.get("Entity", "")):
            if match.group(2):
                started = open_.get(match.group(2))
                if started:
                    yield Span(sentence, started.pop(), i + 1, match.group(2))
                continue
            chain = match.group(1).split("-")[0]
            if match.group(0).endswith(")"):
                yield Span(sentence, i, i + 1, chain)
            else:
                open_.setdefault(chain, []).append(i)


def _paragraphs(data: Path) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    document = ""
    number = 0
    with gzip.open(data / "train/gum/dep.conllu.gz", "rt", encoding="utf-8") as file:
        for line in file:
            if line.startswith("# newdoc id = "):
                document = line[14:].rstrip("\n")
            elif line.startswith(("# newpar\n", "# newpar =")):
                number += 1
            elif line.startswith("# sent_id = "):
                found.setdefault(document, []).append(number)
    return {name: tuple(numbers) for name, numbers in found.items()}


def load_litbank_texts(data: Path) -> list[Text]:
    found = []
    sentences: list[tuple[str, ...]] = []
    words: list[str] = []
    spans: list[Span] = []
    open_: dict[str, list[int]] = {}
    name = ""
    with gzip.open(data / "train/litbank/coref_conll_conll.gz", "rt", encoding="utf-8") as file:
        for raw in file:
            line = raw.rstrip("\n")
            if line.startswith("#begin"):
                name, sentences, spans = line, [], []
            elif line.startswith("#end"):
                found.append(
                    Text(name, tuple(sentences), (0,) * len(sentences), tuple(spans), False)
                )
            elif line.startswith("#"):
                continue
            elif not line.strip():
                if words:
                    sentences.append(tuple(words))
                words, open_ = [], {}
            else:
                columns = line.split("\t")
                for part in columns[-1].split("|"):
                    chain = part.strip("()_ ")
                    if not chain:
                        continue
                    if part.startswith("("):
                        open_.setdefault(chain, []).append(len(words))
                    if part.endswith(")") and open_.get(chain):
                        first = open_[chain].pop()
                        spans.append(Span(len(sentences), first, len(words) + 1, chain))
                words.append(columns[3])
    return found


def load_meantime_texts(data: Path) -> list[Text]:
    with gzip.open(data / "train/meantime/meantime.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [_meantime_text(row) for row in rows if row["split"] == "train"]


def _meantime_text(row: dict) -> Text:
    sentences: dict[int, list[str]] = {}
    place: dict[int, tuple[int, int]] = {}
    for id_, word, number in zip(
        row["token_ids"], row["tokens"], row["sentence_of_token"], strict=True
    ):
        words = sentences.setdefault(number, [])
        place[id_] = (number, len(words))
        words.append(word)
    order = {number: i for i, number in enumerate(sentences)}
    spans = []
    for mention in row["mentions"]:
        at = [place[t] for t in mention["tokens"]]
        if mention["kind"] == "entity" and len({s for s, _ in at}) == 1:
            first, last = min(w for _, w in at), max(w for _, w in at)
            spans.append(Span(order[at[0][0]], first, last + 1, mention["cluster"]))
    return Text(
        row["doc"],
        tuple(tuple(words) for words in sentences.values()),
        tuple(range(len(sentences))),
        tuple(spans),
        False,
    )
