"""Score which names mean one thing, within and across documents, on gold mentions.

    python -m evaluation.linked_names FILE.jsonl.gz [--by topic] [--show N]

FILE is ECB+ (Cybulska and Vossen 2014) or MEANTIME (Minard et al. 2016) as JSON Lines with tokens
and entity mentions. Only mentions by name are scored; documents of one topic are one case. The
measures are those of `evaluation.clusters`, the interval is over cases. Beside ours stand two
trivial linkers: one spelling is one thing, and everything of one surname or last word is.
"""

import argparse
import gzip
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from consilience.lexicon import load_table, load_words
from consilience.records import Document, Kind, Mention, Passage, Reading
from consilience.resolve import chain_entities, resolve
from consilience.resolve.chains import fold
from evaluation.clusters import clusters, scored

Row = dict[str, Any]
_KINDS = {
    "PER": Kind.PERSON, "HUMAN_PART_PER": Kind.PERSON,
    "ORG": Kind.ORGANIZATION, "HUMAN_PART_ORG": Kind.ORGANIZATION,
    "LOC": Kind.PLACE, "LOC_GEO": Kind.PLACE, "LOC_FAC": Kind.PLACE,
}  # fmt: skip
_SMALL = frozenset({"of", "the", "and", "de", "for", "'s", "-", "&", "al", "bin", ".", "'", "in"})
_POSSESSIVE = re.compile(r"['’]s?$")


def _named(row: Row, mention: Row, lower: frozenset[str]) -> list[int]:
    """The mention's words from its first larger one on; none where it is no name.

    `lower` are the words that the corpus also writes small.
    """
    words, tokens = list(mention["tokens"]), row["tokens"]
    if words != list(range(words[0], words[-1] + 1)):
        return []
    while (words and not tokens[words[0]][0].isupper()) or (words and _is_small(tokens[words[0]])):
        words = words[1:]
    while words and tokens[words[-1]] in ("'s", "’s", "'", "’", ",", "."):
        words = words[:-1]
    larger = [tokens[i] for i in words if not _is_small(tokens[i])]
    if not all(t[0].isupper() or t[0].isdigit() for t in larger):
        return []
    known = lower | load_table("demonyms").keys()
    return words if any(_POSSESSIVE.sub("", t).casefold() not in known for t in larger) else []


def _is_small(token: str) -> bool:
    return token.casefold() in _SMALL


def lower_case_words(rows: Sequence[Row]) -> frozenset[str]:
    counts = Counter(t for row in rows for t in row["tokens"])
    small = {t for t in counts if t.islower() and counts[t] >= counts[t.capitalize()]}
    return frozenset(small | {"i", "i'd", "i'm", "i've"})


def read_case(
    rows: Sequence[Row], lower: frozenset[str]
) -> tuple[list[Document], dict[str, Reading], dict[str, str]]:
    """Documents, hand-made readings, and the gold cluster of each "document:mention"."""
    documents, readings, gold = [], {}, {}
    titles = load_words("offices") | load_words("honorifics")
    for row in rows:
        offsets, text = [], ""
        for i, token in enumerate(row["tokens"]):
            new = i and row["sentence_of_token"][i] != row["sentence_of_token"][i - 1]
            text += ("\n" if new else " ") if i else ""
            offsets.append((len(text), len(text) + len(token)))
            text += token
        made = _document(row["doc"], text)
        mentions: list[Mention] = []
        chains: dict[tuple[str, Kind], str] = {}
        for number, mention in enumerate(row["mentions"]):
            kind = _KINDS.get(mention["tag"]) if mention["kind"] == "entity" else None
            scored = kind and mention.get("validated", True)
            words = _named(row, mention, lower) if scored else []
            if kind is None or not words:
                continue
            n_title = 0
            while (
                kind is Kind.PERSON
                and n_title < len(words) - 1
                and _is_title(row["tokens"][words[n_title]], titles)
            ):
                n_title += 1
            start, end = offsets[words[n_title]][0], offsets[words[-1]][1]
            title = Passage(made.id, offsets[words[0]][0], start - 1) if n_title else None
            name = _POSSESSIVE.sub("", text[start:end])
            where = Passage(made.id, start, start + len(name))
            mentions.append(
                Mention(
                    id=f"m{number}", passage=where, head=where, kind=kind, named=True,
                    chain_id=chains.setdefault((name, kind), f"c{number}"),
                    title=text[title.start : title.end] if title else None, title_passage=title,
                )
            )  # fmt: skip
            gold[f"{made.id}:m{number}"] = mention["cluster"]
        documents.append(made)
        readings[made.id] = Reading(made.id, _lines(made), tuple(mentions), (), (), (), (), "gold")
    return documents, readings, gold


def _is_title(token: str, titles: frozenset[str]) -> bool:
    return token.casefold().rstrip(".") in titles


def _lines(of: Document) -> tuple[Passage, ...]:
    sentences, at = [], 0
    for line in of.text.split("\n"):
        sentences.append(Passage(of.id, at, at + len(line)))
        at += len(line) + 1
    return tuple(sentences)


def _document(name: str, text: str) -> Document:
    return Document(
        id=name, name=name, source=None, title=None, url=None, author=None, published=None,
        published_basis=None, updated=None, retrieved=None, language="en", text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )  # fmt: skip


Linker = Callable[[Sequence[Document], dict[str, Reading]], dict[str, str]]


def ours(documents: Sequence[Document], readings: dict[str, Reading]) -> dict[str, str]:
    by_chain = chain_entities(documents, readings, resolve(documents, readings, ()))
    return {
        f"{key}:{m.id}": by_chain[key, m.chain_id]
        for key, r in readings.items()
        for m in r.mentions
    }


def one_spelling(documents: Sequence[Document], readings: dict[str, Reading]) -> dict[str, str]:
    return _by(documents, readings, fold)


def one_last_word(documents: Sequence[Document], readings: dict[str, Reading]) -> dict[str, str]:
    return _by(documents, readings, lambda name: fold(name).split()[-1])


def _by(
    documents: Sequence[Document], readings: dict[str, Reading], key: Callable[[str], str]
) -> dict[str, str]:
    return {
        f"{d.id}:{m.id}": f"{m.kind} {key(d.text[m.passage.start : m.passage.end])}"
        for d in documents
        for m in readings[d.id].mentions
    }


def _words_of(documents: Iterable[Document], readings: dict[str, Reading]) -> dict[str, str]:
    return {
        f"{d.id}:{m.id}": d.text[m.passage.start : m.passage.end]
        for d in documents
        for m in readings[d.id].mentions
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Score which names mean one thing.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--by", default="topic", help="what makes documents one case")
    parser.add_argument("--show", type=int, default=0, help="print so many wrong clusters")
    given = parser.parse_args()
    with gzip.open(given.file, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    lower = lower_case_words(rows)
    cases: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        cases[str(row[given.by])].append(row)
    key: dict[str, str] = {}
    responses: dict[str, dict[str, str]] = {"ours": {}, "one spelling": {}, "one last word": {}}
    linkers: dict[str, Linker] = {
        "ours": ours, "one spelling": one_spelling, "one last word": one_last_word,
    }  # fmt: skip
    words: dict[str, str] = {}
    case_of: dict[str, str] = {}
    for case in sorted(cases):
        documents, readings, gold = read_case(cases[case], lower)
        words |= _words_of(documents, readings)
        case_of |= dict.fromkeys(gold, case)
        key |= {m: f"{case} {c}" for m, c in gold.items()}
        for name, linker in linkers.items():
            made = linker(documents, readings)
            responses[name] |= {m: f"{case} {c}" for m, c in made.items()}
    print(f"{len(rows)} documents, {len(key)} mentions by name, {len(clusters(key))} things")
    for name, response in responses.items():
        print(f"{name:15}{scored(key, response, case_of)}")
    _show(key, responses["ours"], words, given.show)


def _show(key: dict[str, str], response: dict[str, str], words: dict[str, str], n: int) -> None:
    for title, ours_, theirs in (("fused", response, key), ("split", key, response)):
        wrong = []
        for cluster in clusters(ours_):
            parts: dict[str, Counter[str]] = defaultdict(Counter)
            for mention in sorted(cluster):
                parts[theirs[mention]][words[mention]] += 1
            if len(parts) > 1:
                wrong.append((len(cluster), [dict(parts[p]) for p in sorted(parts)]))
        for _, shown in sorted(wrong, key=lambda w: (-w[0], str(w[1])))[:n]:
            print(title, *shown, sep=" | ")


if __name__ == "__main__":
    main()
