"""Everything the account is written from, and what is looked up in it."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TypeVar

from consilience.records import (
    Case,
    Claim,
    Document,
    Entity,
    Event,
    Finding,
    Kind,
    PartKind,
    Passage,
    Quotation,
    TimelineEntry,
    Weighed,
)
from consilience.tell.holders import Book
from consilience.tell.sentences import part_of, words_of
from consilience.tell.tolls import Open, open_answers

T = TypeVar("T")

_ENGLISH = frozenset({"en", "und"})


@dataclass(frozen=True, slots=True)
class Material:
    """Everything the account is written from, by id where it is looked up.

    `mentions`: of each document, in its order, where an entity is named; `named`: of each entity,
    where it is, and `in_full`: where by the name it goes by; `n_documents`: in how many documents
    each is; `chains`: by document and chain, where its first mention begins; `shared_names`: words
    that the names of several people have; `languages`: those whose sentences the account may quote
    whole, English where there is any.
    """

    case: Case
    documents: Mapping[str, Document]
    entities: Mapping[str, Entity]
    events: Mapping[str, Event]
    claims: Mapping[str, Claim]
    findings: Sequence[Finding]
    quotations: Sequence[Quotation]
    timeline: Sequence[TimelineEntry]
    roots: Mapping[str, str]
    mentions: Mapping[str, Sequence[tuple[Passage, str]]]
    named: Mapping[str, Sequence[Passage]]
    in_full: Mapping[str, Sequence[Passage]]
    n_documents: Mapping[str, int]
    chains: Mapping[tuple[str, str], int]
    shared_names: Set[str]
    open: Open
    languages: Set[str]

    @property
    def book(self) -> Book:
        return Book(self.claims, self.documents, self.entities, self.roots)

    def is_in_body(self, claim_id: str) -> bool:
        """Whether a claim stands in the prose of its page, not in a headline or a caption."""
        passage = self.claims[claim_id].passage
        return part_of(self.documents[passage.document_id], passage) is PartKind.BODY

    def named_in(self, passage: Passage) -> Iterator[str]:
        """The entities that a passage names, from first to last."""
        mentions = self.mentions.get(passage.document_id, ())
        first = bisect_left(mentions, passage.start, key=lambda m: m[0].start)
        for mention, entity_id in mentions[first:]:
            if mention.start >= passage.end:
                return
            yield entity_id

    @property
    def main(self) -> Event:
        return self.case.events[0]


def material(
    case: Case,
    weighed: Weighed,
    quotations: Sequence[Quotation],
    timeline: Sequence[TimelineEntry],
) -> Material:
    documents = {d.id: d for d in case.documents}
    mentions: dict[str, list[tuple[Passage, str]]] = defaultdict(list)
    named: dict[str, list[Passage]] = defaultdict(list)
    in_full: dict[str, list[Passage]] = defaultdict(list)
    for entity in case.entities:
        names = frozenset(entity.names)
        for at in entity.mentions:
            words = words_of(documents[at.document_id], at)
            if words in names:
                mentions[at.document_id].append((at, entity.id))
                named[entity.id].append(at)
                if words == entity.name:
                    in_full[entity.id].append(at)
    spoken = {d.language for d in case.documents}
    return Material(
        case=case,
        documents=documents,
        entities={e.id: e for e in case.entities},
        events={e.id: e for e in case.events},
        claims={c.id: c for c in weighed.claims},
        findings=weighed.findings,
        quotations=quotations,
        timeline=timeline,
        roots={d: o.document_ids[0] for o in weighed.origins for d in o.document_ids},
        mentions={d: sorted(held) for d, held in mentions.items()},
        named=named,
        in_full=in_full,
        n_documents={e.id: len({m.document_id for m in e.mentions}) for e in case.entities},
        chains=_chains(case),
        shared_names=_shared_names(case.entities),
        open=open_answers(weighed, case.events[0].id),
        languages=spoken & _ENGLISH or spoken,
    )


def _chains(case: Case) -> dict[tuple[str, str], int]:
    begun: dict[tuple[str, str], int] = {}
    for document_id, reading in case.readings.items():
        for mention in reading.mentions:
            begun.setdefault((document_id, mention.chain_id), mention.passage.start)
    return begun


def _shared_names(entities: Sequence[Entity]) -> frozenset[str]:
    bearers: dict[str, set[str]] = defaultdict(set)
    for entity in entities:
        if entity.kind is Kind.PERSON:
            for word in {w for name in entity.names for w in name.split()}:
                bearers[word].add(entity.id)
    return frozenset(word for word, ids in bearers.items() if len(ids) > 1)


def said(known: Material, passage: Passage) -> str:
    return words_of(known.documents[passage.document_id], passage)


def passages_of(known: Material, *findings: Finding) -> tuple[Passage, ...]:
    claims = (known.claims[k] for f in findings for c in f.candidates for k in c.claim_ids)
    return tuple(sorted({claim.passage for claim in claims}))


def by_name(known: Material, entity: Entity) -> Sequence[Passage]:
    """The mentions that are neither pronouns nor descriptions."""
    return known.named.get(entity.id, ())


def beginning_in(items: Sequence[T], at: Callable[[T], Passage], outer: Passage) -> Sequence[T]:
    """Those that begin within a passage, of items in the order of the text."""
    first = bisect_left(items, outer.start, key=lambda item: at(item).start)
    return items[first : bisect_left(items, outer.end, first, key=lambda item: at(item).start)]


def within(inner: Passage, outer: Passage) -> bool:
    return (
        inner.document_id == outer.document_id
        and outer.start <= inner.start
        and inner.end <= outer.end
    )
