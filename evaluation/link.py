"""Cluster given mentions of events, or of entities, across any documents.

    python -m evaluation.link --documents D.jsonl --mentions M.jsonl --out C.jsonl --kind event

D holds one document a line, as every command takes them, with an id and a text; M one mention a
line, {"document", "id", "start", "end"}, the offsets counting characters of that text. C gets
{"id", "cluster"} for each, in the same order. --memory FILE keeps sentences once they are read.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from consilience.engine import LocalEngine
from consilience.errors import ConsilienceError, InputError
from consilience.ingest import ingest_json
from consilience.ingest.jsonl import lines_of
from consilience.ingest.repair import undo
from consilience.ingest.text import line_ends
from consilience.reading import read_each
from consilience.records import Document, Failure, Passage, Reading
from consilience.resolve.entity_links import link_entities
from consilience.resolve.event_links import link_events

Linker = Callable[
    [Sequence[Document], Mapping[str, Reading], Mapping[str, Passage]], Mapping[str, str]
]
LINKERS: Mapping[str, Linker] = {"entity": link_entities, "event": link_events}


class GivenMention(NamedTuple):
    document_id: str
    id: str | int
    start: int
    end: int


def main() -> None:
    parser = argparse.ArgumentParser(description="Cluster given mentions across documents.")
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--mentions", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--kind", choices=sorted(LINKERS), default="event")
    parser.add_argument("--memory", type=Path)
    given = parser.parse_args()
    try:
        n_mentions, n_clusters = link(
            given.documents, given.mentions, given.out, LINKERS[given.kind], given.memory
        )
    except ConsilienceError as error:
        sys.exit(str(error))
    print(f"{n_mentions} mentions, {n_clusters} clusters", file=sys.stderr)


def link(
    documents: Path, mentions: Path, out: Path, linker: Linker, memory: Path | None
) -> tuple[int, int]:
    """Write the clusters of the mentions, and say how many there are of either.

    Raises:
        InputError: a file, a document or a mention cannot be used.
    """
    found, texts = read_documents(documents)
    wanted = read_mentions(mentions)
    by_id = {d.id: d for d in found}
    passages = dict(_passages(mentions, wanted, by_id, texts))
    readings = {}
    for outcome in read_each(found, LocalEngine(2), memory):
        if isinstance(outcome, Failure):
            raise InputError(outcome.error)
        readings[outcome[0].id] = outcome[1]
    cluster_of = linker(found, readings, passages)
    lines = (
        json.dumps({"id": mention.id, "cluster": cluster_of[str(number)]})
        for number, mention in enumerate(wanted)
    )
    try:
        out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{out}: {error.strerror}; name a file that can be written") from error
    return len(wanted), len(set(cluster_of.values()))


def read_documents(path: Path) -> tuple[list[Document], dict[str, str]]:
    """The documents that can be used, and their texts as given, by id; of others a line is said.

    Raises:
        InputError: the file cannot be read, or gives an id twice.
    """
    documents: list[Document] = []
    texts: dict[str, str] = {}
    for place, line in _lines(path):
        document, *_ = ingest_json(line, place)
        if isinstance(document, Failure):
            print(document.error, file=sys.stderr)
            continue
        text = json.loads(line).get("text")
        if not text:
            print(f"{place}: no text, which offsets count; give one", file=sys.stderr)
            continue
        if document.id in texts:
            raise InputError(f"{place}: id {document.id} is taken; give every document its own")
        documents.append(document)
        texts[document.id] = text
    return documents, texts


def read_mentions(path: Path) -> list[GivenMention]:
    """The mentions, in order.

    Raises:
        InputError: a line is no mention.
    """
    return [_mention(line, place) for place, line in _lines(path)]


def _lines(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; name a JSON Lines file") from error
    for number, line in lines_of(content):
        yield f"{path}:{number}", line


def _mention(line: bytes, place: str) -> GivenMention:
    try:
        held: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{place}: no JSON ({error}); mend the line") from error
    shape = '{"document", "id", "start", "end"}'
    if not isinstance(held, dict):
        raise InputError(f"{place}: not an object; write {shape}")
    for name, kinds in (("document", (str, int)), ("id", (str, int)), ("start", int), ("end", int)):
        value = held.get(name)
        if not isinstance(value, kinds) or isinstance(value, bool):
            raise InputError(f"{place}: {name} is {value!r}; write {shape}")
    return GivenMention(str(held["document"]).strip(), held["id"], held["start"], held["end"])


def _passages(
    path: Path,
    mentions: Sequence[GivenMention],
    documents: Mapping[str, Document],
    texts: Mapping[str, str],
) -> Iterator[tuple[str, Passage]]:
    """Where each mention, named by its number, lies in the document as it was taken in."""
    places: dict[str, list[int]] = {}
    for number, (document_id, id_, start, end) in enumerate(mentions):
        where = f"{path}: mention {id_}"
        if document_id not in documents:
            raise InputError(f"{where}: no document {document_id}; give it with --documents")
        text = texts[document_id]
        if not 0 <= start < end <= len(text):
            raise InputError(
                f"{where}: {start}:{end} is no stretch of document {document_id}, which has"
                f" {len(text)} characters; count code points of its text, the end not included"
            )
        if document_id not in places:
            places[document_id] = taken_in(text, documents[document_id])
        first, last = places[document_id][start], places[document_id][end]
        first = min(first, len(documents[document_id].text) - 1)
        yield str(number), Passage(document_id, first, max(last, first + 1))


def taken_in(text: str, document: Document) -> list[int]:
    """For each offset of the text as given, and its end, the offset in `document.text`.

    Taking in may put the title on top, joins carriage returns to line ends, and mends encoding.
    """
    plain = line_ends(text)
    mended_from = undo(document.text, document.repairs)
    ahead = len(mended_from) - len(plain.rstrip())
    to_mended: list[int] = []
    at = 0
    for mend in document.repairs:
        to_mended += range(at, mend.start)
        # Within a mending nothing can be told apart: it is taken whole.
        to_mended += [mend.start] * len(mend.was)
        at = mend.end
    to_mended += range(at, len(document.text) + 1)
    places, seen = [], ahead
    for i, character in enumerate(text):
        places.append(to_mended[min(seen, len(to_mended) - 1)])
        seen += not (character == "\r" and text[i + 1 : i + 2] == "\n")
    places.append(to_mended[min(seen, len(to_mended) - 1)])
    return places


if __name__ == "__main__":
    main()
