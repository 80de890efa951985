"""Score which mentions of events, or of entities, mean one thing across documents.

    python -m evaluation.crossdoc --data DIR --set ecbplus-dev --kind event [--own-mentions]

The sets are ECB+ (Cybulska and Vossen 2014), the Gun Violence Corpus (Vossen et al. 2018) and
MEANTIME (Minard et al. 2016). All documents of a set are linked at once: nothing is known of their
topics. Clusters of one mention count, as in `evaluation.clusters`; the intervals are over
sub-topics, incidents or, in MEANTIME, topics. Rivals: everything of one head lemma; the same within
what the annotators say is one sub-topic or incident, which ours is not told; every mention alone.

ECB+ is scored on the sentences whose annotation was validated, as is usual, and on all. With
--own-mentions ours are found, not given; one that shares its head word with a gold mention is that
mention. All others count as wrong, in ECB+ where the sentence was validated; in the Gun Violence
Corpus, which marks nothing but gun violence, they do not count.
"""

import argparse
import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from consilience.engine import LocalEngine
from consilience.ingest import ingest_json
from consilience.reading import read_each
from consilience.records import Document, Failure, Passage, Reading
from consilience.resolve.event_mentions import event_mentions, own_mentions
from evaluation.clusters import scored
from evaluation.link import LINKERS

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Where a set lies, and which field says what its annotators hold to be one story."""

    path: str
    unit: str
    marks_all: bool = True


SETS: Mapping[str, Corpus] = {
    "ecbplus-dev": Corpus("dev/ecbplus/dev.jsonl.gz", "subtopic"),
    "ecbplus-train": Corpus("dev/ecbplus/train.jsonl.gz", "subtopic"),
    "gvc-dev": Corpus("dev/gvc/dev.jsonl.gz", "incident", marks_all=False),
    "meantime": Corpus("train/meantime/meantime.jsonl.gz", "topic"),
}


@dataclass(frozen=True, slots=True)
class Gold:
    """Mentions by "document:number": where they stand, their cluster, their story."""

    passages: Mapping[str, Passage]
    cluster: Mapping[str, str]
    unit: Mapping[str, str]
    validated: frozenset[str]
    sentences: tuple[Passage, ...]
    """Those in which a mention of ours that is none of the gold ones counts as wrong."""


def main() -> None:
    parser = argparse.ArgumentParser(description="Score links across documents.")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--set", choices=sorted(SETS), required=True)
    parser.add_argument("--kind", choices=sorted(LINKERS), default="event")
    parser.add_argument("--own-mentions", action="store_true")
    parser.add_argument("--memory", type=Path)
    given = parser.parse_args()
    corpus = SETS[given.set]
    path = given.data / corpus.path
    if not path.is_file():
        sys.exit(f"{path}: not there; name the folder of the data with --data")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    gold = gold_of(rows, given.kind, corpus)
    documents, readings = read(rows, given.memory)
    own: dict[str, dict[str, str]] = {}
    if given.own_mentions:
        mentions, heads = own_of(given.kind, readings)
        found = LINKERS[given.kind](documents, readings, mentions)
        own["ours, own mentions"] = matched(heads, found, gold)
    scopes = {"validated": gold.validated, "all": frozenset(gold.passages)}
    if len(gold.validated) == len(gold.passages):
        del scopes["validated"]
    for name, scope in scopes.items():
        key = {m: c for m, c in gold.cluster.items() if m in scope}
        passages = {m: at for m, at in gold.passages.items() if m in scope}
        print(
            f"{given.set}, {given.kind}, {name}: {len(rows)} documents, {len(key)} mentions,"
            f" {len(set(key.values()))} clusters"
        )
        responses = {"ours": dict(LINKERS[given.kind](documents, readings, passages))}
        responses |= rivals(documents, readings, passages, gold.unit) | own
        for who, response in responses.items():
            kept = {m: c for m, c in response.items() if m in scope or m not in gold.passages}
            print(f"{who:<34}{scored(key, kept, _units(kept, gold, rows, corpus))}")


def _units(
    response: Mapping[str, str],
    gold: Gold,
    rows: Sequence[Row],
    corpus: Corpus,
) -> dict[str, str]:
    unit_of = {row["doc"]: str(row[corpus.unit]) for row in rows}
    return {m: unit_of[m.rpartition(":")[0]] for m in response} | dict(gold.unit)


def text_of(row: Row) -> tuple[str, list[tuple[int, int]]]:
    """The text, tokens joined by a space and sentences by a line end, and where each token is."""
    text, offsets = "", []
    for i, token in enumerate(row["tokens"]):
        new = i and row["sentence_of_token"][i] != row["sentence_of_token"][i - 1]
        text += ("\n" if new else " ") if i else ""
        offsets.append((len(text), len(text) + len(token)))
        text += token
    return text, offsets


def gold_of(rows: Sequence[Row], kind: str, corpus: Corpus) -> Gold:
    passages, cluster, units, validated = {}, {}, {}, set()
    sentences: list[Passage] = []
    for row in rows:
        _, offsets = text_of(row)
        by_sentence: dict[int, list[int]] = defaultdict(list)
        for i, sentence in enumerate(row["sentence_of_token"]):
            by_sentence[sentence].append(i)
        for sentence in row.get("validated_sentences", sorted(by_sentence)):
            words = by_sentence[sentence]
            if words and corpus.marks_all:
                at = Passage(row["doc"], offsets[words[0]][0], offsets[words[-1]][1])
                sentences.append(at)
        for number, mention in enumerate(row["mentions"]):
            if mention["kind"] == kind:
                id_, words = f"{row['doc']}:{number}", mention["tokens"]
                passages[id_] = Passage(row["doc"], offsets[words[0]][0], offsets[words[-1]][1])
                cluster[id_], units[id_] = mention["cluster"], str(row[corpus.unit])
                if mention.get("validated", True):
                    validated.add(id_)
    return Gold(passages, cluster, units, frozenset(validated), tuple(sentences))


def read(rows: Sequence[Row], memory: Path | None) -> tuple[list[Document], dict[str, Reading]]:
    """The documents and what is read in them.

    Raises:
        ValueError: a text was mended, so that offsets do not hold, or could not be read.
    """
    documents, readings = [], {}
    for row in rows:
        given = {"id": row["doc"], "text": text_of(row)[0]}
        if row.get("dct"):
            given["published"] = row["dct"]
        document, *_ = ingest_json(json.dumps(given).encode(), row["doc"])
        if isinstance(document, Failure) or document.text != given["text"]:
            raise ValueError(f"{row['doc']}: not the text that was annotated")
        documents.append(document)
    for outcome in read_each(documents, LocalEngine(2), memory):
        if isinstance(outcome, Failure):
            raise ValueError(outcome.error)
        readings[outcome[0].id] = outcome[1]
    return documents, readings


def rivals(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    passages: Mapping[str, Passage],
    unit: Mapping[str, str],
) -> dict[str, dict[str, str]]:
    """Trivial responses by what they are called."""
    lemma = {told.id: told.lemma for told in event_mentions(documents, readings, passages)}
    return {
        "one head lemma": lemma,
        "one head lemma in a gold story": {m: f"{unit[m]} {lemma[m]}" for m in lemma},
        "every mention alone": {m: m for m in lemma},
    }


def own_of(
    kind: str, readings: Mapping[str, Reading]
) -> tuple[dict[str, Passage], dict[str, Passage]]:
    """What we find by ourselves: the passages, and their head words."""
    if kind == "event":
        own = own_mentions(readings)
        return own, own
    mentions = {f"{m.passage.document_id} {m.id}": m for r in readings.values() for m in r.mentions}
    return {i: m.passage for i, m in mentions.items()}, {i: m.head for i, m in mentions.items()}


def matched(own: Mapping[str, Passage], found: Mapping[str, str], gold: Gold) -> dict[str, str]:
    """Our clusters, each mention named as the gold one it shares its head with.

    That is the shortest gold mention that holds our head and is not taken; where there is none ours
    keeps a name of its own if it stands in a sentence that counts.
    """
    gold_at: dict[str, list[tuple[Passage, str]]] = defaultdict(list)
    for id_, at in gold.passages.items():
        gold_at[at.document_id].append((at, id_))
    counted: dict[str, list[Passage]] = defaultdict(list)
    for sentence in gold.sentences:
        counted[sentence.document_id].append(sentence)
    response: dict[str, str] = {}
    for id_, at in sorted(own.items(), key=lambda item: item[1]):
        holding = [
            (g.end - g.start, name)
            for g, name in gold_at[at.document_id]
            if g.start <= at.start and at.end <= g.end and name not in response
        ]
        if holding:
            response[min(holding)[1]] = found[id_]
        elif any(s.start <= at.start < s.end for s in counted[at.document_id]):
            response[f"{at.document_id}:ours {id_}"] = found[id_]
    return response


if __name__ == "__main__":
    main()
