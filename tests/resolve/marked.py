"""Readings made by hand: names marked in invented text with who is meant.

"{President} [PERSON:a Anna Lind] met [PERSON:b Lind]": a title in braces, then the kind of the
mention and a letter for the one it means. One spelling in one document is one chain.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consilience.records import Document, Judgement, Kind, Mention, Passage, Reading
from consilience.resolve import chain_entities, entities, resolve
from tests.factory import document

_MARK = re.compile(r"\{(?P<title>[^}]*)\}|\[(?P<kind>[A-Z]+):(?P<who>\w+) (?P<name>[^\]]*)\]")
_KINDS = {"PERSON": Kind.PERSON, "ORG": Kind.ORGANIZATION, "PLACE": Kind.PLACE}


@dataclass(frozen=True, slots=True)
class Case:
    documents: tuple[Document, ...]
    readings: dict[str, Reading]
    meant: dict[tuple[str, str], str]
    """(document id, chain id) to the letter it is marked with."""


def case(texts: Sequence[str]) -> Case:
    documents, readings, meant = [], {}, {}
    for number, text in enumerate(texts):
        made, mentions, letters = _unmark(text, f"{number}.txt")
        documents.append(made)
        readings[made.id] = _reading(made, mentions)
        for mention, letter in zip(mentions, letters, strict=True):
            meant[made.id, mention.chain_id] = letter
    return Case(tuple(documents), readings, meant)


def grouped(of: Case, judgements: Sequence[Judgement] = ()) -> set[frozenset[str]]:
    """The names as "0 Anna Lind" (number of the document, form), by the entity they came out in."""
    return _groups(of, chain_entities(of.documents, of.readings, judged(of, judgements)))


def expected(of: Case) -> set[frozenset[str]]:
    return _groups(of, of.meant)


def judged(of: Case, judgements: Sequence[Judgement] = ()) -> tuple[Judgement, ...]:
    return (*judgements, *resolve(of.documents, of.readings, judgements))


def names(of: Case) -> list[str]:
    return sorted(e.name for e in entities(of.documents, of.readings, judged(of)))


def chain(of: Case, number: int, name: str) -> str:
    """The id by which a judgement calls a name in a document."""
    made = of.documents[number]
    found = next(m for m in of.readings[made.id].mentions if _words(made, m) == name)
    return f"{made.id}:{found.chain_id}"


def _groups(of: Case, by_chain: Mapping[tuple[str, str], str]) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for number, made in enumerate(of.documents):
        for mention in of.readings[made.id].mentions:
            key = by_chain[made.id, mention.chain_id]
            groups.setdefault(key, set()).add(f"{number} {_words(made, mention)}")
    return {frozenset(group) for group in groups.values()}


def _words(of: Document, mention: Mention) -> str:
    return of.text[mention.passage.start : mention.passage.end]


def _unmark(text: str, name: str) -> tuple[Document, list[Mention], list[str]]:
    plain, at = "", 0
    spans: list[tuple[int, int, str, str]] = []
    titles: dict[int, tuple[int, int]] = {}
    for mark in _MARK.finditer(text):
        plain += text[at : mark.start()]
        at = mark.end()
        start = len(plain)
        plain += mark["title"] or mark["name"]
        if mark["title"]:
            titles[len(spans)] = (start, len(plain))
        else:
            spans.append((start, len(plain), mark["kind"], mark["who"]))
    made = document(plain + text[at:], name)
    chains: dict[str, str] = {}
    mentions = []
    for i, (start, end, kind, _) in enumerate(spans):
        where = Passage(made.id, start, end)
        title = Passage(made.id, *titles[i]) if i in titles else None
        mentions.append(
            Mention(
                id=f"m{i}",
                passage=where,
                head=where,
                kind=_KINDS[kind],
                named=True,
                chain_id=chains.setdefault(made.text[start:end], f"c{i}"),
                title=made.text[title.start : title.end] if title else None,
                title_passage=title,
            )
        )
    return made, mentions, [who for *_, who in spans]


def _reading(of: Document, mentions: Sequence[Mention]) -> Reading:
    sentences = [
        Passage(of.id, found.start(), found.end())
        for found in re.finditer(r"[^\s].*?(?:[.!?](?=\s)|$|\n)", of.text)
    ]
    return Reading(of.id, tuple(sentences), tuple(mentions), (), (), (), (), "hand")
