"""Invented cases read and told with the real encoder."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import TypeVar, cast

from consilience.engine import LocalEngine
from consilience.engine.contract import Named
from consilience.ingest.inputs import Raw
from consilience.pipeline import run
from consilience.read import Reader
from consilience.records import (
    Claim,
    Dossier,
    EntityRef,
    Failure,
    Finding,
    Passage,
    Quantity,
    Text,
)
from consilience.store import open_store
from consilience.wording import say_quantity, say_when

A = TypeVar("A", bound=Named)
B = TypeVar("B")
C = TypeVar("C")
STARTED = datetime(2031, 1, 1, tzinfo=UTC)
Page = dict[str, str]


class OneReader:
    """An engine that reads all cases with one reader, so that no sentence is parsed twice."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def map(
        self, stage: str, make: Callable[[], Callable[[A], B]], items: Iterable[A]
    ) -> Iterator[B | Failure]:
        return LocalEngine(1).map(stage, lambda: cast(Callable[[A], B], self._reader), items)

    def reduce(
        self,
        stage: str,
        make: Callable[[], Callable[[str, Iterator[bytes]], C]],
        pairs: Iterable[tuple[str, bytes]],
    ) -> Iterator[tuple[str, C | Failure]]:
        return LocalEngine(1).reduce(stage, make, pairs)


def page(text: str, source: str = "Arlow Gazette", published: str = "2024-05-15", **more: str
         ) -> Page:  # fmt: skip
    """A page for `tell`; an empty field is left out."""
    given = {"id": source, "text": text, "source": source, "published": published, **more}
    return {key: value for key, value in given.items() if value}


def thread(article: str, *comments: str) -> str:
    """An article of a forum with comments by user1, user2 … of 12 March 2021."""
    heads = (f"user{n} on March 12th, 2021 at 18:2{n} UTC »" for n in range(1, 9))
    return "\n\n".join([article, *(f"{h}\n\n{c}" for h, c in zip(heads, comments, strict=False))])


def tell(engine: OneReader, *pages: Page) -> Dossier:
    store = open_store(None)
    dossier = run([raw(one) for one in pages], store, engine, STARTED)
    store.close()
    return dossier


def raw(one: Page) -> Raw:
    data = json.dumps(one).encode()
    return Raw(f"{one['id']}.jsonl", ".jsonl", sha256(data).hexdigest(), data)


def words(dossier: Dossier, passage: Passage) -> str:
    text = next(d.text for d in dossier.documents if d.id == passage.document_id)
    return text[passage.start : passage.end]


def findings(dossier: Dossier, slot: str) -> list[Finding]:
    return [f for f in dossier.findings if f.slot == slot]


def held(finding: Finding) -> list[str]:
    """The figures on offer, in the order of the finding."""
    return [say_quantity(c.value) for c in finding.candidates if isinstance(c.value, Quantity)]


def named(dossier: Dossier, finding: Finding) -> set[str]:
    """The answers of a finding in words."""
    names = {e.id: e.name for e in dossier.entities}
    found = set()
    for candidate in finding.candidates:
        if isinstance(candidate.value, EntityRef):
            found.add(names[candidate.value.entity_id])
        elif isinstance(candidate.value, Text):
            found.add(candidate.value.text)
    return found


def figures(dossier: Dossier) -> dict[str, list[str]]:
    """The figures of each counted thing of the case."""
    told: dict[str, list[str]] = {}
    for finding in dossier.findings:
        if held(finding):
            told.setdefault(finding.slot, []).extend(held(finding))
    return told


def claimed(dossier: Dossier, slot: str) -> list[str]:
    """The figures claimed for a slot, with what is said of their truth."""
    return [_claimed(claim) for claim in dossier.claims if claim.slot == slot]


def _claimed(claim: Claim) -> str:
    assert isinstance(claim.value, Quantity)
    return f"{say_quantity(claim.value)} {claim.factuality}"


def account(dossier: Dossier) -> list[str]:
    return [sentence.text for sentence in dossier.account]


def main_day(dossier: Dossier) -> str | None:
    when = dossier.events[0].when
    return say_when(when) if when else None


def main_places(dossier: Dossier) -> list[str]:
    names = {e.id: e.name for e in dossier.entities}
    return [names[i] for i in dossier.events[0].where]
